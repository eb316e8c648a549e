"""Reads what plans are typeset with. Only a build that makes PDFs asks for it."""

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
"""What makes a PDF of a document. The document itself is made by more."""
LIBRARIES = frozenset({"typst", "pikepdf", "msgspec"})


class Printing(Struct, frozen=True):
    """What documents are typeset with."""

    template: str
    faces: Path
    """The folder of the fonts; the typesetter reads them itself."""
    characters: Ranges
    """What the faces have."""
    sheet: Stylesheet
    """What the site's own stylesheet says of colours."""


def read_printing(project: Path, assets: Mapping[str, bytes]) -> Printing:
    """Read the template and what is known of the faces. The stylesheet is the site's."""
    faces = project / "assets" / "fonts" / "print"
    return Printing(
        template=(project / "templates" / "print" / "plan.typ").read_text("utf-8"),
        faces=faces,
        characters=msgspec.json.decode((faces / "characters.json").read_bytes(), type=Ranges),
        sheet=read_stylesheet(assets[STYLESHEET].decode()),
    )


def hash_of_printing(tools: FolderSnapshot) -> str:
    """Return a hash of the program, template, faces and libraries that make PDFs of documents."""
    return hash_of(hash_of_files(tools, FILES), *installed(LIBRARIES))
