"""The second half of a build: find stale outputs, render them, and move them into place."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from insyn.build.cache_keys import CacheKeys, PrintCacheKeys
from insyn.build.chart_cache import ChartCache
from insyn.build.equipment import Equipment
from insyn.build.plan_cache import PlanCache
from insyn.build.previous_build import Addresses, PreviousBuild
from insyn.build.render_pages import OtherPageRenderer
from insyn.build.render_plans import PlanRenderer, PlanTask, RenderedPlan, StalePlan
from insyn.disk import build_record, output
from insyn.disk.build_record import Output
from insyn.disk.hashing import hash_of
from insyn.disk.materials import Materials
from insyn.disk.output import Staging, file_of
from insyn.disk.second_tree import SecondTree
from insyn.disk.side_files import SideFiles
from insyn.disk.snapshot import Signature, published_signature_of
from insyn.disk.store import Store
from insyn.pages.frame import Document
from insyn.parallel.workers import Progress, spread, will_fork
from insyn.reading.sources import SourceFile
from insyn.site.layout import OtherPage, SiteLayout
from insyn.site.plans import standings_of
from insyn.site.search import CURRENT_INDEX, INDEXES, SEARCHED, indexes_of
from insyn.texts import Texts
from insyn.versions.digest import PlanDigest

if TYPE_CHECKING:
    from insyn.build.search_index import IndexingResult
    from insyn.build.typeset_plans import SitePdfs

PAGE = ".html"


class PublishContext(Struct, frozen=True):
    """The folders, cache keys, materials and options for rendering a site."""

    content: Path
    output: Path
    equipment: Equipment
    progress: Progress
    pdfs: bool
    search: bool
    """Whether the site is indexed too."""
    tree: SecondTree | None
    """The second tree, by which all files are published in one step; None for a preview, that only its server reads."""

    @property
    def cache(self) -> Path:
        return self.equipment.cache

    @property
    def keys(self) -> CacheKeys:
        return self.equipment.keys

    @property
    def texts(self) -> Texts:
        return self.equipment.texts

    @property
    def materials(self) -> Materials:
        return self.equipment.materials


class MadePage(Struct, frozen=True):
    """A page that is made and not yet put in place."""

    key: str
    body: bytes


class FirstPages(Struct, frozen=True):
    """The plans' pages that are made before everything else, and shown as soon as they are made."""

    paths: Collection[str]
    show: Callable[[Mapping[str, MadePage]], None]
    """Called with those that were stale, by path."""


class PublishInputs(Struct, frozen=True):
    """The outputs to publish, and those already published."""

    layout: SiteLayout
    others: Mapping[str, OtherPage]
    """Every page and file that isn't a plan's, by path."""
    sources: Mapping[PlanDigest, tuple[SourceFile, str]]
    """The file and cache key of each version of each plan."""
    previous: PreviousBuild


class StaleOutput(Struct, frozen=True):
    """The outputs whose key or signature differs from what is published."""

    keys: Mapping[str, str]
    """The wanted key of every output file, except the files beside plans' pages."""
    paths: frozenset[str]
    """The stale files among them."""
    tasks: tuple[PlanTask, ...]
    """All plans of the förbund that aren't reused, stale or not."""
    plans: tuple[StalePlan, ...]
    others: Mapping[str, OtherPage]
    """Pages and files that aren't a plan's, by output file."""
    ranks: Mapping[str, int]
    """By output file: the length of the longest chain of files that it depends on."""

    def owned(self, reused: Mapping[str, Addresses]) -> dict[str, Addresses]:
        """Return, by förbund, the addresses of pages and files that depend on it alone."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for other in self.others.values():
            found[other.owner].append(other.path)
        for task in self.tasks:
            found[task.file.name].append(task.folder)
        return {owner: tuple(addresses) for owner, addresses in found.items() if owner} | dict(reused)


class PublishResult(Struct, frozen=True):
    """The published outputs, and the work that they took."""

    outputs: Mapping[str, Output]
    """The key and signature of each published file."""
    side_files: Mapping[str, SideFiles]
    """By page folder: the files beside the page."""
    owned: Mapping[str, Addresses]
    """By förbund: the addresses of pages and files that depend on it alone."""
    sums: Mapping[str, str]
    """By published file, and by folder of files beside a page: the hash of its bytes."""
    manifest: Signature | None
    written: tuple[str, ...]
    examined: int = 0
    """Plans examined because of cache misses."""
    drawn: int = 0
    """Charts drawn."""
    pdfs: int | None = None
    """Number of PDFs on the site; None in a build without PDFs."""
    typeset: tuple[str, ...] = ()
    """The PDFs that were typeset."""
    indexes: tuple[str, ...] = ()
    """The search indexes that were made."""
    missing: frozenset[str] = frozenset()
    """The parts that the published site lacks: `build_record.PDF`, `SEARCH`."""

    @property
    def pages(self) -> int:
        return sum(path.endswith(PAGE) for path in self.outputs)

    @property
    def written_pages(self) -> tuple[str, ...]:
        return tuple(path for path in self.written if path.endswith(PAGE))


def publish(inputs: PublishInputs, context: PublishContext, first: FirstPages | None = None) -> PublishResult:
    """Render what is stale, and move it into place when all of it is staged. Raises Unwritable, Changed, Lost."""
    staging = Staging(context.output)
    try:
        publisher = _Publisher(inputs, context, staging)
        pdfs = publisher.make_pdfs() if context.pdfs else None
        stale = _find_stale(inputs, context, context.equipment.paint_hash, pdfs)
        for path in sorted(stale.paths & context.materials.assets.keys()):
            staging.write(path, context.materials.assets[path])
        made = publisher.make(stale, first)
        _mark_in_use(stale, context)
        indexed = publisher.index(stale) if context.search else None
        published = _put_in_place(context, stale, made, indexed, inputs.previous, staging)
    finally:
        staging.remove()
    return replace(
        published,
        examined=publisher.examined + (pdfs.examined if pdfs else 0),
        drawn=publisher.drawn + (pdfs.drawn if pdfs else 0),
        pdfs=len(pdfs.made) if pdfs else None,
        typeset=pdfs.typeset if pdfs else (),
        indexes=indexed.made if indexed else (),
        missing=_missing(pdfs, indexed),
    )


def _missing(pdfs: "SitePdfs | None", indexed: "IndexingResult | None") -> frozenset[str]:
    made = {build_record.PDF: pdfs is not None, build_record.SEARCH: indexed is not None}
    return frozenset(part for part, is_made in made.items() if not is_made)


# --- Finding what is stale ------------------------------------------------------------------------------------------


def _find_stale(
    inputs: PublishInputs, context: PublishContext, paint_hash: str, pdfs: "SitePdfs | None"
) -> StaleOutput:
    previous, folder = inputs.previous, str(context.output)

    def has_files(task: PlanTask) -> bool:
        return previous.has_side_files(folder, task.folder, task.files_key)

    tasks = tuple(_plan_tasks(inputs, context, paint_hash, pdfs))
    others = {file_of(path): other for path, other in inputs.others.items()}
    keys = {path: hash_of(body) for path, body in context.materials.assets.items()}
    reused = {file_of(address) for addresses in previous.reused.values() for address in addresses}
    keys |= {path: previous.outputs[path][0] for path in reused}
    ranks = _ranks(others)
    for path in sorted(others.keys() - reused, key=lambda path: ranks[path]):
        keys[path] = _key_of(others[path], keys, context.keys)
    keys |= {task.path: task.page_key for task in tasks}
    keys |= {path: made.key for path, made in pdfs.made.items()} if pdfs else {}
    paths = frozenset(path for path, key in keys.items() if not previous.is_published(folder, path, key))
    looked_at = (StalePlan(task, task.path in paths, not has_files(task)) for task in tasks)
    return StaleOutput(keys, paths, tasks, tuple(one for one in looked_at if one.page or one.files), others, ranks)


def _mark_in_use(stale: StaleOutput, context: PublishContext) -> None:
    """Mark the cached parts of all outputs as in use: most outputs aren't stale, and never request them."""
    store = Store(context.cache)
    store.mark_in_use(set(stale.keys.values()))
    store.close()


def _key_of(other: OtherPage, file_keys: Mapping[str, str], keys: CacheKeys) -> str:
    """Return the key of a page or file. `file_keys` has at least the keys of the files that it depends on."""
    parts = (*other.parts, *(file_keys[file] for file in other.files))
    if issubclass(other.kind, Document):
        return keys.page(other.kind.template, *parts)
    return keys.drawn(other.kind.__name__, *parts)


def _plan_tasks(
    inputs: PublishInputs, context: PublishContext, paint_hash: str, pdfs: "SitePdfs | None"
) -> Iterable[PlanTask]:
    """Yield a task for each version of each plan of the förbund that aren't reused."""
    surroundings = inputs.layout.surroundings
    around, owner = hash_of(repr(surroundings)), repr((surroundings.address, surroundings.licence))
    for version, standing in standings_of(inputs.layout, context.texts, inputs.previous.reused.keys()):
        file, key = inputs.sources[version.digest]
        pdf = pdfs.of(version.path) if pdfs else None
        files_key = context.keys.plan_files(key, paint_hash, version.name, version.path, owner)
        page_key = context.keys.plan_page(files_key, repr(standing), around, repr(pdf))
        yield PlanTask(file_of(version.path), file, key, page_key, files_key, standing, version, pdf)


def _ranks(others: Mapping[str, OtherPage]) -> dict[str, int]:
    """Return, by file, the length of the longest chain of files that it depends on."""
    found: dict[str, int] = {}

    def rank(path: str) -> int:
        if path not in found:
            found[path] = 1 + max((rank(file) for file in others[path].files if file in others), default=-1)
        return found[path]

    return {path: rank(path) for path in others}


# --- Rendering ------------------------------------------------------------------------------------------------------


class _Publisher:
    """Stages stale outputs, and counts the work."""

    def __init__(self, inputs: PublishInputs, context: PublishContext, staging: Staging) -> None:
        self.inputs, self.context, self.staging = inputs, context, staging
        self.examined, self.drawn, self.done, self.total = 0, 0, 0, 0

    @cached_property
    def plan_cache(self) -> PlanCache:
        context = self.context
        return PlanCache(context.content, self.inputs.layout.site, context.texts, context.equipment.drafts)

    def make_pdfs(self) -> "SitePdfs":
        """Typeset the stale PDFs, and import the modules for that."""
        from insyn.build.typeset_plans import PdfMaker, make_site_pdfs, pdf_tasks, without_menus
        from insyn.disk.print_materials import hash_of_printing, read_printing

        context, layout, previous = self.context, self.inputs.layout, self.inputs.previous
        tools = context.equipment.tools
        printing = read_printing(Path(tools.root), context.materials.assets)
        print_keys = PrintCacheKeys(context.keys, hash_of_printing(tools), hash_of(repr(printing.sheet)))
        tasks = list(pdf_tasks(layout, self.inputs.sources, print_keys, context.texts))
        recorded = {task.path: previous.outputs[task.path][0] for task in tasks if task.path in previous.outputs}
        published = {
            path: key for path, key in recorded.items() if previous.is_published(str(context.output), path, key)
        }
        around = without_menus(layout.surroundings)
        maker = PdfMaker(self._plan_renderer(), print_keys, printing, around, published, context.output)
        return make_site_pdfs(maker, tasks, lambda done, total: context.progress("progress-documents", done, total))

    def make(self, stale: StaleOutput, first: FirstPages | None) -> tuple[RenderedPlan, ...]:
        """Stage plans' pages and side files, then all other pages and files."""
        waves = _waves(stale)
        self.total = len(stale.plans) + sum(map(len, waves))
        renderer = self._plan_renderer()
        awaited = [one for one in stale.plans if first and one.task.path in first.paths]
        made = [*self._plans(awaited, renderer)]
        if first and awaited:
            self._show(first, awaited)
        made += self._plans([one for one in stale.plans if one not in awaited], renderer)
        self._others(waves, stale, renderer.chart_cache)
        return tuple(made)

    def _show(self, first: FirstPages, made: Sequence[StalePlan]) -> None:
        tasks = [one.task for one in made if one.page]
        first.show({one.path: MadePage(one.page_key, self.staging.read(one.path)) for one in tasks})

    def index(self, stale: StaleOutput) -> "IndexingResult":
        """Index the pages as they will be published."""
        from insyn.build.search_index import Index, Indexer  # deferred: not needed in a build without search

        pages = _searched(self.inputs.layout, stale)
        self.context.progress("progress-search", 0, len(pages))
        indexes = [Index(path, own) for path, own in pages.items()]
        return Indexer(self.context.output, self.inputs.previous.outputs, self.staging).index(
            indexes, self.context.keys.code
        )

    def _plan_renderer(self) -> PlanRenderer:
        """Return the renderer of plans' pages, also used for PDFs."""
        context, chart_cache = self.context, ChartCache(self.context.keys, self.context.materials)
        equipment = context.equipment
        made_with = (equipment.materials, equipment.paint, equipment.paint_hash, equipment.environment)
        return PlanRenderer(self.plan_cache, context.cache, chart_cache, *made_with, self.staging)

    def _plans(self, stale: Sequence[StalePlan], renderer: PlanRenderer) -> Iterator[RenderedPlan]:
        if will_fork(stale):
            renderer.prepare()
        self._count(0)
        for some in spread(renderer.render, stale):
            yield from some
            self._count(len(some), sum(one.examined for one in some), sum(one.drawn for one in some))

    def _others(self, waves: Iterable[Sequence[str]], stale: StaleOutput, chart_cache: ChartCache) -> None:
        """Stage pages and files that aren't a plan's."""
        renderer = OtherPageRenderer(
            pages=stale.others,
            keys=stale.keys,
            plan_cache=self.plan_cache,
            cache=self.context.cache,
            sources=self.inputs.sources,
            chart_cache=chart_cache,
            environment=self.context.equipment.environment,
            fonts=self.context.materials.fonts,
            staging=self.staging,
        )
        for wave in waves:
            for some in spread(renderer.render, wave):
                for one in some:
                    self._count(one.files, one.examined, one.drawn)

    def _count(self, files: int, examined: int = 0, drawn: int = 0) -> None:
        self.done, self.examined, self.drawn = self.done + files, self.examined + examined, self.drawn + drawn
        if self.total:
            self.context.progress("progress-pages", self.done, self.total)


def _searched(layout: SiteLayout, stale: StaleOutput) -> dict[str, dict[str, str]]:
    """Return, by search index, its pages and their keys."""
    pages: dict[str, dict[str, str]] = {index: {} for index in INDEXES}
    for version, index in indexes_of(layout):
        path = file_of(version.path)
        pages[index][path] = stale.keys[path]
    for path, other in stale.others.items():
        if other.kind in SEARCHED:
            pages[CURRENT_INDEX][path] = stale.keys[path]
    return pages


def _waves(stale: StaleOutput) -> list[list[str]]:
    """Return the stale files in waves: those of a wave depend only on earlier ones."""
    waiting = sorted(stale.paths & stale.others.keys(), key=lambda path: (stale.ranks[path], path))
    return [list(wave) for _, wave in groupby(waiting, key=stale.ranks.__getitem__)]


# --- Publishing -----------------------------------------------------------------------------------------------------


def _put_in_place(
    context: PublishContext,
    stale: StaleOutput,
    made: Sequence[RenderedPlan],
    indexed: "IndexingResult | None",
    previous: PreviousBuild,
    staging: Staging,
) -> PublishResult:
    """Move staged files into place, remove obsolete ones, and record the state of all."""
    keys = {**stale.keys, **(indexed.keys if indexed else {})}
    paths = stale.paths | (indexed.fresh if indexed else frozenset())
    outputs = {path: (key, previous.outputs[path][1]) for path, key in keys.items() if path not in paths}
    reused = _reused_side_files(previous)
    names = {folder: one.names for folder, one in previous.side_files.items()} | {one.folder: one.names for one in made}
    lines = [
        output.manifest_line(folder, names[folder]) for folder in (*reused, *(task.folder for task in stale.tasks))
    ]
    side_paths = [f"{one.folder}{name}" for one in made for name in one.written]
    listed = output.read_manifest(context.output, may_lack_hash=not previous.outputs)
    old_lines, new_lines = previous.lines if listed is None else listed, {*keys, *lines}
    sums = _sums(keys, paths, stale, made, previous, staging)
    inodes: dict[str, int] = {}
    if listed is None and old_lines:
        output.write_manifest(staging, old_lines)
    if paths or side_paths or old_lines != new_lines:
        context.progress("progress-write", len(paths), len(paths))
        fresh, inodes = output.publish(staging, paths, side_paths, old_lines, new_lines, context.tree)
        if context.tree:
            outputs = {path: (key, context.tree.renewed(path, known)) for path, (key, known) in outputs.items()}
        outputs |= {path: (keys[path], signature) for path, signature in fresh.items()}
    return PublishResult(
        outputs=outputs,
        side_files=reused | dict(_side_file_states(context, stale, names, previous.side_files, inodes)),
        owned=stale.owned(previous.reused),
        sums=sums,
        manifest=published_signature_of(f"{context.output}/{output.MANIFEST}"),
        written=tuple(sorted({*stale.paths, *side_paths})),
    )


def _sums(
    keys: Iterable[str],
    paths: Set[str],
    stale: StaleOutput,
    made: Sequence[RenderedPlan],
    previous: PreviousBuild,
    staging: Staging,
) -> dict[str, str]:
    """Return the hashes of the published files as they were made: never of the files in the output folder."""
    sums = {path: staging.facts(path).sha256 if path in paths else previous.sums.get(path, "") for path in keys}
    folders = {*_reused_side_files(previous), *(task.folder for task in stale.tasks)}
    sums |= {folder: previous.sums.get(folder, "") for folder in folders}
    return sums | {one.folder: one.sum for one in made}


def _reused_side_files(previous: PreviousBuild) -> dict[str, SideFiles]:
    return {
        folder: files for folder, files in previous.side_files.items() if folder.partition("/")[0] in previous.reused
    }


def _side_file_states(
    context: PublishContext,
    stale: StaleOutput,
    names: Mapping[str, tuple[str, ...]],
    previous: Mapping[str, SideFiles],
    inodes: Mapping[str, int],
) -> Iterator[tuple[str, SideFiles]]:
    """Yield the recorded state of each plan's side files."""
    rendered = {one.task.folder for one in stale.plans if one.files}
    for task in stale.tasks:
        folder, recorded = task.folder, previous.get(task.folder)
        if (
            recorded
            and folder not in rendered
            and published_signature_of(f"{context.output}/{folder[:-1]}") == recorded.folder_signature
        ):
            yield folder, recorded
            continue
        found = output.record_side_files(context.output, folder, task.files_key, names[folder], inodes)
        is_ours = folder in rendered or (recorded is not None and found.files_signature == recorded.files_signature)
        yield folder, found if is_ours else SideFiles(task.files_key, names[folder], None, None)
