"""Files from anywhere that are imported."""

import shutil
import subprocess
from pathlib import Path

PDF_READER = "pdftotext"
"""Poppler's, which some computers have."""
MOST_SECONDS = 60


def body_of(file: Path) -> bytes | None:
    """Return a file's bytes; None when it can't be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def text_of_pdf(body: bytes) -> str | None:
    """Return the text of a PDF as it is laid out; None when this computer has no reader, or it finds no text."""
    reader = shutil.which(PDF_READER)
    if reader is None:
        return None
    words = [reader, "-layout", "-enc", "UTF-8", "-", "-"]
    try:
        made = subprocess.run(words, input=body, capture_output=True, check=True, timeout=MOST_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    text = made.stdout.decode("utf-8", "replace")
    return text if text.strip() else None
