"""Does the money keep to the rules: do sums hold, is the budget in balance, do the members share as the law says?"""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from insyn.law.judgement import Case, Judgement, Verdict, gravest, outside_regions, unmade
from insyn.law.sums import examined, unexamined
from insyn.model import (
    MEMBER_FUNDERS,
    Column,
    Direction,
    Funder,
    Kronor,
    Member,
    Purpose,
    Unit,
)
from insyn.money.budget import Year, administration_goal, costs_for
from insyn.money.contributions import parties_in
from insyn.money.unknown import Money, Unknown, all_known, unknown_of
from insyn.problems import Problem, problem
from insyn.swedish import HARD_SPACE, capitalised, decimal, listed
from insyn.vocabulary import amount_in, heading, unit_word

ROUNDING = Fraction(5, 1000)
"""How large a part of the contributions a difference may be and still be taken for rounding."""


# --- Sums -----------------------------------------------------------------------------------------------------------


def sums(case: Case) -> Judgement:
    """Tell how many printed sums were added up again. One that differs unsaid stops the plan before it is judged."""
    budget = case.plan.budget
    count, lacking = examined(budget), tuple(unexamined(budget))
    unsure = (case.say("law.sums.lacking", rows=listed([f"”{row}”" for row in lacking])),) if lacking else ()
    if not count:
        why = unsure[0] if unsure else case.say("law.sums.none")
        return unmade(case, "sums", why, "unmade-sums")
    if count == 1:
        found = case.say("law.sums.differ-one" if budget.deviations else "law.sums.hold-one")
    else:
        found = case.say("law.sums.differ" if budget.deviations else "law.sums.hold", count=count)
    verdict = Verdict.NOTE if budget.deviations or lacking else Verdict.OK
    return Judgement("sums", verdict, case.say("law.sums.rule"), (found, *unsure))


# --- Balance --------------------------------------------------------------------------------------------------------


def balance(case: Case) -> Judgement:
    """Is the year's income higher than its costs? Saved money isn't income."""
    year, reason = case.year, case.plan.paid_by
    told = all_known(year.income, year.costs, year.result)
    if told is None:
        return unmade(case, "balance", _why_unbalanced(case, year), "unmade-balance")
    result = told[2]
    later = tuple(
        _Balance(other, other.result)
        for other in case.years
        if other.column.year > case.plan.year and not isinstance(other.result, Unknown)
    )
    problems = (*_own_year(case, year, result), *_later_years(case, later))
    verdict = Verdict.OK
    if problems:
        unexplained = result < 0 and not reason
        verdict = Verdict.WARNING if unexplained else Verdict.NOTE
    income, costs, left = case.monies(*told)
    return Judgement(
        "balance",
        verdict,
        case.say("law.balance.rule"),
        tuple(_balances(case, (_Balance(year, result), *later))),
        (case.say("law.balance.calculation", income=income, costs=costs, result=left),),
        case.source("balance") or "",
        reason if result < 0 else None,
        problems=problems,
    )


def _why_unbalanced(case: Case, year: Year) -> str:
    """Return words for what is unknown: the amounts of some rows, or sums."""
    rows = unknown_of((year.income, year.costs)).rows
    if rows:
        return case.say("law.balance.lacking", rows=listed([f"”{row}”" for row in rows]))
    told = all_known(year.income, year.costs)
    return case.say("law.balance.no-sums" if told else "law.balance.unknown")


class _Balance(Struct, frozen=True):
    """A year whose result is known."""

    year: Year
    result: Kronor

    @property
    def number(self) -> int:
        return self.year.column.year


def _balances(case: Case, years: tuple[_Balance, ...]) -> Iterator[str]:
    """Tell each year's balance, the plan's own first; years that go even are told together."""
    even = [str(year.number) for year in years if not year.result]
    said_even = [case.say("law.balance.even", years=listed(even))] if even else []
    said = [_balance_of(case, year) for year in years if year.result]
    yield from (*said_even, *said) if not years[0].result else (*said, *said_even)


def _balance_of(case: Case, year: _Balance) -> str:
    key = "law.balance.deficit" if year.result < 0 else "law.balance.surplus"
    return case.say(key, year=year.number, difference=case.money(abs(year.result)))


def _own_year(case: Case, year: Year, result: Kronor) -> Iterator[Problem]:
    column, place = heading(year.column), year.column.place
    if result < 0:
        code = "deficit-explained" if case.plan.paid_by else "deficit-unexplained"
        yield problem(code, place, column=column, difference=case.money(-result))
    elif result == 0:
        yield problem("result-even", place, column=column)


def _later_years(case: Case, years: tuple[_Balance, ...]) -> Iterator[Problem]:
    for one in years:
        column, place = heading(one.year.column), one.year.column.place
        if one.result < 0:
            yield problem("deficit-later", place, column=column, difference=case.money(-one.result))
        elif one.result == 0:
            yield problem("result-even", place, column=column)


# --- Shares of the members ------------------------------------------------------------------------------------------


class Paid(Struct, frozen=True):
    """What the parties pay in a column, and how far the furthest of them is from what the law says."""

    column: Column
    sums: dict[Funder, Kronor]
    whole: int
    quarters: dict[Funder, int]
    """How many quarters of the whole each is to pay."""
    furthest: Funder
    gap: int
    """In quarters of a krona, so that it is exact."""

    def due(self, funder: Funder) -> Fraction:
        return Fraction(self.whole * self.quarters[funder], 4)


def shares(case: Case) -> Judgement:
    """Do staten, region and kommuner pay a half, a quarter and a quarter of the members' contributions?"""
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
    """Add what each party pays in a column; None where the plan doesn't divide it, or nobody pays.

    A kommun outside the regions pays what the others would (5 a §), as whichever of them it is said to be.
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
    """Return an amount in the plan's unit, or in kronor when not all of the compared are whole in it."""
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
    """Name a party as a member: staten, the one region or kommun by name, else regionerna or kommunerna."""
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
            party, amount = _party(case, funder), _money(case, paid, Fraction(paid.sums[funder]))
            key = "law.shares.part" if parts else "law.shares.part-first"
            parts.append(case.say(key, party=party if parts else capitalised(party), amount=amount))
    return case.say("law.shares.paid", parts=listed(parts), year=paid.column.year)


def _law_says(case: Case, paid: Paid, *, alone: bool) -> str:
    whole, half = Fraction(paid.whole), Fraction(paid.whole, 2)
    quarter = case.say("law.shares.quarter", amount=_money(case, paid, half / 2))
    return case.say(
        "law.shares.calculation",
        whole=_money(case, paid, whole),
        half=_money(case, paid, half),
        quarter="" if alone else f" {quarter}",
    )


def _gap(case: Case, paid: Paid) -> str:
    column = case.say(f"column-{paid.column.kind.name.lower()}", year=paid.column.year)
    party, gap = _party(case, paid.furthest), _money(case, paid, Fraction(paid.gap, 4))
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


# --- Administration -------------------------------------------------------------------------------------------------


def administration(case: Case) -> Judgement:
    """Does the administration keep within the plan's own goal? No law has one."""
    budget, counted = case.plan.budget, case.association.administration
    if not counted:
        place, why = case.association.place, case.say("law.administration.undefined")
        return unmade(case, "administration", why, "unmade-administration", place)
    figure = costs_for(budget, counted, case.years.index(case.year))
    told = all_known(figure, case.year.costs)
    if told is None or told[1] <= 0:
        return unmade(case, "administration", _why_undivided(case, (figure, case.year.costs)), "unmade-purposes")
    share = Fraction(*told)
    amount, costs = case.monies(*told)
    found = case.say("law.administration.found", amount=amount, percent=case.percent(share), year=case.plan.year)
    said = (found,) if counted == (Purpose.ADMINISTRATION,) else (found, _counted(case, counted))
    calculation = case.say("law.administration.calculation", amount=amount, costs=costs, percent=case.percent(share))
    return _against_goal(case, share, said, calculation)


def _why_undivided(case: Case, figures: tuple[Money, ...]) -> str:
    rows = unknown_of(figures).rows
    if rows:
        return case.say("law.administration.lacking", rows=listed([f"”{row}”" for row in rows]))
    return case.say("law.administration.unknown")


def _counted(case: Case, counted: tuple[Purpose, ...]) -> str:
    names = [case.say(f"purpose-phrase-{purpose.value}") for purpose in counted]
    return case.say("law.administration.counted", purposes=listed(names))


def _against_goal(case: Case, share: Fraction, found: tuple[str, ...], calculation: str) -> Judgement:
    goal, place = administration_goal(case.plan.budget), case.year.column.place
    shown, column = case.percent(share), heading(case.year.column)
    if goal is None or goal.percent is None:
        note = problem("administration-without-goal", place, percent=shown, column=column)
        rule = case.say("law.administration.rule")
        return Judgement("administration", Verdict.NOTE, rule, found, (calculation,), problems=(note,))
    rule, source = (
        case.say("law.administration.goal", goal=goal.text.rstrip(".")),
        case.say("law.administration.source"),
    )
    if _keeps(share, goal.direction, goal.percent.share):
        return Judgement("administration", Verdict.OK, rule, found, (calculation,), source)
    warning = problem("goal-missed", goal.place, percent=shown, column=column, goal=goal.text.rstrip("."))
    return Judgement("administration", Verdict.WARNING, rule, found, (calculation,), source, problems=(warning,))


def _keeps(share: Fraction, direction: Direction | None, limit: Fraction) -> bool:
    match direction:
        case Direction.AT_LEAST:
            return share >= limit
        case Direction.ABOVE:
            return share > limit
        case Direction.BELOW:
            return share < limit
    return share <= limit
