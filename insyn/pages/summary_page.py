"""A page beside a plan: the plan as lättläst, or a summary of it in another language."""

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from insyn.markdown.article import Article
from insyn.model import Association, Status, Summary
from insyn.pages.frame import Neighbour, Page, Surroundings, frame, link
from insyn.pages.parts import PageLink, SearchTags
from insyn.texts import Texts
from insyn.versions.arrangement import Shelf
from insyn.vocabulary import EASY, FROM_RIGHT, LANGUAGES

ENGLISH, SWEDISH = "en", "sv"


class LanguageLink(Struct, frozen=True):
    """A link to a page, in that page's language."""

    link: PageLink
    lang: str


class ToldPlan(Struct, frozen=True):
    """The plan that a summary is about."""

    path: str
    title: str
    status: Status
    status_text: str
    shelf: Shelf


class SummaryPage(Page, frozen=True):
    """A summary in another language than Swedish."""

    template: ClassVar = "pages/summary.html"
    title: str
    lang: str
    right_to_left: bool
    chrome: str
    """The language of the text around the summary."""
    skip: str
    menu: str
    here: str
    about: str
    plan: PageLink
    status: str
    written_by: str | None
    article_html: Markup
    search: SearchTags


class EasyPage(SummaryPage, frozen=True):
    """A lättläst text of a current plan, which is searchable."""


def kind_of(summary: Summary, shelf: Shelf) -> type[SummaryPage]:
    return EasyPage if summary.address == EASY and shelf is Shelf.CURRENT else SummaryPage


def language_links(here: str, year: str, addresses: tuple[str, ...], texts: Texts) -> tuple[LanguageLink, ...]:
    """Return links from a plan's page to the texts beside it, each in its own language. `year` is the year's path."""
    named = ((one, LANGUAGES.get(one) or texts.say("summary-easy")) for one in addresses)
    return tuple(
        LanguageLink(link(here, Neighbour(name, f"{year}{one}/")), SWEDISH if one == EASY else one)
        for one, name in named
    )


def summary_page(
    summary: Summary, article: Article, plan: ToldPlan, association: Association, around: Surroundings, texts: Texts
) -> SummaryPage:
    """Compose the page of a text beside a plan."""
    easy = summary.address == EASY
    lang, path = SWEDISH if easy else summary.address, f"{summary.id}/"
    chrome = ENGLISH if lang == ENGLISH else SWEDISH
    above = (Neighbour(association.short_name, f"{association.id}/"), Neighbour(plan.title, plan.path))
    kind = kind_of(summary, plan.shelf)
    by = summary.written_by
    return kind(
        frame=frame(
            around,
            path,
            title=f"{summary.title} – {association.name}",
            description=f"{summary.title}: {association.name} {summary.year}.",
            above=(*above, Neighbour(summary.title, path)),
        ),
        title=summary.title,
        lang=lang,
        right_to_left=lang in FROM_RIGHT,
        chrome=chrome,
        skip=texts.say(f"summary-skip.{chrome}"),
        menu=texts.say(f"summary-menu.{chrome}"),
        here=texts.say(f"summary-here.{chrome}"),
        about=texts.say("summary-about.easy" if easy else f"summary-about.{chrome}"),
        plan=link(path, Neighbour(plan.title, plan.path)),
        status=texts.say(f"summary-status.{plan.status.value}") if chrome == ENGLISH else plan.status_text,
        written_by=texts.say(f"summary-by.{chrome}", by=by) if by else None,
        article_html=Markup(article.html),
        search=SearchTags(plan.shelf.value, association=association.id, year=summary.year),
    )
