"""Reading text files from the content folder."""

from collections.abc import Iterable
from pathlib import Path
from stat import S_IMODE

from insyn.disk.build_record import is_content
from insyn.disk.hashing import hash_of_body
from insyn.disk.output import writing
from insyn.disk.snapshot import read_file, take_snapshot
from insyn.limits import FILE_BYTES, Beyond, beyond
from insyn.markdown.beyond import beyond_limit
from insyn.problems import Place, Problem, problem
from insyn.reading.characters import normalised
from insyn.reading.sources import Listing, SourceFile, SourceText, listing_of

ENCODINGS = {"file-windows": "cp1252", "file-mac": "mac-roman", "file-dos": "cp850"}
"""Encodings that Swedish text may be saved in by older programs; the first is the likeliest."""


LIKELY = "åäöÅÄÖéÉ–—”“’‘…•§½€°"
"""Characters of Swedish texts that UTF-8 encodes differently from older encodings."""


class Changed(Exception):
    """A file has changed since the snapshot; the message is its path from the project."""


def list_content(folder: Path) -> Listing:
    """Return what lies in a content folder. Raises Unreadable."""
    return listing_of({path: hash for path, (_, hash) in take_snapshot(str(folder), is_content, None).files.items()})


def read_texts(
    folder: Path, shown_as: str, files: Iterable[SourceFile]
) -> tuple[dict[str, SourceText], tuple[Problem, ...]]:
    """Read files: texts by path, and a problem for each that isn't UTF-8, or is beyond the limits. Raises Changed.

    Results are cached by the hash in the snapshot, so the content must be the one that was hashed.
    """
    texts: dict[str, SourceText] = {}
    problems: list[Problem] = []
    for file in files:
        shown = f"{shown_as}/{file.path}"
        if (size := size_of(folder, file)) > FILE_BYTES:
            problems.append(beyond_limit(Beyond("bytes", FILE_BYTES, size), Place(shown)))
            continue
        body = read_file(f"{folder}/{file.path}")
        if hash_of_body(body or b"") != file.hash:
            raise Changed(shown)
        if body is None:
            problems.append(_closed(f"{folder}/{file.path}", Place(shown)))
            continue
        source = _text_of(body, shown)
        if isinstance(source, Problem):
            problems.append(source)
        else:
            texts[file.path] = source
    return texts, tuple(problems)


def _text_of(body: bytes, shown: str) -> SourceText | Problem:
    """Return a file's text, or the problem of one that can't be read."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _not_text(body, fault.start, shown)
    exceeded = beyond(text)
    return beyond_limit(exceeded, Place(shown, exceeded.line)) if exceeded else SourceText(shown, text)


def read_document(folder: Path, shown_as: str, file: SourceFile) -> bytes:
    """Return a whole document with the content of the snapshot. Raises Changed."""
    body = read_file(f"{folder}/{file.path}")
    if body is None or hash_of_body(body) != file.hash:
        raise Changed(f"{shown_as}/{file.path}")
    return body


def size_of(folder: Path, file: SourceFile) -> int:
    """Return the size of a file in bytes; 0 if it is gone."""
    try:
        return (folder / file.path).stat().st_size
    except OSError:
        return 0


def _closed(path: str, place: Place) -> Problem:
    """Return the problem of a file that can't be opened."""
    if Path(path).is_symlink() and not Path(path).exists():
        return problem("file-closed", place, hint="file-link")
    if Path(path).exists() and not Path(path).is_file():
        return problem("file-closed", place, hint="file-special")
    return problem("file-closed", place, hint="file-permission")


def _not_text(body: bytes, wrong: int, shown: str) -> Problem:
    """Return the problem of a file that isn't UTF-8, at its first invalid byte."""
    hint = encoding_of(body)
    encoding = ENCODINGS.get(hint, "cp1252")
    before = normalised(body[:wrong].decode("utf-8")) if hint in ENCODINGS else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    sign = body[wrong : wrong + 1].decode(encoding, "replace")
    return problem("file-not-text", Place(shown, line, column), hint=hint, line=line, sign=sign)


def encoding_of(body: bytes) -> str:
    """Return the hint for a file that isn't UTF-8: another encoding, or no text at all."""
    start = body[:64]
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(0) * 4 > len(start):
        return "file-utf-16"
    if body.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")) or b"\x00" in body:
        return "file-document"
    wrong = bytes(
        ord(sign) - 0xDC00 for sign in body.decode("utf-8", "surrogateescape") if "\udc80" <= sign <= "\udcff"
    )
    likely = {hint: sum(map(wrong.count, LIKELY.encode(name, "ignore"))) for hint, name in ENCODINGS.items()}
    return max(likely, key=lambda hint: likely[hint])


def write_content(file: Path, text: str) -> None:
    """Write a file atomically, with the rights that it had; through a link, what it leads to. Raises Unwritable."""
    with writing():
        file = file.resolve()
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.ny")
        try:
            aside.write_bytes(text.encode())
            if file.exists():
                aside.chmod(S_IMODE(file.stat().st_mode))
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)


def remove_content(file: Path) -> None:
    """Remove a file, and its folder when that is empty. Raises Unwritable."""
    with writing():
        file.unlink()
        if not any(file.parent.iterdir()):
            file.parent.rmdir()


def read_lines(folder: Path, file: str) -> list[str]:
    """Return a file's lines, to quote one in a report. `file` is its path from the project, as in `Place`."""
    body = read_file(f"{folder.parent}/{file}") or b""
    try:
        return normalised(body.decode("utf-8")).split("\n") if len(body) <= FILE_BYTES else []
    except UnicodeDecodeError:
        return []
