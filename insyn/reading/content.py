"""From all texts of a site to the site as one value, with every fault that reading finds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from insyn.model import Association, Plan, Settings, Site, Status, TextPage
from insyn.problems import Found, Place, Problem, problem
from insyn.reading.plan import read_plan
from insyn.reading.site import read_association, read_settings, read_text_page
from insyn.reading.sources import NamedSource, PlanSource, Sources
from insyn.swedish import slug

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
RESERVED_IDS = frozenset({"assets", "sidor", "data", "jamfor", "om-uppgifterna", "tillganglighet", "sok", "404"})
"""Addresses at the site's top that the site itself uses, now or later (pages.md of the design)."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan's file, read: the plan, or None where too little was readable, and its faults."""

    plan: Plan | None
    problems: tuple[Problem, ...]


def read_plan_source(source: PlanSource) -> ReadPlan:
    """Read one plan's file. Depends on nothing else, so that it can be remembered."""
    found = Found()
    plan = read_plan(
        source.source.text, source.source.file, association=source.association, year=source.year, found=found
    )
    return ReadPlan(plan, tuple(found.problems))


def read_site(sources: Sources, plans: Iterable[ReadPlan]) -> tuple[Site | None, tuple[Problem, ...]]:
    """Put a site together of its texts and its plans; None without settings. Drafts are left out."""
    found = Found(list(sources.problems))
    settings = _read_settings(sources, found)
    associations = tuple(_read_associations(sources, found))
    pages = tuple(_read_pages(sources, found))
    read_plans = tuple(plans)
    for read in read_plans:
        found.problems.extend(as_draft(read.plan, read.problems))
    if settings is None:
        return None, tuple(found.problems)
    ordered = tuple(_in_order(settings, associations, found, sources))
    published = tuple(read.plan for read in read_plans if read.plan and read.plan.status is not Status.DRAFT)
    kept = tuple(plan for plan in published if any(one.id == plan.association for one in ordered))
    if not kept and not found.problems:
        found.add("no-plans", Place(sources.settings_file))
    return Site(settings, ordered, kept, pages), tuple(found.problems)


def as_draft(plan: Plan | None, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Mark the problems of a draft, which isn't published and so stops nothing."""
    for one in problems:
        yield replace(one, in_draft=True) if plan and plan.status is Status.DRAFT else one


def _read_settings(sources: Sources, found: Found) -> Settings | None:
    if sources.settings is None:
        if not any(one.place.file == sources.settings_file for one in found.problems):
            found.add("file-missing", Place(sources.settings_file), file=sources.settings_file)
        return None
    return read_settings(sources.settings.text, sources.settings.file, found)


def _read_associations(sources: Sources, found: Found) -> Iterator[Association]:
    for named in sources.associations:
        _check_id(named, found)
        association = read_association(named.source.text, named.source.file, id=named.name, found=found)
        if association:
            yield association


def _read_pages(sources: Sources, found: Found) -> Iterator[TextPage]:
    taken = {named.name for named in sources.associations}
    for named in sources.pages:
        _check_id(named, found)
        if named.name in taken:
            found.add("id-reserved", Place(named.source.file), id=named.name)
        page = read_text_page(named.source.text, named.source.file, id=named.name, found=found)
        if page:
            yield page


def _check_id(named: NamedSource, found: Found) -> None:
    if not ID.match(named.name):
        found.add("id-unusable", Place(named.source.file), id=named.name, suggestion=slug(named.name))
    elif named.name in RESERVED_IDS:
        found.add("id-reserved", Place(named.source.file), id=named.name)


def _in_order(
    settings: Settings, associations: tuple[Association, ...], found: Found, sources: Sources
) -> Iterator[Association]:
    """Yield the förbund in the order that the settings name them; note those that are missing on either side."""
    by_id = {association.id: association for association in associations}
    exists = {named.name for named in sources.associations}
    place = Place(sources.settings_file)
    seen: set[str] = set()
    for id in settings.associations:
        if id in seen:
            found.add("association-repeated", place, id=id)
        elif id not in exists:
            file = sources.settings_file.replace("webbplats.yaml", f"{id}/forbund.md")
            found.add("association-unknown", place, id=id, file=file)
        elif id in by_id:
            yield by_id[id]
        seen.add(id)
    unlisted = {plan.association for plan in sources.plans} | exists
    for id in sorted(unlisted - seen):
        found.problems.append(problem("association-unlisted", place, id=id))
