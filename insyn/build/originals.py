"""Which documents are published as plans' originals, and which can't be."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from insyn.disk.content import size_of
from insyn.pages.original import OriginalFile
from insyn.problems import Place, Problem, problem
from insyn.reading.sources import Listing, SourceFile
from insyn.site.facts import PlanFacts
from insyn.site.layout import Original
from insyn.versions.arrangement import YearPlans


def find_originals(content: Path, listing: Listing, years: Iterable[YearPlans]) -> dict[str, Original]:
    """Return, by path, the documents that versions of plans name as their originals."""
    named = {version.digest.original_path for year in years for version in year.versions}
    return {
        file.path: Original(file, OriginalFile(file.path, size_of(content, file)))
        for file in listing.documents
        if file.path in named
    }


def check_originals(
    folder: str, listing: Listing, plans: Iterable[tuple[SourceFile, str, PlanFacts]]
) -> Iterator[Problem]:
    """Yield a problem for each missing original, and for each document that no plan of its year names.

    If a plan of the year can't be published, nobody knows which document it would name. `folder` is the content
    folder's name.
    """
    there, named = {file.path for file in listing.documents}, set[str]()
    read, unread = set[tuple[str, int]](), set[tuple[str, int]]()
    for file, _, facts in plans:
        (read if facts.digest else unread).add((file.name, file.year))
        if facts.digest and facts.digest.original:
            path = facts.digest.original_path
            named.add(path)
            if path not in there:
                yield problem("original-missing", facts.digest.original.place, file=f"{folder}/{path}")
    for document in listing.documents:
        if document.path not in named and (document.name, document.year) in read - unread:
            name = document.path.rpartition("/")[2]
            yield problem("stray-file", Place(f"{folder}/{document.path}"), hint="stray-document", name=name)
