"""From what was changed in a workbook to edits of the plan's file."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from insyn.downloads.workbook_lines import LineRole, Value, WorkbookLine
from insyn.editing.finding import find
from insyn.editing.operations import AddItems, AnyOperation, Path, Remove, SetCell, SetCells, SetText
from insyn.editing.operations import Value as Written
from insyn.importing.returned.comparing import CellChange, NameChange, NewRow, WorkbookChanges
from insyn.importing.words import funder_of, purpose_of
from insyn.model import Amount, Cell, Kronor, Member, Unit
from insyn.reading.key_kinds import FrontMatterKey
from insyn.reading.keys import (
    BlockKeys,
    BreakdownKeys,
    BreakdownRowKeys,
    BreakdownTotalKeys,
    BudgetGroupKeys,
    BudgetKeys,
    BudgetRowKeys,
    EquityKeys,
    OpeningEquityKeys,
    PlanKeys,
)
from insyn.reading.printed_amounts import written_amount
from insyn.reading.spans import WrittenFile
from insyn.vocabulary import funder_word, purpose_word

BUDGET: Path = (PlanKeys.budget.name,)
EQUITY: Path = (*BUDGET, BudgetKeys.equity.name)
BLOCKS = {"income": BudgetKeys.income.name, "costs": BudgetKeys.costs.name}
AT: dict[LineRole, Path] = {
    LineRole.RESULT: (*BUDGET, BudgetKeys.result.name),
    LineRole.OPENING: (*EQUITY, EquityKeys.opening.name),
    LineRole.CLOSING: (*EQUITY, EquityKeys.closing.name),
}
"""Lines of which a budget has one."""
ALONE: dict[LineRole, FrontMatterKey] = {
    LineRole.OPENING: OpeningEquityKeys.cell,
    LineRole.PART: BreakdownRowKeys.cell,
    LineRole.PARTS_TOTAL: BreakdownTotalKeys.cell,
}
"""Lines whose amount stands alone, and under which key."""


class NewRowKind(Struct, frozen=True):
    """The part or the purpose that a new row gets, as its name says; none where nothing does."""

    key: str
    word: str | None
    is_certain: bool
    """Whether a member's own name says so."""


def kind_of(row: NewRow, members: Iterable[Member]) -> NewRowKind:
    """Return who pays a new row, or what it is for."""
    if row.side == "costs":
        purpose = purpose_of(row.name)
        return NewRowKind(BudgetRowKeys.purpose.name, purpose_word(purpose) if purpose else None, is_certain=False)
    funder, is_certain = funder_of(row.name, members)
    return NewRowKind(BudgetRowKeys.funder.name, funder_word(funder) if funder else None, is_certain)


def operations_for(
    changes: WorkbookChanges, file: WrittenFile, unit: Unit, members: Sequence[Member], *, removes: bool
) -> list[AnyOperation]:
    """Return what is to be done in a plan's file. Rows are added and removed from the end, so that numbers hold."""
    amounts = [one for change in changes.cells if isinstance(one := _amount(change), SetCell)]
    alone = [one for change in changes.cells if isinstance(one := _amount(change), SetText)]
    named = [one for change in changes.names for one in _name(change, file)]
    return [
        *([SetCells(tuple(amounts))] if amounts else []),
        *alone,
        *named,
        *_rows(changes.new, changes.gone if removes else (), unit, members),
    ]


def path_of(line: WorkbookLine) -> Path:
    """Return the path to what has a line's amounts."""
    if line.role in AT:
        return AT[line.role]
    match line.role:
        case LineRole.TOTAL:
            return (*BUDGET, BLOCKS[line.side], BlockKeys.total.name)
        case LineRole.SUBTOTAL:
            return (*_items(line.side, line.steps), BudgetGroupKeys.subtotal.name)
        case LineRole.PART:
            parts = (*_items(line.side, line.steps[:-1]), BudgetRowKeys.breakdown.name, BreakdownKeys.rows.name)
            return (*parts, line.steps[-1])
        case LineRole.PARTS_TOTAL:
            return (*_items(line.side, line.steps), BudgetRowKeys.breakdown.name, BreakdownKeys.total.name)
    return _items(line.side, line.steps)


def _items(side: str, steps: Iterable[int]) -> Path:
    """Return the path to a row or a group of a block."""
    inner = (one for step in steps for one in (BudgetGroupKeys.rows.name, step))
    return (*BUDGET, BLOCKS[side], *inner)


def _amount(change: CellChange) -> SetCell | SetText:
    line, column = change.line, change.column
    text = _written(change.after, line.cells[column], line.unit, negated=line.negated)
    if line.role in ALONE:
        return SetText((*path_of(line), ALONE[line.role].name), text)
    return SetCell(path_of(line), line.steps[0] if line.role is LineRole.CLOSING else column, text)


def _written(value: Value, before: Cell | None, unit: Unit, *, negated: bool) -> str | None:
    """Return a cell's value as a plan has it, with the mark that the amount had."""
    if not isinstance(value, int):
        return value
    mark = before.mark if isinstance(before, Amount) else None
    return written_amount(Amount(Kronor(-value if negated else value), mark=mark), unit).strip('"')


def _name(change: NameChange, file: WrittenFile) -> Iterator[SetText]:
    """Yield the new name, and the id that was made from the old one."""
    path = path_of(change.line)
    if find(file, (*path, BudgetRowKeys.id.name)).missing:
        yield SetText((*path, BudgetRowKeys.id.name), change.line.id)
    yield SetText((*path, BudgetRowKeys.name.name), change.after)


def _rows(
    new: Sequence[NewRow], gone: Sequence[WorkbookLine], unit: Unit, members: Sequence[Member]
) -> Iterator[AnyOperation]:
    """Yield additions and removals, the last in the file first."""
    steps: list[tuple[tuple[str, tuple[float, ...]], AnyOperation]] = []
    for (side, above, at), rows in groupby(new, key=lambda row: (row.side, row.steps, row.at)):
        items = tuple(_item(row, unit, members) for row in rows)
        path = (*_items(side, above), BudgetGroupKeys.rows.name)
        steps.append(((side, (*above, at - 0.5)), AddItems(path, at, items)))
    steps += [((line.side, tuple(line.steps)), Remove(path_of(line))) for line in gone]
    yield from (operation for _, operation in sorted(steps, key=lambda one: one[0], reverse=True))


def _item(row: NewRow, unit: Unit, members: Sequence[Member]) -> dict[str, Written]:
    """Return a new row as it is written; without a part where nobody knows it, which a check then asks for."""
    kind = kind_of(row, members)
    item: dict[str, Written] = {BudgetRowKeys.name.name: row.name}
    if kind.word:
        item[kind.key] = kind.word
    negated = row.is_negated
    item[BudgetRowKeys.cells.name] = tuple(_written(value, None, unit, negated=negated) for value in row.values)
    return item
