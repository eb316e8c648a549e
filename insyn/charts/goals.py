"""Were the goals reached? A message above the table of goals (D14)."""

from collections.abc import Iterable

from msgspec import Struct

from insyn.charts.chart import Message
from insyn.model import GoalStatus, Plan, SubGoal
from insyn.swedish import capitalised, listed, number_beside, number_word
from insyn.texts import Texts

MEASURED = frozenset({GoalStatus.REACHED, GoalStatus.PARTLY, GoalStatus.MISSED})
"""A goal that isn't measured is neither reached nor missed."""


class GoalCount(Struct, frozen=True):
    """The results of a plan's sub-goals, counted the same way everywhere."""

    all: int
    measured: int
    reached: int
    partly: int


def count_of(statuses: Iterable[GoalStatus | None]) -> GoalCount:
    """Count sub-goals by what is said of them, with or without a target."""
    told = list(statuses)
    measured = sum(one in MEASURED for one in told)
    return GoalCount(len(told), measured, told.count(GoalStatus.REACHED), told.count(GoalStatus.PARTLY))


def reached_words(count: GoalCount, year: int, texts: Texts) -> str:
    """Say how many of the followed-up sub-goals were reached."""
    result = "reached" if count.reached else "partly" if count.partly else "missed"
    if count.measured == 1:
        return texts.say(f"goals.only-{result}", year=year)
    reached = capitalised(number_beside(count.reached, count.measured, neuter=True))
    return texts.say(f"goals.title-{result}", reached=reached, measured=number_word(count.measured), year=year)


def goals(plan: Plan, texts: Texts) -> Message | None:
    """Return the outcome of goals, or before follow-up how many are measurable; None without goals."""
    if not plan.goals:
        return None
    subs = [sub for goal in plan.goals for sub in goal.sub_goals]
    count = count_of(sub.status for sub in subs)
    if not count.measured:
        return Message("nades-malen", _before(plan, subs, texts), _measures(subs, texts))
    title = reached_words(count, plan.year, texts)
    return Message("nades-malen", title, _how_it_went(subs, texts))


# --- Before anything is followed up ---------------------------------------------------------------------------------


def _before(plan: Plan, subs: list[SubGoal], texts: Texts) -> str:
    measurable = [sub for sub in subs if sub.measures or sub.targets]
    return texts.say(
        f"goals.plan-{_measurable(len(measurable), len(subs))}",
        goals=texts.say("goals.one" if len(plan.goals) == 1 else "goals.many", count=number_word(len(plan.goals))),
        measurable=number_beside(len(measurable), len(subs), neuter=True),
        subs=number_word(len(subs)),
    )


def _measurable(some: int, of: int) -> str:
    if of == 0:
        return "none"
    if of == 1:
        return "only" if some else "only-unmeasurable"
    if some == of:
        return "all"
    return "measurable" if some else "unmeasurable"


def _measures(subs: list[SubGoal], texts: Texts) -> str:
    """Return a sentence on how many sub-goals have a target."""
    sentences = [texts.say("goals.not-yet")]
    if len(subs) > 1:
        targets = sum(bool(sub.targets) for sub in subs)
        many = {0: "none", 1: "one", len(subs): "all"}.get(targets, "many")
        told = texts.say(f"goals.targets-{many}", count=capitalised(number_word(targets)))
        sentences = [texts.say("goals.measurable"), told, *sentences]
    return " ".join(sentences)


# --- After ----------------------------------------------------------------------------------------------------------


def _how_it_went(subs: list[SubGoal], texts: Texts) -> str:
    """Return a count of sub-goals by status. One without a status isn't said to be anything."""
    told = [sub.status for sub in subs]
    parts = [
        texts.say(
            f"goals.count-{status.value if status else 'untold'}-{'one' if count == 1 else 'many'}",
            count=_counted(count, len(subs)),
        )
        for status in (*GoalStatus, None)
        if (count := told.count(status))
    ]
    key = "goals.summary-only" if len(subs) == 1 else "goals.summary"
    return texts.say(key, subs=number_word(len(subs)), parts=listed([part.strip() for part in parts]))


def _counted(count: int, of: int) -> str:
    """Return a count, unless it is the only one: "ett uppnått", "uppnått"."""
    return "" if of == 1 else number_beside(count, of, neuter=True)
