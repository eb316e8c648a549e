"""What publishing would change on the public site: which plans, how, and which addresses."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from insyn.build.cache_keys import CacheKeys
from insyn.build.equipment import hash_of_program
from insyn.build.pipeline import ExaminedSite
from insyn.build.plan_cache import PlanCache
from insyn.build.publish import PAGE
from insyn.differences import Difference, compare
from insyn.disk import build_record
from insyn.disk.build_record import BuildRecord, cache_folder
from insyn.disk.output import file_of
from insyn.disk.store import Store
from insyn.model import Plan
from insyn.pages.difference_page import DifferencePaths, difference_page
from insyn.pages.difference_views import DifferencePage
from insyn.preview.session import PreviewState
from insyn.reading.sources import SourceFile, listing_of
from insyn.site.facts import PlanWork
from insyn.texts import Texts

CHANGES = "_visa/andringar/"
"""Where pages of changes stand, each under its plan's own address."""


class PlanChange(Struct, frozen=True):
    """A plan that would be published, changed or taken away."""

    file: str
    """From the content folder."""
    path: str
    """Its address from the site's top; empty when it would have none."""
    kind: str
    """"new", "changed" or "gone"."""
    summary: str = ""
    """How it differs from the published one, in a sentence; empty when that isn't known."""


class SiteChanges(Struct, frozen=True):
    """What publishing would change. Everything is empty before anything has been published."""

    is_published: bool
    plans: tuple[PlanChange, ...] = ()
    others: tuple[str, ...] = ()
    """Other files that differ: settings, förbund, text pages."""
    new_addresses: tuple[str, ...] = ()
    gone_addresses: tuple[str, ...] = ()


class PublicSite(Struct, frozen=True):
    """The published site, as its latest build left it: it is read, and never touched."""

    content: Path
    output: Path
    copy: Path
    """The content as it is previewed."""
    copy_cache: Path

    def changes(self, preview: PreviewState) -> SiteChanges:
        """Compare what is previewed, without drafts, to what is published."""
        record, site = self._record(), preview.published
        if record is None or site is None:
            return SiteChanges(is_published=False)
        before = {path: found for path, (_, found) in record.inputs.content.files.items()}
        paths = {sources[0].path: path for path, sources in _versions(site).items()}
        now = {file.path: file for file, _, facts in site.plans if facts.digest}
        changed = sorted(path for path, file in now.items() if before.get(path) != file.hash)
        plans = [self._change(now[path], paths.get(path, ""), record, preview) for path in changed]
        plans += [PlanChange(path, "", "gone") for path in sorted(self._shown_before(record) - now.keys())]
        pages = {file_of(path) for path in (*_versions(site), *site.others)}
        were = record.published.outputs.keys()
        new, gone = _addresses(pages - were), _addresses(were - pages)
        return SiteChanges(True, tuple(plans), self._others(before, preview), new, gone)

    def page(self, preview: PreviewState, path: str) -> DifferencePage | None:
        """Compose the page of how a plan differs from the published one; None when that isn't known."""
        record, site = self._record(), preview.published
        found = _versions(site).get(path) if site else None
        if record is None or site is None or found is None:
            return None
        older, newer = self._published_plan(found[0], record), self._plan(found, preview)
        association = next((one for one in site.site.surround.associations if one.id == found[0].name), None)
        if older is None or association is None:
            return None
        texts = preview.texts
        names = texts.tell("preview-published"), texts.tell("preview-written")
        paths = DifferencePaths(f"{CHANGES}{path}", path, path)
        return difference_page(*names, compare(older, newer), association, site.layout.surroundings, paths, texts)

    # --- The parts --------------------------------------------------------------------------------------------------

    def _record(self) -> BuildRecord | None:
        return build_record.read(self.content, self.output)

    def _change(self, file: SourceFile, path: str, record: BuildRecord, preview: PreviewState) -> PlanChange:
        older = self._published_plan(file, record)
        if older is None:
            is_new = file.path not in record.inputs.content.files
            return PlanChange(file.path, path, "new" if is_new else "changed")
        found: Difference = compare(older, self._plan((file, self._key(file, preview)), preview))
        return PlanChange(file.path, path, "changed", found.summary(preview.texts))

    def _key(self, file: SourceFile, preview: PreviewState) -> str:
        assert preview.published
        return next(key for one, key, _ in preview.published.plans if one.path == file.path)

    def _plan(self, source: tuple[SourceFile, str], preview: PreviewState) -> Plan:
        assert preview.published
        store = Store(self.copy_cache)
        work, _ = PlanCache(self.copy, preview.published.site, preview.texts).work(*source, store)
        store.close()
        return work.plan

    def _published_plan(self, file: SourceFile, record: BuildRecord) -> Plan | None:
        """Return the plan that was published from a file; None when it is forgotten, or another program did it."""
        files = record.inputs.content.files
        _, found = files.get(file.path, (None, ""))
        _, association = files.get(f"{file.name}/forbund.md", (None, ""))
        keys = CacheKeys(hash_of_program(record.inputs.tools), "", {})
        store = Store(Path(cache_folder(self.output)))
        work = store.get(f"work:{keys.plan(f'{self.content.name}/{file.path}', found, association)}")
        store.close()
        return work.plan if isinstance(work, PlanWork) else None

    def _shown_before(self, record: BuildRecord) -> set[str]:
        """Return the plan files whose year has a published page."""
        published = record.published.outputs
        plans = listing_of({path: found for path, (_, found) in record.inputs.content.files.items()}).plans
        return {file.path for file in plans if file_of(f"{file.name}/{file.year}/") in published}

    def _others(self, before: Mapping[str, str], preview: PreviewState) -> tuple[str, ...]:
        now = preview.hashes
        found = {path for path in (*before, *now) if before.get(path) != now.get(path)}
        return tuple(sorted(path for path in found if path.count("/") < 2))


def _versions(site: ExaminedSite) -> dict[str, tuple[SourceFile, str]]:
    """Return the file and cache key of each version, by its path."""
    return {version.path: site.sources[version.digest] for year in site.years for version in year.versions}


def _addresses(files: set[str]) -> tuple[str, ...]:
    """Return the addresses of pages."""
    return tuple(_iter_addresses(files))


def _iter_addresses(files: set[str]) -> Iterator[str]:
    for file in sorted(files):
        if file.endswith(PAGE):
            yield file.removesuffix("index.html")


def change_texts(change: PlanChange, texts: Texts) -> str:
    """Say what would happen to a plan."""
    return change.summary or texts.tell(f"preview-change-{change.kind}")
