"""The search indexes, made from the pages to be published and published together with them.

Current plans have an index of their own, so that an edit of one indexes a hundred pages. Older plans have two, which a
browser fetches on request. An index is an entry file with its pages and all their words, chunks that list the pages of
each word, and the text of each page.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Raw, Struct, json

from insyn.build.searched_page import SearchedPage, searched_page
from insyn.disk.build_record import Output
from insyn.disk.hashing import hash_of
from insyn.disk.output import Staging
from insyn.disk.snapshot import published_signature_of
from insyn.parallel.workers import spread

ENTRY = "sok.json"
"""The file that a browser requests first, and that is published last: files are moved in the order of their names.

It names the others, whose names are hashes of their content.
"""
CHUNK = 200_000
"""Maximum number of characters in a chunk: about 25 kB over the network."""


class Index(Struct, frozen=True):
    """A search index, and the inputs of its key."""

    path: str
    """Its folder, from the site root."""
    pages: Mapping[str, str]
    """By file: the key of each page in it."""

    @property
    def entry(self) -> str:
        """Its entry file, recorded under the index's key."""
        return f"{self.path}{ENTRY}"

    def key(self, code: str) -> str:
        return hash_of("index", code, *(f"{file}:{key}" for file, key in sorted(self.pages.items())))


class IndexedPage(Struct, frozen=True, omit_defaults=True):
    """A page in an entry file."""

    url: str
    """From the site root."""
    title: str
    text: str
    """Its text's file, from the index's folder."""
    shelf: str
    association: str = ""
    year: str = ""
    status: str = ""
    names: tuple[str, ...] = ()
    """The names by which a förbund is found before others: its own and its members'."""


class EntryFile(Struct, frozen=True, omit_defaults=True):
    """An index's entry file."""

    pages: list[IndexedPage]
    words: str
    """Every word that isn't a number, in order, separated by spaces."""
    chunks: list[tuple[str, str]]
    """The first word of each chunk, and its file."""
    only: Raw | None = None
    """The chunk itself, if there is only one: a small site is searched after one response."""


class IndexingResult(Struct, frozen=True):
    """The state of all indexes."""

    keys: Mapping[str, str] = {}
    """By output file: its key."""
    fresh: frozenset[str] = frozenset()
    """The staged files among them."""
    made: tuple[str, ...] = ()
    """Paths of the indexes that were made."""


class Indexer(Struct, frozen=True):
    """Makes indexes. Inherited by forked workers."""

    output: Path
    previous: Mapping[str, Output]
    """The previous build's outputs."""
    staging: Staging

    def index(self, indexes: Sequence[Index], code: str) -> IndexingResult:
        """Make the stale indexes."""
        keys: dict[str, str] = {}
        made: list[str] = []
        for index in indexes:
            key = index.key(code)
            if self._is_current(index, key):
                keys |= {path: self.previous[path][0] for path in self._published(index)}
            elif index.pages:
                keys |= self._make(index) | {index.entry: key}
                made.append(index.path)
        fresh = frozenset(path for path, key in keys.items() if not self._is_published(path, key))
        return IndexingResult(keys, fresh, tuple(sorted(made)))

    def _is_current(self, index: Index, key: str) -> bool:
        """Whether an index covers these pages, with all files intact."""
        return self._is_published(index.entry, key) and all(
            self._is_published(path, self.previous[path][0]) for path in self._published(index)
        )

    def _published(self, index: Index) -> list[str]:
        return [path for path in self.previous if path.startswith(index.path)]

    def _is_published(self, path: str, key: str) -> bool:
        made_by, signature = self.previous.get(path, ("", None))
        return made_by == key and signature is not None and published_signature_of(f"{self.output}/{path}") == signature

    def _make(self, index: Index) -> dict[str, str]:
        """Stage an index, and return the key of each of its files."""
        read = spread(lambda files: [self._read(index, file) for file in files], sorted(index.pages))
        pages = sorted((page for some in read for page in some), key=lambda page: page[0].url)
        places: dict[str, list[int]] = {}
        for number, (_, words) in enumerate(pages):
            for word, is_name in words.items():
                places.setdefault(word, []).append(2 * number + is_name)
        chunks = list(chunks_of(places))
        text = " ".join(word for word in sorted(places) if not word[0].isdigit())
        if len(chunks) == 1:
            entry = EntryFile([page for page, _ in pages], text, [], Raw(chunks[0][1]))
        else:
            listed = [(first, self._write(index, "ord/{}.json", body)) for first, body in chunks]
            entry = EntryFile([page for page, _ in pages], text, listed)
        self.staging.write_in_folder(index.entry, json.encode(entry))
        named = [*(file for _, file in entry.chunks), *(page.text for page, _ in pages)]
        return {f"{index.path}{file}": file for file in named}

    def _read(self, index: Index, file: str) -> tuple[IndexedPage, dict[str, int]]:
        page = searched_page(self.staging.read(file))
        text = self._write(index, "sida/{}.json", json.encode(page.parts))
        return _indexed(file, page, text), page.words

    def _write(self, index: Index, path: str, body: bytes) -> str:
        """Stage a file under the hash of its content, and return its path from the index's folder."""
        path = path.format(hash_of(body.decode())[:16])
        self.staging.write_in_folder(f"{index.path}{path}", body)
        return path


def _indexed(file: str, page: SearchedPage, text: str) -> IndexedPage:
    tags = page.tags
    return IndexedPage(
        url=file.removesuffix("index.html"),
        title=page.title,
        text=text,
        shelf=tags["lage"],
        association=tags.get("forbund", ""),
        year=tags.get("ar", ""),
        status=tags.get("status", ""),
        names=tuple(name for name in tags.get("names", "").split("|") if name),
    )


def chunks_of(places: Mapping[str, list[int]]) -> Iterator[tuple[str, bytes]]:
    """Yield chunks of words in order, each position given as its distance from the one before."""
    chunk: dict[str, list[int]] = {}
    size = 0
    for word in sorted(places):
        own = places[word]
        size += len(word) + 4 * len(own)
        if chunk and size > CHUNK:
            yield next(iter(chunk)), json.encode(chunk)
            chunk, size = {}, 0
        chunk[word] = [place - before for before, place in pairwise((0, *own))]
    if chunk:
        yield next(iter(chunk)), json.encode(chunk)
