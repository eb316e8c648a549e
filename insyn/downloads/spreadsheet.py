"""Sheets as an Excel workbook (ECMA-376): the same bytes for the same sheets, in a millisecond.

openpyxl takes 30 ms for a plan's workbook and XlsxWriter 9, and openpyxl can't give a formula the value that programs
without a calculator show. A workbook of tables needs five small files, so they are written here.
"""

import io
import re
from collections.abc import Sequence
from enum import IntEnum
from html import escape

from msgspec import Struct

MOMENT = (1980, 1, 1, 0, 0, 0)
"""What the files in the archive are dated: the earliest that the format has."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML can't hold."""
DECIMALS = 6
"""A krona in millions of kronor."""


class Look(IntEnum):
    """How a cell is shown; the value is its place in the workbook's styles. A number's decimals are added to it."""

    TEXT = 0
    HEADING = 1
    NUMBER_HEADING = 2
    STRONG = 3
    INDENTED = 4
    TWICE_INDENTED = 5
    MARK = 6
    """A sign that stands where a number would."""
    PROSE = 7
    NUMBER = 8
    STRONG_NUMBER = NUMBER + DECIMALS + 1


class Text(Struct, frozen=True):
    text: str
    look: Look = Look.TEXT


class Number(Struct, frozen=True):
    """A number as it is written in a program: "-4183.998". With a formula, it is what the formula comes to."""

    number: str
    strong: bool = False
    formula: str | None = None

    @property
    def style(self) -> int:
        places = len(self.number.partition(".")[2])
        return (Look.STRONG_NUMBER if self.strong else Look.NUMBER) + min(places, DECIMALS)


SheetCell = Text | Number | None


class Sheet(Struct, frozen=True):
    """A table with its headings in the first row, which stays in view, as does the first column."""

    name: str
    rows: tuple[tuple[SheetCell, ...], ...]
    widths: tuple[int, ...]
    """Of the columns, in characters."""


def workbook(sheets: Sequence[Sheet], *, title: str, creator: str) -> bytes:
    """Write a workbook."""
    numbers = range(1, len(sheets) + 1)
    files = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": CORE.format(title=_escaped(title), creator=_escaped(creator)),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _book_relations(numbers),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in zip(numbers, sheets, strict=True)},
    }
    return _zipped(files)


def letter(column: int) -> str:
    """Name a column, counted from nought: A, B … Z, AA."""
    rest, place = divmod(column, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + place)


def _zipped(files: dict[str, str]) -> bytes:
    import zipfile  # takes as long as ten workbooks, and most builds make none

    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode())
    return body.getvalue()


# --- Sheets ---------------------------------------------------------------------------------------------------------


def _sheet(sheet: Sheet) -> str:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(cell, column, number) for column, cell in enumerate(row) if cell)}</row>'
        for number, row in enumerate(sheet.rows, 1)
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>{rows}</sheetData>"
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )


def _cell(cell: Text | Number, column: int, row: int) -> str:
    place = f"{letter(column)}{row}"
    if isinstance(cell, Text):
        text = f'<is><t xml:space="preserve">{_escaped(cell.text)}</t></is>'
        return f'<c r="{place}" s="{cell.look}" t="inlineStr">{text}</c>'
    formula = f"<f>{_escaped(cell.formula)}</f>" if cell.formula else ""
    return f'<c r="{place}" s="{cell.style}">{formula}<v>{cell.number}</v></c>'


def _escaped(text: str) -> str:
    return escape(UNPRINTABLE.sub("", text))


# --- What holds the sheets together ---------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>sv-SE</dc:language>"
    "</cp:coreProperties>"
)


def _content_types(numbers: Sequence[int]) -> str:
    sheets = "".join(_type(f"/xl/worksheets/sheet{number}.xml", f"{KINDS}.worksheet+xml") for number in numbers)
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + _type("/xl/workbook.xml", f"{KINDS}.sheet.main+xml")
        + _type("/xl/styles.xml", f"{KINDS}.styles+xml")
        + _type("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
        + f"{sheets}</Types>"
    )


def _type(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


def _book(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    repeated = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">{name}!$1:$1</definedName>'
        for place, name in enumerate(escape(quoted(sheet.name)) for sheet in sheets)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{repeated}</definedNames></workbook>"
    )


def quoted(sheet: str) -> str:
    """Write the name of a sheet as formulas need it."""
    return "'" + sheet.replace("'", "''") + "'"


def _book_relations(numbers: Sequence[int]) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    styles = f'<Relationship Id="rId{len(numbers) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{sheets}{styles}</Relationships>'


# --- Looks ----------------------------------------------------------------------------------------------------------

GROUPED = 3
"""The number of the format "#,##0", which every program shows as its own language groups digits."""
OWN_FORMATS = 164
"""The first number that a workbook's own formats may have."""


def _look(
    *, bold: bool = False, ruled: bool = False, decimals: int | None = None, aligned: str = "", wrapped: str = ""
) -> str:
    number = 0 if decimals is None else GROUPED if decimals == 0 else OWN_FORMATS + decimals
    alignment = f"<alignment{aligned}{wrapped}/>" if aligned or wrapped else ""
    return (
        f'<xf numFmtId="{number}" fontId="{int(bold)}" fillId="0" borderId="{int(ruled)}" xfId="0"'
        f' applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">{alignment}</xf>'
    )


RIGHT, LEFT_1, LEFT_2 = ' horizontal="right"', ' horizontal="left" indent="1"', ' horizontal="left" indent="2"'
WRAPPED = ' vertical="top" wrapText="1"'
LOOKS = (
    _look(),
    _look(bold=True, ruled=True, wrapped=WRAPPED),
    _look(bold=True, ruled=True, aligned=RIGHT, wrapped=WRAPPED),
    _look(bold=True),
    _look(aligned=LEFT_1),
    _look(aligned=LEFT_2),
    _look(aligned=RIGHT),
    _look(wrapped=WRAPPED),
    *(_look(decimals=places) for places in range(DECIMALS + 1)),
    *(_look(bold=True, decimals=places) for places in range(DECIMALS + 1)),
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="{DECIMALS}">'
    + "".join(
        f'<numFmt numFmtId="{OWN_FORMATS + places}" formatCode="#,##0.{"0" * places}"/>'
        for places in range(1, DECIMALS + 1)
    )
    + '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(LOOKS)}">{"".join(LOOKS)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
