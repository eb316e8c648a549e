"""A page at an address that leads on to another."""

from typing import ClassVar

from insyn.pages.frame import Page
from insyn.pages.parts import PageLink


class PointerPage(Page, frozen=True):
    """Stands at an address without a page of its own, and leads to another."""

    template: ClassVar = "pages/pointer.html"

    title: str
    sentence: str
    target: PageLink
    moves_on: bool
    """Whether the browser goes there by itself: the target is what was looked for."""
