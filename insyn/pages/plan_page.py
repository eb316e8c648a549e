"""A plan's page: the answer first, then charts, goals, the whole budget, the plan's own text and its decision."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from insyn.charts.chart import MILLION, ChartTable, Hundred, Share, Unshown, Words, in_millions
from insyn.charts.plan_charts import CHART_IDS, PlanCharts, Shown
from insyn.downloads.files import FileFacts
from insyn.downloads.plan_files import figures_file, image_file
from insyn.law.judgement import Judgement
from insyn.law.revision import revised_since
from insyn.markdown.article import Article, Heading
from insyn.markdown.inline import render_inline
from insyn.model import Association, Budget, Decision, DocumentKind, Kronor, Plan, Signatory, Source, Status, TextOrder
from insyn.money.budget import Year, main_year, predecessor, prints_sums, rows_of, share, told_year, years_of
from insyn.money.contributions import member_income
from insyn.money.unknown import Money, Unknown
from insyn.pages.about_plan import CorrectionView, correction_views
from insyn.pages.appeal import AppealView, appeal_view, has_appeal
from insyn.pages.budget_tables import BudgetView, budget_view
from insyn.pages.contact import ContactView, contact_view, lacking_contact
from insyn.pages.depth import deeper
from insyn.pages.drawn import Drawing, chart_view
from insyn.pages.events import PlanStory, events_of
from insyn.pages.excerpt import PlanSummary
from insyn.pages.files import PLAN_FILES, file_view
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link, picture_of
from insyn.pages.glance import GlanceRow, payers_at_a_glance, purposes_at_a_glance
from insyn.pages.goals import GoalTable, PointList, financial_goal_list, follow_up_list, goal_table
from insyn.pages.history import HistoryView, VersionLine, history_view
from insyn.pages.judgements import JudgementPanel, judgement_panel
from insyn.pages.original import OriginalFile, original_link
from insyn.pages.parts import Banner, ChartView, ContentsItem, Fact, FileLink, FileView, PageLink, Prose, SearchTags
from insyn.pages.sections import PageSection, contents_of, headings_of, shown_sections
from insyn.pages.status_words import proposal_text
from insyn.pages.summary_page import LanguageLink, language_links
from insyn.pages.terms import Terms, TermView
from insyn.pages.topics import plan_topic
from insyn.swedish import HARD_SPACE, capitalised, day, file_size, integer
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf

TEXT_LEVEL, PART = 3, 3
"""The heading levels of the chapters in a plan's text, and of the parts of the page's own chapters."""


class SectionSubject(Struct, frozen=True):
    """The facts that decide which sections a plan's page has."""

    plan: Plan
    association: Association
    charts: PlanCharts
    has_files: bool = True
    """False in the PDF."""
    has_terms: bool = False
    is_kept: bool = False
    """Whether the ledger has its first day of publication here, or there are other versions."""


SUMMARY = PageSection[SectionSubject]("i-korthet", "I korthet")
PLAN_TEXT = PageSection[SectionSubject]("planen", "Planen i sin helhet")
GENERATED = (
    PageSection[SectionSubject]("betalar", "Vem betalar", lambda of: of.charts.who_pays),
    PageSection[SectionSubject](
        "pengarna", "Vad pengarna går till", lambda of: of.charts.what_for or _explanations(of.plan.budget)
    ),
    PageSection[SectionSubject](
        "vad-som-andras", "Vad som ändras", lambda of: of.charts.changes or _comments(of.plan.budget)
    ),
    PageSection[SectionSubject]("som-planerat", "Blev det som planerat?", lambda of: of.charts.planned),
    PageSection[SectionSubject]("resultat", "Resultat och sparade pengar", lambda of: of.charts.outcome),
    PageSection[SectionSubject](
        "mal",
        "Mål och uppföljning",
        lambda of: of.plan.goals or of.plan.follow_up or of.plan.budget.financial_goals,
    ),
    PageSection[SectionSubject]("uppfoljning", "Så följs arbetet upp", lambda of: of.plan.follow_up, PART),
    PageSection[SectionSubject]("finansiella-mal", "Finansiella mål", lambda of: of.plan.budget.financial_goals, PART),
    PageSection[SectionSubject](
        "sa-stammer-planen", "Så stämmer planen", lambda of: of.plan.document is DocumentKind.PLAN
    ),
    PageSection[SectionSubject]("hela-budgeten", "Hela budgeten"),
    PageSection[SectionSubject]("avvikelser", "Siffror som avviker", lambda of: of.plan.budget.deviations, PART),
)
"""Sections generated from the front matter, placed before or after the plan's own text."""
ENDING = (
    PageSection[SectionSubject](
        "beslut", "Beslut och underskrifter", lambda of: of.plan.decided_on or of.plan.signatures
    ),
    PageSection[SectionSubject](
        "provas",
        "Så kan beslutet prövas",
        lambda of: has_appeal(of.plan, of.association),
        PART,
    ),
    PageSection[SectionSubject](
        "andringar", "Planens historia", lambda of: of.is_kept or any(events_of(of.plan, of.association))
    ),
    PageSection[SectionSubject]("ladda-ner", "Ladda ner", lambda of: of.has_files),
    PageSection[SectionSubject]("fragor", "Frågor om planen"),
    PageSection[SectionSubject]("ord-pa-sidan", "Ord på sidan", lambda of: of.has_terms),
    PageSection[SectionSubject]("om-sidan", "Om den här sidan"),
    PageSection[SectionSubject]("hanvisa", "Så hänvisar du till planen", level=PART),
    PageSection[SectionSubject]("underlaget", "Vad planen är hämtad från", lambda of: of.plan.source, PART),
    PageSection[SectionSubject](
        "rattelser", "Rättelser i underlaget", lambda of: of.plan.source and of.plan.source.corrections, PART
    ),
)
SECTIONS = (SUMMARY, PLAN_TEXT, *GENERATED, *ENDING)
FAR_DOWN = frozenset({"vad-som-andras", "mal", "sa-stammer-planen", "beslut", "provas", "fragor", "underlaget"})
"""Sections that readers ask for first but that lie more than two phone screens down."""
WITHIN = frozenset({"huvudinnehall", "innehall", "tabell-intakter", "tabell-kostnader", "eget-kapital", "versioner"})
"""Other ids of the page."""
SECTION_IDS = WITHIN | {*CHART_IDS, *(section.id for section in SECTIONS)}
"""Ids that the page itself uses; headings in the plan's text never get one of them."""


class KeyFigure(Struct, frozen=True):
    label: str
    value: Prose
    note: Prose


class SentenceView(Struct, frozen=True):
    """Replaces a chart that would show nothing."""

    id: str
    text: Prose


class HundredView(Struct, frozen=True):
    """What a hundred kronor go to, as a list; its bars are drawn by the template."""

    id: str
    title: str
    subtitle: Prose
    shares: tuple[Share, ...]
    summary: Prose
    help: Prose
    table: ChartTable
    source: str | None
    files: tuple[FileView, ...] = ()
    """Its figures."""


class Explanation(Struct, frozen=True):
    """The förbund's explanation of a budget row, or of a change in it."""

    name: str
    html: Markup


class ChartSection(Struct, frozen=True):
    id: str
    heading: str
    glance: tuple[GlanceRow, ...]
    charts: tuple[ChartView | HundredView | SentenceView, ...]
    explanations: tuple[Explanation, ...] = ()
    comments: tuple[Explanation, ...] = ()


class OriginFact(Struct, frozen=True):
    """A fact about the document that the plan was taken from."""

    term: str
    text: str
    href: str | None


class SignatoryView(Struct, frozen=True):
    name: str
    role: str
    organisation: str


class DecisionView(Struct, frozen=True):
    sentences: tuple[str, ...]
    appeal: AppealView | None
    signatories: tuple[SignatoryView, ...]


class PlanPage(Page, frozen=True):
    template: ClassVar = "pages/plan.html"
    paper_template: ClassVar = "print/plan.html"
    the_plan: str
    """The kind of document, in a sentence: "planen", "årsredovisningen"."""
    of_the_plan: str
    headings: Mapping[str, str]
    """The headings of its sections, by id."""
    title: str
    association: str
    subtitle: str | None
    lead: str
    lead_html: Markup
    """The lead with its words explained, for the first place where it is shown."""
    banner: Banner | None
    shows_status: bool
    """False if the banner shows it."""
    pdf: FileLink | None
    languages: tuple[LanguageLink, ...]
    """Links to the plan as lättläst and in other languages."""
    ways: tuple[PageLink, ...]
    """Links to other things that readers ask for first: the contact, and the original."""
    document: FileLink | None
    """Link to the board's own document."""
    status_kind: str
    status: str
    applies: str
    facts: tuple[Fact, ...]
    key_figures: tuple[KeyFigure, ...]
    retold: str | None
    """Notice that the text is a retelling, if it is."""
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
    original: tuple[OriginFact, ...]
    """The plan's source."""
    corrections: tuple[CorrectionView, ...]
    citation: str
    contact: "ContactView | None"
    no_contact: str | None
    """Sentence that the förbund has given no contact details, if it hasn't."""
    search: SearchTags
    before: PageLink | None
    """Link to the förbund's plan of the nearest earlier year."""
    after: PageLink | None
    terms: tuple[TermView, ...]
    """The words that the page explains."""


class PdfFile(Struct, frozen=True):
    """A plan's PDF, as described on its page."""

    facts: FileFacts
    pages: int


class Offered(Struct, frozen=True):
    """The drawings and files of a page."""

    drawings: Mapping[str, Drawing]
    """By chart id."""
    files: Mapping[str, FileFacts]
    """Files beside the page, by name. Empty in the PDF itself."""
    pdf: PdfFile | None
    """None in the PDF itself, and if no PDFs are made."""

    def told(self) -> dict[str, FileFacts]:
        """Return the facts of all files beside the page, by name."""
        return {**self.files, **({self.pdf.facts.name: self.pdf.facts} if self.pdf else {})}


class PlanParts(Struct, frozen=True):
    """The results that a plan's page is composed from."""

    plan: Plan
    association: Association
    summary: PlanSummary
    story: PlanStory
    charts: PlanCharts
    article: Article
    judgements: tuple[Judgement, ...]
    offered: Offered


class Standing(Struct, frozen=True):
    """The position of a plan's version among the others."""

    path: str
    """Path of its page, from the root of the site."""
    applying: str
    """Path of the page with the version that applies for the year; the same if it is this one."""
    cited: str
    """The address to cite."""
    newer: int | None
    """The year of the förbund's latest decided plan, if later than this one."""
    followed: date | None
    """The day of the next version, if known."""
    versions: tuple[VersionLine, ...]
    """All versions of the year's plan, the latest first; empty if there is only one."""
    rise: Kronor | None
    """The increase of the year's costs since the previous version, in kronor; None if unknown."""
    shelf: Shelf
    """The part of the search that it belongs to."""
    since: date | None
    """The day of first publication here, by the ledger; None if unknown."""
    years: tuple[Neighbour | None, Neighbour | None]
    """The förbund's plans of the nearest years before and after."""
    original: OriginalFile | None = None
    """The board's own document, if it is published with the plan."""
    summaries: tuple[str, ...] = ()
    """Last parts of the addresses of texts beside it: "lattlast", "en"."""

    @property
    def applies(self) -> bool:
        return self.path == self.applying


def plan_page(parts: PlanParts, standing: Standing, surroundings: Surroundings, texts: Texts) -> PlanPage:
    """Compose the page of a version of a plan."""
    plan, association, path = parts.plan, parts.association, standing.path
    terms = Terms(texts.terms)
    lead = terms.explain(parts.summary.lead)
    key_figures = tuple(_key_figures(plan.budget, Words(texts, plan.budget.unit), terms))
    headings = {id: texts.reworded(heading) for id, heading in headings_of(SECTIONS).items()}
    sections = tuple(_chart_sections(parts, headings, terms, texts))
    banner = _banner(plan, standing, texts)
    topic = plan_topic(plan, association, parts.summary.lead, parts.offered.told(), path, surroundings, texts)
    subject = _subject(parts, standing, has_terms=bool(terms.views()))
    page = PlanPage(
        frame=frame(
            surroundings,
            path,
            title=_head_title(parts, standing, texts),
            description=parts.summary.lead,
            above=tuple(_above(parts, standing)),
            indexed=_is_indexed(plan, standing),
            topic=replace(topic, picture=picture_of(path) if standing.applies else None),
        ),
        the_plan=texts.say("the-plan"),
        of_the_plan=texts.say("of-the-plan"),
        headings=headings,
        title=plan.title,
        association=association.name,
        subtitle=plan.subtitle,
        lead=parts.summary.lead,
        lead_html=lead,
        banner=banner,
        shows_status=banner is None or banner.kind == "older",
        ways=tuple(_ways(subject, headings)),
        languages=language_links(path, standing.applying, standing.summaries, texts),
        pdf=_pdf_link(parts.offered.pdf, texts, is_retold=plan.retold),
        document=original_link(plan, path, standing.original, texts),
        status_kind=plan.status.value,
        status=parts.summary.status_text,
        applies=parts.summary.applies,
        facts=tuple(_facts(plan)),
        key_figures=key_figures,
        retold=_retold(plan, surroundings, texts),
        summary_html=Markup(render_inline(plan.summary)) if plan.summary else None,
        audience_html=Markup(render_inline(plan.audience)) if plan.audience else None,
        contents=tuple(_contents(parts, subject, headings)),
        chart_sections=sections,
        goals=goal_table(plan, parts.charts.goals, texts),
        follow_up=follow_up_list(plan.follow_up, texts),
        financial_goals=financial_goal_list(plan.budget.financial_goals),
        budget=budget_view(plan.budget, texts),
        judgements=judgement_panel(plan, tuple(_judgements(parts, standing, texts)), texts),
        article_html=Markup(parts.article.html),
        text_first=plan.text_order is TextOrder.TEXT_FIRST,
        decision=_decision(plan, association, texts),
        history=history_view(parts.story, standing.path, standing.versions, standing.since, texts),
        files=tuple(_files(parts.offered, texts, is_retold=plan.retold)),
        original=tuple(_origin(plan.source, texts)),
        corrections=correction_views(plan.source),
        citation=_citation(parts, standing.cited, surroundings, texts),
        contact=contact_view(association.contact),
        no_contact=lacking_contact(association.contact, texts),
        terms=terms.views(),
        search=SearchTags(standing.shelf.value, parts.summary.status_text, association.name, plan.year),
        before=_year_link(standing, 0),
        after=_year_link(standing, 1),
    )
    return page if standing.applies else deeper(page, 1)


def _judgements(parts: PlanParts, standing: Standing, texts: Texts) -> Iterator[Judgement]:
    """Yield the judgements, completed for a revision by the previous version."""
    return (revised_since(parts.plan, parts.association, standing.rise, one, texts) for one in parts.judgements)


def _is_indexed(plan: Plan, standing: Standing) -> bool:
    """Whether search engines may list it: the version that applies, or a proposal while it awaits a decision."""
    return standing.shelf is Shelf.CURRENT if plan.status is Status.PROPOSAL else standing.applies


def _year_link(standing: Standing, place: int) -> PageLink | None:
    other = standing.years[place]
    return link(standing.path, other) if other else None


def _retold(plan: Plan, surroundings: Surroundings, texts: Texts) -> str | None:
    """Return a notice of retelling: by whom, and where to find the original."""
    if not plan.retold:
        return None
    proposal = "-proposal" if plan.status is Status.PROPOSAL else ""
    ask = (plan.source.ask if plan.source else None) or texts.say("source-authority")
    original = texts.say(f"original-at{proposal}", ask=ask)
    return texts.say(f"retold{proposal}", reteller=surroundings.reteller or "", original=original)


def _origin(source: Source | None, texts: Texts) -> Iterator[OriginFact]:
    """Yield the stated facts of the document that the plan was taken from."""
    if source is None:
        return
    facts = (("kind", source.kind), ("file", source.file), ("link", source.link), ("sum", source.sha256))
    for name, text in (*facts, ("ask", source.ask)):
        if text:
            yield OriginFact(texts.say(f"original-fact.{name}"), text, source.link if name == "link" else None)


def _ways(subject: SectionSubject, headings: Mapping[str, str]) -> Iterator[PageLink]:
    """Yield links to the sections that readers ask for first but that lie further down."""
    for section in shown_sections(SECTIONS, subject):
        if section.id in FAR_DOWN:
            yield PageLink(headings[section.id], f"#{section.id}")


def _pdf_link(pdf: PdfFile | None, texts: Texts, *, is_retold: bool) -> FileLink | None:
    """Return the link to the PDF, with what to expect of it."""
    if pdf is None:
        return None
    link = PageLink(texts.say("pdf-link-retold" if is_retold else "pdf-link"), pdf.facts.name)
    return FileLink(link, f"{_length(pdf, texts)}, {file_size(pdf.facts.size)}")


def _length(pdf: PdfFile, texts: Texts) -> str:
    return texts.say("one-page-long") if pdf.pages == 1 else texts.say("pages-long", count=pdf.pages)


def _head_title(parts: PlanParts, standing: Standing, texts: Texts) -> str:
    title = f"{parts.plan.title} – {parts.association.name}"
    if parts.plan.status is Status.PROPOSAL:
        return texts.say("head-title-proposal", title=title)
    if not standing.applies:
        return texts.say("head-title-earlier", status=parts.summary.status_text, title=title)
    return title


def _above(parts: PlanParts, standing: Standing) -> Iterator[Neighbour]:
    """Yield the breadcrumbs: the förbund, the plan that applies, and this version if it is another."""
    yield Neighbour(parts.association.name, f"{parts.association.id}/")
    if standing.applies:
        yield Neighbour(parts.plan.title, standing.path)
    else:
        yield Neighbour(str(parts.plan.year), standing.applying)
        yield Neighbour(parts.summary.status_text, standing.path)


# --- Status ---------------------------------------------------------------------------------------------------------


def _banner(plan: Plan, standing: Standing, texts: Texts) -> Banner | None:
    """Return the most important notice to the reader: a word, and its consequences."""
    if not standing.applies:
        return _banner_of_version(plan, standing, texts)
    match plan.status:
        case Status.PROPOSAL:
            return Banner("proposal", "Förslag", proposal_text(plan, texts))
        case Status.REPLACED:
            return Banner("replaced", "Ersatt", texts.say("banner-replaced"))
        case Status.REVOKED:
            return Banner("revoked", "Upphävd", texts.say("banner-revoked"))
    if standing.newer is not None:
        newer = Neighbour(f"Gå till planen för {standing.newer}", f"{plan.association}/{standing.newer}/")
        target = link(standing.path, newer)
        return Banner("older", "Äldre plan", texts.say("banner-older", year=plan.year), target)
    decided = plan.decided_on
    if plan.status is Status.REVISED and plan.revisions and decided:
        revised = max(revision.day for revision in plan.revisions)
        text = texts.say("banner-revised", adopted=day(decided), revised=day(revised))
        return Banner("revised", "Reviderad", text)
    return None


def _banner_of_version(plan: Plan, standing: Standing, texts: Texts) -> Banner:
    """Return a banner that another version applies, with a link to it."""
    target = link(standing.path, Neighbour(texts.say("go-to-applying", year=plan.year), standing.applying))
    if plan.status is Status.PROPOSAL and standing.followed is None:
        return Banner("proposal", "Förslag", texts.say("banner-pending", year=plan.year), target)
    kind = "proposal" if plan.status is Status.PROPOSAL else "version"
    when = texts.say("followed-on", day=day(standing.followed)) if standing.followed else ""
    label = "Tidigare förslag" if kind == "proposal" else "Tidigare version"
    return Banner("replaced", label, texts.say(f"banner-earlier-{kind}", year=plan.year, when=when), target)


PARAGRAPH, REGISTRATION = "Paragraf", "Diarienummer"
"""Terms of the facts that stand in the foot of the PDF too."""


def _facts(plan: Plan) -> Iterator[Fact]:
    decision = plan.decision
    if decision and decision.day and plan.status is not Status.ADOPTED:
        yield Fact("Beslutsdatum", day(decision.day))
    if plan.followed_up:
        yield Fact("Uppföljd", day(plan.followed_up))
    if decision and decision.paragraph:
        yield Fact(PARAGRAPH, _paragraph(decision.paragraph))
    if plan.registration:
        yield Fact(REGISTRATION, plan.registration)


def _paragraph(written: str) -> str:
    """Format a paragraph number of the minutes with its sign, which staff may have left out."""
    return f"§{HARD_SPACE}{written}" if written.isdecimal() else written


# --- Key figures ----------------------------------------------------------------------------------------------------


def _key_figures(budget: Budget, words: Words, terms: Terms) -> Iterator[KeyFigure]:
    for figure in _plain_key_figures(budget, words):
        yield KeyFigure(figure.label, terms.explain(figure.value), terms.explain(figure.note))


def _plain_key_figures(budget: Budget, words: Words) -> Iterator[KeyFigure]:
    year, planned = told_year(budget), main_year(budget)
    if year.column is not planned.column:
        yield from _settled_key_figures(budget, year, planned, words)
        return
    before = _year_before(budget, year)
    number = year.column.year
    rows = _unprinted(budget, year, words)
    if not isinstance(year.income, Unknown):
        note = _change(year.income, before, before.income if before else Unknown(), words)
        note = rows or note or _saved_left_out(words)
        yield KeyFigure(words.say("key-income", year=number), _figure(year.income), note)
    if not isinstance(year.costs, Unknown):
        note = _change(year.costs, before, before.costs if before else Unknown(), words)
        yield KeyFigure(words.say("key-costs", year=number), _figure(year.costs), rows or note or "")
    if not isinstance(year.result, Unknown):
        label = words.say("key-result", year=number)
        yield KeyFigure(label, _figure(year.result, signed=True), _result_note(year, year.result, words))
    if not isinstance(year.closing, Unknown):
        label = words.say("key-equity", year=number)
        yield KeyFigure(label, _figure(year.closing), _equity_note(budget, year.closing, words))


def _settled_key_figures(budget: Budget, year: Year, planned: Year, words: Words) -> Iterator[KeyFigure]:
    """Return the outcome's figures, each with the planned amount."""
    rows = _unprinted(budget, year, words)
    for key, amount, budgeted, note in (
        ("key-income", year.income, planned.income, rows),
        ("key-costs", year.costs, planned.costs, rows),
        ("key-result", year.result, planned.result, ""),
        ("key-equity", year.closing, planned.closing, ""),
    ):
        if isinstance(amount, Unknown):
            continue
        signed = key == "key-result"
        notes = [_result_note(year, amount, words) if signed else note]
        if not isinstance(budgeted, Unknown):
            notes.append(words.say("key-budgeted", amount=_figure(budgeted, signed=signed)))
        label = words.say("key-outcome", label=words.say(key, year=year.column.year))
        yield KeyFigure(label, _figure(amount, signed=signed), "; ".join(filter(None, notes)))


def _unprinted(budget: Budget, year: Year, words: Words) -> str:
    """Return a note that the figure comes from the rows, if the plan prints no sums of them."""
    return "" if prints_sums(budget, budget.columns.index(year.column)) else words.say("key-rows")


def _saved_left_out(words: Words) -> str:
    return words.say("key-excluding-saved")


def _year_before(budget: Budget, year: Year) -> Year | None:
    column = predecessor(budget, year.column)
    return next((other for other in years_of(budget) if other.column is column), None)


def _figure(kronor: int, *, signed: bool = False) -> str:
    plus = "+" if signed and kronor > 0 else ""
    if abs(kronor) >= MILLION:
        return f"{plus}{in_millions(kronor)}{HARD_SPACE}mnkr"
    return f"{plus}{integer(kronor)}{HARD_SPACE}kr"


def _change(now: int, before: Year | None, then: Money, words: Words) -> str | None:
    if before is None or isinstance(then, Unknown) or then <= 0:
        return None
    change = Fraction(now - then, then)
    column = words.column(before.column)
    if now == then:
        return words.say("key-unchanged", column=column)
    key = "key-higher" if change > 0 else "key-lower"
    return words.say(key, percent=f"{words.percent(abs(change))}{HARD_SPACE}%", column=column)


def _result_note(year: Year, result: int, words: Words) -> str:
    if result == 0:
        return words.of(year.column, "key-even")
    if result > 0:
        return words.of(year.column, "key-saved")
    if isinstance(year.opening, Unknown):
        return words.of(year.column, "key-untold")
    return words.of(year.column, "key-from-savings" if year.opening + result >= 0 else "key-missing-money")


def _equity_note(budget: Budget, closing: int, words: Words) -> str:
    whole = member_income(budget)
    if isinstance(whole, Unknown) or whole <= 0 or closing < 0:
        return ""
    percent = f"{words.percent(share(closing, whole))}{HARD_SPACE}%"
    return words.say("key-of-contributions", percent=percent)


# --- Charts ---------------------------------------------------------------------------------------------------------


def _chart_sections(
    parts: PlanParts, headings: Mapping[str, str], terms: Terms, texts: Texts
) -> Iterator[ChartSection]:
    charts = parts.charts
    explanations, comments = _explanations(parts.plan.budget), _comments(parts.plan.budget)
    glances = {
        "betalar": payers_at_a_glance(charts.who_pays),
        "pengarna": purposes_at_a_glance(charts.what_for),
    }
    for section, shown, explained, commented in (
        ("betalar", charts.who_pays, (), ()),
        ("pengarna", charts.what_for, explanations, ()),
        ("vad-som-andras", charts.changes, (), comments),
        ("som-planerat", charts.planned, (), ()),
        ("resultat", charts.outcome, (), ()),
    ):
        if shown or explained or commented:
            views = tuple(_chart_view(chart, parts, terms, texts) for chart in shown)
            yield ChartSection(section, headings[section], glances.get(section, ()), views, explained, commented)


def _chart_view(chart: Shown, parts: PlanParts, terms: Terms, texts: Texts) -> ChartView | HundredView | SentenceView:
    """Lay out a chart. A summary written by staff is kept as it is."""
    if isinstance(chart, Unshown):
        return SentenceView(chart.id, terms.explain(chart.text))
    source = texts.say("source-staff") if chart.by_staff else None
    subtitle = terms.explain(chart.subtitle)
    summary = chart.summary if chart.by_staff else terms.explain(chart.summary)
    files = tuple(_chart_files(chart.id, parts.offered.files, texts))
    if isinstance(chart, Hundred):
        return HundredView(
            id=chart.id,
            title=chart.title,
            subtitle=subtitle,
            shares=chart.shares,
            summary=summary,
            help=terms.explain(chart.help),
            table=chart.table,
            source=source,
            files=files,
        )
    help = terms.explain(chart.help) if chart.help else None
    view = chart_view(chart, parts.offered.drawings[chart.id], source, files)
    return replace(view, subtitle=subtitle, summary=summary, help=help)


def _chart_files(chart: str, files: Mapping[str, FileFacts], texts: Texts) -> Iterator[FileView]:
    """Yield a chart's figures, and its image if it is drawn."""
    for name, key in ((figures_file(chart), "file-figures"), (image_file(chart), "file-image")):
        if name in files:
            yield file_view(texts.say(key), files[name])


def _explanations(budget: Budget) -> tuple[Explanation, ...]:
    """Return the förbund's explanations of single costs."""
    said = ((row.name, row.explanation) for row in rows_of(budget.costs.rows))
    return tuple(Explanation(name, Markup(render_inline(text))) for name, text in said if text)


def _comments(budget: Budget) -> tuple[Explanation, ...]:
    """Return the förbund's comments on changes of single costs."""
    said = ((row.name, row.comment) for row in rows_of(budget.costs.rows))
    return tuple(Explanation(name, Markup(render_inline(text))) for name, text in said if text)


# --- Decision and history -------------------------------------------------------------------------------------------


def _decision(plan: Plan, association: Association, texts: Texts) -> DecisionView | None:
    signatures = plan.signatures
    sentences = tuple(_decision_sentences(plan, texts))
    if not sentences and not signatures:
        return None
    return DecisionView(
        sentences=sentences,
        appeal=appeal_view(plan, association, texts),
        signatories=tuple(_signatory(person) for person in signatures.people) if signatures else (),
    )


def _decision_sentences(plan: Plan, texts: Texts) -> Iterator[str]:
    """Yield sentences on who decided and when, on the plan's own words for it, and on when it was signed."""
    decision, signatures = plan.decision, plan.signatures
    if decision and decision.day:
        day_of, town = day(decision.day), f" i {decision.town}" if decision.town else ""
        paragraph = f", {_paragraph(decision.paragraph)}" if decision.paragraph else ""
        if decision.body:
            body = capitalised(decision.body)
            yield texts.say("decided-body", body=body, day=day_of, paragraph=paragraph, town=town)
        else:
            yield texts.say("decided", day=day_of, paragraph=paragraph, town=town)
        yield from _printed(decision, decision.printed, texts)
    if signatures and signatures.day:
        key = "signed" if plan.decided_on else "signed-only"
        yield texts.say(key, day=day(signatures.day))
        yield from _printed(None if plan.decided_on else decision, signatures.printed, texts)


def _printed(decision: Decision | None, printed: str | None, texts: Texts) -> Iterator[str]:
    if decision and decision.wording:
        yield texts.say("decided-wording", wording=decision.wording)
    if printed:
        yield texts.say("decided-printed", printed=printed)


def _signatory(person: Signatory) -> SignatoryView:
    return SignatoryView(person.name, person.role, person.organisation or "")


def _files(offered: Offered, texts: Texts, *, is_retold: bool) -> Iterator[FileView]:
    """Yield the PDF, and the files of the whole budget and of the plan, each with its purpose."""
    if offered.pdf:
        key = "pdf-link-retold" if is_retold else "pdf-link"
        yield file_view(f"{texts.say(key)}, {_length(offered.pdf, texts)}", offered.pdf.facts)
    for name, key in PLAN_FILES.items():
        if name in offered.files:
            yield file_view(texts.say(key), offered.files[name])


def _citation(parts: PlanParts, path: str, surroundings: Surroundings, texts: Texts) -> str:
    return texts.say(
        "citation",
        association=parts.association.name,
        title=parts.plan.title,
        status=parts.summary.status_text,
        address=f" {surroundings.address}{path}" if surroundings.address else "",
    )


# --- Contents -------------------------------------------------------------------------------------------------------


def _subject(parts: PlanParts, standing: Standing, *, has_terms: bool) -> SectionSubject:
    has_files = bool(parts.offered.files or parts.offered.pdf)
    is_kept = bool(standing.since or standing.versions)
    return SectionSubject(parts.plan, parts.association, parts.charts, has_files, has_terms, is_kept)


def _contents(parts: PlanParts, subject: SectionSubject, headings: Mapping[str, str]) -> Iterator[ContentsItem]:
    """Yield the page's chapters in order, and under the plan's text its own."""
    text_first = parts.plan.text_order is TextOrder.TEXT_FIRST
    middle = (PLAN_TEXT, *GENERATED) if text_first else (*GENERATED, PLAN_TEXT)
    for item in contents_of((SUMMARY, *middle, *ENDING), subject):
        chapters = tuple(_chapters(parts.article.headings)) if item.id == PLAN_TEXT.id else ()
        yield replace(item, text=headings[item.id], items=chapters)


def _chapters(headings: tuple[Heading, ...]) -> Iterator[ContentsItem]:
    """Yield the plan's own chapters, numbered as in the plan."""
    for heading in headings:
        if heading.level == TEXT_LEVEL:
            yield ContentsItem(heading.id, heading.text)


def anchors_of(plan: Plan, association: Association, charts: PlanCharts, article: Article) -> frozenset[str]:
    """Return the ids on a plan's page that a link may lead to."""
    shown = {section.id for section in shown_sections(SECTIONS, SectionSubject(plan, association, charts))}
    drawn = {chart.id for chart in charts.shown()} | ({charts.goals.id} if charts.goals else set())
    within = WITHIN - {"versioner"} - (set() if plan.budget.equity else {"eget-kapital"})
    return within | shown | drawn | {heading.id for heading in article.headings}
