"""Files that tell a web server what to say with every answer. They do nothing by being copied with the site."""

from urllib.parse import urlsplit

from insyn.pages import policies
from insyn.pages.views import ServerFile

LASTING = "public, max-age=31536000"
"""A year."""


def server_file(kind: type[ServerFile], address: str | None, lasting_folders: tuple[str, ...]) -> ServerFile:
    """Return a server's file. What lies in a lasting folder never changes under its name."""
    return kind(
        root=urlsplit(address).path if address else "/",
        policy=policies.in_header(policies.PAGE),
        search_policy=policies.in_header(policies.SEARCH),
        referrer=policies.REFERRER,
        permissions=policies.PERMISSIONS,
        lasting=LASTING,
        lasting_folders=lasting_folders,
    )
