"""Times the preview, from a save to the changed page: `python -m bench.preview --plans 5 --edits 200 FOLDER`.

A project with generated plans is made in the folder, or used if it is there, and `visa` runs in it. A reader has a
plan's page open, as a browser has: a stream of events, and a fetch of the page when it has changed. What a browser
takes to patch the page is not counted. Memory and processor time are the server's own, from /proc.
"""

import argparse
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.edits import Expected, change_amount, change_sentence
from bench.project import Project, make_project
from bench.table import figure, markdown

PATIENCE = 30.0
"""Seconds before a save counts as missed."""
IDLE_SECONDS = 20.0
TICKS = os.sysconf("SC_CLK_TCK")
PLAN = "forbund-000"
SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


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
    command = [sys.executable, "build.py", "visa", "--ingen-webbläsare", "--port", str(random.randint(20_000, 60_000))]
    process = subprocess.Popen(command, cwd=project.folder, stdout=subprocess.PIPE, text=True)
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
    """Return the seconds from each save to its page, and how many saves were never seen."""
    page, taken, missed = f"/{PLAN}/{latest_year(project)}/", [], 0
    events = preview.events(page)
    next(events)
    for number in range(count):
        expected = edit(project, number * associations(project))
        began = time.perf_counter()
        words = expected.words or ""
        for _ in events:
            if words in preview.get(page).replace("&nbsp;", " ").translate(SPACES):
                taken.append(time.perf_counter() - began)
                break
            if time.perf_counter() - began > PATIENCE:
                missed += 1
                break
        time.sleep(random.uniform(0.05, 0.25))
    return taken, missed


def latest_year(project: Project) -> int:
    return max(int(folder.name) for folder in (project.content / PLAN).iterdir() if folder.is_dir())


def associations(project: Project) -> int:
    """Return how many förbund there are: `bench.edits` edits a new one each time, and here the same is read."""
    return sum(1 for _ in project.content.glob("forbund-*"))


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=5)
    parser.add_argument("--edits", type=int, default=200)
    asked = parser.parse_args()
    exists = (asked.folder / "content").is_dir()
    project = Project(asked.folder) if exists else make_project(asked.plans, asked.folder)
    stop(start(project))  # what is measured begins warm
    preview = start(project)
    rows = [["ready", figure(preview.ready), "", "", ""]]
    try:
        before, began = preview.cpu(), time.perf_counter()
        time.sleep(IDLE_SECONDS)
        idle = (preview.cpu() - before) / (time.perf_counter() - began)
        rows.append(["idle, share of a core", f"{idle:.2%}", "", "", ""])
        memory = preview.memory()
        for name, edit in (("a sentence", change_sentence), ("an amount", change_amount)):
            before = preview.cpu()
            taken, missed = time_edits(preview, project, edit, asked.edits)
            each = (preview.cpu() - before) / max(1, asked.edits)
            middle, late = statistics.median(taken), percentile(taken, 0.95)
            rows.append([name, figure(middle), figure(late), figure(each), str(missed)])
        rows.append(["memory, MB, before and after", figure(memory), figure(preview.memory()), "", ""])
    finally:
        stop(preview)
    sys.stdout.write(markdown((f"{asked.plans} plans", "p50, s", "p95, s", "CPU each, s", "missed"), rows) + "\n")


if __name__ == "__main__":
    main()
