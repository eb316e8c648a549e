"""The preview's server: the site as it is previewed, and what open pages are told, on this machine alone."""

import json
import os
import socketserver
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment
from msgspec import Struct

from insyn.build.rendering import render
from insyn.disk.output import file_of
from insyn.disk.served import read_inside
from insyn.pages.frame import NOT_FOUND
from insyn.preview import frame, served
from insyn.preview.changes import PublicSite
from insyn.preview.events import Broadcast
from insyn.preview.forms import ACTIONS, FORM, NEW_PLAN, UNREADABLE, Forms
from insyn.preview.guard import ADDRESS, KEY, Guard
from insyn.preview.overview import overview_html
from insyn.preview.panel import Panel
from insyn.preview.policy import HEADERS
from insyn.preview.session import PreviewState
from insyn.preview.whole import Whole
from insyn.texts import Texts

BROWSER = Path(__file__).parent / "browser"
"""Scripts and styles of the preview itself."""
PORT = 8642
PORTS_TRIED = 20
MOST_BYTES = 1_000_000
"""Of a request's body."""
PATIENCE = 10.0
"""Seconds that a client may be silent in a request."""
BEAT = 5.0
"""Seconds between signs of life to an open page."""
MOST_CLIENTS = 100
"""Connections at once. A browser has six; more are refused, so that none can take all memory."""
JSON = served.TYPES[".json"]
TEXT = served.TYPES[".txt"]


class Busy(Exception):
    """The port is taken."""


class Backstage(Struct, frozen=True):
    """What requests are answered from."""

    site: Path
    """The folder of the site."""
    feed: Broadcast
    panel: Panel
    published: PublicSite
    environment: Environment
    texts: Texts
    forms: Forms
    whole: Whole
    report_fault: Callable[[str], None]
    lock: threading.Lock
    """Held while the panel or a form is used."""

    def told(self, page: str, latest: tuple[int, PreviewState | None, str]) -> dict[str, object]:
        """Return what a page is told, ready for JSON."""
        _, preview, fault = latest
        if preview is None:
            return {"obstacle": fault}
        with self.lock:
            return self.panel.told(preview, page, fault)

    def file(self, path: str) -> bytes | None:
        """Return the file of the site that is served at a path; None when there is none."""
        _, preview, _ = self.feed.latest
        made = preview.fresh.get(file_of(path)) if preview else None
        return made.body if made else read_inside(self.site, path)

    def overview(self) -> bytes:
        """Return the preview's own page."""
        _, preview, _ = self.feed.latest
        with self.lock:
            state = self.whole.state
            return overview_html(preview, self.published, state, self.environment, self.texts).encode()

    def changes(self, path: str) -> bytes | None:
        """Return the page of how a plan differs from the published one; None when that isn't known."""
        _, preview, _ = self.feed.latest
        with self.lock:
            page = self.published.page(preview, path) if preview else None
            return render(page, self.environment).encode() if page else None

    def form(self, path: str) -> bytes | None:
        """Return the form of a plan, or what a new plan would be; None where there is none."""
        _, preview, _ = self.feed.latest
        with self.lock:
            if path.startswith(NEW_PLAN):
                return self.forms.new_plan(path.removeprefix(NEW_PLAN))
            return self.forms.page(path.removeprefix(FORM), preview) if preview else None

    def unreadable(self) -> bytes:
        """Return what stands in place of the form of a plan that can't be read."""
        return self.environment.get_template(UNREADABLE).render().encode()


class Server(ThreadingHTTPServer):
    """Answers each connection in a thread of its own, so that none waits for another."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere that would let another program take the port
    request_queue_size = 32

    def __init__(self, port: int, backstage: Backstage, token: str) -> None:
        """Raises Busy."""
        self.backstage = backstage
        self._clients = threading.BoundedSemaphore(MOST_CLIENTS)
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as fault:
            raise Busy(str(port)) from fault
        self.guard = Guard(self.server_address[1], token)

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer's asks for the machine's name, which may take seconds

    def process_request(self, request: object, client_address: object) -> None:
        if self._clients.acquire(blocking=False):
            super().process_request(request, client_address)  # type: ignore[arg-type]
        else:
            self.shutdown_request(request)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._clients.release()

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  as it is called
        """Report our own fault. That a browser hangs up is none."""
        fault = sys.exception()
        if fault is not None and not isinstance(fault, OSError):
            self.backstage.report_fault("".join(traceback.format_exception(fault)))


def listen(port: int | None, backstage: Backstage, token: str) -> Server:
    """Begin to listen: at a port, or at the first that is free. Raises Busy."""
    for candidate in [port] if port is not None else range(PORT, PORT + PORTS_TRIED):
        try:
            return Server(candidate, backstage, token)
        except Busy:
            continue
    raise Busy(str(port or PORT))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Insyn", ""
    timeout = PATIENCE
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for problems."""

    @cached_property
    def backstage(self) -> Backstage:
        return self.server.backstage

    def do_GET(self) -> None:
        """Answer a page, a file or a stream of events."""
        if not self._is_let_in():
            return
        address = urlsplit(self.path)
        if address.path.startswith(f"/{frame.OWN}"):
            self._own(address.path[len(f"/{frame.OWN}") :], parse_qs(address.query).get("sida", [""])[0])
        else:
            self._site(address.path)

    def do_HEAD(self) -> None:
        """Answer as for a GET, without what it would hold."""
        self.do_GET()

    def do_POST(self) -> None:
        """Take what a page asks for."""
        if not self._is_let_in():
            return
        body = self._body()
        if body is None:
            return
        if self.path == f"/{frame.OWN}hela":
            self.backstage.whole.begin()
            self._answer(HTTPStatus.ACCEPTED, b"", TEXT)
        elif (action := self.path.removeprefix(f"/{frame.OWN}")) in ACTIONS:
            self._edit(action, body)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _edit(self, action: str, body: bytes) -> None:
        """Do what a form asks for, and tell it what came of it."""
        with self.backstage.lock:
            reply = self.backstage.forms.answer(action, body)
        if reply is None:
            self._refuse(HTTPStatus.BAD_REQUEST)
        else:
            self._answer(HTTPStatus.OK, reply, JSON)

    # --- Who asks ---------------------------------------------------------------------------------------------------

    def _is_let_in(self) -> bool:
        """Refuse a request that isn't from the browser that was given the address; give it its cookie at first."""
        guard, headers = self.server.guard, self.headers
        if not guard.is_addressed(headers) or not guard.is_from_us(self.command, headers):
            self._refuse(HTTPStatus.FORBIDDEN)
            return False
        if self.command in {"GET", "HEAD"} and self._brings_token():
            return False
        if not guard.has_cookie(headers):
            self._refuse(HTTPStatus.FORBIDDEN)
            return False
        return True

    def _brings_token(self) -> bool:
        """Answer the address that a preview starts with: a cookie, and the same page without the token."""
        address = urlsplit(self.path)
        token = parse_qs(address.query).get(KEY, [""])[0]
        path = served.site_path(address.path)
        if not token or path is None or not self.server.guard.knows(token):
            return False
        self._answer(HTTPStatus.SEE_OTHER, b"", TEXT, {"Set-Cookie": self.server.guard.cookie, "Location": f"/{path}"})
        return True

    def _body(self) -> bytes | None:
        """Return the request's body; None when it has none, or is too large, and then answer so."""
        written = self.headers.get("Content-Length", "")
        if not written.isdecimal() or self.headers.get("Transfer-Encoding"):
            self._refuse(HTTPStatus.LENGTH_REQUIRED)
            return None
        if int(written) > MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        body = self.rfile.read(int(written))
        return body if len(body) == int(written) else None

    # --- Answers ----------------------------------------------------------------------------------------------------

    def _site(self, address: str) -> None:
        path = served.site_path(address)
        if path is None:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        file = self.backstage.file
        found = file(path)
        if found is not None:
            self._file(HTTPStatus.OK, found, served.media_type(file_of(path)), self.backstage.forms.address_of(path))
        elif not path.endswith("/") and file(f"{path}/") is not None:
            self._answer(HTTPStatus.MOVED_PERMANENTLY, b"", TEXT, {"Location": f"/{path}/"})
        else:
            missing = file(NOT_FOUND)
            self._file(HTTPStatus.NOT_FOUND, self.backstage.overview() if missing is None else missing, served.HTML)

    def _file(self, status: HTTPStatus, body: bytes, kind: str, form: str = "") -> None:
        """Send a file; a page with what a preview adds. `form` is the address of its plan's form."""
        if kind == served.HTML:
            body = frame.framed(body.decode(), self.backstage.texts, form).encode()
        self._answer(status, body, kind)

    def _own(self, path: str, page: str) -> None:
        """Answer one of the preview's own addresses."""
        feed = self.backstage.feed
        _, preview, _ = feed.latest
        page = served.site_path(page) or ""
        if path == "":
            self._file(HTTPStatus.OK, self.backstage.overview(), served.HTML)
        elif path.startswith((FORM, NEW_PLAN)) and (body := self.backstage.form(path)) is not None:
            self._file(HTTPStatus.OK, body, served.HTML)
        elif path.startswith("andringar/") and (found := self.backstage.changes(path.removeprefix("andringar/"))):
            self._file(HTTPStatus.OK, found, served.HTML)
        elif path.startswith("hela/"):
            self._whole(path.removeprefix("hela/"))
        elif path.startswith(FORM):
            self._file(HTTPStatus.NOT_FOUND, self.backstage.unreadable(), served.HTML)
        elif path == "handelser" and self.command == "GET":
            self._stream(page)
        elif path == "platser" and preview is not None:
            with self.backstage.lock:
                places = self.backstage.panel.places(preview, page)
            self._answer(HTTPStatus.OK, json.dumps(places).encode(), JSON)
        elif path.startswith("filer/") and (body := read_inside(BROWSER, path.removeprefix("filer/"))) is not None:
            self._answer(HTTPStatus.OK, body, served.media_type(path))
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _whole(self, path: str) -> None:
        """Send a file of the site with PDFs and search."""
        found = read_inside(self.backstage.whole.folder, path) if served.site_path(f"/{path}") is not None else None
        kind = served.media_type(file_of(path))
        if found is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif kind == served.HTML:
            self._answer(HTTPStatus.OK, frame.with_ribbon(found.decode(), self.backstage.texts).encode(), kind)
        else:
            self._answer(HTTPStatus.OK, found, kind)

    def _stream(self, page: str) -> None:
        """Tell a page what happens, until it is closed."""
        self.close_connection = True
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8", {"Connection": "close"})
        feed, number = self.backstage.feed, -1
        with feed.opened(page):
            while True:
                latest = feed.wait(number, BEAT)
                if latest[0] == number:
                    self.wfile.write(b": \n\n")
                else:
                    number = latest[0]
                    told = json.dumps(self.backstage.told(page, latest))
                    self.wfile.write(f"event: lage\ndata: {told}\n\n".encode())

    def _refuse(self, status: HTTPStatus) -> None:
        """Say no, and hang up: what is left of the request is not read."""
        self.close_connection = True
        said = self.backstage.texts.tell("preview-refused") if status is HTTPStatus.FORBIDDEN else status.phrase
        self._answer(status, f"{said}\n".encode(), TEXT, {"Connection": "close"})

    def _answer(self, status: HTTPStatus, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self._head(status, kind, {"Content-Length": str(len(body)), **(more or {})})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **HEADERS, **more}.items():
            self.send_header(name, value)
        self.end_headers()
