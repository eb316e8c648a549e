"""How a text is written in front matter so that it reads back as that text: plain if it can be, else quoted."""

import re
from collections.abc import Iterator, Mapping, Sequence

from insyn.editing.operations import Value
from insyn.reading.characters import fold, normalised
from insyn.reading.spans import Leaf, Outline, ReadFile, WrittenText, read_outline

NOTHING = "~"
NEVER_PLAIN = frozenset("\n\t")
NEVER_PLAIN_IN_FLOW = NEVER_PLAIN | {"?"}
"""Signs that PyYAML without libyaml, and other programs, don't read in a plain text."""
MISTAKEN = re.compile(r"[-+]?(?:0\d+|\d+(?::\d+)+)")
"""What other programs would take for a number of eight or sixty digits: "012", "2021:06"."""


def written(text: str | None, *, in_flow: bool, like: str = "") -> str:
    """Return how a text is written; None as nothing. `like` is the quotation mark that it had.

    >>> written("Ränta: 3,57 %", in_flow=True)
    '"Ränta: 3,57 %"'
    >>> written("Ränta", in_flow=True)
    'Ränta'
    """
    if text is None:
        return NOTHING
    text = normalised(text)
    frame = ("{a: ", ", b: b}") if in_flow else ("a: ", "\nb: b\n")
    ways = _ways(text, like, in_flow=in_flow)
    return next((way for way in ways if reads_as(f"{frame[0]}{way}{frame[1]}", text)), _double(text))


def _ways(text: str, like: str, *, in_flow: bool) -> Iterator[str]:
    if like == '"':
        yield _double(text)
    if like == "'" and "\n" not in text:
        yield "'" + text.replace("'", "''") + "'"
    if text and not set(text) & (NEVER_PLAIN_IN_FLOW if in_flow else NEVER_PLAIN) and not MISTAKEN.fullmatch(text):
        yield text
    yield _double(text)


def _double(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def reads_as(yaml: str, text: str) -> bool:
    """Whether the value of the first key of some YAML is a text, without a word about how it is written."""
    read = read_outline(yaml, "", only_yaml=True)
    if not isinstance(read, ReadFile) or any(one.code != "personal-number" for one in read.problems):
        return False
    return (
        isinstance(read.header, dict)
        and read.header.get("a") == Leaf(text)
        and list(read.header) in (["a"], ["a", "b"])
    )


def rewritten(file_text: str, old: WrittenText, text: str, column: int, newline: str) -> str | None:
    """Return how a text of its own lines (`|`, `>`) is written with other words; None when it is better in one line.

    Only the words that are others are replaced, so that the lines stay as they were divided.
    """
    raw = file_text[old.begin : old.end]
    header, _, lines = raw.partition(newline)
    margin = lines[: len(lines) - len(lines.lstrip())] or " " * (column + 2)
    ways = [_with_other_words(raw, len(header), old.text.rstrip("\n"), text)]
    if "\n" in text:
        ways.append(newline.join(("|-", *(f"{margin}{line}" if line else "" for line in text.split("\n")))))
    elif text:
        ways.append(f">-{newline}{margin}{text}")
    plain = (way for way in ways if way is not None)
    return next((way for way in plain if reads_as(f"a: {way}\nb: b\n", text) or reads_as(f"a: {way}\n", text)), None)


def _with_other_words(raw: str, after: int, old: str, new: str) -> str | None:
    """Replace the words that differ in what is written; None when the words can't be told apart."""
    words, before, wanted = _word_spans(raw, after), old.split(" "), new.split(" ")
    if [raw[begin:end] for begin, end in words] != before or not words or "" in wanted or "\n" in new:
        return None
    most = min(len(before), len(wanted))
    first = next((number for number in range(most) if before[number] != wanted[number]), most)
    rest = most - first
    same = next((number for number in range(rest) if before[-1 - number] != wanted[-1 - number]), rest)
    middle = " ".join(wanted[first : len(wanted) - same])
    last = len(before) - same
    if first == last:
        at = words[first][0] if first < len(words) else words[-1][1]
        gap = f"{middle} " if first < len(words) else f" {middle}"
        return f"{raw[:at]}{gap if middle else ''}{raw[at:]}"
    begin, end = words[first][0], words[last - 1][1]
    if not middle and last < len(words):
        end = words[last][0]
    elif not middle and first:
        begin = words[first - 1][1]
    return f"{raw[:begin]}{middle}{raw[end:]}"


def _word_spans(raw: str, after: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = -1
    for place in range(after, len(raw) + 1):
        is_space = place == len(raw) or raw[place] in " \r\n"
        if is_space and begin >= 0:
            spans.append((begin, place))
            begin = -1
        elif not is_space and begin < 0:
            begin = place
    return spans


# --- Lists and mappings ---------------------------------------------------------------------------------------------


def flow_list(texts: Sequence[str | None], widths: Sequence[int] = ()) -> str:
    """Return a list in brackets, each text with as many characters at least as `widths` say."""
    parts = [written(text, in_flow=True) for text in texts]
    padded = [part.rjust(widths[number]) if number < len(widths) else part for number, part in enumerate(parts)]
    return f"[{', '.join(padded)}]"


def flow_mapping(
    item: Mapping[str, Value],
    columns: Mapping[str, int] | None = None,
    widths: Sequence[int] = (),
) -> str:
    """Return a mapping in braces. `columns` tell how far in each key begins at least."""
    text = "{"
    for number, (key, value) in enumerate(item.items()):
        text += ", " if number else ""
        text = text.ljust((columns or {}).get(key, 0))
        shown = flow_list(value, widths) if isinstance(value, tuple) else written(value, in_flow=True)
        text += f"{key}: {shown}"
    return text + "}"


def block_mapping(item: Mapping[str, Value], margin: str, newline: str) -> str:
    """Return a mapping with a line for each key, as it stands after a dash. `margin` begins each line but the first."""
    lines = (
        f"{key}: {flow_list(value) if isinstance(value, tuple) else written(value, in_flow=False)}"
        for key, value in item.items()
    )
    return f"{newline}{margin}".join(lines)


def outline_of(value: object) -> Outline:
    """Return a value of an operation as it is to be read."""
    if isinstance(value, str):
        return Leaf(normalised(value))
    if isinstance(value, Mapping):
        return {fold(key): outline_of(one) for key, one in value.items()}
    return tuple(outline_of(one) for one in value) if isinstance(value, Sequence) else Leaf(None)
