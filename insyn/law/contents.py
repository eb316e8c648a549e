"""Has the plan what a budget must have, for the years it must be for, and has the förbund the members it must have?"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from insyn.law.body import place_in
from insyn.law.judgement import Case, Judgement, Verdict, outside_regions, unmade
from insyn.model import Funder, Purpose, kronor_in
from insyn.money.budget import printed_closing, rows_of
from insyn.money.unknown import Unknown, known
from insyn.problems import Problem, problem
from insyn.swedish import capitalised, listed, years

LENGTH = 3
"""Years that the plan for the economy is for, the budget year first."""
AGENCIES = ("Försäkringskassan", "Arbetsförmedlingen")
FINANCIAL = re.compile(r"ekonomi|finansiell", re.IGNORECASE)
FINANCIAL_GOALS = re.compile(r"(?:finansiella|ekonomiska) (?:mål|riktlinjer)|god ekonomisk hushållning", re.IGNORECASE)
GOALS = re.compile(r"\b(?:del|huvud|verksamhets)?mål(?:en|s|karta|sättning\w*)?\b|\binriktning", re.IGNORECASE)
FORBIDDEN = {
    "borgen": re.compile(r"borgen\b"),
    "pant": re.compile(r"pant(?:rätt\w*|sätt\w*)\b"),
    "lån": re.compile(r"lån(?:et|en|a|ar|as)?\b"),
    "skuld": re.compile(r"skuldsätt\w*"),
    "kredit": re.compile(r"kredit(?:en|er|erna)?\b"),
    "amorter": re.compile(r"amorter\w*"),
}
"""How words for what a förbund may not do begin, and how they may go on."""
DENIED = re.compile(r"\b(?:inte|inga?|inget|aldrig|ej|varken|utan|förbud|förbjud\w*)\b", re.IGNORECASE)
AROUND = 250
"""Signs before and after such a word where it may be said that there is nothing of the kind."""


def parties(case: Case) -> Judgement:
    """Are Försäkringskassan, Arbetsförmedlingen, a region and a kommun members?"""
    missing = tuple(_missing_parties(case))
    rule, source = case.say("law.parties.rule"), case.source("parties") or ""
    if not missing:
        return Judgement("parties", Verdict.OK, rule, (case.say("law.parties.all"),), source=source)
    found = case.say("law.parties.missing", missing=capitalised(listed(missing)))
    warning = problem("parties-missing", case.association.place, missing=listed(missing))
    return Judgement("parties", Verdict.WARNING, rule, (found,), source=source, problems=(warning,))


def _missing_parties(case: Case) -> Iterator[str]:
    members = case.association.members
    state = [member.name.lower() for member in members if member.kind is Funder.STATE]
    for agency in AGENCIES:
        if not any(agency.lower() in name for name in state):
            yield agency
    kinds = {member.kind for member in members}
    if outside_regions(case.association):
        return
    if Funder.REGION not in kinds:
        yield case.say("law.parties.region")
    if Funder.MUNICIPALITY not in kinds:
        yield case.say("law.parties.municipality")


def horizon(case: Case) -> Judgement:
    """Is the plan for three years, the budget year first?"""
    first = case.plan.year
    there = sorted({year.column.year for year in case.years if year.column.year >= first})
    missing = [year for year in range(first, first + LENGTH) if year not in there]
    rule, source = case.say("law.horizon.rule"), case.source("horizon") or ""
    found = case.say("law.horizon.found", years=_spoken(there))
    if not missing:
        return Judgement("horizon", Verdict.OK, rule, (found,), source=source)
    said = case.say("law.horizon.missing", missing=_spoken(missing))
    place = case.plan.budget.columns[-1].place
    warning = problem("horizon-short", place, years=_spoken(there), missing=_spoken(missing))
    return Judgement("horizon", Verdict.WARNING, rule, (found, said), source=source, problems=(warning,))


def _spoken(numbers: list[int]) -> str:
    """Write years as a span when they follow on each other, else one by one."""
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return years(numbers[0], numbers[-1])
    return listed([str(number) for number in numbers])


# --- What a budget must hold ----------------------------------------------------------------------------------------


def contents(case: Case) -> Judgement:
    """Does the plan say how it is paid, what is left, and what its goals are, for the economy and for the work?"""
    missing = tuple(_missing_contents(case))
    rule, source = case.say("law.contents.rule"), case.source("contents") or ""
    if missing:
        found = case.say("law.contents.missing", missing=listed(missing))
        warning = problem("contents-missing", case.plan.place, missing=listed(missing))
        return Judgement("contents", Verdict.WARNING, rule, (found,), source=source, problems=(warning,))
    if _states_closing(case):
        return Judgement("contents", Verdict.OK, rule, (case.say("law.contents.all"),), source=source)
    closing = case.money(known(case.year.closing) or 0)
    found = case.say("law.contents.closing-computed", amount=closing)
    note = problem("closing-equity-unstated", case.year.column.place, amount=closing)
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
    """Whether goals for the economy stand among the budget's or the plan's goals, or under a heading of the text."""
    plan = case.plan
    if plan.budget.financial_goals and plan.budget.financial_goals.points:
        return True
    goals = (text for goal in plan.goals for text in (goal.text, *(sub.text for sub in goal.sub_goals)))
    return any(FINANCIAL.search(text) for text in goals) or any(
        FINANCIAL_GOALS.search(heading.text) for heading in case.headings
    )


# --- What staff may want to look at ---------------------------------------------------------------------------------


def activities(case: Case) -> Judgement:
    """Is each activity either for individuals or for structures, as Uppföljning Finsam divides them?"""
    index = case.years.index(case.year)
    rows = [row for row in rows_of(case.plan.budget.costs.rows) if kronor_in(row.cells[index])]
    undivided = [row for row in rows if row.purpose is Purpose.ACTIVITIES]
    if undivided:
        names = listed([f"”{row.name}”" for row in undivided])
        note = problem("activities-undivided", undivided[0].place, rows=names)
        return Judgement("activities", Verdict.NOTE, for_staff=True, problems=(note,))
    if any(row.purpose is None for row in rows):
        why = case.say("law.administration.unknown")
        return replace(unmade(case, "activities", why, "unmade-purposes"), for_staff=True)
    return Judgement("activities", Verdict.OK, for_staff=True)


def limits(case: Case) -> Judgement:
    """Does the text speak of loans, borgen or pledges other than to say that there are none? (21 §, 11 kap. 22 § KL)"""
    told = tuple(_forbidden(case))
    return Judgement("limits", Verdict.NOTE if told else Verdict.OK, for_staff=True, problems=told)


def _forbidden(case: Case) -> Iterator[Problem]:
    body = case.plan.body
    for start, end in _words(case.lowered):
        around = body[max(0, start - AROUND) : end + AROUND]
        if not DENIED.search(around):
            yield problem("limits-mentioned", place_in(case.plan, start, end - start), written=body[start:end])


def _words(lowered: str) -> Iterator[tuple[int, int]]:
    """Yield where such words begin and end. Their beginnings are looked for first: it is ten times as fast."""
    for beginning, whole in FORBIDDEN.items():
        at = lowered.find(beginning)
        while at >= 0:
            match = whole.match(lowered, at)
            if match and not lowered[at - 1 : at].isalnum():
                yield match.span()
            at = lowered.find(beginning, at + 1)
