"""The comparison of two versions, verified against the edits that were made between them.

Each edit records its expected result when it is made; nothing expected is found by comparing. `python -m
tests.known_edits 5000` tries as many pairs of versions and prints the results; a second number is the first seed.
"""

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from insyn.differences import Difference, compare
from insyn.differences.alignment import Fate
from insyn.differences.amounts import AmountChange
from insyn.differences.goals import GoalChange
from insyn.differences.row_pairing import LineKind
from insyn.differences.words import Change
from insyn.model import Amount, Cell, Column, Dash
from insyn.pages.difference_tables import amount_tables, column_notes, row_notes
from tests.model_edits import NOTHING, Edits, Fact, edited
from tests.model_plans import SIDES, Value, Version, chapters_of, plan_of, seen
from tests.versions import TEXTS

# --- Reported differences -----------------------------------------------------------------------------------------


@dataclass
class Told:
    """The differences that a comparison reports, in the terms of the edits."""

    facts: Counter[Fact] = field(default_factory=Counter)
    moved: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """Items reported as moved, by kind and names."""
    guessed: dict[str, str] = field(default_factory=dict)
    """New name of each row that is probably renamed, by its former name."""
    guessed_groups: int = 0
    unclear: set[str] = field(default_factory=set)
    """Names of lines that can't be told apart."""


NAMES = {Fate.ADDED: "new", Fate.REMOVED: "gone"}
PARTS = {"income": "intäkter", "costs": "kostnader"}


def told_of(found: Difference, columns: dict[str, int]) -> Told:
    """Return the reported differences. Columns are identified by their ids in either version."""
    told = Told()
    _tell_rows(found, told)
    for column in found.budget.columns:
        newer, older = column.newer, column.older
        if column.is_restated:
            _tell_column(older and _heading(older.label, older), newer and _heading(newer.label, newer), told)
        if column.move and newer and older:
            told.moved["column", *sorted({newer.id, older.id})] += 1
        for side in ("income", "costs", "result"):
            for change in getattr(column, side):
                key = columns[(newer or older).id]  # type: ignore[union-attr]
                told.facts["amount", PARTS.get(side, "resultat"), *_amount(change, key)] += 1
    for breakdown in found.budget.breakdowns:
        for change in breakdown.amounts:
            told.facts["part", breakdown.row, change.name, _shown(change.older), _shown(change.newer)] += 1
    for one in found.budget.sums:
        told.facts["renamed", one.kind.value, one.former, one.name] += 1
    told.facts.update([("unit",)] * found.budget.has_other_unit)
    for goal in found.goals:
        _tell_aim(goal, told)
    _tell_text(found, told)
    return told


def _tell_rows(found: Difference, told: Told) -> None:
    for row in found.budget.rows:
        side, kind = PARTS[row.part.value], row.kind.value
        if row.fate is not Fate.KEPT:
            told.facts[NAMES[row.fate], side, kind, row.name, row.group] += 1
        if row.is_unclear:
            told.unclear.add(row.name)
        if row.former_name is not None:
            told.facts["renamed", side, kind, row.former_name, row.name] += 1
            if row.is_guessed and row.kind is LineKind.ROW:
                told.guessed[row.former_name] = row.name
            told.guessed_groups += row.is_guessed and row.kind is LineKind.GROUP
        if row.move:
            told.moved["row", *sorted({seen(row.former_name or row.name), seen(row.name)})] += 1
            if row.move.into is not None:
                told.facts["into", side, row.name, row.move.into] += 1
        told.facts.update([("purpose", row.name)] * bool(row.purposes))


def _heading(label: str | None, column: Column) -> str:
    return label or f"{_KIND[column.kind.name]} {column.year}"


_KIND = {"OUTCOME": "Utfall", "FORECAST": "Prognos", "BUDGET": "Budget", "PLAN": "Plan"}


def _tell_column(before: str | None, after: str | None, told: Told) -> None:
    fact = ("column renamed", before, after) if before and after else ("column new", after) if after else None
    told.facts[fact or ("column gone", before)] += 1


def _amount(change: AmountChange, column: int) -> Fact:
    return change.kind.value, change.name, column, _shown(change.older), _shown(change.newer)


def _shown(cell: Cell | None) -> Value:
    if cell is None:
        return NOTHING
    return cell.kronor if isinstance(cell, Amount) else "---" if isinstance(cell, Dash) else None


def _tell_aim(change: GoalChange, told: Told) -> None:
    if change.fate is not Fate.KEPT:
        told.facts[f"aim {NAMES[change.fate]}", change.text] += 1
        return
    before = change.text
    if change.passage:
        before = "".join(span.older for span in change.passage.spans)
        told.facts["aim reworded", before, change.text] += 1
    if change.is_moved:
        told.moved["aim", *sorted({seen(before), seen(change.text)})] += 1
    for target in change.targets:
        values = [one.value if one else NOTHING for one in (target.older, target.newer)]
        told.facts["target", change.text, *values] += 1
    for aspect in change.aspects:
        for passage in aspect.passages:
            told.facts["aspect", change.text, passage.fate.value, passage.words] += 1
    for part in change.parts:
        _tell_aim(part, told)


def _tell_text(found: Difference, told: Told) -> None:
    for chapter in found.text.chapters:
        if chapter.fate is not Fate.KEPT:
            told.facts[f"chapter {NAMES[chapter.fate]}", chapter.heading] += 1
            continue
        former = chapter.former_heading if chapter.former_heading is not None else chapter.heading
        if former != chapter.heading:
            told.facts["chapter renamed", former, chapter.heading] += 1
        if chapter.move:
            told.moved["chapter", *sorted({seen(former), seen(chapter.heading)})] += 1
            if chapter.move.into is not None:
                told.facts["chapter into", chapter.heading, chapter.move.into] += 1
        for passage in chapter.passages:
            before = "".join(span.older for span in passage.spans if span.change is not Change.ADDED)
            after = "".join(span.newer for span in passage.spans if span.change is not Change.REMOVED)
            told.facts["passage", chapter.heading, before.strip(), after.strip()] += 1


# --- Verdict ------------------------------------------------------------------------------------------------------


class Verdict(Enum):
    EXACT = "told exactly"
    UNSURE = "told as unsure"
    FALSE = "told falsely"
    CRASH = "crashed"


@dataclass
class Outcome:
    verdict: Verdict
    why: str = ""


def judge(edits: Edits) -> Outcome:
    """Compare the versions both ways, and verify the results against the expectations of the edits."""
    older, newer = plan_of(edits.older), plan_of(edits.newer)
    columns = {column.id: column.key for version in (edits.older, edits.newer) for column in version.columns}
    try:
        there, back = compare(older, newer), compare(newer, older)
        for plan in (older, newer):
            if not compare(plan, plan).is_empty:
                return Outcome(Verdict.FALSE, "a version differs from itself")
        told, turned = told_of(there, columns), told_of(back, columns)
        said = [note.text for note in (*row_notes(there.budget, TEXTS), *column_notes(there.budget, TEXTS))]
        lead, views = there.summary(TEXTS), (list(amount_tables(there.budget, TEXTS)), said)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return Outcome(Verdict.CRASH, traceback.format_exc())
    if not lead[:1].isalnum() or not all(said) or (there.is_empty and any(views)):
        return Outcome(Verdict.FALSE, f"the page says {lead!r}, {said}")
    why = "\n".join((*_misses(edits, told), *_unlike(told, turned), *_disorder(edits, told)))
    unsure = told.guessed or told.unclear or told.guessed_groups or edits.unsure
    return Outcome(Verdict.FALSE if why else Verdict.UNSURE if unsure else Verdict.EXACT, why)


def _misses(edits: Edits, told: Told) -> Iterator[str]:
    """Yield unexpected and missing results; an uncertain one may be either of two."""
    expected, facts = Counter(edits.expected), Counter(told.facts)
    for former, name in (*edits.unsure.items(), *told.guessed.items()):
        if told.guessed.get(former) != name or edits.unsure.get(former) != name:
            _leave_out({former, name}, expected, facts)
    false = [fact for fact in facts - expected if fact[0] == "amount" and NOTHING not in fact[5:]]
    yield from (f"no such change: {fact}" for fact in false)
    _leave_out(told.unclear, expected, facts)
    yield from (f"not told: {fact}" for fact in expected - facts)
    yield from (f"not so: {fact}" for fact in facts - expected)


def _leave_out(names: set[str], *counts: Counter[Fact]) -> None:
    """Leave out facts about lines that can't be told apart."""
    for facts in counts:
        for fact in [fact for fact in facts if any(isinstance(one, str) and one in names for one in fact[1:5])]:
            del facts[fact]


def _unlike(told: Told, turned: Told) -> Iterator[str]:
    """Yield facts that the reverse comparison doesn't mirror."""
    one, other = Counter(_mirrored(told, back=False)), Counter(_mirrored(turned, back=True))
    yield from (f"only one way: {fact}" for fact in (one - other) + (other - one))
    yield from (f"moved only one way: {item}" for item in (told.moved - turned.moved) + (turned.moved - told.moved))


TURNED = {"new": "gone", "gone": "new", "aim new": "aim gone", "aim gone": "aim new", "column new": "column gone"}
TURNED |= {"column gone": "column new", "chapter new": "chapter gone", "chapter gone": "chapter new"}


SWAPPED = ("renamed", "amount", "column renamed", "aim reworded", "target", "chapter renamed", "passage", "part")


def _mirrored(told: Told, *, back: bool) -> Iterator[Fact]:
    """Yield the facts that have a mirror image, mirrored if the comparison is backwards."""
    for fact in told.facts.elements():
        if fact[0] in SWAPPED and back:
            yield _neutral((*fact[:-2], fact[-1], fact[-2]))
        elif fact[0] not in ("into", "chapter into", "aspect", "purpose"):
            yield _neutral((TURNED.get(str(fact[0]), fact[0]) if back else fact[0], *fact[1:]))


def _neutral(fact: Fact) -> Fact:
    """Leave out the names of lines that may be renamed, and of their groups."""
    if fact[0] in ("amount", "passage", "part"):
        return (fact[0], *fact[-2:])
    return ("target", *fact[2:]) if fact[0] == "target" else fact[:4]


def _disorder(edits: Edits, told: Told) -> Iterator[str]:
    """Yield faults in the moves: too many, or none that explain the order."""
    within = Counter(item[0] for item in told.moved.elements())
    into = Counter(
        "row" if fact[0] == "into" else "chapter" for fact in told.facts.elements() if "into" in str(fact[0])
    )
    expected: Counter[str] = Counter()
    for family, count in edits.reordered.items():
        expected[family.split()[0].rstrip("s")] += count
    for kind in ("row", "column", "aim", "chapter"):
        if within[kind] - into[kind] > expected[kind]:
            yield f"{within[kind]} {kind} moved, {expected[kind]} did"
    names = {name for _, *names in told.moved for name in names}
    names |= {*told.unclear, *edits.unsure, *edits.unsure.values(), *told.guessed, *told.guessed.values()}
    for before, after in _orders(edits):
        both = {key for key, name in before if key in dict(after) and name not in names}
        both -= {key for key, name in after if name in names}
        if [key for key, _ in before if key in both] != [key for key, _ in after if key in both]:
            yield f"another order isn't told: {before} {after}"


def _orders(edits: Edits) -> Iterator[tuple[list[tuple[int, str]], list[tuple[int, str]]]]:
    """Yield the keys and names of siblings, before and after."""
    families, new_families = (dict(_families(version)) for version in (edits.older, edits.newer))
    yield from ((families[name], new_families[name]) for name in families if name in new_families)


def _families(version: Version) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    yield "columns", [(column.key, column.id) for column in version.columns]
    for side in SIDES:
        homes = [(side, version.sides[side]), *((str(one.key), one.rows or []) for one, _, _ in version.lines(side))]
        yield from ((f"rows of {name}", [(row.key, seen(row.name)) for row in rows]) for name, rows in homes)
    goals = [("0", version.goals), *((str(goal.key), goal.parts) for goal in version.goals)]
    yield from ((f"aims of {name}", [(aim.key, seen(aim.text)) for aim in aims]) for name, aims in goals)
    texts = [("0", version.chapters), *((str(one.key), one.parts) for one, _ in chapters_of(version.chapters))]
    yield from ((f"chapters of {name}", [(one.key, seen(one.heading)) for one in parts]) for name, parts in texts)


# --- Thousands ----------------------------------------------------------------------------------------------------


def main(count: int, first: int) -> None:
    verdicts: Counter[Verdict] = Counter()
    made: Counter[str] = Counter()
    for seed in range(first, first + count):
        edits = edited(seed)
        outcome = judge(edits)
        verdicts[outcome.verdict] += 1
        made.update(edits.made)
        if outcome.verdict in (Verdict.FALSE, Verdict.CRASH):
            print(f"{seed}: {', '.join(edits.made)}\n{outcome.why}\n")
    print(f"{made.total()} edits in {count} pairs of versions: {dict(sorted(made.items()))}")
    print(", ".join(f"{verdicts[verdict]} {verdict.value}" for verdict in Verdict))


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:], *("1000", "0")[len(sys.argv) - 1 :]]))
