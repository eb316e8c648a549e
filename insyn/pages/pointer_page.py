"""A page at an address that leads on to another."""

from typing import ClassVar

from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link
from insyn.pages.parts import PageLink
from insyn.swedish import day
from insyn.texts import Texts
from insyn.versions.arrangement import Pointer


class PointerPage(Page, frozen=True):
    """Stands at an address without a page of its own, and leads to another."""

    template: ClassVar = "pages/pointer.html"

    title: str
    sentence: str
    target: PageLink
    moves_on: bool
    """Whether the browser goes there by itself: the target is what was looked for."""


def pointer_page(pointer: Pointer, title: str, year: str, surroundings: Surroundings, texts: Texts) -> PointerPage:
    """Compose a page that leads to another. `year` is the path of the page that shows what applies for the year."""
    kept = "kept" if pointer.kept else "not-kept-day" if pointer.day else "not-kept-proposal"
    sentence = texts.say(f"leads-{kept}", title=title, day=day(pointer.day) if pointer.day else "")
    target = Neighbour(texts.say("pointer-link", title=title), pointer.target)
    return PointerPage(
        frame=frame(
            surroundings,
            pointer.path,
            title=texts.say("pointer-title", title=title, path=pointer.path.rstrip("/").rpartition("/")[2]),
            description=sentence,
            above=(Neighbour(title, year), Neighbour(texts.say("pointer-heading"), pointer.path)),
            indexed=False,
        ),
        title=title,
        sentence=sentence,
        target=link(pointer.path, target),
        moves_on=pointer.kept,
    )
