"""What the latest build was made from and what it published: enough to see that there is nothing to do.

Imports nothing heavy, for the same reason.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from insyn.disk import inventory
from insyn.disk.beside import Beside
from insyn.disk.inventory import Inventory, Signature, hash_of, signature_of

VERSION = 4
PROJECT = Path(__file__).resolve().parent.parent.parent
"""The folder with the program, its templates and its assets."""
CACHE = ".insyn-cache"
TOOLS = ("insyn", "templates", "assets")
PDF, SEARCH = "pdf", "search"
"""What a build may leave out: plans as PDF, the search index."""


Output = tuple[str, Signature | None]
"""The key of what made a published file, and its signature when it was put there."""


class Latest:
    """The latest build of one content folder into one output folder."""

    __slots__ = ("beside", "content", "outputs", "owed", "report", "summary", "tools")

    def __init__(
        self,
        content: Inventory,
        tools: Inventory,
        outputs: dict[str, Output],
        beside: dict[str, Beside],
        report: str,
        summary: str,
        owed: frozenset[str] = frozenset(),
    ) -> None:
        self.content, self.tools = content, tools
        self.outputs = outputs
        self.beside = beside
        """The files beside pages, by the page's folder."""
        self.report = report
        """The warnings, as they were printed."""
        self.summary = summary
        self.owed = owed
        """What was left out, so that a build which is to have it has something to do. The rest was made."""


def cache_folder(output: Path) -> Path:
    """Return where builds into an output folder are remembered: beside it."""
    return output.absolute().parent / CACHE


def whole(folder: str) -> Path:
    """Return a folder's path from the disk's root, ending with its own name."""
    path = Path(folder).absolute()
    return Path(os.path.realpath(path)) if ".." in path.parts else path


def is_within(inner: Path, outer: Path) -> bool:
    """Whether a folder is another or lies in it, wherever links lead."""
    return Path(os.path.realpath(inner)).is_relative_to(os.path.realpath(outer))


def _file(content: Path, output: Path) -> Path:
    name = hash_of(str(content.absolute()), str(output.absolute()))[:16]
    return cache_folder(output) / f"senast-{name}.json"


def surroundings() -> list[Any]:
    """What else decides a result: the interpreter, and the folder that libraries are installed in."""
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    return [VERSION, sys.version, *([path, list(signature_of(path) or ())] for path in libraries)]


def read(content: Path, output: Path) -> Latest | None:
    """Return the latest build; None when there was none, or it was made by other tools than these."""
    try:
        written = json.loads(_file(content, output).read_text("utf-8", "surrogateescape"))
        if written["surroundings"] != surroundings():
            return None
        outputs = {path: (str(key), tuple(sig) if sig else None) for path, (key, sig) in written["outputs"].items()}
        return Latest(
            inventory.from_json(written["content"]),
            inventory.from_json(written["tools"]),
            outputs,
            _read_beside(written["beside"], [tuple(map(str, names)) for names in written["names"]]),
            str(written["report"]),
            str(written["summary"]),
            frozenset(written["owed"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_beside(written: Any, names: list[tuple[str, ...]]) -> dict[str, Beside]:
    return {
        folder: Beside(str(key), names[place], tuple(signature) if signature else None, look)
        for folder, (key, place, signature, look) in written.items()
    }


def write(latest: Latest, content: Path, output: Path) -> None:
    """Remember a build. What can't be written is only not remembered. Most plans' files have the same names."""
    file = _file(content, output)
    names = {found: place for place, found in enumerate(dict.fromkeys(one.names for one in latest.beside.values()))}
    aside = file.with_suffix(f".{os.getpid()}")
    body = {
        "surroundings": surroundings(),
        "content": latest.content.as_json(),
        "tools": latest.tools.as_json(),
        "outputs": latest.outputs,
        "names": list(names),
        "beside": {
            folder: (one.key, names[one.names], one.signature, one.look) for folder, one in latest.beside.items()
        },
        "report": latest.report,
        "summary": latest.summary,
        "owed": sorted(latest.owed),
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(_encoded(body))
        aside.replace(file)
    except OSError:
        return


def _encoded(body: Any) -> bytes:
    """Write values as JSON. A build that has come so far has msgspec, which is several times as fast as `json`."""
    from msgspec.json import encode

    try:
        return encode(body)
    except UnicodeEncodeError:  # the name of a file that isn't text
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape")


def forget(content: Path, output: Path) -> None:
    """Remember nothing of the latest build, so that the next one reads every file."""
    with contextlib.suppress(OSError):
        _file(content, output).unlink()


def is_current(latest: Latest, output: Path, project: Path = PROJECT) -> bool:
    """Whether content, tools and published files are all as they were, and the tools are this project's."""
    return (
        latest.tools.root == str(project)
        and latest.tools.is_current(is_tool)
        and latest.content.is_current(is_content)
        and all(
            signature is not None and signature_of(f"{output}/{path}") == signature
            for path, (_, signature) in latest.outputs.items()
        )
        and all(one.is_intact(f"{output}/{folder}") for folder, one in latest.beside.items())
    )


def is_content(path: str) -> bool:
    """Whether a path under the content folder counts: hidden files and editors' own copies don't."""
    return path.rpartition("/")[2][0] not in ".~"


def is_tool(path: str) -> bool:
    """Whether a path in the project decides what pages look like."""
    parts = path.split("/")
    return parts[0] in TOOLS and "__pycache__" not in parts and parts[-1][0] not in ".~"
