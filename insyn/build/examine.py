"""Examination of a plan, and of settings, förbund and text pages: everything that composing needs to know."""

from collections.abc import Iterator

from msgspec.structs import replace

from insyn.charts.catalogue import charts_of
from insyn.checks import accessibility, acknowledged, funders, personal, unfinished
from insyn.checks.deviations import without_needless
from insyn.checks.inner_links import broken_anchors, from_the_top, inner_links
from insyn.checks.plan import check_plan
from insyn.checks.text.checking import check_short_text, check_text
from insyn.law.judgement import Judgement
from insyn.law.judging import for_readers, judge, problems_of
from insyn.markdown.article import Article, Link, Setting
from insyn.markdown.render import check_inline, parse, parse_short, render_article
from insyn.model import Association, Plan, Status, Summary, TextPage
from insyn.pages.article_page import TEXT_PAGE_IDS
from insyn.pages.association_page import ASSOCIATION_IDS
from insyn.pages.excerpt import digest_of, excerpt_of
from insyn.pages.plan_page import SECTION_IDS, TEXT_LEVEL
from insyn.problems import Found, Problem
from insyn.reading.characters import normalised
from insyn.reading.plan_file import as_draft, is_draft, is_removed, read_plan_text, read_removal_text
from insyn.reading.sources import SourceFile, SourceText
from insyn.reading.surround import Surround
from insyn.site.facts import Examination, PlanFacts, PlanWork, SiteFacts
from insyn.texts import Texts
from insyn.versions.ledger import read_ledger
from insyn.vocabulary import EASY

OTHER_TEXT_LEVEL = 2
NOT_OF_FROZEN = frozenset({"unit-wrong"})
"""Errors that a frozen version may have: it was published with them, and can't be changed."""


def examine_plan(
    file: SourceFile, source: SourceText, association: Association | None, texts: Texts, drafts: bool = False
) -> Examination:
    """Read, check and judge a plan, render its text and describe its charts; those of a draft only with `drafts`."""
    if is_removed(source.text):
        return _examine_removal(file, source)
    plan, problems = read_plan_text(file, source)
    found = Found(list(personal.check(source.text, source.file)))
    personal.add(found, problems)
    if plan is None:
        problems = tuple(as_draft(found.problems) if is_draft(plan, source.text) else found.problems)
        return Examination(PlanFacts(None, problems, ()), None)
    found.problems.extend(one for one in check_plan(plan, problems) if not (file.version and one.code in NOT_OF_FROZEN))
    plan, texts = without_needless(plan, found.problems), texts.about(plan.document.value)
    found.problems.extend(funders.check(plan.budget, association) if association and association.members else ())
    setting, body = Setting(plan.place.file, plan.body_line, TEXT_LEVEL, SECTION_IDS), parse(plan.body)
    found.problems.extend(check_text(body, setting, plan.year))
    personal.add(found, personal.check_shown(body, setting))
    article = render_article(body, setting, found)
    links = (*article.links, *_check_short_texts(plan, found))
    _check_unfinished(source, found)
    found.problems.extend(from_the_top(links, f"{plan.association}/{plan.year}/"))
    judgements = _judge(plan, association, found, texts)
    told = [*found.problems, *problems_of(judgements)]
    outdated = acknowledged.outdated(told, plan.seen, texts) if judgements else ()
    new = [*acknowledged.unseen(told, plan.seen, texts), *outdated]
    notes = tuple(one for one in new if texts.is_note(one))
    found.problems[:] = [one for one in new if not texts.is_note(one)]
    if plan.status is Status.DRAFT:
        found.problems[:] = as_draft(found.problems)
    is_shown = drafts or plan.status is not Status.DRAFT
    if not is_shown or association is None or any(texts.would_stop(one) for one in found.problems):
        return Examination(PlanFacts(None, tuple(found.problems), ()), None, notes)
    charts = charts_of(plan, association, texts)
    excerpt = excerpt_of(plan, association, charts, texts)
    work = PlanWork(plan, excerpt, charts, article, for_readers(judgements))
    digest = digest_of(plan, file.version, file.hash, source.text, excerpt)
    if plan.status is Status.DRAFT:
        return Examination(PlanFacts(None, tuple(found.problems), (), draft=digest), work, notes)
    found.problems.extend(broken_anchors(links, work.anchors(association)))
    facts = PlanFacts(
        digest=digest,
        problems=tuple(_frozen_errors(found, texts) if file.version else found.problems),
        links=tuple(link for link in inner_links(links) if link.file_beside not in work.files),
        newest_day=accessibility.newest_day(plan),
    )
    return Examination(facts, work, () if file.version else notes)


def _examine_removal(file: SourceFile, source: SourceText) -> Examination:
    """Examine the file of a removed plan."""
    removal, problems = read_removal_text(file, source)
    found = Found(list(personal.check(source.text, source.file)))
    personal.add(found, problems)
    return Examination(PlanFacts(None, tuple(found.problems), (), removal=removal), None)


def _frozen_errors(found: Found, texts: Texts) -> Iterator[Problem]:
    """Yield a frozen version's errors. Its warnings were given when it was written."""
    return (one for one in found.problems if texts.is_error(one))


def _judge(plan: Plan, association: Association | None, found: Found, texts: Texts) -> tuple[Judgement, ...]:
    """Judge a plan without errors. Figures that must change anyway aren't judged."""
    if association is None or not association.members or any(texts.would_stop(one) for one in found.problems):
        return ()
    return judge(plan, association, texts)


def _check_short_texts(plan: Plan, found: Found) -> tuple[Link, ...]:
    """Check the front matter's Markdown texts; return their links."""
    links: list[Link] = []
    for short in plan.short_texts:
        parsed = parse_short(short.text)
        found.problems.extend(check_short_text(parsed, short.place, plan.year))
        links += check_inline(parsed, short.place, found)
    return tuple(links)


def _check_unfinished(source: SourceText, found: Found) -> None:
    """Report remaining placeholders, on lines without any other problem."""
    told = {one.place.line for one in found.problems if one.place.file == source.file}
    found.problems.extend(unfinished.check(source.text, source.file, told))


def examine_site(surround: Surround) -> SiteFacts:
    """Check settings and statement; render the texts of förbund and text pages."""
    found = Found()
    for source_text in surround.sources:
        found.problems.extend(personal.check(source_text.text, source_text.file))
    personal.add(found, surround.problems)
    if surround.settings:
        found.problems.extend(accessibility.check(surround.settings))
    articles: list[tuple[str, Article]] = []
    links: list[tuple[str, Link]] = []
    anchors: dict[str, frozenset[str]] = {}
    sources: list[Association | TextPage | Summary] = [*surround.associations, *surround.pages, *surround.summaries]
    for source in sources:
        taken = ASSOCIATION_IDS if isinstance(source, Association) else TEXT_PAGE_IDS
        setting = Setting(source.place.file, source.body_line, OTHER_TEXT_LEVEL, taken)
        body = parse(source.body)
        if not isinstance(source, Summary) or source.address == EASY:
            found.problems.extend(check_text(body, setting))
        personal.add(found, personal.check_shown(body, setting))
        article = render_article(body, setting, found)
        articles.append((source.place.file, article))
        here = f"{source.id}/"
        anchors[here] = taken | {heading.id for heading in article.headings}
        found.problems.extend(broken_anchors(article.links, anchors[here]))
        found.problems.extend(from_the_top(article.links, here))
        links += [(here, link) for link in inner_links(article.links)]
    for source_text in surround.sources:
        _check_unfinished(source_text, found)
    lines = read_ledger(normalised(surround.ledger.text), surround.ledger.file, found) if surround.ledger else None
    told = replace(surround, sources=(), ledger=None)
    return SiteFacts(told, tuple(articles), tuple(found.problems), tuple(links), lines, anchors)
