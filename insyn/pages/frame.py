"""The frame of a page: title, menu, breadcrumbs, footer; and links between pages."""

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
"""The page about open data, and the folder of the whole site's files; below a förbund's address, that of its own."""


class Frame(Struct, frozen=True):
    """The frame of every page."""

    root: str
    """From the page to the root of the site: "../../", or "./"."""
    head_title: str
    description: str
    site_name: str
    menu: tuple[PageLink, ...]
    breadcrumbs: tuple[PageLink, ...]
    """The last is the page itself."""
    footer: tuple[PageLink, ...]
    feeds: tuple[PageLink, ...]
    """The Atom feeds of the site and of the page's förbund; empty if the site's address isn't known."""
    canonical: str | None
    indexed: bool
    """Whether search engines may list the page."""
    linked_data: Markup | None
    """The page's identity and topic, as JSON-LD."""
    policy: Markup
    """What the page may load and do, for its head; the same rules as in the files for servers."""
    referrer: str
    shared: "Shared | None"
    """The page as shown in shared links; None if the site's address isn't known."""


class Shared(Struct, frozen=True):
    """A page as shown in shared links (Open Graph). All addresses are absolute."""

    title: str
    address: str
    picture: str | None


class Document(Struct, frozen=True):
    """Input of a template: a page, or a file that programs read."""

    template: ClassVar[str]
    """File name of the template."""


class Page(Document, frozen=True):
    """A page for people, within the common frame."""

    frame: Frame


class Neighbour(Struct, frozen=True):
    """A page that others link to. `path` ends with a slash and starts at the root of the site: "hoglandet/2024/"."""

    text: str
    path: str


class Surroundings(Struct, frozen=True):
    """Facts that all pages of a site share."""

    site_name: str
    address: str | None
    menu: tuple[Neighbour, ...]
    footer: tuple[Neighbour, ...]
    comparison: Neighbour | None
    """The page that compares the förbund, if there are several."""
    licence: Licence | None
    """The licence of the data."""
    reteller: str | None
    """The author of the retold plans, as named in a sentence; None if no plan is retold."""


class Topic(Struct, frozen=True):
    """The topic of a page, for search engines, feed readers and shared links."""

    things: tuple[Thing, ...]
    association: Neighbour | None = None
    picture: str | None = None
    """Path of a picture of the page."""


def picture_of(path: str) -> str:
    """Return the path of a plan's picture, which exists if the site knows its address."""
    return f"{path}bild.png"


def root_from(path: str, address: str | None = None) -> str:
    """Return the relative path from a page to the root of the site.

    The page for missing addresses is shown at any of them, so its path starts at the root of the server, where the site
    is assumed to be if its address isn't known.
    """
    if path == NOT_FOUND:
        return urlsplit(address).path if address else "/"
    return "../" * path.count("/") or "./"


def link(here: str, to: Neighbour, address: str | None = None) -> PageLink:
    """Return a relative link between two pages, so that the site works in any folder."""
    return PageLink(to.text, f"{root_from(here, address)}{to.path}", current=here == to.path)


def link_to_comparison(here: str, surroundings: Surroundings) -> PageLink | None:
    """Return the link to the page that compares the förbund, if there is one."""
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
    """Build the frame of the page at `path`. `above` are the breadcrumbs after the start page, the page itself last."""
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
    """Return the address of a page for readers other than a browser; relative if the site's address isn't known."""
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
    """Return a menu entry, which is marked as current on the pages below it too."""
    found = link(here, to, address)
    return PageLink(found.text, found.href, current=here.startswith(to.path) if to.path else not here)
