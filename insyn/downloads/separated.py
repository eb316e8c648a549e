"""Rows as comma-separated text (RFC 4180), and as the semicolon-separated text that Swedish Excel opens at a click.

No cell can become a formula. A text that a spreadsheet program would calculate, whichever sign it divides the line at,
gets an apostrophe before it: the remedy that OWASP recommends, and the one that leaves every other text untouched.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

Value = str | int
Row = tuple[Value, ...]

LINE = "\r\n"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
FORMULA = re.compile(r"(^|[,;])(?=[\"' \u00a0]*[=+\-@＝＋－＠])")
"""Where a formula would begin: at the start of a cell, or after a sign that another program divides the line at."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """Return a text on one line, which no spreadsheet program takes for a formula. A number stays a number."""
    line = BREAKS.sub(" ", text).strip(" ")
    return line if NUMBER.match(line) else FORMULA.sub(r"\1'", line)


def separated(rows: Iterable[Sequence[Value]]) -> str:
    """Write rows with commas, texts made harmless."""
    return _written(map(_harmless_row, rows), ",")


def _harmless_row(row: Sequence[Value]) -> list[Value]:
    """Return the cells of a row, texts made harmless; a first cell that is a number below zero, as a text is.

    To a program that divides the line at another sign, "-1,5+A1" is one cell.
    """
    first, *others = (harmless(value) if isinstance(value, str) else value for value in row)
    return [f"'{first}" if str(first).startswith("-") else first, *others]


def with_semicolons(text: str) -> str:
    """Turn comma-separated text into what Swedish Excel opens. Amounts are whole kronor, so none has a decimal sign."""
    if '"' not in text and ";" not in text:
        return BYTE_ORDER_MARK + text.replace(",", ";")
    return BYTE_ORDER_MARK + _written(csv.reader(io.StringIO(text, newline="")), ";")


def _written(rows: Iterable[Iterable[Value]], separator: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator=LINE).writerows(rows)
    return written.getvalue()
