"""What differs in what two plans say of themselves: title, decision, numbers, and the texts that introduce them."""

from collections.abc import Iterator
from datetime import date
from enum import Enum

from msgspec import Struct

from insyn.differences.blocks import plain
from insyn.differences.passages import Passage, changed_text
from insyn.differences.words import setting_apart
from insyn.model import Meeting, Plan, Status
from insyn.swedish import day, listed


class Fact(Enum):
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
    """What is said, before and after; None where nothing is."""

    fact: Fact
    older: str | None
    newer: str | None


class Introduction(Enum):
    SUMMARY = "summary"
    AUDIENCE = "audience"
    DEFICIT = "deficit"


class IntroductionChange(Struct, frozen=True):
    introduction: Introduction
    passage: Passage


def compare_facts(older: Plan, newer: Plan) -> Iterator[FactChange]:
    """Yield the facts that differ."""
    was, now = dict(_facts(older)), dict(_facts(newer))
    if newer.status is not Status.PROPOSAL:
        was[Fact.MEETING] = now[Fact.MEETING] = None  # it was to come, and has been
    people, new_people = _people(older), _people(newer)
    was[Fact.SIGNED] = listed([name for name in people if name not in new_people]) or None
    now[Fact.SIGNED] = listed([name for name in new_people if name not in people]) or None
    for fact in Fact:
        if setting_apart(was[fact] or "") != setting_apart(now[fact] or ""):
            yield FactChange(fact, was[fact], now[fact])


def _facts(plan: Plan) -> Iterator[tuple[Fact, str | None]]:
    decision = plan.decision
    yield Fact.TITLE, plan.title
    yield Fact.SUBTITLE, plan.subtitle
    yield Fact.BODY, decision.body if decision else None
    yield Fact.DECIDED, _day(plan.decided_on)
    yield Fact.SIGNED_ON, _day(plan.signed_on)
    yield Fact.PARAGRAPH, decision.paragraph if decision else None
    yield Fact.REGISTRATION, plan.registration
    yield Fact.MEETING, _meeting(plan.meeting)
    yield Fact.CONSULTED, _day(plan.consulted)
    yield Fact.BUDGET_HEADING, plan.budget.heading


def _day(value: date | None) -> str | None:
    return day(value) if value else None


def _meeting(meeting: Meeting | None) -> str | None:
    if meeting is None or meeting.day is None:
        return None
    return ", ".join(part for part in (day(meeting.day), meeting.time, meeting.venue) if part)


def _people(plan: Plan) -> list[str]:
    return [person.name for person in plan.signatures.people] if plan.signatures else []


def compare_introductions(older: Plan, newer: Plan) -> Iterator[IntroductionChange]:
    """Yield the texts in the front matter that differ."""
    for introduction, text, new_text in (
        (Introduction.SUMMARY, older.summary, newer.summary),
        (Introduction.AUDIENCE, older.audience, newer.audience),
        (Introduction.DEFICIT, older.deficit_reason, newer.deficit_reason),
    ):
        passage = changed_text(plain(text) if text else None, plain(new_text) if new_text else None)
        if passage:
            yield IntroductionChange(introduction, passage)
