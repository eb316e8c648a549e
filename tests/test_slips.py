"""Slips of the hand on real plans: each is told on its line, in few messages, with advice that mends it."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from insyn.build.examine import examine_plan
from insyn.disk.content import read_texts
from insyn.model import Association
from insyn.problems import Problem
from insyn.reading.sources import SourceFile, SourceText
from insyn.texts import Texts
from tests.site import list_content, read_content
from tests.slips import KINDS, Slip, slips

CONTENT = Path(__file__).parent.parent / "content"
EACH = 8
"""Slips of a kind in a plan: 40 in five."""
MOST = 3
"""Messages for one slip."""
TOLD: dict[tuple[SourceFile, str], tuple[Problem, ...]] = {}


@cache
def plans() -> tuple[tuple[SourceFile, SourceText], ...]:
    """Return the plans of content/ with their texts."""
    files = [file for file in list_content(CONTENT).plans if not file.version]
    texts, _ = read_texts(CONTENT, CONTENT.name, files)
    return tuple((file, texts[file.path]) for file in files)


@cache
def associations() -> dict[str, Association]:
    return read_content(CONTENT)[0]


def told(file: SourceFile, text: str, texts: Texts) -> tuple[Problem, ...]:
    """Return what is printed of a plan; of one that both tests ask for, what was printed the first time."""
    if (file, text) not in TOLD:
        source = SourceText(f"content/{file.path}", text)
        TOLD[file, text] = examine_plan(file, source, associations()[file.path.split("/")[0]], texts).facts.problems
    return TOLD[file, text]


def new(file: SourceFile, before: tuple[Problem, ...], text: str, texts: Texts) -> list[Problem]:
    """Return what is told of a plan and wasn't told before."""
    known = Counter((one.code, one.values) for one in before)
    found = []
    for one in told(file, text, texts):
        if known[one.code, one.values]:
            known[one.code, one.values] -= 1
        else:
            found.append(one)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_is_told_on_its_line_in_few_messages(kind: str, texts: Texts) -> None:
    random, faults, made = Random(kind), [], 0
    for file, source in plans():
        before = told(file, source.text, texts)
        for slip in slips(source.text, kind, random, EACH):
            made += 1
            found = new(file, before, slip.text, texts)
            if len(found) > MOST or not any(one.place.line == slip.line for one in found):
                faults.append(_shown(slip, found, texts))
    assert made, f"no plan has a place for {kind}"
    assert not faults, f"{len(faults)} of {made}:\n" + "\n".join(faults)


@pytest.mark.parametrize("kind", KINDS)
def test_who_follows_the_advice_has_fewer_errors(kind: str, texts: Texts) -> None:
    """Where the advice says in signs what to write. Each advice is tried by itself."""
    random, faults = Random(kind), []
    for file, source in plans():
        for slip in slips(source.text, kind, random, EACH):
            errors = [one for one in told(file, slip.text, texts) if texts.is_error(one)]
            for one in errors:
                followed = _followed(slip.text, one)
                if followed and len(errors) <= sum(texts.is_error(left) for left in told(file, followed, texts)):
                    faults.append(_shown(slip, errors, texts))
    assert not faults, "\n".join(faults)


def _followed(text: str, problem: Problem) -> str | None:
    """Write what a problem's advice says in place of what it marks; None when it says no more than in words."""
    values, place = dict(problem.values), problem.place
    right = re.sub(r"\s*\bt?kr$", "", values.get("right") or values.get("suggestion") or "").replace("\u00a0", " ")
    if not right or not place.end_column:
        return None
    lines = text.split("\n")
    line = lines[place.line - 1]
    if "[" in right:
        amounts = f"belopp: {right.removeprefix('belopp: ')}"
        lines[place.line - 1] = re.sub(r"belopp: *(?:\[[^\]]*\]|[^\[{}]*?(?=, \w+:|\}))", amounts, line, count=1)
    else:
        lines[place.line - 1] = line[: place.column - 1] + right + line[place.end_column - 1 :]
    return "\n".join(lines)


def _shown(slip: Slip, found: list[Problem], texts: Texts) -> str:
    """Return a slip and what was told of it, to be read by a person."""

    messages = [f"    {one.place.line} {one.code}: {texts.what(one)} {texts.advice(one)}" for one in found[:5]]
    return "\n".join([f"  {slip.line}: {slip.written}", *messages, f"    ({len(found)} messages)"])
