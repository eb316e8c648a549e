"""The results of examining plans, and the site around them."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from insyn.charts.plan_charts import PlanCharts
from insyn.downloads.plan_files import file_names
from insyn.law.judgement import Judgement
from insyn.markdown.article import Article, Link
from insyn.model import Association, Plan, Removal
from insyn.pages.excerpt import PlanExcerpt
from insyn.pages.plan_page import anchors_of
from insyn.problems import Problem
from insyn.reading.surround import Surround
from insyn.versions.digest import PlanDigest
from insyn.versions.ledger import LedgerLine


class PlanFacts(Struct, frozen=True):
    """The small part of an examination that every build needs. Cached apart from `PlanWork`."""

    digest: PlanDigest | None
    """None if the plan isn't published: it has errors, or is a draft."""
    problems: tuple[Problem, ...]
    links: tuple[Link, ...]
    """Links in the text to other pages of the site."""
    removal: Removal | None = None
    """The removal of the plan, with its reason."""
    draft: PlanDigest | None = None
    """The digest of a draft that can be shown, where drafts are."""
    newest_day: date | None = None
    """The latest date of a stated event; None if there is none, or if the plan isn't published."""


class PlanWork(Struct, frozen=True):
    """The input of a plan's page, and the excerpt for other pages."""

    plan: Plan
    excerpt: PlanExcerpt
    charts: PlanCharts
    article: Article
    judgements: tuple[Judgement, ...]
    """The judgements shown on its page."""

    def anchors(self, association: Association) -> frozenset[str]:
        """Return the ids on its page that links may lead to."""
        return anchors_of(self.plan, association, self.charts, self.article)

    @property
    def files(self) -> frozenset[str]:
        """The names of the files beside its page, except the PDF."""
        return file_names(self.plan, self.excerpt.equity_rows, self.charts)


class Examination(Struct, frozen=True):
    """The result of examining a plan."""

    facts: PlanFacts
    work: PlanWork | None
    """None if the plan isn't published."""
    notes: tuple[Problem, ...] = ()
    """Notices, printed by `kontrollera --allt` only. Cached apart: they are many and seldom requested."""


class SiteFacts(Struct, frozen=True):
    """The examined settings, förbund and text pages."""

    surround: Surround
    articles: tuple[tuple[str, Article], ...]
    """(File, article) of each förbund and text page."""
    problems: tuple[Problem, ...]
    links: tuple[tuple[str, Link], ...]
    """(Page, link) of each link to another page of the site."""
    ledger: tuple[LedgerLine, ...] | None
    """The ledger's lines; None if there is no ledger."""
    anchors: Mapping[str, frozenset[str]]
    """By page: the ids that links may lead to."""
