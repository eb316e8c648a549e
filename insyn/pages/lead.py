"""The lead of a plan: the year's costs and income, in a sentence or two."""

from collections.abc import Sequence
from fractions import Fraction

from insyn.charts.chart import MILLION, PLACES, Words
from insyn.model import Association, ColumnKind, DocumentKind, Kronor, Plan, Status
from insyn.money.budget import Year, main_year, told_year
from insyn.money.unknown import Money, Unknown, added, all_known, unknown_of
from insyn.swedish import round_half_up
from insyn.texts import Texts


def lead(plan: Plan, association: Association, texts: Texts) -> str:
    """Return two sentences on the plan's money, or on its outcome. Saved money is not income."""
    words = Words(texts, plan.budget.unit)
    year, planned = told_year(plan.budget), main_year(plan.budget)
    told = all_known(year.income, year.costs, year.result)
    if told is None:
        return _lead_without_result(year, plan, association, words)
    in_full = not _adds_up(*told)
    income, costs = _spoken(told[:2], in_full, words)
    sentence = words.of(
        year.column,
        _lead_key(plan, year, told[2]),
        association=association.name,
        income=income,
        costs=costs,
        difference=words.exact(abs(told[2])) if in_full else words.rounded(abs(told[2])),
        lacking=_missing(year.opening, told[2], in_full, words),
        year=year.column.year,
    )
    budgeted = all_known(planned.income, planned.costs)
    if planned.column is year.column or budgeted is None:
        return sentence
    key = "lead.budgeted-even" if budgeted[0] == budgeted[1] else "lead.budgeted"
    income, costs = _spoken(budgeted, in_full, words)
    return f"{sentence} {words.say(key, income=income, costs=costs)}"


def _spoken(amounts: Sequence[int], in_full: bool, words: Words) -> tuple[str, ...]:
    """Format the amounts of a sentence in millions, or in full if one is below a million."""
    in_full = in_full or min(amounts) < MILLION
    return tuple(words.exact(amount) if in_full else words.rounded(amount) for amount in amounts)


def _missing(opening: Money, result: Kronor, in_full: bool, words: Words) -> str:
    """Format the amount by which a year's use exceeds the available money; empty if that isn't known."""
    left = added((opening, result))
    if isinstance(left, Unknown):
        return ""
    return words.exact(abs(left)) if in_full else words.rounded(abs(left))


def _lead_without_result(year: Year, plan: Plan, association: Association, words: Words) -> str:
    """Return a sentence on the sums of the rows if the plan prints none; else on the rows that prevent a result."""
    told = all_known(year.income, year.costs)
    lacking = unknown_of((year.income, year.costs)).rows
    is_proposal = plan.status is Status.PROPOSAL and plan.document is DocumentKind.PLAN
    name, number, document = association.name, year.column.year, words.say(f"named-as-{plan.document.value}")
    if told:
        income, costs = words.alike(*told)
        key = "lead.rows-proposal" if is_proposal else "lead.rows"
        return words.say(key, association=name, document=document, year=number, income=income, costs=costs)
    key = ("lead.lacking-proposal" if is_proposal else "lead.lacking") if lacking else "lead.unknown"
    return words.say(key, association=name, document=document, year=number, rows=words.quoted(lacking))


def _adds_up(income: int, costs: int, result: int) -> bool:
    """Whether the rounded costs, taken from the rounded income, give the rounded result."""
    told = [round_half_up(Fraction(amount, MILLION), PLACES) for amount in (income, costs, result)]
    return told[0] - told[1] == told[2]


def _lead_key(plan: Plan, year: Year, result: Kronor) -> str:
    is_plan = plan.document is DocumentKind.PLAN
    if not is_plan and year.column.kind in (ColumnKind.BUDGET, ColumnKind.PLAN):
        return "lead.report"
    key = _result_key(plan, year.opening, result)
    return f"{key}-proposal" if is_plan and plan.status is Status.PROPOSAL else key


def _result_key(plan: Plan, opening: Money, result: Kronor) -> str:
    if result == 0:
        return "lead.even"
    if result > 0:
        return "lead.surplus"
    if isinstance(opening, Unknown):
        return "lead.deficit-explained" if plan.paid_by else "lead.deficit-untold"
    return "lead.deficit" if opening + result >= 0 else "lead.deficit-unpaid"
