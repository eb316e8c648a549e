"""The build pipeline: take snapshots, examine new plans, compose the site, render what is stale, publish.

Every result is cached by a key of all its inputs (`cache_keys`), so a build makes only what is new, with the same bytes
as a clean build. Nothing is published unless the whole site is free of errors.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from insyn.build.cache_keys import CacheKeys
from insyn.build.equipment import Equipment, read_equipment
from insyn.build.facts_cache import Facts, KeyedPlans, fetch_facts, store_facts
from insyn.build.last_year import with_last_year
from insyn.build.originals import check_originals, find_originals
from insyn.build.plan_cache import PlanCache
from insyn.build.previous_build import PreviousBuild, find_previous_build
from insyn.checks.accessibility import check_age
from insyn.checks.inner_links import Targets, broken_links
from insyn.disk import build_record, materials, output
from insyn.disk import content as content_folder
from insyn.disk.build_record import BuildInputs, BuildRecord, Published
from insyn.disk.hashing import hash_of
from insyn.disk.store import Store
from insyn.disk.turns import own_turn
from insyn.downloads.plan_files import OF_EVERY_PLAN
from insyn.pages.files import PDF
from insyn.pages.pointer_page import PointerPage
from insyn.parallel.workers import Progress, spread, will_fork
from insyn.problems import Place, Problem, problem
from insyn.reading.personal_numbers import is_private
from insyn.reading.sources import LEDGER, RESERVED_IDS, Listing, SourceFile, listing_of
from insyn.site.alias_conflicts import taken
from insyn.site.composition import compose_others
from insyn.site.data_files import compose_data
from insyn.site.facts import PlanFacts, PlanWork, SiteFacts
from insyn.site.layout import OtherPage, SiteLayout, surroundings_of
from insyn.texts import Texts
from insyn.versions.arrangement import YearPlans, arrange
from insyn.versions.digest import PlanDigest
from insyn.versions.kept import not_kept
from insyn.versions.ledger import as_lines, changed, entries_of, new_entries, vanished
from insyn.versions.revisions import unpaid
from insyn.versions.units import in_other_unit

if TYPE_CHECKING:
    from insyn.build.publish import FirstPages, PublishResult

TOLD_BY_BOOKING = frozenset({"frozen-otherwise", "decided-changed"})
"""Problems with versions that come from an outdated ledger; new lines in it resolve them."""


NO_PLANS = "no-plans"


class WorkCounts(Struct, frozen=True):
    """What a build made: plans examined, charts drawn, pages rendered, PDFs typeset, files written, indexes made."""

    plans: int = 0
    drawings: int = 0
    pages: tuple[str, ...] = ()
    pdfs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()


class BuildResult(Struct, frozen=True):
    """The result of a build or a check."""

    problems: tuple[Problem, ...]
    """Errors and warnings."""
    texts: Texts
    plans: int
    """Number of years with a published plan."""
    associations: int
    drafts: int = 0
    pages: int = 0
    notes: tuple[Problem, ...] = ()
    """Notices, collected by `check_all` only."""
    work: WorkCounts = field(default_factory=WorkCounts)
    inputs: BuildInputs | None = None
    """The inputs of the published site; None if nothing was published."""
    published: "PublishResult | None" = None
    pdfs: int | None = None
    """Number of PDFs on the site; None in a build without PDFs."""
    missing: frozenset[str] = frozenset()
    """The parts that the published site lacks: `build_record.PDF`, `SEARCH`."""
    examined_files: frozenset[str] = frozenset()
    """The plan files that were examined, by path from the project."""

    @property
    def has_errors(self) -> bool:
        return any(self.texts.is_error(problem) for problem in self.problems)


class Preflight(Struct, frozen=True):
    """The state before anything heavy is imported: the previous record and current snapshots."""

    record: BuildRecord | None
    inputs: BuildInputs
    equipment: Equipment | None = None
    """What an earlier build of this process was made with."""
    is_alone: bool = False
    """Whether the record is an earlier build's of this process, and no other program writes where it published."""
    facts: Facts = {}
    """Plans' facts that an earlier build of this process knew."""


class Parts(Struct, frozen=True):
    """What a build makes besides pages, their files and data."""

    pdfs: bool = False
    """Whether plans are typeset too."""
    search: bool = False
    """Whether the site is indexed too."""
    drafts: bool = False
    """Whether drafts are shown too, as only a preview does."""


PAGES_ALONE = Parts()


class BuildContext(Struct, frozen=True):
    """One build of a content folder into an output folder: its inputs, materials and options."""

    content: Path
    output: Path
    preflight: Preflight
    listing: Listing
    equipment: Equipment
    progress: Progress
    parts: Parts

    @property
    def cache(self) -> Path:
        return self.equipment.cache

    @property
    def keys(self) -> CacheKeys:
        return self.equipment.keys

    @property
    def texts(self) -> Texts:
        return self.equipment.texts

    def plan_cache(self, site: SiteFacts) -> PlanCache:
        return PlanCache(self.content, site, self.texts, self.parts.drafts)


Examined = tuple[tuple[SourceFile, str, PlanFacts], ...]
"""Each plan's file, cache key and facts."""


class ExaminedSite(Struct, frozen=True, dict=True):
    """The whole site, before any page is rendered."""

    site: SiteFacts
    plans: Examined
    problems: tuple[Problem, ...]
    examined_files: frozenset[str]
    """The plan files that were examined, by path from the project."""
    read: int
    """Number of plans examined, including cache misses."""
    layout: SiteLayout
    """The site's contents, with the versions of each year's plan in order."""
    others: Mapping[str, OtherPage]
    """Every page and file that isn't a plan's, by path; of reused förbund, only their pages."""
    previous: PreviousBuild
    facts: Facts = {}
    """Plans' facts as they may be kept, by key: without what last year's plan tells, and without a personnummer."""

    @property
    def years(self) -> tuple[YearPlans, ...]:
        return self.layout.years

    @cached_property
    def sources(self) -> dict[PlanDigest, tuple[SourceFile, str]]:
        """The file and cache key of each version to publish."""
        return {facts.digest: (file, key) for file, key, facts in self.plans if facts.digest}


class ExaminedPreview(Struct, frozen=True):
    """A site that shows drafts too, before any page is rendered."""

    context: BuildContext
    result: BuildResult
    """The problems, those of a build without drafts."""
    site: ExaminedSite
    """The site as it is to be shown."""
    published: ExaminedSite
    """The site as it would be published, without drafts."""
    stopping: tuple[Problem, ...]
    """What kept it from being shown."""


def build(
    content: Path,
    target: Path,
    progress: Progress,
    project: Path = materials.PROJECT,
    preflight: Preflight | None = None,
    *,
    pdfs: bool = False,
    search: bool = False,
) -> BuildResult:
    """Build and publish the site, unless the content has errors. Raises NotOurs, Unwritable, Unreadable, Changed, Lost.

    `pdfs` typesets plans and `search` indexes the site; a build without them is faster.
    Builds into one folder take turns; one that had to wait looks at the files again.
    """
    preflight = preflight or _preflight(content, target, project)
    output.check_ours(target, preflight.record)
    with own_turn(target) as has_waited:
        if has_waited:
            preflight = _preflight(content, target, project)
        context = _prepare(content, target, project, preflight, progress, Parts(pdfs=pdfs, search=search))
        examined = _examine(context)
        if not pdfs:
            examined = replace(examined, problems=(*examined.problems, *_links_to_pdfs(examined)))
        result = _result(context, examined)
        return result if result.has_errors else _published(context, examined, result)


def examine_preview(
    content: Path,
    target: Path,
    progress: Progress,
    preflight: Preflight,
    *,
    pdfs: bool = False,
    search: bool = False,
) -> ExaminedPreview:
    """Examine a site that shows drafts too. Raises what `build` raises."""
    if not preflight.is_alone:
        output.check_ours(target, preflight.record)
    project = Path(preflight.inputs.tools.root)
    context = _prepare(content, target, project, preflight, progress, Parts(pdfs=pdfs, search=search, drafts=True))
    examined = _examine(context)
    shown, result = _with_drafts(context, examined), _result(context, examined)
    return ExaminedPreview(context, result, shown, examined, tuple(_stopping(shown, context.texts)))


def publish_preview(examined: ExaminedPreview, first: "FirstPages | None" = None) -> BuildResult:
    """Build an examined site that nothing stops. Raises what `build` raises."""
    return _published(examined.context, examined.site, examined.result, first)


def _stopping(shown: ExaminedSite, texts: Texts) -> Iterator[Problem]:
    """Yield what keeps a preview from being shown: errors, also in drafts, but not that there are drafts alone."""
    for one in shown.problems:
        if texts.would_stop(one) and not (one.code == NO_PLANS and shown.years):
            yield one


def _with_drafts(context: BuildContext, examined: ExaminedSite) -> ExaminedSite:
    """Return the site as it would be if its drafts were published as they are."""
    if not any(facts.draft for _, _, facts in examined.plans):
        return examined
    shown = tuple(
        (file, key, replace(facts, digest=facts.digest or facts.draft)) for file, key, facts in examined.plans
    )
    layout = _arranged(context, examined.site, shown, examined.previous)
    return replace(examined, plans=shown, layout=layout, others=_others(layout, context.texts))


def _links_to_pdfs(examined: ExaminedSite) -> Iterator[Problem]:
    """Yield a warning for each link to a plan's PDF, for a build that makes none."""
    of_plans = (link for _, _, facts in examined.plans if facts.digest for link in facts.links)
    for link in (*(link for _, link in examined.site.links), *of_plans):
        if link.target.partition("#")[0].rpartition("/")[2] == PDF:
            yield problem("link-to-pdf", link.place, target=link.target)


def _published(
    context: BuildContext, examined: ExaminedSite, result: BuildResult, first: "FirstPages | None" = None
) -> BuildResult:
    from insyn.build.publish import PublishContext, PublishInputs, publish

    inputs = PublishInputs(examined.layout, examined.others, examined.sources, examined.previous)
    publish_context = PublishContext(
        *(context.content, context.output, context.equipment, context.progress),
        pdfs=context.parts.pdfs,
        search=context.parts.search,
        tree=None if context.parts.drafts else output.second_tree(context.output),
    )
    published = publish(inputs, publish_context, first)
    work = WorkCounts(
        examined.read + published.examined,
        published.drawn,
        published.written_pages,
        published.typeset,
        published.written,
        published.indexes,
    )
    return replace(
        result,
        pages=published.pages,
        work=work,
        inputs=context.preflight.inputs,
        published=published,
        pdfs=published.pdfs,
        missing=published.missing,
    )


def check(
    content: Path,
    target: Path,
    progress: Progress,
    project: Path = materials.PROJECT,
    preflight: Preflight | None = None,
) -> BuildResult:
    """Find errors and warnings without rendering or publishing. Raises Unreadable, Changed, Lost."""
    context = _prepare(content, target, project, preflight, progress)
    return _result(context, _examine(context))


def check_all(
    content: Path,
    target: Path,
    progress: Progress,
    project: Path = materials.PROJECT,
    preflight: Preflight | None = None,
) -> BuildResult:
    """Find notices too, besides errors and warnings. Raises Unreadable, Changed, Lost."""
    context = _prepare(content, target, project, preflight, progress)
    examined = _examine(context)
    notes, read = _notes(context, examined)
    return replace(_result(context, replace(examined, read=examined.read + read)), notes=notes)


def _notes(context: BuildContext, examined: ExaminedSite) -> tuple[tuple[Problem, ...], int]:
    """Return the notices of all plans, and the number of plans that had to be examined for them."""
    store, plan_cache = Store(context.cache), context.plan_cache(examined.site)
    cached = store.get_many(f"notes:{key}" for _, key, _ in examined.plans)
    missing = [(file, key) for file, key, _ in examined.plans if cached.get(f"notes:{key}") is None]
    again = {f"notes:{key}": one.notes for file, key in missing if (one := plan_cache.examine_again(file, key, store))}
    store.close()
    notes = cached | again
    reported = [note for _, key, _ in examined.plans for note in notes.get(f"notes:{key}") or ()]
    settings = examined.site.surround.settings
    if settings and not settings.address:
        reported.insert(0, problem("address-missing", settings.place))
    if examined.site.ledger is None:
        reported.insert(0, problem("ledger-missing", Place(f"{context.content.name}/{LEDGER}")))
    return tuple(reported), len(again)


def book(
    content: Path, target: Path, day: date, progress: Progress, project: Path = materials.PROJECT
) -> tuple[BuildResult, int]:
    """Add new lines to the ledger; return their number. Raises Unreadable, Changed, Lost, Unwritable.

    Nothing is written while there are errors, except for versions that differ from the ledger: a new line records the
    difference.
    """
    context = _prepare(content, target, project, None, progress)
    examined = _examine(context)
    problems = tuple(one for one in examined.problems if one.code not in TOLD_BY_BOOKING)
    result = _result(context, replace(examined, problems=problems))
    entries = new_entries(examined.site.ledger or (), entries_of(examined.years))
    if result.has_errors or not entries:
        return result, 0
    _write_lines(context, as_lines(entries, day))
    return result, len(entries)


def _write_lines(context: BuildContext, lines: list[str]) -> None:
    """Put lines at the end of the ledger, under a heading when it is new or empty. Raises Changed, Unwritable."""
    from insyn.editing.saving import Conflict, append, create

    content, there = context.content, context.listing.ledger
    if there is None:
        heading = context.texts.tell("ledger-heading").rstrip("\n").split("\n")
        saved = create(content, LEDGER, "".join(f"{line}\n" for line in (*heading, *lines)))
    else:
        saved = append(content, LEDGER, there.hash, lines)
    if isinstance(saved, Conflict):
        raise content_folder.Changed(f"{content.name}/{LEDGER}")


def write_record(result: BuildResult, content: Path, target: Path, report: str, summary: str) -> None:
    """Record a published build and what it printed, so that an unchanged build can end at once."""
    record = record_of(result, report, summary)
    if record is not None:
        build_record.write(record, content, target)


def record_of(result: BuildResult, report: str = "", summary: str = "") -> BuildRecord | None:
    """Return the record of a build and what it printed; None when nothing was published."""
    if result.inputs is None or result.published is None:
        return None
    done = result.published
    files = dict(done.outputs), dict(done.side_files), dict(done.owned), dict(done.sums), done.manifest
    return BuildRecord(result.inputs, Published(*files), (report, summary), result.missing)


# --- Preparing ------------------------------------------------------------------------------------------------------


def _preflight(content: Path, target: Path, project: Path) -> Preflight:
    record = build_record.read(content, target)
    return Preflight(record, build_record.snapshot_inputs(content, record, project))


def _prepare(
    content: Path,
    target: Path,
    project: Path,
    preflight: Preflight | None,
    progress: Progress,
    parts: Parts = PAGES_ALONE,
) -> BuildContext:
    preflight = preflight or _preflight(content, target, project)
    tools, cache, equipment = preflight.inputs.tools, Path(build_record.cache_folder(target)), preflight.equipment
    if equipment is None or not equipment.is_for(tools, cache, drafts=parts.drafts):
        equipment = read_equipment(project, tools, cache, drafts=parts.drafts)
    found = preflight.inputs.content
    listing = listing_of({path: hash for path, (_, hash) in found.files.items()}, found.folders, found.links)
    return BuildContext(content, target, preflight, listing, equipment, progress, parts)


def _result(context: BuildContext, examined: ExaminedSite) -> BuildResult:
    return BuildResult(
        problems=examined.problems,
        texts=context.texts,
        plans=len(examined.years),
        associations=len(examined.site.surround.associations),
        drafts=sum(not (facts.digest or facts.removal or file.version) for file, _, facts in examined.plans),
        work=WorkCounts(plans=examined.read),
        examined_files=examined.examined_files,
    )


# --- Examining ------------------------------------------------------------------------------------------------------


def _examine(context: BuildContext) -> ExaminedSite:
    store = Store(context.cache)
    site = _examine_site(context, store)
    keyed = _plan_keys(context, site)
    cached = fetch_facts(keyed, store, context.preflight.facts)
    store.mark_in_use({key for _, key in keyed})
    new = [(file, key) for file, key in keyed if key not in cached]
    previous = _previous_build(context)
    if new:
        store.begin_build()
    store.close()
    found = _examine_plans(context, site, new)
    facts = {**cached, **found}
    private = {key for file, key in new if key in found and is_private(file.path, found[key].problems)}
    store = Store(context.cache)
    store_facts([one for one in keyed if one[1] not in private], facts, found, store)
    store.close()
    kept = {key: one for key, one in facts.items() if key not in private}
    examined_plans = ((file, key, facts.get(key) or _not_text(context, file)) for file, key in keyed)
    plans = tuple(with_last_year(context.content, examined_plans))
    layout = _arranged(context, site, plans, previous)
    examined_files = frozenset(f"{context.content.name}/{file.path}" for file, _ in new)
    others = _others(layout, context.texts)
    examined = ExaminedSite(site, plans, (), examined_files, len(new), layout, others, previous, kept)
    links, read = _check_links(context, examined)
    documents = check_originals(context.content.name, context.listing, plans)
    examined = replace(examined, problems=(*_problems(examined), *documents, *links), read=examined.read + read)
    examined = replace(examined, problems=(*examined.problems, *_check_there_is_something(context, examined)))
    return replace(examined, problems=(*examined.problems, *_check_ledger(context, examined)))


def _arranged(context: BuildContext, site: SiteFacts, plans: Examined, previous: PreviousBuild) -> SiteLayout:
    """Put the versions of each year's plan in order."""
    removed = tuple(found.removal for _, _, found in plans if found.removal)
    gone = {(one.association, one.year) for one in removed if not one.version}
    digests = (found.digest for _, _, found in plans if found.digest)
    years = arrange(one for one in digests if (one.association, one.year) not in gone)
    originals = find_originals(context.content, context.listing, years)
    return SiteLayout(site, surroundings_of(site), years, removed, frozenset(previous.reused), originals)


def _others(layout: SiteLayout, texts: Texts) -> dict[str, OtherPage]:
    """Return every page and file that isn't a plan's, by path. The first of two with the same path wins."""
    others: dict[str, OtherPage] = {}
    for other in compose_others(layout, texts):
        others.setdefault(other.path, other)
    for other in compose_data(layout, list(others.values()), texts):
        others.setdefault(other.path, other)
    return others


def _previous_build(context: BuildContext) -> PreviousBuild:
    made = {build_record.PDF: context.parts.pdfs, build_record.SEARCH: context.parts.search}
    missing = frozenset(part for part, is_made in made.items() if not is_made)
    plans = frozenset(file.path for file in context.listing.plans)
    preflight = context.preflight
    folder = None if preflight.is_alone else str(context.output)
    return find_previous_build(preflight.record, preflight.inputs, plans, folder, missing)


def _not_text(context: BuildContext, file: SourceFile) -> PlanFacts:
    """Return the facts of a plan file that can't be opened, or isn't UTF-8. Raises Changed."""
    _, problems = content_folder.read_texts(context.content, context.content.name, [file])
    return PlanFacts(None, problems, ())


def _examine_site(context: BuildContext, store: Store) -> SiteFacts:
    """Examine settings, förbund and text pages, all together: they are small."""
    listing = context.listing
    alone = (file for file in (listing.settings, listing.ledger) if file)
    files = [*alone, *listing.associations, *listing.pages, *listing.summaries]
    plans = [file.path for file in listing.plans]
    parts = [f"{file.path}:{file.hash}" for file in files]
    documents = (file.path for file in listing.documents)
    others = (
        "strays",
        *listing.strays,
        "documents",
        *documents,
        "folders",
        *listing.folders,
        "links",
        *sum(listing.links.items(), ()),
    )
    key = hash_of("site", context.keys.code, context.content.name, *parts, "plans", *plans, *others)
    cached = store.get(key)
    if isinstance(cached, SiteFacts):
        return cached
    from insyn.build.examine import examine_site
    from insyn.reading.site_files import read_surround

    texts, problems = content_folder.read_texts(context.content, context.content.name, files)
    surround = read_surround(listing, texts, context.content.name)
    site = examine_site(replace(surround, problems=(*problems, *surround.problems)))
    if not is_private("", site.problems):
        store.put(key, site)
    return site


def _plan_keys(context: BuildContext, site: SiteFacts) -> list[tuple[SourceFile, str]]:
    """Return each plan with its cache key, which covers its förbund's file if that could be read and is listed."""
    read = {association.id for association in site.surround.associations}
    associations = {file.name: file.hash for file in context.listing.associations if file.name in read}
    return [
        (file, context.keys.plan(f"{context.content.name}/{file.path}", file.hash, associations.get(file.name, "")))
        for file in context.listing.plans
    ]


def _examine_plans(context: BuildContext, site: SiteFacts, plans: KeyedPlans) -> dict[str, PlanFacts]:
    """Examine plans; return their facts by key. Files that aren't UTF-8 are left out."""
    plan_cache = context.plan_cache(site)
    if will_fork(plans):
        import insyn.build.examine  # noqa: F401  once, before workers are forked

    def examine(piece: KeyedPlans) -> list[tuple[str, PlanFacts]]:
        store, found = Store(context.cache), []
        texts, _ = content_folder.read_texts(context.content, context.content.name, [file for file, _ in piece])
        for file, key in piece:
            if file.path in texts:
                found.append((key, plan_cache.examine(file, texts[file.path], key, store).facts))
        store.close()
        return found

    results: dict[str, PlanFacts] = {}
    context.progress("progress-read", 0, len(plans))
    for made in spread(examine, plans):
        results.update(made)
        context.progress("progress-read", len(results), len(plans))
    return results


def _problems(examined: ExaminedSite) -> Iterator[Problem]:
    yield from examined.site.problems
    in_unit = {one.place.file: one for one in in_other_unit(examined.years)}
    yield from in_unit.values()
    for _, _, facts in examined.plans:  # in the wrong unit, every amount would be reported as odd
        yield from (one for one in facts.problems if one.place.file not in in_unit)
    yield from unpaid(examined.years)
    yield from _check_reteller(examined)
    yield from not_kept(examined.years)
    yield from _check_age(examined)


def _check_reteller(examined: ExaminedSite) -> Iterator[Problem]:
    """Yield a warning if a site with retold plans doesn't name the reteller."""
    settings = examined.site.surround.settings
    retold = any(facts.digest and facts.digest.retold for _, _, facts in examined.plans)
    if settings and retold and not settings.reteller:
        yield problem("reteller-missing", settings.place)


def _check_age(examined: ExaminedSite) -> Iterator[Problem]:
    """Yield a warning if the accessibility statement is older than the newest plan allows."""
    settings = examined.site.surround.settings
    newest = max((facts.newest_day for _, _, facts in examined.plans if facts.newest_day), default=None)
    if settings:
        yield from check_age(settings, newest)


def _check_ledger(context: BuildContext, examined: ExaminedSite) -> Iterator[Problem]:
    """Yield errors where the site departs from the ledger. Other errors, which omit versions, come first."""
    ledger = examined.site.ledger
    if ledger is None or any(context.texts.is_error(problem) for problem in examined.problems):
        return
    yield from changed(ledger, entries_of(examined.years))
    versions = (version.path for year in examined.years for version in year.versions)
    reused = (address for addresses in examined.previous.reused.values() for address in addresses)
    associations = frozenset(association.id for association in examined.site.surround.associations)
    yield from vanished(ledger, frozenset({*examined.others, *versions, *reused}), associations)


def _check_there_is_something(context: BuildContext, examined: ExaminedSite) -> Iterator[Problem]:
    """Yield an error if there is no plan to publish and no other error explains it."""
    faults = any(context.texts.is_error(problem) for problem in examined.problems)
    if not examined.years and not faults:
        drafts = [file.path for file, _, _ in examined.plans]
        place = Place(f"{context.content.name}/webbplats.yaml")
        if drafts:
            yield problem(NO_PLANS, place, hint="no-plans-drafts", file=drafts[0])
        elif names := [file.name for file in context.listing.associations]:
            yield problem(NO_PLANS, place, hint="no-plans-none", folder=context.content.name, id=names[0])
        else:
            yield problem(NO_PLANS, place, hint="no-plans-first", folder=context.content.name)


def _check_links(context: BuildContext, examined: ExaminedSite) -> tuple[list[Problem], int]:
    """Return broken links and address conflicts, and the number of plans that had to be examined for them.

    Links in any version of a plan are relative to the page of its year, except those to the version's own files.
    """
    versions = {version.path: version.digest for year in examined.years for version in year.versions}
    paths = {digest: path for path, digest in versions.items()}
    links = [*examined.site.links]
    for file, _, facts in examined.plans:
        year = f"{file.name}/{file.year}/"
        own = paths.get(facts.digest, year) if facts.digest else year
        links += [(own if link.file_beside else year, link) for link in facts.links if facts.digest]
    plan_cache, sources, again = context.plan_cache(examined.site), examined.sources, []

    def work_of(path: str) -> PlanWork:
        """Return the results that a plan's page is composed from. Few links lead into one."""
        file, key = sources[versions[path]]
        store = Store(context.cache)
        work, read = plan_cache.work(file, key, store)
        store.close()
        again.extend([file.path] * read)
        return work

    def anchors(path: str) -> frozenset[str] | None:
        if path not in versions:
            return examined.site.anchors.get(path)
        return work_of(path).anchors(plan_cache.associations[path.partition("/")[0]])

    def files(path: str) -> frozenset[str]:
        return work_of(path).files | {PDF} if path in versions else frozenset()

    reused = {address for addresses in examined.previous.reused.values() for address in addresses}
    of_plans = (f"{path}{name}" for path in versions for name in (*OF_EVERY_PLAN, PDF))
    problems = list(broken_links(links, Targets({*examined.others, *versions, *reused, *of_plans}, files, anchors)))
    former = [(alias.text, alias.place) for one in examined.site.surround.associations for alias in one.aliases]
    former += [(alias.path, alias.place) for digest in sources for alias in digest.aliases]
    aliases = {f"{alias}/" for alias, _ in former}
    pages = {path for path, other in examined.others.items() if path not in aliases or other.kind is not PointerPage}
    return [*problems, *taken(former, {*pages, *versions, *reused}, RESERVED_IDS)], len(again)
