"""Jinja's cache of compiled templates: code, which is run as it is read, so it is sealed with its template's hash."""

import contextlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from insyn.disk.hashing import sealed, unsealed
from insyn.disk.snapshot import read_file

FILE = "insyn-2-{}.jinja"
"""The number changes with the format, and with the environment's settings."""


class CompiledTemplates(BytecodeCache):
    """A folder of compiled templates. One that is damaged or can't be written is compiled anew."""

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
        aside = file.with_suffix(".tmp")  # of two builds that write at once, one is refused when read
        with contextlib.suppress(OSError):
            try:
                aside.write_bytes(sealed(bucket.checksum, bucket.bytecode_to_string()))
                aside.replace(file)
            finally:
                aside.unlink(missing_ok=True)
