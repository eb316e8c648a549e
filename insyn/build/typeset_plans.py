"""Makes plans' PDFs: composes the page again as it is on paper, sees if the PDF is new, typesets, stages.

A PDF takes half a second, so it is remembered twice over. The key of all that may decide it tells without composing
anything that it is as it was; if something has changed, the key of what it is set from tells whether that has.
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
from insyn.pages.plan_page import Offered, PdfFile, PlanPage, Standing
from insyn.parallel.cores import available_cores
from insyn.parallel.workers import spread, will_fork
from insyn.pdf.attachments import Attachment
from insyn.pdf.document import Label, read_document
from insyn.pdf.tree import Document
from insyn.reading.sources import SourceFile
from insyn.site.facts import PlanWork
from insyn.site.layout import SiteLayout
from insyn.site.plans import compose_plan, on_paper, origin_of, paper_origin, standings_of
from insyn.texts import Texts
from insyn.versions.digest import PlanDigest

FEW = 5
"""PDFs that one worker makes: the typesetter keeps some 25 MB of each, and a worker takes 0.1 s to begin."""


class PdfTask(Struct, frozen=True):
    """A plan's PDF to be made, if what it is set from has changed."""

    path: str
    file: SourceFile
    key: str
    """Of what was made of the plan alone."""
    document_key: str
    standing: Standing
    origin: Origin
    day: date
    """The day of the version, which the PDF says that it was made."""


class MadePdf(Struct, frozen=True):
    """What is remembered of a PDF: what it was made from, and what its page tells of it."""

    key: str
    file: PdfFile


class PdfWork(Struct, frozen=True):
    """A PDF that is as it should be, and what that took."""

    path: str
    made: MadePdf
    is_new: bool
    """Whether it was typeset."""
    drawn: int
    """How many charts had to be drawn for it."""


class Papers(Struct, frozen=True):
    """The PDFs of a site."""

    made: Mapping[str, MadePdf]
    """By path."""
    typeset: tuple[str, ...] = ()
    """The paths of those that were typeset."""
    drawn: int = 0
    """How many charts had to be drawn for them."""

    def of(self, folder: str) -> PdfFile:
        """Return the PDF beside a plan's page."""
        return self.made[f"{folder}{PDF}"].file


class PdfMaker(Struct, frozen=True):
    """What every plan's PDF is made with. A forked worker has its own copy."""

    renderer: PlanRenderer
    tools: PrintCacheKeys
    printing: Printing
    surroundings: Surroundings
    published: Mapping[str, str]
    """The keys of the PDFs that lie in the output folder as they were put there."""
    output: Path

    def for_many(self) -> "PdfMaker":
        """Return what several workers can make PDFs with: the process that draws answers one at a time."""
        return replace(self, renderer=replace(self.renderer, drawer=replace(self.renderer.drawer, ahead=None)))

    def known(self, tasks: Sequence[PdfTask]) -> dict[str, MadePdf]:
        """Return, by path, the PDFs that are published and can't have changed."""
        store = Store(self.renderer.cache)
        found = store.get_many(task.document_key for task in tasks)
        store.close()
        known = {task.path: found.get(task.document_key) for task in tasks}
        return {
            path: made
            for path, made in known.items()
            if isinstance(made, MadePdf) and made.key == self.published.get(path)
        }

    def make(self, tasks: Sequence[PdfTask]) -> list[PdfWork]:
        """Stage the PDFs that are new."""
        store = Store(self.renderer.cache)
        made = [self._make(task, store) for task in tasks]
        store.close()
        return made

    def _make(self, task: PdfTask, store: Store) -> PdfWork:
        document, attachments, drawn = self._document(task, store)
        written = [msgspec.json.encode(one) for one in (document, *attachments)]
        key = self.tools.pdf(task.day.isoformat(), *written)
        made, is_new = store.get(key), False
        if not isinstance(made, MadePdf) or not self._is_there(task.path, made):
            made, is_new = self._typeset(task, key, document, attachments), True
            store.put(key, made)
        store.put(task.document_key, made)
        return PdfWork(task.path, made, is_new, drawn)

    def _document(self, task: PdfTask, store: Store) -> tuple[Document, tuple[Attachment, ...], int]:
        """Compose the page as it is on paper, without the way to the PDF itself."""
        renderer = self.renderer
        work = renderer.recall.work(task.file, task.key, store)
        association = renderer.recall.associations[task.file.name]
        drawings, drawn = renderer.draw_all(work, store)
        texts = renderer.recall.texts
        offered = Offered(drawings, {}, None)
        page = compose_plan(work, association, task.standing, offered, self.surroundings, texts)
        label = _label(page, association, task.standing, self.surroundings)
        html = render(page, renderer.environment, PlanPage.paper_template)
        document = read_document(html, label, self.printing.characters, self.printing.sheet)
        return document, carried(work, association, task.origin, texts), drawn

    def _is_there(self, path: str, made: MadePdf) -> bool:
        """Whether the PDF lies in the output folder. If that isn't recorded its bytes tell, and are put there anew."""
        if self.published.get(path) == made.key:
            return True
        body = read_published(self.output, path)
        if body is None or sha256(body).hexdigest() != made.file.facts.sha256:
            return False
        self.renderer.staging.write(path, body)
        return True

    def _typeset(self, task: PdfTask, key: str, document: Document, attachments: tuple[Attachment, ...]) -> MadePdf:
        """Import the typesetter, which only a process that can't fork any more may use, and set the document."""
        from insyn.pdf.typesetting import make_pdf

        finished = make_pdf(document, attachments, task.day, self.printing.template, self.printing.faces)
        self.renderer.staging.write(task.path, finished.body)
        return MadePdf(key, PdfFile(facts_of(PDF, finished.body), finished.pages))


def pdf_tasks(
    plans: SiteLayout, sources: Mapping[PlanDigest, tuple[SourceFile, str]], tools: PrintCacheKeys, texts: Texts
) -> Iterator[PdfTask]:
    """Yield what it takes to make the PDF of each version of each plan."""
    around = repr(without_menus(plans.surroundings))
    for version, _ in standings_of(plans, texts):
        file, key = sources[version.digest]
        paper = on_paper(version)
        origin = paper_origin(origin_of(plans.site, version, texts), version, paper)
        yield PdfTask(
            path=f"{version.path}{PDF}",
            file=file,
            key=key,
            document_key=tools.document(key, repr(paper), repr(origin), around),
            standing=paper,
            origin=origin,
            day=version.digest.came or date(version.digest.year, 1, 1),
        )


def make_papers(maker: PdfMaker, tasks: Sequence[PdfTask], progress: Callable[[int, int], None]) -> Papers:
    """Make the PDFs that aren't as they should be; return all. `progress` is told how many of how many are done."""
    made = maker.known(tasks)
    waiting = [task for task in tasks if task.path not in made]
    if len(waiting) > 1:
        maker = maker.for_many()
    if will_fork(waiting):
        maker.renderer.prepare()
    drawn, typeset, done = 0, [], 0
    progress(0, len(waiting))
    for some in _in_workers(maker, waiting):
        for work in some:
            made[work.path] = work.made
            drawn, done = drawn + work.drawn, done + 1
            typeset += [work.path] if work.is_new else []
        progress(done, len(waiting))
    return Papers(made, tuple(sorted(typeset)), drawn)


def carried(work: PlanWork, association: Association, origin: Origin, texts: Texts) -> tuple[Attachment, ...]:
    """Return the files that a plan's PDF carries with it: byte for byte those that lie beside its page."""
    budget = budget_table(work.plan, work.excerpt.budget_rows, origin)
    whole = whole_plan(work.plan, association, origin)
    return (
        Attachment(BUDGET.file, budget, MEDIA_TYPES["csv"], texts.say(PLAN_FILES[BUDGET.file])),
        Attachment(WHOLE, whole, MEDIA_TYPES["json"], texts.say(PLAN_FILES[WHOLE])),
    )


def _in_workers(maker: PdfMaker, waiting: Sequence[PdfTask]) -> Iterator[list[PdfWork]]:
    """Make PDFs in workers that are new now and then, which bounds what the typesetter keeps in memory."""
    many = FEW * available_cores()
    for start in range(0, len(waiting), many):
        yield from spread(maker.make, waiting[start : start + many], apart=True)


def without_menus(surroundings: Surroundings) -> Surroundings:
    """Return what a document shows of the site round it: no menus, so that a new page changes no PDF."""
    return replace(surroundings, menu=(), footer=())


def _label(page: PlanPage, association: Association, standing: Standing, surroundings: Surroundings) -> Label:
    banner = (page.banner.label,) if page.banner and page.banner.label not in page.status else ()
    return Label(
        title=page.title,
        organisation=association.name,
        is_author=page.retold is None,
        description=page.lead,
        foot=(association.short_name, page.title, page.status, *banner),
        site=surroundings.site_name,
        address=f"{surroundings.address}{standing.cited}" if surroundings.address else None,
        base=f"{surroundings.address}{standing.path}" if surroundings.address else None,
    )
