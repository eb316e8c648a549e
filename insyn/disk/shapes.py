"""Shapes of values read back from a file: a value of another shape is refused, whoever wrote it.

Values are checked a column at a time, thousands of rows in a millisecond. An unchanged build ends here, so nothing
heavy is imported; msgspec alone takes 60 ms.
"""

from __future__ import annotations

from itertools import chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


class Table:
    """A dict whose keys have one shape and whose values have another."""

    def __init__(self, key: object, value: object) -> None:
        self.key, self.value = key, value


class Many:
    """A tuple of any length whose values have one shape."""

    def __init__(self, one: object) -> None:
        self.one = one


def fits(value: object, shape: object) -> bool:
    """Whether a value has a shape: one of a set of types, a `Table`, `Many`, or a tuple with a shape for each item."""
    return _fit([value], shape)


def _fit(values: Iterable[Any], shape: Any) -> bool:
    if isinstance(shape, frozenset):
        return shape.issuperset(map(type, values))
    values = list(values)
    kinds = set(map(type, values))
    if isinstance(shape, Table):
        tables = [table.values() for table in values] if kinds <= {dict} else None
        return tables is not None and _fit(_all(values), shape.key) and _fit(_all(tables), shape.value)
    if not kinds <= {tuple}:
        return False
    if isinstance(shape, Many):
        alike = {id(row): row for row in values}  # most plans have the same file names: one tuple for all
        return _fit(_all(alike.values()), shape.one)
    return set(map(len, values)) <= {len(shape)} and all(map(_fit, zip(*values, strict=True), shape))


_all = chain.from_iterable


def are_inside(paths: Iterable[str]) -> bool:
    """Whether all paths lead into the folder that they are relative to, each in its canonical spelling."""
    joined = "".join(f"/{path}/\n" for path in paths)
    return not any(piece in joined for piece in ("//", "/./", "/../", "\0"))
