"""From a plan's workbook that has come back to the plan's new text, held to what the workbook says."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from insyn.checks.plan import check_plan
from insyn.downloads.plan_workbook import plan_tables
from insyn.downloads.workbook_lines import LineRole, Value, WorkbookLine, fingerprint
from insyn.editing.drafting import draft
from insyn.editing.operations import AnyOperation
from insyn.editing.refusals import Refusal
from insyn.importing.returned.comparing import NewRow, WorkbookChanges, compare
from insyn.importing.returned.identity import WorkbookIdentity
from insyn.importing.returned.operations import operations_for
from insyn.importing.returned.sheets import NotReturnable, open_returned
from insyn.importing.story import SUMS
from insyn.model import Association, Budget, Plan
from insyn.problems import Problem
from insyn.reading.plan_file import read_plan_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.reading.spans import read_written
from insyn.texts import Texts


class PlanThere(Struct, frozen=True):
    """The plan as it lies in the content folder. `shown` is its path for people."""

    file: SourceFile
    shown: str
    text: str


class ReturnedWorkbook(Struct, frozen=True):
    """What a workbook would do with a plan."""

    changes: WorkbookChanges
    operations: tuple[AnyOperation, ...]
    before: Plan
    after: Plan
    text: str
    """The plan's new text; the old one when nothing is changed."""
    problems: tuple[Problem, ...]
    """What is wrong with the plan now that wasn't: sums that don't tally, a row without a part."""
    sums_differ: tuple[tuple[WorkbookLine, int, Value, Value], ...]
    """Sums that the site works out and that the workbook has otherwise: line, column, here, in the workbook."""


class WrittenOtherwise(Exception):
    """A plan isn't read as the workbook says: our own fault. The message says what."""


def bring_back(
    body: bytes, identity: WorkbookIdentity, there: PlanThere, association: Association | None, texts: Texts, *,
    removes: bool,
) -> ReturnedWorkbook:  # fmt: skip
    """Return what a workbook changes in a plan. Raises NotReturnable, and WrittenOtherwise for our own faults."""
    plan, faults = _read(there, there.text)
    written = read_written(there.text)
    if plan is None or written is None or any(texts.would_stop(one) for one in faults):
        raise NotReturnable("returned-plan-faults", plan=there.shown)
    is_same_version = identity.fingerprint == fingerprint(plan.budget, texts)
    changes = _changes(body, plan, identity, there, texts, is_same_version=is_same_version)
    members = association.members if association else ()
    asked = operations_for(changes, written, plan.budget.unit, members, removes=removes)
    made = draft(there.text, there.shown, asked)
    if isinstance(made, Refusal):
        raise NotReturnable("returned-refused", plan=there.shown, line=made.place.line, reason=made.sentence(texts))
    after, problems = _read(there, made.text)
    if after is None:
        raise WrittenOtherwise(f"no plan: {problems}")
    _hold(plan.budget, after.budget, changes, texts, removes=removes)
    told = tuple(_new(plan, faults, after, problems))
    differ = tuple(_differing(changes, after.budget, texts))
    return ReturnedWorkbook(changes, tuple(asked), plan, after, made.text, told, differ)


def _read(there: PlanThere, text: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    return read_plan_text(there.file, SourceText(there.shown, text))


def _changes(
    body: bytes, plan: Plan, identity: WorkbookIdentity, there: PlanThere, texts: Texts, *, is_same_version: bool
) -> WorkbookChanges:
    """Compare. A workbook of another version must say the same as the plan, as one that has been brought back already.

    Raises NotReturnable.
    """
    tables = plan_tables(plan.budget, texts)
    try:
        changes = compare(open_returned(body), tables, plan.budget)
    except NotReturnable:
        if is_same_version:
            raise
        changes = None
    if changes is None or not (is_same_version or changes.is_none):
        raise NotReturnable("returned-other-version", plan=there.shown, version=identity.version)
    return changes


# --- Holding the new plan to the workbook ---------------------------------------------------------------------------


def _hold(before: Budget, after: Budget, changes: WorkbookChanges, texts: Texts, *, removes: bool) -> None:
    """Raises WrittenOtherwise where a line is another than the workbook says, or than it was if nothing was asked."""
    gone = {(line.side, line.id) for line in changes.gone} if removes else set()
    meant = [one for one in _lines(before, texts) if (one.side, one.id) not in gone or one.role is not LineRole.ROW]
    old = {(one.side, one.id) for one in meant if one.role is LineRole.ROW}
    made = list(_lines(after, texts))
    kept = [one for one in made if one.role is not LineRole.ROW or (one.side, one.id) in old]
    _hold_each([_as_meant(one, changes) for one in meant], [(one.name, one.values) for one in kept], made)
    added = [(one.side, one.name, one.values) for one in made if one not in kept]
    if added != [(row.side, row.name, row.values) for row in _in_order(changes.new)]:
        raise WrittenOtherwise(f"new rows: {added}")


def _hold_each(
    meant: Sequence[tuple[str, tuple[Value, ...]]], kept: Sequence[tuple[str, tuple[Value, ...]]],
    lines: Sequence[WorkbookLine],
) -> None:  # fmt: skip
    computed = {(one.name, one.values) for one in lines if one.is_computed}
    if len(meant) != len(kept):
        raise WrittenOtherwise(f"{len(meant)} lines were meant, {len(kept)} read")
    for one, other in zip(meant, kept, strict=True):
        if one != other and other not in computed:
            raise WrittenOtherwise(f"{one} was read as {other}")


def _lines(budget: Budget, texts: Texts) -> Iterator[WorkbookLine]:
    return (line for table in plan_tables(budget, texts) for line in table.lines)


def _as_meant(line: WorkbookLine, changes: WorkbookChanges) -> tuple[str, tuple[Value, ...]]:
    """Return the name and the amounts that a line should have."""
    values = list(line.values)
    for change in changes.cells:
        if change.line is line or change.line == line:
            values[change.column] = change.after
    name = next((change.after for change in changes.names if change.line == line), line.name)
    return name, tuple(values)


def _in_order(rows: Sequence[NewRow]) -> list[NewRow]:
    """Return new rows in the order of the sheets: incomes first."""
    return sorted(rows, key=lambda row: row.side != "income")


def _differing(
    changes: WorkbookChanges, after: Budget, texts: Texts
) -> Iterator[tuple[WorkbookLine, int, Value, Value]]:
    """Yield the sums that the site works out otherwise than the workbook."""
    made = [line for line in _lines(after, texts) if line.is_computed]
    for line, column, value in changes.computed:
        own = next((one for one in made if (one.side, one.role, one.name) == (line.side, line.role, line.name)), None)
        if own and own.values[column] != value:
            yield own, column, own.values[column], value


def _new(before: Plan, faults: Sequence[Problem], after: Plan, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that weren't there: of how the plan is written, and of its sums."""
    old = {(one.code, one.values) for one in (*faults, *_sums(before))}
    yield from (one for one in (*problems, *_sums(after)) if (one.code, one.values) not in old)


def _sums(plan: Plan) -> list[Problem]:
    return [one for one in check_plan(plan) if one.code in SUMS]
