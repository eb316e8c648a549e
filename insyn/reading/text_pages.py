"""Reads a Markdown file in `sidor/` into a text page."""

from insyn.model import TextPage
from insyn.problems import Found
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_markdown
from insyn.reading.keys import TextPageKeys


def read_text_page(text: str, file: str, *, id: str, found: Found) -> TextPage | None:
    """Read a text page."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found, TextPageKeys)
    return fields.make(TextPage, id=id, body=source.body, body_line=source.body_line)
