"""The recommended ceiling for equity as stated by plans, by both possible readings."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from insyn.model import Association, CeilingReading, EquityCeiling, Unit
from insyn.money.ceiling import CeilingShare, by_level, steps_of, stepwise
from insyn.pages.about_plan import PlanAbout
from insyn.swedish import listed
from insyn.texts import Texts
from insyn.vocabulary import amount_in, kronor_in_words, millions_in_words

Stated = Sequence[tuple[Association, EquityCeiling]]


class CeilingView(Struct, frozen=True):
    """A recommended ceiling for equity, as stated by plans."""

    origin: str
    steps: tuple[str, ...]
    example: str | None
    """One amount by both readings; None if they can't differ, or if the steps can't be computed with."""
    stated_by: tuple[str, ...]
    """The förbund that state it, and how each has confirmed the reading."""


def ceiling_views(
    associations: Iterable[Association], abouts: Iterable[PlanAbout], texts: Texts
) -> tuple[CeilingView, ...]:
    """Return each ceiling once, with the förbund that state it, in their latest plan to do so or for all plans."""
    in_time = sorted(abouts, key=lambda about: about.year)
    latest = {about.association: about.ceiling for about in in_time if about.ceiling}
    found: dict[tuple[object, ...], list[tuple[Association, EquityCeiling]]] = {}
    for association in associations:
        ceiling = latest.get(association.id) or association.ceiling
        if ceiling:
            found.setdefault((ceiling.source, ceiling.base, ceiling.steps), []).append((association, ceiling))
    return tuple(_view(stated, texts) for stated in found.values())


def _view(stated: Stated, texts: Texts) -> CeilingView:
    _, ceiling = stated[0]
    steps = steps_of(ceiling.steps) or ()
    percents = [str(step.percent) for step in ceiling.steps]
    return CeilingView(
        origin=texts.say("ceiling-origin", source=ceiling.source, base=ceiling.base),
        steps=tuple(_step(step, percent, texts) for step, percent in zip(steps, percents, strict=False)),
        example=_example(steps, texts) if len(steps) > 1 else None,
        stated_by=tuple(_stated_by(stated, texts)),
    )


def _step(step: CeilingShare, percent: str, texts: Texts) -> str:
    above, up_to = _money(step.above, texts), _money(step.up_to or 0, texts)
    if step.up_to and step.above >= Unit.MKR.value:
        above = amount_in(Unit.MKR, step.above)
    if step.up_to is None:
        key = "ceiling-step-last" if step.above else "ceiling-step-only"
    else:
        key = "ceiling-step" if step.above else "ceiling-step-first"
    return texts.say(key, percent=percent, above=above, up_to=up_to)


def _example(steps: Sequence[CeilingShare], texts: Texts) -> str:
    """Compute an example from an amount in the middle of the second step, where the two readings differ."""
    second = steps[1]
    amount = (second.above + second.up_to) // 2 if second.up_to else second.above * 2
    return texts.say(
        "ceiling-example",
        amount=_money(amount, texts),
        stepwise=_money(stepwise(steps, amount), texts),
        level=_money(by_level(steps, amount), texts),
    )


def _money(kronor: int, texts: Texts) -> str:
    """Format an amount exactly, in millions if it is that large: 1,65 miljoner kronor."""
    if kronor >= Unit.MKR.value:
        return millions_in_words(amount_in(Unit.MKR, kronor), texts)
    return kronor_in_words(kronor, texts)


def _stated_by(stated: Stated, texts: Texts) -> Iterator[str]:
    for key, wanted in (
        ("ceiling-confirmed-stepwise", (True, CeilingReading.STEPWISE)),
        ("ceiling-confirmed-level", (True, CeilingReading.LEVEL)),
        ("ceiling-unconfirmed", (False, None)),
    ):
        names = [
            association.name
            for association, ceiling in stated
            if (ceiling.confirmed, ceiling.reading if ceiling.confirmed else None) == wanted
        ]
        if names:
            yield texts.say(key, names=listed(names))
