"""Which statute and paragraph does a check rest on, and which references resolve, on the day when a plan was decided?

A plan is judged by the law of its own day. Kommunallagen (2017:725) replaced (1991:900) on 1 January 2018. The acts
were read as they stood in February 2026. A förbund's plan is subject to kommunallagen only so far as 21 § of lagen
(2003:1210) says. The wording of 21 § before 2018 hasn't been found, so older plans aren't judged by any rule that rests
on it.
"""

from datetime import date

from msgspec import Struct

FINSAM = date(2004, 1, 1)
"""Lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser."""
MUNICIPAL = date(2018, 1, 1)
"""Kommunallagen (2017:725)."""
RECOMMENDATION = date(2013, 10, 2)
"""Nationella rådet's recommendation on equity."""
AMENDED = date(2024, 1, 1)
"""Lag (2023:642) om ändring i kommunallagen."""


class Basis(Struct, frozen=True):
    """The basis of a check from a certain day: a sentence of the catalogue that names statute and paragraph."""

    since: date
    key: str
    is_known: bool = True
    """Whether the rule's wording at the time has been read. Otherwise no plan can be said to have broken it."""


UNREAD = Basis(FINSAM, "basis.unread", is_known=False)
"""21 § lagen (2003:1210) before 2018."""
BASES: dict[str, tuple[Basis, ...]] = {
    "balance": (Basis(MUNICIPAL, "basis.balance"), UNREAD),
    "shares": (Basis(FINSAM, "basis.shares"),),
    "shares-alone": (Basis(FINSAM, "basis.shares-alone"),),
    "ceiling": (Basis(RECOMMENDATION, "basis.ceiling"),),
    "horizon": (Basis(MUNICIPAL, "basis.horizon"), UNREAD),
    "contents": (Basis(MUNICIPAL, "basis.contents"), UNREAD),
    "decided": (Basis(FINSAM, "basis.decided"),),
    "consulted": (Basis(FINSAM, "basis.decided"),),
    "proposal": (Basis(MUNICIPAL, "basis.proposal"),),
    "meeting": (Basis(FINSAM, "basis.meeting"),),
    "revised": (Basis(MUNICIPAL, "basis.revised"),),
    "parties": (Basis(FINSAM, "basis.parties"),),
    "appeal": (Basis(MUNICIPAL, "basis.appeal"), UNREAD),
}
"""The bases of each check, and of the right to appeal, newest first. A check that isn't listed doesn't rest on law."""


def basis_of(check: str, day: date) -> Basis | None:
    """Return the basis of a check on a certain day; None if the rule wasn't in force yet."""
    return next((basis for basis in BASES[check] if basis.since <= day), None)


# --- References in texts --------------------------------------------------------------------------------------------


class Section(Struct, frozen=True):
    """A paragraph with a letter, or with a period of validity of its own: "6 a" of chapter 11."""

    chapter: str
    number: str
    since: date = date.min
    until: date = date.max


class Act(Struct, frozen=True):
    """An act: its period of validity, and the number of paragraphs in each known chapter ("" for an undivided act)."""

    since: date
    until: date
    chapters: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...] = ()


ACTS = {
    "2003:1210": Act(FINSAM, date.max, (("", 28),), (Section("", "5 a"), Section("", "19 a"))),
    "2017:725": Act(
        MUNICIPAL,
        date.max,
        (("8", 18), ("9", 38), ("10", 9), ("11", 22)),
        (
            Section("8", "16 a", since=AMENDED),
            Section("11", "6 a", since=AMENDED),
            Section("11", "4", until=AMENDED),
        ),
    ),
    "1991:900": Act(date(1992, 1, 1), MUNICIPAL, ()),
}
"""The acts that plans refer to, by number. References to any other act aren't checked."""


def resolves(act: str, chapter: str, section: str, day: date) -> bool:
    """Whether a reference leads to a provision in force on a day. An unknown act or chapter counts as in force."""
    known = ACTS.get(act)
    if known is None:
        return True
    if not known.since <= day < known.until:
        return False
    for dated in known.sections:
        if (dated.chapter, dated.number) == (chapter, section):
            return dated.since <= day < dated.until
    lengths = dict(known.chapters)
    has_no_chapters = "" in lengths
    if not section or (chapter not in lengths and not has_no_chapters):
        return True
    return section.isdecimal() and 1 <= int(section) <= lengths.get(chapter, 0)
