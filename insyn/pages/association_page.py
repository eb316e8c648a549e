"""A förbund's page, the one to cite: it collects all its plans. With a single förbund it is the start page too."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from insyn.downloads.files import FileFacts
from insyn.markdown.article import Article
from insyn.model import Association, Funder, Member, Settings
from insyn.money.plan_money import PlanMoney
from insyn.pages.contact import ContactView, contact_view
from insyn.pages.drawn import Drawn
from insyn.pages.files import collected_views
from insyn.pages.frame import DATA, FEED, Neighbour, Page, Surroundings, frame, link, link_to_comparison
from insyn.pages.goals_page import goals_neighbour
from insyn.pages.money_years import IDS as MONEY_IDS
from insyn.pages.money_years import MoneyYears, money_years
from insyn.pages.parts import Banner, Fact, FileView, PageLink, SearchTags
from insyn.pages.plan_card import ListedPlan, PlanCard, plan_card
from insyn.pages.sections import PageSection, headings_of
from insyn.pages.topics import association_topic
from insyn.swedish import day, listed
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf

SECTIONS = (
    PageSection[object]("om-forbundet", "Om förbundet"),
    PageSection[object]("medlemmar", "Medlemmar och fakta"),
    PageSection[object]("aktuell-plan", "Senaste planen"),
    PageSection[object]("alla-planer", "Alla planer"),
    PageSection[object]("mer", "Läs vidare"),
    PageSection[object]("data", "Alla siffror som filer"),
    PageSection[object]("kontakt", "Kontakt"),
)
ASSOCIATION_IDS = MONEY_IDS | {"huvudinnehall", *headings_of(SECTIONS)}
"""Ids that the page itself uses; headings in the förbund's text never get one of them."""
RELATIVE = re.compile(r'(?<=\bhref=")(?![a-z]+:|[#/])')
"""Where a relative address begins."""
MEMBER_HEADINGS = (
    (Funder.MUNICIPALITY, "Kommun", "Kommuner"),
    (Funder.REGION, "Region", "Regioner"),
    (Funder.STATE, "Statlig myndighet", "Statliga myndigheter"),
)


class MemberGroup(Struct, frozen=True):
    heading: str
    names: tuple[str, ...]


class AssociationPage(Page, frozen=True):
    template: ClassVar = "pages/association.html"
    headings: ClassVar = headings_of(SECTIONS)
    name: str
    lead: str | None
    """What the site is, on its start page."""
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
    """The figures of all its plans, if it has any."""
    contact: ContactView | None
    feed: PageLink | None
    search: SearchTags


class HomePage(AssociationPage, frozen=True):
    """The page of the only förbund, as the start page."""


class AssociationParts(Struct, frozen=True):
    """The input of a förbund's page."""

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
    """Files with the figures of all its plans; empty if it has none."""
    over_years: FileFacts | None
    """The file of its money over the years, if any is stated."""
    retold: bool
    """Whether any of its plans is published by others than the förbund."""


def _names(association: Association) -> Iterator[str]:
    """Yield the names of the förbund and its members, except the state's authorities, which all förbund share."""
    yield from (association.name, association.short_name)
    for member in association.members:
        if member.kind is not Funder.STATE:
            yield from (member.name, member.short_name)


def association_page(parts: AssociationParts, surroundings: Surroundings, texts: Texts) -> AssociationPage:
    """Compose a förbund's page, the one to cite: it collects all its plans."""
    return _page(AssociationPage, f"{parts.association.id}/", parts, surroundings, texts)


def home_page(parts: AssociationParts, settings: Settings, surroundings: Surroundings, texts: Texts) -> AssociationPage:
    """Compose the start page of a site with a single förbund. The address to cite is still the förbund's own."""
    page = _page(HomePage, "", parts, surroundings, texts)
    cited = f"{surroundings.address}{parts.association.id}/" if surroundings.address else None
    framed = replace(page.frame, canonical=cited, description=settings.description)
    return replace(page, frame=framed, lead=settings.description)


def _page(
    kind: type[AssociationPage], path: str, parts: AssociationParts, surroundings: Surroundings, texts: Texts
) -> AssociationPage:
    association, current = parts.association, parts.current
    own = f"{association.id}/"
    to_own = own.removeprefix(path)
    municipalities = listed([member.name for member in association.municipalities])
    described = f" Medlemskommuner: {municipalities}." if municipalities else ""
    return kind(
        frame=frame(
            surroundings,
            path,
            title=association.name,
            description=f"{association.name}: planer och budget.{described}",
            above=(Neighbour(association.name, own),),
            topic=association_topic(association, parts.files, surroundings, texts, retold=parts.retold),
        ),
        name=association.name,
        lead=None,
        facts=tuple(_facts(association)),
        members=tuple(_member_groups(association.members)),
        current=plan_card(path, current) if current else None,
        plans=tuple(plan_card(path, plan) for plan in parts.plans),
        proposals=tuple(_proposal(path, plan) for plan in parts.plans if _awaits_decision(plan, parts.plans)),
        money=money_years(path, parts.monies, parts.drawn, parts.over_years, texts),
        goals=link(path, goals_neighbour(association.id)) if parts.has_goals_page else None,
        comparison=link_to_comparison(path, surroundings),
        article_html=Markup(RELATIVE.sub(to_own, parts.article.html)),
        files=tuple(collected_views(parts.files, f"./{to_own}{DATA}", texts)),
        contact=contact_view(association.contact),
        feed=link(path, Neighbour("Nyheter om förbundets planer", f"{own}{FEED}")) if surroundings.address else None,
        search=SearchTags(Shelf.CURRENT.value, association=association.name, names=tuple(_names(association))),
    )


def _awaits_decision(plan: ListedPlan, plans: Sequence[ListedPlan]) -> bool:
    """Whether a plan is a proposal that no later plan has superseded."""
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
    """Format a day in words; a year, or anything else that staff know, is kept as written."""
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
