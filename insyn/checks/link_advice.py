"""Advice on a broken link: what did its author mean?"""

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from msgspec import Struct

from insyn.markdown.article import ON_DISK, Link
from insyn.reading.sources import listing_of

MAIL = re.compile(
    r"(?:e-?post|e?mail(?:to)?)?[.;/ ]{0,3}"
    r"(?P<rest>[^\s/@:?#.;][^\s/@:?#]{0,200}@(?:[^\s/@:?#.]{1,64}\.){1,9}[^\s/@:?#.]{2,24}(?:\?\S*)?)\Z"
)
PHONE = re.compile(r"(?:tel|tfn|telefon)?[.;/ ]*(?P<rest>(?:\(?0|\+)[\d ()./\u2010-\u2013-]{6,24})\Z", re.IGNORECASE)
HOST = re.compile(
    r"(?:https?(?:/{1,3}|[.;]/*)|(?=www\.|(?:[\w-]{1,63}\.){1,9}(?:se|nu|com|org|net|eu|info|fi|no|dk)(?:[/?#]|\Z)))"
    r"(?P<rest>[\w-]+\..+)\Z",
    re.IGNORECASE,
)
LIKE_ENOUGH = 0.75


class LinkAdvice(Struct, frozen=True):
    hint: str
    suggestion: str = ""


NO_PAGE = LinkAdvice("link-page")


def advice_on(link: Link, path: str, paths: Collection[str], files: Collection[str]) -> LinkAdvice:
    """Return the advice. `path` is the link's target, `paths` all pages, `files` the other possible targets."""
    target, anchor = unquote(link.target.partition("#")[0]), link.target.partition("#")[2]
    if ON_DISK.match(target):
        return LinkAdvice("link-disk")
    if found := MAIL.match(target):
        return LinkAdvice("link-mail", f"mailto:{found['rest']}")
    if found := PHONE.match(target):
        return LinkAdvice("link-phone", f"tel:{re.sub(r'[^+0-9]', '', found['rest'].replace('(0)', ''))}")
    if found := HOST.match(target):
        return LinkAdvice("link-host", f"https://{found['rest']}")
    page, source = _page_of(link.place.file), _of_source(link, target, path)
    if meant := next((one for one in source if one and one in paths), None):
        return LinkAdvice("link-source", _seen_from(page, meant, anchor))
    if nearest := _nearest(page, path, {*paths, *files}):
        return LinkAdvice("link-near", _seen_from(page, nearest, anchor))
    return LinkAdvice("link-file" if "." in posixpath.basename(target.strip("./")) else "link-page")


def _of_source(link: Link, target: str, path: str) -> Iterator[str]:
    """Yield the pages of the source file that a link may mean, relative to its own source file and to its page."""
    _, _, file = link.place.file.partition("/")
    for written in (posixpath.normpath(posixpath.join("/", file, "..", target)).strip("/"), path.strip("/")):
        stem, _, kind = written.rpartition(".")
        if kind in {"md", "html", "htm"}:
            yield _address_of(written)
            yield f"{stem.removesuffix('index').rstrip('/')}/"


def _page_of(file: str) -> str:
    """Return the base address for links in a file. For a plan's version it is that of the plan's year."""
    return _address_of(file.partition("/")[2], version="")


def _address_of(path: str, *, version: str | None = None) -> str:
    """Return the address of a source file's page; "" if it has none."""
    listing = listing_of({path: ""})
    for plan in listing.plans:
        under = plan.version if version is None else version
        return f"{plan.name}/{plan.year}/{under}/" if under else f"{plan.name}/{plan.year}/"
    return next((f"{file.name}/" for file in (*listing.associations, *listing.pages)), "")


def _nearest(page: str, path: str, paths: Collection[str]) -> str | None:
    """Return the address most like a broken one, with the same digits: another year is another plan."""
    import difflib  # deferred: needed only for a fault

    if f"{path}/" in paths:
        return f"{path}/"
    digits = re.findall(r"\d+", path)
    alike = {_seen_from(page, one, ""): one for one in sorted(paths) if re.findall(r"\d+", one) == digits}
    found = difflib.get_close_matches(_seen_from(page, path, ""), alike, n=1, cutoff=LIKE_ENOUGH)
    return alike[found[0]] if found else None


def _seen_from(page: str, path: str, anchor: str) -> str:
    """Return the relative link from a page to an address."""
    mark = f"#{anchor}" if anchor else ""
    if mark and path == page:
        return mark
    slash = "" if path and not path.endswith("/") else "/"
    return f"{posixpath.relpath(path or '.', page or '.')}{slash}{mark}"
