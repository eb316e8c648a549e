"""From a page's view to its HTML, by the template of its kind."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import DictLoader, Environment, FileSystemBytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from insyn.pages.frame import Document, Page
from insyn.swedish import softened


def make_environment(templates: Mapping[str, str], compiled: Path | None = None) -> Environment:
    """Make templates ready for use from their texts by name. A name that a view doesn't have is our own fault.

    `compiled` is a folder where what they are compiled to may be kept, checked against their text when it is fetched.
    It is code, so it lies with Python's own compiled modules. Changed settings here need another number in its name.
    """
    environment = Environment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(str(compiled), "insyn-1-%s.jinja") if compiled else None,
    )
    environment.filters["softened"] = _softened
    return environment


class _Compiled(FileSystemBytecodeCache):
    """Where nothing can be written, nothing is kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _softened(text: str) -> Markup:
    """Let long words part. Where two words part at a slash stands an element, so that a copied name is the name."""
    return Markup(str(escape(softened(text))).replace("\u200b", "<wbr>"))


def render(page: Document, environment: Environment, template: str | None = None) -> str:
    """Render a page, or what programs read, by the template of its kind if no other is named."""
    frame = page.frame if isinstance(page, Page) else None
    return environment.get_template(template or page.template).render(page=page, frame=frame)
