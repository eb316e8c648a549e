"""Runs every check of a text."""

from collections.abc import Callable, Iterator

from insyn.checks.text import characters, headings, leftovers, lists, marks, tables, tags
from insyn.checks.text.manuscript import Manuscript, Told, manuscript_of
from insyn.markdown.article import Setting
from insyn.markdown.parsed import ParsedText
from insyn.problems import Place, Problem

CHECKS: tuple[Callable[[Manuscript], Iterator[Told]], ...] = (
    tags.html,
    characters.unseen,
    marks.footnote_names,
    leftovers.open_fences,
    tables.lost_cells,
    tables.tabs,
    tables.rows_as_text,
    tables.swallowed_lines,
    leftovers.code,
    headings.shown_hashes,
    headings.contents,
    headings.typed_headings,
    headings.made_headings,
    lists.tasks,
    lists.points_as_text,
    characters.symbols,
    lists.lost_signs,
    lists.starred_notes,
    lists.split_lists,
    lists.changed_numbers,
    headings.bare_headings,
    headings.empty_chapters,
    headings.old_years,
    leftovers.page_remnants,
    leftovers.joined_lines,
    marks.shown_marks,
    leftovers.old_years,
)
"""In order of precedence: once a check has reported a line, the checks after it skip that line."""


def check_text(parsed: ParsedText, setting: Setting, year: int = 0) -> Iterator[Problem]:
    """Yield a problem for each part that isn't rendered as meant. `year` is the plan's; 0 for any other text."""
    text = manuscript_of(parsed, setting, year)
    told: set[int] = set()
    for check in CHECKS:
        for found, lines in list(check(text)):
            if told.isdisjoint(lines):
                yield found
                told.update(lines)


def check_short_text(parsed: ParsedText, place: Place, year: int) -> Iterator[Problem]:
    """Yield a problem for each part of a short text in the front matter that isn't rendered as its author meant."""
    yield from tags.html_in_short(parsed.tokens, place)
    yield from marks.shown_in_short(parsed.tokens, place)
    yield from leftovers.old_year_in_short(parsed.tokens, place, year)
