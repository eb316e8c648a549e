"""Does the money keep to the rules: do sums hold, is the budget in balance, do the members share as the law says?"""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from insyn.law.judgement import Case, Judgement, Verdict, gravest, unmade
from insyn.model import (
    MEMBER_FUNDERS,
    Budget,
    BudgetRow,
    Cell,
    Column,
    Direction,
    FinancialGoal,
    Funder,
    Kronor,
    Purpose,
    Unit,
    kronor_in,
)
from insyn.money.budget import Year, costs_by_purpose, groups_of, rows_of
from insyn.problems import Problem, problem
from insyn.reading.characters import fold
from insyn.swedish import HARD_SPACE, capitalised, decimal, listed
from insyn.vocabulary import amount_in, heading, unit_word

ROUNDING = Fraction(5, 1000)
"""How large a part of the contributions a difference may be and still be taken for rounding."""
ADMINISTRATION_MEASURE = "andel-administration"


# --- Sums -----------------------------------------------------------------------------------------------------------


def sums(case: Case) -> Judgement:
    """Tell how many printed sums were added up again. One that differs unsaid stops the plan before it is judged."""
    budget = case.plan.budget
    count = sum(1 for _ in _printed_sums(budget))
    rule = case.say("law.sums.rule")
    if not budget.deviations:
        return Judgement("sums", Verdict.OK, rule, (case.say("law.sums.hold", count=count),))
    return Judgement("sums", Verdict.NOTE, rule, (case.say("law.sums.differ", count=count),))


def _printed_sums(budget: Budget) -> Iterator[Cell]:
    """Yield every figure that the plan prints and that follows from others."""
    for block in (budget.income, budget.costs):
        yield from _amounts(block.total.cells if block.total else ())
        for group in groups_of(block.rows):
            yield from _amounts(group.subtotal.cells if group.subtotal and group.rows else ())
        for row in rows_of(block.rows):
            if row.breakdown and row.breakdown.total:
                yield from _amounts((row.breakdown.total,))
    yield from _amounts(budget.result.cells if budget.result else ())
    closing = budget.equity.closing if budget.equity else None
    yield from _amounts(closing.cells if closing else ())


def _amounts(cells: tuple[Cell, ...]) -> Iterator[Cell]:
    return (cell for cell in cells if kronor_in(cell) is not None)


# --- Balance --------------------------------------------------------------------------------------------------------


def balance(case: Case) -> Judgement:
    """Is the year's income higher than its costs? Saved money isn't income."""
    year, reason, source = case.year, case.plan.deficit_reason, case.source("balance")
    if year.income is None or year.costs is None or year.result is None or source is None:
        return unmade(case, "balance", case.say("law.balance.unknown"), "unmade-balance")
    later = tuple(other for other in case.years if other.column.year > case.plan.year and other.result is not None)
    problems = (*_own_year(case, year, year.result), *_later_years(case, later))
    verdict = Verdict.OK
    if problems:
        unexplained = year.result < 0 and not reason
        verdict = Verdict.WARNING if unexplained else Verdict.NOTE
    return Judgement(
        "balance",
        verdict,
        case.say("law.balance.rule"),
        tuple(_balances(case, (year, *later))),
        (
            case.say(
                "law.balance.calculation",
                income=case.money(year.income),
                costs=case.money(year.costs),
                result=case.money(year.result),
            ),
        ),
        source,
        reason if year.result < 0 else None,
        problems=problems,
    )


def _balances(case: Case, years: tuple[Year, ...]) -> Iterator[str]:
    """Tell each year's balance, the plan's own first; years that go even are told together."""
    even = [str(year.column.year) for year in years if not year.result]
    said_even = [case.say("law.balance.even", years=listed(even))] if even else []
    said = [_balance_of(case, year, year.result) for year in years if year.result]
    yield from (*said_even, *said) if not years[0].result else (*said, *said_even)


def _balance_of(case: Case, year: Year, result: Kronor) -> str:
    key = "law.balance.deficit" if result < 0 else "law.balance.surplus"
    return case.say(key, year=year.column.year, difference=case.money(abs(result)))


def _own_year(case: Case, year: Year, result: Kronor) -> Iterator[Problem]:
    column, place = heading(year.column), year.column.place
    if result < 0:
        code = "deficit-explained" if case.plan.deficit_reason else "deficit-unexplained"
        yield problem(code, place, column=column, difference=case.money(-result))
    elif result == 0:
        yield problem("result-even", place, column=column)


def _later_years(case: Case, years: tuple[Year, ...]) -> Iterator[Problem]:
    for year in years:
        column, result = heading(year.column), year.result or 0
        if result < 0:
            yield problem("deficit-later", year.column.place, column=column, difference=case.money(-result))
        elif result == 0:
            yield problem("result-even", year.column.place, column=column)


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
    alone = _is_alone(case)
    whole = (index for index, year in enumerate(case.years) if not year.column.is_part)
    paid = [one for one in (_paid(case, index, alone=alone) for index in whole) if one]
    main = next((one for one in paid if one.column is case.year.column), None)
    if main is None:
        return unmade(case, "shares", case.say("law.shares.unknown"), "unmade-shares")
    return Judgement(
        "shares",
        gravest(tuple(_verdict_of(one) for one in paid)),
        case.say("law.shares.rule-alone" if alone else "law.shares.rule"),
        (_who_pays(case, main), *(_gap(case, one) for one in paid if one.gap)),
        (_law_says(case, main, alone=alone),),
        case.source("shares-alone" if alone else "shares") or "",
        problems=tuple(_gap_problem(case, one) for one in paid if one.gap),
    )


def _is_alone(case: Case) -> bool:
    """Whether a kommun outside the regions is a member and no region is; then it pays a half (5 a §)."""
    members = case.association.members
    has_region = any(member.kind is Funder.REGION for member in members)
    return not has_region and any("gotland" in member.name.lower() for member in members)


def _paid(case: Case, index: int, *, alone: bool) -> Paid | None:
    """Add what each party pays in a column; None where the plan doesn't divide it, or nobody pays."""
    sums = _sums_by_party(case.plan.budget, index)
    whole = sum(sums.values()) if sums else 0
    if sums is None or whole <= 0:
        return None
    quarters = {Funder.STATE: 2, Funder.REGION: 0 if alone else 1, Funder.MUNICIPALITY: 2 if alone else 1}
    gaps = {funder: abs(4 * sums[funder] - quarters[funder] * whole) for funder in MEMBER_FUNDERS}
    furthest = max(MEMBER_FUNDERS, key=lambda funder: gaps[funder])
    return Paid(case.years[index].column, sums, whole, quarters, furthest, gaps[furthest])


def _sums_by_party(budget: Budget, index: int) -> dict[Funder, Kronor] | None:
    sums = dict.fromkeys(MEMBER_FUNDERS, 0)
    for row in rows_of(budget.income.rows):
        parts = _parts(row, index, budget.columns[index].id)
        if parts is None:
            return None
        for funder, amount in parts:
            sums[funder] += amount
    return {funder: Kronor(amount) for funder, amount in sums.items()}


def _parts(row: BudgetRow, index: int, column: str) -> list[tuple[Funder, int]] | None:
    """Return what a row holds of each party; None when it holds contributions that aren't divided in the column."""
    amount = kronor_in(row.cells[index])
    if row.funder in MEMBER_FUNDERS:
        return [(row.funder, amount or 0)]
    if row.funder is not Funder.PARTIES or not amount:
        return []
    if row.breakdown is None or row.breakdown.column != column:
        return None
    rows = [part for part in row.breakdown.rows if part.funder in MEMBER_FUNDERS]
    return [(part.funder, kronor_in(part.cell) or 0) for part in rows if part.funder]


def _verdict_of(paid: Paid) -> Verdict:
    if not paid.gap:
        return Verdict.OK
    return Verdict.NOTE if Fraction(paid.gap, 4) <= ROUNDING * paid.whole else Verdict.WARNING


def _money(case: Case, paid: Paid, amount: Fraction) -> str:
    """Write an amount in the plan's unit, or in kronor when not all the parties' are whole in it: they are compared."""
    unit = case.plan.budget.unit
    if any(kronor % unit.value for kronor in paid.sums.values()):
        unit = Unit.KR
    places = 2 if amount.denominator > 1 else 0
    if places or amount * 10 % unit.value:
        return f"{decimal(amount, places)}{HARD_SPACE}{unit_word(Unit.KR)}"
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
    by_purpose, costs = costs_by_purpose(budget), case.year.costs
    if not counted:
        place, why = case.association.place, case.say("law.administration.undefined")
        return unmade(case, "administration", why, "unmade-administration", place)
    if not by_purpose or not costs or costs < 0:
        return unmade(case, "administration", case.say("law.administration.unknown"), "unmade-purposes")
    amount = Kronor(sum(by_purpose.get(purpose, 0) for purpose in counted))
    found = case.say(
        "law.administration.found",
        amount=case.money(amount),
        percent=case.percent(Fraction(amount, costs)),
        year=case.plan.year,
    )
    told = (found,) if counted == (Purpose.ADMINISTRATION,) else (found, _counted(case, counted))
    return _against_goal(case, Fraction(amount, costs), told, _calculation(case, amount, costs))


def _counted(case: Case, counted: tuple[Purpose, ...]) -> str:
    names = [case.say(f"purpose-phrase-{purpose.value}") for purpose in counted]
    return case.say("law.administration.counted", purposes=listed(names))


def _calculation(case: Case, amount: int, costs: int) -> str:
    share = case.percent(Fraction(amount, costs))
    return case.say("law.administration.calculation", amount=case.money(amount), costs=case.money(costs), percent=share)


def _against_goal(case: Case, share: Fraction, found: tuple[str, ...], calculation: str) -> Judgement:
    goal, place = _goal_of(case.plan.budget), case.year.column.place
    limit = _limit_of(goal) if goal else None
    shown, column = case.percent(share), heading(case.year.column)
    if goal is None or limit is None:
        note = problem("administration-without-goal", place, percent=shown, column=column)
        rule = case.say("law.administration.rule")
        return Judgement("administration", Verdict.NOTE, rule, found, (calculation,), problems=(note,))
    rule, source = (
        case.say("law.administration.goal", goal=goal.text.rstrip(".")),
        case.say("law.administration.source"),
    )
    if _keeps(share, goal, limit):
        return Judgement("administration", Verdict.OK, rule, found, (calculation,), source)
    warning = problem("goal-missed", goal.place, percent=shown, column=column, goal=goal.text.rstrip("."))
    return Judgement("administration", Verdict.WARNING, rule, found, (calculation,), source, problems=(warning,))


def _goal_of(budget: Budget) -> FinancialGoal | None:
    points = budget.financial_goals.points if budget.financial_goals else ()
    return next((goal for goal in points if goal.measure and fold(goal.measure) == ADMINISTRATION_MEASURE), None)


def _limit_of(goal: FinancialGoal) -> Fraction | None:
    """Return the limit as a share of one; None when none is given, or it can't be read as a number."""
    try:
        return Fraction((goal.limit or "").replace(",", ".").removesuffix("%").strip()) / 100
    except (ValueError, ZeroDivisionError):
        return None


def _keeps(share: Fraction, goal: FinancialGoal, limit: Fraction) -> bool:
    match goal.direction:
        case Direction.AT_LEAST:
            return share >= limit
        case Direction.ABOVE:
            return share > limit
        case Direction.BELOW:
            return share < limit
    return share <= limit
