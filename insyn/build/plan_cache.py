"""Fetches what was made of a plan, or makes it again where the store couldn't keep it."""

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from insyn.disk.content import read_texts
from insyn.disk.store import Store
from insyn.model import Association
from insyn.pages.digest import PlanExcerpt
from insyn.reading.sources import SourceFile
from insyn.site.facts import PlanWork, SiteFacts
from insyn.texts import Texts


class PlanCache(Struct, frozen=True, dict=True):
    """What it takes to make a plan's work again."""

    content: Path
    site: SiteFacts
    texts: Texts

    def work(self, file: SourceFile, key: str, store: Store) -> PlanWork:
        """Return what the page of a plan that is to be published is made from. `key` is the plan's own."""
        work = store.get(f"work:{key}")
        if isinstance(work, PlanWork):
            return work
        from insyn.build.examine import examine_plan  # much to import, and seldom needed

        texts, _ = read_texts(self.content, self.content.name, [file])
        source = texts.get(file.path)
        examined = examine_plan(file, source, self.associations.get(file.name), self.texts) if source else None
        if examined is None or examined.work is None:
            raise RuntimeError(f"{file.path} came to a page at first, and not when it was read again")
        return examined.work

    def excerpt(self, file: SourceFile, key: str, store: Store) -> PlanExcerpt:
        """Return what other pages show of a plan."""
        excerpt = store.get(f"excerpt:{key}")
        return excerpt if isinstance(excerpt, PlanExcerpt) else self.work(file, key, store).excerpt

    @cached_property
    def associations(self) -> dict[str, Association]:
        """The förbund by their id."""
        return {association.id: association for association in self.site.surround.associations}
