"""A förbund's own pages."""

from collections.abc import Iterator, Sequence

from insyn.downloads.collected import COLLECTED_FILES
from insyn.downloads.fields import OVER_YEARS
from insyn.model import Association, Status
from insyn.pages.association_page import AssociationPage, AssociationParts, HomePage, association_page, home_page
from insyn.pages.frame import DATA, Page, picture_of
from insyn.pages.goals_page import GoalsPage, goals_neighbour, goals_page
from insyn.pages.money_years import charts_over_years
from insyn.pages.other_files import Other, Preview
from insyn.pages.plan_card import ListedPlan
from insyn.site.feeds import feed_of_association
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.texts import Texts
from insyn.versions.arrangement import Version, YearPlans
from insyn.versions.digest import PlanDigest


def association_pages(
    association: Association, years: Sequence[YearPlans], layout: SiteLayout, around: str, texts: Texts
) -> Iterator[OtherPage]:
    """Yield a förbund's page, and its goals page when `_has_goals_page`."""
    yield _page(association, years, layout, around, texts)
    applying = [year.applying.digest for year in reversed(years)]
    if _has_goals_page(applying):
        yield _goals(association, applying, layout, around, texts)


def composed_home_page(
    association: Association, years: Sequence[YearPlans], layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    """Return the start page of a site with a single förbund."""
    page = _page(association, years, layout, around, texts, is_home=True)
    return OtherPage(
        "", HomePage, (repr(layout.site.surround.settings), *page.parts), page.make, page.files, association.id
    )


def _page(
    association: Association,
    years: Sequence[YearPlans],
    layout: SiteLayout,
    around: str,
    texts: Texts,
    *,
    is_home: bool = False,
) -> OtherPage:
    settings = layout.site.surround.settings
    article = dict(layout.site.articles)[association.place.file]
    applying = [year.applying.digest for year in reversed(years)]
    shown = [version for year in years for version in shown_of(year)]
    current, has_goals = current_of(years), _has_goals_page(applying)
    retold = any(version.digest.retold for year in years for version in year.versions)
    parts = (
        *(
            around,
            layout.sums[association.id],
            repr(article),
            current.path if current else "",
            str(has_goals),
            str(retold),
        ),
        *(f"{version.path}{version.digest.status.value}{version.digest.summary_sum}" for version in shown),
        *(digest.money_sum for digest in applying),
    )

    files = tuple(f"{association.id}/{DATA}{name}" for name in COLLECTED_FILES) if years else ()
    over_years = f"{association.id}/{DATA}{OVER_YEARS.file}"
    has_money = any(digest.has_money for digest in applying)

    def make(fetch: Fetch) -> AssociationPage:
        listed = {version.path: listed_plan(version, fetch) for version in shown}
        monies = [fetch.excerpt(digest).money for digest in applying]
        made = AssociationParts(
            association=association,
            plans=tuple(listed.values()),
            current=listed.get(current.path) if current else None,
            monies=monies,
            drawn=[fetch.drawn(chart) for chart in charts_over_years(monies, texts)],
            has_goals_page=has_goals,
            article=article,
            files=list(fetch.facts(files).values()),
            over_years=fetch.facts([over_years])[over_years] if has_money else None,
            retold=retold,
        )
        if settings and is_home:
            return home_page(made, settings, layout.surroundings, texts)
        return association_page(made, layout.surroundings, texts)

    return OtherPage(f"{association.id}/", AssociationPage, parts, make, files, association.id)


def reused_pages(association: Association, years: Sequence[YearPlans]) -> Iterator[OtherPage]:
    """Yield placeholders for a reused förbund's pages, which the sitemap and the search index must list."""
    yield _reused(association, f"{association.id}/", AssociationPage)
    if _has_goals_page([year.applying.digest for year in years]):
        yield _reused(association, goals_neighbour(association.id).path, GoalsPage)


def reused_home_page(association: Association) -> OtherPage:
    """Return a placeholder for the start page of a site whose single förbund is reused."""
    return _reused(association, "", HomePage)


def _reused(association: Association, path: str, kind: type[Page]) -> OtherPage:
    def make(_: Fetch) -> Other:
        raise RuntimeError(f"{association.id} is reused, and never composed")

    return OtherPage(path, kind, (), make, owner=association.id)


def _has_goals_page(applying: Sequence[PlanDigest]) -> bool:
    """Whether a förbund's goals can be followed: from plan to plan, or because one plan states their results."""
    return sum(digest.has_goals for digest in applying) > 1 or any(digest.has_followed for digest in applying)


def _goals(
    association: Association, applying: Sequence[PlanDigest], layout: SiteLayout, around: str, texts: Texts
) -> OtherPage:
    def make(fetch: Fetch) -> GoalsPage:
        return goals_page(association, [fetch.excerpt(one).goals for one in applying], layout.surroundings, texts)

    parts = (around, layout.sums[association.id], *(digest.goals_sum for digest in applying))
    return OtherPage(goals_neighbour(association.id).path, GoalsPage, parts, make, owner=association.id)


def current_of(years: Sequence[YearPlans]) -> YearPlans | None:
    """Return the current year: the latest decided, else the latest proposed, else the latest."""
    decided = [year for year in years if year.applying.digest.is_decided]
    proposed = [year for year in years if year.applying.digest.status is Status.PROPOSAL]
    return max(decided or proposed or years, key=lambda year: year.year, default=None)


def shown_of(year: YearPlans) -> Iterator[Version]:
    """Yield the versions of a year that a förbund's page lists: the applying one, after any newer proposal."""
    if year.proposal and not year.proposal.applies:
        yield year.proposal
    yield year.applying


def listed_plan(version: Version, fetch: Fetch) -> ListedPlan:
    digest = version.digest
    return ListedPlan(version.path, digest.year, digest.status, fetch.excerpt(digest).summary)


def addressed_files(
    association: Association, years: Sequence[YearPlans], layout: SiteLayout, texts: Texts
) -> Iterator[OtherPage]:
    """Yield a förbund's files that need absolute addresses: previews and a feed."""
    for year in years:
        yield _preview(year, association.name, layout.surroundings.site_name)
    yield feed_of_association(association, years, layout, texts)


def _preview(year: YearPlans, name: str, site: str) -> OtherPage:
    """Return the preview image of a year's plan, shown where links are shared. `name` is the förbund's."""
    digest = year.applying.digest

    def make(fetch: Fetch) -> Preview:
        summary = fetch.excerpt(digest).summary
        return Preview(site, summary.title, name, summary.status_text)

    return OtherPage(picture_of(year.path), Preview, (site, name, digest.summary_sum), make, owner=year.association)
