"""Would a Swedish editor strike anything out? Rules for every sentence that the program writes, on every site."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from msgspec import Struct

from insyn.charts.catalogue import charts_of
from insyn.charts.chart import Chart
from insyn.charts.figures import Columns, LevelLine
from insyn.disk.materials import read_catalogue
from insyn.swedish import HARD_SPACE
from insyn.swedish import years as year_span
from insyn.texts import read_texts
from tests.conftest import PROJECT, STRESS, YEARS
from tests.site import read_content

TEXTS = read_texts(read_catalogue())
SITES = {"built": PROJECT / "content", "stressed": STRESS, "over_years": YEARS}
"""Contents, by the fixture of the site that they become."""
OWN = re.compile(
    r'<div class="plan-text".*?</details>|<h3 id="(?:rattelser|avvikelser)">.*?</section>'
    r'|<details class="remarks".*?</details>|<dl class="explanations">.*?</dl>|<p class="hero__subtitle">.*?</p>'
    r'|<(svg|script|table|title)\b.*?</\1>| <span class="keys">.*?(?=</p>)',
    re.DOTALL,
)
"""Text written by people, and anything but running text."""
CHART = re.compile(r'<section class="chart".*?</section>', re.DOTALL)
WRITTEN = re.compile(
    r'<(p|h3) (?:class="(?:chart__(?:summary|subtitle|help)|hero__lead|origin)"[^>]*|id="[^"]*")>(.*?)</\1>'
    r'|<h2 id="sa-stammer-planen">.*?</section>',
    re.DOTALL,
)
"""Titles, sentences under charts, leads and judgements: the program's own running text."""
INLINE = re.compile(r"</?(?:a|span|strong|em|wbr|abbr|sup)\b[^>]*>")
AMOUNT = rf"\d{{1,3}}(?:{HARD_SPACE}\d{{3}})+"
UNIT = r"(?:kronor|krona|procent|miljoner|miljon|mnkr|tkr|kr|%)"

MOST_WORDS = 26
"""An amount with its unit counts as one word, and so does a quotation."""
RULES = {
    "vardera, not var": re.compile(r"kronor var\b(?=\s(?:\d|jämfört))"),
    "an amount has its unit": re.compile(rf"{AMOUNT}(?![{HARD_SPACE}\d,])(?! av {AMOUNT}{HARD_SPACE}kron)"),
    "a unit never stands alone on a line": re.compile(rf"\d {UNIT}(?!\w)"),
    "running text says kronor": re.compile(r"(?<![(\w])(?:kr|tkr|mnkr)\b(?!\))"),
    "a count up to twelve is a word": re.compile(
        r"(?<![\w,–−+])(?<!\d.)(?:[1-9]|1[0-2])\s(?:del)?(?:mål|rad|belopp|kontroll|summ|kommun|förbund|insats|kapitel|tal\b|avvik|rättel)"
    ),
    "one isn't many": re.compile(
        r"(?<![\w,])(?:1|[Ee]n|[Ee]tt)\s(?:kronor|rader|kontroller|insatser|kommuner|summor)\b"
    ),
    "nobody speaks as we": re.compile(r"\b(?:vi|oss|vår|vårt|våra)\b", re.IGNORECASE),
    "single spaces": re.compile(rf"[ {HARD_SPACE}]{{2}}|\s[,.;:](?!\d)"),
    "round quotes": re.compile(r"[\"'“„’]"),
    "no sentence begins with a year": re.compile(r"(?:^|[.:]\s)(?:19|20)\d\d\s(?:och|ber|är|var|väntas)"),
    "no officialese": re.compile(
        r"\b(?:erhåll\w*|avse(?:r|ende|s)|gällande|beträffande|angående|ovanstående|nedanstående|föreligg\w*|samtliga"
        r"|erfordr\w*|respektive|innebär|utgör|så som den var)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip


class Said(Struct, frozen=True):
    """A piece of running text and its page."""

    page: str
    text: str


def running_text(html: str) -> Iterator[str]:
    """Yield the text of each block as read aloud, keeping non-breaking spaces."""
    for block in re.split(r"<[^>]+>", INLINE.sub("", html)):
        text = re.sub(r"[ \n]*\n[ \n]*", " ", unescape(block)).strip()
        if text:
            yield text


def pages(output: Path) -> Iterator[tuple[str, str]]:
    """Yield each page except the accessibility statement, in which the förbund itself speaks."""
    for file in sorted(output.rglob("*.html")):
        if file.parent.name != "tillganglighet":
            yield file.relative_to(output).as_posix(), file.read_text("utf-8")


def written(output: Path) -> Iterator[Said]:
    for name, html in pages(output):
        for part in WRITTEN.finditer(OWN.sub("", html)):
            for text in running_text(part[0]):
                yield Said(name, text)


QUOTED = re.compile(r"”[^”]*”|Förbundets skäl:.*|\(20\d\d:\d+\)")
"""Text from the content itself."""


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("site", SITES)
def test_no_sentence_breaks_a_rule(site: str, rule: str, request: pytest.FixtureRequest) -> None:
    told = list(written(request.getfixturevalue(site)))
    assert len(told) > 150
    assert [one for one in told if RULES[rule].search(QUOTED.sub("”X”", one.text))] == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("vardera, not var", f"348{HARD_SPACE}666{HARD_SPACE}kronor var 2021"),
        ("an amount has its unit", f"två minskar med 22{HARD_SPACE}000."),
        ("a unit never stands alone on a line", "20 procent"),
        ("running text says kronor", f"Taket blir 836,8{HARD_SPACE}tkr."),
        ("a count up to twelve is a word", f"9{HARD_SPACE}kontroller gick att göra"),
        ("one isn't many", "1 kontroller"),
        ("nobody speaks as we", "Vi har lagt ihop planens rader."),
        ("single spaces", "kronor  och"),
        ("round quotes", 'raden "Hyra"'),
        ("no sentence begins with a year", "Så blir det. 2025 och 2026 beräknas de bli lika stora."),
        ("no officialese", "Avser 2024"),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: str, text: str) -> None:
    assert RULES[rule].search(text)


@pytest.mark.parametrize("site", SITES)
def test_no_sentence_is_too_long_to_hear(site: str, request: pytest.FixtureRequest) -> None:
    for said in written(request.getfixturevalue(site)):
        for sentence in re.split(r"(?<=[.!?]) ", QUOTED.sub("X", said.text).replace(HARD_SPACE, "_")):
            assert len(sentence.split(" ")) <= MOST_WORDS, said


@pytest.mark.parametrize("site", SITES)
def test_a_span_of_numbers_never_breaks(site: str, request: pytest.FixtureRequest) -> None:
    breaks = re.compile(r"(?<!\d)\d+–\d+(?!\d|</span>)")
    for name, html in pages(request.getfixturevalue(site)):
        shown = re.sub(r"<(svg|script|title|option)\b.*?</\1>|<[^s/][^>]*>", "", html, flags=re.DOTALL)
        assert not (found := breaks.search(shown)), (name, found)


@pytest.mark.parametrize("site", SITES)
def test_a_chart_says_its_title_and_its_origin_once(site: str, request: pytest.FixtureRequest) -> None:
    for name, html in pages(request.getfixturevalue(site)):
        charts = CHART.findall(html)
        for chart in charts:
            (title,) = re.findall(r"<h3[^>]*>(.*?)</h3>", chart)
            assert re.sub("<svg.*?</svg>", "", chart, flags=re.DOTALL).count(title) == 1, (name, title)
        if charts:
            assert re.search("[Ff]ramtag(?:et|na) (?:av webbplatsen )?ur budget", html.partition('class="chart"')[0]), (
                name
            )
            assert html.count("inte planens. Varje") <= 1
        assert "i tabellen efter diagrammet" not in html


@pytest.mark.parametrize("site", SITES)
def test_a_half_looks_like_one(site: str, request: pytest.FixtureRequest) -> None:
    halves = re.compile(r"betalar hälften av medlemmarnas bidrag: (\S+) av (\S+)")
    for said in written(request.getfixturevalue(site)):
        for part, whole in halves.findall(said.text):
            amounts = [int(re.sub(r"\D", "", number if "," in number else f"{number},")) for number in (part, whole)]
            places = [len(number.partition(",")[2]) if "kron" not in number else 0 for number in (part, whole)]
            numbers = [amount * 10 ** (2 - place) for amount, place in zip(amounts, places, strict=True)]
            assert 2 * numbers[0] == numbers[1], said


@pytest.mark.parametrize("site", SITES)
def test_a_drawing_is_described_by_the_years_that_are_drawn(site: str) -> None:
    associations, plans = read_content(SITES[site])
    for plan in plans:
        for chart in charts_of(plan, associations[plan.association], TEXTS).shown():
            if isinstance(chart, Chart) and isinstance(chart.figure, Columns | LevelLine):
                marks = chart.figure.groups if isinstance(chart.figure, Columns) else chart.figure.points
                drawn = [int(year) for mark in marks for year in re.findall(r"\b(?:19|20)\d\d\b", mark.label)]
                assert chart.description.endswith(f", {year_span(min(drawn), max(drawn))}."), chart.id
