"""Which files lie beside a plan's page, what decides each, and how they are made.

Files that show the same things are made together. What a group shows decides whether it must be made again.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from insyn.charts.catalogue import PlanCharts
from insyn.downloads.chart_files import Paint, figures_as_text, image
from insyn.downloads.fields import BUDGET, COLLECTED, EQUITY, PARTS, TableKind
from insyn.downloads.files import Named, Origin
from insyn.downloads.plan_json import SCHEMA, plan_json
from insyn.downloads.separated import Row, separated, with_semicolons
from insyn.downloads.tidy import tables_of
from insyn.model import Association, Plan
from insyn.texts import Texts

WORKBOOK, EXCEL, WHOLE = "budget.xlsx", "budget-excel.csv", "plan.json"
COLLECTED_FILES = (EXCEL, *(kind.file for kind in COLLECTED))
"""What is gathered of all plans, of a förbund and of the site."""
SCHEMA_FOLDER = "data/schema/"
"""From the site's top."""


class PlanSubject(Struct, frozen=True):
    """What a plan's files are made from."""

    plan: Plan
    association: Association
    charts: PlanCharts
    drawings: Mapping[str, str]
    """The wide drawing of each chart, by its id."""
    origin: Origin


class FileGroup(Struct, frozen=True):
    """Files that are made together. `shown` is all that decides them besides the program and the drawings' look."""

    name: str
    shown: tuple[str, ...]
    make: Callable[[], tuple[Named, ...]]


def file_groups(subject: PlanSubject, paint: Paint, texts: Texts) -> tuple[FileGroup, ...]:
    """Return the groups of files of a plan."""
    plan, association, origin = subject.plan, subject.association, subject.origin
    who = (association.id, association.name, repr(origin), plan.title, str(plan.year), plan.status.value)
    charts = subject.charts.charts()
    return (
        FileGroup("tables", (*who, repr(plan.budget)), lambda: tuple(_tables(subject, texts))),
        FileGroup("charts", (*who, repr(charts)), lambda: tuple(_charts(subject, paint, texts))),
        FileGroup("plan", (*who, repr(association), repr(plan)), lambda: ((WHOLE, _whole(subject)),)),
    )


def _tables(subject: PlanSubject, texts: Texts) -> Iterator[Named]:
    from insyn.downloads.plan_workbook import plan_workbook

    tables = tables_of(subject.plan)
    budget = _table(BUDGET, tables.budget, subject)
    yield WORKBOOK, plan_workbook(subject.plan, subject.association, subject.origin, texts)
    yield BUDGET.file, budget.encode()
    yield EXCEL, with_semicolons(budget).encode()
    for kind, rows in ((EQUITY, tables.equity), (PARTS, tables.parts)):
        if rows:
            yield kind.file, _table(kind, rows, subject).encode()


def _table(kind: TableKind, rows: tuple[Row, ...], subject: PlanSubject) -> str:
    first = (subject.plan.association, subject.plan.year, subject.origin.version)
    return separated([kind.names, *((*first, *row) for row in rows)])


def _charts(subject: PlanSubject, paint: Paint, texts: Texts) -> Iterator[Named]:
    plan, origin = subject.plan, subject.origin
    source = texts.say("image-source", association=subject.association.name, title=plan.title, status=origin.status)
    for chart in subject.charts.charts():
        yield figures_file(chart.id), figures_as_text(chart.table).encode()
        yield image_file(chart.id), image(chart, subject.drawings[chart.id], source, paint).encode()


def figures_file(chart: str) -> str:
    """Return the name of the file with a chart's figures."""
    return f"{chart}.csv"


def image_file(chart: str) -> str:
    """Return the name of the file with a chart's drawing."""
    return f"{chart}.svg"


def _whole(subject: PlanSubject) -> bytes:
    origin = subject.origin
    schema = f"{origin.site or '../' * origin.path.count('/')}{SCHEMA_FOLDER}{SCHEMA}"
    return plan_json(subject.plan, subject.association, origin.version, address=origin.address, schema=schema)
