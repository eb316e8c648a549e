"""From a sentence or a few in the front matter to HTML: emphasis and links, no blocks."""

import re

MEANS_SOMETHING = re.compile(r"[\0\n\r!*<>&\"\[\]\\_`@]|://|www\.|mailto:", re.IGNORECASE)
"""What Markdown may take for something else than itself or for an address, and what HTML does. Most sentences have none
of it."""


def render_inline(text: str) -> str:
    """Render a short text. Markdown's parser, which takes long to import, is asked only where there is a mark."""
    if not MEANS_SOMETHING.search(text):
        return text.strip()
    from insyn.markdown.render import render_marked

    return render_marked(text)
