"""Was the budget decided on as the law says: in time, after consultation, openly, from a published proposal?"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from msgspec import Struct

from insyn.law.judgement import Case, Judgement, Verdict, gravest, not_applicable, unmade
from insyn.model import Revision, Status
from insyn.problems import Place, problem
from insyn.swedish import day

FOUNDED = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?\Z")
AHEAD = frozenset({Status.DRAFT, Status.PROPOSAL})
"""Statuses in which the meeting is still to come."""


class Settled(Struct, frozen=True):
    """The day that the board decided, or is to, and where it stands. A day of signing says neither."""

    day: date
    is_planned: bool
    place: Place


def _settled(case: Case) -> Settled | None:
    decision, meeting = case.plan.decision, case.plan.meeting
    if decision and decision.day:
        return Settled(decision.day, False, decision.place)
    if meeting and meeting.day and case.plan.status in AHEAD:
        return Settled(meeting.day, True, meeting.place)
    return None


# --- In time --------------------------------------------------------------------------------------------------------


def decided(case: Case) -> Judgement:
    """Did the board decide by 30 November the year before, or is it to?"""
    if _is_new(case):
        return not_applicable("decided")
    settled, limit = _settled(case), case.last_day
    if settled is None:
        return _undated(case)
    key = "law.decided.planned" if settled.is_planned else "law.decided.found"
    found = (case.say(key, day=day(settled.day)), case.say("law.decided.limit", limit=day(limit)))
    rule, source = case.say("law.decided.rule"), case.source("decided") or ""
    if settled.day <= limit:
        return Judgement("decided", Verdict.OK, rule, found, source=source)
    warning = problem("decided-late", settled.place, day=day(settled.day), limit=day(limit))
    return Judgement("decided", Verdict.WARNING, rule, found, source=source, problems=(warning,))


def _undated(case: Case) -> Judgement:
    place = case.plan.status_place
    if case.plan.status in AHEAD:
        return unmade(case, "decided", case.say("law.decided.ahead"), "unmade-ahead", place)
    signed = case.plan.signed_on
    why = case.say("law.decided.signed", day=day(signed)) if signed else case.say("law.decided.unknown")
    return unmade(case, "decided", why, "unmade-decided", place)


def _is_new(case: Case) -> bool:
    """Whether the förbund was formed after the last day: then its members decided when they formed it (23 §)."""
    match = FOUNDED.match(case.association.founded or "")
    if match is None:
        return False
    formed = tuple(int(part or 0) for part in match.groups())
    return formed > (case.last_day.year, case.last_day.month, case.last_day.day)


# --- After consultation ---------------------------------------------------------------------------------------------


def consulted(case: Case) -> Judgement:
    """Did the board consult the members before it decided?"""
    when, settled = case.plan.consulted, _settled(case)
    if when is None:
        return unmade(case, "consulted", case.say("law.consulted.unknown"), "unmade-consulted")
    if settled is None:
        hint = "unmade-ahead" if case.plan.status in AHEAD else "unmade-decided"
        return unmade(case, "consulted", case.say("law.consulted.undecided", day=day(when)), hint)
    rule, source = case.say("law.consulted.rule"), case.source("consulted") or ""
    key = "law.decided.planned" if settled.is_planned else "law.decided.found"
    found = (case.say("law.consulted.found", day=day(when)), case.say(key, day=day(settled.day)))
    if when < settled.day:
        return Judgement("consulted", Verdict.OK, rule, found, source=source)
    place = case.plan.consulted_place
    warning = problem("consulted-late", place, consulted=day(when), day=day(settled.day))
    return Judgement("consulted", Verdict.WARNING, rule, found, source=source, problems=(warning,))


# --- From a published proposal --------------------------------------------------------------------------------------


def proposal(case: Case) -> Judgement:
    """Was the proposal on the website when the meeting was announced, and the meeting announced before it was held?"""
    source = case.source("proposal")
    if source is None:
        return not_applicable("proposal")
    published, meeting = case.plan.published, case.plan.meeting
    announced = meeting.announced if meeting else None
    held = meeting.day if meeting and meeting.day else None
    days = [when for when in (published, announced, held) if when]
    rule = case.say("law.proposal.rule")
    found = tuple(_dated(case, published, announced, held))
    if any(earlier > later for earlier, later in pairwise(days)):
        place = case.plan.published_place if published else meeting.place if meeting else case.plan.place
        warning = problem("proposal-late", place, found=" ".join(found))
        return Judgement("proposal", Verdict.WARNING, rule, found, source=source, problems=(warning,))
    if published is None or announced is None:
        return unmade(case, "proposal", " ".join((*found, _untold(case, published))), "unmade-proposal")
    return Judgement("proposal", Verdict.OK, rule, found, source=source)


def _dated(case: Case, published: date | None, announced: date | None, held: date | None) -> Iterator[str]:
    if published:
        yield case.say("law.proposal.published", day=day(published))
    if announced:
        yield case.say("law.proposal.announced", day=day(announced))
    if held:
        yield case.say("law.proposal.ahead" if case.plan.status in AHEAD else "law.proposal.held", day=day(held))


def _untold(case: Case, published: date | None) -> str:
    return case.say("law.proposal.unannounced" if published else "law.proposal.unpublished")


# --- Openly ---------------------------------------------------------------------------------------------------------


def meeting(case: Case) -> Judgement:
    """Is the meeting open to all, and does the plan say when and where?"""
    told = case.plan.meeting
    if told is None or told.public is None:
        return unmade(case, "meeting", case.say("law.meeting.unknown"), "unmade-meeting")
    rule, source = case.say("law.meeting.rule"), case.source("meeting") or ""
    if not told.public:
        warning = problem("meeting-closed", told.place)
        return Judgement(
            "meeting", Verdict.WARNING, rule, (case.say("law.meeting.closed"),), source=source, problems=(warning,)
        )
    if told.day is None or told.venue is None:
        return unmade(case, "meeting", case.say("law.meeting.unplaced"), "unmade-meeting", told.place)
    key = "law.meeting.ahead" if case.plan.status in AHEAD else "law.meeting.found"
    found = case.say(key, day=day(told.day), venue=told.venue)
    return Judgement("meeting", Verdict.OK, rule, (found,), source=source)


# --- Changed during the year ----------------------------------------------------------------------------------------


def revised(case: Case) -> Judgement:
    """Does a revision during the year say how a new cost is paid? The plan itself doesn't say whether there is one."""
    source = case.source("revised")
    during = [revision for revision in case.plan.revisions if revision.day.year == case.plan.year]
    if source is None or not during:
        return not_applicable("revised")
    verdicts = tuple(Verdict.OK if one.financing else Verdict.UNKNOWN for one in during)
    untold = [one for one in during if not one.financing]
    problems = tuple(problem("revision-unfinanced", one.place, day=day(one.day)) for one in untold)
    found = tuple(_revision(case, one) for one in during)
    rule = case.say("law.revised.rule")
    return Judgement("revised", gravest(verdicts), rule, found, source=source, problems=problems)


def _revision(case: Case, revision: Revision) -> str:
    if revision.financing:
        return case.say("law.revised.financed", day=day(revision.day), financing=revision.financing.rstrip("."))
    return case.say("law.revised.untold", day=day(revision.day))
