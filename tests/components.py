"""The site's components as documented: each with a purpose, its promises to every reader, and examples.

`tests/components/<name>.yaml` documents a component. An example names a macro with its arguments, a figure to draw, or,
for a mere style, its HTML. Arguments have the types that pages pass, so an example that no page could have made is
rejected. `python -m tests.components FOLDER` writes a page with all of them, for viewing.
"""

import sys
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import yaml
from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from insyn.build.rendering import make_environment
from insyn.charts.chart import ChartTable, Key
from insyn.charts.drawing import Fonts, draw_both
from insyn.charts.figures import Bars, Columns, LevelLine, ShareBar, Waterfall
from insyn.disk.materials import Materials, read_materials
from insyn.pages import policies
from insyn.pages.about_figures import AssociationRemarks
from insyn.pages.about_plan import CorrectionView
from insyn.pages.budget_tables import BreakdownView, BudgetTable, EquityView
from insyn.pages.contact import ContactView
from insyn.pages.difference_views import AimView, ChapterView, DifferenceTable, PassageView
from insyn.pages.frame import Frame
from insyn.pages.glance import GlanceRow
from insyn.pages.goals import GoalMessage, GoalStatusView, GoalTable, PointList
from insyn.pages.history import EventView
from insyn.pages.judgements import JudgementPanel
from insyn.pages.log import LogEntry
from insyn.pages.money_years import MoneyYears, YearsTable
from insyn.pages.notes import MarkView, NoteView
from insyn.pages.parts import Banner, ChartView, ContentsItem, FileView, PageLink
from insyn.pages.plan_card import PlanCard
from insyn.pages.plan_page import HundredView, KeyFigure, SentenceView
from insyn.pages.terms import TermView

PROJECT = Path(__file__).parent.parent
DOCUMENTED = PROJECT / "tests" / "components"
PAGE = PROJECT / "tests" / "components" / "page.html"
FIGURES = {figure.__name__: figure for figure in (Bars, ShareBar, Columns, Waterfall, LevelLine)}

ARGUMENTS: dict[str, dict[str, Any]] = {
    "aim": {"aim": AimView, "level": int},
    "banner": {"banner": Banner},
    "breadcrumbs": {"links": tuple[PageLink, ...]},
    "breakdown_table": {"breakdown": BreakdownView},
    "budget_table": {"table": BudgetTable},
    "chapter": {"chapter": ChapterView},
    "chart": {"chart": ChartView},
    "chart_files": {"files": tuple[FileView, ...], "of": str},
    "checksums": {"files": tuple[FileView, ...]},
    "contact": {"contact": ContactView},
    "contents": {"items": tuple[ContentsItem, ...]},
    "corrections_table": {"corrections": tuple[CorrectionView, ...], "caption": str, "id": str},
    "difference_table": {"table": DifferenceTable},
    "equity_table": {"equity": EquityView},
    "events": {"events": tuple[EventView, ...]},
    "file_list": {"files": tuple[FileView, ...]},
    "figures_table": {"table": ChartTable, "id": str},
    "glance": {"view": tuple[GlanceRow, ...], "label": str},
    "goal_message": {"message": GoalMessage},
    "goal_status": {"status": GoalStatusView | None},
    "goal_table": {"table": GoalTable},
    "hit": {},
    "hundred": {"view": HundredView},
    "judgements": {"panel": JudgementPanel, "id": str},
    "key_figures": {"figures": tuple[KeyFigure, ...]},
    "keys": {"keys": tuple[Key, ...]},
    "marks": {"marks": tuple[MarkView, ...]},
    "money_years": {"money": MoneyYears},
    "notes": {"notes": tuple[NoteView, ...], "label": str},
    "passages": {"passages": tuple[PassageView, ...]},
    "plan_card": {"plan": PlanCard, "level": int},
    "plan_events": {"entries": tuple[LogEntry, ...]},
    "point_list": {"list": PointList, "label": str},
    "remarks": {"association": AssociationRemarks, "level": int},
    "search_form": {
        "associations": tuple[str, ...],
        "years": tuple[int, ...],
        "older": tuple[int, ...],
        "words": str,
        "root": str,
    },
    "sentence": {"view": SentenceView},
    "status": {"kind": str, "text": str},
    "terms": {"terms": tuple[TermView, ...], "linked": bool},
    "years_table": {"table": YearsTable},
}


class Criterion(Struct, frozen=True, forbid_unknown_fields=True):
    outcome: str
    check: str


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """Has exactly one of `macro` (with arguments), `figure` and `html`."""

    name: str
    macro: str | None = None
    arguments: dict[str, Any] = {}
    figure: dict[str, Any] | None = None
    html: str | None = None


class Component(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    purpose: str
    criteria: tuple[Criterion, ...]
    examples: tuple[Example, ...]


def read_components() -> list[Component]:
    """Read all documentation, in the order of the names."""
    files = sorted(DOCUMENTED.glob("*.yaml"))
    read = ({"name": file.stem, **yaml.safe_load(file.read_text("utf-8"))} for file in files)
    return [msgspec.convert(values, Component) for values in read]


# --- From an example to its HTML ------------------------------------------------------------------------------------


@cache
def materials() -> Materials:
    return read_materials(PROJECT)


@cache
def environment() -> Environment:
    """The site's own templates, together with the page of components."""
    return make_environment({**materials().templates, "components.html": PAGE.read_text("utf-8")})


def rendered(component: Component, example: Example) -> Markup:
    """Return an example's HTML, rendered by the template that the site's pages use."""
    if example.html is not None:
        return Markup(example.html)
    if example.figure is not None:
        number = component.examples.index(example) + 1
        return Markup('<div class="chart__drawing">{}{}</div>').format(*drawn(f"diagram-{number}", example.figure))
    assert example.macro
    module = environment().get_template(f"components/{component.name}.html").module
    kinds = ARGUMENTS[example.macro]
    assert example.arguments.keys() == kinds.keys(), (component.name, example.name)
    return Markup(
        getattr(module, example.macro)(**{name: made(example.arguments[name], kinds[name]) for name in kinds})
    )


def drawn(chart_id: str, figure: dict[str, Any]) -> tuple[Markup, Markup]:
    """Draw a figure like the site, narrow and wide."""
    values = {name: value for name, value in figure.items() if name != "type"}
    fonts = materials().fonts
    faces = fonts["source-sans-3-regular"], fonts["source-sans-3-semibold"]
    narrow, wide = draw_both(made(values, FIGURES[figure["type"]]), chart_id, Fonts(*faces))
    return Markup(narrow), Markup(wide)


def made(value: Any, kind: Any) -> Any:
    """Convert the value of an example to a view's type. Every field must be given, and no others."""
    if value is None:
        assert type(None) in get_args(kind), f"{kind} is never left out"
        return None
    if isinstance(kind, UnionType):
        first, *others = (one for one in get_args(kind) if one is not type(None))
        kind = str if others else first
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        each = [kinds[0]] * len(value) if kinds[-1] is ... else kinds
        return tuple(made(one, of) for one, of in zip(value, each, strict=True))
    if kind is ChartView and "figure" in value:
        narrow, wide = drawn(value["id"], value["figure"])
        value = {name: one for name, one in value.items() if name != "figure"}
        value |= {"narrow_html": narrow, "wide_html": wide}
    if isinstance(kind, type) and issubclass(kind, Struct):
        kinds = get_type_hints(kind)
        return kind(**{name: made(one, kinds[name]) for name, one in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is Markup:
        return Markup(value)
    assert isinstance(value, kind), f"{value!r} is no {kind}"
    return value


# --- The page that shows them all -----------------------------------------------------------------------------------


class Shown(Struct, frozen=True):
    """A component as shown on the page."""

    component: Component
    examples: tuple[tuple[str, Markup], ...]


def page() -> str:
    """Return a page with every example of every component, in the site's own frame."""
    frame = Frame(
        root="../",
        head_title="Komponenter",
        description="Alla delar som sidorna är byggda av.",
        site_name="Komponenter",
        menu=(PageLink("Komponenter", "#", current=True),),
        breadcrumbs=(),
        footer=(),
        feeds=(),
        canonical=None,
        indexed=False,
        policy=policies.in_page(policies.PAGE),
        referrer=policies.REFERRER,
        shared=None,
        linked_data=None,
    )
    shown = [
        Shown(component, tuple((example.name, rendered(component, example)) for example in component.examples))
        for component in read_components()
    ]
    return environment().get_template("components.html").render(frame=frame, shown=shown)


def write(folder: Path) -> Path:
    """Write the page with its assets, and return its file."""
    file = folder / "komponenter" / "index.html"
    for path, content in [*materials().assets.items(), (file.relative_to(folder).as_posix(), page().encode())]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return file


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
