"""What the latest build was made from and what it published: enough to see that there is nothing to do.

Imports hardly anything, for the same reason: even `pathlib` and `json` take as long as half of all that has to be
looked at.
"""

from __future__ import annotations

import marshal
import os
import sys
from zlib import crc32

from insyn.disk.side_files import SideFiles
from insyn.disk.snapshot import FolderSnapshot, Looking, Signature, signature_of, take

VERSION = 7
"""Of the record. Also another when what counts as content or as a tool changes: listings are kept in it."""
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The folder with the program, its templates and its assets."""
CACHE = ".insyn-cache"
TOOLS = ("insyn", "templates", "assets")
LITTER = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "__macosx", "$recycle.bin"})
"""What operating systems leave in any folder."""
PDF, SEARCH = "pdf", "search"
"""What a build may leave out: plans as PDF, the search index."""

Folder = str | os.PathLike[str]
Output = tuple[str, Signature | None]
"""The key of what made a published file, and its signature when it was put there."""


class BuildInputs:
    """What a site is made from, as it lies now."""

    __slots__ = ("content", "tools")

    def __init__(self, content: FolderSnapshot, tools: FolderSnapshot) -> None:
        self.content, self.tools = content, tools


class BuildRecord:
    """The latest build of one content folder into one output folder."""

    __slots__ = ("beside", "fronts", "outputs", "owed", "owned", "said", "stock")

    def __init__(
        self,
        stock: BuildInputs,
        outputs: dict[str, Output],
        beside: dict[str, SideFiles],
        owned: dict[str, tuple[str, ...]],
        fronts: dict[str, int],
        said: tuple[str, str],
        owed: frozenset[str] = frozenset(),
    ) -> None:
        self.stock = stock
        """What it was made from."""
        self.outputs = outputs
        self.beside = beside
        """The files beside pages, by the page's folder."""
        self.owned = owned
        """By förbund: the addresses of what it alone decides."""
        self.fronts = fronts
        """By plan's file: the sum of its front matter."""
        self.said = said
        """The warnings and the summary, as they were printed."""
        self.owed = owed
        """What was left out, so that a build which is to have it has something to do. The rest was made."""


def cache_folder(output: Folder) -> str:
    """Return where builds into an output folder are remembered: beside it."""
    return os.path.join(os.path.dirname(os.path.abspath(output)), CACHE)


def whole(folder: str) -> str:
    """Return a folder's path from the disk's root, ending with its own name. `..` is of what a link leads to."""
    return os.path.realpath(folder) if ".." in folder.replace("\\", "/").split("/") else os.path.abspath(folder)


def is_within(inner: str, outer: str) -> bool:
    """Whether a folder is another or lies in it, wherever links lead."""
    within, around = (os.path.join(os.path.normcase(os.path.realpath(folder)), "") for folder in (inner, outer))
    return within.startswith(around)


def _file(content: Folder, output: Folder) -> str:
    place = crc32(os.fsencode(f"{os.path.abspath(content)}\n{os.path.abspath(output)}"))
    return os.path.join(cache_folder(output), f"senast-{place:08x}")


def _heading(content: Folder, output: Folder) -> bytes:
    """Return what must be as it was for the rest to be understood: the folders, the interpreter and the libraries'."""
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    made_by = VERSION, sys.version, [(path, signature_of(path)) for path in libraries]
    return repr((*made_by, os.path.abspath(content), os.path.abspath(output))).encode("utf-8", "backslashreplace")


def read(content: Folder, output: Folder) -> BuildRecord | None:
    """Return the latest build; None when there was none, or it was made by other tools than these.

    `marshal` makes values and runs nothing, but wants what it is given to be whole: so the sum is checked first.
    """
    try:
        with open(_file(content, output), "rb") as file:
            heading, sum_of_body = file.readline().rstrip(b"\n"), file.readline()
            if heading != _heading(content, output):
                return None
            body = file.read()
        if int(sum_of_body, 16) != crc32(body):
            return None
        made_from, tools, outputs, beside, owned, fronts, said, owed = marshal.loads(body)
        return BuildRecord(
            BuildInputs(FolderSnapshot(*made_from), FolderSnapshot(*tools)),
            outputs,
            {folder: SideFiles(*one) for folder, one in beside.items()},
            owned,
            fronts,
            said,
            frozenset(owed),
        )
    except (OSError, ValueError, EOFError, TypeError, AttributeError):
        return None


def write(latest: BuildRecord, content: Folder, output: Folder) -> None:
    """Remember a build. What can't be written is only not remembered. Most plans' files have the same names."""
    file = _file(content, output)
    temporary = f"{file}.{os.getpid()}"
    names = {one.names: one.names for one in latest.beside.values()}
    beside = {folder: (one.key, names[one.names], one.signature, one.look) for folder, one in latest.beside.items()}
    stock = latest.stock.content.parts(), latest.stock.tools.parts()
    told = latest.fronts, latest.said, sorted(latest.owed)
    body = marshal.dumps((*stock, latest.outputs, beside, latest.owned, *told))
    try:
        os.makedirs(cache_folder(output), exist_ok=True)
        with open(temporary, "wb") as written:
            written.write(b"%b\n%08x\n%b" % (_heading(content, output), crc32(body), body))
        os.replace(temporary, file)
    except OSError:
        _remove(temporary)


def forget(content: Folder, output: Folder) -> None:
    """Remember nothing of the latest build, so that the next one reads every file."""
    _remove(_file(content, output))


def _remove(file: str) -> None:
    try:
        os.unlink(file)
    except OSError:
        return


def take_stock(content: Folder, latest: BuildRecord | None, project: Folder = ROOT) -> BuildInputs:
    """Look at the content and the tools. What the latest build knew by its signature isn't read. Raises Unreadable."""
    return BuildInputs(
        take(os.fspath(content), is_content, latest.stock.content if latest else None),
        take(os.fspath(project), is_tool, latest.stock.tools if latest else None),
    )


def is_current(latest: BuildRecord, stock: BuildInputs, output: Folder) -> bool:
    """Whether content and tools are what the latest build had, and the published files lie as it left them."""
    return (
        stock.content.has_same(latest.stock.content)
        and stock.tools.has_same(latest.stock.tools)
        and lies_as_left(latest, output)
    )


def lies_as_left(latest: BuildRecord, output: Folder) -> bool:
    """Whether every file that the latest build published lies as it left it."""
    with Looking(os.fspath(output)) as looking:
        return all(
            signature is not None and looking.signature(path) == signature
            for path, (_, signature) in latest.outputs.items()
        ) and all(one.is_intact(folder, looking.signature) for folder, one in latest.beside.items())


def is_content(path: str) -> bool:
    """Whether a path under the content folder counts: hidden files and what systems and editors leave don't."""
    name = path.rpartition("/")[2]
    return name[0] not in ".~" and name.lower() not in LITTER


def is_tool(path: str) -> bool:
    """Whether a path in the project decides what pages look like."""
    parts = path.split("/")
    return parts[0] in TOOLS and "__pycache__" not in parts and parts[-1][0] not in ".~"
