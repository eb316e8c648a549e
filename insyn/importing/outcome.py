"""What came of an import."""

from msgspec import Struct


class Outcome(Struct, frozen=True):
    """What is printed, and whether what was asked for was done."""

    told: str
    is_done: bool
