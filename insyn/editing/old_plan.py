"""A plan that another is made from: what stands in it, by the paths and names that it is known by."""

import re
from collections.abc import Iterator

from msgspec import Struct

from insyn.editing.finding import CELLS, cell_paths, cell_text, find, text_of
from insyn.editing.new_years import moved_on
from insyn.editing.next_columns import ColumnMove
from insyn.editing.operations import AnyOperation, Path, SetText
from insyn.model import Budget, Plan
from insyn.reading.keys import BudgetRowKeys, ColumnKeys, InnerGroupKeys, PlanKeys
from insyn.reading.spans import WrittenFile, WrittenList, WrittenMapping, WrittenText
from insyn.texts import Texts

BUDGET = PlanKeys.budget.name
NAMES = (BudgetRowKeys.name.name, InnerGroupKeys.name.name, ColumnKeys.id.name)


class OldPlan(Struct, frozen=True):
    """The plan to go on from, and where everything of it goes."""

    file: WrittenFile
    plan: Plan
    """Without the columns of its follow-up, which the new plan has no use for."""
    whole: Budget
    """With them: they know best how the year ended."""
    step: int
    moves: tuple[ColumnMove, ...]
    texts: Texts
    repeats_last: bool

    @property
    def budget(self) -> Budget:
        return self.plan.budget

    @property
    def years(self) -> range:
        """The years that a text may name and that are others in the new plan."""
        years = [one.year for one in self.budget.columns]
        return range(min(years) - 1, max(years) + 2)

    def text(self, path: Path) -> str | None:
        """Return what is written at a place; None when nothing is."""
        spot = find(self.file, path)
        return None if spot.missing or spot.node is None else text_of(spot.node)

    def has(self, path: Path) -> bool:
        """Whether anything is written at a place."""
        return not find(self.file, path).missing

    def items(self, path: Path) -> list[Path]:
        """Return the paths to the items of a list; none where there is no list."""
        spot = find(self.file, path)
        is_list = not spot.missing and isinstance(spot.node, WrittenList)
        return [(*path, number) for number in range(len(spot.node.items))] if is_list else []  # type: ignore[union-attr]

    def rows(self) -> Iterator[tuple[Path, list[str | None]]]:
        """Yield each row and sum that has amounts, with them as they are written."""
        for path in cell_paths(self.file):
            node = find(self.file, (*path, CELLS)).node
            if isinstance(node, WrittenList):
                yield path, [cell_text(one) for one in node.items]
            elif isinstance(node, WrittenText) and re.search(r"\d", node.text):
                yield path, [cell_text(node)]

    def moved_on(self, path: Path) -> Iterator[AnyOperation]:
        """Yield what lets a text name the new plan's years."""
        text = self.text(path)
        if text is not None and (later := moved_on(text, self.years, self.step)) != text:
            yield SetText(path, later)


def item_name(item: WrittenMapping) -> str | None:
    """Return the name of a row, a group or a column; None when it has none."""
    return next((text_of(one.value) for one in map(item.entry, NAMES) if one), None)
