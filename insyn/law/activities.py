"""Is each activity either for individuals or for structures? For staff."""

from msgspec.structs import replace

from insyn.law.judgement import Case, Judgement, Verdict, unmade
from insyn.model import Purpose, kronor_in
from insyn.money.budget import rows_of
from insyn.problems import problem
from insyn.swedish import listed


def activities(case: Case) -> Judgement:
    """Judge whether each activity is either for individuals or for structures, as Uppföljning Finsam divides them."""
    index = case.years.index(case.year)
    rows = [row for row in rows_of(case.plan.budget.costs.rows) if kronor_in(row.cells[index])]
    undivided = [row for row in rows if row.purpose is Purpose.ACTIVITIES]
    if undivided:
        names = listed([f"”{row.name}”" for row in undivided])
        note = problem("activities-undivided", undivided[0].place, rows=names)
        return Judgement("activities", Verdict.NOTE, for_staff=True, problems=(note,))
    if any(row.purpose is None for row in rows):
        why = case.say("law.administration.unknown")
        return replace(unmade(case, "activities", why, "unmade-purposes"), for_staff=True)
    return Judgement("activities", Verdict.OK, for_staff=True)
