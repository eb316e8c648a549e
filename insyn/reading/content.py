"""From the texts that are not plans to what they say: settings, förbund and pages of running text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from insyn.model import Association, Plan, Settings, Status, TextPage
from insyn.problems import Found, Place, Problem
from insyn.reading.plan import read_plan
from insyn.reading.site import read_association, read_settings, read_text_page
from insyn.reading.sources import Listing, SourceFile, SourceText
from insyn.swedish import slug

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
RESERVED_IDS = frozenset({"assets", "sidor", "data", "jamfor", "om-uppgifterna", "tillganglighet", "sok", "404"})
"""Addresses at the site's top that the site itself uses, now or later."""

Texts = Mapping[str, SourceText]
"""Texts by their path under the content folder. A file that isn't text is missing."""


@dataclass(frozen=True, slots=True)
class Surround:
    """A site without its plans, and the faults of its files."""

    settings: Settings | None
    associations: tuple[Association, ...]
    """In the order that the settings name them."""
    pages: tuple[TextPage, ...]
    problems: tuple[Problem, ...]


def read_plan_text(file: SourceFile, source: SourceText) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read one plan. Depends on nothing else, so that it can be remembered."""
    found = Found()
    plan = read_plan(source.text, source.file, association=file.name, year=file.year, found=found)
    return plan, tuple(found.problems)


def as_draft(plan: Plan | None, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Mark the problems of a draft, which isn't published and so stops nothing."""
    for one in problems:
        yield replace(one, in_draft=True) if plan and plan.status is Status.DRAFT else one


def read_surround(listing: Listing, texts: Texts, folder: str) -> Surround:
    """Read everything but the plans. `folder` is what people call the content folder."""
    found = Found()
    for path in listing.strays:
        found.add("stray-file", Place(f"{folder}/{path}"))
    settings = _read_settings(listing, texts, folder, found)
    associations = tuple(_read_associations(listing, texts, found))
    pages = tuple(_read_pages(listing, texts, found))
    ordered = tuple(_in_order(settings, associations, listing, folder, found)) if settings else ()
    return Surround(settings, ordered, pages, tuple(found.problems))


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
    """Yield the förbund in the order that the settings name them; note those that are missing on either side."""
    by_id = {association.id: association for association in associations}
    exists = {file.name for file in listing.associations}
    seen: set[str] = set()
    for id, place in zip(settings.associations, settings.association_places, strict=True):
        if id in seen:
            found.add("association-repeated", place, id=id)
        elif id not in exists:
            found.add("association-unknown", place, id=id, file=f"{folder}/{id}/forbund.md")
        elif id in by_id:
            yield by_id[id]
        seen.add(id)
    for id in sorted({file.name for file in listing.plans} | exists):
        if id not in seen:
            found.add("association-unlisted", settings.list_place, id=id)
