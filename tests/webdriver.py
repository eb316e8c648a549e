"""Firefox and WebKitGTK, driven as W3C WebDriver says: by Marionette, which Firefox has built in, and WebKitWebDriver.

Debian packages no driver for Firefox, and WebKitGTK opens no window without a screen, so it gets one of Xvfb's.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from tests.browser import program

PATIENCE = 60
"""Seconds that a browser may take to start, or to answer."""
MINIBROWSER = "webkit2gtk-4.*/MiniBrowser"
Command = Callable[[str, dict[str, Any]], Any]
"""Sends a command of WebDriver, by its name there, and returns its value."""


class Browser:
    """A window of a browser."""

    def __init__(self, command: Command) -> None:
        self._command = command

    def open(self, site: str, path: str, width: int) -> None:
        """Open a page of a site in a frame of a width: no window can be as narrow as a phone.

        The frame stands in the site's robots.txt, a page of the same origin without a policy.
        """
        self._command("SetWindowRect", {"width": 1400, "height": 1000})
        self._command("Navigate", {"url": f"{site}robots.txt"})
        self.run(FRAME, f"{site}{path}", width)
        self._command("SwitchToFrame", {"id": 0})

    def run(self, script: str, *given: object) -> Any:
        """Run a script in the page and return what it returns, a promise when it is kept."""
        return self._command("ExecuteScript", {"script": script, "args": list(given)})


FRAME = """const [src, width] = arguments, frame = document.createElement("iframe");
frame.style = `width: ${width}px; height: 800px; border: 0`;
return new Promise((loaded) => {
  frame.onload = () => loaded(null);
  frame.src = src;
  document.body.replaceChildren(frame);
});"""


@contextmanager
def firefox() -> Iterator[Browser]:
    path, port = program("firefox-esr", "firefox", package="firefox-esr"), _free_port()
    with TemporaryDirectory(prefix="insyn-firefox-") as profile:
        (Path(profile) / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
        command = (path, "--headless", "--marionette", "--no-remote", "--profile", profile)
        with _running(command, {"HOME": profile}), _connected(port) as connection, connection.makefile("rb") as answers:
            _marionette_answer(answers)  # who it is

            def send(name: str, values: dict[str, Any]) -> Any:
                body = json.dumps([0, 1, f"WebDriver:{name}", values]).encode()
                connection.sendall(b"%d:%b" % (len(body), body))
                _, _, fault, result = _marionette_answer(answers)
                assert fault is None, fault
                return result.get("value")

            send("NewSession", {})
            yield Browser(send)


def _marionette_answer(answers: Any) -> Any:
    """Read a message: its length, a colon, and JSON."""
    length = b""
    while (character := answers.read(1)) != b":":
        assert character, "Firefox closed the connection"
        length += character
    return json.loads(answers.read(int(length)))


ADDRESSES = {
    "SetWindowRect": "/window/rect",
    "Navigate": "/url",
    "ExecuteScript": "/execute/sync",
    "SwitchToFrame": "/frame",
}


@contextmanager
def webkit() -> Iterator[Browser]:
    driver, screen = program("WebKitWebDriver", package="webkit2gtk-driver"), program("Xvfb", package="xvfb")
    binary = next(Path("/usr/lib").glob(f"*/{MINIBROWSER}"))
    port = _free_port()
    with TemporaryDirectory(prefix="insyn-webkit-") as home, _screen(screen) as display:
        # WebKit's own sandbox needs rights that a container hasn't.
        alone = {"HOME": home, "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        with _running((driver, f"--port={port}"), alone):
            _connected(port).close()
            wishes = {"webkitgtk:browserOptions": {"binary": str(binary), "args": ["--automation"]}}
            opened = _post(f"http://127.0.0.1:{port}/session", {"capabilities": {"alwaysMatch": wishes}})
            session = f"http://127.0.0.1:{port}/session/{opened['sessionId']}"
            yield Browser(lambda name, values: _post(f"{session}{ADDRESSES[name]}", values))
            with urlopen(Request(session, method="DELETE"), timeout=PATIENCE):
                pass


def _post(address: str, values: dict[str, Any]) -> Any:
    asked = Request(address, json.dumps(values).encode(), {"Content-Type": "application/json"})
    with urlopen(asked, timeout=PATIENCE) as answer:
        return json.load(answer)["value"]


@contextmanager
def _screen(path: str) -> Iterator[str]:
    """Start a screen and return its name, which it chooses itself."""
    told, tells = os.pipe()
    command = (path, "-displayfd", str(tells), "-screen", "0", "1600x1200x24", "-nolisten", "tcp")
    with _running(command, {}, tells), os.fdopen(told) as answer:
        os.close(tells)
        yield f":{answer.readline().strip()}"


@contextmanager
def _running(command: Sequence[str], environment: dict[str, str], *passed: int) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | environment, pass_fds=passed, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _connected(port: int) -> socket.socket:
    """Connect to a program as soon as it listens."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < last, f"nothing listens on {port}"
            time.sleep(0.05)
