"""How to appeal a decision, in the förbund's own words or else the site's, and by when."""

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
    """The last day, or that it is unknown, worded independently of the current date."""
    origin: str | None
    """The parts of this that don't come from the förbund."""


def has_appeal(plan: Plan, association: Association) -> bool:
    """Whether there is a decision, and something to say about appealing it."""
    is_told = bool(plan.decided_on or plan.signatures) and plan.status is not Status.PROPOSAL
    return is_told and bool(association.appeal or can_be_appealed(plan))


def appeal_view(plan: Plan, association: Association, texts: Texts) -> AppealView | None:
    """Return how to appeal a plan's decision; None for a proposal, which can't be appealed."""
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
