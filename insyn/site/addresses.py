"""Is a former address that staff have written free to lead to their plan, or to their förbund?"""

from collections.abc import Collection, Iterable, Iterator

from insyn.problems import Place, Problem, problem


def taken(aliases: Iterable[tuple[str, Place]], paths: Collection[str], reserved: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each address that a page has, that another leads from, or that the site may need.

    `paths` are those of all pages; `reserved` the first parts of addresses that the site itself uses.
    """
    seen: set[str] = set()
    for alias, place in aliases:
        path = f"{alias}/"
        if path in paths or path in seen or alias.partition("/")[0] in reserved:
            yield problem("alias-taken", place, written=alias)
        seen.add(path)
