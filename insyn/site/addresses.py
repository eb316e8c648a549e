"""Conflicts between plans' former addresses (aliases) and the site's own."""

from collections.abc import Collection, Iterable, Iterator

from insyn.problems import Problem, problem
from insyn.versions.digest import PlanDigest


def taken(digests: Iterable[PlanDigest], paths: Collection[str], reserved: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each alias that is a page's address, another plan's alias or reserved for the site.

    `paths` are all pages' paths; `reserved` the first path segments that the site uses itself.
    """
    seen: set[str] = set()
    for digest in digests:
        for alias in digest.aliases:
            path = f"{alias.path}/"
            if path in paths or path in seen or alias.path.partition("/")[0] in reserved:
                yield problem("alias-taken", alias.place, written=alias.path)
            seen.add(path)
