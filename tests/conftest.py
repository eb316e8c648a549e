"""What tests share: a site made from texts, the catalogue of sentences, and a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from insyn.disk.materials import read_catalogue
from insyn.texts import Texts, read_texts
from tests.browser import DESKTOP, program
from tests.site import TestSite
from tests.versions import publish

PROJECT = Path(__file__).parent.parent
NewPage = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the golden files and the guide's tables; a person reads the difference."""
    help = "rewrite tests/golden/ with what pages and drawings are now, and the tables of keys in docs/handbok.md"
    parser.addoption("--update-golden", action="store_true", help=help)


@pytest.fixture
def site(tmp_path: Path) -> TestSite:
    """An empty project folder with a förbund and nothing else: write what the test is about."""
    return TestSite(tmp_path)


@pytest.fixture(scope="session")
def texts() -> Texts:
    return read_texts(read_catalogue())


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def source_plans() -> Path:
    """The folder of the five source plans, which is not a part of the project."""
    folder = PROJECT.parent / "shared" / "plans"
    if not folder.is_dir():
        pytest.skip("The source plans aren't here: they lie beside the project in ../shared/plans.")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once for all tests that only read it."""
    output = tmp_path_factory.mktemp("built") / "output"
    site = TestSite(output.parent, content=PROJECT / "content")
    assert site.build(search=True) == 0, site.printed
    return output


@pytest.fixture(scope="session")
def stressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans that no förbund would write, with everything too long, too many, too large or missing, built once."""
    return _published(tmp_path_factory, "stress")


@pytest.fixture(scope="session")
def over_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several förbund over several years, with goals that were followed up, built once."""
    return _published(tmp_path_factory, "years")


@pytest.fixture(scope="session")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proposal, the decided plan, and the page of what was changed, built once."""
    return publish(tmp_path_factory.mktemp("versions")).output


def _published(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    site = TestSite(tmp_path_factory.mktemp(name), content=PROJECT / "tests" / "sites" / name)
    assert site.build(search=True) == 0, site.printed
    return site.output


# --- A browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    alone = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=alone)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Give out pages of a new visitor's, closed when the test ends."""
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
