"""A plan's budget as an Excel workbook: the tables as printed in the plan, with formulas for its printed sums.

A sum is a formula only if that gives the printed amount; where the plan has a known deviation, the number is written.
Amounts are in the plan's unit. The machine-readable rows are in the CSV files.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from insyn.downloads.files import Origin
from insyn.downloads.spreadsheet import Look, Number, Sheet, SheetCell, Text, workbook
from insyn.downloads.workbook_lines import (
    COST_SHEET,
    EQUITY_SHEET,
    INCOME_SHEET,
    PARTS_SHEET,
    PartsOfRow,
    WorkbookLine,
    equity_lines,
    fingerprint,
    lines_of,
    parts_of,
)
from insyn.model import (
    Amount,
    Association,
    Blank,
    Block,
    Budget,
    Cell,
    Column,
    OpeningEquity,
    Plan,
    ResultRole,
    SignStyle,
    Unit,
    kronor_in,
)
from insyn.money.budget import predecessor
from insyn.texts import Texts
from insyn.vocabulary import UNIT_NAMES, heading, kind_and_year, kind_word, unit_word

NOTES_SHEET, ABOUT_SHEET = "Noter", "Om filen"
MARKS, IDS = "Not", "Rad-id"
"""Headings of the columns beside the amounts."""
NAME_WIDTH, AMOUNT_WIDTH, PROSE_WIDTH = 44, 14, 90
INDENTED = (Look.TEXT, Look.INDENTED, Look.TWICE_INDENTED)


class WorkbookTable(Struct, frozen=True):
    """A sheet, and the lines of its rows below the headings. Names stand first, then amounts, ids last."""

    sheet: Sheet
    lines: tuple[WorkbookLine, ...]
    amounts: int
    """How many columns of amounts there are."""


def plan_workbook(plan: Plan, association: Association, origin: Origin, texts: Texts) -> bytes:
    """Build the workbook of a version of a plan."""
    sheets = [
        *(table.sheet for table in plan_tables(plan.budget, texts)),
        *notes_sheet(plan.budget),
        _about(plan, association, origin, texts),
    ]
    source = texts.say("workbook-source", association=association.name, title=plan.title, status=origin.status)
    return workbook(sheets, title=f"{plan.title}, {association.name}", organisation=association.name, source=source)


def plan_tables(budget: Budget, texts: Texts) -> tuple[WorkbookTable, ...]:
    """Return the sheets of amounts. A hidden column has the id of each line, to know it by when it comes back."""
    income, costs = lines_of(budget, "income", texts), lines_of(budget, "costs", texts)
    formulas = {**_sums(costs), **_result(budget, income, costs)}
    return (
        _table(INCOME_SHEET, budget, budget.income, "income", income, _sums(income)),
        _table(COST_SHEET, budget, budget.costs, "costs", costs, formulas),
        *_equity(budget, costs, texts),
        *_parts(budget),
    )


# --- Sums -----------------------------------------------------------------------------------------------------------

Formulas = dict[tuple[int, int], str]
"""By line and column."""


def _sums(lines: Sequence[WorkbookLine], first: int = 2) -> Formulas:
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


def _result(budget: Budget, income: Sequence[WorkbookLine], costs: Sequence[WorkbookLine]) -> Formulas:
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


def _table(
    name: str, budget: Budget, block: Block, part: str, lines: Sequence[WorkbookLine], formulas: Formulas
) -> WorkbookTable:
    """Lay out income or costs, with a column for note marks if there are any."""
    title = f"{block.heading or name}, {UNIT_NAMES[budget.unit]}"
    headings = _column_headings(budget.columns, part)
    marks = [_marks(line, budget.columns) for line in lines]
    noted = any(marks)
    first: tuple[SheetCell, ...] = (Text(title, Look.HEADING), *(Text(text, Look.NUMBER_HEADING) for text in headings))
    rows = [(*first, Text(MARKS, Look.HEADING)) if noted else first]
    for place, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        look = Look.STRONG if line.strong else INDENTED[min(line.level, len(INDENTED) - 1)]
        cells = (
            _cell(value, budget.unit, line.strong, formulas.get((place, index)))
            for index, value in enumerate(line.values)
        )
        rows.append((Text(line.name, look), *cells, *([Text(mark)] if mark else [])))
    widths = (NAME_WIDTH, *(AMOUNT_WIDTH for _ in headings), *([AMOUNT_WIDTH] if noted else []))
    return _with_ids(name, rows, widths, lines, len(headings))


def _with_ids(
    name: str,
    rows: Sequence[tuple[SheetCell, ...]],
    widths: tuple[int, ...],
    lines: Sequence[WorkbookLine],
    amounts: int = 1,
) -> WorkbookTable:
    """Return a table with its lines' ids in a last, hidden column."""
    ids = (Text(IDS, Look.HEADING), *(Text(line.id) for line in lines))
    full = tuple((*row, *(None for _ in range(len(widths) - len(row))), id) for row, id in zip(rows, ids, strict=True))
    return WorkbookTable(Sheet(name, full, (*widths, AMOUNT_WIDTH), hidden=len(widths)), tuple(lines), amounts)


def _column_headings(columns: Sequence[Column], part: str) -> list[str]:
    """Return headings that a column is known by: those that would be alike have their ids too."""
    headings = [_column_heading(column, part) for column in columns]
    return [
        f"{text} ({column.id})" if headings.count(text) > 1 else text
        for text, column in zip(headings, columns, strict=True)
    ]


def _column_heading(column: Column, part: str) -> str:
    """Format a column's heading as printed, with the column's kind if the heading doesn't state it."""
    printed, kind = heading(column, part), kind_word(column.kind)
    return printed if kind in printed.lower() else f"{printed} ({kind})"


def _marks(line: WorkbookLine, columns: Sequence[Column]) -> str:
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


def _equity(budget: Budget, costs: Sequence[WorkbookLine], texts: Texts) -> Iterator[WorkbookTable]:
    """Lay out equity outside the income rows, each amount with its printed heading."""
    lines = equity_lines(budget, texts)
    if budget.equity is None:
        return
    opening, closing = budget.equity.opening, budget.equity.closing
    formulas = _closings(budget, closing.cells, opening, costs) if closing else {}
    rows = [_headings("Tidpunkt", f"Belopp, {unit_word(budget.unit)}")]
    for line in lines:
        formula = formulas.get(line.steps[0]) if line.steps else None
        rows.append((Text(line.name), _cell(line.values[0], budget.unit, strong=False, formula=formula)))
    yield _with_ids(EQUITY_SHEET, rows, (NAME_WIDTH, AMOUNT_WIDTH), lines)


def _closings(
    budget: Budget, cells: Sequence[Cell], opening: OpeningEquity | None, costs: Sequence[WorkbookLine]
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


def _parts(budget: Budget) -> Iterator[WorkbookTable]:
    """Lay out the parts of rows, each breakdown with its sum."""
    rows = [_headings("Del", "Belopp", "Enhet", "Del av raden", "Uppdelning")]
    lines: list[WorkbookLine] = []
    for parts in parts_of(budget):
        rows += _breakdown(parts, len(rows))
        lines += parts.lines
    if lines:
        widths = (NAME_WIDTH, AMOUNT_WIDTH, AMOUNT_WIDTH, AMOUNT_WIDTH, NAME_WIDTH)
        yield _with_ids(PARTS_SHEET, rows, widths, lines)


def _breakdown(parts: PartsOfRow, above: int) -> Iterator[tuple[SheetCell, ...]]:
    """Lay out the parts of a row, below `above` rows."""
    breakdown = parts.row.breakdown
    assert breakdown
    about = (Text(unit_word(breakdown.unit)), Text(parts.row.name), Text(breakdown.heading.rstrip(":")))
    formulas = _sums(parts.lines, above + 1)
    for place, line in enumerate(parts.lines):
        name_cell = Text(line.name, Look.STRONG if line.strong else Look.TEXT)
        yield name_cell, _cell(line.values[0], breakdown.unit, line.strong, formulas.get((place, 0))), *about


def notes_sheet(budget: Budget) -> Iterator[Sheet]:
    """Lay out everything below the tables: notes, explanations of columns, and known deviations."""
    rows = [_headings("Not", "Text")]
    rows += [(Text(note.mark), Text(note.text, Look.PROSE)) for note in budget.notes]
    explained = [(heading(column), column.explanation) for column in budget.columns if column.explanation]
    rows += [(Text(name), Text(said, Look.PROSE)) for name, said in explained]
    rows += [(Text("Avvikelse"), Text(deviation.text, Look.PROSE)) for deviation in budget.deviations]
    if len(rows) > 1:
        yield Sheet(NOTES_SHEET, tuple(rows), (AMOUNT_WIDTH, PROSE_WIDTH))


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
        (texts.say("workbook-identity"), identity_of(plan, origin.version, texts)),
        (IDS, texts.say("workbook-ids")),
        ("Licens", origin.licence),
    ]
    rows = ((Text(what), Text(said, Look.PROSE)) for what, said in told)
    return Sheet(ABOUT_SHEET, (_headings("Vad", "Förklaring"), *rows), (NAME_WIDTH // 2, PROSE_WIDTH))


def identity_of(plan: Plan, version: str, texts: Texts) -> str:
    """Return which plan and version a workbook is of, and what of it, as the workbook states it."""
    shown = fingerprint(plan.budget, texts)
    return texts.say("workbook-identified", plan=f"{plan.association}/{plan.year}", version=version, fingerprint=shown)


def _headings(*names: str) -> tuple[SheetCell, ...]:
    return tuple(Text(name, Look.HEADING) for name in names)
