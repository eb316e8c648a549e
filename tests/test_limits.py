"""Time and memory are bounded: no text takes more than proportionate time, and what is too much is refused unparsed."""

import re
import textwrap
import time
from pathlib import Path

import pytest

from insyn import limits
from insyn.build.examine import examine_plan
from insyn.checks.inner_links import Targets, broken_links
from insyn.problems import Found
from insyn.reading.associations import read_association
from insyn.reading.sources import SourceFile, SourceText
from insyn.texts import Texts
from tests.bombs import BOMBS, in_body, in_front, table
from tests.linear import patterns, slow_text
from tests.site import ASSOCIATION, PLAN_FILE, TestSite

PROJECT = Path(__file__).parent.parent
SMALL, LARGE = 600, 2_400
WORST, LEAST = 7, 0.1
"""Times as long on a text four times as long, and the seconds below which that is chance."""
SITE = ("", "norr/", "norr/2025/", "data/", "jamfor/")
EXAMINED = (
    "image-marks", "backtick-fence", "schemes", "setext", "table-rows", "tables", "tabs", "headings", "broken-links",
    "good-links", "footnotes", "footnotes-unused", "footnotes-missing", "phones", "tags-closed", "rows-alike", "keys",
)  # fmt: skip
"""Those that once took more than proportionate time, and their neighbours."""


def examine(text: str, texts: Texts) -> None:
    association = read_association(textwrap.dedent(ASSOCIATION).lstrip(), "forbund.md", id="norr", found=Found())
    file = SourceFile(PLAN_FILE, "", "norr", 2025)
    facts = examine_plan(file, SourceText(f"content/{PLAN_FILE}", text), association, texts).facts
    list(broken_links([("norr/2025/", link) for link in facts.links], Targets(SITE, lambda _: (), lambda _: None)))


def seconds(text: str, texts: Texts) -> float:
    """Return the processor time of examining a plan: of two times, the shorter."""
    times = []
    for _ in range(2):
        began = time.process_time()
        examine(text, texts)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("name", EXAMINED)
def test_time_grows_no_faster_than_the_text(name: str, texts: Texts) -> None:
    long = seconds(BOMBS[name](LARGE), texts)
    assert long < LEAST or long < WORST * seconds(BOMBS[name](SMALL), texts)


def test_no_pattern_takes_more_than_proportionate_time(request: pytest.FixtureRequest) -> None:
    """Tries each of some four hundred on texts that it is likely to be slow on: on all of them by --each-step."""
    budget = float("inf") if request.config.getoption("--each-step") else 0.05
    slow = {name: slow_text(one, is_anchored=is_anchored, budget=budget) for name, one, is_anchored in patterns()}
    assert {name: text for name, text in slow.items() if text} == {}


# --- Beyond the limits ------------------------------------------------------------------------------------------------

TOO_MUCH = {
    "file-limit-bytes": "a" * (limits.FILE_BYTES + 1),
    "file-limit-lines": in_body("a\n" * limits.FILE_LINES),
    "file-limit-line": in_body("a" * (limits.LINE_CHARACTERS + 1)),
    "file-limit-links": in_body("[a](b) [a](b) [a](b)\n\n" * (limits.FILE_LINKS // 2)),
    "file-limit-brackets": in_body(("[" * 100 + "\n\n") * (limits.FILE_BRACKETS // 100)),
    "file-limit-headings": in_body("# a\n\n" * (limits.FILE_HEADINGS + 1)),
    "file-limit-cells": in_body(table(700, 30)),
    "file-limit-columns": in_body(f"{table(1, 100)}\n" + "a\n" * 1_000),
    "file-limit-accents": in_body("e" + "\u0301" * (limits.ACCENTS + 1)),
    "file-limit-values": in_front(
        "\n".join(f"mål{line}: [{'a, ' * 400}]" for line in range(limits.FRONT_VALUES // 400))
    ),
    "file-limit-items": in_front("alias: [" + f"{'a, ' * 1_000}\n  " * (limits.LIST_ITEMS // 1_000) + "a]"),
    "file-limit-paragraph": in_body("samverkan\n" * (limits.PARAGRAPH_CHARACTERS // 10 + 1)),
    "file-limit-marks": in_body("![" * (limits.PARAGRAPH_MARKS + 1)),
}


@pytest.mark.parametrize("hint", TOO_MUCH)
def test_what_is_too_much_is_told_with_its_limit_and_stops_the_build(site: TestSite, hint: str, texts: Texts) -> None:
    site.write_plan()
    (site.content / PLAN_FILE).write_text(TOO_MUCH[hint], "utf-8")
    assert [(one.code, one.hint) for one in site.found()] == [("file-beyond-limit", hint)]
    assert site.build() == 1
    (told,) = site.check().problems[:1]
    assert dict(told.values)["limit"] in texts.advice(told) in site.printed


def test_every_limit_has_its_case(texts: Texts) -> None:
    assert TOO_MUCH.keys() == {hint for hint in texts.hints if hint.startswith("file-limit-")}


@pytest.mark.parametrize("path", ["webbplats.yaml", "norr/forbund.md", "sidor/om.md", "norr/2025/lattlast.md"])
def test_the_limits_are_those_of_every_file(site: TestSite, path: str) -> None:
    site.write_plan()
    file = site.content / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("a" * (limits.FILE_BYTES + 1), "utf-8")
    assert (f"content/{path}", "file-limit-bytes") in [(one.place.file, one.hint) for one in site.found()]


def test_a_large_plan_within_the_limits_is_built(site: TestSite) -> None:
    """With some thousand rows, links and cells, which takes seconds."""
    links = "\n".join(f"- [Plan {number}](../../norr/)" for number in range(1_000))
    site.write_plan()
    Path(site.content / PLAN_FILE).write_text(in_body(f"{links}\n\n{table(1_000, 3)}"), "utf-8")
    assert site.build() == 0, site.printed


def test_the_handbook_has_the_limits_as_they_are() -> None:
    guide = (PROJECT / "docs" / "handbok.md").read_text("utf-8").partition("| får vara högst |")[2]
    told = [int(figure.replace(" ", "")) for figure in re.findall(r"\| ([\d ]+\d)(?: byte)? \|", guide)]
    known = (
        limits.FILE_BYTES,
        limits.FILE_LINES,
        limits.LINE_CHARACTERS,
        limits.FILE_HEADINGS,
        limits.FILE_LINKS,
        limits.TABLE_CELLS,
        limits.LIST_ITEMS,
        limits.TEXT_CHARACTERS,
        limits.HEADING_CHARACTERS,
    )
    assert told == list(known)
    assert limits.LINE_CHARACTERS == limits.PARAGRAPH_CHARACTERS
