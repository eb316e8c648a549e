"""The preview's own page: what is being written, what publishing would change, and what is missing before each step."""

from collections.abc import Iterator

from jinja2 import Environment
from msgspec import Struct

from insyn.build.plan_cache import PlanCache
from insyn.disk.store import Store
from insyn.model import Status
from insyn.pages.status_words import status_text
from insyn.preview.changes import CHANGES, PublicSite, SiteChanges, change_texts
from insyn.preview.session import PreviewState
from insyn.preview.steps import YearStep, steps_of
from insyn.preview.whole import WholeState
from insyn.texts import Texts
from insyn.versions.arrangement import Version, YearPlans, latest_decided

TEMPLATE = "preview/overview.html"


class StepView(Struct, frozen=True):
    name: str
    missing: tuple[str, ...]
    """Keys that aren't filled in yet."""


class PlanProgress(Struct, frozen=True):
    """A plan that is being written or is to be decided or followed up."""

    href: str
    title: str
    status: str
    file: str
    is_draft: bool
    steps: tuple[StepView, ...]


class ChangeView(Struct, frozen=True):
    file: str
    href: str
    """Empty when it would have no page."""
    text: str
    details: str
    """The address of all that differs; empty when it isn't known."""


class Overview(Struct, frozen=True):
    plans: tuple[PlanProgress, ...]
    changes: SiteChanges
    changed: tuple[ChangeView, ...]
    held: tuple[str, ...]
    """The files that can't be shown as they are."""


def overview_html(
    preview: PreviewState | None, published: PublicSite, whole: WholeState, environment: Environment, texts: Texts
) -> str:
    """Return the page."""
    page = overview(preview, published) if preview else None
    return environment.get_template(TEMPLATE).render(texts=texts, page=page, whole=whole.value)


def overview(preview: PreviewState, published: PublicSite) -> Overview:
    """Compose the page."""
    changes = published.changes(preview)
    changed = tuple(
        ChangeView(
            file=one.file,
            href=f"/{one.path}" if one.path else "",
            text=change_texts(one, preview.texts),
            details=f"/{CHANGES}{one.path}" if one.summary else "",
        )
        for one in changes.plans
    )
    return Overview(tuple(_progress(preview, published)), changes, changed, tuple(preview.held))


def _progress(preview: PreviewState, published: PublicSite) -> Iterator[PlanProgress]:
    """Yield each förbund's plans that something is left to do with, the latest first: from its latest decided on."""
    if preview.site is None:
        return
    cache, store = PlanCache(published.copy, preview.site.site, preview.texts), Store(published.copy_cache)
    for years in preview.site.layout.by_association.values():
        for year in years:
            if year.year >= latest_decided(years):
                yield _plan_progress(preview, _written(year), cache, store)
    store.close()


def _written(year: YearPlans) -> Version:
    """Return the version that is worked on."""
    return year.versions[-1]


def _plan_progress(preview: PreviewState, version: Version, cache: PlanCache, store: Store) -> PlanProgress:
    assert preview.site
    file, key = preview.site.sources[version.digest]
    work, _ = cache.work(file, key, store)
    return PlanProgress(
        href=f"/{version.path}",
        title=f"{work.plan.title}, {cache.associations[file.name].short_name}",
        status=status_text(version.digest.status, version.digest.day, preview.texts),
        file=file.path,
        is_draft=version.digest.status is Status.DRAFT,
        steps=tuple(_step(step, preview.texts) for step in steps_of(work.plan)),
    )


def _step(step: YearStep, texts: Texts) -> StepView:
    return StepView(texts.tell(f"preview-step-{step.id}"), step.missing)
