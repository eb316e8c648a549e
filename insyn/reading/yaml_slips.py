"""Slips in front matter that YAML can't parse, located where they were made.

YAML's error points to where parsing stopped. An unclosed quotation mark takes it lines below, and a colon within a text
makes it expect a brace. Here each line is read as its author meant it, until one can't be.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from insyn.reading.characters import fold
from insyn.reading.flow_slips import (
    CLOSING,
    CURLY,
    ENTRY,
    PLAIN,
    SPACES,
    Enclosure,
    FlowScanner,
    SyntaxSlip,
    end_of,
    requoted,
)
from insyn.reading.known_keys import is_key, lacking
from insyn.reading.pasted_rows import pasted_row, quoted

WHOLE_LINE = re.compile(r"[^\n]*\n?")
MARKED = re.compile(r"(?:---|\.\.\.|%YAML)")
HYPHEN = re.compile(r"-(?=[ \n]|\Z)")
BULLET = re.compile(r"[•·–—‐‑‒▪*](?=[ \t{])")
GLUED_HYPHEN = re.compile(r"-(?=[{\[\"'A-Za-zÅÄÖåäö])")
KEY = re.compile(r"(?:(?! #)[^\n\[{\"'])(?:(?! #)[^\n])*?:(?=[ \t\n]|\Z)|(?:\"[^\"\n]*\"|'[^'\n]*')[ ]*:(?=[ \t\n]|\Z)")
WORD = re.compile(r"[\w-]+")
EQUALS = re.compile(r"([\w-]+)[ ]*=")
GLUED_COLON = re.compile(r"([\w-]+):(?=\S)")
BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
COLON = re.compile(r":(?=[ \t]|\Z)")
INTO_ITEM = re.compile(r"- *\{?")


def find_slip(text: str, last_line: int) -> SyntaxSlip | None:
    """Return the first slip in a text that YAML rejects at `last_line`, counted from zero; None if none is found."""
    slip = next(_Scanner(text).slips(), None)
    return slip if slip and slip.line <= last_line else None


def item_of(line: str) -> str:
    """Return the advice for a line that continues a text but was meant as an item of its own; "" for any other."""
    text = line.lstrip()
    if BULLET.match(text):
        return "yaml-hyphen"
    return "yaml-hyphen-space" if GLUED_HYPHEN.match(text) else ""


def unopened(text: str) -> SyntaxSlip | None:
    """Return the slip of a text that ends with an unmatched closing mark; None if the mark has an opening."""
    found, before = text[-1], text[:-1]
    if found == '"':
        is_closed = '"' in before or re.search(r"(?<!\d)\d{1,2}\Z", before)  # a screen of 27"
        return None if is_closed else SyntaxSlip(0, 0, "yaml-quote-open")
    opening = next(sign for sign, closing in CLOSING.items() if closing == found)
    if opening in before or text[0].isdecimal():
        return None
    return SyntaxSlip(0, 0, "yaml-bracket-unopened", (("found", found), ("opening", opening)))


# --- Lines ------------------------------------------------------------------------------------------------------------


class _Level(Struct, frozen=True):
    column: int
    is_list: bool
    at: int = 0
    """Position in the text where it begins."""


class _Keyless(Struct, frozen=True):
    """An item that begins with a key without its colon."""

    at: int
    column: int
    word: str


class _Scanner(FlowScanner):
    """Reads a text from its start, line by line. Any slip after the first may be a consequence of it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.at = 0
        self.levels: list[_Level] = []
        self.key = ""
        """The last key read, with its colon."""
        self.opens = True
        """Whether something may stand below: the last key or hyphen had nothing after it."""
        self.in_text = False
        """Whether the next line may continue the same text."""
        self.keyless: _Keyless | None = None
        """The last item read, if it begins with a key without its colon."""
        self.above, self.left, self.began = 0, list[_Level](), False
        """The start of the line above, the levels that it closed, and whether it is the first of its block."""

    def slips(self) -> Iterator[SyntaxSlip]:
        while self.at < len(self.text):
            yield from self._line()

    def _pass_line(self) -> None:
        self.at = end_of(WHOLE_LINE, self.text, self.at)

    def _line(self) -> Iterator[SyntaxSlip]:
        start, at = self.at, end_of(SPACES, self.text, self.at)
        if self._ends(at) or (at == start and MARKED.match(self.text, at)):
            return self._pass_line()
        if right := pasted_row(self.text[start : end_of(WHOLE_LINE, self.text, start)]):
            yield self._slip(at, "yaml-row", right=right)
        if "\t" in self.text[start:at]:
            yield self._tab(at)
        levels = list(self.levels)
        deeper, before = self._leave(at - start), len(self.levels)
        is_item = False
        while HYPHEN.match(self.text, at):
            if is_item:
                self.levels.append(_Level(at - start, True))
            elif not self._may_begin(at - start, deeper, is_list=True):
                if self._goes_on(at - start, deeper):
                    return self._pass_line()
                if first := self._first_without_hyphen(at, levels[before:] if deeper else []):
                    yield first
                is_key = bool(self.levels) and self.levels[-1].column == at - start and KEY.match(self.text, at + 2)
                yield self._slip(at, "yaml-hyphen-extra") if is_key else self._misplaced(at, at - start)
            at, is_item = end_of(SPACES, self.text, at + 1), True
            self.opens, self.in_text = True, False
        self.at = at
        if self._ends(at):
            self._pass_line()
        else:
            yield from self._entry(at - start, deeper, is_item=is_item)
        self.above, self.left = start, levels[len(self.levels) :] if deeper else []
        self.began = len(self.levels) > before
        return None

    def _leave(self, column: int) -> bool:
        """Close the levels deeper than a column; return whether there were any."""
        before = len(self.levels)
        while len(self.levels) > 1 and self.levels[-1].column > column:
            self.levels.pop()
        return len(self.levels) < before

    def _may_begin(self, column: int, deeper: bool, *, is_list: bool) -> bool:
        """Return whether a key or a list item may begin at a column, opening its level if it is new."""
        top = self.levels[-1] if self.levels else None
        if top and top.column == column and top.is_list == is_list:
            return True
        if top and top.column == column and not is_list:
            if len(self.levels) > 1 and self.levels[-2].column == column:
                self.levels.pop()
                return True
            return False
        if top and (top.column > column or not self.opens or deeper):
            return False
        self.levels.append(_Level(column, is_list, self.starts[bisect_right(self.starts, self.at) - 1] + column))
        return True

    def _goes_on(self, column: int, deeper: bool) -> bool:
        """Whether a line continues the text of the line above."""
        return self.in_text and not deeper and bool(self.levels) and column > self.levels[-1].column

    def _entry(self, column: int, deeper: bool, *, is_item: bool) -> Iterator[SyntaxSlip]:
        at, key = self.at, KEY.match(self.text, self.at)
        if not is_item and self._goes_on(column, deeper):
            if key:
                word = key[0].removesuffix(":").strip()
                yield self._misplaced(at, column) if is_key(word) else self._slip(at, "yaml-colon-later")
            return self._pass_line()
        if BULLET.match(self.text, at):
            yield self._slip(at, "yaml-hyphen")
        if not is_item and GLUED_HYPHEN.match(self.text, at):
            yield self._slip(at, "yaml-hyphen-space")
        if key:
            yield from self._keyed(key, column, deeper, is_item=is_item)
        else:
            yield from self._unkeyed(column, deeper, is_item=is_item)
        return None

    def _keyed(self, key: re.Match[str], column: int, deeper: bool, *, is_item: bool) -> Iterator[SyntaxSlip]:
        if self.keyless and (is_item or column < self.keyless.column):
            self.keyless = None
        if is_item:
            self.levels.append(_Level(column, False))
        elif not self._may_begin(column, deeper, is_list=False):
            yield self._misplaced(key.start(), column)
        self.key, self.at = key[0], key.end()
        yield from self._value()

    def _misplaced(self, at: int, column: int) -> SyntaxSlip:
        """Return the slip of a line whose indentation isn't allowed."""
        if len(self.levels) == 1 and self.levels[0].column > column:
            return self._slip(end_of(SPACES, self.text, 0), "yaml-indent")
        if any(level.column == column for level in self.left):
            return self._slip(end_of(SPACES, self.text, self.above), "yaml-indent")
        if slip := self._slip_above(at, column):
            return slip
        is_item = any(level.column == column and level.is_list for level in self.levels)
        return self._slip(at, "yaml-hyphen-missing" if is_item and self.text[at] != "-" else "yaml-indent")

    def _slip_above(self, at: int, column: int) -> SyntaxSlip | None:
        """Return the slip of the line above, if that is the one indented unlike the others."""
        keyless = self.keyless
        if keyless and column >= keyless.column:
            return self._keyless(keyless.at, keyless.word)
        if self.began and self._is_item_above(at):
            return self._hyphenless(end_of(SPACES, self.text, self.above))
        if not self.began or self._next_column(at) != column:
            return None
        return self._slip(end_of(SPACES, self.text, self.above), "yaml-indent")

    def _tab(self, at: int) -> SyntaxSlip:
        """Return the slip of a line indented with a tab, with the intended number of spaces if that is clear."""
        column = self._item_column(at) if self.text[at] == "-" else self._key_column(at)
        return self._slip(at, "yaml-tab") if column is None else self._slip(at, "yaml-tab-depth", count=str(column))

    def _item_column(self, at: int) -> int | None:
        """Return the intended column of a list item: the next line belongs to the item, or is the next item."""
        lists = [level.column for level in reversed(self.levels) if level.is_list]
        top, below = self.levels[-1].column if self.levels else 0, self._next_column(at)
        if self.text[end_of(WHOLE_LINE, self.text, at) + below :][:1] != "-":
            below = below - 2 if ENTRY.match(self.text, at) else -1
        if below in lists or (self.opens and below >= top):
            return below
        return top + 2 if self.opens else next(iter(lists), None)

    def _key_column(self, at: int) -> int | None:
        """Return the intended column of a key: one where it may stand beside the keys above it."""
        columns, entry = (
            [level.column for level in reversed(self.levels) if not level.is_list],
            ENTRY.match(self.text, at),
        )
        if self.opens:
            above, below = self.levels[-1].column if self.levels else -2, self._next_column(at)
            columns.insert(0, below if below > above else above + 2)
        word = fold(entry[1]) if entry else ""
        return next((column for column in columns if word in lacking(self._keys_at(column, at))), None)

    def _keys_at(self, column: int, at: int) -> list[str]:
        """Return the keys above a position that begin at a column, in the mapping that a key there would belong to."""
        found: list[str] = []
        for line in reversed(self.text[:at].split("\n")[:-1]):
            entry, begins = ENTRY.match(line), end_of(SPACES, line, 0)
            if entry and entry.start(1) == column:
                found.append(entry[1])
            if line[begins:].strip() and begins < column:
                break
        return found

    def _first_without_hyphen(self, at: int, left: list[_Level]) -> SyntaxSlip | None:
        """Return the slip of a list's first item that lacks its hyphen, where the item at a position continues it."""
        column, above = at - self.starts[bisect_right(self.starts, at) - 1], end_of(SPACES, self.text, self.above)
        has_braces = self.text[above : above + 1] in CLOSING
        begins = has_braces or (self.began and above - self.above == column)
        if column and begins and above > self.above and not HYPHEN.match(self.text, above):
            return self._hyphenless(above)
        if not left or left[0].is_list or left[0].column != column + 2:
            return None
        key, other = (ENTRY.match(self.text, place) for place in (left[0].at, end_of(INTO_ITEM, self.text, at)))
        return self._hyphenless(left[0].at) if key and other and key[1] == other[1] else None

    def _hyphenless(self, at: int) -> SyntaxSlip:
        line = self.text[at:].partition("\n")[0]
        return self._slip(at, "yaml-hyphen-first", right=f"- {line.rstrip()}")

    def _is_item_above(self, at: int) -> bool:
        """Whether the key above a line is the first of a list item, since the list continues below with hyphens."""
        above = end_of(SPACES, self.text, self.above)
        column = above - self.above
        after = (line for line in self.text[at:].split("\n")[1:] if line.strip())
        following = next((line for line in after if end_of(SPACES, line, 0) <= column), "")
        return end_of(SPACES, following, 0) == column and bool(HYPHEN.match(following, column))

    def _next_column(self, at: int) -> int:
        """Return the indentation of the line after the one at a position; -1 if there is none."""
        start = end_of(WHOLE_LINE, self.text, at)
        return end_of(SPACES, self.text, start) - start if start < len(self.text) else -1

    def _keyless(self, at: int, word: str) -> SyntaxSlip:
        """Return the slip of a key without a colon, or without one that counts."""
        if equals := EQUALS.match(self.text, at):
            return self._slip(at, "yaml-equals", key=equals[1])
        if glued := GLUED_COLON.match(self.text, at):
            return self._slip(at, "yaml-space", key=glued[1])
        return self._slip(at, "yaml-key-colon", key=word)

    def _unkeyed(self, column: int, deeper: bool, *, is_item: bool) -> Iterator[SyntaxSlip]:
        """Read a line without a key: a list item, or the value of the key above."""
        word = WORD.match(self.text, self.at)
        if is_item and word and is_key(word[0]):
            self.keyless = _Keyless(self.at, column, word[0])
        may_stand = is_item or (self.opens and not deeper and (not self.levels or column > self.levels[-1].column))
        if not may_stand or (not is_item and word and is_key(word[0])):
            yield self._without_colon(column)
        yield from self._value()

    def _without_colon(self, column: int) -> SyntaxSlip:
        at, word = self.at, WORD.match(self.text, self.at)
        if self.text[at] in "[{" and self._misplaced(at, column).hint == "yaml-hyphen-missing":
            return self._slip(at, "yaml-hyphen-missing")
        if EQUALS.match(self.text, at) or GLUED_COLON.match(self.text, at) or (word and is_key(word[0])):
            return self._keyless(at, word[0] if word else "")
        return self._slip(at, "yaml-key")

    # --- Values -----------------------------------------------------------------------------------------------------

    def _value(self) -> Iterator[SyntaxSlip]:
        """Read the value after a key or a hyphen, to the end of the line or of the construct that it opens."""
        self.at = at = end_of(SPACES, self.text, self.at)
        self.opens, self.in_text = self._ends(at), False
        sign = self.text[at : at + 1]
        if self.opens:
            self._pass_line()
        elif sign in "\"'":
            self.at = yield from self._quoted(at, None)
            yield from self._after_quoted(at)
        elif sign in CLOSING:
            self.at = yield from self._flow(at)
            yield from self._after_flow(at)
        elif BLOCK_TEXT.match(self.text, at):
            self._pass_block()
        else:
            yield from self._plain(at)

    def _pass_block(self) -> None:
        """Skip a multi-line text."""
        column = self.levels[-1].column if self.levels else -1
        self._pass_line()
        while self.at < len(self.text):
            at = end_of(SPACES, self.text, self.at)
            if self.text[at : at + 1] != "\n" and at - self.at <= column:
                return
            self._pass_line()

    def _plain(self, at: int) -> Iterator[SyntaxSlip]:
        written = PLAIN.match(self.text, at)
        body = written[0].rstrip() if written else ""
        if slip := self._first_sign(at, body):
            yield slip
        if body[-1:] in ("}", "]") and not set(body) & set("[{") and (COLON.search(body) or body[-1] == "}"):
            opening = "[" if body[-1] == "]" else "{"
            yield self._slip(at, "yaml-bracket-unopened", found=body[-1], opening=opening)
        if COLON.search(body):
            if body[:1] in CURLY:
                yield self._slip(at, "yaml-curly-quote")
            yield self._slip(at, "yaml-colon", right=f"{self.key} {quoted(body)}".strip())
        self.in_text = True
        self._pass_line()

    def _unended(self, at: int, frame: Enclosure | None) -> SyntaxSlip:
        """Return the slip of an unclosed quotation mark, with the text written right if it ends on its line."""
        end = self.text.find("\n", at)
        column, entry = self._next_column(at), ENTRY.match(self.text, end + 1)
        if not frame and end > 0 and column > (self.levels[-1].column if self.levels else 0) and not entry:
            return self._slip(at, "yaml-quote")
        return super()._unended(at, frame)

    def _after_quoted(self, start: int) -> Iterator[SyntaxSlip]:
        at = end_of(SPACES, self.text, self.at)
        if self._ends(at):
            return self._pass_line()
        written = PLAIN.match(self.text, start)
        whole = written[0].rstrip() if written else ""
        match self.text[at]:
            case ":":
                yield self._slip(start, "yaml-colon-later")
            case ",":
                yield self._slip(start, "yaml-brackets", right=f"{self.key} [{whole}]".strip())
            case "]" | "}" as found:
                yield self._slip(at, "yaml-bracket-extra", found=found)
            case _:
                yield self._slip(start, "yaml-inner-quote", right=requoted(whole))
        return self._pass_line()

    def _after_flow(self, start: int) -> Iterator[SyntaxSlip]:
        at = end_of(SPACES, self.text, self.at)
        if self._ends(at):
            return self._pass_line()
        match self.text[at]:
            case "]" | "}" as found:
                yield self._slip(at, "yaml-bracket-extra", found=found)
            case ",":
                yield self._slip(at, "yaml-comma-extra", found=self.text[self.at - 1])
            case _:
                written = PLAIN.match(self.text, start)
                yield self._slip(start, "yaml-bracket-first", right=quoted(written[0].rstrip() if written else ""))
        return self._pass_line()
