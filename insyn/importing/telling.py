"""What the terminal says of an import: first whether the sums are right, then all that a person must look at."""

from collections.abc import Iterator, Sequence

from insyn import reports
from insyn.importing.document import RemarkKind
from insyn.importing.sentences import Sentences
from insyn.importing.story import Imported
from insyn.model import Budget
from insyn.money.unchecked import unchecked_totals
from insyn.problems import Problem
from insyn.swedish import listed
from insyn.texts import Texts
from insyn.vocabulary import heading

KINDS = {
    RemarkKind.UNREAD: "import-remark-unread",
    RemarkKind.GUESS: "import-remark-guess",
    RemarkKind.LEFT_OUT: "import-remark-left-out",
    RemarkKind.KEPT: "import-remark-kept",
}


def tell_import(imported: Imported, texts: Texts) -> str:
    """Return what is told of a draft, without where it was written."""
    return "\n".join([*_sums(imported, texts), *_counted(imported, texts), *_remarks(imported, texts)])


def _sums(imported: Imported, texts: Texts) -> Iterator[str]:
    if imported.sums:
        yield texts.tell("import-sums-wrong")
        yield from _problems(imported.sums, imported, texts)
    elif unchecked := tell_unchecked(imported.plan.budget, texts):
        yield f"{unchecked} {texts.tell('import-sums-others')}"
    elif imported.has_sums:
        yield texts.tell("import-sums-right")
    else:
        yield texts.tell("import-sums-unsure")
    if imported.faults:
        yield texts.tell("import-faults")
        yield from _problems(imported.faults, imported, texts)


def tell_unchecked(budget: Budget, texts: Texts) -> str:
    """Return which totals couldn't be held to their rows; "" when all could."""
    totals = listed([f"{name} i {heading(column)}" for name, column in unchecked_totals(budget)])
    return texts.tell("import-sums-unchecked", totals=totals) if totals else ""


def _problems(problems: Sequence[Problem], imported: Imported, texts: Texts) -> Iterator[str]:
    lines = {one.place.file: imported.text.split("\n") for one in problems}
    for one, also in reports.collapsed(reports.in_order(problems)):
        yield f"\n{reports.report(one, texts, lines, also)}\n"


def _counted(imported: Imported, texts: Texts) -> Iterator[str]:
    cells = imported.cells
    unread = sum(cell.is_unread for cell in cells)
    guessed = sum(bool(cell.guess) and not cell.is_unread for cell in cells)
    read = len(cells) - unread - guessed
    yield texts.tell("import-counted", cells=len(cells), read=read, guessed=guessed, unread=unread)


def _remarks(imported: Imported, texts: Texts) -> Iterator[str]:
    sentences = Sentences(texts)
    if not imported.remarks:
        yield texts.tell("import-clean")
        return
    yield texts.tell("import-look")
    for number, one in enumerate(imported.remarks, 1):
        kind = texts.tell(KINDS[one.kind])
        what, place = sentences.remark(one), sentences.place(one.origin)
        yield reports.harmless(texts.tell("import-line", number=number, kind=kind, place=place, what=what))
