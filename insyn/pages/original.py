"""The link to the document that the board decides on: a file published beside the plan, or an address."""

from msgspec import Struct

from insyn.model import Plan, is_elsewhere
from insyn.pages.files import kind_of
from insyn.pages.frame import Neighbour, link
from insyn.pages.parts import FileLink, PageLink
from insyn.swedish import file_size
from insyn.texts import Texts


class OriginalFile(Struct, frozen=True):
    """A published file that is a plan's original."""

    path: str
    """Path from the root of the site."""
    size: int
    """In bytes."""


def original_link(plan: Plan, here: str, file: OriginalFile | None, texts: Texts) -> FileLink | None:
    """Return the link to the original: the published file, else its address, else that of the source."""
    said = texts.say("original-link")
    if file:
        return FileLink(link(here, Neighbour(said, file.path)), f"{kind_of(file.path)}, {file_size(file.size)}")
    stated = plan.original if plan.original and is_elsewhere(plan.original) else None
    address = stated or (plan.source.link if plan.source else None)
    return FileLink(PageLink(said, address), "") if address else None
