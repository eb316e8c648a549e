"""The little that other pages need to know of a plan: start and förbund pages are made from this, never from plans."""

from dataclasses import dataclass

from insyn.budget import Year, main_year
from insyn.charts.chart import Words
from insyn.model import Association, Kronor, Plan, Status
from insyn.swedish import day
from insyn.texts import Texts

DECIDED = frozenset({Status.ADOPTED, Status.REVISED})


@dataclass(frozen=True, slots=True)
class PlanDigest:
    """A plan as it is spoken of elsewhere."""

    association: str
    year: int
    title: str
    status: Status
    status_text: str
    lead: str

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED


def digest_of(plan: Plan, association: Association, texts: Texts) -> PlanDigest:
    """Sum up a plan."""
    return PlanDigest(
        association=plan.association,
        year=plan.year,
        title=plan.title,
        status=plan.status,
        status_text=status_text(plan, texts),
        lead=lead(plan, association, texts),
    )


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
    return words.of(
        year.column,
        _lead_key(year, year.result),
        association=association.name,
        income=words.rounded(year.income),
        costs=words.rounded(year.costs),
        difference=words.rounded(abs(year.result)),
        lacking=words.rounded(abs((year.opening or 0) + year.result)),
        year=number,
    )


def _lead_key(year: Year, result: Kronor) -> str:
    if result == 0:
        return "lead.even"
    if result > 0:
        return "lead.surplus"
    if year.opening is None:
        return "lead.deficit-untold"
    return "lead.deficit" if year.opening + result >= 0 else "lead.deficit-unpaid"
