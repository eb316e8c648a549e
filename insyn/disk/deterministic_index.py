"""Makes Pagefind's output deterministic: it writes filters in a different order each time.

Filters are CBOR (RFC 8949) of numbers, texts and arrays, after a signature. Their files are named by their content, so
sorted filters get new names. Everything else that Pagefind writes is deterministic.
"""

import gzip
import json
from collections.abc import Mapping
from hashlib import blake2b

SIGNATURE = b"pagefind_dcd"
NUMBER, TEXT, ARRAY = 0, 3, 4
"""CBOR's major types that occur."""
FILTERS = 3
"""Index of the filters, [name, file] each, in the metadata array."""
LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}
"""By CBOR's length code: how many bytes of the number follow."""

Value = int | str | list["Value"]


class UnknownFormat(ValueError):
    """A file isn't in the expected format."""


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return an index's entry, metadata and filters by path, sorted and renamed. Raises UnknownFormat."""
    (entry,) = (path for path in files if path.endswith(".json"))
    (whole,) = (path for path in files if path.endswith(".pf_meta"))
    ordered: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for path in sorted(files.keys() - {entry, whole}):
        filters = _read(files[path])
        match filters:
            case [str(), list(values)]:
                values.sort(key=str)
            case _:
                raise UnknownFormat(path)
        names[_stem(path)] = name = _named(filters)
        ordered[path.replace(_stem(path), name)] = _write(filters)
    listed = _read(files[whole])
    match listed:
        case [_, _, _, list(filters), *_]:
            listed[FILTERS] = sorted((_renamed(one, names) for one in filters), key=str)
        case _:
            raise UnknownFormat(whole)
    old, new = _stem(whole), _named(listed)
    ordered[whole.replace(old, new)] = _write(listed)
    ordered[entry] = files[entry].replace(json.dumps(old).encode(), json.dumps(new).encode())
    return ordered


def _renamed(listed: Value, names: Mapping[str, str]) -> Value:
    match listed:
        case [name, str(file)]:
            return [name, names[file]]
    raise UnknownFormat(str(listed))


def _stem(path: str) -> str:
    """Return the hash part of a file name: "sv_4e40ad8"."""
    return path.rpartition("/")[2].rpartition(".")[0].rpartition(".")[2]


def _named(value: Value) -> str:
    return f"sv_{blake2b(_encode(value), digest_size=5).hexdigest()}"


# --- CBOR -----------------------------------------------------------------------------------------------------------


def _read(file: bytes) -> Value:
    """Decode a file. Raises UnknownFormat."""
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
    """Decode the value at an offset; return it and the offset after it."""
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
    """Encode a major type and its number in as few bytes as possible."""
    if number < min(LENGTHS):
        return bytes([kind << 5 | number])
    code, length = next((code, length) for code, length in LENGTHS.items() if number < 256**length)
    return bytes([kind << 5 | code]) + number.to_bytes(length)
