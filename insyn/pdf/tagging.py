"""Table tags that the typesetter can't write.

Typst tags every cell of a body as data. Here each table gets row groups and row headers, and each cell the headers of
its columns, group and row, as in the document. Deterministic. (ISO 32000-1, 14.8.5.7; PDF/UA-1, 7.5.)
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Pdf, String

from insyn.pdf.dates import without_untold
from insyn.pdf.packing import pack
from insyn.pdf.tree import PdfTable, Row

LEVEL = "table__level-"


class Finished(Struct, frozen=True):
    body: bytes
    pages: int


def finish(body: bytes, tables: Sequence[PdfTable], *, is_dated: bool) -> Finished:
    """Tag a document's tables, in reading order, remove invented days, and compress it."""
    with Pdf.open(io.BytesIO(body)) as pdf:
        root = pdf.Root.StructTreeRoot
        elements = list(_elements(root.K))
        tagged = [element for element in elements if _is(element.S, Name.Table)]
        for number, (element, table) in enumerate(zip(tagged, tables, strict=True), 1):
            _Tagger(pdf, number, table).tag(element)
        _index(root, pdf)
        without_untold(pdf, is_dated=is_dated)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        return Finished(pack(pdf), len(pdf.pages))


def _elements(kids: Any) -> Iterator[Any]:
    """Yield the descendant structure elements, in reading order."""
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _elements(kid.K)


def _is(name: Any, wanted: Name) -> bool:
    return bool(name == wanted)


def _index(root: Any, pdf: Pdf) -> None:
    """Write the IDTree: elements with an ID must be listed there."""
    named = {bytes(element.ID): element for element in _elements(root.K) if "/ID" in element}
    names = [part for name in sorted(named) for part in (String(name), named[name])]
    root.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))


class _Tagger:
    """Tags one table. `number` makes its cells' IDs unique in the document."""

    def __init__(self, pdf: Pdf, number: int, table: PdfTable) -> None:
        self.pdf, self.number, self.table = pdf, number, table
        self.columns: dict[int, list[str]] = {}
        """IDs of header cells, by column."""

    def tag(self, element: Any) -> None:
        rows = [one for one in _elements(element.K) if _is(one.S, Name.TR)]
        wanted = [*self.table.head, *(row for body in self.table.bodies for row in body)]
        if [len(row.K) for row in rows] != [len(row.cells) for row in wanted]:
            raise ValueError(f"table {self.number} was set with other rows than it was given")
        waiting = iter(enumerate(rows))
        parts = [self._part(Name.THead, self.table.head, waiting)] if self.table.head else []
        parts += [self._part(Name.TBody, body, waiting) for body in self.table.bodies]
        for part in parts:
            part.P = element
        captions = [kid for kid in element.K if _is(kid.S, Name.Caption)]
        element.K = Array([*captions, *parts])

    def _part(self, kind: Name, rows: Sequence[Row], waiting: Iterator[tuple[int, Any]]) -> Any:
        """Return a row group of the next rows."""
        part = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, K=Array([])))
        groups: list[tuple[int, str]] = []
        for row, (number, element) in zip(rows, waiting, strict=False):
            groups = [group for group in groups if _is_within(row, group[0])]
            above = [name for _, name in groups]
            names = self._row(row, number, element, above, in_head=kind == Name.THead)
            if "table__group" in row.look:
                groups.append((_level(row) or 0, names[0]))
            element.P = part
            part.K.append(element)
        return part

    def _row(self, row: Row, number: int, element: Any, groups: list[str], *, in_head: bool) -> list[str]:
        """Tag a row's cells; return the IDs of its headers."""
        names: list[str] = []
        column = 0
        for cell, tagged in zip(row.cells, element.K, strict=True):
            above = [name for place in range(column, column + cell.span) for name in self.columns.get(place, [])]
            own = f"T{self.number}R{number}C{column}"
            if cell.header:
                across = in_head or (cell.span > 1 and len(row.cells) == 1)
                _mark(tagged, Name.Column if across else Name.Row, [*above, *groups] if not in_head else above, own)
                names.append(own)
            else:
                _mark(tagged, None, [*above, *groups, *names], None)
                if cell.said:
                    tagged.ActualText = String(cell.said)
            if in_head and cell.header:
                for place in range(column, column + cell.span):
                    self.columns.setdefault(place, []).append(own)
            column += cell.span
        return names


def _mark(cell: Any, scope: Name | None, headers: list[str], name: str | None) -> None:
    """Set a cell's type, scope, headers and ID."""
    cell.S = Name.TH if scope else Name.TD
    attributes = cell.A if isinstance(cell.A, Array) else Array([cell.A])
    for attribute in attributes:
        if _is(attribute.O, Name.Table):
            attribute.Headers = Array([String(header) for header in dict.fromkeys(headers)])
            if scope:
                attribute.Scope = scope
            elif "/Scope" in attribute:
                del attribute["/Scope"]
    if name:
        cell.ID = String(name)
    elif "/ID" in cell:
        del cell["/ID"]


def _level(row: Row) -> int | None:
    return next((int(name.removeprefix(LEVEL)) for name in row.look if name.startswith(LEVEL)), None)


def _is_within(row: Row, group: int) -> bool:
    """Whether a row belongs to a group at a level: its subtotal does, the next group doesn't."""
    level = _level(row)
    if "table__group" in row.look:
        return (level or 0) > group
    return level is None or level > group or (level == group and "table__subtotal" in row.look)
