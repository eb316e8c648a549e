"""What pages show, as finished words in finished order. Templates look nothing up and calculate nothing.

Fields named `html` hold markup made by `markdown` or `charts`; all others are plain text.
"""

from dataclasses import dataclass

from markupsafe import Markup

from insyn.charts.chart import Key, Table


@dataclass(frozen=True, slots=True)
class PageLink:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
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


@dataclass(frozen=True, slots=True)
class Banner:
    kind: str
    """proposal, revised, older, replaced or revoked; never shown by colour alone."""
    label: str
    text: str
    link: PageLink | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    text: str


@dataclass(frozen=True, slots=True)
class ContentsItem:
    id: str
    text: str
    items: tuple["ContentsItem", ...] = ()


@dataclass(frozen=True, slots=True)
class ChartView:
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


@dataclass(frozen=True, slots=True)
class SentenceView:
    """Stands where a chart would say nothing."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a row of the budget is, in the förbund's words."""

    name: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ChartSection:
    id: str
    heading: str
    charts: tuple[ChartView | SentenceView, ...]
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkView:
    """A note mark, linked to its note; `note_id` is None where the note is missing."""

    text: str
    id: str
    note_id: str | None


@dataclass(frozen=True, slots=True)
class CellView:
    text: str
    missing: bool
    """Nothing, or only a sign, is printed in the source."""
    is_main: bool
    emphasised: bool
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    text: str
    kind: str | None
    """What the column states, where its printed heading doesn't say so."""
    is_main: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget table. A group's heading without amounts has no cells."""

    kind: str
    """row, group, subtotal, total or result."""
    name: str
    level: int
    marks: tuple[MarkView, ...]
    cells: tuple[CellView, ...]
    note_marks: tuple[MarkView, ...]
    """What stands in the column of marks, where the plan has one."""


@dataclass(frozen=True, slots=True)
class BudgetTable:
    id: str
    caption: str
    name_heading: str
    columns: tuple[ColumnHeading, ...]
    note_heading: str | None
    bodies: tuple[tuple[Line, ...], ...]
    """Each is a row group: a group with its rows, or rows that stand alone."""


@dataclass(frozen=True, slots=True)
class NoteView:
    id: str
    mark: str
    html: Markup
    back_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EquityView:
    caption: str
    rows: tuple[tuple[str, CellView], ...]


@dataclass(frozen=True, slots=True)
class BreakdownView:
    id: str
    caption: str
    heading: str
    rows: tuple[tuple[str, CellView], ...]
    total: tuple[str, CellView] | None


@dataclass(frozen=True, slots=True)
class DeviationView:
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    heading: str
    unit: str
    tables: tuple[BudgetTable, ...]
    equity: EquityView | None
    breakdowns: tuple[BreakdownView, ...]
    column_notes: tuple[str, ...]
    notes: tuple[NoteView, ...]
    deviations: tuple[DeviationView, ...]


@dataclass(frozen=True, slots=True)
class ListedTextView:
    text: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    text: str
    activities: tuple[ListedTextView, ...]
    measures: tuple[ListedTextView, ...]
    targets: tuple[str, ...]
    responsible: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class GoalGroup:
    text: str
    law_reference: str | None
    responsible: str | None
    rows: tuple[GoalRow, ...]


@dataclass(frozen=True, slots=True)
class GoalTable:
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


@dataclass(frozen=True, slots=True)
class PointView:
    text: str
    marks: tuple[MarkView, ...]
    detail: str | None


@dataclass(frozen=True, slots=True)
class PointList:
    """A list of points with notes of its own."""

    points: tuple[PointView, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class SignatoryView:
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    sentences: tuple[str, ...]
    signatories: tuple[SignatoryView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    day: str
    iso_day: str
    text: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    printed: str
    corrected: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class PlanPage:
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


# --- Other pages ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan as it is listed."""

    title: str
    applies: str
    href: str
    status_kind: str
    status: str
    lead: str


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str | None
    email: str | None
    phone: str | None
    address: str | None
    web: str | None


@dataclass(frozen=True, slots=True)
class MemberGroup:
    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssociationPage:
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


@dataclass(frozen=True, slots=True)
class MunicipalityEntry:
    name: str
    associations: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class LetterGroup:
    letter: str
    entries: tuple[MunicipalityEntry, ...]


@dataclass(frozen=True, slots=True)
class AssociationCard:
    name: str
    href: str
    municipalities: str
    plan: PlanCard | None


@dataclass(frozen=True, slots=True)
class StartPage:
    frame: Frame
    name: str
    description: str
    letters: tuple[LetterGroup, ...]
    associations: tuple[AssociationCard, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    frame: Frame
    title: str
    contents: tuple[ContentsItem, ...]
    article_html: Markup


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    frame: Frame
    associations: tuple[PageLink, ...]


Page = PlanPage | AssociationPage | StartPage | ArticlePage | NotFoundPage
