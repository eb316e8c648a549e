"""Published pages, as tests read them."""

from xml.etree.ElementTree import Element

import html5lib

from tests.site import TestSite


def page(site: TestSite, path: str) -> Element:
    """Return a page as a browser reads it: "norr/2025/", "404.html"."""
    file = site.output / path
    html = (file / "index.html" if file.is_dir() else file).read_text("utf-8")
    parsed: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return parsed


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
