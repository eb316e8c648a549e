"""What a document's text says of the plan itself: title, year, registration, decision."""

import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.importing.document import Grid, ListBlock, SourceDocument, SourcePlace, TextHeading, TextParagraph
from insyn.importing.draft import DraftBudget
from insyn.importing.readers.inline import bare

TITLE = re.compile(r"verksamhetsplan", re.I)
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
REGISTRATION = re.compile(r"\b(?:dnr|diarienr|diarienummer)\b\.?:?\s*(\d[\w:./-]*(?: ?/ ?\d+)?)", re.I)
DECISION = re.compile(
    r"\b(?P<wording>fastställ\w*|antag\w*|beslut\w*|godkän\w*)\b[^.\n]{0,40}?\b(?P<body>styrelsen?|förbundsstyrelsen?)\b"
    r"\D{0,20}(?P<day>\d{4}-\d\d-\d\d|\d{6}(?!\d)|\d{1,2} [a-zåäö]+ \d{4})",
    re.I,
)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONGEST_TITLE = 120


class FoundDecision(Struct, frozen=True):
    body: str
    day: str
    """As ÅÅÅÅ-MM-DD."""
    printed: str
    wording: str
    origin: SourcePlace


class DraftPlan(Struct, frozen=True):
    """All that is written in a new plan's file."""

    association: str
    year: int
    title: str
    title_guess: str
    registration: str
    decision: FoundDecision | None
    file: str
    """The imported file's name."""
    file_hash: str
    """SHA-256 of it."""
    budget: DraftBudget
    body: str

    @property
    def has_only_budget(self) -> bool:
        """Whether the document has no text but the budget's."""
        return not re.sub(r"\[[^\]]*\]\([^)]*\)", "", self.body).strip()


def find_title(document: SourceDocument, year: int) -> tuple[str, str]:
    """Return the plan's title, and whether it was made up: a guess's key."""
    for text, _ in _texts(document):
        plain = bare(text).strip("# ")
        if TITLE.search(plain) and len(plain) <= LONGEST_TITLE:
            title = YEAR.split(plain)[0].strip(" ,-–") if not YEAR.search(plain) else plain
            return (title.capitalize() if title.isupper() else title), "title-found"
    return f"Verksamhetsplan {year}", "title-made"


def find_year(document: SourceDocument) -> int:
    """Return the year in the first line that calls itself a plan; 0 when none does."""
    for text, _ in _texts(document):
        if TITLE.search(text) and (match := YEAR.search(text)):
            return int(match[1])
    return 0


def find_registration(document: SourceDocument) -> str:
    found = (match[1] for text, _ in _texts(document) if (match := REGISTRATION.search(text)))
    return next(found, "").rstrip(".")


def find_decision(document: SourceDocument) -> FoundDecision | None:
    """Return the decision that the last such sentence tells of: earlier ones are of other things."""
    found = None
    for text, origin in _texts(document):
        match = DECISION.search(text)
        day = _as_day(match["day"]) if match else ""
        if match and day and re.search(r"plan", text, re.I):
            found = FoundDecision(match["body"].lower(), day, match["day"], match["wording"].lower(), origin)
    return found


def _as_day(written: str) -> str:
    """Return a day as ÅÅÅÅ-MM-DD; "" where it is none.

    >>> _as_day("131129"), _as_day("29 november 2013"), _as_day("2021-11-24")
    ('2013-11-29', '2013-11-29', '2021-11-24')
    """
    if re.fullmatch(r"\d{6}", written):
        written = f"20{written[:2]}-{written[2:4]}-{written[4:]}"
    if match := re.fullmatch(r"(\d{1,2}) ([a-zåäö]{3})[a-zåäö]* (\d{4})", written.lower()):
        month = MONTHS.index(match[2]) + 1 if match[2] in MONTHS else 0
        written = f"{match[3]}-{month:02}-{int(match[1]):02}"
    match = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", written)
    return written if match and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31 else ""


def _texts(document: SourceDocument) -> Iterator[tuple[str, SourcePlace]]:
    for block in document.blocks:
        match block:
            case TextHeading() | TextParagraph():
                yield block.text, block.origin
            case ListBlock():
                yield from ((item, block.origin) for item in block.items)
            case Grid():
                if block.caption:
                    yield block.caption, block.origin
