"""Inlines the site's styles in an SVG, since the typesetter reads no stylesheet."""

import re

from insyn.charts.stylesheet import StyleRule, Stylesheet

CLASSES = re.compile(r'\bclass="([^"]*)"')
FACE = "Insyn Sans"
UNSEEN = ' display="none"'
"""The attribute that hides a drawing without a stylesheet."""


def dress(svg: str, sheet: Stylesheet) -> str:
    """Return an SVG with its styles inlined."""
    own = {name for classes in CLASSES.findall(svg) for name in classes.split()}
    rules = "".join(_written(rule) for rule in sheet.rules if own.issuperset(rule.classes))
    opening, rest = svg.split(">", 1)
    opening = opening.replace(UNSEEN, "").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f'{opening}><style>svg{{font-family:"{FACE}"}}{rules}</style>{rest}'


def _written(rule: StyleRule) -> str:
    return f"{rule.selector}{{{';'.join(f'{name}:{value}' for name, value in rule.declarations)}}}"
