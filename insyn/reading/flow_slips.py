"""Slips within brackets, braces and quotation marks: a comma, colon or closing mark that is missing or superfluous."""

import re
from bisect import bisect_right
from collections.abc import Generator, Iterator

from msgspec import Struct

from insyn.reading.characters import fold
from insyn.reading.known_keys import is_key, lacking
from insyn.reading.pasted_rows import quoted

CLOSING = {"[": "]", "{": "}"}
SPACES = re.compile(r"[ \t]*")
LAST_WORD = re.compile(r"(?:^|\s)([\w-]+)\s*\Z")
DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
SINGLE = re.compile(r"'(?:[^']|'')*'")
PLAIN = re.compile(r"(?:(?! #)[^\n])*")
PLAIN_IN_FLOW = re.compile(r"(?:[^,\[\]{}:#\n]|:(?![ \t\n,\[\]{}]|\Z)|(?<![ \t])#)+")
MINUS = re.compile(r"-\s+(\d[\d ,]*)")
SIGNED_AMOUNT = re.compile(r"[>%|@`]=? ?(\d[\d ]*)\Z")
CURLY = "”“„"
NOT_FIRST = frozenset("@%`|>")
ENTRY = re.compile(r"[ \t]*(?:- +)?([\w-]+)[ ]*:(?=\s|\Z)")
ITEM = re.compile(r"[ \t]*- ")
SWALLOWED = re.compile(r",[ ]*([\w-]+):[ ]")
NEXT_ENTRY = re.compile(r",[ ]*([\w-]+):(?=[ \[{])")


class SyntaxSlip(Struct, frozen=True):
    """A slip: line and column, from zero, and the key of the advice with the values that fill it in."""

    line: int
    column: int
    hint: str
    values: tuple[tuple[str, str], ...] = ()


def swallows_keys(lines: list[str]) -> bool:
    """Whether the continuation lines of a quoted text begin with keys: then its quotation mark was never closed."""
    return any(_is_entry(line) for line in lines)


def _is_entry(line: str) -> bool:
    """Whether a line begins with one of our keys, or as an item with braces."""
    entry = ENTRY.match(line)
    return bool(entry and is_key(entry[1])) or line.lstrip().startswith(("- {", '- "', "- '"))


class _Node(Struct, frozen=True):
    """A complete node within brackets or braces: "plain", "quoted" or "flow"."""

    kind: str
    start: int
    end: int


class Enclosure:
    """Open brackets or braces, and the state of the entry being read."""

    def __init__(self, sign: str, at: int) -> None:
        self.sign, self.at = sign, at
        self.keys: list[str] = []
        self.begin_entry()

    def begin_entry(self) -> None:
        self.key = ""
        self.node: _Node | None = None


Reading = Generator[SyntaxSlip, None, int]
"""Yields slips; returns the position where it ended."""


class FlowScanner:
    """Reads the contents of brackets and braces. Any slip after the first may be a consequence of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def _slip(self, at: int, hint: str, **values: str) -> SyntaxSlip:
        line = bisect_right(self.starts, at) - 1
        return SyntaxSlip(line, at - self.starts[line], hint, tuple(values.items()))

    def _ends(self, at: int) -> bool:
        """Whether the rest of a line is empty or a comment."""
        sign = self.text[at : at + 1]
        return sign in ("", "\n") or (sign == "#" and self.text[at - 1 : at] in (" ", "\t", "\n", ""))

    def _first_sign(self, at: int, body: str) -> SyntaxSlip | None:
        """Return the slip of a text that begins with a sign of YAML's own."""
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

    def _quoted(self, at: int, frame: "Enclosure | None") -> Reading:
        found = (DOUBLE if self.text[at] == '"' else SINGLE).match(self.text, at)
        if found is None:
            yield self._unended(at, frame)
            return len(self.text)
        if "\n" in found[0] and swallows_keys(found[0].split("\n")[1:]):
            yield self._unended(at, frame)
        return found.end()

    def _unended(self, at: int, frame: "Enclosure | None") -> SyntaxSlip:
        """Return the slip of a text whose quotation mark is never closed, with the text written right."""
        written = PLAIN.match(self.text, at)
        whole = self._rest_of_entry(at, frame) if frame else written[0].rstrip() if written else ""
        return self._slip(at, "yaml-quote-line", right=quoted(whole[1:]))

    def _flow(self, at: int) -> Reading:
        frames = [Enclosure(self.text[at], at)]
        at += 1
        while frames:
            at, frame = end_of(SPACES, self.text, at), frames[-1]
            sign = self.text[at : at + 1]
            if self._ends(at):
                at = yield from self._line_end(frames, at)
            elif sign in CLOSING:
                if frame.node:
                    yield self._crowded(frame, at)
                frames.append(Enclosure(sign, at))
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

    def _colon(self, frame: Enclosure, at: int) -> Iterator[SyntaxSlip]:
        """Read the colon after a key; a second one belongs to a text, or to a key after a missing comma."""
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

    def _second_colon(self, frame: Enclosure, node: "_Node", written: str) -> SyntaxSlip:
        last = LAST_WORD.search(written)
        if node.kind == "plain" and last and last.start(1) and fold(last[1]) in lacking(frame.keys):
            return self._slip(node.start + last.start(1), "yaml-comma-key", key=last[1])
        if written[0] in CURLY:
            return self._slip(node.start, "yaml-curly-quote")
        whole = self._rest_of_entry(node.start, frame)
        return self._slip(node.start, "yaml-colon", right=f"{frame.key}: {quoted(whole)}")

    def _text(self, frame: Enclosure, at: int) -> Reading:
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

    def _after_node(self, frame: Enclosure, node: "_Node", at: int, end: int) -> SyntaxSlip:
        """Return the slip of a text that stands directly after a complete node."""
        word, has_colon = self.text[at:end], self.text[end_of(SPACES, self.text, end) :][:1] == ":"
        inner = self.text[node.start + 1 : node.end - 1]
        if node.kind == "quoted" and any(is_key(found) for found in SWALLOWED.findall(inner)):
            return self._unended(node.start, frame)
        if has_colon and (node.kind == "flow" or fold(word) in lacking(frame.keys)):
            return self._slip(at, "yaml-comma-key", key=word)
        whole = self._rest_of_entry(node.start, frame)
        if node.kind == "quoted":
            return self._slip(node.start, "yaml-inner-quote", right=requoted(whole))
        if frame.sign == "[":
            return self._slip(at, "yaml-comma", found=word)
        return self._slip(node.start, "yaml-bracket-first", right=quoted(whole))

    def _crowded(self, frame: Enclosure, at: int) -> SyntaxSlip:
        """Return the slip of a bracket or brace that stands directly after a complete node."""
        node = frame.node
        if node is None or node.kind == "flow":
            return self._slip(at, "yaml-comma", found=self.text[at])
        before = self.text[node.start : node.end]
        last = LAST_WORD.search(before.rstrip("= "))
        if last and fold(last[1]) in lacking(frame.keys):
            hint = "yaml-equals" if before.endswith("=") else "yaml-key-colon"
            return self._slip(node.start + last.start(1), hint, key=last[1])
        if frame.sign == "[":
            return self._slip(at, "yaml-comma", found=self.text[at])
        return self._slip(node.start, "yaml-bracket-in", right=quoted(self._rest_of_entry(node.start, frame)))

    def _rest_of_entry(self, start: int, frame: Enclosure) -> str:
        """Return the text from a position to the likely end of its entry."""
        line = self.text[start:].partition("\n")[0]
        ends = [found.start() for found in NEXT_ENTRY.finditer(line) if is_key(found[1])]
        if frame.sign == "[":
            ends += [place for place in (line.find(","), line.find("]")) if place > 0]
        return line[: min(ends, default=len(line))].rstrip(" ,]}")

    def _mismatch(self, frames: list[Enclosure], at: int) -> SyntaxSlip:
        """Return the slip of a closing mark other than the expected one."""
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

    def _line_end(self, frames: list[Enclosure], at: int) -> Reading:
        """Move to the next line with content, if the open entry may continue there."""
        following = self.text.find("\n", at)
        while (
            following >= 0 and self._ends(end_of(SPACES, self.text, following + 1)) and following + 1 < len(self.text)
        ):
            following = self.text.find("\n", following + 1)
        if following < 0 or following + 1 >= len(self.text):
            yield self._unclosed(frames, at)
            return len(self.text)
        start, outer = following + 1, self.starts[bisect_right(self.starts, frames[0].at) - 1]
        line = self.text[start:].partition("\n")[0]
        entry = ENTRY.match(line)
        if ITEM.match(line):
            yield self._unclosed(frames, at)
        elif entry and is_key(entry[1]):
            if end_of(SPACES, self.text, start) - start <= end_of(SPACES, self.text, outer) - outer:
                yield self._unclosed(frames, at)
            elif frames[-1].node:
                yield self._slip(start + entry.start(1), "yaml-comma-key", key=entry[1])
        return start

    def _unclosed(self, frames: list[Enclosure], at: int) -> SyntaxSlip:
        note = self.text[at:].partition("\n")[0]
        if note.startswith("#") and set(note) & set("]}"):
            return self._slip(at, "yaml-hash")
        closing = "".join(CLOSING[frame.sign] for frame in reversed(frames))
        return self._slip(frames[-1].at, "yaml-unclosed", opening=frames[-1].sign, closing=closing)


def end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def requoted(whole: str) -> str:
    """Return a text with other quotation marks inside, where its own had ended it early."""
    within = len(whole) > 2 and whole[0] == whole[-1]
    return quoted(whole[1:-1] if within else whole)
