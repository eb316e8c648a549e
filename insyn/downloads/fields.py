"""The tables of the open data and their fields: name, type, and terms in other vocabularies.

The names never change: others' programs depend on them.
`texts.yaml` describes each field in Swedish, by the same name.
"""

from enum import Enum

from msgspec import Struct

from insyn.model import ColumnKind, Funder
from insyn.vocabulary import CONTROLS, FUNDERS, PURPOSES

CURRENCY = "SEK"
PHASES = {ColumnKind.OUTCOME: "executed", ColumnKind.FORECAST: "adjusted", ColumnKind.PLAN: "proposed"}
"""By kind of column: the Fiscal Data Package's phase. A budget is "approved" or "proposed", by the plan's status.

A revoked plan has no phase: the field is empty.
"""
PROPOSED, APPROVED = "proposed", "approved"
INCOME, COST = "intäkt", "kostnad"
OPENING, CLOSING = "ingående", "utgående"
YES, NO = "ja", "nej"


class Kind(Enum):
    """The type of a field; the value is the data package's name for it."""

    TEXT = "string"
    NUMBER = "number"
    """Whole, or with a decimal point."""
    YEAR = "integer"
    DAY = "date"


class Field(Struct, frozen=True):
    """A column of a table."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = True
    """Whether its cells are never empty."""
    values: tuple[str, ...] = ()
    """All possible values, if the list is closed."""
    fiscal: str | None = None
    """Its type in the taxonomy of the fiscal data package."""

    @property
    def key(self) -> str:
        """Its key in texts.yaml."""
        return self.name.replace("_", "-")


class TableKind(Struct, frozen=True):
    """A table of the open data. `identified_by` is its primary key."""

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
"""The first fields of every table: the key for joining them."""
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
"""One row for each amount, by row and column of a budget. No sums, no saved money."""
EXCEL_BUDGET = TableKind("budget-excel", (*BUDGET.fields, CURRENT), BUDGET.identified_by)
"""The same, for readers who open the file directly and don't look anything up in another table."""
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
"""Saved money, which is never income: kept apart, so that nobody adds it to the income."""
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
"""One row for each version of each plan: whether it applies, and its address."""
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
"""Breakdowns of single rows, never added to the budget."""
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
"""Known deviations, which explain why rows don't add up to a printed sum."""
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
"""A förbund's money over the years, a row for each year and kind. Sums, which must never be added to the budgets."""
COMPARED = TableKind(
    "forbunden",
    (
        *(_ASSOCIATION, Field("forbund_namn"), _YEAR, _KIND, _PLAN_YEAR, _PROPOSAL, *_TOLD, _CLOSING),
        *(Field("medlemsbidrag", Kind.NUMBER, required=False), _CURRENCY),
    ),
    ("forbund", "ar", "kolumntyp"),
)
"""The förbund side by side for one year; on the whole site only, for each comparable year."""
COLLECTED = (BUDGET, EQUITY, PLANS, PARTS, DEVIATIONS, OVER_YEARS)
"""The tables of each förbund and of the whole site."""
