"""How the plan complies with the law, recommendations and its own goals: each check in words, for its page."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from insyn.law.basis import FINSAM
from insyn.law.judgement import Judgement, Verdict
from insyn.law.timeliness import last_day, law_day
from insyn.markdown.inline import render_inline
from insyn.model import Plan
from insyn.pages.parts import PageLink
from insyn.swedish import capitalised, day, listed, number_beside
from insyn.texts import Texts

KINDS = ("agrees", "deviates", "explained", "note")
"""Results of a check, as they are counted."""
DEVIATIONS = PageLink("Siffror som avviker", "#avvikelser")


class JudgementView(Struct, frozen=True):
    """A check of the plan against a rule."""

    heading: str
    kind: str
    """agrees, deviates, explained or note: decides the sign before the verdict."""
    verdict: str
    rule: str
    found: tuple[str, ...]
    calculation: tuple[str, ...]
    source: str
    reason_html: Markup | None
    link: PageLink | None
    """Link to more details."""


class UnmadeView(Struct, frozen=True):
    """A check that can't be made, and the reason."""

    heading: str
    reason: str
    source: str
    reason_html: Markup | None
    """The förbund's own reason for an apparent deviation."""


class JudgementPanel(Struct, frozen=True):
    law: str
    """States the day whose law the plan is judged by."""
    summary: str
    judged: tuple[JudgementView, ...]
    unmade: tuple[UnmadeView, ...]


def judgement_panel(plan: Plan, judgements: Sequence[Judgement], texts: Texts) -> JudgementPanel | None:
    """Lay out the checks of a plan; None if none was made."""
    if not judgements:
        return None
    made = tuple(one for one in judgements if one.verdict is not Verdict.UNKNOWN)
    unmade = tuple(one for one in judgements if one.verdict is Verdict.UNKNOWN)
    return JudgementPanel(
        law=_law(plan, texts),
        summary=_summary(made, len(unmade), texts),
        judged=tuple(_judged(one, texts) for one in made),
        unmade=tuple(_unmade(one, texts) for one in unmade),
    )


def _law(plan: Plan, texts: Texts) -> str:
    """Return a sentence on the day whose law applies to the plan."""
    if law_day(plan) < FINSAM:
        return texts.say("held-to-none")
    if plan.decided_on:
        return texts.say("held-to-law")
    return texts.say("held-to-last-day", day=day(last_day(plan.year)))


def _name(judgement: Judgement, texts: Texts) -> str:
    return texts.say(f"law.{judgement.check}.name")


def _judged(judgement: Judgement, texts: Texts) -> JudgementView:
    kind = _kind(judgement)
    return JudgementView(
        heading=_name(judgement, texts),
        kind=kind,
        verdict=texts.say(f"verdict-{kind}"),
        rule=judgement.rule,
        found=judgement.found,
        calculation=judgement.calculation,
        source=judgement.source,
        reason_html=_reason(judgement),
        link=DEVIATIONS if judgement.check == "sums" and judgement.verdict is Verdict.NOTE else None,
    )


def _unmade(judgement: Judgement, texts: Texts) -> UnmadeView:
    reason = " ".join((judgement.rule, *judgement.found)).strip()
    return UnmadeView(_name(judgement, texts), reason, judgement.source, _reason(judgement))


def _reason(judgement: Judgement) -> Markup | None:
    return Markup(render_inline(judgement.reason)) if judgement.reason else None


def _kind(judgement: Judgement) -> str:
    """Return whether the plan agrees, deviates, deviates with a reason, or only has something worth knowing."""
    if judgement.verdict is Verdict.OK:
        return "agrees"
    if judgement.reason:
        return "explained"
    return "deviates" if judgement.verdict is Verdict.WARNING else "note"


def _summary(made: Sequence[Judgement], unmade: int, texts: Texts) -> str:
    """Summarise the results of the checks in numbers."""
    kinds = Counter(_kind(one) for one in made)
    most = max(len(made), unmade)
    parts = [_counted(kind, kinds[kind], most, texts) for kind in KINDS if kinds[kind]]
    said = texts.say("judged", checks=capitalised(_counted("check", len(made), most, texts)), parts=listed(parts))
    return f"{said} {capitalised(_counted('unmade', unmade, most, texts))}" if unmade else said


def _counted(what: str, count: int, most: int, texts: Texts) -> str:
    return texts.say(f"judged-{what}" if count == 1 else f"judged-{what}-many", count=number_beside(count, most))
