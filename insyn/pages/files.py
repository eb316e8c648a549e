"""Links to files: in words, with file type, size and checksum."""

from collections.abc import Iterable, Iterator, Mapping

from insyn.downloads.collected import EXCEL
from insyn.downloads.fields import BUDGET, EQUITY, PARTS
from insyn.downloads.files import FileFacts
from insyn.downloads.plan_files import WHOLE, WORKBOOK
from insyn.pages.parts import FileView
from insyn.pages.structured import Thing, download
from insyn.swedish import file_size
from insyn.texts import Texts

PDF = "plan.pdf"
PLAN_FILES = {
    WORKBOOK: "file-workbook",
    EXCEL: "file-excel",
    BUDGET.file: "file-budget",
    EQUITY.file: "file-equity",
    PARTS.file: "file-parts",
    WHOLE: "file-plan",
}
"""The files listed under "Ladda ner" on a plan's page, with the key of the sentence that describes each."""
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def kind_of(name: str) -> str:
    """Return the extension of a file name."""
    return name.rpartition(".")[2]


def file_view(text: str, facts: FileFacts, folder: str = "./") -> FileView:
    """Return the link to a file. `folder` is its folder relative to the page."""
    kind, size = kind_of(facts.name), file_size(facts.size)
    return FileView(text, f"{folder}{facts.name}", facts.name, kind, size, facts.sha256)


def downloads(files: Iterable[FileFacts], folder: str) -> list[Thing]:
    """Describe files for search engines. `folder` is the address of their folder."""
    return [download(f"{folder}{file.name}", MEDIA_TYPES[kind_of(file.name)], file.size) for file in files]


def present(files: Mapping[str, FileFacts], names: Iterable[str]) -> list[FileFacts]:
    """Return the facts of those named files that exist."""
    return [files[name] for name in names if name in files]


def collected_views(files: Iterable[FileFacts], folder: str, texts: Texts) -> Iterator[FileView]:
    """Yield links to tables collected from many plans. `folder` is their folder relative to the page."""
    for file in files:
        yield file_view(texts.say(f"collected-{file.name.partition('.')[0]}"), file, folder)
