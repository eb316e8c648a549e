"""Writes a PDF as small as it gets, and so that every stream is as long as it says that it is, however that's counted.

A packed stream ends with a checksum. When its last byte happens to be a carriage return, the line feed that follows the
stream makes it look one byte shorter: a line's end is no part of a stream (ISO 19005-3, 6.1.7.1).
"""

import io
import zlib
from itertools import combinations

from pikepdf import Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

CARRIAGE_RETURN = 0x0D
AFTER_CHECKSUM = b"\0"
"""What is packed ends with its checksum, so nobody reads on."""
LOOKS_SHORT = b"\r\nendstream"
MOVABLE = ("/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/Names")
"""Parts of the catalogue that may be objects of their own, which gives all objects other numbers and places."""


def pack(pdf: Pdf) -> bytes:
    """Write a file. The same bytes come out for the same file."""
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
    """Have a stream end with another byte than the one that is taken for a line's end."""
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
