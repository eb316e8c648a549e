"""How to reach a förbund."""

from insyn.model import Contact
from insyn.pages.views import ContactView


def contact_view(contact: Contact | None) -> ContactView | None:
    """Return what is known of how to reach someone; None when nothing is."""
    if contact is None:
        return None
    return ContactView(contact.name, contact.email, contact.phone, contact.address, contact.web)
