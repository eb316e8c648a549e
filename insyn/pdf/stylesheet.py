"""What the site's stylesheet says of colours and drawings, as a typesetter needs it: no variables, nothing outside.

Only the light look counts. A drawing gets the rules that its own classes ask for, so a new kind of chart needs
nothing here.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
BRACE = re.compile(r"[{}]")
EITHER = re.compile(r":is\(([^()]*)\)")
CLASS = re.compile(r"\.([\w-]+)")
CLASSES = re.compile(r'\bclass="([^"]*)"')
DRAWN = frozenset({"fill", "fill-opacity", "opacity", "paint-order", "font-weight"})
"""What a drawing takes from the stylesheet, besides all of its strokes."""
FACE = "Insyn Sans"
UNSEEN = ' display="none"'
"""How a drawing says that it isn't shown without a stylesheet."""


class StyleRule(Struct, frozen=True):
    selector: str
    declarations: tuple[tuple[str, str], ...]

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(CLASS.findall(self.selector))

    @property
    def written(self) -> str:
        return f"{self.selector}{{{';'.join(f'{name}:{value}' for name, value in self.declarations)}}}"


class Stylesheet(Struct, frozen=True):
    palette: Mapping[str, str]
    """Colours by name: "ink", "serie-1"."""
    rules: tuple[StyleRule, ...]
    """Those that a drawing may need."""


def read_stylesheet(css: str) -> Stylesheet:
    """Read the stylesheet of the site."""
    rules = list(_rules(COMMENT.sub("", css)))
    variables: dict[str, str] = {}
    for rule in rules:
        if rule.selector == ":root":
            variables = dict(rule.declarations) | variables
    palette = {name[2:]: _resolved(value, variables) for name, value in variables.items() if name.startswith("--")}
    colours = {name: value for name, value in palette.items() if value.startswith("#")}
    return Stylesheet(colours, tuple(_drawing_rules(rules, variables, colours["ink"])))


def dress(svg: str, sheet: Stylesheet) -> str:
    """Write a drawing's own colours into it."""
    own = {name for classes in CLASSES.findall(svg) for name in classes.split()}
    rules = "".join(rule.written for rule in sheet.rules if rule.classes <= own)
    opening, rest = svg.split(">", 1)
    opening = opening.replace(UNSEEN, "").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f'{opening}><style>svg{{font-family:"{FACE}"}}{rules}</style>{rest}'


def _drawing_rules(rules: list[StyleRule], variables: Mapping[str, str], ink: str) -> Iterator[StyleRule]:
    for rule in rules:
        declared = tuple(
            (name, _resolved(value, variables).replace("currentColor", ink))
            for name, value in rule.declarations
            if name in DRAWN or name.startswith("stroke")
        )
        for selector in _selectors(rule.selector) if declared else ():
            if ":" not in selector and "." in selector:
                yield StyleRule(selector, declared)


def _resolved(value: str, variables: Mapping[str, str]) -> str:
    while found := VARIABLE.search(value):
        value = value.replace(found[0], variables[found[1]])
    return value


def _selectors(written: str) -> Iterator[str]:
    """Yield each selector of a list, with `:is(a, b)` written out."""
    if either := EITHER.search(written):
        for one in either[1].split(","):
            yield from _selectors(written[: either.start()] + one.strip() + written[either.end() :])
    else:
        yield from (selector.strip() for selector in written.split(","))


def _rules(css: str) -> Iterator[StyleRule]:
    """Yield the rules that always hold: those in layers, but none that asks for a medium or a kind of screen."""
    place = 0
    while (opening := css.find("{", place)) >= 0:
        before, closing = css[place:opening], _closing(css, opening)
        selector, body = before.rpartition(";")[2].strip(), css[opening + 1 : closing]
        if selector.startswith("@layer"):
            yield from _rules(body)
        elif not selector.startswith("@"):
            yield StyleRule(selector, tuple(_declarations(body)))
        place = closing + 1


def _closing(css: str, opening: int) -> int:
    """Return where the block that begins with a brace ends."""
    depth = 0
    for brace in BRACE.finditer(css, opening):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    raise ValueError("the stylesheet has a block without an end")


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()
