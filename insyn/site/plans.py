"""A version of a plan on the site: its page, the origin stated in its files, and its standing among versions."""

from collections.abc import Iterator, Sequence, Set

from msgspec.structs import replace

from insyn.downloads.files import Origin
from insyn.model import Association, Kronor, Status
from insyn.pages.frame import Neighbour, Surroundings
from insyn.pages.history import VersionLine
from insyn.pages.plan_page import Offered, PlanPage, PlanParts, Standing, plan_page
from insyn.pages.status_words import status_text, version_name
from insyn.site.facts import PlanWork, SiteFacts
from insyn.site.layout import SiteLayout, licence_of
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf, Version, YearPlans, latest_decided, natural_name, shelf_of
from insyn.versions.revisions import rise_of
from insyn.vocabulary import LICENCE_ADDRESSES, LICENCE_NAMES


def compose_plan(
    work: PlanWork,
    association: Association,
    standing: Standing,
    offered: Offered,
    surroundings: Surroundings,
    texts: Texts,
) -> PlanPage:
    """Compose the page of a version of a plan."""
    texts = texts.about(work.plan.document.value)
    parts = PlanParts(
        plan=work.plan,
        association=association,
        summary=work.excerpt.summary,
        story=work.excerpt.story,
        charts=work.charts,
        article=work.article,
        judgements=work.judgements,
        offered=offered,
    )
    return plan_page(parts, standing, surroundings, texts)


def on_paper(version: Version, rise: Kronor | None) -> Standing:
    """Return a version's standing on paper: itself and what it revised, so that later versions don't change its PDF."""
    path = f"{version.digest.association}/{version.digest.year}/"
    cited = path if version.digest.is_decided else _cited(version)
    return Standing(path, path, cited, None, None, (), rise, Shelf.CURRENT, None, (None, None))


def paper_origin(origin: Origin, version: Version, standing: Standing) -> Origin:
    """Return the origin stated in a PDF's attachments: that of a version by itself."""
    name = natural_name(version.digest) or version.name
    return replace(origin, version=name, path=standing.cited, top=_to_top(standing.path))


def _cited(version: Version) -> str:
    """Return the address to cite. A proposal's own address stays its own when the year's shows the decided plan."""
    if version.digest.status is Status.PROPOSAL and version.applies:
        return f"{version.path}{version.name}/"
    return version.path


def _to_top(path: str) -> str:
    return "../" * path.count("/")


def origin_of(site: SiteFacts, version: Version, texts: Texts) -> Origin:
    """Return the origin stated in a version's files."""
    digest, settings = version.digest, site.surround.settings
    licence = licence_of(settings)
    named = f"{LICENCE_NAMES[licence]}, {LICENCE_ADDRESSES[licence]}" if licence else texts.say("no-licence")
    return Origin(
        version=version.name,
        path=_cited(version),
        top=_to_top(version.path),
        site=settings.address if settings else None,
        status=status_text(digest.status, digest.day, texts),
        licence=named,
    )


def standings_of(layout: SiteLayout, texts: Texts, but: Set[str] = frozenset()) -> Iterator[tuple[Version, Standing]]:
    """Yield every version and its standing, except the versions of the förbund in `but`."""
    wanted = {association: years for association, years in layout.by_association.items() if association not in but}
    latest = {association: latest_decided(years) for association, years in wanted.items()}
    around = {association: _years_around(years) for association, years in wanted.items()}
    for year in layout.years:
        if year.association in but:
            continue
        newest = latest[year.association]
        lines = tuple(_version_lines(year, texts)) if len(year.versions) > 1 else ()
        for version in year.versions:
            followed = year.after(version)
            before, after = around[year.association][year.year]
            yield (
                version,
                Standing(
                    path=version.path,
                    applying=year.path,
                    cited=_cited(version),
                    newer=newest if newest > year.year else None,
                    followed=followed.digest.came if followed else None,
                    versions=lines,
                    rise=rise_of(version, year),
                    since=layout.first_days.get(version.digest.source),
                    shelf=shelf_of(version, year, newest),
                    years=(before, after),
                    summaries=layout.summaries_of(year) if version.applies else (),
                    original=layout.original_of(version.digest),
                ),
            )


def _years_around(years: Sequence[YearPlans]) -> dict[int, tuple[Neighbour | None, Neighbour | None]]:
    """Return, by year, links to the förbund's previous and next plan; None if there is none."""
    links = [Neighbour(str(year.year), year.path) for year in sorted(years, key=lambda year: year.year)]
    nearest = zip([None, *links[:-1]], links, [*links[1:], None], strict=True)
    return {int(own.text): (before, after) for before, own, after in nearest}


def _version_lines(year: YearPlans, texts: Texts) -> Iterator[VersionLine]:
    """Yield the lines of a year's version history, latest first."""
    before = [None, *year.versions]
    for version, older in reversed(list(zip(year.versions, before, strict=False))):
        digest = version.digest
        changes = difference_path(year, older) if older else None
        follows = bool(older and digest.followed_up and older.digest.day == digest.day and older.digest.is_decided)
        yield VersionLine(version_name(digest, texts), version.path, version.applies, changes, follows)


def difference_path(year: YearPlans, older: Version) -> str:
    """Return the path of the page of changes after a version. It is permanent, since the version is frozen."""
    return f"{year.path}andringar/{older.digest.version}/"
