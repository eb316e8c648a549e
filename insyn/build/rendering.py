"""Rendering of pages by Jinja templates."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined

from insyn.build.seams import IN_TEXT, seamed, with_seams
from insyn.disk.compiled_templates import CompiledTemplates
from insyn.pages.frame import Document, Page
from insyn.swedish import DASH

if TYPE_CHECKING:
    from insyn.build.seams import Parted

NUMBER_BEFORE, NUMBER_AFTER = re.compile(r"\d{1,9}\Z"), re.compile(r"\d{1,9}")
LONGEST = 9
"""Digits of the longest number in a span."""


def make_environment(templates: Mapping[str, str], compiled: Path | None = None) -> Environment:
    """Return a Jinja environment of templates, by name. An undefined name in a template raises UndefinedError.

    `compiled` is the folder for compiled templates. If the settings here change, so must the number in their file
    names.
    """
    return Environment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=CompiledTemplates(compiled) if compiled else None,
    )


def render(
    page: Document, environment: Environment, template: str | None = None, *, parted: "Parted" = with_seams
) -> str:
    """Render a document, by the template of its kind unless another is named. `parted` sets seams in words."""
    frame = page.frame if isinstance(page, Page) else None
    html = environment.get_template(template or page.template).render(page=page, frame=frame)
    return seamed(unbroken(html), parted) if frame and not template else html


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
