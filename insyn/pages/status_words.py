"""A plan's status and version in words."""

from datetime import date

from insyn.model import ColumnKind, DocumentKind, Plan, Status
from insyn.swedish import day, on_date, partial_date, years
from insyn.texts import Texts
from insyn.versions.digest import DECIDED, PlanDigest


def decided_day(plan: Plan) -> date | None:
    """Return the day when a plan that applies was decided or last revised."""
    if plan.status not in DECIDED:
        return None
    days = [revision.day for revision in plan.revisions]
    if plan.decided_on:
        days.append(plan.decided_on)
    return max(days, default=None)


def proposal_text(plan: Plan, texts: Texts) -> str:
    """Return a sentence that a plan is a proposal, with the day of decision if known (19 and 23 §§ lag 2003:1210)."""
    meeting = plan.meeting
    if meeting is None or meeting.day is None:
        return texts.say("banner-proposal-undecided")
    time = f" klockan {meeting.time}" if meeting.time else ""
    place = f" i {meeting.venue}" if meeting.venue else ""
    key = "banner-proposal-closed" if meeting.public is False else "banner-proposal-meeting"
    return texts.say(key, when=on_date(meeting.day), time=time, place=place)


def applies(plan: Plan, texts: Texts) -> str:
    """Return a phrase with the plan's year, and the years of its later columns."""
    key = "applies" if plan.status in DECIDED and plan.document is DocumentKind.PLAN else "concerns"
    later = [column for column in plan.budget.columns if column.year > plan.year]
    if not later:
        return texts.say(key, year=plan.year)
    kind = "budget" if all(column.kind is ColumnKind.BUDGET for column in later) else "plan"
    span = years(min(column.year for column in later), max(column.year for column in later))
    return texts.say(f"{key}-with-{kind}", year=plan.year, years=span)


def status_text(status: Status, when: date | None, texts: Texts) -> str:
    """Return a status with its day, if that is known: "Beslutad 24 november 2021"."""
    key = f"status-{status.value}"
    if status in DECIDED:
        return texts.say(key, day=day(when)) if when else texts.say(f"{key}-undated")
    return texts.say(key)


def version_name(digest: PlanDigest, texts: Texts) -> str:
    """Return the name of a version among others: "Förslag 28 oktober 2024"."""
    if digest.status is Status.PROPOSAL and digest.day:
        return texts.say("version-proposal", day=day(digest.day))
    if digest.followed_up:
        return texts.say("version-followed", day=partial_date(digest.followed_up.day))
    return status_text(digest.status, digest.day, texts)
