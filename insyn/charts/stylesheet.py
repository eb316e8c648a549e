"""What the site's stylesheet says in its light look: colours by name, and the rules that drawings may need."""

from collections.abc import Mapping

from msgspec import Struct


class StyleRule(Struct, frozen=True):
    selector: str
    """One selector: ".diagram .line.tentative"."""
    classes: tuple[str, ...]
    """What it asks for: "diagram", "line", "tentative"."""
    declarations: tuple[tuple[str, str], ...]
    """Names and values; every colour is written out."""


class Stylesheet(Struct, frozen=True):
    palette: Mapping[str, str]
    """Colours by name: "ink", "serie-1"."""
    rules: tuple[StyleRule, ...]
    """In the stylesheet's order."""
