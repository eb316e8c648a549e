"""Rendering of Markdown by markdown-it-py, and the problems found on the way. Raw HTML is shown as written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from html import escape
from itertools import cycle, groupby, pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct

from insyn import limits
from insyn.markdown.addresses import make_linkifier
from insyn.markdown.article import ON_DISK, Article, Heading, Link, Setting
from insyn.markdown.beyond import beyond_limit
from insyn.markdown.parsed import ParsedText
from insyn.problems import Found, Place
from insyn.swedish import FreeIds, slug

FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]{1,200})\]")
BREAKS = frozenset({"softbreak", "hardbreak"})
FOOTNOTES = "insyn.footnotes"
"""The key of `_Footnotes` in the parser's environment."""
TABLE_CAPTION = re.compile(r"Tabell: +(.+)\Z", re.DOTALL)
MADE_BY_US = re.compile(
    r"(?:fotnot|fotnotsmarke|budget-not|uppfoljning-not|finansiella-mal-not|uppdelning|tabell|avsnitt|ordet)(?:-|\Z)"
    r"|.*-(?:narrow|wide|tabell)\Z"
)
"""Ids that pages generate for marks, tables and drawings; never given to a heading."""
INTRICATE = "insyn.intricate"
"""The key of the blocks that were too intricate to be parsed, with the limit of each."""
DEEPEST_HEADING = 6
FOOTNOTE_RULES = (
    "footnote_ref",
    "footnote_block_open",
    "footnote_block_close",
    "footnote_open",
    "footnote_close",
    "footnote_anchor",
)
"""Rules of the footnote plugin that are replaced: they write English."""
SAFE_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def parse(text: str) -> ParsedText:
    """Parse a text once, for both checks and rendering."""
    references: dict[str, Any] = {}
    return ParsedText(text, tuple(_parser().parse(text, references)), references)


def parse_short(text: str) -> ParsedText:
    """Parse a short text from the front matter: emphasis and links, no blocks."""
    references: dict[str, Any] = {}
    return ParsedText(text, tuple(_parser().parseInline(text, references)), references)


def render_article(parsed: ParsedText, setting: Setting, found: Found) -> Article:
    """Render a text; add its problems to `found`. Rendering changes the tokens: read them before."""
    text, tokens, state, parser = parsed.text, list(parsed.tokens), parsed.references, _parser()
    footnotes: _Footnotes = state[FOOTNOTES]
    _check(parsed, setting, found)
    _check_footnotes(footnotes, setting, found)
    headings = tuple(_number_headings(tokens, setting, found))
    links = tuple(_links(text.split("\n"), tokens, setting, found))
    _name_tables(tokens, headings)
    _label_cells(tokens)
    tokens = _without_loose_ends(tokens, footnotes.reached())
    return Article(parser.renderer.render(tokens, parser.options, state), headings, links)


def render_marked(text: str) -> str:
    """Render a short text with markup: emphasis and links, no blocks."""
    return str(_parser().renderInline(text)).strip()


def check_inline(parsed: ParsedText, place: Place, found: Found) -> tuple[Link, ...]:
    """Add a short text's problems to `found`; return its internal links."""
    setting = Setting(place.file, place.line, 1)
    _check(parsed, setting, found)
    _check_footnotes(parsed.references[FOOTNOTES], setting, found)
    return tuple(_links(parsed.text.split("\n"), parsed.tokens, setting, found))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return make_parser()


def make_parser() -> MarkdownIt:
    """Build a parser for our dialect of Markdown."""
    options = {"html": False, "linkify": True, "maxNesting": 2 * limits.NESTED_LEVELS}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
    parser.linkify = make_linkifier()
    parser.enable(["table", "linkify"])
    parser.use(footnote_plugin, inline=False, move_to_end=True)
    parser.core.ruler.after("block", "limits", _cut_intricate)
    parser.core.ruler.before("footnote_tail", "footnotes", _find_footnotes)
    parser.use(deflist_plugin)
    for rule in FOOTNOTE_RULES:
        parser.add_render_rule(rule, getattr(_Renderer, rule))
    return parser


# --- Headings -------------------------------------------------------------------------------------------------------


def _number_headings(tokens: list[Token], setting: Setting, found: Found) -> Iterator[Heading]:
    """Shift headings to their level on the page, and give each a unique id."""
    ids, before = FreeIds(setting.taken_ids), 0
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        written = int(opening.tag[1])
        text = _plain_text(inline)
        place = _place(opening, setting)
        if not text:
            found.add("heading-empty", place)
        if written > before + 1:
            found.add("heading-skipped", place, heading=text)
        before = written
        level = min(written + setting.top_level - 1, DEEPEST_HEADING)
        opening.tag = closing.tag = f"h{level}"
        opening.attrSet("id", ids.take(_wanted_id(slug(text))))
        yield Heading(level, str(opening.attrGet("id")), text)


def _wanted_id(slugged: str) -> str:
    """Return an id that isn't like one that pages generate."""
    return f"avsnitt-{slugged}" if MADE_BY_US.match(slugged) else slugged


def _plain_text(inline: Token) -> str:
    children = inline.children or []
    return "".join(" " if child.type == "softbreak" else child.content for child in children).strip()


# --- Tables ---------------------------------------------------------------------------------------------------------


def _name_tables(tokens: list[Token], headings: Sequence[Heading]) -> None:
    """Give each table a caption: the preceding paragraph "Tabell: …", else its heading."""
    names = {heading.id: heading.text for heading in headings}
    current = ""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            current = names.get(str(token.attrGet("id")), "")
        elif token.type == "table_open":
            token.meta["caption"] = _written_caption(tokens[max(index - 3, 0) : index]) or current


def _label_cells(tokens: Sequence[Token]) -> None:
    """Give each cell of a text table its column's heading, shown when cells are stacked on a phone."""
    for table, opening in enumerate(tokens):
        if opening.type != "table_open":
            continue
        end = next(index for index in range(table, len(tokens)) if tokens[index].type == "table_close")
        part = tokens[table:end]
        headings = [(token, _plain_text(inline)) for token, inline in pairwise(part) if token.type == "th_open"]
        if all(text for _, text in headings) and not any(_alignment(token) for token, _ in headings):
            opening.meta["stacks"] = True
            cells = (token for token in part if token.type == "td_open")
            for cell, (_, text) in zip(cells, cycle(headings), strict=False):
                cell.attrSet("data-label", text)


def _written_caption(before: list[Token]) -> str:
    if len(before) < 3 or before[-1].type != "paragraph_close":
        return ""
    match = TABLE_CAPTION.match(_plain_text(before[-2]))
    if match is None:
        return ""
    for token in before[-3:]:
        token.hidden = True
        token.children = []
    before[-2].content = ""
    return match[1]


# --- Links and faults -----------------------------------------------------------------------------------------------


def _links(lines: Sequence[str], tokens: Sequence[Token], setting: Setting, found: Found) -> Iterator[Link]:
    passed: dict[tuple[int, str], int] = {}
    for (block, token), (_, shown) in pairwise(_inline(tokens)):
        if token.type != "link_open" or shown.content.startswith("^"):
            continue  # a footnote whose name isn't valid is reported as such
        target = str(token.attrGet("href") or "")
        if target.lower().startswith(SAFE_SCHEMES):
            continue
        if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
            place, written = _place_of_link(target, block, lines, setting, passed), unquote(target)
            is_on_disk = ON_DISK.match(written)
            found.add("link-unsafe", place, hint="link-disk" if is_on_disk else "link-scheme", target=written)
        else:
            yield Link(target, _place_of_link(target, block, lines, setting, passed))


def _place_of_link(
    target: str, block: Token, lines: Sequence[str], setting: Setting, passed: dict[tuple[int, str], int]
) -> Place:
    """Return the place of a link's target in the source, else of the block's start.

    `passed` counts earlier occurrences of each target by line, to find the right one.
    """
    first, last = block.map or (0, len(lines))
    for row, line in enumerate(lines[first:last], first):
        for written in (target, unquote(target)):
            at = line.find(f"({written}", passed.get((row, written), 0))
            if at >= 0:
                passed[row, written] = at + 1
                return Place(setting.file, setting.line + row, at + 2, at + 2 + len(written))
    return _place(block, setting)


def _cut_intricate(state: StateCore) -> None:
    """Cut what would take long to parse, once the blocks are known and before what is in them is parsed."""
    cut: list[tuple[Token, limits.Beyond]] = []
    for block in state.tokens:
        exceeded = limits.beyond_in_paragraph(block.content) if block.type == "inline" else None
        if exceeded:
            block.content = block.content[: limits.PARAGRAPH_MARKS]
            cut.append((block, exceeded))
    state.env[INTRICATE] = cut


def _check(parsed: ParsedText, setting: Setting, found: Found) -> None:
    tokens = parsed.tokens
    for block, exceeded in parsed.references[INTRICATE]:
        found.problems.append(beyond_limit(exceeded, _place(block, setting)))
    deep = next((token for token in tokens if token.level > limits.NESTED_LEVELS), None)
    if deep:
        found.add("text-too-deep", _place(deep, setting))
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            _check_length(inline.content, limits.HEADING_CHARACTERS, _place(opening, setting), found)
    for block, token in _inline(tokens):
        _check_length(str(token.attrGet("href") or ""), limits.ADDRESS_CHARACTERS, _place(block, setting), found)
    for block in tokens:
        if any(child.type == "image" for child in block.children or ()):
            found.add("image-in-text", _place(block, setting))


def _check_length(text: str, limit: int, place: Place, found: Found) -> None:
    if len(text) > limit:
        found.add("text-too-long", place, length=len(text), limit=limit)


def _inline(tokens: Iterable[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield each inline token with its block, which has the line number."""
    for block in tokens:
        for token in block.children or ():
            yield block, token


def _place(block: Token, setting: Setting) -> Place:
    return Place(setting.file, setting.line + (block.map[0] if block.map else 0))


# --- Footnotes ------------------------------------------------------------------------------------------------------


class _LooseMark(Struct, frozen=True):
    """A mark without a footnote. `row` counts from the first of its block.

    A mark that `begins` its row was meant as a footnote.
    """

    label: str
    block: Token
    row: int
    begins: bool


class _Footnotes(Struct, frozen=True):
    """The footnotes of a text, from tokens: one in code or escaped isn't a footnote."""

    written: Sequence[tuple[str, Token]]
    """Each footnote's label, and its block."""
    marks: Mapping[str, Sequence[str]]
    """The labels of the marks in each footnote, by its label; "" stands for the running text."""
    undefined: Sequence["_LooseMark"]
    """Each mark without a footnote."""
    empty: Set[str]
    """The footnotes without text."""

    def reached(self) -> Set[str]:
        """Return the footnotes reachable from the running text."""
        reached: set[str] = set()
        waiting = list(self.marks.get("", ()))
        while waiting:
            label = waiting.pop()
            if label not in reached:
                reached.add(label)
                waiting += self.marks.get(label, ())
        return reached


def _find_footnotes(state: StateCore) -> None:
    """Collect footnotes before the plugin moves them to the end, and before escapes are resolved."""
    written: list[tuple[str, Token]] = []
    marks: defaultdict[str, list[str]] = defaultdict(list)
    undefined: list[_LooseMark] = []
    within, empty = [""], set()
    for block, following in pairwise([*state.tokens, Token("", "", 0)]):
        if block.type == "footnote_reference_open":
            within.append(block.meta["label"])
            written.append((within[-1], block))
            if following.type == "footnote_reference_close":
                empty.add(within[-1])
        elif block.type == "footnote_reference_close":
            within.pop()
        row = 0
        for before, token in pairwise([None, *(block.children or ())]):
            row += token.type in BREAKS
            if token.type == "footnote_ref":
                marks[within[-1]].append(token.meta["label"])
            elif token.type == "text":
                undefined += [
                    _LooseMark(found[1], block, row, begins=_begins_a_row(before, found))
                    for found in FOOTNOTE_MARK.finditer(token.content)
                ]
    state.env[FOOTNOTES] = _Footnotes(written, marks, undefined, empty)


def _begins_a_row(before: Token | None, found: re.Match[str]) -> bool:
    """Whether a mark comes first on a row of a paragraph, with text after it. `before` is the preceding token."""
    is_first = found.start() == 0 and (before is None or before.type in BREAKS)
    return is_first and bool(found.string[found.end() :].strip())


def _check_footnotes(footnotes: _Footnotes, setting: Setting, found: Found) -> None:
    """Add problems for undefined, duplicate and unreachable footnotes."""
    for label, marks in groupby(sorted(footnotes.undefined, key=lambda mark: mark.label), lambda mark: mark.label):
        told, *others = marks
        meant = next((mark for mark in (told, *others) if mark.begins), None)
        place = _place((meant or told).block, setting)
        place = Place(place.file, place.line + (meant or told).row)
        found.add("footnote-undefined", place, hint="footnote-colon" if meant else "footnote-add", written=label)
    reached = footnotes.reached()
    alike: defaultdict[str, list[tuple[str, Token]]] = defaultdict(list)
    for label, block in footnotes.written:
        alike[label.casefold()].append((label, block))
    for (label, block), *again in alike.values():
        if again:
            found.add("footnote-repeated", _place(block, setting), written=label)
        if label in footnotes.empty:
            found.add("footnote-undefined", _place(block, setting), hint="footnote-blank", written=label)
        elif label not in reached:
            found.add("footnote-unused", _place(block, setting), written=label)


def _without_loose_ends(tokens: list[Token], reached: Set[str]) -> list[Token]:
    """Remove back links to marks in unreachable footnotes, which aren't on the page."""
    return [token for token in tokens if token.type != "footnote_anchor" or str(token.meta.get("label", "")) in reached]


# --- Rendering ------------------------------------------------------------------------------------------------------


class _Renderer(RendererHTML):
    """Renders tables and footnotes accessibly, with Swedish words."""

    def table_open(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        caption = escape(tokens[index].meta.get("caption", "") or "Tabell")
        name = f"tabell-{slug(caption)}-{index}"
        stacks = f' table--stacks" aria-labelledby="{name}' if tokens[index].meta.get("stacks") else ""
        return (
            f'<div class="table-scroll" role="group" aria-label="Rulla i sidled" tabindex="0">\n'
            f'<table class="table{stacks}">\n<caption id="{name}">{caption}</caption>\n'
        )

    def table_close(self, _tokens: Sequence[Token], _index: int, _options: Any, _state: Any) -> str:
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        return f'<th scope="col"{_alignment(tokens[index])}>'

    def td_open(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        if tokens[index - 1].type == "tr_open":
            tokens[index].meta["is_header"] = True
            return '<th scope="row">'
        label = tokens[index].attrGet("data-label")
        return f'<td data-label="{escape(str(label))}">' if label else f"<td{_alignment(tokens[index])}>"

    def td_close(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        opening = tokens[index - 2]  # between them a cell has one token
        return "</th>\n" if opening.meta.get("is_header") else "</td>\n"

    def footnote_ref(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        number = tokens[index].meta["id"] + 1
        again = tokens[index].meta.get("subId", 0)
        own = f"fotnotsmarke-{number}" + (f"-{again + 1}" if again else "")
        return (
            f'<sup class="note-mark"><a href="#fotnot-{number}" id="{own}" '
            f'aria-label="Fotnot {number}">{number}</a></sup>'
        )

    def footnote_block_open(self, *_ignored: Any) -> str:
        return '<section class="notes" role="group" aria-label="Fotnoter">\n<ol>\n'

    def footnote_block_close(self, *_ignored: Any) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        return f'<li id="fotnot-{tokens[index].meta["id"] + 1}">'

    def footnote_close(self, *_ignored: Any) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], index: int, _options: Any, _state: Any) -> str:
        number = tokens[index].meta["id"] + 1
        again = tokens[index].meta.get("subId", 0)
        target = f"fotnotsmarke-{number}" + (f"-{again + 1}" if again else "")
        place = f", plats {again + 1}" if again else ""
        return f' <a class="note-back" href="#{target}" aria-label="Tillbaka till fotnotsmärke {number}{place}">↑</a>'


def _alignment(token: Token) -> str:
    """Return the alignment as a class: the CSP allows no style attributes."""
    return ' class="number"' if "right" in str(token.attrGet("style") or "") else ""
