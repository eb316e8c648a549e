"""Files from anywhere that are imported."""

from pathlib import Path


def body_of(file: Path) -> bytes | None:
    """Return a file's bytes; None when it can't be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None
