"""What the terminal says of a workbook that has come back: each cell that changes, and all that isn't taken."""

from collections.abc import Iterator

from insyn import reports
from insyn.downloads.workbook_lines import LineRole, Value
from insyn.importing.returned.comparing import CellChange, NewRow, WorkbookChanges
from insyn.importing.returned.operations import kind_of
from insyn.importing.returned.story import ReturnedWorkbook
from insyn.importing.sentences import Sentences, letters
from insyn.importing.telling import tell_unchecked
from insyn.model import Association, Unit
from insyn.swedish import HARD_SPACE, listed
from insyn.texts import Texts
from insyn.vocabulary import amount_in

THOUSANDFOLD = 500
"""How many times larger or smaller an amount is that may have been written in another unit."""


def tell_returned(
    one: ReturnedWorkbook, file: str, plan: str, association: Association | None, texts: Texts, *, removes: bool
) -> str:
    """Return what is told before anything is written."""
    telling = _Telling(one, association, texts)
    parts = [
        telling.head(file, plan),
        *telling.blocks(removes=removes),
        telling.problems(),
    ]
    return "\n\n".join(part for part in parts if part)


class _Telling:
    def __init__(self, one: ReturnedWorkbook, association: Association | None, texts: Texts) -> None:
        self.one, self.texts, self.sentences = one, texts, Sentences(texts)
        self.members = association.members if association else ()
        self.unit = one.before.budget.unit

    @property
    def changes(self) -> WorkbookChanges:
        return self.one.changes

    def head(self, file: str, plan: str) -> str:
        if self.changes.is_none:
            is_all = not any(self._untaken())
            return self.texts.tell("returned-same" if is_all else "returned-same-so-far", file=file, plan=plan)
        counts = (
            ("cell", len(self.changes.cells)),
            ("name", len(self.changes.names)),
            ("new-row", len(self.changes.new)),
            ("gone-row", len(self.changes.gone)),
        )
        said = [self._counted(count, thing) for thing, count in counts if count]
        return self.texts.tell("returned-differs", file=file, plan=plan, counts=listed(said))

    def _counted(self, count: int, thing: str) -> str:
        if count == 1:
            return self.texts.tell(f"returned-one-{thing}")
        return self.texts.tell(f"returned-many-{thing}", count=count)

    def blocks(self, *, removes: bool) -> Iterator[str]:
        changes = self.changes
        gone = self.texts.tell("returned-removed" if removes else "returned-not-removed")
        yield self._block(self.texts.tell("returned-cells"), [self._cell(one) for one in changes.cells])
        yield self._block(
            self.texts.tell("returned-names"),
            [self.texts.tell("returned-name", before=one.line.name, after=one.after) for one in changes.names],
        )
        yield self._block(self.texts.tell("returned-new"), [self._new(one) for one in changes.new])
        yield self._block(gone, [self._gone(line.name, line.values, line.unit) for line in changes.gone])
        yield self._block(self.texts.tell("returned-untaken"), list(self._untaken()))

    def _block(self, heading: str, lines: list[str]) -> str:
        return "\n".join([heading, *(f"  {reports.harmless(line)}" for line in lines)]) if lines else ""

    def _cell(self, one: CellChange) -> str:
        row = f"{one.line.name}, {one.heading}" if one.heading else one.line.name
        before, after = self._value(one.before, one.line.unit), self._value(one.after, one.line.unit)
        told = self.texts.tell(
            "returned-cell", row=row, before=before, after=after, place=self.sentences.place(one.place)
        )
        return told + (self.texts.tell("returned-thousandfold") if _is_thousandfold(one.before, one.after) else "")

    def _value(self, value: Value, unit: Unit) -> str:
        if value is None:
            return self.texts.tell("returned-blank")
        return f"”{value}”" if isinstance(value, str) else amount_in(unit, value).replace(HARD_SPACE, " ")

    def _new(self, row: NewRow) -> str:
        kind = kind_of(row, self.members)
        amounts = " · ".join(self._value(value, self.unit) for value in row.values)
        after = self.texts.tell("returned-after", name=row.after) if row.after else self.texts.tell("returned-first")
        key = "returned-kind" if kind.word and kind.is_certain else "returned-kind-guessed"
        told = self.texts.tell(key if kind.word else "returned-kind-open", kind=kind.key, word=kind.word)
        if row.side == "costs" and not kind.word and row.steps:
            told = ""  # the group may say what its rows are for
        return self.texts.tell("returned-row", name=row.name, amounts=amounts, after=after, kind=told)

    def _gone(self, name: str, values: tuple[Value, ...], unit: Unit) -> str:
        return f"{name}: {' · '.join(self._value(value, unit) for value in values)}"

    def _untaken(self) -> Iterator[str]:
        for told in self.changes.remarks:
            yield f"{self.sentences.place(told.origin)}: {self.sentences.remark(told)}"
        sheets = dict.fromkeys(place.sheet for place in self.changes.uncounted)
        for sheet in sheets:
            cells = [f"{letters(place.column)}{place.row}" for place in self.changes.uncounted if place.sheet == sheet]
            yield self.texts.tell("returned-uncounted", sheet=sheet, cells=", ".join(cells))
        for line, column, own, theirs in self.one.sums_differ:
            heading = "" if line.role is LineRole.CLOSING else f", {self._heading(column)}"
            yield self.texts.tell(
                "returned-sum-differs",
                name=f"{line.name}{heading}",
                own=self._value(own, line.unit),
                theirs=self._value(theirs, line.unit),
            )

    def _heading(self, column: int) -> str:
        return self.one.before.budget.columns[column].id

    def problems(self) -> str:
        if not self.one.problems:
            unchecked = tell_unchecked(self.one.after.budget, self.texts)
            right = self.texts.tell("returned-sums-others" if unchecked else "returned-sums-right")
            return "" if self.changes.is_none else f"{unchecked} {right}".strip()
        lines = {one.place.file: self.one.text.split("\n") for one in self.one.problems}
        found = reports.collapsed(reports.in_order(self.one.problems))
        told = [f"{reports.report(one, self.texts, lines, also)}" for one, also in found]
        return "\n\n".join([self.texts.tell("returned-problems"), *told])


def _is_thousandfold(before: Value, after: Value) -> bool:
    """Whether an amount may have been written in another unit."""
    if not (isinstance(before, int) and isinstance(after, int) and before and after):
        return False
    small, large = sorted((abs(before), abs(after)))
    return large >= small * THOUSANDFOLD
