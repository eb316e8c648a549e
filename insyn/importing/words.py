"""What the names of a budget's rows say: sections, sums, payers, purposes."""

import re
from collections.abc import Iterable

from insyn.model import Funder, Member, Purpose, Unit
from insyn.reading.characters import fold

INCOME = re.compile(
    r"(?:intäkter|inkomster|finansiering|medel(?: att disponera| till förfogande)?|bidrag|tillförda medel|intäkt)\W*\Z",
    re.I,
)
COSTS = re.compile(r"(?:kostnader|utgifter|verksamhetens kostnader|kostnad)\W*\Z", re.I)
EQUITY = re.compile(r"(?:eget kapital|balans(?:räkning)?)\W*\Z", re.I)
AMOUNTS_SAID = re.compile(r"\bbelopp", re.I)
INCOME_SAID = re.compile(r"intäkt|inkomst|medel|finansiering|bidrag", re.I)
COSTS_SAID = re.compile(r"kostnad|utgift", re.I)
TOTAL = re.compile(r"(?:summa|totalt?|totala|tot\.?|s:a|summering)\b", re.I)
SUBTOTAL = re.compile(r"(?:delsumma|del-?summering|varav summa)\b\W*", re.I)
RESULT = re.compile(r"resultat|överskott|underskott|kvarvarande|kvar\b|balans|differens", re.I)
OPENING = re.compile(r"ingående|\bfrån\b|vid årets början|\bib\b|föregående år", re.I)
SAVED = re.compile(
    r"eget kapital|(?:balanserat|ackumulerat) (?:resultat|överskott|kapital)|överskott|överfört"
    r"|ingående (?:balans|medel)|sparade medel|kvarstående medel|ackumulerat kapital",
    re.I,
)
EQUITY_ROW = re.compile(r"eget kapital|(?:ingående|utgående) (?:kapital|balans)", re.I)
UNIT_SAID = (
    (re.compile(r"\b(?:tkr|kkr|tsek|ksek|tusental(?:s)?(?: kr(?:onor)?)?|tusen kr(?:onor)?|t kr)\b", re.I), Unit.TKR),
    (re.compile(r"\b(?:mkr|mnkr|msek|miljoner(?: kr(?:onor)?)?)\b", re.I), Unit.MKR),
    (re.compile(r"\b(?:kr|kronor|sek)\b", re.I), Unit.KR),
)
PURPOSE_SAID = (
    (re.compile(r"administration\W*\Z", re.I), Purpose.ADMINISTRATION),
    (re.compile(r"styrelsen?\W*\Z", re.I), Purpose.BOARD),
    (re.compile(r"revision(?:en)?\W*\Z|revisorer(?:na)?\W*\Z", re.I), Purpose.AUDIT),
)
FUNDER_SAID = (
    (SAVED, Funder.OPENING_EQUITY),
    (re.compile(r"\besf\b|\beu\b|socialfonden", re.I), Funder.EU),
    (re.compile(r"\bränt", re.I), Funder.INTEREST),
    (re.compile(r"försäkringskassan|arbetsförmedlingen|\bstaten\b|statlig", re.I), Funder.STATE),
    (re.compile(r"\bregion|\blandsting", re.I), Funder.REGION),
    (re.compile(r"\bkommun(?:en)?\b", re.I), Funder.MUNICIPALITY),
    (re.compile(r"\banslag\b|medlems(?:avgift|bidrag)|från (?:medlemmar|parter|huvudmän)", re.I), Funder.PARTIES),
)
BULLET = re.compile(r"\A\s*[-–•*·]\s*(?=[^\W\d])")


def plain_name(name: str) -> str:
    """Return a row's name without the dash or dot before it."""
    return BULLET.sub("", name).strip()


def is_dashed(name: str) -> bool:
    return BULLET.match(name) is not None


def funder_of(name: str, members: Iterable[Member]) -> tuple[Funder | None, bool]:
    """Return who pays a row of income, and whether a member's own name says so."""
    folded = fold(name)
    for member in members:
        names = (member.name, member.short_name, *member.also)
        if any(re.search(rf"(?<!\w){re.escape(fold(one))}(?!\w)", folded) for one in names):
            return member.kind, True
    return next((funder for said, funder in FUNDER_SAID if said.search(name)), None), False


def purpose_of(name: str) -> Purpose | None:
    """Return the purpose that a name states; None where it states none. Nothing else is guessed."""
    return next((purpose for said, purpose in PURPOSE_SAID if said.search(name)), None)


def unit_in(texts: Iterable[str]) -> Unit | None:
    """Return the unit that texts beside a table state, the first that does."""
    return next((unit for text in texts for said, unit in UNIT_SAID if said.search(text)), None)
