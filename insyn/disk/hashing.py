"""BLAKE2 hashes, 160 bits: equal hashes are taken as equal content."""

from hashlib import blake2b

CHUNK = 1 << 20
"""Bytes per read."""
SEAL = 16
"""Bytes of a seal."""


def hash_of_file(path: str) -> str:
    """Return the hash of a file's content; an unreadable file counts as empty."""
    whole = blake2b(digest_size=20)
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                whole.update(chunk)
    except OSError:
        return hash_of_body(b"")
    return whole.hexdigest()


def hash_of_body(body: bytes) -> str:
    """Return the hash of a file's content, given as bytes."""
    return blake2b(body, digest_size=20).hexdigest()


def hash_of(*parts: str | bytes) -> str:
    """Return a hash of several parts. ("ab", "c") and ("a", "bc") differ; bytes are hashed first."""
    try:
        text = "".join(parts)  # type: ignore[arg-type]  # usually all are texts, and this runs often
    except TypeError:
        return hash_of(*(part if isinstance(part, str) else hash_of_body(part) for part in parts))
    lengths = ",".join(map(str, map(len, parts)))
    return hash_of_body(f"{lengths};{text}".encode("utf-8", "surrogateescape"))


# --- Seals ----------------------------------------------------------------------------------------------------------


def sealed(key: str, body: bytes) -> bytes:
    """Return a cached body behind a seal: a hash of its key and itself, so that bodies can't be swapped."""
    return _seal(key, body) + body


def unsealed(key: str, kept: object) -> bytes | None:
    """Return the body behind a seal; None if it isn't what was sealed under the key."""
    if not isinstance(kept, bytes):
        return None
    body = kept[SEAL:]
    return body if kept[:SEAL] == _seal(key, body) else None


def _seal(key: str, body: bytes) -> bytes:
    name = key.encode("utf-8", "surrogateescape")
    whole = blake2b(b"%d " % len(name) + name, digest_size=SEAL)
    whole.update(body)
    return whole.digest()
