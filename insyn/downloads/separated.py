"""CSV with commas (RFC 4180), and with semicolons for Swedish Excel.

No cell can become a formula. A text that a spreadsheet program would evaluate, whichever separator it splits at, gets
an apostrophe before it: the remedy that OWASP recommends, and the one that leaves every other text untouched.
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
"""Without it Excel doesn't detect UTF-8."""
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
FORMULA = re.compile(r"(^|[,;])(?=[\"' \u00a0]*[=+\-@＝＋－＠])")
"""The start of a formula: at the start of a cell, or after another program's separator."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """Return a text on one line, with an apostrophe before any formula. A number stays a number."""
    line = BREAKS.sub(" ", text).strip(" ")
    return line if NUMBER.match(line) else FORMULA.sub(r"\1'", line)


def separated(rows: Iterable[Sequence[Value]]) -> str:
    """Return rows as comma-separated text, texts made harmless."""
    return _written(map(_harmless_row, rows), ",")


def _harmless_row(row: Sequence[Value]) -> list[Value]:
    """Return the cells of a row with texts made harmless; in the first cell, negative numbers too.

    To a program that splits at another separator, "-1,5+A1" is one cell.
    """
    first, *others = (harmless(value) if isinstance(value, str) else value for value in row)
    return [f"'{first}" if str(first).startswith("-") else first, *others]


def with_semicolons(text: str) -> str:
    """Convert to semicolons for Swedish Excel. Amounts are whole kronor, so there are no decimal points to convert."""
    if '"' not in text and ";" not in text:
        return BYTE_ORDER_MARK + text.replace(",", ";")
    return BYTE_ORDER_MARK + _written(csv.reader(io.StringIO(text, newline="")), ";")


def _written(rows: Iterable[Iterable[Value]], separator: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator=LINE).writerows(rows)
    return written.getvalue()
