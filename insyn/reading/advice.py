"""Advice on what can't be read as an amount."""

from msgspec import Struct


class Advice(Struct, frozen=True):
    """The key of the advice, and what fills it."""

    hint: str
    values: tuple[tuple[str, str], ...] = ()


def thousands(right: str) -> Advice:
    """Return the advice on three digits after a comma, in kronor."""
    return Advice("amount-thousands", (("right", right),))
