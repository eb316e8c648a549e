"""Running a preview: begin, serve, and build after each save until someone stops it."""

import gc
import signal
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zlib import crc32

from msgspec import Struct

from insyn.disk.build_record import cache_folder
from insyn.disk.output import Unwritable
from insyn.disk.turns import turn_if_free
from insyn.disk.watch import Watch
from insyn.form.editor import Editor
from insyn.parallel.cores import never_fork_again
from insyn.parallel.workers import Progress
from insyn.preview.changes import PublicSite
from insyn.preview.events import Broadcast
from insyn.preview.forms import Forms
from insyn.preview.guard import new_token
from insyn.preview.panel import Panel, looked_at, watched
from insyn.preview.server import Backstage, Server, listen
from insyn.preview.session import SITE, Reader, Session
from insyn.preview.whole import Whole
from insyn.reports import PathOf
from insyn.texts import Texts

SAVES_BEFORE_SWEEPING = 20
"""Saves between two looks for garbage, which take as long as a save. Each leaves some hundred kB."""

BETWEEN_THREADS = 0.0005
"""Seconds, and not Python's five milliseconds: a page is sent while the rest of the site is made, in a dozen turns."""


class Asked(Struct, frozen=True):
    """What a preview is asked to be."""

    content: Path
    output: Path
    """The published site, which isn't touched: what is previewed lies in the cache beside it."""
    path_of: PathOf
    port: int | None
    editor: str
    opens_browser: bool
    today: Callable[[], date]


class AlreadyShown(Exception):
    """Another preview of the same content runs."""


def run(asked: Asked, progress: Progress, say: Callable[[str], None], report_fault: Callable[[str], None]) -> None:
    """Preview until interrupted. Raises AlreadyShown, Busy, and what the first build raises.

    `say` prints a line, `report_fault` our own fault in full.
    """
    folder = _folder(asked)
    with turn_if_free(folder / SITE) as is_ours:
        if not is_ours:
            raise AlreadyShown
        _show(asked, folder, progress, say, report_fault)


def _show(
    asked: Asked, folder: Path, progress: Progress, say: Callable[[str], None], report_fault: Callable[[str], None]
) -> None:
    """Build, serve, and look for saves until interrupted."""
    feed = Broadcast()
    watch = Watch(str(asked.content), lambda: watched(feed.latest[1], feed.pages(), asked.content.name))
    reader = Reader(lambda: looked_at(feed.pages()), feed.tell, watch.has_saved)
    session = Session(asked.content, folder, progress, reader)
    watch.take_all()
    feed.tell(session.take(session.mirror.all_paths(watch.found)))
    session.finish()  # whatever stops this process, the next session begins here
    texts = session.equipment.texts
    server = _serve(asked, session, feed, report_fault)
    say(texts.tell("preview-ready", address=server.guard.start))
    if asked.opens_browser:
        threading.Thread(target=webbrowser.open, args=(server.guard.start,), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    gc.collect()
    gc.freeze()  # what the first build left is never garbage
    gc.disable()  # it would be looked for in the middle of a build
    sys.setswitchinterval(BETWEEN_THREADS)
    try:
        while True:
            _look(session, watch, feed, texts, report_fault)
    finally:
        server.server_close()
        session.finish()


def _folder(asked: Asked) -> Path:
    """Return the folder of a preview: one for each content folder."""
    return Path(cache_folder(asked.output)) / f"visa-{crc32(str(asked.content).encode()):08x}"


def _serve(asked: Asked, session: Session, feed: Broadcast, report_fault: Callable[[str], None]) -> Server:
    cache = Path(cache_folder(session.site_folder))
    panel = Panel(asked.content, session.mirror.folder, cache, asked.path_of, asked.editor, asked.today)
    published = PublicSite(asked.content, asked.output, session.mirror.folder, cache)
    equipment = session.equipment
    backstage = Backstage(
        *(session.site_folder, feed, panel, published, equipment.environment, equipment.texts),
        Forms(Editor(asked.content, equipment.texts), equipment.environment),
        Whole(session.mirror.folder, lambda: feed.tell(None)),
        report_fault,
        threading.Lock(),
    )
    server = listen(asked.port, backstage, new_token())
    never_fork_again("a server answers in threads")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 1.0}, daemon=True).start()
    return server


def _look(session: Session, watch: Watch, feed: Broadcast, texts: Texts, report_fault: Callable[[str], None]) -> None:
    """Look once for saves, and take them in. A fault stops nothing: the next save is another try."""
    changed = watch.look() | set(watch.doubted())
    if not changed:
        return
    try:
        preview = session.take(changed)
        if preview is not None:
            feed.tell(preview)
            if preview.number % SAVES_BEFORE_SWEEPING == 0:
                gc.collect()
    except Unwritable as fault:
        feed.tell(None, texts.tell("unwritable", folder=session.folder, reason=fault))
    except Exception as fault:
        report_fault("".join(traceback.format_exception(fault)))
        feed.tell(None, texts.tell("preview-own-fault"))
