"""Goals, targets and follow-up as tables and lists."""

from collections.abc import Callable

from msgspec import Struct

from insyn.charts.chart import Message
from insyn.model import FinancialGoals, FollowUp, Goal, GoalStatus, ListedText, Plan, SubGoal, Target
from insyn.pages.notes import MarkView, Notes, NoteView
from insyn.swedish import HARD_SPACE
from insyn.texts import Texts


class ListedTextView(Struct, frozen=True):
    text: str
    points: tuple[str, ...]


class GoalStatusView(Struct, frozen=True):
    """The result of a goal: the name of a shape, and a word with the same meaning."""

    kind: str
    """reached, partly, missed or not-measured."""
    word: str


class GoalMessage(Struct, frozen=True):
    """The message above the table of goals."""

    id: str
    title: str
    summary: str
    by_staff: bool


class GoalRow(Struct, frozen=True):
    text: str
    marks: tuple[MarkView, ...]
    activities: tuple[ListedTextView, ...]
    measures: tuple[ListedTextView, ...]
    targets: tuple[str, ...]
    responsible: str | None
    status: GoalStatusView
    outcome: str | None
    comment: str | None


class GoalGroup(Struct, frozen=True):
    text: str
    marks: tuple[MarkView, ...]
    law_reference: str | None
    responsible: str | None
    rows: tuple[GoalRow, ...]


class GoalTable(Struct, frozen=True):
    """Goals with their parts. A column heading is None if no goal of the plan uses the column."""

    goal: str | None
    """Prefix of each goal's text, if the plan prints a heading for it."""
    sub_goal: str
    activities: str | None
    measures: str | None
    targets: str | None
    responsible: str | None
    status: str | None
    outcome: str | None
    groups: tuple[GoalGroup, ...]
    notes: tuple[NoteView, ...]
    message: GoalMessage | None


class PointView(Struct, frozen=True):
    text: str
    marks: tuple[MarkView, ...]
    detail: str | None


class PointList(Struct, frozen=True):
    """A list of points with notes of its own."""

    points: tuple[PointView, ...]
    notes: tuple[NoteView, ...]


def goal_table(plan: Plan, message: Message | None, texts: Texts) -> GoalTable | None:
    """Lay out the goals; columns that no goal uses are left out."""
    if not plan.goals:
        return None
    printed, notes = plan.goal_headings, Notes("mal", plan.goal_notes)
    groups = tuple(_group(goal, notes, texts) for goal in plan.goals)
    return GoalTable(
        goal=printed.goal,
        sub_goal=printed.sub_goal or "Delmål",
        activities=(printed.activities or "Aktiviteter") if _any(plan, lambda sub: sub.activities) else None,
        measures=(printed.measures or "Mått") if _any(plan, lambda sub: sub.measures) else None,
        targets="Målvärde" if _any(plan, lambda sub: sub.targets) else None,
        responsible=(printed.responsible or "Ansvarig") if _any(plan, lambda sub: sub.responsible) else None,
        status="Nåddes målet?" if _any(plan, lambda sub: sub.status) else None,
        outcome="Så gick det" if _any(plan, lambda sub: sub.outcome or sub.comment) else None,
        groups=groups,
        notes=notes.views(),
        message=GoalMessage(message.id, message.title, message.summary, message.by_staff) if message else None,
    )


def _any(plan: Plan, used: Callable[[SubGoal], object]) -> bool:
    return any(used(sub) for goal in plan.goals for sub in goal.sub_goals)


def _group(goal: Goal, notes: Notes, texts: Texts) -> GoalGroup:
    marks = notes.marks(goal.mark)
    rows = tuple(_row(sub_goal, notes, texts) for sub_goal in goal.sub_goals)
    return GoalGroup(goal.text, marks, goal.law_reference, goal.responsible, rows)


def _row(sub_goal: SubGoal, notes: Notes, texts: Texts) -> GoalRow:
    return GoalRow(
        text=sub_goal.text,
        marks=notes.marks(sub_goal.mark),
        activities=_listed(sub_goal.activities),
        measures=_listed(sub_goal.measures),
        targets=tuple(target_text(target, texts) for target in sub_goal.targets),
        responsible=sub_goal.responsible,
        status=_mark(sub_goal, texts),
        outcome=sub_goal.outcome,
        comment=sub_goal.comment,
    )


def _mark(sub_goal: SubGoal, texts: Texts) -> GoalStatusView:
    """Return the mark of a sub-goal. Without a status nothing is claimed: neither that it was measured nor not."""
    if sub_goal.status is None:
        untold = "goals.status-not-judged" if sub_goal.outcome else "goals.status-untold"
        return GoalStatusView(GoalStatus.NOT_MEASURED.value, texts.say(untold))
    return status_view(sub_goal.status, texts)


def status_view(status: GoalStatus, texts: Texts) -> GoalStatusView:
    return GoalStatusView(status.value, status_word(status, texts))


def status_word(status: GoalStatus, texts: Texts) -> str:
    return texts.say(f"goals.status-{status.value}")


def _listed(texts: tuple[ListedText, ...]) -> tuple[ListedTextView, ...]:
    return tuple(ListedTextView(text.text, text.points) for text in texts)


def target_text(target: Target, texts: Texts) -> str:
    """Format a target in words: "minst 75 %, närvaro på helår"."""
    value = f"{target.value}{HARD_SPACE}{target.unit}".strip()
    if target.direction is not None:
        value = texts.say(f"target-{target.direction.value}", value=value)
    joint = "" if not target.subject else (" " if target.subject.startswith("av ") else ", ")
    return f"{value}{joint}{target.subject or ''}"


def follow_up_list(follow_up: FollowUp | None, texts: Texts) -> PointList | None:
    if follow_up is None:
        return None
    notes = Notes("uppfoljning", follow_up.notes)
    points = tuple(
        PointView(
            point.text,
            notes.marks(point.mark),
            "; ".join(target_text(target, texts) for target in point.targets) or None,
        )
        for point in follow_up.points
    )
    return PointList(points, notes.views())


def financial_goal_list(goals: FinancialGoals | None) -> PointList | None:
    if goals is None:
        return None
    notes = Notes("finansiella-mal", goals.notes)
    points = tuple(PointView(goal.text, notes.marks(goal.mark), None) for goal in goals.points)
    return PointList(points, notes.views())
