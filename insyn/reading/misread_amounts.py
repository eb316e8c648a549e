"""Advice for a value that can't be read as an amount, with the right amount if it is recognisable."""

import re
from collections.abc import Callable
from fractions import Fraction

from insyn.model import Unit
from insyn.reading.advice import Advice
from insyn.reading.characters import QUOTES
from insyn.reading.several_amounts import parted
from insyn.swedish import HARD_SPACE, MINUS
from insyn.vocabulary import amount_in, unit_word

PLAIN = re.compile(r"([-−–]?) ?(\d{1,3}(?: ?\d{3})*|\d+)(?:,(\d+))?")
MARKED_THOUSANDS = re.compile(r"([-−–]?) ?(\d{1,4}(?:([.,'’´_· ])\d{3})(?:\3\d{3})*)(?:([.,])(\d{1,2}))?")
MIXED_THOUSANDS = re.compile(r"([-−–]?) ?(\d{1,3}(?:[.'’´_· ]\d{3}){2,})()")
POINT = re.compile(r"([-−–]?) ?(\d{1,3}(?: ?\d{3})*|\d+)\.(\d+)")
AMOUNT = r"[-−–]? ?\d(?:[\d .,'’´_·]{0,60}\d)?"
FACTORS = {
    "kr": 1, "sek": 1, "kronor": 1, "krona": 1, ":-": 1,
    "tkr": 1000, "kkr": 1000, "ksek": 1000, "k": 1000, "tusen": 1000, "t kr": 1000,
    "mkr": 10**6, "mnkr": 10**6, "msek": 10**6, "milj": 10**6, "miljon": 10**6, "miljoner": 10**6, "mn": 10**6,
    "m": 10**6,
}  # fmt: skip
UNITS = "|".join(sorted(map(re.escape, FACTORS), key=len, reverse=True))
WITH_UNIT = re.compile(rf"({AMOUNT}) ?({UNITS})\.?(?: ?kr| kronor)?(?: ?/ ?år| per år)?\.?", re.IGNORECASE)
UNIT_FIRST = re.compile(rf"({UNITS})\.? ?({AMOUNT})", re.IGNORECASE)
PAID = re.compile(rf"({AMOUNT})(?:,|\.)(?:-+|−|–|—)")
SHARE = re.compile(r"^\D*+\d.*(?:%|‰|procent|promille)", re.IGNORECASE)
PLUS = re.compile(rf"[+±] ?({AMOUNT})(.*)")
BRACKETED = re.compile(rf"\( ?({AMOUNT}) ?([^,()]*)\)(.*)")
TRAILING_MINUS = re.compile(rf"({AMOUNT}) ?[-−–—]")
MINUS_WORD = re.compile(rf"minus ({AMOUNT})", re.IGNORECASE)
ABOUT = re.compile(
    rf"(?:ca|cirka|circa|c:a|omkring|ungefär|uppskattningsvis|runt|drygt|knappt|nästan|max|maximalt|upp till|högst"
    rf"|minst|preliminärt|prel|beräknat|~|≈|[<>]=?|[≤≥])\.? ?({AMOUNT}(?: ?(?:{UNITS})\.?)?)",
    re.IGNORECASE,
)
RANGE = re.compile(rf"{AMOUNT} ?(?:[-–—]|till|eller) ?{AMOUNT}", re.IGNORECASE)
COUNT = re.compile(
    rf"{AMOUNT} ?(?:st|styck|stycken|person|personer|individ|individer|deltagare|unga|plats|platser|tjänst|tjänster|"
    r"årsarbetare|heltid|heltider|team|grupper?|dag|dagar|veck|veckor|mån|månad|månader|tim|timmar|h|ärenden?|gånger|"
    r"företag|kurs|kurser|möten?|kommuner|medlemmar)\.?",
    re.IGNORECASE,
)
SCALED = re.compile(r" ?(?:[*/+×]|[x×] ?\d|(?:miljard|md|mrd|öre|eur|euro|usd|t\b|hundra))", re.IGNORECASE)
"""Follows a number that isn't the whole amount."""
UNIT_AFTER = re.compile(rf" ?({UNITS})(?![^\W\d_])", re.IGNORECASE)
WORDS_AFTER = re.compile(rf"({AMOUNT})(?: ?[(\[/].*| +[^\W\d].*|[,.;:!?)]+)")
DIGITS = re.compile(r"[\d ]+")
STRAY_QUOTE = re.compile(r"[\"'”“„’]? ?([^\"'”“„’]*\d[^\"'”“„’]*?) ?[\"'”“„’]?")
NOTHING = frozenset(
    {
        "?", "??", "x", "xx", "xxx", "saknas", "ingen uppgift", "uppgift saknas", "okänt", "okänd", "ej klart",
        "inte klart", "ej känt", "inte känt", "ej bestämt", "inte bestämt", "n/a", "na", "tom", "tomt", "ingen",
        "inget", "inga", "ej aktuellt", "tbd", "null", "none", "nil", "vet ej", "återkommer",
    }
)  # fmt: skip
LOOK_ALIKE = str.maketrans("OoQlI", "00011")
POINT_EITHER = re.compile(r"[-−–]? ?\d{1,3}\.\d{3}")


def advice_for(written: str, unit: Unit) -> Advice:
    """Return the advice for a text that isn't an amount.

    >>> advice_for("(150 000)", Unit.KR)
    Advice(hint='amount-negative', values=(('right', '-150 000'),))
    >>> advice_for("300 tkr", Unit.KR)
    Advice(hint='amount-unit', values=(('unit', 'kr'), ('right', '300 000')))
    """
    return next((advice for rule in RULES if (advice := rule(written, unit))), Advice("amount-example"))


def shown(kronor: Fraction | int, unit: Unit) -> str:
    """Return an amount as it should be written, in the unit of the table, rounded to whole kronor."""
    whole = int(abs(Fraction(kronor)) + Fraction(1, 2))
    text = amount_in(unit, -whole if kronor < 0 else whole).replace(HARD_SPACE, " ").replace(MINUS, "-")
    return f'"{text}"' if "," in text else text


def number(text: str) -> Fraction | None:
    """Return the number that a text plainly is, whichever separators it has for thousands and decimals."""
    text = text.strip()
    if found := PLAIN.fullmatch(text):
        sign, whole, decimals = found.groups()
    elif found := MARKED_THOUSANDS.fullmatch(text):
        sign, whole, _, _, decimals = found.groups()
    elif found := MIXED_THOUSANDS.fullmatch(text) or POINT.fullmatch(text):
        sign, whole, decimals = found.groups()
    else:
        return None
    digits, decimals = re.sub(r"\D", "", whole), decimals or ""
    if len(digits) > 1 and digits[0] == "0":
        return None
    if len(digits) + len(decimals) > 15:
        return None
    value = Fraction(int(digits + decimals), 10 ** len(decimals))
    return -value if sign else value


def _right(text: str, unit: Unit, factor: int = 0) -> str | None:
    """Return a number as it should be written; `factor` is the size of its own unit in kronor."""
    value = number(text)
    return None if value is None else shown(value * (factor or unit.value), unit)


def _advice(hint: str, right: str | None) -> Advice | None:
    return Advice(hint, (("right", right),)) if right else None


def _with_unit(written: str, unit: Unit) -> Advice | None:
    if found := WITH_UNIT.fullmatch(written):
        text, word = found[1], found[2]
    elif found := UNIT_FIRST.fullmatch(written):
        word, text = found[1], found[2]
    elif found := PAID.fullmatch(written):
        text, word = found[1], "kr"
    else:
        return None
    factor = FACTORS[word.lower()]
    if factor > 1 and POINT_EITHER.fullmatch(text):  # "1.250 mkr" is ambiguous
        return None
    right, value = _right(text, unit, factor), number(text)
    if right is None or value is None:
        return None
    if factor < unit.value and abs(value) * factor < unit.value:
        plain = shown(value * unit.value, unit)
        return Advice("amount-unit-either", (("unit", unit_word(unit)), ("right", plain), ("other", right)))
    return Advice("amount-unit", (("unit", unit_word(unit)), ("right", right)))


def _computed(written: str, _unit: Unit) -> Advice | None:
    return (
        Advice("amount-computed")
        if re.fullmatch(r"(?:be)?räknas?(?: ut)?|summera", written.strip(QUOTES).lower())
        else None
    )


def _nothing(written: str, _unit: Unit) -> Advice | None:
    if written.lower() == "noll":
        return _advice("amount-words", "0")
    return Advice("amount-nothing") if written.lower().strip(".") in NOTHING else None


def _several(written: str, _unit: Unit) -> Advice | None:
    return Advice("amount-list") if len(parted(written)) > 1 and not RANGE.fullmatch(written) else None


def _share(written: str, unit: Unit) -> Advice | None:
    return Advice("amount-share", (("unit", unit_word(unit)),)) if SHARE.match(written) else None


def _count(written: str, unit: Unit) -> Advice | None:
    return Advice("amount-count", (("unit", unit_word(unit)),)) if COUNT.fullmatch(written) else None


def _plus(written: str, unit: Unit) -> Advice | None:
    found = PLUS.fullmatch(written)
    return _advice("amount-plus", _amount(found[1] + found[2], unit)) if found else None


def _negative(written: str, unit: Unit) -> Advice | None:
    bracketed = BRACKETED.fullmatch(written)
    found = TRAILING_MINUS.fullmatch(written) or MINUS_WORD.fullmatch(written)
    if bracketed:
        text = f"{bracketed[1]} {bracketed[2]}{bracketed[3] or ''}".strip()
    elif found:
        text = found[1]
    else:
        return None
    right = _amount(text, unit)
    if right is None:
        return None
    return _advice("amount-negative", f'"-{right[1:]}' if right[0] == '"' else f"-{right.removeprefix('-')}")


def _amount(text: str, unit: Unit) -> str | None:
    """Return an amount, which may have a unit of its own, as it should be written."""
    advice = _with_unit(text.strip(), unit)
    return dict(advice.values)["right"] if advice else _right(text, unit)


def _about(written: str, unit: Unit) -> Advice | None:
    found = ABOUT.fullmatch(written)
    return _advice("amount-about", _amount(found[1], unit)) if found else None


def _range(written: str, _unit: Unit) -> Advice | None:
    return Advice("amount-range") if RANGE.fullmatch(written) and not number(written) else None


def _other_marks(written: str, unit: Unit) -> Advice | None:
    """Return the advice for other separators of thousands or decimals than a space and a comma."""
    value = number(written)
    if value is None:
        return None
    if unit is not Unit.KR and POINT_EITHER.fullmatch(written):
        other = shown(value * unit.value / 1000, unit)
        return Advice("amount-point-either", (("right", shown(value * unit.value, unit)), ("other", other)))
    kronor = value * unit.value
    if kronor.denominator > 1 or (unit is Unit.KR and value.denominator > 1):
        return _advice("amount-whole", shown(kronor, unit))
    return _advice("amount-decimal" if value.denominator > 1 else "amount-point", shown(kronor, unit))


def _letters(written: str, unit: Unit) -> Advice | None:
    digits = written.translate(LOOK_ALIKE)
    is_other = digits != written and re.search(r"\d", written)
    return _advice("amount-letter", _right(digits, unit)) if is_other else None


def _stray_quote(written: str, unit: Unit) -> Advice | None:
    found = STRAY_QUOTE.fullmatch(written)
    return _advice("amount-quote", _amount(found[1], unit)) if found and found[1] != written else None


def _words_after(written: str, unit: Unit) -> Advice | None:
    found = WORDS_AFTER.fullmatch(written)
    if found is None or SCALED.match(written, found.end(1)):
        return None
    with_unit = UNIT_AFTER.match(written, found.end(1))
    if with_unit and SCALED.match(written, with_unit.end()):
        return None
    return _advice("amount-words", _amount(f"{found[1]} {with_unit[1] if with_unit else ''}", unit))


def _groups(written: str, _unit: Unit) -> Advice | None:
    return Advice("amount-groups") if DIGITS.fullmatch(written) else None


def _formula(written: str, _unit: Unit) -> Advice | None:
    return Advice("amount-formula") if written.startswith("=") else None


RULES: tuple[Callable[[str, Unit], Advice | None], ...] = (
    _nothing, _computed, _formula, _share, _with_unit, _other_marks, _plus, _negative, _about, _range, _several, _count,
    _letters, _stray_quote, _words_after, _groups,
)  # fmt: skip
"""Interpretations of the text, the surest first."""
