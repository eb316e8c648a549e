"""Which problems are reported for figures that don't add up? Each cause once, with its consequences counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from insyn.checks.amount_slips import AmountSlip
from insyn.checks.budget_lines import Line, lines_of
from insyn.checks.causes import Cause, faults_of, find_causes, matched, told
from insyn.checks.deviations import Matched, gone
from insyn.checks.findings import Finding
from insyn.checks.repairs import Former, Repair, RowFault
from insyn.model import Budget, BudgetRow, Control, Dash, SignStyle, kronor_in
from insyn.money.budget import index_of, rows_of
from insyn.problems import Place, Problem, problem
from insyn.reading.characters import fold
from insyn.swedish import either, integer, listed
from insyn.vocabulary import amount_in, heading, unit_word

CODES = {
    Control.INCOME_TOTAL: "sum-differs",
    Control.COST_TOTAL: "sum-differs",
    Control.SUBTOTAL: "subtotal-differs",
    Control.BREAKDOWN_TOTAL: "breakdown-sum-differs",
    Control.BREAKDOWN_ROW: "breakdown-row-differs",
    Control.RESULT: "result-differs",
    Control.EQUITY: "equity-differs",
    Control.EQUITY_CHAIN: "equity-chain-differs",
}
WITH_CODE = frozenset({RowFault.TWICE, RowFault.IS_SUM, RowFault.UNCOUNTED, RowFault.MISSING})
MOST_SUSPECTS = 3
MOST_LINES = 200
"""Above this only the sums are reported: trying each line would take seconds. The longest known plan has 40."""
LIKELY = 4
"""Score from which a slip is a likelier explanation than missing amounts in rows."""
TOLD = frozenset(
    {*CODES.values(), *(fault.value for fault in WITH_CODE), "amount-differs", "row-differs", "deviation-gone"}
)
"""Codes of the problems below that last year's plan may explain better."""


class _Words(Struct, frozen=True):
    """The values that fill in the sentences of a problem."""

    column: str
    row: str = ""
    subject: str = ""
    printed: str = ""
    computed: str = ""
    right: str = ""
    difference: str = ""
    rows: str = ""
    counted: str = ""
    other: str = ""
    places: str = ""


class _Message(Struct, frozen=True):
    """A problem in the making, which other problems on the same line may join."""

    code: str
    place: Place
    words: _Words
    hints: tuple[str, ...] = ()
    others: int = 0
    """Number of other figures that don't add up for the same reason."""

    @property
    def line(self) -> tuple[str, int, str, str]:
        return self.code, self.place.line, self.words.subject, self.words.row


def check(budget: Budget, former: Former | None = None) -> Iterator[Problem]:
    """Yield a problem for each unacknowledged figure that doesn't add up. `former` is last year's budget, if any."""
    if negative := _all_negative(budget):
        yield problem("costs-negative", negative.place, row=negative.name)
        return
    found = matched(budget)
    is_searched = sum(1 for _ in lines_of(budget)) <= MOST_LINES
    twice = _row_twice(budget, found) if is_searched else None
    if twice and twice.without:
        yield _problem(_Message(RowFault.TWICE.value, twice.place, _Words("", twice.name)), "", 0)
        yield from check(twice.without(), former)
        return
    faults = faults_of(found)
    causes, left = find_causes(budget, faults, former) if told(faults) and is_searched else ([], faults)
    messages = [_message(budget, cause, found) for cause in _weighed(budget, causes)]
    messages += [_unexplained(budget, one, found) for one in told(left)]
    yield from _joined(messages)
    yield from gone(budget, [(one, column) for one, column in found.gone if ("gone", one.place, column) in left])
    yield from (_sign(one) for one in found.faults if one.control is Control.SIGN)
    yield from _unchecked(budget, found, former, is_right=not told(left))


def _all_negative(budget: Budget) -> BudgetRow | None:
    """Return the first cost row if every cost is written with a minus sign and the plan doesn't declare that style."""
    rows = tuple(rows_of(budget.costs.rows))
    counted = [[amount for cell in row.cells if (amount := kronor_in(cell))] for row in rows]
    amounts = [amount for row in counted for amount in row]
    is_so = sum(map(bool, counted)) > 1 and all(amount < 0 for amount in amounts)
    return rows[0] if is_so and budget.sign_style is SignStyle.NATURAL else None


def _row_twice(budget: Budget, found: Matched) -> Line | None:
    """Return the later of two identical rows if more sums hold without it, even sums that lack amounts elsewhere."""
    faults = faults_of(found, unchecked=True)
    seen: set[tuple[object, ...]] = set()
    for line in lines_of(budget) if told(faults) else ():
        alike = (line.side, fold(line.name), *(kronor_in(cell) for cell in line.cells))
        if alike in seen and line.without and any(alike[2:]):
            left = faults_of(matched(line.without()), unchecked=True)
            if len(left) < len(faults) and left.keys() <= faults.keys():
                return line
        seen.add(alike)
    return None


def _joined(messages: Iterable[_Message]) -> Iterator[Problem]:
    """Yield one problem per line, covering all its columns."""
    by_line: defaultdict[tuple[str, int, str, str], list[_Message]] = defaultdict(list)
    for one in sorted(messages, key=lambda message: message.place):
        by_line[one.line].append(one)
    for first, *others in by_line.values():
        count = sum(one.others for one in (first, *others))
        yield _problem(first, listed([f"{one.words.column} ({one.words.difference})" for one in others]), count)


def _problem(message: _Message, columns: str, count: int) -> Problem:
    hints, words = [*message.hints], message.words
    if columns:  # then the other columns are no evidence for this one
        hints = [*(hint for hint in hints if hint != "slip-repeated"), "also-columns"]
    if count:
        hints.append("also-one" if count == 1 else "also-many")
    return problem(
        *(message.code, message.place),
        hint=" ".join(hints),
        column=words.column,
        row=words.row,
        subject=words.subject,
        printed=words.printed,
        computed=words.computed,
        right=words.right,
        difference=words.difference,
        rows=words.rows,
        counted=words.counted,
        other=words.other,
        places=words.places,
        columns=columns,
        count=count,
    )


def _weighed(budget: Budget, causes: Sequence[Cause]) -> Iterator[Cause]:
    """Yield the causes, marked uncertain where different rows would each repair one column of the same sum.

    Then a missing row is likelier than a slip in each column, and following each repair would falsify the plan.
    """
    columns = Counter(_sum_of(one) for one in causes if not one.repair.row_fault)
    for one in causes:
        is_doubtful = columns[_sum_of(one)] > 1 or bool(_dashes(budget, one.findings[0]))
        is_sure = one.repair.row_fault or (one.is_certain and one.repair.line.is_sum)
        yield Cause(one.repair, one.findings, is_certain=False) if is_doubtful and not is_sure else one


def _sum_of(cause: Cause) -> tuple[Control, str]:
    return cause.findings[0].control, cause.findings[0].subject


# --- Causes ---------------------------------------------------------------------------------------------------------


def _message(budget: Budget, cause: Cause, found: Matched) -> _Message:
    if not cause.is_certain:
        return _uncertain(budget, cause, found)
    return _of_row(budget, cause) if cause.repair.row_fault else _of_amount(budget, cause, found)


def _of_amount(budget: Budget, cause: Cause, found: Matched) -> _Message:
    """Return a message about one amount, under the code of its own check if that failed, else as "amount-differs"."""
    repair = cause.repair
    place, reasons = repair.line.cells[repair.index].place, _reasons(repair)
    if not found.changed.isdisjoint(cause.findings):
        reasons = (*reasons, "deviation-other-difference")
    own = next((one for one in cause.findings if one.place == place), None)
    words = _explained(budget, repair, own)
    if own is None:
        return _Message("amount-differs", place, words, reasons)
    return _Message(CODES[own.control], place, words, reasons, len(cause.findings) - 1)


def _reasons(repair: Repair) -> tuple[str, ...]:
    """Return the hint that explains how the right amount became the written one, if that is recognisable."""
    if repair.row:
        return ("slip-counted-twice" if repair.is_doubled else "slip-uncounted",)
    if repair.slip and repair.slip is not AmountSlip.DIGIT:
        return (repair.slip.value,)
    if repair.is_former:
        return ("slip-former",)
    if repair.repeated:
        return ("slip-repeated",)
    return (repair.slip.value,) if repair.slip else ()


def _explained(budget: Budget, repair: Repair, own: Finding | None) -> _Words:
    written = kronor_in(repair.line.cells[repair.index]) or 0
    return _Words(
        column=heading(budget.columns[repair.line.columns[repair.index]]),
        row=repair.line.name,
        subject=own.subject if own else "",
        printed=_amount(budget, written),
        computed=_amount(budget, own.computed) if own else "",
        right=_amount(budget, repair.right),
        difference=_amount(budget, abs(repair.right - written)),
        counted=repair.row,
        other=heading(budget.columns[repair.repeated[0]]) if repair.repeated else "",
    )


def _of_row(budget: Budget, cause: Cause) -> _Message:
    repair, fault, first = cause.repair, cause.repair.row_fault, cause.findings[0]
    places = listed([heading(budget.columns[index]) for index in repair.columns])
    words = replace(_words(budget, first), row=repair.row or repair.line.name, places=places)
    if fault is RowFault.MISSING:
        return _Message("row-missing", first.place, words, others=len(cause.findings) - 1)
    if fault in WITH_CODE:
        return _Message(fault.value, repair.line.place, words)
    return _Message("row-differs", repair.line.place, words, (fault.value,) if fault else ())


# --- Causes that can't be told apart --------------------------------------------------------------------------------


def _uncertain(budget: Budget, cause: Cause, found: Matched) -> _Message:
    first, suspects = cause.findings[0], cause.suspects
    words = _words(budget, first)
    if dashes := _dashes(budget, first):
        words, hints = replace(words, rows=listed([f"”{name}”" for name in dashes])), ["hint-dash"]
    elif 0 < len(suspects) <= MOST_SUSPECTS:
        words, hints = replace(words, rows=either(suspects)), ["hint-suspects"]
    else:
        hints = [] if first in found.changed else [_where(budget, first, found)]
    if first in found.changed:
        hints.append("deviation-other-difference")
    return _Message(CODES[first.control], first.place, words, tuple(hints), len(cause.findings) - 1)


def _unexplained(budget: Budget, finding: Finding, found: Matched) -> _Message:
    hint = "deviation-other-difference" if finding in found.changed else _where(budget, finding, found)
    words = _words(budget, finding)
    if dashes := _dashes(budget, finding):
        words, hint = replace(words, rows=listed([f"”{name}”" for name in dashes])), "hint-dash"
    return _Message(CODES[finding.control], finding.place, words, (hint,))


def _dashes(budget: Budget, finding: Finding) -> list[str]:
    """Return the rows to look at first when a sum exceeds its rows: those whose cell is a dash."""
    block = {Control.INCOME_TOTAL: budget.income, Control.COST_TOTAL: budget.costs}.get(finding.control)
    if block is None or finding.printed <= finding.computed:
        return []
    at = index_of(budget, finding.column.id)
    return [row.name for row in rows_of(block.rows) if isinstance(row.cells[at], Dash)]


def _where(budget: Budget, finding: Finding, found: Matched) -> str:
    """Return the hint that says which columns to look in."""
    alike = [one for one in found.faults if (one.control, one.subject) == (finding.control, finding.subject)]
    return "hint-one-column" if len(budget.columns) > 1 and len(alike) == 1 else "hint-check-all"


def _unchecked(budget: Budget, found: Matched, former: Former | None, *, is_right: bool) -> Iterator[Problem]:
    """Yield a problem for each sum whose rows lack amounts, or once for the one amount that is likelier to be wrong."""
    faults = faults_of(found, unchecked=True)
    is_searched = found.unchecked and is_right and sum(1 for _ in lines_of(budget)) <= MOST_LINES
    causes = find_causes(budget, faults, former, unchecked=True)[0] if is_searched else []
    likely = [one for one in causes if one.is_certain and not one.repair.row_fault and one.repair.score >= LIKELY]
    for one in found.unchecked:
        cause = next((cause for cause in likely if one in cause.findings), None)
        if not one.follows_subtotals and (cause is None or one is cause.findings[0]):
            yield _unchecked_problem(budget, one, cause.repair if cause else None)


def _unchecked_problem(budget: Budget, finding: Finding, repair: Repair | None) -> Problem:
    return problem(
        "sum-unchecked",
        repair.line.cells[repair.index].place if repair else finding.place,
        hint="hint-likelier" if repair else "",
        subject=finding.subject,
        column=heading(finding.column),
        printed=_amount(budget, finding.printed),
        computed=_amount(budget, finding.computed),
        rows=listed([f"”{row}”" for row in finding.lacking]),
        row=repair.line.name if repair else "",
        right=_amount(budget, repair.right) if repair else "",
    )


# --- Words ----------------------------------------------------------------------------------------------------------


def _words(budget: Budget, finding: Finding) -> _Words:
    return _Words(
        column=heading(finding.column),
        subject=finding.subject,
        printed=_amount(budget, finding.printed),
        computed=_amount(budget, finding.computed),
        difference=_amount(budget, finding.difference),
    )


def _sign(finding: Finding) -> Problem:
    return problem("sign-differs", finding.place, subject=finding.subject, column=heading(finding.column))


def _amount(budget: Budget, kronor: int) -> str:
    """Format an amount in the plan's unit, or in kronor if it isn't a whole number of units."""
    if kronor % budget.unit.value:
        return f"{integer(kronor)} kr"
    return f"{amount_in(budget.unit, kronor)} {unit_word(budget.unit)}"
