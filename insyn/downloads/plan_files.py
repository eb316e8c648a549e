"""The files beside a plan's page, in groups with a common cache key: everything that the group shows."""

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
from insyn.model import Association, Plan, is_elsewhere
from insyn.texts import Texts

WORKBOOK, WHOLE = "budget.xlsx", "plan.json"
SCHEMA_FOLDER = "data/schema/"
"""Path from the site root."""


OF_EVERY_PLAN = frozenset({WORKBOOK, WHOLE, BUDGET.file, EXCEL})
"""Names of the files that every plan has."""


class PlanSubject(Struct, frozen=True):
    """The input of all files of a plan."""

    key: str
    """The plan's cache key."""
    plan: Plan
    association: Association
    budget_rows: str
    """Its CSV rows, without the columns of `VERSION_FIELDS`."""
    equity_rows: str
    charts: PlanCharts
    drawings: Mapping[str, str]
    """The wide drawings, by chart id."""
    origin: Origin


class FileGroup(Struct, frozen=True):
    """Files that are made together. `shown` is everything they depend on besides the program and the paint."""

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


def file_names(plan: Plan, equity_rows: str, charts: PlanCharts) -> frozenset[str]:
    """Return the names of the files that the groups hold."""
    names = {figures_file(chart.id) for chart in charts.shown() if not isinstance(chart, Unshown)}
    names |= {image_file(chart.id) for chart in charts.charts()}
    names |= {kind.file for kind, rows in ((EQUITY, equity_rows), (PARTS, [*part_rows(plan.budget)])) if rows}
    return OF_EVERY_PLAN | names


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
    """Return a plan's budget as CSV. `rows` lack the columns of `VERSION_FIELDS`."""
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
    """Return plan.json."""
    from insyn.downloads.plan_json import SCHEMA, plan_json

    top, original = origin.site or origin.top, plan.original
    if original and not is_elsewhere(original):
        original = f"{top}{plan.association}/{plan.year}/{original}"
    schema = f"{top}{SCHEMA_FOLDER}{SCHEMA}"
    return plan_json(plan, association, origin.version, address=origin.address, schema=schema, original=original)
