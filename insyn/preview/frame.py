"""What a preview adds to a page: a ribbon, its own style and scripts. Everything stands outside `main`."""

from html import escape

from insyn.texts import Texts

OWN = "_visa/"
"""Where the preview's own pages and files stand: no förbund's address can begin so."""
FILES = f"{OWN}filer/"
HEAD, BODY, HEAD_END = "<head>\n", "<body>\n", "</head>\n"


def framed(html: str, texts: Texts) -> str:
    """Return a page of the site as it is previewed. Its scripts run before the site's own."""
    script = f'<script type="module" src="/{FILES}visa.js"></script>\n'
    style = f'<link rel="stylesheet" href="/{FILES}visa.css">\n'
    html = html.replace(HEAD, f"{HEAD}{script}", 1).replace(HEAD_END, f"{style}{HEAD_END}", 1)
    return html.replace(BODY, f"{BODY}{ribbon(texts)}", 1)


def ribbon(texts: Texts) -> str:
    """Return what says on each page, also on paper, that it isn't published."""
    said, name = escape(texts.tell("preview-ribbon")), escape(texts.tell("preview-name"))
    overview = f'<a href="/{OWN}">{escape(texts.tell("preview-overview"))}</a>'
    stopped = escape(texts.tell("preview-stopped"))
    return f'<aside class="visa-ribbon" aria-label="{name}" data-stopped="{stopped}"><p>{said}</p> {overview}</aside>\n'
