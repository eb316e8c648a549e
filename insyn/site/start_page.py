"""The start page, where there are several förbund."""

from collections.abc import Mapping, Sequence
from heapq import nlargest

from insyn.pages.start_page import StartPage, StartPlans, start_page
from insyn.site.association import current_of, listed_plan
from insyn.site.layout import Fetch, OtherPage, SiteLayout
from insyn.versions.arrangement import YearPlans, current_proposals

LATEST = 3
"""Number of recently decided plans listed on the start page."""


def composed_start_page(layout: SiteLayout, years: Mapping[str, Sequence[YearPlans]], around: str) -> OtherPage:
    surround, names = layout.site.surround, {one.id: one.name for one in layout.site.surround.associations}
    current = {association: year for association, own in years.items() if (year := current_of(own))}
    decided = _decided_last(layout, list(names))
    proposed = [version for own in years.values() for _, version in current_proposals(own)]
    proposed.sort(key=lambda version: list(names).index(version.digest.association))
    shown = [*(year.applying for year in (*current.values(), *decided)), *proposed]
    sums = (f"{version.path}{version.digest.summary_sum}" for version in shown)
    parts = (around, repr(surround.settings), layout.associations_sum, str(len(proposed)), *sums)

    def make(fetch: Fetch) -> StartPage:
        assert surround.settings
        listed = {association: listed_plan(year.applying, fetch) for association, year in current.items()}
        latest = [(names[year.association], listed_plan(year.applying, fetch)) for year in decided]
        pending = [(names[one.digest.association], listed_plan(one, fetch)) for one in proposed]
        told = StartPlans(listed, latest, pending)
        return start_page(surround.settings, surround.associations, told, layout.surroundings)

    return OtherPage("", StartPage, parts, make)


def _decided_last(layout: SiteLayout, order: Sequence[str]) -> list[YearPlans]:
    """Return the `LATEST` plans by day of decision; those of the same day in the order of the förbund."""
    places = {association: place for place, association in enumerate(order)}
    dated = [(year.applying.digest.day, year) for year in layout.years if year.applying.digest.is_decided]
    known = [(day, year) for day, year in dated if day]
    last = nlargest(LATEST, known, key=lambda one: (one[0], -places[one[1].association], one[1].year))
    return [year for _, year in last]
