"""What an author may have meant by a text, compared with Markdown's result: reported only where they differ."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

from insyn.checks.text.checking import check_text
from insyn.markdown.article import Setting
from insyn.markdown.inline import render_inline
from insyn.markdown.render import parse
from insyn.problems import Found, Problem
from insyn.reading.characters import plain_markdown
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_markdown, read_yaml
from insyn.reading.key_kinds import ChoiceKey, DayKey, Keys, TextKey, TextsKey, YesNoKey
from insyn.reading.sources import listing_of, original_of
from insyn.texts import Texts
from tests.guide import LOOKUP, START
from tests.site import PLAN, TestSite

PROJECT = Path(__file__).parent.parent
YEAR = 2026


def found(text: str, year: int = YEAR) -> list[Problem]:
    return list(check_text(parse(plain_markdown(text)), Setting("plan.md", 1, 3), year))


def kinds(text: str, year: int = YEAR) -> list[tuple[str, int]]:
    """Return the problems of a text: the hint, or the code if there is none, and the line."""
    return [(one.hint or one.code, one.place.line) for one in found(text, year)]


# --- What is told ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("▪ unga\n▪ äldre", [("list-as-text", 1)]),
        ("o\tunga\no\täldre", [("list-as-text", 1)]),
        ("(a) unga\n(b) äldre", [("list-as-text", 1)]),
        ("1.Unga\n2.Äldre", [("list-as-text", 1)]),
        ("Vi ska:\n\n•\u00a0unga\n\n•\u00a0äldre\n\nSlut.", [("list-as-text", 3)]),
        ("Vi ska stödja\n- unga\n• äldre", [("list-as-text", 3)]),
        ("– Ja, sa hon.\n– Nej, sa han.", [("list-as-text", 1)]),
        ("1. Ett.\n3. Tre.", [("number-changed", 2)]),
        (">= 75 procent", [("sign-lost", 1)]),
        ("- 150 000 kronor", [("sign-lost", 1)]),
        ("####### Mål", [("shown-heading", 1)]),
        ("\u00a0#Mål", [("shown-heading", 1)]),
        ("6 Mål och målkarta\n\nMål.", [("heading-numbered", 1)]),
        ("**A. Förbundet ger stöd.**\n\nSå här.", [("heading-numbered", 1)]),
        ("Individinriktade insatser:\n\nDe riktar sig till unga.", [("heading-bare", 1)]),
        ("# 1. Mål\n\n## Delmål\n\n# 2. Pengar\n\nText.", [("chapter-empty", 3)]),
        ("# Mål 2024 och 2025\n\nMål.", [("heading-year", 1)]),
        ("Inför 2025 planerar förbundet en kurs.", [("text-year", 1)]),
        ("Text.\n\n    indragen", [("text-as-code", 3)]),
        ("- punkt\n\n  ~~~\n  kod", [("fence-open", 3)]),
        ("Åby den 2 maj\nAnna Ek\nOrdförande", [("lines-joined", 1)]),
        ("Text.\n\n- 3 -\n\nText.", [("sign-lost", 3)]),
        ("Text.\n\n3/12\n\nText.", [("remnant-number", 3)]),
        ("[a](<https://x.se/b c> och mer", [("shown-link", 1)]),
        ("__a __ är viktigt", [("shown-underscore", 1)]),
        ("Närvaron** är god.", [("shown-bold", 1)]),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 | 5 |", [("cells-lost", 4)]),
        ("A | B\n--- | ---\n1 | 2 | 3", [("cells-lost", 3)]),
        ("| A | B |\n| --- | --- |\n| 1 | `a|b` |", [("cells-lost", 3)]),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |\nOch så\nvidare.", [("text-in-table", 4)]),
        ("Ett\tTvå\tTre", [("tabs-as-table", 1)]),
        ("Text\u202eomvänd.", [("character-direction", 1)]),
        ("För\u200bbundet.", [("character-zero-width", 1)]),
        ("För\u200dbundet.", [("character-zero-width", 1)]),
        ("Rad ett\x0brad två.", [("character-break", 1)]),
        ("\x93Citat\x94", [("character-quote", 1)]),
    ],
)  # fmt: skip
def test_what_became_something_else_is_told_at_its_line(text: str, told: list[tuple[str, int]]) -> None:
    assert kinds(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "- unga\n- äldre\n  - under 80\n  - över 80",
        "1. Ansök.\n2. Vänta.\n\nDärefter:\n\n3. Få besked.",
        "1. a\n1. b\n1. c",
        "9. a\n10. b\n11. c",
        "Målet (delmål 1.2) gäller 16–64 år, 75 procent, 5 * 3 och 2 000 kr.",
        "– Det är bra, säger ordföranden.",
        "Styrelsen ska\n\n- besluta\n- följa upp.",
        "Medlemmarna är:\n\nkommunerna i länet.",
        "Åby den 28 november 2025\n\nUnderskrifter finns hos förbundet.",
        "| År | Antal |\n| --- | ---: |\n| 2024 | 3 | |\n| 2025 | 3 \\| 4 |",
        "Tabell: Deltagare per år\n\n| År | Antal |\n| --- | ---: |\n| 2024 | 3 |",
        "Se [så] och [protokollet](<https://exempel.se/Protokoll mars.pdf>) och [a][b].\n\n[b]: https://exempel.se",
        "Läs mer (https://exempel.se/a_b) hos info@exempel.se, www.exempel.se/sida2 eller `[a] (b)`.",
        "Snedstreck \\*\\*så\\*\\*, \\[a\\](b c) och \\~\\~ord\\~\\~.",
        "\\* Andelen som svarar 4 eller 5.",
        "\\> 75 procent är målet.",
        "> ”2024 var ett bra år”, säger ordföranden.",
        "Anna Ek\\\nOrdförande\\\nÅby kommun",
        "Ord[^1] och ord[^lagen].\n\n[^1]: Ett.\n\n[^lagen]: Lagen (2003:1210).",
        "KAA\n: Kommunens aktivitetsansvar",
        "Rubrik\n======\n\nText.",
        "Mål\n---\n\nText.",
        "# 2. Uppföljning av 2024\n\nText.",
        "# Budget 2025–2027\n\nText.",
        "# Planering inför 2027\n\nText.",
        "Enligt lagen (2003:1210).\n\n# Lagen (2003:1210)\n\nText.",
        "Under 2025 startade förbundet en kurs.",
        "~~~\n• kod\n#Kod\n~~~",
        "region- och\nkommunstyrelser samt mål-\noch medel",
        "En mening\nsom är radbruten\nför hand.",
        "Emoji 👩‍🔧, samman\u00adsatt, 1\u00a0500 kr och 10\u2011åringar.",
        "-\u00a0unga\n-\u00a0äldre",
        "#\u00a0Mål\n\nText.",
        "Ett stycke.\n\u00a0\nEtt till.",
        "",
    ],
)
def test_nothing_is_told_of_what_is_as_its_author_meant(text: str) -> None:
    assert kinds(text) == []


def test_a_fault_that_follows_from_another_is_not_told() -> None:
    assert kinds("- Insats\t2025\t2026\n- Kurs\t1\t2\n1.1 Mål\t3\t4") == [("tabs-as-table", 1)]
    assert kinds("1. Mål\n\n- punkt\n- punkt") == [("heading-numbered", 1)]


def test_each_kind_of_html_is_told_once_with_all_its_lines() -> None:
    told = found("<p>Ett<br>två</p>\n\nTre<br>fyra\n\n• fem")
    assert [(one.hint, one.place.line, one.place.column, dict(one.values).get("lines")) for one in told] == [
        ("html-paragraph", 1, 1, "1"),
        ("html-break", 1, 7, "1, 3"),
        ("", 5, 1, None),
    ]


def test_the_words_that_are_lost_are_named() -> None:
    [told] = found("| A |\n| --- |\n| 1 | två | **tre** |")
    assert dict(told.values) == {"lost": "två | **tre**"}


def test_a_text_page_has_no_year_that_its_headings_could_be_older_than() -> None:
    assert kinds("# Planer 2019\n\nUnder 2019 kommer kursen.", year=0) == []


# --- What is read as it was meant -----------------------------------------------------------------------------------


class Written(Keys):
    """Names of the kinds that are tested here."""

    block = "prov"
    title = TextKey("titel", "", "")
    status = YesNoKey("status", "", "")
    short = TextsKey("kort", "", "")
    day = DayKey("dag", "", "")
    listed = TextsKey("lista", "", "")
    word = TextKey("ord", "", "")
    chosen = ChoiceKey("titel", "", "", words={"region norr": 1})


def header(text: str) -> Fields:
    problems = Found()
    divided = read_markdown(f"---\n{text}\n---\n", "plan.md", problems)
    assert problems.problems == []
    assert divided
    return Fields(divided.header, problems, Written)


@pytest.mark.parametrize(
    "text",
    [
        "titel:\u00a0Plan\nstatus: ja",
        "\u00a0titel: Plan\n\u00a0status: ja",
        "{titel:\u00a0Plan, status:\u00a0\u00a0ja}",
    ],
)
def test_hard_spaces_that_only_part_are_read_as_spaces(text: str) -> None:
    fields = header(text)
    assert (fields.text(Written.title), fields.yes(Written.status)) == ("Plan", True)


def test_hard_spaces_in_a_text_stay_and_do_not_make_it_another() -> None:
    fields = header("titel: Region\u00a0Norr\nkort: [10\u00a0§, två]")
    assert fields.text(Written.title) == "Region\u00a0Norr"
    assert fields.choice(Written.chosen) == 1


@pytest.mark.parametrize("day", ["2025\u201110\u201120", "2025–10–20", "2025\u221210\u221220", "”2025-10-20”"])
def test_a_day_is_read_whichever_dash_it_has(day: str) -> None:
    assert str(header(f"dag: {day}").day(Written.day)) == "2025-10-20"


@pytest.mark.parametrize("nothing", ["null", "Null", "NULL", "~"])
def test_what_programs_write_for_nothing_is_nothing(nothing: str) -> None:
    fields = header(f'titel: {nothing}\nlista: [a, {nothing}]\nord: "null"')
    assert fields.text(Written.title) is None
    assert fields.texts(Written.listed) == ("a",)
    assert fields.text(Written.word) == "null"


def test_lines_from_git_stop_settings_too() -> None:
    problems = Found()
    assert read_yaml("namn: A\n<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> b\n", "webbplats.yaml", problems) is None
    assert [(one.code, one.place.line) for one in problems.problems] == [("merge-conflict", 2)]


def test_equals_signs_alone_are_no_conflict() -> None:
    problems = Found()
    assert read_markdown("---\na: b\n---\nRubrik\n=======\n", "plan.md", problems)
    assert problems.problems == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Skriv till info@norr.se.", 'Skriv till <a href="mailto:info@norr.se">info@norr.se</a>.'),
        ("Se www.norr.se/a, nu", 'Se <a href="https://www.norr.se/a">www.norr.se/a</a>, nu'),
        ("(https://norr.se/a_b/)", '(<a href="https://norr.se/a_b/">https://norr.se/a_b/</a>)'),
        ("**Sammans.se** och plan.md", "<strong>Sammans.se</strong> och plan.md"),
        ("[info@norr.se](#a)", '<a href="#a">info@norr.se</a>'),
        ("`www.norr.se`", "<code>www.norr.se</code>"),
        ("//norr.se ftp://norr.se bl.a.", "//norr.se ftp://norr.se bl.a."),
    ],
)
def test_bare_addresses_become_links_and_names_do_not(text: str, html: str) -> None:
    assert render_inline(text) == html


# --- Files beside the plans -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("plan (Annas dator).md", "plan.md"), ("plan (1).md", "plan.md"), ("plan - Kopia.md", "plan.md"),
        ("plan - Copy (2).md", "plan.md"), ("plan.md.orig", "plan.md"), ("plan.md~", "plan.md"),
        ("plan~HEAD.md", "plan.md"), ("plan.sync-conflict-20260101-120000-ABC.md", "plan.md"),
        ("webbplats (Annas dators konflikt).yaml", "webbplats.yaml"), ("2025-11-28.md", None), ("forbund.md", None),
        ("intresse-konflikter.md", None), ("hard-copy.md", None), ("budget.xlsx", None),
    ],
)  # fmt: skip
def test_a_copy_is_known_by_its_name(name: str, original: str | None) -> None:
    assert original_of(name) == original


def test_a_copy_is_neither_page_nor_version() -> None:
    listing = listing_of({"sidor/om (1).md": "", "norr/2026/versioner/forslag - Kopia.md": "", "norr/2026/plan.md": ""})
    assert [file.path for file in (*listing.pages, *listing.plans)] == ["norr/2026/plan.md"]
    assert len(listing.strays) == 2


def test_what_systems_leave_is_not_told_of(site: TestSite) -> None:
    site.write_plan()
    for name in ("desktop.ini", "Thumbs.db", ".DS_Store", "~$plan.md", ".plan.md.swp"):
        site.write(f"norr/2025/{name}", "")
    assert site.found() == ()


def test_a_copy_is_told_once_with_the_file_that_it_copies(site: TestSite) -> None:
    site.write_plan()
    site.write("norr/2025/plan (Annas dator).md", PLAN)
    assert [(one.code, dict(one.values)) for one in site.found()] == [
        ("stray-copy", {"original": "content/norr/2025/plan.md"})
    ]


# --- Good texts, and the same pasted raw ----------------------------------------------------------------------------


def good_texts() -> Iterator[tuple[str, str, int]]:
    """Yield the text of every plan, förbund and page that is right, with its name and year."""
    for folder in ("content", "tests/sites"):
        for file in sorted((PROJECT / folder).rglob("*.md")):
            body = file.read_text("utf-8").split("\n---\n", 1)[-1]
            year = next((int(part) for part in file.parts if re.fullmatch(r"\d{4}", part)), 0)
            yield file.relative_to(PROJECT).as_posix(), body, year
    for file in (START, LOOKUP):
        blocks = re.findall(r"^```markdown.*\n((?:.*\n)*?)```$", file.read_text("utf-8"), re.MULTILINE)
        yield from (
            (f"{file.stem} {number}", block.split("\n---\n", 1)[-1], YEAR) for number, block in enumerate(blocks)
        )


def test_nothing_is_told_of_any_good_text() -> None:
    texts = list(good_texts())
    assert len(texts) > 30
    assert {name: kinds(body, year) for name, body, year in texts if kinds(body, year)} == {}


RAW = {
    "000-hoglandet-2024": ((14, 14), (3, 3), (2, 2)),
    "001-sodra-vatterbygden-2022": ((2, 2), (0, 0), (2, 2)),
    "002-finnveden-2014": ((13, 13), (0, 0), (3, 3)),
    "003-sodra-lappland-2024": ((18, 18), (4, 4), (3, 3)),
    "004-sunnerbo-2021": ((41, 41), (0, 0), (2, 2)),
}
"""Number of headings, lists and tables that each source text loses when it is pasted raw, and of those reported."""


@pytest.mark.parametrize("name", RAW)
def test_every_heading_list_and_table_that_a_raw_text_loses_is_told(source_plans: Path, name: str) -> None:
    raw = re.sub(r"<[^>\n]*>", "", (source_plans / f"{name}.txt").read_text("utf-8"))
    folder, year = name[4:-5], int(name[-4:])
    lines = raw.split("\n")
    told = [(one.code, one.place.line - 1) for one in found(raw, year)]
    headings = headings_lost(raw, (PROJECT / "content" / folder / str(year) / "plan.md").read_text("utf-8"))
    counted = (
        (len(headings), sum(1 for rows in headings if rows & told_rows(told, "heading-as-text"))),
        counted_in(points_lost(lines), told_rows(told, "list-as-text", "footnote-as-text")),
        counted_in(tables_lost(lines), told_rows(told, "tabs-as-table")),
    )
    assert counted == RAW[name]


def told_rows(told: list[tuple[str, int]], *codes: str) -> set[int]:
    return {row for code, row in told if code in codes}


def counted_in(runs: list[set[int]], rows: set[int]) -> tuple[int, int]:
    return len(runs), sum(1 for run in runs if run & rows)


def headings_lost(raw: str, good: str) -> list[set[int]]:
    """Return the lines of the plan's headings that occur in the raw text but aren't headings there."""
    made = {token.map[0] for token in parse(raw).tokens if token.type == "heading_open" and token.map}
    names = [bare(line) for line in good.split("\n") if re.match("#{1,6} ", line)]
    rows = [{row for row, line in enumerate(raw.split("\n")) if bare(line) == name} for name in names]
    lettered = [{row} for row, line in enumerate(raw.split("\n")) if re.match(r"\*\*[A-Z]\. ", line)]
    return [found for found in (*rows, *lettered) if found and not found & made]


def bare(line: str) -> str:
    return re.sub(r"[\W_]+", "", line.lower())


def points_lost(lines: list[str]) -> list[set[int]]:
    """Return the lines of lists whose items have no space, or that come from a note's asterisk."""
    written = ((row, line) for row, line in enumerate(lines) if line.strip())
    return runs_of(written, lambda line: bool(re.match(r"-[A-ZÅÄÖ][^\t]*$|\* ", line)))


def tables_lost(lines: list[str]) -> list[set[int]]:
    return runs_of(enumerate(lines), lambda line: "\t" in line)


def runs_of(lines: Iterable[tuple[int, str]], is_part: Callable[[str], bool]) -> list[set[int]]:
    groups = groupby(lines, lambda one: is_part(one[1]))
    return [{row for row, _ in rows} for is_run, rows in groups if is_run]


@pytest.mark.parametrize("name", ["000-hoglandet-2024", "002-finnveden-2014", "003-sodra-lappland-2024"])
def test_a_raw_text_under_good_front_matter_is_warned_of(
    site: TestSite, texts: Texts, source_plans: Path, name: str
) -> None:
    raw = re.sub(r"<[^>\n]*>", "", (source_plans / f"{name}.txt").read_text("utf-8"))
    front = re.split(r"^ *# 1\. Uppdrag$", PLAN, flags=re.MULTILINE)[0]
    site.write_plan(front)
    file = site.content / "norr/2025/plan.md"
    file.write_text(file.read_text("utf-8") + raw, "utf-8")
    told = {texts.problems[one.code].name for one in site.found()}
    assert {"rubrik-som-text", "tabell-med-tabbar"} <= told
    assert not [one for one in site.found() if texts.is_error(one)]


# --- However long it is ---------------------------------------------------------------------------------------------

LONG = (
    "`", "**a ", "*a ", "• a\n", "– a\n\n", "a\tb\tc\n", "1. A\n\n", "1. A\n", "A .... 3\n\n", "| a | b |\n", ". ",
    ".", "a", "ab1", "[^a b]", "](", "{#", "~~a ", "\u00a0", "\u200d", "(a) ", "Anna\n", "a-\n", "under 2025 ", "] ",
    "- a\n\n* b\n\n", "www.a", "www.a-", "a@", "> 1\n\n", "Innehåll\n\n", "Mål\n\nText är.\n\n",
)  # fmt: skip


@pytest.mark.parametrize("part", LONG)
def test_a_text_twice_as_long_takes_twice_the_time(part: str) -> None:
    one, two = (spent(part * times) for times in (1500, 6000))
    assert two < 12 * one + 0.2


def spent(text: str) -> float:
    parsed = parse(text)
    started = time.process_time()
    for _ in check_text(parsed, Setting("plan.md", 1, 3), YEAR):
        pass
    return time.process_time() - started
