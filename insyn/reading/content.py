"""From the texts that are not plans to what they say: settings, förbund and pages of running text."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from insyn.model import Association, Plan, Removal, Settings, Status, TextPage
from insyn.problems import Found, Place, Problem, problem
from insyn.reading.characters import normalised
from insyn.reading.keys import PlanKeys
from insyn.reading.plan import read_plan, read_removal
from insyn.reading.site import read_association, read_settings, read_text_page
from insyn.reading.sources import RESERVED_IDS, Listing, SourceFile, SourceText, original_of
from insyn.reading.surround import Surround
from insyn.swedish import slug
from insyn.vocabulary import status_word

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
YEAR_FOLDER = re.compile(r"[0-9]{4}\Z")
EXAMPLE_YEAR = 2026
"""Where advice names a plan's folder and there is no plan to take its year from."""
SAYS_DRAFT = re.compile(
    rf"^{PlanKeys.status.name}:\s*[\"']?{status_word(Status.DRAFT)}[\"']?\s*(?:#.*)?$", re.IGNORECASE | re.MULTILINE
)
SAYS_REMOVED = re.compile(rf"^{PlanKeys.removed.name}\s*:", re.IGNORECASE | re.MULTILINE)
RESERVED_VERSIONS = frozenset({"andringar", "lattlast", "versioner"})
"""Addresses under a year that the site itself uses."""

Texts = Mapping[str, SourceText]
"""Texts by their path under the content folder. A file that isn't text is missing."""


def read_plan_text(file: SourceFile, source: SourceText) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read one plan. Depends on nothing else, so that it can be remembered. A draft's problems are marked so."""
    found = Found()
    plan = read_plan(source.text, source.file, association=file.name, year=file.year, found=found)
    return plan, tuple(as_draft(found.problems) if is_draft(plan, source.text) else found.problems)


def read_removal_text(file: SourceFile, source: SourceText) -> tuple[Removal | None, tuple[Problem, ...]]:
    """Read the removal of a plan."""
    found = Found()
    return read_removal(source.text, source.file, file, found), tuple(found.problems)


def is_draft(plan: Plan | None, text: str) -> bool:
    """Whether a plan is a draft; one that can't be read is when its text says so."""
    if plan:
        return plan.status is Status.DRAFT
    header = normalised(text).removeprefix("---").partition("\n---")[0]
    return bool(SAYS_DRAFT.search(header))


def is_removed(text: str) -> bool:
    """Whether a plan's text says that the plan has been taken away."""
    header = normalised(text).removeprefix("---").partition("\n---")[0]
    return bool(SAYS_REMOVED.search(header))


def as_draft(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Mark the problems of a draft, which isn't published and so stops nothing."""
    return (replace(one, in_draft=True) for one in problems)


def read_surround(listing: Listing, texts: Texts, folder: str) -> Surround:
    """Read everything but the plans. `folder` is what people call the content folder."""
    found = Found()
    found.problems.extend(_strays(listing, folder))
    settings = _read_settings(listing, texts, folder, found)
    associations = tuple(_read_associations(listing, texts, found))
    pages = tuple(_read_pages(listing, texts, found))
    ordered = tuple(_in_order(settings, associations, listing, folder, found)) if settings else ()
    ledger = texts.get(listing.ledger.path) if listing.ledger else None
    sources = tuple(text for text in texts.values() if text is not ledger)
    return Surround(settings, ordered, pages, tuple(found.problems), ledger, sources)


def _strays(listing: Listing, folder: str) -> Iterator[Problem]:
    """Tell of files that aren't read; in a year's folder without a plan, that the plan is missing, once."""
    planned = {f"{file.name}/{file.year}" for file in listing.plans if not file.version}
    for path in sorted((*listing.strays, *(file.path for file in listing.plans if file.version))):
        match path.split("/"):
            case [*folders, name] if original := original_of(name):
                place, beside = Place(f"{folder}/{path}"), "/".join([folder, *folders, original])
                yield problem("stray-copy", place, original=beside)
            case [association, year, _, *_] if YEAR_FOLDER.match(year) and f"{association}/{year}" not in planned:
                place, planned = Place(f"{folder}/{path}"), planned | {f"{association}/{year}"}
                yield problem("plan-missing", place, folder=f"{folder}/{association}/{year}", year=year)
            case [_, _, "versioner", name] if name.endswith(".md"):
                yield from _unusable_version(Place(f"{folder}/{path}"), name.removesuffix(".md"))
            case _:
                yield _stray(path, listing, folder)


def _stray(path: str, listing: Listing, folder: str) -> Problem:
    """Tell of a file that stands where nothing is read, with the nearest places where files are."""
    names = [file.name for file in listing.associations]
    first, _, rest = path.partition("/")
    name = first if first in names or not names else names[0]
    own = YEAR_FOLDER.match(rest.partition("/")[0])
    year = own[0] if own else max((file.year for file in listing.plans), default=EXAMPLE_YEAR)
    return problem(
        "stray-file",
        Place(f"{folder}/{path}"),
        plan=f"{folder}/{name}/{year}/plan.md",
        association=f"{folder}/{name}/forbund.md",
        pages=f"{folder}/sidor/",
    )


def _unusable_version(place: Place, name: str) -> Iterator[Problem]:
    """A version's address is its file's name."""
    if not ID.match(name):
        yield problem("id-unusable", place, id=name, suggestion=slug(name))
    elif name in RESERVED_VERSIONS:
        yield problem("id-reserved", place, id=name)


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
