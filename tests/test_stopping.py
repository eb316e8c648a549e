"""A build that is stopped, and several at once: nothing is left, and the site is one build's whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from insyn.disk.output import STAGING_PREFIX
from tests.site import PLAN_FILE, TestSite

BUILD = Path(__file__).parent.parent / "build.py"


def start(site: TestSite) -> subprocess.Popen[str]:
    command = [sys.executable, str(BUILD), "--utan-pdf", "--utan-sök", "--innehåll", str(site.content)]
    environment = {key: value for key, value in os.environ.items() if key != "MPLCONFIGDIR"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*command, "--till", str(site.output)],
        stdout=pipe,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_build_leaves_no_folder_and_no_traceback(site: TestSite, kind: signal.Signals) -> None:
    """Stopped as it begins to stage, in the imports that follow."""
    site.write_plan()
    assert site.build() == 0
    site.edit(PLAN_FILE, "1 500 000", "1 400 000")
    site.edit(PLAN_FILE, "[500 000, 600 000]", "[600 000, 600 000]")
    before = site.files()
    for delay in (0.05, 0.15):
        build = start(site)
        while build.poll() is None and not list(site.output.glob(f"{STAGING_PREFIX}*")):
            time.sleep(0.002)
        time.sleep(delay)
        build.send_signal(kind)
        printed, _ = build.communicate()
        assert "Traceback" not in printed
        assert not list(site.output.glob(f"{STAGING_PREFIX}*"))
        assert build.returncode in {0, 130}, printed
        assert build.returncode == 0 or site.files() == before


def test_builds_at_once_take_turns(site: TestSite) -> None:
    """Of four builds, of two plans in turn, the last that had its turn is the one whose site stands, whole."""
    site.write_plan()
    first = (site.content / PLAN_FILE).read_text("utf-8")
    second = first.replace("Verksamhetsplan 2025", "Plan 2025")
    whole = []
    for text in (first, second):
        (site.content / PLAN_FILE).write_text(text, "utf-8")
        assert site.build() == 0
        whole.append(site.files())
    builds = []
    for number in range(4):
        (site.content / PLAN_FILE).write_text((first, second)[number % 2], "utf-8")
        builds.append(start(site))
        time.sleep(0.3)
    assert [build.communicate()[0] and build.returncode for build in builds].count(0) >= 1
    assert site.build() == 0
    assert site.files() == whole[1]


def test_a_lock_ends_with_its_process(site: TestSite) -> None:
    site.write_plan()
    code = "from pathlib import Path; import os, sys; from insyn.disk.turns import own_turn\n"
    code += "with own_turn(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(site.output)], check=False, cwd=BUILD.parent)
    assert site.build() == 0


def test_nothing_is_written_outside_output_and_cache(site: TestSite, tmp_path: Path) -> None:
    site.write_plan()
    home = tmp_path / "hem"
    home.mkdir()
    command = [sys.executable, str(BUILD), "--utan-sök", "--innehåll", str(site.content), "--till", str(site.output)]
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home)}
    for variable in ("MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(variable, None)
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert list(home.rglob("*")) == []
