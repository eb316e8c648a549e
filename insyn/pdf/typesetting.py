"""Typesetting by Typst, template `print/plan.typ`, to a file that is both PDF/UA-1 and PDF/A-3a.

Typst runs threads, which don't survive a fork, so a process that has typeset must never fork one that typesets. Only
workers call it (`workers.spread` with `apart`).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
import typst

from insyn.pdf.attachments import Attachment
from insyn.pdf.tagging import Finished, finish
from insyn.pdf.tree import PdfDocument, tables_in

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]

NO_DAY = date(1970, 1, 1)
"""Passed to the typesetter if there is no day, and removed afterwards."""


class Unsettled(Exception):
    """Typst gave warnings: page numbers may be wrong or a font missing. The message is Typst's."""


def make_pdf(
    document: PdfDocument, attachments: Sequence[Attachment], day: date | None, template: str, faces: Path
) -> Finished:
    """Typeset a document with the fonts in a folder. `day` is the PDF's creation date, if it has one.

    Raises typst.TypstError and Unsettled, which are our own faults: a document can be typeset whatever its plan
    contains.
    """
    body, warnings = _compiler(faces).compile_with_warnings(
        template.encode(),
        format="pdf",
        sys_inputs={
            "document": msgspec.json.encode(document).decode(),
            "attachments": msgspec.json.encode([_as_data(one) for one in attachments]).decode(),
        },
        pdf_standards=[*STANDARDS],
        timestamp=int(datetime.combine(day or NO_DAY, time(), UTC).timestamp()),
    )
    if warnings or not isinstance(body, bytes):
        raise Unsettled("; ".join(warning.message for warning in warnings))
    return finish(body, tuple(tables_in(document)), is_dated=day is not None)


@lru_cache(maxsize=1)
def _compiler(faces: Path) -> typst.Compiler:
    """Return the process's compiler, which reads the fonts once. System fonts aren't used."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(faces)])
    return typst.Compiler(root=str(faces), font_paths=fonts)


def _as_data(attachment: Attachment) -> dict[str, object]:
    """Return an attachment for JSON: text as text, anything else as bytes."""
    try:
        content: object = attachment.content.decode()
    except UnicodeDecodeError:
        content = list(attachment.content)
    return {
        "name": attachment.name,
        "content": content,
        "mime": attachment.mime,
        "description": attachment.description,
        "relationship": attachment.relationship,
    }
