"""Typing slips in a plan, one at a time: the wrong text, and the line where it should be reported."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from msgspec import Struct


class Slip(Struct, frozen=True):
    """A plan with one slip, and the line where it should be reported."""

    text: str
    line: int
    source: str
    """The original line."""

    @property
    def written(self) -> str:
        return self.text.split("\n")[self.line - 1].strip()


class Line(Struct, frozen=True):
    """A line of a plan, before a slip is made in it."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_header(self) -> bool:
        """Whether it holds a key: not body text, nor a comment, nor part of a multi-line text."""
        return bool(self.before) and "---" in self.after and not self._is_folded and self.text.lstrip()[:1] != "#"

    @property
    def is_body(self) -> bool:
        return self.before.count("---") > 1 and bool(self.text.strip())

    @property
    def _is_folded(self) -> bool:
        own = indentation(self.text)
        above = next((line for line in reversed(self.before) if line.strip() and indentation(line) < own), "")
        return above.rstrip().endswith((">-", ">", "|", "|-"))

    @property
    def amounts(self) -> list[str]:
        """The amounts of a row of income or costs; none of other lines."""
        found = AMOUNTS.search(self.text) if ROW.match(self.text) else None
        return [one.strip() for one in found[2].split(",")] if found else []

    def with_amounts(self, amounts: str) -> str:
        return AMOUNTS.sub(lambda found: found[1] + amounts + found[3], self.text)

    def with_amount(self, wanted: Callable[[str], bool], change: Callable[[str], str], random: Random) -> str | None:
        """Change one of the amounts that are `wanted`."""
        amounts = self.amounts
        places = [place for place, one in enumerate(amounts) if wanted(one)]
        if not places:
            return None
        place = random.choice(places)
        return self.with_amounts(", ".join([*amounts[:place], change(amounts[place]), *amounts[place + 1 :]]))


Maker = Callable[[Line, Random], str | None]
"""Returns a line with a slip in it; None if the line has no place for one."""

AMOUNTS = re.compile(r"(belopp: \[)([^\]]*)(\])")
ROW = re.compile(r"^ +- \{namn: .*(?:belopp: \[[^\]]*\]).*\}")
FUNDED = re.compile(r"\b(?:part|ändamål): ")
TOTAL = re.compile(r"^ +summa: \{.*belopp: \[[^\]]*\]")
KEY = re.compile(r"(?:^ *(?:- )?|\{|, )([^\W\d_]{5,}): ")
CHOICE = re.compile(r"(?:ändamål|part|typ|status|kapitalmodell): ([a-zåäö]{5,})\b")
COLUMN = re.compile(r"\{id: \w+, år: (\d{4}), typ:")


def slips(text: str, kind: str, random: Random, count: int) -> Iterator[Slip]:
    """Yield `count` slips of a kind at random places of a plan, or as many as it has places for."""
    lines = text.split("\n")
    numbers = list(range(len(lines)))
    random.shuffle(numbers)
    made = 0
    for number in numbers:
        changed = KINDS[kind](Line(lines[number], tuple(lines[:number]), tuple(lines[number + 1 :])), random)
        if changed is not None and made < count:
            made += 1
            told_at = number + 1 + changed.count("\n")
            yield Slip("\n".join([*lines[:number], changed, *lines[number + 1 :]]), told_at, lines[number])


def indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _replaced(text: str, start: int, end: int, by: str) -> str:
    return text[:start] + by + text[end:]


# --- Amounts --------------------------------------------------------------------------------------------------------


def _comma_forgotten(line: Line, random: Random) -> str | None:
    amounts = line.amounts
    if len(amounts) < 2:
        return None
    place = random.randrange(len(amounts) - 1)
    return line.with_amounts(
        ", ".join([*amounts[:place], f"{amounts[place]} {amounts[place + 1]}", *amounts[place + 2 :]])
    )


def _semicolons(line: Line, _random: Random) -> str | None:
    return line.with_amounts("; ".join(line.amounts)) if len(line.amounts) > 1 else None


def _thousand_commas(line: Line, random: Random) -> str | None:
    return line.with_amount(lambda one: " " in one, lambda one: one.replace(" ", ","), random)


def _thousand_points(line: Line, random: Random) -> str | None:
    return line.with_amount(lambda one: " " in one, lambda one: one.replace(" ", "."), random)


def _amount_forgotten(line: Line, random: Random) -> str | None:
    amounts = line.amounts
    if len(amounts) < 2:
        return None
    del amounts[random.randrange(len(amounts))]
    return line.with_amounts(", ".join(amounts))


def _beside_amount(line: Line, random: Random) -> str | None:
    form = random.choice(("ca {}", "{} kr.", "{} %", "{}:-", "{} personer", "+{}"))
    return line.with_amount(lambda one: one.replace(" ", "").isdigit(), form.format, random)


def _letter_for_digit(line: Line, random: Random) -> str | None:
    return line.with_amount(lambda one: "0" in one[1:], lambda one: one[0] + one[1:].replace("0", "O", 1), random)


def _no_brackets(line: Line, _random: Random) -> str | None:
    if len(line.amounts) < 2:
        return None
    return AMOUNTS.sub(lambda found: "belopp: " + found[2], line.text)


def _row_twice(line: Line, _random: Random) -> str | None:
    is_counted = any(one.strip("0~- ") for one in line.amounts)
    return f"{line.text}\n{line.text}" if is_counted and FUNDED.search(line.text) else None


def _digits_swapped_in_sum(line: Line, random: Random) -> str | None:
    return _with_sum(line, random, _swapped)


def _digit_wrong_in_sum(line: Line, random: Random) -> str | None:
    return _with_sum(line, random, _other_digit)


def _with_sum(line: Line, random: Random, change: Callable[[str, Random], str | None]) -> str | None:
    found = AMOUNTS.search(line.text) if TOTAL.match(line.text) else None
    if found is None:
        return None
    amounts = found[2].split(", ")
    place = random.randrange(len(amounts))
    changed = change(amounts[place], random)
    return line.with_amounts(", ".join([*amounts[:place], changed, *amounts[place + 1 :]])) if changed else None


def _swapped(amount: str, random: Random) -> str | None:
    digits = [place for place, sign in enumerate(amount) if sign.isdigit()]
    pairs = [(one, two) for one, two in pairwise(digits) if amount[one] != amount[two] and amount[two] != "0"]
    if not pairs:
        return None
    one, two = random.choice(pairs)
    return amount[:one] + amount[two] + amount[one + 1 : two] + amount[one] + amount[two + 1 :]


def _other_digit(amount: str, random: Random) -> str | None:
    digits = [place for place, sign in enumerate(amount) if sign.isdigit()]
    if len(digits) < 2:
        return None
    place = random.choice(digits[1:])
    return _replaced(amount, place, place + 1, random.choice([one for one in "123456789" if one != amount[place]]))


# --- The form of the front matter -----------------------------------------------------------------------------------


def _open_quote(line: Line, _random: Random) -> str | None:
    found = re.search(r': "[^"]*"', line.text) if line.is_header else None
    return _replaced(line.text, found.end() - 1, found.end(), "") if found else None


def _open_brace(line: Line, _random: Random) -> str | None:
    place = line.text.rindex("}") if line.is_header and ROW.match(line.text) else -1
    return _replaced(line.text, place, place + 1, "") if place >= 0 else None


def _open_bracket(line: Line, _random: Random) -> str | None:
    found = AMOUNTS.search(line.text) if line.is_header and ROW.match(line.text) else None
    return _replaced(line.text, found.start(3), found.end(3), "") if found else None


def _colon_in_name(line: Line, _random: Random) -> str | None:
    found = re.search(r"\{namn: [^,\"]+? ", line.text) if line.is_header else None
    if not found or any(found[0][7:] in other for other in (*line.before, *line.after)):
        return None  # a name that is referred to
    return _replaced(line.text, found.end() - 1, found.end(), ": ")


def _tab(line: Line, _random: Random) -> str | None:
    return "\t" + line.text.lstrip(" ") if line.is_header and re.match(r" +(?:- )?[^\W\d_]+:", line.text) else None


def _no_colon(line: Line, _random: Random) -> str | None:
    is_plain = line.is_header and re.match(r" *[^\W\d]\w*: [^>|{\[]", line.text)
    return line.text.replace(":", "", 1) if is_plain else None


def _key_misspelt(line: Line, random: Random) -> str | None:
    found = KEY.search(line.text) if line.is_header else None
    if not found:
        return None
    place = found.start(1) + random.randrange(1, len(found[1]) - 2)
    one, two = line.text[place], line.text[place + 1]
    return _replaced(line.text, place, place + 2, two + one) if one != two else None


def _choice_misspelt(line: Line, random: Random) -> str | None:
    found = CHOICE.search(line.text) if line.is_header else None
    if not found:
        return None
    place = found.start(1) + random.randrange(1, len(found[1]) - 1)
    return _replaced(line.text, place, place + 1, "")


def _wrong_year(line: Line, random: Random) -> str | None:
    found = COLUMN.search(line.text) if line.is_header else None
    wrong = int(found[1]) + random.choice((-10, 10, 100, -100)) if found else 0
    return _replaced(line.text, found.start(1), found.end(1), str(wrong)) if found else None


def _key_twice(line: Line, _random: Random) -> str | None:
    is_alone = line.is_header and re.match(r"[^\W\d]\w*: [^>|]", line.text)
    return f"{line.text}\n{line.text}" if is_alone else None


def _bare_mark(line: Line, _random: Random) -> str | None:
    found = re.search(r'not: "(\*+)"', line.text) if line.is_header else None
    return _replaced(line.text, found.start(), found.end(), f"not: {found[1]}") if found else None


# --- The text -------------------------------------------------------------------------------------------------------


def _hash_without_space(line: Line, _random: Random) -> str | None:
    found = re.match(r"(#+) ", line.text) if line.is_body else None
    return found[1] + line.text[found.end() :] if found else None


def _other_bullet(line: Line, random: Random) -> str | None:
    """One of several list items: a line with a dash by itself may be direct speech."""
    is_one_of = line.text.startswith("- ") and any(one.startswith("- ") for one in (line.before[-1], *line.after[:1]))
    return f"{random.choice('•–·▪')} {line.text[2:]}" if line.is_body and is_one_of else None


def _note_of_nothing(line: Line, random: Random) -> str | None:
    is_prose = line.is_body and line.text[0].isalpha() and line.text.rstrip().endswith(".")
    return f"{line.text}[^{random.choice(('9', 'källa', 'x1'))}]" if is_prose else None


def _open_fence(line: Line, _random: Random) -> str | None:
    is_gap = line.before.count("---") > 1 and not line.text.strip()
    return "```" if is_gap and any(one.strip() for one in line.after) else None


def _bold_half(line: Line, _random: Random) -> str | None:
    is_prose = line.is_body and line.text[0].isalpha() and " " in line.text
    return line.text.replace(" ", " **", 1) if is_prose else None


def _link_to_nowhere(line: Line, random: Random) -> str | None:
    is_prose = line.is_body and line.text[0].isalpha() and line.text.rstrip().endswith(".")
    target = random.choice(("(#saknas)", " (https://exempel.se)", "(https://exempel.se/en sida)", "[saknas]"))
    return f"{line.text} Se [det här]{target}." if is_prose else None


KINDS: dict[str, Maker] = {
    "kommatecken glömt mellan två belopp": _comma_forgotten,
    "semikolon mellan beloppen": _semicolons,
    "kommatecken för tusental": _thousand_commas,
    "punkt för tusental": _thousand_points,
    "ett belopp glömt": _amount_forgotten,
    "ord eller tecken vid ett belopp": _beside_amount,
    "bokstaven O för noll": _letter_for_digit,
    "hakparenteser glömda": _no_brackets,
    "rad två gånger": _row_twice,
    "siffror i fel ordning i en summa": _digits_swapped_in_sum,
    "siffra fel i en summa": _digit_wrong_in_sum,
    "citattecken som inte avslutas": _open_quote,
    "klammer som inte avslutas": _open_brace,
    "hakparentes som inte avslutas": _open_bracket,
    "kolon i ett namn": _colon_in_name,
    "tabb som indrag": _tab,
    "kolon glömt": _no_colon,
    "nyckel felstavad": _key_misspelt,
    "ord felstavat": _choice_misspelt,
    "fel år i en kolumn": _wrong_year,
    "nyckel två gånger": _key_twice,
    "stjärna utan citattecken": _bare_mark,
    "rubrik utan mellanslag": _hash_without_space,
    "punkt med annat tecken": _other_bullet,
    "märke utan fotnot": _note_of_nothing,
    "kod som inte avslutas": _open_fence,
    "halv fetstil": _bold_half,
    "länk som leder ingenstans": _link_to_nowhere,
}
"""Each kind of slip, by staff's name for it."""
