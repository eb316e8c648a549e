"""Which files lie beside a plan's page, what decides each, and how they are made.

Files that show the same things are made together. What a group shows decides whether it must be made again.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, msgpack

from insyn.charts.chart import Unshown
from insyn.charts.plan_charts import PlanCharts
from insyn.downloads.chart_files import Paint, figures_as_text, image
from insyn.downloads.collected import EXCEL
from insyn.downloads.fields import BUDGET, EQUITY, PARTS, TableKind
from insyn.downloads.files import Named, Origin
from insyn.downloads.separated import separated, with_semicolons
from insyn.downloads.tidy import following, part_rows
from insyn.model import Association, Plan
from insyn.texts import Texts

WORKBOOK, WHOLE = "budget.xlsx", "plan.json"
SCHEMA_FOLDER = "data/schema/"
"""From the site's top."""


class PlanSubject(Struct, frozen=True):
    """What a plan's files are made from."""

    key: str
    """Of what was made of the plan alone."""
    plan: Plan
    association: Association
    budget_rows: str
    """Its rows in the open data, without what says which plan and version they are of."""
    equity_rows: str
    charts: PlanCharts
    drawings: Mapping[str, str]
    """The wide drawing of each chart, by its id."""
    origin: Origin


class FileGroup(Struct, frozen=True):
    """Files that are made together. `shown` is all that decides them besides the program and the drawings' look."""

    name: str
    shown: tuple[str | bytes, ...]
    make: Callable[[], tuple[Named, ...]]


def file_groups(subject: PlanSubject, paint: Paint, texts: Texts) -> tuple[FileGroup, ...]:
    """Return the groups of files of a plan."""
    plan, association, origin = subject.plan, subject.association, subject.origin
    who = (association.id, association.name, plan.title, str(plan.year), plan.status.value, repr(origin))
    budget, charts = (msgpack.encode(shown, enc_hook=repr) for shown in (plan.budget, subject.charts.shown()))
    return (
        FileGroup("tables", (*who, budget), lambda: tuple(_tables(subject, texts))),
        FileGroup("charts", (*who, charts), lambda: tuple(_charts(subject, paint, texts))),
        FileGroup("plan", (subject.key, repr(origin)), lambda: ((WHOLE, whole_plan(plan, association, origin)),)),
    )


def _tables(subject: PlanSubject, texts: Texts) -> Iterator[Named]:
    from insyn.downloads.plan_workbook import plan_workbook

    budget = budget_table(subject.plan, subject.budget_rows, subject.origin)
    yield WORKBOOK, plan_workbook(subject.plan, subject.association, subject.origin, texts)
    yield BUDGET.file, budget
    yield EXCEL, with_semicolons(budget.decode()).encode()
    for kind, rows in ((EQUITY, subject.equity_rows), (PARTS, separated(part_rows(subject.plan.budget)))):
        if rows:
            yield kind.file, _table(kind, subject.plan, rows, subject.origin)


def budget_table(plan: Plan, rows: str, origin: Origin) -> bytes:
    """Return a plan's budget as open data. `rows` are its own, without what says which plan and version they are of."""
    return _table(BUDGET, plan, rows, origin)


def _table(kind: TableKind, plan: Plan, rows: str, origin: Origin) -> bytes:
    text = separated([kind.names]) + following(rows, plan.association, str(plan.year), origin.version)
    return text.encode()


def _charts(subject: PlanSubject, paint: Paint, texts: Texts) -> Iterator[Named]:
    plan, origin = subject.plan, subject.origin
    source = texts.say("image-source", association=subject.association.name, title=plan.title, status=origin.status)
    for chart in subject.charts.shown():
        if not isinstance(chart, Unshown):
            yield figures_file(chart.id), figures_as_text(chart.table).encode()
    for chart in subject.charts.charts():
        yield image_file(chart.id), image(chart, subject.drawings[chart.id], source, paint).encode()


def figures_file(chart: str) -> str:
    """Return the name of the file with a chart's figures."""
    return f"{chart}.csv"


def image_file(chart: str) -> str:
    """Return the name of the file with a chart's drawing."""
    return f"{chart}.svg"


def whole_plan(plan: Plan, association: Association, origin: Origin) -> bytes:
    """Return a whole plan as JSON."""
    from insyn.downloads.plan_json import SCHEMA, plan_json

    schema = f"{origin.site or origin.top}{SCHEMA_FOLDER}{SCHEMA}"
    return plan_json(plan, association, origin.version, address=origin.address, schema=schema)
