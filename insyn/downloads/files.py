"""Facts about files to download, and the origin that the files state."""

from hashlib import sha256

from msgspec import Struct

Named = tuple[str, bytes]
"""A file's name and content."""


class FileFacts(Struct, frozen=True):
    """A file's name, size and SHA-256, as shown where it is linked."""

    name: str
    size: int
    """Bytes."""
    sha256: str


class Origin(Struct, frozen=True):
    """The version of a plan that files are made from, as they state it."""

    version: str
    path: str
    """Path of its page, from the site root: the address that stays the same for the longest."""
    top: str
    """The way from where the files lie to the site root."""
    site: str | None
    """The site's URL; None when undecided."""
    status: str
    """The plan's status: "Beslutad 24 november 2021"."""
    licence: str

    @property
    def address(self) -> str | None:
        return f"{self.site}{self.path}" if self.site else None


def facts_of(name: str, body: bytes) -> FileFacts:
    """Return the facts of a file."""
    return FileFacts(name, len(body), sha256(body).hexdigest())
