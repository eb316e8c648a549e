"""The keys that results are remembered by. A key holds everything that made the result, so it is never wrong."""

import re
from collections.abc import Mapping

from msgspec import Struct

from insyn.charts.figures import Figure
from insyn.disk.hashing import hash_of

INCLUDED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""Includes are written out in the templates, never computed, so that they can be listed."""


class CacheKeys(Struct, frozen=True):
    """Hashes of what all results depend on."""

    code: str
    """The program, the catalogue of sentences, the interpreter and the libraries' versions."""
    fonts: str
    templates: Mapping[str, str]
    """By name: the hash of a template and of all that it includes."""

    def plan(self, file: str, content: str, association: str) -> str:
        """Return the key of what is made of a plan alone: its file and hash, and the hash of its förbund's file."""
        return hash_of("plan", self.code, file, content, association)

    def drawing(self, chart_id: str, figure: Figure) -> str:
        return hash_of("drawing", self.code, self.fonts, chart_id, repr(figure))

    def files(self, group: str, look: str, *shown: str | bytes) -> str:
        """Return the key of files beside a plan's page, by all that they show and what drawings look like."""
        return hash_of("files", self.code, self.fonts, look, group, *shown)

    def plan_files(self, plan: str, look: str, *origin: str) -> str:
        """Return the key of all files beside a plan's page. `plan` is its own key, `origin` what isn't in its file."""
        return hash_of("beside", self.fonts, look, plan, *origin)

    def plan_page(self, files: str, standing: str, surroundings: str, pdf: str) -> str:
        """Return the key of a plan's page. `files` is that of the files beside it, `pdf` what it tells of a PDF."""
        return hash_of("page", self.templates["pages/plan.html"], files, standing, surroundings, pdf)

    def page(self, template: str, *parts: str) -> str:
        """Return the key of another page from all that decides it."""
        return hash_of("page", self.code, self.templates[template], *parts)

    def drawn(self, kind: str, *parts: str) -> str:
        """Return the key of a file that no template makes, from all that decides it."""
        return hash_of("drawn", self.code, self.fonts, kind, *parts)


class PrintCacheKeys(Struct, frozen=True):
    """Hashes of what PDFs depend on."""

    tools: CacheKeys
    printing: str
    """What makes a PDF of a document: the program, template, faces and libraries that it alone needs."""
    colours: str
    """What the stylesheet says of colours, for documents."""

    def document(self, plan: str, standing: str, origin: str, site: str) -> str:
        """Return the key of all that decides the PDF of a version of a plan, known before its document is composed."""
        made_with = (self.tools.templates["print/plan.html"], self.tools.fonts, self.printing, self.colours)
        return hash_of("document", *made_with, plan, standing, origin, site)

    def pdf(self, *parts: str | bytes) -> str:
        """Return the key of a PDF from all that it's set from."""
        return hash_of("pdf", self.printing, *parts)


def hash_templates(templates: Mapping[str, str]) -> dict[str, str]:
    """Return, for each template, a hash of it and everything that it includes, however far down."""
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
