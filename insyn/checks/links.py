"""Do the links that staff have written inside the site lead somewhere?"""

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator

from insyn.markdown.article import Link
from insyn.problems import Problem, problem


def broken_anchors(links: Iterable[Link], anchors: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each link to a part of its own page that isn't there."""
    for link in links:
        if link.target.startswith("#") and link.target[1:] not in anchors:
            yield _no_such_part(link, link.target[1:], anchors)


def from_the_top(links: Iterable[Link], here: str) -> Iterator[Problem]:
    """Yield a problem for each link that begins at the top of its host, where the site needn't be."""
    for link in links:
        if link.target.startswith("/"):
            address, mark, anchor = link.target.partition("#")
            relative = posixpath.relpath(address, posixpath.join("/", here)).rstrip("/") + "/"
            yield problem("link-from-top", link.place, target=link.target, suggestion=f"{relative}{mark}{anchor}")


def inner_links(links: Iterable[Link]) -> Iterator[Link]:
    """Yield the links that lead to other pages of the site, as they should be written."""
    return (link for link in links if not link.target.startswith(("#", "/")))


def broken_links(
    links: Iterable[tuple[str, Link]],
    paths: Collection[str],
    anchors_on: Callable[[str], Collection[str] | None],
) -> Iterator[Problem]:
    """Yield a problem for each link to a page, or to a part of one, that isn't there.

    A link comes with the page it stands on. `anchors_on` returns the ids of a page, or None when they aren't known.
    """
    for here, link in links:
        address, _, anchor = link.target.partition("#")
        path = page_at(here, address)
        if path not in paths:
            yield _no_such_page(link)
            continue
        anchors = anchors_on(path) if anchor else None
        if anchors is not None and anchor not in anchors:
            yield _no_such_part(link, anchor, anchors)


def _no_such_page(link: Link) -> Problem:
    if link.target.lower().startswith("www."):
        return problem("link-broken", link.place, hint="link-host", target=link.target)
    return problem("link-broken", link.place, hint="link-page", target=link.target)


def _no_such_part(link: Link, anchor: str, anchors: Collection[str]) -> Problem:
    import difflib  # only for a fault

    nearest = difflib.get_close_matches(anchor, sorted(anchors), n=1, cutoff=0.4)
    if not nearest:
        return problem("link-broken", link.place, hint="link-anchor-unlike", target=link.target)
    return problem("link-broken", link.place, hint="link-anchor", target=link.target, suggestion=f"#{nearest[0]}")


def page_at(here: str, address: str) -> str:
    """Return the page that a relative address leads to; an absolute one is taken from the site's top."""
    joined = posixpath.normpath(posixpath.join("/", here, address))
    path = joined.strip("/")
    return f"{path}/" if path and address.endswith(("/", "..")) else path
