"""Cache keys. A key hashes everything that determines the result, so a hit is never stale."""

import re
from collections.abc import Mapping

from msgspec import Struct

from insyn.charts.figures import Figure
from insyn.disk.hashing import hash_of

INCLUDED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""Templates include others by literal name only, so that dependencies can be found in their text."""


class CacheKeys(Struct, frozen=True):
    """Hashes of the dependencies that all results share."""

    code: str
    """Hash of the program, the catalogue of sentences, the interpreter and the libraries' versions."""
    fonts: str
    templates: Mapping[str, str]
    """By template name: a hash of the template and everything it includes."""

    def plan(self, file: str, content: str, association: str) -> str:
        """Return a plan's key, from its path and the hashes of its file and its förbund's."""
        return hash_of("plan", self.code, file, content, association)

    def drawing(self, chart_id: str, figure: Figure) -> str:
        return hash_of("drawing", self.code, self.fonts, chart_id, repr(figure))

    def files(self, group: str, paint_hash: str, *shown: str | bytes) -> str:
        """Return the key of one group of files beside a plan's page. `shown` is everything in them."""
        return hash_of("files", self.code, self.fonts, paint_hash, group, *shown)

    def plan_files(self, plan: str, paint_hash: str, *origin: str) -> str:
        """Return the key of all files beside a plan's page. `plan` is the plan's key, `origin` all else they show."""
        return hash_of("beside", self.fonts, paint_hash, plan, *origin)

    def plan_page(self, files: str, standing: str, surroundings: str, pdf: str) -> str:
        """Return the key of a plan's page. `files` is the key of its side files, `pdf` the page's facts of its PDF."""
        return hash_of("page", self.templates["pages/plan.html"], files, standing, surroundings, pdf)

    def page(self, template: str, *parts: str) -> str:
        """Return the key of a page that isn't a plan's. `parts` are everything besides template and code."""
        return hash_of("page", self.code, self.templates[template], *parts)

    def drawn(self, kind: str, *parts: str) -> str:
        """Return the key of a file without template. `parts` are everything besides code and fonts."""
        return hash_of("drawn", self.code, self.fonts, kind, *parts)


class PrintCacheKeys(Struct, frozen=True):
    """Hashes of the dependencies of PDFs."""

    shared: CacheKeys
    printing: str
    """Hash of everything that turns a document into a PDF: its part of the program, template, fonts and libraries."""
    colours: str
    """Hash of the stylesheet's colours and rules."""

    def document(self, plan: str, standing: str, origin: str, site: str) -> str:
        """Return the key of a version's document, known before the document is composed."""
        made_with = (self.shared.templates["print/plan.html"], self.shared.fonts, self.printing, self.colours)
        return hash_of("document", *made_with, plan, standing, origin, site)

    def pdf(self, *parts: str | bytes) -> str:
        """Return the key of a PDF, from the composed document and its attachments."""
        return hash_of("pdf", self.printing, *parts)


def hash_templates(templates: Mapping[str, str]) -> dict[str, str]:
    """Return, by template name, a hash of the template and everything it includes, recursively."""
    return {
        name: hash_of(*(f"{one}\n{templates[one]}" for one in sorted(_reached(name, templates)))) for name in templates
    }


def _reached(name: str, templates: Mapping[str, str]) -> set[str]:
    reached, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current in templates and current not in reached:
            reached.add(current)
            waiting += INCLUDED.findall(templates[current])
    return reached
