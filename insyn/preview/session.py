"""A preview session: the content as it is now → the site as it can be shown, and every problem.

A file with errors stops nothing but itself: the site is built with that file as it last was without them. What is told
is always told of the files as they are. The pages that someone looks at are made first and shown at once; the rest of
the site follows, unless the next save comes before it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from insyn.build import pipeline
from insyn.build.equipment import Equipment
from insyn.build.pipeline import ExaminedPreview, ExaminedSite, Preflight
from insyn.build.publish import FirstPages, MadePage
from insyn.disk import build_record
from insyn.disk.build_record import BuildInputs, is_tool
from insyn.disk.materials import PROJECT
from insyn.disk.mirror import Mirror, Version
from insyn.disk.snapshot import take_snapshot
from insyn.parallel.workers import Progress
from insyn.problems import Problem
from insyn.texts import Texts

MOST_ROUNDS = 4
"""Times that files with errors are left out before nothing is shown."""
SITE = "webbplats"
"""The folder of the site that is shown."""


class PreviewState(Struct, frozen=True):
    """What is shown after a save."""

    number: int
    """Counts the saves that have been taken in."""
    problems: tuple[Problem, ...]
    """Of the files as they are now."""
    held: Mapping[str, float | None]
    """By file, from the project: when the version that is shown instead was saved; None when none can be."""
    site: ExaminedSite | None
    """What is shown; None when nothing can be."""
    published: ExaminedSite | None
    """The same as it would be published, without drafts."""
    hashes: Mapping[str, str]
    """By file of the content, as it is shown: its hash."""
    keys: Mapping[str, str]
    """By file of the site: the key of what made it."""
    fresh: Mapping[str, MadePage]
    """By file of the site: the pages that are newer than the site's folder, until the rest of the site is made."""
    texts: Texts


class Reader(Struct, frozen=True):
    """Whoever looks at the preview."""

    pages: Callable[[], Collection[str]]
    """Returns the files of the site that are looked at."""
    show: Callable[[PreviewState], None]
    """Called when those pages are made, before the rest of the site is."""
    has_saved: Callable[[], bool]
    """Whether a file has been saved again, so that the rest of the site can wait."""


NOBODY = Reader(tuple, lambda _: None, lambda: False)


class _SavedAgain(Exception):
    """A file was saved before the whole site was made."""


class Session:
    """Builds again and again in one process."""

    def __init__(
        self, content: Path, folder: Path, progress: Progress, reader: Reader = NOBODY, project: Path = PROJECT
    ) -> None:
        """`folder` holds the copy, the site and their cache. It may be an earlier session's. Raises Unreadable."""
        self.content, self.folder, self.reader, self._progress = content, folder, reader, progress
        self.mirror = Mirror(content, folder)
        self._record = build_record.read(self.mirror.folder, self.site_folder)
        known = self._record.inputs.tools if self._record else None
        self._tools = take_snapshot(str(project), is_tool, known)
        """The program as it was when the session began: what runs doesn't change."""
        self._equipment: Equipment | None = None
        self._now: dict[str, Version | None] = {}
        """By path: the file as it is, of those that aren't shown so."""
        self._good: dict[str, Version | None] = {}
        """By path: the version that was shown before, of files that have changed since."""
        self._shown: ExaminedPreview | None = None
        self._fresh: dict[str, MadePage] = {}
        self._number = 0
        self._knows_site = False
        """Whether the record tells how the site is now: not after a build that failed halfway."""
        self._may_wait = False
        """Whether what is being made can wait for the next save: what is looked at has been shown."""
        self._is_behind = False
        """Whether the rest of the site waits."""
        self.with_pdfs = self.with_search = False

    @property
    def site_folder(self) -> Path:
        return self.folder / SITE

    @property
    def equipment(self) -> Equipment:
        """What pages are made with, after the first build."""
        if self._equipment is None:
            raise RuntimeError("nothing has been built")
        return self._equipment

    def take(self, changed: Iterable[str]) -> PreviewState | None:
        """Take in files that may have changed, and build. Raises what a build raises.

        None when none has, or when one was saved again before the whole site was made, which is shown by then.
        """
        fresh, is_behind = self.mirror.take(changed), self._is_behind
        if not fresh and self._number and not is_behind:
            return None
        self._is_behind = False
        for path in fresh:
            self._good.setdefault(path, self.mirror.version(path))
        self._now |= fresh
        for path, version in self._now.items():
            self.mirror.put(path, version)
        told = self._examine()
        shown = told if not told.stopping else self._examine_without(self._files_of(told.stopping))
        self._number += 1
        try:
            if shown is not None:
                self._publish(told, shown)
        except _SavedAgain:
            self._is_behind = True
            return None
        return self._state(told, shown)

    def finish(self) -> None:
        """Write the record, so that the next session begins with what this one made."""
        if self._record is not None:
            build_record.write(self._record, self.mirror.folder, self.site_folder)

    # --- Building ---------------------------------------------------------------------------------------------------

    def _examine(self) -> ExaminedPreview:
        inputs = BuildInputs(self.mirror.snapshot(), self._tools)
        facts = self._shown.published.facts if self._shown else {}
        preflight = Preflight(self._record, inputs, self._equipment, self._knows_site, facts)
        examined = pipeline.examine_preview(
            *(self.mirror.folder, self.site_folder, self._show_progress, preflight),
            pdfs=self.with_pdfs,
            search=self.with_search,
        )
        self._equipment = examined.context.equipment
        return examined

    def _publish(self, told: ExaminedPreview, shown: ExaminedPreview) -> None:
        """Make the site, first of all what someone looks at. Raises _SavedAgain."""

        def show(pages: Mapping[str, MadePage]) -> None:
            self._fresh |= pages
            self._may_wait = True
            self.reader.show(self._state(told, shown))

        knows, self._knows_site = self._knows_site, False
        try:
            made = pipeline.publish_preview(shown, FirstPages(self.reader.pages(), show))
        except _SavedAgain:
            self._knows_site = knows  # nothing is put in place before all of it is made
            raise
        finally:
            self._may_wait = False
        self._record, self._knows_site, self._fresh = pipeline.record_of(made), True, {}

    def _show_progress(self, step: str, done: int, total: int) -> None:
        if self._may_wait and self.reader.has_saved():
            raise _SavedAgain
        self._progress(step, done, total)

    def _examine_without(self, faulty: set[str]) -> ExaminedPreview | None:
        """Examine with faulty files as they were, else with all as they were, else without the faulty ones.

        None when nothing but the latest site, if any, can be shown.
        """
        for back in (faulty & self._good.keys(), self._good.keys() if self._record else set()):
            if back:
                self._put_back(back)
                examined = self._examine()
                if not examined.stopping:
                    return examined
        return None if self._shown else self._examine_leaving_out(faulty)

    def _examine_leaving_out(self, faulty: set[str]) -> ExaminedPreview | None:
        """Examine the first site without faulty files: they have never been without errors."""
        for _ in range(MOST_ROUNDS):
            for path in faulty:
                self._now.setdefault(path, self.mirror.version(path))
                self._good[path] = None
            self._put_back(faulty)
            examined = self._examine()
            if not examined.stopping:
                return examined
            faulty = self._files_of(examined.stopping)
        return None

    def _put_back(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.mirror.put(path, self._good[path])

    def _files_of(self, problems: Iterable[Problem]) -> set[str]:
        return {one.place.file.partition("/")[2] for one in problems}

    def _state(self, told: ExaminedPreview, shown: ExaminedPreview | None) -> PreviewState:
        """Note what is shown, and return it. `shown` is None when it is what it was."""
        self._shown = shown or self._shown
        self._now = {path: version for path, version in self._now.items() if not self.mirror.has(path, version)}
        self._good = {path: version for path, version in self._good.items() if path in self._now}
        outputs = self._record.published.outputs if self._record and self._shown else {}
        name, keys = self.content.name, {path: key for path, (key, _) in outputs.items()}
        return PreviewState(
            number=self._number,
            problems=told.result.problems,
            held={f"{name}/{path}": version[1] if version else None for path, version in self._good.items()},
            site=self._shown.site if self._shown else None,
            published=self._shown.published if self._shown else None,
            hashes=dict(self.mirror.hashes),
            keys=keys | {path: one.key for path, one in self._fresh.items()},
            fresh=dict(self._fresh),
            texts=told.result.texts,
        )
