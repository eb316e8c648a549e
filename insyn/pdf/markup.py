"""Parser of our own pages' HTML, leaving out everything for screens only."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from msgspec import Struct
from msgspec.structs import replace

SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
WHITE = re.compile(r"[ \t\r\n]+")
"""Whitespace that collapses. A no-break space doesn't."""
VOID = frozenset({"br", "hr", "wbr"})
PARTS_HERE = "\u200b"
"""The character that replaces `<wbr>`."""
SCREEN_ONLY = frozenset({"visually-hidden", "breadcrumbs", "note-back", "diagram--narrow", "screen-only"})
"""Classes that are left out on paper: text for screen readers, navigation, narrow drawings."""
SAID = "aria-label"
"""The attribute with an empty cell's text for screen readers."""
SCREEN_ONLY_TAGS = frozenset({"script", "form", "button"})


class Element(Struct, frozen=True):
    tag: str
    attributes: Mapping[str, str]
    children: tuple["Element | str", ...]

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.attributes.get("class", "").split())

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    def has(self, name: str) -> bool:
        return name in self.classes

    def elements(self) -> Iterator["Element"]:
        """Yield the element and its descendants, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def text(self) -> str:
        """Return its text with collapsed whitespace."""
        return WHITE.sub(" ", self.written()).strip(" ")

    def written(self) -> str:
        """Return its text as written."""
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag != "svg":
                yield from child._texts()


def read_main(html: str) -> Element:
    """Return a page's `main` element. Raises ValueError if there is none."""
    found = MAIN.search(html)
    if found is None:
        raise ValueError("the page has no main part")
    return read(found[0])


def read(html: str) -> Element:
    """Parse one element. An SVG is kept as text, the only child of its element."""
    reader = _Reader(SVG.findall(html))
    reader.feed(SVG.sub("<svg></svg>", html))
    reader.close()
    (top,) = reader.top.children
    assert isinstance(top, Element)
    return top


class _Open:
    """An open element."""

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Element | str] = []

    def closed(self) -> Element:
        return Element(self.tag, self.attributes, tuple(self.children))


class _Reader(HTMLParser):
    """Builds the tree. Our pages close every element, so an end tag belongs to the innermost."""

    def __init__(self, drawings: list[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.drawings = iter(drawings)
        self.waiting = [_Open("", {})]

    @property
    def top(self) -> Element:
        return self.waiting[0].closed()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opened = _Open(tag, {name: value or "" for name, value in attrs})
        if tag == "svg":
            svg = next(self.drawings)
            opened = _Open(tag, _attributes_of(svg))
            opened.children.append(svg)
        if tag == "wbr":
            self.waiting[-1].children.append(PARTS_HERE)
        elif tag in VOID:
            self.waiting[-1].children.append(opened.closed())
        else:
            self.waiting.append(opened)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.waiting.pop()
            if closed.tag != tag:
                raise ValueError(f"</{tag}> ends <{closed.tag}>")
            self.waiting[-1].children.append(closed.closed())

    def handle_data(self, data: str) -> None:
        self.waiting[-1].children.append(data)


def _attributes_of(svg: str) -> dict[str, str]:
    """Return the attributes of an `svg` tag, with case preserved."""
    return dict(re.findall(r'(?<![\w:-])([\w:-]+)="([^"]*)"', svg[: svg.index(">")]))


def on_paper(element: Element) -> Element:
    """Return an element without its screen-only descendants."""
    kept = (on_paper(child) if isinstance(child, Element) else child for child in element.children if _is_kept(child))
    found = replace(element, children=tuple(kept))
    if element.tag == "td" and not found.text() and (said := element.text()):
        return replace(found, attributes={**found.attributes, SAID: said})
    return found


def _is_kept(child: Element | str) -> bool:
    if isinstance(child, str):
        return True
    if child.tag == "summary":
        return child.has("fold__head")
    if child.tag in SCREEN_ONLY_TAGS or SCREEN_ONLY.intersection(child.classes):
        return False
    return child.tag != "nav" or child.has("contents")
