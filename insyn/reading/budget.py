"""Reads the `budget` key of a plan's front matter into a `Budget`."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from insyn.model import (
    Blank,
    Block,
    Breakdown,
    BreakdownRow,
    Budget,
    BudgetGroup,
    BudgetRow,
    Cell,
    Column,
    ColumnKind,
    Control,
    Deviation,
    DocumentKind,
    Equity,
    EquityModel,
    FinancialGoal,
    FinancialGoals,
    Kronor,
    OpeningEquity,
    Percentage,
    Position,
    ProseFigure,
    Purpose,
    Result,
    ResultRole,
    Subtotal,
    Total,
    Unit,
)
from insyn.money.computed import with_computed
from insyn.problems import Found, Place
from insyn.reading.ceilings import read_ceiling
from insyn.reading.cells import asks_for_sum, read_amount, read_one_cell
from insyn.reading.characters import fold
from insyn.reading.column_years import meant_year, missing_year
from insyn.reading.expressions import read_expression
from insyn.reading.fields import Fields
from insyn.reading.key_kinds import CellsKey, ColumnsKey, FrontMatterKey, MappingKey, MappingsKey
from insyn.reading.keys import (
    BlockKeys,
    BreakdownKeys,
    BreakdownRowKeys,
    BreakdownTotalKeys,
    BudgetGroupKeys,
    BudgetKeys,
    BudgetRowKeys,
    ColumnHeadingKeys,
    ColumnKeys,
    DeviationKeys,
    EquityKeys,
    FinancialGoalKeys,
    FinancialGoalsKeys,
    InnerGroupKeys,
    OpeningEquityKeys,
    ProseFigureKeys,
    ResultKeys,
    SubtotalKeys,
    TotalKeys,
)
from insyn.reading.nodes import Mapping, Scalar
from insyn.reading.percentages import check_percent_unit, read_percentage
from insyn.reading.rows import RowLengths, counted, named, read_cells
from insyn.swedish import FreeIds, slug
from insyn.vocabulary import ADMINISTRATION_SHARE, TOTAL_NAMES

BLOCK_KEYS = {
    "income": ColumnHeadingKeys.income,
    "costs": ColumnHeadingKeys.costs,
    "equity": ColumnHeadingKeys.equity,
}
OF_A_MISSING_COLUMN = frozenset({"column-unknown", "main-column-missing"})
"""Faults that a forgotten column causes."""
MAIN_KINDS = {
    DocumentKind.PLAN: (ColumnKind.BUDGET,),
    DocumentKind.INTERIM_REPORT: (ColumnKind.FORECAST, ColumnKind.BUDGET),
    DocumentKind.ANNUAL_REPORT: (ColumnKind.BUDGET, ColumnKind.OUTCOME),
}
"""For each kind of document, the kinds that its main column may have, the likeliest first."""


def read_budget(fields: Fields, plan_year: int, document: DocumentKind = DocumentKind.PLAN) -> Budget:
    """Read a budget. An unreadable value is reported and left blank, so that the rest can be read and checked."""
    unit = fields.choice(BudgetKeys.unit) or Unit.KR
    equity_model = fields.choice(BudgetKeys.equity_model) or EquityModel.SEPARATE
    columns = _with_meant_year(fields, _read_columns(fields), plan_year, MAIN_KINDS[document])
    reader = _Table(columns, unit, fields.found)
    budget = fields.make(
        Budget,
        heading_place=fields.place_of(BudgetKeys.heading),
        unit=unit,
        equity_model=equity_model,
        main_column=_read_main_column(fields, columns, plan_year, document),
        columns=columns,
        income=reader.block(fields, BudgetKeys.income, needs_funder=True),
        costs=reader.block(fields, BudgetKeys.costs, needs_funder=False),
        result=reader.result(fields, equity_model),
        equity=reader.equity(fields),
        deviations=tuple(_read_deviations(fields, columns, unit)),
        ceiling=read_ceiling(fields, BudgetKeys.ceiling),
        financial_goals=_read_financial_goals(fields),
        prose_figures=(),
        names_main=fields.scalar(BudgetKeys.main_column) is not None,
        unit_place=fields.place_of(BudgetKeys.unit),
    )
    budget = with_computed(budget)
    budget = replace(budget, prose_figures=tuple(_read_prose_figures(fields, budget)))
    if reader.lengths.odd:
        _tell_lengths(fields, reader.lengths, budget)
    return budget


# --- Columns --------------------------------------------------------------------------------------------------------


def _read_columns(fields: Fields) -> tuple[Column, ...]:
    columns: list[Column] = []
    for node in fields.items(BudgetKeys.columns):
        if not isinstance(node, Mapping):
            fields.found.add("expected-mapping-item", node.place, hint="item-compare", key=BudgetKeys.columns.name)
            columns.append(_unread_column(len(columns), node.place))
            continue
        item = Fields(node, fields.found, ColumnKeys)
        column = _read_column(item)
        if any(column.id == earlier.id for earlier in columns):
            fields.found.add("column-repeated", item.place_of(ColumnKeys.id), id=column.id)
            column = replace(column, id=f"{column.id}/{len(columns)}")
        columns.append(column)
    return tuple(columns)


def _with_meant_year(
    fields: Fields, columns: tuple[Column, ...], plan_year: int, kinds: tuple[ColumnKind, ...]
) -> tuple[Column, ...]:
    """Report a column whose year is a slip, and correct the year, so that the slip is reported only once."""
    heading_text = fields.text(BudgetKeys.heading)
    meant = meant_year(columns, plan_year, kinds, heading_text or "")
    if meant is None:
        return columns
    column = columns[meant.number]
    entries = [
        Fields(node, Found(), ColumnKeys) for node in fields.items(BudgetKeys.columns) if isinstance(node, Mapping)
    ]
    place = next((one.place_of(ColumnKeys.year) for one in entries if one.place == column.place), column.place)
    fields.found.add("column-year", place, id=column.id, written=column.year, year=meant.year)
    right = replace(column, year=meant.year)
    return (*columns[: meant.number], right, *columns[meant.number + 1 :])


def _unread_column(number: int, place: Place) -> Column:
    """Return a placeholder for an unreadable column, so that the cells of every row still match their columns."""
    return Column(f"/{number}", 0, ColumnKind.BUDGET, None, None, (), None, place)


def _read_column(fields: Fields) -> Column:
    return fields.make(
        Column,
        kind=fields.choice(ColumnKeys.kind) or ColumnKind.BUDGET,
        block_labels=_read_block_labels(fields),
    )


def _read_block_labels(fields: Fields) -> tuple[tuple[str, str], ...]:
    printed = fields.mapping(ColumnKeys.block_labels)
    if printed is None:
        return ()
    labels = tuple((block, text) for block, key in BLOCK_KEYS.items() if (text := printed.text(key)))
    printed.close()
    return labels


def _read_main_column(fields: Fields, columns: tuple[Column, ...], plan_year: int, document: DocumentKind) -> str:
    """Return the id of the plan's main column. A report may be about other figures than the budgeted ones."""
    written = fields.scalar(BudgetKeys.main_column)
    by_id = {column.id: column for column in columns}
    if written is not None:
        if written.text not in by_id:
            fields.found.add("column-unknown", written.place, written=written.text, columns=", ".join(by_id))
        elif by_id[written.text].year != plan_year:
            fields.found.add("main-column-year", written.place, written=written.text, year=plan_year)
        elif by_id[written.text].is_part:
            fields.found.add("main-column-part", written.place, written=written.text, year=plan_year)
        else:
            return written.text
    own = [column for column in columns if column.year == plan_year and not column.is_part]
    kinds = MAIN_KINDS[document]
    budgets = [column.id for kind in kinds for column in own if column.kind is kind]
    if not budgets and written is None and columns and all(column.year for column in columns):
        fields.found.add("main-column-missing", fields.place_of(BudgetKeys.columns), year=plan_year)
    return budgets[0] if budgets else next(iter(by_id), "")


def _tell_lengths(fields: Fields, lengths: RowLengths, budget: Budget) -> None:
    """Report rows without exactly one amount per column; only once if most of them agree with each other."""
    columns, common, found = budget.columns, lengths.common(), fields.found
    entry = fields.entry(BudgetKeys.columns)
    if common is not None and entry:
        agreeing = sum(row.cells == common for row in lengths.odd)
        unknown: tuple[str, ...] = ()
        if common > len(columns):
            unknown = tuple(dict(one.values)["written"] for one in found.problems if one.code == "column-unknown")
            found.problems[:] = [one for one in found.problems if one.code not in OF_A_MISSING_COLUMN]
        year = missing_year(columns, unknown, budget.heading)
        found.add(
            "column-count",
            entry.key_place,
            hint=_count_hint(common, len(columns), year),
            agreeing=agreeing,
            rows=lengths.rows,
            cells=common,
            columns=counted(len(columns)),
            column_names=named(columns),
            year=year,
        )
    lengths.tell(columns, found)


def _count_hint(cells: int, columns: int, year: int) -> str:
    if cells < columns:
        return "column-count-many"
    return "column-count-year" if year else "column-count-few"


# --- Rows -----------------------------------------------------------------------------------------------------------


class _Table:
    """Reads the parts of a table that share columns and unit."""

    def __init__(self, columns: tuple[Column, ...], unit: Unit, found: Found) -> None:
        self.columns, self.unit, self.found = columns, unit, found
        self.lengths = RowLengths()
        self.ids = FreeIds()
        self.needs_funder = False

    def block(self, fields: Fields, key: MappingKey, *, needs_funder: bool) -> Block:
        inner = fields.mapping(key)
        if inner is None:
            return Block(None, (), None)
        self.ids = FreeIds()
        self.needs_funder = needs_funder
        return inner.make(
            Block,
            rows=tuple(self._rows(inner, BlockKeys.rows, None)),
            total=self.total(inner, BlockKeys.total, TOTAL_NAMES["income" if needs_funder else "costs"]),
        )

    def _rows(self, fields: Fields, key: MappingsKey, purpose: Purpose | None) -> Iterator[BudgetRow | BudgetGroup]:
        for item in fields.mappings(key):
            if not item.has(BudgetGroupKeys.name):
                yield self._row(item, purpose)
            elif item.keys is BudgetRowKeys:
                self.found.add("group-too-deep", item.place)
            else:
                yield self._group(item, purpose)

    def _group(self, fields: Fields, inherited: Purpose | None) -> BudgetGroup:
        purpose = fields.choice(BudgetGroupKeys.purpose) or inherited
        rows = BudgetGroupKeys.rows if fields.keys is BudgetGroupKeys else InnerGroupKeys.rows
        return fields.make(
            BudgetGroup,
            purpose=purpose,
            rows=tuple(self._rows(fields, rows, purpose)),
            subtotal=self._subtotal(fields),
        )

    def _subtotal(self, group: Fields) -> Subtotal | None:
        if is_computed(group, BudgetGroupKeys.subtotal):
            place = group.place_of(BudgetGroupKeys.subtotal)
            return Subtotal(None, Position.AFTER, self._blanks(place), place, is_computed=True)
        inner = group.mapping(BudgetGroupKeys.subtotal)
        if inner is None:
            return None
        name = inner.text(SubtotalKeys.name) or group.required_text(BudgetGroupKeys.name)
        return inner.make(Subtotal, **self._summed(inner, SubtotalKeys.cells, name))

    def _row(self, fields: Fields, inherited: Purpose | None) -> BudgetRow:
        name = fields.required_text(BudgetRowKeys.name)
        if self.needs_funder:
            fields.require(BudgetRowKeys.funder)
        return fields.make(
            BudgetRow,
            id=self._id(fields, name),
            name=name,
            cells=self._cells(fields, BudgetRowKeys.cells, name),
            purpose=fields.choice(BudgetRowKeys.purpose) or inherited,
            emphasised=read_column_ids(fields, BudgetRowKeys.emphasised, self.columns),
            breakdown=self._breakdown(fields),
        )

    def _id(self, fields: Fields, name: str) -> str:
        written = fields.text(BudgetRowKeys.id)
        if written in self.ids.taken:
            self.found.add("row-id-repeated", fields.place_of(BudgetRowKeys.id), id=written)
        if not written:
            return self.ids.take(slug(name))
        self.ids.taken.add(written)
        return written

    def _cells(self, fields: Fields, key: CellsKey, row: str) -> tuple[Cell, ...]:
        return read_cells(fields, key, self.columns, self.unit, row=row, lengths=self.lengths)

    def _summed(self, fields: Fields, key: CellsKey, name: str) -> dict[str, Any]:
        """Read the amounts of a sum: those written, or the request that the site compute them."""
        place, computed = fields.place_of(key), is_computed(fields, key)
        cells = self._blanks(place) if computed else self._cells(fields, key, name)
        return {"cells": cells, "place": place, "is_computed": computed}

    def _blanks(self, place: Place) -> tuple[Cell, ...]:
        return tuple(Blank(place) for _ in self.columns)

    def total(self, fields: Fields, key: MappingKey, usual_name: str) -> Total | None:
        if is_computed(fields, key):
            place = fields.place_of(key)
            return Total(usual_name, self._blanks(place), place, is_computed=True)
        inner = fields.mapping(key)
        if inner is None:
            return None
        return inner.make(Total, **self._summed(inner, TotalKeys.cells, inner.required_text(TotalKeys.name)))

    def result(self, fields: Fields, equity_model: EquityModel) -> Result | None:
        included = equity_model is EquityModel.INCLUDED
        usual = ResultRole.CLOSING_EQUITY if included else ResultRole.ANNUAL_RESULT
        if is_computed(fields, BudgetKeys.result):
            place = fields.place_of(BudgetKeys.result)
            return Result(TOTAL_NAMES["result"], usual, self._blanks(place), place, is_computed=True)
        inner = fields.mapping(BudgetKeys.result)
        if inner is None:
            return None
        summed = self._summed(inner, ResultKeys.cells, inner.required_text(ResultKeys.name))
        return inner.make(Result, role=inner.choice(ResultKeys.role) or usual, **summed)

    def equity(self, fields: Fields) -> Equity | None:
        inner = fields.mapping(BudgetKeys.equity)
        if inner is None:
            return None
        return inner.make(
            Equity, opening=self._opening(inner), closing=self.total(inner, EquityKeys.closing, TOTAL_NAMES["closing"])
        )

    def _opening(self, fields: Fields) -> OpeningEquity | None:
        inner = fields.mapping(EquityKeys.opening)
        return (
            inner.make(OpeningEquity, cell=read_one_cell(inner, OpeningEquityKeys.cell, self.unit)) if inner else None
        )

    def _breakdown(self, fields: Fields) -> Breakdown | None:
        inner = fields.mapping(BudgetRowKeys.breakdown)
        if inner is None:
            return None
        unit = inner.choice(BreakdownKeys.unit) or self.unit
        total = inner.mapping(BreakdownKeys.total)
        breakdown = inner.make(
            Breakdown,
            unit=unit,
            column=next(iter(read_column_ids(inner, BreakdownKeys.column, self.columns)), ""),
            rows=tuple(_read_breakdown_row(item, unit) for item in inner.mappings(BreakdownKeys.rows)),
            total_name=total.required_text(BreakdownTotalKeys.name) if total else None,
            total=read_one_cell(total, BreakdownTotalKeys.cell, unit) if total else None,
        )
        if total:
            total.close()
        return breakdown


def is_computed(fields: Fields, key: FrontMatterKey) -> bool:
    """Whether the site is asked to compute the value of a key."""
    entry = fields.entry(key)
    return entry is not None and isinstance(entry.value, Scalar) and asks_for_sum(entry.value.text)


def _read_breakdown_row(fields: Fields, unit: Unit) -> BreakdownRow:
    return fields.make(BreakdownRow, cell=read_one_cell(fields, BreakdownRowKeys.cell, unit))


def read_column_ids(fields: Fields, key: ColumnsKey, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Read ids of columns, and report those that don't exist."""
    known = {column.id: column for column in columns}
    ids: list[str] = []
    for scalar in fields.scalars(key):
        if scalar.text in known:
            ids.append(scalar.text)
        else:
            fields.found.add("column-unknown", scalar.place, written=scalar.text, columns=", ".join(known))
    return tuple(ids)


# --- Deviations and figures in the text -----------------------------------------------------------------------------


def _read_deviations(fields: Fields, columns: tuple[Column, ...], unit: Unit) -> Iterator[Deviation]:
    for item in fields.mappings(BudgetKeys.deviations):
        control = item.choice(DeviationKeys.control)
        measured = control is Control.SIGN or item.require(DeviationKeys.difference)
        deviation = item.make(
            Deviation,
            control=control or Control.SIGN,
            columns=read_column_ids(item, DeviationKeys.columns, columns),
            difference=_read_difference(item, unit),
        )
        if control and measured:
            yield deviation


def _read_difference(fields: Fields, plan_unit: Unit) -> Kronor | None:
    unit = fields.choice(DeviationKeys.unit) or plan_unit
    value = read_amount(fields, DeviationKeys.difference, unit)
    return None if value is None else Kronor(abs(value))


def _read_financial_goals(fields: Fields) -> FinancialGoals | None:
    inner = fields.mapping(BudgetKeys.financial_goals)
    if inner is None:
        return None
    points = (item.make(FinancialGoal, percent=_read_share(item)) for item in inner.mappings(FinancialGoalsKeys.points))
    return inner.make(FinancialGoals, points=tuple(points))


def _read_share(fields: Fields) -> Percentage | None:
    """Read the limit of an administration goal, in percent. The limits of other goals are kept only as text."""
    if fold(fields.text(FinancialGoalKeys.measure) or "") != fold(ADMINISTRATION_SHARE):
        return None
    limit, unit = fields.scalar(FinancialGoalKeys.limit), fields.scalar(FinancialGoalKeys.unit)
    if unit:
        check_percent_unit(unit, fields.found)
    return read_percentage(limit, fields.found) if limit else None


def _read_prose_figures(fields: Fields, budget: Budget) -> Iterator[ProseFigure]:
    for item in fields.mappings(BudgetKeys.prose_figures):
        text, written = item.required_text(ProseFigureKeys.text), item.scalar(ProseFigureKeys.expression)
        expression = read_expression(written, budget, fields.found) if written else None
        if text and expression:
            yield ProseFigure(text, expression, item.place_of(ProseFigureKeys.text))
        item.close()
