"""The ledger of everything published: a human-readable text file in the content folder, with a line per version.

A line records that a version with these hashes was at an address on a day. Lines are added, never changed: so the
ledger shows when a version was first published, whether a frozen one is unchanged, and which addresses must still work.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from insyn.money.fingerprint import DIGITS
from insyn.problems import Found, Place, Problem, problem
from insyn.swedish import day as in_words
from insyn.versions.arrangement import Version, YearPlans

FROZEN = "/versioner/"
CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)\s+(?P<address>[a-z0-9]\S*/)\s+(?P<file>\S+\.md)"
    rf"\s+källa:(?P<source>[0-9a-f]{{{DIGITS}}})\s+siffror:(?P<figures>[0-9a-f]{{{DIGITS}}})\Z"
)


class LedgerEntry(Struct, frozen=True):
    """A version and its address from the root of the site: "norr/2026/forslag/"."""

    address: str
    file: str
    """Path under the content folder. A version in `versioner/` is frozen; a `plan.md` is the working copy."""
    source: str
    """Hash of its file, independent of line endings."""
    figures: str
    """Hash of all its amounts."""

    @property
    def is_frozen(self) -> bool:
        return FROZEN in self.file


class LedgerLine(Struct, frozen=True):
    day: date
    entry: LedgerEntry
    place: Place


# --- As text --------------------------------------------------------------------------------------------------------


def read_ledger(text: str, file: str, found: Found) -> tuple[LedgerLine, ...]:
    """Read the ledger's normalised text. An unreadable line is a problem; so is an unfinished merge, once."""
    lines = []
    in_conflict = False
    for number, written in enumerate(text.split("\n"), start=1):
        place = Place(file, number, 1, len(written) + 1)
        if CONFLICT.match(written):
            if not in_conflict:
                found.add("ledger-conflict", place)
            in_conflict = True
        elif written.strip() and not written.lstrip().startswith("#"):
            line = _line(written.strip(), place)
            if line is None:
                found.add("ledger-unreadable", place)
            else:
                lines.append(line)
    return tuple(lines)


def _line(written: str, place: Place) -> LedgerLine | None:
    match = LINE.match(written)
    try:
        day = date.fromisoformat(match["day"]) if match else None
    except ValueError:
        return None
    if match is None or day is None:
        return None
    return LedgerLine(day, LedgerEntry(match["address"], match["file"], match["source"], match["figures"]), place)


def as_lines(entries: Iterable[LedgerEntry], day: date) -> list[str]:
    """Return a line of the ledger for each entry."""
    return [
        f"{day.isoformat()}  {one.address}  {one.file}  källa:{one.source}  siffror:{one.figures}" for one in entries
    ]


# --- Comparison -----------------------------------------------------------------------------------------------------


def entries_of(years: Iterable[YearPlans]) -> Iterator[LedgerEntry]:
    """Yield every version of every plan, with the address that it keeps the longest."""
    for year in years:
        pointers = {pointer.path for pointer in year.pointers if pointer.kept}
        for version in year.versions:
            lasting = f"{year.path}{version.name}/"
            yield _entry(version, lasting if lasting in pointers else version.path)


def _entry(version: Version, address: str) -> LedgerEntry:
    digest = version.digest
    file = f"{FROZEN.strip('/')}/{digest.version}.md" if digest.version else "plan.md"
    return LedgerEntry(address, f"{digest.association}/{digest.year}/{file}", digest.source, digest.figures)


def new_entries(ledger: Sequence[LedgerLine], entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Return the entries that the ledger lacks, or whose latest line at the same address differs."""
    latest = _latest(ledger)
    return [one for one in entries if one.address not in latest or latest[one.address].entry != one]


def first_days(ledger: Iterable[LedgerLine]) -> Mapping[str, date]:
    """Return the day when each version was first published, by the hash of its source."""
    days: dict[str, date] = {}
    for line in ledger:
        source = line.entry.source
        days[source] = min(line.day, days.get(source, line.day))
    return days


def changed(ledger: Sequence[LedgerLine], entries: Iterable[LedgerEntry]) -> Iterator[Problem]:
    """Yield a problem for each version that differs from its line in the ledger."""
    latest = _latest(ledger)
    for entry in entries:
        line = latest.get(entry.address)
        if line is not None and line.entry.source != entry.source:
            yield from _changed(line, entry, line.place.file.rpartition("/")[0])


def _changed(line: LedgerLine, entry: LedgerEntry, folder: str) -> Iterator[Problem]:
    has_other_figures = line.entry.figures != entry.figures
    hint, day = "ledger-figures" if has_other_figures else "ledger-text", in_words(line.day)
    place = Place(f"{folder}/{entry.file}")
    if line.entry.is_frozen and entry.is_frozen:
        yield problem("frozen-changed", place, hint=hint, day=day)
    elif entry.is_frozen:
        yield problem("frozen-otherwise", place, hint=hint, day=day)
    elif has_other_figures and not line.entry.is_frozen and not entry.address.endswith("/forslag/"):
        yield problem("decided-changed", place, day=day)


def vanished(
    ledger: Sequence[LedgerLine], addresses: frozenset[str], associations: frozenset[str]
) -> Iterator[Problem]:
    """Yield a problem for each address that would stop working; only one for all addresses of a removed förbund."""
    gone: dict[str, list[LedgerLine]] = {}
    for line in _latest(ledger).values():
        if line.entry.address not in addresses:
            association, year = line.entry.address.split("/")[:2]
            whole = association if association not in associations else f"{association}/{year}"
            gone.setdefault(whole, []).append(line)
    for whole, lines in gone.items():
        if "/" not in whole:
            yield problem("association-vanished", lines[0].place, id=whole, count=len(lines))
            continue
        for line in lines:
            yield problem("address-vanished", line.place, address=line.entry.address, plan=f"{whole}/plan.md")


def _latest(ledger: Iterable[LedgerLine]) -> dict[str, LedgerLine]:
    """Return the latest line of each address: the last of those with the latest day."""
    latest: dict[str, LedgerLine] = {}
    for line in ledger:
        if line.entry.address not in latest or line.day >= latest[line.entry.address].day:
            latest[line.entry.address] = line
    return latest
