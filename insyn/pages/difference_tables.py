"""Differences in money between two versions: a table for each column, and the changes of rows and columns."""

from collections.abc import Iterator, Sequence

from insyn.charts.chart import signed
from insyn.differences.alignment import Fate
from insyn.differences.amounts import AmountChange
from insyn.differences.budgets import BreakdownChange, BudgetDifference, ColumnChange
from insyn.differences.row_pairing import LineKind
from insyn.differences.rows import BudgetPart, RowChange
from insyn.model import Amount, Blank, Cell, Column, Dash, Unit
from insyn.pages.difference_texts import passage_view
from insyn.pages.difference_views import (
    DifferenceBody,
    DifferenceCell,
    DifferenceLine,
    DifferenceNote,
    DifferenceTable,
)
from insyn.swedish import DASH, capitalised, number_word, slug
from insyn.texts import Texts
from insyn.vocabulary import FUNDERS, UNIT_NAMES, amount_in, heading, kind_and_year, month_of

FUNDER_WORDS = {funder: word for word, funder in FUNDERS.items()}


def measure_table(budget: BudgetDifference, texts: Texts) -> DifferenceTable | None:
    """Lay out the measures of the main column, before and after; None if none of its amounts has changed."""
    if budget.main is None or not any(change.older != change.newer for change in budget.measures):
        return None
    unit = budget.units.shown
    lines = []
    for change in budget.measures:
        name = texts.say(f"difference-measure-{change.measure.value}", year=budget.main.year)
        before, after = (DifferenceCell(amount_in(unit, amount)) for amount in (change.older, change.newer))
        lines.append(DifferenceLine("row", name, before, after, _change(change.newer - change.older, unit, texts)))
    name = texts.say("difference-measures", year=budget.main.year)
    caption = texts.say("difference-caption", name=name, unit=UNIT_NAMES[unit])
    return DifferenceTable("viktigast", caption, texts.say("difference-measure"), (DifferenceBody(None, tuple(lines)),))


def amount_tables(budget: BudgetDifference, texts: Texts) -> Iterator[DifferenceTable]:
    """Lay out the amounts that differ, the main column first; then equity and breakdowns."""
    unit = budget.units.shown
    changed = [column for column in budget.columns if column.amounts]
    for column in sorted(changed, key=lambda column: column.newer != budget.main):
        yield _column_table(column, unit, texts)
    if budget.equity:
        name = texts.say("difference-equity")
        yield _table("eget-kapital", name, unit, [_body(None, budget.equity, unit, texts)], texts)
    for breakdown in budget.breakdowns:
        if breakdown.amounts:
            yield _breakdown_table(breakdown, texts)


def _column_table(column: ColumnChange, unit: Unit, texts: Texts) -> DifferenceTable:
    shown = column.newer or column.older
    name = heading(shown) if shown else ""
    bodies = [
        _body(texts.say(f"difference-part-{part}"), changes, unit, texts)
        for part, changes in (("income", column.income), ("costs", column.costs), ("result", column.result))
        if changes
    ]
    return _table(f"kolumn-{slug(shown.id if shown else '')}", name, unit, bodies, texts)


def _breakdown_table(breakdown: BreakdownChange, texts: Texts) -> DifferenceTable:
    unit = breakdown.units.shown
    name = texts.say("difference-breakdown", row=breakdown.row)
    return _table(f"uppdelning-{slug(breakdown.row)}", name, unit, [_body(None, breakdown.amounts, unit, texts)], texts)


def _table(id: str, name: str, unit: Unit, bodies: Sequence[DifferenceBody], texts: Texts) -> DifferenceTable:
    caption = texts.say("difference-caption", name=name, unit=UNIT_NAMES[unit])
    return DifferenceTable(id, caption, texts.say("difference-line"), tuple(bodies))


def _body(heading: str | None, changes: Sequence[AmountChange], unit: Unit, texts: Texts) -> DifferenceBody:
    return DifferenceBody(heading, tuple(_line(change, unit, texts) for change in changes))


def _line(change: AmountChange, unit: Unit, texts: Texts) -> DifferenceLine:
    name = change.name or texts.say("difference-total")
    if change.group is not None:
        name = texts.say("difference-line-in-group", name=name, group=change.group)
    if change.guessed_from is not None:
        name = texts.say("difference-line-guessed", name=name, former=change.guessed_from)
    before = _cell(change.older, unit, "difference-was-not", texts)
    after = _cell(change.newer, unit, "difference-is-not", texts)
    return DifferenceLine(change.kind.value, name, before, after, _difference(change, unit, texts))


def _cell(cell: Cell | None, unit: Unit, missing: str, texts: Texts) -> DifferenceCell:
    """Lay out a cell. Costs are positive here, however the plan prints them: an increase is then always a plus."""
    match cell:
        case None:
            return DifferenceCell(texts.say(missing), is_word=True)
        case Blank():
            return DifferenceCell(texts.say("difference-blank"), is_word=True)
        case Dash():
            return DifferenceCell(cell.text, said=texts.say("not-told"))
        case Amount():
            return DifferenceCell(amount_in(unit, cell.kronor))


def _difference(change: AmountChange, unit: Unit, texts: Texts) -> DifferenceCell:
    if change.difference is not None:
        return _change(change.difference, unit, texts)
    if change.fate is Fate.KEPT:
        return DifferenceCell(DASH, said=texts.say("difference-uncountable"))
    what = "sum" if change.kind in (LineKind.SUBTOTAL, LineKind.TOTAL) else "line"
    return DifferenceCell(texts.say(f"difference-fate.{what}-{change.fate.value}"), is_word=True)


def _change(kronor: int, unit: Unit, texts: Texts) -> DifferenceCell:
    if kronor == 0:
        return DifferenceCell(texts.say("difference-unchanged"), is_word=True)
    return DifferenceCell(signed(amount_in(unit, kronor), kronor))


# --- Columns and rows -----------------------------------------------------------------------------------------------


def column_notes(budget: BudgetDifference, texts: Texts) -> Iterator[DifferenceNote]:
    """Yield notes on changes of the columns and the unit."""
    for column in budget.restated:
        yield DifferenceNote(" ".join(_column_sentences(column, texts)))
    if budget.has_other_unit:
        now, before = UNIT_NAMES[budget.units.newer], UNIT_NAMES[budget.units.older]
        yield DifferenceNote(texts.say("difference-unit", now=now, before=before))
    if budget.rounded:
        key = "difference-rounded-one" if budget.rounded == 1 else "difference-rounded-many"
        yield DifferenceNote(texts.say(key, count=capitalised(number_word(budget.rounded))))


def _column_sentences(column: ColumnChange, texts: Texts) -> Iterator[str]:
    older, newer = column.older, column.newer
    if newer is None:
        yield texts.say("difference-column-removed", name=_full_heading(older) if older else "")
    elif older is None:
        yield texts.say("difference-column-added", name=_full_heading(newer))
    elif column.is_restated:
        before, after = _full_heading(older), _full_heading(newer)
        if before == after:  # the plan's own heading doesn't show the change
            before, after = (f"{before} ({kind_and_year(one).lower()})" for one in (older, newer))
        yield texts.say("difference-column-kept", before=before, after=after)
    if column.move and newer:
        key = "difference-column-moved-after" if column.move.after else "difference-column-moved-first"
        yield texts.say(key, name=_full_heading(newer), after=column.move.after)


def _full_heading(column: Column) -> str:
    """Return a column's name with its month, which may be all that distinguishes two columns."""
    name, as_of = heading(column), month_of(column)
    return f"{name}, {as_of}" if as_of and as_of not in name else name


def row_notes(budget: BudgetDifference, texts: Texts) -> Iterator[DifferenceNote]:
    """Yield notes on changes of rows, groups and parts of rows, other than their amounts."""
    for row in budget.rows:
        passages = [passage_view(row.explanation, texts, "explanation")] if row.explanation else []
        passages += [passage_view(row.comment, texts, "comment")] if row.comment else []
        yield DifferenceNote(" ".join(_row_sentences(row, texts)), tuple(passages))
    for kind in (LineKind.ROW, LineKind.GROUP):
        if _may_be_renamed(budget, kind):
            yield DifferenceNote(texts.say(f"difference-maybe-renamed.{kind.value}"))
    for one in budget.sums:
        subject = texts.say("difference-named", what=texts.say(f"difference-the-{one.kind.value}"), name=one.name)
        yield DifferenceNote(texts.say("difference-row-renamed", subject=subject, former=one.former))
    for breakdown in budget.breakdowns:
        for part in breakdown.renamed:
            key = "difference-renamed-part-guess" if part.is_guessed else "difference-renamed-part"
            yield DifferenceNote(texts.say(key, former=part.former, name=part.name, row=breakdown.row))


def _may_be_renamed(budget: BudgetDifference, kind: LineKind) -> bool:
    """Whether a removed row or group may be the same as a new one: if everything has changed, nothing shows it."""
    fates = {(row.part, row.fate) for row in budget.rows if row.kind is kind and not row.is_unclear}
    return any({(part, Fate.ADDED), (part, Fate.REMOVED)} <= fates for part in BudgetPart)


def _row_sentences(row: RowChange, texts: Texts) -> Iterator[str]:
    """Yield sentences whose first names the row or group; the others refer back to it."""
    what = texts.say(f"difference-the-{row.kind.value}")
    says_group = row.fate is not Fate.KEPT or (row.move is not None and row.move.into)
    named = "difference-named-in-group" if row.shares_name and not says_group else "difference-named"
    subject = texts.say(named, what=what, name=row.name, group=row.group or "")
    if row.fate is not Fate.KEPT:
        place = row.group or texts.say(f"difference-among-{row.part.value}")
        grouped = "-in-group" if row.group else ""
        yield texts.say(f"difference-row.{row.fate.value}{grouped}", subject=subject, place=place)
        if row.is_unclear:
            yield texts.say(f"difference-unclear-{row.kind.value}")
        return
    for key, values in (*_name_and_place(row), *_classification(row, texts), *_explained(row)):
        yield texts.say(key, subject=subject, **values)
        subject = texts.say("difference-it")


Sentence = tuple[str, dict[str, str]]
"""A key in the catalogue, and the values that fill in the sentence, besides its subject."""


def _name_and_place(row: RowChange) -> Iterator[Sentence]:
    if row.former_name is not None:
        key = f"difference-renamed-guess.{row.kind.value}" if row.is_guessed else "difference-row-renamed"
        yield key, {"former": row.former_name}
    if row.move and row.move.into:
        yield "difference-row-moved-into", {"group": row.move.into}
    elif row.move and row.move.into is not None:
        yield "difference-row-moved-out", {}
    elif row.move and row.move.after:
        yield "difference-row-moved-after", {"after": row.move.after}
    elif row.move:
        yield "difference-row-moved-first-in-group" if row.group else "difference-row-moved-first", {}


def _classification(row: RowChange, texts: Texts) -> Iterator[Sentence]:
    """Yield sentences on a cost's new purpose, and on an income's new funder."""
    if row.purposes:
        words = [texts.say(f"purpose-{purpose.value}") if purpose else None for purpose in row.purposes]
        yield _classified("purpose", *words)
    if row.funders:
        words = [FUNDER_WORDS[funder] if funder else None for funder in row.funders]
        yield _classified("funder", *words)


def _classified(what: str, before: str | None, after: str | None) -> Sentence:
    if before and after:
        return f"difference-{what}-kept", {"before": before, "after": after}
    if after:
        return f"difference-{what}-added", {"after": after}
    return f"difference-{what}-removed", {"before": before or ""}


def _explained(row: RowChange) -> Iterator[Sentence]:
    if row.explanation or row.comment:
        yield "difference-row-explained", {}
