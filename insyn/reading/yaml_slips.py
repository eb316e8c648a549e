"""Slips in front matter that YAML can't read, found where they were made.

YAML tells where it could go no further. A quotation mark that is never closed leads it lines below, and a colon within
a text makes it ask for a brace. Here each line is read as its author meant it, until one can't be.
"""

import re
from bisect import bisect_right
from collections.abc import Generator, Iterator
from functools import cache

from msgspec import Struct

from insyn.reading import keys as table
from insyn.reading.characters import fold
from insyn.reading.key_kinds import Keys

CLOSING = {"[": "]", "{": "}"}
SPACES = re.compile(r"[ \t]*")
WHOLE_LINE = re.compile(r"[^\n]*\n?")
MARKED = re.compile(r"(?:---|\.\.\.|%YAML)")
HYPHEN = re.compile(r"-(?=[ \n]|\Z)")
BULLET = re.compile(r"[•·–—‐‑‒▪*](?=[ \t{])")
GLUED_HYPHEN = re.compile(r"-(?=[{\[\"'A-Za-zÅÄÖåäö])")
KEY = re.compile(r"(?:(?! #)[^\n\[{\"'])(?:(?! #)[^\n])*?:(?=[ \t\n]|\Z)|(?:\"[^\"\n]*\"|'[^'\n]*')[ ]*:(?=[ \t\n]|\Z)")
WORD = re.compile(r"[\w-]+")
EQUALS = re.compile(r"([\w-]+)[ ]*=")
GLUED_COLON = re.compile(r"([\w-]+):(?=\S)")
LAST_WORD = re.compile(r"(?:^|\s)([\w-]+)\s*\Z")
DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
SINGLE = re.compile(r"'(?:[^']|'')*'")
BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
PLAIN = re.compile(r"(?:(?! #)[^\n])*")
PLAIN_IN_FLOW = re.compile(r"(?:[^,\[\]{}:#\n]|:(?![ \t\n,\[\]{}]|\Z)|(?<![ \t])#)+")
COLON = re.compile(r":(?=[ \t]|\Z)")
MINUS = re.compile(r"-\s+(\d[\d ,]*)")
SIGNED_AMOUNT = re.compile(r"[>%|@`]=? ?(\d[\d ]*)\Z")
CURLY = "”“„"
NOT_FIRST = frozenset("@%`|>")
ENTRY = re.compile(r"[ \t]*(?:- +)?([\w-]+)[ ]*:(?=\s|\Z)")
ITEM = re.compile(r"[ \t]*- ")
INTO_ITEM = re.compile(r"- *\{?")
SWALLOWED = re.compile(r",[ ]*([\w-]+):[ ]")
NEXT_ENTRY = re.compile(r",[ ]*([\w-]+):(?=[ \[{])")

BETWEEN = r"(?:[ ]*[\t|;][ ]*|[ \u00a0]{2,})"
NAME = r"[^\W\d_][^\n\t|;:{}\[\]#\"]{0,100}?"
CELLS = rf"(?:{BETWEEN}(?:[-−–]?[ ]?\d{{1,3}}(?:[ \u00a0]?\d{{3}})*(?:,\d{{1,2}})?|[-−–~])){{1,12}}"
PASTED = re.compile(
    rf"[ \t]*(?:-[ ]+)?\|?[ \t]*(?P<name>{NAME})(?P<cells>{CELLS})[ \t|;]*(?=\n|\Z|(?<=[ ]){NAME}{CELLS})"
)
"""A name and amounts with a tab, a bar, a semicolon or several spaces between them, as they come from a table.

YAML puts rows that follow on each other without hyphens together to one text.
"""


class SyntaxSlip(Struct, frozen=True):
    """A slip: line and column, from zero, and the key of the advice with what fills it."""

    line: int
    column: int
    hint: str
    values: tuple[tuple[str, str], ...] = ()


def find_slip(text: str, last_line: int) -> SyntaxSlip | None:
    """Return the first slip in a text that YAML gave up on a line of, counted from zero; None when none is seen."""
    slip = next(_Scanner(text).slips(), None)
    return slip if slip and slip.line <= last_line else None


def swallows_keys(lines: list[str]) -> bool:
    """Whether the lines that a quoted text goes on over begin with keys: its quotation mark was never closed."""
    return any(_is_entry(line) for line in lines)


def item_of(line: str) -> str:
    """Return the advice for a line that goes on with a text and was meant as an item of its own; "" for another."""
    text = line.lstrip()
    if BULLET.match(text):
        return "yaml-hyphen"
    return "yaml-hyphen-space" if GLUED_HYPHEN.match(text) else ""


def unopened(text: str) -> SyntaxSlip | None:
    """Return the slip of a text that ends with a sign that nothing opened; None when it has an opening."""
    found, before = text[-1], text[:-1]
    if found == '"':
        is_closed = '"' in before or re.search(r"(?<!\d)\d{1,2}\Z", before)  # a screen of 27"
        return None if is_closed else SyntaxSlip(0, 0, "yaml-quote-open")
    opening = next(sign for sign, closing in CLOSING.items() if closing == found)
    if opening in before or text[0].isdecimal():
        return None
    return SyntaxSlip(0, 0, "yaml-bracket-unopened", (("found", found), ("opening", opening)))


def pasted_row(text: str) -> str:
    """Return how a row of a table is written in a list; "" when a text doesn't begin with one.

    >>> pasted_row("Kansli; 500 000; -")
    '- {namn: Kansli, belopp: [500 000, ~]}'
    """
    found = PASTED.match(text)
    if found is None:
        return ""
    amounts = [one.strip().replace("\u00a0", " ") for one in re.split(BETWEEN, found["cells"])[1:]]
    written = ["~" if not re.search(r"\d", one) else f'"{one}"' if "," in one else one for one in amounts]
    name = found["name"].strip()
    return f"- {{namn: {quoted(name) if ',' in name else name}, belopp: [{', '.join(written)}]}}"


def quoted(text: str) -> str:
    """Return a text within quotation marks that it doesn't have in it."""
    return f'"{text}"' if not set(text) & set('"\\') else "'{}'".format(text.replace("'", "''"))


# --- What may stand together ----------------------------------------------------------------------------------------


@cache
def _blocks() -> tuple[frozenset[str], ...]:
    """Return the keys of each mapping, as they are compared."""
    blocks = [one for one in vars(table).values() if isinstance(one, type) and issubclass(one, Keys) and one.fields]
    return tuple(frozenset(block.named) for block in blocks)


@cache
def _known() -> frozenset[str]:
    return frozenset().union(*_blocks())


def _is_key(word: str) -> bool:
    return fold(word) in _known()


def _lacking(written: list[str]) -> set[str]:
    """Return the keys that may stand beside those that are written."""
    there = {fold(key) for key in written}
    return {key for block in _blocks() if there <= block for key in block - there}


def _is_entry(line: str) -> bool:
    """Whether a line begins as a key of ours does, or as an item with braces."""
    entry = ENTRY.match(line)
    return bool(entry and _is_key(entry[1])) or line.lstrip().startswith(("- {", '- "', "- '"))


# --- Lines ----------------------------------------------------------------------------------------------------------


class _Level(Struct, frozen=True):
    column: int
    is_list: bool
    at: int = 0
    """Where it begins in the text."""


class _Keyless(Struct, frozen=True):
    """An item that begins with a key without its colon."""

    at: int
    column: int
    word: str


Reading = Generator[SyntaxSlip, None, int]
"""Yields slips; returns where it ended."""


class _Scanner:
    """Reads a text from its beginning. What follows on a slip isn't to be relied on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.at = 0
        self.levels: list[_Level] = []
        self.key = ""
        """The key that was read last, with its colon."""
        self.opens = True
        """Whether more may stand below: nothing stood after the last key or hyphen."""
        self.in_text = False
        """Whether the next line may go on with the same text."""
        self.keyless: _Keyless | None = None
        """The item that was read last, when it begins with a key without its colon."""
        self.above, self.left, self.began = 0, list[_Level](), False
        """Where the line above begins, the levels that it left, and whether it is the first of its block."""

    def slips(self) -> Iterator[SyntaxSlip]:
        while self.at < len(self.text):
            yield from self._line()

    def _slip(self, at: int, hint: str, **values: str) -> SyntaxSlip:
        line = bisect_right(self.starts, at) - 1
        return SyntaxSlip(line, at - self.starts[line], hint, tuple(values.items()))

    def _pass_line(self) -> None:
        self.at = _end(WHOLE_LINE, self.text, self.at)

    def _ends(self, at: int) -> bool:
        """Whether a line has no more from a place than a note to oneself."""
        sign = self.text[at : at + 1]
        return sign in ("", "\n") or (sign == "#" and self.text[at - 1 : at] in (" ", "\t", "\n", ""))

    def _line(self) -> Iterator[SyntaxSlip]:
        start, at = self.at, _end(SPACES, self.text, self.at)
        if self._ends(at) or (at == start and MARKED.match(self.text, at)):
            return self._pass_line()
        if right := pasted_row(self.text[start : _end(WHOLE_LINE, self.text, start)]):
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
            at, is_item = _end(SPACES, self.text, at + 1), True
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
        """Leave the levels that lie deeper than a column; say whether there were any."""
        before = len(self.levels)
        while len(self.levels) > 1 and self.levels[-1].column > column:
            self.levels.pop()
        return len(self.levels) < before

    def _may_begin(self, column: int, deeper: bool, *, is_list: bool) -> bool:
        """Whether a key, or an item of a list, may begin at a column; enter its level when it is new."""
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
        """Whether a line goes on with the text of the line above."""
        return self.in_text and not deeper and bool(self.levels) and column > self.levels[-1].column

    def _entry(self, column: int, deeper: bool, *, is_item: bool) -> Iterator[SyntaxSlip]:
        at, key = self.at, KEY.match(self.text, self.at)
        if not is_item and self._goes_on(column, deeper):
            if key:
                word = key[0].removesuffix(":").strip()
                yield self._misplaced(at, column) if _is_key(word) else self._slip(at, "yaml-colon-later")
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
        """Return the slip of a line that begins where nothing may begin."""
        if len(self.levels) == 1 and self.levels[0].column > column:
            return self._slip(_end(SPACES, self.text, 0), "yaml-indent")
        if any(level.column == column for level in self.left):
            return self._slip(_end(SPACES, self.text, self.above), "yaml-indent")
        if slip := self._slip_above(at, column):
            return slip
        is_item = any(level.column == column and level.is_list for level in self.levels)
        return self._slip(at, "yaml-hyphen-missing" if is_item and self.text[at] != "-" else "yaml-indent")

    def _slip_above(self, at: int, column: int) -> SyntaxSlip | None:
        """Return the slip of the line above, when it is the one that doesn't stand as the others do."""
        keyless = self.keyless
        if keyless and column >= keyless.column:
            return self._keyless(keyless.at, keyless.word)
        if self.began and self._is_item_above(at):
            return self._hyphenless(_end(SPACES, self.text, self.above))
        if not self.began or self._next_column(at) != column:
            return None
        return self._slip(_end(SPACES, self.text, self.above), "yaml-indent")

    def _tab(self, at: int) -> SyntaxSlip:
        """Return the slip of a line that a tab sets in, with the spaces that it was to begin with where plain."""
        column = self._item_column(at) if self.text[at] == "-" else self._key_column(at)
        return self._slip(at, "yaml-tab") if column is None else self._slip(at, "yaml-tab-depth", count=str(column))

    def _item_column(self, at: int) -> int | None:
        """Return where an item of a list was meant to begin: what follows belongs to it, or is the next item."""
        lists = [level.column for level in reversed(self.levels) if level.is_list]
        top, below = self.levels[-1].column if self.levels else 0, self._next_column(at)
        if self.text[_end(WHOLE_LINE, self.text, at) + below :][:1] != "-":
            below = below - 2 if ENTRY.match(self.text, at) else -1
        if below in lists or (self.opens and below >= top):
            return below
        return top + 2 if self.opens else next(iter(lists), None)

    def _key_column(self, at: int) -> int | None:
        """Return where a key was meant to begin: where it may stand beside those above it."""
        columns, entry = (
            [level.column for level in reversed(self.levels) if not level.is_list],
            ENTRY.match(self.text, at),
        )
        if self.opens:
            above, below = self.levels[-1].column if self.levels else -2, self._next_column(at)
            columns.insert(0, below if below > above else above + 2)
        word = fold(entry[1]) if entry else ""
        return next((column for column in columns if word in _lacking(self._keys_at(column, at))), None)

    def _keys_at(self, column: int, at: int) -> list[str]:
        """Return the keys above a place that begin at a column, in the same mapping as it would."""
        found: list[str] = []
        for line in reversed(self.text[:at].split("\n")[:-1]):
            entry, begins = ENTRY.match(line), _end(SPACES, line, 0)
            if entry and entry.start(1) == column:
                found.append(entry[1])
            if line[begins:].strip() and begins < column:
                break
        return found

    def _first_without_hyphen(self, at: int, left: list[_Level]) -> SyntaxSlip | None:
        """Return the slip of an item without a hyphen that begins the list which the item at a place goes on with."""
        column, above = at - self.starts[bisect_right(self.starts, at) - 1], _end(SPACES, self.text, self.above)
        has_braces = self.text[above : above + 1] in CLOSING
        begins = has_braces or (self.began and above - self.above == column)
        if column and begins and above > self.above and not HYPHEN.match(self.text, above):
            return self._hyphenless(above)
        if not left or left[0].is_list or left[0].column != column + 2:
            return None
        key, other = (ENTRY.match(self.text, place) for place in (left[0].at, _end(INTO_ITEM, self.text, at)))
        return self._hyphenless(left[0].at) if key and other and key[1] == other[1] else None

    def _hyphenless(self, at: int) -> SyntaxSlip:
        line = self.text[at:].partition("\n")[0]
        return self._slip(at, "yaml-hyphen-first", right=f"- {line.rstrip()}")

    def _is_item_above(self, at: int) -> bool:
        """Whether the key above a line is the first of an item, since the list goes on beneath with hyphens."""
        above = _end(SPACES, self.text, self.above)
        column = above - self.above
        after = (line for line in self.text[at:].split("\n")[1:] if line.strip())
        following = next((line for line in after if _end(SPACES, line, 0) <= column), "")
        return _end(SPACES, following, 0) == column and bool(HYPHEN.match(following, column))

    def _next_column(self, at: int) -> int:
        """Return how far in the line begins that follows on the one of a place; -1 when there is none."""
        start = _end(WHOLE_LINE, self.text, at)
        return _end(SPACES, self.text, start) - start if start < len(self.text) else -1

    def _keyless(self, at: int, word: str) -> SyntaxSlip:
        """Return the slip of a key that has no colon, or none that counts."""
        if equals := EQUALS.match(self.text, at):
            return self._slip(at, "yaml-equals", key=equals[1])
        if glued := GLUED_COLON.match(self.text, at):
            return self._slip(at, "yaml-space", key=glued[1])
        return self._slip(at, "yaml-key-colon", key=word)

    def _unkeyed(self, column: int, deeper: bool, *, is_item: bool) -> Iterator[SyntaxSlip]:
        """Read what has no key: an item of a list, or the value of the key above."""
        word = WORD.match(self.text, self.at)
        if is_item and word and _is_key(word[0]):
            self.keyless = _Keyless(self.at, column, word[0])
        may_stand = is_item or (self.opens and not deeper and (not self.levels or column > self.levels[-1].column))
        if not may_stand or (not is_item and word and _is_key(word[0])):
            yield self._without_colon(column)
        yield from self._value()

    def _without_colon(self, column: int) -> SyntaxSlip:
        at, word = self.at, WORD.match(self.text, self.at)
        if self.text[at] in "[{" and self._misplaced(at, column).hint == "yaml-hyphen-missing":
            return self._slip(at, "yaml-hyphen-missing")
        if EQUALS.match(self.text, at) or GLUED_COLON.match(self.text, at) or (word and _is_key(word[0])):
            return self._keyless(at, word[0] if word else "")
        return self._slip(at, "yaml-key")

    # --- Values -----------------------------------------------------------------------------------------------------

    def _value(self) -> Iterator[SyntaxSlip]:
        """Read what stands after a key or a hyphen, to the end of its line or of what it begins."""
        self.at = at = _end(SPACES, self.text, self.at)
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
        """Pass over a text of several lines."""
        column = self.levels[-1].column if self.levels else -1
        self._pass_line()
        while self.at < len(self.text):
            at = _end(SPACES, self.text, self.at)
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

    def _first_sign(self, at: int, body: str) -> SyntaxSlip | None:
        """Return the slip of a text that begins with a sign that means something."""
        if body[:1] in ("*", "&"):
            return self._slip(at, "yaml-star")
        if minus := MINUS.match(body):
            return self._slip(at, "yaml-minus", right=f"-{minus[1].strip()}")
        if body == "?":
            return self._slip(at, "yaml-question")
        if amount := SIGNED_AMOUNT.match(body):
            return self._slip(at, "yaml-amount", right=amount[1].strip())
        if body[:1] in NOT_FIRST or body.startswith(("- ", "? ")):
            return self._slip(at, "yaml-first-sign")
        return None

    def _quoted(self, at: int, frame: "_Frame | None") -> Reading:
        found = (DOUBLE if self.text[at] == '"' else SINGLE).match(self.text, at)
        if found is None:
            yield self._unended(at, frame)
            return len(self.text)
        if "\n" in found[0] and swallows_keys(found[0].split("\n")[1:]):
            yield self._unended(at, frame)
        return found.end()

    def _unended(self, at: int, frame: "_Frame | None") -> SyntaxSlip:
        """Return the slip of a text whose quotation mark is never closed; written out when it ends on its line."""
        end = self.text.find("\n", at)
        column, entry = self._next_column(at), ENTRY.match(self.text, end + 1)
        if not frame and end > 0 and column > (self.levels[-1].column if self.levels else 0) and not entry:
            return self._slip(at, "yaml-quote")
        written = PLAIN.match(self.text, at)
        whole = self._rest_of_entry(at, frame) if frame else written[0].rstrip() if written else ""
        return self._slip(at, "yaml-quote-line", right=quoted(whole[1:]))

    def _after_quoted(self, start: int) -> Iterator[SyntaxSlip]:
        at = _end(SPACES, self.text, self.at)
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
                yield self._slip(start, "yaml-inner-quote", right=_requoted(whole))
        return self._pass_line()

    def _after_flow(self, start: int) -> Iterator[SyntaxSlip]:
        at = _end(SPACES, self.text, self.at)
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

    # --- Within brackets and braces ---------------------------------------------------------------------------------

    def _flow(self, at: int) -> Reading:
        frames = [_Frame(self.text[at], at)]
        at += 1
        while frames:
            at, frame = _end(SPACES, self.text, at), frames[-1]
            sign = self.text[at : at + 1]
            if self._ends(at):
                at = yield from self._line_end(frames, at)
            elif sign in CLOSING:
                if frame.node:
                    yield self._crowded(frame, at)
                frames.append(_Frame(sign, at))
                at += 1
            elif sign in "]}":
                if CLOSING[frame.sign] != sign:
                    yield self._mismatch(frames, at)
                closed = frames.pop()
                at += 1
                if frames:
                    frames[-1].node = _Node("flow", closed.at, at)
            elif sign == ",":
                if not frame.node and not frame.key:
                    yield self._slip(at, "yaml-two-commas")
                frame.begin_entry()
                at += 1
            elif sign == ":" and not PLAIN_IN_FLOW.match(self.text, at):
                yield from self._colon(frame, at)
                at += 1
            else:
                at = yield from self._text(frame, at)
        return at

    def _colon(self, frame: "_Frame", at: int) -> Iterator[SyntaxSlip]:
        """Read the colon after a key; a second one belongs to a text, or to a key whose comma is missing."""
        node = frame.node
        if node is None:
            yield self._slip(frame.at, "yaml-brace")
            return
        written = self.text[node.start : node.end]
        if frame.key:
            yield self._second_colon(frame, node, written)
        elif node.kind == "plain" and self.text[at + 1 : at + 2] in ("[", "{"):
            yield self._slip(node.start, "yaml-space", key=written)
        frame.key = written
        frame.keys.append(written.strip("\"'"))
        frame.node = None

    def _second_colon(self, frame: "_Frame", node: "_Node", written: str) -> SyntaxSlip:
        last = LAST_WORD.search(written)
        if node.kind == "plain" and last and last.start(1) and fold(last[1]) in _lacking(frame.keys):
            return self._slip(node.start + last.start(1), "yaml-comma-key", key=last[1])
        if written[0] in CURLY:
            return self._slip(node.start, "yaml-curly-quote")
        whole = self._rest_of_entry(node.start, frame)
        return self._slip(node.start, "yaml-colon", right=f"{frame.key}: {quoted(whole)}")

    def _text(self, frame: "_Frame", at: int) -> Reading:
        if self.text[at] in "\"'" and not frame.node:
            end = yield from self._quoted(at, frame)
            frame.node = _Node("quoted", at, end)
            return end
        written = PLAIN_IN_FLOW.match(self.text, at)
        body = (written[0].rstrip() if written else "") or self.text[at]
        end = at + len(body)
        if frame.node:
            yield self._after_node(frame, frame.node, at, end)
        elif slip := self._first_sign(at, body):
            yield slip
        frame.node = _Node("plain", at, end)
        return end

    def _after_node(self, frame: "_Frame", node: "_Node", at: int, end: int) -> SyntaxSlip:
        """Return the slip of a text that stands directly after something that is complete."""
        word, has_colon = self.text[at:end], self.text[_end(SPACES, self.text, end) :][:1] == ":"
        inner = self.text[node.start + 1 : node.end - 1]
        if node.kind == "quoted" and any(_is_key(found) for found in SWALLOWED.findall(inner)):
            return self._unended(node.start, frame)
        if has_colon and (node.kind == "flow" or fold(word) in _lacking(frame.keys)):
            return self._slip(at, "yaml-comma-key", key=word)
        whole = self._rest_of_entry(node.start, frame)
        if node.kind == "quoted":
            return self._slip(node.start, "yaml-inner-quote", right=_requoted(whole))
        if frame.sign == "[":
            return self._slip(at, "yaml-comma", found=word)
        return self._slip(node.start, "yaml-bracket-first", right=quoted(whole))

    def _crowded(self, frame: "_Frame", at: int) -> SyntaxSlip:
        """Return the slip of a bracket or brace that stands directly after something that is complete."""
        node = frame.node
        if node is None or node.kind == "flow":
            return self._slip(at, "yaml-comma", found=self.text[at])
        before = self.text[node.start : node.end]
        last = LAST_WORD.search(before.rstrip("= "))
        if last and fold(last[1]) in _lacking(frame.keys):
            hint = "yaml-equals" if before.endswith("=") else "yaml-key-colon"
            return self._slip(node.start + last.start(1), hint, key=last[1])
        if frame.sign == "[":
            return self._slip(at, "yaml-comma", found=self.text[at])
        return self._slip(node.start, "yaml-bracket-in", right=quoted(self._rest_of_entry(node.start, frame)))

    def _rest_of_entry(self, start: int, frame: "_Frame") -> str:
        """Return a text from where it begins to where its entry can be taken to end."""
        line = self.text[start:].partition("\n")[0]
        ends = [found.start() for found in NEXT_ENTRY.finditer(line) if _is_key(found[1])]
        if frame.sign == "[":
            ends += [place for place in (line.find(","), line.find("]")) if place > 0]
        return line[: min(ends, default=len(line))].rstrip(" ,]}")

    def _mismatch(self, frames: list["_Frame"], at: int) -> SyntaxSlip:
        """Return the slip of a closing sign that isn't the one that is awaited."""
        found, awaited = self.text[at], CLOSING[frames[-1].sign]
        after = self.text[at + 1 :].partition("\n")[0]
        if any(CLOSING[frame.sign] == found for frame in frames) and found not in after:
            first = re.escape(frames[-1].keys[0]) if frames[-1].keys else ""
            key = re.compile(rf",\s*{first}:").search(self.text, frames[-1].at) if first else None
            return self._slip(frames[-1].at, "yaml-bracket-before", closing=awaited, found=key[0] if key else found)
        node = frames[-1].node
        if node and node.kind == "flow" and node.end == at and self.text[at - 1] == found:
            return self._slip(at, "yaml-bracket-extra", found=found)
        if found == "]" and awaited in after:
            return self._slip(at, "yaml-bracket-unopened", found=found, opening="[")
        return self._slip(at, "yaml-bracket-wrong", closing=awaited, found=found)

    def _line_end(self, frames: list["_Frame"], at: int) -> Reading:
        """Pass to the next line that has anything, if what was begun may go on there."""
        following = self.text.find("\n", at)
        while following >= 0 and self._ends(_end(SPACES, self.text, following + 1)) and following + 1 < len(self.text):
            following = self.text.find("\n", following + 1)
        if following < 0 or following + 1 >= len(self.text):
            yield self._unclosed(frames, at)
            return len(self.text)
        start, outer = following + 1, self.starts[bisect_right(self.starts, frames[0].at) - 1]
        line = self.text[start:].partition("\n")[0]
        entry = ENTRY.match(line)
        if ITEM.match(line):
            yield self._unclosed(frames, at)
        elif entry and _is_key(entry[1]):
            if _end(SPACES, self.text, start) - start <= _end(SPACES, self.text, outer) - outer:
                yield self._unclosed(frames, at)
            elif frames[-1].node:
                yield self._slip(start + entry.start(1), "yaml-comma-key", key=entry[1])
        return start

    def _unclosed(self, frames: list["_Frame"], at: int) -> SyntaxSlip:
        note = self.text[at:].partition("\n")[0]
        if note.startswith("#") and set(note) & set("]}"):
            return self._slip(at, "yaml-hash")
        closing = "".join(CLOSING[frame.sign] for frame in reversed(frames))
        return self._slip(frames[-1].at, "yaml-unclosed", opening=frames[-1].sign, closing=closing)


class _Node(Struct, frozen=True):
    """Something complete within brackets or braces: "plain", "quoted" or "flow"."""

    kind: str
    start: int
    end: int


class _Frame:
    """Brackets or braces that are open, and what has been read of the entry that is being read."""

    def __init__(self, sign: str, at: int) -> None:
        self.sign, self.at = sign, at
        self.keys: list[str] = []
        self.begin_entry()

    def begin_entry(self) -> None:
        self.key = ""
        self.node: _Node | None = None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _requoted(whole: str) -> str:
    """Return a text whose own quotation marks cut it, within others."""
    within = len(whole) > 2 and whole[0] == whole[-1]
    return quoted(whole[1:-1] if within else whole)
