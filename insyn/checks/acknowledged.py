"""Which warnings have staff reviewed and accepted? A warning whose figure has changed since is reported again."""

from collections.abc import Iterable, Iterator

from insyn.model import Acknowledgement
from insyn.problems import Problem, problem
from insyn.reading.characters import fold
from insyn.texts import Texts


def unseen(problems: Iterable[Problem], seen: Iterable[Acknowledgement], texts: Texts) -> Iterator[Problem]:
    """Yield the problems that aren't acknowledged. An error can't be acknowledged: it stops the plan."""
    known = {_key(one.code, one.figure or "") for one in seen}
    return (one for one in problems if texts.is_error(one) or _key_of(one, texts) not in known)


def outdated(problems: Iterable[Problem], seen: Iterable[Acknowledgement], texts: Texts) -> Iterator[Problem]:
    """Yield a problem for each acknowledgement that no longer applies. `problems` are all there are, notes included."""
    told = {_key_of(one, texts) for one in problems if not texts.is_error(one)}
    for one in seen:
        if _key(one.code, one.figure or "") not in told:
            yield problem("acknowledgement-outdated", one.place, written=one.code, figures=one.figure or "")


def _key_of(one: Problem, texts: Texts) -> tuple[str, str]:
    return _key(texts.problems[one.code].name, one.figure)


def _key(code: str, figure: str) -> tuple[str, str]:
    return fold(code), fold(" ".join(figure.split()))
