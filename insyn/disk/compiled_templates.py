"""Jinja's cache of compiled templates: they are code and run on loading, so each is sealed with its template's hash."""

import contextlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from insyn.disk.hashing import sealed, unsealed
from insyn.disk.snapshot import read_file

FILE = "insyn-2-{}.jinja"
"""The number must change with the format, and with the environment's settings."""


class CompiledTemplates(BytecodeCache):
    """A folder of compiled templates. A damaged one, or one that couldn't be written, is compiled again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / FILE.format(bucket.key)

    def load_bytecode(self, bucket: Bucket) -> None:
        code = unsealed(bucket.checksum, read_file(str(self._file(bucket))))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        file = self._file(bucket)
        aside = file.with_suffix(".tmp")  # if two builds write at once, the seal fails on reading
        with contextlib.suppress(OSError):
            try:
                aside.write_bytes(sealed(bucket.checksum, bucket.bytecode_to_string()))
                aside.replace(file)
            finally:
                aside.unlink(missing_ok=True)
