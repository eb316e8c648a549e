"""Typing slips in real plans: each is reported on its line, in few messages, with advice that corrects it."""

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
from tests.obedient import followed
from tests.site import list_content, read_content
from tests.slips import KINDS, Slip, slips

CONTENT = Path(__file__).parent.parent / "content"
EACH = 8
"""Number of slips of a kind per plan: 40 in five."""
MOST = 3
"""Maximum number of messages for one slip."""
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
    """Return the problems of a plan; cached, since both tests ask for the same plans."""
    if (file, text) not in TOLD:
        source = SourceText(f"content/{file.path}", text)
        TOLD[file, text] = examine_plan(file, source, associations()[file.path.split("/")[0]], texts).facts.problems
    return TOLD[file, text]


def new(file: SourceFile, before: tuple[Problem, ...], text: str, texts: Texts) -> list[Problem]:
    """Return the problems of a plan that it didn't have before."""
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
def test_who_follows_the_advice_is_told_of_less(kind: str, texts: Texts) -> None:
    """Each advice is tried by itself: on an error there are fewer errors then, on a warning fewer messages."""
    random, faults, tried = Random(kind), [], 0
    for file, source in plans():
        before = told(file, source.text, texts)
        for slip in slips(source.text, kind, random, EACH):
            found = [one for one in new(file, before, slip.text, texts) if not texts.is_note(one)]
            for one in found:
                mended = followed(slip, one)
                if mended is None:
                    continue
                tried += 1
                left = [one for one in new(file, before, mended, texts) if not texts.is_note(one)]
                if _weight(left, one, texts) >= _weight(found, one, texts):
                    faults.append(_shown(slip, [one, *left], texts))
    assert tried, "no advice can be carried out"
    assert not faults, f"{len(faults)} of {tried}:\n" + "\n".join(faults)


def _weight(found: list[Problem], followed: Problem, texts: Texts) -> int:
    """Return the number of problems that count, after following the advice on one of them."""
    return sum(texts.is_error(one) or not texts.is_error(followed) for one in found)


def _shown(slip: Slip, found: list[Problem], texts: Texts) -> str:
    """Return a slip and the problems reported for it, for a person to read."""

    messages = [f"    {one.place.line} {one.code}: {texts.what(one)} {texts.advice(one)}" for one in found[:5]]
    return "\n".join([f"  {slip.line}: {slip.written}", *messages, f"    ({len(found)} messages)"])
