"""What is known of plans, and of the site round them, once they have been examined."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from insyn.charts.plan_charts import PlanCharts
from insyn.law.judgement import Judgement
from insyn.markdown.article import Article, Link
from insyn.model import Association, Plan, Removal
from insyn.pages.digest import PlanExcerpt
from insyn.pages.plan_page import anchors_of
from insyn.problems import Problem
from insyn.reading.surround import Surround
from insyn.versions.digest import PlanDigest
from insyn.versions.ledger import LedgerLine


class PlanFacts(Struct, frozen=True):
    """The little that the rest of the site needs to know of a plan. Remembered apart from the plan itself."""

    digest: PlanDigest | None
    """None when the plan isn't to be published: unreadable, or a draft."""
    problems: tuple[Problem, ...]
    links: tuple[Link, ...]
    """Links that staff have written to other pages."""
    front: int = 0
    """The sum of its file's front matter."""
    removal: Removal | None = None
    """That the plan has been taken away, and why."""
    newest_day: date | None = None
    """The latest day that it says something happened; None when it tells of none, or isn't published."""


class PlanWork(Struct, frozen=True):
    """What a plan's page is made from, and what other pages show of it."""

    plan: Plan
    excerpt: PlanExcerpt
    charts: PlanCharts
    article: Article
    judgements: tuple[Judgement, ...]
    """Those that stand on its page."""

    def anchors(self, association: Association) -> frozenset[str]:
        """The ids on its page that a link may lead to."""
        return anchors_of(self.plan, association, self.charts, self.article)


class Examination(Struct, frozen=True):
    """What came of examining a plan."""

    facts: PlanFacts
    work: PlanWork | None
    """None when the plan isn't to be published."""
    notes: tuple[Problem, ...] = ()
    """What is told only to those who ask for everything. Kept apart: it is much, and seldom asked for."""


class SiteFacts(Struct, frozen=True):
    """The site round the plans."""

    surround: Surround
    articles: tuple[tuple[str, Article], ...]
    """The texts of förbund and pages, by file."""
    problems: tuple[Problem, ...]
    links: tuple[tuple[str, Link], ...]
    """Links that staff have written to other pages, with the page that each stands on."""
    ledger: tuple[LedgerLine, ...] | None
    """What has been published; None where no ledger is kept."""
    anchors: Mapping[str, frozenset[str]]
    """By page: the ids on it that a link may lead to."""
