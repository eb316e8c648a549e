"""From the `budget` key of a plan's front matter to a `Budget`."""

import re
from collections.abc import Iterator

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
    Note,
    OpeningEquity,
    Position,
    ProseFigure,
    Purpose,
    Result,
    ResultRole,
    SignStyle,
    Subtotal,
    Total,
    Unit,
    kronor_in,
)
from insyn.problems import Found, Place
from insyn.reading.ceilings import read_ceiling
from insyn.reading.cells import read_cell, read_cells
from insyn.reading.expressions import read_expression
from insyn.reading.fields import Fields
from insyn.reading.nodes import Mapping
from insyn.swedish import slug
from insyn.vocabulary import (
    COLUMN_KINDS,
    CONTROLS,
    DIRECTIONS,
    EQUITY_MODELS,
    FUNDERS,
    POSITIONS,
    PURPOSES,
    RESULT_ROLES,
    SIGN_STYLES,
    UNITS,
)

BLOCK_KEYS = {"intäkter": "income", "kostnader": "costs", "eget_kapital": "equity"}
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
MAIN_KINDS = {
    DocumentKind.PLAN: (ColumnKind.BUDGET,),
    DocumentKind.INTERIM_REPORT: (ColumnKind.FORECAST, ColumnKind.BUDGET),
    DocumentKind.ANNUAL_REPORT: (ColumnKind.BUDGET, ColumnKind.OUTCOME),
}
"""What the column that a document is about may state, the likeliest first."""
DEEPEST_GROUP = 2
"""Groups may hold groups, one level down."""


def read_budget(fields: Fields, plan_year: int, document: DocumentKind = DocumentKind.PLAN) -> Budget:
    """Read a budget. What is unreadable is noted and stands as blank, so that the rest can be read and checked."""
    unit = fields.required_choice("enhet", UNITS) or Unit.KR
    equity_model = fields.required_choice("kapitalmodell", EQUITY_MODELS) or EquityModel.SEPARATE
    columns = _read_columns(fields)
    reader = _Table(columns, unit, fields.found)
    budget = Budget(
        heading=fields.text("rubrik"),
        heading_place=fields.place_of("rubrik"),
        unit=unit,
        sign_style=fields.choice("tecken", SIGN_STYLES) or SignStyle.NATURAL,
        equity_model=equity_model,
        main_column=_read_main_column(fields, columns, plan_year, document),
        columns=columns,
        note_column=fields.text("notkolumn"),
        income=reader.block(fields, "intäkter"),
        costs=reader.block(fields, "kostnader"),
        result=reader.result(fields, equity_model),
        equity=reader.equity(fields),
        notes=read_notes(fields),
        deviations=_read_deviations(fields, columns, unit),
        financial_goals=_read_financial_goals(fields),
        ceiling=read_ceiling(fields),
        prose_figures=(),
        place=fields.place,
    )
    budget = replace(budget, prose_figures=tuple(_read_prose_figures(fields, budget)))
    fields.close()
    return budget


# --- Columns --------------------------------------------------------------------------------------------------------


def _read_columns(fields: Fields) -> tuple[Column, ...]:
    fields.require_items("kolumner")
    columns: list[Column] = []
    for node in fields.items("kolumner"):
        if not isinstance(node, Mapping):
            fields.found.add("expected-mapping-item", node.place, key="kolumner")
            columns.append(_unread_column(len(columns), node.place))
            continue
        item = Fields(node, fields.found)
        column = _read_column(item)
        if any(column.id == earlier.id for earlier in columns):
            fields.found.add("column-repeated", item.place_of("id"), id=column.id)
            column = replace(column, id=f"{column.id}/{len(columns)}")
        columns.append(column)
    return tuple(columns)


def _unread_column(number: int, place: Place) -> Column:
    """Stand in for a column that can't be read, so that the cells of every row are still counted right."""
    return Column(f"/{number}", 0, ColumnKind.BUDGET, None, None, (), None, place)


def _read_column(fields: Fields) -> Column:
    fields.require("år")
    column = Column(
        id=fields.required_text("id"),
        year=fields.year("år") or 0,
        kind=fields.required_choice("typ", COLUMN_KINDS) or ColumnKind.BUDGET,
        as_of=_read_month(fields, "per"),
        label=fields.text("etikett"),
        block_labels=_read_block_labels(fields),
        explanation=fields.text("förklaring"),
        place=fields.place,
    )
    fields.close()
    return column


def _read_month(fields: Fields, key: str) -> str | None:
    written = fields.text(key)
    if written is None:
        return None
    if MONTH.match(written):
        return written
    fields.found.add("month-unreadable", fields.place_of(key), key=key, written=written)
    return None


def _read_block_labels(fields: Fields) -> tuple[tuple[str, str], ...]:
    printed = fields.mapping("tryckt")
    if printed is None:
        return ()
    labels = tuple((BLOCK_KEYS[key], text) for key in BLOCK_KEYS if (text := printed.text(key)))
    printed.close()
    return labels


def _read_main_column(fields: Fields, columns: tuple[Column, ...], plan_year: int, document: DocumentKind) -> str:
    """Return the id of the column that the plan is about. A report may be about more than what was budgeted."""
    written = fields.scalar("huvudkolumn")
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
        fields.found.add("main-column-missing", fields.place_of("kolumner"), year=plan_year)
    return budgets[0] if budgets else next(iter(by_id), "")


# --- Rows -----------------------------------------------------------------------------------------------------------


class _Table:
    """Reads the parts of a table that share columns and unit."""

    def __init__(self, columns: tuple[Column, ...], unit: Unit, found: Found) -> None:
        self.columns, self.unit, self.found = columns, unit, found
        self.ids: set[str] = set()
        self.needs_funder = False

    def block(self, fields: Fields, key: str) -> Block:
        fields.require(key)
        inner = fields.mapping(key)
        if inner is None:
            return Block(None, (), None)
        self.ids = set()
        self.needs_funder = key == "intäkter"
        inner.require("rader")
        rows = tuple(self._rows(inner, None, 1))
        block = Block(inner.text("rubrik"), rows, self.total(inner, "summa"))
        inner.close()
        return block

    def _rows(self, fields: Fields, purpose: Purpose | None, depth: int) -> Iterator[BudgetRow | BudgetGroup]:
        for item in fields.mappings("rader"):
            if item.entry("grupp") is None:
                yield self._row(item, purpose)
            elif depth > DEEPEST_GROUP:
                self.found.add("group-too-deep", item.place)
            else:
                yield self._group(item, purpose, depth)

    def _group(self, fields: Fields, inherited: Purpose | None, depth: int) -> BudgetGroup:
        purpose = fields.choice("ändamål", PURPOSES) or inherited
        name = fields.required_text("grupp")
        fields.require("rader")
        group = BudgetGroup(
            name=name,
            printed=fields.yes("tryckt") is not False,
            purpose=purpose,
            rows=tuple(self._rows(fields, purpose, depth + 1)),
            subtotal=self._subtotal(fields, name),
            place=fields.place,
        )
        fields.close()
        return group

    def _subtotal(self, fields: Fields, group: str) -> Subtotal | None:
        inner = fields.mapping("summa")
        if inner is None:
            return None
        name = inner.text("namn")
        subtotal = Subtotal(
            name=name,
            position=inner.choice("placering", POSITIONS) or Position.AFTER,
            cells=self.cells(inner, name or group),
            place=inner.place_of("belopp"),
        )
        inner.close()
        return subtotal

    def _row(self, fields: Fields, inherited: Purpose | None) -> BudgetRow:
        name = fields.required_text("namn")
        if self.needs_funder:
            fields.require("part")
        row = BudgetRow(
            id=self._id(fields, name),
            name=name,
            cells=self.cells(fields, name),
            funder=fields.choice("part", FUNDERS),
            purpose=fields.choice("ändamål", PURPOSES) or inherited,
            mark=fields.text("not"),
            explanation=fields.text("förklaring"),
            comment=fields.text("kommentar"),
            link=fields.text("länk"),
            account=fields.text("konto"),
            cofog=fields.text("cofog"),
            emphasised=self._column_ids(fields, "betona"),
            breakdown=self._breakdown(fields),
            place=fields.place,
        )
        fields.close()
        return row

    def _id(self, fields: Fields, name: str) -> str:
        written = fields.text("id")
        if written in self.ids:
            self.found.add("row-id-repeated", fields.place_of("id"), id=written)
        made = written or _free_id(slug(name), self.ids)
        self.ids.add(made)
        return made

    def _column_ids(self, fields: Fields, key: str) -> tuple[str, ...]:
        return read_column_ids(fields, key, self.columns)

    def cells(self, fields: Fields, row: str) -> tuple[Cell, ...]:
        return read_cells(fields, "belopp", self.columns, self.unit, row=row)

    def total(self, fields: Fields, key: str) -> Total | None:
        inner = fields.mapping(key)
        if inner is None:
            return None
        name = inner.required_text("namn")
        total = Total(name, self.cells(inner, name), inner.place_of("belopp"))
        inner.close()
        return total

    def result(self, fields: Fields, equity_model: EquityModel) -> Result | None:
        inner = fields.mapping("resultat")
        if inner is None:
            return None
        name = inner.required_text("namn")
        included = equity_model is EquityModel.INCLUDED
        usual = ResultRole.CLOSING_EQUITY if included else ResultRole.ANNUAL_RESULT
        role = inner.choice("roll", RESULT_ROLES) or usual
        result = Result(name, role, self.cells(inner, name), inner.place_of("belopp"))
        inner.close()
        return result

    def equity(self, fields: Fields) -> Equity | None:
        inner = fields.mapping("eget_kapital")
        if inner is None:
            return None
        equity = Equity(self._opening(inner), self.total(inner, "utgående"))
        inner.close()
        return equity

    def _opening(self, fields: Fields) -> OpeningEquity | None:
        inner = fields.mapping("ingående")
        if inner is None:
            return None
        inner.require("år")
        opening = OpeningEquity(
            inner.required_text("namn"), inner.year("år") or 0, self._one_cell(inner, "belopp"), inner.place
        )
        inner.close()
        return opening

    def _one_cell(self, fields: Fields, key: str, unit: Unit | None = None) -> Cell:
        entry = fields.entry(key)
        if entry is None:
            fields.require(key)
            return Blank(fields.place)
        return read_cell(entry.value, unit or self.unit, self.found)

    def _breakdown(self, fields: Fields) -> Breakdown | None:
        inner = fields.mapping("nedbrytning")
        if inner is None:
            return None
        unit = inner.required_choice("enhet", UNITS) or self.unit
        inner.require("kolumn")
        inner.require("rader")
        total = inner.mapping("summa")
        breakdown = Breakdown(
            heading=inner.required_text("rubrik"),
            unit=unit,
            column=next(iter(self._column_ids(inner, "kolumn")), ""),
            rows=tuple(self._breakdown_row(item, unit) for item in inner.mappings("rader")),
            total_name=total.required_text("namn") if total else None,
            total=self._one_cell(total, "belopp", unit) if total else None,
            place=inner.place,
        )
        if total:
            total.close()
        inner.close()
        return breakdown

    def _breakdown_row(self, fields: Fields, unit: Unit) -> BreakdownRow:
        row = BreakdownRow(
            fields.required_text("namn"),
            fields.choice("part", FUNDERS),
            self._one_cell(fields, "belopp", unit),
            fields.place,
        )
        fields.close()
        return row


def _free_id(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    number = next(number for number in range(2, len(taken) + 3) if f"{wanted}-{number}" not in taken)
    return f"{wanted}-{number}"


def read_column_ids(fields: Fields, key: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Read names of columns and note those that don't exist."""
    known = {column.id: column for column in columns}
    ids: list[str] = []
    for scalar in fields.scalars(key):
        if scalar.text in known:
            ids.append(scalar.text)
        else:
            fields.found.add("column-unknown", scalar.place, written=scalar.text, columns=", ".join(known))
    return tuple(ids)


# --- Notes, deviations and goals ------------------------------------------------------------------------------------


def read_notes(fields: Fields) -> tuple[Note, ...]:
    """Read the footnotes of the block that `fields` is."""
    notes = []
    for item in fields.mappings("fotnoter"):
        notes.append(Note(item.required_text("not"), item.required_text("text"), item.place))
        item.close()
    return tuple(notes)


def _read_deviations(fields: Fields, columns: tuple[Column, ...], unit: Unit) -> tuple[Deviation, ...]:
    deviations = []
    for item in fields.mappings("avvikelser"):
        control = item.required_choice("kontroll", CONTROLS)
        item.require("kolumn")
        measured = control is Control.SIGN or item.require("differens")
        deviation = Deviation(
            control=control or Control.SIGN,
            columns=read_column_ids(item, "kolumn", columns),
            row=item.text("rad"),
            difference=_read_difference(item, unit),
            cause=item.required_text("orsak"),
            text=item.required_text("text"),
            place=item.place,
        )
        item.close()
        if control and measured:
            deviations.append(deviation)
    return tuple(deviations)


def _read_difference(fields: Fields, plan_unit: Unit) -> Kronor | None:
    unit = fields.choice("enhet", UNITS) or plan_unit
    scalar = fields.scalar("differens")
    if scalar is None:
        return None
    value = kronor_in(read_cell(scalar, unit, fields.found))
    return None if value is None else Kronor(abs(value))


def _read_financial_goals(fields: Fields) -> FinancialGoals | None:
    inner = fields.mapping("finansiella_mål")
    if inner is None:
        return None
    goals = FinancialGoals(
        tuple(_read_financial_goal(item) for item in inner.mappings("punkter")),
        read_notes(inner),
    )
    inner.close()
    return goals


def _read_financial_goal(fields: Fields) -> FinancialGoal:
    goal = FinancialGoal(
        text=fields.required_text("text"),
        mark=fields.text("not"),
        measure=fields.text("mått"),
        direction=fields.choice("riktning", DIRECTIONS),
        limit=fields.text("gräns"),
        unit=fields.text("enhet"),
        place=fields.place,
    )
    fields.close()
    return goal


def _read_prose_figures(fields: Fields, budget: Budget) -> Iterator[ProseFigure]:
    for item in fields.mappings("kontrolltal_i_text"):
        text, written = item.required_text("text"), item.scalar("uttryck") if item.require("uttryck") else None
        expression = read_expression(written, budget, fields.found) if written else None
        if text and expression:
            yield ProseFigure(text, expression, item.place_of("text"))
        item.close()
