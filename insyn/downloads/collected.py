"""The open data of all plans: file names, and the scope of a folder of tables."""

from datetime import date

from msgspec import Struct

from insyn.downloads.fields import COLLECTED
from insyn.model import Association

EXCEL = "budget-excel.csv"
FRONT_MATTER = "finsam-plan-1.json"
"""The schema of plans' front matter."""
COLLECTED_FILES = (EXCEL, *(kind.file for kind in COLLECTED))
PACKAGE, METADATA, CATALOGUE = "datapackage.json", "csv-metadata.json", "katalog.rdf"
"""Metadata for programs. Only the whole site has a catalogue."""


class DataOf(Struct, frozen=True):
    """The scope of a folder of tables: one förbund's plans or all, and their years."""

    association: Association | None
    first_year: int
    last_year: int
    modified: date | None
    """The latest day on which one of the plans was decided, revised or published."""
    retold: bool
    """Whether any of them is published by others than the förbund."""
