"""The page about open data: the files, the meaning of their fields, and how to use them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from insyn.downloads.collected import CATALOGUE, COLLECTED_FILES, FRONT_MATTER, METADATA, PACKAGE
from insyn.downloads.fields import BUDGET, COLLECTED, COMPARED, EXCEL_BUDGET, TableKind
from insyn.downloads.files import FileFacts
from insyn.downloads.plan_json import SCHEMA
from insyn.model import Association, Contact, Licence
from insyn.pages.contact import ContactView, contact_view
from insyn.pages.files import collected_views, downloads
from insyn.pages.frame import DATA, FEED, Neighbour, Page, Surroundings, Topic, absolute, frame, link, root_from
from insyn.pages.log import LOG
from insyn.pages.parts import FileView, PageLink
from insyn.pages.structured import SWEDISH, Thing
from insyn.texts import Texts
from insyn.vocabulary import LICENCE_ADDRESSES, LICENCE_NAMES, licence_address


class FieldView(Struct, frozen=True):
    """A field of a table, with its meaning."""

    name: str
    text: str
    values: tuple[str, ...]


class TableView(Struct, frozen=True):
    """A table of the open data."""

    id: str
    name: str
    text: str
    fields: tuple[FieldView, ...]


class FileRow(Struct, frozen=True):
    """The files of a förbund."""

    association: PageLink
    files: tuple[FileView, ...]


class DataPage(Page, frozen=True):
    """The available data, its meaning and its use."""

    template: ClassVar = "pages/data.html"

    files: tuple[FileView, ...]
    """Files of the whole site."""
    associations: tuple[FileRow, ...]
    tables: tuple[TableView, ...]
    descriptions: tuple[PageLink, ...]
    licence: PageLink | None
    """None if no licence has been decided."""
    log: PageLink
    contact: "ContactView | None"


def data_page(
    associations: Sequence[Association],
    facts: Mapping[str, FileFacts],
    contact: Contact | None,
    surroundings: Surroundings,
    texts: Texts,
) -> DataPage:
    """Compose the page. `associations` are those with plans; `facts` describes all tables, by path."""
    title = texts.say("data-title")
    return DataPage(
        frame=frame(
            surroundings,
            DATA,
            title=title,
            description=texts.say("data-description"),
            above=(Neighbour(title, DATA),),
            topic=_topic(facts, surroundings, texts),
        ),
        files=tuple(collected_views(_told(DATA, facts), "./", texts)),
        associations=tuple(_row(association, facts, texts) for association in associations),
        tables=(*(_table(kind, texts) for kind in (*COLLECTED, COMPARED)), _excel_table(texts)),
        descriptions=tuple(_descriptions(surroundings, texts)),
        licence=_licence(surroundings.licence),
        log=link(DATA, Neighbour(texts.say("log-title"), LOG)),
        contact=contact_view(contact),
    )


def _licence(licence: Licence | None) -> PageLink | None:
    """Return a link to the terms of use of the data, at their address for people."""
    return PageLink(LICENCE_NAMES[licence], LICENCE_ADDRESSES[licence].replace("http:", "https:")) if licence else None


def _told(folder: str, facts: Mapping[str, FileFacts]) -> list[FileFacts]:
    paths = (f"{folder}{name}" for name in (*COLLECTED_FILES, COMPARED.file))
    return [facts[path] for path in paths if path in facts]


def _row(association: Association, facts: Mapping[str, FileFacts], texts: Texts) -> FileRow:
    folder = f"{association.id}/{DATA}"
    home = link(DATA, Neighbour(association.name, f"{association.id}/"))
    return FileRow(home, tuple(_named(collected_views(_told(folder, facts), f"{root_from(DATA)}{folder}", texts))))


def _named(files: Iterator[FileView]) -> Iterator[FileView]:
    """Name files by file name: their förbund is shown beside them."""
    return (FileView(one.name, one.href, one.name, one.kind, one.size, one.checksum) for one in files)


def _table(kind: TableKind, texts: Texts) -> TableView:
    fields = (FieldView(field.name, texts.say(f"field-{field.key}"), field.values) for field in kind.fields)
    return TableView(f"falt-{kind.name}", kind.file, texts.say(f"table-{kind.name}"), tuple(fields))


def _excel_table(texts: Texts) -> TableView:
    """Return the fields of the Excel file that the budget table lacks."""
    more = tuple(field for field in EXCEL_BUDGET.fields if field not in BUDGET.fields)
    view = _table(replace(EXCEL_BUDGET, fields=more), texts)
    return replace(view, text=f"{view.text} {texts.say('more-fields', table=BUDGET.file)}")


def _descriptions(surroundings: Surroundings, texts: Texts) -> Iterator[PageLink]:
    """Yield links to the machine-readable descriptions of the files."""
    yield PageLink(texts.say("data-package"), f"./{PACKAGE}")
    yield PageLink(texts.say("data-metadata"), f"./{METADATA}")
    yield PageLink(texts.say("data-schema"), f"./schema/{SCHEMA}")
    yield PageLink(texts.say("data-front-matter"), f"./schema/{FRONT_MATTER}")
    if surroundings.address and surroundings.licence:
        yield PageLink(texts.say("data-catalogue"), f"./{CATALOGUE}")
    if surroundings.address:
        yield PageLink(texts.say("data-feed"), f"{root_from(DATA)}{FEED}")


def _topic(facts: Mapping[str, FileFacts], surroundings: Surroundings, texts: Texts) -> Topic:
    """Return the topic of the page: the data."""
    here = absolute(surroundings, DATA, DATA)
    name = surroundings.site_name
    data: Thing = {
        "@type": "Dataset",
        "@id": here,
        "url": here,
        "name": texts.say("dataset-of-site", association=name),
        "description": texts.say("dataset-of-site-text", association=name),
        "license": licence_address(surroundings.licence),
        "inLanguage": SWEDISH,
        "isAccessibleForFree": True,
        "distribution": downloads(_told(DATA, facts), here),
    }
    return Topic((data,))
