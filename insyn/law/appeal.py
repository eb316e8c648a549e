"""Until when can a decision be appealed (laglighetsprövning, 28 § lag 2003:1210, 13 kap. kommunallagen)?

An appeal must be made within three weeks of the day when it was announced that the minutes had been adjusted
(13 kap. 5 §). A last day that isn't a working day moves to the next one that is (2 § lag 1930:173).
"""

from datetime import date, timedelta

from dateutil.easter import easter

from insyn.law.basis import basis_of
from insyn.law.timeliness import law_day
from insyn.model import Plan, Status

PERIOD = timedelta(weeks=3)
DAY = timedelta(days=1)
APPEALABLE = frozenset({Status.ADOPTED, Status.REVISED})
SATURDAY = 5
FIXED = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
"""Month and day of the holidays (lag 1989:253) and eves (lag 1930:173) that may fall from Monday to Friday."""
FROM_EASTER = frozenset({-2, 1, 39})
"""Långfredagen, annandag påsk and Kristi himmelsfärdsdag, in days from påskdagen."""
MIDSUMMER_EVES = range(19, 26)
"""Days of June that may be midsommarafton, a Friday. Midsommardagen and alla helgons dag are always Saturdays."""
FRIDAY = 4


def last_day_to_appeal(announced: date) -> date:
    """Return the last day to appeal a decision, given the day when its adjusted minutes were announced.

    >>> last_day_to_appeal(date(2025, 12, 5))  # three weeks later is annandag jul, a Friday
    datetime.date(2025, 12, 29)
    """
    day = announced + PERIOD
    while not is_working_day(day):
        day += DAY
    return day


def can_be_appealed(plan: Plan) -> bool:
    """Whether the plan is decided, under a law whose wording at the time is known. A proposal can't be appealed."""
    basis = basis_of("appeal", law_day(plan))
    return plan.status in APPEALABLE and basis is not None and basis.is_known


def announced_on(plan: Plan) -> date | None:
    """Return the day when the minutes of the latest decision on the plan were announced; None if it isn't filled in."""
    if plan.revisions:
        return max(plan.revisions, key=lambda revision: revision.day).posted
    return plan.decision.posted if plan.decision else None


def is_working_day(day: date) -> bool:
    is_eve = day.month == 6 and day.weekday() == FRIDAY and day.day in MIDSUMMER_EVES
    is_holiday = (day.month, day.day) in FIXED or (day - easter(day.year)).days in FROM_EASTER
    return day.weekday() < SATURDAY and not is_holiday and not is_eve
