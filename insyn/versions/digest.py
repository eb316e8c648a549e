"""The facts of each plan version that the whole site needs: few, since they are fetched in every build."""

from datetime import date

from msgspec import Struct

from insyn.dates import PartialDate
from insyn.model import Kronor, Status
from insyn.problems import Place

DECIDED = (Status.ADOPTED, Status.REVISED)


class Alias(Struct, frozen=True):
    """A former address of a plan, from the root of the site: "gammal-plan"."""

    path: str
    place: Place


class StatedDay(Struct, frozen=True):
    """A day in a plan's history, and its place in the file."""

    day: PartialDate
    place: Place


class StatedOriginal(Struct, frozen=True):
    """The file that a plan names as its original, and the place in the plan where it does."""

    name: str
    place: Place


class PlanDigest(Struct, frozen=True):
    """The identity of a plan, and its status and history."""

    association: str
    year: int
    version: str
    """File name of a frozen version; empty for the working copy."""
    status: Status
    day: date | None
    """When this version was decided or last revised; for a proposal, when it was put on the website or announced."""
    came: date | None
    """The day by which versions are ordered and named.

    The day of follow-up, else `day`, or the day of signing if the plan states nothing more.
    """
    days: tuple[date, ...]
    """All days of decision or revision, or the day of signing if no day of decision is stated."""
    published: StatedDay | None
    """When the proposal was put on the website."""
    followed_up: StatedDay | None
    aliases: tuple[Alias, ...]
    retold: bool
    """Whether its text is a retelling."""
    costs: Kronor | None
    """The costs of the plan's own year."""
    unpaid: Place | None
    """Place of a revision during the year, if the financing of a cost that it adds isn't filled in."""
    unit: str
    """The unit of the plan: kr, tkr, mnkr."""
    unit_place: Place
    largest: Kronor | None
    """The largest sum of income or costs in any column; None if none is known."""
    first_year: int
    """The first year of its columns."""
    last_year: int
    contents: str
    """Hash of its file."""
    source: str
    """Hash of its text, as in the ledger."""
    figures: str
    """Hash of its amounts, as in the ledger."""
    sums: tuple[str, ...]
    """Hashes of the parts of its `PlanExcerpt`, in order."""
    remarks: int
    """Number of known deviations and corrections."""
    has_about: bool
    """Whether it has a part in the page about the figures."""
    has_money: bool
    """Whether it states any money figure."""
    has_goals: bool
    has_followed: bool
    """Whether it states the result of any goal."""
    original: StatedOriginal | None = None
    """The board's own document, if it is a file to publish."""

    def __hash__(self) -> int:
        """Hash a few fields: plans are looked up thousands of times in a build, and hashing all would take too long."""
        return hash((self.contents, self.version, self.year))

    @property
    def original_path(self) -> str:
        """Path of its original in the content and on the site; empty if that is no file."""
        return f"{self.association}/{self.year}/{self.original.name}" if self.original else ""

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED

    @property
    def summary_sum(self) -> str:
        return self.sums[0]

    @property
    def story_sum(self) -> str:
        return self.sums[1]

    @property
    def about_sum(self) -> str:
        return self.sums[2]

    @property
    def money_sum(self) -> str:
        return self.sums[3]

    @property
    def goals_sum(self) -> str:
        return self.sums[4]

    @property
    def budget_sum(self) -> str:
        return self.sums[5]

    @property
    def equity_sum(self) -> str:
        return self.sums[6]

    @property
    def parts_sum(self) -> str:
        return self.sums[7]

    @property
    def deviations_sum(self) -> str:
        return self.sums[8]
