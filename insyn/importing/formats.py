"""Which reader a file is for, by its name and its first bytes."""

from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from msgspec.structs import replace

from insyn.importing.document import PDF, Grid, Remark, RemarkKind, SourceDocument, SourcePlace, remark
from insyn.importing.readers.plain import read_plain
from insyn.importing.readers.separated import read_separated
from insyn.importing.readers.word import read_word
from insyn.importing.readers.workbook import read_workbook

PROTECTED = b"\xd0\xcf\x11\xe0"
"""How files of old kinds begin, and new ones that have a password."""
ZIP = b"PK\x03\x04"
SEPARATED_ENDINGS = ("csv", "tsv", "tab")
OTHERS = {
    **dict.fromkeys(("doc", "rtf", "odt", "pages"), "docx"),
    **dict.fromkeys(("xls", "ods", "xlsb", "numbers"), "xlsx"),
    "pdf": "text",
}
"""Kinds that aren't read, and what to save them as."""


class Unsupported(Exception):
    """A kind of file that isn't read; the message is what to save it as, "docx", "xlsx", "text" or "unknown", or what
    is wrong with it, "damaged" or "protected"."""


def read_document(body: bytes, name: str) -> SourceDocument:
    """Read a file by its ending; a text that was pasted has none. Raises Unsupported."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ("docx", "xlsx") and body.startswith(PROTECTED):
        raise Unsupported("protected")
    if ending in OTHERS or body.startswith((b"%PDF", PROTECTED, b"{\\rtf")):
        raise Unsupported(OTHERS.get(ending, "text" if body.startswith(b"%PDF") else "unknown"))
    if ending in ("docx", "xlsx", "xlsm") or body.startswith(ZIP):
        return _read_packed(body, ending)
    text, encoding = decoded(body)
    document = read_separated(text) if ending in SEPARATED_ENDINGS else read_plain(text)
    return replace(document, remarks=(*_encoding(encoding), *document.remarks))


def read_pdf_text(text: str) -> SourceDocument:
    """Read what another program has made of a PDF. Each cell is in doubt: columns may have run together."""
    document = read_plain(text)
    blocks = tuple(_doubted(block) if isinstance(block, Grid) else block for block in document.blocks)
    told = remark(RemarkKind.GUESS, PDF, SourcePlace())
    return SourceDocument(blocks, (told, *document.remarks))


def _doubted(grid: Grid) -> Grid:
    rows = (tuple(replace(cell, doubt=cell.doubt or PDF) for cell in row) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _read_packed(body: bytes, ending: str) -> SourceDocument:
    """Read a Word document or a workbook. Raises Unsupported for one that is damaged."""
    is_word = ending == "docx" or (ending not in ("xlsx", "xlsm") and b"word/" in body)
    try:
        return read_word(body) if is_word else read_workbook(body)
    except (BadZipFile, KeyError, ValueError, ParseError) as fault:
        raise Unsupported("damaged") from fault


def decoded(body: bytes) -> tuple[str, str]:
    """Return a text and the encoding that it was in: UTF-8, or the older one of Windows."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16").replace("\r\n", "\n"), "utf-16"
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), "utf-8"
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace").replace("\r\n", "\n"), "cp1252"


def _encoding(name: str) -> tuple[Remark, ...]:
    return (remark(RemarkKind.GUESS, "encoding", SourcePlace(), name=name),) if name == "cp1252" else ()
