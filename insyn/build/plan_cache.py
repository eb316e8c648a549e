"""Fetches what was made of a plan, or makes it again where the store couldn't keep it, and has it kept."""

from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from insyn.build.facts_cache import key_of
from insyn.build.plan_reader import PlanReader
from insyn.build.prefetch import front_sum
from insyn.disk.content import read_texts
from insyn.disk.store import Store
from insyn.model import Association
from insyn.pages.digest import PlanExcerpt
from insyn.reading.sources import SourceFile, SourceText
from insyn.site.facts import Examination, PlanWork, SiteFacts
from insyn.texts import Texts

EXAMINATION = "examination"
"""The part of a plan's results that its file alone decides."""


class PlanCache(Struct, frozen=True, dict=True):
    """What it takes to make a plan's work again."""

    content: Path
    site: SiteFacts
    texts: Texts
    reader: PlanReader = PlanReader()

    def examine(self, file: SourceFile, source: SourceText, key: str, store: Store) -> Examination:
        """Examine a plan, and remember what came of it. `key` is the plan's own."""
        examined = self.reader.examine(file, source, self.associations.get(file.name), self.texts)
        examined = replace(examined, facts=replace(examined.facts, front=front_sum(source.text.encode())))
        with store.owned(key, EXAMINATION):
            store.put(key_of(key), examined.facts)
            store.put(f"work:{key}", examined.work)
            store.put(f"excerpt:{key}", examined.work.excerpt if examined.work else None)
            store.put(f"notes:{key}", examined.notes)
        return examined

    def again(self, file: SourceFile, key: str, store: Store) -> Examination | None:
        """Examine a plan whose file has to be read once more; None when it isn't text."""
        texts, _ = read_texts(self.content, self.content.name, [file])
        source = texts.get(file.path)
        return self.examine(file, source, key, store) if source else None

    def work(self, file: SourceFile, key: str, store: Store) -> tuple[PlanWork, int]:
        """Return what the page of a plan that is to be published is made from, and how many plans were examined."""
        work = store.get(f"work:{key}")
        if isinstance(work, PlanWork):
            return work, 0
        examined = self.again(file, key, store)
        if examined is None or examined.work is None:
            raise RuntimeError(f"{file.path} came to a page at first, and not when it was read again")
        return examined.work, 1

    def excerpt(self, file: SourceFile, key: str, store: Store) -> tuple[PlanExcerpt, int]:
        """Return what other pages show of a plan, and how many plans were examined."""
        excerpt = store.get(f"excerpt:{key}")
        if isinstance(excerpt, PlanExcerpt):
            return excerpt, 0
        work, examined = self.work(file, key, store)
        return work.excerpt, examined

    @cached_property
    def associations(self) -> dict[str, Association]:
        """The förbund by their id."""
        return {association.id: association for association in self.site.surround.associations}
