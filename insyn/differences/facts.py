"""Differences in a plan's metadata: title, decision, registration, and introductory texts."""

from collections.abc import Iterator
from datetime import date
from enum import Enum

from msgspec import Struct

from insyn.dates import PartialDate
from insyn.differences.blocks import plain
from insyn.differences.passages import Passage, changed_text
from insyn.differences.words import setting_apart
from insyn.model import Meeting, Plan, Status
from insyn.swedish import day, listed, partial_date


class FactKind(Enum):
    TITLE = "title"
    SUBTITLE = "subtitle"
    BODY = "body"
    DECIDED = "decided"
    PARAGRAPH = "paragraph"
    REGISTRATION = "registration"
    MEETING = "meeting"
    CONSULTED = "consulted"
    SIGNED_ON = "signed-on"
    SIGNED = "signed"
    BUDGET_HEADING = "budget-heading"


class FactChange(Struct, frozen=True):
    """A fact before and after; None if it isn't stated."""

    fact: FactKind
    older: str | None
    newer: str | None


class Introduction(Enum):
    SUMMARY = "summary"
    AUDIENCE = "audience"
    DEFICIT = "deficit"
    HORIZON = "horizon"


class IntroductionChange(Struct, frozen=True):
    introduction: Introduction
    passage: Passage


def compare_facts(older: Plan, newer: Plan) -> Iterator[FactChange]:
    """Yield the facts that differ."""
    was, now = dict(_facts(older)), dict(_facts(newer))
    if newer.status is not Status.PROPOSAL:
        was[FactKind.MEETING] = now[FactKind.MEETING] = None  # the meeting is no longer ahead
    people, new_people = _people(older), _people(newer)
    was[FactKind.SIGNED] = listed([name for name in people if name not in new_people]) or None
    now[FactKind.SIGNED] = listed([name for name in new_people if name not in people]) or None
    for fact in FactKind:
        if setting_apart(was[fact] or "") != setting_apart(now[fact] or ""):
            yield FactChange(fact, was[fact], now[fact])


def _facts(plan: Plan) -> Iterator[tuple[FactKind, str | None]]:
    decision = plan.decision
    yield FactKind.TITLE, plan.title
    yield FactKind.SUBTITLE, plan.subtitle
    yield FactKind.BODY, decision.body if decision else None
    yield FactKind.DECIDED, _day(plan.decided_on)
    yield FactKind.SIGNED_ON, _day(plan.signed_on)
    yield FactKind.PARAGRAPH, decision.paragraph if decision else None
    yield FactKind.REGISTRATION, plan.registration
    yield FactKind.MEETING, _meeting(plan.meeting)
    yield FactKind.CONSULTED, _partial(plan.consulted)
    yield FactKind.BUDGET_HEADING, plan.budget.heading


def _day(value: date | None) -> str | None:
    return day(value) if value else None


def _partial(value: PartialDate | None) -> str | None:
    return partial_date(value) if value else None


def _meeting(meeting: Meeting | None) -> str | None:
    if meeting is None or meeting.day is None:
        return None
    return ", ".join(part for part in (partial_date(meeting.day), meeting.time, meeting.venue) if part)


def _people(plan: Plan) -> list[str]:
    return [person.name for person in plan.signatures.people] if plan.signatures else []


def compare_introductions(older: Plan, newer: Plan) -> Iterator[IntroductionChange]:
    """Yield the texts in the front matter that differ."""
    for introduction, text, new_text in (
        (Introduction.SUMMARY, older.summary, newer.summary),
        (Introduction.AUDIENCE, older.audience, newer.audience),
        (Introduction.DEFICIT, older.deficit_reason, newer.deficit_reason),
        (Introduction.HORIZON, older.horizon_reason, newer.horizon_reason),
    ):
        passage = changed_text(plain(text) if text else None, plain(new_text) if new_text else None)
        if passage:
            yield IntroductionChange(introduction, passage)
