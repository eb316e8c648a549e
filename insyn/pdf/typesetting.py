"""From a document to a PDF, by the template `print/plan.typ`: PDF/UA-1 and PDF/A-3a in the same file.

Typst runs threads that don't survive in a forked process, so a process that has typeset must never fork another that
does. It is called by workers alone (`workers.spread`, apart).
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


class Unsettled(Exception):
    """The typesetter isn't sure of its work: page numbers may be wrong, or a face missing. It says why, in English."""


def make_pdf(
    document: PdfDocument, attachments: Sequence[Attachment], day: date, template: str, faces: Path
) -> Finished:
    """Typeset a document with the faces of a folder. `day` is when it says that it was made.

    Raises typst.TypstError and Unsettled, which are our own faults: whatever a plan holds, its document can be set.
    """
    body, warnings = _compiler(faces).compile_with_warnings(
        template.encode(),
        format="pdf",
        sys_inputs={
            "document": msgspec.json.encode(document).decode(),
            "attachments": msgspec.json.encode([_as_data(one) for one in attachments]).decode(),
        },
        pdf_standards=[*STANDARDS],
        timestamp=int(datetime.combine(day, time(), UTC).timestamp()),
    )
    if warnings or not isinstance(body, bytes):
        raise Unsettled("; ".join(warning.message for warning in warnings))
    return finish(body, tuple(tables_in(document)))


@lru_cache(maxsize=1)
def _compiler(faces: Path) -> typst.Compiler:
    """Return the worker's typesetter, which reads the faces once. Nothing of the machine's own is used."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(faces)])
    return typst.Compiler(root=str(faces), font_paths=fonts)


def _as_data(attachment: Attachment) -> dict[str, object]:
    """Write a file as JSON can hold it: text as text, anything else byte by byte."""
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
