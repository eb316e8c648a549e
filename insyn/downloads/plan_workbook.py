"""A plan's budget as an Excel workbook: the tables as printed in the plan, with formulas for its printed sums.

A sum is a formula only if that gives the printed amount; where the plan has a known deviation, the number is written.
Amounts are in the plan's unit. The machine-readable rows are in the CSV files.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from insyn.downloads.files import Origin
from insyn.downloads.numbers import number_in
from insyn.downloads.spreadsheet import Look, Number, Sheet, SheetCell, Text, workbook
from insyn.model import (
    Amount,
    Association,
    Blank,
    Block,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    Dash,
    OpeningEquity,
    Plan,
    Position,
    Result,
    ResultRole,
    SignStyle,
    Subtotal,
    Total,
    Unit,
    kronor_in,
)
from insyn.money.budget import predecessor, rows_of
from insyn.texts import Texts
from insyn.vocabulary import UNIT_NAMES, closing_names, heading, kind_and_year, kind_word, named, unit_word

INCOME_SHEET, COST_SHEET = "Intäkter", "Kostnader"
NAME_WIDTH, AMOUNT_WIDTH, PROSE_WIDTH = 44, 14, 90
INDENTED = (Look.TEXT, Look.INDENTED, Look.TWICE_INDENTED)


class _Line(Struct, frozen=True):
    """A line of a printed table. Amounts are in kronor, with their printed sign."""

    name: str
    level: int
    marks: str
    cells: tuple[Cell, ...]
    values: tuple[int | str | None, ...]
    """A text if a sign is printed instead of an amount; None if nothing is."""
    strong: bool
    adds: tuple[int, ...] = ()
    """Indices of the lines that it is the sum of."""


def plan_workbook(plan: Plan, association: Association, origin: Origin, texts: Texts) -> bytes:
    """Build the workbook of a version of a plan."""
    budget = plan.budget
    income, costs = _Layout(budget, "income", texts).lines(), _Layout(budget, "costs", texts).lines()
    sheets = [
        _table(INCOME_SHEET, budget, budget.income, "income", income, _sums(income)),
        _table(COST_SHEET, budget, budget.costs, "costs", costs, {**_sums(costs), **_result(budget, income, costs)}),
        *_equity(budget, costs, texts),
        *_parts(budget),
        *_notes(budget),
        _about(plan, association, origin, texts),
    ]
    source = texts.say("workbook-source", association=association.name, title=plan.title, status=origin.status)
    return workbook(sheets, title=f"{plan.title}, {association.name}", organisation=association.name, source=source)


# --- Lines ----------------------------------------------------------------------------------------------------------


class _Layout:
    """Lays out the rows, groups and sums of a block in printed order."""

    def __init__(self, budget: Budget, name: str, texts: Texts) -> None:
        self.budget, self.block = budget, budget.income if name == "income" else budget.costs
        self.texts = texts
        self.is_costs = name == "costs"
        self.negated = self.is_costs and budget.sign_style is SignStyle.COSTS_NEGATIVE
        self.made: dict[int, _Line] = {}

    def lines(self) -> tuple[_Line, ...]:
        leaves = self._all(self.block.rows, 0)
        if self.block.total:
            self._put(
                len(self.made),
                self._named(self.block.total, self.block.total.name),
                0,
                self.block.total.cells,
                tuple(leaves),
            )
        if self.is_costs and self.budget.result:
            result = self.budget.result
            self.made[len(self.made)] = _line(
                self._named(result, result.name), 0, "", result.cells, negated=False, strong=True
            )
        return tuple(self.made[place] for place in range(len(self.made)))

    def _all(self, parts: Iterable[BudgetRow | BudgetGroup], level: int) -> list[int]:
        """Lay out some parts; return the indices of the lines that their sum consists of."""
        return [leaf for part in parts for leaf in self._part(part, level)]

    def _part(self, part: BudgetRow | BudgetGroup, level: int) -> list[int]:
        if isinstance(part, BudgetGroup):
            return self._group(part, level)
        place = len(self.made)
        self.made[place] = _line(part.name, level, part.mark or "", part.cells, negated=self.negated, strong=False)
        return [place]

    def _group(self, group: BudgetGroup, level: int) -> list[int]:
        """Lay out a group. One with only a printed sum counts as a row of its own."""
        subtotal = group.subtotal
        before = subtotal if subtotal and subtotal.position is Position.BEFORE else None
        has_heading = group.printed or before is not None
        place = len(self.made)
        if has_heading:
            self._put(place, group.name, level, ())
        leaves = self._all(group.rows, level + 1 if has_heading else level)
        if before:
            self._put(place, self._named(before, group.name), level, before.cells, tuple(leaves))
        elif subtotal:
            place = len(self.made)
            self._put(
                place,
                self._named(subtotal, subtotal.name or f"Summa {group.name}"),
                level,
                subtotal.cells,
                tuple(leaves),
            )
        return leaves if group.rows or not subtotal else [place]

    def _put(self, place: int, name: str, level: int, cells: tuple[Cell, ...], adds: tuple[int, ...] = ()) -> None:
        self.made[place] = _line(name, level, "", cells, negated=self.negated, strong=True, adds=adds)

    def _named(self, line: Subtotal | Total | Result, name: str) -> str:
        return named(name, self.texts, is_computed=line.is_computed)


def _line(
    name: str,
    level: int,
    mark: str,
    cells: tuple[Cell, ...],
    *,
    negated: bool,
    strong: bool,
    adds: tuple[int, ...] = (),
) -> _Line:
    values = tuple(_value(cell, negated=negated) for cell in cells)
    return _Line(name, level, mark, cells, values, strong, adds)


def _value(cell: Cell, *, negated: bool) -> int | str | None:
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


# --- Sums -----------------------------------------------------------------------------------------------------------

Formulas = dict[tuple[int, int], str]
"""By line and column."""


def _sums(lines: Sequence[_Line], first: int = 2) -> Formulas:
    """Return a formula for each sum that gives the printed amount, apart from its sign.

    `first` is the row of the first line.
    """
    found: Formulas = {}
    for place, line in enumerate(lines):
        for index, value in enumerate(line.values):
            added = [lines[leaf].values[index] for leaf in line.adds]
            total = sum(one for one in added if isinstance(one, int))
            if added and isinstance(value, int) and value in {total, -total}:
                sign, rows = "" if value == total else "-", [leaf + first for leaf in line.adds]
                found[place, index] = f"{sign}SUM({_ranges(rows, xl_col_to_name(index + 1))})"
    return found


def _ranges(rows: Sequence[int], column: str) -> str:
    """Format the cells of rows in a column, with ranges for neighbours: B2:B5,B8."""
    starts = [row for before, row in pairwise((0, *rows)) if row != before + 1]
    ends = [row for row, after in pairwise((*rows, 0)) if after != row + 1]
    spans = zip(starts, ends, strict=True)
    return ",".join(f"{column}{one}:{column}{end}" if end > one else f"{column}{one}" for one, end in spans)


def _result(budget: Budget, income: Sequence[_Line], costs: Sequence[_Line]) -> Formulas:
    """Return a formula for each result that is the printed income less the printed costs."""
    if not (budget.result and budget.income.total and budget.costs.total):
        return {}
    place = len(costs) - 1
    found: Formulas = {}
    for index, value in enumerate(costs[place].values):
        got, spent = income[-1].values[index], costs[place - 1].values[index]
        if isinstance(got, int) and isinstance(spent, int) and value in {got - spent, got + spent}:
            sign, column = "-" if value == got - spent else "+", xl_col_to_name(index + 1)
            found[place, index] = f"{quote_sheetname(INCOME_SHEET)}!{column}{len(income) + 1}{sign}{column}{place + 1}"
    return found


# --- Sheets ---------------------------------------------------------------------------------------------------------


def _table(name: str, budget: Budget, block: Block, part: str, lines: Sequence[_Line], formulas: Formulas) -> Sheet:
    """Lay out income or costs, with a column for note marks if there are any."""
    title = f"{block.heading or name}, {UNIT_NAMES[budget.unit]}"
    headings = [_column_heading(column, part) for column in budget.columns]
    marks = [_marks(line, budget.columns) for line in lines]
    noted = any(marks)
    first: tuple[SheetCell, ...] = (Text(title, Look.HEADING), *(Text(text, Look.NUMBER_HEADING) for text in headings))
    rows = [(*first, Text("Not", Look.HEADING)) if noted else first]
    for place, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        look = Look.STRONG if line.strong else INDENTED[min(line.level, len(INDENTED) - 1)]
        cells = (
            _cell(value, budget.unit, line.strong, formulas.get((place, index)))
            for index, value in enumerate(line.values)
        )
        rows.append((Text(line.name, look), *cells, *([Text(mark)] if mark else [])))
    return Sheet(name, tuple(rows), (NAME_WIDTH, *(AMOUNT_WIDTH for _ in headings), AMOUNT_WIDTH))


def _column_heading(column: Column, part: str) -> str:
    """Format a column's heading as printed, with the column's kind if the heading doesn't state it."""
    printed, kind = heading(column, part), kind_word(column.kind)
    return printed if kind in printed.lower() else f"{printed} ({kind})"


def _marks(line: _Line, columns: Sequence[Column]) -> str:
    """Format the note marks of a line: those of its name, and those of its amounts with their year."""
    marked = [
        f"{cell.mark} ({kind_and_year(column)})"
        for cell, column in zip(line.cells, columns, strict=False)
        if isinstance(cell, Amount) and cell.mark
    ]
    return ", ".join([line.marks, *marked] if line.marks else marked)


def _cell(value: int | str | None, unit: Unit, strong: bool, formula: str | None = None) -> SheetCell:
    if isinstance(value, int):
        return Number(in_unit(value, unit), strong, formula)
    return Text(value, Look.MARK) if value else None


def in_unit(kronor: int, unit: Unit) -> str:
    """Format an amount in a unit in machine-readable form: 4184, 0.5."""
    whole, rest = divmod(kronor, unit.value)
    return str(Decimal(kronor) / unit.value if rest else whole)


def _equity(budget: Budget, costs: Sequence[_Line], texts: Texts) -> Iterator[Sheet]:
    """Lay out equity outside the income rows, each amount with its printed heading."""
    if budget.equity is None:
        return
    unit, (opening, closing) = budget.unit, (budget.equity.opening, budget.equity.closing)
    rows = [_headings("Tidpunkt", f"Belopp, {unit_word(unit)}")]
    if opening:
        rows.append((Text(opening.name), _cell(_value(opening.cell, negated=False), unit, strong=False)))
    formulas = _closings(budget, closing.cells, opening, costs) if closing else {}
    named = zip(closing_names(budget, texts), closing.cells if closing else (), strict=False)
    for index, (name, cell) in enumerate(named):
        rows.append((Text(name), _cell(_value(cell, negated=False), unit, strong=False, formula=formulas.get(index))))
    yield Sheet("Eget kapital", tuple(rows), (NAME_WIDTH, AMOUNT_WIDTH))


def _closings(
    budget: Budget, cells: Sequence[Cell], opening: OpeningEquity | None, costs: Sequence[_Line]
) -> dict[int, str]:
    """Return a formula for each closing equity that is the year's opening equity plus its printed result."""
    if budget.result is None or budget.result.role is not ResultRole.ANNUAL_RESULT:
        return {}
    found: dict[int, str] = {}
    first = 3 if opening else 2
    for index, column in enumerate(budget.columns):
        before = predecessor(budget, column)
        base, row = opening.cell if opening else Blank(), first - 1
        if before is not None:
            place = budget.columns.index(before)
            base, row = cells[place], first + place
        amounts = [kronor_in(cell) for cell in (base, budget.result.cells[index], cells[index])]
        start, result, end = amounts
        if start is not None and result is not None and start + result == end:
            name = quote_sheetname(COST_SHEET)
            found[index] = f"B{row}+{name}!{xl_col_to_name(index + 1)}{len(costs) + 1}"
    return found


def _parts(budget: Budget) -> Iterator[Sheet]:
    """Lay out the parts of rows, each breakdown with its sum."""
    rows = [_headings("Del", "Belopp", "Enhet", "Del av raden", "Uppdelning")]
    for block in (budget.income, budget.costs):
        for row in rows_of(block.rows):
            rows += _breakdown(row, len(rows))
    if len(rows) > 1:
        yield Sheet("Uppdelning", tuple(rows), (NAME_WIDTH, AMOUNT_WIDTH, AMOUNT_WIDTH, AMOUNT_WIDTH, NAME_WIDTH))


def _breakdown(row: BudgetRow, above: int) -> Iterator[tuple[SheetCell, ...]]:
    """Lay out the parts of a row, below `above` rows."""
    parts = row.breakdown
    if parts is None:
        return
    about = (Text(unit_word(parts.unit)), Text(row.name), Text(parts.heading.rstrip(":")))
    lines = [_line(part.name, 0, "", (part.cell,), negated=False, strong=False) for part in parts.rows]
    if parts.total:
        name, leaves = parts.total_name or "Summa", tuple(range(len(lines)))
        lines.append(_line(name, 0, "", (parts.total,), negated=False, strong=True, adds=leaves))
    formulas = _sums(lines, above + 1)
    for place, line in enumerate(lines):
        name_cell = Text(line.name, Look.STRONG if line.strong else Look.TEXT)
        yield name_cell, _cell(line.values[0], parts.unit, line.strong, formulas.get((place, 0))), *about


def _notes(budget: Budget) -> Iterator[Sheet]:
    """Lay out everything below the tables: notes, explanations of columns, and known deviations."""
    rows = [_headings("Not", "Text")]
    rows += [(Text(note.mark), Text(note.text, Look.PROSE)) for note in budget.notes]
    explained = [(heading(column), column.explanation) for column in budget.columns if column.explanation]
    rows += [(Text(name), Text(said, Look.PROSE)) for name, said in explained]
    rows += [(Text("Avvikelse"), Text(deviation.text, Look.PROSE)) for deviation in budget.deviations]
    if len(rows) > 1:
        yield Sheet("Noter", tuple(rows), (AMOUNT_WIDTH, PROSE_WIDTH))


def _about(plan: Plan, association: Association, origin: Origin, texts: Texts) -> Sheet:
    """Explain the workbook: its plan, the kinds of its columns, and the meaning of a sum and of an empty cell."""
    budget = plan.budget
    signs = "negative" if budget.sign_style is SignStyle.COSTS_NEGATIVE else "natural"
    told = [
        ("Förbund", association.name),
        ("Plan", plan.title),
        ("Status", origin.status),
        *([("Sida", origin.address)] if origin.address else []),
        ("Enhet", texts.say("workbook-unit", unit=UNIT_NAMES[budget.unit])),
        *(
            (heading(column), texts.say(f"workbook-column-{kind_word(column.kind)}", year=column.year))
            for column in budget.columns
        ),
        ("Tecken", texts.say(f"workbook-signs-{signs}")),
        ("Summor", texts.say("workbook-sums")),
        ("Tomma rutor", texts.say("workbook-blanks")),
        ("Fler uppgifter", texts.say("workbook-rows")),
        ("Licens", origin.licence),
    ]
    rows = ((Text(what), Text(said, Look.PROSE)) for what, said in told)
    return Sheet("Om filen", (_headings("Vad", "Förklaring"), *rows), (NAME_WIDTH // 2, PROSE_WIDTH))


def _headings(*names: str) -> tuple[SheetCell, ...]:
    return tuple(Text(name, Look.HEADING) for name in names)
