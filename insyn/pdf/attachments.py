"""A file that a PDF carries with it (PDF/A-3)."""

from msgspec import Struct


class Attachment(Struct, frozen=True):
    name: str
    content: bytes
    mime: str
    description: str
    relationship: str = "data"
    """What it is to the document: "data" that its charts and tables show, its "source", or a "supplement"."""
