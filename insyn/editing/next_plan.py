"""A later year's plan from a plan: columns moved on, amounts taken to their years, what was the year's own emptied.

Every amount of the old plan is carried or left behind, every amount of the new one carried or asked for. All of them,
and each text that names a year, are listed in the new plan as left to confirm.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from insyn.checks.plan import check_plan
from insyn.editing.drafting import draft
from insyn.editing.finding import COLUMNS, find, find_there
from insyn.editing.new_years import moved_on, named_years
from insyn.editing.next_columns import OF_THE_PAST, ColumnMove, moves_of, successors
from insyn.editing.next_texts import OWN, LeftToConfirm, headings, texts_to_confirm
from insyn.editing.old_plan import BUDGET, OldPlan, item_name
from insyn.editing.operations import (
    AddItems,
    AnyOperation,
    Path,
    Remove,
    RemoveColumn,
    SetCell,
    SetCells,
    SetText,
    Value,
)
from insyn.editing.refusals import Refusal, place_of
from insyn.model import Budget, Column, ColumnKind, DocumentKind, Funder, Kronor, Plan, Status
from insyn.money.budget import years_of
from insyn.money.unknown import Unknown
from insyn.reading.characters import fold
from insyn.reading.keys import (
    BreakdownKeys,
    BudgetKeys,
    BudgetRowKeys,
    ColumnHeadingKeys,
    ColumnKeys,
    DeviationKeys,
    EquityKeys,
    GoalKeys,
    OpeningEquityKeys,
    PlanKeys,
    ProseFigureKeys,
    SubGoalKeys,
    UnconfirmedKeys,
)
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.reading.spans import WrittenFile, WrittenMapping, read_written, texts_in
from insyn.texts import Texts
from insyn.vocabulary import FUNDERS, status_word

CLOSING: Path = tuple(map(fold, (BUDGET, BudgetKeys.equity.name, EquityKeys.closing.name)))
OPENING: Path = (BUDGET, BudgetKeys.equity.name, EquityKeys.opening.name)
HEADING: Path = (BUDGET, BudgetKeys.heading.name)
LABELS = {
    "income": ColumnHeadingKeys.income.name,
    "costs": ColumnHeadingKeys.costs.name,
    "equity": ColumnHeadingKeys.equity.name,
}
FOLLOW_UP = frozenset({ColumnKind.OUTCOME, ColumnKind.FORECAST})
OUTCOMES = (SubGoalKeys.status.name, SubGoalKeys.outcome.name, SubGoalKeys.comment.name)
"""What a sub-goal says of how it went."""
OVER = frozenset({"deviation-gone", "note-unused"})


class NextPlan(Struct, frozen=True):
    """A new plan's text, and what became of everything in the old one."""

    text: str
    columns: tuple[ColumnMove, ...]
    carried: int
    """Amounts of the new plan that stand in the old one."""
    asked: int
    """Amounts of the new plan that are left open."""
    left: tuple[tuple[Column, int], ...]
    """Columns of the old plan that no amount is taken from, each with how many it has."""
    repeated: Column | None
    """The last column of the old plan, whose rows a year that it says nothing of has; None where it is left open."""
    opens_as_planned: bool
    """Whether the saved money to begin with is what the old plan counted on; else what is saved later is left open."""
    opening: tuple[str | None, Column | None] | None
    """The saved money to begin with, as written, and which column says it; None where the plan has no place for it."""
    emptied: tuple[str, ...]
    """What was removed, since it is about the old plan."""
    lost: tuple[str, ...]
    """What was removed, since its column is gone or what it says no longer holds."""
    to_confirm: tuple[LeftToConfirm, ...]


def next_plan(
    file: WrittenFile, plan: Plan, year: int, target: str, texts: Texts, *, repeats_last: bool
) -> NextPlan | Refusal:
    """Return the plan of a later year. `target` is its path from the project.

    A year that the old plan says nothing of is left open; with `repeats_last`, its rows are those of the last year.
    """
    kept = _without_follow_up(file, plan, target)
    if isinstance(kept, Refusal):
        return kept
    step, whole = year - plan.year, plan.budget
    file, plan = kept
    source = OldPlan(file, plan, whole, step, moves_of(plan.budget.columns, step), texts, repeats_last)
    amounts, asked = _amounts(source)
    lost, emptied = _lost_references(source), list(_emptied(source))
    to_confirm = (*_rows_to_confirm(source), *_opening_to_confirm(source), *texts_to_confirm(source))
    about_columns = [*_facts(source), *_columns(source), amounts, *_opening(source), *_references(source)]
    about_the_rest = [*headings(source), *(Remove(path) for path in (*lost, *emptied)), _listed(to_confirm)]
    first = draft(file.text, target, [*about_columns, *about_the_rest])
    if isinstance(first, Refusal):
        return first
    over = _over(source, first.text, target)
    made = draft(first.text, target, [Remove(path) for path in over])
    if isinstance(made, Refusal):
        return made
    return NextPlan(
        text=made.text,
        columns=source.moves,
        carried=len(amounts.cells) - asked,
        asked=asked,
        left=tuple(_left(source)),
        repeated=plan.budget.columns[_last(source)] if repeats_last else None,
        opens_as_planned=_opens_as_planned(source),
        opening=_known_opening(source) if source.has(OPENING) else None,
        emptied=tuple(_shown(source, path) for path in emptied),
        lost=tuple(_shown(source, path) for path in (*lost, *over)),
        to_confirm=to_confirm,
    )


def _without_follow_up(file: WrittenFile, plan: Plan, target: str) -> tuple[WrittenFile, Plan] | Refusal:
    """Return a plan without the columns that tell how its own year went: they were added when it was followed up."""
    columns = enumerate(plan.budget.columns)
    numbers = [number for number, one in columns if one.kind in FOLLOW_UP and one.year >= plan.year]
    made = draft(file.text, target, [RemoveColumn(number) for number in reversed(numbers)])
    if isinstance(made, Refusal):
        return made
    place = SourceFile(target, "", plan.association, plan.year)
    again, written = read_plan_text(place, SourceText(target, made.text))[0], read_written(made.text)
    return (written, again) if written and again and again.budget.columns else (file, plan)


# --- The plan and its columns ---------------------------------------------------------------------------------------


def _facts(source: OldPlan) -> Iterator[AnyOperation]:
    yield SetText((PlanKeys.year.name,), str(source.plan.year + source.step))
    yield SetText((PlanKeys.status.name,), status_word(Status.DRAFT))
    if source.plan.document is not DocumentKind.PLAN:
        yield SetText((PlanKeys.document.name,), PlanKeys.document.default)
    for path in ((PlanKeys.title.name,), (PlanKeys.subtitle.name,), HEADING):
        yield from source.moved_on(path)


def _columns(source: OldPlan) -> Iterator[AnyOperation]:
    for number, (old, new) in enumerate(zip(source.budget.columns, source.moves, strict=True)):
        path = (*COLUMNS, number)
        if old.id != new.id:
            yield SetText((*path, ColumnKeys.id.name), new.id)
        yield SetText((*path, ColumnKeys.year.name), str(new.year))
        yield from source.moved_on((*path, ColumnKeys.label.name))
        for block, _ in old.block_labels:
            yield from source.moved_on((*path, ColumnKeys.block_labels.name, LABELS[block]))
    if source.text((BUDGET, BudgetKeys.main_column.name)) is not None:
        yield SetText((BUDGET, BudgetKeys.main_column.name), _by_place(source)[source.budget.main_column])


def _by_place(source: OldPlan) -> dict[str, str]:
    return {old.id: new.id for old, new in zip(source.budget.columns, source.moves, strict=True)}


# --- Amounts --------------------------------------------------------------------------------------------------------


def _amounts(source: OldPlan) -> tuple[SetCells, int]:
    """Return what writes every amount, and how many of them are left open."""
    cells: list[SetCell] = []
    asked = 0
    for path, texts in source.rows():
        is_open = path == CLOSING and not _opens_as_planned(source)
        for number, new in enumerate(source.moves):
            taken = None if is_open else new.number
            if taken is None and source.repeats_last and _is_plain(source, path):
                taken = _last(source)
            asked += taken is None
            cells.append(SetCell(path, number, None if taken is None else texts[taken]))
    return SetCells(tuple(cells)), asked


def _opens_as_planned(source: OldPlan) -> bool:
    """Whether the saved money to begin with is what the old plan counted on: else what is left of it is another too."""
    number = source.moves[0].number
    if number is None or not source.has(OPENING):
        return True
    planned = years_of(source.budget)[number].opening
    return not isinstance(planned, Unknown) and _written(planned, source.budget) == _known_opening(source)[0]


def _last(source: OldPlan) -> int:
    years = [one.year for one in source.budget.columns]
    return years.index(max(years))


def _is_plain(source: OldPlan, path: Path) -> bool:
    """Whether a row's amounts are its own, and don't follow from others as sums, results and saved money do."""
    funder = source.text((*path, BudgetRowKeys.funder.name))
    return isinstance(path[-1], int) and FUNDERS.get(funder or "") is not Funder.OPENING_EQUITY


def _left(source: OldPlan) -> Iterator[tuple[Column, int]]:
    used = {one.source.id for one in source.moves if one.source}
    rows = sum(1 for _ in source.rows())
    return ((one, rows) for one in source.whole.columns if one.id not in used)


def _rows_to_confirm(source: OldPlan) -> Iterator[LeftToConfirm]:
    columns = tuple(one.id for one in source.moves)
    return (LeftToConfirm(_name(source, path), columns, "") for path, _ in source.rows())


def _name(source: OldPlan, path: Path) -> str:
    """Return what staff know a row or a sum by; a sum without a name of its own, by its group's."""
    for length in range(len(path), 1, -1):
        node = find_there(source.file, path[:length]).node
        name = item_name(node) if isinstance(node, WrittenMapping) else None
        if name is not None:
            return name
    return str(path[-1])


# --- Saved money ----------------------------------------------------------------------------------------------------


def _opening(source: OldPlan) -> Iterator[AnyOperation]:
    if not source.has(OPENING):
        return
    year = _opening_year(source)
    yield SetText((*OPENING, OpeningEquityKeys.year.name), str(year))
    yield SetText((*OPENING, OpeningEquityKeys.cell.name), _known_opening(source)[0])
    yield SetText((*OPENING, OpeningEquityKeys.name.name), _opening_name(source))


def _opening_year(source: OldPlan) -> int:
    return min(one.year for one in source.moves) - 1


def _opening_name(source: OldPlan) -> str:
    opening, year = source.budget.equity and source.budget.equity.opening, _opening_year(source)
    years = range(min(source.years) - 1, max(source.years) + 1)
    return moved_on(opening.name, years, year - opening.year) if opening else ""


def _known_opening(source: OldPlan) -> tuple[str | None, Column | None]:
    """Return what was saved when the year before the first column ended, by the newest that is known, and by whom."""
    year = _opening_year(source)
    ends = [one for one in years_of(source.whole) if one.column.year == year and not isinstance(one.closing, Unknown)]
    for one in sorted(ends, key=lambda one: OF_THE_PAST.index(one.column.kind)):
        assert not isinstance(one.closing, Unknown)
        return _written(one.closing, source.budget), one.column
    opening = source.budget.equity and source.budget.equity.opening
    same = opening and opening.year == year
    return (source.text((*OPENING, OpeningEquityKeys.cell.name)) if same else None), None


def _written(amount: Kronor, budget: Budget) -> str:
    """Return an amount as it is written in the table's unit."""
    whole, rest = divmod(abs(amount), budget.unit.value)
    digits = len(str(budget.unit.value)) - 1
    decimals = f",{rest:0{digits}}".rstrip("0") if rest else ""
    return f"{'-' if amount < 0 else ''}{whole:,}".replace(",", " ") + decimals


def _opening_to_confirm(source: OldPlan) -> Iterator[LeftToConfirm]:
    if source.has(OPENING):
        key = "confirm-saved-unknown" if _known_opening(source)[0] is None else "confirm-saved"
        yield LeftToConfirm(_opening_name(source), (), source.texts.tell(key, year=_opening_year(source)))


# --- What names a column --------------------------------------------------------------------------------------------


def _references(source: OldPlan) -> Iterator[AnyOperation]:
    """Yield what lets everything that names a column name the one that has its amounts now."""
    by_amounts = successors(source.budget.columns, source.moves)
    for path, _ in source.rows():
        yield from _renamed(source, (*path, BudgetRowKeys.emphasised.name), _by_place(source))
    for _, path in _naming(source):
        yield from _renamed(source, path, by_amounts)


def _naming(source: OldPlan) -> Iterator[tuple[Path, Path]]:
    """Yield each item of the budget that is about a column of its own, and where it names it."""
    for path, _ in source.rows():
        breakdown = (*path, BudgetRowKeys.breakdown.name)
        if source.has(breakdown):
            yield breakdown, (*breakdown, BreakdownKeys.column.name)
    for path in source.items((BUDGET, BudgetKeys.deviations.name)):
        yield path, (*path, DeviationKeys.columns.name)
    for path in source.items((BUDGET, BudgetKeys.prose_figures.name)):
        yield path, (*path, ProseFigureKeys.expression.name)


def _lost_references(source: OldPlan) -> list[Path]:
    """Return the items that are about a column that the new plan lacks, the last first."""
    gone = [old for old, new in successors(source.budget.columns, source.moves).items() if new is None]
    return [item for item, path in _naming(source) if _names_any(source, path, gone)][::-1]


def _names_any(source: OldPlan, path: Path, ids: Sequence[str]) -> bool:
    node = find(source.file, path)
    texts = [] if node.missing or node.node is None else [one.text for one in texts_in(node.node)]
    return any(_word(id).search(text) for id in ids for text in texts)


def _renamed(source: OldPlan, path: Path, names: Mapping[str, str | None]) -> Iterator[AnyOperation]:
    known = re.compile("|".join(_word(name).pattern for name in names))
    later: Callable[[re.Match[str]], str] = lambda found: names[found[0]] or found[0]  # noqa: E731
    for place in source.items(path) or [path]:
        text = source.text(place)
        if text is not None and known.sub(later, text) != text:
            yield SetText(place, known.sub(later, text))


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


# --- What was the year's own ----------------------------------------------------------------------------------------


def _emptied(source: OldPlan) -> Iterator[Path]:
    if source.text((PlanKeys.registration.name,)) is not None:
        yield (PlanKeys.registration.name,)
    later = moved_on(source.budget.heading or "", source.years, source.step)
    if later and not _agrees(later, source):
        yield HEADING
    for number in range(len(source.moves)):
        if source.has((*COLUMNS, number, ColumnKeys.as_of.name)):
            yield (*COLUMNS, number, ColumnKeys.as_of.name)
    for goal in source.items((PlanKeys.goals.name,)):
        for sub_goal in source.items((*goal, GoalKeys.sub_goals.name)):
            yield from ((*sub_goal, key) for key in OUTCOMES if source.has((*sub_goal, key)))
    yield from ((key,) for key in OWN if source.has((key,)))


def _agrees(heading: str, source: OldPlan) -> bool:
    """Whether a heading names no year, or years to the last column's: one that was wrong isn't carried."""
    named = named_years(heading, range(1900, 2100))
    new = source.plan.year + source.step
    return not named or named == [new] or (named[-1] == max(one.year for one in source.moves) and named[0] <= new)


def _over(source: OldPlan, text: str, target: str) -> tuple[Path, ...]:
    """Return the deviations and notes that the old plan had use for and the new one hasn't, the last first."""
    year = source.plan.year + source.step
    place = SourceFile(target, "", source.plan.association, year)
    plan, problems = read_plan_text(place, SourceText(target, text))
    file = read_written(text)
    if plan is None or file is None:
        return ()
    told = Counter(one.place.line for one in check_plan(plan, problems) if one.code in OVER)
    new = replace(source, file=file)
    items = [path for key in (BudgetKeys.deviations, BudgetKeys.notes) for path in new.items((BUDGET, key.name))]
    return tuple(path for path in reversed(items) if told[_line(file, path)] >= _columns_named(new, path))


def _line(file: WrittenFile, path: Path) -> int:
    node = find_there(file, path).node
    return place_of("", file.text, node.begin).line if node else 0


def _columns_named(source: OldPlan, path: Path) -> int:
    """Return how many columns an item is about: a deviation is over when it is so in all of them."""
    return max(1, len(source.items((*path, DeviationKeys.columns.name))))


def _shown(source: OldPlan, path: Path) -> str:
    """Return a path as staff would say it: from the last item that has a name, by keys as written and numbers."""
    parts: list[str] = []
    for length in range(1, len(path) + 1):
        spot = find(source.file, path[:length])
        if spot.entry:
            parts.append(spot.entry.key.text)
        elif isinstance(spot.node, WrittenMapping) and isinstance(path[length - 1], int):
            name = item_name(spot.node)
            parts = [name] if name else [*parts, str(int(path[length - 1]) + 1)]
    return " › ".join(part for part in parts if part != BUDGET)


# --- The list ---------------------------------------------------------------------------------------------------------


def _listed(to_confirm: Sequence[LeftToConfirm]) -> AddItems:
    return AddItems((PlanKeys.unconfirmed.name,), 0, tuple(map(_entry, to_confirm)))


def _entry(one: LeftToConfirm) -> Mapping[str, Value]:
    item: dict[str, Value] = {UnconfirmedKeys.what.name: one.what}
    if one.columns:
        item[UnconfirmedKeys.columns.name] = one.columns
    if one.reason:
        item[UnconfirmedKeys.reason.name] = one.reason
    return item
