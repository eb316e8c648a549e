"""Former addresses that redirect to a plan or a förbund."""

import re
from collections.abc import Iterator

from insyn.model import ShortText
from insyn.reading.fields import Fields
from insyn.reading.key_kinds import TextsKey

ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z")


def read_aliases(fields: Fields, key: TextsKey) -> Iterator[ShortText]:
    """Read former addresses, with or without leading and trailing slashes."""
    for scalar in fields.scalars(key):
        path = scalar.text.strip().strip("/")
        if ADDRESS.match(path):
            yield ShortText(path, scalar.place)
        else:
            fields.found.add("alias-unusable", scalar.place, written=scalar.text)
