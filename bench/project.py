"""A copy of Insyn that may be edited, and the sites that it builds."""

import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Taken, take
from bench.plans import make_plans
from insyn.disk.inventory import GRAIN
from insyn.disk.latest import cache_folder

HERE = Path(__file__).resolve().parent.parent
PARTS = ("insyn", "templates", "assets")


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of plans and what is made of them."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def forget(self) -> None:
        """Remove all that builds have made."""
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.rmtree(cache_folder(self.output), ignore_errors=True)

    def arguments(self) -> list[str]:
        return ["--innehåll", str(self.content), "--till", str(self.output)]


@dataclass(frozen=True, slots=True)
class Project:
    """The copy: `build.py` and all that it needs."""

    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def build(self, site: Site) -> Taken:
        """Build a site in a process of its own. Raises Failed when the build fails."""
        return take([sys.executable, "build.py", *site.arguments()], self.folder, self.log)


def copy_project(folder: Path) -> Project:
    """Copy Insyn to a folder, without what Python has compiled."""
    for part in PARTS:
        shutil.copytree(HERE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(HERE / "build.py", folder)
    return Project(folder)


def make_site(plans: int, folder: Path) -> Site:
    """Make a site with so many plans, not yet built."""
    site = Site(folder)
    make_plans(plans, site.content)
    return site


def warm_up(project: Project, site: Site) -> None:
    """Leave a built site with nothing to do: programs compiled, every file older than the clock's grain."""
    wait_for_clock()
    project.build(site)
    wait_for_clock()
    project.build(site)


def wait_for_clock() -> None:
    """Wait until every file is so old that its time says whether it has changed."""
    time.sleep(GRAIN / 1e9 + 0.1)
