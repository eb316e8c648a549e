"""Facts about files to download, and the origin that the files state."""

from hashlib import sha256

from msgspec import Struct

Named = tuple[str, bytes]
"""A file's name and content."""


class FileFacts(Struct, frozen=True):
    """A file's name, size and SHA-256, as shown beside links to it."""

    name: str
    size: int
    """In bytes."""
    sha256: str


class Origin(Struct, frozen=True):
    """The version of a plan that files are made from, as stated in them."""

    version: str
    path: str
    """Path of its page, from the site root: the address that stays valid the longest."""
    top: str
    """Relative path from the files' folder to the site root."""
    site: str | None
    """The site's URL; None if undecided."""
    status: str
    """The plan's status: "Beslutad 24 november 2021"."""
    licence: str

    @property
    def address(self) -> str | None:
        return f"{self.site}{self.path}" if self.site else None


def facts_of(name: str, body: bytes) -> FileFacts:
    """Return the facts of a file."""
    return FileFacts(name, len(body), sha256(body).hexdigest())
