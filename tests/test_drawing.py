"""The promises of a drawing: true lengths, words that fit, nothing that the page's policy refuses, the same bytes."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font, LoadFlags

from insyn.charts.drawing import Fonts, draw
from insyn.charts.figures import (
    Bar,
    Bars,
    ColumnGroup,
    Columns,
    DrawingWidth,
    Figure,
    LevelLine,
    Point,
    Series,
    ShareBar,
    Step,
    StepKind,
    Waterfall,
)
from insyn.charts.measuring import Style

ROOT = Path(__file__).parents[1]
REGULAR = ROOT / "assets/fonts/source-sans-3-regular.ttf"
STRONG = ROOT / "assets/fonts/source-sans-3-semibold.ttf"
FONTS = Fonts(REGULAR.read_bytes(), STRONG.read_bytes())
WIDTHS = tuple(DrawingWidth)
HAIR = 2
OUTLINE = 1.6
REACH = 1.5
"""Allowed overhang of rare kerning pairs, such as gj, outside the frame; the stylesheet keeps it visible."""


# Reading a drawing back ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rect:
    left: float
    top: float
    right: float
    bottom: float
    look: str = ""

    @property
    def width(self) -> float:
        """Including the outline, half of which the stylesheet draws outside the path."""
        return self.right - self.left + self.outline

    @property
    def height(self) -> float:
        return self.bottom - self.top + self.outline

    @property
    def outline(self) -> float:
        return OUTLINE if "tentative" in self.look else 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def overlaps(self, other: "Rect", slack: float = 0.3) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )


@dataclass(frozen=True)
class Text(Rect):
    text: str = ""
    x: float = 0
    baseline: float = 0
    size: float = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Drawing:
    svg: str
    root: ElementTree.Element

    @property
    def frame(self) -> Rect:
        _, _, width, height = map(float, self.root.attrib["viewBox"].split())
        return Rect(0, 0, width, height)

    @property
    def texts(self) -> list[Text]:
        return [_text(element) for element in self.root.iter("text")]

    @property
    def bars(self) -> list[Rect]:
        return [rect for rect in self.rects if rect.look != "ground"]

    @property
    def rects(self) -> list[Rect]:
        return [
            Rect(left, top, right, bottom, path.attrib["class"])
            for path in self.root.iter("path")
            for left, top, right, bottom in re.findall(r"^M(\S+) (\S+)H(\S+)V(\S+)H\1z$", path.attrib["d"])
            for left, top, right, bottom in [map(float, (left, top, right, bottom))]
        ]

    def lines(self, look: str) -> list[list[tuple[float, float]]]:
        """The corners of every line of a class."""
        return [
            [(float(x), float(y)) for x, y in (corner.split() for corner in line.split("L"))]
            for path in self.root.iter("path")
            if path.attrib["class"] == look
            for line in path.attrib["d"].removeprefix("M").split("M")
        ]

    def text(self, words: str) -> Text:
        (found,) = (text for text in self.texts if text.text == words)
        return found


def drawn(figure: Figure, width: DrawingWidth) -> Drawing:
    svg = draw(figure, chart_id="vem-betalar", width=width, fonts=FONTS)
    return Drawing(svg, ElementTree.fromstring(svg))


def _text(element: ElementTree.Element) -> Text:
    words, size = element.text or "", float(element.attrib["font-size"])
    path = STRONG if "strong" in element.attrib["class"] else REGULAR
    width = measured(path, size, words)
    x, baseline = float(element.attrib["x"]), float(element.attrib["y"])
    anchor = element.attrib.get("text-anchor", "start")
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    top, bottom = baseline - 0.9 * size, baseline + 0.22 * size
    return Text(left, top, left + width, bottom, element.attrib["class"], words, x, baseline, size, anchor)


def measured(path: Path, size: float, words: str) -> float:
    """The width as matplotlib sets the text itself, with kerning: independent of the program's own method."""
    font = opened(path)
    font.set_size(size, 72)
    font.set_text(words, 0, flags=LoadFlags.NO_HINTING)
    return font.get_width_height()[0] / 64


@cache
def opened(path: Path) -> FT2Font:
    return FT2Font(str(path))


# Figures ------------------------------------------------------------------------------------------------------------

COSTS = Bars(
    (
        Bar("SE-Höglandet", 3_980_000, "4,0 mnkr", Series.INDIVIDUAL),
        Bar("Uppdrag samverkan", 1_800_000, "1,8 mnkr", Series.STRUCTURE),
        Bar("Tjänsteperson", 1_140_000, "1,1 mnkr", Series.ADMINISTRATION),
        Bar("IT-spåret", 562_500, "562 tkr", Series.INDIVIDUAL),
        Bar("Räkna med oss!", 150_000, "150 tkr", Series.NEW, tentative=True),
        Bar("Övrig administration", 141_000, "141 tkr", Series.ADMINISTRATION),
        Bar("Inspirationsdag", 120_000, "120 tkr", Series.STRUCTURE),
        Bar("Ekonomihantering", 102_000, "102 tkr", Series.ADMINISTRATION),
        Bar("Övriga sex poster", 240_000, "240 tkr", Series.OTHER),
    )
)
LONG_NAMES = Bars(
    (
        Bar("Försäkringskassan och Arbetsförmedlingen", 4_018_000, "4 018 000 kr", Series.INDIVIDUAL),
        Bar("Kompetensutveckling styrelse/beredningsgrupp", 30_000, "30 000 kr", Series.STRUCTURE),
        Bar("Räkna med oss! – metodutveckling för unga i Aneby, Eksjö och Nässjö", 0, "0 kr", Series.ADMINISTRATION),
    )
)
SHARES = ShareBar(
    (
        Bar("Staten", 4_018_000, "50 %", Series.STATE),
        Bar("Regionen", 2_009_000, "25 %", Series.REGION),
        Bar("Sex kommuner", 2_009_000, "25 %", Series.MUNICIPALITY),
    )
)


def columns(*groups: tuple[str, tuple[int, ...]]) -> Columns:
    def bar(amount: int, place: int) -> Bar:
        return Bar("", amount, f"{amount}", tuple(Series)[place])

    return Columns(
        tuple(ColumnGroup(label, tuple(map(bar, amounts, range(len(amounts))))) for label, amounts in groups)
    )


YEARS = columns(
    ("Prognos 2023", (814, 784)), ("Budget 2024", (809, 824)), ("Plan 2025", (809, 809)), ("Plan 2026", (809, 809))
)
RESULTS = columns(("Prognos 2023", (297,)), ("Budget 2024", (-150,)), ("Plan 2025", (0,)))
SUNNERBO = Waterfall(
    (
        Step("Sparat före", 4423, "4 423", StepKind.LEVEL, Series.SAVED),
        Step("Bidrag", 4184, "+4 184", StepKind.ADDED, Series.INCOME),
        Step("Kostnader", 7489, "−7 489", StepKind.TAKEN, Series.COSTS),
        Step("Kvar", 1118, "1 118", StepKind.LEVEL, Series.SAVED),
    )
)
EQUITY = LevelLine(
    (
        Point("2022", 1215, "1,22"),
        Point("2023", 1512, "1,51"),
        Point("2024", 1362, "1,36", tentative=True),
        Point("2025", 1362, "1,36", tentative=True),
    )
)
CHANGES = Bars(
    (
        Bar("SE-Höglandet", 155_000, "+155 tkr", Series.INDIVIDUAL),
        Bar("Räkna med oss!", 150_000, "+150 tkr", Series.NEW, tentative=True),
        Bar("Kompetensutveckling styrelse/beredningsgrupp", -2_000, "−2 tkr", Series.ADMINISTRATION),
        Bar("Inspirationsdag", -20_000, "−20 tkr", Series.STRUCTURE),
    )
)
BESIDE_BUDGETS = Bars(
    (
        Bar("Alla kostnader", 7_084_300, "7,1 mnkr (budget 8,7)", Series.COSTS, mark=8_742_900),
        Bar(
            "Tillgängligt nya insatser/projekt",
            0,
            "inget belopp (budget 1,5 mnkr)",
            Series.COSTS,
            mark=1_500_000,
        ),
        Bar("Enter", 2_960_000, "3,0 mnkr (budget 2,9)", Series.COSTS, mark=2_878_200),
        Bar("Nya basverksamheten", 150_000, "150 tkr (inget belopp i budgeten)", Series.COSTS),
        Bar("Åter", -20_000, "−20 tkr (budget −30)", Series.COSTS, mark=-30_000),
    )
)
ADMINISTRATION = Bars((Bar("Administration", 185, "18,5 %", Series.ADMINISTRATION, mark=200, whole=1000),))
YEARS_BESIDE_BUDGETS = Columns(
    tuple(
        ColumnGroup(label, (Bar("", amount, f"{amount},00 mnkr", Series.COSTS, mark=mark),))
        for label, amount, mark in (("Utfall 2022", 8, 9), ("Utfall 2023", 9, 8), ("Budget 2024", 9, None))
    )
)
FIGURES: dict[str, Figure] = {
    "changes": CHANGES,
    "beside budgets": BESIDE_BUDGETS,
    "administration": ADMINISTRATION,
    "years beside budgets": YEARS_BESIDE_BUDGETS,
    "bars": COSTS,
    "long names": LONG_NAMES,
    "shares": SHARES,
    "columns": YEARS,
    "results": RESULTS,
    "waterfall": SUNNERBO,
    "line": EQUITY,
    "one bar": Bars((Bar("Ensam", 5, "5 kr", Series.INDIVIDUAL),)),
    "all zero": columns(("2024", (0, 0)), ("2025", (0, 0))),
    "forty bars": Bars(tuple(Bar(f"Insats {n}", n, f"{n} tkr", Series.INDIVIDUAL) for n in range(40))),
    "ten digits": columns(("2024", (9_876_543_210, -9_876_543_210)), ("2025", (123, -1))),
    "twenty points": LevelLine(tuple(Point(f"{2000 + n}", n * n, f"{n},5", n > 16) for n in range(20))),
}
every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
both_widths = pytest.mark.parametrize("width", WIDTHS, ids=lambda width: width.name.lower())

LETTERS = "abcdefghijklmnoprstuvyåäöABEHKRSTÅÄÖ0123456789   --/–.,&<>\"'%\u00a0"
labels = st.text(LETTERS, max_size=70)
values = st.text(LETTERS, max_size=14) | st.text(LETTERS, max_size=45)
shares = st.sampled_from(("50\u00a0%", "12,5\u00a0%", "mindre än 0,1\u00a0%", ""))
positive = st.integers(0, 10) | st.integers(0, 10**10)
amounts = st.integers(-10, 10) | st.integers(-(10**10), 10**10)
series = st.sampled_from(Series)
T = TypeVar("T")


def bars_of(amounts: st.SearchStrategy[int]) -> st.SearchStrategy[Bar]:
    marks = st.none() | amounts
    return st.builds(Bar, labels, amounts, values, series, st.booleans(), marks, st.none() | positive)


def some(strategy: st.SearchStrategy[T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=1, max_size=most).map(tuple)


any_figure = st.one_of(
    st.builds(Bars, some(bars_of(positive), 40)),
    st.builds(Bars, some(bars_of(amounts), 12)),
    st.builds(ShareBar, some(st.builds(Bar, labels, positive, shares, series, st.booleans()), 12)),
    st.builds(Columns, some(st.builds(ColumnGroup, labels, some(bars_of(amounts), 3)), 20)),
    st.builds(Columns, some(st.builds(ColumnGroup, st.text("Plan 20", max_size=9), some(bars_of(amounts), 2)), 5)),
    st.builds(Waterfall, some(st.builds(Step, labels, positive, values, st.sampled_from(StepKind), series), 9)),
    st.builds(LevelLine, some(st.builds(Point, labels, amounts, values, st.booleans(), st.none() | amounts), 20)),
    st.builds(LevelLine, some(st.builds(Point, st.just("2024"), amounts, st.just("1,5"), st.booleans()), 20)),
)


# What the page needs ------------------------------------------------------------------------------------------------

SHAPES = {"axis", "connector", "line", "line tentative", "point", "hole", "mark", "mark-rim", "rest", "ground", "limit"}
SHAPES |= {f"{series.value}{tentative}" for series in Series for tentative in ("", " tentative")}
WORDS = {"text", "text value", "text strong"}


def assert_holds_only_what_the_page_allows(drawing: Drawing) -> None:
    assert not re.search(r"style|<defs|<metadata|clip|xlink|<\?|<!|font-family|#[0-9a-f]{6}\"", tags_of(drawing.svg))
    for element in drawing.root:
        if element.tag == "path":
            assert set(element.attrib) == {"class", "d"}
            assert element.attrib["class"] in SHAPES
        else:
            assert element.tag == "text"
            assert set(element.attrib) - {"text-anchor"} == {"class", "x", "y", "font-size"}
            assert element.attrib["class"] in WORDS


def tags_of(svg: str) -> str:
    return re.sub(r">[^<]*<", "><", svg)


@every_figure
@both_widths
def test_a_drawing_holds_shapes_with_classes_and_text_and_no_style(figure: Figure, width: DrawingWidth) -> None:
    assert_holds_only_what_the_page_allows(drawn(figure, width))


@both_widths
def test_the_root_is_hidden_from_screen_readers_and_scales_with_the_page(width: DrawingWidth) -> None:
    name = width.name.lower()
    assert drawn(COSTS, width).root.attrib == {
        "id": f"vem-betalar-{name}",
        "class": f"diagram diagram--{name}",
        "viewBox": f"0 0 {width.value} {drawn(COSTS, width).frame.bottom:g}",
        "display": "none",
        "aria-hidden": "true",
        "focusable": "false",
    }


@every_figure
def test_both_drawings_of_a_chart_can_share_a_page(figure: Figure) -> None:
    page = "".join(drawn(figure, width).svg for width in WIDTHS)
    assert re.findall(r'\bid="([^"]*)"', page) == ["vem-betalar-narrow", "vem-betalar-wide"]


@every_figure
@both_widths
def test_numbers_are_short(figure: Figure, width: DrawingWidth) -> None:
    assert not re.search(r"\d\.\d{3}", tags_of(drawn(figure, width).svg))


@both_widths
def test_nine_bars_take_less_than_three_kilobytes(width: DrawingWidth) -> None:
    assert len(drawn(COSTS, width).svg.encode()) < 3000


@both_widths
def test_words_with_markup_in_them_are_words(width: DrawingWidth) -> None:
    figure = Bars((Bar('<b>FoU</b> & "stöd"', 1, "1 < 2", Series.INDIVIDUAL),))
    assert [text.text for text in drawn(figure, width).texts] == ['<b>FoU</b> & "stöd"', "1 < 2"]


@both_widths
def test_a_missing_value_leaves_no_empty_text(width: DrawingWidth) -> None:
    assert [text.text for text in drawn(Bars((Bar("A", 1, "", Series.INDIVIDUAL),)), width).texts] == ["A"]


# The same bytes -----------------------------------------------------------------------------------------------------

PRINT_ALL = """
import sys
sys.path.insert(0, "tests")
from test_drawing import FIGURES, WIDTHS, drawn
sys.stdout.buffer.write("".join(drawn(figure, width).svg for figure in FIGURES.values() for width in WIDTHS).encode())
assert "matplotlib.pyplot" not in sys.modules
"""


def test_the_bytes_are_the_same_in_another_process_with_another_hash_seed() -> None:
    """Slow: matplotlib is imported anew in each process. They draw without pyplot, which keeps global state."""
    here = "".join(drawn(figure, width).svg for figure in FIGURES.values() for width in WIDTHS).encode()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        there = subprocess.run(
            [sys.executable, "-c", PRINT_ALL], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        assert there.stdout == here


def test_the_settings_of_matplotlib_are_neither_used_nor_changed() -> None:
    before = drawn(COSTS, DrawingWidth.WIDE).svg
    with mpl.rc_context(
        {"svg.fonttype": "path", "svg.id": "x", "svg.hashsalt": "y", "font.size": 40, "text.color": "red"}
    ):
        settings_then = dict(mpl.rcParams)
        assert drawn(COSTS, DrawingWidth.WIDE).svg == before
        assert dict(mpl.rcParams) == settings_then


# Whole drawings -----------------------------------------------------------------------------------------------------

GOLDEN = ROOT / "tests/golden/drawings"
GOLDEN_FIGURES = ("beside budgets", "columns", "line", "shares", "waterfall")


def golden(name: str, width: DrawingWidth) -> Path:
    return GOLDEN / f"{name.replace(' ', '-')}-{width.name.lower()}.svg"


@pytest.mark.parametrize("name", GOLDEN_FIGURES)
@both_widths
def test_the_drawing_is_as_it_was_last_seen_by_a_person(
    name: str, width: DrawingWidth, request: pytest.FixtureRequest
) -> None:
    now = f"{drawn(FIGURES[name], width).svg}\n"
    if request.config.getoption("--update-golden"):
        golden(name, width).write_text(now, "utf-8")
    assert golden(name, width).read_text("utf-8") == now


def test_every_golden_drawing_is_used() -> None:
    assert set(GOLDEN.iterdir()) == {golden(name, width) for name in GOLDEN_FIGURES for width in WIDTHS}


# Words that fit -----------------------------------------------------------------------------------------------------


def assert_legible(drawing: Drawing, width: DrawingWidth) -> None:
    texts, frame = drawing.texts, drawing.frame
    for text in texts:
        assert text.size >= {DrawingWidth.NARROW: 13, DrawingWidth.WIDE: 14}[width]
        assert text.left >= -REACH
        assert text.right <= frame.right + REACH
        assert text.top >= -REACH
        assert text.bottom <= frame.bottom + REACH
    for one, other in combinations(texts, 2):
        assert not one.overlaps(other), (one, other)
    for bar in drawing.bars:
        assert min(bar.left, bar.top) >= 0
        assert bar.right <= frame.right
        assert bar.bottom <= frame.bottom
        assert not any(bar.overlaps(text) for text in texts)
    for bar, after in combinations(drawing.bars, 2):
        assert not bar.overlaps(after)
    for (x1, y1), (x2, y2) in drawing.lines("connector") + drawing.lines("axis") + drawing.lines("mark"):
        line = Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        assert not any(line.overlaps(text, -0.1) for text in texts)


@every_figure
@both_widths
def test_no_words_are_cut_or_covered(figure: Figure, width: DrawingWidth) -> None:
    assert_legible(drawn(figure, width), width)


@settings(deadline=None, max_examples=300)
@given(any_figure, st.sampled_from(WIDTHS))
@example(Bars((Bar("", 0, "0", Series.INDIVIDUAL, mark=0),)), DrawingWidth.WIDE)
def test_whatever_is_drawn_is_legible_and_allowed(figure: Figure, width: DrawingWidth) -> None:
    drawing = drawn(figure, width)
    assert_holds_only_what_the_page_allows(drawing)
    assert_legible(drawing, width)


@both_widths
@pytest.mark.parametrize("bar", LONG_NAMES.bars, ids=lambda bar: bar.label[:12])
def test_a_long_name_is_whole_and_broken_between_words(bar: Bar, width: DrawingWidth) -> None:
    lines = [text.text for text in drawn(LONG_NAMES, width).texts if text.look == "text"]
    assert " ".join(lines).replace("/ ", "/").count(bar.label) == 1


style = Style(FONTS.regular, 15, "text")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Region Jönköpings län", ("Region", "Jönköpings", "län")),
        ("styrelse/beredning", ("styrelse/", "beredning")),
        ("SE-Höglandet", ("SE-", "Höglandet")),
        ("Plan 2025–2026", ("Plan", "2025–2026")),
        ("Resultat −150", ("Resultat", "−150")),
        ("4\u00a0018\u00a0000 kronor", ("4\u00a0018\u00a0000", "kronor")),
        ("", ()),
    ],
)
def test_words_break_at_spaces_hyphens_and_slashes_but_numbers_stay_whole(text: str, lines: tuple[str, ...]) -> None:
    assert style.wrap(text, 78) == lines


def test_a_word_is_cut_only_when_it_is_wider_than_the_room() -> None:
    word = "Rehabiliteringssamordning"
    assert style.wrap(word, style.width(word)) == (word,)
    assert style.wrap(f"x {word}", 90) == ("x", "Rehabiliterin-", "gssamordning")


@given(labels, st.floats(40, 300))
def test_wrapped_lines_fit_and_hold_all_the_words(text: str, room: float) -> None:
    lines = style.wrap(text, room)
    assert all(style.width(line) <= room for line in lines)
    assert re.sub(r"[ -]", "", "".join(lines)) == re.sub(r"[ -]", "", text)


def test_a_letter_the_font_lacks_gets_a_whole_em() -> None:
    assert style.width("語") == style.size


# Bars ---------------------------------------------------------------------------------------------------------------


@both_widths
def test_bars_are_as_long_as_their_amounts(width: DrawingWidth) -> None:
    lengths = [bar.width for bar in drawn(COSTS, width).bars]
    unit = lengths[0] / COSTS.bars[0].amount
    assert lengths == pytest.approx([bar.amount * unit for bar in COSTS.bars], abs=0.2)


@both_widths
def test_the_smallest_amount_can_be_seen_and_nothing_cannot(width: DrawingWidth) -> None:
    figure = Bars(
        (
            Bar("A", 10**9, "1 mdkr", Series.INDIVIDUAL),
            Bar("B", 1, "1 kr", Series.INDIVIDUAL),
            Bar("C", 0, "0 kr", Series.INDIVIDUAL),
        )
    )
    drawing = drawn(figure, width)
    assert [round(bar.width, 1) >= HAIR for bar in drawing.bars] == [True, True]
    assert drawing.text("0 kr")


def test_wide_bars_have_names_right_aligned_at_the_left_and_values_after_them() -> None:
    drawing = drawn(COSTS, DrawingWidth.WIDE)
    for bar, place in zip(COSTS.bars, drawing.bars, strict=True):
        name, value = drawing.text(bar.label), drawing.text(bar.value)
        assert name.anchor == "end"
        assert name.right <= 0.4 * DrawingWidth.WIDE.value
        assert 0 < place.left - name.right < 12
        assert 0 < value.left - place.right < 12
        assert abs(name.baseline - value.baseline) < 0.1


def test_names_take_at_most_two_fifths_of_the_wide_drawing() -> None:
    drawing = drawn(LONG_NAMES, DrawingWidth.WIDE)
    (left,) = {bar.left for bar in drawing.bars}
    assert 0.35 * DrawingWidth.WIDE.value < left <= 0.4 * DrawingWidth.WIDE.value + 12


def test_in_the_wide_drawing_too_names_stand_above_bars_that_would_else_be_short() -> None:
    bar = Bar(
        "Försäkringskassan och Arbetsförmedlingen i Jönköpings län",
        5,
        "hälften av alla medlemmars bidrag",
        Series.INDIVIDUAL,
    )
    drawing = drawn(Bars((bar,)), DrawingWidth.WIDE)
    assert drawing.text(bar.label).bottom < drawing.bars[0].top
    assert drawing.bars[0].width == DrawingWidth.WIDE.value


def test_narrow_bars_lie_below_their_names_with_values_at_the_right_of_the_name() -> None:
    drawing = drawn(COSTS, DrawingWidth.NARROW)
    assert drawing.bars[0].width == DrawingWidth.NARROW.value
    for bar, place in zip(COSTS.bars, drawing.bars, strict=True):
        name, value = drawing.text(bar.label), drawing.text(bar.value)
        assert name.left == 0
        assert value.right == DrawingWidth.NARROW.value
        assert name.baseline == value.baseline < place.top


@both_widths
def test_what_is_tentative_is_outlined_within_its_own_length(width: DrawingWidth) -> None:
    bars = (Bar("A", 100, "100", Series.NEW), Bar("B", 100, "100", Series.NEW, tentative=True))
    settled, tentative = drawn(Bars(bars), width).bars
    assert (settled.look, tentative.look) == ("serie-new", "serie-new tentative")
    assert tentative.left == pytest.approx(settled.left + OUTLINE / 2)
    assert tentative.width == pytest.approx(settled.width)


def test_values_too_wide_to_stand_beside_a_bar_stand_on_a_line_of_their_own() -> None:
    value = "mellan fyra och fem miljoner kronor, lite beroende på"
    drawing = drawn(Bars((Bar("Insats", 5, value, Series.INDIVIDUAL),)), DrawingWidth.NARROW)
    assert [text.text for text in drawing.texts] == ["Insats", *style.wrap(value, DrawingWidth.NARROW.value)]


@both_widths
def test_negative_bars_go_left_from_a_zero_line_with_their_values_right_of_it(width: DrawingWidth) -> None:
    drawing = drawn(CHANGES, width)
    zero = drawing.lines("axis")[0][0][0]
    grown, tentative, less, least = drawing.bars
    assert grown.left == pytest.approx(zero, abs=0.1)
    assert tentative.left == pytest.approx(zero + OUTLINE / 2, abs=0.1)
    assert [bar.right for bar in (less, least)] == pytest.approx([zero, zero], abs=0.1)
    assert grown.width / least.width == pytest.approx(155 / 20, rel=0.03)
    assert drawing.text("−20 tkr").left > zero


def test_a_long_word_that_would_be_cut_beside_its_value_stands_alone() -> None:
    bar = Bar("Verksamhetsutvecklare", 645, "645 tkr (budget 780)", Series.COSTS, mark=780)
    drawing = drawn(Bars((bar,)), DrawingWidth.NARROW)
    assert [text.text for text in drawing.texts] == ["Verksamhetsutvecklare", "645 tkr (budget 780)"]
    assert drawing.text(bar.value).top >= drawing.text(bar.label).baseline


# Marks --------------------------------------------------------------------------------------------------------------


@both_widths
def test_a_mark_crosses_its_bar_at_its_amount_with_a_rim_beneath_it(width: DrawingWidth) -> None:
    drawing = drawn(BESIDE_BUDGETS, width)
    marks = drawing.lines("mark")
    assert marks == drawing.lines("mark-rim")
    assert [path.attrib["class"] for path in drawing.root.iter("path")][-2:] == ["mark-rim", "mark"]
    zero = drawing.lines("axis")[0][0][0]
    places = [start[0] for start, _ in marks]
    unit = (places[0] - zero) / 8_742_900
    assert places[1:3] == pytest.approx([zero + amount * unit for amount in (1_500_000, 2_878_200)], abs=2)
    assert places[3] <= zero
    everything, *_ = drawing.bars
    (_, top), (_, bottom) = marks[0]
    assert top < everything.top < everything.bottom < bottom
    assert everything.right < places[0]


@both_widths
def test_a_mark_without_bar_is_drawn_and_a_bar_without_mark_is_too(width: DrawingWidth) -> None:
    drawing = drawn(BESIDE_BUDGETS, width)
    assert (len(drawing.bars), len(drawing.lines("mark"))) == (4, 4)
    assert drawing.text("inget belopp (budget 1,5 mnkr)")


@both_widths
def test_the_rest_of_a_whole_fills_the_track_after_its_part(width: DrawingWidth) -> None:
    drawing = drawn(ADMINISTRATION, width)
    part, rest = drawing.bars
    assert (part.look, rest.look) == ("serie-administration", "rest")
    assert rest.left == pytest.approx(part.right, abs=0.1)
    assert (part.right - part.left) / (rest.right - part.left) == pytest.approx(0.185, abs=0.005)
    ((mark, _), _), *_ = drawing.lines("mark")
    assert (mark - part.left) / (rest.right - part.left) == pytest.approx(0.2, abs=0.005)


@both_widths
def test_a_standing_column_has_its_value_over_both_column_and_mark(width: DrawingWidth) -> None:
    drawing = drawn(YEARS_BESIDE_BUDGETS, width)
    (first, last), *_ = drawing.lines("mark")
    column = drawing.bars[0]
    assert first[1] == last[1] < column.top
    assert first[0] < column.left < column.right < last[0]
    assert drawing.text("8,00 mnkr").bottom < first[1]
    assert drawing.lines("mark")[1][0][1] > drawing.bars[1].top
    assert len(drawing.lines("mark")) == 2


# Share bar ----------------------------------------------------------------------------------------------------------


@both_widths
def test_parts_fill_the_width_in_proportion_with_a_gap_between(width: DrawingWidth) -> None:
    parts = drawn(SHARES, width).bars
    assert (parts[0].left, parts[-1].right) == (0, width.value)
    assert [after.left - part.right for part, after in pairwise(parts)] == pytest.approx([2, 2], abs=0.1)
    assert parts[0].width == pytest.approx(2 * parts[1].width, abs=0.3)


@both_widths
def test_shares_stand_over_the_left_edge_of_their_parts_with_labels_beneath(width: DrawingWidth) -> None:
    drawing = drawn(SHARES, width)
    staten, regionen = drawing.bars[:2]
    assert drawing.text("50 %").left == drawing.text("Staten").left == staten.left
    assert drawing.text("Regionen").left == regionen.left
    assert drawing.text("50 %").bottom < drawing.text("Staten").bottom < staten.top
    assert drawing.text("50 %").size > drawing.text("Staten").size


@both_widths
def test_a_part_too_small_for_its_words_is_listed_below_with_its_colour(width: DrawingWidth) -> None:
    interest = Bar("Ränta", 50_000, "1 %", Series.NEW)
    drawing = drawn(ShareBar((*SHARES.parts, interest)), width)
    sliver, key = (bar for bar in drawing.bars if bar.look == "serie-new")
    assert sliver.width >= HAIR
    assert key.top > sliver.bottom
    assert key.right < drawing.text("1 %").left < drawing.text("Ränta").left
    assert drawing.text("Staten").bottom < sliver.top


@both_widths
@pytest.mark.parametrize(
    "shares",
    [
        pytest.param([10] * 10, id="as large as those with room"),
        pytest.param([40, 40, 2, 2, 2], id="more than those with room"),
    ],
)
def test_unless_few_and_small_parts_lack_room_all_are_listed(shares: list[int], width: DrawingWidth) -> None:
    drawing = drawn(
        ShareBar(tuple(Bar("Utbildning", share, f"{share} %", Series.INDIVIDUAL) for share in shares)), width
    )
    assert len(drawing.bars) == 2 * len(shares)
    assert min(text.top for text in drawing.texts) > drawing.bars[0].bottom


@both_widths
def test_a_part_that_is_nothing_is_named_but_has_neither_length_nor_colour(width: DrawingWidth) -> None:
    drawing = drawn(ShareBar((*SHARES.parts, Bar("Annat", 0, "0 %", Series.NEW))), width)
    assert drawing.text("Staten").bottom < drawing.bars[0].top < drawing.text("Annat").top
    assert not any(bar.look == "serie-new" for bar in drawing.bars)


# Columns ------------------------------------------------------------------------------------------------------------


@both_widths
def test_columns_stand_on_one_line_and_are_as_high_as_their_amounts(width: DrawingWidth) -> None:
    drawing = drawn(YEARS, width)
    ((_, zero), _), *_ = drawing.lines("axis")
    assert {bar.bottom for bar in drawing.bars} == {zero}
    amounts = [bar.amount for group in YEARS.groups for bar in group.bars]
    unit = drawing.bars[0].height / amounts[0]
    assert [bar.height for bar in drawing.bars] == pytest.approx([amount * unit for amount in amounts], abs=0.2)


@both_widths
def test_negative_columns_hang_with_their_values_below_and_labels_below_all(width: DrawingWidth) -> None:
    drawing = drawn(RESULTS, width)
    ((_, zero), _), *_ = drawing.lines("axis")
    gain, loss = drawing.bars
    assert gain.bottom == loss.top == zero
    assert loss.height == pytest.approx(gain.height * 150 / 297, abs=0.2)
    assert drawing.text("297").bottom <= gain.top
    assert drawing.text("-150").baseline > loss.bottom
    assert drawing.text("0").baseline < zero
    assert all(text.top > drawing.text("-150").bottom for text in drawing.texts if text.look == "text")


def test_columns_without_room_for_their_values_lie_down() -> None:
    figure = columns(*((f"Utfall {year}", (7_000_000 + year, -year)) for year in range(2010, 2022)))
    for width in WIDTHS:
        drawing = drawn(figure, width)
        assert len({round(bar.height, 1) for bar in drawing.bars}) == 1
        assert len(drawing.bars) == len([text for text in drawing.texts if text.look == "text value"]) == 24
        zero = min(bar.left for bar in drawing.bars if bar.look == "serie-individual")
        assert all(bar.right == pytest.approx(zero, abs=0.1) for bar in drawing.bars if bar.look == "serie-structure")


@both_widths
def test_columns_whose_labels_would_have_to_be_cut_lie_down(width: DrawingWidth) -> None:
    label = "Rehabiliteringssamordningsverksamhet"
    drawing = drawn(columns(*((label, (n,)) for n in (5, 4, 3, 2))), width)
    assert drawing.bars[0].left == drawing.bars[3].left
    assert [text.text for text in drawing.texts].count(label) == 4


def test_twenty_years_of_pairs_lie_down_on_a_phone_below_their_years() -> None:
    drawing = drawn(columns(*((f"{year}", (year, year)) for year in range(2001, 2021))), DrawingWidth.NARROW)
    headings = [text for text in drawing.texts if text.look == "text"]
    assert [text.text for text in headings] == [f"{year}" for year in range(2001, 2021)]
    assert all(heading.bottom < bar.top for heading, bar in zip(headings, drawing.bars[::2], strict=True))


# Waterfall ----------------------------------------------------------------------------------------------------------


@both_widths
def test_each_step_begins_where_the_one_before_it_ended(width: DrawingWidth) -> None:
    opening, added, taken, closing = drawn(SUNNERBO, width).bars
    assert opening.top == added.bottom
    assert added.top == taken.top
    assert taken.bottom == pytest.approx(closing.top, abs=0.1)
    assert opening.bottom == closing.bottom


@both_widths
def test_thin_lines_join_the_steps(width: DrawingWidth) -> None:
    drawing = drawn(SUNNERBO, width)
    for (start, end), (bar, after) in zip(drawing.lines("connector"), pairwise(drawing.bars), strict=True):
        assert start[1] == end[1]
        assert (start[0], end[0]) == pytest.approx((bar.right, after.left), abs=0.1)


def test_steps_may_lead_below_zero() -> None:
    steps = (
        Step("Före", 800, "800", StepKind.LEVEL, Series.SAVED),
        Step("Ut", 1000, "−1 000", StepKind.TAKEN, Series.COSTS),
        Step("Kvar", -200, "−200", StepKind.LEVEL, Series.SAVED),
    )
    drawing = drawn(Waterfall(steps), DrawingWidth.WIDE)
    ((_, zero), _), *_ = drawing.lines("axis")
    opening, taken, closing = drawing.bars
    assert taken.top == opening.top < zero < taken.bottom == closing.bottom
    assert closing.top == zero
    assert drawing.text("−200").baseline > closing.bottom


@both_widths
def test_many_steps_with_long_names_lie_down_still_joined(width: DrawingWidth) -> None:
    steps = tuple(
        Step(f"Steg {n} med ett långt namn", 1_000_000, "1 000 000 kr", StepKind.ADDED, Series.INCOME) for n in range(9)
    )
    drawing = drawn(Waterfall(steps), width)
    assert all(bar.right == pytest.approx(after.left, abs=0.1) for bar, after in pairwise(drawing.bars))
    for bar, after in pairwise(drawing.bars):
        ends = {y for (x, y1), (_, y2) in drawing.lines("connector") for y in (y1, y2) if abs(x - bar.right) < 0.2}
        assert {bar.bottom, after.top} <= ends


# Line ---------------------------------------------------------------------------------------------------------------


@both_widths
def test_a_line_begins_at_zero_and_rises_with_its_amounts(width: DrawingWidth) -> None:
    drawing = drawn(EQUITY, width)
    ((_, zero), _), *_ = drawing.lines("axis")
    heights = [zero - y for (_, y), _ in drawing.lines("point")]
    unit = heights[0] / EQUITY.points[0].amount
    assert heights == pytest.approx([point.amount * unit for point in EQUITY.points], abs=0.2)


@both_widths
def test_a_line_is_dashed_where_either_end_is_tentative(width: DrawingWidth) -> None:
    drawing = drawn(EQUITY, width)
    places = [start for start, _ in drawing.lines("point")]
    assert drawing.lines("line") == [places[:2]]
    assert drawing.lines("line tentative") == [places[1:]]
    assert [start for start, _ in drawing.lines("hole")] == places[2:]


@both_widths
def test_values_stand_over_their_points_and_labels_below_the_line(width: DrawingWidth) -> None:
    drawing = drawn(EQUITY, width)
    ((_, zero), _), *_ = drawing.lines("axis")
    (x, y), _ = drawing.lines("point")[1]
    assert (drawing.text("1,51").x, drawing.text("2023").x) == (x, x)
    assert drawing.text("1,51").baseline < y
    assert drawing.text("2023").top > zero


@both_widths
def test_a_line_that_passes_a_value_passes_behind_it(width: DrawingWidth) -> None:
    drawing = drawn(EQUITY, width)
    grounds = [rect for rect in drawing.rects if rect.look == "ground"]
    values = [text for text in drawing.texts if "value" in text.look]
    assert len(grounds) == len(values) > 1
    for ground, value in zip(grounds, values, strict=True):
        assert ground.left < value.left < value.right < ground.right
        assert ground.top < value.baseline - 0.7 * value.size < value.baseline < ground.bottom
    written = [element.attrib["class"] for element in drawing.root]
    assert written.index("line") < written.index("ground") < written.index("point")


FALLING = LevelLine(tuple(Point(f"{year}", 27 - 5 * year, f"{year},7 mnkr", year > 2) for year in range(5)))
PEAK = LevelLine(
    tuple(Point(f"Slutet av {year}", amount, f"{amount} tkr") for year, amount in enumerate((8, 26, 9, 8, 7)))
)


@both_widths
@pytest.mark.parametrize("figure", [FALLING, PEAK, EQUITY])
def test_a_line_that_comes_from_above_passes_beside_the_value(figure: LevelLine, width: DrawingWidth) -> None:
    drawing = drawn(figure, width)
    corners = [start for start, _ in drawing.lines("point")]
    values = [text for text in drawing.texts if "value" in text.look]
    for (x, y), value in list(zip(corners, values, strict=True))[1:-1]:
        assert abs(value.x - x) <= (value.right - value.left) / 2
        if value.baseline > y:
            continue
        for (left, high), (right, low) in pairwise(corners):
            for at in (value.left, value.right):
                if left <= at <= right:
                    assert high + (low - high) * (at - left) / (right - left) > value.baseline, value.text
    assert_legible(drawing, width)


@both_widths
def test_a_limit_is_a_step_at_each_point_that_has_one(width: DrawingWidth) -> None:
    points = (
        Point("2023", 100, "100"),
        Point("2024", 120, "120", limit=150),
        Point("2025", 90, "90", tentative=True, limit=200),
    )
    drawing = drawn(LevelLine(points), width)
    (stairs,) = drawing.lines("limit")
    heights = [y for _, y in stairs]
    assert heights[0] == heights[1] > heights[2] == heights[3]
    assert stairs[0][0] < drawing.text("2024").x < stairs[1][0] == stairs[2][0] < drawing.text("2025").x
    assert_legible(drawing, width)


def test_a_limit_crosses_the_bars_where_a_line_has_no_room() -> None:
    points = tuple(Point(f"{year}", 100, "1 234 567 890 kronor", limit=150) for year in range(2020, 2023))
    drawing = drawn(LevelLine(points), DrawingWidth.NARROW)
    assert drawing.lines("point") == drawing.lines("limit") == []
    crossed = [path for path in drawing.root.iter("path") if path.attrib["class"] == "mark"]
    assert len(re.findall("M", "".join(path.attrib["d"] for path in crossed))) == 3


def test_a_negative_point_lies_below_the_zero_line_with_its_value_below_it() -> None:
    drawing = drawn(LevelLine((Point("2023", 50, "50"), Point("2024", -50, "−50"))), DrawingWidth.WIDE)
    ((_, zero), _), *_ = drawing.lines("axis")
    (_, y), _ = drawing.lines("point")[1]
    assert zero < y < drawing.text("−50").top + 5


@both_widths
def test_among_many_points_some_go_without_words_but_never_the_last(width: DrawingWidth) -> None:
    figure = LevelLine(tuple(Point(f"{year}", year, "1,5") for year in range(2001, 2021)))
    drawing = drawn(figure, width)
    years = [text.text for text in drawing.texts if text.look == "text"]
    assert len(drawing.lines("point")) == 20
    assert years[-1] == "2020"
    assert 6 < len(years) < 20


def test_a_line_whose_words_have_no_room_becomes_bars() -> None:
    points = tuple(Point(f"Slutet av {year}", year, "1 362 650 kr", year > 2023) for year in range(2021, 2026))
    drawing = drawn(LevelLine(points), DrawingWidth.NARROW)
    assert [bar.look for bar in drawing.bars] == ["serie-saved"] * 3 + ["serie-saved tentative"] * 2
    assert not drawing.lines("line")
