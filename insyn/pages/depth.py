"""Moves staff's links to a page that lies deeper than the one they were written for.

A plan's links are written as from its year's page. An earlier version's page lies one folder deeper. A file of the
plan's own, "budget.csv", lies beside each version's page, and is that version's.
"""

import re
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from insyn.markdown.article import BESIDE

RELATIVE = re.compile(rf'<a href="(?![#/]|[a-zA-Z][a-zA-Z0-9+.-]*:|{BESIDE}["#?])')
"""The start of a link from one page of the site to another, as the Markdown renderer writes it."""


def deeper(view: Any, levels: int) -> Any:
    """Return a view in which all markup leads where it led, seen from so many folders further down."""
    if isinstance(view, Markup):
        return Markup(RELATIVE.sub(lambda found: f"{found.group()}{'../' * levels}", str(view)))
    if isinstance(view, tuple):
        return tuple(deeper(one, levels) for one in view)
    if isinstance(view, Struct):
        return replace(view, **{name: deeper(getattr(view, name), levels) for name in view.__struct_fields__})
    return view
