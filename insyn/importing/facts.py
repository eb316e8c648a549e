"""What a document's text says of the plan itself: title, year, registration, decision."""

import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.importing.document import Grid, ListBlock, SourceDocument, SourcePlace, TextHeading, TextParagraph
from insyn.importing.draft import DraftBudget
from insyn.importing.goals import FoundGoals
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
LONGEST_ORGANISATION = 5
"""Words of the name of whom somebody represents."""


class FoundDecision(Struct, frozen=True):
    body: str
    day: str
    """As ÅÅÅÅ-MM-DD."""
    printed: str
    wording: str
    origin: SourcePlace


class FoundSignatures(Struct, frozen=True):
    """Who has signed, and the line that says when."""

    people: tuple[tuple[str, str, str], ...]
    """Name, role, and whom they represent; empty where that isn't said."""
    day: str
    """As ÅÅÅÅ-MM-DD; empty where no line says it."""
    printed: str
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
    is_pdf: bool
    """Whether another program found its text in a PDF."""
    file_hash: str
    """SHA-256 of it."""
    budget: DraftBudget
    body: str
    goals: FoundGoals | None = None
    signatures: FoundSignatures | None = None

    @property
    def has_only_budget(self) -> bool:
        """Whether the document has no text but the budget's."""
        return not re.sub(r"\[[^\[\]]*\]\([^()]*\)", "", self.body).strip()


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


SIGNED = re.compile(r"(?P<place>[A-ZÅÄÖ][\w-]+) den (?P<day>\d{1,2} [a-zåäö]+ \d{4}|\d{4}[ -]\d\d-?\d\d)", re.I)
ROLE = re.compile(
    r"(?:1:e |2:e |förste |andre )?(?:vice )?ordförande|(?:ordinarie )?ledamot|ersättare|förbundschef", re.I
)
PERSON = re.compile(r"[A-ZÅÄÖ][\w'’-]+(?: [A-ZÅÄÖ][\w'’.-]*){1,3}")
LEAST_SIGNED = 2


def find_signatures(document: SourceDocument) -> FoundSignatures | None:
    """Return those whose name stands on a line of its own, with their role on the next, and the day above them.

    One alone may be somebody to write to, and is not taken.
    """
    lines = [(line.strip(), origin) for text, origin in _texts(document) for line in bare(text).split("\n")]
    people: list[tuple[str, str, str]] = []
    places: list[int] = []
    for at, (line, _) in enumerate(lines[1:], 1):
        if ROLE.fullmatch(line) and PERSON.fullmatch(lines[at - 1][0]):
            after = lines[at + 1][0] if at + 1 < len(lines) else ""
            is_last = at + 2 < len(lines) and ROLE.fullmatch(lines[at + 2][0]) is not None
            represented = after if after and not (is_last and PERSON.fullmatch(after)) and _is_name(after) else ""
            people.append((lines[at - 1][0], line, represented))
            places.append(at - 1)
    if len(people) < LEAST_SIGNED:
        return None
    above = (SIGNED.fullmatch(line) for line, _ in reversed(lines[: places[0]]))
    signed = next((match for match in above if match), None)
    day = _as_day(re.sub(r"(\d{4}) (\d\d)(\d\d)", r"\1-\2-\3", signed["day"])) if signed else ""
    return FoundSignatures(tuple(people), day, signed[0] if signed and day else "", lines[places[0]][1])


def _is_name(line: str) -> bool:
    """Whether a line may be the name of an organisation: short, and no sentence."""
    return len(line.split()) <= LONGEST_ORGANISATION and line[:1].isupper() and not line.endswith((".", ":"))


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
