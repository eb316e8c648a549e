"""The little that the rest of the site needs to know of a plan: other pages are made from this, never from plans.

`PlanDigest` is fetched for every plan in every build and is kept small. What a page shows of a plan stands in
`PlanExcerpt`, which is fetched when that page is to be made; `sums` tell whether it is.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from insyn.charts.chart import MILLION, Words
from insyn.dates import on_day
from insyn.disk.hashing import hash_of
from insyn.downloads.separated import separated
from insyn.downloads.tidy import budget_rows, deviation_rows, equity_rows, part_rows
from insyn.law.revision import unpaid_revision
from insyn.model import Association, ColumnKind, DocumentKind, Kronor, Plan, Status
from insyn.money.budget import Year, main_year, told_year, totals_of
from insyn.money.fingerprint import figures_fingerprint, fingerprint
from insyn.money.plan_money import PlanMoney, money_of
from insyn.money.unknown import Money, Unknown, added, all_known, unknown_of
from insyn.money.years import has_points
from insyn.pages.about_plan import PlanAbout, about_of
from insyn.pages.events import PlanStory, story_of
from insyn.pages.goals_page import PlanGoals, goals_of, has_followed
from insyn.reading.characters import normalised
from insyn.swedish import day, on_date, partial_date, round_half_up, years
from insyn.texts import Texts
from insyn.versions.digest import DECIDED, Alias, PlanDigest, StatedDay
from insyn.vocabulary import unit_word


class PlanSummary(Struct, frozen=True):
    """A plan as it is spoken of elsewhere."""

    title: str
    status_text: str
    lead: str
    notice: str | None
    """What a reader must know of a plan that isn't decided."""
    applies: str
    """For when it is: "Gäller 2024", or "Avser 2024" when it doesn't apply."""
    decided: date | None
    """When what applies was decided, the latest revision included. None for a plan that doesn't apply, or untold."""


class PlanExcerpt(Struct, frozen=True):
    """What other pages show of a plan, each part for a page of its own."""

    summary: PlanSummary
    story: PlanStory
    about: PlanAbout | None
    """None when there is nothing to tell, as there is of most plans."""
    money: PlanMoney
    goals: PlanGoals
    budget_rows: str
    """Its rows in the open data, without what says which plan and version they are of."""
    equity_rows: str
    part_rows: str
    deviation_rows: str


def excerpt_of(plan: Plan, association: Association, texts: Texts) -> PlanExcerpt:
    """Gather what other pages show of a plan."""
    return PlanExcerpt(
        summary=summary_of(plan, association, texts),
        story=story_of(plan, association),
        about=about_of(plan, texts),
        money=money_of(plan, association),
        goals=goals_of(plan, texts),
        budget_rows=separated(budget_rows(plan)),
        equity_rows=separated(equity_rows(plan.budget)),
        part_rows=separated(part_rows(plan.budget)),
        deviation_rows=separated(deviation_rows(plan.budget)),
    )


def digest_of(plan: Plan, version: str, contents: str, text: str, excerpt: PlanExcerpt) -> PlanDigest:
    """Say which plan it is, and by hashes what other pages show of it. `contents` is the hash of its file."""
    decided = plan.decided_on or plan.signed_on
    return PlanDigest(
        association=plan.association,
        year=plan.year,
        version=version,
        status=plan.status,
        day=_day_of(plan),
        came=plan.followed_up or _day_of(plan) or plan.signed_on,
        days=tuple(sorted({*(revision.day for revision in plan.revisions), *([decided] if decided else [])})),
        published=StatedDay(plan.published, plan.published_place) if plan.published else None,
        followed_up=StatedDay(on_day(plan.followed_up), plan.followed_up_place) if plan.followed_up else None,
        aliases=tuple(Alias(alias.text, alias.place) for alias in plan.aliases),
        retold=plan.retold,
        costs=_costs_of(plan),
        unpaid=unpaid_revision(plan),
        unit=unit_word(plan.budget.unit),
        unit_place=plan.budget.unit_place,
        largest=max(totals_of(plan.budget), default=None),
        first_year=min((column.year for column in plan.budget.columns), default=plan.year),
        last_year=max((column.year for column in plan.budget.columns), default=plan.year),
        contents=contents,
        source=fingerprint(normalised(text)),
        figures=figures_fingerprint(plan.budget),
        sums=tuple(hash_of(repr(getattr(excerpt, part))) for part in excerpt.__struct_fields__),
        remarks=excerpt.about.count if excerpt.about else 0,
        has_about=excerpt.about is not None,
        has_money=has_points([excerpt.money]),
        has_goals=excerpt.goals.is_used,
        has_followed=has_followed(excerpt.goals),
    )


def _costs_of(plan: Plan) -> Kronor | None:
    costs = main_year(plan.budget).costs if plan.budget.columns else None
    return None if isinstance(costs, Unknown) else costs


def _day_of(plan: Plan) -> date | None:
    if plan.status is Status.PROPOSAL:
        told = plan.published or (plan.meeting.announced if plan.meeting else None)
        return told.day if told else None
    revised = [revision.day for revision in plan.revisions]
    return max(revised) if revised else plan.decided_on


# --- In words -------------------------------------------------------------------------------------------------------


def summary_of(plan: Plan, association: Association, texts: Texts) -> PlanSummary:
    """Sum up a plan."""
    return PlanSummary(
        title=plan.title,
        status_text=status_text(plan.status, _day_of(plan), texts),
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
    if plan.decided_on:
        days.append(plan.decided_on)
    return max(days, default=None)


def proposal_text(plan: Plan, texts: Texts) -> str:
    """Say that a plan is a proposal, and when it will be decided if that is known (19 and 23 §§ lag 2003:1210)."""
    meeting = plan.meeting
    if meeting is None or meeting.day is None:
        return texts.say("banner-proposal-undecided")
    time = f" klockan {meeting.time}" if meeting.time else ""
    place = f" i {meeting.venue}" if meeting.venue else ""
    key = "banner-proposal-closed" if meeting.public is False else "banner-proposal-meeting"
    return texts.say(key, when=on_date(meeting.day), time=time, place=place)


def applies(plan: Plan, texts: Texts) -> str:
    """Say which year a plan is for, and which years its later columns are."""
    key = "applies" if plan.status in DECIDED and plan.document is DocumentKind.PLAN else "concerns"
    later = [column for column in plan.budget.columns if column.year > plan.year]
    if not later:
        return texts.say(key, year=plan.year)
    kind = "budget" if all(column.kind is ColumnKind.BUDGET for column in later) else "plan"
    span = years(min(column.year for column in later), max(column.year for column in later))
    return texts.say(f"{key}-with-{kind}", year=plan.year, years=span)


def status_text(status: Status, when: date | None, texts: Texts) -> str:
    """Say where a plan is in its life, with the day when it is known: "Beslutad 24 november 2021"."""
    key = f"status-{status.value}"
    if status in DECIDED:
        return texts.say(key, day=day(when)) if when else texts.say(f"{key}-undated")
    return texts.say(key)


def version_name(digest: PlanDigest, texts: Texts) -> str:
    """Name a version among others: "Förslag 28 oktober 2024"."""
    if digest.status is Status.PROPOSAL and digest.day:
        return texts.say("version-proposal", day=day(digest.day))
    if digest.followed_up:
        return texts.say("version-followed", day=partial_date(digest.followed_up.day))
    return status_text(digest.status, digest.day, texts)


def lead(plan: Plan, association: Association, texts: Texts) -> str:
    """Return two sentences on the plan's money, or on its outcome. Saved money is not income."""
    words = Words(texts, plan.budget.unit)
    year, planned = told_year(plan.budget), main_year(plan.budget)
    told = all_known(year.income, year.costs, year.result)
    if told is None:
        return _lead_without_result(year, plan, association, words)
    places = _places(*told)
    income, costs = _spoken(told[:2], places, words)
    sentence = words.of(
        year.column,
        _lead_key(plan, year, told[2]),
        association=association.name,
        income=income,
        costs=costs,
        difference=words.in_millions(abs(told[2]), places),
        lacking=_missing(year.opening, told[2], places, words),
        year=year.column.year,
    )
    budgeted = all_known(planned.income, planned.costs)
    if planned.column is year.column or budgeted is None:
        return sentence
    key = "lead.budgeted-even" if budgeted[0] == budgeted[1] else "lead.budgeted"
    income, costs = _spoken(budgeted, places, words)
    return f"{sentence} {words.say(key, income=income, costs=costs)}"


def _spoken(amounts: Sequence[int], places: int, words: Words) -> tuple[str, ...]:
    """Return the amounts of a sentence in millions; in full when one is below a million."""
    in_full = min(amounts) < MILLION
    return tuple(words.exact(amount) if in_full else words.in_millions(amount, places) for amount in amounts)


def _missing(opening: Money, result: Kronor, places: int, words: Words) -> str:
    """Write how much more than there is a year uses; nothing where it isn't known what there is."""
    left = added((opening, result))
    return "" if isinstance(left, Unknown) else words.in_millions(abs(left), places)


def _lead_without_result(year: Year, plan: Plan, association: Association, words: Words) -> str:
    """Say what the rows come to where the plan prints no sums; else which rows keep a result from being told."""
    told = all_known(year.income, year.costs)
    lacking = unknown_of((year.income, year.costs)).rows
    is_proposal = plan.status is Status.PROPOSAL and plan.document is DocumentKind.PLAN
    name, number, document = association.name, year.column.year, words.say(f"named-as-{plan.document.value}")
    if told:
        income, costs = words.alike(*told)
        key = "lead.rows-proposal" if is_proposal else "lead.rows"
        return words.say(key, association=name, document=document, year=number, income=income, costs=costs)
    key = ("lead.lacking-proposal" if is_proposal else "lead.lacking") if lacking else "lead.unknown"
    return words.say(key, association=name, document=document, year=number, rows=words.quoted(lacking))


def _places(income: int, costs: int, result: int) -> int:
    """Return how many decimals let a reader take one amount from the other and come to the third."""
    if min(income, costs, abs(result)) < MILLION:
        return 1
    tenths = [round_half_up(Fraction(amount, MILLION), 1) for amount in (income, costs, result)]
    return 1 if tenths[0] - tenths[1] == tenths[2] else 2


def _lead_key(plan: Plan, year: Year, result: Kronor) -> str:
    is_plan = plan.document is DocumentKind.PLAN
    if not is_plan and year.column.kind in (ColumnKind.BUDGET, ColumnKind.PLAN):
        return "lead.report"
    key = _result_key(plan, year.opening, result)
    return f"{key}-proposal" if is_plan and plan.status is Status.PROPOSAL else key


def _result_key(plan: Plan, opening: Money, result: Kronor) -> str:
    if result == 0:
        return "lead.even"
    if result > 0:
        return "lead.surplus"
    if isinstance(opening, Unknown):
        return "lead.deficit-explained" if plan.paid_by else "lead.deficit-untold"
    return "lead.deficit" if opening + result >= 0 else "lead.deficit-unpaid"
