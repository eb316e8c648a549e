"""What is told of the files that others download, and what they say of where they come from."""

from hashlib import sha256

from msgspec import Struct

Named = tuple[str, bytes]
"""A file's name and what is in it."""


class FileFacts(Struct, frozen=True):
    """What is told of a file where it is linked to."""

    name: str
    size: int
    """In bytes."""
    sha256: str


class Origin(Struct, frozen=True):
    """Which version of a plan files are of, and what they say of where they come from."""

    version: str
    path: str
    """Of its page, from the site's top: the address that stays the same for the longest."""
    top: str
    """The way from where the files lie to the site's top."""
    site: str | None
    """The site's address, when it is known."""
    status: str
    """Where the plan is in its life: "Beslutad 24 november 2021"."""
    licence: str

    @property
    def address(self) -> str | None:
        return f"{self.site}{self.path}" if self.site else None


def facts_of(name: str, body: bytes) -> FileFacts:
    """Return what is told of a file."""
    return FileFacts(name, len(body), sha256(body).hexdigest())
