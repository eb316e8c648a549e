"""Reads text: a whole plan, or what was copied out of a PDF, a web page or a word processor."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from insyn.importing.document import (
    DocumentBlock,
    Grid,
    GridCell,
    ListBlock,
    Remark,
    RemarkKind,
    SourceDocument,
    SourcePlace,
    TextHeading,
    TextParagraph,
    remark,
    squared,
)
from insyn.importing.readers.inline import as_markdown, bare, is_bold, raised
from insyn.importing.readers.spaced import headings_in, spaced_table

NumberedLine = tuple[int, str]
"""Its number, from 1, and what stands on it."""

MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*)\Z")
NUMBERED_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(\S.{0,98}[^.,;:\s])\Z")
BULLET = re.compile(r"\s*[-•–▪◦·●○\uf0b7]\s+(\S.*)\Z")
STARRED = re.compile(r"\s*\*\s+(\S.*)\Z")
NUMBERED = re.compile(r"\s*(\d{1,2})[.)]\s+(\S.*)\Z")
PIPED = re.compile(r"\s*\|.*\|\s*\Z")
PIPE_RULE = re.compile(r"(?=.*--)(?=.*\|)[\s|:-]+\Z")
PAGE_NUMBER = re.compile(
    r"\s*(?:(?:Sida|Sid\.?|s\.)\s*)?\d{1,3}(?:\s*(?:\(\d{1,3}\)|/\s*\d{1,3}|av\s+\d{1,3}))?\s*\Z", re.I
)
CONTENTS_LINE = re.compile(r"(?:(?<!\.)\.{4,}|(?<!…)…{2,}|(?<!\. )(?:\. ){4,})\s{0,9}\d{1,3}\s{0,9}\Z")
DIVIDED = re.compile(r"\w[-\u00ad]\Z")
GAP = re.compile(r"(?<=\S)(?: {2,}|\u00a0{2,})(?=\S)")
OFTEN = 3
"""Times that a short line stands in a text, after which it is taken for a page's head."""
SHORT = 80
BETWEEN = 4
"""Short lines that may stand between two rows of a table."""
WRAPPED = 55
"""Characters of a line that is likely to have been broken for its length."""


def read_plain(text: str) -> SourceDocument:
    """Read a text. Page numbers, repeated heads, contents lists and divided words are mended and told of."""
    remarks: list[Remark] = []
    lines = list(_cleaned(text, remarks))
    return SourceDocument(tuple(_blocks(lines, remarks)), tuple(remarks))


# --- What belongs to pages and not to the text ---------------------------------------------------------------------


def _cleaned(text: str, remarks: list[Remark]) -> Iterator[NumberedLine]:
    """Yield the lines that belong to the text; a page break is an empty line."""
    raw = text.replace("\f", "\n\f").split("\n")
    breaks = "\f" in text
    heads = _page_heads(raw) if breaks else set()
    for number, line in enumerate(raw, 1):
        bare_line = line.replace("\f", "").strip()
        key = ""
        if (leader := CONTENTS_LINE.search(bare_line)) and leader.start():
            key = "contents-line"
        elif bare_line in heads:
            key = "page-head"
        elif PAGE_NUMBER.fullmatch(bare_line) and _is_alone(raw, number - 1) and (breaks or "sid" in bare_line.lower()):
            key = "page-number"
        if key:
            remarks.append(remark(RemarkKind.LEFT_OUT, key, SourcePlace(line=number), text=bare_line))
        yield number, "" if key else line.replace("\f", "")


def _page_heads(raw: list[str]) -> set[str]:
    """Return the lines that begin or end most pages: in a text with page breaks the same short line, often."""
    pages = "\n".join(raw).split("\f")
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        edges.update({re.sub(r"\d+", "#", line) for line in (lines[:1] + lines[-1:]) if len(line) <= SHORT})
    often = {edge for edge, count in edges.items() if count >= OFTEN and "\t" not in edge}
    return {line.strip() for line in raw if re.sub(r"\d+", "#", line.strip()) in often}


def _is_alone(raw: list[str], at: int) -> bool:
    before, after = raw[at - 1 : at], raw[at + 1 : at + 2]
    return not any(line.replace("\f", "").strip() for line in (*before, *after))


# --- Blocks ---------------------------------------------------------------------------------------------------------


def _blocks(lines: list[NumberedLine], remarks: list[Remark]) -> Iterator[DocumentBlock]:
    """Yield blocks: a run of lines with tabs is a table, other runs end at an empty line."""
    tables, at = 0, 0
    while at < len(lines):
        end = at
        if not lines[at][1].strip():
            at += 1
            continue
        kind = _kind(lines[at][1])
        rows, count = spaced_table(lines[at:]) if kind == "text" else ([], 0)
        if rows:
            tables += 1
            yield Grid(squared(rows), SourcePlace(line=lines[at][0], table=tables))
            at += count
            continue
        while end < len(lines) and lines[end][1].strip() and _goes_on(lines, end, kind):
            end += 1
        run = lines[at:end]
        if kind == "text":
            yield from _texts(run, remarks)
        else:
            tables += 1
            yield _table(run, kind, tables)
        at = end


def _goes_on(lines: list[NumberedLine], at: int, kind: str) -> bool:
    """Whether a line is of the same kind as those before, or a short one between two rows of a table."""
    own = _kind(lines[at][1])
    if kind == "text" and headings_in(lines[at][1].strip())[1]:
        return False
    if kind in (own, "text") or own != "text":
        return own == kind
    near = list(
        takewhile(lambda line: line.strip() and len(line) <= SHORT, (one for _, one in lines[at : at + BETWEEN]))
    )
    after = lines[at + len(near)][1] if at + len(near) < len(lines) else ""
    return any(_kind(line) == kind for line in near) or (bool(near) and _kind(after) == kind)


def _kind(line: str) -> str:
    if "\t" in line.strip("\r\n "):
        return "tabs"
    if PIPED.match(line):
        return "pipes"
    return "gaps" if len(GAP.findall(line.strip())) and _has_gapped_amounts(line) else "text"


def _has_gapped_amounts(line: str) -> bool:
    """Whether a line has several pieces with wide gaps between, as tables have in a text that keeps its layout."""
    pieces = GAP.split(line.strip())
    return len(pieces) > 2 or (len(pieces) == 2 and re.match(r"[-–−(]?\d", pieces[1]) is not None)


def _table(run: list[NumberedLine], kind: str, number: int) -> Grid:
    rows: list[list[GridCell]] = []
    if kind == "gaps":
        rows = _gapped(run)
    else:
        for line_number, line in run:
            if kind == "pipes" and PIPE_RULE.match(line):
                continue
            pieces = line.rstrip("\r").split("\t") if kind == "tabs" else line.strip().strip("|").split("|")
            rows.append([_cell(piece, line_number, column) for column, piece in enumerate(pieces, 1)])
    return Grid(squared(rows), SourcePlace(line=run[0][0], table=number))


def _cell(piece: str, line: int, column: int) -> GridCell:
    text, mark = raised(piece)
    return GridCell(bare(text), SourcePlace(line=line, column=column), mark, is_bold(text))


def _gapped(run: list[NumberedLine]) -> list[list[GridCell]]:
    """Return the rows of a table that is kept apart by spaces: a piece stands in the column whose right edge is its."""
    pieces = [[(found.end(), found[0]) for found in re.finditer(r"\S+(?:[ \u00a0]\S+)*", line)] for _, line in run]
    edges = _edges([[end for end, _ in row[1:]] for row in pieces])
    rows = []
    for (number, line), row in zip(run, pieces, strict=True):
        is_named = len(line) - len(line.lstrip()) < (edges[0] if edges else 1) // 2
        cells = [_cell(row[0][1] if is_named else "", number, 1)]
        for column, edge in enumerate(edges, 2):
            near = [
                text for end, text in (row[1:] if is_named else row) if min(edges, key=lambda e: abs(e - end)) == edge
            ]
            cells.append(_cell(" ".join(near), number, column))
        rows.append(cells)
    return rows


def _nearest(edges: list[int], end: int) -> int:
    return min(edges, key=lambda edge: abs(edge - end))


def _edges(ends: list[list[int]]) -> list[int]:
    """Return the right edges of a table's columns: those of its longest rows."""
    longest = max((len(row) for row in ends), default=0)
    rows = [row for row in ends if len(row) == longest]
    return [max(row[column] for row in rows) for column in range(longest)]


def _texts(run: list[NumberedLine], remarks: list[Remark]) -> Iterator[DocumentBlock]:
    """Yield the headings, lists and paragraphs of lines that stand together."""
    run = _joined(run, remarks)
    start = 0
    while start < len(run):
        number, line = run[start]
        if match := MARKDOWN_HEADING.match(line.strip()):
            words = match[2].rstrip("#").rstrip() or match[2]
            yield TextHeading(bare(words), len(match[1]), SourcePlace(line=number))
            start += 1
            continue
        if len(run) == 1 and (match := NUMBERED_HEADING.match(bare(line))):
            yield TextHeading(bare(line), match[1].count(".") + 1, SourcePlace(line=number))
            return
        taken = _list(run[start:])
        if taken:
            yield taken
            start += len(taken.items)
            continue
        yield TextParagraph(as_markdown(line), SourcePlace(line=number))
        start += 1


def _joined(run: list[NumberedLine], remarks: list[Remark]) -> list[NumberedLine]:
    """Return lines put together where they were broken for their length, and divided words made whole."""
    joined: list[NumberedLine] = []
    for number, line in run:
        last = joined[-1][1] if joined else ""
        is_new = any(one.match(line.strip()) for one in (MARKDOWN_HEADING, BULLET, STARRED, NUMBERED))
        if joined and DIVIDED.search(last) and line[:1].islower() and len(last) > WRAPPED:
            word = f"{last.split()[-1][:-1]}{line.split()[0]}"
            remarks.append(remark(RemarkKind.LEFT_OUT, "divided-word", SourcePlace(line=number), text=word))
            joined[-1] = (joined[-1][0], last[:-1] + line.strip())
        elif joined and not is_new and len(last) >= WRAPPED and not last.rstrip().endswith((".", ":", "!", "?", "  ")):
            joined[-1] = (joined[-1][0], f"{last.rstrip()} {line.strip()}")
        else:
            joined.append((number, line))
    return joined


def _list(run: list[NumberedLine]) -> ListBlock | None:
    """Return the list that lines begin with: bullets, or numbers that count on."""
    number, line = run[0]
    for bullet, least in ((BULLET, 1), (STARRED, 2)):  # one star alone is a footnote's mark
        found = list(takewhile(bool, (bullet.match(one) for _, one in run)))
        if len(found) >= least:
            items = tuple(as_markdown(match[1]) for match in found if match)
            return ListBlock(items, is_numbered=False, origin=SourcePlace(line=number))
    first = NUMBERED.match(line)
    if first is None:
        return None
    numbered = []
    for count, (_, one) in enumerate(run, int(first[1])):
        match = NUMBERED.match(one)
        if match is None or int(match[1]) != count:
            break
        numbered.append(as_markdown(match[2]))
    return ListBlock(tuple(numbered), is_numbered=True, origin=SourcePlace(line=number), start=int(first[1]))
