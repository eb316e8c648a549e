"""From the `kapitaltak` of a plan or a förbund to the ceiling it means."""

import re

from insyn.model import CeilingReading, CeilingStep, EquityCeiling, Unit, kronor_in
from insyn.reading.cells import read_cell
from insyn.reading.fields import Fields
from insyn.vocabulary import CEILING_READINGS

PERCENT = re.compile(r"\d{1,2}(?:,\d+)?\Z", re.ASCII)


def read_ceiling(fields: Fields) -> EquityCeiling | None:
    """Read the ceiling among the fields of a budget or a förbund; None when it isn't there."""
    inner = fields.mapping("kapitaltak")
    if inner is None:
        return None
    ceiling = EquityCeiling(
        source=inner.required_text("källa"),
        base=inner.required_text("bas"),
        steps=tuple(_read_step(item) for item in inner.mappings("steg")),
        reading=inner.required_choice("tolkning", CEILING_READINGS) or CeilingReading.STEPWISE,
        confirmed=inner.yes("bekräftad") or False,
    )
    inner.close()
    return ceiling


def _read_step(fields: Fields) -> CeilingStep:
    limit = fields.scalar("upp_till")
    step = CeilingStep(
        up_to=kronor_in(read_cell(limit, Unit.KR, fields.found)) if limit else None,
        percent=_read_percent(fields),
    )
    fields.close()
    return step


def _read_percent(fields: Fields) -> str:
    written = fields.required_text("procent")
    if written and not PERCENT.match(written):
        fields.found.add("percent-unreadable", fields.place_of("procent"), written=written)
        return "0"
    return written or "0"
