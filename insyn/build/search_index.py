"""The search indexes, made of the pages to be published and published together with them.

Current plans have an index of their own, so that an edit of one indexes a hundred pages. Older plans have two, made in
parallel; a browser fetches them on request.
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
from insyn.disk.snapshot import published_signature_of
from insyn.parallel.workers import spread

UNSEARCHED = (
    (b'<section class="chart"', b"</section>"),
    (b"<nav", b"</nav>"),
    (b"<thead", b"</thead>"),
    (b'<td class="number', b"</td>"),
    (b"<svg", b"</svg>"),
)
"""Parts of a page that aren't indexed, as start and end: half of the page."""
SOFT_HYPHEN = "\u00ad".encode()
"""Would split a word in the index."""
IGNORED = b" data-pagefind-ignore"
IGNORED_TAG = re.compile(rb'<([a-z][a-z0-9]*)(?: [a-z-]+(?:="[^"]*+")?)*? data-pagefind-ignore(?=[ >])')
"""The start of an element that isn't indexed. The same words may stand in a text, or in a title."""
SENTENCES = ((b"<th ", b"<p "), (b"</th>", b"</p>"), (b"<dt>", b"<p>"), (b"</dt>", b"</p>"))
"""Tags that end a sentence unknown to Pagefind, and what replaces them."""
MARKS = re.compile(rb"<(?!/?(?:main|h[1-6]|p|li|td)[ >])[^>]*>")
"""All tags that Pagefind doesn't use."""
SOURCES = "underlag/"
"""Folder of the stripped pages, in the staging folder."""


class Index(Struct, frozen=True):
    """A search index, and what determines it."""

    path: str
    """Its folder, from the site root."""
    pages: Mapping[str, str]
    """By file: the key of each page in it."""
    has_engine: bool
    """Whether it includes the search engine."""

    @property
    def entry(self) -> str:
        """Its entry file, recorded under the index's key."""
        return f"{self.path}{pagefind.ENTRY}"

    def holds(self, path: str) -> bool:
        """Whether to publish a file that Pagefind has written."""
        return pagefind.is_index(path) or (self.has_engine and pagefind.is_engine(path))

    def key(self, code: str) -> str:
        return hash_of("index", code, *(f"{file}:{key}" for file, key in sorted(self.pages.items())))


def words_of(page: bytes) -> bytes:
    """Return a page reduced to what is indexed. Pagefind would take long to skip the rest."""
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
    """Yield the text outside `data-pagefind-ignore` elements. None contains another with the same tag."""
    at = 0
    while (found := words.find(IGNORED, at)) >= 0:
        after = found + len(IGNORED)
        start = words.rfind(b"<", at, found)
        tag = IGNORED_TAG.match(words, start, after + 1) if start >= 0 else None
        if tag is None or tag.end() != after:
            yield words[at:after]
            at = after
            continue
        yield words[at:start]
        closing = b"</" + tag[1] + b">"
        at = words.index(closing, found) + len(closing)
    yield words[at:]


class IndexingResult(Struct, frozen=True):
    """The state of all indexes."""

    keys: Mapping[str, str] = {}
    """By output file: its key."""
    fresh: frozenset[str] = frozenset()
    """The staged files among them."""
    made: tuple[str, ...] = ()
    """Paths of the indexes that were made."""
    fault: str | None = None
    """Why there is no index. A stale one isn't kept: it would find what is gone."""


class Indexer(Struct, frozen=True):
    """Makes indexes. Inherited by forked workers."""

    output: Path
    previous: Mapping[str, Output]
    """The previous build's outputs."""
    staging: Staging

    def index(self, indexes: Sequence[Index], code: str) -> IndexingResult:
        """Make the stale indexes. Raises nothing: Pagefind's failure is the result's `fault`."""
        keys: dict[str, str] = {}
        running: list[tuple[Index, str, PagefindRun]] = []
        try:
            for index in sorted(indexes, key=lambda index: -len(index.pages)):
                key = index.key(code)
                if self._is_current(index, key):
                    keys |= {path: self.previous[path][0] for path in self._published(index)}
                elif index.pages:
                    running.append((index, key, self._begin(index)))
            for index, key, run in running:
                run.wait()
                keys |= self._made(index, key)
        except pagefind.Failed as fault:
            return IndexingResult(fault=str(fault))
        finally:
            for _, _, run in running:
                run.kill()
        fresh = frozenset(path for path, key in keys.items() if not self._is_published(path, key))
        return IndexingResult(keys, fresh, tuple(sorted(index.path for index, _, _ in running)))

    def _is_current(self, index: Index, key: str) -> bool:
        """Whether an index is of these pages, with all files intact."""
        return self._is_published(index.entry, key) and all(
            self._is_published(path, self.previous[path][0]) for path in self._published(index)
        )

    def _published(self, index: Index) -> list[str]:
        return [path for path in self.previous if path.startswith(index.path)]

    def _is_published(self, path: str, key: str) -> bool:
        made_by, signature = self.previous.get(path, ("", None))
        return made_by == key and signature is not None and published_signature_of(f"{self.output}/{path}") == signature

    def _begin(self, index: Index) -> PagefindRun:
        """Start Pagefind in the staging folder."""
        for _ in spread(lambda files: self._write_words(index, files), sorted(index.pages)):
            pass
        folder = self.staging.folder
        return pagefind.begin(folder / SOURCES / index.path, folder / index.path)

    def _made(self, index: Index, key: str) -> dict[str, str]:
        """Return the key of each file in a finished index: the hash of its content."""
        files = [path for path in self.staging.files(index.path) if index.holds(path)]
        return {path: hash_of_file(f"{self.staging.folder}/{path}") for path in files} | {index.entry: key}

    def _write_words(self, index: Index, files: Sequence[str]) -> list[str]:
        for file in files:
            self.staging.write_in_folder(f"{SOURCES}{index.path}{file}", words_of(self.staging.read(file)))
        return list(files)
