"""Does each contribution's funder match its member, and is the member known? The charts of who pays rely on it."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from insyn.model import MEMBER_FUNDERS, Association, Budget, Funder, Member
from insyn.money.budget import rows_of
from insyn.money.contributions import member_of, plain
from insyn.problems import Place, Problem, problem
from insyn.vocabulary import MEMBER_KINDS

KIND_WORDS = {kind: word for word, kind in MEMBER_KINDS.items()}
COLLECTIVE = ("stat", "kommunerna", "kommuner", "regionerna", "regioner", "medlemskommuner", "medlemmarna", "parterna")
"""Words for a whole party: a row with one of them isn't expected to name a member."""


class _Paying(Struct, frozen=True):
    """A row of income, or a part of one."""

    name: str
    funder: Funder | None
    member: str | None
    place: Place


def check(budget: Budget, association: Association) -> Iterator[Problem]:
    """Yield a problem for each row whose member is unknown or of another kind than stated. Saved money may name one."""
    for row in _paying(budget):
        if row.member is not None and not member_of(row.name, association.members, row.member):
            yield _unknown(row, row.member, association.members)
            continue
        member = member_of(row.name, association.members, row.member)
        named = {one.kind for one in association.members if plain(row.name) in _names(one)} if member else set()
        kinds = named or ({member.kind} if member and row.member is not None else set())
        if kinds and row.funder is not None and row.funder not in kinds:
            right = KIND_WORDS[min(kinds, key=lambda kind: kind.value)]
            yield problem("funder-differs", row.place, name=row.name, right=right)
        elif row.funder in MEMBER_FUNDERS and member is None and not _is_collective(row.name, association.members):
            yield _unnamed(row, [one for one in association.members if one.kind is row.funder])


def _paying(budget: Budget) -> Iterator[_Paying]:
    for row in rows_of(budget.income.rows):
        if row.funder is not Funder.OPENING_EQUITY:
            yield _Paying(row.name, row.funder, row.member, row.place)
        for part in row.breakdown.rows if row.breakdown else ():
            yield _Paying(part.name, part.funder, part.member, part.place)


def _names(member: Member) -> set[str]:
    return {plain(name) for name in (member.name, member.short_name, *member.also)}


def _is_collective(name: str, members: Sequence[Member]) -> bool:
    """Whether a row is for several members: it says so, or names more than one."""
    words = plain(name).replace(",", " ").split()
    named = [one for one in members if any(spelt in plain(name) for spelt in _names(one))]
    return len(named) > 1 or any(word in COLLECTIVE or word.startswith(COLLECTIVE[0]) for word in words)


def _unknown(row: _Paying, written: str, members: Sequence[Member]) -> Problem:
    names = ", ".join(member.short_name for member in members)
    return problem("member-unknown", row.place, hint="member-choice", written=written, suggestion=names)


def _nearest(name: str, names: Mapping[str, str]) -> str | None:
    import difflib  # deferred: needed only for a fault

    return next(iter(difflib.get_close_matches(name, list(names), n=1)), None)


def _unnamed(row: _Paying, members: Sequence[Member]) -> Problem:
    names = {plain(member.name): member.name for member in members}
    nearest = _nearest(plain(row.name), names)
    kind = KIND_WORDS[row.funder] if row.funder else ""
    if nearest:
        hint, suggestion = "member-nearest", names[nearest]
    else:
        hint, suggestion = "member-whose", members[0].short_name if members else ""
    return problem("member-unnamed", row.place, hint=hint, name=row.name, kind=kind, suggestion=suggestion)
