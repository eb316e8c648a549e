"""Rendering of pages by Jinja templates."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from insyn.disk.compiled_templates import CompiledTemplates
from insyn.pages.frame import Document, Page
from insyn.swedish import softened


def make_environment(templates: Mapping[str, str], compiled: Path | None = None) -> Environment:
    """Return a Jinja environment of templates, by name. An undefined name in a template raises UndefinedError.

    `compiled` is the folder for compiled templates. Changed settings here need another number in their file names.
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
    return environment.get_template(template or page.template).render(page=page, frame=frame)
