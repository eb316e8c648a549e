"""From the `kapitaltak` of a plan or a förbund to the ceiling it means."""

from insyn.model import CeilingReading, CeilingStep, EquityCeiling, Percentage, Unit, kronor_in
from insyn.reading.cells import read_cell
from insyn.reading.fields import Fields
from insyn.reading.percentages import read_percentage
from insyn.vocabulary import CEILING_READINGS


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


def _read_percent(fields: Fields) -> Percentage:
    written = fields.scalar("procent") if fields.require("procent") else None
    return (read_percentage(written, fields.found) if written else None) or Percentage(0)
