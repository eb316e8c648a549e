"""An author who follows a piece of advice exactly and does nothing more: the plan after that."""

import re
from collections.abc import Callable

from msgspec import Struct

from insyn.problems import Problem
from tests.slips import Slip


class Advice(Struct, frozen=True):
    """A problem that is reported for a plan with a slip in it."""

    slip: Slip
    problem: Problem

    @property
    def values(self) -> dict[str, str]:
        return dict(self.problem.values)

    @property
    def lines(self) -> list[str]:
        return self.slip.text.split("\n")

    @property
    def line(self) -> str:
        return self.lines[self.problem.place.line - 1]

    @property
    def before(self) -> str:
        """The text on the line before the place."""
        return self.line[: self.problem.place.column - 1]

    @property
    def rest(self) -> str:
        return self.line[self.problem.place.column - 1 :]

    def with_line(self, *lines: str) -> str:
        number = self.problem.place.line - 1
        return "\n".join([*self.lines[:number], *lines, *self.lines[number + 1 :]])


Reader = Callable[[Advice], str | None]


def followed(slip: Slip, problem: Problem) -> str | None:
    """Return the plan after following the advice on a problem; None if the advice only says what to look for."""
    advice = Advice(slip, problem)
    reader = READERS.get(problem.hint) or READERS.get(problem.code) or _as_written_out
    return reader(advice)


def _as_written_out(advice: Advice) -> str | None:
    """Replace the marked text with the text that the advice gives."""
    right = advice.values.get("right") or advice.values.get("suggestion") or ""
    right = re.sub(r"\s*\bt?kr$", "", right).replace("\u00a0", " ")
    place, line = advice.problem.place, advice.line
    if not right or not place.end_column:
        return None
    if "[" in right:
        amounts = f"belopp: {right.removeprefix('belopp: ')}"
        return advice.with_line(re.sub(r"belopp: *(?:\[[^\]]*\]|[^\[{}]*?(?=, \w+:|\}))", amounts, line, count=1))
    return advice.with_line(advice.before + right + line[place.end_column - 1 :])


def _as_in_the_source(advice: Advice) -> str:
    """Write the text of the printed plan."""
    return advice.with_line(advice.slip.source)


def _without_line(advice: Advice) -> str:
    return advice.with_line()


def _requoted(advice: Advice) -> str:
    """Replace a whole text with the one that the advice gives."""
    right = advice.values["right"]
    inner = right[1:-1]
    end = advice.rest.index(inner) + len(inner)
    return advice.with_line(advice.before + right + advice.rest[end:])


def _quoted_entry(advice: Advice) -> str:
    """Replace a key's whole text with the one that the advice gives: namn: "Mål: arbete"."""
    right = advice.values["right"]
    return advice.with_line(advice.line.replace(right.replace('"', ""), right, 1))


def _closed_last(advice: Advice) -> str:
    return advice.with_line(advice.line + advice.values["closing"])


def _closed_before(advice: Advice) -> str:
    before, found, after = advice.line.rpartition(advice.values["found"])
    return advice.with_line(before + advice.values["closing"] + found + after)


def _set_in(advice: Advice) -> str:
    return advice.with_line(" " * int(advice.values["count"]) + advice.line.lstrip("\t"))


def _with_colon(advice: Advice) -> str:
    key = advice.values["key"]
    return advice.with_line(f"{advice.before}{key}:{advice.rest.removeprefix(key)}")


def _other_year(advice: Advice) -> str:
    return advice.with_line(advice.before + advice.values["year"] + advice.line[advice.problem.place.end_column - 1 :])


def _starred(advice: Advice) -> str:
    return advice.with_line(advice.before + re.sub(r"\*+", r'"\g<0>"', advice.rest, count=1))


def _spaced_hashes(advice: Advice) -> str:
    return advice.with_line(re.sub(r"#+", r"\g<0> ", advice.line, count=1))


def _one_hash_less(advice: Advice) -> str:
    return advice.with_line(advice.line.replace("#", "", 1))


def _as_points(advice: Advice) -> str:
    above = advice.lines[advice.problem.place.line - 2]
    gap = [""] if above.strip() and not above.startswith("- ") else []
    return advice.with_line(*gap, re.sub(r"\S\s*", "- ", advice.line, count=1))


def _with_footnote(advice: Advice) -> str:
    return f"{advice.slip.text.rstrip()}\n\n[^{advice.values['written']}]: En källa.\n"


def _whole_bold(advice: Advice) -> str:
    return advice.with_line(re.sub(r"\*\*(\w[^\s.,]*)", r"**\1**", advice.line, count=1))


def _link_joined(advice: Advice) -> str:
    return advice.with_line(re.sub(r"\] +\(", "](", advice.line))


def _link_encoded(advice: Advice) -> str:
    return advice.with_line(re.sub(r"(\]\(\S+) (\S+\))", r"\1%20\2", advice.line))


def _link_inline(advice: Advice) -> str:
    return advice.with_line(re.sub(r"\]\[[^\]]*\]", "](https://www.exempel.se/)", advice.line))


READERS: dict[str, Reader] = {
    "amount-share": _as_in_the_source,
    "amount-count": _as_in_the_source,
    "cell-count-too-few": _as_in_the_source,
    "year-range": _as_in_the_source,
    "row-twice": _without_line,
    "key-repeated": _without_line,
    "fence-open": _without_line,
    "yaml-quote-line": _requoted,
    "yaml-colon": _quoted_entry,
    "yaml-unclosed": _closed_last,
    "yaml-bracket-before": _closed_before,
    "yaml-tab-depth": _set_in,
    "yaml-key-colon": _with_colon,
    "yaml-star": _starred,
    "column-year": _other_year,
    "shown-heading": _spaced_hashes,
    "heading-skipped": _one_hash_less,
    "list-as-text": _as_points,
    "footnote-add": _with_footnote,
    "shown-bold": _whole_bold,
    "shown-link-gap": _link_joined,
    "shown-link": _link_encoded,
    "shown-reference": _link_inline,
}
"""For each hint, or else code, a reader that follows its worded advice."""
