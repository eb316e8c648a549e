"""Reads a Word document: through mammoth to HTML, after what mammoth passes over has been put right and told of."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from insyn.importing.document import Remark, RemarkKind, SourceDocument, SourcePlace, remark
from insyn.importing.readers.markup import read_html

MAIN = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    f"{WORD}pict",
    f"{WORD}drawing",
)
GONE = frozenset({f"{WORD}del", f"{WORD}moveFrom"})
ARRIVED = frozenset({f"{WORD}ins", f"{WORD}moveTo"})
STYLES = "strike => s\nu => \nall-caps => "
"""What is struck is told of; what is underlined or in capitals is text."""


def read_word(body: bytes) -> SourceDocument:
    """Read a document. Tracked changes count as accepted, hidden text as gone; both are told of."""
    import mammoth

    remarks: list[Remark] = []
    mended = _mended(body, remarks)
    html = mammoth.convert_to_html(io.BytesIO(mended), style_map=STYLES, convert_image=_no_image).value
    document = read_html(html)
    return SourceDocument(document.blocks, (*remarks, *document.remarks))


def _no_image(_image: object) -> list[object]:
    return []


def _mended(body: bytes, remarks: list[Remark]) -> bytes:
    """Return the document with its main part put right, all else as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, _mended_main(content, remarks) if part.filename == MAIN else content)
    return out.getvalue()


def _mended_main(xml: bytes, remarks: list[Remark]) -> bytes:
    for _, (prefix, uri) in ElementTree.iterparse(io.BytesIO(xml), events=("start-ns",)):
        ElementTree.register_namespace(prefix, uri)
    root = ElementTree.fromstring(xml)
    _accept_changes(root, remarks)
    _remove_hidden(root, remarks)
    _fill_late_rows(root)
    _empty_boxes(root, remarks)
    mended: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return mended


def _accept_changes(root: ElementTree.Element, remarks: list[Remark]) -> None:
    removed = 0
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in GONE:
                parent.remove(child)
                removed += 1
    _remove_rows(root)
    if removed or any(element.tag in ARRIVED for element in root.iter()):
        remarks.append(remark(RemarkKind.GUESS, "tracked-changes", SourcePlace()))


def _remove_rows(root: ElementTree.Element) -> None:
    """Take away rows that are tracked as deleted: their mark stands in the row's properties."""
    for table in root.iter(f"{WORD}tbl"):
        for row in table.findall(f"{WORD}tr"):
            if row.find(f"{WORD}trPr/{WORD}del") is not None:
                table.remove(row)


def _remove_hidden(root: ElementTree.Element, remarks: list[Remark]) -> None:
    hidden: list[str] = []
    for parent in list(root.iter()):
        for run in parent.findall(f"{WORD}r"):
            vanish = run.find(f"{WORD}rPr/{WORD}vanish")
            if vanish is not None and vanish.get(f"{WORD}val") not in ("0", "false"):
                hidden.append("".join(run.itertext()))
                parent.remove(run)
    if text := "".join(hidden).strip():
        remarks.append(remark(RemarkKind.LEFT_OUT, "text-hidden", SourcePlace(), text=text))


def _fill_late_rows(root: ElementTree.Element) -> None:
    """Set in the empty cells before a row that begins late, or its amounts would stand a column too far to the left."""
    for row in root.iter(f"{WORD}tr"):
        before = row.find(f"{WORD}trPr/{WORD}gridBefore")
        for _ in range(int(before.get(f"{WORD}val", "0")) if before is not None else 0):
            cell = ElementTree.Element(f"{WORD}tc")
            cell.append(ElementTree.Element(f"{WORD}p"))
            row.insert(next(_cell_places(row)), cell)


def _cell_places(row: ElementTree.Element) -> Iterator[int]:
    return (at for at, child in enumerate(row) if child.tag not in (f"{WORD}trPr", f"{WORD}tblPrEx"))


def _empty_boxes(root: ElementTree.Element, remarks: list[Remark]) -> None:
    """Set what stands in text boxes after the paragraph that they are fixed in: mammoth reads only some of them."""
    for parent in list(root.iter()):
        for paragraph in parent.findall(f"{WORD}p"):
            content = paragraph.find(f".//{WORD}txbxContent")
            if content is None:
                continue
            at = list(parent).index(paragraph) + 1
            for number, block in enumerate(list(content)):
                parent.insert(at + number, block)
            _remove_drawings(paragraph)
            remarks.append(remark(RemarkKind.GUESS, "text-box", SourcePlace()))


def _remove_drawings(paragraph: ElementTree.Element) -> None:
    """Take away what text boxes are drawn with; each is written twice, for older and newer programs."""
    for parent in list(paragraph.iter()):
        for child in list(parent):
            if child.tag in DRAWN and child.find(f".//{WORD}txbxContent") is not None:
                parent.remove(child)
