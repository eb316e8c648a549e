"""Times the servers of other generators, from a save to the changed page, on the plans that the preview is timed with.

Each runs as its writers run it while they write, in its fastest way: Hugo renders what was lately asked for, Eleventy
what has changed (`--incremental`), MkDocs the changed page alone (`--dirty`). The page is asked for until it shows what
was saved, as a reader who reloads it at once.
"""

import http.client
import random
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.edits import Expected, plain
from bench.measuring import Failed, environment
from bench.others import ELEVENTY, HUGO, MKDOCS, Kind, Tool, as_markdown, find_program, make_tool
from bench.project import Project

PATIENCE = 120.0
"""Seconds before a save counts as missed, or a server as one that never answers."""
TICK = 0.005
"""Seconds between two questions for the page."""
COMMANDS: dict[Kind, tuple[str, ...]] = {
    HUGO: ("server", "--noBuildLock", "--bind", "127.0.0.1", "--port", "{port}", "--contentDir", "{content}"),
    MKDOCS: ("serve", "--dirty", "--quiet", "--dev-addr", "127.0.0.1:{port}"),
    ELEVENTY: ("--config=eleventy.config.mjs", "--serve", "--incremental", "--port={port}"),
}
Edit = Callable[[Project, int], Expected]


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server, and the plan whose page is read."""

    tool: Tool
    port: int
    plan: Path
    """From the content folder."""
    ready: float
    """Seconds until the page was served."""

    @property
    def file(self) -> Path:
        """The file that is saved: the plan, or what stands for it."""
        if self.tool.kind.reads_plans:
            return self.tool.content / self.plan
        return self.tool.folder / "content" / self.plan.parent.with_suffix(".md")

    @property
    def address(self) -> str:
        page = self.plan.with_suffix("") if self.tool.kind.reads_plans else self.plan.parent
        return f"/{page.as_posix()}/"

    def shows(self, words: str) -> bool:
        """Whether the page is served and shows some words."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", self.address)
            return words in plain(connection.getresponse().read().decode())
        except OSError:
            return False
        finally:
            connection.close()

    def wait_for(self, words: str) -> float | None:
        """Return the seconds until the page shows some words; None when it never does."""
        began = time.perf_counter()
        while time.perf_counter() - began < PATIENCE:
            if self.shows(words):
                return time.perf_counter() - began
            time.sleep(TICK)
        return None

    def save(self, project: Project, edit: Edit, number: int) -> float | None:
        """Edit the plan and save it for this generator; return the seconds until its page shows that."""
        pause()
        source = project.content / self.plan
        before = source.read_text("utf-8")
        expected = edit(project, number)
        if not self.tool.kind.reads_plans:
            self.file.write_text(as_markdown(source.read_text("utf-8")), "utf-8")
        assert before != source.read_text("utf-8")
        return self.wait_for(expected.words or "")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def pause() -> None:
    """Wait as long as nobody does between two saves, and never in step with a server's own waiting."""
    time.sleep(random.uniform(0.05, 0.25))


def find_tools(project: Project, folders: Sequence[Path]) -> Iterator[Tool]:
    """Yield each generator that is installed, with a project of its own beside the preview's."""
    for kind in COMMANDS:
        if program := find_program(kind, folders):
            folder = project.folder.with_name(f"{project.folder.name}-{kind.program}")
            is_made = folder.is_dir()
            yield (
                Tool(kind, program, folder, project.content)
                if is_made
                else make_tool(kind, program, project.content, folder)
            )


@contextmanager
def serving(tool: Tool, plan: Path) -> Iterator[Serving]:
    """Run a generator's server until its page has been timed. Raises Failed when it never serves it."""
    port, began = free_port(), time.perf_counter()
    words = [word.format(port=port, content=tool.content) for word in COMMANDS[tool.kind]]
    with (tool.folder / "log.txt").open("wb") as log:
        process = subprocess.Popen([tool.program, *words], cwd=tool.folder, env=environment(), stdout=log, stderr=log)
    try:
        served = Serving(tool, port, plan, 0.0)
        if served.wait_for("Verksamhetsplan") is None:
            raise Failed(f"{tool.kind.name} served nothing at {served.address}")
        yield Serving(tool, port, plan, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait()
