"""Do staff's links within the site lead anywhere?"""

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from urllib.parse import unquote

from msgspec import Struct

from insyn.limits import ADVISED_FAULTS
from insyn.markdown.article import ON_DISK, Link
from insyn.problems import Problem, problem
from insyn.swedish import slug


class Targets(Struct, frozen=True):
    """The possible targets of links on a site."""

    paths: Collection[str]
    """Every page, and every file that doesn't lie beside a plan's page."""
    files_in: Callable[[str], Collection[str]]
    """Returns the names of the files beside the page at an address."""
    anchors_on: Callable[[str], Collection[str] | None]
    """Returns the ids on a page, or None if they aren't known."""

    def files_at(self, path: str) -> Collection[str]:
        """Return the addresses of the files in the folder of an address."""
        folder = path[: path.rfind("/") + 1]
        return [f"{folder}{name}" for name in self.files_in(folder)]


def broken_anchors(links: Iterable[Link], anchors: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each link to a missing part of its own page."""
    told = Counter[str]()
    for link in links:
        if link.target.startswith("#") and link.target[1:] not in anchors:
            yield _no_such_part(link, link.target[1:], anchors, told)


def from_the_top(links: Iterable[Link], here: str) -> Iterator[Problem]:
    """Yield a problem for each link that starts at the root of the host, where the site may not be."""
    for link in links:
        if link.target.startswith("/"):
            address, mark, anchor = link.target.partition("#")
            if ON_DISK.match(address):
                yield problem("link-broken", link.place, hint="link-disk", target=unquote(link.target))
                continue
            relative = posixpath.relpath(address, posixpath.join("/", here)).rstrip("/") + "/"
            yield problem("link-from-top", link.place, target=link.target, suggestion=f"{relative}{mark}{anchor}")


def inner_links(links: Iterable[Link]) -> Iterator[Link]:
    """Yield the links to other pages of the site, in their proper form."""
    return (link for link in links if not link.target.startswith(("#", "/")))


def broken_links(links: Iterable[tuple[str, Link]], targets: Targets) -> Iterator[Problem]:
    """Yield a problem for each link to a missing page, part of a page or file.

    Each link is paired with the address of its own page.
    """
    told = Counter[str]()
    for here, link in links:
        address, _, anchor = link.target.partition("#")
        path = page_at(here, address.partition("?")[0])
        if path in targets.paths:
            anchors = targets.anchors_on(path) if anchor else None
            if anchors is not None and anchor not in anchors:
                yield _no_such_part(link, anchor, anchors, told)
        elif path not in (files := targets.files_at(path)):
            from insyn.checks.link_advice import NO_PAGE, advice_on  # deferred: needed only for a fault

            advice = advice_on(link, path, targets.paths, files) if _is_advised(link, told) else NO_PAGE
            target, suggestion = unquote(link.target), advice.suggestion
            yield problem("link-broken", link.place, hint=advice.hint, target=target, suggestion=suggestion)


def _is_advised(link: Link, told: Counter[str]) -> bool:
    """Whether what was meant by a link is looked for. `told` counts by file, and counts this one too."""
    told[link.place.file] += 1
    return told[link.place.file] <= ADVISED_FAULTS


def _no_such_part(link: Link, anchor: str, anchors: Collection[str], told: Counter[str]) -> Problem:
    import difflib  # deferred: needed only for a fault

    written, target = slug(unquote(anchor)), unquote(link.target)
    if not _is_advised(link, told):
        return problem("link-broken", link.place, hint="link-anchor-unlike", target=target)
    ending = [one for one in sorted(anchors) if one.endswith(f"-{written}")]
    nearest = ending[:1] or difflib.get_close_matches(written, sorted(anchors), n=1, cutoff=0.7)
    if not nearest:
        return problem("link-broken", link.place, hint="link-anchor-unlike", target=target)
    return problem("link-broken", link.place, hint="link-anchor", target=target, suggestion=f"#{nearest[0]}")


def page_at(here: str, address: str) -> str:
    """Return the page that a relative address leads to; an absolute one starts at the root of the site."""
    path = posixpath.normpath(posixpath.join("/", here, address)).strip("/")
    return f"{path}/" if path and posixpath.basename(address) in {"", ".", ".."} else path
