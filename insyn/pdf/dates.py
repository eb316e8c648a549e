"""Removes invented days: it isn't known when a PDF was made, and a made-up day would pass for a real one.

The typesetter writes PDF/A only with a creation date. Neither PDF/A-3 nor PDF/UA-1 requires one; PDF/A-3 requires the
modification date of an attached file: the day of the plan's version, if it has one.
"""

import re

from pikepdf import Name, Pdf, Stream

DATED = re.compile(rb"<xmpMM:History>.*?</xmpMM:History>|<xmp:(\w+Date)>[^<]*</xmp:\1>", re.DOTALL)
"""Dates in the metadata: of creation and modification, and a history of those."""


def without_untold(pdf: Pdf, *, is_dated: bool) -> None:
    """Remove the creation date and, for a version without a day, the modification dates of its attachments."""
    for name in ("/CreationDate", "/ModDate"):
        if name in pdf.docinfo:
            del pdf.docinfo[name]
    pdf.Root.Metadata.write(DATED.sub(b"", pdf.Root.Metadata.read_bytes()))
    for found in pdf.objects:
        if not is_dated and isinstance(found, Stream) and found.get("/Type") == Name.EmbeddedFile:
            del found.Params["/ModDate"]
