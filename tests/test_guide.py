"""The staff guide: its steps work as written, and it covers every key and problem.

`--update-golden` rewrites the outputs that the guide shows, and the start of its entry on each problem: the output for
the first case in `cases/problems/`. The text below that is written by hand in the guide, and is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from insyn import vocabulary
from insyn.charts.plan_charts import CHART_IDS
from insyn.problems import Found, Problem
from insyn.reading import keys as table_of_keys
from insyn.reading.frontmatter import read_yaml
from insyn.reading.key_kinds import FrontMatterKey, Keys
from insyn.texts import Severity, Texts
from tests.guide import HANDBOOK, LOOKUP, START, YEAR, Story
from tests.site import TestSite
from tests.test_problems import every_case, write

GRAVITY = {Severity.ERROR: "fel", Severity.WARNING: "varning", Severity.NOTE: "notis"}
CHAPTER = "\n## Alla fel och varningar\n"
ENTRY = re.compile(r"^- \*\*(\S+)\*\* \(.*\n((?:  .*\n)*)", re.MULTILINE)
REFERENCE, ACKNOWLEDGED = re.compile(r" Handboken [^.]+\."), re.compile(r"sett: \[\{kod: .*?\}\]")
"""The lines that lead from a message to the guide, and explain how to keep a warning."""
TOP_KEY = re.compile(r"^([\w-]+):", re.MULTILINE)


@pytest.fixture
def empty(site: TestSite) -> TestSite:
    """A site without any content."""
    for file in site.content.rglob("*.*"):
        file.unlink()
    return site


@pytest.fixture
def started(empty: TestSite, texts: Texts) -> TestSite:
    """The site at the end of "Kom igång"."""
    Story(START, empty, texts).write()
    return empty


# --- Followed as written --------------------------------------------------------------------------------------------


@pytest.fixture
def updates(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--update-golden"))


def hold(document: Path, made: str, *, updates: bool) -> None:
    if updates:
        document.write_text(made, "utf-8")
    assert document.read_text("utf-8") == made


def test_the_first_plan_can_be_written_as_the_guide_says(empty: TestSite, texts: Texts, updates: bool) -> None:
    hold(START, Story(START, empty, texts).live(), updates=updates)


def test_the_year_can_be_followed_step_by_step(started: TestSite, texts: Texts, updates: bool) -> None:
    hold(YEAR, Story(YEAR, started, texts).live(), updates=updates)


def test_the_year_has_twelve_steps_and_lists_them() -> None:
    text = YEAR.read_text("utf-8")
    steps = re.findall(r"^## (\d+\. .+)$", text, re.MULTILINE)
    assert [step.split(".")[0] for step in steps] == [str(number) for number in range(1, 13)]
    assert re.findall(r"^\| \[(.+?)\]", text, re.MULTILINE) == steps


def test_the_content_that_comes_with_the_program_is_emptied_as_the_guide_says(
    empty: TestSite, texts: Texts, project: Path
) -> None:
    rows = re.findall(r"^\| (`.+`) \| (ta bort|behåll).* \|$", START.read_text("utf-8"), re.MULTILINE)
    named = {done: re.findall("`([^`]+)`", " ".join(row for row, one in rows if one == done)) for _, done in rows}
    told = [name for names in named.values() for name in names]
    assert sorted(file.name for file in (project / "content").iterdir()) == sorted(told)
    left = project / "content" / named["ta bort"][0] / "forbund.md"
    empty.write(f"{named['ta bort'][0]}/forbund.md", left.read_text("utf-8"))
    Story(START, empty, texts).write()
    assert "association-unlisted" in {one.code for one in empty.check().problems}


def test_nothing_in_the_smallest_plan_can_be_left_out(empty: TestSite, texts: Texts) -> None:
    """Each key of the first part of the plan that the guide shows is one that must be there."""
    files = dict(re.findall(r"^```\w+ content/(\S+)\n(---\n(?:.*\n)*?|schema(?:.*\n)*?)```$", START.read_text(), re.M))
    plan = files["norr/2026/plan.md"].splitlines()
    for number in range(1, plan.index("budget:")):
        for path, body in files.items():
            empty.write(path, body)
        empty.write("norr/2026/plan.md", "\n".join([*plan[:number], *plan[number + 1 :]]))
        assert any(texts.is_error(one) for one in empty.check().problems), plan[number]


def test_the_accessibility_statement_of_the_guide_is_complete(started: TestSite) -> None:
    (shown,) = re.findall(r"^```yaml\n(tillgänglighet:\n(?:.*\n)*?)```$", LOOKUP.read_text("utf-8"), re.MULTILINE)
    started.edit("webbplats.yaml", "förbund: [norr]\n", f"förbund: [norr]\n{shown}")
    assert started.build() == 0
    assert started.found() == ()
    assert "Samordningsförbundet Norr står bakom den här webbplatsen." in started.text_of("tillganglighet/")


# --- Examples -------------------------------------------------------------------------------------------------------

PLAN_FILE = "norr/2026/plan.md"
BLOCKS = re.findall(r"^```yaml\n((?:.*\n)*?)```$", LOOKUP.read_text("utf-8"), re.MULTILINE)


def keys_of(block: type[Keys]) -> set[str]:
    return {key.name for key in block.fields.values()}


def examples(block: type[Keys]) -> list[str]:
    """Return the examples of front matter that fit in a mapping."""
    top = ((example, set(TOP_KEY.findall(example))) for example in BLOCKS)
    return [example for example, keys in top if keys and keys <= keys_of(block) and "schema" not in keys]


IN_PLAN, IN_BUDGET = examples(table_of_keys.PlanKeys), examples(table_of_keys.BudgetKeys)


@pytest.mark.parametrize("example", [*IN_PLAN, *IN_BUDGET], ids=lambda example: example.partition(":")[0])
def test_an_example_can_stand_in_a_plan(started: TestSite, texts: Texts, example: str) -> None:
    margin = "  " if example in IN_BUDGET else ""
    plan = (started.content / PLAN_FILE).read_text("utf-8")
    for key in TOP_KEY.findall(example):
        plan = re.sub(rf"^{margin}{key}:.*\n(?:{margin} .*\n)*", "", plan, count=1, flags=re.MULTILINE)
    written = "".join(f"{margin}{line}\n" for line in example.splitlines())
    changed = f"budget:\n{written}" if margin else f"{written}budget:\n"
    started.write(PLAN_FILE, plan.replace("budget:\n", changed, 1))
    assert errors(started, texts) == []


def errors(site: TestSite, texts: Texts) -> list[str]:
    return [one.code for one in site.check().problems if texts.is_error(one)]


def test_most_examples_are_tried() -> None:
    assert len(IN_PLAN) + len(IN_BUDGET) >= 12


def test_the_group_of_the_guide_can_stand_in_place_of_its_rows(started: TestSite, texts: Texts) -> None:
    (shown,) = (example for example in BLOCKS if example.startswith("- grupp"))
    rows = re.search(
        r"      - \{namn: Kansli.*\n      - \{namn: Styrelse.*\n", (started.content / PLAN_FILE).read_text()
    )
    assert rows
    started.edit(PLAN_FILE, rows[0], "".join(f"      {line}\n" for line in shown.splitlines()))
    assert errors(started, texts) == []


def test_a_plan_can_be_taken_away_as_the_guide_says(started: TestSite) -> None:
    (shown,) = (example for example in BLOCKS if example.startswith("schema"))
    plan = (started.content / PLAN_FILE).read_text("utf-8")
    started.write("norr/2025/plan.md", re.sub(r"202[5-8]", lambda year: str(int(year[0]) - 1), plan))
    started.write(PLAN_FILE, f"---\n{shown}---\n")
    assert started.build() == 0, started.printed
    assert "Planen lades ut av misstag." in started.text_of("norr/2026/")


# --- Keys and words -------------------------------------------------------------------------------------------------


def test_every_key_is_in_the_guide_and_no_other() -> None:
    """A key stands in a table of the guide, in the column "Nyckel", or in the text as `key` or `{key, …}`."""
    text = LOOKUP.read_text("utf-8")
    keys = {key.name for block in vars(table_of_keys).values() if isinstance(block, type) for key in keys_in(block)}
    assert keys >= {"schema", "per", "belopp", "aktiviteter", "upp_till", "e-post", "även", "eget_kapital", "värde"}
    mentioned = {word for shown in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"[^{},: …]+", shown)}
    tables = re.findall(r"^\| Nyckel \|.*\n\| --- .*\n((?:\|.*\n)+)", text, re.MULTILINE)
    cells = [row.split("|")[1] for table in tables for row in table.splitlines()]
    assert keys - mentioned == set()
    assert {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)} - keys == set()


def keys_in(block: type) -> Iterable[FrontMatterKey]:
    return block.fields.values() if issubclass(block, Keys) else ()


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.UNITS, vocabulary.COLUMN_KINDS, vocabulary.FUNDERS, vocabulary.MEMBER_KINDS, vocabulary.PURPOSES,
        vocabulary.EQUITY_MODELS, vocabulary.SIGN_STYLES, vocabulary.RESULT_ROLES, vocabulary.POSITIONS,
        vocabulary.STATUSES, vocabulary.DOCUMENT_KINDS, vocabulary.GOAL_STATUSES, vocabulary.DIRECTIONS,
        vocabulary.TEXT_ORDERS, vocabulary.CONTROLS, vocabulary.CONFORMANCES, vocabulary.GAP_REASONS,
        vocabulary.CEILING_READINGS, vocabulary.YES_NO, CHART_IDS,
    ],
    ids=lambda words: next(iter(words)),
)  # fmt: skip
def test_every_word_that_may_be_chosen_is_in_the_guide(words: Mapping[str, object]) -> None:
    assert set(words) - set(re.findall(r"`([^`\n]+)`", LOOKUP.read_text("utf-8"))) == set()


def test_every_example_of_a_key_in_the_guide_can_be_read() -> None:
    """As the value of its key; what can't stand there alone has no example."""
    rows = re.findall(r"^\| `([^`]+)`[^|]*\|[^|]*\| `([^|]+)` \|$", LOOKUP.read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 80
    for key, example in rows:
        found = Found()
        read_yaml(f"{key}: {example}", "uppslag.md", found)
        assert not found.problems, f"{key}: {example}"


# --- Problems -------------------------------------------------------------------------------------------------------


def test_the_guide_tells_every_problem_as_it_is_printed(tmp_path: Path, texts: Texts, updates: bool) -> None:
    text = LOOKUP.read_text("utf-8")
    before, heading, chapter = text.partition(CHAPTER)
    made = chapter_of_problems(chapter, printed_examples(tmp_path, texts))
    hold(LOOKUP, f"{before}{heading}{made}", updates=updates)


def printed_examples(folder: Path, texts: Texts) -> dict[str, str]:
    """Return the entry of each problem by its name, in the order of the catalogue."""
    shown: dict[str, Problem] = {}
    for case in every_case():
        code = case.name.partition(":")[0]
        if code not in shown:
            site = TestSite(folder / code)
            write(site, case)
            outcome = site.check_all()
            shown |= {one.code: one for one in (*outcome.problems, *outcome.notes) if one.code == code}
    return {
        wording.name: f"({GRAVITY[wording.severity]}): {in_markdown(told(code, shown.get(code), texts))}"
        for code, wording in texts.problems.items()
    }


def told(code: str, problem: Problem | None, texts: Texts) -> str:
    """Return the fault and the remedy. For a problem that can't have a case, the values are left out."""
    left_out, wording = defaultdict(lambda: "…"), texts.problems[code]
    what = texts.what(problem) if problem else wording.what.format_map(left_out)
    advice = texts.advice(problem) if problem else wording.advice.format_map(left_out)
    return REFERENCE.sub(
        "", ACKNOWLEDGED.sub("varningen under sett", f"{what}{'' if what.endswith('.') else '.'} {advice}")
    )


def in_markdown(text: str) -> str:
    return re.sub(r"([\\*<])", r"\\\1", text.replace("\u00a0", " ")).strip()


def chapter_of_problems(chapter: str, told: Mapping[str, str]) -> str:
    """Return the chapter with the current entry of each problem. A new one is placed as in the catalogue.

    Text written by hand stays: the headings above problems, and the text inserted under each of them.
    """
    groups = [(part[: first_entry(part)], ENTRY.findall(part)) for part in re.split(r"^(?=### )", chapter, flags=re.M)]
    named = {name for _, entries in groups for name, _ in entries}
    for earlier, name in pairwise(told):
        for _, entries in groups:
            names = [one for one, _ in entries]
            if name not in named and earlier in names:
                entries.insert(names.index(earlier) + 1, (name, ""))
    return "\n".join(
        heading + "".join(f"- **{name}** {told[name]}\n{own}" for name, own in entries if name in told)
        for heading, entries in groups
    )


def first_entry(part: str) -> int:
    found = ENTRY.search(part)
    return found.start() if found else len(part.rstrip("\n")) + 1


def test_a_new_problem_gets_its_place_where_the_catalogue_has_it_and_an_old_one_goes() -> None:
    chapter = "\nFörord.\n\n### Filer\n\n- **a** (fel): Gammalt.\n  Mer.\n- **c** (fel): Ur bruk.\n"
    made = chapter_of_problems(chapter, {"a": "(fel): Nytt.", "b": "(notis): Bra.", "d": "(fel): Sist."})
    heading = "\nFörord.\n\n### Filer\n\n"
    assert made == f"{heading}- **a** (fel): Nytt.\n  Mer.\n- **b** (notis): Bra.\n- **d** (fel): Sist.\n"


def test_the_handbook_leads_to_its_three_parts() -> None:
    leads = re.findall(r"\]\(([a-z-]+\.md)\)", HANDBOOK.read_text("utf-8"))
    assert {START.name, YEAR.name, LOOKUP.name} <= set(leads)
