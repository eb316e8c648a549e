"""Makes what isn't a plan's, pages and tables: fetches what they show of plans, composes, renders, stages them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct

from insyn.build.chart_cache import ChartCache
from insyn.build.plan_cache import PlanCache
from insyn.build.rendering import render
from insyn.charts.chart import Chart
from insyn.disk.output import Staging
from insyn.disk.store import Store
from insyn.downloads.files import FileFacts, facts_of
from insyn.model import Plan
from insyn.pages.digest import PlanExcerpt
from insyn.pages.drawn import Drawn
from insyn.pages.frame import Document
from insyn.pages.other_files import JoinedFile, Other, PlainFile, Preview
from insyn.reading.sources import SourceFile
from insyn.site.layout import Fetch, OtherPage
from insyn.versions.digest import PlanDigest


class SideMade(Struct, frozen=True):
    """How much was made of what isn't a plan's."""

    files: int
    examined: int
    """How many plans the store couldn't keep what had been made of."""
    drawn: int


class SideRenderer(Struct, frozen=True):
    """What the files are made with. A forked worker has its own copy."""

    pages: Mapping[str, OtherPage]
    """By file. They know how they are made, which can't be sent to a worker: it was forked with them."""
    keys: Mapping[str, str]
    """Of all files: what is told of one is remembered by its key."""
    recall: PlanCache
    cache: Path
    sources: Mapping[PlanDigest, tuple[SourceFile, str]]
    """Each published version's file and key."""
    drawer: ChartCache
    environment: Environment
    fonts: Mapping[str, bytes]
    staging: Staging

    def render(self, files: Sequence[str]) -> list[SideMade]:
        """Stage some files; return how much that was."""
        store = Store(self.cache)
        examined: list[str] = []
        drawn: list[str] = []
        fetch = self._fetch(store, examined, drawn)
        for file in files:
            with store.owned(self.keys[file], "page"):
                facts = self._write(file, self.pages[file].make(fetch))
                if facts:
                    store.put(f"file:{self.keys[file]}", facts)
        store.close()
        return [SideMade(len(files), len(examined), len(drawn))]

    def _fetch(self, store: Store, examined: list[str], drawn: list[str]) -> Fetch:
        """Return where pages get what they show. Plans that are examined, and charts drawn, for them are noted."""
        excerpts: dict[PlanDigest, PlanExcerpt] = {}

        def excerpt_of(digest: PlanDigest) -> PlanExcerpt:
            if digest not in excerpts:
                file, key = self.sources[digest]
                excerpts[digest], read = self.recall.excerpt(file, key, store)
                examined.extend([file.path] * read)
            return excerpts[digest]

        def plan_of(digest: PlanDigest) -> Plan:
            file, key = self.sources[digest]
            work, read = self.recall.work(file, key, store)
            examined.extend([file.path] * read)
            return work.plan

        def draw(chart: Chart) -> Drawn:
            drawings, new = self.drawer.drawings([chart], store)
            drawn.extend([chart.id] * new)
            return Drawn(chart, drawings[chart.id])

        def told_of(paths: Sequence[str]) -> dict[str, FileFacts]:
            keys = {path: f"file:{self.keys[path]}" for path in paths}
            known = store.get_many(keys.values())
            for path, key in keys.items():
                if not isinstance(known.get(key), FileFacts):
                    known[key] = self.staging.facts(path)
                    store.put(key, known[key])
            return {path: known[key] for path, key in keys.items()}

        return Fetch(excerpt_of, plan_of, draw, told_of)

    def _write(self, path: str, made: Other) -> FileFacts | None:
        """Stage a file; return what pages tell of it, when it is one that they tell of."""
        match made:
            case JoinedFile(files=files):
                self.staging.join({path: files}, None)
                return self.staging.facts(path)
            case PlainFile(body=body):
                self.staging.write(path, body)
                return facts_of(path.rpartition("/")[2], body)
        self.staging.write(path, self._body(made))
        return None

    def _body(self, made: Document | Preview) -> bytes:
        match made:
            case Preview():
                from insyn.charts.measuring import Fonts
                from insyn.charts.preview import draw_preview

                regular, strong = self.fonts["source-sans-3-regular"], self.fonts["source-sans-3-semibold"]
                return draw_preview(made, Fonts(regular, strong))
            case _:
                return render(made, self.environment).encode()
