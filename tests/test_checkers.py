"""The Nu HTML checker, with its CSS checker, has nothing to say of any page.

It is a Java program that no package for Python brings in a form that can be relied on, so it is used where it is found:
`npm install vnu-jar` in the project's folder or beside it, or its jar named by VNU_JAR.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import served
from tests.site import TestSite

JAR = "node_modules/vnu-jar/build/dist/vnu.jar"
LOCAL_TOO = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
"""A checker that reads addresses turns down those of one's own machine unless it is told not to."""


@pytest.fixture(scope="module")
def checker(project: Path) -> list[str]:
    """The command that starts the checker."""
    java = shutil.which("java")
    places = [os.environ.get("VNU_JAR", ""), project / JAR, project.parent / JAR]
    jar = next((place for place in places if place and Path(place).is_file()), None)
    if java is None or jar is None:
        pytest.skip("The Nu HTML checker isn't here: it takes Java, and npm install vnu-jar.")
    return [java, LOCAL_TOO, "-jar", str(jar)]


def check(checker: list[str], *places: str) -> list[str]:
    said = subprocess.run([*checker, *places], capture_output=True, encoding="utf-8", check=False, timeout=300)
    return said.stderr.splitlines() + said.stdout.splitlines()


def test_the_html_of_every_page_is_without_fault(checker: list[str], built: Path) -> None:
    with served(built) as at:
        assert check(checker, *(at.address + path for path in at.paths)) == []


def test_the_html_of_plans_with_everything_too_much_is_without_fault(
    checker: list[str], project: Path, tmp_path: Path
) -> None:
    site = TestSite(tmp_path, content=project / "tests" / "sites" / "stress")
    assert site.build() == 0, site.printed
    with served(site.output) as at:
        assert check(checker, *(at.address + path for path in at.paths)) == []


def test_the_stylesheet_is_without_fault(checker: list[str], built: Path) -> None:
    assert check(checker, "--css", str(built / "assets" / "insyn.css")) == []
