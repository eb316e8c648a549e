"""Rendering of pages and files that aren't a plan's."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct

from insyn.build.chart_cache import ChartCache
from insyn.build.plan_cache import PlanCache
from insyn.build.rendering import render
from insyn.build.seams import cached_seams
from insyn.charts.chart import Chart
from insyn.disk.content import read_document
from insyn.disk.output import Staging
from insyn.disk.store import Store
from insyn.downloads.files import FileFacts, facts_of
from insyn.model import Plan
from insyn.pages.drawn import Drawn
from insyn.pages.excerpt import PlanExcerpt
from insyn.pages.frame import Document
from insyn.pages.other_files import JoinedFile, Other, PlainFile, Preview
from insyn.reading.sources import SourceFile
from insyn.site.layout import Fetch, OtherPage
from insyn.versions.digest import PlanDigest


class RenderedOthers(Struct, frozen=True):
    """Counts of a chunk of rendered files."""

    files: int
    examined: int
    """Plans examined because of cache misses."""
    drawn: int


class OtherPageRenderer(Struct, frozen=True):
    """Stages pages and files. Inherited by forked workers."""

    pages: Mapping[str, OtherPage]
    """By output file. Their `make` is a closure, which can be inherited by a worker but not pickled."""
    keys: Mapping[str, str]
    """Cache keys by output file."""
    plan_cache: PlanCache
    cache: Path
    sources: Mapping[PlanDigest, tuple[SourceFile, str]]
    """The file and cache key of each published version."""
    chart_cache: ChartCache
    environment: Environment
    fonts: Mapping[str, bytes]
    staging: Staging

    def render(self, files: Sequence[str]) -> list[RenderedOthers]:
        """Stage a chunk of files; return their counts."""
        store = Store(self.cache)
        examined: list[str] = []
        drawn: list[str] = []
        fetch = self._fetch(store, examined, drawn)
        for file in files:
            with store.owned(self.keys[file], "page"):
                facts = self._write(file, self.pages[file].make(fetch), store)
                if facts:
                    store.put(f"file:{self.keys[file]}", facts)
        store.close()
        return [RenderedOthers(len(files), len(examined), len(drawn))]

    def _fetch(self, store: Store, examined: list[str], drawn: list[str]) -> Fetch:
        """Return the fetchers that pages are composed with. They append to `examined` and `drawn` on cache misses."""
        excerpts: dict[PlanDigest, PlanExcerpt] = {}

        def excerpt_of(digest: PlanDigest) -> PlanExcerpt:
            if digest not in excerpts:
                file, key = self.sources[digest]
                excerpts[digest], read = self.plan_cache.excerpt(file, key, store)
                examined.extend([file.path] * read)
            return excerpts[digest]

        def plan_of(digest: PlanDigest) -> Plan:
            file, key = self.sources[digest]
            work, read = self.plan_cache.work(file, key, store)
            examined.extend([file.path] * read)
            return work.plan

        def draw(chart: Chart) -> Drawn:
            drawings, new = self.chart_cache.drawings([chart], store)
            drawn.extend([chart.id] * new)
            return Drawn(chart, drawings[chart.id])

        def file_facts(paths: Sequence[str]) -> dict[str, FileFacts]:
            keys = {path: f"file:{self.keys[path]}" for path in paths}
            cached = store.get_many(keys.values())
            for path, key in keys.items():
                if not isinstance(cached.get(key), FileFacts):
                    cached[key] = self.staging.facts(path)
                    store.put(key, cached[key])
            return {path: cached[key] for path, key in keys.items()}

        def document(file: SourceFile) -> bytes:
            return read_document(self.plan_cache.content, self.plan_cache.content.name, file)

        return Fetch(excerpt_of, plan_of, draw, file_facts, document)

    def _write(self, path: str, made: Other, store: Store) -> FileFacts | None:
        """Stage a file; return name, size and hash of one that pages link to."""
        match made:
            case JoinedFile(files=files):
                return self.staging.join(path, files)
            case PlainFile(body=body):
                self.staging.write(path, body)
                return facts_of(path.rpartition("/")[2], body)
        self.staging.write(path, self._body(made, store))
        return None

    def _body(self, made: Document | Preview, store: Store) -> bytes:
        match made:
            case Preview():
                from insyn.charts.measuring import Fonts
                from insyn.charts.preview import draw_preview

                regular, strong = self.fonts["source-sans-3-regular"], self.fonts["source-sans-3-semibold"]
                return draw_preview(made, Fonts(regular, strong))
            case _:
                parted = cached_seams(store, self.chart_cache.keys.code)
                return render(made, self.environment, parted=parted).encode()
