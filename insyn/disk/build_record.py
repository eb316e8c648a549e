"""The record of the latest build, its inputs and outputs: enough to detect that nothing has changed.

An unchanged build ends here, so hardly anything is imported: `pathlib` and `json` alone take half as long as all
checks.
"""

from __future__ import annotations

import marshal
import os
import sys
from zlib import crc32

from insyn.disk.shapes import Many, Table, are_inside, fits
from insyn.disk.side_files import SideFiles
from insyn.disk.snapshot import FolderSnapshot, FolderStats, Signature, read_file, signature_of, take_snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

VERSION = 10
"""The record's format. Increment it also when `is_content` or `is_tool` changes: the record holds folder listings."""
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The root of the project: the program, its templates and its assets."""
CACHE = ".insyn-cache"
TOOLS = ("insyn", "templates", "assets")
LITTER = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "__macosx", "$recycle.bin"})
"""Files that operating systems leave in any folder."""
MANIFEST = ".insyn"
"""The file in the output folder that lists what was published."""
PDF, SEARCH = "pdf", "search"
"""The parts that a build may omit: PDFs, the search index."""

Folder = str | os.PathLike[str]
Output = tuple[str, Signature | None]
"""The cache key of a published file, and its signature when it was put in place."""
TEXT, SIGNATURE = frozenset({str}), frozenset({int, type(None)})
SNAPSHOT = (TEXT, Table(TEXT, (SIGNATURE, TEXT)), Table(TEXT, SIGNATURE), Table(TEXT, TEXT))
SHAPE = (
    *(SNAPSHOT, SNAPSHOT, Table(TEXT, (TEXT, SIGNATURE)), Table(TEXT, (TEXT, Many(TEXT), SIGNATURE, SIGNATURE))),
    *(Table(TEXT, Many(TEXT)), Table(TEXT, TEXT), SIGNATURE, (TEXT, TEXT), Many(TEXT)),
)
"""The shape of a record's body."""


class BuildInputs:
    """Snapshots of all inputs of a site."""

    __slots__ = ("content", "tools")

    def __init__(self, content: FolderSnapshot, tools: FolderSnapshot) -> None:
        self.content, self.tools = content, tools


class Published:
    """What a build published, as it was put in place."""

    __slots__ = ("manifest", "outputs", "owned", "side_files", "sums")

    def __init__(
        self,
        outputs: dict[str, Output],
        side_files: dict[str, SideFiles],
        owned: dict[str, tuple[str, ...]],
        sums: dict[str, str],
        manifest: Signature | None,
    ) -> None:
        self.outputs = outputs
        self.side_files = side_files
        """By page folder: the files beside the page."""
        self.owned = owned
        """By förbund: the addresses of pages and files that depend on it alone."""
        self.sums = sums
        """By published file: the SHA-256 of its bytes. By folder of files beside a page: the hash of all of theirs."""
        self.manifest = manifest
        """The manifest's signature."""

    def doubting(self, paths: Collection[str]) -> Published:
        """Return the same without the signatures of some files, and folders of files, so that they are made again."""
        if not paths:
            return self
        outputs = {path: (key, None if path in paths else known) for path, (key, known) in self.outputs.items()}
        side_files = {
            folder: SideFiles(one.key, one.names, None, None) if folder in paths else one
            for folder, one in self.side_files.items()
        }
        return Published(outputs, side_files, self.owned, self.sums, self.manifest)


class BuildRecord:
    """The latest build from one content folder to one output folder."""

    __slots__ = ("inputs", "missing", "printed", "published")

    def __init__(
        self,
        inputs: BuildInputs,
        published: Published,
        printed: tuple[str, str],
        missing: frozenset[str] = frozenset(),
    ) -> None:
        self.inputs, self.published = inputs, published
        self.printed = printed
        """The report and the summary, as printed."""
        self.missing = missing
        """The parts that were omitted or failed, so that a build with other parts isn't taken for unchanged."""


def cache_folder(output: Folder) -> str:
    """Return the cache folder of an output folder: beside it."""
    return os.path.join(os.path.dirname(os.path.abspath(output)), CACHE)


def absolute_path(folder: str) -> str:
    """Return a folder's absolute path, ending with its own name. `..` is resolved through symbolic links."""
    return os.path.realpath(folder) if ".." in folder.replace("\\", "/").split("/") else os.path.abspath(folder)


def is_within(inner: str, outer: str) -> bool:
    """Whether `inner` is `outer` or lies in it, after symbolic links are resolved."""
    within, around = (os.path.join(os.path.normcase(os.path.realpath(folder)), "") for folder in (inner, outer))
    return within.startswith(around)


def _record_file(content: Folder, output: Folder) -> str:
    place = crc32(os.fsencode(f"{os.path.abspath(content)}\n{os.path.abspath(output)}"))
    return os.path.join(cache_folder(output), f"senast-{place:08x}")


def _heading(content: Folder, output: Folder) -> bytes:
    """Return the header of a record, which is valid only for these folders, interpreter and installed libraries."""
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    made_by = VERSION, sys.version, [(path, signature_of(path)) for path in libraries]
    return repr((*made_by, os.path.abspath(content), os.path.abspath(output))).encode("utf-8", "backslashreplace")


def read(content: Folder, output: Folder) -> BuildRecord | None:
    """Read the latest build's record; None if there is no valid one.

    `marshal` runs no code but may crash on damaged input, so the checksum is compared first, and the shape after.
    """
    try:
        heading, _, rest = (read_file(_record_file(content, output)) or b"").partition(b"\n")
        if heading != _heading(content, output):
            return None
        sum_of_body, _, body = rest.partition(b"\n")
        if int(sum_of_body, 16) != crc32(body):
            return None
        found = marshal.loads(body)
    except (OSError, ValueError, EOFError, TypeError, MemoryError):
        return None
    record = _record(found) if fits(found, SHAPE) else None
    return record if record and _is_inside(record.published) else None


def _record(found: Any) -> BuildRecord:
    made_from, tools, outputs, side_files, owned, sums, manifest, printed, missing = found
    inputs = BuildInputs(FolderSnapshot(*made_from), FolderSnapshot(*tools))
    beside = {folder: SideFiles(*one) for folder, one in side_files.items()}
    published = Published(outputs, beside, owned, sums, manifest)
    return BuildRecord(inputs, published, printed, frozenset(missing))


def _is_inside(published: Published) -> bool:
    """Whether all published files lie in the output folder."""
    names = {name for names in _distinct_names(published.side_files) for name in names}
    return are_inside((*published.outputs, *names, *(folder[:-1] for folder in published.side_files)))


def _distinct_names(side_files: dict[str, SideFiles]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return each tuple of names once: most plans have the same ones."""
    alike = {id(one.names): one.names for one in side_files.values()}
    return {names: names for names in alike.values()}


def write(record: BuildRecord, content: Folder, output: Folder) -> None:
    """Write the record. Failure is harmless: the next build does more."""
    file = _record_file(content, output)
    temporary = f"{file}.ny"  # one name, so that a killed build leaves one file; two at once fail the checksum
    done = record.published
    names = _distinct_names(done.side_files)  # deduplicated, to make the record smaller
    side_files = {
        folder: (one.key, names[one.names], one.folder_signature, one.files_signature)
        for folder, one in done.side_files.items()
    }
    inputs = record.inputs.content.parts(), record.inputs.tools.parts()
    told = record.printed, tuple(sorted(record.missing))
    published: Any = done.outputs, side_files, done.owned, done.sums, done.manifest
    body = marshal.dumps((*inputs, *published, *told))
    try:
        os.makedirs(cache_folder(output), exist_ok=True)
        with open(temporary, "wb") as written:
            written.write(b"%b\n%08x\n%b" % (_heading(content, output), crc32(body), body))
        os.replace(temporary, file)
    except OSError:
        _remove(temporary)


def forget(content: Folder, output: Folder) -> None:
    """Delete the record, so that the next build reads every file."""
    _remove(_record_file(content, output))


def _remove(file: str) -> None:
    try:
        os.unlink(file)
    except OSError:
        return


def snapshot_inputs(content: Folder, record: BuildRecord | None, project: Folder = ROOT) -> BuildInputs:
    """Take snapshots of content and tools, reading only files whose signature has changed. Raises Unreadable."""
    return BuildInputs(
        take_snapshot(os.fspath(content), is_content, record.inputs.content if record else None),
        take_snapshot(os.fspath(project), is_tool, record.inputs.tools if record else None),
    )


def is_current(record: BuildRecord, inputs: BuildInputs, output: Folder) -> bool:
    """Whether the record's inputs and outputs are unchanged."""
    return (
        inputs.content.has_same(record.inputs.content)
        and inputs.tools.has_same(record.inputs.tools)
        and is_output_intact(record.published, output)
    )


def is_output_intact(published: Published, output: Folder) -> bool:
    """Whether every published file is unchanged."""
    with FolderStats(os.fspath(output), follow_links=False) as stats:
        if published.manifest is None or stats.signature(MANIFEST) != published.manifest:
            return False
        return all(
            signature is not None and stats.signature(path) == signature
            for path, (_, signature) in published.outputs.items()
        ) and all(one.is_intact(folder, stats.signature) for folder, one in published.side_files.items())


def is_any_intact(published: Published, output: Folder) -> bool:
    """Whether any published file is unchanged, which shows that this is the output folder that was published to."""
    with FolderStats(os.fspath(output), follow_links=False) as stats:
        known = ((path, signature) for path, (_, signature) in published.outputs.items() if signature is not None)
        return any(stats.signature(path) == signature for path, signature in known)


def is_content(path: str) -> bool:
    """Whether a path in the content folder is content: not a hidden file, nor litter of a system or an editor."""
    name = path.rpartition("/")[2]
    return name[0] not in ".~" and name.lower() not in LITTER


def is_tool(path: str) -> bool:
    """Whether a path in the project is part of the program, its templates or its assets."""
    parts = path.split("/")
    return parts[0] in TOOLS and "__pycache__" not in parts and parts[-1][0] not in ".~"
