"""Numbers as Swedish readers see them, converted to the form that programs read."""

import re

NO_SPACES = str.maketrans("", "", " \u00a0\u202f")
SHOWN = re.compile(r"([+\u2212-]?)[ \u00a0]?(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?(?:[ \u00a0]?%)?\Z")


def number_in(text: str) -> str | None:
    """Return a displayed number in machine-readable form; None for any other text.

    >>> number_in("−4 184,5"), number_in("uppgift saknas")
    ('-4184.5', None)
    """
    found = SHOWN.match(text)
    if found is None:
        return None
    sign, whole, decimals = found.groups()
    digits = whole.translate(NO_SPACES) + (f".{decimals}" if decimals else "")
    return f"-{digits}" if sign in {"-", "\u2212"} else digits
