"""A trash folder: output of earlier builds is moved there instead of deleted.

Some file systems are slow for minutes after many files have been deleted: ext4 without a journal doesn't reuse recently
freed inodes, and scans past them all for each new file. A build after the deletion of 38,000 files took half as long
again. Nobody publishes right after such a deletion, so it isn't measured.
"""

import contextlib
import tempfile
from pathlib import Path


def move_to_trash(folder: Path) -> None:
    """Move a folder, if it exists, out of its project. The trash is deleted with the bench's folder."""
    with contextlib.suppress(FileNotFoundError):
        project = folder.parent
        folder.rename(Path(tempfile.mkdtemp(prefix=f"{project.name}-", dir=project.parent)) / folder.name)
