"""The parsed stylesheet, light theme: colours, and rules for drawings."""

from collections.abc import Mapping

from msgspec import Struct


class StyleRule(Struct, frozen=True):
    selector: str
    """One selector: ".diagram .line.tentative"."""
    classes: tuple[str, ...]
    """The classes that it requires: "diagram", "line", "tentative"."""
    declarations: tuple[tuple[str, str], ...]
    """(Property, value), with variables resolved."""


class Stylesheet(Struct, frozen=True):
    palette: Mapping[str, str]
    """Colours by name: "ink", "serie-costs"."""
    rules: tuple[StyleRule, ...]
    """In the stylesheet's order."""
