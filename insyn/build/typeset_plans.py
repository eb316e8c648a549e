"""Typesetting of plans' PDFs.

A PDF takes half a second, so it has two keys. The document key covers everything that might affect it, and is known
without composing. If that has changed, the document is composed, and the PDF key shows whether its content has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from insyn.build.cache_keys import PrintCacheKeys
from insyn.build.render_plans import PlanRenderer
from insyn.build.rendering import render
from insyn.disk.output import read_published
from insyn.disk.print_materials import Printing
from insyn.disk.store import Store
from insyn.downloads.fields import BUDGET
from insyn.downloads.files import Origin, facts_of
from insyn.downloads.plan_files import WHOLE, budget_table, whole_plan
from insyn.model import Association
from insyn.pages.files import MEDIA_TYPES, PDF, PLAN_FILES
from insyn.pages.frame import Surroundings
from insyn.pages.plan_page import PARAGRAPH, REGISTRATION, Offered, PdfFile, PlanPage, Standing
from insyn.parallel.cores import available_cores
from insyn.parallel.workers import spread, will_fork
from insyn.pdf.attachments import Attachment
from insyn.pdf.document import Label, read_document
from insyn.pdf.tree import PdfDocument
from insyn.reading.sources import SourceFile
from insyn.site.facts import PlanWork
from insyn.site.layout import SiteLayout
from insyn.site.plans import compose_plan, on_paper, origin_of, paper_origin, standings_of
from insyn.texts import Texts
from insyn.versions.digest import PlanDigest

FEW = 5
"""PDFs per worker: the typesetter retains some 25 MB of each, and a worker takes 0.1 s to start."""
FOOT = 110
"""Maximum number of letters in a page's footer, which has two lines."""


class PdfTask(Struct, frozen=True):
    """A version's PDF, and the keys that show whether it is stale."""

    path: str
    file: SourceFile
    key: str
    """The plan's cache key."""
    document_key: str
    standing: Standing
    origin: Origin
    day: date | None
    """The version's date, used as the PDF's creation date; None if it has none."""


class MadePdf(Struct, frozen=True):
    """A PDF's key, and the facts of it that its page shows."""

    key: str
    file: PdfFile


class PdfWork(Struct, frozen=True):
    """An up-to-date PDF, and the work that it took."""

    path: str
    made: MadePdf
    is_new: bool
    """Whether the PDF was typeset."""
    examined: int
    """1 if the plan had to be examined, else 0."""
    drawn: int
    """Charts drawn."""


class SitePdfs(Struct, frozen=True):
    """The PDFs of a site."""

    made: Mapping[str, MadePdf]
    """By path."""
    typeset: tuple[str, ...] = ()
    """The paths of those that were typeset."""
    examined: int = 0
    """Plans examined because of cache misses."""
    drawn: int = 0
    """Charts drawn."""

    def of(self, folder: str) -> PdfFile:
        """Return the PDF beside a plan's page."""
        return self.made[f"{folder}{PDF}"].file


class PdfMaker(Struct, frozen=True):
    """Typesets plans. Inherited by forked workers."""

    renderer: PlanRenderer
    keys: PrintCacheKeys
    printing: Printing
    surroundings: Surroundings
    published: Mapping[str, str]
    """By path: the keys of the intact PDFs in the output folder."""
    output: Path

    def current(self, tasks: Sequence[PdfTask]) -> dict[str, MadePdf]:
        """Return, by path, the published PDFs whose document key is unchanged."""
        store = Store(self.renderer.cache)
        found = store.get_many(task.document_key for task in tasks)
        store.close()
        cached = {task.path: found.get(task.document_key) for task in tasks}
        return {
            path: made
            for path, made in cached.items()
            if isinstance(made, MadePdf) and made.key == self.published.get(path)
        }

    def make(self, tasks: Sequence[PdfTask]) -> list[PdfWork]:
        """Bring a chunk of PDFs up to date."""
        store = Store(self.renderer.cache)
        made = [self._make(task, store) for task in tasks]
        store.close()
        return made

    def _make(self, task: PdfTask, store: Store) -> PdfWork:
        with store.owned(task.key, "pdf"):
            return self._make_owned(task, store)

    def _make_owned(self, task: PdfTask, store: Store) -> PdfWork:
        document, attachments, examined, drawn = self._document(task, store)
        written = [msgspec.json.encode(one) for one in (document, *attachments)]
        key = self.keys.pdf(str(task.day), *written)
        made, is_new = store.get(key), False
        if not isinstance(made, MadePdf) or not self._is_there(task.path, made):
            made, is_new = self._typeset(task, key, document, attachments), True
            store.put(key, made)
        store.put(task.document_key, made)
        return PdfWork(task.path, made, is_new, examined, drawn)

    def _document(self, task: PdfTask, store: Store) -> tuple[PdfDocument, tuple[Attachment, ...], int, int]:
        """Compose the document and its attachments; return also the plans examined and the charts drawn for it."""
        renderer = self.renderer
        work, examined = renderer.plan_cache.work(task.file, task.key, store)
        association = renderer.plan_cache.associations[task.file.name]
        drawings, drawn = renderer.draw_all(work, store)
        texts = renderer.plan_cache.texts
        offered = Offered(drawings, {}, None)
        page = compose_plan(work, association, task.standing, offered, self.surroundings, texts)
        label = _label(page, association, task.standing, self.surroundings)
        html = render(page, renderer.environment, PlanPage.paper_template)
        document = read_document(html, label, self.printing.characters, self.printing.sheet)
        return document, attachments_of(work, association, task.origin, texts), examined, drawn

    def _is_there(self, path: str, made: MadePdf) -> bool:
        """Whether the PDF is published. If it is only unrecorded, compare its hash and stage it again."""
        if self.published.get(path) == made.key:
            return True
        body = read_published(self.output, path)
        if body is None or sha256(body).hexdigest() != made.file.facts.sha256:
            return False
        self.renderer.staging.write(path, body)
        return True

    def _typeset(self, task: PdfTask, key: str, document: PdfDocument, attachments: tuple[Attachment, ...]) -> MadePdf:
        """Typeset and stage a PDF. After this the process must not fork: the typesetter runs threads."""
        from insyn.pdf.typesetting import make_pdf

        finished = make_pdf(document, attachments, task.day, self.printing.template, self.printing.faces)
        self.renderer.staging.write(task.path, finished.body)
        return MadePdf(key, PdfFile(facts_of(PDF, finished.body), finished.pages))


def pdf_tasks(
    layout: SiteLayout, sources: Mapping[PlanDigest, tuple[SourceFile, str]], keys: PrintCacheKeys, texts: Texts
) -> Iterator[PdfTask]:
    """Yield a task for each version of each plan."""
    around = repr(without_menus(layout.surroundings))
    for version, standing in standings_of(layout, texts):
        file, key = sources[version.digest]
        paper = on_paper(version, standing.rise)
        origin = paper_origin(origin_of(layout.site, version, texts), version, paper)
        yield PdfTask(
            path=f"{version.path}{PDF}",
            file=file,
            key=key,
            document_key=keys.document(key, repr(paper), repr(origin), around),
            standing=paper,
            origin=origin,
            day=version.digest.came,
        )


def make_site_pdfs(maker: PdfMaker, tasks: Sequence[PdfTask], progress: Callable[[int, int], None]) -> SitePdfs:
    """Typeset the stale PDFs; return all. `progress` is called with the number done and the total."""
    made = maker.current(tasks)
    waiting = [task for task in tasks if task.path not in made]
    if will_fork(waiting):
        maker.renderer.prepare()
    examined, drawn, typeset, done = 0, 0, [], 0
    progress(0, len(waiting))
    for some in _in_workers(maker, waiting):
        for work in some:
            made[work.path] = work.made
            examined, drawn, done = examined + work.examined, drawn + work.drawn, done + 1
            typeset += [work.path] if work.is_new else []
        progress(done, len(waiting))
    return SitePdfs(made, tuple(sorted(typeset)), examined, drawn)


def attachments_of(work: PlanWork, association: Association, origin: Origin, texts: Texts) -> tuple[Attachment, ...]:
    """Return a PDF's attachments: the budget and the plan, with the same bytes as beside the page."""
    budget = budget_table(work.plan, work.excerpt.budget_rows, origin)
    whole = whole_plan(work.plan, association, origin)
    return (
        Attachment(BUDGET.file, budget, MEDIA_TYPES["csv"], texts.say(PLAN_FILES[BUDGET.file])),
        Attachment(WHOLE, whole, MEDIA_TYPES["json"], texts.say(PLAN_FILES[WHOLE])),
    )


def _in_workers(maker: PdfMaker, waiting: Sequence[PdfTask]) -> Iterator[list[PdfWork]]:
    """Typeset in workers that are replaced regularly, which bounds the typesetter's memory."""
    many = FEW * available_cores()
    for start in range(0, len(waiting), many):
        yield from spread(maker.make, waiting[start : start + many], apart=True)


def without_menus(surroundings: Surroundings) -> Surroundings:
    """Return the surroundings without menus, so that a new page makes no PDF stale."""
    return replace(surroundings, menu=(), footer=())


def _register(page: PlanPage) -> Iterator[str]:
    """Yield the decision's references in minutes and register: "§ 42", "diarienummer 2024:17"."""
    for fact in page.facts:
        if fact.term == PARAGRAPH:
            yield fact.text
        if fact.term == REGISTRATION:
            yield f"{fact.term.lower()} {fact.text}"


def _label(page: PlanPage, association: Association, standing: Standing, surroundings: Surroundings) -> Label:
    banner = (page.banner.label,) if page.banner and page.banner.label not in page.status else ()
    foot = (association.short_name, page.title, page.status, *banner)
    registered = (*foot, *_register(page))
    return Label(
        title=page.title,
        organisation=association.name,
        author=surroundings.reteller or "" if page.retold else association.name,
        description=page.lead,
        foot=registered if len(" · ".join(registered)) <= FOOT else foot,
        site=surroundings.site_name,
        address=f"{surroundings.address}{standing.cited}" if surroundings.address else None,
        base=f"{surroundings.address}{standing.path}" if surroundings.address else None,
    )
