"""Is running text intact: no accidental code, no joined lines, no remnants of a printed page or of last year's plan?"""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from insyn.checks.text.manuscript import Manuscript, Told
from insyn.problems import Place, Problem, problem

PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an)?\.?\s*)?[-–]?\s?\d{1,3}\s?(?:[-–]|\(\d{1,3}\)|/\s?\d{1,3}|av \d{1,3})?\Z", re.IGNORECASE
)
DIVIDED = re.compile(r"[a-zåäö]-\n(?!(?:och|eller|samt|respektive|men|till)\b)[a-zåäö]{2}")
LONGEST_JOINED, FEWEST_JOINED = 50, 3
ENDS_A_PART = tuple(".,;!?-–")
SENTENCE = re.compile(r"[^.!?]+")
FORWARD = re.compile(r"\b(?:under|inför|våren|sommaren|hösten) ((?:19|20)\d\d)\b(?![–-])", re.IGNORECASE)
PLANNED = re.compile(
    r"\b(?:ska|skall|kommer|planera\w*|beräkna\w*|budget\w*|mål(?:et|en)?|startar|följer|omfattar)\b", re.IGNORECASE
)
"""Words by which a sentence is about the planned year."""
DATE = re.compile(
    r"\b(?:\d{1,2} (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) \d{4}"
    r"|\d{4}[-–‑]\d\d[-–‑]\d\d|\d{4}:\d+|\w{2,30}(?:[ae]n|et|na) från \d{4}\b)"
)
"""Mentions of the year before that aren't leftovers: the day of the plan's own decision, "avtalet från 2024"."""
NAMED_YEAR = re.compile(r"(?<![\d–-])(?:19|20)\d\d(?![\d–-])")
LOOKED_BACK = re.compile(
    r"\b(?:\w{2,30}(?:ade|ades|ats|ts)|har|hade|var|blev|fick|gick|kom|hölls|togs|gavs|gjordes|fanns|sedan|bokslut\w*"
    r"|utfall\w*|årsredovis\w*|resultat\w*|uppföljning\w*|jämför\w*|föregående|förra)\b",
    re.IGNORECASE,
)


def code(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each paragraph that its indentation has turned into code."""
    for token in text.tokens:
        if token.type == "code_block" and token.map:
            yield problem("text-as-code", text.place(token.map[0])), range(*token.map)


def open_fences(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each code fence that is never closed: everything after it becomes code."""
    for token in text.tokens:
        if (
            token.type == "fence"
            and token.map
            and not _is_closed(text.lines[token.map[1] - 1], token.markup, token.map)
        ):
            yield problem("fence-open", text.place(token.map[0]), fence=token.markup), range(*token.map)


def _is_closed(last: str, fence: str, lines: list[int]) -> bool:
    closing = last.strip(" \t>")
    return lines[1] - lines[0] > 1 and closing.startswith(fence) and not closing.strip(fence[0])


def joined_lines(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each paragraph of short lines, such as an address or names, that run together on the page."""
    for first, inline in text.paragraphs():
        lines = [line.strip() for line in inline.content.split("\n")]
        breaks = sum(1 for token in inline.children or () if token.type == "hardbreak")
        if breaks or len(lines) < FEWEST_JOINED:
            continue
        if all(0 < len(line) <= LONGEST_JOINED and not line[0].islower() for line in lines) and not any(
            line.endswith(ENDS_A_PART) for line in lines[:-1]
        ):
            yield problem("lines-joined", text.place(first)), range(first, first + len(lines))


def page_remnants(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each remnant of a PDF: a page number, or a word divided at the end of a line."""
    for block in text.blocks:
        if block.kind == "paragraph" and PAGE_NUMBER.match(block.words.strip()):
            yield problem("page-remnant", text.place(block.lines.start), hint="remnant-number"), block.lines
    for first, inline in text.paragraphs():
        for found in DIVIDED.finditer(inline.content) if "-\n" in inline.content else ():
            row = first + inline.content.count("\n", 0, found.start())
            yield problem("page-remnant", text.place(row), hint="remnant-word"), range(row, row + 1)
            break


def old_years(text: Manuscript) -> Iterator[Told]:
    """Yield a problem for each paragraph that announces something for the year before the plan's."""
    for first, inline in text.paragraphs() if text.year else ():
        if sentence := _of_last_year(inline.content, text.year):
            row = first + inline.content.count("\n", 0, sentence.start())
            yield problem("text-year", text.place(row), named=text.year - 1, year=text.year), range(row, row)


def old_year_in_short(tokens: tuple[Token, ...], place: Place, year: int) -> Iterator[Problem]:
    """Yield a problem for a short text of the front matter that does the same."""
    if any(_of_last_year(token.content, year) for token in tokens):
        yield problem("text-year", place, named=year - 1, year=year)


def _of_last_year(text: str, year: int) -> re.Match[str] | None:
    """Return the first sentence that announces something for the year before."""
    for sentence in SENTENCE.finditer(text) if str(year - 1) in text else ():
        named = {int(found) for found in NAMED_YEAR.findall(DATE.sub("", sentence[0]))}
        is_ahead = named == {year - 1} and not LOOKED_BACK.search(sentence[0])
        if is_ahead and (FORWARD.search(sentence[0]) or PLANNED.search(sentence[0])):
            return sentence
    return None
