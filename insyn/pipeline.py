"""The story of a build: take stock, read and check what is new, draw and render what depends on it, publish.

Every result is remembered by the key of all that made it (`keys`). So a build does what is new and nothing else, and
comes to the same bytes as one that begins with nothing. Nothing is published before all of it is known to be right.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from insyn.checks.links import broken_links
from insyn.composition import compose_others, surroundings_of
from insyn.disk import content as content_folder
from insyn.disk import latest, materials, output
from insyn.disk.inventory import Inventory, hash_of, signature_of, take
from insyn.disk.latest import Latest
from insyn.disk.output import Staging
from insyn.disk.store import Store
from insyn.examination import PlanFacts, SiteFacts, examine_plan, examine_site
from insyn.keys import Tools, hash_templates
from insyn.pages.digest import PlanDigest, plans_by_association
from insyn.pages.frame import NOT_FOUND
from insyn.pages.plan_page import plan_path
from insyn.plan_pages import PlanRenderer, PlanTask
from insyn.problems import Found, Place, Problem, problem
from insyn.reading.content import read_surround
from insyn.reading.sources import Listing, SourceFile, listing_of
from insyn.recall import Recall
from insyn.rendering import TEMPLATES, make_environment, render
from insyn.texts import Texts, read_texts
from insyn.workers import spread, will_fork

Progress = Callable[[str, int, int], None]
"""Told which step is under way (a key of the catalogue), and how many of how many are done."""
LIBRARIES = frozenset(
    {"jinja2", "markupsafe", "markdown_it_py", "mdit_py_plugins", "pyyaml", "matplotlib", "mdurl", "msgspec"}
)


class Work(Struct, frozen=True):
    """What was done anew: plans read, charts drawn, pages rendered, files written."""

    plans: int = 0
    drawings: int = 0
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Outcome(Struct, frozen=True):
    """What a build or a check came to."""

    problems: tuple[Problem, ...]
    """Errors and warnings."""
    texts: Texts
    plans: int
    associations: int
    pages: int = 0
    notes: tuple[Problem, ...] = ()
    """What else there is to know; only when it was asked for."""
    work: Work = field(default_factory=Work)
    stock: tuple[Inventory, Inventory] | None = None
    """What the published site was made from: the content and the tools. None when nothing was published."""
    outputs: Mapping[str, latest.Output] = field(default_factory=dict)
    """The key of each published file, and its signature when it was put there."""
    fresh: frozenset[str] = frozenset()
    """The plans' files that were read anew, by the path that people know them by."""

    @property
    def has_errors(self) -> bool:
        return any(self.texts.is_error(problem) for problem in self.problems)


class Job(Struct, frozen=True):
    """One content folder to be made into one output folder, and all that it takes."""

    content: Path
    output: Path
    stock: tuple[Inventory, Inventory]
    listing: Listing
    tools: Tools
    texts: Texts
    materials: materials.Materials
    progress: Progress

    @property
    def cache(self) -> Path:
        return latest.cache_folder(self.output)


class Examined(Struct, frozen=True):
    """The whole site as it is known before pages are made."""

    site: SiteFacts
    plans: tuple[tuple[SourceFile, str, PlanFacts], ...]
    """Each plan's file, its key and what is known of it."""
    problems: tuple[Problem, ...]
    fresh: frozenset[str]
    """The plans' files that were read anew, by the path that people know them by."""

    def digests(self) -> tuple[PlanDigest, ...]:
        return tuple(facts.digest for _, _, facts in self.plans if facts.digest)


def build(content: Path, target: Path, progress: Progress, project: Path = latest.PROJECT) -> Outcome:
    """Make the site and publish it, unless an error stops it. Raises NotOurs, Unwritable, Unreadable, Changed, Lost."""
    output.check_ours(target)
    before = latest.read(content, target)
    job = _begin(content, target, project, before, progress)
    examined = _examine(job)
    outcome = _outcome(job, examined)
    if outcome.has_errors:
        return outcome
    return _publish(job, examined, outcome, before.outputs if before else {})


def check(content: Path, target: Path, progress: Progress, project: Path = latest.PROJECT) -> Outcome:
    """Do everything that can find a fault; draw and publish nothing. Raises Unreadable, Changed, Lost."""
    job = _begin(content, target, project, latest.read(content, target), progress)
    return _outcome(job, _examine(job))


def check_all(content: Path, target: Path, progress: Progress, project: Path = latest.PROJECT) -> Outcome:
    """Do what `check` does, and tell of everything that is worth knowing too. Raises Unreadable, Changed, Lost."""
    job = _begin(content, target, project, latest.read(content, target), progress)
    examined = _examine(job)
    return replace(_outcome(job, examined), notes=tuple(_notes(job, examined)))


def _notes(job: Job, examined: Examined) -> Iterator[Problem]:
    """Fetch what is told of each plan only to those who ask; make it again where the store couldn't keep it."""
    store = Store(job.cache)
    known = store.get_many(f"notes:{key}" for _, key, _ in examined.plans)
    store.close()
    associations = {association.id: association for association in examined.site.surround.associations}
    for file, key, _ in examined.plans:
        notes = known.get(f"notes:{key}")
        if notes is None:
            texts, _ = content_folder.read_texts(job.content, job.content.name, [file])
            source, association = texts.get(file.path), associations.get(file.name)
            notes = examine_plan(file, source, association, job.texts).notes if source else ()
        yield from notes


def remember(outcome: Outcome, content: Path, target: Path, report: str, summary: str) -> None:
    """Remember a published site and what was printed, so that a build with nothing to do ends at once."""
    if outcome.stock is not None:
        latest.write(Latest(*outcome.stock, dict(outcome.outputs), report, summary), content, target)


# --- Taking stock ---------------------------------------------------------------------------------------------------


def _begin(content: Path, target: Path, project: Path, before: Latest | None, progress: Progress) -> Job:
    stock = take(str(content), latest.is_content, before.content if before else None)
    tools = materials.take_tools(project, before.tools if before else None)
    read = materials.read_materials(project)
    code = hash_of(materials.hash_of_code(tools), sys.version, *materials.installed(LIBRARIES))
    keys = Tools(code, hash_of(*(read.fonts[name] for name in sorted(read.fonts))), hash_templates(read.templates))
    listing = listing_of({path: found for path, (_, found) in stock.files.items()})
    return Job(content, target, (stock, tools), listing, keys, read_texts(read.texts), read, progress)


def _outcome(job: Job, examined: Examined) -> Outcome:
    return Outcome(
        problems=examined.problems,
        texts=job.texts,
        plans=len(examined.digests()),
        associations=len(examined.site.surround.associations),
        work=Work(plans=len(examined.fresh)),
        fresh=examined.fresh,
    )


# --- Reading and checking -------------------------------------------------------------------------------------------


def _examine(job: Job) -> Examined:
    store = Store(job.cache)
    site = _examine_site(job, store)
    keys = _plan_keys(job, site)
    known = store.get_many(f"facts:{key}" for key in keys.values())
    new = [file for file in job.listing.plans if f"facts:{keys[file.path]}" not in known]
    if new:
        store.begin()
    store.close()
    facts = {file.path: known.get(f"facts:{keys[file.path]}") for file in job.listing.plans}
    facts |= _examine_plans(job, site, keys, new)
    plans = tuple((file, keys[file.path], facts[file.path] or _unread(job, file)) for file in job.listing.plans)
    examined = Examined(site, plans, (), frozenset(f"{job.content.name}/{file.path}" for file in new))
    examined = replace(examined, problems=tuple(_problems(job, examined)))
    return replace(examined, problems=(*examined.problems, *_check_there_is_something(job, examined)))


def _unread(job: Job, file: SourceFile) -> PlanFacts:
    """Say of a plan only that its file isn't text."""
    found = Found()
    found.add("file-not-text", Place(f"{job.content.name}/{file.path}"))
    return PlanFacts(None, tuple(found.problems), ())


def _examine_site(job: Job, store: Store) -> SiteFacts:
    """Read everything but the plans. It is little, so one changed file has it all read again."""
    listing = job.listing
    files = [*([listing.settings] if listing.settings else []), *listing.associations, *listing.pages]
    plans = [file.path for file in listing.plans]
    parts = [f"{file.path}:{file.hash}" for file in files]
    key = hash_of("site", job.tools.code, job.content.name, *parts, "plans", *plans, "strays", *listing.strays)
    known = store.get(key)
    if isinstance(known, SiteFacts):
        return known
    texts, problems = content_folder.read_texts(job.content, job.content.name, files)
    surround = read_surround(listing, texts, job.content.name)
    site = examine_site(replace(surround, problems=(*problems, *surround.problems)))
    store.put(key, site)
    return site


def _plan_keys(job: Job, site: SiteFacts) -> dict[str, str]:
    """Return each plan's key. A förbund that couldn't be read, or isn't listed, is not what its plan was read with."""
    read = {association.id for association in site.surround.associations}
    associations = {file.name: file.hash for file in job.listing.associations if file.name in read}
    return {
        file.path: job.tools.plan(f"{job.content.name}/{file.path}", file.hash, associations.get(file.name, ""))
        for file in job.listing.plans
    }


def _examine_plans(
    job: Job, site: SiteFacts, keys: Mapping[str, str], files: Sequence[SourceFile]
) -> dict[str, PlanFacts]:
    associations = {association.id: association for association in site.surround.associations}

    def examine(piece: Sequence[SourceFile]) -> list[tuple[str, PlanFacts]]:
        store, found = Store(job.cache), []
        texts, _ = content_folder.read_texts(job.content, job.content.name, piece)
        for file in piece:
            if file.path in texts:
                examined = examine_plan(file, texts[file.path], associations.get(file.name), job.texts)
                store.put(f"facts:{keys[file.path]}", examined.facts)
                store.put(f"work:{keys[file.path]}", examined.work)
                store.put(f"notes:{keys[file.path]}", examined.notes)
                found.append((file.path, examined.facts))
        store.close()
        return found

    results: dict[str, PlanFacts] = {}
    job.progress("progress-read", 0, len(files))
    for made in spread(examine, files):
        results.update(made)
        job.progress("progress-read", len(results), len(files))
    return results


def _problems(job: Job, examined: Examined) -> Iterator[Problem]:
    yield from examined.site.problems
    for _, _, facts in examined.plans:
        yield from facts.problems
    yield from _check_links(job, examined)


def _check_there_is_something(job: Job, examined: Examined) -> Iterator[Problem]:
    """A site without a plan is a mistake, unless other faults explain it."""
    faults = any(job.texts.is_error(problem) for problem in examined.problems)
    if not examined.digests() and not faults:
        yield problem("no-plans", Place(f"{job.content.name}/webbplats.yaml"))


def _check_links(job: Job, examined: Examined) -> Iterator[Problem]:
    """Look up the links that staff have written from page to page."""
    surround = examined.site.surround
    plans = {plan_path(facts.digest): (file, key) for file, key, facts in examined.plans if facts.digest}
    others = {f"{association.id}/" for association in surround.associations}
    others |= {f"{page.id}/" for page in surround.pages}
    links = [*examined.site.links]
    links += [(plan_path(facts.digest), link) for _, _, facts in examined.plans if facts.digest for link in facts.links]
    recall = Recall(job.content, examined.site, job.texts)

    def anchors(path: str) -> frozenset[str] | None:
        """Return the ids on a page. A plan's are fetched when they are asked for, which is seldom."""
        if path not in plans:
            return examined.site.anchors.get(path)
        file, key = plans[path]
        store = Store(job.cache)
        work = recall.work(file, key, store)
        store.close()
        return work.anchors(recall.associations[file.name])

    return broken_links(links, {"", *others, *plans}, anchors)


# --- Making pages ---------------------------------------------------------------------------------------------------


def _publish(job: Job, examined: Examined, outcome: Outcome, former: Mapping[str, latest.Output]) -> Outcome:
    """Make the files that aren't as they should be, and put them in place when all of them are made."""
    surroundings = surroundings_of(examined.site)
    tasks = _plan_tasks(job, examined, hash_of(repr(surroundings)))
    others = {
        _file_of(other.path): other.page for other in compose_others(examined.site, examined.digests(), surroundings)
    }
    keys = {path: hash_of(body) for path, body in job.materials.assets.items()}
    keys |= {path: job.tools.page(TEMPLATES[type(page)], repr(page)) for path, page in others.items()}
    keys |= {task.path: task.page_key for task in tasks}
    stale = {path for path, key in keys.items() if not _is_published(job.output, path, key, former)}
    outputs = {path: (key, former[path][1]) for path, key in keys.items() if path not in stale}
    staging = Staging(job.output)
    try:
        for path in sorted(stale & job.materials.assets.keys()):
            staging.write(path, job.materials.assets[path])
        environment = make_environment(job.materials.templates, job.materials.compiled)
        for path in sorted(stale & others.keys()):
            staging.write(path, render(others[path], environment).encode())
        drawn = _render_plans(job, examined, [task for task in tasks if task.path in stale], staging)
        if stale or former.keys() - keys.keys() or output.ours_in(job.output) != frozenset(keys):
            job.progress("progress-write", len(stale), len(stale))
            signatures = output.publish(staging, stale, outputs)
            outputs |= {path: (keys[path], signature) for path, signature in signatures.items()}
    finally:
        staging.remove()
    pages = tuple(sorted(stale - job.materials.assets.keys()))
    work = Work(len(examined.fresh), drawn, pages, tuple(sorted(stale)))
    count = len(keys) - len(job.materials.assets)
    return replace(outcome, pages=count, work=work, stock=job.stock, outputs=outputs)


def _plan_tasks(job: Job, examined: Examined, surroundings: str) -> list[PlanTask]:
    """Return what it takes to make each plan's page."""
    own_plans = plans_by_association(examined.digests())
    latest_decided = {name: _latest_decided(own) for name, own in own_plans.items()}
    tasks = []
    for file, key, facts in examined.plans:
        if facts.digest:
            year = latest_decided[facts.digest.association]
            newer = year if year > facts.digest.year else None
            page_key = job.tools.plan_page(key, newer, surroundings)
            tasks.append(PlanTask(_file_of(plan_path(facts.digest)), file, key, page_key, facts.digest, newer))
    return tasks


def _latest_decided(own: Sequence[PlanDigest]) -> int:
    """Return the year of a förbund's latest decided plan, 0 when it has none."""
    return max((digest.year for digest in own if digest.is_decided), default=0)


def _is_published(folder: Path, path: str, key: str, former: Mapping[str, latest.Output]) -> bool:
    """Whether a file made by this key lies in the output folder, as it was when it was put there."""
    made_by, signature = former.get(path, ("", None))
    return made_by == key and signature is not None and signature_of(f"{folder}/{path}") == signature


def _render_plans(job: Job, examined: Examined, tasks: Sequence[PlanTask], staging: Staging) -> int:
    """Render plans' pages into the staging folder; return how many charts had to be drawn."""
    if not tasks:
        return 0
    recall = Recall(job.content, examined.site, job.texts)
    renderer = PlanRenderer(recall, job.cache, job.tools, job.materials, staging)
    if will_fork(tasks):
        renderer.prepare()
    drawn = done = 0
    job.progress("progress-pages", 0, len(tasks))
    for counts in spread(renderer.render, tasks):
        drawn, done = drawn + sum(counts), done + len(counts)
        job.progress("progress-pages", done, len(tasks))
    return drawn


def _file_of(path: str) -> str:
    return path if path == NOT_FOUND else f"{path}index.html"
