"""Reads the text under `uttryck` into a reference to a figure of the budget: "kostnad(Revisorer, b2024)".

The language is small enough to be read without evaluating anything: one word, with its arguments in brackets.

    >>> call = _parse("kostnad(Revisorer, b2024)")
    >>> call.side.name, call.part, call.column
    ('COSTS', 'Revisorer', 'b2024')
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from insyn.model import Budget, Expression, Quantity, Side
from insyn.money.budget import groups_of, rows_of
from insyn.problems import Found
from insyn.reading.characters import fold
from insyn.reading.keys import BudgetKeys, BudgetRowKeys
from insyn.reading.nodes import Scalar
from insyn.reading.scalars import nearest_of
from insyn.vocabulary import PURPOSES

CALL = re.compile(r"\s*([^\s()]+)\s*\((.*)\)\s*\Z", re.DOTALL)
SIDES = {fold(BudgetKeys.income.name): Side.INCOME, fold(BudgetKeys.costs.name): Side.COSTS}
OF_A_SIDE = {fold("summa"): Quantity.SUM, fold("andel"): Quantity.SHARE}
OF_A_ROW = {fold("intäkt"): Side.INCOME, fold("kostnad"): Side.COSTS}
OF_A_YEAR = {fold("resultat"): Quantity.RESULT, fold("sparat"): Quantity.CLOSING}
PURPOSE_KEY = fold(BudgetRowKeys.purpose.name)


class _Call(Struct, frozen=True):
    """An expression whose names aren't resolved. `part` is a row, a group or "ändamål=…"; "" for a whole side."""

    quantity: Quantity
    side: Side
    part: str
    column: str


def read_expression(scalar: Scalar, budget: Budget, found: Found) -> Expression | None:
    """Read an expression over a budget; None, with its faults reported, if it has any."""
    call = _parse(scalar.text)
    if call is None:
        found.add("expression-unreadable", scalar.place, hint="expression-form", written=scalar.text)
        return None
    columns = [column.id for column in budget.columns]
    if call.column not in columns:
        found.add("column-unknown", scalar.place, written=call.column, columns=", ".join(columns))
        return None
    return _resolve(call, scalar, budget, found)


def _parse(text: str) -> _Call | None:
    match = CALL.match(text)
    if match is None:
        return None
    word, (subject, _, column) = fold(match[1]), match[2].rpartition(",")
    subject, column = subject.strip(), column.strip()
    if word in OF_A_YEAR and not subject:
        return _Call(OF_A_YEAR[word], Side.COSTS, "", column)
    if word in OF_A_ROW and subject:
        return _Call(Quantity.SUM, OF_A_ROW[word], subject, column)
    side, _, part = (piece.strip() for piece in subject.partition(","))
    quantity = OF_A_SIDE.get(word)
    if quantity is None or fold(side) not in SIDES or (quantity is Quantity.SHARE and not part):
        return None
    return _Call(quantity, SIDES[fold(side)], part, column)


def _resolve(call: _Call, scalar: Scalar, budget: Budget, found: Found) -> Expression | None:
    """Resolve the row, group or purpose that is named."""
    whole = Expression(call.quantity, call.column, call.side)
    key, equals, word = (piece.strip() for piece in call.part.partition("="))
    if equals and fold(key) == PURPOSE_KEY:
        purposes = {fold(known): purpose for known, purpose in PURPOSES.items()}
        if fold(word) in purposes:
            return replace(whole, purpose=purposes[fold(word)])
        words = ", ".join(PURPOSES)
        found.add("expression-unreadable", scalar.place, hint="expression-purpose", written=scalar.text, words=words)
        return None
    names = {fold(name): name for name in _names(budget, call.side)}
    if not call.part or fold(call.part) in names:
        return replace(whole, name=call.part or None)
    nearest = nearest_of(fold(call.part), names)
    if nearest:
        name = names[nearest]
        found.add("expression-unreadable", scalar.place, hint="expression-row", written=scalar.text, name=name)
    else:
        name = call.part
        found.add("expression-unreadable", scalar.place, hint="expression-row-unlike", written=scalar.text, name=name)
    return None


def _names(budget: Budget, side: Side) -> set[str]:
    """Return the names of one side's rows and groups."""
    block = budget.income if side is Side.INCOME else budget.costs
    return {row.name for row in rows_of(block.rows)} | {group.name for group in groups_of(block.rows)}
