"""The pages beside plans: lättläst, and in other languages. They belong to the version that applies for the year."""

from collections.abc import Iterator

from insyn.model import Association, Summary
from insyn.pages.summary_page import SummaryPage, ToldPlan, kind_of, summary_page
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.arrangement import YearPlans, latest_decided, shelf_of


def summary_pages(layout: SiteLayout, around: str, texts: Texts) -> Iterator[OtherPage]:
    """Yield a page for each text beside a published plan."""
    years = {(year.association, year.year): year for year in layout.years}
    associations = {one.id: one for one in layout.site.surround.associations}
    for summary in layout.site.surround.summaries:
        year, association = years.get((summary.association, summary.year)), associations.get(summary.association)
        if year and association:
            yield _summary(summary, year, association, layout, around, texts)


def _summary(
    summary: Summary, year: YearPlans, association: Association, layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    article = dict(layout.site.articles)[summary.place.file]
    digest = year.applying.digest
    shelf = shelf_of(year.applying, year, latest_decided(layout.by_association[association.id]))
    kind = kind_of(summary, shelf)
    parts = (around, layout.sums[association.id], repr(summary), repr(article), digest.summary_sum, shelf.value)

    def make(fetch: Fetch) -> SummaryPage:
        shown = fetch.excerpt(digest).summary
        plan = ToldPlan(year.path, shown.title, digest.status, shown.status_text, shelf)
        return summary_page(summary, article, plan, association, layout.surroundings, texts)

    return OtherPage(f"{summary.id}/", kind, (*parts, digest.status.value), make)
