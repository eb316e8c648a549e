"""The story of a build: read, check, draw, compose, render, publish. Nothing is published before all of it is right."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from insyn import disk
from insyn.charts.catalogue import charts_of
from insyn.charts.chart import Chart
from insyn.checks import check_plan
from insyn.checks.links import LinkedPage, check_links
from insyn.composition import ComposedPage, DescribedPlan, compose
from insyn.markdown import Article, Setting, render_article
from insyn.model import Association, Plan, Site, TextPage
from insyn.pages.frame import NOT_FOUND
from insyn.pages.plan_page import SECTION_IDS, TEXT_LEVEL, Drawing
from insyn.problems import Found, Problem
from insyn.reading.content import ReadPlan, as_draft, read_plan_source, read_site
from insyn.reading.sources import Sources
from insyn.rendering import make_environment, render
from insyn.texts import Severity, Texts, read_texts

Progress = Callable[[str, int, int], None]
"""Told which step is under way (a key of the catalogue), and how many of how many are done."""
Draw = Callable[[Chart], Drawing]
Given = TypeVar("Given")
Made = TypeVar("Made")
OTHER_TEXT_LEVEL = 2
NOT_DRAWN = Drawing("", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build or a check came to."""

    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]
    """What may be published, by path; empty when an error stops it."""
    site: Site | None
    texts: Texts
    lines: Mapping[str, list[str]]
    """The lines of every file that was read, for showing where a problem is."""

    @property
    def has_errors(self) -> bool:
        return any(self.texts.severity(problem) is Severity.ERROR for problem in self.problems)


def build(content: Path, output: Path, progress: Progress) -> Outcome:
    """Make the site and publish it, unless an error stops it."""
    materials = disk.read_materials()
    outcome = _make(content, materials, _drawer(materials), progress)
    if not outcome.has_errors:
        progress("progress-write", 0, len(outcome.files))
        disk.publish(outcome.files, output)
    return outcome


def check(content: Path, progress: Progress) -> Outcome:
    """Do everything that can find a fault; draw and publish nothing."""
    return _make(content, disk.read_materials(), lambda _chart: NOT_DRAWN, progress)


def _make(content: Path, materials: disk.Materials, draw: Draw, progress: Progress) -> Outcome:
    texts = read_texts(materials.texts)
    sources = disk.read_sources(content, content.name)
    plans = tuple(_each(read_plan_source, sources.plans, "progress-read", progress))
    site, problems = read_site(sources, plans)
    found = Found([*problems, *_check(plans)])
    articles = _articles(site, found) if site else {}
    outcome = Outcome(tuple(found.problems), {}, site, texts, _lines(sources))
    if site is None or outcome.has_errors:
        return outcome
    described = tuple(_each(_describer(site, articles, draw, texts), site.plans, "progress-charts", progress))
    composed = tuple(compose(site, described, articles, texts))
    pages = tuple(_each(_renderer(materials), composed, "progress-pages", progress))
    outcome = replace(outcome, problems=(*outcome.problems, *check_links(pages)))
    if outcome.has_errors:
        return outcome
    return replace(outcome, files={_file_of(page.path): page.html.encode() for page in pages} | dict(materials.assets))


def _each(make: Callable[[Given], Made], items: Sequence[Given], step: str, progress: Progress) -> Iterator[Made]:
    """Make something of each item, and tell how far the step has come."""
    for number, item in enumerate(items):
        progress(step, number, len(items))
        yield make(item)


def _lines(sources: Sources) -> dict[str, list[str]]:
    texts = [plan.source for plan in sources.plans]
    texts += [named.source for named in (*sources.associations, *sources.pages)]
    texts += [sources.settings] if sources.settings else []
    return {text.file: text.text.splitlines() for text in texts}


# --- The steps ------------------------------------------------------------------------------------------------------


def _check(plans: Sequence[ReadPlan]) -> Iterator[Problem]:
    for read in plans:
        if read.plan:
            yield from as_draft(read.plan, check_plan(read.plan, read.problems))


def _articles(site: Site, found: Found) -> dict[str, Article]:
    """Render every text of the site, by the file it stands in."""
    articles = {plan.place.file: _article(plan, TEXT_LEVEL, SECTION_IDS, found) for plan in site.plans}
    others: list[Association | TextPage] = [*site.associations, *site.pages]
    for other in others:
        articles[other.place.file] = _article(other, OTHER_TEXT_LEVEL, frozenset(), found)
    return articles


def _article(source: Plan | Association | TextPage, level: int, taken: frozenset[str], found: Found) -> Article:
    return render_article(source.body, Setting(source.place.file, source.body_line, level, taken), found)


def _describer(
    site: Site, articles: Mapping[str, Article], draw: Draw, texts: Texts
) -> Callable[[Plan], DescribedPlan]:
    associations = {association.id: association for association in site.associations}

    def describe(plan: Plan) -> DescribedPlan:
        charts = charts_of(plan, associations[plan.association], texts)
        drawings = {chart.id: draw(chart) for chart in charts.charts()}
        return DescribedPlan(plan, charts, drawings, articles[plan.place.file])

    return describe


def _drawer(materials: disk.Materials) -> Draw:
    """Return what draws a chart. matplotlib, which takes long to import, is imported at the first."""
    from insyn.charts.drawing import draw
    from insyn.charts.figures import Width
    from insyn.charts.measuring import Fonts

    fonts = Fonts(materials.fonts["source-sans-3-regular"], materials.fonts["source-sans-3-semibold"])

    def draw_both(chart: Chart) -> Drawing:
        narrow, wide = (draw(chart.figure, chart_id=chart.id, width=width, fonts=fonts) for width in Width)
        return Drawing(narrow, wide)

    return draw_both


def _renderer(materials: disk.Materials) -> Callable[[ComposedPage], LinkedPage]:
    environment = make_environment(materials.templates)

    def render_page(composed: ComposedPage) -> LinkedPage:
        html = render(composed.page, environment)
        return LinkedPage(composed.path, html, composed.links, composed.place)

    return render_page


def _file_of(path: str) -> str:
    return path if path == NOT_FOUND else f"{path}index.html"
