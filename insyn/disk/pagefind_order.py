"""Puts what Pagefind writes in one order: it lists what pages can be picked out by in another order every time.

The lists are CBOR (RFC 8949) of which Pagefind uses numbers, texts and arrays, after a word of its own. Their files are
named by what they hold, so they get new names too. All else that Pagefind writes is the same for the same pages.
"""

import gzip
import json
from collections.abc import Mapping
from hashlib import blake2b

SIGNATURE = b"pagefind_dcd"
NUMBER, TEXT, ARRAY = 0, 3, 4
"""The kinds of value that are met, as CBOR numbers them."""
FILTERS = 3
"""Where the filters stand in the list of everything: each has a name, and that of a file."""
LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}
"""How many bytes follow, by the number that says so."""

Value = int | str | list["Value"]


class UnknownFormat(ValueError):
    """The file has another form than is known here."""


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return an index's entry, list of everything and filters, by path, in one order and under other names.

    Raises UnknownFormat.
    """
    (entry,) = (path for path in files if path.endswith(".json"))
    (whole,) = (path for path in files if path.endswith(".pf_meta"))
    settled: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for path in sorted(files.keys() - {entry, whole}):
        filters = _read(files[path])
        match filters:
            case [str(), list(values)]:
                values.sort(key=str)
            case _:
                raise UnknownFormat(path)
        names[_stem(path)] = name = _named(filters)
        settled[path.replace(_stem(path), name)] = _write(filters)
    listed = _read(files[whole])
    match listed:
        case [_, _, _, list(filters), *_]:
            listed[FILTERS] = sorted((_renamed(one, names) for one in filters), key=str)
        case _:
            raise UnknownFormat(whole)
    old, new = _stem(whole), _named(listed)
    settled[whole.replace(old, new)] = _write(listed)
    settled[entry] = files[entry].replace(json.dumps(old).encode(), json.dumps(new).encode())
    return settled


def _renamed(listed: Value, names: Mapping[str, str]) -> Value:
    match listed:
        case [name, str(file)]:
            return [name, names[file]]
    raise UnknownFormat(str(listed))


def _stem(path: str) -> str:
    """Return the part of a file's name that tells what it holds: "sv_4e40ad8"."""
    return path.rpartition("/")[2].rpartition(".")[0].rpartition(".")[2]


def _named(value: Value) -> str:
    return f"sv_{blake2b(_encode(value), digest_size=5).hexdigest()}"


# --- CBOR -----------------------------------------------------------------------------------------------------------


def _read(file: bytes) -> Value:
    """Read what a file holds. Raises UnknownFormat."""
    try:
        body = gzip.decompress(file)
        value, end = _decode(body, len(SIGNATURE))
    except (OSError, EOFError, IndexError, UnicodeDecodeError) as fault:
        raise UnknownFormat(str(fault)) from fault
    if not body.startswith(SIGNATURE) or end != len(body):
        raise UnknownFormat(body[: len(SIGNATURE)].decode("ascii", "replace"))
    return value


def _write(value: Value) -> bytes:
    return gzip.compress(SIGNATURE + _encode(value), mtime=0)


def _decode(body: bytes, at: int) -> tuple[Value, int]:
    """Read the value at a place; return it and where the next begins."""
    kind, number, at = *divmod(body[at], 32), at + 1
    if number in LENGTHS:
        end = at + LENGTHS[number]
        number, at = int.from_bytes(body[at:end]), end
    elif number > max(LENGTHS):
        raise UnknownFormat(str(number))
    if kind == NUMBER:
        return number, at
    if kind == TEXT:
        return body[at : at + number].decode(), at + number
    if kind != ARRAY:
        raise UnknownFormat(str(kind))
    values: list[Value] = []
    for _ in range(number):
        value, at = _decode(body, at)
        values.append(value)
    return values, at


def _encode(value: Value) -> bytes:
    match value:
        case int():
            return _head(NUMBER, value)
        case str():
            text = value.encode()
            return _head(TEXT, len(text)) + text
        case list():
            return _head(ARRAY, len(value)) + b"".join(_encode(one) for one in value)


def _head(kind: int, number: int) -> bytes:
    """Write a value's kind and number as shortly as they can be."""
    if number < min(LENGTHS):
        return bytes([kind << 5 | number])
    code, length = next((code, length) for code, length in LENGTHS.items() if number < 256**length)
    return bytes([kind << 5 | code]) + number.to_bytes(length)
