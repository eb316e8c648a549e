"""What should replace a target that is written as a text: "minst 200 personer"?"""

import re

from insyn.reading.key_kinds import Keys
from insyn.reading.keys import TargetKeys
from insyn.vocabulary import DIRECTIONS

TARGET = re.compile(
    rf"(?:({'|'.join(DIRECTIONS)}) +)?(\d{{1,3}}(?:[ \u00a0]?\d{{3}})*(?:,\d+)?)(?: *([^\W\d_]+|%))?", re.IGNORECASE
)


def target_meant(text: str, block: type[Keys]) -> str:
    """Return a target as it should be written; "" if a text isn't plainly one, or if `block` is of another kind.

    >>> target_meant("minst 75 %", TargetKeys)
    '{riktning: minst, värde: 75, enhet: "%"}'
    """
    found = TARGET.fullmatch(text.strip())
    if found is None or block is not TargetKeys:
        return ""
    return "{" + _written(*found.groups()) + "}"


def value_meant(text: str, unit: str) -> str:
    """Return the keys of a target whose value holds more than its number; "" otherwise. `unit` is the written unit.

    >>> value_meant("minst 200", "")
    'riktning: minst, värde: 200'
    """
    found = TARGET.fullmatch(text.strip())
    if found is None or not (found[1] or found[3]) or (unit and found[3]):
        return ""
    return _written(found[1], found[2], found[3] or unit)


def _written(direction: str | None, number: str, unit: str | None) -> str:
    written = {
        TargetKeys.direction.name: (direction or "").lower(),
        TargetKeys.value.name: f'"{number}"' if "," in number else number,
        TargetKeys.unit.name: '"%"' if unit == "%" else unit,
    }
    return ", ".join(f"{key}: {value}" for key, value in written.items() if value)
