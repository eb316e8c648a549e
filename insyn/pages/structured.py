"""What a page is and what it is about, for search engines: JSON-LD with the words of schema.org.

It stands in the page as data, which no policy for scripts concerns. Addresses are absolute when the site's is known,
else relative to the page, as its links are. Amounts stay out: schema.org has no word for a budget.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

Thing = Mapping[str, Any]
"""A node of the graph."""

CONTEXT = "https://schema.org"
SWEDISH = "sv-SE"


def graph(things: Iterable[Thing]) -> Markup:
    """Write things as one document. No text in it can end the element that it stands in."""
    document = {"@context": CONTEXT, "@graph": [_without_gaps(thing) for thing in things]}
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _without_gaps(thing: Thing) -> Thing:
    """Leave out what isn't known."""
    return {name: value for name, value in thing.items() if value not in (None, [], ())}


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Thing:
    """Say where a page is, from the start page to itself: texts and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": text, "item": address}
            for place, (text, address) in enumerate(trail, 1)
        ],
    }


def organisation(home: str, name: str, number: str | None) -> Thing:
    """Describe a förbund by the address of its page."""
    return {
        "@type": "GovernmentOrganization",
        "@id": organisation_id(home),
        "name": name,
        "url": home,
        "identifier": number,
    }


def organisation_id(home: str) -> str:
    """Return what a förbund is referred to by."""
    return f"{home}#forbund"


def download(address: str, kind: str, size: int) -> Thing:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address, "contentSize": f"{size} B"}
