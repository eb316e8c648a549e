"""How are several amounts told apart when they are written as one?"""

import re
from collections.abc import Iterator
from math import log10

from insyn.reading.advice import Advice

SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*;\s*", r"\s*\|\s*", r"\t+", r"\s*/\s*", r"\.\s+", r"\s*,\s+", r"\s*,\s*", r"\s+och\s+", r"\s+[-–—]\s+",
    )
)  # fmt: skip
AMOUNT = re.compile(r"(?:[-−–] ?)?\d{1,3}(?: ?\d{3})*(?:,\d{1,2})?\**|[-−–]?\d+\**|~|\"?-{1,3}\"?|–")
GROUPS = re.compile(r'[-−–]?\d+\**|~|"-{1,3}"')
ONE = re.compile(r'[-−–]?(?:[1-9]\d{0,3}(?: \d{3})+|0|[1-9]\d*)\**|~|"-{1,3}"')
"""An amount in the usual notation of plans, or the notation of a missing one."""
MOST_GROUPS = 40
"""Maximum number of digit groups in a text that are tried in combinations."""


def parted(text: str) -> tuple[str, ...]:
    """Return the amounts of a text with another separator than a comma between them; () for any other text.

    >>> parted("1 115; 1 150; 1 170")
    ('1 115', '1 150', '1 170')
    """
    for separator in SEPARATORS:
        pieces = tuple(separator.split(text.strip(" ;|[]")))
        if len(pieces) > 1 and all(AMOUNT.fullmatch(piece) for piece in pieces):
            return pieces
    return ()


def unjoined(text: str, count: int) -> tuple[str, ...]:
    """Return `count` amounts that are written without separators; () if they can't be told apart.

    >>> unjoined("1 115 1 150", 2)
    ('1 115', '1 150')
    >>> unjoined("0 210 000", 2)
    ('0', '210 000')
    >>> unjoined("350 360 370", 2)
    ()
    """
    groups = text.split()
    if len(groups) > MOST_GROUPS or not all(map(GROUPS.fullmatch, groups)):
        return ()
    ways = sorted(_ways(groups, count), key=_spread)[:2]
    if len(ways) == 2 and _spread(ways[1]) - _spread(ways[0]) < 1:
        return ()
    return ways[0] if ways else ()


def commas_missing(written: str, amounts: tuple[str, ...], *, is_bare: bool) -> Advice:
    """Return the advice for amounts without commas between them; `is_bare` if they have no brackets either."""
    if is_bare and "," in written:
        return Advice("amount-brackets")
    if len(amounts) == 2 and not re.search(r"[^\d\s*~\"-]", written):
        return Advice("amount-comma", (("first", amounts[0]), ("second", amounts[1])))
    return Advice("amount-commas")


def brackets_missing(key: str, amounts: list[str]) -> Advice:
    """Return the advice for amounts without brackets: one of them may be the decimals or the thousands of another."""
    right, digits = ("right", f"{key}: [{', '.join(amounts)}]"), [len(amount) for amount in amounts[1:]]
    if len(digits) == 1 and digits[0] <= 2:
        return Advice("amounts-decimal", (right, ("whole", f'"{",".join(amounts)}"')))
    if set(digits) == {3}:
        return Advice("amounts-thousands", (right, ("joined", " ".join(amounts))))
    return Advice("amounts-brackets", (right,))


def brackets_for_braces(amounts: list[str]) -> Advice:
    """Return the advice for amounts within braces."""
    return Advice("amounts-braces", (("right", f"[{', '.join(amounts)}]"),))


def _ways(groups: list[str], count: int) -> Iterator[tuple[str, ...]]:
    """Yield each way to combine groups of digits into `count` amounts."""
    ways: dict[tuple[int, int], list[tuple[str, ...]]] = {(0, 0): [()]}
    for end in range(1, len(groups) + 1):
        for start in range(max(0, end - 5), end):
            amount = " ".join(groups[start:end])
            if not ONE.fullmatch(amount):
                continue
            for made in range(min(start + 1, count)):
                before = [(*one, amount) for one in ways.get((start, made), [])]
                ways.setdefault((end, made + 1), []).extend(before[:8])
    yield from ways.get((len(groups), count), [])


def _spread(amounts: tuple[str, ...]) -> float:
    """Return the spread of amounts in size: those of a row are mostly of the same magnitude."""
    sizes = [log10(1 + int(digits)) for amount in amounts if (digits := re.sub(r"\D", "", amount))]
    return max(sizes, default=0) - min(sizes, default=0)
