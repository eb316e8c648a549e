"""The open data's tables and their fields: what each is called, what it holds and what it is in other vocabularies.

The names are the open data's own and never change: files that others have written programs for are made from them.
`texts.yaml` says in Swedish what each field means, by the same name.
"""

from enum import Enum

from msgspec import Struct

from insyn.model import ColumnKind, Funder
from insyn.vocabulary import CONTROLS, FUNDERS, PURPOSES

CURRENCY = "SEK"
PHASES = {ColumnKind.OUTCOME: "executed", ColumnKind.FORECAST: "adjusted", ColumnKind.PLAN: "proposed"}
"""What a column states, in the fiscal data package's words. A budget is approved, or while it isn't, proposed.

None of them says that a plan has been revoked: then the field is empty.
"""
PROPOSED, APPROVED = "proposed", "approved"
INCOME, COST = "intäkt", "kostnad"
OPENING, CLOSING = "ingående", "utgående"
YES, NO = "ja", "nej"


class Kind(Enum):
    """What a field's cells hold; the value is the data package's word for it."""

    TEXT = "string"
    NUMBER = "number"
    """Written as a whole number, or with a point before its decimals."""
    YEAR = "integer"
    DAY = "date"


class Field(Struct, frozen=True):
    """A column of a table."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = True
    """Whether every row has it. Where it isn't, a cell may be empty."""
    values: tuple[str, ...] = ()
    """All that may stand there, where that is a closed list."""
    fiscal: str | None = None
    """Its type in the taxonomy of the fiscal data package."""

    @property
    def key(self) -> str:
        """What it is called in the catalogue of sentences."""
        return self.name.replace("_", "-")


class TableKind(Struct, frozen=True):
    """A table of the open data. Its rows are told apart by `identified_by`."""

    name: str
    fields: tuple[Field, ...]
    identified_by: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


_ASSOCIATION = Field("forbund", fiscal="administrative-classification:generic:code")
_PLAN_YEAR = Field("plan_ar", Kind.YEAR)
_VERSION = Field("version")
VERSION_FIELDS = (_ASSOCIATION, _PLAN_YEAR, _VERSION)
"""What every table begins with, and what rows of one table are found in another by."""
_YEAR = Field("ar", Kind.YEAR, fiscal="date:fiscal-year")
_KIND = Field("kolumntyp", values=("utfall", "prognos", "budget", "plan"), fiscal="phase:label")
_AMOUNT = Field("belopp", Kind.NUMBER, fiscal="value")
_CURRENCY = Field("valuta", values=(CURRENCY,), fiscal="value-currency:code")
_COLUMN = Field("kolumn")
_AS_OF = Field("per", required=False)
_FUNDER = Field(
    "part",
    required=False,
    values=tuple(word for word, funder in FUNDERS.items() if funder is not Funder.OPENING_EQUITY),
    fiscal="fin-source:generic:code",
)
"""Saved money isn't anyone's contribution, and has a table of its own."""

CURRENT = Field("aktuell", values=(YES, NO))
BUDGET = TableKind(
    "budget",
    (
        *VERSION_FIELDS,
        _YEAR,
        _KIND,
        Field("fas", required=False, values=("executed", "adjusted", APPROVED, PROPOSED), fiscal="phase:id"),
        Field("riktning", values=(INCOME, COST), fiscal="direction"),
        Field("rad_id", fiscal="budget-line-id"),
        Field("rad", fiscal="economic-classification:generic:label"),
        _FUNDER,
        Field("andamal", required=False, values=tuple(PURPOSES), fiscal="functional-classification:generic:code"),
        _AMOUNT,
        _CURRENCY,
        _COLUMN,
        Field("grupp", required=False),
        _AS_OF,
    ),
    ("forbund", "plan_ar", "version", "kolumn", "riktning", "rad_id"),
)
"""One row for each row and column of a budget that has an amount. No sums, no saved money."""
EXCEL_BUDGET = TableKind("budget-excel", (*BUDGET.fields, CURRENT), BUDGET.identified_by)
"""The same of several plans, for who opens the file at a click and looks nothing up in another table."""
EQUITY = TableKind(
    "eget-kapital",
    (
        *VERSION_FIELDS,
        _YEAR,
        Field("kolumntyp", required=False, values=_KIND.values, fiscal="phase:label"),
        Field("matt", values=(OPENING, CLOSING)),
        _AMOUNT,
        _CURRENCY,
        Field("kolumn", required=False),
        _AS_OF,
    ),
    ("forbund", "plan_ar", "version", "ar", "kolumn", "matt"),
)
"""Saved money, which never is income: apart, so that nobody adds it to the income."""
PLANS = TableKind(
    "planer",
    (
        *VERSION_FIELDS,
        Field("forbund_namn", fiscal="administrative-classification:generic:label"),
        Field("titel"),
        CURRENT,
        Field("status", values=("förslag", "beslutad", "reviderad", "ersatt", "upphävd")),
        Field("datum", Kind.DAY, required=False),
        Field("enhet", values=("kr", "tkr", "mnkr")),
        Field("sida"),
    ),
    ("forbund", "plan_ar", "version"),
)
"""One row for each version of each plan: which one applies, and where it stands."""
PARTS = TableKind(
    "uppdelning",
    (
        *VERSION_FIELDS,
        _COLUMN,
        Field("rad_id"),
        Field("del"),
        _FUNDER,
        _AMOUNT,
        _CURRENCY,
    ),
    ("forbund", "plan_ar", "version", "kolumn", "rad_id", "del"),
)
"""The parts of single rows, which are never added to the table."""
DEVIATIONS = TableKind(
    "avvikelser",
    (
        *VERSION_FIELDS,
        _COLUMN,
        Field("kontroll", values=tuple(CONTROLS)),
        Field("avvikande_rad", required=False),
        Field("differens", Kind.NUMBER, required=False),
        _CURRENCY,
        Field("orsak"),
        Field("forklaring"),
    ),
    ("forbund", "plan_ar", "version", "kolumn", "kontroll", "avvikande_rad"),
)
"""Where a plan is known not to agree with itself, so that who adds up rows knows why a sum is another."""
_PROPOSAL = Field("forslag", values=(YES, NO))
_TOLD = tuple(Field(name, Kind.NUMBER, required=False) for name in ("intakter", "kostnader", "resultat"))
_CLOSING = Field("utgaende", Kind.NUMBER, required=False)
OVER_YEARS = TableKind(
    "ar-for-ar",
    (
        *(_ASSOCIATION, _YEAR, _KIND, _AS_OF, _PLAN_YEAR, _PROPOSAL, *_TOLD),
        *(Field("ingaende", Kind.NUMBER, required=False), _CLOSING, _CURRENCY),
    ),
    ("forbund", "ar", "kolumntyp", "plan_ar"),
)
"""A förbund's money over the years, a row for each year and kind. Sums: it is never added to the budgets."""
COMPARED = TableKind(
    "forbunden",
    (
        *(_ASSOCIATION, Field("forbund_namn"), _YEAR, _KIND, _PLAN_YEAR, _PROPOSAL, *_TOLD, _CLOSING),
        *(Field("medlemsbidrag", Kind.NUMBER, required=False), _CURRENCY),
    ),
    ("forbund", "ar", "kolumntyp"),
)
"""The förbund side by side for one year; for the site, for each year that can be compared."""
COLLECTED = (BUDGET, EQUITY, PLANS, PARTS, DEVIATIONS, OVER_YEARS)
"""The tables that are gathered of all plans, of a förbund and of the site."""
