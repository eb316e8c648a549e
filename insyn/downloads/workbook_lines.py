"""The lines of a plan's workbook: what each of them is in the plan, and the values of its cells."""

from collections.abc import Iterable, Iterator
from enum import Enum
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from insyn.downloads.numbers import number_in
from insyn.model import (
    Amount,
    Blank,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Dash,
    OpeningEquity,
    Position,
    Result,
    SignStyle,
    Subtotal,
    Total,
    Unit,
)
from insyn.money.budget import rows_of
from insyn.texts import Texts
from insyn.vocabulary import closing_names, named

INCOME_SHEET, COST_SHEET, EQUITY_SHEET, PARTS_SHEET = "Intäkter", "Kostnader", "Eget kapital", "Uppdelning"
Value = int | str | None
"""Kronor with their printed sign; a text where a sign is printed instead of an amount; None where nothing is."""
PRINT_LENGTH = 16
"""Hexadecimal digits of a fingerprint."""


class LineRole(Enum):
    """What a line is in the plan; the value begins the id of a line that isn't a row."""

    ROW = "rad"
    GROUP = "grupp"
    SUBTOTAL = "delsumma"
    TOTAL = "summa"
    RESULT = "resultat"
    OPENING = "ingående"
    CLOSING = "utgående"
    PART = "del"
    PARTS_TOTAL = "delarnas summa"


class WorkbookLine(Struct, frozen=True):
    """A line of a printed table."""

    id: str
    """Of a row its own; of other lines "#" and what they are: "#delsumma 2". Unique in its sheet."""
    role: LineRole
    steps: tuple[int, ...]
    """Numbers of the items that lead to it, from the list of the block's rows."""
    name: str
    level: int
    cells: tuple[Cell, ...]
    values: tuple[Value, ...]
    strong: bool
    negated: bool
    """Whether its amounts are printed with the opposite sign of the plan's."""
    marks: str = ""
    adds: tuple[int, ...] = ()
    """Indices of the lines that it is the sum of."""
    is_computed: bool = False
    is_before: bool = False
    """Of a subtotal: whether it stands before the lines that it is the sum of."""
    side: str = ""
    """ "income" or "costs"; empty for saved money."""
    unit: Unit = Unit.KR


def lines_of(budget: Budget, side: str, texts: Texts) -> tuple[WorkbookLine, ...]:
    """Return the rows, groups and sums of "income" or "costs" in printed order; the result after the costs."""
    return _Layout(budget, side, texts).lines()


class _Layout:
    """Lays out the lines of a block. A subtotal that is printed before its rows is the group's heading too."""

    def __init__(self, budget: Budget, side: str, texts: Texts) -> None:
        self.budget, self.block = budget, budget.income if side == "income" else budget.costs
        self.texts, self.side = texts, side
        self.is_costs = side == "costs"
        self.negated = self.is_costs and budget.sign_style is SignStyle.COSTS_NEGATIVE
        self.made: dict[int, WorkbookLine] = {}

    def lines(self) -> tuple[WorkbookLine, ...]:
        leaves, total, result = self._all(self.block.rows, (), 0), self.block.total, self.budget.result
        if total:
            line = self._line(LineRole.TOTAL, (), self._named(total, total.name), total.cells)
            self._sum(len(self.made), line, adds=leaves, is_computed=total.is_computed)
        if self.is_costs and result:
            self.negated = False
            line = self._line(LineRole.RESULT, (), self._named(result, result.name), result.cells)
            self._sum(len(self.made), line, adds=[], is_computed=result.is_computed)
        return tuple(self.made[place] for place in range(len(self.made)))

    def _all(self, parts: Iterable[BudgetRow | BudgetGroup], steps: tuple[int, ...], level: int) -> list[int]:
        """Lay out some parts; return the indices of the lines that their sum consists of."""
        return [leaf for number, part in enumerate(parts) for leaf in self._part(part, (*steps, number), level)]

    def _part(self, part: BudgetRow | BudgetGroup, steps: tuple[int, ...], level: int) -> list[int]:
        if isinstance(part, BudgetGroup):
            return self._group(part, steps, level)
        row = self._line(LineRole.ROW, steps, part.name, part.cells, level)
        self.made[len(self.made)] = replace(row, id=part.id, marks=part.mark or "", strong=False)
        return [len(self.made) - 1]

    def _group(self, group: BudgetGroup, steps: tuple[int, ...], level: int) -> list[int]:
        """Lay out a group. One with only a printed sum counts as a row of its own."""
        subtotal = group.subtotal
        before = subtotal if subtotal and subtotal.position is Position.BEFORE else None
        has_heading = group.printed or before is not None
        place = len(self.made)
        if has_heading:
            self.made[place] = self._line(LineRole.GROUP, steps, group.name, (), level)
        leaves = self._all(group.rows, steps, level + 1 if has_heading else level)
        if before:
            line = self._line(LineRole.SUBTOTAL, steps, self._named(before, group.name), before.cells, level)
            self._sum(place, replace(line, is_before=True), adds=leaves, is_computed=before.is_computed)
        elif subtotal:
            place = len(self.made)
            name = self._named(subtotal, subtotal.name or f"Summa {group.name}")
            line = self._line(LineRole.SUBTOTAL, steps, name, subtotal.cells, level)
            self._sum(place, line, adds=leaves, is_computed=subtotal.is_computed)
        return leaves if group.rows or not subtotal else [place]

    def _sum(self, place: int, line: WorkbookLine, *, adds: list[int], is_computed: bool) -> None:
        self.made[place] = replace(line, adds=tuple(adds), is_computed=is_computed)

    def _line(
        self, role: LineRole, steps: tuple[int, ...], name: str, cells: tuple[Cell, ...], level: int = 0
    ) -> WorkbookLine:
        return WorkbookLine(
            id=_id(role, steps),
            role=role,
            steps=steps,
            name=name,
            level=level,
            cells=cells,
            values=tuple(value_of(cell, negated=self.negated) for cell in cells),
            strong=True,
            negated=self.negated,
            side=self.side,
            unit=self.budget.unit,
        )

    def _named(self, line: Subtotal | Total | Result, name: str) -> str:
        return named(name, self.texts, is_computed=line.is_computed)


def _id(role: LineRole, steps: tuple[int, ...]) -> str:
    return " ".join([f"#{role.value}", ".".join(str(step + 1) for step in steps)]).strip()


def value_of(cell: Cell, *, negated: bool) -> Value:
    """Return what a workbook shows of a cell."""
    match cell:
        case Blank():
            return None
        case Dash():
            return cell.text
        case Amount(printed=None):
            return -cell.kronor if negated else cell.kronor
    printed = number_in(cell.printed or "")
    if printed is None:
        return cell.printed or ""
    return -abs(cell.kronor) if printed.startswith("-") else abs(cell.kronor)


# --- Saved money and the parts of rows ------------------------------------------------------------------------------


def equity_lines(budget: Budget, texts: Texts) -> tuple[WorkbookLine, ...]:
    """Return a line for each amount of saved money that stands outside the income, each with one value."""
    if budget.equity is None:
        return ()
    opening, closing = budget.equity.opening, budget.equity.closing
    lines = [_opening(opening, budget.unit)] if opening else []
    names = closing_names(budget, texts)
    columns = zip(budget.columns, names, closing.cells if closing else (), strict=False)
    for number, (column, name, cell) in enumerate(columns):
        line = _alone(f"#{LineRole.CLOSING.value} {column.id}", LineRole.CLOSING, (number,), name, cell, budget.unit)
        lines.append(replace(line, is_computed=closing is not None and closing.is_computed))
    return tuple(lines)


def _opening(opening: OpeningEquity, unit: Unit) -> WorkbookLine:
    return _alone(f"#{LineRole.OPENING.value}", LineRole.OPENING, (), opening.name, opening.cell, unit)


def _alone(id: str, role: LineRole, steps: tuple[int, ...], name: str, cell: Cell, unit: Unit) -> WorkbookLine:
    """Return a line with one amount."""
    return WorkbookLine(
        id=id,
        role=role,
        steps=steps,
        name=name,
        level=0,
        cells=(cell,),
        values=(value_of(cell, negated=False),),
        strong=role is LineRole.PARTS_TOTAL,
        negated=False,
        unit=unit,
    )


class PartsOfRow(Struct, frozen=True):
    """The lines of a row that is broken down, each with one value."""

    row: BudgetRow
    lines: tuple[WorkbookLine, ...]


def parts_of(budget: Budget) -> Iterator[PartsOfRow]:
    """Yield the rows that are broken down, with their parts and the sum of these."""
    for side, block in (("income", budget.income), ("costs", budget.costs)):
        steps = dict(_steps(block.rows, ()))
        for row in rows_of(block.rows):
            if row.breakdown:
                yield PartsOfRow(row, tuple(_parts(row, side, steps[id(row)])))


def _steps(parts: Iterable[BudgetRow | BudgetGroup], above: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the steps that lead to each row, by the row as an object: two may be alike."""
    for number, part in enumerate(parts):
        if isinstance(part, BudgetRow):
            yield id(part), (*above, number)
        else:
            yield from _steps(part.rows, (*above, number))


def _parts(row: BudgetRow, side: str, steps: tuple[int, ...]) -> Iterator[WorkbookLine]:
    parts = row.breakdown
    assert parts
    of = "intäkt" if side == "income" else "kostnad"
    for number, part in enumerate(parts.rows):
        own = f"#{LineRole.PART.value} {of} {row.id} {number + 1}"
        line = _alone(own, LineRole.PART, (*steps, number), part.name, part.cell, parts.unit)
        yield replace(line, side=side)
    if parts.total:
        own, name = f"#{LineRole.PARTS_TOTAL.value} {of} {row.id}", parts.total_name or "Summa"
        line = _alone(own, LineRole.PARTS_TOTAL, steps, name, parts.total, parts.unit)
        yield replace(line, side=side, adds=tuple(range(len(parts.rows))))


# --- The whole ------------------------------------------------------------------------------------------------------


def fingerprint(budget: Budget, texts: Texts) -> str:
    """Return some hexadecimal digits that two budgets share only if their workbooks say the same."""
    columns = [(one.id, one.year, one.kind.name, one.label, one.block_labels) for one in budget.columns]
    lines = (*lines_of(budget, "income", texts), *lines_of(budget, "costs", texts), *equity_lines(budget, texts))
    parts = (line for one in parts_of(budget) for line in one.lines)
    said = [(line.id, line.name, line.marks, line.unit.value, line.values) for line in (*lines, *parts)]
    return sha256(repr((budget.unit.value, budget.sign_style.name, columns, said)).encode()).hexdigest()[:PRINT_LENGTH]
