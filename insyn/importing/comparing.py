"""Holds a plan to the file that it was imported from: every amount that is another, with its place in the file."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from insyn.importing.document import SourcePlace
from insyn.importing.draft import named_cells
from insyn.importing.readback import cells_of
from insyn.importing.story import Imported
from insyn.model import Amount, Kronor, Plan

AnyCell = TypeVar("AnyCell")


class CellDifference(Struct, frozen=True):
    """A cell that isn't the same in plan and file. None for one without an amount, or that isn't there."""

    row: str
    column: str
    """Its id, or what stands for one; "" for a cell that the plan alone has."""
    in_plan: Kronor | None
    in_file: Kronor | None
    origin: SourcePlace


def differences(plan: Plan, imported: Imported) -> list[CellDifference]:
    """Return the cells that differ, in the order of the file, then the amounts that the plan alone has."""
    ours = _numbered(cells_of(plan.budget))
    found: list[CellDifference] = []
    theirs = _numbered((name, (column, cell)) for name, column, cell in named_cells(imported.draft.budget))
    for key, (column, cell) in theirs.items():
        own = ours.pop(key, None)
        kronor = own.kronor if isinstance(own, Amount) else None
        if kronor != cell.kronor:
            found.append(CellDifference(key[0], column, kronor, cell.kronor, cell.origin))
    left = ((key[0], own.kronor) for key, own in ours.items() if isinstance(own, Amount))
    return found + [CellDifference(row, "", kronor, None, SourcePlace()) for row, kronor in left]


def _numbered(cells: Iterable[tuple[str, AnyCell]]) -> dict[tuple[str, int], AnyCell]:
    """Return cells by their row's name and which of its cells they are."""
    counts: Counter[str] = Counter()
    numbered: dict[tuple[str, int], AnyCell] = {}
    for name, cell in cells:
        plain = " ".join(name.split())
        counts[plain] += 1
        numbered[plain, counts[plain]] = cell
    return numbered
