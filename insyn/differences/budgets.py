"""Differences between two budgets: amounts by column, rows, equity, breakdowns, notes, and the year's money."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.differences.alignment import Move, Node, moves, pair_unique, woven
from insyn.differences.amounts import AmountChange, Units
from insyn.differences.blocks import BlockKind, plain
from insyn.differences.passages import Passage, changed_list
from insyn.differences.row_pairing import (
    BudgetLine,
    ColumnPairs,
    LineKind,
    LinePair,
    PairedSide,
    pair_lines,
    parts_of,
    side_of,
)
from insyn.differences.rows import BudgetPart, RenamedSum, RowChange, compare_rows, renamed, renamed_sums
from insyn.differences.words import setting_apart
from insyn.model import Breakdown, Budget, Cell, Column, Equity, Kronor, OpeningEquity, Result, Total
from insyn.money.budget import index_of, main_year
from insyn.money.unknown import Money, all_known
from insyn.vocabulary import heading


class Measure(Enum):
    """A figure of the main column. Saved money doesn't count as income."""

    INCOME = "income"
    COSTS = "costs"
    RESULT = "result"
    CLOSING = "closing"


class MeasureChange(Struct, frozen=True):
    """A measure before and after, even if unchanged."""

    measure: Measure
    older: Kronor
    newer: Kronor


class ColumnChange(Struct, frozen=True):
    """A column before and after, None if it doesn't exist, and the amounts that differ."""

    older: Column | None
    newer: Column | None
    income: tuple[AmountChange, ...] = ()
    costs: tuple[AmountChange, ...] = ()
    result: tuple[AmountChange, ...] = ()
    move: Move | None = None

    @property
    def amounts(self) -> tuple[AmountChange, ...]:
        return (*self.income, *self.costs, *self.result)

    @property
    def is_restated(self) -> bool:
        """Whether it is new or removed, or has another year, kind or heading."""
        return self.older is None or self.newer is None or _states(self.older) != _states(self.newer)


class RenamedPart(Struct, frozen=True):
    former: str
    name: str
    is_guessed: bool
    """Whether it is only probably the same part."""


class BreakdownChange(Struct, frozen=True):
    """The difference between two breakdowns of a row."""

    row: str
    heading: str
    units: Units
    amounts: tuple[AmountChange, ...]
    renamed: tuple[RenamedPart, ...]


class BudgetDifference(Struct, frozen=True):
    units: Units
    main: Column | None
    """The main column; None if the two budgets have different ones."""
    measures: tuple[MeasureChange, ...]
    """The measures of the main column."""
    columns: tuple[ColumnChange, ...]
    """Every column of either budget."""
    rows: tuple[RowChange, ...]
    sums: tuple[RenamedSum, ...]
    """Sums, results and equity with another name than before."""
    equity: tuple[AmountChange, ...]
    breakdowns: tuple[BreakdownChange, ...]
    notes: tuple[Passage, ...]
    deviations: tuple[Passage, ...]
    rounded: int
    """Number of amounts that differ only by rounding to another unit."""

    @property
    def restated(self) -> tuple[ColumnChange, ...]:
        return tuple(column for column in self.columns if column.is_restated or column.move)

    @property
    def is_empty(self) -> bool:
        told = (self.restated, self.rows, self.sums, self.equity, self.breakdowns, self.notes, self.deviations)
        return not any(told) and not any(column.amounts for column in self.columns) and not self.has_other_unit

    @property
    def has_other_unit(self) -> bool:
        return self.units.older is not self.units.newer


def compare_budgets(older: Budget, newer: Budget) -> BudgetDifference:
    """Return what differs between two budgets."""
    return _Comparison(older, newer).result()


class _Comparison:
    """Two budgets with paired columns and lines."""

    def __init__(self, older: Budget, newer: Budget) -> None:
        self.older, self.newer = older, newer
        self.units = Units(older.unit, newer.unit)
        self.pairs = _pair_columns(older.columns, newer.columns)
        shared = sorted(self.pairs.items())
        self.income = side_of(older.income, newer.income, shared, self.units.step)
        self.costs = side_of(older.costs, newer.costs, shared, self.units.step)
        self.moved = moves(_nodes(older.columns), _nodes(newer.columns), self.pairs)

    def result(self) -> BudgetDifference:
        order = woven(len(self.older.columns), len(self.newer.columns), self.pairs)
        columns = [self._column(old, new) for old, new in order]
        equity = tuple(self._equity(self.older.equity, self.newer.equity))
        main = self._main()
        return BudgetDifference(
            units=self.units,
            main=main,
            measures=tuple(self._measures()) if main else (),
            columns=tuple(self._differing(column) for column in columns),
            rows=(*compare_rows(BudgetPart.INCOME, self.income), *compare_rows(BudgetPart.COSTS, self.costs)),
            sums=tuple(self._renamed_sums()),
            equity=self.units.differing(equity),
            breakdowns=tuple(self._breakdowns()),
            notes=changed_list(_notes(self.older), _notes(self.newer), BlockKind.NOTE),
            deviations=changed_list(_deviations(self.older), _deviations(self.newer), BlockKind.NOTE),
            rounded=sum(self.units.rounded(changes) for changes in (equity, *(one.amounts for one in columns))),
        )

    def _main(self) -> Column | None:
        old, new = index_of(self.older, self.older.main_column), index_of(self.newer, self.newer.main_column)
        return self.newer.columns[new] if self.pairs.get(old) == new else None

    def _measures(self) -> Iterator[MeasureChange]:
        older, newer = main_year(self.older), main_year(self.newer)
        for measure in Measure:
            figures: list[Money] = [getattr(year, measure.value) for year in (older, newer)]
            told = all_known(*figures)
            if told:
                amount, new_amount = told
                same = self.units.agree(amount, new_amount)
                yield MeasureChange(measure, new_amount if same else amount, new_amount)

    # --- Amounts ----------------------------------------------------------------------------------------------------

    def _column(self, old: int | None, new: int | None) -> ColumnChange:
        """Return a column with all its amounts, even unchanged ones."""
        older = self.older.columns[old] if old is not None else None
        newer = self.newer.columns[new] if new is not None else None
        if old is None or new is None:
            return ColumnChange(older, newer)
        income, costs = (tuple(_amounts(side, old, new)) for side in (self.income, self.costs))
        return ColumnChange(older, newer, income, costs, tuple(self._results(old, new)), self.moved.get(new))

    def _differing(self, column: ColumnChange) -> ColumnChange:
        parts = {name: self.units.differing(getattr(column, name)) for name in ("income", "costs", "result")}
        return replace(column, **parts)

    def _results(self, old: int, new: int) -> Iterator[AmountChange]:
        """Yield the printed result. A result with another role is another line."""
        older, newer = self.older.result, self.newer.result
        cell, new_cell = _cell(older, old), _cell(newer, new)
        if older and newer and older.role is newer.role:
            yield AmountChange(newer.name, LineKind.RESULT, cell, new_cell)
            return
        if older:
            yield AmountChange(older.name, LineKind.RESULT, cell, None)
        if newer:
            yield AmountChange(newer.name, LineKind.RESULT, None, new_cell)

    def _renamed_sums(self) -> Iterator[RenamedSum]:
        older, newer = self.older, self.newer
        yield from (*renamed_sums(self.income), *renamed_sums(self.costs))
        if older.result and newer.result and older.result.role is newer.result.role:
            yield from renamed(LineKind.RESULT, older.result.name, newer.result.name)
        opening, new_opening = _openings(older.equity), _openings(newer.equity)
        for year in opening.keys() & new_opening.keys():
            yield from renamed(LineKind.EQUITY, opening[year].name, new_opening[year].name)
        if older.equity and newer.equity and older.equity.closing and newer.equity.closing:
            yield from renamed(LineKind.EQUITY, older.equity.closing.name, newer.equity.closing.name)

    def _breakdowns(self) -> Iterator[BreakdownChange]:
        """Yield the breakdowns that differ. A breakdown of another column is another breakdown."""
        ids = {self.older.columns[old].id: self.newer.columns[new].id for old, new in self.pairs.items()}
        for pair in (*self.income.both(), *self.costs.both()):
            if pair.older and pair.newer and pair.older.row and pair.newer.row:
                older, newer = pair.older.row.breakdown, pair.newer.row.breakdown
                same = older is None or newer is None or ids.get(older.column) == newer.column
                both = [(older, newer)] if same else [(older, None), (None, newer)]
                told = (_breakdown(pair.newer.name, one, other) for one, other in both)
                yield from (change for change in told if change and (change.amounts or change.renamed))

    def _equity(self, older: Equity | None, newer: Equity | None) -> Iterator[AmountChange]:
        """Yield equity outside the income rows: opening equity, and each year's closing equity."""
        opening, new_opening = _openings(older), _openings(newer)
        for year in sorted(opening.keys() | new_opening.keys()):
            was, now = opening.get(year), new_opening.get(year)
            name = (now or opening[year]).name
            yield AmountChange(name, LineKind.EQUITY, was.cell if was else None, now.cell if now else None)
        closing, new_closing = older.closing if older else None, newer.closing if newer else None
        last = new_closing or closing
        for old, new in sorted(self.pairs.items(), key=lambda pair: pair[1]) if last else ():
            column = self.newer.columns[new]
            name = dict(column.block_labels).get("equity") or f"{last.name if last else ''} {column.year}"
            cell, new_cell = _cell(closing, old), _cell(new_closing, new)
            yield AmountChange(name, LineKind.EQUITY, cell, new_cell)


def _amounts(side: PairedSide, old: int, new: int) -> Iterator[AmountChange]:
    """Yield every amount of a column on one side, except sums of new or removed groups."""
    for pair in side.both():
        line = pair.newer or pair.older
        if line and line.cells and (line.kind is LineKind.ROW or line.is_alone or pair.is_in_kept_group):
            yield _amount(line, pair, _cell(pair.older, old), _cell(pair.newer, new))
    total, new_total = side.older.total, side.newer.total
    if last := new_total or total:
        cell, new_cell = _cell(total, old), _cell(new_total, new)
        yield AmountChange(last.name, LineKind.TOTAL, cell, new_cell)


def _amount(line: BudgetLine, pair: LinePair, older: Cell | None, newer: Cell | None) -> AmountChange:
    guessed_from = pair.older.name if pair.older and pair.is_guessed else None
    return AmountChange(line.name, line.kind, older, newer, pair.group, guessed_from)


def _cell(line: BudgetLine | Total | Result | None, place: int) -> Cell | None:
    return line.cells[place] if line else None


def _openings(equity: Equity | None) -> dict[int, OpeningEquity]:
    return {equity.opening.year: equity.opening} if equity and equity.opening else {}


# --- Columns --------------------------------------------------------------------------------------------------------

COLUMN_NAMES: tuple[Callable[[Column], object], ...] = (
    lambda column: (column.id, column.year),
    lambda column: (column.year, column.kind, column.as_of, column.label),
    lambda column: (column.year, column.kind, column.as_of),
    lambda column: (column.year, column.kind),
    lambda column: column.id,
)
"""Keys for pairing columns, most reliable first, if one column of each budget has it.

An id may be reused for another year.
"""


def _pair_columns(older: Sequence[Column], newer: Sequence[Column]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for name in COLUMN_NAMES:
        pair_unique([name(column) for column in older], [name(column) for column in newer], pairs)
    return pairs


def _states(column: Column) -> tuple[object, ...]:
    return column.year, column.kind, column.as_of, setting_apart(heading(column))


def _nodes(columns: Sequence[Column]) -> list[Node]:
    return [Node(heading(column), None) for column in columns]


# --- Breakdowns and notes -------------------------------------------------------------------------------------------


ONE_COLUMN: ColumnPairs = [(0, 0)]


def _breakdown(row: str, old: Breakdown | None, new: Breakdown | None) -> BreakdownChange | None:
    last = new or old
    if last is None:
        return None
    units = Units((old or last).unit, last.unit)
    lines, new_lines = parts_of(old), parts_of(new)
    pairing = pair_lines(lines, new_lines, ONE_COLUMN, units.step)
    changes, parts = [], []
    for place, new_place in woven(len(lines), len(new_lines), pairing.pairs):
        line = lines[place] if place is not None else None
        new_line = new_lines[new_place] if new_place is not None else None
        pair = LinePair(line, new_line, None, new_place in pairing.guessed, is_in_kept_group=True)
        if line and new_line and setting_apart(line.name) != setting_apart(new_line.name):
            parts.append(RenamedPart(line.name, new_line.name, pair.is_guessed))
        if shown := new_line or line:
            changes.append(_amount(shown, pair, _cell(line, 0), _cell(new_line, 0)))
    total, new_total = old.total if old else None, new.total if new else None
    changes.append(AmountChange(last.total_name or "", LineKind.TOTAL, total, new_total))
    return BreakdownChange(row, last.heading, units, units.differing(changes), tuple(parts))


def _notes(budget: Budget) -> list[str]:
    """Return footnotes and column explanations, without marks, which may be renumbered."""
    explained = dict.fromkeys(column.explanation for column in budget.columns if column.explanation)
    return [plain(text) for text in (*(note.text for note in budget.notes), *explained)]


def _deviations(budget: Budget) -> list[str]:
    return [deviation.text for deviation in budget.deviations]
