"""What the whole site needs to know of each version of a plan: little, since it is fetched in every build."""

from datetime import date

from msgspec import Struct

from insyn.dates import PartialDate
from insyn.model import Kronor, Status
from insyn.problems import Place

DECIDED = (Status.ADOPTED, Status.REVISED)


class Alias(Struct, frozen=True):
    """A former address of a plan, from the site's top: "gammal-plan"."""

    path: str
    place: Place


class StatedDay(Struct, frozen=True):
    """A day in a plan's history, and its place in the file."""

    day: PartialDate
    place: Place


class StatedOriginal(Struct, frozen=True):
    """The file that a plan names as its original, and the place where it does."""

    name: str
    place: Place


class PlanDigest(Struct, frozen=True):
    """Which plan it is, and where in its life."""

    association: str
    year: int
    version: str
    """Name of a frozen version's file; empty for the plan that is worked on."""
    status: Status
    day: date | None
    """When this version was decided, last revised, or for a proposal put on the website or announced."""
    came: date | None
    """When this version came: what versions are put in order and named by. The day that it was followed up, else the
    same, or when it was signed if the plan says no more."""
    days: tuple[date, ...]
    """All days on which the plan was decided or revised, or signed if it doesn't say when it was decided."""
    published: StatedDay | None
    """When the proposal was put on the website."""
    followed_up: StatedDay | None
    aliases: tuple[Alias, ...]
    retold: bool
    """Whether its text is a retelling."""
    costs: Kronor | None
    """Of the plan's own year."""
    unpaid: Place | None
    """Where a revision during the year stands, when it isn't filled in how a cost that it adds is paid."""
    unit: str
    """What the plan is written in: kr, tkr, mnkr."""
    unit_place: Place
    largest: Kronor | None
    """The largest sum of incomes or costs in any column; None when none is known."""
    first_year: int
    """Of its columns."""
    last_year: int
    contents: str
    """Hash of its file."""
    source: str
    """The sum of its text in the ledger."""
    figures: str
    """The sum of its amounts there."""
    sums: tuple[str, ...]
    """Hashes of the parts of its `PlanExcerpt`, in their order."""
    remarks: int
    """How many deviations and corrections there are to tell of."""
    has_about: bool
    """Whether there is anything to tell of its figures."""
    has_money: bool
    """Whether it tells any figure."""
    has_goals: bool
    has_followed: bool
    """Whether it tells how any goal went."""
    original: StatedOriginal | None = None
    """The board's own document, when it is a file to publish."""

    def __hash__(self) -> int:
        """Plans are looked up thousands of times in a build; to hash every field would take longer than an edit may."""
        return hash((self.contents, self.version, self.year))

    @property
    def original_path(self) -> str:
        """Where its original lies and is published; empty when that is no file."""
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
