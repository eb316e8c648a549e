"""From what a site shows to its files: finds what isn't published as it is to be, makes that, puts it in place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from msgspec import Struct
from msgspec.structs import replace

from insyn.build.cache_keys import CacheKeys, PrintCacheKeys
from insyn.build.chart_cache import ChartCache
from insyn.build.plan_cache import PlanCache
from insyn.build.prefetch import Prefetch
from insyn.build.previous_build import Addresses, PreviousBuild
from insyn.build.render_pages import SideRenderer
from insyn.build.render_plans import PlanDue, PlanMade, PlanRenderer, PlanTask
from insyn.build.rendering import make_environment
from insyn.charts.stylesheet import Stylesheet
from insyn.disk import build_record, output
from insyn.disk.build_record import Output
from insyn.disk.hashing import hash_of
from insyn.disk.materials import STYLESHEET, Materials
from insyn.disk.output import Staging, file_of
from insyn.disk.side_files import SideFiles
from insyn.disk.snapshot import FolderSnapshot, signature_of
from insyn.disk.store import Store
from insyn.downloads.chart_files import Paint, paint_of
from insyn.pages.frame import Document
from insyn.pages.other_files import JoinedFile, PlainFile
from insyn.parallel.workers import Progress, spread, will_fork
from insyn.reading.sources import SourceFile
from insyn.site.layout import OtherPage, SiteLayout
from insyn.site.plans import standings_of
from insyn.site.search import CURRENT_INDEX, INDEXES, SEARCHED, indexes_of
from insyn.texts import Texts
from insyn.versions.digest import PlanDigest

if TYPE_CHECKING:
    from insyn.build.search_index import Indexed
    from insyn.build.typeset_plans import Papers

PAGE = ".html"
TABLES = (PlainFile, JoinedFile)
"""What nothing is drawn for."""


class PublishContext(Struct, frozen=True):
    """Where a site's files are made, and with what."""

    content: Path
    output: Path
    cache: Path
    stock: FolderSnapshot
    """The program, its templates and its assets."""
    tools: CacheKeys
    texts: Texts
    materials: Materials
    progress: Progress
    helpers: Prefetch
    """Processes that have begun with what an edit takes."""
    pdfs: bool
    search: bool
    """Whether the search index is made too."""


class PublishInputs(Struct, frozen=True):
    """What a site shows."""

    layout: SiteLayout
    others: Mapping[str, OtherPage]
    """Every page and file that isn't a plan's, by its path."""
    sources: Mapping[PlanDigest, tuple[SourceFile, str]]
    """The file and the key of each version of each plan."""
    former: PreviousBuild
    """What the latest build left."""


class StaleOutput(Struct, frozen=True):
    """What isn't as it is to be in the output folder."""

    keys: Mapping[str, str]
    """What each file there is to be made by, but those beside plans' pages."""
    stale: frozenset[str]
    tasks: tuple[PlanTask, ...]
    """Of all plans of the förbund that aren't kept."""
    plans: tuple[PlanDue, ...]
    others: Mapping[str, OtherPage]
    """What isn't a plan's, by file."""
    ranks: Mapping[str, int]
    """How many of these must be made one after another before a file can be."""

    def owned(self, kept: Mapping[str, Addresses]) -> dict[str, Addresses]:
        """Return, by förbund, the addresses of what it alone decides."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for other in self.others.values():
            found[other.owner].append(other.path)
        for task in self.tasks:
            found[task.file.name].append(task.folder)
        return {owner: tuple(addresses) for owner, addresses in found.items() if owner} | dict(kept)


class PublishResult(Struct, frozen=True):
    """What was published, and what was made for it."""

    outputs: Mapping[str, Output]
    """The key of each published file, and its signature when it was put there."""
    side_files: Mapping[str, SideFiles]
    """The files beside plans' pages, by the page's folder."""
    owned: Mapping[str, Addresses]
    """By förbund: the addresses of what it alone decides."""
    written: tuple[str, ...]
    examined: int = 0
    """How many plans had to be examined again."""
    drawn: int = 0
    """How many charts had to be drawn."""
    pdfs: int | None = None
    """How many plans there are as PDF; None when none were asked for."""
    typeset: tuple[str, ...] = ()
    """The PDFs that were made anew."""
    indexes: tuple[str, ...] = ()
    """The parts of the search index that were made anew."""
    missing: frozenset[str] = frozenset()
    """What the published site doesn't have until it is built again."""
    search_fault: str | None = None
    """Why the search could not be made."""

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return sum(path.endswith(PAGE) for path in self.outputs)

    @property
    def written_pages(self) -> tuple[str, ...]:
        return tuple(path for path in self.written if path.endswith(PAGE))


def publish(shown: PublishInputs, place: PublishContext) -> PublishResult:
    """Make the files that aren't as they are to be, and put them in place when all of them are made."""
    staging = Staging(place.output)
    try:
        maker = _Maker(shown, place, staging)
        papers = maker.papers() if place.pdfs else None
        due = _find_due(shown, place, maker.look, papers)
        _note_in_use(due, place)
        for path in sorted(due.stale & place.materials.assets.keys()):
            staging.write(path, place.materials.assets[path])
        made = maker.make(due)
        indexed = maker.index(due) if place.search else None
        published = _put_in_place(place, due, made, indexed, shown.former, staging)
    finally:
        staging.remove()
    return replace(
        published,
        examined=maker.examined + (papers.examined if papers else 0),
        drawn=maker.drawn + (papers.drawn if papers else 0),
        pdfs=len(papers.made) if papers else None,
        typeset=papers.typeset if papers else (),
        indexes=indexed.made if indexed else (),
        missing=_owed(papers, indexed),
        search_fault=indexed.fault if indexed else None,
    )


def _owed(papers: "Papers | None", indexed: "Indexed | None") -> frozenset[str]:
    """Return what the site doesn't have: it wasn't asked for, or couldn't be made."""
    has_search = indexed is not None and indexed.fault is None
    made = {build_record.PDF: papers is not None, build_record.SEARCH: has_search}
    return frozenset(part for part, is_made in made.items() if not is_made)


def _read_stylesheet(place: PublishContext) -> Stylesheet:
    """Read the site's stylesheet, or remember it: parsing it takes a tenth of the time of an edit."""
    css = place.materials.assets[STYLESHEET]
    store, key = Store(place.cache), hash_of("stylesheet", place.tools.code, css)
    known = store.get(key)
    if not isinstance(known, Stylesheet):
        from insyn.charts.css import read_stylesheet

        known = read_stylesheet(css.decode())
        store.put(key, known)
    store.close()
    return known


# --- What is due ----------------------------------------------------------------------------------------------------


def _find_due(shown: PublishInputs, place: PublishContext, look: str, papers: "Papers | None") -> StaleOutput:
    former, folder = shown.former, str(place.output)

    def has_files(task: PlanTask) -> bool:
        return former.has_beside(folder, task.folder, task.files_key)

    tasks = tuple(_plan_tasks(shown, place, look, papers))
    others = {file_of(path): other for path, other in shown.others.items()}
    keys = {path: hash_of(body) for path, body in place.materials.assets.items()}
    kept = {file_of(address) for addresses in former.kept.values() for address in addresses}
    keys |= {path: former.outputs[path][0] for path in kept}
    ranks = _ranks(others)
    for path in sorted(others.keys() - kept, key=lambda path: ranks[path]):
        keys[path] = _key_of(others[path], keys, place.tools)
    keys |= {task.path: task.page_key for task in tasks}
    keys |= {path: made.key for path, made in papers.made.items()} if papers else {}
    stale = frozenset(path for path, key in keys.items() if not former.is_published(folder, path, key))
    looked_at = (PlanDue(task, task.path in stale, not has_files(task)) for task in tasks)
    return StaleOutput(keys, stale, tasks, tuple(one for one in looked_at if one.page or one.files), others, ranks)


def _note_in_use(due: StaleOutput, place: PublishContext) -> None:
    """Let what the site's pages are made of not age, though most of them aren't made anew."""
    store = Store(place.cache)
    store.mark_in_use(set(due.keys.values()))
    store.close()


def _key_of(other: OtherPage, keys: Mapping[str, str], tools: CacheKeys) -> str:
    """Return the key of what isn't a plan's page. `keys` are those of the files that it is made of or tells of."""
    parts = (*other.parts, *(keys[file] for file in other.files))
    if issubclass(other.kind, Document):
        return tools.page(other.kind.template, *parts)
    return tools.drawn(other.kind.__name__, *parts)


def _plan_tasks(shown: PublishInputs, place: PublishContext, look: str, papers: "Papers | None") -> Iterable[PlanTask]:
    """Yield what it takes to make the page of each version of each plan that isn't kept, and the files beside it."""
    surroundings = shown.layout.surroundings
    around, owner = hash_of(repr(surroundings)), repr((surroundings.address, surroundings.licence))
    for version, standing in standings_of(shown.layout, place.texts, shown.former.kept.keys()):
        file, key = shown.sources[version.digest]
        pdf = papers.of(version.path) if papers else None
        files_key = place.tools.plan_files(key, look, version.name, version.path, owner)
        page_key = place.tools.plan_page(files_key, repr(standing), around, repr(pdf))
        yield PlanTask(file_of(version.path), file, key, page_key, files_key, standing, version, pdf)


def _ranks(others: Mapping[str, OtherPage]) -> dict[str, int]:
    """Return how many files must be made one after another before each can be. Those that are kept are there."""
    found: dict[str, int] = {}

    def rank(path: str) -> int:
        if path not in found:
            found[path] = 1 + max((rank(file) for file in others[path].files if file in others), default=-1)
        return found[path]

    return {path: rank(path) for path in others}


# --- Making ---------------------------------------------------------------------------------------------------------


class _Maker:
    """Stages what is due, and keeps count of it."""

    def __init__(self, shown: PublishInputs, place: PublishContext, staging: Staging) -> None:
        self.shown, self.place, self.staging = shown, place, staging
        self.examined, self.drawn, self.done, self.total = 0, 0, 0, 0

    @cached_property
    def paint(self) -> Paint:
        return paint_of(_read_stylesheet(self.place))

    @cached_property
    def look(self) -> str:
        return hash_of(repr(self.paint))

    @cached_property
    def recall(self) -> PlanCache:
        return PlanCache(self.place.content, self.shown.layout.site, self.place.texts)

    @cached_property
    def environment(self) -> Environment:
        return make_environment(self.place.materials.templates, self.place.materials.compiled)

    def papers(self) -> "Papers":
        """Make the PDFs that aren't as they should be. What they take is imported only here."""
        from insyn.build.typeset_plans import PdfMaker, make_papers, on_paper, pdf_tasks
        from insyn.disk.print_materials import hash_of_printing, read_printing

        place, layout, former = self.place, self.shown.layout, self.shown.former
        printing = read_printing(Path(place.stock.root), place.materials.assets)
        tools = PrintCacheKeys(place.tools, hash_of_printing(place.stock), hash_of(repr(printing.sheet)))
        tasks = list(pdf_tasks(layout, self.shown.sources, tools, place.texts))
        known = {task.path: former.outputs[task.path][0] for task in tasks if task.path in former.outputs}
        published = {path: key for path, key in known.items() if former.is_published(str(place.output), path, key)}
        around = on_paper(layout.surroundings)
        maker = PdfMaker(self._plan_renderer(place.helpers), tools, printing, around, published, place.output)
        return make_papers(maker, tasks, lambda done, total: place.progress("progress-documents", done, total))

    def make(self, due: StaleOutput) -> tuple[PlanMade, ...]:
        """Make tables, plans' pages and the files beside them, and then the other pages.

        Nothing is drawn for tables, so they are made while another process imports what draws.
        """
        tables, rest = _waves(due)
        self.total = len(due.plans) + sum(map(len, (*tables, *rest)))
        many = any(will_fork(work) for work in (due.plans, *tables, *rest))  # then each worker does all for itself
        helpers = Prefetch() if many else self.place.helpers
        renderer = self._plan_renderer(helpers)
        self._others(tables, due, renderer.drawer, helpers)
        made = tuple(self._plans(due, renderer))
        self._others(rest, due, renderer.drawer, helpers)
        self.staging.finish_joins()
        return made

    def index(self, due: StaleOutput) -> "Indexed":
        """Make the search index of the pages as they will stand."""
        from insyn.build.search_index import Index, Indexer  # needless to who builds without it

        pages = _searched(self.shown.layout, due)
        self.place.progress("progress-search", 0, len(pages))
        indexes = [Index(path, own, has_engine=path == CURRENT_INDEX) for path, own in pages.items()]
        return Indexer(self.place.output, self.shown.former.outputs, self.staging).index(indexes, self.place.tools.code)

    def _plan_renderer(self, helpers: Prefetch) -> PlanRenderer:
        """Return what plans' pages are made with, on screen and on paper."""
        place, drawer = self.place, ChartCache(self.place.tools, self.place.materials, helpers.drawing)
        made_with = (place.materials, self.paint, self.look, self.environment)
        return PlanRenderer(self.recall, place.cache, drawer, *made_with, self.staging)

    def _plans(self, due: StaleOutput, renderer: PlanRenderer) -> Iterator[PlanMade]:
        if will_fork(due.plans):
            renderer.prepare()
        self._count(0)
        for some in spread(renderer.render, due.plans):
            yield from some
            self._count(len(some), sum(one.examined for one in some), sum(one.drawn for one in some))

    def _others(self, waves: Sequence[Sequence[str]], due: StaleOutput, drawer: ChartCache, helpers: Prefetch) -> None:
        """Make what isn't a plan's. Tables are joined by the process that has read what was edited: it is idle."""
        renderer = SideRenderer(
            pages=due.others,
            keys=due.keys,
            recall=self.recall,
            cache=self.place.cache,
            sources=self.shown.sources,
            drawer=drawer,
            environment=self.environment,
            fonts=self.place.materials.fonts,
            staging=self.staging,
        )
        for wave in waves:
            joined = [path for path in wave if helpers.reading and due.others[path].kind is JoinedFile]
            if joined:
                self.staging.join({path: due.others[path].files for path in joined}, helpers.reading)
                self._count(len(joined))
            for some in spread(renderer.render, [path for path in wave if path not in joined]):
                for one in some:
                    self._count(one.files, one.examined, one.drawn)

    def _count(self, files: int, examined: int = 0, drawn: int = 0) -> None:
        self.done, self.examined, self.drawn = self.done + files, self.examined + examined, self.drawn + drawn
        if self.total:
            self.place.progress("progress-pages", self.done, self.total)


def _searched(layout: SiteLayout, due: StaleOutput) -> dict[str, dict[str, str]]:
    """Return, for each part of the search index, the pages that it is to be made of and their keys."""
    pages: dict[str, dict[str, str]] = {index: {} for index in INDEXES}
    for version, index in indexes_of(layout):
        path = file_of(version.path)
        pages[index][path] = due.keys[path]
    for path, other in due.others.items():
        if other.kind in SEARCHED:
            pages[CURRENT_INDEX][path] = due.keys[path]
    return pages


def _waves(due: StaleOutput) -> tuple[list[list[str]], list[list[str]]]:
    """Return what isn't a plan's and is to be made, as much at a time as doesn't wait for the rest.

    First tables, and then what may have drawings or tells of tables that are being joined.
    """

    def is_later(path: str) -> bool:
        other = due.others[path]
        tells = {due.others[file].kind for file in other.files if file in due.others}
        return other.kind not in TABLES or JoinedFile in tells

    waiting = sorted(due.stale & due.others.keys(), key=lambda path: (due.ranks[path], path))
    turns = [
        [path for path in waiting if not is_later(path)],
        [path for path in waiting if is_later(path)],
    ]
    tables, rest = ([list(wave) for _, wave in groupby(turn, key=due.ranks.__getitem__)] for turn in turns)
    return tables, rest


# --- Publishing -----------------------------------------------------------------------------------------------------


def _put_in_place(
    place: PublishContext,
    due: StaleOutput,
    made: Sequence[PlanMade],
    indexed: "Indexed | None",
    former: PreviousBuild,
    staging: Staging,
) -> PublishResult:
    """Move what was made into place, remove what is no longer made, and note what lies there."""
    keys = {**due.keys, **(indexed.keys if indexed else {})}
    stale = due.stale | (indexed.fresh if indexed else frozenset())
    outputs = {path: (key, former.outputs[path][1]) for path, key in keys.items() if path not in stale}
    kept = _kept_beside(former)
    names = {folder: one.names for folder, one in former.side_files.items()} | {one.folder: one.names for one in made}
    lines = [output.manifest_line(folder, names[folder]) for folder in (*kept, *(task.folder for task in due.tasks))]
    side_paths = [f"{one.folder}{name}" for one in made for name in one.written]
    old_lines, new_lines = output.read_manifest(place.output), {*keys, *lines}
    inodes: dict[str, int] = {}
    if stale or side_paths or old_lines != new_lines:
        place.progress("progress-write", len(stale), len(stale))
        fresh, inodes = output.publish(staging, stale, side_paths, old_lines, new_lines)
        outputs |= {path: (keys[path], signature) for path, signature in fresh.items()}
    return PublishResult(
        outputs=outputs,
        side_files=kept | dict(_noted(place, due, names, former.side_files, inodes)),
        owned=due.owned(former.kept),
        written=tuple(sorted({*due.stale, *side_paths})),
    )


def _kept_beside(former: PreviousBuild) -> dict[str, SideFiles]:
    """Return the files beside the plans' pages that are kept."""
    return {folder: files for folder, files in former.side_files.items() if folder.partition("/")[0] in former.kept}


def _noted(
    place: PublishContext,
    due: StaleOutput,
    names: Mapping[str, tuple[str, ...]],
    former: Mapping[str, SideFiles],
    inodes: Mapping[str, int],
) -> Iterator[tuple[str, SideFiles]]:
    """Yield how the files beside each plan's page lie. Of others than were made, or were found, it isn't known."""
    anew = {one.task.folder for one in due.plans if one.files}
    for task in due.tasks:
        folder, known = task.folder, former.get(task.folder)
        if known and folder not in anew and signature_of(f"{place.output}/{folder}") == known.folder_signature:
            yield folder, known
            continue
        found = output.record_side_files(place.output, folder, task.files_key, names[folder], inodes)
        is_ours = folder in anew or (known is not None and found.files_signature == known.files_signature)
        yield folder, found if is_ours else SideFiles(task.files_key, names[folder], None, None)
