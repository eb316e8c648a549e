"""A preview session: the content as it is now → the site as it can be shown, and every problem.

A file with errors stops nothing but itself: the site is built with that file as it last was without them. What is told
is always told of the files as they are.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from insyn.build import pipeline
from insyn.build.equipment import Equipment
from insyn.build.pipeline import ExaminedSite, Preflight, PreviewResult
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
    texts: Texts


class Session:
    """Builds again and again in one process."""

    def __init__(self, content: Path, folder: Path, progress: Progress, project: Path = PROJECT) -> None:
        """`folder` holds the copy, the site and their cache. It may be an earlier session's. Raises Unreadable."""
        self.content, self.folder, self._progress = content, folder, progress
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
        self._shown: PreviewResult | None = None
        self._number = 0
        self._knows_site = False
        """Whether the record tells how the site is now: not after a build that failed halfway."""
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
        """Take in files that may have changed, and build; None when none has. Raises what a build raises."""
        fresh = self.mirror.take(changed)
        if not fresh and self._number:
            return None
        for path in fresh:
            self._good.setdefault(path, self.mirror.version(path))
        self._now |= fresh
        for path, version in self._now.items():
            self.mirror.put(path, version)
        told = self._build()
        shown = told if not told.stopping else self._build_without(self._files_of(told.stopping))
        self._number += 1
        return self._preview(told, shown)

    def finish(self) -> None:
        """Write the record, so that the next session begins with what this one made."""
        if self._record is not None:
            build_record.write(self._record, self.mirror.folder, self.site_folder)

    # --- Building ---------------------------------------------------------------------------------------------------

    def _build(self) -> PreviewResult:
        inputs = BuildInputs(self.mirror.snapshot(), self._tools)
        knows, self._knows_site = self._knows_site, False
        preflight = Preflight(self._record, inputs, equipment=self._equipment, is_alone=knows)
        made = pipeline.preview(
            *(self.mirror.folder, self.site_folder, self._progress, preflight),
            pdfs=self.with_pdfs,
            search=self.with_search,
        )
        self._equipment = made.equipment
        if record := pipeline.record_of(made.result):
            self._record, knows = record, True
        self._knows_site = knows
        return made

    def _build_without(self, faulty: set[str]) -> PreviewResult | None:
        """Build with faulty files as they were, else with all as they were, else without the faulty ones.

        None when nothing but the latest site, if any, can be shown.
        """
        for back in (faulty & self._good.keys(), self._good.keys() if self._record else set()):
            if back:
                self._put_back(back)
                made = self._build()
                if not made.stopping:
                    return made
        return None if self._shown else self._build_leaving_out(faulty)

    def _build_leaving_out(self, faulty: set[str]) -> PreviewResult | None:
        """Build the first site without faulty files: they have never been without errors."""
        for _ in range(MOST_ROUNDS):
            for path in faulty:
                self._now.setdefault(path, self.mirror.version(path))
                self._good[path] = None
            self._put_back(faulty)
            made = self._build()
            if not made.stopping:
                return made
            faulty = self._files_of(made.stopping)
        return None

    def _put_back(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.mirror.put(path, self._good[path])

    def _files_of(self, problems: Iterable[Problem]) -> set[str]:
        return {one.place.file.partition("/")[2] for one in problems}

    def _preview(self, told: PreviewResult, shown: PreviewResult | None) -> PreviewState:
        """Note what is shown, and return it. `shown` is None when it is what it was."""
        self._shown = shown or self._shown
        self._now = {path: version for path, version in self._now.items() if not self.mirror.has(path, version)}
        self._good = {path: version for path, version in self._good.items() if path in self._now}
        name, record = self.content.name, self._record
        return PreviewState(
            number=self._number,
            problems=told.result.problems,
            held={f"{name}/{path}": version[1] if version else None for path, version in self._good.items()},
            site=self._shown.site if self._shown else None,
            published=self._shown.published if self._shown else None,
            hashes=dict(self.mirror.hashes),
            keys={path: key for path, (key, _) in record.published.outputs.items()} if record and self._shown else {},
            texts=told.result.texts,
        )
