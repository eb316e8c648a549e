"""Compresses a PDF, and makes every stream's length unambiguous, as PDF/A requires (ISO 19005-3, 6.1.7.1).

A compressed stream ends with a checksum. If its last byte is a carriage return, it forms a line end with the line feed
that follows the stream, and the stream seems one byte shorter.
"""

import io
import zlib
from itertools import combinations

from pikepdf import Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

CARRIAGE_RETURN = 0x0D
AFTER_CHECKSUM = b"\0"
"""Padding after the checksum, which no decompressor reads."""
LOOKS_SHORT = b"\r\nendstream"
MOVABLE = ("/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/Names")
"""Catalogue entries that may be made indirect, which renumbers and moves all objects."""


def pack(pdf: Pdf) -> bytes:
    """Return the PDF's bytes, deterministically."""
    for found in pdf.objects:
        if isinstance(found, Stream) and found.get("/Type") != Name.Metadata:
            _settle(found)
    body = _written(pdf)
    for moved in (names for count in range(1, len(MOVABLE) + 1) for names in combinations(MOVABLE, count)):
        if LOOKS_SHORT not in body:
            break
        body = _written(pdf, moved)
    return body


def _settle(stream: Stream) -> None:
    """Pad a stream that ends with a carriage return."""
    data = stream.read_bytes()
    if zlib.adler32(data) & 0xFF == CARRIAGE_RETURN:
        stream.write(zlib.compress(data, 9) + AFTER_CHECKSUM, filter=Name.FlateDecode)


def _written(pdf: Pdf, moved: tuple[str, ...] = ()) -> bytes:
    for name in moved:
        if name in pdf.Root and not pdf.Root[name].is_indirect:
            pdf.Root[name] = pdf.make_indirect(pdf.Root[name])
    written = io.BytesIO()
    pdf.save(
        written,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return written.getvalue()
