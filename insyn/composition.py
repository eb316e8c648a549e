"""Which pages a site has, and what stands on each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from insyn.charts.catalogue import PlanCharts
from insyn.markdown import Article, Link
from insyn.model import Association, Plan, Site
from insyn.pages.digest import PlanDigest, digest_of
from insyn.pages.frame import NOT_FOUND, Neighbour, Surroundings
from insyn.pages.other_pages import association_page, current_plan, not_found_page, start_page, text_page
from insyn.pages.plan_page import Drawing, PlanParts, plan_page, plan_path
from insyn.pages.views import Page
from insyn.problems import Place
from insyn.texts import Texts


@dataclass(frozen=True, slots=True)
class DescribedPlan:
    """A plan with what has been made of it: charts in words, their drawings, its text."""

    plan: Plan
    charts: PlanCharts
    drawings: Mapping[str, Drawing]
    article: Article


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page that is ready to be rendered."""

    path: str
    """From the site's top: "", "hoglandet/2024/", "404.html"."""
    page: Page
    links: tuple[Link, ...]
    """The links that staff have written in its text."""
    place: Place
    """The file it is made from."""


def compose(
    site: Site, plans: tuple[DescribedPlan, ...], articles: Mapping[str, Article], texts: Texts
) -> Iterator[ComposedPage]:
    """Yield every page of a site. `articles` holds the texts of förbund and pages by file."""
    surroundings = _surroundings(site)
    by_id = {association.id: association for association in site.associations}
    digests = tuple(digest_of(one.plan, by_id[one.plan.association], texts) for one in plans)
    top = site.associations[0].place if site.associations else Place("")
    yield ComposedPage("", start_page(site.settings, site.associations, digests, surroundings), (), top)
    yield ComposedPage(NOT_FOUND, not_found_page(site.associations, surroundings), (), top)
    for association in site.associations:
        yield _association(association, digests, articles, surroundings)
    for page in site.pages:
        article = articles[page.place.file]
        yield ComposedPage(f"{page.id}/", text_page(page, article, surroundings), article.links, page.place)
    for one, digest in zip(plans, digests, strict=True):
        yield _plan(one, digest, by_id[digest.association], digests, surroundings, texts)


def _surroundings(site: Site) -> Surroundings:
    menu = tuple(Neighbour(association.short_name, f"{association.id}/") for association in site.associations)
    in_menu = tuple(Neighbour(page.title, f"{page.id}/") for page in site.pages if page.menu)
    footer = tuple(Neighbour(page.title, f"{page.id}/") for page in site.pages)
    return Surroundings(site.settings.name, site.settings.address, (*menu, *in_menu), footer)


def _association(
    association: Association,
    digests: tuple[PlanDigest, ...],
    articles: Mapping[str, Article],
    surroundings: Surroundings,
) -> ComposedPage:
    article = articles[association.place.file]
    page = association_page(association, digests, article, surroundings)
    return ComposedPage(f"{association.id}/", page, article.links, association.place)


def _plan(
    one: DescribedPlan,
    digest: PlanDigest,
    association: Association,
    digests: tuple[PlanDigest, ...],
    surroundings: Surroundings,
    texts: Texts,
) -> ComposedPage:
    decided = [other for other in digests if other.association == association.id and other.is_decided]
    parts = PlanParts(one.plan, association, digest, one.charts, one.drawings, one.article)
    page = plan_page(parts, current_plan(decided), surroundings, texts)
    return ComposedPage(plan_path(one.plan), page, one.article.links, one.plan.place)
