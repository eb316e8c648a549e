"""What surrounds a page: title, menu, breadcrumbs, footer; and how pages link to each other."""

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from insyn.model import Licence
from insyn.pages import policies
from insyn.pages.parts import PageLink
from insyn.pages.structured import Thing, breadcrumbs, graph

NOT_FOUND = "404.html"
FEED = "atom.xml"
SEARCH = "sok/"
DATA = "data/"
"""The page about open data, and the folder of the whole site's files; under a förbund's address that of its own."""


class Frame(Struct, frozen=True):
    """What surrounds every page."""

    root: str
    """From the page to the site's top: "../../", or "./"."""
    head_title: str
    description: str
    site_name: str
    menu: tuple[PageLink, ...]
    breadcrumbs: tuple[PageLink, ...]
    """The last is the page itself."""
    footer: tuple[PageLink, ...]
    feeds: tuple[PageLink, ...]
    """To the Atom feeds of the site and the förbund that it belongs to; none when the site's address isn't known."""
    canonical: str | None
    indexed: bool
    """Whether search engines may list the page."""
    linked_data: Markup | None
    """What the page is and what it is about, as JSON-LD."""
    policy: Markup
    """What the page may load and do, for its head; the same words as in the files for servers."""
    referrer: str
    shared: "Shared | None"
    """How the page is told of where links to it are shared; None when the site's address isn't known."""


class Shared(Struct, frozen=True):
    """A page as others show a link to it (Open Graph). All addresses are whole."""

    title: str
    address: str
    picture: str | None


class Document(Struct, frozen=True):
    """What a template renders: a page, or a file that programs read."""

    template: ClassVar[str]
    """Its name among the templates."""


class Page(Document, frozen=True):
    """What a person reads, within the frame that all pages have."""

    frame: Frame


class Neighbour(Struct, frozen=True):
    """A page that others link to. `path` ends with a slash and is counted from the site's top: "hoglandet/2024/"."""

    text: str
    path: str


class Surroundings(Struct, frozen=True):
    """What all pages of a site have in common."""

    site_name: str
    address: str | None
    menu: tuple[Neighbour, ...]
    footer: tuple[Neighbour, ...]
    comparison: Neighbour | None
    """The page that compares the förbund, when there are several."""
    licence: Licence | None
    """Of the data."""
    reteller: str | None
    """The author of the retold plans, as named in a sentence; None when no plan is retold."""


class Topic(Struct, frozen=True):
    """What a page is about: told to search engines, to who follows news of its förbund, and where links are shared."""

    things: tuple[Thing, ...]
    association: Neighbour | None = None
    picture: str | None = None
    """The path of a picture of the page."""


def picture_of(path: str) -> str:
    """Return the path of a plan's picture, which a site that knows its address has."""
    return f"{path}bild.png"


def root_from(path: str, address: str | None = None) -> str:
    """Return the way from a page to the site's top. The page for missing addresses is shown at any of them, so its way
    starts from the server's top, where the site is taken to lie when its address isn't known."""
    if path == NOT_FOUND:
        return urlsplit(address).path if address else "/"
    return "../" * path.count("/") or "./"


def link(here: str, to: Neighbour, address: str | None = None) -> PageLink:
    """Link from a page to another, relatively, so that the site works wherever it is put."""
    return PageLink(to.text, f"{root_from(here, address)}{to.path}", current=here == to.path)


def link_to_comparison(here: str, surroundings: Surroundings) -> PageLink | None:
    """Link to the page that compares the förbund, where there is one."""
    return link(here, surroundings.comparison) if surroundings.comparison else None


def frame(
    surroundings: Surroundings,
    path: str,
    *,
    title: str,
    description: str,
    above: tuple[Neighbour, ...] = (),
    indexed: bool = True,
    topic: Topic | None = None,
) -> Frame:
    """Make the frame of the page at `path`. `above` are the breadcrumbs after the start page, the page itself last."""
    trail = (Neighbour("Start", ""), *above) if path else ()
    address = surroundings.address
    association = topic.association if topic else None
    things = topic.things if topic else ()
    picture = topic.picture if topic else None
    if trail and (indexed or topic):
        things = (*things, breadcrumbs([(one.text, absolute(surroundings, path, one.path)) for one in trail]))
    return Frame(
        root=root_from(path, address),
        head_title=f"{title} – {surroundings.site_name}" if path else surroundings.site_name,
        description=description,
        site_name=surroundings.site_name,
        menu=tuple(_menu_link(path, neighbour, address) for neighbour in surroundings.menu),
        breadcrumbs=tuple(link(path, neighbour, address) for neighbour in trail),
        footer=tuple(link(path, neighbour, address) for neighbour in surroundings.footer),
        feeds=tuple(_feeds(surroundings, path, association)),
        canonical=f"{address}{path}" if address and indexed else None,
        indexed=indexed,
        linked_data=graph(things) if things else None,
        policy=policies.in_page(policies.PAGE),
        referrer=policies.REFERRER,
        shared=_shared(title, path, picture, address) if address and (indexed or picture) else None,
    )


def absolute(surroundings: Surroundings, here: str, path: str) -> str:
    """Return the address of a page as others than a browser need it, or relative where the site's isn't known."""
    return f"{surroundings.address or root_from(here)}{path}"


def _feeds(surroundings: Surroundings, here: str, association: Neighbour | None) -> Iterator[PageLink]:
    """Yield the feeds of the förbund and of the site."""
    if surroundings.address:
        if association:
            yield link(here, Neighbour(association.text, f"{association.path}{FEED}"), surroundings.address)
        yield link(here, Neighbour(surroundings.site_name, FEED), surroundings.address)


def _shared(title: str, path: str, picture: str | None, address: str) -> Shared:
    return Shared(title, f"{address}{path}", f"{address}{picture}" if picture else None)


def _menu_link(here: str, to: Neighbour, address: str | None) -> PageLink:
    """A menu entry is current also on the pages beneath it."""
    found = link(here, to, address)
    return PageLink(found.text, found.href, current=here.startswith(to.path) if to.path else not here)
