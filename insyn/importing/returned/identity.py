"""Which plan a workbook is of, and which version of its budget."""

import io
import re
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from msgspec import Struct

from insyn.downloads.plan_workbook import ABOUT_SHEET
from insyn.texts import Texts

ZIP = b"PK\x03\x04"


class WorkbookIdentity(Struct, frozen=True):
    """What a plan's workbook says that it is of."""

    association: str
    year: int
    version: str
    """The version's name when the workbook was made."""
    fingerprint: str
    """Of the budget as it was then."""


def identity_of(body: bytes, texts: Texts) -> WorkbookIdentity | None:
    """Return which plan a file is the workbook of; None for any other file."""
    if not body.startswith(ZIP):
        return None
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(body), data_only=True)
    except (BadZipFile, KeyError, ValueError, ParseError, InvalidFileException):
        return None
    return _identity(book[ABOUT_SHEET], texts) if ABOUT_SHEET in book.sheetnames else None


def _identity(sheet: Any, texts: Texts) -> WorkbookIdentity | None:
    label, pattern = texts.say("workbook-identity"), _pattern(texts)
    for row in sheet.iter_rows(max_col=2, values_only=True):
        if str(row[0]).strip() == label and (match := pattern.fullmatch(" ".join(str(row[-1]).split()))):
            return WorkbookIdentity(match["association"], int(match["year"]), match["version"], match["fingerprint"])
    return None


def _pattern(texts: Texts) -> re.Pattern[str]:
    """Return the pattern of what `identity_of` in `downloads/plan_workbook.py` writes."""
    said = re.escape(texts.say("workbook-identified", plan="PLAN", version="VERSION", fingerprint="PRINT"))
    plan = r"(?P<association>[a-z0-9-]+)/(?P<year>\d{4})"
    named = said.replace("PLAN", plan).replace("VERSION", r"(?P<version>\S+)")
    return re.compile(named.replace("PRINT", r"(?P<fingerprint>[0-9a-f]{16})"))
