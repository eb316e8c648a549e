"""What a page of differences shows. Apart from what composes it, which few builds import."""

from typing import ClassVar

from msgspec import Struct

from insyn.pages.frame import Page
from insyn.pages.history import EventView
from insyn.pages.parts import ContentsItem, PageLink
from insyn.pages.sections import PageSection, headings_of


class PassagePart(Struct, frozen=True):
    kind: str
    """same, removed, added, or left-out where unchanged text is."""
    text: str
    said: str = ""
    """What a listener is told before it: that it was removed or added, or that unchanged text goes on."""


class PassageView(Struct, frozen=True):
    """A piece of text that differs. Its text is plain: marks for emphasis, links and notes are gone."""

    label: str
    """What has happened: "Ny punkt"."""
    kind: str
    """changed, rewritten, added, removed or moved. The parts of a rewritten one are what stood, and what stands."""
    parts: tuple[PassagePart, ...]
    origin: str | None = None
    """Where it stood before, when it has been moved."""


class AimView(Struct, frozen=True):
    """A goal, a sub-goal or a point that differs."""

    heading: str
    sentences: tuple[str, ...]
    passages: tuple[PassageView, ...]
    parts: tuple["AimView", ...] = ()


class ChapterView(Struct, frozen=True):
    id: str
    heading: str
    above: str | None
    """The chapter that it is a part of."""
    sentences: tuple[str, ...]
    passages: tuple[PassageView, ...]
    folded: str | None
    """What opens the text of a chapter that is long and all new, or all gone."""


class DifferenceCell(Struct, frozen=True):
    text: str
    said: str | None = None
    """What a screen reader says in place of the text, where that is only a sign."""
    is_word: bool = False
    """Whether a word stands where others have an amount."""


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
    """What has happened to a row or a column, in a sentence or two."""

    text: str
    passages: tuple[PassageView, ...] = ()


class ComparedVersion(Struct, frozen=True):
    term: str
    """Before or after."""
    link: PageLink
    status_kind: str
    status: str | None
    """None when the link says it."""


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
    """Which plan it is about, and whose."""
    lead: str
    versions: tuple[ComparedVersion, ...]
    contents: tuple[ContentsItem, ...]
    has_marks: bool
    """Whether any text is shown with what was removed and added."""
    accounts: tuple[EventView, ...]
    """The förbund's own words for what was changed."""
    measures: DifferenceTable | None
    columns: tuple[DifferenceNote, ...]
    """What has happened to the columns and the unit of the budget."""
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
