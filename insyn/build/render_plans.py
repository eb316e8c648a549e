"""Rendering of plans' pages and the files beside them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct

from insyn.build.chart_cache import ChartCache
from insyn.build.plan_cache import PlanCache
from insyn.build.rendering import render
from insyn.build.seams import cached_seams
from insyn.disk.materials import Materials
from insyn.disk.output import Staging
from insyn.disk.output_check import sum_of_files
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
    """A version's page and side files, and their keys."""

    path: str
    file: SourceFile
    key: str
    """The plan's cache key."""
    page_key: str
    files_key: str
    standing: Standing
    version: Version
    pdf: PdfFile | None

    @property
    def folder(self) -> str:
        return self.standing.path


class StalePlan(Struct, frozen=True):
    """A plan with stale outputs."""

    task: PlanTask
    page: bool
    files: bool
    """Whether side files may be stale."""


class RenderedPlan(Struct, frozen=True):
    """What was staged for a plan."""

    folder: str
    examined: int
    """1 if the plan had to be examined, else 0."""
    drawn: int
    names: tuple[str, ...]
    """The names of all side files."""
    written: tuple[str, ...]
    """The names of those that were stale."""
    sum: str
    """The hash of all side files together."""


class PlanRenderer(Struct, frozen=True):
    """Stages plans' pages and side files. Inherited by forked workers."""

    plan_cache: PlanCache
    cache: Path
    chart_cache: ChartCache
    materials: Materials
    paint: Paint
    paint_hash: str
    """The hash of `paint`."""
    environment: Environment
    staging: Staging

    def prepare(self) -> None:
        """Import modules and compile templates, once for all workers that are forked."""
        import zipfile  # noqa: F401

        import insyn.charts.drawing
        import insyn.downloads.plan_workbook  # noqa: F401

        for name in self.materials.templates:
            self.environment.get_template(name)

    def render(self, stale: Sequence[StalePlan]) -> list[RenderedPlan]:
        """Stage a chunk of plans."""
        store = Store(self.cache)
        made = [self._render(one, store) for one in stale]
        store.close()
        return made

    def _render(self, stale: StalePlan, store: Store) -> RenderedPlan:
        with store.owned(stale.task.key, "page"):
            return self._render_owned(stale, store)

    def _render_owned(self, stale: StalePlan, store: Store) -> RenderedPlan:
        task = stale.task
        work, examined = self.plan_cache.work(task.file, task.key, store)
        association = self.plan_cache.associations[task.file.name]
        drawings, drawn = self.draw_all(work, store)
        wide = {id: drawing.wide for id, drawing in drawings.items()}
        rows = work.excerpt.budget_rows, work.excerpt.equity_rows
        origin = origin_of(self.plan_cache.site, task.version, self.plan_cache.texts)
        subject = PlanSubject(task.key, work.plan, association, *rows, work.charts, wide, origin)
        files, written = self._files(subject, task.folder, store, stale=stale.files)
        if stale.page:
            around, texts = surroundings_of(self.plan_cache.site), self.plan_cache.texts
            page = compose_plan(work, association, task.standing, Offered(drawings, files, task.pdf), around, texts)
            parted = cached_seams(store, self.chart_cache.keys.code)
            self.staging.write(task.path, render(page, self.environment, parted=parted).encode())
        whole = sum_of_files((name, one.sha256) for name, one in files.items())
        return RenderedPlan(task.folder, examined, drawn, tuple(files), tuple(written), whole)

    def draw_all(self, work: PlanWork, store: Store) -> tuple[dict[str, Drawing], int]:
        """Return a plan's drawings by chart id, and the number that had to be drawn."""
        return self.chart_cache.drawings(work.charts.charts(), store)

    # --- Files ------------------------------------------------------------------------------------------------------

    def _files(
        self, subject: PlanSubject, folder: str, store: Store, *, stale: bool
    ) -> tuple[Mapping[str, FileFacts], list[str]]:
        """Return name, size and hash of each side file, by name; if they are stale, also the names that were staged."""
        facts: dict[str, FileFacts] = {}
        written: list[str] = []
        keyed = {self._key(group): group for group in file_groups(subject, self.paint, self.plan_cache.texts)}
        cached = store.get_many(keyed)
        for key, group in keyed.items():
            found = cached.get(key)
            group_facts = {file.name: file for file in found} if isinstance(found, tuple) else {}
            missing = (
                []
                if not stale
                else [name for name in group_facts if not self.staging.is_published(folder, group_facts[name])]
            )
            if not group_facts or missing:
                made = group.make()
                group_facts = {name: facts_of(name, body) for name, body in made}
                store.put(key, tuple(group_facts.values()))
                written += self._write(folder, made, group_facts)
            facts |= group_facts
        return facts, written

    def _key(self, group: FileGroup) -> str:
        return self.chart_cache.keys.files(group.name, self.paint_hash, *group.shown)

    def _write(self, folder: str, made: Sequence[tuple[str, bytes]], known: Mapping[str, FileFacts]) -> list[str]:
        """Stage the files whose published content differs; return their names."""
        fresh = [(name, body) for name, body in made if not self.staging.is_published(folder, known[name])]
        for name, body in fresh:
            self.staging.write(f"{folder}{name}", body)
        return [name for name, _ in fresh]
