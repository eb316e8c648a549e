"""Reads the fields of one mapping, notes what is missing or unreadable, and what nobody asked for.

A reader of a plan asks a `Fields` for each key by its Swedish name. Every question has an answer, also when the field
is missing or wrong: then the fault is noted and the answer is None or empty, so that one run finds all faults.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from datetime import date
from typing import TypeVar

from insyn.problems import Found, Place
from insyn.reading.characters import fold
from insyn.reading.nodes import Mapping, MappingEntry, Node, Scalar, Sequence
from insyn.swedish import MONTHS

Choice = TypeVar("Choice")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
YEAR = re.compile(r"(19|20)[0-9]{2}\Z")
YES_NO = {"ja": True, "nej": False}
LIKE, SURELY = 0.7, 0.85
"""How much of two words is the same when one may be, or surely is, a slip for the other."""


class Fields:
    """The fields of one mapping. Close it when all have been read: what is left over is misspelt or unknown."""

    def __init__(self, node: Mapping, found: Found) -> None:
        self.node = node
        self.place = node.place
        self.found = found
        self._entries = {fold(entry.key): entry for entry in node.entries}
        self._asked: dict[str, str] = {}
        self._missing: list[str] = []

    def close(self) -> None:
        """Note every key that no question was asked about, and every one that is missing."""
        for folded, entry in self._unasked():
            self._report_unknown(entry, self._meant(folded))
        self._report_missing()

    def give_up(self) -> None:
        """Note the keys that are missing, and what they may be misspelt as. Other keys were never asked about."""
        for folded, entry in self._unasked():
            meant = nearest_of(folded, self._lacking())
            if meant:
                self._report_unknown(entry, meant)
        self._report_missing()

    def _unasked(self) -> list[tuple[str, MappingEntry]]:
        return [(folded, entry) for folded, entry in self._entries.items() if folded not in self._asked]

    def _lacking(self) -> dict[str, str]:
        """Return the keys that must be there and aren't, by how they are compared."""
        return {fold(key): key for key in self._missing}

    def _meant(self, folded: str) -> str | None:
        """Return the key that an unknown one is a slip for: none that is there, and rather one that must be."""
        others = {key: name for key, name in self._asked.items() if key not in self._entries}
        return nearest_of(folded, others, SURELY) or nearest_of(folded, self._lacking()) or nearest_of(folded, others)

    def _report_missing(self) -> None:
        for key in self._missing:
            if self.node.in_flow:
                self.found.add("key-missing", self.place, hint="key-missing-braces", key=key)
            else:
                self.found.add("key-missing", self.place, hint="key-missing-line", key=key)
        self._missing = []

    def _report_unknown(self, entry: MappingEntry, meant: str | None) -> None:
        """Note an unknown key. What it is meant for isn't missing: that would be to tell of it twice."""
        self._missing = [key for key in self._missing if fold(key) != meant]
        if self.node.in_flow and isinstance(entry.value, Scalar) and entry.value.is_blank:
            self.found.add("comma-splits-text", entry.key_place, written=entry.key)
            return
        place, suggestion = entry.key_place, self._asked[meant] if meant else ", ".join(self._asked.values())
        if meant:
            self.found.add("key-unknown", place, hint="key-nearest", key=entry.key, suggestion=suggestion)
        else:
            self.found.add("key-unknown", place, hint="key-allowed", key=entry.key, suggestion=suggestion)

    def entry(self, key: str) -> MappingEntry | None:
        """Return the entry of a key, or None when it isn't written. Counts as a question."""
        folded = fold(key)
        self._asked[folded] = key
        return self._entries.get(folded)

    def node_of(self, key: str) -> Node | None:
        """Return what is written for a key; None when nothing is, or only "~"."""
        entry = self.entry(key)
        if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_blank):
            return None
        return entry.value

    def place_of(self, key: str) -> Place:
        """Return where a key's value stands, or the mapping itself when it isn't written."""
        entry = self.entry(key)
        return entry.value.place if entry else self.place

    def require(self, key: str) -> bool:
        """Note that a key is missing or blank when it is; say whether it is there."""
        entry = self.entry(key)
        if entry is None:
            self._missing.append(key)
            return False
        if isinstance(entry.value, Scalar) and entry.value.is_blank:
            self.found.add("value-missing", entry.key_place, key=key)
            return False
        return True

    def require_items(self, key: str) -> bool:
        """Note that a list is missing, blank or empty when it is."""
        is_there = self.require(key)
        if is_there and not self.items(key):
            self.found.add("value-missing", self.place_of_key(key), key=key)
        return is_there

    def place_of_key(self, key: str) -> Place:
        entry = self.entry(key)
        return entry.key_place if entry else self.place

    def text(self, key: str) -> str | None:
        scalar = self.scalar(key)
        return scalar.text.strip() if scalar else None

    def required_text(self, key: str) -> str:
        """Return the text of a key that must be there; "" when it isn't."""
        return (self.text(key) or "") if self.require(key) else ""

    def scalar(self, key: str) -> Scalar | None:
        node = self.node_of(key)
        if node is None or isinstance(node, Scalar):
            return node
        self.found.add("expected-text", node.place, key=key)
        return None

    def choice(self, key: str, choices: Lookup[str, Choice]) -> Choice | None:
        """Return what one of several words means."""
        scalar = self.scalar(key)
        return chosen(scalar, key, choices, self.found) if scalar else None

    def required_choice(self, key: str, choices: Lookup[str, Choice]) -> Choice | None:
        return self.choice(key, choices) if self.require(key) else None

    def choices(self, key: str, choices: Lookup[str, Choice]) -> tuple[Choice, ...]:
        """Return what each word of a list means."""
        picked = (chosen(scalar, key, choices, self.found) for scalar in self.scalars(key))
        return tuple(choice for choice in picked if choice is not None)

    def yes(self, key: str) -> bool | None:
        return self.choice(key, YES_NO)

    def day(self, key: str) -> date | None:
        scalar = self.scalar(key)
        if scalar is None:
            return None
        match = DATE.match(scalar.plain.replace("–", "-"))
        year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
        try:
            return date(year, month, day)
        except ValueError:
            _note_no_day(scalar, key, year, month, day, self.found)
        return None

    def year(self, key: str) -> int | None:
        scalar = self.scalar(key)
        if scalar is None:
            return None
        if YEAR.match(scalar.plain):
            return int(scalar.plain)
        self.found.add("year-unreadable", scalar.place, key=key, written=scalar.text)
        return None

    def mapping(self, key: str) -> "Fields | None":
        node = self.node_of(key)
        if node is None:
            return None
        if isinstance(node, Mapping):
            return Fields(node, self.found)
        self.found.add("expected-mapping", node.place, key=key)
        return None

    def items(self, key: str) -> tuple[Node, ...]:
        """Return the items of a list; a single value counts as a list of one."""
        node = self.node_of(key)
        if node is None:
            return ()
        return node.items if isinstance(node, Sequence) else (node,)

    def mappings(self, key: str) -> Iterator["Fields"]:
        """Yield the fields of each item of a list of mappings."""
        for item in self.items(key):
            if isinstance(item, Mapping):
                yield Fields(item, self.found)
            else:
                self.found.add("expected-mapping-item", item.place, key=key)

    def scalars(self, key: str) -> Iterator[Scalar]:
        """Yield each item of a list of texts."""
        for item in self.items(key):
            if isinstance(item, Scalar):
                if not item.is_blank:
                    yield item
            else:
                self.found.add("expected-text-item", item.place, key=key)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(scalar.text.strip() for scalar in self.scalars(key))


def chosen(scalar: Scalar, key: str, choices: Lookup[str, Choice], found: Found) -> Choice | None:
    """Return what a word means among `choices`; note an unknown one with the nearest that exists."""
    folded = {fold(word): word for word in choices}
    written = fold(scalar.plain)
    if written in folded:
        return choices[folded[written]]
    begun = [word for folded_word, word in folded.items() if written in folded_word.split("-")]
    nearest = None if len(begun) > 1 else nearest_of(written, folded)
    allowed = ", ".join(begun if len(begun) > 1 else choices)
    place, suggestion = scalar.place, folded[nearest] if nearest else allowed
    if nearest:
        found.add("choice-unknown", place, hint="choice-nearest", key=key, written=scalar.text, suggestion=suggestion)
    else:
        found.add("choice-unknown", place, hint="choice-allowed", key=key, written=scalar.text, suggestion=suggestion)
    return None


def _note_no_day(scalar: Scalar, key: str, year: int, month: int, day: int, found: Found) -> None:
    """Say what is wrong with a day that isn't in the calendar. A year of 0 is what can't be read as a day at all."""
    from calendar import monthrange

    code, place, written = "date-unreadable", scalar.place, scalar.text
    if year < 1:
        found.add(code, place, hint="date-form", key=key, written=written)
    elif not 1 <= month <= len(MONTHS):
        found.add(code, place, hint="date-month", key=key, written=written)
    elif day < 1:
        found.add(code, place, hint="date-first", key=key, written=written)
    else:
        last, name = monthrange(year, month)[1], f"{MONTHS[month - 1]} {year}"
        found.add(code, place, hint="date-last", key=key, written=written, month=name, days=last)


def nearest_of(word: str, words: Lookup[str, object], likeness: float = LIKE) -> str | None:
    """Return the word most like the given one, or None when none is like it."""
    import difflib  # only for a fault

    matches = difflib.get_close_matches(word, list(words), n=1, cutoff=likeness)
    return matches[0] if matches else None
