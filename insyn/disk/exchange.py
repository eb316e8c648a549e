"""Two folders change places in one step, so that nobody ever finds a mixture of them, or neither."""

import ctypes
import errno
import os
import sys

CALL = {"linux": "renameat2", "darwin": "renamex_np"}.get(sys.platform)
HERE = -100
"""Linux's AT_FDCWD: relative paths are from the working folder."""
SWAP = 2
"""The flag that asks for an exchange: RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


def exchange(one: str, other: str) -> None:
    """Let two folders of one file system change places.

    Raises OSError: ENOSYS where the system has no such call, EINVAL where the file system has none.
    """
    first, second = os.fsencode(one), os.fsencode(other)
    call = getattr(ctypes.CDLL(None, use_errno=True), CALL, None) if CALL else None
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), one, None, other)
    if call(first, second, SWAP) if sys.platform == "darwin" else call(HERE, first, HERE, second, SWAP):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), one, None, other)
