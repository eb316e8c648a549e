"""Files that tell a web server what to say with every answer. They do nothing by being copied with the site."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from insyn import policies
from insyn.pages.views import ApacheFile, HeadersFile, NginxFile, ServerFile

HEADERS = "_headers"
"""Netlify and Cloudflare Pages look for it by this name; for all others it is a text."""
FOLDER = "_server/"
"""Begins with a sign that no förbund's address can have."""
LASTING = "public, max-age=31536000"
"""A year."""


def server_files(address: str | None, lasting_folders: tuple[str, ...]) -> Iterator[tuple[str, ServerFile]]:
    """Yield each file with its path. What lies in a lasting folder never changes under its name."""
    kinds = {HEADERS: HeadersFile, f"{FOLDER}apache.conf": ApacheFile, f"{FOLDER}nginx.conf": NginxFile}
    for path, kind in kinds.items():
        yield (
            path,
            kind(
                root=urlsplit(address).path if address else "/",
                policy=policies.in_header(policies.PAGE),
                search_policy=policies.in_header(policies.SEARCH),
                referrer=policies.REFERRER,
                permissions=policies.PERMISSIONS,
                lasting=LASTING,
                lasting_folders=lasting_folders,
            ),
        )
