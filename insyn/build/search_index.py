"""Makes the index that readers search in: of the pages that are to stand there, published in the same move as they.

What applies now has an index of its own. What is older has two, made at the same time on as many cores; a browser
fetches them only for those who ask, and a changed sentence in this year's plan has a hundred pages read again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from insyn.disk import pagefind
from insyn.disk.build_record import Output
from insyn.disk.hashing import hash_of, hash_of_file
from insyn.disk.output import Staging
from insyn.disk.pagefind import PagefindRun
from insyn.disk.snapshot import signature_of
from insyn.parallel.workers import spread

UNSEARCHED = (
    (b'<section class="chart"', b"</section>"),
    (b"<nav", b"</nav>"),
    (b"<thead", b"</thead>"),
    (b'<td class="number', b"</td>"),
    (b"<svg", b"</svg>"),
)
"""Parts of a page that no one looks for by words, as they begin and end. They are half of it."""
SOFT_HYPHEN = "\u00ad".encode()
"""Tells where a word may part, and would part it here."""
IGNORED = b" data-pagefind-ignore"
SENTENCES = ((b"<th ", b"<p "), (b"</th>", b"</p>"), (b"<dt>", b"<p>"), (b"</dt>", b"</p>"))
"""What ends a sentence without Pagefind seeing it, and as what it does see it."""
MARKS = re.compile(rb"<(?!/?(?:main|h[1-6]|p|li|td)[ >])[^>]*>")
"""All but what Pagefind makes use of: where a page begins, headings with their ids, where sentences end."""
SOURCES = "underlag/"
"""Where the pages' words lie while they are indexed, in the folder of the build's own."""


class Index(Struct, frozen=True):
    """An index, and what decides it."""

    path: str
    """Of its folder, from the site's top."""
    pages: Mapping[str, str]
    """By file: the key of each page that is searched in it."""
    has_engine: bool
    """Whether what looks things up lies in it."""

    @property
    def entry(self) -> str:
        """The file that tells which pages it was made of: its key is the key of them all."""
        return f"{self.path}{pagefind.ENTRY}"

    def holds(self, path: str) -> bool:
        """Whether a file that Pagefind has written for it is to be published."""
        return pagefind.is_index(path) or (self.has_engine and pagefind.is_engine(path))

    def key(self, code: str) -> str:
        return hash_of("index", code, *(f"{file}:{key}" for file, key in sorted(self.pages.items())))


def words_of(page: bytes) -> bytes:
    """Return what is searched of a page: its main part, without what Pagefind would take long to pass over."""
    start, end = page.index(b"<main"), page.rindex(b"</main>")
    words = page[start:end]
    for opening, closing in UNSEARCHED:
        first, *others = words.split(opening)
        words = first + b"".join(part.partition(closing)[2] for part in others)
    words = b"".join(_without_ignored(words)).replace(SOFT_HYPHEN, b"")
    for mark, paragraph in SENTENCES:
        words = words.replace(mark, paragraph)
    words = MARKS.sub(b" ", words)
    return b'<!doctype html><html lang="sv"><body>' + words + b"</main></body></html>"


def _without_ignored(words: bytes) -> Iterator[bytes]:
    """Yield what stands around the parts that templates tell Pagefind to ignore. None holds another of its own kind."""
    at = 0
    while (found := words.find(IGNORED, at)) >= 0:
        start = words.rindex(b"<", at, found)
        yield words[at:start]
        closing = b"</" + words[start + 1 : found].split(None, 1)[0] + b">"
        at = words.index(closing, found) + len(closing)
    yield words[at:]


class Indexed(Struct, frozen=True):
    """What became of all indexes."""

    keys: Mapping[str, str] = {}
    """By file: the key of what is to stand in the site."""
    fresh: frozenset[str] = frozenset()
    """Files that wait in the folder of the build's own."""
    made: tuple[str, ...] = ()
    """Indexes that were made anew, by path."""
    fault: str | None = None
    """Why there is none. A search that finds what no longer stands there is worse than none."""


class Indexer(Struct, frozen=True):
    """What an index is made with. A forked worker has its own copy."""

    output: Path
    former: Mapping[str, Output]
    """What the latest build published."""
    staging: Staging

    def index(self, indexes: Sequence[Index], code: str) -> Indexed:
        """Make the indexes that aren't as they should be."""
        keys: dict[str, str] = {}
        running: list[tuple[Index, str, PagefindRun]] = []
        try:
            for index in sorted(indexes, key=lambda index: -len(index.pages)):
                key = index.key(code)
                if self._is_current(index, key):
                    keys |= {path: self.former[path][0] for path in self._published(index)}
                elif index.pages:
                    running.append((index, key, self._begin(index)))
            for index, key, run in running:
                run.wait()
                keys |= self._made(index, key)
        except pagefind.Failed as fault:
            return Indexed(fault=str(fault))
        finally:
            for _, _, run in running:
                run.kill()
        fresh = frozenset(path for path, key in keys.items() if not self._stands(path, key))
        return Indexed(keys, fresh, tuple(sorted(index.path for index, _, _ in running)))

    def _is_current(self, index: Index, key: str) -> bool:
        """Whether an index stands as it should: made of these pages, and no file of it lost or altered."""
        return self._stands(index.entry, key) and all(
            self._stands(path, self.former[path][0]) for path in self._published(index)
        )

    def _published(self, index: Index) -> list[str]:
        return [path for path in self.former if path.startswith(index.path)]

    def _stands(self, path: str, key: str) -> bool:
        made_by, signature = self.former.get(path, ("", None))
        return made_by == key and signature is not None and signature_of(f"{self.output}/{path}") == signature

    def _begin(self, index: Index) -> PagefindRun:
        """Begin to make an index in the folder of the build's own, beside those that are under way."""
        for _ in spread(lambda files: self._write_words(index, files), sorted(index.pages)):
            pass
        folder = self.staging.folder
        return pagefind.begin(folder / SOURCES / index.path, folder / index.path)

    def _made(self, index: Index, key: str) -> dict[str, str]:
        """Return the key of each file of an index that has been made: its content."""
        files = [path for path in self.staging.files(index.path) if index.holds(path)]
        return {path: hash_of_file(f"{self.staging.folder}/{path}") for path in files} | {index.entry: key}

    def _write_words(self, index: Index, files: Sequence[str]) -> list[str]:
        for file in files:
            self.staging.write_in_folder(f"{SOURCES}{index.path}{file}", words_of(self.staging.read(file)))
        return list(files)
