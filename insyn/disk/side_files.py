"""Files that lie beside a page: whether they still do, as they were when they were put there.

A plan has twenty of them, and 1,500 plans so many that looking at each would take twice as long as all else that an
unchanged build does. So their folder is looked at: its signature changes when a file in it is removed or replaced, or
another comes. Only then is each file looked at. One that someone writes over where it lies is found when its plan is
next built. Imports nothing heavy: an unchanged build ends here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from insyn.disk.snapshot import Signature


class SideFiles:
    """The files beside a page, as a build left them."""

    __slots__ = ("key", "look", "names", "signature")

    def __init__(self, key: str, names: tuple[str, ...], signature: Signature | None, look: int | None) -> None:
        self.key, self.names = key, names
        """All that made them, and what they are called."""
        self.signature, self.look = signature, look
        """Of the folder, and what their own signatures come to."""

    def is_intact(self, folder: str, signature_of: Callable[[str], Signature | None]) -> bool:
        """Whether they lie in a folder as they did. Its path ends with a slash; `signature_of` looks at a path."""
        if self.look is None:
            return False
        now = signature_of(folder)
        if now is None or now == self.signature:
            return now is not None
        return look_of([signature_of(f"{folder}{name}") for name in self.names]) == self.look


def look_of(signatures: Sequence[Signature | None]) -> int | None:
    """Return a number that changes with the signature of any of some files; None when one isn't there."""
    return None if None in signatures else hash(tuple(signatures))
