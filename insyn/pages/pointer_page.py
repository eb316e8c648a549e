"""A page at an address that leads to another."""

from typing import ClassVar

from insyn.model import Association, Removal
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link
from insyn.pages.parts import PageLink
from insyn.swedish import day
from insyn.texts import Texts
from insyn.versions.arrangement import Pointer


class PointerPage(Page, frozen=True):
    """A page for an address without content of its own, which leads to another."""

    template: ClassVar = "pages/pointer.html"

    title: str
    sentence: str
    target: PageLink
    moves_on: bool
    """Whether the browser is redirected automatically: the target is what the reader was looking for."""


def removed_page(
    path: str, removal: Removal, association: Association, surroundings: Surroundings, texts: Texts
) -> PointerPage:
    """Compose a page stating that a plan has been removed, when and why."""
    home = Neighbour(association.name, f"{association.id}/")
    sentence = texts.say("plan-removed", day=day(removal.day), reason=removal.reason)
    return PointerPage(
        frame=frame(
            surroundings,
            path,
            title=texts.say("plan-removed-title", title=removal.title),
            description=sentence,
            above=(home, Neighbour(removal.title, path)),
            indexed=False,
        ),
        title=removal.title,
        sentence=sentence,
        target=link(path, Neighbour(texts.say("go-to-association", association=association.name), home.path)),
        moves_on=False,
    )


def moved_page(
    path: str, target: str, association: Association, surroundings: Surroundings, texts: Texts
) -> PointerPage:
    """Compose a page at a former address of a förbund, or of one that it was formed from."""
    home = Neighbour(association.name, f"{association.id}/")
    sentence = texts.say("leads-kept")
    return PointerPage(
        frame=frame(
            surroundings,
            path,
            title=texts.say("pointer-title", title=association.name, path=path.rstrip("/")),
            description=sentence,
            above=(home, Neighbour(texts.say("pointer-heading"), path)),
            indexed=False,
        ),
        title=association.name,
        sentence=sentence,
        target=link(path, Neighbour(texts.say("pointer-link", title=association.name), target)),
        moves_on=True,
    )


def pointer_page(pointer: Pointer, title: str, year: str, surroundings: Surroundings, texts: Texts) -> PointerPage:
    """Compose a page that leads to another. `year` is the path of the page with the year's applicable version."""
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
