"""The pages round the plans: start, förbund, running text, and the page for an address that doesn't exist."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from insyn.downloads.files import FileFacts
from insyn.markdown.article import Article, Heading
from insyn.model import Association, Funder, Member, Settings, Status, TextPage
from insyn.money.plan_money import PlanMoney
from insyn.pages.contact import ContactView, contact_view
from insyn.pages.digest import PlanSummary
from insyn.pages.drawn import Drawn
from insyn.pages.files import collected_views
from insyn.pages.frame import DATA, FEED, NOT_FOUND, Neighbour, Page, Surroundings, frame, link
from insyn.pages.goals_page import goals_neighbour
from insyn.pages.money_years import IDS as MONEY_IDS
from insyn.pages.money_years import MoneyYears, money_years
from insyn.pages.parts import Banner, ContentsItem, Fact, FileView, PageLink, SearchTags
from insyn.pages.pointer_page import PointerPage
from insyn.pages.topics import association_topic, site_topic
from insyn.swedish import capitalised, day, listed, sort_key
from insyn.texts import Texts
from insyn.versions.arrangement import Pointer, Shelf
from insyn.versions.digest import DECIDED

TEXT_LEVEL = 2
LATEST = 3
"""How many of the plans decided last are named."""
ASSOCIATION_IDS = MONEY_IDS | {
    "huvudinnehall", "om-forbundet", "medlemmar", "aktuell-plan", "alla-planer", "mer", "data", "kontakt"
}  # fmt: skip
"""Ids that a förbund's page uses itself; a heading in its text never gets one of them."""
TEXT_PAGE_IDS = frozenset({"huvudinnehall", "innehall"})
MEMBER_HEADINGS = (
    (Funder.MUNICIPALITY, "Kommun", "Kommuner"),
    (Funder.REGION, "Region", "Regioner"),
    (Funder.STATE, "Statlig myndighet", "Statliga myndigheter"),
)


class PlanCard(Struct, frozen=True):
    """A plan as it is listed."""

    year: str
    title: str
    applies: str
    href: str
    status_kind: str
    status: str
    lead: str


class MemberGroup(Struct, frozen=True):
    heading: str
    names: tuple[str, ...]


class AssociationPage(Page, frozen=True):
    template: ClassVar = "pages/association.html"
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


class StartPage(Page, frozen=True):
    template: ClassVar = "pages/start.html"
    name: str
    description: str
    letters: tuple[LetterGroup, ...]
    associations: tuple[AssociationCard, ...]
    decided: tuple[DecidedPlan, ...]
    """Those that were decided last, newest first."""
    comparison: PageLink | None


class ArticlePage(Page, frozen=True):
    template: ClassVar = "pages/article.html"
    title: str
    contents: tuple[ContentsItem, ...]
    article_html: Markup
    search: SearchTags


class NotFoundPage(Page, frozen=True):
    template: ClassVar = "pages/not_found.html"
    associations: tuple[PageLink, ...]


class ListedPlan(Struct, frozen=True):
    """A plan that other pages tell of, and where it stands."""

    path: str
    year: int
    status: Status
    summary: PlanSummary

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED


def _plan_card(here: str, plan: ListedPlan) -> PlanCard:
    summary, status = plan.summary, plan.status.value
    href = link(here, Neighbour(summary.title, plan.path)).href
    return PlanCard(str(plan.year), summary.title, summary.applies, href, status, summary.status_text, summary.lead)


def _comparison(here: str, surroundings: Surroundings) -> PageLink | None:
    return link(here, surroundings.comparison) if surroundings.comparison else None


# --- Start ----------------------------------------------------------------------------------------------------------


def start_page(
    settings: Settings,
    associations: Sequence[Association],
    current: Mapping[str, ListedPlan],
    decided: Sequence[tuple[str, ListedPlan]],
    surroundings: Surroundings,
) -> StartPage:
    """Compose the start page: find your förbund by your kommun. `current` are the plans that apply, by förbund.

    `decided` are those that were decided last, each with the name of its förbund.
    """
    return StartPage(
        frame=frame(
            surroundings,
            "",
            title=settings.name,
            description=settings.description,
            topic=site_topic(settings.description, surroundings),
        ),
        name=settings.name,
        description=settings.description,
        letters=tuple(_letters(associations)),
        associations=tuple(_association_card(association, current.get(association.id)) for association in associations),
        decided=tuple(DecidedPlan(name, _plan_card("", plan)) for name, plan in decided),
        comparison=_comparison("", surroundings),
    )


def _letters(associations: Sequence[Association]) -> Iterator[LetterGroup]:
    """Yield the kommuner in Swedish order, by first letter."""
    found: dict[str, list[PageLink]] = {}
    for association in associations:
        for member in _municipalities(association):
            target = link("", Neighbour(association.name, f"{association.id}/"))
            found.setdefault(member.short_name, []).append(target)
    letters: dict[str, list[MunicipalityEntry]] = {}
    for name in sorted(found, key=sort_key):
        letters.setdefault(name[0].upper(), []).append(MunicipalityEntry(name, tuple(found[name])))
    for letter, entries in letters.items():
        yield LetterGroup(letter, tuple(entries))


def _municipalities(association: Association) -> list[Member]:
    return [member for member in association.members if member.kind is Funder.MUNICIPALITY]


def _association_card(association: Association, current: ListedPlan | None) -> AssociationCard:
    return AssociationCard(
        name=association.name,
        href=link("", Neighbour(association.name, f"{association.id}/")).href,
        municipalities=listed([member.short_name for member in _municipalities(association)]),
        plan=_plan_card("", current) if current else None,
    )


# --- Förbund --------------------------------------------------------------------------------------------------------


class AssociationParts(Struct, frozen=True):
    """What a förbund's page is made from."""

    association: Association
    plans: Sequence[ListedPlan]
    """The latest first."""
    current: ListedPlan | None
    monies: Sequence[PlanMoney]
    drawn: Sequence[Drawn]
    """The charts of its money over the years."""
    has_goals_page: bool
    article: Article
    files: Sequence[FileFacts]
    """With the figures of all its plans; none when it has no plans."""
    over_years: FileFacts | None
    """With its money over the years, when any is told."""


def association_page(parts: AssociationParts, surroundings: Surroundings, texts: Texts) -> AssociationPage:
    """Compose a förbund's page, the one to cite: it collects all its plans."""
    association, current = parts.association, parts.current
    path = f"{association.id}/"
    municipalities = listed([member.name for member in _municipalities(association)])
    described = f" Medlemskommuner: {municipalities}." if municipalities else ""
    return AssociationPage(
        frame=frame(
            surroundings,
            path,
            title=association.name,
            description=f"{association.name}: planer och budget.{described}",
            above=(Neighbour(association.name, path),),
            topic=association_topic(association, parts.files, surroundings, texts),
        ),
        name=association.name,
        facts=tuple(_facts(association)),
        members=tuple(_member_groups(association.members)),
        current=_plan_card(path, current) if current else None,
        plans=tuple(_plan_card(path, plan) for plan in parts.plans),
        proposals=tuple(_proposal(path, plan) for plan in parts.plans if _awaits_decision(plan, parts.plans)),
        money=money_years(path, parts.monies, parts.drawn, parts.over_years, texts),
        goals=link(path, goals_neighbour(association.id)) if parts.has_goals_page else None,
        comparison=_comparison(path, surroundings),
        article_html=Markup(parts.article.html),
        files=tuple(collected_views(parts.files, f"./{DATA}", texts)),
        contact=contact_view(association.contact),
        feed=link(path, Neighbour("Nyheter om förbundets planer", f"{path}{FEED}")) if surroundings.address else None,
        search=SearchTags(Shelf.CURRENT.value, association=association.name),
    )


def _awaits_decision(plan: ListedPlan, plans: Sequence[ListedPlan]) -> bool:
    """Whether a plan is a proposal that no later plan has overtaken."""
    return bool(plan.summary.notice) and not any(other.is_decided and other.year > plan.year for other in plans)


def _proposal(here: str, plan: ListedPlan) -> Banner:
    target = link(here, Neighbour(f"Läs {plan.summary.title}", plan.path))
    return Banner("proposal", f"Förslag för {plan.year}", plan.summary.notice or "", target)


def _facts(association: Association) -> Iterator[Fact]:
    if association.founded:
        yield Fact("Bildat", _in_words(association.founded))
    if association.organisation_number:
        yield Fact("Organisationsnummer", association.organisation_number)


def _in_words(founded: str) -> str:
    """Write a day in words; a year, or whatever else staff know, stays as they wrote it."""
    try:
        return day(date.fromisoformat(founded))
    except ValueError:
        return founded


def _member_groups(members: Iterable[Member]) -> Iterator[MemberGroup]:
    everyone = tuple(members)
    for kind, one, many in MEMBER_HEADINGS:
        names = tuple(member.name for member in everyone if member.kind is kind)
        if names:
            yield MemberGroup(one if len(names) == 1 else many, names)


# --- Text pages and 404 ---------------------------------------------------------------------------------------------


def text_page(page: TextPage, article: Article, surroundings: Surroundings) -> ArticlePage:
    """Compose a page of running text."""
    path = f"{page.id}/"
    return ArticlePage(
        frame=frame(
            surroundings,
            path,
            title=page.title,
            description=f"{page.title}: {surroundings.site_name}.",
            above=(Neighbour(page.title, path),),
        ),
        title=page.title,
        contents=tuple(_contents(article.headings)),
        article_html=Markup(article.html),
        search=SearchTags(Shelf.CURRENT.value),
    )


def _contents(headings: Iterable[Heading]) -> Iterator[ContentsItem]:
    for heading in headings:
        if heading.level == TEXT_LEVEL:
            yield ContentsItem(heading.id, capitalised(heading.text))


def not_found_page(associations: Sequence[Association], surroundings: Surroundings) -> NotFoundPage:
    """Compose the page that a server shows for an address that doesn't exist, wherever that address is."""
    address = surroundings.address
    neighbours = (Neighbour(association.name, f"{association.id}/") for association in associations)
    return NotFoundPage(
        frame=frame(
            surroundings,
            NOT_FOUND,
            title="Sidan finns inte",
            description="Adressen leder ingenstans. Här är vägarna vidare.",
            above=(Neighbour("Sidan finns inte", NOT_FOUND),),
            indexed=False,
        ),
        associations=tuple(link(NOT_FOUND, neighbour, address) for neighbour in neighbours),
    )


def pointer_page(pointer: Pointer, title: str, year: str, surroundings: Surroundings, texts: Texts) -> PointerPage:
    """Compose a page that leads to another. `year` is the path of the page that shows what applies for the year."""
    kept = "kept" if pointer.kept else "not-kept-day" if pointer.day else "not-kept-proposal"
    sentence = texts.say(f"leads-{kept}", title=title, day=day(pointer.day) if pointer.day else "")
    target = Neighbour(texts.say("pointer-link", title=title), pointer.target)
    return PointerPage(
        frame=frame(
            surroundings,
            pointer.path,
            title=texts.say("pointer-title", title=title, path=pointer.path.rstrip("/").rpartition("/")[2]),
            description=sentence,
            above=(Neighbour(title, year), Neighbour(texts.say("pointer-heading"), pointer.path)),
            indexed=False,
        ),
        title=title,
        sentence=sentence,
        target=link(pointer.path, target),
        moves_on=pointer.kept,
    )
