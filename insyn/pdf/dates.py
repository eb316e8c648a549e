"""Takes away the days that nobody has told: when a PDF was made isn't known, and a made-up day would pass for one.

The typesetter won't write PDF/A without a day of its making. Neither PDF/A-3 nor PDF/UA-1 asks for one; PDF/A-3 wants
to know when a file that goes with the PDF was last changed: the day of the plan's version, where it has one.
"""

import re

from pikepdf import Name, Pdf, Stream

DATED = re.compile(rb"<xmpMM:History>.*?</xmpMM:History>|<xmp:(\w+Date)>[^<]*</xmp:\1>", re.DOTALL)
"""What the metadata say of days: when the file was made and changed, and a history of that."""


def without_untold(pdf: Pdf, *, is_dated: bool) -> None:
    """Remove when the PDF was made, and for a version without a day also when the files with it were changed."""
    for name in ("/CreationDate", "/ModDate"):
        if name in pdf.docinfo:
            del pdf.docinfo[name]
    pdf.Root.Metadata.write(DATED.sub(b"", pdf.Root.Metadata.read_bytes()))
    for found in pdf.objects:
        if not is_dated and isinstance(found, Stream) and found.get("/Type") == Name.EmbeddedFile:
            del found.Params["/ModDate"]
