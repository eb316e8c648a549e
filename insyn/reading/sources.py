"""Which files is a site built from, sorted by kind? Nothing is read yet."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

SETTINGS = "webbplats.yaml"
LEDGER = "publicerat.txt"
YEAR_DIGITS = 4
FIRST_YEAR, LAST_YEAR = 2004, 2099
"""The years that samordningsförbund may have plans for: since the law of 2003."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""Valid names of folders and pages, which become their addresses."""
RESERVED_IDS = frozenset(
    {"assets", "sidor", "data", "insyn", "jamfor", "om-uppgifterna", "tillganglighet", "sok", "404"}
)
"""Addresses at the root of the site that the site itself uses, now or later."""
COPY = re.compile(
    r"(?=(?s:.*)\.(?:md|yaml)\Z)(?P<stem>[^.]+?)"
    r"(?: ?\([^()]*\)|(?<! ) +(?:- +)?(?:i +)?(?:kopia|copy|konflikt|conflict).*|\.sync-conflict-.*|~\w*)"
    r"(?P<end>\.(?:md|yaml))|(?P<whole>.+\.(?:md|yaml))(?:\.(?:orig|bak|old|rej|tmp|swp|mine|theirs|r\d+)|~)",
    re.IGNORECASE,
)
"""Names that synchronising, merging and editing programs give to copies: "plan (Annas dator).md", "plan.md.orig"."""


def original_of(name: str) -> str | None:
    """Return the name of the file that a copy was made of, judging by the copy's name; None if it isn't a copy's."""
    match = COPY.fullmatch(name)
    if match is None:
        return None
    return match["whole"] or f"{match['stem'].rstrip()}{match['end']}"


DOCUMENT = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:pdf|docx?|odt)\Z")
"""Valid names of an original, which are part of its address."""
SUMMARY = re.compile(r"(?:sammanfattning\.(?P<code>[^.]+)|(?P<easy>lattlast))\.md\Z")
"""File names of a lättläst text and of a summary in another language, beside their plan."""
DOCUMENT_ENDINGS = (".pdf", ".doc", ".docx", ".odt")


class SourceText(Struct, frozen=True):
    """The text of a file. `file` is its path for people, from the project root."""

    file: str
    text: str


class SourceFile(Struct, frozen=True):
    """A file under the content folder. `name` follows from its place: the id of a förbund, the address of a page."""

    path: str
    hash: str
    name: str
    year: int = 0
    version: str = ""
    """File name of a plan's frozen version; empty for the working copy, `plan.md`."""


class Listing(Struct, frozen=True):
    """Everything under the content folder."""

    settings: SourceFile | None
    associations: tuple[SourceFile, ...]
    plans: tuple[SourceFile, ...]
    """Every plan and every frozen version of one."""
    pages: tuple[SourceFile, ...]
    strays: tuple[str, ...]
    """Files in places where nothing is read."""
    ledger: SourceFile | None = None
    """The ledger of published versions."""
    folders: tuple[str, ...] = ()
    documents: tuple[SourceFile, ...] = ()
    """Documents beside plans, which may be their originals. `name` is the förbund's id."""
    summaries: tuple[SourceFile, ...] = ()
    """Texts beside plans: lättläst and in other languages. `version` is the last part of the address."""
    links: Mapping[str, str] = {}
    """Targets of symbolic links out of the content folder: relative to the project, or absolute if outside it."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path, folders included."""
        alone = (file for file in (self.settings, self.ledger) if file)
        files = (*alone, *self.associations, *self.plans, *self.pages, *self.documents, *self.summaries)
        return (*(file.path for file in files), *self.strays, *self.folders)


def listing_of(
    files: Mapping[str, str], folders: Iterable[str] = (), links: Mapping[str, str] = MappingProxyType({})
) -> Listing:
    """Sort files, given by path and hash, according to their places."""
    settings: SourceFile | None = None
    ledger: SourceFile | None = None
    associations, plans, pages, documents, summaries, strays = [], [], [], [], [], []
    for path, found in files.items():
        match path.split("/"):
            case [*_, name] if original_of(name):
                strays.append(path)
            case ["publicerat.txt"]:
                ledger = SourceFile(path, found, LEDGER)
            case ["webbplats.yaml"]:
                settings = SourceFile(path, found, SETTINGS)
            case ["sidor", name] if name.endswith(".md"):
                pages.append(SourceFile(path, found, name.removesuffix(".md")))
            case [name, "forbund.md"]:
                associations.append(SourceFile(path, found, name))
            case [name, year, "plan.md"] if _is_year(year):
                plans.append(SourceFile(path, found, name, int(year)))
            case [name, year, "versioner", file] if _is_year(year) and file.endswith(".md"):
                plans.append(SourceFile(path, found, name, int(year), file.removesuffix(".md")))
            case [name, year, file] if _is_year(year) and (text := SUMMARY.match(file)):
                summaries.append(SourceFile(path, found, name, int(year), text["code"] or text["easy"]))
            case [name, year, file] if _is_year(year) and file.lower().endswith(DOCUMENT_ENDINGS):
                documents.append(SourceFile(path, found, name, int(year)))
            case [_, year, "proveniens.csv"] if _is_year(year):
                pass  # where an imported draft's amounts came from: nothing is published of it
            case _:
                strays.append(path)
    return Listing(
        settings,
        tuple(associations),
        tuple(plans),
        tuple(pages),
        tuple(strays),
        ledger,
        tuple(path for path in folders if path),
        tuple(documents),
        tuple(summaries),
        dict(links),
    )


def is_of_a_file(path: str) -> bool:
    """Whether a path is one where a file is read."""
    return not listing_of({path: ""}).strays


def _is_year(folder: str) -> bool:
    return len(folder) == YEAR_DIGITS and folder.isascii() and folder.isdecimal()
