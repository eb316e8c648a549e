"""The pages about the site's figures and accessibility."""

from collections import Counter
from collections.abc import Iterator, Sequence

from insyn.model import Association, Settings
from insyn.pages import about_figures, accessibility
from insyn.pages.about_figures import AboutFiguresPage, RemarksPage
from insyn.pages.about_plan import PlanAbout
from insyn.pages.accessibility import StatementPage
from insyn.pages.pointer_page import PointerPage
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.digest import PlanDigest


def about_pages(settings: Settings, layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield the pages about the site's figures and accessibility."""
    associations, surroundings = layout.site.surround.associations, layout.surroundings
    digests = [year.applying.digest for year in layout.years if year.applying.digest.has_about]
    parts = (around, layout.associations_sum, *(digest.about_sum for digest in digests))

    def abouts(fetch: Fetch) -> list[PlanAbout]:
        return [about for digest in digests if (about := fetch.excerpt(digest).about)]

    def make(fetch: Fetch) -> AboutFiguresPage:
        return about_figures.about_figures_page(associations, abouts(fetch), surroundings, texts)

    yield OtherPage(about_figures.PATH, AboutFiguresPage, parts, make)
    remarks = Counter({digest.association: 0 for digest in digests})
    for digest in digests:
        remarks[digest.association] += digest.remarks
    apart = about_figures.stand_apart(remarks)
    for association in associations:
        if remarks[association.id]:
            own = [one for one in digests if one.association == association.id]
            yield (_remarks if apart else _no_remarks)(association, own, layout, around, texts)
    if settings.statement:
        statement = settings.statement

        def make_statement(_: Fetch) -> StatementPage:
            return accessibility.statement_page(statement, settings, surroundings, texts)

        yield OtherPage(accessibility.PATH, StatementPage, (around, repr(settings)), make_statement)


def _remarks(
    association: Association, digests: Sequence[PlanDigest], layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    def make(fetch: Fetch) -> RemarksPage:
        abouts = [about for digest in digests if (about := fetch.excerpt(digest).about)]
        return about_figures.remarks_page(association, abouts, layout.surroundings, texts)

    parts = (around, layout.sums[association.id], *(digest.about_sum for digest in digests))
    return OtherPage(about_figures.path_of(association), RemarksPage, parts, make)


def _no_remarks(
    association: Association, _digests: Sequence[PlanDigest], layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    """Return a pointer page in place of a förbund's remarks, which a small site has on one page."""

    def make(_: Fetch) -> PointerPage:
        return about_figures.pointer_to_remarks(association, layout.surroundings, texts)

    return OtherPage(about_figures.path_of(association), PointerPage, (around, association.name), make)
