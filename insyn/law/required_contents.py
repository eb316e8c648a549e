"""Is everything filled in that the law says a budget must hold?"""

import re
from collections.abc import Iterator

from insyn.law.judgement import Case, Judgement, Verdict
from insyn.money.budget import (
    printed_closing,
)
from insyn.money.unknown import Unknown, known
from insyn.problems import problem
from insyn.swedish import listed

FINANCIAL = re.compile(r"ekonomi|finansiell", re.IGNORECASE)
FINANCIAL_GOALS = re.compile(r"(?:finansiella|ekonomiska) (?:mål|riktlinjer)|god ekonomisk hushållning", re.IGNORECASE)
GOALS = re.compile(r"\b(?:del|huvud|verksamhets)?mål(?:en|s|karta|sättning\w*)?\b|\binriktning", re.IGNORECASE)


def contents(case: Case) -> Judgement:
    """Judge whether financing, closing equity, and goals for finances and activities are filled in.

    The plan's text isn't read: it may hold what isn't filled in, so nothing is said to be missing from the plan.
    """
    missing = tuple(_missing_contents(case))
    rule, source = case.say("law.contents.rule"), case.source("contents") or ""
    if missing:
        found = case.say("law.contents.missing", missing=listed(missing))
        warning = problem("contents-missing", case.plan.place, missing=listed(missing))
        return Judgement("contents", Verdict.UNKNOWN, rule, (found,), source=source, problems=(warning,))
    if _states_closing(case):
        return Judgement("contents", Verdict.OK, rule, (case.say("law.contents.all"),), source=source)
    closing = known(case.year.closing) or 0
    found = case.say("law.contents.closing-computed", amount=case.kronor(closing))
    note = problem("closing-equity-unstated", case.year.column.place, amount=case.money(closing))
    return Judgement("contents", Verdict.NOTE, rule, (found,), source=source, problems=(note,))


def _missing_contents(case: Case) -> Iterator[str]:
    plan = case.plan
    if not known(case.year.income):
        yield case.say("law.contents.financing")
    if isinstance(case.year.closing, Unknown):
        yield case.say("law.contents.closing")
    if not _has_financial_goals(case):
        yield case.say("law.contents.financial-goals")
    if not plan.goals and not any(GOALS.search(heading.text) for heading in case.headings):
        yield case.say("law.contents.goals")


def _states_closing(case: Case) -> bool:
    index = case.years.index(case.year)
    return printed_closing(case.plan.budget, index) is not None


def _has_financial_goals(case: Case) -> bool:
    """Whether financial goals are given among the budget's or the plan's goals, or under a heading of the text."""
    plan = case.plan
    if plan.budget.financial_goals and plan.budget.financial_goals.points:
        return True
    goals = (text for goal in plan.goals for text in (goal.text, *(sub.text for sub in goal.sub_goals)))
    return any(FINANCIAL.search(text) for text in goals) or any(
        FINANCIAL_GOALS.search(heading.text) for heading in case.headings
    )
