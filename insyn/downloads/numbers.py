"""From a number as Swedish readers see it to the same number as programs write it."""

import re

NO_SPACES = str.maketrans("", "", " \u00a0\u202f")
SHOWN = re.compile(r"([+\u2212-]?)[ \u00a0]?(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?(?:[ \u00a0]?%)?\Z")


def number_in(text: str) -> str | None:
    """Return the number that a text is: "-4184.5" for −4 184,5. None when it is anything else."""
    found = SHOWN.match(text)
    if found is None:
        return None
    sign, whole, decimals = found.groups()
    digits = whole.translate(NO_SPACES) + (f".{decimals}" if decimals else "")
    return f"-{digits}" if sign in {"-", "\u2212"} else digits
