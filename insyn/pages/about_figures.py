"""The page about the figures: definitions, how figures are made comparable, and known deviations.

It covers all plans, so it is built from a small part of each (`PlanAbout`). If there is much to show, each förbund gets
a page of its own below this one, and the page itself stays short.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct

from insyn.model import Association
from insyn.pages.about_ceiling import CeilingView, ceiling_views
from insyn.pages.about_plan import CorrectionView, PlanAbout
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link
from insyn.pages.parts import ContentsItem, DeviationView, SearchTags
from insyn.pages.pointer_page import PointerPage
from insyn.pages.sections import PageSection, contents_of, headings_of
from insyn.pages.terms import TermView, term_views
from insyn.swedish import capitalised, listed, number_word
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf

PATH = "om-uppgifterna/"
TITLE = "Om uppgifterna"
MOST_ASSOCIATIONS, MOST_REMARKS = 20, 100
"""Limits above which each förbund's remarks move to a page of their own: förbund with remarks, and remarks in all."""


class AdministrationRow(Struct, frozen=True):
    """The costs that a förbund counts as administration."""

    name: str
    href: str
    counted: str | None
    """None if the förbund hasn't stated it."""


class PlanRemarks(Struct, frozen=True):
    """The known deviations of one plan, and the corrections of its source."""

    heading: str
    href: str
    deviations: tuple[DeviationView, ...]
    corrections: tuple[CorrectionView, ...]
    table_id: str
    table_caption: str
    """Unique on the page, for readers who navigate from table to table."""


class AssociationRemarks(Struct, frozen=True):
    id: str
    name: str
    count: str
    """The number of deviations and corrections, in words."""
    plans: tuple[PlanRemarks, ...]


class RemarksLink(Struct, frozen=True):
    """A förbund whose remarks have a page of their own."""

    name: str
    href: str
    count: str


class Remarked(Struct, frozen=True):
    """The facts that decide which sections the page has."""

    has_ceilings: bool
    has_remarks: bool


SECTIONS = (
    PageSection[Remarked]("ordlista", "Ordlista"),
    PageSection[Remarked]("sa-raknar-vi", "Så går siffrorna att jämföra"),
    PageSection[Remarked]("noll-tomt-streck", "Noll, tomt och streck"),
    PageSection[Remarked]("administration", "Vad som räknas som administration"),
    PageSection[Remarked]("tak-for-eget-kapital", "Tak för eget kapital", lambda of: of.has_ceilings),
    PageSection[Remarked]("avvikelser", "Avvikelser och rättelser", lambda of: of.has_remarks),
    PageSection[Remarked]("kallor", "Källor"),
)


class AboutFiguresPage(Page, frozen=True):
    template: ClassVar = "pages/about_figures.html"
    headings: ClassVar = headings_of(SECTIONS)
    contents: tuple[ContentsItem, ...]
    terms: tuple[TermView, ...]
    ceilings: tuple[CeilingView, ...]
    administration: tuple[AdministrationRow, ...]
    remarks: tuple[AssociationRemarks, ...]
    remarks_elsewhere: tuple[RemarksLink, ...]
    """Replaces `remarks` if there are many."""
    search: SearchTags = SearchTags(Shelf.CURRENT.value)


class RemarksPage(Page, frozen=True):
    """The remarks on one förbund's plans, on a site with many."""

    template: ClassVar = "pages/remarks.html"

    name: str
    remarks: AssociationRemarks


def about_figures_page(
    associations: Sequence[Association], abouts: Sequence[PlanAbout], surroundings: Surroundings, texts: Texts
) -> AboutFiguresPage:
    """Compose the page. `abouts` covers the plans that have anything to show here."""
    own = _by_association(abouts)
    with_remarks = [association for association in associations if association.id in own]
    apart = stand_apart({id: _count(plans) for id, plans in own.items()})
    here = () if apart else tuple(_remarks(PATH, one, own[one.id], texts) for one in with_remarks)
    elsewhere = tuple(_remarks_link(one, own[one.id], texts) for one in with_remarks) if apart else ()
    ceilings = ceiling_views(associations, abouts, texts)
    return AboutFiguresPage(
        frame=frame(
            surroundings,
            PATH,
            title=TITLE,
            description=texts.say("about-description"),
            above=(Neighbour(TITLE, PATH),),
        ),
        contents=contents_of(SECTIONS, Remarked(has_ceilings=bool(ceilings), has_remarks=bool(with_remarks))),
        terms=term_views(texts.terms),
        ceilings=ceilings,
        administration=tuple(_administration(association, texts) for association in associations),
        remarks=here,
        remarks_elsewhere=elsewhere,
    )


def stand_apart(remarks: Mapping[str, int]) -> bool:
    """Whether there are so many remarks, given by förbund, that each förbund's get a page of their own."""
    return sum(count > 0 for count in remarks.values()) > MOST_ASSOCIATIONS or sum(remarks.values()) > MOST_REMARKS


def pointer_to_remarks(association: Association, surroundings: Surroundings, texts: Texts) -> PointerPage:
    """Compose a redirect at the address of a förbund's own page while there is none, so that links always work."""
    path, title = path_of(association), texts.say("remarks-title", association=association.name)
    target = Neighbour(texts.say("pointer-link", title=title), f"{PATH}#{_anchor(association)}")
    return PointerPage(
        frame=frame(
            surroundings,
            path,
            title=title,
            description=texts.say("leads-kept"),
            above=(Neighbour(TITLE, PATH), Neighbour(association.name, path)),
            indexed=False,
        ),
        title=title,
        sentence=texts.say("leads-kept"),
        target=link(path, target),
        moves_on=True,
    )


def remarks_page(
    association: Association, abouts: Sequence[PlanAbout], surroundings: Surroundings, texts: Texts
) -> RemarksPage:
    """Compose the page of the remarks on one förbund's plans."""
    path = path_of(association)
    return RemarksPage(
        frame=frame(
            surroundings,
            path,
            title=texts.say("remarks-title", association=association.name),
            description=texts.say("remarks-description", association=association.name),
            above=(Neighbour(TITLE, PATH), Neighbour(association.name, path)),
        ),
        name=association.name,
        remarks=_remarks(path, association, abouts, texts),
    )


def path_of(association: Association) -> str:
    """Return the address of the page of one förbund's remarks."""
    return f"{PATH}{association.id}/"


def _by_association(abouts: Iterable[PlanAbout]) -> dict[str, list[PlanAbout]]:
    """Group the plans that have remarks by förbund, newest first."""
    found: dict[str, list[PlanAbout]] = {}
    for about in sorted(abouts, key=lambda about: about.year, reverse=True):
        if about.count:
            found.setdefault(about.association, []).append(about)
    return found


def _count(abouts: Iterable[PlanAbout]) -> int:
    return sum(about.count for about in abouts)


# --- Remarks --------------------------------------------------------------------------------------------------------


def _remarks(here: str, association: Association, abouts: Sequence[PlanAbout], texts: Texts) -> AssociationRemarks:
    plans = tuple(_plan_remarks(here, association, about, texts) for about in abouts)
    return AssociationRemarks(_anchor(association), association.name, _counted(abouts, texts), plans)


def _anchor(association: Association) -> str:
    """Return the id of a förbund's remarks on the page for all."""
    return f"om-{association.id}"


def _plan_remarks(here: str, association: Association, about: PlanAbout, texts: Texts) -> PlanRemarks:
    plan = f"{about.association}/{about.year}"
    return PlanRemarks(
        heading=about.title,
        href=link(here, Neighbour(about.title, f"{plan}/")).href,
        deviations=about.deviations,
        corrections=about.corrections,
        table_id=f"tabell-{plan.replace('/', '-')}",
        table_caption=texts.say("remarks-caption", association=association.short_name, year=about.year),
    )


def _remarks_link(association: Association, abouts: Sequence[PlanAbout], texts: Texts) -> RemarksLink:
    target = link(PATH, Neighbour(association.name, path_of(association)))
    return RemarksLink(association.name, target.href, _counted(abouts, texts))


def _counted(abouts: Sequence[PlanAbout], texts: Texts) -> str:
    """Format the number of deviations and corrections: "1 avvikelse och 9 rättelser"."""
    counts: Mapping[str, int] = {
        "deviation": sum(len(about.deviations) for about in abouts),
        "correction": sum(len(about.corrections) for about in abouts),
    }
    return listed([_number_of(kind, count, texts) for kind, count in counts.items() if count])


def _number_of(kind: str, count: int, texts: Texts) -> str:
    many = "one" if count == 1 else "many"
    return texts.say(f"remarks-{many}-{kind}", count=number_word(count))


# --- Administration -------------------------------------------------------------------------------------------------


def _administration(association: Association, texts: Texts) -> AdministrationRow:
    words = [texts.say(f"purpose-{purpose.value}").lower() for purpose in association.administration]
    target = link(PATH, Neighbour(association.name, f"{association.id}/"))
    return AdministrationRow(association.name, target.href, capitalised(listed(words)) or None)
