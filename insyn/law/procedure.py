"""Was the budget decided as the law requires: in time, after consultation, openly, from a published proposal?"""

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from insyn.dates import PartialDate, on_day
from insyn.law.judgement import Case, Judgement, Verdict, unmade
from insyn.law.timeliness import (
    AHEAD,
    Settled,
    consulted_in_time,
    decided_in_time,
    has_other_meeting,
    is_of_new_association,
    published_in_time,
    settled_on,
)
from insyn.problems import Place, problem
from insyn.swedish import capitalised, day, on_date, partial_date

# --- In time --------------------------------------------------------------------------------------------------------


def decided(case: Case) -> Judgement:
    """Judge whether the plan was decided, or is to be, by 30 November the year before."""
    if is_of_new_association(case.plan, case.association):
        return Judgement("decided", Verdict.NOT_APPLICABLE)
    settled = settled_on(case.plan)
    if settled is None:
        return _undated(case)
    found = (_settled(case, settled), _limit(case))
    rule, source = case.say("law.decided.rule"), case.source("decided") or ""
    if decided_in_time(case.plan, case.association) is not False:
        return Judgement("decided", Verdict.OK, rule, found, source=source)
    warning = problem("decided-late", settled.place, day=partial_date(settled.day), limit=day(case.last_day))
    return Judgement("decided", Verdict.WARNING, rule, found, source=source, problems=(warning,))


def _limit(case: Case) -> str:
    return case.say("law.decided.limit", limit=day(case.last_day))


def _settled(case: Case, settled: Settled) -> str:
    """Return a phrase for the day and body of the decision, as far as known, as elsewhere on the page."""
    when, decision = on_date(settled.day), case.plan.decision
    if settled.is_planned:
        return case.say("law.decided.planned", when=when)
    if decision and decision.body:
        return case.say("law.decided.found-body", body=capitalised(decision.body), when=when)
    return case.say("law.decided.found", when=when)


def _undated(case: Case) -> Judgement:
    """Return a judgement when the day is unknown, from the day of signing or from a last day that has passed."""
    plan, place = case.plan, case.plan.status_place
    rule, source = case.say("law.decided.rule"), case.source("decided") or ""
    if plan.status not in AHEAD:
        if plan.signed_on is None:
            return unmade(case, "decided", case.say("law.decided.unknown"), "unmade-decided", place)
        signed = case.say("law.decided.signed", when=on_date(on_day(plan.signed_on)))
        return Judgement("decided", Verdict.NOTE, rule, (signed, _limit(case)), source=source)
    overdue = next(_steps_after(case), None)
    if overdue is None:
        return unmade(case, "decided", case.say("law.decided.ahead"), "unmade-ahead", place)
    found = (overdue, case.say("law.decided.passed", limit=day(case.last_day)))
    warning = problem("decision-overdue", place, found=overdue, limit=day(case.last_day))
    return Judgement("decided", Verdict.WARNING, rule, found, source=source, problems=(warning,))


def _steps_after(case: Case) -> Iterator[str]:
    """Yield the steps taken on a plan that is still a proposal after the last day for deciding on it."""
    meeting = case.plan.meeting
    steps = (
        ("law.proposal.published", case.plan.published),
        ("law.proposal.announced", meeting.announced if meeting else None),
        ("law.consulted.found", case.plan.consulted),
    )
    for key, when in steps:
        if when and when.first > case.last_day:
            yield case.say(key, when=on_date(when))


# --- After consultation ---------------------------------------------------------------------------------------------


def consulted(case: Case) -> Judgement:
    """Judge whether the members were consulted before the decision."""
    when, settled = case.plan.consulted, settled_on(case.plan)
    if when is None:
        return unmade(case, "consulted", case.say("law.consulted.unknown"), "unmade-consulted")
    held = case.say("law.consulted.found", when=on_date(when))
    if settled is None:
        hint = "unmade-ahead" if case.plan.status in AHEAD else "unmade-decided"
        return unmade(case, "consulted", f"{held} {case.say('law.consulted.undecided')}", hint)
    found, in_time = (held, _settled(case, settled)), consulted_in_time(case.plan)
    if in_time is None:
        return unmade(case, "consulted", " ".join((*found, case.say("law.unordered"))), "unmade-order")
    rule, source = case.say("law.consulted.rule"), case.source("consulted") or ""
    if in_time:
        return Judgement("consulted", Verdict.OK, rule, found, source=source)
    place, consulted_on, decided_on = case.plan.consulted_place, partial_date(when), partial_date(settled.day)
    warning = problem("consulted-late", place, consulted=consulted_on, day=decided_on)
    return Judgement("consulted", Verdict.WARNING, rule, found, source=source, problems=(warning,))


# --- From a published proposal --------------------------------------------------------------------------------------


def proposal(case: Case) -> Judgement:
    """Judge whether the meeting was announced before it was held, with the proposal then on the website."""
    published, meeting = case.plan.published, case.plan.meeting
    announced, held = (meeting.announced, meeting.day) if meeting else (None, None)
    if has_other_meeting(case.plan):
        return unmade(case, "proposal", _of_two_days(case), "unmade-other")
    rule, source = case.say("law.proposal.rule"), case.source("proposal") or ""
    found = tuple(_dated(case, published, announced, held))
    days = [when for when in (published, announced, held) if when]
    if any(earlier.is_by(later) is False for earlier, later in pairwise(days)):
        place = case.plan.published_place if published else meeting.place if meeting else case.plan.place
        warning = problem("proposal-late", place, found=" ".join(found))
        return Judgement("proposal", Verdict.WARNING, rule, found, source=source, problems=(warning,))
    if published is None or announced is None:
        return unmade(case, "proposal", " ".join((*found, _untold(case, published))), "unmade-proposal")
    if not published_in_time(case.plan):
        return unmade(case, "proposal", " ".join((*found, case.say("law.unordered"))), "unmade-order")
    return Judgement("proposal", Verdict.OK, rule, found, source=source)


def _dated(
    case: Case, published: PartialDate | None, announced: PartialDate | None, held: PartialDate | None
) -> Iterator[str]:
    if published:
        yield case.say("law.proposal.published", when=on_date(published))
    if announced:
        yield case.say("law.proposal.announced", when=on_date(announced))
    if held:
        yield case.say("law.proposal.ahead" if case.plan.status in AHEAD else "law.proposal.held", when=on_date(held))


def _untold(case: Case, published: PartialDate | None) -> str:
    return case.say("law.proposal.unannounced" if published else "law.proposal.unpublished")


# --- Openly ---------------------------------------------------------------------------------------------------------


def meeting(case: Case) -> Judgement:
    """Judge whether the meeting is open to all, with its time and place stated."""
    told = case.plan.meeting
    if told is None or told.public is None:
        return unmade(case, "meeting", case.say("law.meeting.unknown"), "unmade-meeting")
    if has_other_meeting(case.plan):
        return _of_other_meeting(case, told.place)
    rule, source = case.say("law.meeting.rule"), case.source("meeting") or ""
    if not told.public:
        warning = problem("meeting-closed", told.place)
        found = case.say("law.meeting.closed")
        return Judgement("meeting", Verdict.WARNING, rule, (found,), source=source, problems=(warning,))
    if told.day is None or told.venue is None:
        return unmade(case, "meeting", case.say("law.meeting.unplaced"), "unmade-meeting", told.place)
    key = "law.meeting.ahead" if case.plan.status in AHEAD else "law.meeting.found"
    found = case.say(key, when=on_date(told.day), venue=told.venue)
    return Judgement("meeting", Verdict.OK, rule, (found,), source=source)


def _of_other_meeting(case: Case, place: Place) -> Judgement:
    """Leave the deciding meeting unjudged, since another is stated, and ask staff for the right one."""
    unknown = unmade(case, "meeting", _of_two_days(case), "unmade-other", place)
    held, decided = _two_days(case)
    return replace(unknown, problems=(problem("meeting-other", place, held=held, decided=decided),))


def _of_two_days(case: Case) -> str:
    held, decided = _two_days(case)
    return case.say("law.meeting.other", held=held, decided=decided)


def _two_days(case: Case) -> tuple[str, str]:
    """Format the days of the stated meeting and of the decision."""
    meeting, decided = case.plan.meeting, case.plan.decided_on
    held = on_date(meeting.day) if meeting and meeting.day else ""
    return held, on_date(on_day(decided)) if decided else ""
