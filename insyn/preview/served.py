"""Addresses of the site as paths, and what files are sent as."""

from urllib.parse import unquote

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
UNKNOWN = "application/octet-stream"
HTML = TYPES[".html"]
LONGEST = 2_000
"""Characters of an address."""


def site_path(address: str) -> str | None:
    """Return the path that an address names, from the site's top; None when it can be none.

    >>> site_path("/hoglandet/2024/"), site_path("/a/../b"), site_path("/%2e%2e/x")
    ('hoglandet/2024/', None, None)
    """
    path = unquote(address.partition("?")[0].partition("#")[0], errors="strict") if len(address) <= LONGEST else ""
    if not path.startswith("/") or "\\" in path or "\0" in path or ":" in path:
        return None
    *folders, name = path[1:].split("/")
    if any(not one or one.startswith(".") for one in folders) or name.startswith("."):
        return None
    return path[1:]


def media_type(name: str) -> str:
    """Return what a file is sent as."""
    return TYPES.get(f".{name.rpartition('.')[2].lower()}", UNKNOWN)
