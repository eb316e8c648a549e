"""Reads the fields of a mapping by the table of keys, and reports missing, unreadable and unknown ones.

Every read returns a value, even if the field is missing or wrong: then the fault is reported and the value is None or
empty, so that one run finds all faults.
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Lookup
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from insyn.dates import PartialDate
from insyn.model import Percentage
from insyn.problems import Found, Place
from insyn.reading.characters import QUOTES, fold
from insyn.reading.key_kinds import (
    CellKey,
    CellsKey,
    ChoiceKey,
    ChoicesKey,
    ColumnsKey,
    ConstantKey,
    DayKey,
    EmailKey,
    FrontMatterKey,
    Keys,
    MappingKey,
    MappingsKey,
    MonthKey,
    NamedMappingsKey,
    PartialDateKey,
    PercentageKey,
    TextKey,
    TextsKey,
    WebAddressKey,
    YearKey,
    YesNoKey,
)
from insyn.reading.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from insyn.reading.percentages import read_percentage
from insyn.reading.scalars import (
    nearest_of,
    read_choice,
    read_day,
    read_email,
    read_month,
    read_partial_date,
    read_web_address,
    read_year,
)
from insyn.vocabulary import YES_NO

Choice = TypeVar("Choice")
Made = TypeVar("Made", bound=Struct)
GLUED = re.compile(r"([\w-]+)(?::(?=\S)|\s*=\s*|\s+)(.+)")
"""A key within braces that is joined with its value: "namn Kansli", "namn:Kansli"."""
SURELY = 0.85
"""Similarity, from 0 to 1, from which one word is surely a slip for another."""


class Fields:
    """The fields of one mapping. Close it when all are read: any other key is misspelt or unknown."""

    def __init__(self, node: Mapping, found: Found, keys: type[Keys], others: tuple[type[Keys], ...] = ()) -> None:
        """`others` are the kinds of item that the mapping may be instead, if their first key is misspelt."""
        self.node = node
        self.place = node.place
        self.found = found
        self.keys = keys
        self._named = {**keys.named, **dict(next(iter(one.named.items())) for one in others)} if others else keys.named
        self._entries: dict[str, MappingEntry] = {}
        self._unknown: dict[str, MappingEntry] = {}
        for entry in node.entries:
            key = keys.named.get(folded := fold(entry.key))
            if key:
                self._entries[key.name] = entry
            else:
                self._unknown[folded] = entry
        self._required: dict[str, bool] = {}
        self._missing: list[str] = []

    def close(self) -> None:
        """Report every unknown key and every missing one."""
        for folded, entry in self._unknown.items():
            self._report_unknown(entry, self._meant(folded))
        self._report_missing()

    def give_up(self) -> None:
        """Report the required keys that are missing, and the keys that may be misspellings of them."""
        for folded, entry in self._unknown.items():
            meant = nearest_of(folded, self._lacking())
            if meant:
                self._report_unknown(entry, meant)
        self._report_missing()

    def _lacking(self) -> dict[str, str]:
        """Return the missing required keys, by their folded names."""
        return {fold(key): key for key in self._missing}

    def _meant(self, folded: str) -> str | None:
        """Return the key that an unknown one is a slip for: one not yet written, and preferably a required one."""
        from insyn.reading.synonyms import keys_meant, turns_round  # deferred: needed only for a fault

        others = {known: key for known, key in self._named.items() if key.name not in self._entries}
        meant = keys_meant(folded, [*self._lacking(), *others])
        if meant:
            return meant
        if nearest_of(folded, self._named, SURELY) not in {None, *others}:
            return None
        nearest = (
            nearest_of(folded, others, SURELY) or nearest_of(folded, self._lacking()) or nearest_of(folded, others)
        )
        return None if nearest is None or turns_round(folded, nearest) else nearest

    def _report_missing(self) -> None:
        for key in self._missing:
            if self.node.in_flow:
                self.found.add("key-missing", self.place, hint="key-missing-braces", key=key)
            else:
                self.found.add("key-missing", self.place, hint="key-missing-line", key=key)
        self._missing = []

    def _report_unknown(self, entry: MappingEntry, meant: str | None) -> None:
        """Report an unknown key. The key that it was meant as is then not reported as missing too."""
        if self.node.in_flow and _is_blank(entry.value):
            self._report_split(entry)
            return
        self._missing = [key for key in self._missing if fold(key) != meant]
        if meant:
            suggestion = self._named[meant].name
            self.found.add("key-unknown", entry.key_place, hint="key-nearest", key=entry.key, suggestion=suggestion)
        else:
            allowed = ", ".join(key.name for key in self._named.values())
            self.found.add("key-unknown", entry.key_place, hint="key-allowed", key=entry.key, suggestion=allowed)

    def _report_split(self, entry: MappingEntry) -> None:
        """Report a key without a value within braces: a piece of a text split at commas, or a key without its colon."""
        place, written = entry.key_place, entry.key
        glued = GLUED.match(written)
        key = self._named.get(fold(glued[1])) if glued else None
        if glued and key and key.name not in self._entries:
            self._missing = [name for name in self._missing if name != key.name]
            self.found.add("key-unknown", place, hint="key-colon", key=written, right=f"{key.name}: {glued[2]}")
            return
        before, run = self._run_of(entry)
        if entry is not run[0]:
            return
        if before and isinstance(before.value, Scalar):
            whole = ", ".join([before.value.text, *(one.key for one in run)]).strip(QUOTES).replace('"', "”")
            right = f'{before.key}: "{whole}"'
            self.found.add("comma-splits-text", place, hint="comma-text", written=written, right=right)
        else:
            self.found.add("comma-splits-text", place, hint="comma-text-bare", written=written)

    def _run_of(self, entry: MappingEntry) -> tuple[MappingEntry | None, list[MappingEntry]]:
        """Return the consecutive keys without values around an entry, and the entry before them."""
        before: MappingEntry | None = None
        run: list[MappingEntry] = []
        for one in self.node.entries:
            if fold(one.key) in self._unknown and _is_blank(one.value):
                run.append(one)
            elif any(part is entry for part in run):
                break
            else:
                before, run = one, []
        return before, run

    def entry(self, key: FrontMatterKey) -> MappingEntry | None:
        """Return the entry of a key; None, and reported if the key is required, when it isn't written."""
        if key.required:
            self.require(key)
        return self._entries.get(key.name)

    def node_of(self, key: FrontMatterKey) -> Node | None:
        """Return the node of a key's value; None if there is none, or only "~"."""
        entry = self.entry(key)
        return None if entry is None or _is_blank(entry.value) else entry.value

    def place_of(self, key: FrontMatterKey) -> Place:
        """Return the place of a key's value, or of the mapping if the key isn't written."""
        entry = self.entry(key)
        return entry.value.place if entry else self.place

    def require(self, key: FrontMatterKey) -> bool:
        """Return whether a key has a value; if not, report it as missing or blank, once."""
        if key.name not in self._required:
            self._required[key.name] = self._is_there(key)
        return self._required[key.name]

    def _is_there(self, key: FrontMatterKey) -> bool:
        entry = self._entries.get(key.name)
        if entry is None:
            self._missing.append(key.name)
            return False
        if _lacks_value(entry.value, key):
            self._report_blank(entry, key)
            return False
        return True

    def _report_blank(self, entry: MappingEntry, key: FrontMatterKey) -> None:
        """Report a key without its required value, with an example."""
        from insyn.reading.key_examples import example_of  # deferred: needed only for a fault

        place, example = entry.key_place, example_of(key)
        if isinstance(key, MappingsKey):
            self.found.add("value-missing", place, hint="value-items", key=key.name, example=example)
        elif isinstance(key, MappingKey):
            self.found.add("value-missing", place, hint="value-keys", key=key.name, example=example)
        else:
            self.found.add("value-missing", place, hint="value-text", key=key.name, example=example)

    def _check_empty(self, key: MappingKey | MappingsKey) -> None:
        """Report an optional key with nothing below it: perhaps its lines aren't indented."""
        entry = self._entries.get(key.name)
        if entry is None or key.required or not isinstance(entry.value, Scalar):
            return
        if entry.value.text or entry.value.quoted:
            return
        from insyn.reading.key_examples import example_of  # deferred: needed only for a fault

        place, example = entry.key_place, example_of(key)
        if isinstance(key, MappingsKey):
            self.found.add("value-empty", place, hint="value-items", key=key.name, example=example)
        else:
            self.found.add("value-empty", place, hint="value-keys", key=key.name, example=example)

    def has(self, key: FrontMatterKey) -> bool:
        """Whether a key is written at all."""
        return key.name in self._entries or fold(key.name) in self._unknown

    def follows(self, key: ConstantKey) -> bool:
        """Return whether our handbook is followed, and report any other."""
        if not self.require(key):
            return True
        scalar = self.scalar(key)
        written = scalar.text.strip() if scalar else None
        if written != key.value:
            self.found.add("schema-unknown", self.place_of(key), written=written, schema=key.value)
        return written == key.value

    # --- By the table -----------------------------------------------------------------------------------------------

    def make(self, made: type[Made], **given: Any) -> Made:
        """Read a value of a type, except the fields in `given`, by the keys named as its fields; then close."""
        read = {name: READ_AS[type(key)](self, key) for name, key in self.keys.read.items() if name not in given}
        self.close()
        if "place" in made.__struct_fields__ and "place" not in given:
            read["place"] = self.place
        return made(**read, **given)

    def value(self, key: FrontMatterKey) -> object:
        """Read a key according to its kind. A key that depends on other fields isn't read here but given to `make`."""
        return READ_AS[type(key)](self, key)

    # --- By kind ----------------------------------------------------------------------------------------------------

    def scalar(self, key: FrontMatterKey) -> Scalar | None:
        node = self.node_of(key)
        if node is None or isinstance(node, Scalar):
            return node
        self.found.add("expected-text", node.place, key=key.name)
        return None

    def text(self, key: TextKey) -> str | None:
        scalar = self.scalar(key)
        if scalar is None:
            return None
        return scalar.text.strip() if key.is_markdown else scalar.unquoted

    def required_text(self, key: TextKey) -> str:
        """Return the text of a required key; "" if it is missing."""
        return self.text(key) or ""

    def choice(self, key: ChoiceKey[Choice]) -> Choice | None:
        """Return the meaning of a chosen word, or else the default."""
        scalar = self.scalar(key)
        choice = read_choice(scalar, key.name, key.words, self.found) if scalar else None
        return key.words[key.default] if choice is None and key.default else choice

    def choices(self, key: ChoicesKey[Choice]) -> tuple[Choice, ...]:
        """Return the meaning of each word in a list."""
        picked = (read_choice(scalar, key.name, key.words, self.found) for scalar in self.scalars(key))
        return tuple(choice for choice in picked if choice is not None)

    def yes(self, key: YesNoKey) -> bool | None:
        scalar = self.scalar(key)
        answer = read_choice(scalar, key.name, YES_NO, self.found) if scalar else None
        return key.default if answer is None else answer

    def day(self, key: DayKey) -> date | None:
        scalar = self.scalar(key)
        return read_day(scalar, key.name, self.found) if scalar else None

    def partial_date(self, key: PartialDateKey) -> PartialDate | None:
        scalar = self.scalar(key)
        return read_partial_date(scalar, key.name, self.found) if scalar else None

    def month(self, key: MonthKey) -> str | None:
        scalar = self.scalar(key)
        return read_month(scalar, key.name, self.found) if scalar else None

    def percentage(self, key: PercentageKey) -> Percentage | None:
        scalar = self.scalar(key)
        return read_percentage(scalar, self.found) if scalar else None

    def year(self, key: YearKey) -> int | None:
        scalar = self.scalar(key)
        return read_year(scalar, key.name, self.found) if scalar else None

    def web_address(self, key: WebAddressKey) -> str | None:
        scalar = self.scalar(key)
        return read_web_address(scalar, self.found) if scalar else None

    def email(self, key: EmailKey) -> str | None:
        scalar = self.scalar(key)
        return read_email(scalar, self.found) if scalar else None

    def mapping(self, key: MappingKey) -> "Fields | None":
        node = self.node_of(key)
        if node is None:
            self._check_empty(key)
            return None
        if isinstance(node, Mapping):
            return Fields(node, self.found, key.of)
        self.found.add("expected-mapping", node.place, key=key.name)
        return None

    def items(self, key: FrontMatterKey) -> tuple[Node, ...]:
        """Return the items of a list; a single value counts as a list of one."""
        node = self.node_of(key)
        if node is None:
            return ()
        return node.items if isinstance(node, Sequence) else (node,)

    def mappings(self, key: MappingsKey) -> Iterator["Fields"]:
        """Yield the fields of each item in a list of mappings."""
        self._check_empty(key)
        for item in self.items(key):
            if isinstance(item, Mapping):
                block = block_of(item, key)
                yield Fields(item, self.found, block, key.of[1:] if block is key.of[0] else ())
            else:
                self._not_a_mapping(item, key)

    def _not_a_mapping(self, item: Node, key: MappingsKey) -> None:
        from insyn.reading.misread_targets import target_meant  # deferred: needed only for a fault
        from insyn.reading.pasted_rows import pasted_row

        text = item.text if isinstance(item, Scalar) else ""
        if right := pasted_row(text):
            self.found.add("yaml-syntax", item.place, hint="yaml-row", right=right)
        elif right := target_meant(text, key.of[0]):
            self.found.add("expected-mapping-item", item.place, hint="item-right", key=key.name, right=right)
        else:
            self.found.add("expected-mapping-item", item.place, hint="item-compare", key=key.name)

    def named_mappings(self, key: NamedMappingsKey) -> Iterator[tuple[MappingEntry, "Fields"]]:
        """Yield each entry of a mapping whose keys are names, and the fields of its value."""
        node = self.node_of(key)
        if node is None:
            return
        if not isinstance(node, Mapping):
            self.found.add("expected-mapping", node.place, key=key.name)
            return
        for entry in node.entries:
            if isinstance(entry.value, Mapping):
                yield entry, Fields(entry.value, self.found, key.of)
            else:
                self.found.add("expected-mapping", entry.value.place, key=entry.key)

    def scalars(self, key: TextsKey | ChoicesKey[Choice] | ColumnsKey) -> Iterator[Scalar]:
        """Yield each item in a list of texts."""
        for item in self.items(key):
            if isinstance(item, Scalar):
                if not item.is_blank:
                    yield item
            else:
                self.found.add("expected-text-item", item.place, key=key.name)

    def texts(self, key: TextsKey) -> tuple[str, ...]:
        return tuple(scalar.text.strip() for scalar in self.scalars(key))


def _made(fields: Fields, key: MappingKey) -> Struct | None:
    inner = fields.mapping(key)
    return inner.make(key.of.makes) if inner else None


READ_AS: Lookup[type[FrontMatterKey], Callable[[Fields, Any], object]] = {
    TextKey: lambda fields, key: fields.required_text(key) if key.required else fields.text(key),
    YearKey: lambda fields, key: fields.year(key) or (0 if key.required else None),
    ChoiceKey: Fields.choice,
    ChoicesKey: Fields.choices,
    YesNoKey: Fields.yes,
    DayKey: Fields.day,
    PartialDateKey: Fields.partial_date,
    MonthKey: Fields.month,
    PercentageKey: lambda fields, key: fields.percentage(key) or (Percentage(0) if key.required else None),
    WebAddressKey: Fields.web_address,
    EmailKey: Fields.email,
    TextsKey: Fields.texts,
    MappingKey: _made,
    MappingsKey: lambda fields, key: tuple(inner.make(inner.keys.makes) for inner in fields.mappings(key)),
}
"""How each kind is read into a field. A required value that is missing becomes an empty one."""


def block_of(node: Mapping, key: MappingsKey) -> type[Keys]:
    """Return the keys of a list item: those of the kind whose first key is written, else of the first kind."""
    if len(key.of) == 1:
        return key.of[0]
    written = {fold(entry.key) for entry in node.entries}
    return next((one for one in reversed(key.of) if next(iter(one.named)) in written), key.of[0])


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_blank


def _lacks_value(node: Node, key: FrontMatterKey) -> bool:
    """Whether a required key has no value. A cell may be blank."""
    match key:
        case CellKey() | CellsKey():
            return False
        case MappingsKey(has_items=True):
            return _is_blank(node) or node == Sequence((), node.place)
    return _is_blank(node)
