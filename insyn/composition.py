"""Which pages a site has, what stands on each, and what each depends on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from insyn.charts.chart import Chart
from insyn.comparison import COMPARABLE, compilation_of
from insyn.examination import PlanSeries, PlanWork, SiteFacts
from insyn.markdown import Article
from insyn.model import Association
from insyn.pages.comparison_page import (
    COMPARISON,
    ComparisonParts,
    comparison_chart,
    comparison_page,
    comparison_year_page,
    year_neighbour,
)
from insyn.pages.digest import PlanDigest, plans_by_association
from insyn.pages.drawn import Drawing, Drawn
from insyn.pages.frame import NOT_FOUND, Neighbour, Surroundings
from insyn.pages.goals_page import goals_neighbour, goals_page, has_goals_page
from insyn.pages.money_years import charts_over_years
from insyn.pages.other_pages import AssociationParts, association_page, not_found_page, start_page, text_page
from insyn.pages.plan_page import PlanParts, plan_page
from insyn.pages.views import Page, PlanPage
from insyn.texts import Texts

LONGEST_MENU = 8
"""More förbund than this don't fit in a menu; the start page lists them all."""
Draw = Callable[[Chart], Drawn]
"""Draws a chart, or fetches what was drawn before."""


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
    comparison = COMPARISON if len(named) >= COMPARABLE else None
    compare = (comparison,) if comparison else ()
    in_menu = tuple(Neighbour(page.title, f"{page.id}/") for page in surround.pages if page.menu)
    footer = tuple(Neighbour(page.title, f"{page.id}/") for page in surround.pages)
    name, address = (settings.name, settings.address) if settings else ("", None)
    return Surroundings(name, address, (*menu, *compare, *in_menu), (*compare, *footer), comparison)


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
    parts = PlanParts(work.plan, association, digest, work.charts, drawings, work.article)
    return plan_page(parts, newer, surroundings, texts)


def compose_others(
    site: SiteFacts,
    digests: Sequence[PlanDigest],
    series: Sequence[PlanSeries],
    surroundings: Surroundings,
    texts: Texts,
    draw: Draw,
) -> Iterator[OtherPage]:
    """Yield every page that isn't a plan's. They are made from what plans are summed up as, never from the plans."""
    surround, articles = site.surround, dict(site.articles)
    by_association, own = plans_by_association(digests), _series_by_association(site, series)
    if surround.settings:
        yield OtherPage("", start_page(surround.settings, surround.associations, by_association, surroundings))
    yield OtherPage(NOT_FOUND, not_found_page(surround.associations, surroundings))
    for association in surround.associations:
        plans, article = by_association.get(association.id, []), articles[association.place.file]
        yield from _compose_association(association, plans, own[association.id], article, surroundings, texts, draw)
    yield from _compose_comparisons(site, own, surroundings, texts, draw)
    for text in surround.pages:
        article = articles[text.place.file]
        yield OtherPage(f"{text.id}/", text_page(text, article, surroundings))


def _series_by_association(site: SiteFacts, series: Iterable[PlanSeries]) -> dict[str, list[PlanSeries]]:
    own: dict[str, list[PlanSeries]] = {association.id: [] for association in site.surround.associations}
    for one in series:
        own[one.money.association].append(one)
    return own


def _compose_association(
    association: Association,
    plans: Sequence[PlanDigest],
    series: Sequence[PlanSeries],
    article: Article,
    surroundings: Surroundings,
    texts: Texts,
    draw: Draw,
) -> Iterator[OtherPage]:
    """Yield a förbund's page, and the one of its goals when there is something to follow."""
    monies, goals = [one.money for one in series], [one.goals for one in series]
    drawn = [draw(chart) for chart in charts_over_years(monies, texts)]
    parts = AssociationParts(association, plans, monies, drawn, has_goals_page(goals), article)
    yield OtherPage(f"{association.id}/", association_page(parts, surroundings, texts))
    if parts.has_goals_page:
        path = goals_neighbour(association.id).path
        yield OtherPage(path, goals_page(association, goals, surroundings, texts))


def _compose_comparisons(
    site: SiteFacts, series: Mapping[str, Sequence[PlanSeries]], surroundings: Surroundings, texts: Texts, draw: Draw
) -> Iterator[OtherPage]:
    """Yield the page that compares the förbund, and one for each year that can be compared."""
    associations = site.surround.associations
    monies = {id: [one.money for one in own] for id, own in series.items()}
    compilation = compilation_of(associations, (money for own in monies.values() for money in own))
    if compilation is None:
        return
    for year in compilation.years:
        chart = comparison_chart(compilation.by_year[year], texts)
        parts = ComparisonParts(associations, monies, compilation, year, draw(chart) if chart else None)
        yield OtherPage(year_neighbour(year).path, comparison_year_page(parts, surroundings, texts))
        if year == compilation.choice.year:
            yield OtherPage(COMPARISON.path, comparison_page(parts, surroundings, texts))


def derived_paths(site: SiteFacts, series: Iterable[PlanSeries]) -> set[str]:
    """Return the pages over years and across förbund that the site will have, without composing them."""
    own = _series_by_association(site, series)
    goals = {id for id, plans in own.items() if has_goals_page(one.goals for one in plans)}
    compilation = compilation_of(site.surround.associations, (one.money for plans in own.values() for one in plans))
    years = {year_neighbour(year).path for year in compilation.years} if compilation else set()
    compared = {COMPARISON.path} if compilation else set()
    return {*(goals_neighbour(id).path for id in goals), *years, *compared}
