"""A published page as it is searched: its parts, each with a heading to link to, and the words in them."""

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

from insyn.build.seams import SEAM

HIDDEN = (("<nav", "</nav>"), ("<svg", "</svg>"), ('<span aria-hidden="true"', "</span>"), ("<summary>", "</summary>"))
"""Parts of a page that aren't read, by start and end."""
IGNORED = " data-unsearched"
IGNORED_TAG = re.compile(r'<([a-z][a-z0-9]*)(?: [a-z-]+(?:="[^"]*+")?)*? data-unsearched(?=[ >])')
"""The start of an element that isn't searched. The same words may occur in a text, or in a title."""
SOFT_HYPHEN = "\u00ad"
BLOCK = re.compile(r"<(h[1-6]|caption|thead|p|li|dt|dd|tr)\b([^>]*)>(.*?)</\1>", re.DOTALL)
"""An element that is read by itself: a paragraph, a table row."""
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
TAG_DATA = re.compile(r'data-([a-z]+)="([^"]*)"')
ENDS = re.compile(r"</(?:li|p|dd|dt|td|th)>|<br>")
MARKS = re.compile(r"<[^<>]*>")
SPACE = re.compile(r"[ \n\t]{2,}|[\n\t]")
"""White space to be replaced with one space."""
WORD = re.compile(r"(?<!\d)[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?|[^\W\d_]+")
"""An amount, whatever separates its thousands, another number, or a word; in `assets/sokmotor.js` too."""


class Part(Struct, frozen=True, array_like=True):
    """A heading and everything up to the next."""

    id: str
    heading: str
    blocks: tuple[str, ...]


class SearchedPage(Struct, frozen=True):
    title: str
    tags: dict[str, str]
    """The tags from `search_tags.html`."""
    parts: tuple[Part, ...]

    @property
    def words(self) -> dict[str, int]:
        """Every word on the page, and its weight: 1 if it occurs in a heading, 0 if only in other text."""
        found = dict.fromkeys(words_of("\n".join(block for part in self.parts for block in part.blocks)), 0)
        names = (self.title, *(self.tags.get(tag, "") for tag in ("names", "forbund", "ar")))
        found.update(dict.fromkeys(words_of("\n".join((*names, *(part.heading for part in self.parts)))), 1))
        return found


def words_of(text: str) -> Iterator[str]:
    """Yield every word once. No word continues past the end of a line."""
    for word in dict.fromkeys(WORD.findall(text.lower())):
        yield "".join(word.split()) if word[0].isdigit() else word


def searched_page(page: bytes) -> SearchedPage:
    """Read a page as it is published."""
    whole = page.decode()
    start, end = whole.index("<main"), whole.rindex("</main>")
    tag, _, body = whole[start:end].partition(">")
    for opening, closing in HIDDEN:
        first, *others = body.split(opening)
        body = first + "".join(part.partition(closing)[2] for part in others)
    body = "".join(_without_ignored(body)).replace(SEAM, "").replace("<wbr>", "").replace(SOFT_HYPHEN, "")
    title, *parts = _parts(body)
    tags = {name: unescape(value) for name, value in TAG_DATA.findall(tag)}
    return SearchedPage(title.heading, tags, (title, *(part for part in parts if part.heading)))


def _without_ignored(body: str) -> Iterator[str]:
    """Yield the text outside `data-unsearched` elements. None contains another with the same tag."""
    at = 0
    while (found := body.find(IGNORED, at)) >= 0:
        after = found + len(IGNORED)
        start = body.rfind("<", at, found)
        tag = IGNORED_TAG.match(body, start) if start >= 0 else None
        if tag is None or tag.end() != after:
            yield body[at:after]
            at = after
            continue
        yield body[at:start]
        closing = f"</{tag[1]}>"
        at = body.index(closing, found) + len(closing)
    yield body[at:]


def _parts(body: str) -> Iterator[Part]:
    """Yield the page's beginning, headed by the page's title, and a part for each heading that has an id."""
    heading, blocks, columns = ("", ""), list[str](), list[str]()
    for kind, attributes, content in BLOCK.findall(body):
        if kind == "h1":
            heading = ("", _text(content))
        elif kind[0] == "h" and (found := ID.search(attributes)):
            yield Part(*heading, tuple(blocks))
            heading, blocks = (found[1], _text(content)), []
        elif kind == "thead":
            columns = [_text(cell) for cell in CELL.findall(content)]
        elif text := _row(content, columns) if kind == "tr" else _text(content):
            blocks.append(text)
    yield Part(*heading, tuple(blocks))


def _row(content: str, columns: list[str]) -> str:
    """Return a row as text: "Nässjö kommun. 2024 budget: 557 750."."""
    name, *cells = [_text(cell) for cell in CELL.findall(content)] or [""]
    labels = columns[1:] if len(columns) == len(cells) + 1 else [""] * len(cells)
    told = (f"{label}: {cell}" if label else cell for label, cell in zip(labels, cells, strict=True) if cell)
    return ". ".join(part for part in (name, *told) if part)


def _text(content: str) -> str:
    if "<" in content:
        content = MARKS.sub("", ENDS.sub(" ", content))
    return SPACE.sub(" ", unescape(content)).strip()
