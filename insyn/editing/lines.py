"""The lines of a file, and what an edit does to what else stands on them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from insyn.editing.edits import Edit
from insyn.editing.refusals import Refused
from insyn.reading.spans import (
    Outline,
    WrittenEntry,
    WrittenFile,
    WrittenList,
    WrittenMapping,
    WrittenNode,
    comments,
    end_of_line,
)


class Effect(Struct, frozen=True):
    """What an operation does: edits of the text, and the front matter as it is to be read after them."""

    edits: tuple[Edit, ...]
    header: Outline | None
    loses_comments: bool = False
    """Whether the comments on the lines of what is removed go with it."""


def column_of(file: WrittenFile, place: int) -> int:
    """Return how many characters stand before a place on its line."""
    return place - line_start(file, place)


def line_start(file: WrittenFile, place: int) -> int:
    """Return where the line of a place begins."""
    return max(file.text.rfind("\n", 0, place), file.text.rfind("\r", 0, place)) + 1


def next_line(file: WrittenFile, place: int) -> int:
    """Return where the next line begins."""
    end = end_of_line(file.text, place)
    return end + (2 if file.text.startswith("\r\n", end) else 1 if end < len(file.text) else 0)


def line_after(file: WrittenFile, place: int, line: str) -> Edit:
    """Return the edit that puts a line after the line of a place."""
    at = next_line(file, place)
    ends = at > 0 and file.text[at - 1] in "\r\n"
    return Edit(at, at, f"{line}{file.newline}" if ends else f"{file.newline}{line}")


def shifted(begin: int, end: int, longer: int) -> Edit:
    """Return the edit of a gap of spaces, so that what stands after it stays where it is, if the gap is enough."""
    return Edit(begin, end, " " * max(1, end - begin - longer))


def keep_comment(file: WrittenFile, after: int, longer: int) -> tuple[Edit, ...]:
    """Keep the comment at the end of a line in its column."""
    end = end_of_line(file.text, after)
    comment = next((one for one in comments(file) if after <= one.begin < end), None)
    if comment is None:
        return ()
    begin = after + len(file.text[after : comment.begin].rstrip(" "))
    return (shifted(begin, comment.begin, longer),) if begin < comment.begin else ()


def is_divided(file: WrittenFile, node: WrittenNode) -> bool:
    """Whether brackets or braces go over several lines, where a comment may stand in between."""
    return bool(re.search(r"[\r\n]", file.text[node.begin : node.end]))


def flow_removal(
    file: WrittenFile, outer: WrittenMapping | WrittenList, parts: Sequence[WrittenEntry | WrittenNode], at: int
) -> Edit:
    """Return the edit that removes one part within brackets or braces. Raises Refused over several lines."""
    if is_divided(file, outer):
        raise Refused("edit-divided", outer.begin)
    if len(parts) == 1:
        return Edit(outer.begin + 1, outer.end - 1, "")
    if at + 1 < len(parts):
        return Edit(parts[at].begin, parts[at + 1].begin, "")
    return Edit(parts[at - 1].end, parts[at].end, "")
