"""Differences between lists of texts: text by text, then word by word."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from insyn.differences.alignment import Fate, alike, gaps
from insyn.differences.blocks import BlockKind, Piece
from insyn.differences.words import Change, TextSpan, setting_apart, tidy, word_difference, words_of


class Passage(Struct, frozen=True):
    """A text that differs. A kept one has equal and changed spans."""

    fate: Fate
    kind: BlockKind
    spans: tuple[TextSpan, ...]
    moved_from: str | None = None
    """The chapter that it was moved from verbatim; None if it wasn't moved."""

    @property
    def words(self) -> str:
        """Its present text, or the former if it is removed."""
        return "".join(span.older if self.fate is Fate.REMOVED else span.newer for span in self.spans)


def whole(fate: Fate, kind: BlockKind, text: str) -> Passage:
    """Return the passage of a new or removed text."""
    said = tidy(text)
    span = TextSpan(Change.ADDED, "", said) if fate is Fate.ADDED else TextSpan(Change.REMOVED, said, "")
    return Passage(fate, kind, (span,))


def changed_text(older: str | None, newer: str | None, kind: BlockKind = BlockKind.PARAGRAPH) -> Passage | None:
    """Return the difference between two texts; None if only typography differs."""
    if setting_apart(older or "") == setting_apart(newer or ""):
        return None
    if not older or not newer:
        return whole(Fate.REMOVED, kind, older) if older else whole(Fate.ADDED, kind, newer or "")
    return Passage(Fate.KEPT, kind, word_difference(older, newer))


def changed_list(older: Sequence[str], newer: Sequence[str], kind: BlockKind = BlockKind.ITEM) -> tuple[Passage, ...]:
    """Return the differences between two lists of texts."""
    one, other = ([Piece(kind, text, text, ()) for text in texts] for texts in (older, newer))
    return tuple(changed_pieces(one, other))


def changed_pieces(older: Sequence[Piece], newer: Sequence[Piece]) -> Iterator[Passage]:
    """Yield the differences in reading order, removed texts before added ones."""
    for gap in gaps([_key(piece) for piece in older], [_key(piece) for piece in newer]):
        yield from _unlike(older[gap.start : gap.end], newer[gap.new_start : gap.new_end])


def _key(piece: Piece) -> str:
    return setting_apart("\n".join((piece.words, *piece.addresses)))


def _unlike(older: Sequence[Piece], newer: Sequence[Piece]) -> Iterator[Passage]:
    if "".join(map(_key, older)) == "".join(map(_key, newer)):
        return  # the same words, split differently
    pairs = alike([words_of(piece.words) for piece in older], [words_of(piece.words) for piece in newer])
    at = new_at = 0
    for place, new_place in [*pairs.items(), (len(older), len(newer))]:
        yield from (whole(Fate.REMOVED, piece.kind, piece.words) for piece in older[at:place])
        yield from (whole(Fate.ADDED, piece.kind, piece.words) for piece in newer[new_at:new_place])
        if place < len(older):
            yield _rewritten(older[place], newer[new_place])
        at, new_at = place + 1, new_place + 1


def _rewritten(older: Piece, newer: Piece) -> Passage:
    """Return a changed text, with link addresses if any has changed."""
    if older.addresses == newer.addresses:
        return Passage(Fate.KEPT, newer.kind, word_difference(older.words, newer.words))
    return Passage(Fate.KEPT, newer.kind, word_difference(older.with_addresses, newer.with_addresses))
