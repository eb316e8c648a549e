"""The plan cache: facts, work, excerpt and notices of each plan, in the store."""

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from insyn.build.facts_cache import key_of
from insyn.disk.content import read_texts
from insyn.disk.store import Store
from insyn.model import Association
from insyn.pages.excerpt import PlanExcerpt
from insyn.reading.personal_numbers import is_private
from insyn.reading.sources import SourceFile, SourceText
from insyn.site.facts import Examination, PlanWork, SiteFacts
from insyn.texts import Texts

EXAMINATION = "examination"
"""The store's name for the results that depend on a plan's file alone."""


class PlanCache(Struct, frozen=True, dict=True):
    """Fetches a plan's results from the store, or examines the plan on a miss."""

    content: Path
    site: SiteFacts
    texts: Texts
    drafts: bool = False
    """Whether drafts are composed too."""

    def examine(self, file: SourceFile, source: SourceText, key: str, store: Store) -> Examination:
        """Examine a plan and store the results, unless they hold a personnummer. `key` is the plan's cache key."""
        from insyn.build.examine import examine_plan  # deferred: a build may have no plan to examine

        examined = examine_plan(file, source, self.associations.get(file.name), self.texts, self.drafts)
        if is_private(file.path, examined.facts.problems):
            return examined
        with store.owned(key, EXAMINATION):
            store.put(key_of(key), examined.facts)
            store.put(f"work:{key}", examined.work)
            store.put(f"excerpt:{key}", examined.work.excerpt if examined.work else None)
            store.put(f"notes:{key}", examined.notes)
        return examined

    def examine_again(self, file: SourceFile, key: str, store: Store) -> Examination | None:
        """Read and examine a plan; None if its file isn't UTF-8. Raises Changed."""
        texts, _ = read_texts(self.content, self.content.name, [file])
        source = texts.get(file.path)
        return self.examine(file, source, key, store) if source else None

    def work(self, file: SourceFile, key: str, store: Store) -> tuple[PlanWork, int]:
        """Return a published plan's work, and 1 if the plan had to be examined, else 0."""
        work = store.get(f"work:{key}")
        if isinstance(work, PlanWork):
            return work, 0
        examined = self.examine_again(file, key, store)
        if examined is None or examined.work is None:
            raise RuntimeError(f"{file.path} came to a page at first, and not when it was read again")
        return examined.work, 1

    def excerpt(self, file: SourceFile, key: str, store: Store) -> tuple[PlanExcerpt, int]:
        """Return a published plan's excerpt, and 1 if the plan had to be examined, else 0."""
        excerpt = store.get(f"excerpt:{key}")
        if isinstance(excerpt, PlanExcerpt):
            return excerpt, 0
        work, examined = self.work(file, key, store)
        return work.excerpt, examined

    @cached_property
    def associations(self) -> dict[str, Association]:
        """Förbund by id."""
        return {association.id: association for association in self.site.surround.associations}
