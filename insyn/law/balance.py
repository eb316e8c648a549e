"""Is the budget in balance? Saved money isn't income."""

from collections.abc import Iterator

from msgspec import Struct

from insyn.law.judgement import Case, Judgement, Verdict, unmade
from insyn.model import (
    Kronor,
)
from insyn.money.budget import Year
from insyn.money.unknown import Unknown, all_known, unknown_of
from insyn.problems import Problem, problem
from insyn.swedish import listed
from insyn.vocabulary import heading


def balance(case: Case) -> Judgement:
    """Judge whether the year's income is higher than its costs. Saved money isn't income."""
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
    income, costs, left = (case.kronor(amount) for amount in told)
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
    """Return a sentence on the missing figures: the amounts of certain rows, or the sums."""
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
    """Yield a sentence on each year's balance, the plan's own first; years that break even share one."""
    even = [str(year.number) for year in years if not year.result]
    said_even = [case.say("law.balance.even", years=listed(even))] if even else []
    said = [_balance_of(case, year) for year in years if year.result]
    yield from (*said_even, *said) if not years[0].result else (*said, *said_even)


def _balance_of(case: Case, year: _Balance) -> str:
    key = "law.balance.deficit" if year.result < 0 else "law.balance.surplus"
    return case.say(key, year=year.number, difference=case.kronor(abs(year.result)))


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
