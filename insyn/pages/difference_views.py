"""The views of a page of differences, kept apart from its composition, which few builds import."""

from typing import ClassVar

from msgspec import Struct

from insyn.pages.frame import Page
from insyn.pages.history import EventView
from insyn.pages.parts import ContentsItem, PageLink
from insyn.pages.sections import PageSection, headings_of


class PassagePart(Struct, frozen=True):
    kind: str
    """same, removed, added, or left-out in place of unchanged text."""
    text: str
    said: str = ""
    """Spoken before it to a listener: that it was removed or added, or that unchanged text resumes."""


class PassageView(Struct, frozen=True):
    """A passage that differs, as plain text: marks for emphasis, links and notes are removed."""

    label: str
    """The change in words: "Ny punkt"."""
    kind: str
    """changed, rewritten, added, removed or moved. A rewritten one has two parts, the former text and the new."""
    parts: tuple[PassagePart, ...]
    origin: str | None = None
    """Its former place, if it has been moved."""


class AimView(Struct, frozen=True):
    """A changed goal, sub-goal or point."""

    heading: str
    sentences: tuple[str, ...]
    passages: tuple[PassageView, ...]
    parts: tuple["AimView", ...] = ()


class ChapterView(Struct, frozen=True):
    id: str
    heading: str
    above: str | None
    """The chapter that contains it."""
    sentences: tuple[str, ...]
    passages: tuple[PassageView, ...]
    folded: str | None
    """The text that opens it, if the chapter is long and all new or all removed."""


class DifferenceCell(Struct, frozen=True):
    text: str
    said: str | None = None
    """Read by a screen reader instead of the text, if that is only a sign."""
    is_word: bool = False
    """Whether a word replaces the amount that other cells have."""


class DifferenceLine(Struct, frozen=True):
    """A line of a budget, before and after."""

    kind: str
    """row, subtotal, total, result or equity."""
    name: str
    before: DifferenceCell
    after: DifferenceCell
    change: DifferenceCell


class DifferenceBody(Struct, frozen=True):
    heading: str | None
    lines: tuple[DifferenceLine, ...]


class DifferenceTable(Struct, frozen=True):
    id: str
    caption: str
    name_heading: str
    bodies: tuple[DifferenceBody, ...]


class DifferenceNote(Struct, frozen=True):
    """A change of a row or a column, in a sentence or two."""

    text: str
    passages: tuple[PassageView, ...] = ()


class ComparedVersion(Struct, frozen=True):
    term: str
    """Before or after."""
    link: PageLink
    status_kind: str
    status: str | None
    """None if the link says it."""


SECTIONS = (
    PageSection["DifferencePage"]("forbundets-ord", "Så beskriver förbundet ändringen", lambda page: page.accounts),
    PageSection["DifferencePage"](
        "pengar", "Ändringar i budgeten", lambda page: page.tables or page.rows or page.columns or page.notes
    ),
    PageSection["DifferencePage"](
        "mal", "Ändringar i målen", lambda page: page.goals or page.follow_up or page.financial_goals
    ),
    PageSection["DifferencePage"](
        "texten", "Ändringar i texten", lambda page: page.introductions or page.chapters or page.renumbered
    ),
    PageSection["DifferencePage"]("uppgifter", "Ändrade uppgifter om planen", lambda page: page.facts),
)


class DifferencePage(Page, frozen=True):
    template: ClassVar = "pages/difference.html"
    headings: ClassVar = headings_of(SECTIONS)
    title: str
    subtitle: str
    """The plan's title and its förbund."""
    lead: str
    versions: tuple[ComparedVersion, ...]
    contents: tuple[ContentsItem, ...]
    has_marks: bool
    """Whether any text is shown with its removed and added parts."""
    accounts: tuple[EventView, ...]
    """The förbund's own description of the changes."""
    measures: DifferenceTable | None
    columns: tuple[DifferenceNote, ...]
    """Changes of the budget's columns and unit."""
    rows: tuple[DifferenceNote, ...]
    tables: tuple[DifferenceTable, ...]
    notes: tuple[PassageView, ...]
    goals: tuple[AimView, ...]
    follow_up: tuple[AimView, ...]
    financial_goals: tuple[PassageView, ...]
    introductions: tuple[AimView, ...]
    retold: str | None
    renumbered: str | None
    chapters: tuple[ChapterView, ...]
    facts: tuple[tuple[str, DifferenceCell, DifferenceCell], ...]
