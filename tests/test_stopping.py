"""A build that is stopped, and several at once: nothing is left, and the site is one build's whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from insyn.disk.build_record import CACHE
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


WATCH = """
import os, sys
may = os.environ["MAY_WRITE"].split(os.pathsep)
told = os.open(os.environ["TOLD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
MADE = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.utime"}
BESIDE = {"os.mkdir", "os.remove", "os.rmdir"}  # their last argument may be an open folder

def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        os.write(told, f"{event} {arguments}\\n".encode())
    elif event in MADE or event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
        beside = event in BESIDE and arguments[-1] >= 0
        folder = os.readlink(f"/proc/self/fd/{arguments[-1]}") if beside else ""
        for path in arguments[: 2 if event in {"os.rename", "os.link"} else 1]:
            named = isinstance(path, (str, bytes))
            whole = os.path.abspath(os.path.join(folder, os.fsdecode(path))) if named else ""
            if whole and not any(whole == one or whole.startswith(one + os.sep) for one in may):
                os.write(told, f"{event} {whole}\\n".encode())

sys.addaudithook(watch)
"""
"""Tells of each connection and each write elsewhere than in some folders, by the interpreter's own audit events."""


def test_a_build_connects_to_nothing_and_writes_only_in_output_and_cache(site: TestSite, tmp_path: Path) -> None:
    site.write_plan()
    home, told = tmp_path / "hem", tmp_path / "sagt"
    home.mkdir()
    (tmp_path / "sitecustomize.py").write_text(WATCH, "utf-8")
    may_write = (site.output, site.output.parent / CACHE, BUILD.parent / "insyn", Path("/dev/null"))
    command = [sys.executable, str(BUILD), "--innehåll", str(site.content), "--till", str(site.output)]
    own = {"HOME": home, "TMPDIR": home, "PYTHONPATH": tmp_path, "TOLD": told}
    environment = {**os.environ, **{name: str(path) for name, path in own.items()}}
    environment["MAY_WRITE"] = os.pathsep.join(map(str, may_write))
    for variable in ("MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(variable, None)
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert told.read_text("utf-8") == ""
    assert list(home.rglob("*")) == []
