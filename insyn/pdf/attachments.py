"""Attachments in a PDF (PDF/A-3)."""

from msgspec import Struct


class Attachment(Struct, frozen=True):
    name: str
    content: bytes
    mime: str
    description: str
    relationship: str = "data"
    """Typst's name for AFRelationship: "data", "source" or "supplement"."""
