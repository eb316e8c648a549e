"""The pages and files that compare the förbund for a year."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from insyn.disk.hashing import hash_of
from insyn.downloads.fields import COMPARED
from insyn.money.comparison import Compilation, compare, compilation_of
from insyn.pages.comparison_page import (
    COMPARISON,
    MOST_TABLES,
    ComparisonPage,
    ComparisonParts,
    comparison_chart,
    comparison_page,
    comparison_year_page,
    year_neighbour,
)
from insyn.pages.other_files import PlainFile
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.arrangement import YearPlans
from insyn.versions.digest import PlanDigest


def comparison_pages(
    layout: SiteLayout, years: Mapping[str, Sequence[YearPlans]], around: str, texts: Texts
) -> Iterator[OtherPage]:
    """Yield the page that compares the förbund, and one for each year that can be compared."""
    associations = layout.site.surround.associations
    compilation = compilation_of(associations, (year.applying.digest for year in layout.years))
    if compilation is None:
        return
    with_money = frozenset(one.association for one in layout.years if one.applying.digest.has_money)
    around = hash_of(around, layout.associations_sum, repr(compilation), *sorted(with_money))
    own: dict[int, dict[str, PlanDigest]] = {}
    for one in layout.years:
        own.setdefault(one.year, {})[one.association] = one.applying.digest
    for year in compilation.years:
        shown = _Compared(year, own[year], {}, with_money, compilation)
        yield _side_by_side(shown, layout)
        yield _comparison(year_neighbour(year).path, shown, layout, around, texts)
        if year == compilation.choice.year:
            few = len(associations) <= MOST_TABLES
            plans = {id: [one.applying.digest for one in reversed(found)] for id, found in years.items()}
            others = plans if few else {id: found[-1:] for id, found in plans.items()}
            yield _comparison(COMPARISON.path, replace(shown, others=others), layout, around, texts)


class _Compared(Struct, frozen=True):
    """The input of a year's comparison."""

    year: int
    own: Mapping[str, PlanDigest]
    """By förbund: the plan for the year."""
    others: Mapping[str, Sequence[PlanDigest]]
    """By förbund: all plans, if the page shows them too."""
    with_money: frozenset[str]
    """The förbund whose own pages have a section on money over the years."""
    compilation: Compilation


def _side_by_side(shown: _Compared, layout: SiteLayout) -> OtherPage:
    """Return the CSV file of a year's comparison."""
    associations = layout.site.surround.associations

    def make(fetch: Fetch) -> PlainFile:
        from insyn.downloads.series import side_by_side

        monies = {id: fetch.excerpt(digest).money for id, digest in shown.own.items()}
        return PlainFile(side_by_side(compare(associations, monies, shown.compilation.latest, shown.year)))

    parts = (layout.associations_sum, *(digest.money_sum for digest in shown.own.values()))
    return OtherPage(_figures_of(shown.year), PlainFile, parts, make)


def _figures_of(year: int) -> str:
    return f"{year_neighbour(year).path}{COMPARED.file}"


def _comparison(path: str, shown: _Compared, layout: SiteLayout, around: str, texts: Texts) -> OtherPage:
    """Return the page of a year's comparison. `around` hashes what all such pages share."""
    associations = layout.site.surround.associations
    parts = (
        around,
        *(digest.money_sum for digest in shown.own.values()),
        *(digest.money_sum for digests in shown.others.values() for digest in digests),
    )

    file = _figures_of(shown.year)

    def make(fetch: Fetch) -> ComparisonPage:
        monies = {id: fetch.excerpt(digest).money for id, digest in shown.own.items()}
        comparison = compare(associations, monies, shown.compilation.latest, shown.year)
        chart = comparison_chart(comparison, texts)
        found = {id: [fetch.excerpt(one).money for one in digests] for id, digests in shown.others.items()}
        drawn = fetch.drawn(chart) if chart else None
        facts = fetch.facts([file])[file]
        made = ComparisonParts(associations, found, shown.with_money, shown.compilation, comparison, drawn, facts)
        compose = comparison_page if path == COMPARISON.path else comparison_year_page
        return compose(made, layout.surroundings, texts)

    return OtherPage(path, ComparisonPage, parts, make, (file,))
