"""How is a plan's original given? As the name of a file beside the plan, or as an address."""

from insyn.model import is_elsewhere
from insyn.reading.fields import Fields
from insyn.reading.keys import PlanKeys
from insyn.reading.scalars import read_web_address
from insyn.reading.sources import DOCUMENT, DOCUMENT_ENDINGS
from insyn.swedish import slug

OURS = "plan.pdf"
"""The name of the PDF that the site itself creates."""


def read_original(fields: Fields) -> str | None:
    """Return the name of a file that can be published, or an address."""
    scalar = fields.scalar(PlanKeys.original)
    if scalar is None:
        return None
    written = scalar.text.strip()
    if is_elsewhere(written):
        return read_web_address(scalar, fields.found)
    stem, _, ending = written.rpartition(".")
    if not written.lower().endswith(DOCUMENT_ENDINGS):
        hint, suggestion = "original-kind", ""
    elif written == OURS:
        hint, suggestion = "original-ours", ""
    elif DOCUMENT.match(written):
        return written
    else:
        hint, suggestion = "original-name", f"{slug(stem) or 'planen'}.{ending.lower()}"
    fields.found.add("original-unusable", scalar.place, hint=hint, written=written, suggestion=suggestion)
    return None
