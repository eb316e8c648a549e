"""A copy of Insyn with generated plans, so that both may be edited."""

import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Taken, take
from bench.plans import make_plans
from bench.trash import move_to_trash
from insyn.disk.build_record import cache_folder
from insyn.disk.snapshot import GRAIN

HERE = Path(__file__).resolve().parent.parent
PARTS = ("insyn", "templates", "assets")
WITHOUT_PDF, WITHOUT_SEARCH = "--utan-pdf", "--utan-sök"


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder: `build.py`, the program, plans in `content`, the site in `output`."""

    folder: Path
    pdfs: bool = False
    """Whether builds typeset plans."""

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def forget(self) -> None:
        """Move output and cache to the trash."""
        move_to_trash(self.output)
        move_to_trash(Path(cache_folder(self.output)))

    def build(self, *, search: bool = False) -> Taken:
        """Time a build. Raises Failed when it fails."""
        left_out = (*(() if self.pdfs else (WITHOUT_PDF,)), *(() if search else (WITHOUT_SEARCH,)))
        return self.run("build.py", *left_out)

    def run(self, *arguments: str) -> Taken:
        """Time Python in the project's folder. Raises Failed when it exits with anything but 0."""
        return take([sys.executable, *arguments], self.folder, self.log)

    @property
    def log(self) -> Path:
        """The log of the latest run, outside the folder so that it isn't changed."""
        return self.folder.with_name(f"{self.folder.name}.log")


def make_project(plans: int, folder: Path) -> Project:
    """Copy Insyn to a folder, without bytecode, and generate plans there."""
    for part in PARTS:
        shutil.copytree(HERE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(HERE / "build.py", folder)
    project = Project(folder)
    make_plans(plans, project.content)
    return project


def warm_up(project: Project) -> None:
    """Build until nothing is stale: bytecode compiled, every file older than the clock's grain."""
    for _ in range(3):  # the first build creates folders, which the second records
        wait_for_clock()
        project.build()


def wait_for_clock() -> None:
    """Wait until every file's timestamp is old enough to be relied on."""
    time.sleep(GRAIN / 1e9 + 0.1)
