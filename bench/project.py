"""A copy of Insyn with plans of its own, so that both may be edited."""

import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.aside import put_aside
from bench.measuring import Taken, take
from bench.plans import make_plans
from insyn.disk.build_record import cache_folder
from insyn.disk.snapshot import GRAIN

HERE = Path(__file__).resolve().parent.parent
PARTS = ("insyn", "templates", "assets")
WITHOUT_PDF, WITHOUT_SEARCH = "--utan-pdf", "--utan-sök"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `build.py` and all that it needs, the plans in `content` and the site in `output`."""

    folder: Path
    pdfs: bool = False
    """Whether its builds make plans as PDF too."""

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def forget(self) -> None:
        """Take away all that builds have made."""
        put_aside(self.output)
        put_aside(Path(cache_folder(self.output)))

    def build(self, *, search: bool = False) -> Taken:
        """Build the site, with the search index or without. Raises Failed when the build fails."""
        left_out = (*(() if self.pdfs else (WITHOUT_PDF,)), *(() if search else (WITHOUT_SEARCH,)))
        return self.run("build.py", *left_out)

    def run(self, *arguments: str) -> Taken:
        """Run Python in the project's folder and time it. Raises Failed when it doesn't end well."""
        return take([sys.executable, *arguments], self.folder, self.log)

    @property
    def log(self) -> Path:
        """Where the latest run's words are: beside the folder, so that the folder itself isn't changed."""
        return self.folder.with_name(f"{self.folder.name}.log")


def make_project(plans: int, folder: Path) -> Project:
    """Copy Insyn to a folder, without what Python has compiled, and make so many plans there."""
    for part in PARTS:
        shutil.copytree(HERE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(HERE / "build.py", folder)
    project = Project(folder)
    make_plans(plans, project.content)
    return project


def warm_up(project: Project) -> None:
    """Leave a built site with nothing to do: programs compiled, every file older than the clock's grain."""
    for _ in range(3):  # the first build makes folders, which the second takes note of
        wait_for_clock()
        project.build()


def wait_for_clock() -> None:
    """Wait until every file is so old that its time says whether it has changed."""
    time.sleep(GRAIN / 1e9 + 0.1)
