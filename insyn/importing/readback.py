"""What was written is read again as a plan: each name and amount must be what the draft has."""

from collections.abc import Iterable, Iterator

from insyn.importing.draft import DraftBudget, DraftCell, named_cells
from insyn.importing.facts import DraftPlan
from insyn.importing.goals import FoundText
from insyn.model import Amount, Blank, Block, Budget, BudgetGroup, Cell, Dash, ListedText, Plan
from insyn.problems import Problem
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText


class NotReadBack(Exception):
    """A draft isn't read as it was meant: our own fault. The message says what."""


def read_back(text: str, plan: DraftPlan, file: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Read a draft's file, and hold it to the draft. Raises NotReadBack."""
    source = SourceFile(file, "", plan.association, plan.year)
    read, problems = read_plan_text(source, SourceText(file, text))
    if read is None:
        raise NotReadBack(f"no plan: {problems}")
    _hold("columns", [(one.id, one.year, one.kind) for one in read.budget.columns], plan.budget)
    _hold_cells(read.budget, plan.budget)
    if read.budget.unit is not plan.budget.unit or read.body.strip() != plan.body.strip():
        raise NotReadBack("unit or text")
    _hold_texts(read, plan)
    return read, problems


def _hold_texts(read: Plan, plan: DraftPlan) -> None:
    """Raises NotReadBack where a goal or a signature is another than the draft's."""
    goals = [
        (goal.text, [(one.text, *map(_listed, (one.activities, one.measures))) for one in goal.sub_goals])
        for goal in (plan.goals.goals if plan.goals else ())
    ]
    made = [
        (goal.text, [(one.text, *map(_listed, (one.activities, one.measures))) for one in goal.sub_goals])
        for goal in read.goals
    ]
    if goals != made:
        raise NotReadBack("goals")
    names = [name for name, _, _ in plan.signatures.people] if plan.signatures else []
    if names != [one.name for one in (read.signatures.people if read.signatures else ())]:
        raise NotReadBack("signatures")


def _listed(texts: Iterable[ListedText | FoundText]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.points) for one in texts]


def _hold(what: str, columns: list[tuple[object, ...]], draft: DraftBudget) -> None:
    if columns != [(one.id, one.year, one.kind) for one in draft.columns]:
        raise NotReadBack(what)


def _hold_cells(budget: Budget, draft: DraftBudget) -> None:
    """Raises NotReadBack where a name or a value is another than the draft's."""
    meant = [(_plain(name), cell) for name, _, cell in named_cells(draft)]
    read = [(_plain(name), cell) for name, cell in cells_of(budget)]
    if len(meant) != len(read):
        raise NotReadBack(f"{len(meant)} cells were meant, {len(read)} read")
    for (meant_name, meant_cell), (name, cell) in zip(meant, read, strict=True):
        if meant_name != name or not _is_same(meant_cell, cell):
            raise NotReadBack(f"{meant_name} {meant_cell.written} was read as {name} {cell}")


def _plain(name: str) -> str:
    return " ".join(name.split())


def _is_same(meant: DraftCell, cell: Cell) -> bool:
    match cell:
        case Amount():
            return cell.kronor == meant.kronor
        case Blank():
            return meant.written == "~"
        case Dash():
            return meant.kronor is None and meant.written.strip('"') == cell.text


def cells_of(budget: Budget) -> Iterator[tuple[str, Cell]]:
    """Yield every cell of a plan's budget with the name of its row, in the order that they are written."""
    yield from _block(budget.income)
    yield from _block(budget.costs)
    if budget.result:
        yield from ((budget.result.name, cell) for cell in budget.result.cells)
    if budget.equity and budget.equity.opening:
        yield budget.equity.opening.name, budget.equity.opening.cell
    if budget.equity and budget.equity.closing:
        yield from ((budget.equity.closing.name, cell) for cell in budget.equity.closing.cells)


def _block(block: Block) -> Iterator[tuple[str, Cell]]:
    for one in block.rows:
        if isinstance(one, BudgetGroup) and one.subtotal:
            yield from ((one.subtotal.name or one.name, cell) for cell in one.subtotal.cells)
        for row in one.rows if isinstance(one, BudgetGroup) else (one,):
            if isinstance(row, BudgetGroup):
                raise NotReadBack("a group within a group")
            yield from ((row.name, cell) for cell in row.cells)
            if row.breakdown:
                yield from ((part.name, part.cell) for part in row.breakdown.rows)
                if row.breakdown.total:
                    yield row.breakdown.total_name or "", row.breakdown.total
    if block.total and not block.total.is_computed:
        yield from ((block.total.name, cell) for cell in block.total.cells)
