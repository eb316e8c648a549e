"""Parser of the site's stylesheet, for standalone images and the typesetter.

Only the light theme: rules within a layer apply, those within a media query don't. Rules are matched by a drawing's
classes, so a new kind of chart needs nothing here.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize

from insyn.charts.stylesheet import StyleRule, Stylesheet

Token = Any
"""A node of tinycss2, which has no types."""
Variables = Mapping[str, list[Token]]

DRAWN = frozenset({"fill", "fill-opacity", "opacity", "paint-order", "font-weight"})
"""Properties that drawings use, besides `stroke-*`."""


@lru_cache(maxsize=2)
def read_stylesheet(css: str) -> Stylesheet:
    rules = list(_rules(parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
    variables = {
        one.name: one.value
        for rule in rules
        if _text(rule.prelude) == ":root"
        for one in _declarations(rule)
        if one.name.startswith("--")
    }
    plain = {name[2:]: _text(_resolved(value, variables)) for name, value in variables.items()}
    palette = {name: value for name, value in plain.items() if value.startswith("#")}
    return Stylesheet(palette, tuple(_drawing_rules(rules, variables, palette["ink"])))


def _rules(nodes: Iterable[Token]) -> Iterator[Token]:
    """Yield the unconditional rules."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.lower_at_keyword == "layer" and node.content is not None:
            yield from _rules(parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))


def _declarations(rule: Token) -> Iterator[Token]:
    return (node for node in parse_blocks_contents(rule.content) if node.type == "declaration")


def _drawing_rules(rules: Iterable[Token], variables: Variables, ink: str) -> Iterator[StyleRule]:
    for rule in rules:
        declared = tuple(
            (one.name, _text(_resolved(one.value, variables)).replace("currentColor", ink))
            for one in _declarations(rule)
            if one.name in DRAWN or one.name.startswith("stroke")
        )
        for selector in _selectors(rule.prelude) if declared else ():
            classes = tuple(after.value for before, after in pairwise(selector) if before == ".")
            if classes and ":" not in selector:
                yield StyleRule(_text(selector), classes, declared)


def _selectors(prelude: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield each selector of a list, with `:is(a, b)` expanded."""
    for selector in _listed(prelude):
        place = next((n for n, token in enumerate(selector) if token.type == "function" and token.name == "is"), None)
        if place is None:
            yield selector
        else:
            before, after = selector[: place - 1], selector[place + 1 :]
            for one in _listed(selector[place].arguments):
                yield from _selectors([*before, *one, *after])


def _listed(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the parts between commas."""
    for is_comma, some in groupby(tokens, lambda token: bool(token == ",")):
        if not is_comma:
            yield _bare(list(some))


def _bare(tokens: list[Token]) -> list[Token]:
    """Return tokens without the whitespace around them."""
    inner = [n for n, token in enumerate(tokens) if token.type != "whitespace"]
    return tokens[inner[0] : inner[-1] + 1] if inner else []


def _resolved(value: Iterable[Token], variables: Variables) -> Iterator[Token]:
    """Yield a value's tokens, with variables resolved."""
    for token in value:
        if token.type == "function" and token.name == "var":
            yield from _resolved(_bare(variables[_text(token.arguments)]), variables)
        else:
            yield token


def _text(tokens: Iterable[Token]) -> str:
    written: str = serialize(tokens)
    return written.strip()
