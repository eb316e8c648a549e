"""Remembers results between builds by the key of everything that made them.

One SQLite file: safe with several builds at once, deleted at any time without harm. A result that can't be kept or read
back is made again; the store never makes a build fail. Entries that no build has asked for in a long time go, and the
whole is bounded in size.
"""

import contextlib
import io
import pickle
import sqlite3
from collections.abc import Iterable
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

FILE = "minne.sqlite"
OLDEST = 64
"""Builds that an entry may go without being asked for."""
LARGEST = 1_000_000_000
"""Bytes that the file may hold before the entries longest unused go."""
BUSY = 30.0
"""Seconds to wait for another build that is writing."""
AT_A_TIME = 500
"""Keys in one question; SQLite takes at least 999."""
TABLES = """
    CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, body BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS use ON results (used);
    CREATE TABLE IF NOT EXISTS builds (number INTEGER NOT NULL);
"""


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
        asked, found = list(keys), {}
        for start in range(0, len(asked), AT_A_TIME):
            some = asked[start : start + AT_A_TIME]
            places = ",".join("?" * len(some))
            for key, body, used in self._rows(f"SELECT key, body, used FROM results WHERE key IN ({places})", some):
                with contextlib.suppress(Exception):  # a body that can't be read back is as good as none
                    found[key] = _Reader(io.BytesIO(body)).load()
                if used < self._build - OLDEST // 4:
                    self._asked.add(key)
        return found

    def put(self, key: str, value: Any) -> None:
        """Remember a result from the next `keep` on."""
        self._fresh[key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def keep(self) -> None:
        """Write what has been put, and that what was asked for is still in use."""
        fresh, asked = self._fresh, self._asked
        self._fresh, self._asked = {}, set()
        if self._connection is None or not (fresh or asked):
            return
        with contextlib.suppress(sqlite3.Error), self._connection:
            rows = ((key, body, self._build) for key, body in fresh.items())
            self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            used = ((self._build, key) for key in asked)
            self._connection.executemany("UPDATE results SET used = ? WHERE key = ?", used)

    def begin(self) -> None:
        """Count a build that has work to do, and forget what none has asked for in a long time."""
        self._build += 1
        if self._connection is None:
            return
        with contextlib.suppress(sqlite3.Error), self._connection:
            self._connection.execute("DELETE FROM builds")
            self._connection.execute("INSERT INTO builds VALUES (?)", (self._build,))
            self._connection.execute("DELETE FROM results WHERE used < ?", (self._build - OLDEST,))
        self._bound()

    def _bound(self) -> None:
        """Forget the older half when the file has grown too large; what is forgotten is made again when needed."""
        file = self.folder / FILE
        if self._connection is None or not file.exists() or file.stat().st_size <= LARGEST:
            return
        with contextlib.suppress(sqlite3.Error):
            middle = "(SELECT used FROM results ORDER BY used LIMIT 1 OFFSET (SELECT count(*) / 2 FROM results))"
            with self._connection:
                self._connection.execute(f"DELETE FROM results WHERE used <= {middle}")
            self._connection.execute("VACUUM")

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
