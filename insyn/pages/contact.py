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
    """Return the known ways to reach someone; None if there are none."""
    if contact is None:
        return None
    return ContactView(contact.name, contact.email, contact.phone, contact.address, contact.web)


def lacking_contact(contact: Contact | None, texts: Texts) -> str | None:
    """Return a sentence that a förbund has given no contact details; None if it has given any."""
    if contact is None:
        return texts.say("contact-missing")
    if contact.email or contact.phone or contact.address:
        return None
    return texts.say("contact-web-only" if contact.web else "contact-missing")
