"""The examples in docstrings hold."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
WITH_EXAMPLES = [file for file in sorted(PROJECT.glob("insyn/**/*.py")) if ">>> " in file.read_text("utf-8")]


@pytest.mark.parametrize("file", WITH_EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_of_a_module_hold(file: Path) -> None:
    name = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed


def test_the_modules_that_newcomers_read_first_have_examples() -> None:
    found = {file.relative_to(PROJECT / "insyn").as_posix() for file in WITH_EXAMPLES}
    assert found >= {"swedish.py", "reading/cells.py", "money/unknown.py", "money/ceiling.py", "reading/expressions.py"}
