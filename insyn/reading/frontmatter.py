"""Parses a Markdown file into its front matter, as nodes, and its body.

YAML guesses types: `no` becomes false, `012` ten and `2021:06` 121 266. Here no scalar is interpreted; the field that
reads it decides. PyYAML parses, but its resolver and its constructors, which do the guessing, are never run.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from msgspec import Struct

from insyn.limits import FRONT_LEVELS, FRONT_VALUES, LIST_ITEMS, TEXT_CHARACTERS, Beyond
from insyn.markdown.beyond import beyond_limit
from insyn.problems import Found, Place
from insyn.reading.characters import UNSEEN, fold, normalised, plain_markdown, plain_structure, refused
from insyn.reading.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from insyn.reading.personal_numbers import is_in

FENCE = "---"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Event = Any
"""PyYAML's types say that an event may lack a place. A parser's event never does."""

UNREADABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029]|[\\ud800-\\udfff]|[\\ufffe-\\uffff]")
"""Characters that YAML doesn't allow (YAML 1.1, section 5.1), and those that it alone takes for line ends."""
CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
"""Git's marks around two versions of the same lines, which somebody has to choose between."""
ENDS = frozenset(']}"')
BULLETS = frozenset("-–—•·‐‑‒▪")
BARE_AMOUNT = re.compile("(?:[-\u2013\u2212]? ?\\d[\\d \u00a0]*\\**|~|-{1,3}|\u2013|\u2014)\\Z")


class DividedText(Struct, frozen=True):
    """A file split in two. `body_line` is the number of the body's first line, counted from one."""

    header: Mapping
    body: str
    body_line: int


def read_markdown(text: str, file: str, found: Found) -> DividedText | None:
    """Split a Markdown file into front matter and body; None if there is no usable front matter."""
    lines = normalised(text).split("\n")
    if _has_conflict(text, file, found):
        return None
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
    return DividedText(header, plain_markdown("\n".join(lines[end + 1 :])), end + 2)


def read_yaml(text: str, file: str, found: Found) -> Mapping | None:
    """Read a file that is YAML throughout."""
    return None if _has_conflict(text, file, found) else _read_mapping(normalised(text), file, 0, found)


def _has_conflict(text: str, file: str, found: Found) -> bool:
    """Report an unresolved git conflict in a file. Neither version can be read: both would get the same faults."""
    mark = CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if mark:
        found.add("merge-conflict", Place(file, normalised(text[: mark.start()]).count("\n") + 1))
    return mark is not None


def _read_mapping(text: str, file: str, offset: int, found: Found) -> Mapping | None:
    unreadable = UNREADABLE.search(text)
    if unreadable:
        line = text.count("\n", 0, unreadable.start()) + 1
        column = unreadable.start() - text.rfind("\n", 0, unreadable.start())
        found.problems.append(refused(unreadable[0], Place(file, line + offset, column)))
        return None
    text = plain_structure(text)
    converter = _Converter(text.split("\n"), file, offset, found)
    try:
        node = converter.read(text)
    except yaml.MarkedYAMLError as error:
        converter.report_syntax(text, error)
        return None
    if node is None or isinstance(node, Mapping):
        return node
    found.add("front-matter-no-keys", node.place)
    return None


class _Converter:
    """Converts PyYAML's nodes to ours and reports what would have been lost."""

    def __init__(self, lines: list[str], file: str, offset: int, found: Found) -> None:
        self.lines, self.file, self.offset, self.found = lines, file, offset, found
        self.rest: Iterator[_Event] = iter(())
        """Events that aren't yet part of a node."""
        self.key = ""
        """The key being read, which tells an amount or a dnr from a personnummer."""

    def read(self, text: str) -> Node | None:
        """Read a text; None if it is too deep, or refers to itself so that one node would have two places."""
        events = self._events(text)
        if events is None or not self._has_only_text(events):
            return None
        beginnings = [place for place, event in enumerate(events) if isinstance(event, yaml.DocumentStartEvent)]
        if not beginnings:
            return Mapping((), Place(self.file, 1 + self.offset))
        if len(beginnings) > 1:
            raise yaml.MarkedYAMLError(problem_mark=events[beginnings[1]].start_mark)
        self.rest = iter(events[beginnings[0] + 1 :])
        return self._node(next(self.rest))

    def _events(self, text: str) -> list[_Event] | None:
        """Return the parsing events of a text; None if they are too many, or too deep for recursion."""
        events: list[_Event] = []
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            events.append(event)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > FRONT_LEVELS:
                self.found.add("yaml-too-deep", self._start(event))
                return None
            if len(events) > FRONT_VALUES:
                self._refuse(Beyond("values", FRONT_VALUES, len(events)), event)
                return None
        return events

    def _refuse(self, exceeded: Beyond, event: _Event) -> None:
        self.found.problems.append(beyond_limit(exceeded, self._start(event)))

    def _has_only_text(self, events: Iterable[_Event]) -> bool:
        """Report aliases, anchors and tags: each would remove a sign or a word from the text."""
        before = len(self.found.problems)
        for event in events:
            if getattr(event, "anchor", None):
                self.found.add("yaml-alias", self._start(event))
            elif getattr(event, "tag", None):
                self.found.add("yaml-tag", self._start(event))
        return len(self.found.problems) == before

    def _node(self, event: _Event) -> Node:
        """Build the node that starts with an event, reading as many more events as it has."""
        if isinstance(event, yaml.ScalarEvent):
            if len(event.value) > TEXT_CHARACTERS:
                self.found.add("text-too-long", self._start(event), length=len(event.value), limit=TEXT_CHARACTERS)
                return Scalar(str(event.value)[:TEXT_CHARACTERS], self._place(event, event), quoted=True)
            self._check_lines(event)
            self._check_comment(event)
            return Scalar(self._seen(event), self._place(event, event), quoted=bool(event.style))
        return self._sequence(event) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event)

    def _check_lines(self, event: _Event) -> None:
        """Report a multi-line text that has swallowed keys or list items."""
        first, last = event.start_mark.line, event.end_mark.line
        if first == last or event.style in ("|", ">"):
            return
        margin = _indentation(self.lines[first])
        swallowed = [
            (number, self.lines[number])
            for number in range(first + 1, min(last + 1, len(self.lines)))
            if self.lines[number].strip() and _indentation(self.lines[number]) <= margin
        ]
        if not swallowed:
            return
        from insyn.reading.flow_slips import swallows_keys  # deferred: needed only for a fault
        from insyn.reading.yaml_slips import item_of

        if event.style:
            if swallows_keys([line for _, line in swallowed]):
                raise yaml.MarkedYAMLError("quoted scalar", problem_mark=event.start_mark)
            return
        for number, line in swallowed:
            if hint := item_of(line):
                place = Place(self.file, number + 1 + self.offset, len(line) - len(line.lstrip()) + 1)
                self.found.add("yaml-syntax", place, hint=hint)

    def _sequence(self, start: _Event) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self.rest), yaml.SequenceEndEvent):
            items.append(self._node(event))
        if len(items) > LIST_ITEMS:
            self._refuse(Beyond("items", LIST_ITEMS, len(items)), start)
            items = items[:1]
        return Sequence(tuple(items), self._place(start, event))

    def _mapping(self, start: _Event) -> Mapping | Sequence:
        entries: list[MappingEntry] = []
        first_lines: dict[str, int] = {}
        strays = False
        while not isinstance(event := next(self.rest), yaml.MappingEndEvent):
            key_place = self._place(event, self._last(event))
            value = next(self.rest)
            if start.flow_style and entries and _is_stray_amount(event, value, entries[-1]):
                entries.append(MappingEntry(str(event.value), key_place, Scalar("", key_place)))
                strays = True
                continue
            key = self._key(event, key_place, first_lines)
            if key is None:
                self._last(value)
            else:
                self.key = f"{key}: "
                entries.append(MappingEntry(key, key_place, self._node(value)))
        if strays and all(map(_is_blank_amount, entries)):
            return self._in_braces(entries, self._place(start, event))
        if strays:
            entries = self._gathered(entries)
        return Mapping(tuple(entries), self._place(start, event), in_flow=bool(start.flow_style))

    def _in_braces(self, entries: list[MappingEntry], place: Place) -> Sequence:
        """Report amounts within braces instead of brackets."""
        from insyn.reading.several_amounts import brackets_for_braces  # deferred: needed only for a fault

        advice = brackets_for_braces([entry.key for entry in entries])
        self.found.add("amounts-unbracketed", place, hint=advice.hint, **dict(advice.values))
        return Sequence(tuple(Scalar(entry.key, entry.key_place) for entry in entries), place, is_told=True)

    def _gathered(self, entries: list[MappingEntry]) -> list[MappingEntry]:
        """Give each key the unbracketed amounts that follow it, and report the missing brackets."""
        from insyn.reading.several_amounts import brackets_missing  # deferred: needed only for a fault

        gathered: list[MappingEntry] = []
        runs: dict[int, list[Scalar]] = {}
        for entry in entries:
            if gathered and _is_blank_amount(entry) and isinstance(first := gathered[-1].value, Scalar):
                runs.setdefault(len(gathered) - 1, [first]).append(Scalar(entry.key, entry.key_place))
            else:
                gathered.append(entry)
        for number, amounts in runs.items():
            entry = gathered[number]
            gathered[number] = MappingEntry(
                entry.key, entry.key_place, Sequence(tuple(amounts), entry.value.place, is_told=True)
            )
            written = [one.text if re.search(r"[\d~]", one.text) else f'"{one.text}"' for one in amounts]
            advice = brackets_missing(entry.key, written)
            self.found.add("amounts-unbracketed", entry.value.place, hint=advice.hint, **dict(advice.values))
        return gathered

    def _key(self, event: _Event, place: Place, first_lines: dict[str, int]) -> str | None:
        """Return a key; None if it isn't a text, or is a repeated key."""
        if not isinstance(event, yaml.ScalarEvent):
            self.found.add("key-not-text", place)
            return None
        key = self._seen(event)
        folded = fold(key)
        if folded in first_lines:
            self.found.add("key-repeated", place, key=key, first=first_lines[folded])
            return None
        first_lines[folded] = place.line
        return key

    def _last(self, event: _Event) -> _Event:
        """Skip everything that starts with an event; return its last event."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return event
            event = next(self.rest)

    def _start(self, event: _Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1 + self.offset, mark.column + 1)

    def _place(self, first: _Event, last: _Event) -> Place:
        start, end = first.start_mark, last.end_mark
        end_column = end.column + 1 if end.line == start.line else 0
        return Place(self.file, start.line + 1 + self.offset, start.column + 1, end_column)

    def _seen(self, event: _Event) -> str:
        """Return the visible characters of a text, and report the others once, rather than also as a misspelt word."""
        text = str(event.value)
        if is_in(f"{self.key}{text}"):
            self.found.add("personal-number", self._place(event, event))
        unseen = None if text.isprintable() else UNSEEN.search(text)
        if unseen is None:
            return text
        self.found.problems.append(refused(unseen[0], self._place(event, event)))
        return UNSEEN.sub("", text)

    def _check_comment(self, event: _Event) -> None:
        """Warn if " #" cut off a text that was meant to contain it: "nr #4" has been read as "nr"."""
        if event.style or not event.value:
            return
        if event.value[-1] in ENDS:
            self._check_opened(event)
        if event.value[0] in BULLETS:
            self._check_item(event)
        end = event.end_mark
        rest = self.lines[end.line][end.column :].strip() if end.line < len(self.lines) else ""
        if rest.startswith("#") and rest != "#" and not rest.startswith(("# ", "##")):
            self.found.add("comment-cuts-text", self._place(event, event), written=event.value, lost=rest)

    def _check_opened(self, event: _Event) -> None:
        """Report a text that ends with an unmatched closing mark. For an amount, its own reader does that."""
        from insyn.reading.yaml_slips import unopened  # deferred: needed only for a fault

        text = str(event.value)
        slip = None if BARE_AMOUNT.match(text[:-1]) else unopened(text)
        if slip:
            self.found.add("yaml-syntax", self._place(event, event), hint=slip.hint, **dict(slip.values))

    def _check_item(self, event: _Event) -> None:
        """Report a text on a line of its own that was meant as the first item of a list."""
        start = event.start_mark
        line = self.lines[start.line]
        if line[: start.column].strip():
            return
        from insyn.reading.yaml_slips import item_of  # deferred: needed only for a fault

        hint = item_of(line)
        if hint:
            self.found.add("yaml-syntax", self._place(event, event), hint=hint)

    def report_syntax(self, text: str, error: yaml.MarkedYAMLError) -> None:
        """Report a text that YAML can't parse, at the author's slip rather than where YAML gave up."""
        from insyn.reading.yaml_slips import find_slip  # deferred: needed only for a fault

        mark = error.problem_mark or error.context_mark
        line, column = (min(mark.line, len(self.lines) - 1), mark.column) if mark else (0, 0)
        slip = find_slip(text, line)
        if slip:
            place = Place(self.file, slip.line + 1 + self.offset, slip.column + 1)
            self.found.add("yaml-syntax", place, hint=slip.hint, **dict(slip.values))
        else:
            hint = _diagnose(error, self.lines[line], column)
            self.found.add("yaml-syntax", Place(self.file, line + 1 + self.offset, column + 1), hint=hint)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_stray_amount(key: _Event, value: _Event, before: MappingEntry) -> bool:
    """Whether a key without a value is another amount of a list that lacks its brackets."""
    if not isinstance(key, yaml.ScalarEvent) or not BARE_AMOUNT.match(str(key.value)):
        return False
    if not isinstance(value, yaml.ScalarEvent) or value.value or value.style:
        return False
    is_amount = isinstance(before.value, Scalar) and BARE_AMOUNT.match(before.value.text)
    return bool(is_amount) or _is_blank_amount(before)


def _is_blank_amount(entry: MappingEntry) -> bool:
    return isinstance(entry.value, Scalar) and not entry.value.text and bool(BARE_AMOUNT.match(entry.key))


def _diagnose(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    """Return the advice for PyYAML's message about a line, if no slip was found."""
    said, before = f"{error.context or ''} {error.problem or ''}", line[:column].strip()
    if "\t" in line[: column + 1]:
        return "yaml-tab"
    if "mapping values are not allowed" in said:
        return "yaml-colon-later" if ":" in before else "yaml-indent"
    if "expected key" in said:
        return "yaml-other" if before else "yaml-indent"
    return next((hint for part, hint in _SAID if part in said), "yaml-other")


_SAID = (
    ("escape character", "yaml-backslash"),
    ("escaped Unicode", "yaml-backslash"),
    ("hexdecimal", "yaml-backslash"),
    ("quoted scalar", "yaml-quote"),
    ("scanning an alias", "yaml-star"),
    ("scanning an anchor", "yaml-star"),
    ("flow", "yaml-brace"),
    ("block", "yaml-indent"),
    ("could not find expected ':'", "yaml-key"),
)
"""PyYAML's messages with the advice for each. The first match is used."""
