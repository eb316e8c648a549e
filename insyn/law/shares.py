"""Do the members pay the shares that the law prescribes?"""

from fractions import Fraction

from msgspec import Struct

from insyn.law.judgement import Case, Judgement, Verdict, gravest, unmade
from insyn.law.membership import outside_regions
from insyn.model import MEMBER_FUNDERS, Column, Funder, Kronor, Member, Unit
from insyn.money.contributions import parties_in
from insyn.money.unknown import Unknown
from insyn.problems import Problem, problem
from insyn.swedish import HARD_SPACE, capitalised, decimal, listed
from insyn.vocabulary import amount_in, heading, unit_word

ROUNDING = Fraction(5, 1000)
"""Largest difference, as a share of the contributions, that is taken for rounding."""


class Paid(Struct, frozen=True):
    """Each party's payment in a column, and the largest gap between a payment and its lawful share."""

    column: Column
    sums: dict[Funder, Kronor]
    whole: int
    quarters: dict[Funder, int]
    """Number of quarters of the whole that each party is to pay."""
    furthest: Funder
    gap: int
    """The gap in quarters of a krona, which makes it exact."""

    def due(self, funder: Funder) -> Fraction:
        return Fraction(self.whole * self.quarters[funder], 4)


def shares(case: Case) -> Judgement:
    """Judge whether staten, region and kommuner pay a half, a quarter and a quarter of the members' contributions."""
    alone = outside_regions(case.association)
    whole = (index for index, year in enumerate(case.years) if not year.column.is_part)
    paid = [one for one in (_paid(case, index, alone) for index in whole) if one]
    main = next((one for one in paid if one.column is case.year.column), None)
    if main is None:
        return unmade(case, "shares", _why_unshared(case), "unmade-shares")
    return Judgement(
        "shares",
        gravest(tuple(_verdict_of(one) for one in paid)),
        case.say("law.shares.rule-alone" if alone else "law.shares.rule"),
        (_who_pays(case, main), *(_gap(case, one) for one in paid if one.gap)),
        (_law_says(case, main, alone=alone is not None),),
        case.source("shares-alone" if alone else "shares") or "",
        problems=tuple(_gap_problem(case, one) for one in paid if one.gap),
    )


def _paid(case: Case, index: int, alone: Member | None) -> Paid | None:
    """Sum each party's payments in a column; None if the plan doesn't divide them, or nobody pays.

    A kommun outside the regions pays a region's share too (5 a §), as whichever kind of member it is given.
    """
    sums = parties_in(case.plan.budget, index)
    if isinstance(sums, Unknown) or not any(sums.values()):
        return None
    whole = sum(sums.values())
    quarters = {Funder.STATE: 2, Funder.REGION: 1, Funder.MUNICIPALITY: 1}
    if alone:
        both = (Funder.REGION, Funder.MUNICIPALITY)
        sums |= dict.fromkeys(both, Kronor(0)) | {alone.kind: Kronor(sum(sums[funder] for funder in both))}
        quarters |= dict.fromkeys(both, 0) | {alone.kind: 2}
    gaps = {funder: abs(4 * sums[funder] - quarters[funder] * whole) for funder in MEMBER_FUNDERS}
    furthest = max(MEMBER_FUNDERS, key=lambda funder: gaps[funder])
    return Paid(case.years[index].column, sums, whole, quarters, furthest, gaps[furthest])


def _why_unshared(case: Case) -> str:
    sums = parties_in(case.plan.budget, case.years.index(case.year))
    if isinstance(sums, Unknown) and sums.rows:
        return case.say("law.shares.lacking", rows=listed([f"”{row}”" for row in sums.rows]))
    return case.say("law.shares.unknown")


def _verdict_of(paid: Paid) -> Verdict:
    if not paid.gap:
        return Verdict.OK
    return Verdict.NOTE if Fraction(paid.gap, 4) <= ROUNDING * paid.whole else Verdict.WARNING


def _money(case: Case, paid: Paid, amount: Fraction) -> str:
    """Format an amount for staff in the plan's unit, or in kronor if not all compared amounts are whole units."""
    whole = Fraction(paid.whole)
    compared = [*(Fraction(kronor) for kronor in paid.sums.values()), whole, whole / 2, whole / 4]
    unit = case.plan.budget.unit
    if any((one * 10 / unit.value).denominator > 1 for one in compared):
        unit = Unit.KR
    places = 2 if any(one.denominator > 1 for one in (*compared, amount)) and unit is Unit.KR else 0
    if places:
        return f"{decimal(amount, 0 if amount.denominator == 1 else places)}{HARD_SPACE}{unit_word(unit)}"
    return f"{amount_in(unit, int(amount))}{HARD_SPACE}{unit_word(unit)}"


def _party(case: Case, funder: Funder) -> str:
    """Return the name of a party: staten, the only region or kommun by name, else regionerna or kommunerna."""
    names = [member.name for member in case.association.members if member.kind is funder]
    if funder is Funder.STATE:
        return case.say("law.shares.state")
    if len(names) == 1:
        return names[0]
    return case.say("law.shares.regions" if funder is Funder.REGION else "law.shares.municipalities")


def _who_pays(case: Case, paid: Paid) -> str:
    parts: list[str] = []
    for funder in MEMBER_FUNDERS:
        if paid.sums[funder] or paid.quarters[funder]:
            party, amount = _party(case, funder), case.kronor(paid.sums[funder])
            key = "law.shares.part" if parts else "law.shares.part-first"
            parts.append(case.say(key, party=party if parts else capitalised(party), amount=amount))
    return case.say("law.shares.paid", parts=listed(parts), year=paid.column.year)


def _law_says(case: Case, paid: Paid, *, alone: bool) -> str:
    half = Fraction(paid.whole, 2)
    quarter = case.say("law.shares.quarter", amount=case.kronor(half / 2))
    return case.say(
        "law.shares.calculation",
        whole=case.kronor(paid.whole),
        half=case.kronor(half),
        quarter="" if alone else f" {quarter}",
    )


def _gap(case: Case, paid: Paid) -> str:
    column = case.say(f"column-{paid.column.kind.name.lower()}", year=paid.column.year)
    party, gap = _party(case, paid.furthest), case.kronor(Fraction(paid.gap, 4))
    return case.say("law.shares.gap", party=party, gap=gap, column=column)


def _gap_problem(case: Case, paid: Paid) -> Problem:
    code = "shares-rounded" if _verdict_of(paid) is Verdict.NOTE else "shares-differ"
    return problem(
        code,
        paid.column.place,
        column=heading(paid.column),
        party=_party(case, paid.furthest),
        paid=_money(case, paid, Fraction(paid.sums[paid.furthest])),
        due=_money(case, paid, paid.due(paid.furthest)),
        gap=_money(case, paid, Fraction(paid.gap, 4)),
    )
