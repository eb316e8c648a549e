"""The store: a persistent cache of results, by cache key.

One SQLite file, safe for concurrent builds and safe to delete. Every result is sealed with its key. One that can't be
written or read back, or doesn't match its seal, is made again: the store never fails a build, nor keeps it waiting.
Results unused for many builds are evicted, except those of owners in use, since an unedited plan's results are never
requested. The total size is bounded.
"""

import contextlib
import io
import pickle
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from insyn.disk.hashing import sealed, unsealed

FILE = "minne.sqlite"
MAX_AGE = 64
"""Builds that an entry may go unused before it is evicted."""
TOUCH_INTERVAL = MAX_AGE // 4
"""Builds between updates of `used`. Writing it in every build would take as long as an edit."""
MAX_BYTES = 1_000_000_000
"""Bytes of database and write-ahead log before the least recently used results are evicted."""
LOCK_TIMEOUT = 1.0
"""Seconds that a process waits for another's write. After that it doesn't wait again."""
MAX_BUILDS = 1 << 40
"""More builds than any store has counted."""
BATCH = 500
"""Keys per query; SQLite allows at least 999."""
SCHEMA = """
    CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, body BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS use ON results (used);
    CREATE TABLE IF NOT EXISTS owners
        (owner TEXT, part TEXT, keys TEXT NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (owner, part));
    CREATE INDEX IF NOT EXISTS owned ON owners (used);
    CREATE TABLE IF NOT EXISTS builds (number INTEGER NOT NULL);
"""
OLDER_HALF = """
    SELECT key FROM (SELECT key, sum(length(body)) OVER (ORDER BY used, rowid) AS before FROM results)
    WHERE 2 * before <= (SELECT sum(length(body)) FROM results)
"""
"""The least recently used results, then the first written, up to half of all bytes."""

FOREIGN_CLASSES = frozenset({("datetime", "date"), ("markupsafe", "Markup")})
"""Classes outside insyn that results may contain: (module, name)."""
MEMBER = ("builtins", "getattr")
"""How Python before 3.11.4 (Debian 12 has 3.11.2) pickles a member of an enumeration."""


class _Unpickler(pickle.Unpickler):
    """Restores only values, so that a tampered file can't run code."""

    def find_class(self, module: str, name: str) -> Any:
        return _member if (module, name) == MEMBER else _value_class(module, name)


def _member(kind: Any, name: str) -> Enum:
    """Return a member of an enumeration. Raises UnpicklingError for any other attribute."""
    if isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__:
        return kind.__members__[name]
    raise pickle.UnpicklingError(f"{name} is no member")


@cache
def _value_class(module: str, name: str) -> type:
    """Return a struct or enumeration by name. Cached: a build asks thousands of times. Raises UnpicklingError."""
    if (module, name) in FOREIGN_CLASSES or (module.startswith("insyn.") and "." not in name):
        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and ((module, name) in FOREIGN_CLASSES or issubclass(found, (Struct, Enum))):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no value")


LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
"""SQLite's codes for a lock that another process holds."""
ENVIRONMENT = LOCKED | {
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM),
}
"""SQLite's codes for faults outside the file. On any other the file is damaged, and replaced."""
_locked: set[str] = set()
"""The folders whose lock this process has waited for in vain."""


def _kind(fault: sqlite3.Error) -> int | None:
    """Return SQLite's code for a kind of fault; None for one of Python's own, such as a text that isn't UTF-8."""
    code = getattr(fault, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


class Store:
    """A connection to the store. Each process opens its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = _connect(folder)
        self._build = self._number()
        self._pending: dict[str, bytes] = {}
        self._touched: set[str] = set()
        self._owned: dict[tuple[str, str], list[str]] = {}
        self._keys: list[str] | None = None

    def _number(self) -> int:
        for (number,) in self._rows("SELECT max(number) FROM builds", ()):
            if isinstance(number, int) and 0 <= number < MAX_BUILDS:
                return number
        return 0

    def _rows(self, query: str, values: Iterable[Any]) -> list[Any]:
        found: list[Any] = []
        with self._tolerated():
            if self._connection is not None:
                found = self._connection.execute(query, tuple(values)).fetchall()
        return found

    @contextmanager
    def _tolerated(self) -> Iterator[None]:
        """Survive a fault: stop waiting for locks, and replace a damaged file."""
        try:
            yield
        except (sqlite3.Error, UnicodeError) as fault:
            kind = _kind(fault) if isinstance(fault, sqlite3.Error) else sqlite3.SQLITE_PERM
            if kind in LOCKED:
                self._wait_no_more()
            if kind not in ENVIRONMENT:
                self._replace()

    def _wait_no_more(self) -> None:
        _locked.add(str(self.folder))
        if self._connection is not None:
            self._connection.execute("PRAGMA busy_timeout = 0")

    def _replace(self) -> None:
        """Replace a damaged file with an empty one."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        _remove(self.folder)
        self._connection = _connect(self.folder)

    def get(self, key: str) -> Any:
        """Return the result with a key; None if there is none."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return the results that exist, by key."""
        asked = list(keys)
        self._record_keys(asked)
        bodies = {key: body for key in asked if (body := self._pending.get(key)) is not None}
        bodies |= self._read([key for key in asked if key not in bodies])
        found = {}
        for key, body in bodies.items():
            with contextlib.suppress(Exception):  # a body pickled by former code is a cache miss
                found[key] = _Unpickler(io.BytesIO(body)).load()
        return found

    def _read(self, keys: list[str]) -> dict[str, bytes]:
        bodies = {}
        for start in range(0, len(keys), BATCH):
            some = keys[start : start + BATCH]
            places = ",".join("?" * len(some))
            for key, kept, used in self._rows(f"SELECT key, body, used FROM results WHERE key IN ({places})", some):
                body = unsealed(key, kept) if isinstance(key, str) else None
                if body is None:
                    continue
                bodies[key] = body
                if not isinstance(used, int) or used < self._build - TOUCH_INTERVAL:
                    self._touched.add(key)
        return bodies

    def put(self, key: str, value: Any) -> None:
        """Add a result; `commit` writes it."""
        self._record_keys([key])
        self._pending[key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    @contextmanager
    def owned(self, owner: str, part: str) -> Iterator[None]:
        """Assign all keys got or put in this context to a part of an owner, replacing the part's former keys."""
        outer, self._keys = self._keys, []
        try:
            yield
        finally:
            self._owned[owner, part], self._keys = self._keys, outer

    def _record_keys(self, keys: Iterable[str]) -> None:
        if self._keys is not None:
            self._keys += keys

    def commit(self) -> None:
        """Write new results, their owners, and when results were last used."""
        pending, asked, owned = self._pending, self._touched, self._owned
        self._pending, self._touched, self._owned = {}, set(), {}
        if not (pending or asked or owned):
            return

        def write(connection: sqlite3.Connection) -> None:
            rows = ((key, sealed(key, body), self._build) for key, body in pending.items())
            connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            used = ((self._build, key) for key in asked)
            connection.executemany("UPDATE results SET used = ? WHERE key = ?", used)
            parts = ((*part, "\n".join(dict.fromkeys(keys)), self._build) for part, keys in owned.items())
            connection.executemany("INSERT OR REPLACE INTO owners VALUES (?, ?, ?, ?)", parts)

        self._write(write)

    def _write(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Write in one transaction; once more if the file was damaged and has been replaced."""
        for _ in range(2):
            with self._tolerated():
                if self._connection is not None:
                    with self._connection:
                        write(self._connection)
                return

    def mark_in_use(self, owners: Collection[str]) -> None:
        """Mark owners as in use, so that their results aren't evicted."""
        # not DISTINCT, for which SQLite would look through all owners
        rows = self._rows("SELECT owner FROM owners WHERE used < ?", (self._build - TOUCH_INTERVAL,))
        used = [(self._build, owner) for (owner,) in dict.fromkeys(rows) if owner in owners]
        if used:
            self._write(lambda connection: _run(connection, "UPDATE owners SET used = ? WHERE owner = ?", used))

    def begin_build(self) -> None:
        """Count a build with work to do, and evict results that are no longer in use."""
        self._build += 1
        self._write(self._count_build)
        self._limit_size()

    def _count_build(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM builds")
        connection.execute("INSERT INTO builds VALUES (?)", (self._build,))
        if self._build % TOUCH_INTERVAL == 0:
            self._evict(connection)

    def _evict(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM owners WHERE used < ?", (self._build - MAX_AGE,))
        self._touch(connection, self._build - MAX_AGE // 2)
        connection.execute("DELETE FROM results WHERE used < ?", (self._build - MAX_AGE,))

    def _touch(self, connection: sqlite3.Connection, before: int) -> None:
        """Mark the results of all remaining owners as used now, if last used before a build."""
        for (keys,) in connection.execute("SELECT keys FROM owners WHERE typeof(keys) = 'text'").fetchall():
            used = ((self._build, key, before) for key in keys.split("\n"))
            connection.executemany("UPDATE results SET used = ? WHERE key = ? AND used < ?", used)

    def _limit_size(self) -> None:
        """Evict the older half if the store exceeds `MAX_BYTES`."""
        if self._connection is None or self._size() <= MAX_BYTES:
            return
        connection = self._connection
        with self._tolerated():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if self._size() <= MAX_BYTES:
                return
            with connection:
                self._touch(connection, self._build)
                connection.execute(f"DELETE FROM results WHERE key IN ({OLDER_HALF})")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _size(self) -> int:
        """Return the bytes on disk, including the write-ahead log."""
        files = (self.folder / FILE, self.folder / f"{FILE}-wal")
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        self.commit()
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):  # a damaged log
                self._connection.close()
            self._connection = None


def _run(connection: sqlite3.Connection, query: str, rows: Iterable[Sequence[Any]]) -> None:
    connection.executemany(query, rows)


def _connect(folder: Path) -> sqlite3.Connection | None:
    """Open the store, replacing a damaged file; None if the folder can't be read or written."""
    for _ in range(2):
        timeout = 0 if str(folder) in _locked else LOCK_TIMEOUT
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(folder / FILE, timeout=timeout)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.executescript(SCHEMA)
        except OSError:
            return None
        except sqlite3.Error as fault:
            if _kind(fault) in LOCKED:
                _locked.add(str(folder))
            if _kind(fault) in ENVIRONMENT:
                return None
            _remove(folder)
        else:
            return connection
    return None


def _remove(folder: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            (folder / f"{FILE}{ending}").unlink()
