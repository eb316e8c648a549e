"""Shared by tests: sites written as texts or built once in a run, the catalogue of sentences, and a browser."""

import fcntl
import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from insyn.checks import columns
from insyn.disk.materials import read_catalogue
from insyn.parallel import workers
from insyn.texts import Texts, read_texts
from tests.browser import DESKTOP, program
from tests.site import TestSite
from tests.versions import publish as publish_versions

PROJECT = Path(__file__).parent.parent
STRESS, YEARS = (PROJECT / "tests" / "sites" / name for name in ("stress", "years"))
NewPage = Callable[..., Page]
PATIENCE = 20_000
"""Milliseconds that a page may take to reach the expected state, even on a loaded machine."""
Once = Callable[[str, Callable[[Path], object]], Path]

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
(PROJECT / "insyn" / "__pycache__").mkdir(exist_ok=True)
"""Compiled modules and templates are kept, or each of thousands of builds would compile them."""

MEMORY, ENOUGH = Path("/dev/shm"), 4_000_000_000
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
"""Hundreds of thousands of files are written and removed: in memory that takes a third of the time."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
"""In the background a shell makes all ignore Ctrl-C, and so would the programs that tests start and stop by it."""

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add options to rewrite the golden files and the guide's output, for a person to review, and to try more."""
    help = "rewrite tests/golden/ with what pages and drawings are now, and the guide's keys, outputs and problems"
    parser.addoption("--update-golden", action="store_true", help=help)
    help = "compare random edits with a clean build after each of them, and edit ten thousand files at random"
    parser.addoption("--each-step", action="store_true", help=help)


SLOW = ("incremental_equals_clean", "no_page_has_an_accessibility_fault", "every_scenario_is_played")
"""The slowest tests, which start first: otherwise one core waits for another at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(name in item.name for name in SLOW))


def pytest_collection_finish() -> None:
    """Exempt modules and thousands of tests from garbage collection, which took a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def one_core() -> Iterator[None]:
    """Build on one core: other tests use the others, and to fork this large process takes longer than a small build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "available_cores", lambda: 1)
        yield


@pytest.fixture
def site(tmp_path: Path) -> TestSite:
    """An empty project folder with only a förbund: a test writes the rest."""
    return TestSite(tmp_path)


@pytest.fixture
def disk_path() -> Iterator[Path]:
    """A folder on the project's disk: `tmp_path` may be in memory, where times are finer and inodes never reused."""
    beside = PROJECT / ".pytest_cache"
    beside.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=beside) as folder:
        yield Path(folder)


@pytest.fixture
def unlikely_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow plans to have sums that no förbund has, for easy mental arithmetic."""
    monkeypatch.setattr(columns, "LEAST_SUM", 0)
    monkeypatch.setattr(columns, "MOST_SUM", 10**18)


@pytest.fixture(scope="session")
def texts() -> Texts:
    return read_texts(read_catalogue())


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def source_plans() -> Path:
    """The folder of the five source plans, which isn't part of the project."""
    folder = PROJECT.parent / "shared" / "plans"
    if not folder.is_dir():
        pytest.skip("The source plans aren't here: they lie beside the project in ../shared/plans.")
    return folder


# --- Built once in a run --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function for the folder with a name, filled by the first worker to ask. Tests only read it."""
    run = tmp_path_factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run

    def folder_of(name: str, fill: Callable[[Path], object]) -> Path:
        folder = run / f"once-{name}"
        with (run / f"once-{name}.lock").open("a+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.fstat(lock.fileno()).st_size:
                shutil.rmtree(folder, ignore_errors=True)  # left by a worker that failed halfway
                folder.mkdir()
                fill(folder)
                lock.write(b"whole")
        return folder

    return folder_of


@pytest.fixture(scope="session")
def built(once: Once) -> Path:
    """The published pages of the real content."""
    return once("built", lambda folder: publish(folder, PROJECT / "content")) / "output"


@pytest.fixture(scope="session")
def stressed(once: Once) -> Path:
    """Plans that no förbund would write, with everything too long, too many, too large or missing."""
    return once("stress", lambda folder: publish(folder, STRESS)) / "output"


@pytest.fixture(scope="session")
def over_years(once: Once) -> Path:
    """Several förbund over several years, with goals that were followed up."""
    return once("years", lambda folder: publish(folder, YEARS)) / "output"


@pytest.fixture(scope="session")
def revised(once: Once) -> Path:
    """A proposal, the decided plan, and the page of changes."""
    return once("versions", publish_versions) / "output"


def publish(folder: Path, content: Path, *, pdfs: bool = False, search: bool = True) -> None:
    site = TestSite(folder, content=content)
    assert site.build(pdfs=pdfs, search=search) == 0, site.printed


# --- A browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    expect.set_options(timeout=PATIENCE)
    alone = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=alone)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Return a function that opens a page as a new visitor; it is closed when the test ends."""
    contexts = []

    def open_page(*, width: int = DESKTOP, theme: str = "light", first: str = "", **wishes: object) -> Page:
        screen = {"width": width, "height": 800}
        context = chromium.new_context(viewport=screen, color_scheme=theme, locale="sv-SE", **wishes)  # type: ignore[arg-type]
        contexts.append(context)
        if first:
            context.add_init_script(first)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
