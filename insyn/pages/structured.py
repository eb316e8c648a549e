"""The identity and topic of a page, for search engines: JSON-LD with the vocabulary of schema.org.

It is embedded in the page as data, which no script policy concerns. Addresses are absolute if the site's is known, else
relative to the page, like its links. Amounts are left out: schema.org has no term for a budget.
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
    """Serialise things as one document. No text in it can close the element that contains it."""
    document = {"@context": CONTEXT, "@graph": [_without_gaps(thing) for thing in things]}
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _without_gaps(thing: Thing) -> Thing:
    """Leave out unknown values."""
    return {name: value for name, value in thing.items() if value not in (None, [], ())}


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Thing:
    """Describe the path from the start page to a page: texts and addresses."""
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
    """Return the identifier of a förbund."""
    return f"{home}#forbund"


def download(address: str, kind: str, size: int) -> Thing:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address, "contentSize": f"{size} B"}
