"""The budget as a grid: rows as they are printed, a cell for each column."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from enum import Enum
from string import ascii_lowercase
from typing import Any

from msgspec import Struct

from insyn.form.fields import TO_FILL_IN, FieldGroup, Path, Value, group_of, label_of, new_item
from insyn.problems import Place
from insyn.reading.cells import asks_for_sum
from insyn.reading.characters import fold
from insyn.reading.key_kinds import ChoiceKey, FrontMatterKey, Keys
from insyn.reading.keys import (
    BlockKeys,
    BudgetGroupKeys,
    BudgetKeys,
    BudgetRowKeys,
    CellKeys,
    ColumnKeys,
    EquityKeys,
    OpeningEquityKeys,
    PlanKeys,
    ResultKeys,
    SubtotalKeys,
    TotalKeys,
)
from insyn.reading.nodes import Mapping, Node, Scalar, Sequence
from insyn.swedish import capitalised


class RowRole(Enum):
    """What a row of the grid is; the value is its CSS class."""

    ROW = "row"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class FormCell(Struct, frozen=True):
    path: Path
    value: str
    """As written: "119 465", "-150 000***", "---"; empty for a blank."""
    place: Place


class GridRow(Struct, frozen=True):
    path: Path
    """Of the row's mapping."""
    role: RowRole
    name: str
    name_path: Path
    level: int
    """How many groups it stands in."""
    cells: tuple[FormCell, ...]
    """Empty for a group's heading, and where the site works out a sum."""
    computed: str = ""
    """The path's word where the site works out the sum: "räkna"."""
    kind: str = ""
    """The word of its part or purpose."""
    kind_path: Path = ()
    place: Place | None = None
    more: FieldGroup | None = None
    """Its other fields."""
    in_columns: bool = True
    """False for saved money before the first column: one amount, of no column."""

    @property
    def is_movable(self) -> bool:
        return self.role in (RowRole.ROW, RowRole.GROUP)


class GridBlock(Struct, frozen=True):
    """The incomes, the costs, the result or saved money."""

    path: Path
    heading: str
    rows_path: Path
    """Of the list that new rows go into; empty where rows can't be added."""
    rows: tuple[GridRow, ...]
    kinds: tuple[str, ...] = ()
    """The words to choose between in each row: who pays, or what for."""
    kind_label: str = ""
    has_total: bool = False
    more: FieldGroup | None = None
    """Its other fields."""
    new: Lookup[str, Value] = {}
    """What an added row has until it is filled in."""

    @property
    def own_rows(self) -> int:
        """How many rows and groups stand directly in it."""
        return sum(row.path[:-1] == self.rows_path for row in self.rows)


class GridColumn(Struct, frozen=True):
    path: Path
    heading: str
    fields: FieldGroup
    next: Lookup[str, Value]
    """A column for the year after."""


class BudgetGrid(Struct, frozen=True):
    columns: tuple[GridColumn, ...]
    columns_path: Path
    blocks: tuple[GridBlock, ...]
    unit: str
    """The word of the plan's unit; empty when it isn't written."""


BUDGET: Path = (PlanKeys.budget.name,)
CELLS = BudgetRowKeys.cells.name


def grid_of(header: Mapping) -> BudgetGrid:
    """Return the budget of a plan's front matter; without columns or blocks when they can't be read."""
    budget = child(header, PlanKeys.budget)
    columns = tuple(_columns(budget))
    blocks = [
        _block(budget, BudgetKeys.income, BudgetRowKeys.funder, len(columns)),
        _block(budget, BudgetKeys.costs, BudgetRowKeys.purpose, len(columns)),
        *_closing(budget),
    ]
    unit = child(budget, BudgetKeys.unit)
    word = unit.text if isinstance(unit, Scalar) else ""
    return BudgetGrid(columns, (*BUDGET, BudgetKeys.columns.name), tuple(block for block in blocks if block), word)


def child(node: Node | None, key: FrontMatterKey) -> Node | None:
    """Return what stands under a key, however it is capitalised; None when nothing does."""
    if not isinstance(node, Mapping):
        return None
    return next((entry.value for entry in node.entries if fold(entry.key) == fold(key.name)), None)


def _columns(budget: Node | None) -> Iterator[GridColumn]:
    columns = child(budget, BudgetKeys.columns)
    items = columns.items if isinstance(columns, Sequence) else ()
    ids = frozenset(_text(one, ColumnKeys.id) for one in items)
    for index, node in enumerate(items):
        if isinstance(node, Mapping):
            path = (*BUDGET, BudgetKeys.columns.name, index)
            words = [_text(node, ColumnKeys.kind), _text(node, ColumnKeys.year)]
            heading = _text(node, ColumnKeys.label) or capitalised(" ".join(words).strip())
            yield GridColumn(path, heading, group_of(ColumnKeys, node, path, heading), _next_column(node, ids))


def _next_column(node: Mapping, ids: frozenset[str]) -> Lookup[str, Value]:
    """Return what a column after another has at first: the year after, of the same kind, with an id of its own."""
    kind, year = _text(node, ColumnKeys.kind), _text(node, ColumnKeys.year)
    if not year.isdecimal():
        return new_item(ColumnKeys)
    later = str(int(year) + 1)
    named = (f"{kind[:1]}{later}{letter}" for letter in ("", *ascii_lowercase))
    return {
        ColumnKeys.id.name: next(id for id in named if id not in ids),
        ColumnKeys.year.name: later,
        ColumnKeys.kind.name: kind,
    }


def _block(budget: Node | None, key: FrontMatterKey, kind: ChoiceKey[Any], width: int) -> GridBlock | None:
    node = child(budget, key)
    if not isinstance(node, Mapping):
        return None
    path, rows = (*BUDGET, key.name), child(node, BlockKeys.rows)
    rows_path = (*path, BlockKeys.rows.name)
    found = [*_rows(rows, rows_path, kind, 0)]
    total = _sum_row(node, BlockKeys.total, TotalKeys, path, RowRole.TOTAL, 0)
    heading = _text(node, BlockKeys.heading) or label_of(key)
    label = label_of(kind)
    all_rows = (*found, *([total] if total else ()))
    new: dict[str, Value] = {BudgetRowKeys.name.name: TO_FILL_IN, CELLS: (None,) * width}
    if kind is BudgetRowKeys.funder:
        new[kind.name] = TO_FILL_IN
    more = group_of(BlockKeys, node, path, "Rubrik", skip=frozenset({BlockKeys.rows.name, BlockKeys.total.name}))
    return GridBlock(path, heading, rows_path, all_rows, tuple(kind.words), label, total is not None, more, new)


def _rows(node: Node | None, path: Path, kind: ChoiceKey[Any], level: int) -> Iterator[GridRow]:
    for index, item in enumerate(node.items if isinstance(node, Sequence) else ()):
        own = (*path, index)
        if not isinstance(item, Mapping):
            continue
        if child(item, BudgetGroupKeys.name) is not None:
            yield from _group(item, own, kind, level)
        else:
            yield _row(item, own, kind, level)


def _group(node: Mapping, path: Path, kind: ChoiceKey[Any], level: int) -> Iterator[GridRow]:
    fields = group_of(BudgetGroupKeys, node, path, _text(node, BudgetGroupKeys.name), skip=GROUP_ELSEWHERE)
    name_path = (*path, BudgetGroupKeys.name.name)
    name = _text(node, BudgetGroupKeys.name)
    yield GridRow(path, RowRole.GROUP, name, name_path, level, (), place=node.place, more=fields)
    yield from _rows(child(node, BudgetGroupKeys.rows), (*path, BudgetGroupKeys.rows.name), kind, level + 1)
    subtotal = _sum_row(node, BudgetGroupKeys.subtotal, SubtotalKeys, path, RowRole.SUBTOTAL, level + 1)
    if subtotal:
        yield subtotal


ROW_ELSEWHERE = frozenset({BudgetRowKeys.name.name, CELLS})
KEPT = (BudgetRowKeys.link, BudgetRowKeys.account, BudgetRowKeys.cofog)
"""What no page shows."""
GROUP_ELSEWHERE = frozenset({BudgetGroupKeys.name.name, BudgetGroupKeys.rows.name, BudgetGroupKeys.subtotal.name})


def _row(node: Mapping, path: Path, kind: ChoiceKey[Any], level: int) -> GridRow:
    name = _text(node, BudgetRowKeys.name)
    fields = group_of(BudgetRowKeys, node, path, name, skip=_elsewhere(node, kind))
    return GridRow(
        path,
        RowRole.ROW,
        name,
        (*path, BudgetRowKeys.name.name),
        level,
        tuple(_cells(child(node, BudgetRowKeys.cells), (*path, CELLS))),
        kind=_text(node, kind),
        kind_path=(*path, kind.name),
        place=node.place,
        more=fields,
    )


def _elsewhere(node: Mapping, kind: ChoiceKey[Any]) -> frozenset[str]:
    """Return the keys that the grid has, and those that aren't written and that rows of the block don't need."""
    other_block: tuple[FrontMatterKey, ...] = (BudgetRowKeys.purpose, BudgetRowKeys.explanation, BudgetRowKeys.comment)
    if kind is BudgetRowKeys.purpose:
        other_block = (BudgetRowKeys.funder, BudgetRowKeys.member)
    return ROW_ELSEWHERE | {kind.name} | {key.name for key in (*KEPT, *other_block) if child(node, key) is None}


def _sum_row(
    node: Mapping, key: FrontMatterKey, keys: type[Keys], path: Path, role: RowRole, level: int
) -> GridRow | None:
    """Return the row of a sum; None when none is written."""
    found, own = child(node, key), (*path, key.name)
    if isinstance(found, Scalar) and not found.is_blank:
        return GridRow(own, role, label_of(key), (), level, (), found.text, place=found.place)
    if not isinstance(found, Mapping):
        return None
    name_key, cells_key = keys.fields["name"], keys.fields["cells" if "cells" in keys.fields else "cell"]
    name, cells = _text(found, name_key), child(found, cells_key)
    if isinstance(cells, Scalar) and asks_for_sum(cells.text):
        return GridRow(own, role, name, (*own, name_key.name), level, (), cells.text, place=found.place)
    of_cells = tuple(_cells(cells, (*own, cells_key.name)))
    more = group_of(keys, found, own, name, skip=frozenset({name_key.name, cells_key.name}))
    return GridRow(
        *(own, role, name, (*own, name_key.name), level, of_cells),
        place=found.place,
        more=more if more.parts else None,
        in_columns=cells_key is not OpeningEquityKeys.cell,
    )


def _closing(budget: Node | None) -> Iterator[GridBlock]:
    """Yield the result and saved money: rows that stand alone."""
    if not isinstance(budget, Mapping):
        return
    result = _sum_row(budget, BudgetKeys.result, ResultKeys, BUDGET, RowRole.TOTAL, 0)
    if result:
        yield GridBlock((*BUDGET, BudgetKeys.result.name), label_of(BudgetKeys.result), (), (result,))
    equity = child(budget, BudgetKeys.equity)
    if isinstance(equity, Mapping):
        path = (*BUDGET, BudgetKeys.equity.name)
        found = (
            _sum_row(equity, EquityKeys.opening, OpeningEquityKeys, path, RowRole.TOTAL, 0),
            _sum_row(equity, EquityKeys.closing, TotalKeys, path, RowRole.TOTAL, 0),
        )
        rows = tuple(row for row in found if row)
        if rows:
            yield GridBlock(path, label_of(BudgetKeys.equity), (), rows)


def _cells(node: Node | None, path: Path) -> Iterator[FormCell]:
    """Yield the cells of a row; of one that has more than a value, the value."""
    items = node.items if isinstance(node, Sequence) else [node] if node is not None else []
    for index, item in enumerate(items):
        own = (*path, index) if isinstance(node, Sequence) else path
        value = child(item, CellKeys.value)
        if value is not None:
            own = (*own, CellKeys.value.name)
        yield FormCell(own, _written(value or item), (value or item).place)


def _text(node: Node | None, key: FrontMatterKey) -> str:
    return _written(child(node, key))


def _written(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) and not node.is_blank else ""
