"""Does the site have the accessibility statement of 13 § lag (2018:1937), can it be true, and is it up to date?"""

from collections.abc import Iterator
from datetime import date

from insyn.model import Conformance, GapReason, Plan, Settings
from insyn.problems import Problem, problem
from insyn.swedish import day


def check(settings: Settings) -> Iterator[Problem]:
    """Yield a problem if the statement is missing, or if it contradicts itself."""
    statement = settings.statement
    if statement is None:
        yield problem("statement-missing", settings.place)
        return
    if statement.conformance is Conformance.FULL and any(gap.reason is not GapReason.OUTSIDE for gap in statement.gaps):
        yield problem("statement-contradicts", statement.conformance_place)


def check_age(settings: Settings, newest: date | None) -> Iterator[Problem]:
    """Yield a problem if the statement or the assessment is over a year older than the newest day in the plans.

    There is no clock here: the same content must always give the same pages and the same words. A förbund decides on a
    plan every year, so its plans show when a year has passed.
    """
    statement = settings.statement
    if statement is None or newest is None:
        return
    dated = ((statement.assessed, statement.assessed_place), (statement.updated, statement.updated_place))
    told = [(written, place) for written, place in dated if written]
    if told:
        written, place = min(told)
        if _is_older_than_a_year(written, newest):
            yield problem("statement-old", place, day=day(written), newest=day(newest))


def _is_older_than_a_year(written: date, newest: date) -> bool:
    return (written.year + 1, written.month, written.day) < (newest.year, newest.month, newest.day)


def newest_day(plan: Plan) -> date | None:
    """Return the latest day on which a plan says that something happened to it; a coming meeting doesn't count.

    A day later than the year after the plan's is a typing error, which another check reports.
    """
    days = [revision.day for revision in plan.revisions]
    partial = (plan.meeting.announced if plan.meeting else None, plan.consulted, plan.published)
    told = (plan.decided_on, plan.signed_on, *(one.day for one in partial if one))
    days += [written for written in told if written]
    return max((written for written in days if written.year <= plan.year + 1), default=None)
