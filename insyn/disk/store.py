"""Remembers results between builds by the key of everything that made them.

One SQLite file: safe with several builds at once, deleted at any time without harm. A result that can't be kept or read
back is made again; the store never makes a build fail. Results that no build has asked for in a long time are removed,
but for those that belong to an owner in use: a plan that isn't edited isn't asked for. The whole is bounded in size.
"""

import contextlib
import io
import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

FILE = "minne.sqlite"
OLDEST = 64
"""Builds that an entry may go without being asked for."""
SELDOM = OLDEST // 4
"""Builds between two notes that a result, or an owner, is in use: to write it each time takes as long as an edit."""
LARGEST = 1_000_000_000
"""Bytes that the database and its write-ahead log may hold before the results longest unused are removed."""
BUSY = 30.0
"""Seconds to wait for another build that is writing."""
AT_A_TIME = 500
"""Keys in one question; SQLite takes at least 999."""
TABLES = """
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
"""The results longest unused, and of those equally long unused the ones written first, up to half of all bytes."""

OTHERS = frozenset({("datetime", "date"), ("markupsafe", "Markup")})
"""What results hold besides the program's own values: by module and name."""
MEMBER = ("builtins", "getattr")
"""How Python 3.11 before 3.11.4 (Debian 12 has 3.11.2) asks for a member of an enumeration."""


class _Reader(pickle.Unpickler):
    """Makes values again, and nothing else: a file that someone has altered mustn't run anything."""

    def find_class(self, module: str, name: str) -> Any:
        return _member if (module, name) == MEMBER else _value_class(module, name)


def _member(kind: Any, name: str) -> Enum:
    """Return a member of an enumeration, and nothing else that a class has. Raises UnpicklingError."""
    if isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__:
        return kind.__members__[name]
    raise pickle.UnpicklingError(f"{name} is no member")


@cache
def _value_class(module: str, name: str) -> type:
    """Return the class of a value, by its name. Asked for thousands of times in a build. Raises UnpicklingError."""
    if (module, name) in OTHERS or (module.startswith("insyn.") and "." not in name):
        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and ((module, name) in OTHERS or issubclass(found, (Struct, Enum))):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no value")


class Store:
    """A way to the remembered results. Each process opens its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = _connect(folder)
        self._build = self._number()
        self._fresh: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._owned: dict[tuple[str, str], list[str]] = {}
        self._keys: list[str] | None = None

    def _number(self) -> int:
        rows = self._rows("SELECT max(number) FROM builds", ())
        return int(rows[0][0] or 0) if rows else 0

    def _rows(self, query: str, values: Iterable[Any]) -> list[Any]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, tuple(values)).fetchall()
        except sqlite3.Error:
            return []

    def get(self, key: str) -> Any:
        """Return what is remembered; None when nothing is."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return what is remembered of several keys."""
        asked = list(keys)
        self._note(asked)
        bodies = {key: body for key in asked if (body := self._fresh.get(key)) is not None}
        bodies |= self._read([key for key in asked if key not in bodies])
        found = {}
        for key, body in bodies.items():
            with contextlib.suppress(Exception):  # a body that can't be read back is as good as none
                found[key] = _Reader(io.BytesIO(body)).load()
        return found

    def _read(self, keys: list[str]) -> dict[str, bytes]:
        bodies = {}
        for start in range(0, len(keys), AT_A_TIME):
            some = keys[start : start + AT_A_TIME]
            places = ",".join("?" * len(some))
            for key, body, used in self._rows(f"SELECT key, body, used FROM results WHERE key IN ({places})", some):
                bodies[key] = body
                if used < self._build - SELDOM:
                    self._asked.add(key)
        return bodies

    def put(self, key: str, value: Any) -> None:
        """Remember a result from the next `keep` on."""
        self._note([key])
        self._fresh[key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    @contextmanager
    def owned(self, owner: str, part: str) -> Iterator[None]:
        """Let all results asked for or put meanwhile belong to a part of an owner, instead of those that did before."""
        outer, self._keys = self._keys, []
        try:
            yield
        finally:
            self._owned[owner, part], self._keys = self._keys, outer

    def _note(self, keys: Iterable[str]) -> None:
        if self._keys is not None:
            self._keys += keys

    def keep(self) -> None:
        """Write what has been put, whose it is, and that what was asked for is still in use."""
        fresh, asked, owned = self._fresh, self._asked, self._owned
        self._fresh, self._asked, self._owned = {}, set(), {}
        if self._connection is None or not (fresh or asked or owned):
            return
        with contextlib.suppress(sqlite3.Error), self._connection:
            rows = ((key, body, self._build) for key, body in fresh.items())
            self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            used = ((self._build, key) for key in asked)
            self._connection.executemany("UPDATE results SET used = ? WHERE key = ?", used)
            parts = ((*part, "\n".join(dict.fromkeys(keys)), self._build) for part, keys in owned.items())
            self._connection.executemany("INSERT OR REPLACE INTO owners VALUES (?, ?, ?, ?)", parts)

    def in_use(self, owners: Collection[str]) -> None:
        """Note which owners are in use, so that what belongs to them doesn't age."""
        if self._connection is None:
            return
        rows = self._rows("SELECT DISTINCT owner FROM owners WHERE used < ?", (self._build - SELDOM,))
        used = [(self._build, owner) for (owner,) in rows if owner in owners]
        if not used:
            return
        with contextlib.suppress(sqlite3.Error), self._connection:
            self._connection.executemany("UPDATE owners SET used = ? WHERE owner = ?", used)

    def begin(self) -> None:
        """Count a build that has work to do, and remove the results that are no longer in use."""
        self._build += 1
        if self._connection is None:
            return
        with contextlib.suppress(sqlite3.Error), self._connection:
            self._connection.execute("DELETE FROM builds")
            self._connection.execute("INSERT INTO builds VALUES (?)", (self._build,))
            if self._build % SELDOM == 0:
                self._remove_old(self._connection)
        self._bound()

    def _remove_old(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM owners WHERE used < ?", (self._build - OLDEST,))
        self._renew(connection, self._build - OLDEST // 2)
        connection.execute("DELETE FROM results WHERE used < ?", (self._build - OLDEST,))

    def _renew(self, connection: sqlite3.Connection, before: int) -> None:
        """Let the results of owners in use be as new when nobody has asked for them since some build."""
        for (keys,) in self._rows("SELECT keys FROM owners", ()):
            used = ((self._build, key, before) for key in keys.split("\n"))
            connection.executemany("UPDATE results SET used = ? WHERE key = ? AND used < ?", used)

    def _bound(self) -> None:
        """Remove the older half when the store has grown too large; it is made again when needed."""
        if self._connection is None or self._size() <= LARGEST:
            return
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if self._size() <= LARGEST:
                return
            with self._connection:
                self._renew(self._connection, self._build)
                self._connection.execute(f"DELETE FROM results WHERE key IN ({OLDER_HALF})")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _size(self) -> int:
        """Return how many bytes lie on the disk. What was written lately stands in the write-ahead log alone."""
        files = (self.folder / FILE, self.folder / f"{FILE}-wal")
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        self.keep()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connect(folder: Path) -> sqlite3.Connection | None:
    """Open the store; a file that isn't one is replaced; None where nothing can be written."""
    for _ in range(2):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(folder / FILE, timeout=BUSY)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(TABLES)
        except (OSError, sqlite3.OperationalError):  # locked for long, or nowhere to write: go on without
            return None
        except sqlite3.DatabaseError:  # not a database, or a broken one
            for ending in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    (folder / f"{FILE}{ending}").unlink()
        else:
            return connection
    return None
