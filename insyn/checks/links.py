"""Does every link inside the site lead somewhere? Looked up in the pages as they came out."""

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from insyn.markdown import Link
from insyn.problems import Place, Problem, problem

HREF = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
ID = re.compile(r'\bid="([^"]+)"')
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page's HTML, where it stands ("hoglandet/2024/") and where its text's links were written."""

    path: str
    html: str
    links: tuple[Link, ...]
    place: Place


def check_links(pages: tuple[LinkedPage, ...]) -> Iterator[Problem]:
    """Yield a problem for each link that leads to a page or a part of a page that isn't there."""
    ids = {page.path: frozenset(ID.findall(page.html)) for page in pages}
    for page in pages:
        places = {link.target: link.place for link in page.links}
        for target in dict.fromkeys(HREF.findall(page.html)):
            if not OUTSIDE.match(target):
                yield from _check(target, page, ids, places.get(target, page.place))


def _check(target: str, page: LinkedPage, ids: Mapping[str, frozenset[str]], place: Place) -> Iterator[Problem]:
    address, _, anchor = target.partition("#")
    path = _resolve(page.path, address)
    if path not in ids:
        yield problem("link-broken", place, hint="link-page", target=target)
    elif anchor and anchor not in ids[path]:
        nearest = difflib.get_close_matches(anchor, sorted(ids[path]), n=1, cutoff=0.4)
        suggestion = f"#{nearest[0]}" if nearest else "#planen"
        yield problem("link-broken", place, hint="link-anchor", target=target, suggestion=suggestion)


def _resolve(here: str, address: str) -> str:
    """Return the page that a relative address leads to; an absolute one is taken from the site's top."""
    if not address:
        return here
    folder = here if here.endswith("/") else posixpath.dirname(here)
    joined = posixpath.normpath(posixpath.join("/", folder, address))
    path = joined.strip("/")
    return f"{path}/" if path and address.endswith(("/", "..")) else path
