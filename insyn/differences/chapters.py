"""Differences between two texts: new, removed, moved and renamed chapters, and changed passages."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from insyn.differences.alignment import (
    Family,
    Fate,
    Move,
    Node,
    alike,
    at_home,
    gaps,
    moves,
    once_in_both,
    pair_equal,
    pair_unique,
    woven,
)
from insyn.differences.blocks import BlockKind, Chapter, Script, TextBlock, read_script
from insyn.differences.passages import Passage, changed_pieces, whole
from insyn.differences.words import Change, TextSpan, setting_apart, words_of

NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
"""A chapter's number. Any other number, such as a year, is part of the heading."""
RECOGNISED = 5
"""Minimum number of words for a passage to be recognised as moved."""

Pairs = dict[int, int]
"""Older chapter index to newer."""


class ChapterChange(Struct, frozen=True):
    """A changed chapter, or the text before the first heading."""

    fate: Fate
    heading: str
    former_heading: str | None
    """Its former heading, if more than the number has changed."""
    above: tuple[str, ...]
    """Headings of the chapters that contain it, outermost first."""
    move: Move | None
    passages: tuple[Passage, ...]
    """The passages that differ; all of them if the chapter is new or removed."""


class TextDifference(Struct, frozen=True):
    chapters: tuple[ChapterChange, ...]
    """In the newer text's order; removed chapters at their former position."""
    renumbered: int
    """Number of chapters that are only renumbered."""


def compare_texts(older: str, newer: str) -> TextDifference:
    """Return what differs between two texts written as Markdown."""
    if older == newer or setting_apart(older) == setting_apart(newer):
        return TextDifference((), 0)
    return _Comparison(read_script(older), read_script(newer)).result()


class _Comparison:
    """Two texts with paired chapters."""

    def __init__(self, old: Script, new: Script) -> None:
        self.old, self.new = old, new
        self.titles, self.new_titles = ([_title(one.heading) for one in both.chapters] for both in (old, new))
        self.pairs = _paired(old.chapters, new.chapters, self.titles, self.new_titles)
        self.back = {newer: older for older, newer in self.pairs.items()}
        self.moved = moves(_nodes(old.chapters), _nodes(new.chapters), self.pairs)

    def result(self) -> TextDifference:
        order = woven(len(self.old.chapters), len(self.new.chapters), self.pairs)
        told = [change for old, new in order if (change := self._change_of(old, new))]
        return TextDifference(tuple(_with_moved_passages(told)), sum(map(self._is_renumbered, self.pairs)))

    def _change_of(self, old: int | None, new: int | None) -> ChapterChange | None:
        """Return a chapter's change; None if unchanged, or covered by the chapter above."""
        if old is not None and new is not None:
            change = self._kept(old, new)
            return change if change.passages or change.move or change.former_heading is not None else None
        if new is not None:
            return _entire(self.new, new, self.back, Fate.ADDED)
        return _entire(self.old, old or 0, self.pairs, Fate.REMOVED)

    def _kept(self, number: int, new_number: int) -> ChapterChange:
        old, new = self.old.chapters[number], self.new.chapters[new_number]
        former = old.heading if self.titles[number] != self.new_titles[new_number] else None
        passages = tuple(_differing(self.old, old.blocks, self.new, new.blocks)) if old.blocks != new.blocks else ()
        above = _headings_above(new, self.new.chapters)
        return ChapterChange(Fate.KEPT, new.heading, former, above, self.moved.get(new_number), passages)

    def _is_renumbered(self, number: int) -> bool:
        old, new = self.old.chapters[number].heading, self.new.chapters[self.pairs[number]].heading
        same_title = self.titles[number] == self.new_titles[self.pairs[number]]
        return old != new and same_title and setting_apart(old) != setting_apart(new)


def _headings_above(chapter: Chapter, chapters: Sequence[Chapter]) -> tuple[str, ...]:
    return tuple(chapters[number].heading for number in chapter.above)


def _nodes(chapters: Sequence[Chapter]) -> list[Node]:
    return [Node(chapter.heading, chapter.above[-1] if chapter.above else None) for chapter in chapters]


# --- Pairing --------------------------------------------------------------------------------------------------------


def _title(heading: str) -> str:
    """Return a heading without its number."""
    return setting_apart(NUMBER.sub("", heading, count=1)).casefold()


def _paired(old: Sequence[Chapter], new: Sequence[Chapter], titles: Sequence[str], new_titles: Sequence[str]) -> Pairs:
    """Pair chapters: by heading in the same chapter, by heading anywhere if unique, then by similar text.

    Equal headings in the same chapter are distinguished by their text. The footnotes always match each other.
    """
    found = _Pairer(old, new, titles, new_titles)
    found.at_home()
    pair_unique(*once_in_both(titles, new_titles), found.pairs)
    found.at_home()
    for words_of_each in (_own_words, _words):
        found.by_text(words_of_each)
        found.at_home()
    return found.pairs


class _Pairer:
    """Two lists of chapters, and the pairs found so far."""

    def __init__(
        self, old: Sequence[Chapter], new: Sequence[Chapter], titles: Sequence[str], new_titles: Sequence[str]
    ) -> None:
        self.old, self.new = old, new
        self.titled, self.new_titled = _family(old, titles), _family(new, new_titles)
        self.full, self.new_full = _with_text(old, titles), _with_text(new, new_titles)
        self.pairs: Pairs = {len(old) - 1: len(new) - 1}

    def at_home(self) -> None:
        """Pair chapters with equal headings in the same chapter, until no more are found."""
        size = -1
        while size < len(self.pairs):
            size = len(self.pairs)
            pair_equal(*at_home(self.full, self.new_full, self.pairs), self.pairs)
            pair_unique(*at_home(self.titled, self.new_titled, self.pairs), self.pairs)

    def by_text(self, words: Callable[[Sequence[Chapter], int], Counter[str]]) -> None:
        """Pair chapters with similar text, in order."""
        taken = set(self.pairs.values())
        left = {n: said for n in range(len(self.old)) if n not in self.pairs and (said := words(self.old, n))}
        right = {n: said for n in range(len(self.new)) if n not in taken and (said := words(self.new, n))}
        places, new_places = list(left), list(right)
        found = alike(list(left.values()), list(right.values()))
        self.pairs |= {places[one]: new_places[other] for one, other in found.items()}


def _with_text(chapters: Sequence[Chapter], titles: Sequence[str]) -> Family:
    texts = (setting_apart("\n".join(block.written for block in chapter.blocks)) for chapter in chapters)
    above = (chapter.above[-1] if chapter.above else None for chapter in chapters)
    return list(zip(above, zip(titles, texts, strict=True), strict=True))


def _family(chapters: Sequence[Chapter], titles: Sequence[str]) -> Family:
    above = (chapter.above[-1] if chapter.above else None for chapter in chapters)
    return list(zip(above, titles, strict=True))


def _own_words(chapters: Sequence[Chapter], number: int) -> Counter[str]:
    """Return word counts of a chapter, without its subchapters."""
    return words_of(" ".join(block.written for block in chapters[number].blocks))


def _words(chapters: Sequence[Chapter], number: int) -> Counter[str]:
    """Return word counts of a chapter and its subchapters."""
    whole_chapter = [chapters[number], *(chapters[part] for part in _parts(chapters, number))]
    return words_of(" ".join(block.written for chapter in whole_chapter for block in chapter.blocks))


def _parts(chapters: Sequence[Chapter], number: int) -> Iterator[int]:
    """Yield the indices of a chapter's subchapters, at any depth."""
    return takewhile(lambda part: number in chapters[part].above, range(number + 1, len(chapters)))


# --- Passages -------------------------------------------------------------------------------------------------------


def _differing(
    old: Script, blocks: Sequence[TextBlock], new: Script, new_blocks: Sequence[TextBlock]
) -> Iterator[Passage]:
    """Yield the passages that differ between two chapters."""
    keys, new_keys = ([setting_apart(block.written) for block in both] for both in (blocks, new_blocks))
    for gap in gaps(keys, new_keys):
        pieces = [old.read(block) for block in blocks[gap.start : gap.end]]
        new_pieces = [new.read(block) for block in new_blocks[gap.new_start : gap.new_end]]
        yield from changed_pieces(pieces, new_pieces)


def _entire(script: Script, number: int, paired: Pairs, fate: Fate) -> ChapterChange | None:
    """Return the change of a new or removed chapter with its subchapters; None for such a subchapter itself."""
    chapter = script.chapters[number]
    if chapter.above and chapter.above[-1] not in paired:
        return None
    above = _headings_above(chapter, script.chapters)
    return ChapterChange(fate, chapter.heading, None, above, None, tuple(_all(script, number, paired, fate)))


def _all(script: Script, number: int, paired: Pairs, fate: Fate) -> Iterator[Passage]:
    """Yield all passages of a chapter and its unpaired subchapters."""
    chapters = script.chapters
    yield from _blocks(script, chapters[number], fate)
    for part in _parts(chapters, number):
        above = chapters[part].above
        if not any(one in paired for one in (*above[above.index(number) :], part)):
            yield whole(fate, BlockKind.HEADING, chapters[part].heading)
            yield from _blocks(script, chapters[part], fate)


def _blocks(script: Script, chapter: Chapter, fate: Fate) -> Iterator[Passage]:
    return (whole(fate, block.kind, script.read(block).words) for block in chapter.blocks)


# --- Moved passages -------------------------------------------------------------------------------------------------


def _with_moved_passages(changes: Sequence[ChapterChange]) -> Iterator[ChapterChange]:
    """Yield changes, with passages that are removed in one place and added verbatim in another marked as moved."""
    told = [(change.heading, passage) for change in changes for passage in change.passages]
    origins: dict[str, list[str]] = {}
    for heading, passage in told:
        if passage.fate is Fate.REMOVED and _is_recognised(passage):
            origins.setdefault(setting_apart(passage.words), []).append(heading)
    come = Counter(setting_apart(passage.words) for _, passage in told if passage.fate is Fate.ADDED)
    left = Counter({key: min(come[key], len(headings)) for key, headings in origins.items()})
    arrived = Counter(left)
    for change in changes:
        passages = tuple(_moved(change.passages, origins, left, arrived))
        if (
            passages
            or not change.passages
            or change.fate is not Fate.KEPT
            or change.move
            or change.former_heading is not None
        ):
            yield replace(change, passages=passages)


def _is_recognised(passage: Passage) -> bool:
    return len(passage.words.split()) >= RECOGNISED and passage.kind is not BlockKind.HEADING


def _moved(
    passages: Sequence[Passage], origins: dict[str, list[str]], left: Counter[str], arrived: Counter[str]
) -> Iterator[Passage]:
    """Yield passages; moved ones only at their new place."""
    for passage in passages:
        key = setting_apart(passage.words)
        if passage.fate is Fate.REMOVED and left[key]:
            left[key] -= 1
        elif passage.fate is Fate.ADDED and arrived[key]:
            arrived[key] -= 1
            span = TextSpan(Change.SAME, passage.words, passage.words)
            yield Passage(Fate.KEPT, passage.kind, (span,), origins[key].pop(0))
        else:
            yield passage
