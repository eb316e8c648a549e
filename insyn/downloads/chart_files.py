"""A chart as files: its table as CSV, and its drawing as a standalone SVG."""

import re
from collections.abc import Iterator, Mapping
from html import escape

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, Key
from insyn.charts.stylesheet import StyleRule, Stylesheet
from insyn.downloads.numbers import number_in
from insyn.downloads.separated import separated
from insyn.vocabulary import UNIT_NAMES, unit_word

KRONOR = re.compile(r"(?<=\d)[ \u00a0]kron(?:or|a)\Z")
"""The unit of an amount out of a hundred kronor; removed, since the heading states it."""

# --- Figures --------------------------------------------------------------------------------------------------------


def figures_as_text(table: ChartTable) -> str:
    """Return a chart's table as CSV, with plain numbers and units in the headings.

    In a column of numbers, a cell with words ("uppgift saknas", "mindre än 0,1 %") is left empty.
    """
    words = table.text_columns
    rows = ([row.name, *row.cells[:words], *map(_number, row.cells[words:])] for row in table.rows)
    return separated([_headings(table), *rows])


def _number(cell: str) -> str:
    return number_in(KRONOR.sub("", cell)) or ""


def _headings(table: ChartTable) -> list[str]:
    """Return headings with the unit from the table's caption, or the percent sign from its cells."""
    first, *others = table.headings
    unit = next((unit_word(unit) for unit, name in UNIT_NAMES.items() if table.caption.endswith(f", {name}")), "")
    return [first, *(_heading(table, place, heading, unit) for place, heading in enumerate(others))]


def _heading(table: ChartTable, place: int, heading: str, unit: str) -> str:
    cells = [row.cells[place] for row in table.rows]
    if place < table.text_columns or heading.endswith("%"):
        return heading
    if any(cell.endswith("%") for cell in cells):
        return f"{heading}, %"
    return heading if not unit or heading.endswith(f", {unit}") else f"{heading}, {unit}"


# --- Image ----------------------------------------------------------------------------------------------------------

MARGIN = 24
TITLE_SIZE, SUBTITLE_SIZE, SOURCE_SIZE = 20, 15, 13
LEADING = 1.3
WIDEST_LETTER = 0.52
"""Average letter width in ems, in the fallback font."""
SQUARE, GAP = 12, 8
CROSSING = 2.5
"""Width of a line that crosses bars."""
FACE = "'Source Sans 3', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
DRAWING = re.compile(r'<svg [^>]*viewBox="0 0 (\S+) (\S+)"[^>]*>\n(.*)</svg>', re.DOTALL)
CLASS = re.compile(r'class="([^"]*)"')

Declarations = tuple[tuple[str, str], ...]


class Paint(Struct, frozen=True):
    """The style of drawings in light mode, with variables resolved."""

    colours: Mapping[str, str]
    """By CSS variable: "ink"."""
    rules: tuple[tuple[tuple[str, ...], Declarations], ...]
    """(Classes, declarations) in order: for elements with all the classes, or for all paths if there are none."""


def paint_of(sheet: Stylesheet) -> Paint:
    """Return the site stylesheet's rules for drawings, so that files look like pages."""
    rules = [(rule.classes[1:], rule.declarations) for rule in sheet.rules if _is_for_marks(rule)]
    return Paint(sheet.palette, tuple(sorted(rules, key=lambda rule: len(rule[0]))))


def _is_for_marks(rule: StyleRule) -> bool:
    """Whether a rule is for drawings: ".diagram .line.tentative", or all paths."""
    marks = ".".join(rule.classes[1:])
    return rule.selector == (f".diagram .{marks}" if marks else ".diagram path")


def image(chart: Chart, drawing: str, source: str, paint: Paint) -> str:
    """Return a standalone SVG: title, legend, the wide drawing and the source."""
    found = DRAWING.match(drawing)
    assert found, "a drawing is an svg element with a view box"
    width, height, body = float(found[1]), float(found[2]), found[3]
    words = _Words(width, paint)
    head = [
        *words.lines(chart.title, TITLE_SIZE, "ink", "600"),
        *words.lines(chart.subtitle, SUBTITLE_SIZE, "ink-muted"),
    ]
    head += words.keys(chart.keys)
    top = words.bottom + MARGIN / 2
    words.bottom = top + height + MARGIN / 2
    foot = list(words.lines(source, SOURCE_SIZE, "ink-muted"))
    box = f"{_plain(width + 2 * MARGIN)} {_plain(words.bottom + MARGIN)}"
    size = 'width="{}" height="{}"'.format(*box.split())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {box}" role="img" xml:lang="sv"'
        f' aria-labelledby="{chart.id}-titel {chart.id}-beskrivning" font-family="{FACE}">\n'
        f'<title id="{chart.id}-titel">{escape(chart.title)}</title>\n'
        f'<desc id="{chart.id}-beskrivning">{escape(f"{chart.subtitle}. {chart.summary}")}</desc>\n'
        f'<rect width="100%" height="100%" fill="{paint.colours["diagram-bakgrund"]}"/>\n'
        + "".join(head)
        + f'<g transform="translate({MARGIN} {_plain(top)})">\n{_painted(body, paint)}</g>\n'
        + "".join(foot)
        + "</svg>\n"
    )


class _Words:
    """Lays out lines of text, top down."""

    def __init__(self, width: float, paint: Paint) -> None:
        self.width, self.paint = width, paint
        self.bottom = MARGIN / 2

    def lines(self, text: str, size: int, colour: str, weight: str = "400") -> Iterator[str]:
        from textwrap import wrap  # deferred: needed only for an image

        for line in wrap(text, int(self.width / size / WIDEST_LETTER), break_on_hyphens=False):
            self.bottom += size * LEADING
            yield self._text(MARGIN, line, size, colour, weight)

    def keys(self, keys: tuple[Key, ...]) -> Iterator[str]:
        """Yield the legend, wrapped to the width."""
        left = float(MARGIN)
        for place, key in enumerate(keys):
            room = SQUARE + GAP + len(key.label) * SUBTITLE_SIZE * WIDEST_LETTER
            if place == 0 or left + room > self.width + MARGIN:
                left, self.bottom = float(MARGIN), self.bottom + SUBTITLE_SIZE * LEADING
            fill = self.paint.colours[key.series.value if key.series else "ink"]
            width, across = (SQUARE, left) if key.series else (CROSSING, left + (SQUARE - CROSSING) / 2)
            box = f'x="{_plain(across)}" y="{_plain(self.bottom - SQUARE + 1)}" width="{width}" height="{SQUARE}"'
            yield f'<rect {box} fill="{fill}"/>\n'
            yield self._text(left + SQUARE + GAP, key.label, SUBTITLE_SIZE, "ink-muted", "400")
            left += room + 2 * GAP

    def _text(self, left: float, line: str, size: int, colour: str, weight: str) -> str:
        place = f'x="{_plain(left)}" y="{_plain(self.bottom)}"'
        look = f'font-size="{size}" font-weight="{weight}" fill="{self.paint.colours[colour]}"'
        return f"<text {place} {look}>{escape(line)}</text>\n"


def _painted(body: str, paint: Paint) -> str:
    """Replace each mark's classes with the declarations for them."""
    known: dict[str, str] = {}

    def attributes(found: re.Match[str]) -> str:
        classes = found[1]
        if classes not in known:
            known[classes] = _attributes(set(classes.split()), paint)
        return known[classes]

    return CLASS.sub(attributes, body)


def _attributes(classes: set[str], paint: Paint) -> str:
    declared: dict[str, str] = {}
    for needed, declarations in paint.rules:
        if classes.issuperset(needed) and (needed or "text" not in classes):
            declared.update(declarations)
    return " ".join(f'{name}="{value}"' for name, value in declared.items())


def _plain(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
