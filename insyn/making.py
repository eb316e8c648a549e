"""From what a site shows to its files: finds what isn't published as it is to be, makes that, puts it in place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from jinja2 import Environment
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
    look: str
    """The hash of `paint`."""


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
        maker = _Maker(shown, place, due, staging)
        maker.others(TextFile)
        maker.others(Joined)
        made = maker.plans()
        maker.others(OtherPage, LinkingPage)
        return _put_in_place(place, due, made, former, staging)
    finally:
        staging.remove()


# --- What is due ----------------------------------------------------------------------------------------------------


def _find_due(shown: Shown, place: Workplace, former: Latest | None) -> Due:
    plans = SitePlan(shown.site, surroundings_of(shown.site), shown.years)
    paint = paint_of(place.materials.assets[STYLESHEET].decode())
    look = hash_of(repr(paint))
    tasks = tuple(_plan_tasks(shown, plans, place, look))
    pages = tuple(compose_others(plans, place.texts))
    others = {file_of(other.path): other for other in (*pages, *compose_data(plans, pages, place.texts))}
    keys = {path: hash_of(body) for path, body in place.materials.assets.items()}
    keys |= _keys_of(place.tools, others)
    keys |= {task.path: task.page_key for task in tasks}
    outputs, beside = (former.outputs, former.beside) if former else ({}, {})
    stale = frozenset(path for path, key in keys.items() if not _is_published(place.output, path, key, outputs))
    looked_at = (PlanDue(task, task.path in stale, not _are_beside(place.output, task, beside)) for task in tasks)
    return Due(keys, stale, tasks, tuple(one for one in looked_at if one.page or one.files), others, paint, look)


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


class _Maker:
    """Writes what is due aside, and keeps count of it."""

    def __init__(self, shown: Shown, place: Workplace, due: Due, staging: Staging) -> None:
        self.shown, self.place, self.due, self.staging = shown, place, due, staging
        self.waiting = sorted(due.stale & due.others.keys())
        self.told: dict[str, FileFacts] = {}
        """What is told of the files that were made."""
        self.done = 0

    @cached_property
    def recall(self) -> Recall:
        return Recall(self.place.content, self.shown.site, self.place.texts)

    @cached_property
    def environment(self) -> Environment:
        return make_environment(self.place.materials.templates, self.place.materials.compiled)

    def plans(self) -> tuple[PlanMade, ...]:
        """Make plans' pages and the files beside them."""
        place, due = self.place, self.due
        if not due.plans:
            return ()
        renderer = PlanRenderer(
            self.recall, place.cache, place.tools, place.materials, due.paint, due.look, self.environment, self.staging
        )
        if will_fork(due.plans):
            renderer.prepare()
        made: list[PlanMade] = []
        for some in spread(renderer.render, due.plans):
            made += some
            self._count(len(some))
        return tuple(made)

    def others(self, *kinds: type[Other]) -> None:
        """Make what isn't a plan's, of some kinds. What tells of files is made after them."""
        paths = [path for path in self.waiting if isinstance(self.due.others[path], kinds)]
        if not paths:
            return
        place, told = self.place, self._told_in(paths)
        renderer = SideRenderer(
            self.due.others, told, self.recall, place.cache, self.shown.sources, self.environment, self.staging
        )
        for some in spread(renderer.render, paths):
            self.told |= dict(some)
            self._count(len(some))

    def _told_in(self, paths: Sequence[str]) -> dict[str, FileFacts]:
        """Return what is told of the files that some pages link to, also of those that are as they were."""
        linking = (page for path in paths if isinstance(page := self.due.others[path], LinkingPage))
        files = dict.fromkeys(file for page in linking for file in page.files)
        store = Store(self.place.cache)
        told = {file: self._facts(file, store) for file in files}
        store.close()
        return told

    def _facts(self, file: str, store: Store) -> FileFacts:
        key = f"file:{self.due.keys[file]}"
        known = self.told.get(file) or store.get(key)
        found = known if isinstance(known, FileFacts) else self.staging.facts(file)
        if file in self.told or known is None:
            store.put(key, found)
        return found

    def _count(self, some: int) -> None:
        self.done += some
        self.place.progress("progress-pages", self.done, len(self.due.plans) + len(self.waiting))


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
    return Published(
        outputs=outputs,
        beside=dict(_noted(place, due, names, before, inodes)),
        plans=made,
        written=tuple(sorted({*due.stale, *beside})),
    )


def _noted(
    place: Workplace,
    due: Due,
    names: Mapping[str, tuple[str, ...]],
    former: Mapping[str, Beside],
    inodes: Mapping[str, int],
) -> Iterator[tuple[str, Beside]]:
    """Yield how the files beside each plan's page lie; of those with others than were made, or were found, nothing."""
    anew = {one.task.folder for one in due.plans if one.files}
    for task in due.tasks:
        folder, known = task.folder, former.get(task.folder)
        if known and folder not in anew and signature_of(f"{place.output}/{folder}") == known.signature:
            yield folder, known
            continue
        found = output.settled(place.output, folder, task.files_key, names[folder], inodes)
        if folder in anew or (known and found.look == known.look):
            yield folder, found
