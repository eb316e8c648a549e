"""A förbund's goals over the years: the plans that have them, their targets, and their results (D14)."""

from collections.abc import Iterator, Sequence
from itertools import count as counting
from typing import ClassVar

from msgspec import Struct

from insyn.charts.chart import ChartTable, TableRow
from insyn.charts.goals import count_of, reached_words
from insyn.model import Association, Goal, GoalStatus, Plan, Status, SubGoal
from insyn.money.plan_money import USED
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link
from insyn.pages.goals import GoalStatusView, status_view, status_word, target_text
from insyn.pages.parts import PageLink
from insyn.swedish import listed, slug
from insyn.swedish import years as year_span
from insyn.texts import Texts


class GoalYear(Struct, frozen=True):
    """A sub-goal as stated in one plan. None if the plan doesn't state it."""

    plan: PageLink
    targets: str | None
    outcome: str | None
    comment: str | None
    status: GoalStatusView | None


class PartOverYears(Struct, frozen=True):
    text: str
    years: tuple[GoalYear, ...]


class GoalOverYears(Struct, frozen=True):
    id: str
    text: str
    """The wording of the newest plan."""
    years: str
    earlier: tuple[str, ...]
    """The wordings of older plans, if they differ."""
    parts: tuple[PartOverYears, ...]


class GoalsPage(Page, frozen=True):
    template: ClassVar = "pages/goals.html"
    title: str
    association: str
    lead: str
    overview: ChartTable
    goals: tuple[GoalOverYears, ...]


class GoalPart(Struct, frozen=True):
    """A sub-goal in one plan."""

    id: str
    """Derived from its wording: the same over the years as long as the wording is."""
    text: str
    targets: tuple[str, ...]
    """In words: "minst 75 %"."""
    outcome: str | None
    status: GoalStatus | None
    comment: str | None


class PlanGoal(Struct, frozen=True):
    id: str
    """The same over the years."""
    text: str
    parts: tuple[GoalPart, ...]


class PlanGoals(Struct, frozen=True):
    """The goals of one plan: all that the page over the years needs from it."""

    association: str
    year: int
    status: Status
    goals: tuple[PlanGoal, ...]

    @property
    def is_used(self) -> bool:
        return self.status in USED and bool(self.goals)

    @property
    def parts(self) -> tuple[GoalPart, ...]:
        return tuple(part for goal in self.goals for part in goal.parts)


def goals_of(plan: Plan, texts: Texts) -> PlanGoals:
    """Summarise a plan's goals."""
    goals = tuple(_goal(goal, texts) for goal in plan.goals)
    return PlanGoals(plan.association, plan.year, plan.status, goals)


def _goal(goal: Goal, texts: Texts) -> PlanGoal:
    return PlanGoal(goal.id, goal.text, tuple(_part(sub_goal, texts) for sub_goal in goal.sub_goals))


def _part(sub_goal: SubGoal, texts: Texts) -> GoalPart:
    return GoalPart(
        id=slug(sub_goal.text),
        text=sub_goal.text,
        targets=tuple(target_text(target, texts) for target in sub_goal.targets),
        outcome=sub_goal.outcome,
        status=sub_goal.status,
        comment=sub_goal.comment,
    )


def has_followed(plan: PlanGoals) -> bool:
    """Whether the plan is used, and states the result of any of its goals."""
    return plan.is_used and any(part.status or part.outcome for part in plan.parts)


def goals_neighbour(association: str) -> Neighbour:
    return Neighbour("Målen år för år", f"{association}/mal/")


def goals_page(
    association: Association, goals: Sequence[PlanGoals], surroundings: Surroundings, texts: Texts
) -> GoalsPage:
    """Compose the page. Goals are in the order of the newest plan that has them, those of older plans last."""
    used = sorted((plan for plan in goals if plan.is_used), key=lambda plan: plan.year)
    here = goals_neighbour(association.id)
    name = association.name
    return GoalsPage(
        frame=frame(
            surroundings,
            here.path,
            title=f"{here.text} – {name}",
            description=texts.say("goals.description", association=name),
            above=(Neighbour(name, f"{association.id}/"), here),
        ),
        title=here.text,
        association=name,
        lead=_lead(used, texts),
        overview=_overview(used, texts),
        goals=tuple(_over_years(used, here.path, texts)),
    )


# --- In total -------------------------------------------------------------------------------------------------------


def _lead(plans: Sequence[PlanGoals], texts: Texts) -> str:
    """Return the results of the latest year that was followed up. Unmeasured goals count as neither."""
    for plan in reversed(plans):
        count = count_of(part.status for part in plan.parts)
        if count.measured:
            return f"{reached_words(count, plan.year, texts)}."
    return texts.say("goals.not-followed")


def _overview(plans: Sequence[PlanGoals], texts: Texts) -> ChartTable:
    """Count the sub-goals of each plan by result."""
    rows = []
    for plan in plans:
        told = [part.status for part in plan.parts]
        counts = [told.count(status) for status in GoalStatus] + [told.count(None)]
        rows.append(TableRow(str(plan.year), tuple(map(str, (len(told), *counts)))))
    headings = ("År", "Delmål", *(status_word(status, texts) for status in GoalStatus), "Uppgift saknas")
    return ChartTable("Delmål efter hur det gick", headings, tuple(rows))


# --- Each goal ------------------------------------------------------------------------------------------------------


def _over_years(plans: Sequence[PlanGoals], here: str, texts: Texts) -> Iterator[GoalOverYears]:
    taken: set[str] = set()
    by_id: dict[str, list[tuple[PlanGoals, PlanGoal]]] = {}
    for plan in reversed(plans):
        for goal in plan.goals:
            by_id.setdefault(goal.id, []).append((plan, goal))
    for id, newest_first in by_id.items():
        found = newest_first[::-1]
        text = newest_first[0][1].text
        earlier = dict.fromkeys(goal.text for _, goal in reversed(found) if goal.text != text)
        yield GoalOverYears(
            id=_anchor(id, taken),
            text=text,
            years=_years([plan.year for plan, _ in found]),
            earlier=tuple(earlier),
            parts=tuple(_parts(found, here, texts)),
        )


def _anchor(id: str, taken: set[str]) -> str:
    """Return an id for the page that no other goal has."""
    wanted = f"mal-{slug(id)}"
    numbered = (f"{wanted}-{number}" for number in counting(2))
    anchor = wanted if wanted not in taken else next(one for one in numbered if one not in taken)
    taken.add(anchor)
    return anchor


def _years(numbers: Sequence[int]) -> str:
    """Format years, with ranges for consecutive ones: 2019 och 2021–2023."""
    spans: list[tuple[int, int]] = []
    for year in sorted(set(numbers)):
        if spans and year == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return listed([year_span(*span) for span in spans])


def _parts(found: Sequence[tuple[PlanGoals, PlanGoal]], here: str, texts: Texts) -> Iterator[PartOverYears]:
    """Yield each sub-goal with its years, in the order of the newest plan."""
    by_id: dict[str, list[tuple[PlanGoals, GoalPart]]] = {}
    for plan, goal in reversed(found):
        for part in goal.parts:
            by_id.setdefault(part.id, []).append((plan, part))
    for newest_first in by_id.values():
        years = tuple(_year(plan, part, here, texts) for plan, part in reversed(newest_first))
        yield PartOverYears(newest_first[0][1].text, years)


def _year(plan: PlanGoals, part: GoalPart, here: str, texts: Texts) -> GoalYear:
    key = "goals.year-proposal" if plan.status is Status.PROPOSAL else "goals.year"
    return GoalYear(
        plan=link(here, Neighbour(texts.say(key, year=plan.year), f"{plan.association}/{plan.year}/#mal")),
        targets="; ".join(part.targets) or None,
        outcome=part.outcome,
        comment=part.comment,
        status=status_view(part.status, texts) if part.status else None,
    )
