"""The pages round the plans: start, förbund, running text, and the page for an address that doesn't exist."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from insyn.markdown import Article, Heading
from insyn.model import Association, Funder, Member, Settings, Status, TextPage
from insyn.money import PlanMoney
from insyn.pages.contact import contact_view
from insyn.pages.digest import PlanDigest
from insyn.pages.drawn import Drawn
from insyn.pages.frame import NOT_FOUND, Neighbour, Surroundings, frame, link
from insyn.pages.goals_page import goals_neighbour
from insyn.pages.money_years import IDS as MONEY_IDS
from insyn.pages.money_years import money_years
from insyn.pages.plan_page import plan_path
from insyn.pages.views import (
    ArticlePage,
    AssociationCard,
    AssociationPage,
    Banner,
    ContentsItem,
    DecidedPlan,
    Fact,
    LetterGroup,
    MemberGroup,
    MunicipalityEntry,
    NotFoundPage,
    PageLink,
    PlanCard,
    StartPage,
)
from insyn.swedish import capitalised, day, listed, sort_key
from insyn.texts import Texts

TEXT_LEVEL = 2
LATEST = 3
"""How many of the plans decided last are named."""
ASSOCIATION_IDS = MONEY_IDS | {
    "huvudinnehall", "om-forbundet", "medlemmar", "aktuell-plan", "alla-planer", "mer", "kontakt"
}  # fmt: skip
"""Ids that a förbund's page uses itself; a heading in its text never gets one of them."""
TEXT_PAGE_IDS = frozenset({"huvudinnehall", "innehall"})
MEMBER_HEADINGS = (
    (Funder.MUNICIPALITY, "Kommun", "Kommuner"),
    (Funder.REGION, "Region", "Regioner"),
    (Funder.STATE, "Statlig myndighet", "Statliga myndigheter"),
)


def current_plan(digests: Sequence[PlanDigest]) -> PlanDigest | None:
    """Return the plan that applies: the förbund's latest decided, else its latest proposed, else its latest."""
    decided = [digest for digest in digests if digest.is_decided]
    proposed = [digest for digest in digests if digest.status is Status.PROPOSAL]
    return max(decided or proposed or digests, key=lambda digest: digest.year, default=None)


def _plan_card(here: str, digest: PlanDigest) -> PlanCard:
    href = link(here, Neighbour(digest.title, plan_path(digest))).href
    status = digest.status.value
    return PlanCard(str(digest.year), digest.title, digest.applies, href, status, digest.status_text, digest.lead)


def _comparison(here: str, surroundings: Surroundings) -> PageLink | None:
    return link(here, surroundings.comparison) if surroundings.comparison else None


# --- Start ----------------------------------------------------------------------------------------------------------


def start_page(
    settings: Settings,
    associations: Sequence[Association],
    plans: Mapping[str, Sequence[PlanDigest]],
    surroundings: Surroundings,
) -> StartPage:
    """Compose the start page: find your förbund by your kommun."""
    return StartPage(
        frame=frame(surroundings, "", title=settings.name, description=settings.description),
        name=settings.name,
        description=settings.description,
        letters=tuple(_letters(associations)),
        associations=tuple(
            _association_card(association, plans.get(association.id, ())) for association in associations
        ),
        decided=tuple(_latest_decided(associations, plans)),
        comparison=_comparison("", surroundings),
    )


def _latest_decided(
    associations: Sequence[Association], plans: Mapping[str, Sequence[PlanDigest]]
) -> Iterator[DecidedPlan]:
    """Yield the plans that were decided last. Those decided on the same day stand in the order of the förbund."""
    found = [
        (digest.decided, association, digest)
        for association in associations
        for digest in plans.get(association.id, ())
        if digest.decided
    ]
    for _, association, digest in sorted(found, key=lambda one: one[0], reverse=True)[:LATEST]:
        yield DecidedPlan(association.name, _plan_card("", digest))


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


def _association_card(association: Association, digests: Sequence[PlanDigest]) -> AssociationCard:
    current = current_plan(digests)
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
    plans: Sequence[PlanDigest]
    monies: Sequence[PlanMoney]
    drawn: Sequence[Drawn]
    """The charts of its money over the years."""
    has_goals_page: bool
    article: Article


def association_page(parts: AssociationParts, surroundings: Surroundings, texts: Texts) -> AssociationPage:
    """Compose a förbund's page, the one to cite: it collects all its plans."""
    association = parts.association
    path = f"{association.id}/"
    own = sorted(parts.plans, key=lambda digest: digest.year, reverse=True)
    current = current_plan(own)
    municipalities = listed([member.name for member in _municipalities(association)])
    described = f" Medlemskommuner: {municipalities}." if municipalities else ""
    return AssociationPage(
        frame=frame(
            surroundings,
            path,
            title=association.name,
            description=f"{association.name}: planer och budget.{described}",
            above=(Neighbour(association.name, path),),
        ),
        name=association.name,
        facts=tuple(_facts(association)),
        members=tuple(_member_groups(association.members)),
        current=_plan_card(path, current) if current else None,
        plans=tuple(_plan_card(path, digest) for digest in own),
        proposals=tuple(_proposal(path, digest) for digest in own if _awaits_decision(digest, own)),
        money=money_years(path, parts.monies, parts.drawn, texts),
        goals=link(path, goals_neighbour(association.id)) if parts.has_goals_page else None,
        comparison=_comparison(path, surroundings),
        article_html=Markup(parts.article.html),
        contact=contact_view(association.contact),
    )


def _awaits_decision(digest: PlanDigest, plans: Sequence[PlanDigest]) -> bool:
    """Whether a plan is a proposal that no later plan has overtaken."""
    return bool(digest.notice) and not any(other.is_decided and other.year > digest.year for other in plans)


def _proposal(here: str, digest: PlanDigest) -> Banner:
    target = link(here, Neighbour(f"Läs {digest.title}", plan_path(digest)))
    return Banner("proposal", f"Förslag för {digest.year}", digest.notice or "", target)


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
