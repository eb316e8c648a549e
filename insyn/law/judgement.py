"""The result of a check: whether the plan follows the rule, put into words for its readers and for its authors."""

from datetime import date
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from insyn.law.amounts_in_text import StatedFigure, stated_in
from insyn.law.basis import BASES, basis_of
from insyn.law.body import BodyHeading, headings_of
from insyn.law.timeliness import last_day, law_day
from insyn.model import Association, Plan
from insyn.money.budget import Year, index_of, years_of
from insyn.problems import Place, Problem, problem
from insyn.swedish import HARD_SPACE, decimal
from insyn.texts import Texts
from insyn.vocabulary import amount_with_unit, kronor_in_words


class Verdict(Enum):
    """The outcome of a check. A note is worth knowing; a warning is a deviation that the förbund hasn't explained."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    UNKNOWN = "unknown"
    """The check can't be made: the facts it needs aren't filled in, or the law isn't known."""
    NOT_APPLICABLE = "not-applicable"


GRAVEST = (Verdict.WARNING, Verdict.NOTE, Verdict.UNKNOWN, Verdict.OK, Verdict.NOT_APPLICABLE)


class Judgement(Struct, frozen=True):
    """One check of one plan. Sentences are finished; a reason may hold emphasis and links."""

    check: str
    verdict: Verdict
    rule: str = ""
    found: tuple[str, ...] = ()
    """The facts of the plan, or the reason why the check can't be made."""
    calculation: tuple[str, ...] = ()
    source: str = ""
    reason: str | None = None
    """The förbund's own reason for the deviation."""
    for_staff: bool = False
    """Whether it is useful only to the plan's authors, and so left out of every page."""
    problems: tuple[Problem, ...] = ()
    """Problems reported to staff. Their codes decide the severity."""


class Case(Struct, frozen=True):
    """The case to be judged: a plan, its förbund and the sentences that describe the result."""

    plan: Plan
    association: Association
    texts: Texts
    years: tuple[Year, ...]
    headings: tuple[BodyHeading, ...]
    """Headings of the plan's own text."""
    stated: tuple[StatedFigure, ...]
    """The amounts and percentages in the text."""
    lowered: str
    """The text in lower case, for finding words."""

    @property
    def year(self) -> Year:
        """The plan's own year."""
        return self.years[index_of(self.plan.budget, self.plan.budget.main_column)]

    @property
    def last_day(self) -> date:
        """The last day for deciding on the budget."""
        return last_day(self.plan.year)

    @property
    def day(self) -> date:
        """The day whose law applies: that of the decision or, if the plan has none, the last day for it."""
        return law_day(self.plan)

    def say(self, key: str, **values: object) -> str:
        return self.texts.say(key, **values)

    def money(self, kronor: int) -> str:
        """Format an amount in the plan's unit, for its staff: 150 000 kr."""
        return amount_with_unit(self.plan.budget.unit, kronor)

    def kronor(self, amount: int | Fraction) -> str:
        """Format an amount for a sentence on the page: 150 000 kronor, 1,50 kronor."""
        exact = Fraction(amount)
        if exact.denominator == 1:
            return kronor_in_words(exact.numerator, self.texts)
        return self.say("kronor", amount=decimal(exact, 2))

    def percent(self, share: Fraction, places: int = 1) -> str:
        """Format a share of one as a percentage: 18,5 procent."""
        return self.say("law.percent", number=decimal(share * 100, places))

    def source(self, check: str) -> str | None:
        """Return the statute and paragraph of a check; None if the rule wasn't in force when the plan was decided."""
        basis = basis_of(check, self.day)
        return self.say(basis.key) if basis else None


def case_of(plan: Plan, association: Association, texts: Texts) -> Case:
    years, headings, stated = years_of(plan.budget), headings_of(plan.body), stated_in(plan.body)
    return Case(plan, association, texts, years, headings, stated, plan.body.lower())


def money_share(case: Case, amount: Fraction) -> str:
    """Format a share of an amount for staff: it needn't be whole kronor."""
    if amount.denominator == 1:
        return case.money(int(amount))
    return f"{decimal(amount, 2)}{HARD_SPACE}kr"


def gravest(verdicts: tuple[Verdict, ...]) -> Verdict:
    return min(verdicts, key=GRAVEST.index, default=Verdict.OK)


def unmade(case: Case, check: str, why: str, hint: str, place: Place | None = None) -> Judgement:
    """Return a judgement that a check can't be made, with the reason and what is needed."""
    told = problem("check-unmade", place or case.plan.place, hint=hint, check=case.say(f"law.{check}.name"), why=why)
    has_rule = f"law.{check}.rule" in case.texts.sentences and check in BASES
    rule = case.say(f"law.{check}.rule") if has_rule else ""
    source = case.source(check) or "" if check in BASES else ""
    return Judgement(check, Verdict.UNKNOWN, rule, (why,), source=source, problems=(told,))


def not_applicable(check: str) -> Judgement:
    return Judgement(check, Verdict.NOT_APPLICABLE)
