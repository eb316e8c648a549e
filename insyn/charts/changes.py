"""What changes? Each row of the costs beside what it was before (D10)."""

from msgspec import Struct

from insyn.charts.chart import Chart, ChartTable, Key, TableRow, Unshown, Words, signed, total_kronor, turn
from insyn.charts.figures import Bar, Bars, Series
from insyn.charts.purposes import SERIES, purpose_keys
from insyn.model import Budget, Column, ColumnKind, Kronor, Purpose
from insyn.money.budget import (
    Entry,
    Pair,
    block_total,
    cost_entries,
    index_of,
    main_column,
    paired,
    predecessor,
    told_apart,
)
from insyn.money.unknown import Money, all_known
from insyn.swedish import capitalised, listed, number_word
from insyn.vocabulary import kind_and_year

MOST_BARS = 8
"""Bars before the others are drawn as one."""

MOST_NAMES = 3
"""Names in a sentence before the rest are counted."""


class RowSource(Struct, frozen=True):
    """A column whose rows are compared, and how it is named."""

    heading: str
    """The table heading: "Prognos 2023"."""
    phrase: str
    """In a sentence: "prognosen för 2023"."""
    kind: ColumnKind
    entries: tuple[Entry, ...]
    total: Money


def source_of(budget: Budget, column: Column, words: Words) -> RowSource:
    """Return a column as a source of cost rows."""
    printed = told_apart(budget, column)
    return RowSource(
        heading=printed or kind_and_year(column),
        phrase=f"”{printed}”" if printed else words.column(column),
        kind=column.kind,
        entries=cost_entries(budget, column.id),
        total=block_total(budget.costs, index_of(budget, column.id)),
    )


def rows(budget: Budget, words: Words) -> Chart | Unshown | None:
    """Return the change of each cost from the year before; None when the plan lacks that year."""
    now = main_column(budget)
    before = predecessor(budget, now)
    if before is None:
        return None
    return row_changes(source_of(budget, before, words), source_of(budget, now, words), words)


def row_changes(before: RowSource, now: RowSource, words: Words) -> Chart | Unshown | None:
    """Return the change of each row between two sources; Unshown when fewer than two change."""
    pairs = paired(before.entries, now.entries)
    if all(pair.difference is None or pair.is_gone for pair in pairs) or not any(
        pair.then or pair.amount for pair in pairs
    ):
        return None
    changed = sorted((pair for pair in pairs if pair.difference), key=_size)
    if len(changed) < 2:
        return Unshown("vad-okar-och-minskar", _few_changes(changed, pairs, before, now, words))
    return Chart(
        id="vad-okar-och-minskar",
        title=_changes_title(changed, pairs, before, now, words),
        subtitle=words.say("changes.subtitle", before=before.phrase, now=now.phrase),
        description=words.say("changes.description", before=before.phrase, now=now.phrase),
        summary=_changes_summary(pairs, before, now, words),
        help=words.say("changes.help"),
        keys=_keys(changed, words),
        figure=Bars(_bars(changed, words)),
        table=_changes_table(pairs, before, now, words),
    )


def _size(pair: Pair) -> tuple[int, int]:
    """Return a sort key: the largest change first, a growth before an equal decline."""
    difference = pair.difference or 0
    return -abs(difference), -difference


def _turn(pair: Pair) -> str:
    """Return a row's direction: up, down, near, same, new, gone; blank when unknown."""
    if pair.is_new:
        return "new"
    if pair.is_gone:
        return "gone"
    if pair.then is None or pair.amount is None:
        return "blank"
    return turn(pair.then, pair.amount)


def _changes_title(
    changed: list[Pair], pairs: tuple[Pair, ...], before: RowSource, now: RowSource, words: Words
) -> str:
    most = changed[0]
    difference, way = most.difference or 0, _turn(most)
    amount = words.rounded(abs(difference))
    if any(pair.difference is None for pair in pairs):
        key = "changes.title-known-more" if difference > 0 else "changes.title-known-less"
        return words.say(key, name=most.told.name, amount=amount, before=before.phrase)
    if way in ("new", "gone"):
        name = most.told.name
        return words.say(f"changes.{way}-title", name=name, amount=amount, before=before.phrase, now=now.phrase)
    if way == "near":
        way = "near-up" if difference > 0 else "near-down"
    tied = [pair for pair in changed if pair.difference == difference and _turn(pair) == way]
    if len(tied) > 1:
        count = capitalised(number_word(len(tied)))
        return words.of_kind(now.kind, f"changes.title-tied-{way}", count=count, amount=amount, before=before.phrase)
    return words.of_kind(now.kind, f"changes.title-{way}", name=most.told.name, amount=amount, before=before.phrase)


# --- In sentences ---------------------------------------------------------------------------------------------------


def _few_changes(changed: list[Pair], pairs: tuple[Pair, ...], before: RowSource, now: RowSource, words: Words) -> str:
    blanks = _blanks(pairs, before, now, words)
    if not changed:
        return " ".join([words.of_kind(now.kind, "changes.nothing", before=before.phrase), *blanks])
    (only,) = changed
    difference = only.difference or 0
    way = "new" if only.is_new else "higher" if difference > 0 else "lower"
    key = f"changes.only-{way}"
    amount = words.exact(abs(difference))
    return " ".join([words.of_kind(now.kind, key, before=before.phrase, name=only.told.name, amount=amount), *blanks])


def _changes_summary(pairs: tuple[Pair, ...], before: RowSource, now: RowSource, words: Words) -> str:
    by_way: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_way.setdefault(_turn(pair), []).append(pair)
    sentences = _ups_and_downs(by_way.get("up", []), by_way.get("down", []), now, words)
    for way in ("near", "same", "new", "gone"):
        found = by_way.get(way, [])
        if found:
            sentences.append(_counted(way, found, now, words, first=not sentences))
    return " ".join([*sentences, *_blanks(pairs, before, now, words)])


def _ups_and_downs(ups: list[Pair], downs: list[Pair], now: RowSource, words: Words) -> list[str]:
    parts: list[str] = []
    for way, found in (("up", ups), ("down", downs)):
        if not found:
            continue
        many = "one" if len(found) == 1 else "many"
        amount = sum(abs(pair.difference or 0) for pair in found)
        if parts:
            subject = _subject(found, words, first=False).lower()
            parts.append(words.of_kind(now.kind, f"changes.too-{many}", rows=subject, amount=words.exact(amount)))
        else:
            subject = _subject(found, words, first=True)
            parts.append(words.of_kind(now.kind, f"changes.{way}-{many}", rows=subject, amount=words.exact(amount)))
    return [f"{listed(parts)}."] if parts else []


def _counted(way: str, found: list[Pair], now: RowSource, words: Words, *, first: bool) -> str:
    many = "one" if len(found) == 1 else "many"
    if (way, many) == ("new", "one"):
        return words.say("changes.new-one", name=found[0].told.name, amount=words.exact(found[0].difference or 0))
    key = f"changes.{way}-{many}" if way in ("same", "new") else f"changes.{way}"
    parts = [
        words.say("changes.part", name=pair.told.name, amount=words.exact(abs(pair.difference or 0)))
        for pair in sorted(found, key=_size)
    ]
    subject = _subject(found, words, first=first)
    return words.of_kind(now.kind, key, rows=subject, parts=words.most_of(parts, MOST_NAMES))


def _subject(found: list[Pair], words: Words, *, first: bool) -> str:
    """Return a count of rows as a subject: "Sju rader" the first time, then "Två"."""
    many = "one" if len(found) == 1 else "many"
    key = f"changes.rows-{many}" if first else f"changes.others-{many}"
    return words.say(key, count=capitalised(number_word(len(found))))


def _blanks(pairs: tuple[Pair, ...], before: RowSource, now: RowSource, words: Words) -> list[str]:
    """Return a sentence on rows without an amount in one source. A blank is not zero."""
    blanks = [pair for pair in pairs if _turn(pair) == "blank"]
    sentences = []
    for source, names in (
        (before, [pair.told.name for pair in blanks if pair.then is None]),
        (now, [pair.told.name for pair in blanks if pair.amount is None]),
    ):
        if names:
            named = words.most_of([f"”{name}”" for name in names], MOST_NAMES)
            sentences.append(words.say("changes.blank", names=named, source=source.phrase))
    return sentences


# --- As marks and table ---------------------------------------------------------------------------------------------


def _bars(changed: list[Pair], words: Words) -> tuple[Bar, ...]:
    """Return bars of the largest changes, from growth to decline, and one for the rest."""
    shown = changed if len(changed) <= MOST_BARS + 1 else changed[:MOST_BARS]
    coloured = _all_have_purpose(changed)
    rest = changed[len(shown) :]
    amount = total_kronor([Kronor(pair.difference or 0) for pair in rest])
    words = words.marking([amount, *(pair.difference or 0 for pair in shown)])
    bars = [_bar(pair, coloured, words) for pair in sorted(shown, key=lambda pair: -(pair.difference or 0))]
    if rest:
        label = words.say("changes.rest", count=number_word(len(rest)))
        series = Series.OTHER if coloured else Series.COSTS
        bars.append(Bar(label, amount, words.mark(amount, signed=True), series))
    return tuple(bars)


def _bar(pair: Pair, coloured: bool, words: Words) -> Bar:
    difference = pair.difference or 0
    value = words.mark(difference, signed=True)
    if _turn(pair) in ("new", "gone"):
        value = words.say(f"changes.{_turn(pair)}-mark", amount=value)
    purpose = pair.told.purpose
    series = SERIES[purpose] if coloured and purpose else Series.COSTS
    return Bar(pair.told.name, difference, value, series, coloured and purpose is Purpose.NEW)


def _all_have_purpose(changed: list[Pair]) -> bool:
    return all(pair.told.purpose for pair in changed)


def _keys(changed: list[Pair], words: Words) -> tuple[Key, ...]:
    """Return the legend of purposes; empty where rows lack purposes."""
    if not _all_have_purpose(changed):
        return ()
    return purpose_keys({pair.told.purpose for pair in changed if pair.told.purpose}, words)


def _changes_table(pairs: tuple[Pair, ...], before: RowSource, now: RowSource, words: Words) -> ChartTable:
    rows = [
        TableRow(
            pair.told.name,
            (_cell(pair.before, words), _cell(pair.now, words), _difference(pair.difference, words)),
        )
        for pair in pairs
    ]
    totals = all_known(before.total, now.total)
    if totals:
        then, amount = totals
        cells = (words.in_unit(then), words.in_unit(amount), _difference(amount - then, words))
        rows.append(TableRow(words.say("costs.total"), cells, is_total=True))
    caption = words.say("changes.caption", unit=words.unit_name)
    return ChartTable(caption, ("Rad", before.heading, now.heading, "Ändring"), tuple(rows))


def _cell(entry: Entry | None, words: Words) -> str:
    return words.say("changes.absent") if entry is None else words.amount_or_unknown(entry.amount)


def _difference(kronor: int | None, words: Words) -> str:
    return words.say("not-told") if kronor is None else signed(words.in_unit(kronor), kronor)
