"""Is every intended list a list, with its items on the intended levels and with the intended numbers?"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import count, pairwise

from markdown_it.token import Token

from insyn.checks.text.manuscript import Manuscript, Told, TopBlock
from insyn.problems import problem

SPACE = r"[ \t\u00a0]"
SURELY_A_POINT = re.compile(
    rf"[•·▪▫‣◦●○■□►▶➢➤✓✔\ue000-\uf8ff]{SPACE}*\S|o\t\S|[-*+]\u00a0|-[^\W\d_]|[1-9]\d?[.)](?:\u00a0|[^\W\d_]{{2}})"
    rf"|\(?[a-zåäö]\){SPACE}*\S|\(?[ivx]{{2,4}}\){SPACE}*\S"
)
"""Start of an item that Markdown doesn't recognise: a bullet from Word, a letter, or a space that it doesn't count."""
MAYBE_A_POINT = re.compile(
    rf"[–—−→⇒➔➜]{SPACE}*\S|o \S|[a-zåäö]\.{SPACE}+\S|[1-9]\d?[.)]{SPACE}+\S|\([1-9]\d?\){SPACE}*\S"
)
"""Start of an item if another item has it too; alone it is direct speech or the continuation of a sentence."""
DASH = re.compile(rf"[–—−]{SPACE}+\S")
"""Start of an item if the lines next to it are items, though Markdown doesn't recognise it."""
SAID = re.compile(r"\b(?:säger|sa|sade|berättar|menar|tycker|förklarar|konstaterar)\b|[”\"]")
"""Signs of direct speech, which also starts with a dash."""
STAR_WITHOUT_SPACE = re.compile(r"\*[^\W\d_][^*]*\Z")
TASK = re.compile(r"\[[ xX]?\]\s")
COUNTED = re.compile(r"[<>=]*\s*\d")
LISTS = frozenset({"bullet_list", "ordered_list"})


def points_as_text(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each run of paragraphs with items that didn't become a list."""
    rows = [
        (row, line)
        for first, inline in text.paragraphs()
        for row, line in enumerate(map(str.strip, unescape(inline.content).split("\n")), first)
        if row > first or inline.level == 1
    ]
    surely = {row for row, line in rows if SURELY_A_POINT.match(line)}
    surely |= {row for row, line in rows if STAR_WITHOUT_SPACE.match(line) and text.lines[row - 1].strip()}
    maybe = [row for row, line in rows if row not in surely and MAYBE_A_POINT.match(line)]
    for one, other in pairwise(maybe):
        if all(not text.lines[row].strip() for row in range(one + 1, other)):
            surely |= {one, other}
    surely |= {row for row in (*_between_points(text), *_beside_lists(text)) if DASH.match(text.lines[row].strip())}
    yield from (
        (problem("list-as-text", text.place(run[0])), range(run[0], run[-1] + 1)) for run in _together(text, surely)
    )


def _between_points(text: Manuscript) -> Iterator[int]:
    """Yield the lines that were absorbed by the item above, though not indented as its continuation."""
    for first, inline in text.paragraphs():
        if inline.level > 1:
            margin = _indentation(text.lines[first])
            last = first + inline.content.count("\n")
            yield from (row for row in range(first + 1, last + 1) if _indentation(text.lines[row]) <= margin)


def _beside_lists(text: Manuscript) -> Iterator[int]:
    """Yield the first line of each paragraph next to a list."""
    for before, after in pairwise(text.blocks):
        for block, other in ((before, after), (after, before)):
            if block.kind == "paragraph" and other.kind in LISTS and not SAID.search(block.words):
                yield block.lines.start


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _together(text: Manuscript, rows: set[int]) -> Iterator[list[int]]:
    """Yield runs of rows that share a paragraph or have only empty lines between them."""
    run: list[int] = []
    blank = 0
    for row in sorted(rows):
        while run and blank < row and (blank <= run[-1] or not text.lines[blank].strip()):
            blank += 1
        if run and blank < row and any(not text.lines[line].strip() for line in range(run[-1], row)):
            yield run
            run = []
        run.append(row)
        blank = row
    if run:
        yield run


# --- Lists that are lists -------------------------------------------------------------------------------------------


def split_lists(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each place where items lose their intended levels, or one list is split."""
    for before, after in pairwise(text.blocks):
        if before.kind in LISTS and after.kind in LISTS and _belong_together(text, before, after):
            row = after.lines.start
            yield problem("list-split", text.place(row)), range(before.lines.start, row + 1)
    for block in text.blocks:
        yield from _uneven(text, block)


def _belong_together(text: Manuscript, before: TopBlock, after: TopBlock) -> bool:
    """Whether a list was meant as part of the one before it rather than as one of another kind."""
    goes_on = after.kind == "ordered_list" and _items(after.tokens)[0].info != "1"
    return before.kind == after.kind or goes_on or bool(text.lines[after.lines.start - 1].strip())


def _uneven(text: Manuscript, block: TopBlock) -> Iterator[Told]:
    """Yield a problem for items of one level that start at different columns."""
    if block.kind != "bullet_list":
        return
    rows = [token.map[0] for token in _items(block.tokens)]  # type: ignore[index]
    indents = [_indentation(text.lines[row]) for row in rows]
    row = next((row for row, indent in zip(rows, indents, strict=True) if indent != indents[0]), None)
    if row is not None:
        yield problem("list-split", text.place(row)), range(row, row + 1)


def changed_numbers(text: Manuscript) -> Iterator[Told]:
    """Yield a problem at the first item of each list whose numbers change on the page: HTML counts from the first."""
    for block in text.blocks:
        items = _items(block.tokens) if block.kind == "ordered_list" else []
        numbers = [int(token.info) for token in items]
        if len(set(numbers)) < 2:
            continue
        for token, written, shown in zip(items, numbers, count(numbers[0]), strict=False):
            if written != shown:
                row = token.map[0] if token.map else 0
                yield problem("number-changed", text.place(row), written=written, shown=shown), range(row, row + 1)
                break


def _items(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "list_item_open" and token.level == 1]


# --- Signs that are lost --------------------------------------------------------------------------------------------


def lost_signs(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each line whose first sign wasn't meant as a quotation or a list: "> 75 procent"."""
    for block in text.blocks:
        is_single = block.kind == "bullet_list" and len(_items(block.tokens)) == 1
        sign = ">" if block.kind == "blockquote" else block.tokens[0].markup
        if (block.kind == "blockquote" or is_single or sign == "+") and COUNTED.match(block.words):
            yield problem("sign-lost", text.place(block.lines.start), sign=sign), block.lines


def tasks(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each list of checkboxes: they are shown as brackets."""
    for block in text.blocks:
        if block.kind in LISTS:
            rows = [first for first, inline in _paragraphs(block) if TASK.match(inline.content)]
            if rows:
                yield problem("markup-shown", text.place(rows[0]), hint="shown-task"), block.lines


def starred_notes(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each one-item list with an asterisk: a note under a text, whose asterisk is lost."""
    for index, block in enumerate(text.blocks):
        is_starred = block.kind == "bullet_list" and block.tokens[0].markup == "*"
        above = text.lines[block.lines.start - 1] if block.lines.start else ""
        around = text.blocks[max(index - 1, 0) : index + 2]
        is_among_lists = len(around) > 2 and all(other.kind in LISTS for other in around)
        is_single = len(_items(block.tokens)) == 1 and not is_among_lists
        if is_starred and is_single and not above.strip() and "\n*" not in block.words:
            yield problem("footnote-as-text", text.place(block.lines.start)), block.lines


def _paragraphs(block: TopBlock) -> Iterator[tuple[int, Token]]:
    for opening, inline in pairwise(block.tokens):
        if opening.type == "paragraph_open" and opening.map:
            yield opening.map[0], inline
