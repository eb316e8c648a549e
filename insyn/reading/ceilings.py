"""Reads the `kapitaltak` of a plan or a förbund into an equity ceiling."""

from insyn.model import CeilingReading, CeilingStep, EquityCeiling, Unit
from insyn.reading.cells import read_amount
from insyn.reading.fields import Fields
from insyn.reading.key_kinds import MappingKey
from insyn.reading.keys import CeilingStepKeys, EquityCeilingKeys


def read_ceiling(fields: Fields, key: MappingKey) -> EquityCeiling | None:
    """Read the ceiling among the fields of a budget or a förbund; None if there is none."""
    inner = fields.mapping(key)
    if inner is None:
        return None
    return inner.make(
        EquityCeiling,
        steps=tuple(_read_step(item) for item in inner.mappings(EquityCeilingKeys.steps)),
        reading=inner.choice(EquityCeilingKeys.reading) or CeilingReading.STEPWISE,
    )


def _read_step(fields: Fields) -> CeilingStep:
    return fields.make(CeilingStep, up_to=read_amount(fields, CeilingStepKeys.up_to, Unit.KR))
