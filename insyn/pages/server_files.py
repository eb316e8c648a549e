"""Files that tell a web server what to say with every answer. They do nothing by being copied with the site."""

from typing import ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup

from insyn.pages import policies
from insyn.pages.frame import Document

LASTING = "public, max-age=31536000"
"""A year."""


class ServerFile(Document, frozen=True):
    """What a web server is to say with every answer, in the form of one kind of server."""

    root: str
    """The site's top, from the server's: "/", "/planer/"."""
    root_pattern: Markup
    """The same as a regular expression."""
    policy: Markup
    referrer: str
    permissions: Markup
    lasting: str
    """How long a browser may keep what never changes."""
    lasting_folders: tuple[str, ...]
    """Folders besides the fonts with such files, from the site's top."""


class HeadersFile(ServerFile, frozen=True):
    """For Netlify and Cloudflare Pages."""

    template: ClassVar = "servers/headers.conf"


class ApacheFile(ServerFile, frozen=True):
    """For Apache."""

    template: ClassVar = "servers/apache.conf"


class NginxFile(ServerFile, frozen=True):
    """For nginx."""

    template: ClassVar = "servers/nginx.conf"


def server_file(kind: type[ServerFile], address: str | None, lasting_folders: tuple[str, ...]) -> ServerFile:
    """Return a server's file. What lies in a lasting folder never changes under its name."""
    root = urlsplit(address).path if address else "/"
    return kind(
        root=root,
        root_pattern=Markup(root.replace(".", r"\.")),
        policy=policies.in_header(policies.PAGE),
        referrer=policies.REFERRER,
        permissions=policies.PERMISSIONS,
        lasting=LASTING,
        lasting_folders=lasting_folders,
    )
