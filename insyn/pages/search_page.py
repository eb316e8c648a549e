"""The search page: a form, and an index from A to Ö of förbund, kommuner and plans that needs no script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct, json

from insyn.model import Association, Funder, Status
from insyn.pages.frame import SEARCH, Neighbour, Page, Surroundings, frame, link
from insyn.pages.parts import PageLink
from insyn.swedish import sort_key
from insyn.texts import Texts


class IndexEntry(Struct, frozen=True):
    """An entry in the index from A to Ö: a förbund with its plans, or a kommun with its förbund."""

    name: str
    href: str | None
    """Address of the förbund's page; None for a kommun."""
    links: tuple[PageLink, ...]


class IndexLetter(Struct, frozen=True):
    letter: str
    entries: tuple[IndexEntry, ...]


class SearchPage(Page, frozen=True):
    template: ClassVar = "pages/search.html"
    associations: tuple[str, ...]
    """Options of the filter, named as in `SearchTags`."""
    years: tuple[int, ...]
    """Options of the filter, the latest first."""
    older: tuple[int, ...]
    """Parts of the index that are searched only on demand: 0 if there are plans of even years, 1 if of odd."""
    letters: tuple[IndexLetter, ...]
    words: str
    """The word list of the search, as JSON for its script."""


class SearchedPlan(Struct, frozen=True):
    """The plan that applies for a year, as listed in the index."""

    path: str
    year: int
    status: Status


def search_page(
    associations: Sequence[Association],
    plans: Mapping[str, Sequence[SearchedPlan]],
    older: tuple[int, ...],
    surroundings: Surroundings,
    texts: Texts,
) -> SearchPage:
    """Compose the page. `plans` are those of each förbund, by its id, the latest first."""
    entries = [*_association_entries(associations, plans, texts), *_municipality_entries(associations)]
    title = texts.say("search-title")
    page_frame = frame(
        surroundings,
        SEARCH,
        title=title,
        description=texts.say("search-description"),
        above=(Neighbour(title, SEARCH),),
    )
    return SearchPage(
        frame=page_frame,
        associations=tuple(sorted((association.name for association in associations), key=sort_key)),
        years=tuple(sorted({plan.year for own in plans.values() for plan in own}, reverse=True)),
        older=older,
        letters=tuple(_letters(entries)),
        words=json.encode(texts.search).decode(),
    )


def _association_entries(
    associations: Iterable[Association], plans: Mapping[str, Sequence[SearchedPlan]], texts: Texts
) -> Iterator[IndexEntry]:
    for association in associations:
        home = link(SEARCH, Neighbour(association.name, f"{association.id}/"))
        links = tuple(link(SEARCH, _listed(plan, texts)) for plan in plans.get(association.id, ()))
        yield IndexEntry(association.name, home.href, links)


def _listed(plan: SearchedPlan, texts: Texts) -> Neighbour:
    proposed = plan.status is Status.PROPOSAL
    return Neighbour(texts.say("search-listed-proposal" if proposed else "search-listed", year=plan.year), plan.path)


def _municipality_entries(associations: Iterable[Association]) -> Iterator[IndexEntry]:
    homes: dict[str, list[Neighbour]] = {}
    for association in associations:
        for member in association.members:
            if member.kind is Funder.MUNICIPALITY:
                homes.setdefault(member.name, []).append(Neighbour(association.name, f"{association.id}/"))
    for name, own in homes.items():
        yield IndexEntry(name, None, tuple(link(SEARCH, home) for home in own))


def _letters(entries: Iterable[IndexEntry]) -> Iterator[IndexLetter]:
    letters: dict[str, list[IndexEntry]] = {}
    for entry in sorted(entries, key=lambda entry: sort_key(entry.name)):
        letters.setdefault(entry.name[0].upper(), []).append(entry)
    for letter, own in letters.items():
        yield IndexLetter(letter, tuple(own))
