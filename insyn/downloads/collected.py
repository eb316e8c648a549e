"""What is gathered of all plans, of a förbund and of the site: which files, and what they are of."""

from datetime import date

from msgspec import Struct

from insyn.downloads.fields import COLLECTED
from insyn.model import Association

EXCEL = "budget-excel.csv"
FRONT_MATTER = "finsam-plan-1.json"
"""The schema of plans' front matter."""
COLLECTED_FILES = (EXCEL, *(kind.file for kind in COLLECTED))
PACKAGE, METADATA, CATALOGUE = "datapackage.json", "csv-metadata.json", "katalog.rdf"
"""What describes them to programs. A catalogue is of the whole site alone."""


class DataOf(Struct, frozen=True):
    """What tables are of: a förbund's plans, or those of all förbund, and which time these tell of."""

    association: Association | None
    first_year: int
    last_year: int
    modified: date | None
    """The latest day that a plan among them was decided, changed or published."""
