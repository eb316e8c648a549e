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
from insyn.swedish import listed, slug
from insyn.vocabulary import status_word

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
YEAR_FOLDER = re.compile(r"[0-9]{4}\Z")
STATED_YEAR = re.compile(r"(?<!\d)20[0-9]{2}(?!\d)")
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
            case parts:
                yield _stray(parts, listing, folder)


def _stray(parts: list[str], listing: Listing, folder: str) -> Problem:
    """A file that isn't read: where it was meant to be, as far as its name and place tell."""
    place, plans = Place("/".join([folder, *parts])), sorted(file.path for file in listing.plans if not file.version)
    meant, others = _meant_place(parts), (*listing.plans, *listing.associations, *listing.pages)
    if meant and meant not in {file.path for file in others} and not (listing.settings and len(parts) == 1):
        return problem("stray-file", place, hint="stray-meant", folder=folder, meant=f"{folder}/{meant}")
    if len(parts) > 1 and not meant and parts[-1].endswith(".md"):
        own = [path for path in plans if path.startswith(f"{parts[0]}/")] or [f"{parts[0]}/2026/plan.md"]
        return problem("stray-file", place, hint="stray-year", folder=folder, example=f"{folder}/{own[-1]}")
    return problem("stray-file", place, hint="stray-other", folder=folder)


def _meant_place(parts: list[str]) -> str | None:
    """Return the place of a file that has the right name in the wrong place, or nearly the right name."""
    stem, _, kind = parts[-1].rpartition(".")
    year = STATED_YEAR.search("/".join(parts[1:]))
    match parts:
        case [_] if slug(stem) == "webbplats":
            return "webbplats.yaml"
        case [_] | ["sidor", _, *_] if kind == "md":
            return f"sidor/{slug(stem)}.md"
        case [association, _] if slug(stem) == "forbund":
            return f"{association}/forbund.md"
        case [association, year_folder, _] if YEAR_FOLDER.match(year_folder) and kind == "md":
            return f"{association}/{year_folder}/versioner/{slug(stem)}.md"
        case [association, _, *_] if kind == "md" and year:
            return f"{association}/{year[0]}/plan.md"
    return None


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
    unlisted = sorted(({file.name for file in listing.plans} | exists) - seen)
    if unlisted:
        found.add(
            "association-unlisted",
            settings.list_place,
            hint="unlisted-one" if len(unlisted) == 1 else "unlisted-many",
            names=listed(unlisted),
            folders=listed([f"{folder}/{id}" for id in unlisted]),
        )
