"""What pages show, as finished words in finished order. Templates look nothing up and calculate nothing.

Fields named `html` hold markup made by `markdown` or `charts`; all others are plain text.
"""

from markupsafe import Markup
from msgspec import Struct

from insyn.charts.chart import Key, Table


class PageLink(Struct, frozen=True):
    text: str
    href: str
    current: bool = False


class Frame(Struct, frozen=True):
    """What surrounds every page."""

    root: str
    """From the page to the site's top: "../../", or "./"."""
    head_title: str
    description: str
    site_name: str
    menu: tuple[PageLink, ...]
    breadcrumbs: tuple[PageLink, ...]
    """The last is the page itself."""
    footer: tuple[PageLink, ...]
    canonical: str | None
    indexed: bool
    """Whether search engines may list the page."""


# --- Plan -----------------------------------------------------------------------------------------------------------


class Banner(Struct, frozen=True):
    kind: str
    """proposal, revised, older, replaced or revoked; never shown by colour alone."""
    label: str
    text: str
    link: PageLink | None = None


class KeyFigure(Struct, frozen=True):
    label: str
    value: str
    note: str


class Fact(Struct, frozen=True):
    term: str
    text: str


class ContentsItem(Struct, frozen=True):
    id: str
    text: str
    items: tuple["ContentsItem", ...] = ()


class ChartView(Struct, frozen=True):
    id: str
    title: str
    subtitle: str
    description: str
    summary: str
    help: str | None
    keys: tuple[Key, ...]
    table: Table
    source: str
    narrow_html: Markup
    wide_html: Markup


class SentenceView(Struct, frozen=True):
    """Stands where a chart would say nothing."""

    id: str
    text: str


class Explanation(Struct, frozen=True):
    """What a row of the budget is, in the förbund's words."""

    name: str
    html: Markup


class ChartSection(Struct, frozen=True):
    id: str
    heading: str
    charts: tuple[ChartView | SentenceView, ...]
    explanations: tuple[Explanation, ...] = ()


class MarkView(Struct, frozen=True):
    """A note mark, linked to its note; `note_id` is None where the note is missing."""

    text: str
    id: str
    note_id: str | None


class CellView(Struct, frozen=True):
    text: str
    missing: bool
    """Nothing, or only a sign, is printed in the source."""
    is_main: bool
    emphasised: bool
    marks: tuple[MarkView, ...]


class ColumnHeading(Struct, frozen=True):
    text: str
    kind: str | None
    """What the column states, where its printed heading doesn't say so."""
    is_main: bool


class Line(Struct, frozen=True):
    """A line of a budget table. A group's heading without amounts has no cells."""

    kind: str
    """row, group, subtotal, total or result."""
    name: str
    level: int
    marks: tuple[MarkView, ...]
    cells: tuple[CellView, ...]
    note_marks: tuple[MarkView, ...]
    """What stands in the column of marks, where the plan has one."""


class BudgetTable(Struct, frozen=True):
    id: str
    caption: str
    name_heading: str
    columns: tuple[ColumnHeading, ...]
    note_heading: str | None
    bodies: tuple[tuple[Line, ...], ...]
    """Each is a row group: a group with its rows, or rows that stand alone."""


class NoteView(Struct, frozen=True):
    id: str
    mark: str
    html: Markup
    back_ids: tuple[str, ...]


class EquityView(Struct, frozen=True):
    caption: str
    rows: tuple[tuple[str, CellView], ...]


class BreakdownView(Struct, frozen=True):
    id: str
    caption: str
    heading: str
    rows: tuple[tuple[str, CellView], ...]
    total: tuple[str, CellView] | None


class DeviationView(Struct, frozen=True):
    heading: str
    text: str


class BudgetView(Struct, frozen=True):
    heading: str
    unit: str
    tables: tuple[BudgetTable, ...]
    equity: EquityView | None
    breakdowns: tuple[BreakdownView, ...]
    column_notes: tuple[str, ...]
    notes: tuple[NoteView, ...]
    deviations: tuple[DeviationView, ...]


class ListedTextView(Struct, frozen=True):
    text: str
    points: tuple[str, ...]


class GoalRow(Struct, frozen=True):
    text: str
    activities: tuple[ListedTextView, ...]
    measures: tuple[ListedTextView, ...]
    targets: tuple[str, ...]
    responsible: str | None
    status: str | None


class GoalGroup(Struct, frozen=True):
    text: str
    law_reference: str | None
    responsible: str | None
    rows: tuple[GoalRow, ...]


class GoalTable(Struct, frozen=True):
    """Goals with their parts. A heading is None where no goal of the plan has that column."""

    goal: str | None
    """Stands before each goal's text, where the plan prints a heading for it."""
    sub_goal: str
    activities: str | None
    measures: str | None
    targets: str | None
    responsible: str | None
    status: str | None
    groups: tuple[GoalGroup, ...]


class PointView(Struct, frozen=True):
    text: str
    marks: tuple[MarkView, ...]
    detail: str | None


class PointList(Struct, frozen=True):
    """A list of points with notes of its own."""

    points: tuple[PointView, ...]
    notes: tuple[NoteView, ...]


class SignatoryView(Struct, frozen=True):
    name: str
    role: str
    organisation: str


class DecisionView(Struct, frozen=True):
    sentences: tuple[str, ...]
    signatories: tuple[SignatoryView, ...]


class ChangeView(Struct, frozen=True):
    day: str
    iso_day: str
    text: str


class CorrectionView(Struct, frozen=True):
    printed: str
    corrected: str | None
    text: str | None


class PlanPage(Struct, frozen=True):
    frame: Frame
    title: str
    subtitle: str | None
    lead: str
    banner: Banner | None
    status_kind: str
    status: str
    applies: str
    facts: tuple[Fact, ...]
    key_figures: tuple[KeyFigure, ...]
    retold: str | None
    """That the text is a retelling, when it is."""
    summary_html: Markup | None
    audience_html: Markup | None
    contents: tuple[ContentsItem, ...]
    chart_sections: tuple[ChartSection, ...]
    goals: GoalTable | None
    follow_up: PointList | None
    financial_goals: PointList | None
    budget: BudgetView
    article_html: Markup
    text_first: bool
    decision: DecisionView | None
    changes: tuple[ChangeView, ...]
    corrections: tuple[CorrectionView, ...]
    citation: str
    contact: "ContactView | None"


# --- What differs between two versions ------------------------------------------------------------------------------


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


class VersionView(Struct, frozen=True):
    term: str
    """Before or after."""
    link: PageLink
    status_kind: str
    status: str | None
    """None when the link says it."""


class DifferencePage(Struct, frozen=True):
    frame: Frame
    title: str
    subtitle: str
    """Which plan it is about, and whose."""
    lead: str
    versions: tuple[VersionView, ...]
    contents: tuple[ContentsItem, ...]
    has_marks: bool
    """Whether any text is shown with what was removed and added."""
    accounts: tuple[ChangeView, ...]
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


# --- Other pages ----------------------------------------------------------------------------------------------------


class PlanCard(Struct, frozen=True):
    """A plan as it is listed."""

    title: str
    applies: str
    href: str
    status_kind: str
    status: str
    lead: str


class ContactView(Struct, frozen=True):
    name: str | None
    email: str | None
    phone: str | None
    address: str | None
    web: str | None


class MemberGroup(Struct, frozen=True):
    heading: str
    names: tuple[str, ...]


class AssociationPage(Struct, frozen=True):
    frame: Frame
    name: str
    facts: tuple[Fact, ...]
    members: tuple[MemberGroup, ...]
    current: PlanCard | None
    plans: tuple[PlanCard, ...]
    proposals: tuple[Banner, ...]
    """Proposals that await a decision while another plan applies."""
    article_html: Markup
    contact: ContactView | None


class MunicipalityEntry(Struct, frozen=True):
    name: str
    associations: tuple[PageLink, ...]


class LetterGroup(Struct, frozen=True):
    letter: str
    entries: tuple[MunicipalityEntry, ...]


class AssociationCard(Struct, frozen=True):
    name: str
    href: str
    municipalities: str
    plan: PlanCard | None


class StartPage(Struct, frozen=True):
    frame: Frame
    name: str
    description: str
    letters: tuple[LetterGroup, ...]
    associations: tuple[AssociationCard, ...]


class ArticlePage(Struct, frozen=True):
    frame: Frame
    title: str
    contents: tuple[ContentsItem, ...]
    article_html: Markup


class NotFoundPage(Struct, frozen=True):
    frame: Frame
    associations: tuple[PageLink, ...]


Page = PlanPage | DifferencePage | AssociationPage | StartPage | ArticlePage | NotFoundPage
