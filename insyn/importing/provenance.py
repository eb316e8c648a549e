"""Where each amount of a draft was taken from, as a table beside it."""

import csv
import io

from insyn.importing.draft import DraftBudget, named_cells
from insyn.importing.sentences import Sentences
from insyn.texts import Texts

NAME = "proveniens.csv"


def write_provenance(budget: DraftBudget, file: str, file_hash: str, texts: Texts) -> str:
    """Return a line for each amount: row, column, kronor, as written, file, its SHA-256, place, what stood there and
    how it was read."""
    sentences = Sentences(texts)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(texts.tell("import-provenance-head").split(";"))
    for name, column, cell in named_cells(budget):
        how = sentences.of(cell.guess, shown=cell.shown) if cell.guess else texts.tell("import-as-it-stands")
        kronor = "" if cell.kronor is None else cell.kronor
        place = sentences.place(cell.origin)
        writer.writerow([name, column, kronor, cell.written.strip('"'), file, file_hash, place, cell.source, how])
    return out.getvalue()
