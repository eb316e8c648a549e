"""Tells before a plan is read whether charts may have to be drawn, so that what draws can be begun at once.

Charts are made of front matter. A plan whose text alone was edited needs none drawn, and then nothing is begun.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from insyn import ahead
from insyn.ahead import Ahead
from insyn.disk.content import read_texts
from insyn.disk.hashing import hash_of
from insyn.disk.store import Store
from insyn.reading.frontmatter import normalised
from insyn.reading.sources import SourceFile
from insyn.workers import will_fork

FRONT_MATTER = "front:"
"""Before the hash of a plan's file: the key under which the hash of its front matter is remembered."""


def front_matter_hash(text: str) -> str:
    """Return the hash of a text's front matter; that of nothing when it has none."""
    return hash_of(normalised(text).removeprefix("---").partition("\n---")[0])


def begin_drawing(content: Path, plans: Sequence[SourceFile], former: Mapping[str, str], store: Store) -> Ahead | None:
    """Begin to import what draws, when the front matter of a few plans is new. Raises Changed.

    `former` is the hash of each plan's file when the site was last built. With many plans to read every core has work
    anyway, and with none built before there are many.
    """
    edited = [file for file in plans if former.get(file.path) != file.hash]
    if not former or not edited or will_fork(edited):
        return None
    texts, _ = read_texts(content, content.name, edited)
    known = store.get_many(f"{FRONT_MATTER}{former[file.path]}" for file in edited if file.path in former)
    for file in edited:
        before = known.get(f"{FRONT_MATTER}{former.get(file.path)}")
        if file.path in texts and front_matter_hash(texts[file.path].text) != before:
            return ahead.begin("insyn.charts.drawing", "draw_both")
    return None
