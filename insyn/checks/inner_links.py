"""Do the links that staff have written inside the site lead somewhere?"""

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
    """What the links of a site may lead to."""

    paths: Collection[str]
    """Every page, and every file that doesn't lie beside a plan's page."""
    files_in: Callable[[str], Collection[str]]
    """Returns the names of the files beside the page of an address."""
    anchors_on: Callable[[str], Collection[str] | None]
    """Returns the ids of a page, or None when they aren't known."""

    def files_at(self, path: str) -> Collection[str]:
        """Return the addresses of the files that lie where one of an address would."""
        folder = path[: path.rfind("/") + 1]
        return [f"{folder}{name}" for name in self.files_in(folder)]


def broken_anchors(links: Iterable[Link], anchors: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each link to a part of its own page that isn't there."""
    told = Counter[str]()
    for link in links:
        if link.target.startswith("#") and link.target[1:] not in anchors:
            yield _no_such_part(link, link.target[1:], anchors, told)


def from_the_top(links: Iterable[Link], here: str) -> Iterator[Problem]:
    """Yield a problem for each link that begins at the top of its host, where the site needn't be."""
    for link in links:
        if link.target.startswith("/"):
            address, mark, anchor = link.target.partition("#")
            if ON_DISK.match(address):
                yield problem("link-broken", link.place, hint="link-disk", target=unquote(link.target))
                continue
            relative = posixpath.relpath(address, posixpath.join("/", here)).rstrip("/") + "/"
            yield problem("link-from-top", link.place, target=link.target, suggestion=f"{relative}{mark}{anchor}")


def inner_links(links: Iterable[Link]) -> Iterator[Link]:
    """Yield the links that lead to other pages of the site, as they should be written."""
    return (link for link in links if not link.target.startswith(("#", "/")))


def broken_links(links: Iterable[tuple[str, Link]], targets: Targets) -> Iterator[Problem]:
    """Yield a problem for each link to a page, a part of one or a file that isn't there.

    A link comes with the page that it leads from.
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
            from insyn.checks.link_advice import NO_PAGE, advice_on  # only for a fault

            advice = advice_on(link, path, targets.paths, files) if _is_advised(link, told) else NO_PAGE
            target, suggestion = unquote(link.target), advice.suggestion
            yield problem("link-broken", link.place, hint=advice.hint, target=target, suggestion=suggestion)


def _is_advised(link: Link, told: Counter[str]) -> bool:
    """Whether what was meant by a link is looked for. `told` counts by file, and counts this one too."""
    told[link.place.file] += 1
    return told[link.place.file] <= ADVISED_FAULTS


def _no_such_part(link: Link, anchor: str, anchors: Collection[str], told: Counter[str]) -> Problem:
    import difflib  # only for a fault

    written, target = slug(unquote(anchor)), unquote(link.target)
    if not _is_advised(link, told):
        return problem("link-broken", link.place, hint="link-anchor-unlike", target=target)
    ending = [one for one in sorted(anchors) if one.endswith(f"-{written}")]
    nearest = ending[:1] or difflib.get_close_matches(written, sorted(anchors), n=1, cutoff=0.7)
    if not nearest:
        return problem("link-broken", link.place, hint="link-anchor-unlike", target=target)
    return problem("link-broken", link.place, hint="link-anchor", target=target, suggestion=f"#{nearest[0]}")


def page_at(here: str, address: str) -> str:
    """Return the page that a relative address leads to; an absolute one is taken from the site's top."""
    path = posixpath.normpath(posixpath.join("/", here, address)).strip("/")
    return f"{path}/" if path and posixpath.basename(address) in {"", ".", ".."} else path
