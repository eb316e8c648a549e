"""Files that aren't read as anything, and the places that they may have been meant for."""

import re
from collections.abc import Iterator
from pathlib import Path

from insyn.problems import Place, Problem, problem
from insyn.reading.personal_numbers import is_in
from insyn.reading.sources import ID, Listing, is_of_a_file, original_of
from insyn.swedish import slug
from insyn.vocabulary import EASY, LANGUAGES

YEAR_FOLDER = re.compile(r"[0-9]{4}\Z")
STATED_YEAR = re.compile(r"(?<!\d)20[0-9]{2}(?!\d)")
TEXT_KINDS = frozenset({"md", "markdown", "txt", "yaml", "yml"})
OF_A_YEAR = 3
"""Number of parts in the path of a file in a year's folder."""
SUMMARY_LIKE = re.compile(r"sammanfattning|latt-?last|summary")
RESERVED_VERSIONS = frozenset({"andringar", "versioner", EASY, *LANGUAGES})
"""Addresses under a year that the site itself uses."""


def strays(listing: Listing, folder: str) -> Iterator[Problem]:
    """Yield a problem for each unread file; in a year's folder without a plan, once, for the missing plan."""
    yield from _of_names(listing, folder)
    yield from _of_links(listing, folder)
    for path in (path for path in listing.folders if is_of_a_file(path)):
        yield problem("file-closed", Place(f"{folder}/{path}"), hint="file-folder")
    planned = {f"{file.name}/{file.year}" for file in listing.plans if not file.version}
    planned |= {path.removesuffix("/plan.md") for path in listing.folders if path.endswith("/plan.md")}
    documents = (
        file.path for file in (*listing.documents, *listing.summaries) if f"{file.name}/{file.year}" not in planned
    )
    told: set[str] = set()
    for path in sorted((*listing.strays, *documents, *(file.path for file in listing.plans if file.version))):
        if Path(listing.links.get(path, "")).is_absolute():
            continue
        match path.split("/"):
            case [*folders, name] if original := original_of(name):
                place, beside = Place(f"{folder}/{path}"), "/".join([folder, *folders, original])
                yield problem("stray-copy", place, original=beside)
            case [association, year, _, *_] if YEAR_FOLDER.match(year) and f"{association}/{year}" not in planned:
                of_year = f"{association}/{year}"
                if of_year not in told:
                    yield problem("plan-missing", Place(f"{folder}/{path}"), folder=f"{folder}/{of_year}", year=year)
                told.add(of_year)
            case [_, _, "versioner", name] if name.endswith(".md"):
                yield from _unusable_version(Place(f"{folder}/{path}"), name.removesuffix(".md"))
            case parts:
                yield _stray(parts, listing, folder)


def _of_names(listing: Listing, folder: str) -> Iterator[Problem]:
    """Report unusable file and folder names, since both become part of an address."""
    for path in listing.paths:
        if is_in(path):
            yield problem("personal-number", Place(f"{folder}/{path}"))


def _of_links(listing: Listing, folder: str) -> Iterator[Problem]:
    for path, target in listing.links.items():
        code = "file-outside" if Path(target).is_absolute() else "file-linked"
        yield problem(code, Place(f"{folder}/{path}"), target=target)


def _stray(parts: list[str], listing: Listing, folder: str) -> Problem:
    """Return the problem of an unread file, with its intended place if its name and folder show that."""
    place, plans = Place("/".join([folder, *parts])), sorted(file.path for file in listing.plans if not file.version)
    if len(parts) == OF_A_YEAR and SUMMARY_LIKE.match(slug(parts[-1].rpartition(".")[0])):
        return problem("stray-file", place, hint="stray-summary")
    meant, others = _meant_place(parts), (*listing.plans, *listing.associations, *listing.pages)
    if meant and meant not in {file.path for file in others} and not (listing.settings and len(parts) == 1):
        return problem("stray-file", place, hint="stray-meant", folder=folder, meant=f"{folder}/{meant}")
    if len(parts) > 1 and not meant and parts[-1].endswith(".md"):
        own = [path for path in plans if path.startswith(f"{parts[0]}/")]
        if not own:
            return problem("stray-file", place, hint="stray-first", folder=folder, id=parts[0])
        return problem("stray-file", place, hint="stray-year", folder=folder, example=f"{folder}/{own[-1]}")
    return problem("stray-file", place, hint="stray-other", folder=folder)


def _meant_place(parts: list[str]) -> str | None:
    """Return the intended place of a file with the right name in the wrong place, or with nearly the right name."""
    stem, _, kind = parts[-1].rpartition(".")
    if kind.lower() not in TEXT_KINDS:
        return None
    year = STATED_YEAR.search("/".join(parts[1:]))
    match parts:
        case [_] if slug(stem) == "webbplats":
            return "webbplats.yaml"
        case [_] | ["sidor", _, *_] if kind == "md":
            return f"sidor/{slug(stem)}.md"
        case [association, _] if slug(stem) == "forbund":
            return f"{slug(association)}/forbund.md"
        case [association, year_folder, _] if YEAR_FOLDER.match(year_folder) and kind == "md":
            return f"{association}/{year_folder}/versioner/{slug(stem)}.md"
        case [association, _, *_] if kind == "md" and year:
            return f"{slug(association)}/{year[0]}/plan.md"
    return None


def _unusable_version(place: Place, name: str) -> Iterator[Problem]:
    """Report an unusable file name of a version, since it becomes the version's address."""
    if not ID.match(name):
        yield problem("id-unusable", place, id=name, suggestion=slug(name))
    elif name in RESERVED_VERSIONS:
        yield problem("id-reserved", place, id=name)
