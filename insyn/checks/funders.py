"""Is the money of each member said to come from what the member is? Charts of who pays are made from it."""

from collections.abc import Iterator

from insyn.model import Association, Budget, Funder, Member
from insyn.money.budget import rows_of
from insyn.problems import Place, Problem, problem
from insyn.reading.characters import fold
from insyn.vocabulary import MEMBER_KINDS

KIND_WORDS = {kind: word for word, kind in MEMBER_KINDS.items()}


def check(budget: Budget, association: Association) -> Iterator[Problem]:
    """Yield a problem for each row of income that has a member's name but not what the member is. Saved money may."""
    for name, funder, place in _paying(budget):
        kinds = {member.kind for member in association.members if fold(name) in _names(member)}
        if kinds and funder is not None and funder not in kinds:
            right = KIND_WORDS[min(kinds, key=lambda kind: kind.value)]
            yield problem("funder-differs", place, name=name, right=right)


def _paying(budget: Budget) -> Iterator[tuple[str, Funder | None, Place]]:
    for row in rows_of(budget.income.rows):
        if row.funder is not Funder.OPENING_EQUITY:
            yield row.name, row.funder, row.place
        for part in row.breakdown.rows if row.breakdown else ():
            yield part.name, part.funder, part.place


def _names(member: Member) -> set[str]:
    return {fold(name) for name in (member.name, member.short_name, *member.also)}
