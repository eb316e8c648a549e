"""A table row that is pasted into a list, and how to write it there."""

import re

BETWEEN = r"(?:[ ]*[\t|;][ ]*|[ \u00a0]{2,})"
NAME = r"[^\W\d_][^\n\t|;:{}\[\]#\"]{0,100}?"
CELLS = rf"(?:{BETWEEN}(?:[-−–]?[ ]?\d{{1,3}}(?:[ \u00a0]?\d{{3}})*(?:,\d{{1,2}})?|[-−–~])){{1,12}}"
PASTED = re.compile(
    rf"[ \t]*+(?:-[ ]++)?\|?[ \t]*+(?P<name>{NAME})(?P<cells>{CELLS})[ \t|;]*(?=\n|\Z|(?<=[ ]){NAME}{CELLS})"
)
"""A name and amounts separated by a tab, a pipe, a semicolon or several spaces, as copied from a table.

YAML joins consecutive rows without hyphens into one text.
"""


def pasted_row(text: str) -> str:
    """Return a pasted table row as it should be written in a list; "" if a text doesn't start with one.

    >>> pasted_row("Kansli; 500 000; -")
    '- {namn: Kansli, belopp: [500 000, ~]}'
    """
    found = PASTED.match(text)
    if found is None:
        return ""
    amounts = [one.strip().replace("\u00a0", " ") for one in re.split(BETWEEN, found["cells"])[1:]]
    written = ["~" if not re.search(r"\d", one) else f'"{one}"' if "," in one else one for one in amounts]
    name = found["name"].strip()
    return f"- {{namn: {quoted(name) if ',' in name else name}, belopp: [{', '.join(written)}]}}"


def quoted(text: str) -> str:
    """Return a text within quotation marks that don't occur in it."""
    return f'"{text}"' if not set(text) & set('"\\') else "'{}'".format(text.replace("'", "''"))
