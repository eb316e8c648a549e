"""A newcomer's documents: as short as they promise, true of the code, and without broken links."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

PROJECT = Path(__file__).parent.parent
ARCHITECTURE = PROJECT / "ARCHITECTURE.md"
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("[0-9]*.md"))
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])


def name_of(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


@cache
def tokens(file: Path) -> tuple[Token, ...]:
    parsed = MarkdownIt("commonmark").enable("table").parse(file.read_text("utf-8"))
    return tuple(one for token in parsed for one in (token, *(token.children or ())))


def links(file: Path) -> Iterator[str]:
    """Yield the targets of a document's links and pictures."""
    for token in tokens(file):
        target = token.attrs.get("href") or token.attrs.get("src")
        if target:
            yield unquote(str(target))


@cache
def anchors(file: Path) -> frozenset[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    found = tokens(file)
    headings = (after.content for token, after in pairwise(found) if token.type == "heading_open")
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


# --- README ---------------------------------------------------------------------------------------------------------


def test_the_lines_beside_the_picture_stand_in_the_plan() -> None:
    [shown] = [token.content for token in tokens(PROJECT / "README.md") if token.info == "yaml"]
    assert shown in (PROJECT / "content/sodra-vatterbygden/2022/plan.md").read_text("utf-8")
    assert len([line for line in shown.splitlines() if line]) == 20


def test_pictures_are_small() -> None:
    pictures = list((PROJECT / "docs" / "bilder").iterdir())
    assert pictures
    assert all(picture.suffix == ".webp" and picture.stat().st_size <= 60_000 for picture in pictures)


# --- ARCHITECTURE ---------------------------------------------------------------------------------------------------


def test_architecture_is_short() -> None:
    assert ARCHITECTURE.stat().st_size <= 15_000


def test_every_path_that_architecture_names_is_there() -> None:
    named = set(re.findall(r"`([\w.-]+/[\w./-]+)`", ARCHITECTURE.read_text("utf-8")))
    assert len(named) > 30
    assert {name for name in named if not any((root / name).exists() for root in (PROJECT, PROJECT / "insyn"))} == set()


def test_every_value_that_architecture_names_is_in_the_code() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (PROJECT / "insyn").rglob("*.py"))
    named = set(re.findall(r"`([A-Z]\w+)`", ARCHITECTURE.read_text("utf-8")))
    assert len(named) > 10
    assert {name for name in named if not re.search(rf"^(class )?{name}\b", code, re.MULTILINE)} == set()


def test_architecture_draws_every_package_and_no_other() -> None:
    drawing = ARCHITECTURE.read_text("utf-8").partition("## Packages")[2].partition("Outside:")[0]
    rows = [line for line in drawing.splitlines() if line.startswith("    ")]
    drawn = [name for row in rows for name in re.findall(r"(?:^ {4}[ \d]{4}|   )([a-z]+)  ", row)]
    doors = [
        file.stem for file in (PROJECT / "insyn").iterdir() if file.suffix == ".py" or (file / "__init__.py").exists()
    ]
    assert sorted(drawn) == sorted(set(doors) - {"__init__"})


# --- Decisions and versions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", DECISIONS, ids=name_of)
def test_a_decision_has_a_title_and_a_date_and_stands_in_the_list(file: Path) -> None:
    title, blank, day, *rest = file.read_text("utf-8").splitlines()
    assert title.startswith("# ")
    assert blank == ""
    assert date.fromisoformat(day)
    assert any(rest)
    assert f"[{title.removeprefix('# ')}]({file.name})" in (file.parent / "README.md").read_text("utf-8")


def test_decisions_are_numbered_one_after_another() -> None:
    assert [int(file.name[:4]) for file in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_versions_are_dated_and_the_newest_comes_first() -> None:
    headings = re.findall("^## (.+)$", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    versions = [heading.split(" – ") for heading in headings if heading != "Unreleased"]
    ordered = [(date.fromisoformat(day), tuple(map(int, number.split(".")))) for number, day in versions]
    assert ordered == sorted(ordered, reverse=True)


# --- Links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(file: Path) -> None:
    lost = []
    for link in links(file):
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        if "://" in link:
            continue
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []
