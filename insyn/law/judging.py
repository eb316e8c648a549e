"""Runs every check of a plan and sorts the judgements by audience."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from insyn.law import documents, procedure, prose_figures
from insyn.law.activities import activities
from insyn.law.administration import administration
from insyn.law.balance import balance
from insyn.law.basis import BASES, basis_of
from insyn.law.borrowing import limits
from insyn.law.ceiling import ceiling
from insyn.law.horizon import horizon
from insyn.law.judgement import Case, Judgement, Verdict, case_of, not_applicable, unmade
from insyn.law.membership import parties
from insyn.law.required_contents import contents
from insyn.law.revision import revised
from insyn.law.shares import shares
from insyn.law.sums import sums
from insyn.model import Association, DocumentKind, Plan
from insyn.problems import Problem
from insyn.texts import Texts

CHECKS = (
    sums,
    balance,
    shares,
    ceiling,
    administration,
    horizon,
    contents,
    procedure.decided,
    procedure.consulted,
    procedure.proposal,
    procedure.meeting,
    revised,
    parties,
    prose_figures.figures,
    prose_figures.amounts,
    activities,
    limits,
    documents.status,
    documents.title_years,
    documents.origin,
    documents.registration,
    documents.organisation_number,
    documents.name,
    documents.heading_numbers,
    documents.references,
)
"""In reading order: the money, the plan's contents, the decision; then those for staff."""


def judge(plan: Plan, association: Association, texts: Texts) -> tuple[Judgement, ...]:
    """Run every check on a plan that was read without errors. Reports on a past year are subject to other rules."""
    if plan.document is not DocumentKind.PLAN or not plan.budget.columns:
        return ()
    case = case_of(plan, association, texts)
    return tuple(_by_its_law(case, check(case)) for check in CHECKS)


def _by_its_law(case: Case, judgement: Judgement) -> Judgement:
    """Set a judgement aside if its rule wasn't in force at the decision, or if the rule's wording then isn't known."""
    check = judgement.check
    if check not in BASES or judgement.verdict is Verdict.NOT_APPLICABLE:
        return judgement
    basis = basis_of(check, case.day)
    if basis is None:
        return not_applicable(check)
    if basis.is_known:
        return judgement
    why = case.say("law.unread")
    unknown = unmade(case, check, why, "unmade-unread")
    return replace(unknown, rule="", found=(*judgement.found, why), reason=judgement.reason)


def for_readers(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that appear on the plan's page, without those for staff."""
    shown = (one for one in judgements if not one.for_staff and one.verdict is not Verdict.NOT_APPLICABLE)
    return tuple(replace(one, problems=()) for one in shown)


def problems_of(judgements: Iterable[Judgement]) -> Iterator[Problem]:
    """Yield the problems reported to staff."""
    return (one for judgement in judgements for one in judgement.problems)
