"""Texts of a new plan that are to be gone through: those that name the old plan's years, or were written for them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from insyn.editing.chapters import chapters
from insyn.editing.finding import CELLS
from insyn.editing.new_years import moved_on, named_years
from insyn.editing.old_plan import BUDGET, OldPlan, item_name
from insyn.editing.operations import AnyOperation, SetChapter
from insyn.reading.keys import BudgetKeys, OpeningEquityKeys, PlanKeys
from insyn.reading.spans import WrittenList, WrittenMapping, WrittenNode, WrittenText, texts_in
from insyn.swedish import listed

OWN = tuple(
    key.name
    for key in (
        *(PlanKeys.decision, PlanKeys.meeting, PlanKeys.consulted, PlanKeys.published, PlanKeys.revisions),
        *(PlanKeys.followed_up, PlanKeys.removed, PlanKeys.original, PlanKeys.source, PlanKeys.seen),
        *(PlanKeys.signatures, PlanKeys.aliases, PlanKeys.unconfirmed),
    )
)
"""What is one year's own, and so isn't carried."""
OF_THE_YEAR = (PlanKeys.deficit_reason.name, PlanKeys.horizon_reason.name)
"""Reasons that were given for one year, and are looked at whether they name it or not."""
MOVED_ON = (PlanKeys.title.name, PlanKeys.subtitle.name, PlanKeys.year.name)


class LeftToConfirm(Struct, frozen=True):
    """A row of amounts, or a place in the text, that staff are to look at."""

    what: str
    columns: tuple[str, ...]
    reason: str
    years: tuple[int, ...] = ()
    """Those of the old plan that the text names."""


def headings(source: OldPlan) -> Iterator[AnyOperation]:
    """Yield what lets the headings of chapters name the new years."""
    for number, chapter in enumerate(chapters(source.file)):
        later = moved_on(chapter.title, source.years, source.step)
        if chapter.level and later != chapter.title:
            head, _, rest = chapter.text.partition("\n")
            yield SetChapter(number, f"{head.replace(chapter.title, later)}\n{rest}")


def texts_to_confirm(source: OldPlan) -> Iterator[LeftToConfirm]:
    """Yield every text that is kept and names a year of the old plan, by key, row or chapter."""
    for entry in source.file.header.entries:
        if entry.key.text not in (BUDGET, *OWN, *MOVED_ON):
            yield from _naming_years(source, entry.key.text, [one.text for one in texts_in(entry.value)])
    by_name: dict[str, list[str]] = {}
    for what, texts in _budget_texts(source.file.header):
        by_name.setdefault(what, []).extend(texts)
    for what, texts in by_name.items():
        yield from _naming_years(source, what, texts)
    parts = chapters(source.file)
    for number, chapter in enumerate(parts):
        end = min(chapter.end, *(one.begin for one in parts[number + 1 : number + 2]), len(source.file.text))
        own = source.file.text[chapter.begin : end]
        title = moved_on(chapter.title, source.years, source.step)
        text = own.partition("\n")[2] if chapter.level else own
        yield from _naming_years(source, title or source.texts.tell("confirm-text"), [text])


def _naming_years(source: OldPlan, what: str, texts: Sequence[str]) -> Iterator[LeftToConfirm]:
    years = sorted({year for text in texts for year in named_years(text, source.years)})
    if years:
        reason = source.texts.tell("confirm-years", years=listed([str(year) for year in years]))
        yield LeftToConfirm(what, (), reason, tuple(years))
    elif what in OF_THE_YEAR:
        yield LeftToConfirm(what, (), source.texts.tell("confirm-reason"))


def _budget_texts(header: WrittenMapping) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts of a budget by the name of their row, or else by their key."""
    budget = header.entry(BUDGET)
    for entry in budget.value.entries if budget and isinstance(budget.value, WrittenMapping) else ():
        if entry.key.text not in {BudgetKeys.columns.name, BudgetKeys.heading.name, BudgetKeys.equity.name}:
            yield from _named_texts(entry.key.text, entry.value)


def _named_texts(name: str, node: WrittenNode) -> Iterator[tuple[str, list[str]]]:
    if isinstance(node, WrittenList):
        for item in node.items:
            yield from _named_texts(name, item)
    elif isinstance(node, WrittenMapping):
        known = item_name(node) or name
        others = [one.value for one in node.entries if one.key.text not in {CELLS, OpeningEquityKeys.year.name}]
        yield known, [one.text for one in others if isinstance(one, WrittenText)]
        for one in others:
            if not isinstance(one, WrittenText):
                yield from _named_texts(known, one)
    else:
        yield name, [node.text]
