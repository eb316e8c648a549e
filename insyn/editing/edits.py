"""Changes of a text at places, and how they are taken back."""

from collections.abc import Callable, Iterable

from msgspec import Struct


class Edit(Struct, frozen=True, order=True):
    """Put `text` in place of what stands from `begin` to `end`, in characters of the file."""

    begin: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, from the end backwards. Those at one place are made in the order given.

    >>> apply("belopp: 5", [Edit(8, 9, "12"), Edit(0, 0, "  ")])
    '  belopp: 12'
    """
    for edit in sorted(edits, key=lambda one: one.begin, reverse=True):
        text = text[: edit.begin] + edit.text + text[edit.end :]
    return text


def difference(before: str, after: str) -> Edit:
    """Return the one edit that makes `after` of `before`: from where they first differ to where they last do."""
    shortest = min(len(before), len(after))
    begin = _longest(shortest, lambda count: before[:count] == after[:count])
    same = _longest(shortest - begin, lambda count: before[len(before) - count :] == after[len(after) - count :])
    return Edit(begin, len(before) - same, after[begin : len(after) - same])


def _longest(most: int, is_alike: Callable[[int], bool]) -> int:
    """Return the greatest count for which something is so, when it is so for all that are less."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if is_alike(middle) else (least, middle - 1)
    return least


def reverse(before: str, edit: Edit) -> Edit:
    """Return the edit that takes back an edit of a text."""
    return Edit(edit.begin, edit.begin + len(edit.text), before[edit.begin : edit.end])
