"""The recorded state of the files beside a page.

A plan has twenty such files: a stat of each for 1,500 plans would triple the time of an unchanged build. So only their
folder is checked: its signature changes when a file is added, removed or replaced, and only then is each file checked.
A file that is overwritten in place is noticed when its plan is next built, or by `--kontrollera-output`. An unchanged
build ends here, so nothing heavy is imported.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from insyn.disk.snapshot import Signature


class SideFiles:
    """The files beside one page, as a build published them."""

    __slots__ = ("files_signature", "folder_signature", "key", "names")

    def __init__(
        self, key: str, names: tuple[str, ...], folder_signature: Signature | None, files_signature: int | None
    ) -> None:
        self.key, self.names = key, names
        """The cache key of all of them, and their file names."""
        self.folder_signature, self.files_signature = folder_signature, files_signature
        """The signature of their folder, and one for all of them together; None if unknown."""

    def is_intact(self, folder: str, signature_of: Callable[[str], Signature | None]) -> bool:
        """Whether the files are unchanged. `folder` ends with a slash; `signature_of` returns a path's signature."""
        if self.files_signature is None:
            return False
        now = signature_of(folder[:-1])
        if now is None or now == self.folder_signature:
            return now is not None
        return combined_signature([signature_of(f"{folder}{name}") for name in self.names]) == self.files_signature


def combined_signature(signatures: Sequence[Signature | None]) -> int | None:
    """Return one signature for several files; None if one of them doesn't exist."""
    return None if None in signatures else hash(tuple(signatures))
