"""A fingerprint of a budget's figures: the same as long as every amount is, however the text around them is written."""

from collections.abc import Iterator
from hashlib import sha256

from insyn.model import BreakdownRow, Budget, BudgetGroup, BudgetRow, Cell, kronor_in
from insyn.money.budget import groups_of, rows_of

DIGITS = 32
"""Of a sum in the ledger: 128 bits, which still leaves a line that a person can read."""


def fingerprint(text: str) -> str:
    """Return the first digits of a text's SHA-256."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def figures_fingerprint(budget: Budget) -> str:
    """Return the fingerprint of all amounts of a budget, each with what it is of."""
    return fingerprint("".join(f"{line}\n" for line in _lines(budget)))


def _lines(budget: Budget) -> Iterator[str]:
    """Yield a line for each amount, in whole kronor. Blanks and dashes are no amounts."""
    columns = [f"{one.year} {one.kind.name} {one.as_of or ''}" for one in budget.columns]
    for name, cells in _rows(budget):
        for column, cell in zip(columns, cells, strict=False):
            amount = kronor_in(cell)
            if amount is not None:
                yield f"{name}\t{column}\t{amount}"
    opening = budget.equity.opening if budget.equity else None
    amount = kronor_in(opening.cell) if opening else None
    if opening and amount is not None:
        yield f"opening\t{opening.year}\t{amount}"


def _rows(budget: Budget) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    for side, block in (("income", budget.income), ("costs", budget.costs)):
        for row in rows_of(block.rows):
            yield f"{side}\t{row.id}", row.cells
            yield from ((f"{side}\t{row.id}\t{part.name}", (part.cell,)) for part in _parts(row))
        for group in groups_of(block.rows):
            yield from _subtotal(side, group)
        if block.total:
            yield f"{side}\ttotal", block.total.cells
    if budget.result:
        yield "result", budget.result.cells
    if budget.equity and budget.equity.closing:
        yield "closing", budget.equity.closing.cells


def _parts(row: BudgetRow) -> Iterator[BreakdownRow]:
    if row.breakdown:
        yield from row.breakdown.rows


def _subtotal(side: str, group: BudgetGroup) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    if group.subtotal:
        yield f"{side}\t{group.name}\tsubtotal", group.subtotal.cells
