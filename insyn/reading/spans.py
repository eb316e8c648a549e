"""Where everything in a file's front matter begins and ends, counted in characters of the file as it lies on the disk.

`frontmatter` reads what is meant, of a text whose line ends and characters have been made alike. Here the text is left
as it is, so that a program can change a part of it and leave the rest. Nothing is checked: what can't be read has no
spans.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from msgspec import Struct

from insyn.problems import Found, Problem
from insyn.reading.characters import fold, plain_structure
from insyn.reading.frontmatter import FENCE, read_markdown, read_yaml
from insyn.reading.nodes import NOTHING, Mapping, Node, Scalar

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Event = Any
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
LONE_RETURN = re.compile(r"\r(?!\n)")
LINE_END = re.compile(r"[\r\n]")
COMMENT_SIGN = re.compile(r"(?<![^\s])#")
BLOCK_STYLES = frozenset("|>")


# --- As it is written -----------------------------------------------------------------------------------------------


class Written(Struct, frozen=True):
    """What stands between two places of a file: `begin` is its first character, `end` the one after its last."""

    begin: int
    end: int


class WrittenText(Written, frozen=True):
    """A text, or a key."""

    text: str
    style: str = ""
    """The quotation mark, or `|` or `>` for a text of its own lines; "" when it is plain."""

    @property
    def is_empty(self) -> bool:
        return self.begin == self.end


class WrittenList(Written, frozen=True):
    """A list, in lines or in brackets."""

    items: tuple["WrittenNode", ...]
    dashes: tuple[int, ...]
    """Where each item's dash stands; none in brackets."""
    in_flow: bool


class WrittenEntry(Written, frozen=True):
    """A key with its value."""

    key: WrittenText
    value: "WrittenNode"


class WrittenMapping(Written, frozen=True):
    """A mapping, in lines or in braces."""

    entries: tuple[WrittenEntry, ...]
    in_flow: bool

    def entry(self, key: str) -> WrittenEntry | None:
        """Return the entry of a key, however it is spelt."""
        folded = fold(key)
        return next((one for one in self.entries if fold(one.key.text) == folded), None)


WrittenNode = WrittenText | WrittenList | WrittenMapping


class WrittenFile(Struct, frozen=True):
    """A file in its parts. The front matter is from `begin` to `end`, the body from `body` to the end of the text."""

    text: str
    header: WrittenMapping
    begin: int
    end: int
    body: int
    newline: str
    """How its lines end."""


def read_written(text: str, *, only_yaml: bool = False) -> WrittenFile | None:
    """Return where the parts of a file stand; None where it has no front matter that can be read.

    >>> file = read_written("---\\r\\ntitel:  Plan\\r\\n---\\r\\n")
    >>> value = file.header.entry("titel").value
    >>> file.text[value.begin : value.end]
    'Plan'
    """
    divided = _divide(text, only_yaml=only_yaml)
    if divided is None:
        return None
    begin, end, body = divided
    structure = plain_structure(LONE_RETURN.sub("\n", text[begin:end]))
    try:
        header = _Locator(structure, begin).read()
    except yaml.YAMLError:
        return None
    return WrittenFile(text, header, begin, end, body, newline_of(text)) if header else None


def newline_of(text: str) -> str:
    """Return how the lines of a text end, as its first does."""
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"


def _divide(text: str, *, only_yaml: bool) -> tuple[int, int, int] | None:
    first = len(text) - len(text.removeprefix("\ufeff"))
    if only_yaml:
        return first, len(text), len(text)
    lines = LINE.finditer(text, first)
    opening = next(lines)
    if opening[0].rstrip() != FENCE:
        return None
    closing = next((line for line in lines if line[0].rstrip() == FENCE), None)
    return (opening.end(), closing.start(), closing.end()) if closing else None


class _Locator:
    """Turns PyYAML's events into what is written where."""

    def __init__(self, text: str, offset: int) -> None:
        self.text, self.offset = text, offset
        self.events: Iterator[_Event] = iter(yaml.parse(text, Loader=_Loader))

    def read(self) -> WrittenMapping | None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                node = self._node(next(self.events))
                return node if isinstance(node, WrittenMapping) else None
        return WrittenMapping(self.offset, self.offset, (), in_flow=False)

    def _node(self, event: _Event) -> WrittenNode:
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.YAMLError("a reference or a tag")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event)
        return self._mapping(event) if isinstance(event, yaml.MappingStartEvent) else self._scalar(event)

    def _scalar(self, event: _Event) -> WrittenText:
        begin, end = event.start_mark.index, event.end_mark.index
        if event.style in BLOCK_STYLES:
            end = begin + len(self.text[begin:end].rstrip())
        return WrittenText(begin + self.offset, end + self.offset, str(event.value), event.style or "")

    def _list(self, start: _Event) -> WrittenList:
        items: list[WrittenNode] = []
        dashes: list[int] = []
        begin = start.start_mark.index
        column = begin - self._line_start(begin)
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            if not start.flow_style:
                dashes.append(self._dash(event.start_mark.index, column) + self.offset)
            items.append(self._node(event))
        end = _end(event) + self.offset if start.flow_style else items[-1].end
        return WrittenList(begin + self.offset, end, tuple(items), tuple(dashes), bool(start.flow_style))

    def _dash(self, place: int, column: int) -> int:
        """Return where the dash of a list in lines stands, before a place in its item."""
        line = self._line_start(place)
        while self.text[line + column : line + column + 1] != "-" and line:
            line = self._line_start(line - 1)
        return line + column

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _mapping(self, start: _Event) -> WrittenMapping:
        entries: list[WrittenEntry] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event)
            if not isinstance(key, WrittenText):
                raise yaml.YAMLError("a key that isn't a text")
            value = self._node(next(self.events))
            entries.append(WrittenEntry(key.begin, max(key.end, value.end), key, value))
        begin = start.start_mark.index + self.offset
        end = _end(event) + self.offset if start.flow_style else entries[-1].end
        return WrittenMapping(begin, end, tuple(entries), bool(start.flow_style))


def _end(event: _Event) -> int:
    return int(event.end_mark.index)


def comments(file: WrittenFile) -> list[Written]:
    """Return where the comments of a front matter stand."""
    texts = list(texts_in(file.header)) if "#" in file.text[file.begin : file.end] else []
    begins = [text.begin for text in texts]
    found: list[Written] = []
    for sign in COMMENT_SIGN.finditer(file.text, file.begin, file.end):
        place = sign.start()
        if not _is_within(place, texts, begins) and not (found and place < found[-1].end):
            found.append(Written(place, end_of_line(file.text, place)))
    return found


def end_of_line(text: str, place: int) -> int:
    """Return where the line of a place ends, before its line end."""
    found = LINE_END.search(text, place)
    return found.start() if found else len(text)


def _is_within(place: int, texts: Sequence[WrittenText], begins: Sequence[int]) -> bool:
    """Whether a place is in the text that begins last before it."""
    before = bisect_right(begins, place) - 1
    return before >= 0 and texts[before].begin <= place < texts[before].end


def texts_in(node: WrittenNode) -> Iterator[WrittenText]:
    """Yield every text of a node, keys too, in the order that they are written."""
    if isinstance(node, WrittenText):
        yield node
    elif isinstance(node, WrittenList):
        for item in node.items:
            yield from texts_in(item)
    else:
        for entry in node.entries:
            yield entry.key
            yield from texts_in(entry.value)


# --- As it is read --------------------------------------------------------------------------------------------------


class Leaf(Struct, frozen=True):
    """A text as it is read; None where nothing is said, by "~" or by nothing at all."""

    text: str | None


Outline = Leaf | tuple["Outline", ...] | dict[str, "Outline"]
"""Front matter without places: texts, lists and mappings by how their keys are compared."""


class ReadFile(Struct, frozen=True):
    """What is read of a file: its front matter and body, and what was noted of how it is written."""

    header: Outline
    body: str
    problems: tuple[Problem, ...]


def read_outline(text: str, file: str, *, only_yaml: bool = False) -> ReadFile | tuple[Problem, ...]:
    """Read a file by the reader that every build uses; return its problems where it can't be read."""
    found = Found()
    if only_yaml:
        header, body = read_yaml(text, file, found), ""
    else:
        divided = read_markdown(text, file, found)
        header, body = (divided.header, divided.body) if divided else (None, "")
    return ReadFile(_outline(header), body, tuple(found.problems)) if header else tuple(found.problems)


def _outline(node: Node) -> Outline:
    match node:
        case Scalar():
            is_nothing = not node.quoted and (not node.text or node.text in NOTHING)
            return Leaf(None if is_nothing else node.text)
        case Mapping():
            return {fold(entry.key): _outline(entry.value) for entry in node.entries}
    return tuple(_outline(item) for item in node.items)
