"""The Swedish words that stand for a choice in the front matter, and the same words as headings on the pages."""

from insyn.model import (
    Column,
    ColumnKind,
    Control,
    Direction,
    DocumentKind,
    EquityModel,
    Funder,
    GoalStatus,
    Position,
    Purpose,
    ResultRole,
    SignStyle,
    Status,
    TextOrder,
    Unit,
)
from insyn.swedish import capitalised, integer, quotient

UNITS = {"kr": Unit.KR, "tkr": Unit.TKR, "mkr": Unit.MKR}
UNIT_NAMES = {Unit.KR: "kronor", Unit.TKR: "tusental kronor (tkr)", Unit.MKR: "miljoner kronor (mnkr)"}
COLUMN_KINDS = {
    "utfall": ColumnKind.OUTCOME,
    "prognos": ColumnKind.FORECAST,
    "budget": ColumnKind.BUDGET,
    "plan": ColumnKind.PLAN,
}
FUNDERS = {
    "staten": Funder.STATE,
    "region": Funder.REGION,
    "kommun": Funder.MUNICIPALITY,
    "eu": Funder.EU,
    "ränta": Funder.INTEREST,
    "övrigt": Funder.OTHER,
    "ingående-kapital": Funder.OPENING_EQUITY,
    "parterna": Funder.PARTIES,
}
MEMBER_KINDS = {"kommun": Funder.MUNICIPALITY, "region": Funder.REGION, "staten": Funder.STATE}
PURPOSES = {
    "individ": Purpose.INDIVIDUAL,
    "struktur": Purpose.STRUCTURE,
    "insatser": Purpose.ACTIVITIES,
    "ny": Purpose.NEW,
    "administration": Purpose.ADMINISTRATION,
    "styrelse": Purpose.BOARD,
    "revision": Purpose.AUDIT,
    "övrigt": Purpose.OTHER,
}
EQUITY_MODELS = {"separat": EquityModel.SEPARATE, "ingår": EquityModel.INCLUDED}
SIGN_STYLES = {"naturligt": SignStyle.NATURAL, "kostnader-negativa": SignStyle.COSTS_NEGATIVE}
RESULT_ROLES = {"årets-resultat": ResultRole.ANNUAL_RESULT, "utgående-kapital": ResultRole.CLOSING_EQUITY}
POSITIONS = {"före": Position.BEFORE, "efter": Position.AFTER}
STATUSES = {
    "utkast": Status.DRAFT,
    "förslag": Status.PROPOSAL,
    "beslutad": Status.ADOPTED,
    "reviderad": Status.REVISED,
    "ersatt": Status.REPLACED,
    "upphävd": Status.REVOKED,
}
DOCUMENT_KINDS = {
    "verksamhetsplan": DocumentKind.PLAN,
    "delårsrapport": DocumentKind.INTERIM_REPORT,
    "årsredovisning": DocumentKind.ANNUAL_REPORT,
}
GOAL_STATUSES = {
    "uppnått": GoalStatus.REACHED,
    "delvis": GoalStatus.PARTLY,
    "inte-uppnått": GoalStatus.MISSED,
    "inte-mätt": GoalStatus.NOT_MEASURED,
}
DIRECTIONS = {
    "minst": Direction.AT_LEAST,
    "högst": Direction.AT_MOST,
    "över": Direction.ABOVE,
    "under": Direction.BELOW,
}
TEXT_ORDERS = {"data-först": TextOrder.FIGURES_FIRST, "text-först": TextOrder.TEXT_FIRST}
CONTROLS = {
    "summa-intäkter": Control.INCOME_TOTAL,
    "summa-kostnader": Control.COST_TOTAL,
    "delsumma": Control.SUBTOTAL,
    "nedbrytning-summa": Control.BREAKDOWN_TOTAL,
    "nedbrytning-rad": Control.BREAKDOWN_ROW,
    "resultat": Control.RESULT,
    "eget-kapital": Control.EQUITY,
    "kapitalkedja": Control.EQUITY_CHAIN,
    "tecken": Control.SIGN,
}

ADMINISTRATION_SHARE = "andel-administration"
"""What a financial goal says that it measures, when it limits administration."""

DECIMALS_OF_A_MILLION = 6
_KIND_WORDS = {kind: word for word, kind in COLUMN_KINDS.items()}
_UNIT_WORDS = {unit: word for word, unit in UNITS.items()} | {Unit.MKR: "mnkr"}
_CONTROL_WORDS = {control: word for word, control in CONTROLS.items()}


def kind_and_year(column: Column) -> str:
    """Name a column by what it states and for when: "Budget 2024"."""
    return kind_in_year(column.kind, column.year)


def kind_in_year(kind: ColumnKind, year: int) -> str:
    return f"{capitalised(_KIND_WORDS[kind])} {year}"


def heading(column: Column, block: str = "") -> str:
    """Name a column as the source prints it in a block ("income", "costs", "equity"), else by kind and year."""
    return dict(column.block_labels).get(block) or column.label or kind_and_year(column)


def kind_word(kind: ColumnKind) -> str:
    return _KIND_WORDS[kind]


def unit_word(unit: Unit) -> str:
    """The abbreviation shown beside amounts: kr, tkr, mnkr."""
    return _UNIT_WORDS[unit]


def amount_in(unit: Unit, kronor: int) -> str:
    """Write an amount in a unit, with decimals only where it has any: 7 489, 0,5."""
    if kronor % unit.value == 0:
        return integer(kronor // unit.value)
    return quotient(kronor, unit.value, DECIMALS_OF_A_MILLION).rstrip("0")


def control_word(control: Control) -> str:
    return _CONTROL_WORDS[control]
