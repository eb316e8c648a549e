"""From the cells of a table to amounts in a unit, each with what was taken for granted."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from insyn.importing.document import GridCell
from insyn.importing.draft import DraftCell
from insyn.importing.tables import SourceLine
from insyn.model import Amount, Kronor, Unit
from insyn.reading.printed_amounts import is_amount_like, read_printed, unit_said, written_amount

GROUPED = re.compile(r"\d[\s.\u00a0\u2009\u202f]\d{3}(?!\d)")
UNGROUPED = re.compile(r"[-–−]?\d{4,}")
GROWN = re.compile(r"[-–−]? ?\d{1,3}(?:[ .\u00a0\u2009\u202f]\d{3})*[ .\u00a0\u2009\u202f]\d{4}")
"""An amount that a raised mark has grown into: 500 0001."""
SHORT = re.compile(r"[-–−]? ?\d{2,3}|[-–−]? ?\d{4,}")
DIGITS = re.compile(r"\d{1,2}\)?")
NEVER_READ = frozenset({"not-calculated", "error", "percent", "struck", "date", "columns-unclear"})
"""Doubts of a reader after which nothing is taken."""
MOST_OF_THOUSANDS = 60_000
"""The largest amount of a whole table, above which it is hardly in thousands: no förbund has sixty million."""


def unit_of(lines: Sequence[SourceLine]) -> Unit | None:
    """Return the unit that amounts themselves state; None where none does, or they differ."""
    said = {unit for line in lines for cell in line.cells if (unit := unit_said(cell.text))}
    return said.pop() if len(said) == 1 else None


def likely_unit(lines: Sequence[SourceLine]) -> Unit:
    """Return the unit that the size of the amounts speaks for."""
    read = (read_printed(cell.text, Unit.KR) for line in lines for cell in line.cells)
    largest = max((abs(one.cell.kronor) for one in read if one and isinstance(one.cell, Amount)), default=0)
    return Unit.KR if largest > MOST_OF_THOUSANDS else Unit.TKR


def is_grouped(lines: Sequence[SourceLine]) -> bool:
    """Whether the table writes thousands apart: then a long number without a space may have lost something."""
    return any(GROUPED.search(cell.text) for line in lines for cell in line.cells)


def has_grown(lines: Sequence[SourceLine]) -> bool:
    """Whether raised marks have grown into amounts: then a short number may have one too, and nothing shows it."""
    return any(GROWN.fullmatch(cell.text.strip()) for line in lines for cell in line.cells)


def read_cell_of(cell: GridCell, unit: Unit, *, grouped: bool, grown: bool = False) -> DraftCell:
    """Read a cell. What can't be taken is a blank that says so."""
    text = cell.text.strip()
    if cell.doubt in NEVER_READ:
        return DraftCell("~", None, text, cell.origin, cell.doubt, is_unread=True, shown=cell.shown)
    read = read_printed(text, unit)
    if read is None:
        key = "amount-unclear" if is_amount_like(text) else "not-an-amount"
        return DraftCell("~", None, text, cell.origin, key, is_unread=True)
    guess = cell.doubt or (read.guess and f"amount-{read.guess}")
    if grouped and UNGROUPED.fullmatch(text) and not guess and not cell.is_number:
        guess = "amount-ungrouped"
    if grown and SHORT.fullmatch(text):
        guess = "amount-grown"
    if not isinstance(read.cell, Amount):
        return DraftCell(read.written, None, text, cell.origin, guess, shown=cell.shown)
    amount = replace(read.cell, mark=mark_of(cell.mark) or (read.cell.mark and mark_of(read.cell.mark)))
    return DraftCell(written_amount(amount, unit), amount.kronor, text, cell.origin, guess, shown=cell.shown)


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def mark_of(mark: str) -> str:
    """Return a note's mark as plans write it: "1)" for a raised 1, stars as they are."""
    plain = mark.strip().translate(RAISED)
    return f"{plain.rstrip(')')})" if DIGITS.fullmatch(plain) else plain


def flipped(cell: DraftCell, unit: Unit) -> DraftCell:
    """Return a cost that is printed with a minus as it is written: without. One without is then less than none."""
    if not cell.kronor:
        return cell
    match = re.search(r"(?:(?<!\*)\*+| \d{1,2}\))\"?\Z", cell.written)
    amount = Amount(Kronor(-cell.kronor), mark=match[0].strip('" ') if match else None)
    return replace(
        cell,
        written=written_amount(amount, unit),
        kronor=amount.kronor,
        guess=cell.guess or ("sign-missing" if cell.kronor > 0 else ""),
    )
