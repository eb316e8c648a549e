"""The catalogue of sentences: each is used, every used one exists, no placeholder is left, and all are well written."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

from insyn.disk.materials import read_catalogue
from insyn.texts import read_texts

PROJECT = Path(__file__).parent.parent
CATALOGUE = read_texts(read_catalogue())
PROBLEMS = {code: f"{wording.what} {wording.advice}" for code, wording in CATALOGUE.problems.items()}


def open_in(text: str) -> set[str]:
    """Return the names of a text's placeholders: {amount}, {year}."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_key_stands_twice() -> None:
    """Of two, the last would be told without a word."""

    def repeated(node: yaml.Node) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            keys = [str(key.value) for key, _ in node.value]
            yield from (key for key in set(keys) if keys.count(key) > 1)
            for _, value in node.value:
                yield from repeated(value)

    root = yaml.compose(read_catalogue(), Loader=yaml.SafeLoader)
    assert root
    assert list(repeated(root)) == []


# --- What the code says ---------------------------------------------------------------------------------------------


@cache
def trees() -> Mapping[str, ast.Module]:
    files = sorted((PROJECT / "insyn").rglob("*.py"))
    return {file.relative_to(PROJECT).as_posix(): ast.parse(file.read_text("utf-8")) for file in files}


def patterns_of(expression: ast.AST) -> set[str]:
    """Return the possible forms of a text in the code: itself, either of two, or an f-string with wildcards."""
    match expression:
        case ast.Constant(value=str() as text):
            return {re.escape(text)}
        case ast.IfExp(body=one, orelse=other):
            return patterns_of(one) | patterns_of(other)
        case ast.JoinedStr(values=parts):
            return {"".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".*" for part in parts)}
    return set()


KEY_LIKE = re.compile(r"(?:[a-z0-9]|\\[.-]|-|\.\*)*[a-z]{3}(?:[a-z0-9]|\\[.-]|-|\.\*)*")


@cache
def texts_in(place: str) -> frozenset[str]:
    """Return a pattern for every text in a module that looks like a key."""
    found = set().union(*(patterns_of(node) for node in ast.walk(trees()[place])))
    return frozenset(pattern for pattern in found if KEY_LIKE.fullmatch(pattern))


def matching(pattern: str, keys: Mapping[str, object]) -> set[str]:
    return {key for key in keys if re.fullmatch(pattern, key)}


@dataclass(frozen=True, slots=True)
class Said:
    """A call that looks up a sentence, as written in the code."""

    place: str
    file: str
    patterns: frozenset[str]
    """Possible keys; empty if the key is made elsewhere."""
    filled: frozenset[str]
    hints: frozenset[str] | None
    """Possible hints; None if it gives none."""


def said_by(*names: str) -> Iterator[Said]:
    """Yield each call of a function with a certain name."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names:
                    yield _said(node, file)


def _said(call: ast.Call, file: str) -> Said:
    filled = {word.arg for word in call.keywords if word.arg}
    hints = [patterns_of(word.value) or texts_in(file) for word in call.keywords if word.arg == "hint"]
    return Said(
        place=f"{file}:{call.lineno}",
        file=file,
        patterns=frozenset(patterns_of(call.args[0])),
        filled=frozenset(filled),
        hints=frozenset(hints[0]) if hints else None,
    )


TABLES: tuple[tuple[str, Mapping[str, str], tuple[str, ...]], ...] = (
    ("sentences", CATALOGUE.sentences, ("say",)),
    ("report", CATALOGUE.report, ("tell", "progress")),
    ("problems", PROBLEMS, ("add", "problem", "note")),
)
every_table = pytest.mark.parametrize(("name", "table", "calls"), TABLES, ids=[name for name, *_ in TABLES])


@pytest.mark.parametrize(
    "table", [*(table for _, table, _ in TABLES), CATALOGUE.hints], ids=["sentences", "report", "problems", "hints"]
)
def test_every_key_is_used_somewhere(table: Mapping[str, str]) -> None:
    used = set().union(*(matching(pattern, table) for file in trees() for pattern in texts_in(file)))
    assert sorted(set(table) - used) == []


@every_table
def test_everything_that_is_said_is_there(name: str, table: Mapping[str, str], calls: tuple[str, ...]) -> None:
    asked = [one for one in said_by(*calls) if one.patterns and not one.place.startswith("insyn/problems.py")]
    missing = [(one.place, pattern) for one in asked for pattern in one.patterns if not matching(pattern, table)]
    assert missing == []
    assert len(asked) > 5, name


@every_table
def test_what_a_text_leaves_open_is_filled_where_it_is_said(
    name: str, table: Mapping[str, str], calls: tuple[str, ...]
) -> None:
    given = {"hint", "seen"} if name == "problems" else set()
    left_open = [
        (one.place, key, open_in(table[key]) - one.filled - given)
        for one in said_by(*calls)
        for pattern in one.patterns
        for key in matching(pattern, table)
    ]
    assert [found for found in left_open if found[2]] == []


def test_every_hint_that_is_given_is_there() -> None:
    given = [(one.place, pattern) for one in said_by("add", "problem") if one.hints for pattern in one.hints]
    exact = [(place, pattern) for place, pattern in given if len([1 for other, _ in given if other == place]) == 1]
    assert [found for found in exact if not matching(found[1], CATALOGUE.hints)] == []


def test_what_a_hint_leaves_open_is_filled_where_it_is_given() -> None:
    left_open = [
        (one.place, hint, open_in(CATALOGUE.hints[hint]) - one.filled)
        for one in said_by("add", "problem")
        for pattern in one.hints or ()
        for hint in matching(pattern, CATALOGUE.hints)
    ]
    assert [found for found in left_open if found[2]] == []


def test_a_problem_with_a_hint_has_room_for_it_and_one_without_has_none() -> None:
    for one in said_by("add", "problem"):
        for pattern in one.patterns:
            for code in matching(pattern, PROBLEMS):
                assert ("hint" in open_in(PROBLEMS[code])) == (one.hints is not None), one.place


# --- Well written ---------------------------------------------------------------------------------------------------

TO_BE_TYPED = ('"*"', '"{mark}"', '"3,5"', '"---"', "---", "2024-11-28", "2024-09")
"""Texts that staff type, which must be quoted exactly."""


def all_texts() -> list[tuple[str, str]]:
    tables = (PROBLEMS, CATALOGUE.hints, CATALOGUE.sentences, CATALOGUE.report)
    return [(key, text) for table in tables for key, text in table.items()]


@pytest.mark.parametrize(
    ("sign", "what"),
    [
        ("  ", "two spaces"),
        ('"', "a straight quotation mark"),
        ("'", "a straight apostrophe"),
        (" - ", "a hyphen as a dash"),
        ("...", "three full stops"),
        (" ,", "a space before a comma"),
        (" .", "a space before a full stop"),
    ],
)
def test_no_text_has_signs_that_belong_to_a_typewriter(sign: str, what: str) -> None:
    bare = {key: _without_what_is_typed(text) for key, text in all_texts()}
    assert [key for key, text in bare.items() if sign in text] == [], what


def _without_what_is_typed(text: str) -> str:
    for typed in TO_BE_TYPED:
        text = text.replace(typed, "x")
    return text


def test_no_text_has_a_hyphen_between_numbers() -> None:
    assert [key for key, text in all_texts() if re.search(r"\d-\d", _without_what_is_typed(text))] == []


def test_quotation_marks_come_in_pairs() -> None:
    assert [key for key, text in all_texts() if text.count("”") % 2] == []


def test_what_is_told_about_a_problem_is_whole_sentences() -> None:
    for code, wording in CATALOGUE.problems.items():
        assert re.match("[A-ZÅÄÖ”{]", wording.what), code
        assert wording.what.endswith((".", ": {lost}")), code
        assert wording.advice.endswith((".", "}", "mailto:.", "?")), code
    for key, text in CATALOGUE.hints.items():
        assert re.match("[A-ZÅÄÖ”{]", text), key
        assert text.endswith((".", "?", '"3,5".')), key


def test_problems_are_named_in_swedish_with_hyphens_and_each_by_a_name_of_its_own() -> None:
    names = [wording.name for wording in CATALOGUE.problems.values()]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch("[a-zåäö]+(?:-[a-zåäö]+)*", name)] == []
