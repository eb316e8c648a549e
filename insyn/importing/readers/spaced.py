"""A table whose cells have one space between them, as a PDF reader copies it: amounts are told apart by their size."""

import re
from collections.abc import Sequence

from insyn.importing.document import GridCell, SourcePlace
from insyn.importing.readers.inline import bare
from insyn.reading.printed_amounts import several

HEADING = re.compile(
    r"(?:(?:prognos|budget|plan|efp|utfall|bokslut)\s+)?(?<![\d-])(?:19|20)\d\d(?![\d:-])(?:\s+(?:prognos|budget|plan)(?!\s*\d))?",
    re.IGNORECASE,
)
AMOUNT = r"(?:[-–−(]? ?\d[\d.,]*\)?\**|(?:-{1,3}|–)(?! ?\d))"
ROW = re.compile(
    rf"(?P<name>\S.{{0,200}}?)\s{{1,200}}(?P<amounts>{AMOUNT}(?:\s+{AMOUNT}){{0,40}})(?P<mark>\s+(?:\d{{1,2}}\)|\*+))?\Z"
)
NOTES_LAST = re.compile(r"(?<!\s)\s+(?:fot)?not(?:er)?\Z", re.IGNORECASE)
LONGEST_NAME = 60
MOST_WORDS = 6
MINUS = re.compile(r"(?<!\S)[-–−] (?=\d)")
DASHED = re.compile(r"(?<!\S)(-{1,3}|–)(?!\S)")

NumberedLine = tuple[int, str]


def headings_in(line: str) -> tuple[str, tuple[str, ...]]:
    """Return what stands before a line's headings with years, and the headings; () when it isn't a line of such.

    >>> headings_in("Intäkter Budget 2024 Plan 2025")
    ('Intäkter', ('Budget 2024', 'Plan 2025'))
    """
    line = NOTES_LAST.sub("", line)
    found = [match[0].strip() for match in HEADING.finditer(line)]
    rest = HEADING.sub("", line).strip()
    is_name = len(rest) <= LONGEST_NAME // 2 and not re.search(r"[\d,.–-]", rest) and line.startswith(rest)
    return (rest, tuple(found)) if len(found) > 1 and is_name else ("", ())


def spaced_table(lines: Sequence[NumberedLine]) -> tuple[list[list[GridCell]], int]:
    """Return the rows of a table that begins with headings, and how many lines they are; ([], 0) when none do."""
    _, headings = headings_in(lines[0][1].strip()) if lines else ("", ())
    if not headings:
        return [], 0
    rows: list[list[GridCell]] = []
    pending: list[list[GridCell]] = []
    last = 0
    for at, (number, line) in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        row = _row(number, text, len(headings))
        if row is None:
            break
        pending.append(row)
        if any(cell.text for cell in row[1:]):
            rows, pending, last = [*rows, *pending], [], at + 1
    return (rows, last) if len(rows) > 2 else ([], 0)


def _row(number: int, text: str, columns: int) -> list[GridCell] | None:
    """Return a line as cells; None when it is no row. What can't be told apart stands whole in every cell."""
    name, headings = headings_in(text)
    if len(headings) == columns:
        return _cells(number, name, headings, "")
    match = ROW.match(text)
    if match is None or len(match["name"]) > LONGEST_NAME:
        is_name = len(text) <= LONGEST_NAME and len(text.split()) <= MOST_WORDS and not text.endswith((".", ",", ";"))
        return _cells(number, text, ("",) * columns, "") if is_name else None
    amounts = DASHED.sub(r'"\1"', MINUS.sub("-", match["amounts"]))
    parted = tuple(one.strip('"') for one in several(amounts, columns))
    texts, doubt = (parted, "spaced") if parted else ((match["amounts"],) * columns, "columns-unclear")
    row = _cells(number, match["name"], texts, doubt)
    return [GridCell(row[0].text, row[0].origin, (match["mark"] or "").strip()), *row[1:]]


def _cells(number: int, name: str, texts: Sequence[str], doubt: str) -> list[GridCell]:
    first = GridCell(bare(name), SourcePlace(line=number, column=1))
    rest = [
        GridCell(text, SourcePlace(line=number, column=at), doubt=doubt if text else "")
        for at, text in enumerate(texts, 2)
    ]
    return [first, *rest]
