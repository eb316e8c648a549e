"""From what a site shows to its files: finds what isn't published as it is to be, makes that, puts it in place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from insyn.composition import LinkingPage, OtherPage, SitePlan, compose_others, origin_of, standings_of, surroundings_of
from insyn.disk import output
from insyn.disk.beside import Beside
from insyn.disk.inventory import hash_of, signature_of
from insyn.disk.latest import Latest, Output
from insyn.disk.materials import STYLESHEET, Materials
from insyn.disk.output import Staging, file_of
from insyn.disk.store import Store
from insyn.downloads.chart_files import Paint, paint_of
from insyn.downloads.files import FileFacts
from insyn.examination import SiteFacts
from insyn.keys import Tools
from insyn.open_data import Joined, TextFile, compose_data
from insyn.pages.digest import PlanDigest
from insyn.plan_pages import PlanDue, PlanMade, PlanRenderer, PlanTask
from insyn.reading.sources import SourceFile
from insyn.recall import Recall
from insyn.rendering import TEMPLATES, make_environment
from insyn.side_pages import SideRenderer
from insyn.texts import Texts
from insyn.versions import YearPlans
from insyn.workers import spread, will_fork

Progress = Callable[[str, int, int], None]
"""Told which step is under way (a key of the catalogue), and how many of how many are done."""
Other = OtherPage | LinkingPage | TextFile | Joined
PAGE = ".html"


class Workplace(Struct, frozen=True):
    """Where a site's files are made, and with what."""

    content: Path
    output: Path
    cache: Path
    tools: Tools
    texts: Texts
    materials: Materials
    progress: Progress


class Shown(Struct, frozen=True):
    """What a site shows: everything round the plans, and the plans with what each was read from and remembered by."""

    site: SiteFacts
    years: tuple[YearPlans, ...]
    sources: Mapping[PlanDigest, tuple[SourceFile, str]]


class Due(Struct, frozen=True):
    """What isn't as it is to be in the output folder."""

    keys: Mapping[str, str]
    """What each file there is to be made by, but those beside plans' pages."""
    stale: frozenset[str]
    tasks: tuple[PlanTask, ...]
    """Of all plans."""
    plans: tuple[PlanDue, ...]
    others: Mapping[str, Other]
    """What isn't a plan's, by file."""
    paint: Paint


class Published(Struct, frozen=True):
    """What was published, and what was made for it."""

    outputs: Mapping[str, Output]
    beside: Mapping[str, Beside]
    plans: tuple[PlanMade, ...]
    written: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return sum(path.endswith(PAGE) for path in self.outputs)

    @property
    def written_pages(self) -> tuple[str, ...]:
        return tuple(path for path in self.written if path.endswith(PAGE))


def publish(shown: Shown, place: Workplace, former: Latest | None) -> Published:
    """Make the files that aren't as they are to be, and put them in place when all of them are made."""
    due = _find_due(shown, place, former)
    staging = Staging(place.output)
    try:
        for path in sorted(due.stale & place.materials.assets.keys()):
            staging.write(path, place.materials.assets[path])
        made = _make(shown, place, due, staging)
        return _put_in_place(place, due, made, former, staging)
    finally:
        staging.remove()


# --- What is due ----------------------------------------------------------------------------------------------------


def _find_due(shown: Shown, place: Workplace, former: Latest | None) -> Due:
    plans = SitePlan(shown.site, surroundings_of(shown.site), shown.years)
    paint = paint_of(place.materials.assets[STYLESHEET].decode())
    tasks = tuple(_plan_tasks(shown, plans, place, hash_of(repr(paint))))
    pages = tuple(compose_others(plans, place.texts))
    others = {file_of(other.path): other for other in (*pages, *compose_data(plans, pages, place.texts))}
    keys = {path: hash_of(body) for path, body in place.materials.assets.items()}
    keys |= _keys_of(place.tools, others)
    keys |= {task.path: task.page_key for task in tasks}
    outputs, beside = (former.outputs, former.beside) if former else ({}, {})
    stale = frozenset(path for path, key in keys.items() if not _is_published(place.output, path, key, outputs))
    looked_at = (PlanDue(task, task.path in stale, not _are_beside(place.output, task, beside)) for task in tasks)
    return Due(keys, stale, tasks, tuple(one for one in looked_at if one.page or one.files), others, paint)


def _plan_tasks(shown: Shown, plans: SitePlan, place: Workplace, look: str) -> Iterable[PlanTask]:
    """Yield what it takes to make the page of each version of each plan, and the files beside it."""
    around = hash_of(repr(plans.surroundings))
    for version, standing in standings_of(plans, place.texts):
        file, key = shown.sources[version.digest]
        origin = origin_of(plans, version, place.texts)
        files_key = place.tools.plan_files(key, look, repr(origin))
        page_key = place.tools.plan_page(files_key, repr(standing), around)
        yield PlanTask(file_of(version.path), file, key, page_key, files_key, standing, origin)


def _keys_of(tools: Tools, others: Mapping[str, Other]) -> dict[str, str]:
    """Return the key of each file that isn't a plan's. What is made of other files, or tells of them, holds theirs."""
    keys: dict[str, str] = {}
    for path, other in sorted(others.items(), key=lambda item: _order(item[1])):
        match other:
            case TextFile():
                keys[path] = tools.file(*other.parts)
            case Joined():
                keys[path] = tools.file("joined", *(keys[file] for file in other.files))
            case LinkingPage():
                told = (keys[file] for file in other.files)
                keys[path] = tools.page(TEMPLATES.get(other.kind), *other.parts, *told)
            case OtherPage():
                keys[path] = tools.page(TEMPLATES.get(other.kind), *other.parts)
    return keys


def _order(other: Other) -> int:
    return 2 if isinstance(other, LinkingPage) else 1 if isinstance(other, Joined) else 0


def _is_published(folder: Path, path: str, key: str, former: Mapping[str, Output]) -> bool:
    """Whether a file made by this key lies in the output folder, as it was when it was put there."""
    made_by, signature = former.get(path, ("", None))
    return made_by == key and signature is not None and signature_of(f"{folder}/{path}") == signature


def _are_beside(folder: Path, task: PlanTask, former: Mapping[str, Beside]) -> bool:
    """Whether the files beside a plan's page were made by this key, and lie there as they did."""
    files = former.get(task.folder)
    return files is not None and files.key == task.files_key and files.is_intact(f"{folder}/{task.folder}")


# --- Making ---------------------------------------------------------------------------------------------------------


def _make(shown: Shown, place: Workplace, due: Due, staging: Staging) -> tuple[PlanMade, ...]:
    """Write what is due aside: tables, then what is joined of them, plans, and then the pages that tell of files."""
    waiting = sorted(due.stale & due.others.keys())
    if not due.plans and not waiting:
        return ()
    recall = Recall(place.content, shown.site, place.texts)
    environment = make_environment(place.materials.templates, place.materials.compiled)
    counted = _Counted(place.progress, len(due.plans) + len(waiting))
    facts = _Facts(place.cache, due.keys, staging)

    def make(paths: Sequence[str], told: Mapping[str, FileFacts]) -> None:
        renderer = SideRenderer(due.others, told, recall, place.cache, shown.sources, environment, staging)
        for made in spread(renderer.render, paths):
            facts.add(dict(made))
            counted.add(len(made))

    make([path for path in waiting if isinstance(due.others[path], TextFile)], {})
    make([path for path in waiting if isinstance(due.others[path], Joined)], {})
    renderer = PlanRenderer(
        recall, place.cache, place.tools, place.materials, due.paint, hash_of(repr(due.paint)), environment, staging
    )
    if will_fork(due.plans):
        renderer.prepare()
    plans: list[PlanMade] = []
    for made in spread(renderer.render, due.plans):
        plans += made
        counted.add(len(made))
    pages = [path for path in waiting if not isinstance(due.others[path], TextFile | Joined)]
    linking = [page for path in pages if isinstance(page := due.others[path], LinkingPage)]
    make(pages, facts.of(file for page in linking for file in page.files))
    return tuple(plans)


class _Counted:
    """Tells how much is done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0
        self.add(0)

    def add(self, count: int) -> None:
        self.done += count
        self.progress("progress-pages", self.done, self.total)


class _Facts:
    """What is told of tables: of those that were made, and of those that are as they were."""

    def __init__(self, cache: Path, keys: Mapping[str, str], staging: Staging) -> None:
        self.cache, self.keys, self.staging = cache, keys, staging
        self.made: dict[str, FileFacts] = {}

    def add(self, made: Mapping[str, FileFacts]) -> None:
        self.made |= made

    def of(self, files: Iterable[str]) -> dict[str, FileFacts]:
        """Return what is told of some files, and remember it."""
        store = Store(self.cache)
        told = {file: self._of(file, store) for file in dict.fromkeys(files)}
        store.close()
        return told

    def _of(self, file: str, store: Store) -> FileFacts:
        key = f"file:{self.keys[file]}"
        found = self.made.get(file)
        if found is None:
            known = store.get(key)
            if isinstance(known, FileFacts):
                return known
            found = self.staging.facts(file)
        store.put(key, found)
        return found


# --- Publishing -----------------------------------------------------------------------------------------------------


def _put_in_place(
    place: Workplace, due: Due, made: tuple[PlanMade, ...], former: Latest | None, staging: Staging
) -> Published:
    """Move what was made into place, remove what is no longer made, and note what lies there."""
    signatures = former.outputs if former else {}
    outputs = {path: (key, signatures[path][1]) for path, key in due.keys.items() if path not in due.stale}
    before = former.beside if former else {}
    names = {folder: one.names for folder, one in before.items()} | {one.folder: one.names for one in made}
    lines = [output.line_of(task.folder, names[task.folder]) for task in due.tasks]
    beside = [f"{one.folder}{name}" for one in made for name in one.written]
    inodes: dict[str, int] = {}
    if due.stale or beside or output.ours_in(place.output) != {*due.keys, *lines}:
        place.progress("progress-write", len(due.stale), len(due.stale))
        fresh, inodes = output.publish(staging, due.stale, [*outputs, *lines], beside)
        outputs |= {path: (due.keys[path], signature) for path, signature in fresh.items()}
    anew = {one.folder for one in made}
    files = {}
    for task in due.tasks:
        known = before.get(task.folder)
        folder = task.folder
        if known is None or folder in anew or signature_of(f"{place.output}/{folder}") != known.signature:
            found = output.settled(place.output, folder, task.files_key, names[folder], inodes)
            known = found if folder in anew or (known and found.look == known.look) else None
        if known:
            files[folder] = known
    return Published(outputs, files, made, tuple(sorted({*due.stale, *beside})))
