"""The sections of a page: its contents, its headings and its valid anchors are derived from one table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from insyn.pages.parts import ContentsItem

Subject = TypeVar("Subject")
CHAPTER = 2
"""The level of the headings that the contents list."""


def always(_: object) -> bool:
    return True


class PageSection(Struct, Generic[Subject], frozen=True):
    """A section of a page. `id` is its permanent anchor within the page."""

    id: str
    heading: str
    is_shown: Callable[[Subject], object] = always
    """Whether a page has it; a section that is shown is never empty."""
    level: int = CHAPTER


def headings_of(sections: Iterable[PageSection[Subject]]) -> Mapping[str, str]:
    """Return each section's heading by its id, for the template."""
    return {section.id: section.heading for section in sections}


def shown_sections(sections: Iterable[PageSection[Subject]], subject: Subject) -> Iterator[PageSection[Subject]]:
    return (section for section in sections if section.is_shown(subject))


def contents_of(sections: Iterable[PageSection[Subject]], subject: Subject) -> tuple[ContentsItem, ...]:
    """Return the list of contents of a page."""
    shown = shown_sections(sections, subject)
    return tuple(ContentsItem(section.id, section.heading) for section in shown if section.level == CHAPTER)
