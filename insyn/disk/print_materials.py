"""Template, fonts and colours for typesetting. Only builds with PDFs read them."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from insyn.charts.css import read_stylesheet
from insyn.charts.stylesheet import Stylesheet
from insyn.disk.hashing import hash_of
from insyn.disk.materials import STYLESHEET, hash_of_files, installed
from insyn.disk.snapshot import FolderSnapshot
from insyn.pdf.characters import Ranges

FILES = ("insyn/pdf/", "templates/print/plan.typ", "assets/fonts/print/")
"""Paths of everything that turns a document into a PDF. The document's own key covers the rest."""
LIBRARIES = frozenset({"typst", "pikepdf", "msgspec"})


class Printing(Struct, frozen=True):
    """The materials for typesetting any document."""

    template: str
    faces: Path
    """The folder of the fonts, which the typesetter reads."""
    characters: Ranges
    """The characters that the fonts have."""
    sheet: Stylesheet
    """Colours and drawing rules of the site's stylesheet."""


def read_printing(project: Path, assets: Mapping[str, bytes]) -> Printing:
    """Read the template and the fonts' characters; parse the site's stylesheet from `assets`."""
    faces = project / "assets" / "fonts" / "print"
    return Printing(
        template=(project / "templates" / "print" / "plan.typ").read_text("utf-8"),
        faces=faces,
        characters=msgspec.json.decode((faces / "characters.json").read_bytes(), type=Ranges),
        sheet=read_stylesheet(assets[STYLESHEET].decode()),
    )


def hash_of_printing(tools: FolderSnapshot) -> str:
    """Return a hash of the code, template, fonts and libraries that turn documents into PDFs."""
    return hash_of(hash_of_files(tools, FILES), *installed(LIBRARIES))
