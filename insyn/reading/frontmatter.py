"""From the text of a Markdown file to its front matter as nodes, and its body.

YAML guesses what a word means: `no` becomes false, `012` ten and `2021:06` 121 266. Here no scalar is interpreted; the
field that reads it decides. PyYAML parses; its constructors, which do the guessing, are never run.
"""

import re
from typing import cast

import yaml
from msgspec import Struct

from insyn.problems import Found, Place
from insyn.reading.characters import fold, normalised
from insyn.reading.nodes import Entry, Mapping, Node, Scalar, Sequence

FENCE = "---"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

UNREADABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x84\\x86-\\x9f]|[\\ud800-\\udfff]|[\\ufffe-\\uffff]")
"""Characters that YAML doesn't allow (YAML 1.1, section 5.1)."""
UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]|[\\ud800-\\udfff]|[\\ufffe-\\uffff]")
"""Characters that may not be in a text either, where YAML can write them as "\\0" or "\\e"."""
DEEPEST = 50
"""Levels that front matter may have: three times what a plan needs, and few enough to be read by recursion."""
POINTER = re.compile(r"(?:^|[\s\[{,])(?:[&*]\S|!)", re.MULTILINE)
"""Where a sign may stand that YAML would take for something else than text."""


class SourceFile(Struct, frozen=True):
    """A file divided in two. `body_line` is the line of the body's first line, counted from one."""

    header: Mapping
    body: str
    body_line: int


def read_markdown(text: str, file: str, found: Found) -> SourceFile | None:
    """Divide a Markdown file into front matter and body; None when there is no front matter to go on with."""
    lines = normalised(text).split("\n")
    if lines[0].rstrip() != FENCE:
        found.add("front-matter-missing", Place(file))
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        found.add("front-matter-unclosed", Place(file))
        return None
    header = _read_mapping("\n".join(lines[1:end]), file, 1, found)
    if header is None:
        return None
    return SourceFile(header, "\n".join(lines[end + 1 :]), end + 2)


def read_yaml(text: str, file: str, found: Found) -> Mapping | None:
    """Read a file that is YAML throughout."""
    return _read_mapping(normalised(text), file, 0, found)


def _read_mapping(text: str, file: str, offset: int, found: Found) -> Mapping | None:
    unreadable = UNREADABLE.search(text)
    if unreadable:
        line = text.count("\n", 0, unreadable.start()) + 1
        column = unreadable.start() - text.rfind("\n", 0, unreadable.start())
        found.add("yaml-character", Place(file, line + offset, column), character=f"U+{ord(unreadable[0]):04X}")
        return None
    converter = _Converter(text.split("\n"), file, offset, found)
    try:
        node = converter.read(text)
    except yaml.MarkedYAMLError as error:
        converter.report_syntax(error)
        return None
    if node is None or isinstance(node, Mapping):
        return node
    found.add("front-matter-no-keys", node.place)
    return None


class _Converter:
    """Turns PyYAML's nodes into ours and notes what they would have lost."""

    def __init__(self, lines: list[str], file: str, offset: int, found: Found) -> None:
        self.lines, self.file, self.offset, self.found = lines, file, offset, found

    def read(self, text: str) -> Node | None:
        """Read a text; None when it is too deep, or points at itself so that one node would stand in two places."""
        if self._is_too_deep(text) or (POINTER.search(text) and not self._has_only_text(text)):
            return None
        root = yaml.compose(text, Loader=_Loader)
        return Mapping((), Place(self.file, 1 + self.offset)) if root is None else self.convert(root)

    def _is_too_deep(self, text: str) -> bool:
        """Count levels without recursion: PyYAML's own reading of too many of them ends the interpreter."""
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST:
                self.found.add("yaml-too-deep", self._place_at(event))
                return True
        return False

    def _has_only_text(self, text: str) -> bool:
        """Note references, names to refer to and labels: each would eat a sign or a word of the text."""
        before = len(self.found.problems)
        for event in yaml.parse(text, Loader=_Loader):
            place = self._place_at(event)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self.found.add("yaml-alias", place)
            elif getattr(event, "tag", None):
                self.found.add("yaml-tag", place)
        return len(self.found.problems) == before

    def convert(self, node: yaml.Node) -> Node:
        place = self._place(node)
        if isinstance(node, yaml.ScalarNode):
            self._check_comment(node)
            self._check_characters(node)
            return Scalar(node.value, place, quoted=bool(node.style))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(item) for item in node.value), place)
        return self._mapping(cast(yaml.MappingNode, node), place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> Mapping:
        entries: list[Entry] = []
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_place = self._place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.found.add("key-not-text", key_place)
                continue
            self._check_characters(key_node)
            key = key_node.value
            if fold(key) in first_lines:
                self.found.add("key-repeated", key_place, key=key, first=first_lines[fold(key)])
                continue
            first_lines[fold(key)] = key_place.line
            entries.append(Entry(key, key_place, self.convert(value_node)))
        return Mapping(tuple(entries), place, in_flow=bool(node.flow_style))

    def _place_at(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1 + self.offset, mark.column + 1) if mark else Place(self.file)

    def _check_characters(self, node: yaml.ScalarNode) -> None:
        unprintable = UNPRINTABLE.search(node.value)
        if unprintable:
            self.found.add("yaml-character", self._place(node), character=f"U+{ord(unprintable[0]):04X}")

    def _place(self, node: yaml.Node) -> Place:
        start, end = node.start_mark, node.end_mark
        end_column = end.column + 1 if end.line == start.line else 0
        return Place(self.file, start.line + 1 + self.offset, start.column + 1, end_column)

    def _check_comment(self, node: yaml.ScalarNode) -> None:
        """Warn where " #" cut a text that was meant to hold it: "nr #4" has been read as "nr"."""
        if node.style or not node.value:
            return
        line = self.lines[node.end_mark.line] if node.end_mark.line < len(self.lines) else ""
        rest = line[node.end_mark.column :]
        if rest.lstrip().startswith("#") and not rest.lstrip().startswith(("# ", "##")) and rest.strip() != "#":
            self.found.add("comment-cuts-text", self._place(node), written=node.value, lost=rest.strip())

    def report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (min(mark.line, len(self.lines) - 1), mark.column) if mark else (0, 0)
        start = error.context_mark
        hint = _diagnose(error, self.lines[line], column)
        if hint in _UNFINISHED and start is not None and start.line < line:
            line, column = start.line, start.column
        self.found.add("yaml-syntax", Place(self.file, line + 1 + self.offset, column + 1), hint=hint)


_UNFINISHED = frozenset({"yaml-quote", "yaml-bracket", "yaml-brace"})
"""What is begun on one line and missed on a later: the fault is where it begins."""


def _diagnose(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    """Return the advice that belongs to what PyYAML says of a line."""
    said, before = f"{error.context or ''} {error.problem or ''}", line[:column].strip()
    if "cannot start any token" in said and line[column : column + 1] in set("@`%"):
        return "yaml-first-sign"
    for slip, hint in _SLIPS:
        if slip.search(line):
            return hint
    if "\t" in line[: column + 1]:
        return "yaml-tab"
    if "mapping values are not allowed" in said:
        return "yaml-colon" if ":" in before else "yaml-indent"
    if "expected key" in said:
        return "yaml-other" if before else "yaml-indent"
    for part, hint in _SAID:
        if part in said:
            return hint
    return "yaml-other"


_SLIPS = (
    (re.compile(r"(?:[:,\[{]|^)\s*(?:- )?[”“„]"), "yaml-curly-quote"),
    (re.compile(r"\[[^\]\"']*,\s*,"), "yaml-two-commas"),
    (re.compile(r"[\[,]\s*-\s+\d"), "yaml-minus"),
)
"""What can be seen of a line that YAML can't read, and the advice that belongs to it."""
_SAID = (
    ("quoted scalar", "yaml-quote"),
    ("scanning an alias", "yaml-star"),
    ("scanning an anchor", "yaml-star"),
    ("flow sequence", "yaml-bracket"),
    ("flow node", "yaml-bracket"),
    ("flow mapping", "yaml-brace"),
    ("block collection", "yaml-indent"),
    ("block sequence", "yaml-indent"),
    ("block mapping", "yaml-indent"),
    ("could not find expected ':'", "yaml-key"),
)
"""What PyYAML says, and the advice that belongs to it. The first that fits is used."""
