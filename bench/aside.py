"""Takes away what builds have made, without removing it.

Some file systems are slow for minutes after many files have been removed: ext4 without a journal lets no new file have
the inode of one that was lately removed, and looks through all of these for each file that it makes. A build after the
removal of 38 000 files took half as long again. Nobody publishes right after such a removal, so none is measured.
"""

import contextlib
import tempfile
from pathlib import Path


def put_aside(folder: Path) -> None:
    """Move a folder, if it is there, out of the project that it stands in. It goes with the whole bench."""
    with contextlib.suppress(FileNotFoundError):
        project = folder.parent
        folder.rename(Path(tempfile.mkdtemp(prefix=f"{project.name}-", dir=project.parent)) / folder.name)
