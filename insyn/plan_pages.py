"""Makes plans' pages: fetches what was made of each plan, draws the charts that are new, renders, writes aside."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct

from insyn.composition import compose_plan, surroundings_of
from insyn.disk.materials import Materials
from insyn.disk.output import Staging
from insyn.disk.store import Store
from insyn.drawer import Drawer
from insyn.examination import PlanWork
from insyn.pages.drawn import Drawing
from insyn.pages.plan_page import PdfFile, Standing
from insyn.reading.sources import SourceFile
from insyn.recall import Recall
from insyn.rendering import render


class PlanTask(Struct, frozen=True):
    """A plan's page to be made."""

    path: str
    file: SourceFile
    key: str
    """Of what was made of the plan alone."""
    page_key: str
    standing: Standing
    pdf: PdfFile | None


class PlanRenderer(Struct, frozen=True):
    """What every plan's page is made with. A forked worker has its own copy."""

    recall: Recall
    cache: Path
    drawer: Drawer
    materials: Materials
    environment: Environment
    staging: Staging

    def prepare(self) -> None:
        """Import and compile, before workers are forked, what each of them would otherwise do for itself."""
        import insyn.charts.drawing  # noqa: F401

        for name in self.materials.templates:
            self.environment.get_template(name)

    def render(self, tasks: Sequence[PlanTask]) -> list[int]:
        """Write the pages of some plans aside; return for each how many charts were drawn."""
        store = Store(self.cache)
        counts = [self._render(task, store) for task in tasks]
        store.close()
        return counts

    def _render(self, task: PlanTask, store: Store) -> int:
        work = self.recall.work(task.file, task.key, store)
        drawings, drawn = self.draw_all(work, store)
        association = self.recall.associations[task.file.name]
        around, texts = surroundings_of(self.recall.site), self.recall.texts
        page = compose_plan(work, association, task.standing, drawings, around, texts, pdf=task.pdf)
        self.staging.write(task.path, render(page, self.environment).encode())
        return drawn

    def draw_all(self, work: PlanWork, store: Store) -> tuple[dict[str, Drawing], int]:
        """Return a plan's charts as drawings, by id, and how many of them had to be drawn."""
        drawings, drawn = {}, 0
        for chart in work.charts.charts():
            drawings[chart.id], is_new = self.drawer.drawing(chart, store)
            drawn += is_new
        return drawings, drawn
