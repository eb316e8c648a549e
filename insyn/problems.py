"""What is wrong in the content, as values: which fault, where, and the words that belong to it."""

from msgspec import Struct, field

FIGURES = (
    *("amount", "other_amount", "difference", "gap", "percent", "limit", "missing", "found", "consulted", "held"),
    *("decided", "day", "heading", "written"),
)
"""Names of the values that say how things stand, in the order in which they are written."""


class Place(Struct, frozen=True, order=True):
    """A place in a file, counted from one. `end_column` is the column after the last character, 0 when unknown."""

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 0


class Problem(Struct, frozen=True):
    """A fault in the content. `code` and `hint` are keys in the catalogue, which holds severity and Swedish words."""

    code: str
    place: Place
    values: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    in_draft: bool = False
    """Whether it stands in a plan that isn't to be published: then it never stops the others."""

    @property
    def figure(self) -> str:
        """What it is told of, as figures: when they are others, it is another problem."""
        values = dict(self.values)
        return " / ".join(values[name] for name in FIGURES if name in values)


def problem(code: str, place: Place, *, hint: str = "", **values: object) -> Problem:
    """Make a problem whose catalogue text is filled with `values`."""
    return Problem(code, place, tuple(sorted((key, str(value)) for key, value in values.items())), hint)


class Found(Struct):
    """Collects problems while one file is read; a reader gets it, adds to it and goes on."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place, *, hint: str = "", **values: object) -> None:
        self.problems.append(problem(code, place, hint=hint, **values))
