"""From a file's bytes to a draft of a plan, with all that a person must look at."""

import hashlib
import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.checks.arithmetic import CODES
from insyn.checks.plan import check_plan
from insyn.importing.arranging import arrange, year_of
from insyn.importing.document import PDF, Remark, RemarkKind, SourceDocument, SourcePlace, remark
from insyn.importing.draft import DraftBudget, DraftCell, DraftGroup, DraftRow, named_cells, rows_of
from insyn.importing.facts import (
    DraftPlan,
    find_decision,
    find_registration,
    find_signatures,
    find_title,
    find_year,
)
from insyn.importing.formats import read_document, read_pdf_text
from insyn.importing.goals import find_goals
from insyn.importing.prose import write_body
from insyn.importing.provenance import write_provenance
from insyn.importing.readback import read_back
from insyn.importing.sentences import Sentences
from insyn.importing.tables import find_tables
from insyn.importing.writing import write_plan
from insyn.model import Association, Plan
from insyn.problems import Problem
from insyn.texts import Texts


class NoBudget(Exception):
    """No table with years above amounts was found."""


class Imported(Struct, frozen=True):
    """A draft as it is to be written, and what is to be told of it."""

    text: str
    provenance: str
    draft: DraftPlan
    plan: Plan
    remarks: tuple[Remark, ...]
    """Everything guessed, unread or left out, in the order of the document."""
    sums: tuple[Problem, ...]
    """What doesn't add up."""
    faults: tuple[Problem, ...]
    """What else is wrong with the draft as it was read again, as that no column is the plan's own."""

    @property
    def has_sums(self) -> bool:
        """Whether both sides have a total to be held to in each column."""
        totals = (self.draft.budget.income.total, self.draft.budget.costs.total)
        return all(total and not any(cell.is_unread for cell in total.cells) for total in totals)

    @property
    def cells(self) -> list[DraftCell]:
        return [cell for _, _, cell in named_cells(self.draft.budget)]


def import_file(
    body: bytes,
    name: str,
    target: tuple[str, int] | None,
    association: Association | None,
    texts: Texts,
    *,
    pdf_text: str | None = None,
) -> Imported:
    """Make a draft of a file. `target` is the förbund's id and the year, if they are known, and `pdf_text` what another
    program has found in a PDF.

    Raises NoBudget, and Unsupported for a kind of file that isn't read.
    """
    document = read_pdf_text(pdf_text) if pdf_text else read_document(body, name)
    remarks = list(document.remarks)
    tables = find_tables(document, remarks)
    if not tables:
        raise NoBudget(name)
    year = target[1] if target else find_year(document) or year_of(tables[0])
    members = association.members if association else ()
    budget = arrange(tables[0], tables[1:], document, members, year)
    draft = _draft(document, budget, year, target[0] if target else "", name, body, remarks)
    sentences = Sentences(texts)
    text = write_plan(draft, sentences)
    plan, problems = read_back(text, draft, f"content/{draft.association}/{year}/plan.md")
    told = tuple(one for one in check_plan(plan) if one.code in SUMS)
    if MISREAD_LETTERS.search(text):
        remarks.append(remark(RemarkKind.UNREAD, "letters-misread", SourcePlace()))
    told_remarks = tuple(sorted((*remarks, *budget.remarks, *_guesses(draft)), key=_order))
    provenance = write_provenance(budget, name, draft.file_hash, texts)
    return Imported(text, provenance, draft, plan, told_remarks, told, problems)


MISREAD_LETTERS = re.compile("Ã[¤¥¶„…–©]")
"""å, ä and ö that another program has read by the wrong encoding."""
SUMS = frozenset(
    {*CODES.values(), "amount-differs", "row-differs", "row-twice", "row-is-sum", "row-uncounted", "row-missing"}
)
"""Codes of problems that tell of what doesn't add up."""


def _draft(
    document: SourceDocument,
    budget: DraftBudget,
    year: int,
    association: str,
    name: str,
    body: bytes,
    remarks: list[Remark],
) -> DraftPlan:
    title, title_guess = find_title(document, year)
    goals = find_goals(document)
    taken = (*budget.taken, *([goals.grid] if goals else []))
    return DraftPlan(
        association=association or "ange-förbund",
        year=year,
        title=title,
        title_guess=title_guess,
        registration=find_registration(document),
        decision=find_decision(document),
        file=name,
        is_pdf=any(one.key == PDF for one in document.remarks),
        file_hash=hashlib.sha256(body).hexdigest(),
        budget=budget,
        body=write_body(document, taken, remarks, goals=goals.grid if goals else None),
        goals=goals,
        signatures=find_signatures(document),
    )


def _order(one: Remark) -> tuple[int, SourcePlace]:
    kinds = (RemarkKind.UNREAD, RemarkKind.GUESS, RemarkKind.KEPT, RemarkKind.LEFT_OUT)
    return kinds.index(one.kind), one.origin


def _guesses(draft: DraftPlan) -> Iterator[Remark]:
    """Yield a remark for each guess that stands in the file, those of one kind together."""
    budget = draft.budget
    start = budget.taken[0].origin if budget.taken else SourcePlace()
    if budget.unit_guess:
        yield remark(RemarkKind.GUESS, budget.unit_guess, start)
    if budget.costs_negative:
        yield remark(RemarkKind.GUESS, "costs-negative", start)
    if draft.title_guess:
        yield remark(RemarkKind.GUESS, draft.title_guess, SourcePlace(), name=draft.title)
    if draft.registration:
        yield remark(RemarkKind.GUESS, "registration-found", SourcePlace(), name=draft.registration)
    if draft.goals:
        count = sum(len(goal.sub_goals) for goal in draft.goals.goals)
        yield remark(RemarkKind.GUESS, "goals-found", draft.goals.origin, count=count)
    if draft.signatures:
        names = ", ".join(name for name, _, _ in draft.signatures.people)
        yield remark(RemarkKind.GUESS, "signatures-found", draft.signatures.origin, name=names)
    if draft.decision:
        yield remark(RemarkKind.GUESS, "decision-found", draft.decision.origin, name=draft.decision.day)
    if any(column.is_guess for column in budget.columns):
        labels = ", ".join(column.label for column in budget.columns if column.is_guess)
        yield remark(RemarkKind.GUESS, "kind-by-year", start, name=labels)
    yield from _of_rows(budget)
    open_rows = [row for row, is_open in _open_purposes(budget) if is_open]
    if open_rows:
        names = ", ".join(row.name for row in open_rows)
        yield remark(RemarkKind.GUESS, "purpose-open", open_rows[0].origin, name=names)
    yield from _of_cells(budget)


def _of_rows(budget: DraftBudget) -> Iterator[Remark]:
    names: dict[str, list[str]] = {}
    places: dict[str, SourcePlace] = {}
    for one in (*budget.income.rows, *budget.costs.rows):
        for row in (one, *(one.rows if isinstance(one, DraftGroup) else ())):
            for key in row.guesses:
                names.setdefault(key, []).append(row.name)
                places.setdefault(key, row.origin)
    for block, key in ((budget.income, "no-total"), (budget.costs, "no-total")):
        if block.total is None:
            rows: list[DraftRow] = rows_of(block)
            yield remark(RemarkKind.UNREAD, key, rows[-1].origin if rows else SourcePlace())
    for key, found in names.items():
        yield remark(RemarkKind.GUESS, key, places[key], name=", ".join(found))


def _open_purposes(budget: DraftBudget) -> Iterator[tuple[DraftRow, bool]]:
    """Yield the rows of costs, and whether neither they nor their group say what they are for."""
    for one in budget.costs.rows:
        if isinstance(one, DraftGroup):
            yield from ((row, not (row.purpose or one.purpose)) for row in one.rows)
        else:
            yield one, not one.purpose


def _of_cells(budget: DraftBudget) -> Iterator[Remark]:
    for name, column, cell in named_cells(budget):
        if cell.guess and cell.guess != PDF:
            kind = RemarkKind.UNREAD if cell.is_unread else RemarkKind.GUESS
            yield remark(kind, cell.guess, cell.origin, name=f"{name}, {column}", text=cell.source, shown=cell.shown)
