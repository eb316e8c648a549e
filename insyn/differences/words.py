"""Differences between two texts, word by word: phrases, never single letters.

Typography (spaces, kinds of quotation marks and dashes) is ignored.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from msgspec import Struct

from insyn.differences.alignment import EXACT, Mismatch, gaps

TOKEN = re.compile(
    r"(?:https?|mailto|tel):[^\s()<>]*[^\s()<>.,;:!?]"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)"  # 1 250 000
    r"|[^\W_]+(?:[-\u2010\u2011\u2013'\u2019:./][^\W_]+)*"  # SE-Höglandet, 2024–2026, 2003:1210, 5.1
    r"|\.{3}|\S"
)
SPACE = re.compile(r"\s+")
SETTING = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u00b4`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2026": "...",
    }
)
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Invisible characters. Joiners aren't included: they combine the characters beside them."""
SENTENCE_ENDS = frozenset(".!?:")
SMALL_WORD = 4
"""Maximum number of letters in a small word such as "och", ignored between two changes."""
KEPT_IN_PART = 0.4
"""Minimum share of unchanged letters for a difference by word; below it, two whole texts are shown."""
MOST_CHANGES = 6
KEPT_AMONG_MANY = 0.65
"""The same for many changes: a text with changes in every line is hard to read."""


class Change(Enum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class TextSpan(Struct, frozen=True):
    """A span of text, equal (perhaps with different typography), removed or added."""

    change: Change
    older: str
    newer: str

    @property
    def text(self) -> str:
        """The displayed text."""
        return self.older if self.change is Change.REMOVED else self.newer


def setting_apart(text: str) -> str:
    """Return a text without typography, for comparing."""
    if text.isalnum():
        return text  # most words are alphanumeric
    return SPACE.sub("", INVISIBLE.sub("", text.translate(SETTING)))


def tidy(text: str) -> str:
    """Return a text with single spaces, without invisible characters."""
    return SPACE.sub(" ", INVISIBLE.sub("", text)).strip()


def words_of(text: str) -> Counter[str]:
    """Return word counts; counts of punctuation only if there are no words."""
    found = [token[1] for token in _tokens(tidy(text))]
    return Counter([word for word in found if word[0].isalnum()] or found)


def word_difference(older: str, newer: str) -> tuple[TextSpan, ...]:
    """Return equal, removed and added spans, in reading order."""
    old, new = _tokens(tidy(older)), _tokens(tidy(newer))
    changes = list(_changes(old, new))
    changes = _joined_over_islands(changes, old, new)
    changes = list(_at_sentences(changes, old, new))
    if _is_rewritten(changes, old, new):
        changes = [Mismatch(0, len(old), 0, len(new))]
    return tuple(_spans(changes, old, new))


# --- Words ----------------------------------------------------------------------------------------------------------

Token = tuple[str, str]
"""A word or sign as written, with the space after it, and its form without typography."""


def _tokens(text: str) -> list[Token]:
    """Return the words and signs of a tidy text: an invisible one would have an empty form."""
    places = [found.span() for found in TOKEN.finditer(text)]
    until = [*(start for start, _ in places[1:]), len(text)]
    return [
        (text[start:after], setting_apart(text[start:end])) for (start, end), after in zip(places, until, strict=False)
    ]


def _changes(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Mismatch]:
    """Yield the differing stretches. Long texts are compared by sentence first."""
    if len(old) * len(new) <= EXACT:
        yield from gaps(_keys(old), _keys(new))
        return
    stops, new_stops = _sentence_starts(old), _sentence_starts(new)
    sentences, new_sentences = (_divided(tokens, starts) for tokens, starts in ((old, stops), (new, new_stops)))
    for wide in gaps(sentences, new_sentences):
        start, new_start = stops[wide.start], new_stops[wide.new_start]
        for gap in gaps(_keys(old[start : stops[wide.end]]), _keys(new[new_start : new_stops[wide.new_end]])):
            yield Mismatch(start + gap.start, start + gap.end, new_start + gap.new_start, new_start + gap.new_end)


def _keys(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(key for _, key in tokens)


def _sentence_starts(tokens: Sequence[Token]) -> list[int]:
    """Return the index of each sentence's start, and of the end."""
    ends = [number + 1 for number, token in enumerate(tokens) if _ends_sentence(token)]
    return sorted({0, *ends, len(tokens)})


def _divided(tokens: Sequence[Token], starts: Sequence[int]) -> list[tuple[str, ...]]:
    return [_keys(tokens[start:end]) for start, end in pairwise(starts)]


def _ends_sentence(token: Token) -> bool:
    return token[1] in SENTENCE_ENDS and token[0].endswith(" ")


# --- Phrases --------------------------------------------------------------------------------------------------------


def _joined_over_islands(changes: Sequence[Mismatch], old: Sequence[Token], new: Sequence[Token]) -> list[Mismatch]:
    """Merge changes separated only by a few small words, so that they read as one."""
    joined: list[Mismatch] = []
    for change in changes:
        joined.append(change)
        while len(joined) > 1 and _is_island(joined[-2], joined[-1], old, new):
            last, before = joined.pop(), joined.pop()
            joined.append(Mismatch(before.start, last.end, before.new_start, last.new_end))
    return joined


def _is_island(before: Mismatch, after: Mismatch, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether the text between two changes is too short to keep them apart."""
    between = _letters(new[before.new_end : after.new_start])
    sides = (max(_lost_and_won(change, old, new)) for change in (before, after))
    least = min(sides)
    return between <= least and (between <= SMALL_WORD or 2 * between <= least)


def _lost_and_won(change: Mismatch, old: Sequence[Token], new: Sequence[Token]) -> tuple[int, int]:
    return _letters(old[change.start : change.end]), _letters(new[change.new_start : change.new_end])


def _letters(tokens: Sequence[Token]) -> int:
    """Return the number of letters and digits."""
    return sum(len(key) for _, key in tokens if key[0].isalnum())


def _at_sentences(changes: Sequence[Mismatch], old: Sequence[Token], new: Sequence[Token]) -> Iterator[Mismatch]:
    """Shift pure additions and removals to the start of a sentence or clause, where equivalent."""
    end, new_end = 0, 0
    for change, after in pairwise([*changes, Mismatch(len(old), len(old), len(new), len(new))]):
        moved = change
        if change.start == change.end:
            moved = _shifted(change, _best(new, change.new_start, change.new_end, new_end, after.new_start))
        elif change.new_start == change.new_end:
            moved = _shifted(change, _best(old, change.start, change.end, end, after.start))
        end, new_end = moved.end, moved.new_end
        yield moved


def _shifted(change: Mismatch, by: int) -> Mismatch:
    return Mismatch(*(place + by for place in change))


def _best(tokens: Sequence[Token], start: int, end: int, least: int, most: int) -> int:
    """Return the shift of a stretch, within limits, that gives the most natural start and end.

    It can shift over words that occur both in it and beside it, with the same result.
    """
    back = on = 0
    while start - back > least and tokens[start - back - 1][1] == tokens[end - back - 1][1]:
        back += 1
    while end + on < most and tokens[start + on][1] == tokens[end + on][1]:
        on += 1
    return max(range(-back, on + 1), key=lambda by: (_seam(tokens, start + by, end + by), -abs(by)))


def _seam(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return a score of how naturally a stretch begins and ends."""
    return _joint(tokens, first) + _joint(tokens, last)


def _joint(tokens: Sequence[Token], place: int) -> int:
    if place in (0, len(tokens)) or _ends_sentence(tokens[place - 1]):
        return 3
    if tokens[place - 1][1] in (",", ";"):
        return 2
    return 1 if tokens[place - 1][0].endswith(" ") else 0


def _is_rewritten(changes: Sequence[Mismatch], old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether so little is unchanged that two whole texts are easier to read."""
    whole = _letters(old) + _letters(new)
    changed = sum(sum(_lost_and_won(change, old, new)) for change in changes)
    kept = 1 - changed / whole if whole else 1
    return kept < KEPT_IN_PART or (len(changes) > MOST_CHANGES and kept < KEPT_AMONG_MANY)


# --- Stretches ------------------------------------------------------------------------------------------------------


def _spans(changes: Sequence[Mismatch], old: Sequence[Token], new: Sequence[Token]) -> Iterator[TextSpan]:
    at = new_at = 0
    for start, end, new_start, new_end in [*changes, Mismatch(len(old), len(old), len(new), len(new))]:
        if at < start:
            yield TextSpan(Change.SAME, _text(old[at:start]), _text(new[new_at:new_start]))
        if start < end:
            yield TextSpan(Change.REMOVED, _text(old[start:end]), "")
        if new_start < new_end:
            yield TextSpan(Change.ADDED, "", _text(new[new_start:new_end]))
        at, new_at = end, new_end


def _text(tokens: Sequence[Token]) -> str:
    return "".join(written for written, _ in tokens)
