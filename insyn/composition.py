"""Which pages a site has, what stands on each, and what each depends on."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from insyn.examination import PlanWork, SiteFacts
from insyn.model import Association
from insyn.pages.digest import PlanDigest, plans_by_association
from insyn.pages.frame import NOT_FOUND, Neighbour, Surroundings
from insyn.pages.other_pages import association_page, not_found_page, start_page, text_page
from insyn.pages.plan_page import Drawing, PlanParts, plan_page
from insyn.pages.views import Page, PlanPage
from insyn.texts import Texts

LONGEST_MENU = 8
"""More förbund than this don't fit in a menu; the start page lists them all."""


class OtherPage(Struct, frozen=True):
    """A page that isn't a plan's. Its view is small, and all that decides the page besides template and code."""

    path: str
    """From the site's top: "", "hoglandet/", "404.html"."""
    page: Page


def surroundings_of(site: SiteFacts) -> Surroundings:
    """Return what all pages of the site have in common."""
    surround = site.surround
    settings = surround.settings
    named = tuple(Neighbour(association.short_name, f"{association.id}/") for association in surround.associations)
    menu = named if len(named) <= LONGEST_MENU else (Neighbour("Alla förbund", ""),)
    in_menu = tuple(Neighbour(page.title, f"{page.id}/") for page in surround.pages if page.menu)
    footer = tuple(Neighbour(page.title, f"{page.id}/") for page in surround.pages)
    name, address = (settings.name, settings.address) if settings else ("", None)
    return Surroundings(name, address, (*menu, *in_menu), footer)


def compose_plan(
    work: PlanWork,
    digest: PlanDigest,
    association: Association,
    newer: int | None,
    drawings: Mapping[str, Drawing],
    surroundings: Surroundings,
    texts: Texts,
) -> PlanPage:
    """Compose a plan's page."""
    parts = PlanParts(work.plan, association, digest, work.charts, drawings, work.article, work.judgements)
    return plan_page(parts, newer, surroundings, texts)


def compose_others(site: SiteFacts, digests: Sequence[PlanDigest], surroundings: Surroundings) -> Iterator[OtherPage]:
    """Yield every page that isn't a plan's. They are made from the plans' digests, never from the plans."""
    surround, articles = site.surround, dict(site.articles)
    by_association = plans_by_association(digests)
    if surround.settings:
        yield OtherPage("", start_page(surround.settings, surround.associations, by_association, surroundings))
    yield OtherPage(NOT_FOUND, not_found_page(surround.associations, surroundings))
    for association in surround.associations:
        own, article = by_association.get(association.id, []), articles[association.place.file]
        yield OtherPage(f"{association.id}/", association_page(association, own, article, surroundings))
    for text in surround.pages:
        article = articles[text.place.file]
        yield OtherPage(f"{text.id}/", text_page(text, article, surroundings))
