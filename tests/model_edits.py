"""Two versions of a plan: one is made from the other by edits, each with the difference that it should give."""

import copy
import random
from collections import Counter
from collections.abc import Callable, Sequence

from tests.model_plans import SIDES, YEARS, Aim, Chapter, Column, Line, Sum, Value, Version, chapters_of, lines_of, seen

Fact = tuple[object, ...]
NOTHING = "nothing"
"""Stands for the value of a line that doesn't exist."""
SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstv" for vowel in "aiou"]


class Edits:
    """An older version, the newer one that edits make of it, and the differences that they should give."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.keys = iter(range(1, 100_000))
        self.taken: set[str] = set()
        self.older = self._version()
        self.newer = copy.deepcopy(self.older)
        self.expected: Counter[Fact] = Counter()
        self.reordered: Counter[str] = Counter()
        """Number of moved items within each family: rows, columns, goals, chapters."""
        self.touched: set[int] = set()
        self.left: set[int] = set()
        """Groups that have lost an item."""
        self.unsure: dict[str, str] = {}
        """New name of each row that is renamed without keeping its id, by its former name."""
        self.made: list[str] = []

    # --- Words ----------------------------------------------------------------------------------------------------

    def word(self, size: int = 4) -> str:
        while True:
            made = "".join(self.random.choice(SYLLABLES) for _ in range(size))
            if made not in self.taken:
                self.taken.add(made)
                return made

    def name(self) -> str:
        return f"{self.word(4)} {self.word(3)}".capitalize()

    def sentence(self) -> str:
        return f"{' '.join(self.word(3) for _ in range(10))}.".capitalize()

    def key(self) -> int:
        return next(self.keys)

    def amount(self) -> int:
        return self.random.randrange(5, 90_000) * 2000

    # --- The older version ----------------------------------------------------------------------------------------

    def _version(self) -> Version:
        kinds = self.random.choice(
            (("budget",), ("prognos", "budget"), ("budget", "plan"), ("prognos", "budget", "plan"))
        )
        columns = [Column(self.key(), f"k{kind}", YEARS[kind], kind) for kind in kinds]
        self.columns = columns
        sides = {side: self._block() for side in SIDES}
        totals = {side: Sum(self.name(), self.cells(columns)) if self.chance(0.7) else None for side in SIDES}
        result = Sum(self.name(), self.cells(columns)) if self.chance(0.5) else None
        goals = [self._goal() for _ in range(self.random.randint(0, 4))]
        chapters = [self._chapter(0) for _ in range(self.random.randint(1, 4))]
        return Version(self.chance(0.2), columns, sides, totals, result, goals, chapters)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def cells(self, columns: Sequence[Column], zero: bool = False) -> dict[int, Value]:
        return {column.key: 0 if zero else self._cell() for column in columns}

    def _cell(self) -> Value:
        drawn = self.random.random()
        return None if drawn < 0.08 else "---" if drawn < 0.12 else 0 if drawn < 0.2 else self.amount()

    def row(self, name: str | None = None, zero: bool = False) -> Line:
        own = f"id-{self.word(2)}" if self.chance(0.3) else None
        parts = {self.name(): self.amount() for _ in range(self.random.randint(2, 4))} if self.chance(0.15) else {}
        return Line(name or self.name(), self.cells(self.columns, zero), id=own, parts=parts, key=self.key())

    def group(self, depth: int = 0, zero: bool = False) -> Line:
        rows = [self.row(zero=zero) for _ in range(self.random.randint(1, 4))]
        if depth == 0 and self.chance(0.3):
            rows.insert(self.random.randint(0, len(rows)), self.group(1, zero))
        made = Line(self.name(), rows=rows, key=self.key())
        made.sum = self.sum(zero) if self.chance(0.5) else None
        return made

    def sum(self, zero: bool = False) -> Sum:
        return Sum(self.name() if self.chance(0.5) else None, self.cells(self.columns, zero))

    def _block(self) -> list[Line]:
        lines = [self.group() if self.chance(0.4) else self.row() for _ in range(self.random.randint(1, 6))]
        if self.chance(0.25):  # a name that several rows share
            shared = self.name()
            homes = [lines, *(line.rows for line in lines if line.rows)]
            for home in self.random.choices(homes, k=self.random.randint(2, 3)):
                home.append(self.row(shared))
        groups = [line for line in lines if line.rows]
        if len(groups) > 1 and self.chance(0.3):
            groups[0].name = groups[1].name
        return lines

    def _goal(self) -> Aim:
        parts = [self._part() for _ in range(self.random.randint(0, 3))]
        return Aim(self.sentence(), f"m-{self.word(2)}" if self.chance(0.3) else None, parts=parts, key=self.key())

    def _part(self) -> Aim:
        activities = [self.name() for _ in range(self.random.randint(0, 3))]
        return Aim(self.sentence(), None, self.random.randint(1, 99), activities, key=self.key())

    def _chapter(self, depth: int) -> Chapter:
        paragraphs = [self.sentence() for _ in range(self.random.randint(1, 4))]
        parts = [self._chapter(depth + 1) for _ in range(self.random.randint(0, 2))] if depth < 2 else []
        return Chapter(self.name(), paragraphs, parts, self.key())

    # --- Making edits ---------------------------------------------------------------------------------------------

    def make(self, count: int) -> None:
        """Make some edits, each to something that no other has touched; there may be fewer than `count`."""
        kinds: list[Callable[[], bool]] = [
            getattr(self, name) for name in dir(Edits) if name.startswith(("row_", "group_", "sum_", "column_", "aim_"))
        ]
        kinds += [getattr(self, name) for name in dir(Edits) if name.startswith("chapter_")]
        if self.chance(0.15):
            self.other_unit()
        for _ in range(20 * count):
            edit = self.random.choice(kinds)
            if len(self.made) < count and edit():
                self.made.append(edit.__name__)

    def expect(self, *fact: object) -> bool:
        self.expected[fact] += 1
        return True

    def other_unit(self) -> None:
        """Write the amounts in another unit; in thousands they are rounded."""
        self.made.append("other_unit")
        self.expect("unit")
        if not self.older.thousands:
            for cells, new_cells in zip(self.older.cells(), self.newer.cells(), strict=True):
                for key, value in cells.items():
                    if isinstance(value, int) and value and self.chance(0.3):
                        cells[key] = value + self.random.choice((-400, -1, 1, 499))
                        new_cells[key] = value
        self.newer.thousands = not self.older.thousands

    # --- Rows and groups ------------------------------------------------------------------------------------------

    def _free(self, wanted: Callable[[Line], bool]) -> tuple[str, Line, list[Line], Line | None] | None:
        """Draw a line that no edit has touched, nor its ancestors or contents."""
        free = [
            (side, *found)
            for side in SIDES
            for found in self.newer.lines(side)
            if wanted(found[0])
            and not self._is_touched(found[0])
            and (not found[2] or found[2].key not in self.touched)
        ]
        return self.random.choice(free) if free else None

    def _is_touched(self, line: Line) -> bool:
        return line.key in self.touched | self.left or any(map(self._is_touched, line.rows or []))

    def _leave(self, group: Line | None) -> None:
        self.left |= {group.key} if group else set()

    def _touch(self, line: Line) -> None:
        self.touched.add(line.key)
        for row in line.rows or []:
            self._touch(row)

    def _homes(self, *, deep: bool) -> list[tuple[str, list[Line], Line | None]]:
        """Return the lists that a line may be placed in: those of a side, of groups, and of nested groups."""
        found: list[tuple[str, list[Line], Line | None]] = [(side, self.newer.sides[side], None) for side in SIDES]
        for side in SIDES:
            for line, _, group in self.newer.lines(side):
                if line.rows is not None and line.key not in self.touched and (deep or group is None):
                    found.append((side, line.rows, line))
        return found

    def _put(self, line: Line, home: list[Line]) -> None:
        home.insert(self.random.randint(0, len(home)), line)

    def _is_alone(self, line: Line) -> bool:
        """Whether no other line has its name."""
        name = seen(line.name)
        return sum(seen(one.name) == name for side in SIDES for one, _, _ in self.newer.lines(side)) == 1

    def _tell_lone(self, side: str, line: Line, group: Line | None, fate: str) -> None:
        """Expect a line to be reported as new or removed, with its amounts and its rows."""
        kind = "row" if line.rows is None else "group"
        self.expect(fate, side, kind, line.name, group.name if group else None)
        cells = line.cells if line.rows is None else line.sum.cells if line.sum and not line.rows else {}
        name = line.name if line.rows is None else (line.sum and line.sum.name) or f"Summa {line.name}"
        self._tell_cells(side, "row" if line.rows is None else "subtotal", name, cells, fate)
        for row in line.rows or []:
            self._tell_lone(side, row, line, fate)

    def _tell_cells(self, side: str, kind: str, name: str, cells: dict[int, Value], fate: str) -> None:
        for key, value in cells.items():
            if value is not None:
                before, after = (NOTHING, value) if fate == "new" else (value, NOTHING)
                self.expect("amount", side, kind, name, key, before, after)

    def _tell_change(self, side: str, kind: str, name: str, cells: dict[int, Value], older: dict[int, Value]) -> bool:
        """Change a cell to another value, and expect that change."""
        columns = [column.key for column in self.newer.columns if column.key in older]
        if not columns:
            return False
        key = self.random.choice(columns)
        before = older[key]
        after = self._cell()
        if after == before:
            return False
        cells[key] = after
        return self.expect("amount", side, kind, name, key, before, after)

    def row_amount(self) -> bool:
        found = self._free(lambda line: line.rows is None)
        if not found:
            return False
        side, row, _, _ = found
        self._touch(row)
        return self._tell_change(side, "row", row.name, row.cells, self._before(row).cells)

    def _before(self, line: Line) -> Line:
        return next(one for side in SIDES for one, _, _ in self.older.lines(side) if one.key == line.key)

    def row_new(self) -> bool:
        side, home, group = self.random.choice(self._homes(deep=True))
        row = self.row(self._shared_name(side, group) if self.chance(0.3) else None, zero=self.chance(0.3))
        row.cells = {column.key: row.cells.get(column.key, 0) for column in self.newer.columns}
        self._put(row, home)
        self._touch(row)
        self._tell_lone(side, self._in_kept_columns(row), group, "new")
        return True

    def _shared_name(self, side: str, group: Line | None) -> str | None:
        """Return a name that is shared by several rows of a side but by none in a group."""
        names = Counter(line.name for line, _, _ in self.older.lines(side) if line.rows is None)
        here = self.older.sides[side] if group is None else self._before(group).rows or []
        taken = {line.name for line in here}
        return next((name for name, count in names.items() if count > 1 and name not in taken), None)

    def _in_kept_columns(self, line: Line) -> Line:
        """Return a line with only the cells in columns of both versions: others aren't reported row by row."""
        made = copy.deepcopy(line)
        kept = {column.key for column in self.older.columns} & {column.key for column in self.newer.columns}
        for one, _, _ in lines_of([made], None):
            one.cells = {key: value for key, value in one.cells.items() if key in kept}
            if one.sum:
                one.sum.cells = {key: value for key, value in one.sum.cells.items() if key in kept}
        return made

    def row_gone(self) -> bool:
        found = self._free(lambda line: line.rows is None)
        if not found or (found[3] and len(found[2]) < 2):
            return False
        side, row, home, group = found
        home.remove(row)
        self._touch(row)
        self._leave(group)
        self._tell_lone(side, self._in_kept_columns(self._before(row)), group, "gone")
        return True

    def row_renamed_with_id(self) -> bool:
        found = self._free(lambda line: line.rows is None)
        if not found or not self._is_alone(found[1]):
            return False
        side, row, _, _ = found
        former = row.name
        row.id = row.id or former.lower().replace(" ", "-")
        row.name = self.name()
        self._touch(row)
        if self.chance(0.5):
            self._tell_change(side, "row", row.name, row.cells, self._before(row).cells)
        return self.expect("renamed", side, "row", former, row.name)

    def row_renamed(self) -> bool:
        found = self._free(lambda line: line.rows is None and line.id is None)
        if not found or not self._is_alone(found[1]):
            return False
        side, row, _, _ = found
        former, row.name = row.name, self.name()
        self._touch(row)
        self.unsure[former] = row.name
        if self.chance(0.3):
            self._tell_change(side, "row", row.name, row.cells, self._before(row).cells)
        return self.expect("renamed", side, "row", former, row.name)

    def row_with_another_ending(self) -> bool:
        """Rename a row slightly, with another amount: it is probably the same."""
        found = self._free(lambda line: line.rows is None and line.id is None)
        if not found or not self._is_alone(found[1]):
            return False
        side, row, _, _ = found
        former, row.name = row.name, f"{row.name}na"
        self._touch(row)
        self.unsure[former] = row.name
        self._tell_change(side, "row", row.name, row.cells, self._before(row).cells)
        return self.expect("renamed", side, "row", former, row.name)

    def row_of_other_parts(self) -> bool:
        """Change, add or remove a part of a row's amount."""
        found = self._free(lambda line: len(line.parts) > 1)
        if not found:
            return False
        row = found[1]
        self._touch(row)
        name = self.random.choice(list(row.parts))
        before: Value = row.parts[name]
        edit = self.random.choice(("amount", "new", "gone"))
        if edit == "amount":
            row.parts[name] = self.amount() + 1
        elif edit == "new":
            name, before = self.name(), NOTHING
            row.parts[name] = self.amount()
        else:
            del row.parts[name]
        return self.expect("part", row.name, name, before, row.parts.get(name, NOTHING))

    def row_spelled_otherwise(self) -> bool:
        """A soft hyphen in a name makes no difference."""
        found = self._free(lambda line: line.rows is None)
        if not found:
            return False
        row = found[1]
        row.name = f"{row.name[:3]}\u00ad{row.name[3:]}"
        self._touch(row)
        return True

    def row_of_other_purpose(self) -> bool:
        found = self._free(lambda line: line.rows is None)
        if not found or found[0] == "intäkter":
            return False
        found[1].purpose = "individ"
        self._touch(found[1])
        return self.expect("purpose", found[1].name)

    def row_moved(self) -> bool:
        """Move a row or a group within its group."""
        found = self._free(self._is_alone)
        if not found or len(found[2]) < 2:
            return False
        _, row, home, group = found
        place = home.index(row)
        home.remove(row)
        home.insert(self.random.choice([n for n in range(len(home) + 1) if n != place]), row)
        self.touched.add(row.key)
        self.reordered[f"rows of {group.key if group else found[0]}"] += 1
        return True

    def row_moved_into(self) -> bool:
        found = self._free(lambda line: line.rows is None and self._is_alone(line))
        if not found or (found[3] and len(found[2]) < 2):
            return False
        side, row, home, left = found
        homes = [one for one in self._homes(deep=True) if one[0] == side and one[1] is not home]
        if not homes:
            return False
        _, new_home, group = self.random.choice(homes)
        home.remove(row)
        self._leave(left)
        self._put(row, new_home)
        self._touch(row)
        return self.expect("into", side, row.name, group.name if group else "")

    def group_new(self) -> bool:
        zero, deep = self.chance(0.4), self.chance(0.3)
        homes = [one for one in self._homes(deep=False) if (one[2] is not None) == deep]
        if not homes:
            return False
        side, home, outer = self.random.choice(homes)
        group = self.group(1 if deep else 0, zero)
        if self.chance(0.2):
            group.rows, group.sum = [], self.sum(zero)
        for line, _, _ in lines_of([group], None):
            for cells in (line.cells, line.sum.cells if line.sum else {}):
                cells |= {column.key: 0 for column in self.newer.columns if cells and column.key not in cells}
        home.insert(0 if self.chance(0.4) else self.random.randint(0, len(home)), group)
        self._touch(group)
        self._tell_lone(side, self._in_kept_columns(group), outer, "new")
        return True

    def group_gone(self) -> bool:
        found = self._free(lambda line: line.rows is not None)
        if not found or (found[3] and len(found[2]) < 2):
            return False
        side, group, home, outer = found
        home.remove(group)
        self._touch(group)
        self._leave(outer)
        self._tell_lone(side, self._in_kept_columns(self._before(group)), outer, "gone")
        return True

    def group_renamed(self) -> bool:
        found = self._free(lambda line: line.rows is not None and self._is_alone(line))
        if not found:
            return False
        side, group, _, _ = found
        former, group.name = group.name, self.name()
        self._touch(group)
        return self.expect("renamed", side, "group", former, group.name)

    def group_dissolved(self) -> bool:
        found = self._free(lambda line: bool(line.rows) and all(map(self._is_alone, line.rows or [])))
        if not found:
            return False
        side, group, home, outer = found
        place = home.index(group)
        home[place : place + 1] = group.rows or []
        self._touch(group)
        self._leave(outer)
        self.expect("gone", side, "group", group.name, outer.name if outer else None)
        for row in group.rows or []:
            self.expect("into", side, row.name, outer.name if outer else "")
        return True

    def group_nested(self) -> bool:
        """Put a group in a new group of its own."""
        found = self._free(lambda line: line.rows is not None and all(row.rows is None for row in line.rows))
        if not found or found[3] or not self._is_alone(found[1]):
            return False
        side, group, home, _ = found
        outer = Line(self.name(), rows=[group], key=self.key())
        home[home.index(group)] = outer
        self._touch(outer)
        self.expect("new", side, "group", outer.name, None)
        return self.expect("into", side, group.name, outer.name)

    # --- Sums -----------------------------------------------------------------------------------------------------

    def sum_of_group(self) -> bool:
        """Print a group's sum, remove it, or change its amount or its name."""
        found = self._free(lambda line: bool(line.rows))
        if not found:
            return False
        side, group, _, _ = found
        older = self._before(group).sum
        self._touch(group)
        if group.sum is None or older is None:
            group.sum = Sum(None, self.cells(self.newer.columns))
            kept = self._in_kept_columns(group).sum
            self._tell_cells(side, "subtotal", f"Summa {group.name}", kept.cells if kept else {}, "new")
            return True
        name = group.sum.name or f"Summa {group.name}"
        edit = self.random.choice(("gone", "amount", "name"))
        if edit == "gone":
            kept = self._in_kept_columns(self._before(group)).sum
            self._tell_cells(side, "subtotal", name, self._still(kept.cells if kept else {}), "gone")
            group.sum = None
        elif edit == "amount":
            return self._tell_change(side, "subtotal", name, group.sum.cells, older.cells)
        else:
            group.sum.name = self.name()
            self.expect("renamed", "subtotal", name, group.sum.name)
        return True

    def _still(self, cells: dict[int, Value]) -> dict[int, Value]:
        kept = {column.key for column in self.newer.columns}
        return {key: value for key, value in cells.items() if key in kept}

    def sum_above(self) -> bool:
        """The position of a printed sum makes no difference."""
        found = self._free(lambda line: line.sum is not None and not line.sum.name)
        if not found or not found[1].sum:
            return False
        found[1].sum.is_first = True
        self._touch(found[1])
        return True

    def sum_of_side(self) -> bool:
        side = self.random.choice(SIDES)
        total, older = self.newer.totals[side], self.older.totals[side]
        if not total or not older or side in self.taken:
            return False
        self.taken.add(side)
        if self.chance(0.3):
            self.newer.totals[side] = None
            self._tell_cells(side, "total", total.name or "", self._still(older.cells), "gone")
        elif self.chance(0.5):
            former, total.name = total.name, self.name()
            self.expect("renamed", "total", former, total.name)
        else:
            self._tell_change(side, "total", total.name or "", total.cells, older.cells)
        return True

    def sum_result(self) -> bool:
        result, older = self.newer.result, self.older.result
        if not result or not older or "resultat" in self.taken:
            return False
        self.taken.add("resultat")
        if self.chance(0.3):
            self.newer.result = None
            self._tell_cells("resultat", "result", older.name or "", self._still(older.cells), "gone")
        elif self.chance(0.5):
            result.name = self.name()
            self.expect("renamed", "result", older.name, result.name)
        else:
            self._tell_change("resultat", "result", result.name or "", result.cells, older.cells)
        return True

    # --- Columns --------------------------------------------------------------------------------------------------

    def _free_column(self) -> Column | None:
        free = [column for column in self.newer.columns if column.key not in self.touched]
        return self.random.choice(free) if free and not self.made else None

    def column_new(self) -> bool:
        if self.made:
            return False
        column = Column(self.key(), f"ny{self.key()}", self.random.choice((2020, 2030)), "plan")
        self.newer.columns.insert(self.random.randint(0, len(self.newer.columns)), column)
        for cells in self.newer.cells():
            if cells:
                cells[column.key] = self._cell()
        self.touched.add(column.key)
        return self.expect("column new", column.heading)

    def column_gone(self) -> bool:
        column = self._free_column()
        if not column or len(self.newer.columns) < 2 or column.year == 2025:
            return False
        self.newer.columns.remove(column)
        return self.expect("column gone", column.heading)

    def column_moved(self) -> bool:
        column = self._free_column()
        if not column or len(self.newer.columns) < 2:
            return False
        place = self.newer.columns.index(column)
        self.newer.columns.remove(column)
        self.newer.columns.insert(
            self.random.choice([n for n in range(len(self.newer.columns) + 1) if n != place]), column
        )
        self.touched.add(column.key)
        self.reordered["columns"] += 1
        return True

    def column_renamed(self) -> bool:
        column = self._free_column()
        if not column:
            return False
        self.touched.add(column.key)
        before = column.heading
        if self.chance(0.3):
            column.id = f"nytt{column.key}"
            return True
        if self.chance(0.5) and column.kind == "prognos":
            column.kind = "utfall"
        else:
            column.label = self.name()
        return self.expect("column renamed", before, column.heading)

    # --- Goals ----------------------------------------------------------------------------------------------------

    def _free_aim(self) -> tuple[Aim, list[Aim], Aim | None] | None:
        every = [(goal, self.newer.goals, None) for goal in self.newer.goals]
        every += [(part, goal.parts, goal) for goal in self.newer.goals for part in goal.parts]  # type: ignore[misc]
        free = [
            one
            for one in every
            if not {one[0].key, one[2].key if one[2] else 0, *(part.key for part in one[0].parts)} & self.touched
        ]
        return self.random.choice(free) if free else None

    def _touch_aim(self, aim: Aim) -> None:
        self.touched |= {aim.key, *(part.key for part in aim.parts)}

    def aim_new(self) -> bool:
        homes = [self.newer.goals, *(goal.parts for goal in self.newer.goals if goal.key not in self.touched)]
        home = self.random.choice(homes)
        aim = self._goal() if home is self.newer.goals else self._part()
        home.insert(self.random.randint(0, len(home)), aim)
        self._touch_aim(aim)
        return self.expect("aim new", aim.text)

    def aim_gone(self) -> bool:
        found = self._free_aim()
        if not found:
            return False
        found[1].remove(found[0])
        self._touch_aim(found[0])
        self.touched |= {found[2].key} if found[2] else set()
        return self.expect("aim gone", found[0].text)

    def aim_moved(self) -> bool:
        found = self._free_aim()
        if not found or len(found[1]) < 2:
            return False
        aim, home, goal = found
        place = home.index(aim)
        home.remove(aim)
        home.insert(self.random.choice([n for n in range(len(home) + 1) if n != place]), aim)
        self.touched.add(aim.key)
        self.reordered[f"aims of {goal.key if goal else 0}"] += 1
        return True

    def aim_reworded(self) -> bool:
        found = self._free_aim()
        if not found:
            return False
        aim = found[0]
        self._touch_aim(aim)
        before = aim.text
        aim.text = self.sentence() if aim.id else self._with_another_word(aim.text)
        return self.expect("aim reworded", before, aim.text)

    def _with_another_word(self, text: str) -> str:
        words = text.split()
        words[self.random.randrange(1, len(words) - 1)] = self.word(3)
        return " ".join(words)

    def aim_with_a_soft_hyphen(self) -> bool:
        """An invisible character makes no difference."""
        found = self._free_aim()
        if not found:
            return False
        found[0].text = f"{found[0].text[:4]}{self.random.choice(chr(0xAD) + chr(0x2060))}{found[0].text[4:]}"
        self._touch_aim(found[0])
        return True

    def aim_target(self) -> bool:
        found = self._free_aim()
        if not found or found[0].target is None:
            return False
        aim = found[0]
        self._touch_aim(aim)
        before, aim.target = aim.target, (aim.target or 0) + 100
        return self.expect("target", aim.text, str(before), str(aim.target))

    def aim_activity(self) -> bool:
        found = self._free_aim()
        if not found or not found[0].activities:
            return False
        aim = found[0]
        self._touch_aim(aim)
        if self.chance(0.5):
            gone = aim.activities.pop(self.random.randrange(len(aim.activities)))
            return self.expect("aspect", aim.text, "removed", gone)
        aim.activities.append(self.name())
        return self.expect("aspect", aim.text, "added", aim.activities[-1])

    # --- Chapters -------------------------------------------------------------------------------------------------

    def _free_chapter(self) -> tuple[Chapter, list[Chapter]] | None:
        free = [
            one
            for one in chapters_of(self.newer.chapters)
            if not {each.key for each, _ in chapters_of([one[0]])} & self.touched
        ]
        return self.random.choice(free) if free else None

    def _touch_chapter(self, chapter: Chapter) -> None:
        self.touched |= {one.key for one, _ in chapters_of([chapter])}

    def chapter_new(self) -> bool:
        homes = [(self.newer.chapters, 0)]
        homes += [(one.parts, 1) for one in self.newer.chapters if one.key not in self.touched]
        home, depth = self.random.choice(homes)
        chapter = self._chapter(depth)
        home.insert(self.random.randint(0, len(home)), chapter)
        self._touch_chapter(chapter)
        return self.expect("chapter new", chapter.heading)

    def chapter_gone(self) -> bool:
        found = self._free_chapter()
        if not found:
            return False
        outer = [
            one for one, _ in chapters_of(self.newer.chapters) if found[0] in (each for each, _ in chapters_of([one]))
        ]
        found[1].remove(found[0])
        self._touch_chapter(found[0])
        self.touched |= {one.key for one in outer}
        return self.expect("chapter gone", found[0].heading)

    def chapter_renamed(self) -> bool:
        found = self._free_chapter()
        if not found:
            return False
        chapter = found[0]
        self.touched.add(chapter.key)
        before, chapter.heading = chapter.heading, self.name()
        return self.expect("chapter renamed", before, chapter.heading)

    def chapter_with_a_soft_hyphen(self) -> bool:
        found = self._free_chapter()
        if not found:
            return False
        chapter = found[0]
        self.touched.add(chapter.key)
        chapter.heading = f"{chapter.heading[:3]}\u00ad{chapter.heading[3:]}"
        chapter.paragraphs[0] = f"{chapter.paragraphs[0][:5]}\u00ad{chapter.paragraphs[0][5:]}"
        return True

    def chapter_moved(self) -> bool:
        found = self._free_chapter()
        if not found or len(found[1]) < 2:
            return False
        chapter, home = found
        place = home.index(chapter)
        home.remove(chapter)
        home.insert(self.random.choice([n for n in range(len(home) + 1) if n != place]), chapter)
        self._touch_chapter(chapter)
        self.reordered["chapters"] += 1
        return True

    def chapter_nested(self) -> bool:
        found = self._free_chapter()
        if not found or found[1] is not self.newer.chapters or any(one.parts for one in found[0].parts):
            return False
        others = [one for one in self.newer.chapters if one is not found[0] and one.key not in self.touched]
        if not others:
            return False
        other = self.random.choice(others)
        self.newer.chapters.remove(found[0])
        other.parts.append(found[0])
        self._touch_chapter(found[0])
        return self.expect("chapter into", found[0].heading, other.heading)

    def chapter_edited(self) -> bool:
        found = self._free_chapter()
        if not found:
            return False
        chapter = found[0]
        self.touched.add(chapter.key)
        place = self.random.randrange(len(chapter.paragraphs))
        before = chapter.paragraphs[place]
        edit = self.random.choice(("word", "new", "gone"))
        if edit == "word":
            after = chapter.paragraphs[place] = self._with_another_word(before)
            return self.expect("passage", chapter.heading, before, after)
        if edit == "new":
            chapter.paragraphs.insert(place, self.sentence())
            return self.expect("passage", chapter.heading, "", chapter.paragraphs[place])
        chapter.paragraphs.pop(place)
        return self.expect("passage", chapter.heading, before, "")


def edited(seed: int) -> Edits:
    """Return two versions with some edits between them."""
    edits = Edits(seed)
    edits.make(edits.random.choice((1, 1, 2, 3, 4, 6, 10)))
    return edits
