"""The page about the figures: what words mean, how figures are made comparable, what is known to differ.

It gathers all plans, so it is made from the little that each tells (`PlanAbout`). Where that is much, each förbund gets
a page of its own beneath this one, and the page itself stays as short as it was.
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
"""With more förbund that have remarks, or more remarks, each förbund's stand on a page of their own."""


class AdministrationRow(Struct, frozen=True):
    """What a förbund counts as administration."""

    name: str
    href: str
    counted: str | None
    """None when it hasn't said."""


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


class Remarked(Struct, frozen=True):
    """What decides which sections the page has."""

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
    """In place of `remarks`, when there are many."""
    search: SearchTags = SearchTags(Shelf.CURRENT.value)


class RemarksPage(Page, frozen=True):
    """One förbund's remarks, on a site with many."""

    template: ClassVar = "pages/remarks.html"

    name: str
    remarks: AssociationRemarks


def about_figures_page(
    associations: Sequence[Association], abouts: Sequence[PlanAbout], surroundings: Surroundings, texts: Texts
) -> AboutFiguresPage:
    """Compose the page. `abouts` tell of the plans that there is something to tell of."""
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
    """Whether there are so many remarks, by förbund, that each förbund's stand on a page of their own."""
    return sum(count > 0 for count in remarks.values()) > MOST_ASSOCIATIONS or sum(remarks.values()) > MOST_REMARKS


def pointer_to_remarks(association: Association, surroundings: Surroundings, texts: Texts) -> PointerPage:
    """Compose what stands at the address of a förbund's own page as long as it needs none: links to it always hold."""
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
    """Compose the page of what is known to differ in one förbund's plans."""
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
    """Return the address of the page with one förbund's remarks."""
    return f"{PATH}{association.id}/"


def _by_association(abouts: Iterable[PlanAbout]) -> dict[str, list[PlanAbout]]:
    """Return what there is to remark on, by förbund, newest first."""
    found: dict[str, list[PlanAbout]] = {}
    for about in sorted(abouts, key=lambda about: about.year, reverse=True):
        if about.count:
            found.setdefault(about.association, []).append(about)
    return found


def _count(abouts: Iterable[PlanAbout]) -> int:
    return sum(about.count for about in abouts)


# --- What differs ---------------------------------------------------------------------------------------------------


def _remarks(here: str, association: Association, abouts: Sequence[PlanAbout], texts: Texts) -> AssociationRemarks:
    plans = tuple(_plan_remarks(here, association, about, texts) for about in abouts)
    return AssociationRemarks(_anchor(association), association.name, _counted(abouts, texts), plans)


def _anchor(association: Association) -> str:
    """Return the id that a förbund's remarks have on the page for all."""
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
    """Say how many deviations and corrections there are: "1 avvikelse och 9 rättelser"."""
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
