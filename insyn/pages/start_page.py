"""The start page of a site with several förbund: find yours by your kommun."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct

from insyn.model import Association, Settings
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link, link_to_comparison
from insyn.pages.glance import municipality_id
from insyn.pages.parts import PageLink
from insyn.pages.plan_card import ListedPlan, PlanCard, plan_card
from insyn.pages.topics import site_topic
from insyn.swedish import listed, sort_key


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
    """A plan among the most recently decided."""

    association: str
    plan: PlanCard


class ProposedPlan(Struct, frozen=True):
    """A proposal that awaits a decision."""

    association: str
    plan: PlanCard
    notice: str


class StartPlans(Struct, frozen=True):
    """The plans on the start page."""

    current: Mapping[str, ListedPlan]
    """The plans that apply, by förbund."""
    decided: Sequence[tuple[str, ListedPlan]]
    """The most recently decided plans, each with the name of its förbund."""
    proposed: Sequence[tuple[str, ListedPlan]]
    """The proposals that await a decision, each with the name of its förbund."""


class StartPage(Page, frozen=True):
    template: ClassVar = "pages/start.html"
    name: str
    description: str
    proposed: tuple[ProposedPlan, ...]
    """The proposals that await a decision."""
    letters: tuple[LetterGroup, ...]
    associations: tuple[AssociationCard, ...]
    decided: tuple[DecidedPlan, ...]
    """The most recently decided plans, newest first."""
    comparison: PageLink | None


def start_page(
    settings: Settings,
    associations: Sequence[Association],
    plans: StartPlans,
    surroundings: Surroundings,
) -> StartPage:
    """Compose the start page: the proposals, and the way from a kommun to its förbund."""
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
        proposed=tuple(
            ProposedPlan(name, plan_card("", plan), plan.summary.notice or "") for name, plan in plans.proposed
        ),
        letters=tuple(_letters(associations, plans.current)),
        associations=tuple(_association_card(one, plans.current.get(one.id)) for one in associations),
        decided=tuple(DecidedPlan(name, plan_card("", plan)) for name, plan in plans.decided),
        comparison=link_to_comparison("", surroundings),
    )


def _letters(associations: Sequence[Association], current: Mapping[str, ListedPlan]) -> Iterator[LetterGroup]:
    """Yield the kommuner in Swedish order, by first letter; each links to its contribution, if known."""
    found: dict[str, list[PageLink]] = {}
    for association in associations:
        plan = current.get(association.id)
        for member in association.municipalities:
            paid = municipality_id(member.short_name)
            path = f"{plan.path}#{paid}" if plan and paid in plan.summary.payers else f"{association.id}/"
            found.setdefault(member.short_name, []).append(link("", Neighbour(association.name, path)))
    letters: dict[str, list[MunicipalityEntry]] = {}
    for name in sorted(found, key=sort_key):
        letters.setdefault(name[0].upper(), []).append(MunicipalityEntry(name, tuple(found[name])))
    for letter, entries in letters.items():
        yield LetterGroup(letter, tuple(entries))


def _association_card(association: Association, current: ListedPlan | None) -> AssociationCard:
    return AssociationCard(
        name=association.name,
        href=link("", Neighbour(association.name, f"{association.id}/")).href,
        municipalities=listed([member.short_name for member in association.municipalities]),
        plan=plan_card("", current) if current else None,
    )
