"""Which columns a table of amounts has: what their headings say of year and kind."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from insyn.importing.document import GridCell
from insyn.model import ColumnKind

KINDS = (
    (re.compile(r"\b(?:utfall|bokslut|resultat|redovisat)", re.I), ColumnKind.OUTCOME),
    (re.compile(r"\b(?:prognos|prog\b|beräknat utfall)", re.I), ColumnKind.FORECAST),
    (re.compile(r"\b(?:plan|efp|flerårsplan|vp|preliminär)\b|\bplan", re.I), ColumnKind.PLAN),
    (re.compile(r"\b(?:budget|bud\b|bu\b|förslag|rev)", re.I), ColumnKind.BUDGET),
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?![\d:])")
HEADING_ONLY = re.compile(
    r"(?:[\s.:/()–-]|(?:19|20)\d\d|år(?:et|s)?|utfall|bokslut|prognos|budget|plan(?:en|år)?|efp|flerårsplan|förslag|reviderad"
    r"|rev|prel(?:iminär)?|beslutad|ny|eget kapital|t\.?o\.?m\.?|per|belopp|i|för|från|kr|tkr|sek|mkr|mnkr|kronor"
    r"|(?:jan|feb|mars|mar|apr|april|maj|jun|juni|jul|juli|aug|augusti|sep|september|okt|nov|dec)[a-zåäö]*)+",
    re.I,
)
NOTE_COLUMN = re.compile(r"(?:fot)?not(?:er)?\.?", re.I)
COMMENT_COLUMN = re.compile(r"(?:kommentar|anmärkning|förklaring|beskrivning)(?:er)?\.?", re.I)


MONTH = re.compile(r"\b(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.I)


class YearHeading(Struct, frozen=True):
    """What a heading says: a year, and perhaps whether it is outcome, forecast, budget or plan."""

    text: str
    year: int
    kind: ColumnKind | None

    @property
    def is_part(self) -> bool:
        """Whether a month stands in it: then it may be of a part of the year."""
        return MONTH.search(self.text) is not None


def read_heading(text: str) -> YearHeading | None:
    """Read a column's heading; None when it is none.

    >>> read_heading("EFP 2022").kind, read_heading("2024").year, read_heading("119 465")
    (<ColumnKind.PLAN: 4>, 2024, None)
    """
    years = YEAR.findall(text)
    if len(years) != 1 or not HEADING_ONLY.fullmatch(text.strip()):
        return None
    kind = next((kind for said, kind in KINDS if said.search(text)), None)
    return YearHeading(text.strip(), int(years[0]), kind)


def headings_of(row: Sequence[GridCell]) -> dict[int, YearHeading]:
    """Return the column headings of a row, by their column; {} when it is no row of headings.

    Bare years may be amounts of a table in thousands: they are headings only when they follow on each other.
    """
    read = {at: read_heading(cell.text) for at, cell in enumerate(row) if cell.text.strip()}
    found = {at: one for at, one in read.items() if one}
    others = [row[at].text for at, one in read.items() if one is None]
    first = next(iter(read), 0)
    others = [
        text for at, text in zip((at for at, one in read.items() if one is None), others, strict=True) if at != first
    ]
    if not found or any(re.search(r"\d", text) and not re.search(r"[^\W\d]", text) for text in others):
        return {}
    if all(one.kind is None for one in found.values()):
        years = [one.year for one in found.values()]
        if any(later - earlier not in (0, 1) for earlier, later in pairwise(years)):
            return {}
        if len(set(years)) == 1 and len(years) > 1:
            return {}
    return found
