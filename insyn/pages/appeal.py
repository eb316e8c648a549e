"""How a decision can be tried in court: by the förbund's own text, else by the site's, and until when."""

from msgspec import Struct

from insyn.law.appeal import announced_on, can_be_appealed, last_day_to_appeal
from insyn.law.basis import basis_of
from insyn.law.timeliness import law_day
from insyn.model import Association, Plan, Status
from insyn.swedish import day
from insyn.texts import Texts


class AppealView(Struct, frozen=True):
    text: str
    last_day: str | None
    """The last day, or that it isn't known, in words without a clock."""
    origin: str | None
    """What of this isn't the förbund's."""


def has_appeal(plan: Plan, association: Association) -> bool:
    """Whether there is a decision, and something to say of how it can be tried."""
    is_told = bool(plan.decided_on or plan.signatures) and plan.status is not Status.PROPOSAL
    return is_told and bool(association.appeal or can_be_appealed(plan))


def appeal_view(plan: Plan, association: Association, texts: Texts) -> AppealView | None:
    """Say how a plan's decision can be tried. A proposal's never can."""
    if not has_appeal(plan, association):
        return None
    announced = announced_on(plan) if can_be_appealed(plan) else None
    until = None
    if announced:
        last = last_day_to_appeal(announced)
        until = texts.say("appeal-last-day", last=day(last), announced=day(announced))
    if association.appeal:
        return AppealView(association.appeal, until, texts.say("appeal-day-origin") if until else None)
    basis = basis_of("appeal", law_day(plan))
    assert basis
    law = texts.say("appeal-law", basis=texts.say(basis.key))
    return AppealView(law, until or texts.say("appeal-last-day-unknown"), texts.say("appeal-origin"))
