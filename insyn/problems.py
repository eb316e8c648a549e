"""Problems in the content, as values."""

from msgspec import Struct, field

FIGURES = (
    *("amount", "other_amount", "difference", "gap", "percent", "limit", "missing", "found", "consulted", "held"),
    *("decided", "day", "heading", "written"),
)
"""Names of the values that say how things stand, in the order in which they are written."""


class Place(Struct, frozen=True, order=True):
    """A place in a file: line and column from 1. `end_column` is exclusive, 0 when unknown."""

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 0


class Problem(Struct, frozen=True):
    """An error, warning or notice. `code` and `hint` are keys in texts.yaml, which has the severity and the words.

    A hint may be several, with a space between.
    """

    code: str
    place: Place
    values: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    in_draft: bool = False
    """Whether the plan is a draft: then an error doesn't stop publication."""

    @property
    def figure(self) -> str:
        """What it is told of, as figures: when they are others, it is another problem."""
        values = dict(self.values)
        return " / ".join(values[name] for name in FIGURES if name in values)


def problem(code: str, place: Place, *, hint: str = "", **values: object) -> Problem:
    """Return a problem. `values` fill in its sentence in texts.yaml."""
    return Problem(code, place, tuple(sorted((key, str(value)) for key, value in values.items())), hint)


class Found(Struct):
    """A collector of problems, passed to everything that reads one file."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place, *, hint: str = "", **values: object) -> None:
        self.problems.append(problem(code, place, hint=hint, **values))
