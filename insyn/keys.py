"""The keys that results are remembered by. A key holds everything that made the result, so it is never wrong."""

import re
from collections.abc import Mapping

from msgspec import Struct

from insyn.charts.figures import Figure
from insyn.disk.inventory import hash_of

INCLUDED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""Includes are written out in the templates, never computed, so that they can be listed."""


class Tools(Struct, frozen=True):
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

    def plan_files(self, plan: str, look: str, origin: str) -> str:
        """Return the key of all files beside a plan's page. `plan` is its own key."""
        return hash_of("beside", self.fonts, look, plan, origin)

    def plan_page(self, files: str, standing: str, surroundings: str) -> str:
        """Return the key of the page of a version of a plan. `files` is that of the files beside it."""
        return hash_of("page", self.templates["pages/plan.html"], files, standing, surroundings)

    def page(self, template: str | None, *parts: str) -> str:
        """Return the key of another page, or of a file that no template makes, from all that decides it."""
        return hash_of("page", self.code, self.templates[template] if template else "", *parts)


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
