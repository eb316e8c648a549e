"""Short Markdown texts of the front matter: emphasis and links, no blocks."""

import re

MEANS_SOMETHING = re.compile(r"[\0\n\r!*<>&\"\[\]\\_`@]|://|www\.|mailto:", re.IGNORECASE)
"""Characters with a meaning in Markdown or HTML, and starts of an address. Most sentences have none."""


def render_inline(text: str) -> str:
    """Render a short text. The parser is imported only if there is any markup."""
    if not MEANS_SOMETHING.search(text):
        return text.strip()
    from insyn.markdown.render import render_marked

    return render_marked(text)
