"""Tables across several plans: a förbund's money by year, and förbund compared. Whole kronor.

These figures are made comparable: income is the money received during the year, and saved money never counts as income.
"""

from collections.abc import Iterator, Sequence

from insyn.downloads.fields import COMPARED, CURRENCY, NO, OVER_YEARS, YES
from insyn.downloads.separated import Row, separated
from insyn.money.comparison import Comparison
from insyn.money.unknown import Money, Unknown
from insyn.money.years import YearPoint
from insyn.vocabulary import kind_word


def over_years(association: str, points: Sequence[YearPoint]) -> bytes:
    """Return a förbund's money by year and kind as CSV. A figure that no plan states is empty."""
    return separated([OVER_YEARS.names, *(_year(association, point) for point in points)]).encode()


def _year(association: str, point: YearPoint) -> Row:
    told = (point.income, point.costs, point.result, point.opening, point.closing)
    return (
        *(association, point.year, kind_word(point.kind), point.as_of or "", point.plan),
        *(YES if point.is_proposal else NO, *_amounts(*told), CURRENCY),
    )


def side_by_side(comparison: Comparison) -> bytes:
    """Return the comparable förbund's figures as CSV, by name."""
    return separated([COMPARED.names, *_compared(comparison)]).encode()


def _compared(comparison: Comparison) -> Iterator[Row]:
    for one in comparison.compared:
        told = (one.money.income, one.money.costs, one.money.result, one.money.closing, one.contributions)
        yield (
            *(one.association.id, one.association.name, comparison.year, kind_word(comparison.kind), one.plan),
            *(YES if one.is_proposal else NO, *_amounts(*told), CURRENCY),
        )


def _amounts(*told: Money) -> tuple[int | str, ...]:
    return tuple("" if isinstance(amount, Unknown) else amount for amount in told)
