"""From a page's view to its HTML, by the template of its kind."""

from collections.abc import Mapping

from jinja2 import DictLoader, Environment, StrictUndefined

from insyn.pages.views import ArticlePage, AssociationPage, NotFoundPage, Page, PlanPage, StartPage
from insyn.swedish import softened

TEMPLATES: dict[type[Page], str] = {
    PlanPage: "pages/plan.html",
    AssociationPage: "pages/association.html",
    StartPage: "pages/start.html",
    ArticlePage: "pages/article.html",
    NotFoundPage: "pages/not_found.html",
}


def make_environment(templates: Mapping[str, str]) -> Environment:
    """Make templates ready for use from their texts by name. A name that a view doesn't have is our own fault."""
    environment = Environment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["softened"] = softened
    return environment


def render(page: Page, environment: Environment) -> str:
    """Render a page."""
    return environment.get_template(TEMPLATES[type(page)]).render(page=page, frame=page.frame)
