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
    title: str
    """The page's own, where it is shared."""
    kind: str
    """What it is to those who share it: website, article."""
    feeds: tuple[PageLink, ...]
    """To the Atom feeds of the site and the förbund that it belongs to; none when the site's address isn't known."""
    canonical: str | None
    indexed: bool
    """Whether search engines may list the page."""
    linked_data: Markup | None
    """What the page is and what it is about, as JSON-LD."""


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


class FileView(Struct, frozen=True):
    """A file to download."""

    text: str
    href: str
    name: str
    kind: str
    """What it ends with: csv, xlsx."""
    size: str
    checksum: str


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
    files: tuple[FileView, ...]
    """Its figures, and its drawing."""


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
    appeal: str | None
    """What the förbund has approved to be said of how the decision can be tried."""
    signatories: tuple[SignatoryView, ...]


class CorrectionView(Struct, frozen=True):
    printed: str
    corrected: str | None
    text: str | None


class EventView(Struct, frozen=True):
    """Something that has happened to a plan, or for a meeting that is still to come, will happen."""

    day: str
    iso_day: str
    text: str
    in_time: str
    """Whether it was in time, in words; empty where the law sets no day."""


class VersionView(Struct, frozen=True):
    """A version of a year's plan; the one that the page shows is current."""

    link: PageLink
    applies: bool
    difference: PageLink | None
    """To what changed since the version before it."""


class HistoryView(Struct, frozen=True):
    """How a plan came to be."""

    events: tuple[EventView, ...]
    versions: tuple[VersionView, ...]


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
    history: HistoryView | None
    files: tuple[FileView, ...]
    corrections: tuple[CorrectionView, ...]
    citation: str
    contact: "ContactView | None"


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
    files: tuple[FileView, ...]
    """All its plans' figures, when it has plans."""
    contact: ContactView | None
    feed: PageLink | None


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


class PointerPage(Struct, frozen=True):
    """Stands at an address without a page of its own, and leads to another."""

    frame: Frame
    title: str
    sentence: str
    target: PageLink
    moves_on: bool
    """Whether the browser goes there by itself: the target is what was looked for."""


class LogEntry(Struct, frozen=True):
    """Something that has happened to a plan, in the list for the whole site."""

    event: EventView
    association: str
    plan: PageLink


class LogYear(Struct, frozen=True):
    """What happened in a calendar year, the latest first."""

    year: int
    entries: tuple[LogEntry, ...]


class LogPage(Struct, frozen=True):
    frame: Frame
    title: str
    years: tuple[LogYear, ...]
    others: tuple[PageLink, ...]
    """Pages with other years."""
    feeds: tuple[PageLink, ...]


class FeedEntry(Struct, frozen=True):
    id: str
    title: str
    address: str
    updated: str
    """When, as RFC 3339 wants it."""
    summary: str


class Feed(Struct, frozen=True):
    """An Atom feed (RFC 4287). All addresses are absolute."""

    id: str
    title: str
    address: str
    home: str
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]


class NotFoundPage(Struct, frozen=True):
    frame: Frame
    associations: tuple[PageLink, ...]


# --- Open data ------------------------------------------------------------------------------------------------------


class FieldView(Struct, frozen=True):
    """A field of a table, and what it means."""

    name: str
    text: str
    values: tuple[str, ...]


class TableView(Struct, frozen=True):
    """A table of the open data."""

    id: str
    name: str
    text: str
    fields: tuple[FieldView, ...]


class FileRow(Struct, frozen=True):
    """The files of a förbund."""

    association: PageLink
    files: tuple[FileView, ...]


class DataPage(Struct, frozen=True):
    """What data there is, what it means and how it is used."""

    frame: Frame
    files: tuple[FileView, ...]
    """Of the whole site."""
    associations: tuple[FileRow, ...]
    tables: tuple[TableView, ...]
    descriptions: tuple[PageLink, ...]
    licence: PageLink
    log: PageLink
    contact: "ContactView | None"


class Document(Struct, frozen=True):
    """A file for programs, as it is."""

    body: bytes


class SiteMap(Struct, frozen=True):
    """The addresses of all pages that search engines may list (sitemaps.org)."""

    addresses: tuple[str, ...]


class Agent(Struct, frozen=True):
    """An organisation in the catalogue."""

    address: str
    name: str
    number: str | None


class CardView(Struct, frozen=True):
    """Whom to ask about data, in the catalogue."""

    address: str
    name: str
    email: str


class Distribution(Struct, frozen=True):
    """A file in the catalogue."""

    address: str
    url: str
    title: str
    text: str
    kind: str
    size: int


class DataSet(Struct, frozen=True):
    """Data in the catalogue. Its words stand in the template, in Swedish and English."""

    address: str
    page: str
    name: str
    """Whose data it is."""
    is_whole: bool
    """Whether it is of all förbund together."""
    publisher: str
    contact: str | None
    first_day: str
    last_day: str
    modified: str | None
    distributions: tuple[Distribution, ...]


class Catalogue(Struct, frozen=True):
    """What data the site has, for those who harvest (DCAT-AP-SE 3.0.1). All addresses are absolute."""

    address: str
    home: str
    licence: str
    name: str
    publisher: str
    modified: str | None
    agents: tuple[Agent, ...]
    cards: tuple[CardView, ...]
    datasets: tuple[DataSet, ...]


Page = PlanPage | AssociationPage | StartPage | ArticlePage | NotFoundPage | PointerPage | LogPage | DataPage
Machine = Feed | SiteMap | Catalogue
"""What only programs read."""
