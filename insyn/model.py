"""The model: plans, budgets, förbund and the site as immutable values.

Money is in whole kronor (`Kronor`), whatever the plan's unit. Costs are positive.
"""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NewType, Protocol

from msgspec import Struct

from insyn.dates import PartialDate
from insyn.problems import Place
from insyn.swedish import quotient

Kronor = NewType("Kronor", int)


class Unit(Enum):
    """The unit a table is written in; the value is kronor per unit."""

    KR = 1
    TKR = 1_000
    MKR = 1_000_000


class ColumnKind(Enum):
    """What a column of a budget states, in falling order of certainty."""

    OUTCOME = 1
    FORECAST = 2
    BUDGET = 3
    PLAN = 4


class Funder(Enum):
    """Where an income comes from. OPENING_EQUITY is saved money, never income; PARTIES is split by a breakdown."""

    STATE = "state"
    REGION = "region"
    MUNICIPALITY = "municipality"
    EU = "eu"
    INTEREST = "interest"
    OTHER = "other"
    OPENING_EQUITY = "opening-equity"
    PARTIES = "parties"


MEMBER_FUNDERS = (Funder.STATE, Funder.REGION, Funder.MUNICIPALITY)
"""The parties of 5 § lag (2003:1210), in the order the law names them."""


class Purpose(Enum):
    """What a cost is for, as the förbund has classified it."""

    INDIVIDUAL = "individual"
    STRUCTURE = "structure"
    ACTIVITIES = "activities"
    NEW = "new"
    ADMINISTRATION = "administration"
    BOARD = "board"
    AUDIT = "audit"
    OTHER = "other"


class EquityModel(Enum):
    """Whether opening equity stands outside the income (SEPARATE) or as one of its rows (INCLUDED)."""

    SEPARATE = "separate"
    INCLUDED = "included"


class SignStyle(Enum):
    """How costs are printed. They are always stored positive."""

    NATURAL = "natural"
    COSTS_NEGATIVE = "costs-negative"


class ResultRole(Enum):
    """What the printed result row states."""

    ANNUAL_RESULT = "annual-result"
    CLOSING_EQUITY = "closing-equity"


class Position(Enum):
    """Where a group's subtotal stands."""

    BEFORE = "before"
    AFTER = "after"


class Status(Enum):
    """The status of a plan, from draft to revoked."""

    DRAFT = "draft"
    PROPOSAL = "proposal"
    ADOPTED = "adopted"
    REVISED = "revised"
    REPLACED = "replaced"
    REVOKED = "revoked"


class DocumentKind(Enum):
    PLAN = "plan"
    INTERIM_REPORT = "interim-report"
    ANNUAL_REPORT = "annual-report"


class GoalStatus(Enum):
    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"
    NOT_MEASURED = "not-measured"


class Direction(Enum):
    """Whether a target is a floor or a ceiling."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOVE = "above"
    BELOW = "below"


class Licence(Enum):
    """How the site's data may be used."""

    CC0 = "cc0"
    CC_BY = "cc-by"
    PUBLIC_DOMAIN = "public-domain"


class TextOrder(Enum):
    """Whether the generated sections or the plan's own text come first on the plan's page."""

    FIGURES_FIRST = "figures-first"
    TEXT_FIRST = "text-first"


# --- Cells ----------------------------------------------------------------------------------------------------------


class Amount(Struct, frozen=True):
    """A cell with a value. `printed` is the source's own form, where that differs."""

    kronor: Kronor
    mark: str | None = None
    printed: str | None = None
    place: Place = Place("")


class Blank(Struct, frozen=True):
    """A cell that is empty in the source. Not zero."""

    place: Place = Place("")


class Dash(Struct, frozen=True):
    """A cell where the source prints a sign and no value, such as "---"."""

    text: str
    place: Place = Place("")


Cell = Amount | Blank | Dash


def kronor_in(cell: Cell) -> Kronor | None:
    """Return the value of a cell, or None where the source gives none."""
    return cell.kronor if isinstance(cell, Amount) else None


# --- The budget -----------------------------------------------------------------------------------------------------


class Stated(Protocol):
    """Anything with a year and a kind: a column of a plan, or a point in a series over years."""

    @property
    def year(self) -> int: ...
    @property
    def kind(self) -> ColumnKind: ...


class Column(Struct, frozen=True):
    id: str
    year: int
    kind: ColumnKind
    as_of: str | None
    """The month of a forecast, "2021-09". For an outcome: the last month that it tells."""
    label: str | None
    """The heading as printed, when the plan prints its own."""
    block_labels: tuple[tuple[str, str], ...]
    """Headings as printed where the blocks differ: ("income" | "costs" | "equity", text)."""
    explanation: str | None
    place: Place

    @property
    def is_part(self) -> bool:
        """Whether it is the outcome of a part of its year, which says nothing of how the year came out."""
        return self.kind is ColumnKind.OUTCOME and self.as_of is not None and self.as_of < f"{self.year}-12"


class Note(Struct, frozen=True):
    """A footnote of a table or list. Its scope is the block it stands in."""

    mark: str
    text: str
    place: Place


class BreakdownRow(Struct, frozen=True):
    name: str
    funder: Funder | None
    cell: Cell
    place: Place
    member: str | None = None
    """Whose it is, where its name doesn't say so."""


class Breakdown(Struct, frozen=True):
    """The parts of one row in one column, in a unit of its own. Never added to the table."""

    heading: str
    unit: Unit
    column: str
    rows: tuple[BreakdownRow, ...]
    total_name: str | None
    total: Cell | None
    place: Place


class BudgetRow(Struct, frozen=True):
    id: str
    """Stable over years; made from the name when the plan gives none."""
    name: str
    cells: tuple[Cell, ...]
    funder: Funder | None
    purpose: Purpose | None
    mark: str | None
    explanation: str | None
    comment: str | None
    link: str | None
    account: str | None
    cofog: str | None
    emphasised: tuple[str, ...]
    """Ids of the columns that the source prints in bold."""
    breakdown: Breakdown | None
    place: Place
    member: str | None = None
    """The contributing member, where the row's name doesn't say it."""


class Subtotal(Struct, frozen=True):
    name: str | None
    position: Position
    cells: tuple[Cell, ...]
    place: Place
    is_computed: bool = False
    """Whether the plan prints no such sum and the site has worked it out, as the plan asks."""


class BudgetGroup(Struct, frozen=True):
    name: str
    printed: bool
    """Whether the source prints a heading for the group; some only print its subtotal."""
    purpose: Purpose | None
    rows: tuple["BudgetRow | BudgetGroup", ...]
    subtotal: Subtotal | None
    place: Place


class Total(Struct, frozen=True):
    name: str
    cells: tuple[Cell, ...]
    place: Place
    is_computed: bool = False


class Block(Struct, frozen=True):
    """Incomes or costs: rows and groups in printed order, and the printed total."""

    heading: str | None
    rows: tuple[BudgetRow | BudgetGroup, ...]
    total: Total | None


class Result(Struct, frozen=True):
    name: str
    role: ResultRole
    cells: tuple[Cell, ...]
    place: Place
    is_computed: bool = False


class OpeningEquity(Struct, frozen=True):
    name: str
    year: int
    """The year at whose end the money was counted."""
    cell: Cell
    place: Place


class Equity(Struct, frozen=True):
    """Equity printed outside the income."""

    opening: OpeningEquity | None
    closing: Total | None


class Control(Enum):
    """An arithmetic check that a deviation can acknowledge."""

    INCOME_TOTAL = "income-total"
    COST_TOTAL = "cost-total"
    SUBTOTAL = "subtotal"
    BREAKDOWN_TOTAL = "breakdown-total"
    BREAKDOWN_ROW = "breakdown-row"
    RESULT = "result"
    EQUITY = "equity"
    EQUITY_CHAIN = "equity-chain"
    SIGN = "sign"


class Deviation(Struct, frozen=True):
    """A difference that the source is known to have. `difference` is without sign; None for a wrong sign."""

    control: Control
    columns: tuple[str, ...]
    row: str | None
    difference: Kronor | None
    cause: str
    text: str
    place: Place


class Target(Struct, frozen=True):
    direction: Direction | None
    """None when the plan gives a value without saying whether it is a floor or a ceiling."""
    value: str
    unit: str
    subject: str | None


class Percentage(Struct, frozen=True):
    """An exact percentage: 12,5 is 125 with one decimal."""

    number: int
    places: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.number, 100 * 10**self.places)

    def __str__(self) -> str:
        return quotient(self.number, 10**self.places, self.places)


class FinancialGoal(Struct, frozen=True):
    text: str
    mark: str | None
    measure: str | None
    direction: Direction | None
    limit: str | None
    """As written."""
    unit: str | None
    percent: Percentage | None
    """The limit of a goal for the share of costs that is administration. None without a limit, and for other goals."""
    place: Place


class FinancialGoals(Struct, frozen=True):
    points: tuple[FinancialGoal, ...]
    notes: tuple[Note, ...]


class CeilingStep(Struct, frozen=True):
    up_to: Kronor | None
    """None for the last step."""
    percent: Percentage


class CeilingReading(Enum):
    """Whether each percentage is for its own step, as with tax brackets, or one is for the whole amount."""

    STEPWISE = "stepwise"
    LEVEL = "level"


class EquityCeiling(Struct, frozen=True):
    """A recommended ceiling for equity. Never shown unless the förbund has confirmed how it is read."""

    source: str
    base: str
    steps: tuple[CeilingStep, ...]
    """Empty when the recommendation's own are meant."""
    reading: CeilingReading
    confirmed: bool


class Quantity(Enum):
    """What an expression over the budget gives."""

    SUM = "sum"
    SHARE = "share"
    RESULT = "result"
    CLOSING = "closing"


class Side(Enum):
    INCOME = "income"
    COSTS = "costs"


class Expression(Struct, frozen=True):
    """A figure over the budget: a sum or share of one side of a column, its result or its closing equity."""

    quantity: Quantity
    column: str
    side: Side = Side.COSTS
    name: str | None = None
    """The name of a row or group; None for the whole side."""
    purpose: Purpose | None = None
    """The purpose of the rows; None for rows of any purpose."""


class ProseFigure(Struct, frozen=True):
    """A figure in the plan's text and the expression over the budget that it must equal."""

    text: str
    expression: Expression
    place: Place


class Budget(Struct, frozen=True):
    heading: str | None
    heading_place: Place
    unit: Unit
    sign_style: SignStyle
    equity_model: EquityModel
    main_column: str
    columns: tuple[Column, ...]
    note_column: str | None
    """Heading of a column of its own for marks; None when they stand by the name or number."""
    income: Block
    costs: Block
    result: Result | None
    equity: Equity | None
    notes: tuple[Note, ...]
    deviations: tuple[Deviation, ...]
    financial_goals: FinancialGoals | None
    ceiling: EquityCeiling | None
    prose_figures: tuple[ProseFigure, ...]
    place: Place
    names_main: bool = False
    """Whether the plan itself says which column is the main one."""
    unit_place: Place = Place("")


# --- The plan -------------------------------------------------------------------------------------------------------


class Decision(Struct, frozen=True):
    body: str | None
    day: date | None
    paragraph: str | None
    wording: str | None
    """The verb as printed: "fastställdes", "antogs"."""
    town: str | None
    minutes: str | None
    printed: str | None
    place: Place = Place("")
    """The place of its date."""
    minutes_link: str | None = None
    posted: date | None = None
    """When it was announced on the notice board that the minutes had been adjusted."""
    posted_link: str | None = None
    posted_place: Place = Place("")


class Meeting(Struct, frozen=True):
    """The meeting that will adopt the plan, and when it was announced (19 § lag 2003:1210)."""

    day: PartialDate | None
    time: str | None
    venue: str | None
    announced: PartialDate | None
    public: bool | None
    """Whether the plan says that the meeting is open to all; None when it doesn't say."""
    place: Place = Place("")
    notice_link: str | None = None
    """To the notice of the meeting (kallelse)."""


class Revision(Struct, frozen=True):
    day: date
    body: str | None
    paragraph: str | None
    printed: str | None
    summary: str | None
    financing: str | None
    """How an added cost is financed (11 kap. 15 § kommunallagen)."""
    place: Place = Place("")
    minutes_link: str | None = None
    posted: date | None = None
    posted_link: str | None = None
    posted_place: Place = Place("")


class Correction(Struct, frozen=True):
    """A misprint in the source: what it printed, what stands here instead (None when kept), and why."""

    printed: str
    corrected: str | None
    text: str | None


class Source(Struct, frozen=True):
    kind: str | None
    file: str | None
    link: str | None
    sha256: str | None
    ask: str | None
    """Where the original can be asked for."""
    corrections: tuple[Correction, ...]


class Acknowledgement(Struct, frozen=True):
    """A warning that staff have looked at: it isn't printed again until its figure is another."""

    code: str
    """The name that staff know the warning by: "kapital-över-taket"."""
    figure: str | None
    """The figure in the warning."""
    day: date | None
    reason: str
    place: Place


class Unconfirmed(Struct, frozen=True):
    """What was carried from last year's plan, or left open, and has to be looked at before the plan is a proposal."""

    what: str
    """A row of the budget, or a place in the text, as staff know it."""
    columns: tuple[str, ...]
    """Of a row: the columns whose amounts it is about."""
    reason: str | None
    place: Place

    @property
    def count(self) -> int:
        """How many there are to confirm: amounts, or one text."""
        return len(self.columns) or 1


class ListedText(Struct, frozen=True):
    """An activity or a measure: a text, with points beneath it where the source has a list in the cell."""

    text: str
    points: tuple[str, ...] = ()


class SubGoal(Struct, frozen=True):
    text: str
    mark: str | None
    responsible: str | None
    activities: tuple[ListedText, ...]
    measures: tuple[ListedText, ...]
    targets: tuple[Target, ...]
    outcome: str | None
    status: GoalStatus | None
    comment: str | None
    place: Place


class Goal(Struct, frozen=True):
    id: str
    text: str
    mark: str | None
    law_reference: str | None
    responsible: str | None
    sub_goals: tuple[SubGoal, ...]
    place: Place


class GoalHeadings(Struct, frozen=True):
    """Column headings of the goals table as printed; None where the source prints none."""

    goal: str | None
    sub_goal: str | None
    activities: str | None
    measures: str | None
    responsible: str | None


class FollowUpPoint(Struct, frozen=True):
    text: str
    mark: str | None
    targets: tuple[Target, ...]
    place: Place


class FollowUp(Struct, frozen=True):
    points: tuple[FollowUpPoint, ...]
    notes: tuple[Note, ...]


class Signatory(Struct, frozen=True):
    name: str
    role: str
    organisation: str | None


class Signatures(Struct, frozen=True):
    printed: str | None
    people: tuple[Signatory, ...]
    day: date | None
    """When the plan was signed. That isn't when the board decided, which may have been earlier."""


class ChartWords(Struct, frozen=True):
    """What staff have written themselves about one chart, in place of the generated words."""

    chart: str
    title: str | None
    summary: str | None
    shown: bool
    place: Place


class ShortText(Struct, frozen=True):
    text: str
    place: Place


def is_elsewhere(original: str) -> bool:
    """Whether a plan's original is stated by its address, and isn't a file beside the plan."""
    return "://" in original


class Plan(Struct, frozen=True):
    association: str
    """The förbund's id, which is its folder name."""
    year: int
    document: DocumentKind
    title: str
    subtitle: str | None
    status: Status
    retold: bool
    """The text is a retelling; only the figures are the plan's own."""
    registration: str | None
    """Diarienummer, free text."""
    decision: Decision | None
    consulted: PartialDate | None
    published: PartialDate | None
    """When the proposal was put on the website."""
    meeting: Meeting | None
    revisions: tuple[Revision, ...]
    followed_up: date | None
    """The day of the follow-up: when the year's outcome was added to the plan."""
    summary: str | None
    deficit_reason: str | None
    """Why the year's costs are higher than its income, in the förbund's words."""
    horizon_reason: str | None
    """Why the plan is for fewer years than the law says, in the förbund's words."""
    audience: str | None
    """The target group (målgrupp), as written."""
    source: Source | None
    original: str | None
    """The board's own document: the name of a file beside the plan, or an address."""
    budget: Budget
    goals: tuple[Goal, ...]
    goal_headings: GoalHeadings
    goal_notes: tuple[Note, ...]
    follow_up: FollowUp | None
    signatures: Signatures | None
    chart_words: tuple[ChartWords, ...]
    short_texts: tuple["ShortText", ...]
    """Every text in the front matter that may hold emphasis and links."""
    aliases: tuple["ShortText", ...]
    """Former addresses, from the site's top: "gammal-plan"."""
    text_order: TextOrder
    body: str
    """The plan's text as Markdown."""
    body_line: int
    seen: tuple["Acknowledgement", ...]
    """Warnings that staff have acknowledged."""
    unconfirmed: tuple["Unconfirmed", ...]
    """What is left to confirm since the plan was begun from last year's."""
    title_place: Place
    status_place: Place
    consulted_place: Place
    published_place: Place
    followed_up_place: Place
    original_place: Place
    place: Place

    @property
    def decided_on(self) -> date | None:
        """The day of the board's decision; None when the plan doesn't state it."""
        return self.decision.day if self.decision else None

    @property
    def signed_on(self) -> date | None:
        return self.signatures.day if self.signatures else None

    @property
    def paid_by(self) -> str | None:
        """How costs that are higher than the income are paid: the reason for a deficit, or what revisions say."""
        financed = [revision.financing for revision in self.revisions if revision.financing]
        return self.deficit_reason or (financed[-1] if financed else None)


class Removal(Struct, frozen=True):
    """A plan, or a version of one, that has been taken away: its address says when and why."""

    association: str
    year: int
    version: str
    """Of a frozen version: its file's name. Empty for the whole year's plan."""
    title: str
    day: date
    reason: str
    place: Place


# --- The förbund and the site ---------------------------------------------------------------------------------------


class Member(Struct, frozen=True):
    name: str
    short_name: str
    kind: Funder
    also: tuple[str, ...]
    """Other spellings of the name in budgets."""


class Contact(Struct, frozen=True):
    name: str | None
    email: str | None
    phone: str | None
    address: str | None
    web: str | None


class Association(Struct, frozen=True):
    """A samordningsförbund: what doesn't change from year to year."""

    id: str
    name: str
    short_name: str
    organisation_number: str | None
    founded: str | None
    members: tuple[Member, ...]
    administration: tuple[Purpose, ...]
    """Which purposes this förbund counts as administration; empty when it hasn't said."""
    ceiling: EquityCeiling | None
    """How the förbund reads the recommended ceiling for equity; a plan's own goes before it."""
    appeal: str | None
    """The förbund's own text on how a decision can be appealed (28 § lag 2003:1210)."""
    contact: Contact | None
    body: str
    body_line: int
    place: Place
    aliases: tuple[ShortText, ...] = ()
    """Former addresses of the förbund, or of those that it was made of."""

    @property
    def municipalities(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.kind is Funder.MUNICIPALITY)


class TextPage(Struct, frozen=True):
    """A page of running text, such as "Om webbplatsen"."""

    id: str
    title: str
    menu: bool
    body: str
    body_line: int
    place: Place


class Summary(Struct, frozen=True):
    """A text that people have written about a year's plan: lättläst, or in another language."""

    association: str
    year: int
    address: str
    """The last part of its address: "lattlast", or the code of its language."""
    title: str
    written_by: str | None
    body: str
    body_line: int
    place: Place

    @property
    def id(self) -> str:
        """Its address from the site's top, without the last slash."""
        return f"{self.association}/{self.year}/{self.address}"


class Conformance(Enum):
    """How far a site meets the law on accessible digital public service (2018:1937)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class GapReason(Enum):
    """Why content isn't accessible: it fails, it is too burdensome (12 §), the law leaves it out (9 §)."""

    FAULT = "fault"
    BURDEN = "burden"
    OUTSIDE = "outside"


class Gap(Struct, frozen=True):
    """Content that isn't accessible to all."""

    text: str
    reason: GapReason
    motive: str | None
    """Why it would be an unreasonable burden; 12 § asks for it."""
    mended_by: date | None
    place: Place


class Statement(Struct, frozen=True):
    """The accessibility statement that 13 § lag (2018:1937) asks for. None, or empty, where it says nothing."""

    actor: str | None
    service: str | None
    conformance: Conformance | None
    conformance_place: Place
    gaps: tuple[Gap, ...]
    assessed: date | None
    assessed_place: Place
    updated: date | None
    updated_place: Place
    method: str | None
    email: str | None
    phone: str | None
    answer: str | None
    """The response time: "inom två arbetsdagar"."""
    supervisor: str | None
    complaint_address: str | None
    standard: str | None
    """The standard that conformance is judged by."""
    place: Place


class Settings(Struct, frozen=True):
    """The settings in `webbplats.yaml`."""

    name: str
    description: str
    address: str | None
    """The site's URL with a closing slash; None when undecided."""
    associations: tuple[str, ...]
    association_places: tuple[Place, ...]
    """The place of each förbund's name in the list."""
    list_place: Place
    contact: Contact | None
    licence: Licence | None
    """None when undecided."""
    reteller: str | None
    """The author of the retold plans, as named in a sentence."""
    statement: Statement | None
    place: Place
