"""A page of running text."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from markupsafe import Markup

from insyn.markdown.article import Article, Heading
from insyn.model import TextPage
from insyn.pages.frame import Neighbour, Page, Surroundings, frame
from insyn.pages.parts import ContentsItem, SearchTags
from insyn.swedish import capitalised
from insyn.versions.arrangement import Shelf

TEXT_LEVEL = 2
TEXT_PAGE_IDS = frozenset({"huvudinnehall", "innehall"})


class ArticlePage(Page, frozen=True):
    template: ClassVar = "pages/article.html"
    title: str
    contents: tuple[ContentsItem, ...]
    article_html: Markup
    search: SearchTags


def text_page(page: TextPage, article: Article, surroundings: Surroundings) -> ArticlePage:
    """Compose a page of running text."""
    path = f"{page.id}/"
    return ArticlePage(
        frame=frame(
            surroundings,
            path,
            title=page.title,
            description=f"{page.title}: {surroundings.site_name}.",
            above=(Neighbour(page.title, path),),
        ),
        title=page.title,
        contents=tuple(_contents(article.headings)),
        article_html=Markup(article.html),
        search=SearchTags(Shelf.CURRENT.value),
    )


def _contents(headings: Iterable[Heading]) -> Iterator[ContentsItem]:
    for heading in headings:
        if heading.level == TEXT_LEVEL:
            yield ContentsItem(heading.id, capitalised(heading.text))
