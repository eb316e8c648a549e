"""What tests of the preview share: a session that takes in what a test saves, and the real command with its server."""

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from insyn.disk.watch import scan
from insyn.preview.session import NOBODY, PreviewState, Reader, Session

PROJECT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds: tests run beside others, on machines with much to do."""


def quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def begin(content: Path, folder: Path, reader: Reader = NOBODY) -> Session:
    return Session(content, folder, quiet, reader)


def take_all(session: Session) -> PreviewState:
    """Take in everything that is there."""
    taken = session.take(session.mirror.all_paths(scan(str(session.content))))
    assert taken
    return taken


def main_of(html: str) -> str:
    """Return the main part of a page, byte for byte."""
    return html[html.index("<main") : html.index("</main>")]


class Running:
    """A preview that the real command runs."""

    def __init__(self, process: subprocess.Popen[str], start: str) -> None:
        self.process, self.start = process, start
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", start)
        assert found
        self.port, self.top = int(found[1]), found[0]

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request as it stands; return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
        if body is not None:
            given.setdefault("Content-Length", str(len(body)))
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return found

    def cookie(self) -> str:
        """Open the start address as a browser does; return the cookie that it gets."""
        _, headers, _ = self.ask(self.start.removeprefix(self.top[:-1]))
        return headers["Set-Cookie"].partition(";")[0]


@contextmanager
def running(site_folder: Path, *words: str) -> Iterator[Running]:
    """Run `visa` for the content folder in a project folder, until the test is done; then stop it by Ctrl-C."""
    folders = ["--innehåll", "content", "--till", "output"]
    command = [sys.executable, str(PROJECT / "build.py"), "visa", "--ingen-webbläsare", *words, *folders]
    process = subprocess.Popen(command, cwd=site_folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    line = next((line for line in process.stdout if "http://" in line), "")
    assert line, process.wait()
    try:
        yield Running(process, line.split()[-1])
    finally:
        stop(process)


def stop(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C; return what was printed after that."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=PATIENCE)
    return printed


def until(page: Page, condition: str) -> Any:
    """Wait until an expression is true on a page; the page's policy forbids Playwright's own way."""
    ends = time.monotonic() + PATIENCE
    while not (found := page.evaluate(condition)):
        assert time.monotonic() < ends, f"never true: {condition}"
        page.wait_for_timeout(20)
    return found


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def data(answer: tuple[int, dict[str, str], bytes]) -> Any:
    return json.loads(answer[2])
