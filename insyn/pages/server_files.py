"""Files with the response headers that a web server should send. Copying them with the site has no effect by itself."""

from typing import ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup

from insyn.pages import policies
from insyn.pages.frame import Document

LASTING = "public, max-age=31536000"
"""A year."""


class ServerFile(Document, frozen=True):
    """The response headers for one kind of web server."""

    root: str
    """The root of the site, from that of the server: "/", "/planer/"."""
    root_pattern: Markup
    """The same as a regular expression."""
    policy: Markup
    referrer: str
    permissions: Markup
    lasting: str
    """How long a browser may cache files that never change."""
    lasting_folders: tuple[str, ...]
    """Folders of such files besides the fonts, from the root of the site."""


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
    """Return a server's file. The contents of a lasting folder never change under the same name."""
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
