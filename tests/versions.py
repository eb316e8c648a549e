"""Two versions of a plan: the proposal and the decided plan of an invented förbund, and the page that compares them."""

import textwrap
from pathlib import Path

from insyn.build.rendering import make_environment, render
from insyn.differences import Difference
from insyn.disk.materials import read_catalogue
from insyn.model import Plan
from insyn.pages.difference_page import DifferencePaths, difference_page
from insyn.pages.frame import Neighbour, Surroundings
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.reading.plan import read_plan
from insyn.texts import read_texts
from tests.site import TestSite

PROJECT = Path(__file__).parent.parent
VERSIONS = PROJECT / "tests" / "sites" / "versions"
TEXTS = read_texts(read_catalogue())
OWN, OLDER, NEWER = "granbygden/2025/andringar/forslag/", "granbygden/2025/forslag/", "granbygden/2025/"
SETTINGS = """
    schema: finsam-webbplats/1
    namn: Provplatsen
    beskrivning: En plats för prov.
    förbund: [granbygden]
"""


def written(name: str, *changes: tuple[str, str]) -> str:
    """Return "forslag" or "plan" as written, with each change replacing a text that must be in it."""
    text = (VERSIONS / f"{name}.md").read_text("utf-8")
    for before, after in changes:
        assert before in text, f"{before!r} isn't in {name}"
        text = text.replace(before, after)
    return text


def read_version(text: str, file: str = "content/granbygden/2025/plan.md") -> Plan:
    """Read a version that must be without faults."""
    found = Found()
    plan = read_plan(textwrap.dedent(text).lstrip("\n"), file, association="granbygden", year=2025, found=found)
    assert plan is not None
    assert found.problems == []
    return plan


def proposal(*changes: tuple[str, str]) -> Plan:
    return read_version(written("forslag", *changes))


def decided(*changes: tuple[str, str]) -> Plan:
    return read_version(written("plan", *changes))


def page_of(
    difference: Difference, older: str = "Förslag 14 oktober 2024", newer: str = "Beslutad 21 november 2024"
) -> str:
    """Render the page by the program's own templates."""
    found = Found()
    text = (VERSIONS / "forbund.md").read_text("utf-8")
    association = read_association(text, "content/granbygden/forbund.md", id="granbygden", found=found)
    assert association
    folder = PROJECT / "templates"
    templates = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.html")}
    surroundings = Surroundings("Provplatsen", None, (Neighbour("Granbygden", "granbygden/"),), (), None, None, None)
    paths = DifferencePaths(OWN, OLDER, NEWER)
    page = difference_page(older, newer, difference, association, surroundings, paths, TEXTS)
    return render(page, make_environment(templates))


def publish(folder: Path) -> TestSite:
    """Build the site of the decided plan, with the proposal kept as an earlier version."""
    site = TestSite(folder)
    (site.content / "norr" / "forbund.md").unlink()
    site.write("webbplats.yaml", SETTINGS)
    site.write("granbygden/forbund.md", (VERSIONS / "forbund.md").read_text("utf-8"))
    site.write("granbygden/2025/versioner/forslag.md", written("forslag"))
    site.write("granbygden/2025/plan.md", written("plan"))
    assert site.build() == 0, site.printed
    return site
