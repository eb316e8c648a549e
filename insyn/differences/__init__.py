"""Differences between two versions of a plan: facts, money, rows, goals and text.

Everything follows from the two plans, older and newer.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from insyn.differences.alignment import Fate
from insyn.differences.amounts import AmountChange
from insyn.differences.budgets import BudgetDifference, Measure, compare_budgets
from insyn.differences.chapters import TextDifference, compare_texts
from insyn.differences.facts import FactChange, IntroductionChange, compare_facts, compare_introductions
from insyn.differences.goals import GoalChange, compare_financial_goals, compare_follow_up, compare_goals
from insyn.differences.passages import Passage
from insyn.differences.row_pairing import LineKind
from insyn.model import Plan, Revision, Status
from insyn.problems import Place
from insyn.swedish import capitalised, day, listed, number_word
from insyn.texts import Texts
from insyn.vocabulary import kronor_in_words

NOWHERE = Place("")


class VersionSummary(Struct, frozen=True):
    """The facts that identify a version beside another."""

    year: int
    title: str
    status: Status
    day: date | None
    """The day of decision or latest revision."""
    followed_up: date | None
    """The day of the follow-up: when the year's outcome was added."""
    retold: bool
    """Whether its text is a retelling, so that differences may be the retelling's own."""


class Difference(Struct, frozen=True):
    """What differs between two versions of a plan."""

    older: VersionSummary
    newer: VersionSummary
    facts: tuple[FactChange, ...]
    revisions: tuple[Revision, ...]
    """Revisions stated only by the newer version, in the förbund's words."""
    introductions: tuple[IntroductionChange, ...]
    budget: BudgetDifference
    goals: tuple[GoalChange, ...]
    follow_up: tuple[GoalChange, ...]
    financial_goals: tuple[Passage, ...]
    text: TextDifference

    @property
    def is_follow_up(self) -> bool:
        """Whether the newer version only adds the year's outcome to the older: nothing was decided between them."""
        return self.newer.followed_up != self.older.followed_up and not self.revisions and self._is_decided_alike

    @property
    def _is_decided_alike(self) -> bool:
        return (self.older.status, self.older.day) == (self.newer.status, self.newer.day)

    @property
    def is_empty(self) -> bool:
        """Whether there is no difference to show."""
        return self.has_same_contents and not (self.facts or self.revisions) and self.older.status is self.newer.status

    @property
    def has_same_contents(self) -> bool:
        """Whether money, goals and text are the same; the status may differ."""
        told = (self.introductions, self.goals, self.follow_up, self.financial_goals, self.text.chapters)
        return self.budget.is_empty and not any(told)

    def summary(self, texts: Texts) -> str:
        """Return a few sentences on what has changed."""
        if self.is_follow_up and self.newer.followed_up:
            return f"{texts.say('difference-follow-up', day=day(self.newer.followed_up))} {self._changes(texts)}"
        return self._changes(texts)

    def _changes(self, texts: Texts) -> str:
        if self.is_empty:
            return texts.say("difference-none")
        if self.has_same_contents:
            return texts.say("difference-same-contents")
        counted = capitalised(listed(_counted(self, texts)))
        return f"{counted}. {_money(self.budget, texts)}".strip()


def compare(older: Plan, newer: Plan) -> Difference:
    """Return what differs between two versions of a plan."""
    return Difference(
        older=_version(older),
        newer=_version(newer),
        facts=tuple(compare_facts(older, newer)),
        revisions=tuple(_new_revisions(older, newer)),
        introductions=tuple(compare_introductions(older, newer)),
        budget=compare_budgets(older.budget, newer.budget),
        goals=compare_goals(older.goals, newer.goals),
        follow_up=compare_follow_up(older.follow_up, newer.follow_up),
        financial_goals=compare_financial_goals(older.budget.financial_goals, newer.budget.financial_goals),
        text=compare_texts(older.body, newer.body),
    )


def _new_revisions(older: Plan, newer: Plan) -> Iterator[Revision]:
    """Yield the revisions that only the newer plan has, in any order."""
    known = [replace(revision, place=NOWHERE) for revision in older.revisions]
    return (revision for revision in newer.revisions if replace(revision, place=NOWHERE) not in known)


def _version(plan: Plan) -> VersionSummary:
    days = [revision.day for revision in plan.revisions] if plan.status is Status.REVISED else []
    decided = max(days, default=plan.decided_on)
    return VersionSummary(plan.year, plan.title, plan.status, decided, plan.followed_up, plan.retold)


# --- In a sentence --------------------------------------------------------------------------------------------------


def _counted(difference: Difference, texts: Texts) -> list[str]:
    """Return counts by kind, "tre belopp ändrades"; of minor kinds only when nothing else has changed."""
    great = [*_great_in_the_budget(difference.budget), *_in_goals_and_text(difference)]
    said = [_counted_one(key, count, texts) for key, count in great if count]
    if said:
        return said
    small = [_counted_one(key, count, texts) for key, count in _small_in_the_budget(difference.budget) if count]
    changed = (f"difference-introduction-{change.introduction.value}" for change in difference.introductions)
    return [*small, *(texts.say(key) for key in changed)]


def _counted_one(key: str, count: int, texts: Texts) -> str:
    counted = f"{key}-one" if count == 1 else f"{key}-many"
    return texts.say(counted, count=number_word(count))


def _great_in_the_budget(budget: BudgetDifference) -> Iterator[tuple[str, int]]:
    rows = [row for row in budget.rows if row.kind is LineKind.ROW]
    yield "difference-amounts", _amounts(budget)
    yield "difference-rows-guessed-changed", _guessed_with_other_amounts(budget)
    yield "difference-rows-new", sum(row.fate is Fate.ADDED for row in rows)
    yield "difference-rows-gone", sum(row.fate is Fate.REMOVED for row in rows)


def _small_in_the_budget(budget: BudgetDifference) -> Iterator[tuple[str, int]]:
    rows = [row for row in budget.rows if row.kind is LineKind.ROW]
    renamed = [row for row in rows if row.former_name is not None]
    yield "difference-rows-renamed", sum(not row.is_guessed for row in renamed)
    yield "difference-rows-guessed", sum(row.is_guessed for row in renamed)
    yield "difference-rows-moved", sum(row.move is not None for row in rows)
    yield "difference-rows-classified", sum(row.purposes is not None or row.funders is not None for row in rows)
    yield "difference-rows-explained", sum(row.explanation is not None or row.comment is not None for row in rows)
    yield "difference-groups", len(budget.rows) - len(rows)
    yield "difference-sums", len(budget.sums) + _new_and_gone_sums(budget)
    yield "difference-breakdowns", len(budget.breakdowns)
    yield "difference-columns", len(budget.restated)
    yield "difference-notes", len(budget.notes) + len(budget.deviations)
    yield "difference-units", int(budget.has_other_unit)


def _amounts(budget: BudgetDifference) -> int:
    """Count changed amounts of rows, or of sums if no row has changed; none of lines that are only guessed."""
    kept = [change for change in _of_columns(budget) if change.fate is Fate.KEPT and change.guessed_from is None]
    on_rows = sum(change.kind is LineKind.ROW for change in kept)
    return on_rows or len(kept) + len(budget.equity)


def _guessed_with_other_amounts(budget: BudgetDifference) -> int:
    names = {(one.guessed_from, one.name) for one in _of_columns(budget) if one.kind is LineKind.ROW}
    return sum(former is not None for former, _ in names)


def _new_and_gone_sums(budget: BudgetDifference) -> int:
    lone = (one for one in _of_columns(budget) if one.fate is not Fate.KEPT and one.kind is not LineKind.ROW)
    return len({(one.kind, one.name, one.group) for one in lone})


def _of_columns(budget: BudgetDifference) -> Iterator[AmountChange]:
    return (change for column in budget.columns for change in column.amounts)


def _in_goals_and_text(difference: Difference) -> Iterator[tuple[str, int]]:
    chapters = difference.text.chapters
    kept = [chapter for chapter in chapters if chapter.fate is Fate.KEPT]
    aims = sum(aim.size for aim in (*difference.goals, *difference.follow_up))
    yield "difference-aims", aims + len(difference.financial_goals)
    yield "difference-chapters-new", sum(chapter.fate is Fate.ADDED for chapter in chapters)
    yield "difference-chapters-gone", sum(chapter.fate is Fate.REMOVED for chapter in chapters)
    yield "difference-chapters-moved", sum(chapter.move is not None for chapter in kept)
    yield "difference-chapters-changed", sum(bool(one.passages or one.former_heading) for one in kept)


def _money(budget: BudgetDifference, texts: Texts) -> str:
    """Return a sentence on the change of the year's costs and incomes, if the main column has changed."""
    changed = [column for column in budget.columns if column.amounts and column.newer == budget.main]
    amounts = {change.measure: change.newer - change.older for change in budget.measures}
    if not changed or budget.main is None or not {Measure.COSTS, Measure.INCOME} <= amounts.keys():
        return ""
    year = budget.main.year
    costs, income = amounts[Measure.COSTS], amounts[Measure.INCOME]
    if costs and income:
        more, less = _direction(costs), _direction(income)
        return texts.say(
            f"difference-both.{more}-{less}",
            year=year,
            costs=_kronor(costs, texts),
            income=_kronor(income, texts),
        )
    if costs:
        return texts.say(f"difference-costs-{_direction(costs)}", year=year, costs=_kronor(costs, texts))
    if income:
        return texts.say(f"difference-income-{_direction(income)}", year=year, income=_kronor(income, texts))
    return texts.say("difference-money-same", year=year)


def _direction(change: int) -> str:
    return "up" if change > 0 else "down"


def _kronor(change: int, texts: Texts) -> str:
    return kronor_in_words(abs(change), texts)
