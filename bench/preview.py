"""Times the preview, from a save to the changed page: `python -m bench.preview FOLDER --plans 5 --edits 200 --others`.

Projects with generated plans are made in the folder, or used if they are there, and `visa` runs in them. A reader has a
plan's page open, as a browser has: a stream of events, and a fetch of the page when it has changed. What a browser
takes to patch the page is not counted. Memory and processor time are the server's own, from /proc.
"""

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.edits import Expected, change_amount, change_sentence, plain
from bench.measuring import Failed, environment
from bench.project import Project, make_project
from bench.serving import find_tools, free_port, pause, serving
from bench.table import NONE, figure, markdown

PATIENCE = 30.0
"""Seconds before a save counts as missed."""
SETTLING_SECONDS = 5.0
"""Seconds after the start until idleness is measured."""
IDLE_SECONDS = 20.0
TICKS = os.sysconf("SC_CLK_TCK")
PLAN = "forbund-000"
EDITS = (("a sentence", change_sentence), ("an amount", change_amount))
HEADS = ("p50, s", "p95, s", "CPU each, s", "missed")


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview and a reader of one page."""

    process: subprocess.Popen[str]
    port: int
    cookie: str
    ready: float
    """Seconds until it answered."""

    def get(self, path: str) -> str:
        connection = self._ask(path)
        body = connection.getresponse().read().decode()
        connection.close()
        return body

    def events(self, page: str) -> Iterator[dict[str, object]]:
        """Yield what an open page is told."""
        answer = self._ask(f"/_visa/handelser?sida={page}").getresponse()
        for line in answer:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    def _ask(self, path: str) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Cookie": self.cookie})
        return connection

    def cpu(self) -> float:
        """Return the seconds of processor time that the server has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Return the resident memory in MB."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0


def start(project: Project) -> Preview:
    """Run `visa` in a project; return when it answers."""
    began = time.perf_counter()
    command = [sys.executable, "build.py", "visa", "--ingen-webbläsare", "--port", str(free_port())]
    process = subprocess.Popen(command, cwd=project.folder, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    address = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)", process.stdout.readline())
    assert address, "visa didn't start"
    connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=PATIENCE)
    connection.request("GET", address[2])
    cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
    return Preview(process, int(address[1]), cookie, time.perf_counter() - began)


def stop(preview: Preview) -> None:
    preview.process.terminate()
    preview.process.wait()


def time_edits(
    preview: Preview, project: Project, edit: Callable[[Project, int], Expected], count: int
) -> tuple[list[float], int]:
    """Return the seconds from each save to its page, and how many saves were never seen. Raises Failed when it ends."""
    page, taken, missed = f"/{PLAN}/{latest_year(project)}/", [], 0
    events = preview.events(page)
    next(events)
    for number in range(count):
        expected = edit(project, number * associations(project))
        began = time.perf_counter()
        words = expected.words or ""
        for _ in events:
            if words in plain(preview.get(page)):
                taken.append(time.perf_counter() - began)
                break
            if time.perf_counter() - began > PATIENCE:
                missed += 1
                break
        else:
            raise Failed(f"the preview ended with {preview.process.wait()}")
        pause()
    return taken, missed


def latest_year(project: Project) -> int:
    return max(int(folder.name) for folder in (project.content / PLAN).iterdir() if folder.is_dir())


def associations(project: Project) -> int:
    """Return how many förbund there are: `bench.edits` edits a new one each time, and here the same is read."""
    return sum(1 for _ in project.content.glob("forbund-*"))


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(project: Project, edits: int) -> Iterator[list[str]]:
    """Yield the rows of the preview's table."""
    stop(start(project))  # what is measured begins warm
    preview = start(project)
    yield ["ready", figure(preview.ready), "", "", ""]
    try:
        time.sleep(SETTLING_SECONDS)
        before, began = preview.cpu(), time.perf_counter()
        time.sleep(IDLE_SECONDS)
        idle = (preview.cpu() - before) / (time.perf_counter() - began)
        yield ["idle, share of a core", f"{idle:.2%}", "", "", ""]
        memory = preview.memory()
        for name, edit in EDITS:
            before = preview.cpu()
            taken, missed = time_edits(preview, project, edit, edits)
            each = (preview.cpu() - before) / max(1, edits)
            yield [name, *_times(taken), figure(each), str(missed)]
        yield [f"memory, MB, before and after {2 * edits} edits", figure(memory), figure(preview.memory()), "", ""]
    finally:
        stop(preview)


def measure_others(project: Project, edits: int, folders: list[Path]) -> Iterator[list[str]]:
    """Yield a row for each kind of edit in each other generator that is installed."""
    plan = Path(PLAN) / str(latest_year(project)) / "plan.md"
    for tool in find_tools(project, folders):
        try:
            with serving(tool, plan) as served:
                yield [f"{tool.version()}, ready", figure(served.ready), "", "", ""]
                for name, edit in EDITS:
                    seen = [served.save(project, edit, number * associations(project)) for number in range(edits)]
                    taken = [one for one in seen if one is not None]
                    yield [f"{tool.kind.name}, {name}", *_times(taken), "", str(len(seen) - len(taken))]
        except Failed as fault:
            yield [str(fault), "", "", "", ""]


def _times(taken: list[float]) -> list[str]:
    return [figure(statistics.median(taken)), figure(percentile(taken, 0.95))] if taken else [NONE, NONE]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, action="append", help="how many plans; can be given again (default: 5)")
    parser.add_argument("--edits", type=int, default=200, help="of each kind (default: %(default)s)")
    parser.add_argument("--others", action="store_true", help="time the servers of Hugo, MkDocs and Eleventy too")
    parser.add_argument("--tools", type=Path, action="append", default=[], metavar="FOLDER", help="has hugo and others")
    asked = parser.parse_args()
    for plans in asked.plans or [5]:
        folder = asked.folder / str(plans)
        project = Project(folder) if (folder / "content").is_dir() else make_project(plans, folder)
        rows = list(measure(project, asked.edits))
        rows += measure_others(project, asked.edits, asked.tools) if asked.others else []
        sys.stdout.write(markdown((f"{plans} plans, {asked.edits} edits of each kind", *HEADS), rows) + "\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
