"""Makes plans' pages and the files beside them: fetches what was made of each plan, draws, renders, stages."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct

from insyn.build.chart_cache import ChartCache
from insyn.build.plan_cache import PlanCache
from insyn.build.rendering import render
from insyn.disk.materials import Materials
from insyn.disk.output import Staging
from insyn.disk.store import Store
from insyn.downloads.chart_files import Paint
from insyn.downloads.files import FileFacts, facts_of
from insyn.downloads.plan_files import FileGroup, PlanSubject, file_groups
from insyn.pages.drawn import Drawing
from insyn.pages.plan_page import Offered, PdfFile, Standing
from insyn.reading.sources import SourceFile
from insyn.site.facts import PlanWork
from insyn.site.layout import surroundings_of
from insyn.site.plans import compose_plan, origin_of
from insyn.versions.arrangement import Version


class PlanTask(Struct, frozen=True):
    """A plan's page, and the files beside it, to be made."""

    path: str
    file: SourceFile
    key: str
    """Of what was made of the plan alone."""
    page_key: str
    files_key: str
    standing: Standing
    version: Version
    pdf: PdfFile | None

    @property
    def folder(self) -> str:
        return self.standing.path


class PlanDue(Struct, frozen=True):
    """What of a plan is to be made."""

    task: PlanTask
    page: bool
    files: bool
    """Whether the files may be others than those that are published."""


class PlanMade(Struct, frozen=True):
    """What was made of a plan."""

    folder: str
    examined: int
    """1 when the store couldn't keep what had been made of it."""
    drawn: int
    names: tuple[str, ...]
    """Of all files beside its page."""
    written: tuple[str, ...]
    """Of those that weren't published as they are to be."""


class PlanRenderer(Struct, frozen=True):
    """What every plan's page is made with. A forked worker has its own copy."""

    recall: PlanCache
    cache: Path
    drawer: ChartCache
    materials: Materials
    paint: Paint
    look: str
    """The hash of `paint`."""
    environment: Environment
    staging: Staging

    def prepare(self) -> None:
        """Import and compile, before workers are forked, what each of them would otherwise do for itself."""
        import zipfile  # noqa: F401

        import insyn.charts.drawing
        import insyn.downloads.plan_workbook  # noqa: F401

        for name in self.materials.templates:
            self.environment.get_template(name)

    def render(self, due: Sequence[PlanDue]) -> list[PlanMade]:
        """Stage pages and files of some plans; return what was made of each."""
        store = Store(self.cache)
        made = [self._render(one, store) for one in due]
        store.close()
        return made

    def _render(self, due: PlanDue, store: Store) -> PlanMade:
        with store.owned(due.task.key, "page"):
            return self._render_owned(due, store)

    def _render_owned(self, due: PlanDue, store: Store) -> PlanMade:
        task = due.task
        work, examined = self.recall.work(task.file, task.key, store)
        association = self.recall.associations[task.file.name]
        drawings, drawn = self.draw_all(work, store)
        wide = {id: drawing.wide for id, drawing in drawings.items()}
        rows = work.excerpt.budget_rows, work.excerpt.equity_rows
        origin = origin_of(self.recall.site, task.version, self.recall.texts)
        subject = PlanSubject(task.key, work.plan, association, *rows, work.charts, wide, origin)
        files, written = self._files(subject, task.folder, store, due=due.files)
        if due.page:
            around, texts = surroundings_of(self.recall.site), self.recall.texts
            page = compose_plan(work, association, task.standing, Offered(drawings, files, task.pdf), around, texts)
            self.staging.write(task.path, render(page, self.environment).encode())
        return PlanMade(task.folder, examined, drawn, tuple(files), tuple(written))

    def draw_all(self, work: PlanWork, store: Store) -> tuple[dict[str, Drawing], int]:
        """Return a plan's charts as drawings, by id, and how many of them had to be drawn."""
        return self.drawer.drawings(work.charts.charts(), store)

    # --- Files ------------------------------------------------------------------------------------------------------

    def _files(
        self, subject: PlanSubject, folder: str, store: Store, *, due: bool
    ) -> tuple[Mapping[str, FileFacts], list[str]]:
        """Return what is told of each file beside the page; when they are due, also which had to be written."""
        told: dict[str, FileFacts] = {}
        written: list[str] = []
        keyed = {self._key(group): group for group in file_groups(subject, self.paint, self.recall.texts)}
        remembered = store.get_many(keyed)
        for key, group in keyed.items():
            found = remembered.get(key)
            known = {file.name: file for file in found} if isinstance(found, tuple) else {}
            missing = [] if not due else [name for name in known if not self.staging.is_published(folder, known[name])]
            if not known or missing:
                made = group.make()
                known = {name: facts_of(name, body) for name, body in made}
                store.put(key, tuple(known.values()))
                written += self._write(folder, made, known)
            told |= known
        return told, written

    def _key(self, group: FileGroup) -> str:
        return self.drawer.tools.files(group.name, self.look, *group.shown)

    def _write(self, folder: str, made: Sequence[tuple[str, bytes]], known: Mapping[str, FileFacts]) -> list[str]:
        """Stage the files that aren't published as they are to be; return their names."""
        fresh = [(name, body) for name, body in made if not self.staging.is_published(folder, known[name])]
        for name, body in fresh:
            self.staging.write(f"{folder}{name}", body)
        return [name for name, _ in fresh]
