"""How to reach a förbund."""

from msgspec import Struct

from insyn.model import Contact


class ContactView(Struct, frozen=True):
    name: str | None
    email: str | None
    phone: str | None
    address: str | None
    web: str | None


def contact_view(contact: Contact | None) -> ContactView | None:
    """Return what is known of how to reach someone; None when nothing is."""
    if contact is None:
        return None
    return ContactView(contact.name, contact.email, contact.phone, contact.address, contact.web)
