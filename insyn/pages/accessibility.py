"""The accessibility statement of 13 § lag (2018:1937), as written by the site's actor.

Nothing is claimed that the actor hasn't stated: what is missing is left out here and reported to staff by a check.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from insyn.model import Gap, GapReason, Settings, Statement
from insyn.pages.frame import Neighbour, Page, Surroundings, frame
from insyn.pages.parts import PageLink
from insyn.swedish import day
from insyn.texts import Texts
from insyn.vocabulary import conformance_word

PATH = "tillganglighet/"
TITLE = "Tillgänglighetsredogörelse"
PHONE = re.compile(r"\+?[0-9][0-9 /\-]{4,20}\Z")
"""A single number that a phone can call."""
GROUPS = (
    (GapReason.FAULT, "brister", "Innehåll som inte är tillgängligt", "statement-faults"),
    (GapReason.BURDEN, "oskaligt-betungande", "Oskäligt betungande anpassning", "statement-burden"),
    (GapReason.OUTSIDE, "utanfor-lagen", "Innehåll som inte omfattas av lagen", "statement-outside"),
)


class GapView(Struct, frozen=True):
    """Content that isn't accessible to all."""

    text: str
    detail: str | None


class GapGroup(Struct, frozen=True):
    """Content that is inaccessible for the same reason."""

    id: str
    heading: str
    sentence: str
    gaps: tuple[GapView, ...]


class StatementPage(Page, frozen=True):
    """The accessibility statement. A part that isn't stated is None, and left out."""

    template: ClassVar = "pages/statement.html"

    lead: str
    conformance: str | None
    answer: str | None
    email: str | None
    phone: str | None
    phone_href: str
    supervision: str
    complaint: PageLink
    standard: str
    groups: tuple[GapGroup, ...]
    method: str | None
    days: tuple[str, ...]
    """The days of its assessment and update."""


def statement_page(statement: Statement, settings: Settings, surroundings: Surroundings, texts: Texts) -> StatementPage:
    """Compose the page from the facts of the statement."""
    service = statement.service or settings.name
    supervisor = statement.supervisor or texts.say("statement-supervisor")
    complaint = statement.complaint_address or texts.say("statement-complaint-address")
    return StatementPage(
        frame=frame(
            surroundings,
            PATH,
            title=TITLE,
            description=texts.say("statement-description", service=service),
            above=(Neighbour(TITLE, PATH),),
        ),
        lead=_lead(statement, service, texts),
        conformance=_conformance(statement, service, texts),
        answer=texts.say("statement-answer", answer=statement.answer) if statement.answer else None,
        email=statement.email,
        phone=statement.phone,
        phone_href=_phone_href(statement.phone),
        supervision=texts.say("statement-supervision", supervisor=supervisor),
        complaint=PageLink(texts.say("statement-complain", supervisor=supervisor), complaint),
        standard=texts.say("statement-standard", standard=statement.standard or texts.say("statement-en-301-549")),
        groups=tuple(_groups(statement, texts)),
        method=statement.method,
        days=tuple(_days(statement, texts)),
    )


def _lead(statement: Statement, service: str, texts: Texts) -> str:
    if statement.actor is None:
        return texts.say("statement-lead-nameless", service=service)
    return texts.say("statement-lead", actor=statement.actor, service=service)


def _conformance(statement: Statement, service: str, texts: Texts) -> str | None:
    if statement.conformance is None:
        return None
    word = conformance_word(statement.conformance)
    key = "statement-conformance-gaps" if statement.gaps else "statement-conformance"
    return texts.say(key, service=service, conformance=word)


def _phone_href(phone: str | None) -> str:
    """Return the address that calls a number; empty unless it is a single number."""
    return f"tel:{re.sub('[ /-]', '', phone)}" if phone and PHONE.match(phone) else ""


def _groups(statement: Statement, texts: Texts) -> Iterator[GapGroup]:
    for reason, id, heading, key in GROUPS:
        gaps = tuple(_gap(gap, texts) for gap in statement.gaps if gap.reason is reason)
        if gaps:
            yield GapGroup(id, heading, texts.say(key), gaps)


def _gap(gap: Gap, texts: Texts) -> GapView:
    mended = texts.say("statement-mended", day=day(gap.mended_by)) if gap.mended_by else None
    return GapView(gap.text, " ".join(said for said in (gap.motive, mended) if said) or None)


def _days(statement: Statement, texts: Texts) -> Iterator[str]:
    if statement.assessed:
        yield texts.say("statement-assessed", day=day(statement.assessed))
    if statement.updated:
        yield texts.say("statement-updated", day=day(statement.updated))
