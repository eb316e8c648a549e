"""What is said of guesses and of what couldn't be read: the same words in the file and in the terminal."""

from collections.abc import Sequence

from msgspec import Struct

from insyn.importing.document import PDF, Remark, SourcePlace
from insyn.importing.draft import DraftCell
from insyn.texts import Texts

LONGEST = 100


class Sentences(Struct, frozen=True):
    """The catalogue's words for what an import has to say."""

    texts: Texts

    def guess(self, key: str, origin: SourcePlace | None = None) -> list[str]:
        """Return a comment for a guess; nothing for no guess."""
        if not key:
            return []
        return [self.texts.tell("import-guessed", what=self.of(key), place=self._in_brackets(origin))]

    def plain(self, key: str) -> list[str]:
        return [self.of(key)]

    def cells(self, cells: Sequence[DraftCell], columns: Sequence[str]) -> list[str]:
        """Return comments for the cells of a row: what was guessed, and what stands in the document and wasn't read."""
        told = []
        for cell, column in zip(cells, columns, strict=True):
            if cell.guess and cell.guess != PDF:
                key = "import-cell-unread" if cell.is_unread else "import-cell-guessed"
                source, what = cut(cell.source), self.of(cell.guess, shown=cell.shown)
                told.append(
                    self.texts.tell(key, column=column, source=source, what=what, place=self.place(cell.origin)).strip()
                )
        return told

    def of(self, key: str, **values: str) -> str:
        """Return the words of a key, on one line."""
        named = {"name": "", "text": "", "cells": "", "shown": "", "mark": "", "rows": "", "count": "", **values}
        return self.texts.report[f"import-{key}"].format(**named)

    def remark(self, one: Remark) -> str:
        values = {key: value if key == "name" else cut(value) for key, value in one.values}
        if "rows" in values:
            key = "import-one-row" if values["rows"] == "1" else "import-many-rows"
            values["rows"] = self.texts.tell(key, rows=values["rows"])
        said = self.of(one.key, **values)
        names = values.get("name", "")
        if not names or names in said:
            return said
        return self.texts.tell("import-listed", what=said, names=names)

    def place(self, origin: SourcePlace) -> str:
        """Return words for a place in the document."""
        if origin.sheet and not origin.row:
            return origin.sheet
        if origin.sheet:
            return self.texts.tell(
                "import-place-sheet", sheet=origin.sheet, cell=f"{letters(origin.column)}{origin.row}"
            )
        if origin.line:
            return self.texts.tell("import-place-line", line=origin.line)
        if origin.table:
            return self.texts.tell(
                "import-place-table", table=origin.table, row=origin.row or 1, column=origin.column or 1
            )
        return self.texts.tell("import-place-text")

    def _in_brackets(self, origin: SourcePlace | None) -> str:
        return f" ({self.place(origin)})" if origin else ""


def cut(text: str) -> str:
    """Return a text that fits in a line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def letters(column: int) -> str:
    """Return a sheet's name of a column.

    >>> letters(3), letters(28)
    ('C', 'AB')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = f"{chr(ord('A') + rest)}{name}"
    return name
