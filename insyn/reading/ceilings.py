"""From the `kapitaltak` of a plan or a förbund to the ceiling it means."""

import re

from insyn.model import CeilingReading, CeilingStep, EquityCeiling, Unit
from insyn.reading.cells import read_amount
from insyn.reading.fields import Fields
from insyn.reading.key_kinds import MappingKey
from insyn.reading.keys import CeilingStepKeys, EquityCeilingKeys

PERCENT = re.compile(r"\d{1,2}(?:,\d+)?\Z", re.ASCII)


def read_ceiling(fields: Fields, key: MappingKey) -> EquityCeiling | None:
    """Read the ceiling among the fields of a budget or a förbund; None when it isn't there."""
    inner = fields.mapping(key)
    if inner is None:
        return None
    return inner.make(
        EquityCeiling,
        steps=tuple(_read_step(item) for item in inner.mappings(EquityCeilingKeys.steps)),
        reading=inner.choice(EquityCeilingKeys.reading) or CeilingReading.STEPWISE,
    )


def _read_step(fields: Fields) -> CeilingStep:
    step = CeilingStep(up_to=read_amount(fields, CeilingStepKeys.up_to, Unit.KR), percent=_read_percent(fields))
    fields.close()
    return step


def _read_percent(fields: Fields) -> str:
    written = fields.required_text(CeilingStepKeys.percent)
    if written and not PERCENT.match(written):
        fields.found.add("percent-unreadable", fields.place_of(CeilingStepKeys.percent), written=written)
        return "0"
    return written or "0"
