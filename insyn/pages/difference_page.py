"""The page "Vad som ändrades" for two versions: the difference in a sentence, then money, goals, text, facts."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from insyn.differences import Difference, VersionSummary
from insyn.model import Association, Revision, Status
from insyn.pages.difference_tables import amount_tables, column_notes, measure_table, row_notes
from insyn.pages.difference_texts import aim_view, chapter_views, introduction_view, passage_view
from insyn.pages.difference_views import (
    SECTIONS,
    ComparedVersion,
    DifferenceCell,
    DifferencePage,
    PassageView,
)
from insyn.pages.frame import Neighbour, Surroundings, frame, link
from insyn.pages.history import EventView
from insyn.pages.parts import ContentsItem
from insyn.pages.sections import contents_of
from insyn.swedish import HARD_SPACE, capitalised, day, number_word
from insyn.texts import Texts


class DifferencePaths(Struct, frozen=True):
    """The addresses of the page and of both versions, from the root of the site: "norr/2025/andringar/"."""

    own: str
    older: str
    newer: str


def difference_page(
    older_version_name: str,
    newer_version_name: str,
    difference: Difference,
    association: Association,
    surroundings: Surroundings,
    paths: DifferencePaths,
    texts: Texts,
) -> DifferencePage:
    """Compose the page. The names are those used in links to the two versions."""
    title = texts.say("difference-title-follow-up" if difference.is_follow_up else "difference-title")
    versions = f"{older_version_name} – {newer_version_name}"
    newer, budget = difference.newer, difference.budget
    retold = difference.older.retold or newer.retold
    renumbered = difference.text.renumbered
    page = DifferencePage(
        frame=frame(
            surroundings,
            paths.own,
            title=f"{title}: {versions} – {newer.title} – {association.name}",
            description=difference.summary(texts),
            above=(
                Neighbour(association.name, f"{association.id}/"),
                Neighbour(newer.title, f"{association.id}/{newer.year}/"),
                Neighbour(title, paths.own),
            ),
            indexed=False,
        ),
        title=title,
        subtitle=f"{newer.title}, {association.name}",
        lead=difference.summary(texts),
        versions=(
            _version(
                "difference-before", Neighbour(older_version_name, paths.older), difference.older, paths.own, texts
            ),
            _version("difference-after", Neighbour(newer_version_name, paths.newer), newer, paths.own, texts),
        ),
        contents=(),
        has_marks=False,
        accounts=tuple(_accounts(difference.revisions, texts)),
        measures=measure_table(budget, texts),
        columns=tuple(column_notes(budget, texts)),
        rows=tuple(row_notes(budget, texts)),
        tables=tuple(amount_tables(budget, texts)),
        notes=tuple(passage_view(passage, texts) for passage in (*budget.notes, *budget.deviations)),
        goals=tuple(aim_view(change, "goal", texts) for change in difference.goals),
        follow_up=tuple(aim_view(change, "point", texts) for change in difference.follow_up),
        financial_goals=tuple(passage_view(passage, texts) for passage in difference.financial_goals),
        introductions=tuple(introduction_view(change, texts) for change in difference.introductions),
        retold=texts.say("difference-retold") if retold else None,
        renumbered=_renumbered(renumbered, texts),
        chapters=tuple(chapter_views(difference.text.chapters, texts)),
        facts=tuple(_facts(difference, texts)),
    )
    marked = any(passage.kind == "changed" for passage in _passages(page))
    return replace(page, contents=tuple(_contents(page)), has_marks=marked)


def _version(term: str, to: Neighbour, version: VersionSummary, here: str, texts: Texts) -> ComparedVersion:
    status = _status(version, texts)
    is_said = status.replace(HARD_SPACE, " ") in to.text.replace(HARD_SPACE, " ")
    return ComparedVersion(texts.say(term), link(here, to), version.status.value, None if is_said else status)


def _status(version: VersionSummary, texts: Texts) -> str:
    """Return the status of a version, with its day if that is known."""
    key = f"status-{version.status.value}"
    if version.status not in (Status.ADOPTED, Status.REVISED):
        return texts.say(key)
    return texts.say(key, day=day(version.day)) if version.day else texts.say(f"{key}-undated")


def _accounts(revisions: Iterable[Revision], texts: Texts) -> Iterator[EventView]:
    for revision in revisions:
        paid = texts.say("difference-financing", financing=revision.financing) if revision.financing else ""
        said = " ".join(text for text in (revision.summary, paid) if text)
        if said:
            yield EventView(day(revision.day), revision.day.isoformat(), said, "")


def _passages(page: DifferencePage) -> Iterator[PassageView]:
    """Yield every passage of the page."""
    yield from (*page.notes, *page.financial_goals)
    yield from (passage for row in page.rows for passage in row.passages)
    yield from (passage for chapter in page.chapters for passage in chapter.passages)
    aims = (*page.goals, *page.follow_up, *page.introductions)
    yield from (passage for aim in aims for one in (aim, *aim.parts) for passage in one.passages)


def _facts(difference: Difference, texts: Texts) -> Iterator[tuple[str, DifferenceCell, DifferenceCell]]:
    older, newer = difference.older, difference.newer
    was, now = _status(older, texts), _status(newer, texts)
    if was != now:
        yield texts.say("difference-fact-status"), DifferenceCell(was), DifferenceCell(now)
    for change in difference.facts:
        before, after = _said(change.older, texts), _said(change.newer, texts)
        yield texts.say(f"difference-fact-{change.fact.value}"), before, after


def _said(fact: str | None, texts: Texts) -> DifferenceCell:
    return DifferenceCell(fact) if fact else DifferenceCell(texts.say("difference-untold"), is_word=True)


def _renumbered(count: int, texts: Texts) -> str | None:
    if not count:
        return None
    key = "difference-renumbered-one" if count == 1 else "difference-renumbered-many"
    return texts.say(key, count=capitalised(number_word(count)))


def _contents(page: DifferencePage) -> Iterator[ContentsItem]:
    """Yield the page's chapters, and under the one about the plan's text, the plan's own."""
    chapters = tuple(ContentsItem(chapter.id, chapter.heading) for chapter in page.chapters)
    for item in contents_of(SECTIONS, page):
        yield replace(item, items=chapters) if item.id == "texten" else item
