"""Rendering of pages by Jinja templates."""

import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from insyn.disk.compiled_templates import CompiledTemplates
from insyn.pages.frame import Document, Page
from insyn.swedish import DASH, softened

NUMBER_BEFORE, NUMBER_AFTER = re.compile(r"\d{1,9}\Z"), re.compile(r"\d{1,9}")
IN_TEXT = re.compile(r"[^<>]*<(?!/(?:title|text|tspan|option|script|desc)\b)")
"""End of a text that may contain elements: a tag, unless it ends an element of text alone."""
LONGEST = 9
"""Digits of the longest number in a span."""


def make_environment(templates: Mapping[str, str], compiled: Path | None = None) -> Environment:
    """Return a Jinja environment of templates, by name. An undefined name in a template raises UndefinedError.

    `compiled` is the folder for compiled templates. If the settings here change, so must the number in their file
    names.
    """
    environment = Environment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=CompiledTemplates(compiled) if compiled else None,
    )
    environment.filters["softened"] = _softened
    return environment


def _softened(text: str) -> Markup:
    """Mark where long words may break: `<wbr>` after a slash, since it isn't copied with the text."""
    return Markup(str(escape(softened(text))).replace("\u200b", "<wbr>"))


def render(page: Document, environment: Environment, template: str | None = None) -> str:
    """Render a document, by the template of its kind unless another is named."""
    frame = page.frame if isinstance(page, Page) else None
    html = environment.get_template(template or page.template).render(page=page, frame=frame)
    return unbroken(html) if frame and not template else html


def unbroken(html: str) -> str:
    """Keep each span of numbers on one line, by style: a joining character would be copied and searched with the text.

    >>> unbroken('<p title="2024–2026">För 2024–2026.</p>')
    '<p title="2024–2026">För <span class="unbroken">2024–2026</span>.</p>'
    """
    parts: list[str] = []
    written, dash = 0, html.find(DASH)
    while dash >= 0:
        before = NUMBER_BEFORE.search(html, max(written, dash - LONGEST), dash)
        after = NUMBER_AFTER.match(html, dash + 1)
        if before and after and IN_TEXT.match(html, after.end()):
            parts += (
                html[written : before.start()],
                f'<span class="unbroken">{html[before.start() : after.end()]}</span>',
            )
            written = after.end()
        dash = html.find(DASH, dash + 1)
    return "".join((*parts, html[written:]))
