"""Makes what isn't a plan's, pages and tables: fetches what they show of plans, composes, renders, writes aside."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment
from msgspec import Struct

from insyn.composition import AsideOf, LinkingPage, OtherPage
from insyn.disk.output import Staging
from insyn.disk.store import Store
from insyn.downloads.files import FileFacts, facts_of
from insyn.open_data import Joined, TextFile
from insyn.pages.digest import PlanAside, PlanDigest
from insyn.pages.views import Document
from insyn.reading.sources import SourceFile
from insyn.recall import Recall
from insyn.rendering import render

Made = tuple[str, FileFacts]
"""A file that was written, and what is told of it."""


class SideRenderer(Struct, frozen=True):
    """What the files are made with. A forked worker has its own copy."""

    pages: Mapping[str, OtherPage | LinkingPage | TextFile | Joined]
    """By file. They know how they are made, which can't be sent to a worker: it was forked with them."""
    facts: Mapping[str, FileFacts]
    """What is told of the files that pages link to."""
    recall: Recall
    cache: Path
    sources: Mapping[PlanDigest, tuple[SourceFile, str]]
    """Each published version's file and key."""
    environment: Environment
    staging: Staging

    def render(self, files: Sequence[str]) -> list[Made]:
        """Write some files aside; return which, and what is told of them."""
        store = Store(self.cache)
        asides: dict[PlanDigest, PlanAside] = {}

        def aside_of(digest: PlanDigest) -> PlanAside:
            if digest not in asides:
                asides[digest] = self.recall.aside(*self.sources[digest], store)
            return asides[digest]

        made: list[Made] = []
        for file in files:
            body = self._body(file, aside_of)
            self.staging.write(file, body)
            made.append((file, facts_of(file.rpartition("/")[2], body)))
        store.close()
        return made

    def _body(self, file: str, aside_of: AsideOf) -> bytes:
        match self.pages[file]:
            case Joined(files=files):
                return self.staging.joined(files)
            case LinkingPage(make=link):
                shown = link(aside_of, self.facts)
            case OtherPage(make=make) | TextFile(make=make):
                shown = make(aside_of)
        return shown.body if isinstance(shown, Document) else render(shown, self.environment).encode()
