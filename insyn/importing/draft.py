"""A budget as it was taken from a document, before it is written: what each figure is and where it stood."""

from msgspec import Struct

from insyn.importing.document import DocumentBlock, Remark, SourcePlace
from insyn.model import ColumnKind, Funder, Kronor, Purpose, ResultRole, Unit


class DraftCell(Struct, frozen=True):
    """A cell as it will be written, and what stood in the document."""

    written: str
    """As in a plan: "119 465", "~", or `"---"` within quotation marks."""
    kronor: Kronor | None
    source: str
    origin: SourcePlace
    guess: str = ""
    """What was taken for granted, or why it could not be read: a key of a sentence; empty where nothing was."""
    is_unread: bool = False
    """Whether something stands in the document that could not be taken, so that the plan has a blank."""
    printed: str = ""
    """The document's own form, where the amount is written with another sign."""
    shown: str = ""


class DraftColumn(Struct, frozen=True):
    id: str
    year: int
    kind: ColumnKind
    label: str
    block_labels: tuple[tuple[str, str], ...] = ()
    """("income" | "costs" | "equity", heading) where the blocks differ."""
    is_guess: bool = False


class DraftRow(Struct, frozen=True):
    name: str
    cells: tuple[DraftCell, ...]
    origin: SourcePlace
    mark: str = ""
    comment: str = ""
    funder: Funder | None = None
    purpose: Purpose | None = None
    guesses: tuple[str, ...] = ()
    """Keys of what was guessed of the row."""
    breakdown: "DraftBreakdown | None" = None


class DraftSum(Struct, frozen=True):
    name: str
    cells: tuple[DraftCell, ...]
    origin: SourcePlace
    is_before: bool = False
    guesses: tuple[str, ...] = ()


class DraftGroup(Struct, frozen=True):
    name: str
    is_printed: bool
    rows: tuple[DraftRow, ...]
    subtotal: DraftSum | None
    origin: SourcePlace
    purpose: Purpose | None = None
    guesses: tuple[str, ...] = ()


class DraftBlock(Struct, frozen=True):
    heading: str
    rows: tuple[DraftRow | DraftGroup, ...]
    total: DraftSum | None


class DraftBreakdown(Struct, frozen=True):
    """The parts of a row in one column, in a unit of their own. Each has one cell."""

    heading: str
    unit: Unit
    column: str
    rows: tuple[DraftRow, ...]
    total: DraftSum | None


class DraftEquity(Struct, frozen=True):
    opening: DraftSum | None
    opening_year: int
    closing: DraftSum | None


class DraftBudget(Struct, frozen=True):
    heading: str
    unit: Unit
    unit_guess: str
    columns: tuple[DraftColumn, ...]
    note_column: str
    income: DraftBlock
    costs: DraftBlock
    costs_negative: bool
    result: DraftSum | None
    result_role: ResultRole
    equity: DraftEquity | None
    main_column: str
    notes: tuple[tuple[str, str], ...] = ()
    """(mark, text)"""
    taken: tuple[DocumentBlock, ...] = ()
    """What of the document it was read from."""
    remarks: tuple[Remark, ...] = ()

    @property
    def is_equity_included(self) -> bool:
        return any(row.funder is Funder.OPENING_EQUITY for row in rows_of(self.income))


def rows_of(block: DraftBlock) -> list[DraftRow]:
    """Return every row, also those in groups."""
    rows: list[DraftRow] = []
    for one in block.rows:
        rows += one.rows if isinstance(one, DraftGroup) else (one,)
    return rows


def named_cells(budget: DraftBudget) -> list[tuple[str, str, DraftCell]]:
    """Return every cell, in the order that they are written, with the names of its row and column."""
    found: list[tuple[str, str, DraftCell]] = []
    ids = [column.id for column in budget.columns]

    def add(name: str, cells: tuple[DraftCell, ...], columns: list[str]) -> None:
        found.extend((name, column, cell) for column, cell in zip(columns, cells, strict=True))

    for block in (budget.income, budget.costs):
        for one in block.rows:
            subtotal = one.subtotal if isinstance(one, DraftGroup) else None
            if subtotal:
                add(subtotal.name or one.name, subtotal.cells, ids)
            for row in one.rows if isinstance(one, DraftGroup) else (one,):
                add(row.name, row.cells, ids)
                if row.breakdown:
                    for part in row.breakdown.rows:
                        add(part.name, part.cells, [row.breakdown.column])
                    if row.breakdown.total:
                        add(row.breakdown.total.name, row.breakdown.total.cells, [row.breakdown.column])
        if block.total:
            add(block.total.name, block.total.cells, ids)
    if budget.result:
        add(budget.result.name, budget.result.cells, ids)
    if budget.equity and budget.equity.opening:
        add(budget.equity.opening.name, budget.equity.opening.cells, [str(budget.equity.opening_year)])
    if budget.equity and budget.equity.closing:
        add(budget.equity.closing.name, budget.equity.closing.cells, ids)
    return found
