"""The Swedish words for choices in the front matter, and how pages show them."""

from collections import Counter
from collections.abc import Mapping

from insyn.model import (
    Budget,
    CeilingReading,
    Column,
    ColumnKind,
    Conformance,
    Control,
    Direction,
    DocumentKind,
    EquityModel,
    Funder,
    GapReason,
    GoalStatus,
    Licence,
    Position,
    Purpose,
    ResultRole,
    SignStyle,
    Stated,
    Status,
    TextOrder,
    Unit,
)
from insyn.swedish import HARD_SPACE, capitalised, integer, month, quotient
from insyn.texts import Texts

YES_NO = {"ja": True, "nej": False}
UNITS = {"kr": Unit.KR, "tkr": Unit.TKR, "mkr": Unit.MKR, "mnkr": Unit.MKR}
"""Both mkr and mnkr are read. Pages show mnkr, as Språkrådet recommends: "mkr" may be read as milliards."""
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
CEILING_READINGS = {"stegvis": CeilingReading.STEPWISE, "nivå": CeilingReading.LEVEL}
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
CONFORMANCES = {
    "helt förenlig": Conformance.FULL,
    "delvis förenlig": Conformance.PARTIAL,
    "inte förenlig": Conformance.NONE,
}
"""The exact words that the regulations under lag (2018:1937) require."""
GAP_REASONS = {
    "brist": GapReason.FAULT,
    "oskäligt-betungande": GapReason.BURDEN,
    "utanför-lagen": GapReason.OUTSIDE,
}

COMPUTED = "räkna"
"""What stands for the amounts of a sum that the site is to work out."""
TOTAL_NAMES = {"income": "Summa intäkter", "costs": "Summa kostnader", "result": "Resultat", "closing": "Eget kapital"}
"""What such a sum is called where it isn't named."""


def named(name: str, texts: Texts, *, is_computed: bool) -> str:
    """Return the name of a sum as it is shown, with whose figures it has when they aren't the plan's own."""
    return texts.say("sum-computed", name=name) if is_computed else name


ADMINISTRATION_SHARE = "andel-administration"
"""What a financial goal says that it measures, when it limits administration."""

LICENCES = {"cc0": Licence.CC0, "cc-by": Licence.CC_BY, "pdm": Licence.PUBLIC_DOMAIN}
LICENCE_IDS = {Licence.CC0: "CC0-1.0", Licence.CC_BY: "CC-BY-4.0", Licence.PUBLIC_DOMAIN: "other-pd"}
"""Ids from the Open Definition."""
LICENCE_NAMES = {
    Licence.CC0: "CC0 1.0",
    Licence.CC_BY: "Creative Commons Erkännande 4.0 (CC BY 4.0)",
    Licence.PUBLIC_DOMAIN: "Public Domain Mark 1.0",
}
LICENCE_ADDRESSES = {
    Licence.CC0: "http://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "http://creativecommons.org/licenses/by/4.0/",
    Licence.PUBLIC_DOMAIN: "http://creativecommons.org/publicdomain/mark/1.0/",
}


def licence_address(licence: Licence | None) -> str | None:
    """Return a licence's URL; None when none is decided."""
    return LICENCE_ADDRESSES[licence] if licence else None


"""URIs in DCAT-AP-SE's form: http, and no language."""

DECIMALS_OF_A_MILLION = 6
_KIND_WORDS = {kind: word for word, kind in COLUMN_KINDS.items()}
_UNIT_WORDS = {unit: word for word, unit in UNITS.items()}
_CONTROL_WORDS = {control: word for word, control in CONTROLS.items()}
_FUNDER_WORDS = {funder: word for word, funder in FUNDERS.items()}
_PURPOSE_WORDS = {purpose: word for word, purpose in PURPOSES.items()}
_STATUS_WORDS = {status: word for word, status in STATUSES.items()}
_CONFORMANCE_WORDS = {conformance: word for word, conformance in CONFORMANCES.items()}


def kind_and_year(column: Stated) -> str:
    """Return kind and year: "Budget 2024"."""
    return kind_in_year(column.kind, column.year)


def kind_in_year(kind: ColumnKind, year: int) -> str:
    return f"{capitalised(_KIND_WORDS[kind])} {year}"


def heading(column: Column, block: str = "") -> str:
    """Return a column's printed heading in a block ("income", "costs", "equity"), else kind and year."""
    printed = dict(column.block_labels).get(block) or column.label
    if printed:
        return printed
    return f"{capitalised(_KIND_WORDS[column.kind])} {month_of(column)}" if column.is_part else kind_and_year(column)


def month_of(column: Column) -> str | None:
    """Return words for a column's last month, or when it was made: "till och med augusti 2026", "september 2025"."""
    if column.as_of is None:
        return None
    return f"till och med {month(column.as_of)}" if column.kind is ColumnKind.OUTCOME else month(column.as_of)


def closing_names(budget: Budget, texts: Texts) -> tuple[str, ...]:
    """Name the saved money at the end of each column; those of one name by what the column states too."""
    line = budget.equity.closing if budget.equity else None
    closing = line.name if line else ""
    names = [dict(one.block_labels).get("equity") or f"{closing} {one.year}".strip() for one in budget.columns]
    names = [named(name, texts, is_computed=bool(line and line.is_computed)) for name in names]
    taken = Counter(names)
    kinds = Counter(zip(names, (one.kind for one in budget.columns), strict=True))
    return tuple(
        name
        if taken[name] == 1
        else f"{name} ({_KIND_WORDS[one.kind] if kinds[name, one.kind] == 1 else heading(one)})"
        for name, one in zip(names, budget.columns, strict=True)
    )


def kind_word(kind: ColumnKind) -> str:
    return _KIND_WORDS[kind]


def unit_word(unit: Unit) -> str:
    """Return the unit's abbreviation: kr, tkr, mnkr."""
    return _UNIT_WORDS[unit]


def amount_in(unit: Unit, kronor: int) -> str:
    """Return an amount in a unit, with decimals only if it has any: 7 489, 0,5."""
    if kronor % unit.value == 0:
        return integer(kronor // unit.value)
    return quotient(kronor, unit.value, DECIMALS_OF_A_MILLION).rstrip("0")


def amount_with_unit(unit: Unit, kronor: int) -> str:
    """Return an amount with unit, in kr if it needs more than one decimal: 7 489 tkr, 750,4 tkr, 375 kr."""
    if kronor * 10 % unit.value:
        unit = Unit.KR
    return f"{amount_in(unit, kronor)}{HARD_SPACE}{unit_word(unit)}"


def kronor_in_words(kronor: int, texts: Texts) -> str:
    """Return an amount in full: 4 018 000 kronor, 1 krona."""
    return texts.say("krona" if abs(kronor) == 1 else "kronor", amount=integer(kronor))


def millions_in_words(millions: str, texts: Texts) -> str:
    """Return millions in words, from a formatted number: 1 miljon kronor, 1,5 miljoner kronor."""
    return texts.say("million-kronor" if millions == "1" else "millions-kronor", amount=millions)


def control_word(control: Control) -> str:
    return _CONTROL_WORDS[control]


def funder_word(funder: Funder) -> str:
    return _FUNDER_WORDS[funder]


def purpose_word(purpose: Purpose) -> str:
    return _PURPOSE_WORDS[purpose]


def status_word(status: Status) -> str:
    return _STATUS_WORDS[status]


def conformance_word(conformance: Conformance) -> str:
    return _CONFORMANCE_WORDS[conformance]


EASY = "lattlast"
"""The last part of the address of a lättläst text. Others have the code of their language."""
LANGUAGES: Mapping[str, str] = {
    "ar": "العربية",
    "bs": "Bosanski",
    "de": "Deutsch",
    "en": "In English",
    "es": "Español",
    "fa": "فارسی",
    "fi": "Suomeksi",
    "fit": "Meänkieli",
    "fr": "Français",
    "pl": "Polski",
    "rom": "Romani čhib",
    "ru": "Русский",
    "se": "Davvisámegiella",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
    "yi": "ייִדיש",
}
"""The languages that a summary may be in, by ISO code, as each calls itself where a plan's page leads to it."""
FROM_RIGHT = frozenset({"ar", "fa", "yi"})
"""Those that are written from right to left."""
