"""Who pays: what the members contribute, whose each contribution is, and what else comes in.

Members are those that the förbund has named, and are counted by them: a row of the budget may be one member's second,
or all of theirs. Money that is paid back is no contribution and no income, although it stands among the incomes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from insyn.model import (
    MEMBER_FUNDERS,
    Blank,
    Budget,
    BudgetRow,
    Cell,
    Funder,
    Kronor,
    Member,
    kronor_in,
)
from insyn.money.budget import Reading, index_of, rows_of
from insyn.money.unknown import Money, Unknown, added, unknown_of

OUTSIDE = frozenset({*MEMBER_FUNDERS, Funder.OPENING_EQUITY, Funder.PARTIES})


# --- Whose it is ----------------------------------------------------------------------------------------------------


def member_of(name: str, members: Sequence[Member], written: str | None = None) -> Member | None:
    """Return whose a row is: as written under `medlem`, else the member that its name names, alone and in full."""
    spelt = plain(name if written is None else written)
    known = [(member, _names(member)) for member in members]
    exact = next((member for member, names in known if spelt in names), None)
    if exact or written is not None:
        return exact
    named = {member.name: member for member, names in known if any(_stands_in(one, spelt) for one in names)}
    return next(iter(named.values())) if len(named) == 1 else None


def plain(name: str) -> str:
    """Return a name as it is compared: neither case nor the kind of spaces makes another."""
    return " ".join(name.casefold().split())


def _names(member: Member) -> frozenset[str]:
    return frozenset(plain(name) for name in (member.name, member.short_name, *member.also))


def _stands_in(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


BETWEEN_NAMES = re.compile(r"(?:[\s&,+/()]|\b(?:och|samt|staten|gm|genom)\b)*", re.IGNORECASE)
"""What stands round members' names in a row that is theirs alone: "Staten genom A & B"."""


def payers_named(paid: "Contribution", members: Sequence[Member]) -> list[str]:
    """Return the members that a row names, by their own names in its order; the row's name where it says more."""
    if paid.member:
        known = (paid.member.name, paid.member.short_name)
        return [paid.name if plain(paid.name) in map(plain, known) else paid.member.name]
    spelt = plain(paid.name)
    found: dict[int, str] = {}
    for member in members:
        for name in sorted(_names(member), key=len, reverse=True):
            place = _pattern(name).search(spelt)
            if place:
                found[place.start()] = member.name
                spelt = f"{spelt[: place.start()]}{' ' * len(name)}{spelt[place.end() :]}"
                break
    is_only_names = len(found) > 1 and BETWEEN_NAMES.fullmatch(spelt)
    return [found[place] for place in sorted(found)] if is_only_names else [paid.name]


# --- Contributions --------------------------------------------------------------------------------------------------


class Contribution(Struct, frozen=True):
    """One payer's row, or its part of a row that a breakdown divides."""

    name: str
    funder: Funder
    amount: Kronor
    member: Member | None
    """Whose it is; None for a row that names no member."""


def contributions(budget: Budget, members: Sequence[Member]) -> tuple[Contribution, ...] | Unknown:
    """Return what each member pays in the main column, saved money and other incomes left out."""
    index = index_of(budget, budget.main_column)
    reading = Reading(budget, budget.income, index)
    found: list[Contribution] = []
    lacking: list[Money] = []
    for name, funder, figure, written in _paid(budget, reading, index):
        if isinstance(figure, Unknown):
            lacking.append(figure)
        elif figure >= 0:
            found.append(Contribution(name, funder, figure, member_of(name, members, written)))
    return unknown_of(lacking) if lacking else tuple(found)


def _paid(budget: Budget, reading: Reading, index: int) -> Iterator[tuple[str, Funder, Money, str | None]]:
    """Yield name, party, amount and written member of each contribution, a divided row part by part."""
    column = budget.columns[index].id
    for row in rows_of(budget.income.rows):
        if row.funder is Funder.PARTIES and row.breakdown and row.breakdown.column == column:
            for part in row.breakdown.rows:
                if part.funder is not None:
                    yield part.name, part.funder, _part_figure(part.cell, part.name), part.member
        elif row.funder in MEMBER_FUNDERS and (figure := reading.of(row)) is not None:
            yield row.name, row.funder, figure, row.member


def _part_figure(cell: Cell, name: str) -> Money:
    amount = kronor_in(cell)
    return Unknown((name,)) if amount is None else amount


def parties_in(budget: Budget, index: int) -> dict[Funder, Kronor] | Unknown:
    """Return each party's contribution in a column; Unknown where an amount is, or the column doesn't divide it."""
    reading = Reading(budget, budget.income, index)
    undivided = [row for row in rows_of(budget.income.rows) if _is_undivided(row, reading, budget.columns[index].id)]
    if undivided:
        return Unknown()
    sums = dict.fromkeys(MEMBER_FUNDERS, 0)
    lacking: list[Money] = []
    for _, funder, figure, _ in _paid(budget, reading, index):
        if isinstance(figure, Unknown):
            lacking.append(figure)
        elif funder in sums and figure > 0:
            sums[funder] += figure
    return unknown_of(lacking) if lacking else {funder: Kronor(amount) for funder, amount in sums.items()}


def _is_undivided(row: BudgetRow, reading: Reading, column: str) -> bool:
    is_divided = row.breakdown is not None and row.breakdown.column == column
    return row.funder is Funder.PARTIES and not is_divided and reading.of(row) not in (None, 0)


def member_income(budget: Budget) -> Money:
    """Return the members' contributions in the main column, as the table's rows print them."""
    return member_income_in(budget, budget.main_column)


def member_income_in(budget: Budget, column_id: str) -> Money:
    """Return the sum of the members' contributions in a column; Unknown when none of their rows has an amount."""
    reading = Reading(budget, budget.income, index_of(budget, column_id))
    rows = (row for row in rows_of(budget.income.rows) if row.funder in (*MEMBER_FUNDERS, Funder.PARTIES))
    figures = [figure for row in rows if (figure := reading.of(row)) is not None]
    return added(figure for figure in figures if isinstance(figure, Unknown) or figure >= 0)


def by_funder(found: Iterable[Contribution]) -> dict[Funder, Kronor]:
    """Return contributions by party, in the order of the law, without parties that pay nothing."""
    sums = dict.fromkeys(MEMBER_FUNDERS, 0)
    for contribution in found:
        if contribution.funder in sums:
            sums[contribution.funder] += contribution.amount
    return {funder: Kronor(amount) for funder, amount in sums.items() if amount}


# --- What else comes in, and what is paid back ----------------------------------------------------------------------


class Extra(Struct, frozen=True):
    """The main column's income besides contributions and saved money."""

    incomes: tuple[tuple[BudgetRow, Kronor], ...]
    paid_back: tuple[tuple[BudgetRow, Kronor], ...]
    """Rows below zero, whoever is paid, without their sign."""
    lacks_interest: bool
    """Whether a row of interest has no amount."""


def extra(budget: Budget) -> Extra:
    """Return the rows of the main column that are neither contributions nor saved money, and have money."""
    index = index_of(budget, budget.main_column)
    rows = [(row, kronor_in(row.cells[index])) for row in rows_of(budget.income.rows)]
    others = [(row, amount) for row, amount in rows if row.funder not in OUTSIDE]
    return Extra(
        incomes=tuple((row, amount) for row, amount in others if amount and amount > 0),
        paid_back=tuple(
            (row, Kronor(-amount))
            for row, amount in rows
            if amount and amount < 0 and row.funder is not Funder.OPENING_EQUITY
        ),
        lacks_interest=any(row.funder is Funder.INTEREST and isinstance(row.cells[index], Blank) for row, _ in others),
    )
