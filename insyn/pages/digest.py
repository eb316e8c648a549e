"""The little that other pages need to know of a plan: start and förbund pages are made from this, never from plans."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from msgspec import Struct

from insyn.budget import Year, main_year
from insyn.charts.chart import MILLION, Words
from insyn.model import Association, ColumnKind, Kronor, Plan, Status
from insyn.swedish import day, round_half_up, years
from insyn.texts import Texts

DECIDED = frozenset({Status.ADOPTED, Status.REVISED})


class PlanDigest(Struct, frozen=True):
    """A plan as it is spoken of elsewhere."""

    association: str
    year: int
    title: str
    status: Status
    status_text: str
    lead: str
    notice: str | None
    """What a reader must know of a plan that isn't decided."""
    applies: str
    """For when it is: "Gäller 2024", or "Avser 2024" when it doesn't apply."""
    decided: date | None
    """When what applies was decided, the latest revision included. None for a plan that doesn't apply, or untold."""

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED


def plans_by_association(digests: Iterable[PlanDigest]) -> dict[str, list[PlanDigest]]:
    """Return each förbund's plans by its id."""
    found: dict[str, list[PlanDigest]] = {}
    for digest in digests:
        found.setdefault(digest.association, []).append(digest)
    return found


def digest_of(plan: Plan, association: Association, texts: Texts) -> PlanDigest:
    """Sum up a plan."""
    return PlanDigest(
        association=plan.association,
        year=plan.year,
        title=plan.title,
        status=plan.status,
        status_text=status_text(plan, texts),
        lead=lead(plan, association, texts),
        notice=proposal_text(plan, texts) if plan.status is Status.PROPOSAL else None,
        applies=applies(plan, texts),
        decided=decided_day(plan),
    )


def decided_day(plan: Plan) -> date | None:
    """Return when a plan that applies was decided or last revised."""
    if plan.status not in DECIDED:
        return None
    days = [revision.day for revision in plan.revisions]
    if plan.decision and plan.decision.day:
        days.append(plan.decision.day)
    return max(days, default=None)


def proposal_text(plan: Plan, texts: Texts) -> str:
    """Say that a plan is a proposal, and when it will be decided if that is known (19 and 23 §§ lag 2003:1210)."""
    meeting = plan.meeting
    if meeting is None or meeting.day is None:
        return texts.say("banner-proposal-undecided")
    place = f" i {meeting.venue}" if meeting.venue else ""
    return texts.say("banner-proposal-meeting", day=day(meeting.day), place=place)


def applies(plan: Plan, texts: Texts) -> str:
    """Say which year a plan is for, and which years its later columns are."""
    key = "applies" if plan.status in DECIDED else "concerns"
    later = [column for column in plan.budget.columns if column.year > plan.year]
    if not later:
        return texts.say(key, year=plan.year)
    kind = "budget" if all(column.kind is ColumnKind.BUDGET for column in later) else "plan"
    span = years(min(column.year for column in later), max(column.year for column in later))
    return texts.say(f"{key}-with-{kind}", year=plan.year, years=span)


def status_text(plan: Plan, texts: Texts) -> str:
    """Say where the plan is in its life, with the day when it is known: "Beslutad 24 november 2021"."""
    key = f"status-{plan.status.value}"
    if plan.status is Status.ADOPTED:
        decided = plan.decision.day if plan.decision else None
        return texts.say(key, day=day(decided)) if decided else texts.say(f"{key}-undated")
    if plan.status is Status.REVISED:
        if not plan.revisions:
            return texts.say(f"{key}-undated")
        return texts.say(key, day=day(max(revision.day for revision in plan.revisions)))
    return texts.say(key)


def lead(plan: Plan, association: Association, texts: Texts) -> str:
    """Say in two sentences what the plan means in money. Saved money is not income."""
    words = Words(texts, plan.budget.unit)
    year = main_year(plan.budget)
    number = year.column.year
    if year.income is None or year.costs is None or year.result is None:
        return words.say("lead.unknown", association=association.name, year=number)
    key = _lead_key(year, year.result)
    places = _places(year.income, year.costs, year.result)
    return words.of(
        year.column,
        f"{key}-proposal" if plan.status is Status.PROPOSAL else key,
        association=association.name,
        income=words.in_millions(year.income, places),
        costs=words.in_millions(year.costs, places),
        difference=words.in_millions(abs(year.result), places),
        lacking=words.in_millions(abs((year.opening or 0) + year.result), places),
        year=number,
    )


def _places(income: int, costs: int, result: int) -> int:
    """Return how many decimals let a reader take one amount from the other and come to the third."""
    if min(income, costs, abs(result)) < MILLION:
        return 1
    tenths = [round_half_up(Fraction(amount, MILLION), 1) for amount in (income, costs, result)]
    return 1 if tenths[0] - tenths[1] == tenths[2] else 2


def _lead_key(year: Year, result: Kronor) -> str:
    if result == 0:
        return "lead.even"
    if result > 0:
        return "lead.surplus"
    if year.opening is None:
        return "lead.deficit-untold"
    return "lead.deficit" if year.opening + result >= 0 else "lead.deficit-unpaid"
