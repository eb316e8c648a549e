"""Does a revision during the year state how a new cost is financed?

No plan says whether there is a new cost: that follows from the previous version, if it is kept. So a plan is judged
without it when it is read, and again when its page is composed.
"""

from insyn.law.basis import basis_of
from insyn.law.judgement import Case, Judgement, Verdict, case_of, gravest, not_applicable
from insyn.law.timeliness import law_day
from insyn.model import Association, Kronor, Plan, Revision
from insyn.problems import Place, problem
from insyn.swedish import day
from insyn.texts import Texts


def revised(case: Case) -> Judgement:
    """Judge a revision by its own plan alone."""
    return _judged(case, None)


def revised_since(
    plan: Plan, association: Association, rise: Kronor | None, judged: Judgement, texts: Texts
) -> Judgement:
    """Judge a revision again by the rise in the year's costs since the previous version; None if that isn't known."""
    if judged.check != "revised" or rise is None:
        return judged
    return _judged(case_of(plan, association, texts), rise)


def _judged(case: Case, rise: Kronor | None) -> Judgement:
    during = _during(case.plan)
    if not during:
        return not_applicable("revised")
    latest = max(during, key=lambda one: one.day)
    answered = tuple(_financing(case.plan, one) is not None for one in during)
    verdict = gravest(tuple(Verdict.OK if told else Verdict.UNKNOWN for told in answered))
    if rise is not None and rise <= 0 and not answered[during.index(latest)]:
        verdict = Verdict.NOTE
    told = tuple(sentence for one in during for sentence in _told(case, one, rise if one is latest else None))
    return Judgement(
        "revised",
        verdict,
        case.say("law.revised.rule"),
        told,
        source=case.source("revised") or "",
        problems=tuple(
            problem("revision-unfinanced", one.place, day=day(one.day))
            for one, is_answered in zip(during, answered, strict=True)
            if not is_answered
        ),
    )


def _financing(plan: Plan, revision: Revision) -> str | None:
    """Return how a new cost is financed: in the revision's own words, else by the stated reason for higher costs."""
    return revision.financing or plan.deficit_reason


def unpaid_revision(plan: Plan) -> Place | None:
    """Return the place of the latest revision during the year, if the financing of a new cost isn't filled in."""
    during = _during(plan)
    latest = max(during, key=lambda one: one.day) if during else None
    is_held_to_it = basis_of("revised", law_day(plan)) is not None
    return latest.place if latest and is_held_to_it and _financing(plan, latest) is None else None


def _during(plan: Plan) -> list[Revision]:
    return [revision for revision in plan.revisions if revision.day.year == plan.year]


def _told(case: Case, revision: Revision, rise: Kronor | None) -> tuple[str, ...]:
    financing = _financing(case.plan, revision)
    changed = case.say("law.revised.found", day=day(revision.day))
    costs = (_costs(case, rise),) if rise is not None else ()
    if financing:
        return changed, *costs, case.say("law.revised.financed", financing=financing.rstrip("."))
    return (changed, *costs) if rise is not None and rise <= 0 else (changed, *costs, case.say("law.revised.untold"))


def _costs(case: Case, rise: Kronor) -> str:
    if rise == 0:
        return case.say("law.revised.same", year=case.plan.year)
    key = "law.revised.higher" if rise > 0 else "law.revised.lower"
    return case.say(key, year=case.plan.year, amount=case.kronor(abs(rise)))
