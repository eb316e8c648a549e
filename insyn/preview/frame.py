"""What a preview adds to a page: a ribbon, its own style and scripts. Everything stands outside `main`."""

from html import escape

from insyn.texts import Texts

OWN = "_visa/"
"""Where the preview's own pages and files stand: no förbund's address can begin so."""
FILES = f"{OWN}filer/"
HEAD, BODY, HEAD_END = "<head>\n", "<body>\n", "</head>\n"


def framed(html: str, texts: Texts, form: str = "") -> str:
    """Return a page of the site as it is previewed. Its scripts run before the site's own.

    `form` is the address of its plan's form, from the preview's own; "" for none.
    """
    html = with_ribbon(html, texts, form)
    script = f'<script type="module" src="/{FILES}visa.js"></script>\n'
    return html.replace(HEAD, f"{HEAD}{script}", 1)


def with_ribbon(html: str, texts: Texts, form: str = "") -> str:
    """Return a page with what says that it isn't published, and no more."""
    style = f'<link rel="stylesheet" href="/{FILES}visa.css">\n'
    return html.replace(HEAD_END, f"{style}{HEAD_END}", 1).replace(BODY, f"{BODY}{ribbon(texts, form)}", 1)


def ribbon(texts: Texts, form: str = "") -> str:
    """Return what says on each page, also on paper, that it isn't published."""
    said, name = escape(texts.tell("preview-ribbon")), escape(texts.tell("preview-name"))
    overview = f'<a href="/{OWN}">{escape(texts.tell("preview-overview"))}</a>'
    if form:
        overview = f'<a href="/{OWN}{form}">{escape(texts.tell("preview-edit"))}</a> {overview}'
    stopped = escape(texts.tell("preview-stopped"))
    return f'<aside class="visa-ribbon" aria-label="{name}" data-stopped="{stopped}"><p>{said}</p> {overview}</aside>\n'
