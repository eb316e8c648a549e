"""Reads an Excel workbook: what is stored in each cell, and whether what is seen is something else."""

import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from insyn.importing.document import Grid, GridCell, Remark, RemarkKind, SourceDocument, SourcePlace, remark
from insyn.importing.readers.inline import bare, without_unseen
from insyn.importing.readers.sheets import grids_of

AnyCell = Any
Worksheet = Any
"""openpyxl has no types of its own."""

DECORATION = re.compile(
    r'_.|\*.|\\(?=[ ().-])|\[(?:Red|Black|Blue|Green|Color ?\d+|\$[^\[\]]*)\]|"[ ()-]*"', re.IGNORECASE
)
CURRENCY = re.compile(r"\[\$([^\]-]*)")
LITERAL = re.compile(r'"([^"]*)"|\\(.)')
UNIT_LITERAL = re.compile(r"\s*(kr|tkr|kkr|mkr|mnkr|sek|:-)\.?\s*", re.IGNORECASE)
NUMBER_FORMAT = re.compile(r"[-+( ]*[#0, ?]*[#0?](?:\.(?P<decimals>[0#?]+))?(?P<scaled>,*)[-) ]*")
THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+(?!\d))")
NOISE = Decimal("0.000001")
"""A number that is nearer than this to a whole one is that: computers add tenths badly."""
FINER_NOISE = NOISE / 1000
"""The same of a number with decimals: 0.1 and 0.2 come to 0.30000000000000004."""


def read_workbook(body: bytes) -> SourceDocument:
    """Read every visible sheet. What is hidden is listed and not read."""
    from openpyxl import load_workbook

    shown = load_workbook(io.BytesIO(body), rich_text=True, data_only=True)
    formulas = load_workbook(io.BytesIO(body), data_only=False)
    grids: list[Grid] = []
    remarks: list[Remark] = []
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            texts = _texts(cell for row in sheet.iter_rows() for cell in row)
            remarks.append(remark(RemarkKind.LEFT_OUT, "sheet-hidden", SourcePlace(), name=sheet.title, text=texts))
            continue
        grids += grids_of(tuple(_rows(sheet, formulas[sheet.title], remarks)))
    return SourceDocument(tuple(grids), tuple(remarks))


def _rows(sheet: Worksheet, formulas: Worksheet, remarks: list[Remark]) -> Iterator[tuple[GridCell, ...]]:
    """Yield the visible rows, of the visible columns."""
    hidden = _hidden_columns(sheet, remarks)
    spans = {
        (area.min_row, area.min_col): (area.max_col - area.min_col + 1) * (area.max_row - area.min_row + 1)
        for area in sheet.merged_cells.ranges
    }
    for row in sheet.iter_rows():
        number = row[0].row or 0
        dimension = sheet.row_dimensions[number]
        if dimension.hidden or dimension.height == 0:
            if texts := _texts(row):
                place = SourcePlace(sheet=sheet.title, row=number, column=1)
                remarks.append(remark(RemarkKind.LEFT_OUT, "row-hidden", place, text=texts))
            continue
        cells = [cell for cell in row if cell.column not in hidden]
        yield tuple(grid_cell(cell, formulas, spans.get((number, cell.column or 0), 1), remarks) for cell in cells)


def _hidden_columns(sheet: Worksheet, remarks: list[Remark]) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            hidden |= set(range(dimension.min or 0, (dimension.max or 0) + 1))
    for column in sorted(hidden & set(range(1, sheet.max_column + 1))):
        texts = _texts(row[0] for row in sheet.iter_rows(min_col=column, max_col=column))
        if texts:
            place = SourcePlace(sheet=sheet.title, row=1, column=column)
            remarks.append(remark(RemarkKind.LEFT_OUT, "column-hidden", place, text=texts))
    return hidden


def _texts(cells: Iterator[AnyCell] | tuple[AnyCell, ...]) -> str:
    return " · ".join(str(cell.value) for cell in cells if cell.value is not None)


def grid_cell(cell: AnyCell, formulas: Worksheet, spans: int, remarks: list[Remark]) -> GridCell:
    """Return a cell as it is stored. `formulas` is the same sheet, read without the values of its formulas."""
    place = SourcePlace(sheet=formulas.title, row=cell.row or 0, column=cell.column or 0)
    value = cell.value
    if getattr(cell, "comment", None) is not None:
        remarks.append(remark(RemarkKind.LEFT_OUT, "cell-comment", place, text=cell.comment.text))
    if value is None:
        formula = formulas.cell(cell.row or 1, cell.column or 1).value
        is_formula = (isinstance(formula, str) and formula.startswith("=")) or formula is not None
        return GridCell(str(formula), place, doubt="not-calculated") if is_formula else GridCell("", place)
    is_bold, is_struck = bool(cell.font and cell.font.b), bool(cell.font and cell.font.strike)
    text, mark, doubt, shown = _read(cell, value)
    if is_struck or doubt == "struck":
        doubt = "struck"
    elif spans > 1 and not doubt and cell.data_type == "n":
        doubt = "spans"
    return GridCell(text, place, mark, is_bold, doubt, shown, spans, is_number=isinstance(value, int | float))


def _read(cell: AnyCell, value: object) -> tuple[str, str, str, str]:
    """Return a cell's text, the mark raised after it, why it is in doubt, and what is seen instead."""
    if isinstance(value, bool):
        return str(value), "", "not-number", ""
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), cell.number_format or "General")
    if isinstance(value, date):
        return value.isoformat()[:10], "", "date", ""
    if cell.data_type == "e":
        return str(value), "", "error", ""
    if isinstance(value, str):
        return bare(value), "", "", ""
    return _rich(value)


def _rich(value: Any) -> tuple[str, str, str, str]:
    """Return a text whose parts have fonts of their own: what is raised is a mark, what is struck is gone."""
    text, mark, doubt = "", "", ""
    for part in value:
        font = getattr(part, "font", None)
        piece = part if isinstance(part, str) else part.text
        if font is not None and font.vertAlign == "superscript":
            mark += piece.strip()
        else:
            doubt = "struck" if font is not None and font.strike else doubt
            text += piece
    return without_unseen(text).strip(), mark, doubt, ""


# --- Numbers and their formats --------------------------------------------------------------------------------------


def _number(value: Decimal, number_format: str) -> tuple[str, str, str, str]:
    """Return a number as it is stored, and what its format shows where that is another.

    >>> from decimal import Decimal
    >>> _number(Decimal(119465), "#,##0,")
    ('119465', '', 'format-scaled', '119')
    >>> _number(Decimal("7489"), '#,##0" tkr"')
    ('7 489 tkr', '', '', '')
    """
    value = without_noise(value)
    text = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    text = text.replace(".", ",")
    if number_format in ("General", "@", "GENERAL"):
        return text, "", "", ""
    section = _section(number_format, value)
    if "%" in section:
        return text, "", "percent", f"{value * 100:f}".rstrip("0").rstrip(".") + " %"
    unit, section = _without_unit(section)
    match = NUMBER_FORMAT.fullmatch(DECORATION.sub("", section).strip())
    if match is None:
        return text, "", "format-unknown", number_format
    if match["scaled"]:
        scaled = value / 1000 ** len(match["scaled"])
        return text, "", "format-scaled", f"{scaled.quantize(Decimal(1)):f}"
    if "," in section:
        before, *after = text.split(",")
        text = ",".join([THOUSANDS.sub(" ", before), *after])  # as it is seen: a year is never seen so
    decimals = len(match["decimals"] or "")
    rounded = value.quantize(Decimal(1).scaleb(-decimals))
    if abs(rounded - value) >= NOISE:
        return f"{text}{unit}", "", "format-rounds", f"{rounded:f}".replace(".", ",")
    if value < 0 and ";" in number_format and not re.search(r"[-(]", section):
        return f"{text}{unit}", "", "format-sign", f"{abs(value):f}"
    return f"{text}{unit}", "", "", ""


def without_noise(value: Decimal) -> Decimal:
    """Return a number without what computers add to it.

    >>> from decimal import Decimal
    >>> without_noise(Decimal("0.30000000000000004")), without_noise(Decimal("2.0000000001"))
    (Decimal('0.300000'), Decimal('2'))
    """
    whole, near = value.quantize(Decimal(1)), value.quantize(NOISE)
    if abs(value - whole) < NOISE:
        return whole
    return near if abs(value - near) < FINER_NOISE else value


def _section(number_format: str, value: Decimal) -> str:
    """Return the part of a format that a number is shown by: for positive, negative and zero."""
    sections = number_format.split(";")
    at = 1 if value < 0 else 2 if value == 0 else 0
    return sections[at] if at < len(sections) else sections[0]


def _without_unit(section: str) -> tuple[str, str]:
    """Return the unit that a format writes after a number, and the format without it."""
    for match in LITERAL.finditer(section):
        if found := UNIT_LITERAL.fullmatch(match[1] or ""):
            return f" {found[1]}", section.replace(match[0], "")
    currency = CURRENCY.search(section)
    return (f" {currency[1].strip()}" if currency and UNIT_LITERAL.fullmatch(currency[1]) else ""), section
