"""The benchmark can be run, and knows the program that it measures. Slow, since each scenario is some builds."""

import subprocess
import sys
from pathlib import Path


def _run(project: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "bench.run", *arguments]
    return subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout


def test_a_profile_tells_every_phase_of_a_build(project: Path) -> None:
    said = _run(project, "--profile", "--plans", "5", "--runs", "1")
    assert "| drawing charts |" in said
    assert "| files to download |" in said
    assert "| matplotlib and its own |" in said


def test_every_scenario_is_played_and_shown(project: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.md"
    _run(project, "--plans", "2", "--runs", "1", "--tools", str(tmp_path), "--out", str(table))
    shown = table.read_text("utf-8")
    for scenario in ("nothing cached", "one amount changed", "one plan withdrawn", "one sentence changed, with search"):
        assert f"| {scenario} |" in shown
