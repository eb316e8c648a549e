"""The page for an address that doesn't exist."""

from collections.abc import Sequence
from typing import ClassVar

from insyn.model import Association
from insyn.pages.frame import NOT_FOUND, Neighbour, Page, Surroundings, frame, link
from insyn.pages.parts import PageLink


class NotFoundPage(Page, frozen=True):
    template: ClassVar = "pages/not_found.html"
    associations: tuple[PageLink, ...]


def not_found_page(associations: Sequence[Association], surroundings: Surroundings) -> NotFoundPage:
    """Compose the page that a server shows for any address that doesn't exist."""
    address = surroundings.address
    neighbours = (Neighbour(association.name, f"{association.id}/") for association in associations)
    return NotFoundPage(
        frame=frame(
            surroundings,
            NOT_FOUND,
            title="Sidan finns inte",
            description="Adressen leder ingenstans. Här är vägarna vidare.",
            above=(Neighbour("Sidan finns inte", NOT_FOUND),),
            indexed=False,
        ),
        associations=tuple(link(NOT_FOUND, neighbour, address) for neighbour in neighbours),
    )
