"""Conflicts between former addresses (aliases) of plans and förbund, and the site's own."""

from collections.abc import Collection, Iterable, Iterator

from insyn.problems import Place, Problem, problem


def taken(aliases: Iterable[tuple[str, Place]], paths: Collection[str], reserved: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each alias that is a page's address, another alias or reserved for the site.

    `paths` are all pages' paths; `reserved` the first path segments that the site uses itself.
    """
    seen: set[str] = set()
    for alias, place in aliases:
        path = f"{alias}/"
        if path in paths or path in seen or alias.partition("/")[0] in reserved:
            yield problem("alias-taken", place, written=alias)
        seen.add(path)
