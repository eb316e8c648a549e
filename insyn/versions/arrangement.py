"""The versions of a year's plan: which one applies, the address of each, and which other addresses lead to them.

`/förbund/år/` shows the version that applies: the latest decided one, or a proposal as long as nothing is decided. A
frozen version's file name is its address, so it never changes. Everything is derived from the files: no history is
consulted.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum

from msgspec import Struct

from insyn.model import Status
from insyn.swedish import slug
from insyn.versions.digest import PlanDigest
from insyn.vocabulary import status_word

PROPOSAL = "forslag"
"""The address under the year that always leads to the latest proposal."""


class Shelf(Enum):
    """The part of the search that a version belongs to. The older parts are searched only on demand."""

    CURRENT = "nu"
    """Versions that apply, later proposals, and everything that doesn't belong to a year."""
    OLDER = "äldre"
    """Versions that applied in a year before that of the latest decided plan."""
    EARLIER = "tidigare"
    """Versions that have been followed by another."""


class Version(Struct, frozen=True):
    """A version and its address, from the root of the site: "hoglandet/2024/", "hoglandet/2024/forslag/"."""

    digest: PlanDigest
    path: str
    applies: bool
    name: str
    """Its name in data: its address under the year, or the one it would have there."""


class Pointer(Struct, frozen=True):
    """An address without a version of its own."""

    path: str
    target: str
    kept: bool
    """Whether the version that had the address is now at `target`; otherwise that version isn't kept."""
    day: date | None = None


class YearPlans(Struct, frozen=True):
    """All versions of a förbund's plan for a year, earliest first."""

    association: str
    year: int
    versions: tuple[Version, ...]
    applying: Version
    pointers: tuple[Pointer, ...]

    @property
    def path(self) -> str:
        return f"{self.association}/{self.year}/"

    @property
    def proposal(self) -> Version | None:
        """The latest proposal; None if something has been decided since."""
        latest = self.versions[-1]
        return latest if latest.digest.status is Status.PROPOSAL else None

    def after(self, version: Version) -> Version | None:
        """Return the next version."""
        place = self.versions.index(version)
        return self.versions[place + 1] if place + 1 < len(self.versions) else None


def shelf_of(version: Version, year: YearPlans, newest: int) -> Shelf:
    """Return a version's part of the search. `newest` is the year of the förbund's latest decided plan, or 0."""
    if not version.applies and version is not year.proposal:
        return Shelf.EARLIER
    return Shelf.OLDER if newest > year.year else Shelf.CURRENT


def latest_decided(years: Iterable[YearPlans]) -> int:
    """Return the year of a förbund's latest decided plan; 0 if it has none."""
    return max((year.year for year in years if year.applying.digest.is_decided), default=0)


def current_proposals(years: Sequence[YearPlans]) -> Iterator[tuple[YearPlans, Version]]:
    """Yield the proposals that await a förbund's decision: those that no later decided plan has superseded."""
    newest = latest_decided(years)
    for year in years:
        if year.proposal and year.year >= newest:
            yield year, year.proposal


def arrange(digests: Iterable[PlanDigest]) -> tuple[YearPlans, ...]:
    """Group all plans of a site by förbund and year, in order of first occurrence."""
    by_year: dict[tuple[str, int], list[PlanDigest]] = {}
    for digest in digests:
        by_year.setdefault((digest.association, digest.year), []).append(digest)
    return tuple(_arrange_year(own) for own in by_year.values())


def _arrange_year(digests: Sequence[PlanDigest]) -> YearPlans:
    ordered = sorted(digests, key=_order)
    applying = _applying(ordered)
    first = ordered[0]
    taken = {digest.version for digest in ordered}
    versions = tuple(_version(digest, taken, applies=digest is applying) for digest in ordered)
    alone = len(versions) == 1 and not _has_past(first)
    pointers = () if alone else tuple(_pointers(f"{first.association}/{first.year}/", versions))
    shown = next(version for version in versions if version.applies)
    return YearPlans(first.association, first.year, versions, shown, pointers)


def _order(digest: PlanDigest) -> tuple[bool, date, str]:
    """Return a sort key: the working copy is last, whatever days it states; a version without a day is first."""
    return not digest.version, digest.came or date.min, digest.version


def _applying(ordered: Sequence[PlanDigest]) -> PlanDigest:
    """Return the plan that applies: a revoked one that is the last, else the latest decided, proposed or other."""
    if ordered[-1].status is Status.REVOKED:
        return ordered[-1]
    decided = [digest for digest in ordered if digest.is_decided]
    proposed = [digest for digest in ordered if digest.status is Status.PROPOSAL]
    return (decided or proposed or ordered)[-1]


def _version(digest: PlanDigest, taken: set[str], *, applies: bool) -> Version:
    base = f"{digest.association}/{digest.year}/"
    name = digest.version or _free(natural_name(digest) or _unnamed(digest, applies=applies), taken)
    return Version(digest, base if applies else f"{base}{name}/", applies, name)


def _unnamed(digest: PlanDigest, *, applies: bool) -> str:
    return slug(status_word(digest.status)) if applies else "tidigare"


def natural_name(digest: PlanDigest) -> str | None:
    """Return the name that readers expect for a version: "forslag", or the day of its decision or signing."""
    if digest.status is Status.PROPOSAL:
        return PROPOSAL
    return digest.came.isoformat() if digest.came else None


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}-{number}" for number in range(2, len(taken) + 3) if f"{name}-{number}" not in taken)


# --- Addresses without a version ------------------------------------------------------------------------------------


def _has_past(digest: PlanDigest) -> bool:
    """Whether a plan without frozen versions has had other addresses, or has one that leads to it."""
    has_changed = digest.status in (Status.PROPOSAL, Status.REVISED) or digest.followed_up
    return bool(has_changed or digest.published or digest.aliases)


def _pointers(base: str, versions: Sequence[Version]) -> Iterator[Pointer]:
    """Yield a pointer for each version by its day or kind, for former addresses, and for versions that aren't kept."""
    taken = {version.path for version in versions}
    for pointer in (*_of_versions(base, versions), *_not_kept(base, versions), *_of_aliases(versions)):
        if pointer.path not in taken:
            taken.add(pointer.path)
            yield pointer


def _of_versions(base: str, versions: Sequence[Version]) -> Iterator[Pointer]:
    for version in reversed(versions):
        natural = natural_name(version.digest)
        for name in (version.digest.version, natural, version.name if natural else None):
            if name:
                yield Pointer(f"{base}{name}/", version.path, kept=True, day=version.digest.came)


def _not_kept(base: str, versions: Sequence[Version]) -> Iterator[Pointer]:
    for version in reversed(versions):
        for day in version.digest.days:
            yield Pointer(f"{base}{day.isoformat()}/", base, kept=False, day=day)
    if any(version.digest.published for version in versions):
        yield Pointer(f"{base}{PROPOSAL}/", base, kept=False)


def _of_aliases(versions: Sequence[Version]) -> Iterator[Pointer]:
    for version in versions:
        for alias in version.digest.aliases:
            yield Pointer(f"{alias.path}/", version.path, kept=True)
