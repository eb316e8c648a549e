"""What other programs find in the project's folder: bounds and exact versions of libraries, and our `build.py`."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINNED = re.compile(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", re.MULTILINE)


def test_bounds_of_versions_stand_only_in_requirements_in(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert "dependencies" not in settings["project"]
    assert settings["tool"]["setuptools"]["dynamic"]["dependencies"] == {"file": ["requirements.in"]}


@pytest.mark.parametrize("name", ["requirements", "requirements-import", "requirements-dev", "requirements-audit"])
def test_what_is_asked_for_is_locked_within_its_bounds(name: str, project: Path) -> None:
    locked = (project / f"{name}.txt").read_text("utf-8")
    pinned = {canonicalize_name(library): version for library, version in PINNED.findall(locked)}
    asked = (project / f"{name}.in").read_text("utf-8").splitlines()
    for wanted in (Requirement(line) for line in asked if line and not line.startswith(("#", "-r "))):
        assert pinned[canonicalize_name(wanted.name)] in wanted.specifier, wanted


def test_the_packager_answers_to_its_name_though_our_program_has_the_same(project: Path) -> None:
    """`python -m build` in the project's folder finds build.py first, which is no packager and would build the site."""
    done = subprocess.run(
        [sys.executable, "-m", "build", "--version"], cwd=project, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("build 1.")
