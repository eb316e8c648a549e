"""The budget as printed in the plan: every row, sum, blank, dash and mark in its place, under its own headings."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from insyn.model import (
    Amount,
    Blank,
    Block,
    Breakdown,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    Dash,
    Deviation,
    Position,
    SignStyle,
    Subtotal,
    Total,
    Unit,
)
from insyn.money.budget import rows_of
from insyn.pages.notes import MarkView, Notes, NoteView
from insyn.pages.parts import DeviationView
from insyn.swedish import MINUS, listed, slug
from insyn.texts import Texts
from insyn.vocabulary import UNIT_NAMES, amount_in, closing_names, heading, kind_word, month_of, named, unit_word

BLOCK_HEADINGS = {"income": "Intäkter", "costs": "Kostnader"}


class CellView(Struct, frozen=True):
    text: str
    missing: bool
    """Whether the source prints nothing here, or only a sign."""
    is_main: bool
    emphasised: bool
    marks: tuple[MarkView, ...]


class ColumnHeading(Struct, frozen=True):
    text: str
    kind: str | None
    """The column's kind, if its printed heading doesn't say it."""
    is_main: bool


class TableLine(Struct, frozen=True):
    """A line of a budget table. The heading of a group without amounts has no cells."""

    kind: str
    """row, group, subtotal, total or result."""
    name: str
    level: int
    marks: tuple[MarkView, ...]
    cells: tuple[CellView, ...]
    note_marks: tuple[MarkView, ...]
    """The contents of the column of marks, if the plan has one."""
    id: str | None = None
    """A row's anchor on the page, with its id in the open data: "rad.kostnader.se-hoglandet"."""


class BudgetTable(Struct, frozen=True):
    id: str
    caption: str
    name_heading: str
    columns: tuple[ColumnHeading, ...]
    note_heading: str | None
    bodies: tuple[tuple[TableLine, ...], ...]
    """Row groups: each is a group with its rows, or consecutive rows without a group."""


class EquityView(Struct, frozen=True):
    caption: str
    rows: tuple[tuple[str, CellView], ...]


class BreakdownView(Struct, frozen=True):
    id: str
    caption: str
    heading: str
    rows: tuple[tuple[str, CellView], ...]
    total: tuple[str, CellView] | None


class BudgetView(Struct, frozen=True):
    heading: str
    unit: str
    tables: tuple[BudgetTable, ...]
    equity: EquityView | None
    breakdowns: tuple[BreakdownView, ...]
    column_notes: tuple[str, ...]
    notes: tuple[NoteView, ...]
    deviations: tuple[DeviationView, ...]


def budget_view(budget: Budget, texts: Texts) -> BudgetView:
    """Lay out every part of a budget."""
    notes = Notes("budget", budget.notes)
    income = _Block(budget, "income", notes, texts).table(budget.income)
    costs = _Block(budget, "costs", notes, texts).table(budget.costs)
    equity = _equity(budget, notes, texts)
    return BudgetView(
        heading=budget.heading or "Budget",
        unit=UNIT_NAMES[budget.unit],
        tables=(income, costs),
        equity=equity,
        breakdowns=tuple(_breakdowns(budget)),
        column_notes=tuple(_column_notes(budget.columns)),
        notes=notes.views(),
        deviations=deviation_views(budget, texts),
    )


class _Block:
    """Lays out the income or the costs."""

    def __init__(self, budget: Budget, name: str, notes: Notes, texts: Texts) -> None:
        self.budget, self.name, self.notes, self.texts = budget, name, notes, texts
        self.negated = name == "costs" and budget.sign_style is SignStyle.COSTS_NEGATIVE

    def table(self, block: Block) -> BudgetTable:
        title = block.heading or BLOCK_HEADINGS[self.name]
        return BudgetTable(
            id=f"tabell-{'intakter' if self.name == 'income' else 'kostnader'}",
            caption=f"{title}, {UNIT_NAMES[self.budget.unit]}",
            name_heading=title,
            columns=tuple(self._heading(column) for column in self.budget.columns),
            note_heading=self.budget.note_column,
            bodies=tuple(self._bodies(block)),
        )

    def _heading(self, column: Column) -> ColumnHeading:
        text = heading(column, self.name)
        kind = kind_word(column.kind)
        told = [] if kind in text.lower() else [kind]
        as_of = month_of(column)
        shown = " ".join([*told, as_of] if as_of and as_of not in text else told) or None
        return ColumnHeading(text, shown, column.id == self.budget.main_column)

    def _bodies(self, block: Block) -> Iterator[tuple[TableLine, ...]]:
        """Yield row groups: consecutive rows without a group form one together."""
        loose: list[TableLine] = []
        for part in block.rows:
            if isinstance(part, BudgetRow):
                loose.append(self._row(part, 0))
                continue
            if loose:
                yield tuple(loose)
                loose = []
            yield tuple(self._group(part, 0))
        if loose:
            yield tuple(loose)
        yield from self._sums(block)

    def _sums(self, block: Block) -> Iterator[tuple[TableLine, ...]]:
        lines = []
        if block.total:
            lines.append(self._sum(block.total, "total"))
        if self.name == "costs" and self.budget.result:
            result = self.budget.result
            name = named(result.name, self.texts, is_computed=result.is_computed)
            lines.append(self._line("result", name, 0, None, result.cells, (), negated=False))
        if lines:
            yield tuple(lines)

    def _group(self, group: BudgetGroup, level: int) -> Iterator[TableLine]:
        subtotal = group.subtotal
        before = subtotal is not None and subtotal.position is Position.BEFORE
        cells = subtotal.cells if subtotal and before else ()
        has_heading = group.printed or bool(cells)
        inner = level + 1 if has_heading else level
        if has_heading:
            name = named(group.name, self.texts, is_computed=bool(cells and subtotal and subtotal.is_computed))
            yield self._line("group", name, level, None, cells, ())
        for part in group.rows:
            if isinstance(part, BudgetRow):
                yield self._row(part, inner)
            else:
                yield from self._group(part, inner)
        if subtotal and not before:
            yield self._subtotal(subtotal, group, level)

    def _subtotal(self, subtotal: Subtotal, group: BudgetGroup, level: int) -> TableLine:
        name = subtotal.name or f"Summa {group.name}"
        name = named(name, self.texts, is_computed=subtotal.is_computed)
        return self._line("subtotal", name, level, None, subtotal.cells, ())

    def _row(self, row: BudgetRow, level: int) -> TableLine:
        line = self._line("row", row.name, level, row.mark, row.cells, row.emphasised)
        return replace(line, id=f"rad.{slug(BLOCK_HEADINGS[self.name])}.{row.id}")

    def _sum(self, total: Total, kind: str) -> TableLine:
        return self._line(kind, named(total.name, self.texts, is_computed=total.is_computed), 0, None, total.cells, ())

    def _line(
        self,
        kind: str,
        name: str,
        level: int,
        mark: str | None,
        cells: tuple[Cell, ...],
        emphasised: tuple[str, ...],
        *,
        negated: bool | None = None,
    ) -> TableLine:
        marks = self.notes.marks(mark)
        in_column = self.budget.note_column is not None
        negative = self.negated if negated is None else negated
        return TableLine(
            kind=kind,
            name=name,
            level=level,
            marks=() if in_column else marks,
            cells=tuple(
                self._cell(cell, column, column.id in emphasised, negative)
                for cell, column in zip(cells, self.budget.columns, strict=False)
            ),
            note_marks=marks if in_column else (),
        )

    def _cell(self, cell: Cell, column: Column, emphasised: bool, negated: bool) -> CellView:
        marks = self.notes.marks(cell.mark) if isinstance(cell, Amount) else ()
        is_main = column.id == self.budget.main_column
        text = cell_text(cell, self.budget.unit, negated=negated)
        return CellView(text, not isinstance(cell, Amount), is_main, emphasised, marks)


def cell_text(cell: Cell, unit: Unit, *, negated: bool = False) -> str:
    """Format a cell as printed in the plan, but regrouped; a blank is empty. `negated` gives costs a minus sign."""
    match cell:
        case Blank():
            return ""
        case Dash():
            return cell.text
        case Amount(printed=None):
            return amount_in(unit, -cell.kronor if negated else cell.kronor)
    return (cell.printed or "").replace(" ", "\u00a0").replace("-", MINUS)


# --- Outside the tables ---------------------------------------------------------------------------------------------


def _equity(budget: Budget, notes: Notes, texts: Texts) -> EquityView | None:
    """Return equity outside the income rows: each amount with its printed heading."""
    if budget.equity is None:
        return None
    rows: list[tuple[str, CellView]] = []
    opening, closing = budget.equity.opening, budget.equity.closing
    if opening:
        rows.append((opening.name, _equity_cell(opening.cell, budget, notes, is_main=False)))
    names = closing_names(budget, texts)
    for column, name, cell in zip(budget.columns, names, closing.cells if closing else (), strict=False):
        is_main = column.id == budget.main_column
        rows.append((name, _equity_cell(cell, budget, notes, is_main=is_main)))
    return EquityView(f"Eget kapital, {UNIT_NAMES[budget.unit]}", tuple(rows))


def _equity_cell(cell: Cell, budget: Budget, notes: Notes, *, is_main: bool) -> CellView:
    marks = notes.marks(cell.mark) if isinstance(cell, Amount) else ()
    return CellView(cell_text(cell, budget.unit), not isinstance(cell, Amount), is_main, False, marks)


def _breakdowns(budget: Budget) -> Iterator[BreakdownView]:
    for block in (budget.income, budget.costs):
        for row in rows_of(block.rows):
            if row.breakdown:
                yield _breakdown(row, row.breakdown)


def _breakdown(row: BudgetRow, breakdown: Breakdown) -> BreakdownView:
    unit = breakdown.unit
    total = None
    if breakdown.total:
        total = (breakdown.total_name or "Summa", _plain_cell(breakdown.total, unit))
    return BreakdownView(
        id=f"uppdelning-{slug(row.name)}",
        caption=f"{breakdown.heading.rstrip(':')}, {UNIT_NAMES[unit]}",
        heading=f"Belopp, {unit_word(unit)}",
        rows=tuple((part.name, _plain_cell(part.cell, unit)) for part in breakdown.rows),
        total=total,
    )


def _plain_cell(cell: Cell, unit: Unit) -> CellView:
    return CellView(cell_text(cell, unit), not isinstance(cell, Amount), is_main=False, emphasised=False, marks=())


def _column_notes(columns: tuple[Column, ...]) -> Iterator[str]:
    """Yield the explanations of columns; columns with the same explanation share a line."""
    explanations = dict.fromkeys(column.explanation for column in columns if column.explanation)
    for explanation in explanations:
        names = listed([heading(column) for column in columns if column.explanation == explanation])
        yield f"{names}: {explanation}."


def deviation_views(budget: Budget, texts: Texts) -> tuple[DeviationView, ...]:
    """Return the known deviations of the plan."""
    return tuple(_deviation(budget, deviation, texts) for deviation in budget.deviations)


def _deviation(budget: Budget, deviation: Deviation, texts: Texts) -> DeviationView:
    columns = [heading(column) for column in budget.columns if column.id in deviation.columns]
    subject = deviation.row or texts.say(f"deviation-{deviation.control.value}")
    return DeviationView(f"{subject}, {listed(columns)}", deviation.text)
