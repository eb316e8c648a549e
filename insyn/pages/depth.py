"""Rewrites staff's links for a page that lies deeper than the one they were written for.

A plan's links are relative to the page of its year. An earlier version's page lies one folder deeper. A file of the
plan's own, "budget.csv", lies beside each version's page, and belongs to that version.
"""

import re
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from insyn.markdown.article import BESIDE

RELATIVE = re.compile(rf'<a href="(?![#/]|[a-zA-Z][a-zA-Z0-9+.-]*:|{BESIDE}["#?])')
"""Start of a link between two pages of the site, as rendered from Markdown."""


def deeper(view: Any, levels: int) -> Any:
    """Return a view whose links keep their targets when it is moved `levels` folders down."""
    if isinstance(view, Markup):
        return Markup(RELATIVE.sub(lambda found: f"{found.group()}{'../' * levels}", str(view)))
    if isinstance(view, tuple):
        return tuple(deeper(one, levels) for one in view)
    if isinstance(view, Struct):
        return replace(view, **{name: deeper(getattr(view, name), levels) for name in view.__struct_fields__})
    return view
