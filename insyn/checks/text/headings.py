"""Is every intended heading a heading, and nothing else? Does each have text under it, about the plan's year?"""

import re
from collections.abc import Iterator
from itertools import pairwise

from insyn.checks.text.leftovers import PAGE_NUMBER
from insyn.checks.text.manuscript import Manuscript, Told, TopBlock
from insyn.problems import problem

HASHES = re.compile(r"[\s\u00a0]*(?:#{1,6}(?:[^\W\d_]|\d[.\d]*+[\s\u00a0]|\u00a0)|#{7,}[\s\u00a0]*\w)")
NUMBERED = re.compile(r"(?:\*\*|__)?\d{1,2}(?:\.\d{1,2}){0,4}\.?[ \t\u00a0]+[^\W\d_]")
NUMBERED_DEEP = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?[ \t\u00a0]+[^\W\d_]")
BOLD_NUMBERED = re.compile(r"(?:\*\*|__)(?:\d{1,2}(?:\.\d{1,2})*\.?|[A-ZÅÄÖ]\.)\s.*(?:\*\*|__)\Z")
ENDS_A_SENTENCE = tuple('.:;,!?…”"*')
LONGEST_HEADING = 90
SAYS_SOMETHING = re.compile(
    r"\b(?:är|ska|skall|har|kan|bör|vill|får|måste|blir|består|innebär|omfattar|gäller|arbetar|planerar|bidrar|uppnår?"
    r"|fokuserar|finns|heter|följer|vänder)\b"
)
"""Words of a sentence: a line with one of them is no heading, even without a full stop."""
LEADS_ON = re.compile(r"\b(?:att|till|för|om|av|med|i|på|genom|och|eller|som|den|det|de|en|ett)\Z")
"""Words that can't end a phrase."""
DAY = re.compile(
    r"\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b|\bden \d|@"
)
CONTENTS = re.compile(r"innehåll(?:sförteckning)?:?\Z", re.IGNORECASE)
LEADERS = re.compile(r"(?:\.{4}|…{2}|(?:\. ){3})[ \t]?\d{1,3}$", re.MULTILINE)
LEADER_SIGNS = ("....", "……", ". . . ")
MOST_WORDS_OVER_A_LINE = 80
YEAR = re.compile(r"(?<![\d:])(?:19|20)\d\d(?![\d:])")
LOOKS_BACK = re.compile(
    "uppfölj|utfall|resultat|redovis|bakgrund|histor|tidigare|föregående|jämför|sedan|förra|utvärder", re.IGNORECASE
)
LISTED = frozenset({"bullet_list", "ordered_list", "table"})
RUNNING = LISTED | {"paragraph", "code_block", "blockquote"}


def shown_hashes(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each intended heading that lacks the space after its "#"."""
    for first, inline in text.paragraphs():
        for row, line in enumerate(inline.content.split("\n"), first):
            if HASHES.match(line):
                yield problem("markup-shown", text.place(row), hint="shown-heading"), range(row, row + 1)


def contents(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each table of contents: the page makes its own."""
    last = {line.strip(): row for row, line in enumerate(text.lines)}
    end = 0
    for index, block in enumerate(text.blocks):
        if block.lines.start < end or block.kind != "paragraph" or not _are_contents(block.words):
            continue
        end = block.lines.stop
        for number in range(index + 1, len(text.blocks)):
            entry = text.blocks[number]
            if any(last[text.lines[row].strip()] <= row for row in entry.lines if text.lines[row].strip()):
                break
            end = entry.lines.stop
        yield problem("contents-as-text", text.place(block.lines.start)), range(block.lines.start, end)


def _are_contents(words: str) -> bool:
    has_leader = any(sign in words for sign in LEADER_SIGNS)
    return bool(CONTENTS.match(words.strip("*_ ")) or (has_leader and LEADERS.search(words)))


def typed_headings(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each heading with a number but no "#": "1. Mål" is a one-item list, "1.1 Mål" a paragraph."""
    for block in text.blocks:
        first = block.words.split("\n", 1)[0].strip()
        is_alone = first == block.words.strip()
        row = block.lines.start
        if block.kind == "ordered_list":
            is_one = sum(1 for token in block.tokens if token.type == "list_item_open") == 1
            is_heading = is_one and is_alone and _is_apart(text, row) and _may_be_heading(first)
        else:
            is_numbered = (NUMBERED if is_alone else NUMBERED_DEEP).match(first) and _may_be_heading(first)
            is_heading = block.kind == "paragraph" and bool(is_numbered or (is_alone and BOLD_NUMBERED.match(first)))
        if is_heading:
            yield problem("heading-as-text", text.place(row), hint="heading-numbered"), range(row, row + 1)


def _is_apart(text: Manuscript, row: int) -> bool:
    """Whether the lines directly above and below a line are empty."""
    return not any(line.strip() for line in (*text.lines[max(row - 1, 0) : row], *text.lines[row + 1 : row + 2]))


def _may_be_heading(line: str) -> bool:
    return 0 < len(line) <= LONGEST_HEADING and not line.rstrip().endswith(ENDS_A_SENTENCE)


def bare_headings(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each short line that reads as a heading, with text or one more such line under it.

    Three in a row are the title page of a document, or names.
    """
    is_bare = [*map(_is_bare, text.blocks), False, False]
    for index, (block, after) in enumerate(pairwise(text.blocks)):
        is_alone = not (is_bare[index + 1] and is_bare[index + 2])
        is_over = after.kind in (RUNNING - LISTED if block.words.rstrip().endswith(":") else RUNNING)
        if is_bare[index] and is_alone and is_over:
            row = block.lines.start
            yield problem("heading-as-text", text.place(row), hint="heading-bare"), range(row, row + 1)


def _is_bare(block: TopBlock) -> bool:
    line = block.words.strip().removesuffix(":")
    if block.kind != "paragraph" or not _may_be_heading(line) or not line[0].isupper() or PAGE_NUMBER.match(line):
        return False
    is_said = SAYS_SOMETHING.search(line) or LEADS_ON.search(line) or DAY.search(line)
    return not is_said and not any(sign in line for sign in "\n:[]|\t")


def made_headings(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each paragraph that the dashes under it have turned into a heading."""
    for block in text.blocks:
        is_underlined = block.kind == "heading" and block.tokens[0].markup in {"-", "="}
        words = block.words.strip()
        if is_underlined and ("\n" in words or len(words) > MOST_WORDS_OVER_A_LINE or words.endswith(ENDS_A_SENTENCE)):
            yield problem("paragraph-as-heading", text.place(block.lines.start)), block.lines


def empty_chapters(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each heading with nothing under it; if that goes for all of them, only for the first."""
    headings = [block for block in text.blocks if block.kind == "heading" and block.words.strip()]
    if headings and len(headings) > 1 and all(block.kind == "heading" for block in text.blocks):
        yield problem("text-only-headings", text.place(headings[0].lines.start)), headings[0].lines
        return
    for heading, after in pairwise([*text.blocks, None]):
        if heading is None or heading.kind != "heading" or not heading.words.strip():
            continue
        if after is None or (after.kind == "heading" and _level(after) <= _level(heading)):
            yield (
                problem("chapter-empty", text.place(heading.lines.start), heading=heading.words.strip()),
                heading.lines,
            )


def _level(heading: TopBlock) -> int:
    return int(heading.tokens[0].tag[1])


def old_years(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each heading that names only years before the plan's and isn't about the past."""
    for block in text.blocks if text.year else ():
        years = [int(year) for year in YEAR.findall(block.words)] if block.kind == "heading" else []
        if years and max(years) < text.year and not LOOKS_BACK.search(block.words):
            place, written = text.place(block.lines.start), block.words.strip()
            yield problem("heading-year", place, heading=written, year=text.year), block.lines
