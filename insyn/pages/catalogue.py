"""The catalogue of the site's data, for harvesters: DCAT-AP-SE 3.0.1, with an address for each of its resources."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct

from insyn.downloads.collected import CATALOGUE, COLLECTED_FILES, DataOf
from insyn.downloads.fields import COMPARED
from insyn.downloads.files import FileFacts
from insyn.model import Association, Contact, Settings
from insyn.pages.files import MEDIA_TYPES, kind_of
from insyn.pages.frame import DATA, Document, Surroundings
from insyn.swedish import capitalised
from insyn.texts import Texts
from insyn.vocabulary import licence_address

ORGANISATION = "http://dataportal.se/organisation/SE"
"""Prefix of an organisation's address, before its number."""


class Agent(Struct, frozen=True):
    """An organisation in the catalogue."""

    address: str
    name: str
    number: str | None
    is_authority: bool = True
    """Whether it counts as a local authority. Of a reteller it is only known that it isn't one."""


class CardView(Struct, frozen=True):
    """The contact for questions about data, in the catalogue."""

    address: str
    name: str
    email: str


class Distribution(Struct, frozen=True):
    """A file in the catalogue."""

    address: str
    url: str
    title: str
    text: str
    kind: str
    size: int


class DataSet(Struct, frozen=True):
    """A data set in the catalogue. Its wording is in the template, in Swedish and English."""

    address: str
    page: str
    name: str
    """Name of the förbund, or of the site if the data set covers all of them."""
    is_whole: bool
    """Whether it covers all förbund together."""
    publisher: str
    about: str | None
    """Whose money the data is about."""
    contact: str | None
    first_day: str
    last_day: str
    modified: str | None
    distributions: tuple[Distribution, ...]


class Catalogue(Document, frozen=True):
    """The data of the site, for harvesters (DCAT-AP-SE 3.0.1). All addresses are absolute."""

    template: ClassVar = "machines/katalog.xml"

    address: str
    home: str
    licence: str
    name: str
    publisher: str
    modified: str | None
    agents: tuple[Agent, ...]
    cards: tuple[CardView, ...]
    datasets: tuple[DataSet, ...]


def catalogue(
    data: Sequence[DataOf], facts: Mapping[str, FileFacts], settings: Settings, surroundings: Surroundings, texts: Texts
) -> Catalogue:
    """Compose the catalogue of a site that knows its address. `facts` describes all its tables."""
    top = surroundings.address or ""
    here = f"{top}{DATA}{CATALOGUE}"
    owner = _owner(data, settings, here)
    named = [owner, *(agent for one in data if (agent := _about(one, here)))]
    agents = {agent.address: agent for agent in named}
    days = [one.modified for one in data if one.modified]
    return Catalogue(
        address=f"{here}#katalog",
        home=f"{top}{DATA}",
        licence=licence_address(surroundings.licence) or "",
        name=surroundings.site_name,
        publisher=owner.address,
        modified=max(days).isoformat() if days else None,
        agents=tuple(agents.values()),
        cards=tuple(card for one in data if (card := _card(one, settings, here))),
        datasets=tuple(_data_set(one, owner, facts, settings, top, texts) for one in data),
    )


def _owner(data: Sequence[DataOf], settings: Settings, here: str) -> Agent:
    """Return the publisher of the catalogue: the only förbund of a site, else the owner that the site names.

    A förbund whose plans others have retold publishes nothing here.
    """
    first = data[0]
    if first.association and len(data) == 1 and not first.retold:
        return _of_association(first.association, here)
    name = settings.contact.name if settings.contact else None
    reteller = capitalised(settings.reteller) if settings.reteller and first.retold else None
    return Agent(f"{here}#utgivare", reteller or name or settings.name, None, is_authority=not first.retold)


def _about(data: DataOf, here: str) -> Agent | None:
    return _of_association(data.association, here) if data.association else None


def _publisher(data: DataOf, owner: Agent, here: str) -> Agent:
    return (None if data.retold else _about(data, here)) or owner


def _of_association(association: Association, here: str) -> Agent:
    """Return a förbund as an agent, identified as in the national data portal if its number is known."""
    number = association.organisation_number
    digits = "".join(sign for sign in number or "" if sign.isdecimal())
    address = f"{ORGANISATION}{digits}" if digits else f"{here}#{association.id}"
    return Agent(address, association.name, number)


def _contact(data: DataOf, settings: Settings) -> Contact | None:
    return (data.association.contact if data.association else None) or settings.contact


def _card(data: DataOf, settings: Settings, here: str) -> CardView | None:
    contact = _contact(data, settings)
    if contact is None or contact.email is None:
        return None
    name = contact.name or (data.association.name if data.association else settings.name)
    return CardView(f"{here}#kontakt-{_id(data)}", name, contact.email)


def _id(data: DataOf) -> str:
    return data.association.id if data.association else "alla"


def _data_set(
    data: DataOf, owner: Agent, facts: Mapping[str, FileFacts], settings: Settings, top: str, texts: Texts
) -> DataSet:
    here = f"{top}{DATA}{CATALOGUE}"
    card = _card(data, settings, here)
    folder = f"{data.association.id}/{DATA}" if data.association else DATA
    return DataSet(
        address=f"{here}#budget-{_id(data)}",
        page=f"{top}{data.association.id}/" if data.association else f"{top}{DATA}",
        name=data.association.name if data.association else settings.name,
        is_whole=data.association is None,
        publisher=_publisher(data, owner, here).address,
        about=about.address if (about := _about(data, here)) else None,
        contact=card.address if card else None,
        first_day=f"{data.first_year}-01-01",
        last_day=f"{data.last_year}-12-31",
        modified=data.modified.isoformat() if data.modified else None,
        distributions=tuple(_distributions(folder, facts, top, texts)),
    )


def _distributions(folder: str, facts: Mapping[str, FileFacts], top: str, texts: Texts) -> Iterator[Distribution]:
    for name in (*COLLECTED_FILES, COMPARED.file):
        if f"{folder}{name}" not in facts:  # only the whole site compares förbund, and only if they are comparable
            continue
        told = facts[f"{folder}{name}"]
        key, url = name.partition(".")[0], f"{top}{folder}{name}"
        text = texts.say(f"collected-{key}")
        yield Distribution(f"{url}#fil", url, text, texts.say(f"table-{key}"), MEDIA_TYPES[kind_of(name)], told.size)
