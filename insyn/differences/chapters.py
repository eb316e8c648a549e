"""What differs between two texts, chapter by chapter: new, gone, moved and renamed chapters, and changed passages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from insyn.differences.alignment import MOST_PAIRS, Fate, Move, Node, alike, gaps, moves, pair_equal, woven
from insyn.differences.blocks import BlockKind, Chapter, Script, TextBlock, read_script
from insyn.differences.passages import Passage, changed_pieces, whole
from insyn.differences.words import Change, TextSpan, setting_apart, words_of

NUMBER = re.compile(r"\d+(?:\.\d+)*\.?\s+")
RECOGNISED = 5
"""How many words a passage has at least, to be told as moved when it is found in another place."""

Pairs = dict[int, int]
"""From a chapter's number in the older text to its number in the newer."""


class ChapterChange(Struct, frozen=True):
    """What has become of a chapter. The text before the first heading is a chapter without heading."""

    fate: Fate
    heading: str
    former_heading: str | None
    """What it was called, when other words than its number have changed."""
    above: tuple[str, ...]
    """Headings of the chapters that it is a part of, outermost first."""
    move: Move | None
    passages: tuple[Passage, ...]
    """What differs in it; all of its text when it is new or gone."""


class TextDifference(Struct, frozen=True):
    chapters: tuple[ChapterChange, ...]
    """In the order of the newer text. A chapter that is gone stands where it stood."""
    renumbered: int
    """How many chapters have another number and no other heading."""


def compare_texts(older: str, newer: str) -> TextDifference:
    """Return what differs between two texts written as Markdown."""
    if older == newer or setting_apart(older) == setting_apart(newer):
        return TextDifference((), 0)
    return _Comparison(read_script(older), read_script(newer)).result()


class _Comparison:
    """Two texts, and which chapter of the one is which of the other."""

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
        """Tell what has become of a chapter; None when nothing has, or when it is told with the chapter above."""
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


# --- Which chapter is which -----------------------------------------------------------------------------------------


def _title(heading: str) -> str:
    """Return a heading without its number: that changes when another chapter comes or goes."""
    return setting_apart(NUMBER.sub("", heading, count=1)).casefold()


def _paired(old: Sequence[Chapter], new: Sequence[Chapter], titles: Sequence[str], new_titles: Sequence[str]) -> Pairs:
    """Find each chapter again: by its headings, by its own heading, and then by what it says."""
    pairs: Pairs = {}
    pair_equal(_paths(old, titles), _paths(new, new_titles), pairs)
    pair_equal(titles, new_titles, pairs)
    left = [number for number in range(len(old)) if number not in pairs]
    taken = set(pairs.values())
    right = [number for number in range(len(new)) if number not in taken]
    if len(left) * len(right) > MOST_PAIRS:
        return pairs
    found = alike([_words(old, number) for number in left], [_words(new, number) for number in right])
    return pairs | {left[one]: right[other] for one, other in found.items()}


def _paths(chapters: Sequence[Chapter], titles: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(titles[number] for number in (*chapter.above, place)) for place, chapter in enumerate(chapters)]


def _words(chapters: Sequence[Chapter], number: int) -> Counter[str]:
    """Return the words of a chapter and of its parts, counted."""
    whole_chapter = [chapters[number], *(chapters[part] for part in _parts(chapters, number))]
    return words_of(" ".join(block.written for chapter in whole_chapter for block in chapter.blocks))


def _parts(chapters: Sequence[Chapter], number: int) -> Iterator[int]:
    """Yield the numbers of the chapters within a chapter: those that follow it until one that isn't a part of it."""
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
    """Tell a chapter that stands in one text only, with those parts of it that do; None for such a part itself."""
    chapter = script.chapters[number]
    if chapter.above and chapter.above[-1] not in paired:
        return None
    above = _headings_above(chapter, script.chapters)
    return ChapterChange(fate, chapter.heading, None, above, None, tuple(_all(script, number, paired, fate)))


def _all(script: Script, number: int, paired: Pairs, fate: Fate) -> Iterator[Passage]:
    """Yield all the text of a chapter, and of those parts of it that aren't found in the other text."""
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
    """Tell as moved what is gone from one place and has come, word for word, in another."""
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
        if passages or not change.passages or change.fate is not Fate.KEPT or change.move or change.former_heading:
            yield replace(change, passages=passages)


def _is_recognised(passage: Passage) -> bool:
    return len(passage.words.split()) >= RECOGNISED and passage.kind is not BlockKind.HEADING


def _moved(
    passages: Sequence[Passage], origins: dict[str, list[str]], left: Counter[str], arrived: Counter[str]
) -> Iterator[Passage]:
    """Yield passages, those that have been moved only where they stand now."""
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
