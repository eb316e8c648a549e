"""The story of a build: take stock, read and check what is new, draw and render what depends on it, publish.

A result is remembered by the key of everything that made it (`cache_keys`): so a build does what is new and no more,
with the same bytes as one from nothing. Nothing is published before all of it is known to be right.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from insyn.build.cache_keys import CacheKeys, hash_templates
from insyn.build.facts_cache import Plans, fetch_facts, keep_facts
from insyn.build.plan_cache import PlanCache
from insyn.build.plan_reader import PlanReader
from insyn.build.prefetch import Prefetch
from insyn.build.previous_build import PreviousBuild, former_of
from insyn.checks.accessibility import check_age
from insyn.checks.links import broken_links
from insyn.disk import build_record, materials, output
from insyn.disk import content as content_folder
from insyn.disk.build_record import BuildInputs, BuildRecord
from insyn.disk.hashing import hash_of
from insyn.disk.store import Store
from insyn.pages.pointer_page import PointerPage
from insyn.parallel.workers import Progress, spread, will_fork
from insyn.problems import Found, Place, Problem, problem
from insyn.reading.sources import RESERVED_IDS, Listing, SourceFile, listing_of
from insyn.site.addresses import taken
from insyn.site.composition import compose_others
from insyn.site.data_files import compose_data
from insyn.site.facts import PlanFacts, SiteFacts
from insyn.site.layout import OtherPage, SiteLayout, surroundings_of
from insyn.texts import Texts, read_texts
from insyn.versions.arrangement import YearPlans, arrange
from insyn.versions.digest import PlanDigest

if TYPE_CHECKING:
    from insyn.build.publish import PublishResult

LIBRARIES = frozenset(
    {
        *("jinja2", "markupsafe", "markdown_it_py", "mdit_py_plugins", "pyyaml", "matplotlib", "mdurl", "msgspec"),
        *("pagefind_bin", "pillow", "tinycss2", "xlsxwriter"),
    }
)


class WorkCounts(Struct, frozen=True):
    """What was done anew: plans read, charts drawn, pages rendered, PDFs typeset, files written, indexes made."""

    plans: int = 0
    drawings: int = 0
    pages: tuple[str, ...] = ()
    pdfs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()


class BuildResult(Struct, frozen=True):
    """What a build or a check came to."""

    problems: tuple[Problem, ...]
    """Errors and warnings."""
    texts: Texts
    plans: int
    associations: int
    pages: int = 0
    notes: tuple[Problem, ...] = ()
    """What else there is to know; only when it was asked for."""
    work: WorkCounts = field(default_factory=WorkCounts)
    inputs: BuildInputs | None = None
    """What the published site was made from. None when nothing was published."""
    front_sums: Mapping[str, int] = {}
    """By plan's file: the sum of its front matter."""
    published: "PublishResult | None" = None
    pdfs: int | None = None
    """How many plans there are as PDF; None when none were asked for."""
    missing: frozenset[str] = frozenset()
    """What the published site doesn't have until it is built again."""
    search_fault: str | None = None
    """Why the search could not be made."""
    fresh: frozenset[str] = frozenset()
    """The plans' files that were read anew, by the path that people know them by."""

    @property
    def has_errors(self) -> bool:
        return any(self.texts.is_error(problem) for problem in self.problems)


class Preflight(Struct, frozen=True):
    """What is found out of a site before anything heavy is imported."""

    latest: BuildRecord | None
    """The latest build."""
    inputs: BuildInputs
    helpers: Prefetch = field(default_factory=Prefetch)


class BuildContext(Struct, frozen=True):
    """One content folder to be made into one output folder, and all that it takes."""

    content: Path
    output: Path
    known: Preflight
    listing: Listing
    tools: CacheKeys
    texts: Texts
    materials: materials.Materials
    progress: Progress
    pdfs: bool
    """Whether plans are made as PDF too."""
    search: bool
    """Whether the search index is made too."""

    @property
    def cache(self) -> Path:
        return Path(build_record.cache_folder(self.output))

    @property
    def reader(self) -> PlanReader:
        return PlanReader(self.known.helpers.reading)

    def recall(self, site: SiteFacts) -> PlanCache:
        return PlanCache(self.content, site, self.texts, self.reader)


class ExaminedSite(Struct, frozen=True, dict=True):
    """The whole site as it is known before pages are made."""

    site: SiteFacts
    plans: tuple[tuple[SourceFile, str, PlanFacts], ...]
    """Each plan's file, its key and what is known of it."""
    problems: tuple[Problem, ...]
    fresh: frozenset[str]
    """The plans' files that were read anew, by the path that people know them by."""
    read: int
    """How many plans were examined: also those whose work the store couldn't keep."""
    layout: SiteLayout
    """What is to be published, with the versions of each year's plan in order."""
    others: Mapping[str, OtherPage]
    """Every page and file that isn't a plan's, by its path; of the förbund that are kept, only their pages."""
    former: PreviousBuild

    @property
    def years(self) -> tuple[YearPlans, ...]:
        return self.layout.years

    @cached_property
    def sources(self) -> dict[PlanDigest, tuple[SourceFile, str]]:
        """The file and the key of each version that is to be published."""
        return {facts.digest: (file, key) for file, key, facts in self.plans if facts.digest}


def build(
    content: Path,
    target: Path,
    progress: Progress,
    project: Path = materials.PROJECT,
    known: Preflight | None = None,
    *,
    pdfs: bool = False,
    search: bool = False,
) -> BuildResult:
    """Make the site and publish it, unless an error stops it. Raises NotOurs, Unwritable, Unreadable, Changed, Lost.

    `known` is what has been found out already. `pdfs` makes each plan as PDF too, and `search` makes the
    search index: who looks at an edit needn't wait for them.
    """
    output.check_ours(target)
    job = _begin(content, target, project, known, progress, pdfs=pdfs, search=search)
    examined = _examine(job)
    outcome = _outcome(job, examined)
    return outcome if outcome.has_errors else _published(job, examined, outcome)


def _published(job: BuildContext, examined: ExaminedSite, outcome: BuildResult) -> BuildResult:
    from insyn.build.publish import PublishContext, PublishInputs, publish

    shown = PublishInputs(examined.layout, examined.others, examined.sources, examined.former)
    place = PublishContext(
        *(
            job.content,
            job.output,
            job.cache,
            job.known.inputs.tools,
            job.tools,
            job.texts,
            job.materials,
            job.progress,
        ),
        job.known.helpers,
        pdfs=job.pdfs,
        search=job.search,
    )
    done = publish(shown, place)
    work = WorkCounts(
        examined.read + done.examined, done.drawn, done.written_pages, done.typeset, done.written, done.indexes
    )
    return replace(
        outcome,
        pages=done.pages,
        work=work,
        inputs=job.known.inputs,
        front_sums={file.path: facts.front for file, _, facts in examined.plans},
        published=done,
        pdfs=done.pdfs,
        missing=done.missing,
        search_fault=done.search_fault,
    )


def check(
    content: Path, target: Path, progress: Progress, project: Path = materials.PROJECT, known: Preflight | None = None
) -> BuildResult:
    """Do everything that can find a fault; draw and publish nothing. Raises Unreadable, Changed, Lost."""
    job = _begin(content, target, project, known, progress)
    return _outcome(job, _examine(job))


def check_all(
    content: Path, target: Path, progress: Progress, project: Path = materials.PROJECT, known: Preflight | None = None
) -> BuildResult:
    """Do what `check` does, and tell of everything that is worth knowing too. Raises Unreadable, Changed, Lost."""
    job = _begin(content, target, project, known, progress)
    examined = _examine(job)
    notes, read = _notes(job, examined)
    return replace(_outcome(job, replace(examined, read=examined.read + read)), notes=notes)


def _notes(job: BuildContext, examined: ExaminedSite) -> tuple[tuple[Problem, ...], int]:
    """Fetch what is told of each plan only to those who ask; make it again where the store couldn't keep it.

    Returns also how many plans were examined for it.
    """
    store, recall = Store(job.cache), job.recall(examined.site)
    known = store.get_many(f"notes:{key}" for _, key, _ in examined.plans)
    missing = [(file, key) for file, key, _ in examined.plans if known.get(f"notes:{key}") is None]
    again = {f"notes:{key}": one.notes for file, key in missing if (one := recall.again(file, key, store))}
    store.close()
    notes = known | again
    return tuple(note for _, key, _ in examined.plans for note in notes.get(f"notes:{key}") or ()), len(again)


def remember(outcome: BuildResult, content: Path, target: Path, report: str, summary: str) -> None:
    """Remember a published site and what was printed, so that a build with nothing to do ends at once."""
    if outcome.inputs is not None and outcome.published is not None:
        done = outcome.published
        published = dict(done.outputs), dict(done.side_files), dict(done.owned)
        found = BuildRecord(outcome.inputs, *published, dict(outcome.front_sums), (report, summary), outcome.missing)
        build_record.write(found, content, target)


# --- Taking stock ---------------------------------------------------------------------------------------------------


def _find_out(content: Path, target: Path, project: Path) -> Preflight:
    found = build_record.read(content, target)
    return Preflight(found, build_record.snapshot_inputs(content, found, project))


def _begin(
    content: Path,
    target: Path,
    project: Path,
    known: Preflight | None,
    progress: Progress,
    *,
    pdfs: bool = False,
    search: bool = False,
) -> BuildContext:
    known = known or _find_out(content, target, project)
    read = materials.read_materials(project)
    code = hash_of(materials.hash_of_code(known.inputs.tools), sys.version, *materials.installed(LIBRARIES))
    keys = CacheKeys(code, hash_of(*(read.fonts[name] for name in sorted(read.fonts))), hash_templates(read.templates))
    listing = listing_of({path: found for path, (_, found) in known.inputs.content.files.items()})
    texts = _read_catalogue(Path(build_record.cache_folder(target)), code, read.texts)
    return BuildContext(content, target, known, listing, keys, texts, read, progress, pdfs, search)


def _read_catalogue(cache: Path, code: str, source: str) -> Texts:
    """Read the catalogue of sentences, or remember it: its YAML takes longer to read than a plan."""
    store, key = Store(cache), hash_of("catalogue", code)
    known = store.get(key)
    texts = known if isinstance(known, Texts) else read_texts(source)
    if texts is not known:
        store.put(key, texts)
    store.close()
    return texts


def _outcome(job: BuildContext, examined: ExaminedSite) -> BuildResult:
    return BuildResult(
        problems=examined.problems,
        texts=job.texts,
        plans=len(examined.years),
        associations=len(examined.site.surround.associations),
        work=WorkCounts(plans=examined.read),
        fresh=examined.fresh,
    )


# --- Reading and checking -------------------------------------------------------------------------------------------


def _examine(job: BuildContext) -> ExaminedSite:
    store = Store(job.cache)
    site = _examine_site(job, store)
    _expect(job, site)
    keyed = _plan_keys(job, site)
    known = fetch_facts(keyed, store)
    store.mark_in_use({key for _, key in keyed})
    new = [(file, key) for file, key in keyed if key not in known]
    former = _former(job)
    if new:
        store.begin_build()
    store.close()
    found = _examine_plans(job, site, new)
    facts = {**known, **found}
    store = Store(job.cache)
    keep_facts(keyed, facts, found, store)
    store.close()
    plans = tuple((file, key, facts.get(key) or _unread(job, file)) for file, key in keyed)
    years = arrange(found.digest for _, _, found in plans if found.digest)
    layout = SiteLayout(site, surroundings_of(site), years, frozenset(former.kept))
    fresh = frozenset(f"{job.content.name}/{file.path}" for file, _ in new)
    examined = ExaminedSite(site, plans, (), fresh, len(new), layout, _others(layout, job.texts), former)
    links, read = _check_links(job, examined)
    problems = (*_problems(examined), *links)
    examined = replace(examined, problems=problems, read=examined.read + read)
    return replace(examined, problems=(*examined.problems, *_check_there_is_something(job, examined)))


def _others(layout: SiteLayout, texts: Texts) -> dict[str, OtherPage]:
    """Return what isn't a plan's and isn't kept, by its path. The first of two with one path is made."""
    others: dict[str, OtherPage] = {}
    for other in compose_others(layout, texts):
        others.setdefault(other.path, other)
    for other in compose_data(layout, list(others.values()), texts):
        others.setdefault(other.path, other)
    return others


def _expect(job: BuildContext, site: SiteFacts) -> None:
    """Have a plan that was edited read by another process, while this one finds out and imports the rest."""
    edited = [file for file in job.listing.plans if file.path in job.known.helpers.edited][:1]
    texts, _ = content_folder.read_texts(job.content, job.content.name, edited)
    associations = {association.id: association for association in site.surround.associations}
    for file in edited:
        if file.path in texts:
            job.reader.submit(file, texts[file.path], associations.get(file.name), job.texts)
            import insyn.build.publish

            if job.known.helpers.drawing:
                import insyn.downloads.plan_workbook  # noqa: F401


def _former(job: BuildContext) -> PreviousBuild:
    """Find out what the latest build left."""
    made = {build_record.PDF: job.pdfs, build_record.SEARCH: job.search}
    missing = frozenset(part for part, is_made in made.items() if not is_made)
    plans = frozenset(file.path for file in job.listing.plans)
    return former_of(job.known.latest, job.known.inputs, plans, str(job.output), missing)


def _unread(job: BuildContext, file: SourceFile) -> PlanFacts:
    """Say of a plan only that its file isn't text."""
    found = Found()
    found.add("file-not-text", Place(f"{job.content.name}/{file.path}"))
    return PlanFacts(None, tuple(found.problems), ())


def _examine_site(job: BuildContext, store: Store) -> SiteFacts:
    """Read everything but the plans. It is little, so one changed file has it all read again."""
    listing = job.listing
    files = [*([listing.settings] if listing.settings else []), *listing.associations, *listing.pages]
    plans = [file.path for file in listing.plans]
    parts = [f"{file.path}:{file.hash}" for file in files]
    key = hash_of("site", job.tools.code, job.content.name, *parts, "plans", *plans, "strays", *listing.strays)
    known = store.get(key)
    if isinstance(known, SiteFacts):
        return known
    from insyn.build.examine import examine_site
    from insyn.reading.content import read_surround

    texts, problems = content_folder.read_texts(job.content, job.content.name, files)
    surround = read_surround(listing, texts, job.content.name)
    site = examine_site(replace(surround, problems=(*problems, *surround.problems)))
    store.put(key, site)
    return site


def _plan_keys(job: BuildContext, site: SiteFacts) -> list[tuple[SourceFile, str]]:
    """Return each plan with its key. A förbund that couldn't be read, or isn't listed, is not what it was read with."""
    read = {association.id for association in site.surround.associations}
    associations = {file.name: file.hash for file in job.listing.associations if file.name in read}
    return [
        (file, job.tools.plan(f"{job.content.name}/{file.path}", file.hash, associations.get(file.name, "")))
        for file in job.listing.plans
    ]


def _examine_plans(job: BuildContext, site: SiteFacts, plans: Plans) -> dict[str, PlanFacts]:
    """Return what is found of some plans, by their keys; of those that aren't text, nothing."""
    recall = job.recall(site)
    if will_fork(plans):
        recall = replace(recall, reader=PlanReader())
        recall.reader.prepare()

    def examine(piece: Plans) -> list[tuple[str, PlanFacts]]:
        store, found = Store(job.cache), []
        texts, _ = content_folder.read_texts(job.content, job.content.name, [file for file, _ in piece])
        for file, key in piece:
            if file.path in texts:
                found.append((key, recall.examine(file, texts[file.path], key, store).facts))
        store.close()
        return found

    results: dict[str, PlanFacts] = {}
    job.progress("progress-read", 0, len(plans))
    for made in spread(examine, plans):
        results.update(made)
        job.progress("progress-read", len(results), len(plans))
    return results


def _problems(examined: ExaminedSite) -> Iterator[Problem]:
    yield from examined.site.problems
    for _, _, facts in examined.plans:
        yield from facts.problems
    yield from _check_age(examined)


def _check_age(examined: ExaminedSite) -> Iterator[Problem]:
    """Ask whether the accessibility statement is old beside the plans."""
    settings = examined.site.surround.settings
    newest = max((facts.newest_day for _, _, facts in examined.plans if facts.newest_day), default=None)
    if settings:
        yield from check_age(settings, newest)


def _check_there_is_something(job: BuildContext, examined: ExaminedSite) -> Iterator[Problem]:
    """A site without a plan is a mistake, unless other faults explain it."""
    faults = any(job.texts.is_error(problem) for problem in examined.problems)
    if not examined.years and not faults:
        drafts = [file.path for file, _, _ in examined.plans]
        place = Place(f"{job.content.name}/webbplats.yaml")
        if drafts:
            yield problem("no-plans", place, hint="no-plans-drafts", file=drafts[0])
        else:
            yield problem("no-plans", place, hint="no-plans-none")


def _check_links(job: BuildContext, examined: ExaminedSite) -> tuple[list[Problem], int]:
    """Look up the links that staff have written from page to page. A plan's are written as from its year's page.

    Returns also how many plans were examined for it.
    """
    versions = {version.path: version.digest for year in examined.years for version in year.versions}
    links = [*examined.site.links]
    for file, _, facts in examined.plans:
        links += [(f"{file.name}/{file.year}/", link) for link in facts.links if facts.digest]
    recall, sources, again = job.recall(examined.site), examined.sources, []

    def anchors(path: str) -> frozenset[str] | None:
        """Return the ids on a page. A plan's are fetched when they are asked for, which is seldom."""
        if path not in versions:
            return examined.site.anchors.get(path)
        file, key = sources[versions[path]]
        store = Store(job.cache)
        work, read = recall.work(file, key, store)
        store.close()
        again.extend([file.path] * read)
        return work.anchors(recall.associations[file.name])

    kept = {address for addresses in examined.former.kept.values() for address in addresses}
    problems = list(broken_links(links, {*examined.others, *versions, *kept}, anchors))
    aliases = {f"{alias.path}/" for digest in sources for alias in digest.aliases}
    pages = {path for path, other in examined.others.items() if path not in aliases or other.kind is not PointerPage}
    return [*problems, *taken(sources, {*pages, *versions, *kept}, RESERVED_IDS)], len(again)
