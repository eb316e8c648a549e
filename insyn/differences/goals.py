"""Differences between goals, with sub-goals, targets and measures, and between follow-up points."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct

from insyn.differences.alignment import Fate, alike, in_same_order, pair_equal, pair_unique, woven
from insyn.differences.passages import Passage, changed_list, changed_text
from insyn.differences.words import setting_apart, words_of
from insyn.model import FinancialGoals, FollowUp, Goal, GoalStatus, ListedText, SubGoal, Target
from insyn.swedish import slug


class Aspect(Enum):
    """A property of a goal besides text and targets."""

    ACTIVITIES = "activities"
    MEASURES = "measures"
    RESPONSIBLE = "responsible"
    LAW = "law"
    OUTCOME = "outcome"
    COMMENT = "comment"


class TargetChange(Struct, frozen=True):
    """A target before and after; None if there is none."""

    older: Target | None
    newer: Target | None


class AspectChange(Struct, frozen=True):
    aspect: Aspect
    passages: tuple[Passage, ...]


class GoalChange(Struct, frozen=True):
    """A changed goal, sub-goal or follow-up point."""

    fate: Fate
    text: str
    passage: Passage | None
    """The difference in its text; the whole text if it is new or removed."""
    is_moved: bool
    aspects: tuple[AspectChange, ...]
    targets: tuple[TargetChange, ...]
    statuses: tuple[GoalStatus | None, GoalStatus | None] | None
    """Before and after; None if unchanged."""
    parts: tuple["GoalChange", ...]

    @property
    def is_empty(self) -> bool:
        told = (self.passage, self.is_moved, self.aspects, self.targets, self.statuses, self.parts)
        return not any(told)

    @property
    def size(self) -> int:
        """Number of changed goals and sub-goals; a new or removed one counts as one."""
        if self.fate is not Fate.KEPT:
            return 1
        own = any((self.passage, self.is_moved, self.aspects, self.targets, self.statuses))
        return int(own) + sum(part.size for part in self.parts)


class Aim(Struct, frozen=True):
    """A goal, sub-goal or follow-up point in a common form."""

    text: str
    id: str | None = None
    has_given_id: bool = False
    """Whether the plan gives the id; otherwise it is made from the text."""
    aspects: tuple[tuple[Aspect, tuple[str, ...]], ...] = ()
    targets: tuple[Target, ...] = ()
    status: GoalStatus | None = None
    parts: tuple["Aim", ...] = ()


NOTHING = Aim("")


def compare_goals(older: Sequence[Goal], newer: Sequence[Goal]) -> tuple[GoalChange, ...]:
    """Return the goals that differ, in the newer version's order."""
    return tuple(_compare([_aim(goal) for goal in older], [_aim(goal) for goal in newer]))


def compare_follow_up(older: FollowUp | None, newer: FollowUp | None) -> tuple[GoalChange, ...]:
    """Return the follow-up points that differ."""
    return tuple(_compare(_points(older), _points(newer)))


def compare_financial_goals(older: FinancialGoals | None, newer: FinancialGoals | None) -> tuple[Passage, ...]:
    """Return the financial goals that differ."""
    return changed_list(_financial(older), _financial(newer))


def _points(follow_up: FollowUp | None) -> list[Aim]:
    return [Aim(point.text, targets=point.targets) for point in follow_up.points] if follow_up else []


def _financial(goals: FinancialGoals | None) -> list[str]:
    return [goal.text for goal in goals.points] if goals else []


def _aim(goal: Goal) -> Aim:
    return Aim(
        goal.text,
        id=goal.id,
        has_given_id=goal.id != slug(goal.text),
        aspects=((Aspect.LAW, _known(goal.law_reference)), (Aspect.RESPONSIBLE, _known(goal.responsible))),
        parts=tuple(_part(sub_goal) for sub_goal in goal.sub_goals),
    )


def _part(sub_goal: SubGoal) -> Aim:
    aspects = (
        (Aspect.ACTIVITIES, _listed(sub_goal.activities)),
        (Aspect.MEASURES, _listed(sub_goal.measures)),
        (Aspect.RESPONSIBLE, _known(sub_goal.responsible)),
        (Aspect.OUTCOME, _known(sub_goal.outcome)),
        (Aspect.COMMENT, _known(sub_goal.comment)),
    )
    return Aim(sub_goal.text, aspects=aspects, targets=sub_goal.targets, status=sub_goal.status)


def _known(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _listed(texts: Sequence[ListedText]) -> tuple[str, ...]:
    return tuple(text for one in texts for text in (one.text, *one.points))


# --- Comparison -----------------------------------------------------------------------------------------------------


def _compare(older: Sequence[Aim], newer: Sequence[Aim]) -> Iterator[GoalChange]:
    pairs = _paired(older, newer)
    back = [old for old, _ in sorted(pairs.items(), key=lambda pair: pair[1])]
    names = ["\n".join(sorted((older[old].text, newer[pairs[old]].text))) for old in back]
    in_place = {back[number] for number in in_same_order(back, names)}
    for old, new in woven(len(older), len(newer), pairs):
        fate = Fate.REMOVED if new is None else Fate.ADDED if old is None else Fate.KEPT
        one = older[old] if old is not None else NOTHING
        other = newer[new] if new is not None else NOTHING
        change = _change(fate, one, other, is_moved=fate is Fate.KEPT and old not in in_place)
        if not change.is_empty:
            yield change


def _paired(older: Sequence[Aim], newer: Sequence[Aim]) -> dict[int, int]:
    """Pair goals: by id if either version gives it, by full content, by text, then by similarity of content."""
    pairs: dict[int, int] = {}
    given = {aim.id for aim in (*older, *newer) if aim.has_given_id}
    ids, new_ids = ([aim.id if aim.id in given else None for aim in aims] for aims in (older, newer))
    pair_unique(ids, new_ids, pairs)
    pair_equal(older, newer, pairs)
    pair_unique([setting_apart(aim.text) for aim in older], [setting_apart(aim.text) for aim in newer], pairs)
    left = [number for number in range(len(older)) if number not in pairs]
    taken = set(pairs.values())
    right = [number for number in range(len(newer)) if number not in taken]
    found = alike([_words(older[number]) for number in left], [_words(newer[number]) for number in right])
    return pairs | {left[one]: right[other] for one, other in found.items()}


def _words(aim: Aim) -> Counter[str]:
    return words_of(" ".join(_said(aim)))


def _said(aim: Aim) -> Iterator[str]:
    yield aim.text
    yield from (text for _, texts in aim.aspects for text in texts)
    for part in aim.parts:
        yield from _said(part)


def _change(fate: Fate, older: Aim, newer: Aim, *, is_moved: bool) -> GoalChange:
    aspects, new_aspects = dict(older.aspects), dict(newer.aspects)
    changes = (
        AspectChange(aspect, changed_list(aspects.get(aspect, ()), new_aspects.get(aspect, ()))) for aspect in Aspect
    )
    return GoalChange(
        fate=fate,
        text=older.text if fate is Fate.REMOVED else newer.text,
        passage=changed_text(older.text, newer.text),
        is_moved=is_moved,
        aspects=tuple(change for change in changes if change.passages),
        targets=tuple(_targets(older.targets, newer.targets)),
        statuses=(older.status, newer.status) if older.status is not newer.status else None,
        parts=tuple(_compare(older.parts, newer.parts)),
    )


def _targets(older: Sequence[Target], newer: Sequence[Target]) -> Iterator[TargetChange]:
    """Yield the targets that differ, paired by subject and unit."""
    pairs: dict[int, int] = {}
    pair_equal(older, newer, pairs)
    pair_equal([(one.subject, one.unit) for one in older], [(one.subject, one.unit) for one in newer], pairs)
    for old, new in woven(len(older), len(newer), pairs):
        change = TargetChange(older[old] if old is not None else None, newer[new] if new is not None else None)
        if change.older != change.newer:
            yield change
