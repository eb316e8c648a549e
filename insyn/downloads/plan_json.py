"""A plan as JSON: metadata, budget, goals and text. Amounts are whole kronor, costs positive.

Left out are layout keys, and ceilings for equity, which pages show only when confirmed.

The format has a version and a schema, `assets/schema/plan-1.json`, which is published with the site. A cell is an
object: one that is blank in the plan has neither amount nor print, a dash has only its print, and zero is the amount 0.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from insyn.charts.goals import count_of
from insyn.dates import PartialDate
from insyn.downloads.fields import CURRENCY
from insyn.model import (
    Amount,
    Association,
    Block,
    Breakdown,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    Dash,
    Decision,
    Equity,
    FinancialGoals,
    FollowUp,
    Goal,
    ListedText,
    Meeting,
    Note,
    OpeningEquity,
    Plan,
    Result,
    Revision,
    Signatures,
    Source,
    SubGoal,
    Subtotal,
    Target,
    Total,
)
from insyn.vocabulary import (
    CONTROLS,
    DIRECTIONS,
    DOCUMENT_KINDS,
    EQUITY_MODELS,
    FUNDERS,
    GOAL_STATUSES,
    POSITIONS,
    PURPOSES,
    RESULT_ROLES,
    SIGN_STYLES,
    STATUSES,
    kind_word,
    unit_word,
)

FORMAT = "insyn-plan/1"
SCHEMA = "plan-1.json"
INDENT = 1

Choice = TypeVar("Choice")
Given = TypeVar("Given")
Json = dict[str, Any]
Columns = Sequence[Column]


def plan_json(
    plan: Plan, association: Association, version: str, *, address: str | None, schema: str, original: str | None = None
) -> bytes:
    """Return a version of a plan as JSON.

    `address` is its page's URL, `schema` that of the schema and `original` that of the board's own document.
    """
    whole = {
        "$schema": schema,
        "format": FORMAT,
        "forbund": {
            "id": association.id,
            "namn": association.name,
            "kortnamn": association.short_name,
            "organisationsnummer": association.organisation_number,
        },
        "version": version,
        "sida": address,
        **_about(plan),
        "budget": _budget(plan.budget),
        "mal": [_goal(goal) for goal in plan.goals],
        "mal_fotnoter": _notes(plan.goal_notes),
        "mal_antal": _goal_count(plan),
        "uppfoljning": _given(plan.follow_up, _follow_up),
        "underskrifter": _given(plan.signatures, _signatures),
        "kalla": _given(plan.source, _source),
        **_if_given(original=original),
        "text": plan.body.strip("\n"),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=INDENT) + b"\n"


def _goal_count(plan: Plan) -> Json:
    count = count_of(sub_goal.status for goal in plan.goals for sub_goal in goal.sub_goals)
    return {"delmal": count.all, "uppfoljda": count.measured, "uppnadda": count.reached}


def _given(value: Given | None, write: Callable[..., Json], *rest: Any) -> Json | None:
    """Return a converted value; None for None."""
    return None if value is None else write(value, *rest)


def _word(choices: Mapping[str, Choice], chosen: Choice | None) -> str | None:
    return next((word for word, choice in choices.items() if choice is chosen), None)


def _day(day: date | PartialDate | None) -> str | None:
    return day.isoformat() if day else None


# --- What the plan is -----------------------------------------------------------------------------------------------


def _about(plan: Plan) -> Json:
    return {
        "plan_ar": plan.year,
        "dokument": _word(DOCUMENT_KINDS, plan.document),
        "titel": plan.title,
        "undertitel": plan.subtitle,
        "status": _word(STATUSES, plan.status),
        "aterberattad": plan.retold,
        "dnr": plan.registration,
        "beslut": _given(plan.decision, _decision),
        "samrad": _day(plan.consulted),
        "forslag_publicerat": _day(plan.published),
        "sammantrade": _given(plan.meeting, _meeting),
        "revideringar": [_revision(revision) for revision in plan.revisions],
        "uppfoljd": _day(plan.followed_up),
        "sammanfattning": plan.summary,
        "malgrupp": plan.audience,
        "motivering_underskott": plan.deficit_reason,
        "motivering_planperiod": plan.horizon_reason,
    }


def _decision(decision: Decision) -> Json:
    return {
        "organ": decision.body,
        "datum": _day(decision.day),
        "paragraf": decision.paragraph,
        "ordval": decision.wording,
        "ort": decision.town,
        "protokoll": decision.minutes,
        "tryckt": decision.printed,
        **_posting(decision),
    }


def _posting(decision: Decision | Revision) -> Json:
    """Return the address of a decision's minutes, and the day when they were announced."""
    links = {"protokoll_lank": decision.minutes_link, "anslag_lank": decision.posted_link}
    return _if_given(anslaget=_day(decision.posted), **links)


def _if_given(**fields: str | None) -> Json:
    """Return the fields that are filled in: the files of plans that lack them stay unchanged."""
    return {name: text for name, text in fields.items() if text}


def _meeting(meeting: Meeting) -> Json:
    return {
        "datum": _day(meeting.day),
        "tid": meeting.time,
        "plats": meeting.venue,
        "tillkannagivet": _day(meeting.announced),
        "offentligt": meeting.public,
        **_if_given(kallelse=meeting.notice_link),
    }


def _revision(revision: Revision) -> Json:
    return {
        "datum": _day(revision.day),
        "organ": revision.body,
        "paragraf": revision.paragraph,
        "tryckt": revision.printed,
        "sammanfattning": revision.summary,
        "finansiering": revision.financing,
        **_posting(revision),
    }


def _signatures(signatures: Signatures) -> Json:
    return {
        "datum": _day(signatures.day),
        "tryckt": signatures.printed,
        "personer": [
            {"namn": person.name, "roll": person.role, "organisation": person.organisation}
            for person in signatures.people
        ],
    }


def _source(source: Source) -> Json:
    return {
        "typ": source.kind,
        "fil": source.file,
        "lank": source.link,
        "sha256": source.sha256,
        "fraga": source.ask,
        "rattelser": [
            {"tryckt": correction.printed, "rattat": correction.corrected, "text": correction.text}
            for correction in source.corrections
        ],
    }


# --- The budget -----------------------------------------------------------------------------------------------------


def _budget(budget: Budget) -> Json:
    columns = budget.columns
    return {
        "rubrik": budget.heading,
        "valuta": CURRENCY,
        "tryckt_i": unit_word(budget.unit),
        "tecken": _word(SIGN_STYLES, budget.sign_style),
        "kapitalmodell": _word(EQUITY_MODELS, budget.equity_model),
        "huvudkolumn": budget.main_column,
        "kolumner": [_column(column) for column in columns],
        "intakter": _block(budget.income, columns),
        "kostnader": _block(budget.costs, columns),
        "resultat": _given(budget.result, _result, columns),
        "eget_kapital": _given(budget.equity, _equity, columns),
        "fotnoter": _notes(budget.notes),
        "avvikelser": [
            {
                "kontroll": _word(CONTROLS, deviation.control),
                "kolumner": deviation.columns,
                "rad": deviation.row,
                "differens": deviation.difference,
                "orsak": deviation.cause,
                "text": deviation.text,
            }
            for deviation in budget.deviations
        ],
        "finansiella_mal": _given(budget.financial_goals, _financial_goals),
    }


def _column(column: Column) -> Json:
    return {
        "id": column.id,
        "ar": column.year,
        "typ": kind_word(column.kind),
        "per": column.as_of,
        "etikett": column.label,
        "tryckt": {TABLES[part]: text for part, text in column.block_labels},
        "forklaring": column.explanation,
    }


TABLES = {"income": "intakter", "costs": "kostnader", "equity": "eget_kapital"}


def _block(block: Block, columns: Columns) -> Json:
    return {
        "rubrik": block.heading,
        "rader": [_part(part, columns) for part in block.rows],
        "summa": _given(block.total, _total, columns),
    }


def _part(part: BudgetRow | BudgetGroup, columns: Columns) -> Json:
    return _row(part, columns) if isinstance(part, BudgetRow) else _group(part, columns)


def _row(row: BudgetRow, columns: Columns) -> Json:
    return {
        "rad_id": row.id,
        "namn": row.name,
        "part": _word(FUNDERS, row.funder),
        **_member(row.member),
        "andamal": _word(PURPOSES, row.purpose),
        "celler": _cells(row.cells, columns),
        "not": row.mark,
        "forklaring": row.explanation,
        "kommentar": row.comment,
        "lank": row.link,
        "konto": row.account,
        "cofog": row.cofog,
        "uppdelning": _given(row.breakdown, _breakdown),
    }


def _group(group: BudgetGroup, columns: Columns) -> Json:
    return {
        "grupp": group.name,
        "tryckt": group.printed,
        "andamal": _word(PURPOSES, group.purpose),
        "rader": [_part(part, columns) for part in group.rows],
        "summa": _given(group.subtotal, _subtotal, columns),
    }


def _subtotal(subtotal: Subtotal, columns: Columns) -> Json:
    return {
        "namn": subtotal.name,
        "placering": _word(POSITIONS, subtotal.position),
        "celler": _cells(subtotal.cells, columns),
        **_computed(subtotal),
    }


def _total(total: Total, columns: Columns) -> Json:
    return {"namn": total.name, "celler": _cells(total.cells, columns), **_computed(total)}


def _computed(line: Subtotal | Total | Result) -> Json:
    """Mark a sum that the plan doesn't print; the files of plans that print theirs stay unchanged."""
    return {"raknad": True} if line.is_computed else {}


def _result(result: Result, columns: Columns) -> Json:
    return {
        "namn": result.name,
        "roll": _word(RESULT_ROLES, result.role),
        "celler": _cells(result.cells, columns),
        **_computed(result),
    }


def _equity(equity: Equity, columns: Columns) -> Json:
    return {
        "ingaende": _given(equity.opening, _opening),
        "utgaende": _given(equity.closing, _total, columns),
    }


def _opening(opening: OpeningEquity) -> Json:
    return {"namn": opening.name, "ar": opening.year, **_cell(opening.cell)}


def _breakdown(breakdown: Breakdown) -> Json:
    return {
        "rubrik": breakdown.heading,
        "kolumn": breakdown.column,
        "tryckt_i": unit_word(breakdown.unit),
        "rader": [
            {"namn": row.name, "part": _word(FUNDERS, row.funder), **_member(row.member), **_cell(row.cell)}
            for row in breakdown.rows
        ],
        "summa": {"namn": breakdown.total_name, **_cell(breakdown.total)} if breakdown.total else None,
    }


def _member(written: str | None) -> Json:
    """Return the member of a row, if the plan states it; the files of plans that don't stay unchanged."""
    return {"medlem": written} if written else {}


def _cells(cells: Iterable[Cell], columns: Columns) -> list[Json]:
    return [{"kolumn": column.id, **_cell(cell)} for column, cell in zip(columns, cells, strict=True)]


def _cell(cell: Cell) -> Json:
    if isinstance(cell, Amount):
        return {"belopp": cell.kronor, "tryckt": cell.printed, "not": cell.mark}
    return {"belopp": None, "tryckt": cell.text if isinstance(cell, Dash) else None, "not": None}


def _notes(notes: Iterable[Note]) -> list[Json]:
    return [{"not": note.mark, "text": note.text} for note in notes]


# --- Goals ----------------------------------------------------------------------------------------------------------


def _financial_goals(goals: FinancialGoals) -> Json:
    return {
        "punkter": [
            {
                "text": goal.text,
                "not": goal.mark,
                "matt": goal.measure,
                "riktning": _word(DIRECTIONS, goal.direction),
                "grans": goal.limit,
                "enhet": goal.unit,
            }
            for goal in goals.points
        ],
        "fotnoter": _notes(goals.notes),
    }


def _goal(goal: Goal) -> Json:
    return {
        "id": goal.id,
        "text": goal.text,
        "not": goal.mark,
        "laghanvisning": goal.law_reference,
        "ansvarig": goal.responsible,
        "delmal": [_sub_goal(sub_goal) for sub_goal in goal.sub_goals],
    }


def _sub_goal(sub_goal: SubGoal) -> Json:
    return {
        "text": sub_goal.text,
        "not": sub_goal.mark,
        "ansvarig": sub_goal.responsible,
        "aktiviteter": _listed(sub_goal.activities),
        "matt": _listed(sub_goal.measures),
        "malvarden": _targets(sub_goal.targets),
        "utfall": sub_goal.outcome,
        "status": _word(GOAL_STATUSES, sub_goal.status),
        "kommentar": sub_goal.comment,
    }


def _listed(texts: Iterable[ListedText]) -> list[Json]:
    return [{"text": one.text, "punkter": one.points} for one in texts]


def _targets(targets: Iterable[Target]) -> list[Json]:
    return [
        {
            "riktning": _word(DIRECTIONS, target.direction),
            "varde": target.value,
            "enhet": target.unit,
            "avser": target.subject,
        }
        for target in targets
    ]


def _follow_up(follow_up: FollowUp) -> Json:
    return {
        "punkter": [
            {"text": point.text, "not": point.mark, "malvarden": _targets(point.targets)} for point in follow_up.points
        ],
        "fotnoter": _notes(follow_up.notes),
    }
