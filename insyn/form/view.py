"""The form's page: the fields of a plan or a förbund, its text chapter by chapter, and every problem at its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Lookup
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from insyn.editing.chapters import TextChapter, chapters
from insyn.form.fields import FieldGroup, FieldList, FormField, FormPart, Path, group_of
from insyn.form.grid import BUDGET, BudgetGrid, GridRow, child, grid_of
from insyn.markdown.article import Setting
from insyn.markdown.render import parse, render_article, render_marked
from insyn.model import Plan, Status
from insyn.money.budget import sum_of
from insyn.money.unknown import Unknown
from insyn.problems import Found, Place, Problem
from insyn.reading.frontmatter import read_markdown
from insyn.reading.keys import AssociationKeys, BudgetKeys, PlanKeys
from insyn.reading.nodes import Mapping, Scalar
from insyn.reading.plan import read_plan
from insyn.reading.spans import read_written
from insyn.reports import in_order
from insyn.texts import Texts
from insyn.vocabulary import amount_in

NAMES = re.compile(r' (?:id|aria-labelledby|aria-describedby)="[^"]*"')
"""Attributes of a rendered chapter that would name the same as those of another."""
IN_GRID = frozenset(
    key.name for key in (BudgetKeys.columns, BudgetKeys.income, BudgetKeys.costs, BudgetKeys.result, BudgetKeys.equity)
)
FIXED = frozenset(key.name for key in (PlanKeys.budget, PlanKeys.association, PlanKeys.year))
"""Keys without a field: the budget has a grid, and which plan it is the file's place says."""
LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
OFTEN = 60
"""Characters of a line in a field of several lines."""
MOST_ROWS = 20


class ProblemView(Struct, frozen=True):
    """A problem in the terminal's words."""

    severity: str
    """The severity's name in English, for style."""
    name: str
    what: str
    advice: str


class FormChapter(Struct, frozen=True):
    number: int
    """As `SetChapter` counts."""
    title: str
    text: str
    html: Markup
    problems: tuple[ProblemView, ...]


class FormPage(Struct, frozen=True):
    """What the template of the form shows."""

    file: str
    """From the project."""
    hash: str
    """Of the file's text, which an edit is made for."""
    title: str
    association: str
    year: int | None
    """Of the plan; None for the förbund itself."""
    grid: BudgetGrid | None
    """None for a förbund, which has no budget of its own."""
    budget_parts: tuple[FormPart, ...]
    own_parts: tuple[FormPart, ...]
    """All but the budget's."""
    chapters: tuple[FormChapter, ...]
    sums: Lookup[Path, tuple[str, ...]]
    """By block: what its rows come to in each column."""
    problems: Lookup[tuple[int, int], tuple[ProblemView, ...]]
    """By line and column."""
    unplaced: tuple[ProblemView, ...]
    """Those that have no field of their own."""
    has_been_shown: bool
    """Whether it is more than a draft, so that its version is to be kept before it is changed."""
    said: str = "Allt är sparat."

    @property
    def preview(self) -> str:
        """The address of the plan's page, or the förbund's."""
        return f"/{self.association}/{self.year}/" if self.year else f"/{self.association}/"

    @property
    def next_year(self) -> int | None:
        """The year after a plan's."""
        return self.year + 1 if self.year else None

    def problems_at(self, place: Place | None) -> tuple[ProblemView, ...]:
        return self.problems.get((place.line, place.column), ()) if place else ()

    def has_problems(self, row: GridRow) -> bool:
        """Whether there is a problem with a row of the grid or one of its cells."""
        return any(self.problems_at(place) for place in (row.place, *(cell.place for cell in row.cells)))

    def sums_of(self, block: Path) -> tuple[str, ...]:
        return self.sums.get(block, ("",) * (len(self.grid.columns) if self.grid else 0))

    @staticmethod
    def help_of(help: str) -> Markup:
        """Return a key's help, with links to the guide as text."""
        return _rendered_help(help)

    @staticmethod
    def help_id(field: FormField, explained: bool) -> str:
        """Return the id of a field's help: its own, or the shared one of an `explained` field; "" without."""
        if not field.help:
            return ""
        shared = [str(step) for step in field.path if isinstance(step, str)]
        return ".".join((*(shared if explained else map(str, field.path)), "hjalp"))

    @staticmethod
    def explained(groups: Sequence[FieldGroup]) -> list[FormField]:
        """Return the fields that are explained once for all groups, each once."""
        fields = (one for group in groups for one in group.parts if isinstance(one, FormField) and one.help)
        return list({one.label: one for one in fields}.values())

    @staticmethod
    def id_of(path: Path) -> str:
        """Return the id of a field: "budget.kostnader.rader.0.namn"."""
        return ".".join(map(str, path))

    @staticmethod
    def rows_of(text: str) -> int:
        """Return how many lines a field of several gets."""
        return min(MOST_ROWS, 2 + sum(len(line) // OFTEN + 1 for line in text.split("\n")))


@lru_cache(maxsize=512)
def _rendered_help(help: str) -> Markup:
    return Markup(render_marked(LINK.sub(r"\1", help)))


def compose_form(
    text: str, file: str, hash: str, problems: Iterable[Problem], texts: Texts, association: str, year: int | None
) -> FormPage | None:
    """Compose the form of a file as it lies there; None when its front matter can't be read.

    It is a plan's, or without a year the förbund's own. `problems` are those of the file.
    """
    divided, written = read_markdown(text, file, Found()), read_written(text)
    if divided is None or written is None:
        return None
    views = _by_place(problems, texts)
    whole = group_of(PlanKeys if year else AssociationKeys, divided.header, (), "", skip=FIXED)
    grid = grid_of(divided.header) if year else None
    budget = _budget_parts(divided.header) if year else ()
    plan = read_plan(text, file, association=association, year=year, found=Found()) if year else None
    fields = {place for part in (*whole.parts, *budget) for place in _places(part)} | set(_grid_places(grid))
    return FormPage(
        file=file,
        hash=hash,
        title=plan.title if plan else f"{association} {year}" if year else _name(divided.header) or association,
        association=association,
        year=year,
        grid=grid,
        budget_parts=budget,
        own_parts=whole.parts,
        chapters=tuple(_chapter_views(chapters(written), text, views)),
        sums=dict(_sums(plan)) if plan else {},
        problems=views,
        unplaced=tuple(
            one for place, some in views.items() if place not in fields and place[0] < divided.body_line for one in some
        ),
        has_been_shown=plan is not None and plan.status is not Status.DRAFT,
    )


def _name(header: Mapping) -> str:
    """Return a förbund's name as written; "" when it isn't."""
    name = child(header, AssociationKeys.name)
    return name.text if isinstance(name, Scalar) else ""


def _by_place(problems: Iterable[Problem], texts: Texts) -> dict[tuple[int, int], tuple[ProblemView, ...]]:
    found: dict[tuple[int, int], tuple[ProblemView, ...]] = {}
    for one in in_order(problems):
        place = (one.place.line, one.place.column)
        severity = texts.severity(one).value
        view = ProblemView(severity, texts.problems[one.code].name, texts.what(one), texts.advice(one))
        found[place] = (*found.get(place, ()), view)
    return found


def _budget_parts(header: Mapping) -> tuple[FormPart, ...]:
    budget = child(header, PlanKeys.budget)
    node = budget if isinstance(budget, Mapping) else None
    return group_of(BudgetKeys, node, BUDGET, "Budget", skip=IN_GRID).parts


def _places(part: FormPart) -> Iterator[tuple[int, int]]:
    """Yield line and column of everything in a part that can show a problem."""
    if part.place:
        yield part.place.line, part.place.column
    inner = part.parts if isinstance(part, FieldGroup) else part.items if isinstance(part, FieldList) else ()
    for one in inner:
        yield from _places(one)


def _grid_places(grid: BudgetGrid | None) -> Iterator[tuple[int, int]]:
    if grid is None:
        return
    for block in grid.blocks:
        yield from _places(block.more) if block.more else ()
    for row in (row for block in grid.blocks for row in block.rows):
        yield from ((place.line, place.column) for place in (row.place, *(cell.place for cell in row.cells)) if place)
        if row.more:
            yield from _places(row.more)
    for column in grid.columns:
        yield from _places(column.fields)


def _sums(plan: Plan) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield what the rows of each block come to, in the plan's unit; "" where a row lacks its amount."""
    budget = plan.budget
    if budget is None:
        return
    for key, block in ((BudgetKeys.income, budget.income), (BudgetKeys.costs, budget.costs)):
        sums = (sum_of(block.rows, index) for index in range(len(budget.columns)))
        shown = ("" if isinstance(one, Unknown) else amount_in(budget.unit, one) for one in sums)
        yield (*BUDGET, key.name), tuple(shown)


# --- The text -------------------------------------------------------------------------------------------------------


def _chapter_views(
    found: Sequence[TextChapter], text: str, problems: Lookup[tuple[int, int], tuple[ProblemView, ...]]
) -> Iterator[FormChapter]:
    """Yield the chapters of the highest level, and what is before them."""
    highest = min((one.level for one in found if one.level), default=0)
    for number, chapter in enumerate(found):
        if (chapter.level == 0 and chapter.text.strip()) or (chapter.level and chapter.level == highest):
            first = text.count("\n", 0, chapter.begin) + 1
            last = text.count("\n", 0, chapter.end) + 1
            own = tuple(one for (line, _), some in problems.items() if first <= line < last for one in some)
            yield FormChapter(number, chapter.title, chapter.text, _rendered(chapter), own)


def _rendered(chapter: TextChapter) -> Markup:
    article = render_article(parse(chapter.text), Setting("", 1, 3), Found())
    return Markup(NAMES.sub("", article.html))
