"""What pages show, as finished words in finished order. Templates look nothing up and calculate nothing.

Fields named `html` hold markup made by `markdown`, `charts` or `terms`; a `Prose` is a generated text in which words
may be linked to their explanations; all others are plain text.
"""

from markupsafe import Markup
from msgspec import Struct

from insyn.charts.chart import ChartTable, Key, Share

Prose = Markup | str


class PageLink(Struct, frozen=True):
    text: str
    href: str
    current: bool = False


class FileLink(Struct, frozen=True):
    """A file to fetch, and what it is in words: "14 sidor, 123 kB"."""

    link: PageLink
    extent: str


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
    feeds: tuple[PageLink, ...]
    """To the Atom feeds of the site and the förbund that it belongs to; none when the site's address isn't known."""
    canonical: str | None
    indexed: bool
    """Whether search engines may list the page."""
    linked_data: Markup | None
    """What the page is and what it is about, as JSON-LD."""
    policy: Markup
    """What the page may load and do, for its head; the same words as in the files for servers."""
    referrer: str
    shared: "Shared | None"
    """How the page is told of where links to it are shared; None when the site's address isn't known."""


class Shared(Struct, frozen=True):
    """A page as others show a link to it (Open Graph). All addresses are whole."""

    title: str
    address: str
    picture: str | None


class SearchTags(Struct, frozen=True):
    """What a page can be picked out by in a search."""

    shelf: str
    """nu, äldre or tidigare."""
    status: str | None = None
    """Where a plan is in its life, in words."""
    association: str | None = None
    year: int | None = None


# --- Plan -----------------------------------------------------------------------------------------------------------


class Banner(Struct, frozen=True):
    kind: str
    """proposal, revised, older, replaced or revoked; never shown by colour alone."""
    label: str
    text: str
    link: PageLink | None = None


class KeyFigure(Struct, frozen=True):
    label: str
    value: Prose
    note: Prose


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
    subtitle: Prose
    description: str
    summary: Prose
    help: Prose | None
    keys: tuple[Key, ...]
    table: ChartTable
    source: str
    narrow_html: Markup
    wide_html: Markup
    files: tuple[FileView, ...] = ()
    """Its figures, and its drawing."""


class SentenceView(Struct, frozen=True):
    """Stands where a chart would say nothing."""

    id: str
    text: Prose


class HundredView(Struct, frozen=True):
    """A list of what a hundred kronor go to; its bars are drawn by the template."""

    id: str
    title: str
    subtitle: Prose
    shares: tuple[Share, ...]
    summary: Prose
    help: Prose
    table: ChartTable
    source: str
    files: tuple[FileView, ...] = ()
    """Its figures."""


class Explanation(Struct, frozen=True):
    """What a row of the budget is, or why it changes, in the förbund's words."""

    name: str
    html: Markup


class ChartSection(Struct, frozen=True):
    id: str
    heading: str
    charts: tuple[ChartView | HundredView | SentenceView, ...]
    explanations: tuple[Explanation, ...] = ()
    comments: tuple[Explanation, ...] = ()


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


class TableLine(Struct, frozen=True):
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
    bodies: tuple[tuple[TableLine, ...], ...]
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


class GoalStatusView(Struct, frozen=True):
    """How it went with a goal: a shape's name, and the word that says the same."""

    kind: str
    """reached, partly, missed or not-measured."""
    word: str


class GoalMessage(Struct, frozen=True):
    """What is said over the table of goals."""

    id: str
    title: str
    summary: str
    by_staff: bool


class GoalRow(Struct, frozen=True):
    text: str
    activities: tuple[ListedTextView, ...]
    measures: tuple[ListedTextView, ...]
    targets: tuple[str, ...]
    responsible: str | None
    status: GoalStatusView
    outcome: str | None
    comment: str | None


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
    outcome: str | None
    groups: tuple[GoalGroup, ...]
    message: GoalMessage | None


class PointView(Struct, frozen=True):
    text: str
    marks: tuple[MarkView, ...]
    detail: str | None


class PointList(Struct, frozen=True):
    """A list of points with notes of its own."""

    points: tuple[PointView, ...]
    notes: tuple[NoteView, ...]


class JudgementView(Struct, frozen=True):
    """A check of the plan against a rule."""

    heading: str
    kind: str
    """agrees, deviates, explained or note: which sign stands before the verdict."""
    verdict: str
    rule: str
    found: tuple[str, ...]
    calculation: tuple[str, ...]
    source: str
    reason_html: Markup | None
    link: PageLink | None
    """To where more is said."""


class UnmadeView(Struct, frozen=True):
    """A check that the plan doesn't say enough for, and why."""

    heading: str
    reason: str
    source: str


class JudgementPanel(Struct, frozen=True):
    law: str
    """Says of which day the law is that the plan is held against."""
    summary: str
    judged: tuple[JudgementView, ...]
    unmade: tuple[UnmadeView, ...]


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
    """Whether it was in time, in words; empty where there is nothing to say of that."""


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


class TermView(Struct, frozen=True):
    """A word with its explanation. Where the page links to it, the link has the id `<id>-i-texten`."""

    id: str
    term: str
    text: str


class PlanPage(Struct, frozen=True):
    frame: Frame
    title: str
    subtitle: str | None
    lead: str
    lead_html: Markup
    """With words explained, for the first place where it stands."""
    banner: Banner | None
    pdf: FileLink | None
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
    judgements: JudgementPanel | None
    article_html: Markup
    text_first: bool
    decision: DecisionView | None
    history: HistoryView | None
    files: tuple[FileView, ...]
    corrections: tuple[CorrectionView, ...]
    citation: str
    contact: "ContactView | None"
    search: SearchTags
    before: PageLink | None
    """To the förbund's plan of the nearest year before."""
    after: PageLink | None
    terms: tuple[TermView, ...]
    """The words that the page explains."""


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


class ComparedVersion(Struct, frozen=True):
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


# --- Other pages ----------------------------------------------------------------------------------------------------


class PlanCard(Struct, frozen=True):
    """A plan as it is listed."""

    year: str
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


class YearRow(Struct, frozen=True):
    """What one plan says of one year in one kind."""

    heading: str
    note: str | None
    """When a forecast was made."""
    costs: str
    income: str
    result: str
    closing: str
    source: PageLink


class YearsTable(Struct, frozen=True):
    """All that a förbund's plans say of its money, in time order."""

    id: str
    caption: str
    rows: tuple[YearRow, ...]
    folded: bool
    """Whether it is so long that it waits to be opened."""


class MoneyYears(Struct, frozen=True):
    """A förbund's money over the years."""

    charts: tuple[ChartView, ...]
    table: YearsTable
    notes: tuple[str, ...]
    seams_id: str
    seams: ChartTable | None
    """Where a plan begins with other savings than the one before it ends with."""
    files: tuple[FileView, ...] = ()
    """Its figures."""


class AssociationPage(Struct, frozen=True):
    frame: Frame
    name: str
    facts: tuple[Fact, ...]
    members: tuple[MemberGroup, ...]
    current: PlanCard | None
    plans: tuple[PlanCard, ...]
    proposals: tuple[Banner, ...]
    """Proposals that await a decision."""
    money: MoneyYears | None
    goals: PageLink | None
    comparison: PageLink | None
    article_html: Markup
    files: tuple[FileView, ...]
    """All its plans' figures, when it has plans."""
    contact: ContactView | None
    feed: PageLink | None
    search: SearchTags


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


class DecidedPlan(Struct, frozen=True):
    """A plan among those that were decided last."""

    association: str
    plan: PlanCard


class StartPage(Struct, frozen=True):
    frame: Frame
    name: str
    description: str
    letters: tuple[LetterGroup, ...]
    associations: tuple[AssociationCard, ...]
    decided: tuple[DecidedPlan, ...]
    """Those that were decided last, newest first."""
    comparison: PageLink | None


class ComparisonRow(Struct, frozen=True):
    """A förbund's figures beside those of others."""

    name: PageLink
    """Leads to the plan that says them."""
    is_proposal: bool
    income: str
    costs: str
    result: str
    closing: str
    contributions: str
    administration: str


class MissingGroup(Struct, frozen=True):
    """What is missing in a comparison, and for which förbund."""

    reason: str
    names: tuple[str, ...]


class AssociationYears(Struct, frozen=True):
    id: str
    association: PageLink
    table: YearsTable


class DefinitionRow(Struct, frozen=True):
    """What a förbund's figures rest on."""

    name: str
    savings: str
    administration: str
    unit: str


class ComparisonPage(Struct, frozen=True):
    frame: Frame
    title: str
    lead: str
    reason: str | None
    """Why this year was chosen, where the reader hasn't chosen it."""
    years: tuple[PageLink, ...]
    caption: str
    rows: tuple[ComparisonRow, ...]
    has_proposals: bool
    is_rounded: bool
    """Whether some plan is written in a coarser unit than the table."""
    missing: tuple[MissingGroup, ...]
    chart: ChartView | None
    files: tuple[FileView, ...]
    """Its figures."""
    over_years: tuple[AssociationYears, ...]
    elsewhere: tuple[PageLink, ...]
    """Where each förbund's years are, when they aren't on the page itself."""
    definitions: tuple[DefinitionRow, ...]


class GoalYear(Struct, frozen=True):
    """A sub-goal as it stands in one plan. None where the plan doesn't tell."""

    plan: PageLink
    targets: str | None
    outcome: str | None
    comment: str | None
    status: GoalStatusView | None


class PartOverYears(Struct, frozen=True):
    text: str
    years: tuple[GoalYear, ...]


class GoalOverYears(Struct, frozen=True):
    id: str
    text: str
    """As the newest plan has it."""
    years: str
    earlier: tuple[str, ...]
    """Its words in older plans, where they were others."""
    parts: tuple[PartOverYears, ...]


class GoalsPage(Struct, frozen=True):
    frame: Frame
    title: str
    association: str
    lead: str
    overview: ChartTable
    goals: tuple[GoalOverYears, ...]


class ArticlePage(Struct, frozen=True):
    frame: Frame
    title: str
    contents: tuple[ContentsItem, ...]
    article_html: Markup
    search: SearchTags


class IndexEntry(Struct, frozen=True):
    """A line in the index from A to Ö: a förbund with its plans, or a kommun with its förbund."""

    name: str
    href: str | None
    """To the förbund's page; None for a kommun."""
    links: tuple[PageLink, ...]


class IndexLetter(Struct, frozen=True):
    letter: str
    entries: tuple[IndexEntry, ...]


class SearchPage(Struct, frozen=True):
    frame: Frame
    associations: tuple[str, ...]
    """To choose among, as `SearchTags` name them."""
    years: tuple[int, ...]
    """To choose among, the latest first."""
    older: tuple[int, ...]
    """What is searched only when it is asked for: 0 where there are plans of even years, 1 where of odd."""
    letters: tuple[IndexLetter, ...]


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


class HeadersFile(Struct, frozen=True):
    """What a web server is to say with every answer, in the form that Netlify and Cloudflare Pages read."""

    root: str
    """The site's top, from the server's: "/", "/planer/"."""
    policy: Markup
    search_policy: Markup
    """For the search page and what it fetches."""
    referrer: str
    permissions: Markup
    lasting: str
    """How long a browser may keep what never changes."""
    lasting_folders: tuple[str, ...]
    """Folders besides the fonts with such files, from the site's top."""


class ApacheFile(HeadersFile, frozen=True):
    """The same for Apache."""


class NginxFile(HeadersFile, frozen=True):
    """The same for nginx."""


class Preview(Struct, frozen=True):
    """The words in a plan's picture, for where links to it are shared."""

    site: str
    title: str
    association: str
    status: str


class NotFoundPage(Struct, frozen=True):
    frame: Frame
    associations: tuple[PageLink, ...]


# --- About the figures ----------------------------------------------------------------------------------------------


class AdministrationRow(Struct, frozen=True):
    """What a förbund counts as administration."""

    name: str
    href: str
    counted: str | None
    """None when it hasn't said."""


class CeilingView(Struct, frozen=True):
    """A recommended ceiling for equity as plans state it."""

    origin: str
    steps: tuple[str, ...]
    example: str | None
    """One amount by both readings; None where they can't differ, or the steps can't be counted with."""
    stated_by: tuple[str, ...]
    """Which förbund state it, and how they have confirmed that it is read."""


class PlanRemarks(Struct, frozen=True):
    """What is known to differ in one plan, and what is corrected in its source."""

    heading: str
    href: str
    deviations: tuple[DeviationView, ...]
    corrections: tuple[CorrectionView, ...]
    table_id: str
    table_caption: str
    """Unlike every other on the page, for those who go from table to table."""


class AssociationRemarks(Struct, frozen=True):
    id: str
    name: str
    count: str
    """How many deviations and corrections there are."""
    plans: tuple[PlanRemarks, ...]


class RemarksLink(Struct, frozen=True):
    """A förbund whose remarks stand on a page of their own."""

    name: str
    href: str
    count: str


class AboutFiguresPage(Struct, frozen=True):
    frame: Frame
    contents: tuple[ContentsItem, ...]
    terms: tuple[TermView, ...]
    ceilings: tuple[CeilingView, ...]
    administration: tuple[AdministrationRow, ...]
    remarks: tuple[AssociationRemarks, ...]
    remarks_elsewhere: tuple[RemarksLink, ...]
    """In place of `remarks`, when there are many."""


class RemarksPage(Struct, frozen=True):
    """One förbund's remarks, on a site with many."""

    frame: Frame
    name: str
    remarks: AssociationRemarks


# --- Accessibility --------------------------------------------------------------------------------------------------


class GapView(Struct, frozen=True):
    """Content that isn't accessible to all."""

    text: str
    detail: str | None


class GapGroup(Struct, frozen=True):
    """Content that isn't accessible, for one reason."""

    id: str
    heading: str
    sentence: str
    gaps: tuple[GapView, ...]


class StatementPage(Struct, frozen=True):
    """The accessibility statement. What it doesn't say is None, and left out."""

    frame: Frame
    lead: str
    conformance: str | None
    answer: str | None
    email: str | None
    phone: str | None
    phone_href: str
    supervision: str
    complaint: PageLink
    standard: str
    groups: tuple[GapGroup, ...]
    method: str | None
    days: tuple[str, ...]
    """When it was assessed and updated."""


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
    licence: PageLink | None
    """None when nobody has decided how the data may be used."""
    log: PageLink
    contact: "ContactView | None"


class PlainFile(Struct, frozen=True):
    """A file for programs, as it is."""

    body: bytes


class JoinedFile(Struct, frozen=True):
    """A table made of tables with the same headings, one after another."""

    files: tuple[str, ...]
    """Their paths, from the site's top."""


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


Page = (
    PlanPage
    | AssociationPage
    | StartPage
    | ArticlePage
    | NotFoundPage
    | PointerPage
    | LogPage
    | ComparisonPage
    | DifferencePage
    | GoalsPage
    | AboutFiguresPage
    | RemarksPage
    | StatementPage
    | DataPage
    | SearchPage
)
ServerFile = HeadersFile | ApacheFile | NginxFile
Machine = Feed | SiteMap | Catalogue | ServerFile
"""What only programs read."""
Document = Page | Machine
"""All that a template makes."""
Other = Document | Preview | PlainFile | JoinedFile
"""All that is published besides plans' pages and assets."""
