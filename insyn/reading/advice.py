"""Advice for a value that can't be read as an amount."""

from msgspec import Struct


class Advice(Struct, frozen=True):
    """The key of a piece of advice, and the values that fill it in."""

    hint: str
    values: tuple[tuple[str, str], ...] = ()


def thousands(right: str) -> Advice:
    """Return the advice for three digits after a comma, in kronor."""
    return Advice("amount-thousands", (("right", right),))
