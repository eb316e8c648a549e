"""How to reach a förbund."""

from msgspec import Struct

from insyn.model import Contact
from insyn.texts import Texts


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


def lacking_contact(contact: Contact | None, texts: Texts) -> str | None:
    """Say that nobody has told how to reach a förbund; None when a way is told."""
    if contact is None:
        return texts.say("contact-missing")
    if contact.email or contact.phone or contact.address:
        return None
    return texts.say("contact-web-only" if contact.web else "contact-missing")
