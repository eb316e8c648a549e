"""Is a former address that staff have written free to lead to their plan?"""

from collections.abc import Collection, Iterable, Iterator

from insyn.problems import Problem, problem
from insyn.versions.digest import PlanDigest


def taken(digests: Iterable[PlanDigest], paths: Collection[str], reserved: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each address that a page has, that another plan leads from, or that the site may need.

    `paths` are those of all pages; `reserved` the first parts of addresses that the site itself uses.
    """
    seen: set[str] = set()
    for digest in digests:
        for alias in digest.aliases:
            path = f"{alias.path}/"
            if path in paths or path in seen or alias.path.partition("/")[0] in reserved:
                yield problem("alias-taken", alias.place, written=alias.path)
            seen.add(path)
