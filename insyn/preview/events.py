"""Telling open pages that something has happened, and knowing which pages are open."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from insyn.preview.session import PreviewState


class Broadcast:
    """The latest preview, for threads that wait for the next. Safe for threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: Counter[str] = Counter()
        self._latest: tuple[int, PreviewState | None, str] = 0, None, ""

    @property
    def latest(self) -> tuple[int, PreviewState | None, str]:
        """The number of what was told last, the preview, and what is in its way, as a sentence."""
        with self._changed:
            return self._latest

    def tell(self, preview: PreviewState | None, fault: str = "") -> None:
        """Tell every open page. Without a preview the latest stays."""
        with self._changed:
            number, before, _ = self._latest
            self._latest = number + 1, preview or before, fault
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> tuple[int, PreviewState | None, str]:
        """Return the latest as soon as it is another than `after`, or when the time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self._latest[0] != after, seconds)
            return self._latest

    @contextmanager
    def opened(self, page: str) -> Iterator[None]:
        """Count a page as open meanwhile."""
        with self._changed:
            self._open[page] += 1
        try:
            yield
        finally:
            with self._changed:
                self._open[page] -= 1
                self._open = +self._open

    def pages(self) -> tuple[str, ...]:
        """Return the paths of the open pages, from the site's top."""
        with self._changed:
            return tuple(self._open)
