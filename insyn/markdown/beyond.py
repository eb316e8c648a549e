"""The problem of a file, or a part of one, that exceeds a limit."""

from insyn.limits import Beyond
from insyn.problems import Place, Problem, problem
from insyn.swedish import integer


def beyond_limit(exceeded: Beyond, place: Place) -> Problem:
    """Return the problem, with the limit's name and figures."""
    count, limit = integer(exceeded.found), integer(exceeded.most)
    return problem("file-beyond-limit", place, hint=f"file-limit-{exceeded.limit}", count=count, limit=limit)
