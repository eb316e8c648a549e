"""Which words are keys of front matter, and which of them may occur together?"""

from functools import cache

from insyn.reading import keys as table
from insyn.reading.characters import fold
from insyn.reading.key_kinds import Keys


@cache
def _blocks() -> tuple[frozenset[str], ...]:
    """Return the keys of each mapping, folded."""
    blocks = [one for one in vars(table).values() if isinstance(one, type) and issubclass(one, Keys) and one.fields]
    return tuple(frozenset(block.named) for block in blocks)


@cache
def _known() -> frozenset[str]:
    return frozenset().union(*_blocks())


def is_key(word: str) -> bool:
    return fold(word) in _known()


def lacking(written: list[str]) -> set[str]:
    """Return the keys that may be added to the given ones."""
    there = {fold(key) for key in written}
    return {key for block in _blocks() if there <= block for key in block - there}
