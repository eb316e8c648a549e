"""Reads the files of a site other than plans into settings, förbund and text pages."""

from collections.abc import Iterator, Mapping

from insyn.model import Association, Settings, TextPage
from insyn.problems import Found, Place
from insyn.reading.associations import read_association
from insyn.reading.settings import read_settings
from insyn.reading.sources import ID, RESERVED_IDS, Listing, SourceFile, SourceText
from insyn.reading.strays import strays
from insyn.reading.summaries import read_summaries
from insyn.reading.surround import Surround
from insyn.reading.text_pages import read_text_page
from insyn.swedish import listed, slug

Texts = Mapping[str, SourceText]
"""Texts by path under the content folder. A file that isn't text is missing."""


def read_surround(listing: Listing, texts: Texts, folder: str) -> Surround:
    """Read everything but the plans. `folder` is the content folder's name for people."""
    found = Found()
    found.problems.extend(strays(listing, folder))
    settings = _read_settings(listing, texts, folder, found)
    associations = tuple(_read_associations(listing, texts, found))
    pages = tuple(_read_pages(listing, texts, found))
    summaries = tuple(read_summaries(listing, texts, found))
    ordered = tuple(_in_order(settings, associations, listing, folder, found)) if settings else ()
    ledger = texts.get(listing.ledger.path) if listing.ledger else None
    sources = tuple(text for text in texts.values() if text is not ledger)
    return Surround(settings, ordered, pages, tuple(found.problems), ledger, summaries, sources)


def _read_settings(listing: Listing, texts: Texts, folder: str, found: Found) -> Settings | None:
    file = f"{folder}/webbplats.yaml"
    if listing.settings is None:
        found.add("file-missing", Place(file), file=file)
        return None
    source = texts.get(listing.settings.path)
    return read_settings(source.text, source.file, found) if source else None


def _read_associations(listing: Listing, texts: Texts, found: Found) -> Iterator[Association]:
    for file in listing.associations:
        source = texts.get(file.path)
        if source is None:
            continue
        _check_id(file, source, found)
        association = read_association(source.text, source.file, id=file.name, found=found)
        if association:
            yield association


def _read_pages(listing: Listing, texts: Texts, found: Found) -> Iterator[TextPage]:
    taken = {file.name for file in listing.associations}
    for file in listing.pages:
        source = texts.get(file.path)
        if source is None:
            continue
        _check_id(file, source, found)
        if file.name in taken:
            found.add("id-reserved", Place(source.file), id=file.name)
        page = read_text_page(source.text, source.file, id=file.name, found=found)
        if page:
            yield page


def _check_id(file: SourceFile, source: SourceText, found: Found) -> None:
    if not ID.match(file.name):
        found.add("id-unusable", Place(source.file), id=file.name, suggestion=slug(file.name))
    elif file.name in RESERVED_IDS:
        found.add("id-reserved", Place(source.file), id=file.name)


def _in_order(
    settings: Settings, associations: tuple[Association, ...], listing: Listing, folder: str, found: Found
) -> Iterator[Association]:
    """Yield the förbund in the order of the settings; report those missing from the settings or from the folder.

    A folder whose name can't be an address is reported only for that: renamed, it may be the missing one.
    """
    by_id = {association.id: association for association in associations}
    exists = {file.name for file in listing.associations}
    planned = {file.name: file for file in reversed(listing.plans)}
    misnamed = {name for name in exists | planned.keys() if not ID.match(name)}
    for name in sorted(misnamed - exists):
        found.add("id-unusable", Place(f"{folder}/{planned[name].path}"), id=name, suggestion=slug(name))
    seen: set[str] = set()
    for id, place in zip(settings.associations, settings.association_places, strict=True):
        if id in seen:
            found.add("association-repeated", place, id=id)
        elif id not in exists and id not in map(slug, misnamed):
            found.add("association-unknown", place, id=id, file=f"{folder}/{id}/forbund.md")
        elif id in by_id:
            yield by_id[id]
        seen.add(id)
    unlisted = sorted((planned.keys() | exists) - seen - misnamed)
    if unlisted:
        found.add(
            "association-unlisted",
            settings.list_place,
            hint="unlisted-one" if len(unlisted) == 1 else "unlisted-many",
            names=listed(unlisted),
            folders=listed([f"{folder}/{id}" for id in unlisted]),
        )
