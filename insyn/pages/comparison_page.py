"""The förbund side by side, for one year (D15): which are comparable, then the figures, then their basis."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.chart import Chart, Words
from insyn.charts.comparison import costs_per_association
from insyn.downloads.files import FileFacts
from insyn.model import Association, EquityModel, Unit
from insyn.money.budget import share
from insyn.money.comparison import Compared, Comparison, Compilation, Missing, Reason
from insyn.money.plan_money import PlanMoney, common_unit
from insyn.money.unknown import Money, Unknown, all_known
from insyn.money.years import points_of
from insyn.pages.drawn import Drawn, chart_view
from insyn.pages.files import file_view
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link
from insyn.pages.money_years import SECTION_ID, YearsTable, years_table_among_others
from insyn.pages.parts import ChartView, FileView, PageLink, SearchTags
from insyn.swedish import HARD_SPACE, listed, number_beside, number_word, sort_key
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf
from insyn.vocabulary import UNIT_NAMES, kind_and_year, kind_word

COMPARISON = Neighbour("Jämför förbunden", "jamfor/")
MOST_TABLES = 8
"""With more förbund than this, the years are shown only on each one's own page."""


class ComparisonRow(Struct, frozen=True):
    """A förbund's figures beside those of others."""

    name: PageLink
    """Link to the plan that the figures come from."""
    is_proposal: bool
    income: str
    costs: str
    result: str
    closing: str
    contributions: str
    administration: str


class NewestRow(Struct, frozen=True):
    """A förbund's newest plan in shares, which are comparable even between years."""

    name: PageLink
    stated: str
    """The year and kind of its figures."""
    is_proposal: bool
    spent: str
    """Costs in percent of the year's income."""
    saved: str
    """Closing equity in percent of the members' contributions."""
    administration: str


class MissingGroup(Struct, frozen=True):
    """A gap in a comparison, and the förbund concerned."""

    reason: str
    names: tuple[str, ...]


class AssociationYears(Struct, frozen=True):
    id: str
    association: PageLink
    table: YearsTable


class DefinitionRow(Struct, frozen=True):
    """The basis of a förbund's figures."""

    name: str
    savings: str
    administration: str
    unit: str


class ComparisonPage(Page, frozen=True):
    template: ClassVar = "pages/comparison.html"
    title: str
    lead: str
    reason: str | None
    """The reason for showing this year, if the reader hasn't chosen it."""
    years: tuple[PageLink, ...]
    heading: str
    """Heading of the year's table."""
    caption: str
    rows: tuple[ComparisonRow, ...]
    newest: tuple[NewestRow, ...]
    """The newest plan of each förbund; empty on the page of a single year."""
    has_proposals: bool
    is_rounded: bool
    """Whether any plan is written in a coarser unit than the table's."""
    missing: tuple[MissingGroup, ...]
    chart: ChartView | None
    files: tuple[FileView, ...]
    """The figures as files."""
    over_years: tuple[AssociationYears, ...]
    elsewhere: tuple[PageLink, ...]
    """Links to each förbund's years, if they aren't on the page itself."""
    definitions: tuple[DefinitionRow, ...]
    search: SearchTags = SearchTags(Shelf.CURRENT.value)


class ComparisonParts(Struct, frozen=True):
    """The input of a page that compares förbund."""

    associations: Sequence[Association]
    monies: Mapping[str, Sequence[PlanMoney]]
    """Each förbund's plans by its id, earliest first: only the newest if there are many, none for a single year."""
    told: Collection[str]
    """The förbund whose own pages show their money over the years."""
    compilation: Compilation
    comparison: Comparison
    drawn: Drawn | None
    file: FileFacts
    """The file with the year's figures."""

    @property
    def year(self) -> int:
        return self.comparison.year

    @property
    def by_name(self) -> list[Association]:
        return sorted(self.associations, key=lambda association: sort_key(association.name))


def year_neighbour(year: int) -> Neighbour:
    return Neighbour(str(year), f"{COMPARISON.path}{year}/")


def comparison_chart(comparison: Comparison, texts: Texts) -> Chart | None:
    """Return the chart of the costs, if there is anything to show."""
    return costs_per_association(comparison, _words(comparison, texts))


def _words(comparison: Comparison, texts: Texts) -> Words:
    return Words(texts, common_unit(one.unit for one in comparison.compared))


def _page_words(parts: ComparisonParts, texts: Texts) -> Words:
    """Return the wording in one unit for the whole page."""
    used = (money.unit for monies in parts.monies.values() for money in monies if money.is_used)
    return Words(texts, common_unit((*(one.unit for one in parts.comparison.compared), *used)))


# --- The two kinds of pages -----------------------------------------------------------------------------------------


def comparison_page(parts: ComparisonParts, surroundings: Surroundings, texts: Texts) -> ComparisonPage:
    """Compose the main page: it explains the choice of year, and shows the years of each förbund if they are few."""
    page = _page(parts, COMPARISON.path, COMPARISON.text, (COMPARISON,), surroundings, texts)
    reason = texts.say(_reason_key(parts.compilation), year=parts.year)
    page = replace(page, reason=reason, newest=tuple(_newest(parts, texts)))
    if len(parts.associations) > MOST_TABLES:
        return page
    return replace(page, over_years=tuple(_over_years(parts, texts)), elsewhere=())


def comparison_year_page(parts: ComparisonParts, surroundings: Surroundings, texts: Texts) -> ComparisonPage:
    """Compose the page of one year, whose address always shows that year."""
    neighbour = year_neighbour(parts.year)
    title = f"{COMPARISON.text} {parts.year}"
    return _page(parts, neighbour.path, title, (COMPARISON, neighbour), surroundings, texts)


def _page(
    parts: ComparisonParts,
    path: str,
    title: str,
    above: tuple[Neighbour, ...],
    surroundings: Surroundings,
    texts: Texts,
) -> ComparisonPage:
    comparison, words = parts.comparison, _page_words(parts, texts)
    lead = words.say(
        "comparison.lead-all" if 1 < len(comparison.compared) == len(parts.associations) else "comparison.lead",
        count=number_beside(len(comparison.compared), len(parts.associations), neuter=True),
        all=number_word(len(parts.associations), neuter=True),
        column=kind_and_year(comparison),
    )
    return ComparisonPage(
        frame=frame(surroundings, path, title=title, description=lead, above=above),
        title=title,
        lead=lead,
        reason=None,
        years=tuple(_years(path, parts)),
        heading=kind_and_year(comparison),
        caption=f"{kind_and_year(comparison)} per förbund, {words.unit_name}",
        rows=tuple(_row(path, one, words) for one in comparison.compared),
        newest=(),
        has_proposals=any(one.is_proposal for one in comparison.compared),
        is_rounded=words.unit is Unit.KR and any(one.unit is not Unit.KR for one in comparison.compared),
        missing=tuple(_missing_groups(comparison, words)),
        chart=_chart(parts.drawn),
        files=(file_view(texts.say("file-compared"), parts.file, _folder(path, parts.year)),),
        over_years=(),
        elsewhere=tuple(_elsewhere(path, parts)),
        definitions=tuple(_definition(one, words) for one in comparison.compared),
    )


def _reason_key(compilation: Compilation) -> str:
    choice = compilation.choice
    if choice.is_common:
        return "comparison.year-common"
    return "comparison.year-newest" if choice.is_shared else "comparison.year-most"


def _years(here: str, parts: ComparisonParts) -> Iterator[PageLink]:
    """Yield a link to every year, if there are several to choose from, with the current one marked."""
    if len(parts.compilation.years) > 1:
        for year in parts.compilation.years:
            found = link(here, year_neighbour(year))
            yield PageLink(found.text, found.href, current=year == parts.year)


def _folder(here: str, year: int) -> str:
    """Return the address of the folder with a year's figures."""
    return link(here, year_neighbour(year)).href


def _chart(drawn: Drawn | None) -> ChartView | None:
    return chart_view(drawn.chart, drawn.drawing) if drawn else None


# --- The table ------------------------------------------------------------------------------------------------------


def _row(here: str, one: Compared, words: Words) -> ComparisonRow:
    money = one.money
    return ComparisonRow(
        name=link(here, Neighbour(one.association.name, f"{one.association.id}/{one.plan}/")),
        is_proposal=one.is_proposal,
        income=words.amount_or_unknown(money.income),
        costs=words.amount_or_unknown(money.costs),
        result=words.signed_or_unknown(money.result),
        closing=words.amount_or_unknown(money.closing),
        contributions=words.amount_or_unknown(one.contributions),
        administration=_percent(one.money.administration, one.money.costs, words),
    )


def _newest(parts: ComparisonParts, texts: Texts) -> Iterator[NewestRow]:
    """Yield each förbund's newest plan, in the order of their names."""
    words = _page_words(parts, texts)
    for association in parts.by_name:
        used = [money for money in parts.monies.get(association.id, ()) if money.is_used]
        if used:
            plan, told = used[-1], used[-1].main
            yield NewestRow(
                name=link(COMPARISON.path, Neighbour(association.name, f"{association.id}/{plan.year}/")),
                stated=kind_and_year(told),
                is_proposal=plan.is_proposal,
                spent=_percent(told.costs, told.income, words),
                saved=_percent(told.closing, plan.contributions, words),
                administration=_percent(told.administration, told.costs, words),
            )


def _percent(part: Money, whole: Money, words: Words) -> str:
    told = all_known(part, whole)
    if told is None or told[1] <= 0:
        return words.say("not-told")
    return f"{words.percent(share(*told))}{HARD_SPACE}%"


# --- Gaps -----------------------------------------------------------------------------------------------------------


def _missing_groups(comparison: Comparison, words: Words) -> Iterator[MissingGroup]:
    """Yield first the förbund that aren't in the comparison, by reason, then the missing figures."""
    for reason in Reason:
        names = tuple(_missing_name(one, words) for one in comparison.missing if one.reason is reason)
        if names:
            key = f"comparison.missing-{reason.value}"
            kind = kind_word(comparison.kind)
            yield MissingGroup(words.say(key, year=comparison.year, kind=kind), names)
    yield from _missing_figures(comparison, words)


def _missing_name(missing: Missing, words: Words) -> str:
    name, latest = missing.association.name, missing.latest
    if missing.reason is Reason.NO_PLAN and latest is not None:
        return words.say("comparison.latest", name=name, year=latest)
    return name


def _missing_figures(comparison: Comparison, words: Words) -> Iterator[MissingGroup]:
    for key, lacking in (
        ("comparison.lacks-income", _lacking(comparison, lambda one: one.money.income)),
        ("comparison.lacks-costs", _lacking(comparison, lambda one: one.money.costs)),
        ("comparison.lacks-result", _lacking(comparison, lambda one: one.money.result)),
        ("comparison.lacks-closing", _lacking(comparison, lambda one: one.money.closing)),
        ("comparison.lacks-contributions", _lacking(comparison, lambda one: one.contributions)),
        ("comparison.lacks-definition", [one for one in comparison.compared if not one.association.administration]),
        ("comparison.lacks-purposes", [one for one in comparison.compared if _lacks_purposes(one)]),
    ):
        if lacking:
            yield MissingGroup(words.say(key), tuple(one.association.name for one in lacking))


def _lacking(comparison: Comparison, figure: Callable[[Compared], Money]) -> list[Compared]:
    return [one for one in comparison.compared if isinstance(figure(one), Unknown)]


def _lacks_purposes(one: Compared) -> bool:
    """Whether the förbund has defined administration, but not given each cost a purpose."""
    has_costs = not isinstance(one.money.costs, Unknown)
    return bool(one.association.administration) and isinstance(one.money.administration, Unknown) and has_costs


# --- Over the years, and the basis of the figures -------------------------------------------------------------------


def _over_years(parts: ComparisonParts, texts: Texts) -> Iterator[AssociationYears]:
    """Yield a table of each förbund's years."""
    words = _page_words(parts, texts)
    for association in parts.by_name:
        monies = parts.monies.get(association.id, ())
        points = points_of(monies)
        if points:
            table = years_table_among_others(COMPARISON.path, association, points, words)
            to = link(COMPARISON.path, Neighbour(association.name, f"{association.id}/"))
            yield AssociationYears(f"forbund-{association.id}", to, table)


def _elsewhere(here: str, parts: ComparisonParts) -> Iterator[PageLink]:
    """Yield a link to each förbund's own years."""
    for association in parts.by_name:
        if association.id in parts.told:
            yield link(here, Neighbour(association.name, f"{association.id}/#{SECTION_ID}"))


def _definition(one: Compared, words: Words) -> DefinitionRow:
    included = one.equity_model is EquityModel.INCLUDED
    purposes = [words.say(f"purpose-phrase-{purpose.value}") for purpose in one.association.administration]
    return DefinitionRow(
        name=one.association.name,
        savings=words.say("comparison.savings-included" if included else "comparison.savings-separate"),
        administration=listed(purposes) or words.say("comparison.undefined"),
        unit=UNIT_NAMES[one.unit],
    )
