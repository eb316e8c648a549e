"""Every number in generated words is in the table beside them, or follows from it."""

import random
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import unescape
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from msgspec import Struct

from insyn.charts.catalogue import charts_of
from insyn.charts.chart import ChartTable, Unshown
from insyn.disk.materials import read_catalogue
from insyn.model import Funder, Plan, kronor_in
from insyn.money.budget import groups_of, rows_of, told_column, years_of
from insyn.money.contributions import member_income
from insyn.money.unknown import Unknown
from insyn.swedish import HARD_SPACE, MINUS, round_half_up
from insyn.texts import read_texts
from tests.conftest import PROJECT, STRESS, YEARS
from tests.site import read_content

pytestmark = pytest.mark.usefixtures("unlikely_sums")

TEXTS = read_texts(read_catalogue())
SITES = {"built": PROJECT / "content", "stressed": STRESS, "over_years": YEARS}
"""Contents, by the fixture of the site that they become."""
FACTORS = {"miljon": 1_000_000, "mnkr": 1_000_000, "tkr": 1_000}
DIGITS = rf"(?:\d{{1,3}}(?:{HARD_SPACE}\d{{3}})+|\d+)(?:,\d+)?"
NUMBER = re.compile(
    rf"((?:mindre|mer) än )?(?<![\w,])({DIGITS})(?!\w)(?=(?: av {DIGITS})?\s(miljon|mnkr|tkr|kr|procent|%))?", re.I
)
"""A number, and the unit that it may share with the next: "4,0 av 8,0 miljoner"."""
CELL = re.compile(rf"([+{MINUS}]?)({DIGITS})(?:{HARD_SPACE}(%|kron\w+))?")
YEAR = re.compile(r"(?:19|20)\d\d")
FIXED = re.compile(r"\d+\s§ lagen\s\(\d{4}:\d+\)|(?:inte exakt|och inte)\s100\b")
"""Text that is the same for every plan."""
MEMBERS = (Funder.STATE, Funder.REGION, Funder.MUNICIPALITY, Funder.OPENING_EQUITY)
SMALL = 6
"""Maximum number of rows that are compared pairwise."""

Amounts = Sequence[Fraction | None]
Line = tuple[str, bool, Amounts]
"""A row's name, whether it is a sum, and its amounts in kronor."""


class Figures(Struct):
    """The numbers of a table, and those that follow from them."""

    years: set[str]
    amounts: set[Fraction] = set()
    percent: set[Fraction] = set()
    bare: set[Fraction] = set()
    """Numbers of rows, and limits, which may be written without a unit."""

    def add(self, lines: Sequence[Line], words: str) -> None:
        """Add sums of adjacent rows, differences, and shares."""
        for place in range(len(lines[0][2])):
            every = known([cells[place] for *_, cells in lines])
            wholes = set(known([cells[place] for _, is_sum, cells in lines if is_sum]))
            for group in groups_in([line for line in lines if not line[1]], words):
                parts = known([cells[place] for *_, cells in group])
                signs = [[one for one in parts if one > 0], [one for one in parts if one < 0]]
                self.bare |= {Fraction(len(ones)) for ones in (parts, *signs)} | {Fraction(parts.count(Fraction(0)))}
                wholes |= {Fraction(sum(ones)) for ones in (parts, *signs)}
            self.amounts |= {abs(one) for one in (*every, *wholes)}
            self.percent |= {100 * abs(one / whole) for one in (*every, *wholes) for whole in wholes if whole}
            for near in [every] if len(every) <= SMALL else pairwise(every):
                self.compare(near)
        for *_, cells in lines:
            self.compare(known(cells))

    def compare(self, amounts: Sequence[Fraction]) -> None:
        self.amounts |= {abs(one - other) for one, other in permutations(amounts, 2)}
        self.percent |= {100 * abs((one - other) / other) for one, other in permutations(amounts, 2) if other}

    def explain(self, bound: str | None, digits: str, unit: str | None) -> bool:
        """Whether a number, as rounded, is one of these or bounds one."""
        value, places = value_of(digits), len(digits.partition(",")[2])
        if YEAR.fullmatch(digits):
            return digits in self.years
        if unit in ("procent", "%"):
            low, high = (Fraction(0), value) if bound and bound.lower() == "mindre än " else (value, Fraction(100))
            return any(low < one < high if bound else round_half_up(one, places) == value for one in self.percent)
        if unit is None and value in self.bare:
            return True
        return any(round_half_up(one / FACTORS.get(unit or "", 1), places) == value for one in self.amounts)


def groups_in(lines: Sequence[Line], words: str) -> list[Sequence[Line]]:
    """Return the rows that a sentence sums up: all, the named, the others, the changed, and the income."""
    named = [line for line in lines if line[0] in words]
    both = [line for line in lines if len(line[2]) == 3 and None not in line[2] and all(line[2][:2])]
    changed = [line for line in both if not 0 < abs(line[2][2] or 0) < abs(line[2][0] or 0) / 100]
    incoming = [line for line in lines[1:] if len(lines) <= SMALL and line[2] and (line[2][0] or 0) > 0]
    return [lines, named, [line for line in lines if line not in named], changed, incoming]


def known(amounts: Amounts) -> list[Fraction]:
    return [one for one in amounts if one is not None]


def value_of(digits: str, sign: str = "") -> Fraction:
    return Fraction(digits.replace(HARD_SPACE, "").replace(",", ".")) * (-1 if sign == MINUS else 1)


def wrong(words: str, figures: Figures) -> list[str]:
    return [number[2] for number in NUMBER.finditer(words) if not figures.explain(*number.groups())]


def without_names(words: str, plan: Plan) -> str:
    """Remove text that is the same for every plan, and names that contain numbers."""
    rows = (plan.budget.income.rows, plan.budget.costs.rows)
    names = {one.name for parts in rows for one in (*rows_of(parts), *groups_of(parts)) if re.search(r"\d", one.name)}
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "")
    return FIXED.sub("", words)


def figures_of(table: ChartTable, words: str, plan: Plan) -> Figures:
    """Read a displayed table, and the amounts of the budget that aren't drawn."""
    unit = re.search(r"\b(?:tkr|mnkr)\b", " ".join((table.caption, *table.headings)))
    years = YEAR.findall(" ".join((*table.headings, *(row.name for row in table.rows))))
    figures = Figures({*years, str(told_column(plan.budget).year)})
    lines: list[Line] = []
    for row in table.rows:
        cells = [CELL.fullmatch(cell) for cell in row.cells[table.text_columns :]]
        figures.percent |= {value_of(cell[2]) for cell in cells if cell and cell[3] == "%"}
        figures.amounts |= {value_of(cell[2]) for cell in cells if cell and cell[3] and cell[3] != "%"}
        factor = FACTORS[unit[0]] if unit else 1
        amounts = [value_of(cell[2], cell[1]) * factor if cell and not cell[3] else None for cell in cells]
        lines.append((row.name, row.is_total, amounts))
    figures.add(lines, words)
    figures.amounts |= beside(plan, words) | ({Fraction(100)} if "Av 100 kronor" in table.headings else set())
    goals = plan.budget.financial_goals
    figures.bare |= {value_of(goal.limit) for goal in (goals.points if goals else ()) if goal.limit}
    return figures


def beside(plan: Plan, words: str) -> set[Fraction]:
    """Return the printed sums of the plan's year, and income other than contributions, unnamed and named."""
    budget = plan.budget
    place = budget.columns.index(told_column(budget))
    rows = [(row, kronor_in(row.cells[place]) or 0) for row in rows_of(budget.income.rows)]
    others = [(row.name, amount) for row, amount in rows if amount < 0 or row.funder not in MEMBERS]
    totals = [kronor_in(one.total.cells[place]) or 0 for one in (budget.income, budget.costs) if one.total]
    named = sum(amount for name, amount in others if name in words)
    return {abs(Fraction(one)) for one in (*totals, *(amount for _, amount in others), named)}


def figures_of_years(plan: Plan, words: str) -> Figures:
    """Read the budget's totals by year, and the rows that are named."""
    years, members = years_of(plan.budget), member_income(plan.budget)
    found = Figures({str(year.column.year) for year in years})
    for name in ("income", "costs", "result", "opening", "closing"):
        amounts = [Fraction(one) for year in years if not isinstance(one := getattr(year, name), Unknown)]
        found.compare(amounts)
        found.amounts |= {abs(one) for one in amounts}
        if name == "closing" and not isinstance(members, Unknown) and members:
            found.percent |= {100 * one / members for one in amounts}
    named = [row for row in rows_of(plan.budget.costs.rows) if row.name in words]
    found.amounts |= {Fraction(kronor_in(cell) or 0) for row in named for cell in row.cells}
    return found


# --- What is told ---------------------------------------------------------------------------------------------------


def told_of(content: Path, output: Path) -> Iterator[tuple[str, str, Figures]]:
    """Yield the place, the program's words, and the numbers of the table beside them."""
    associations, plans = read_content(content)
    for plan in plans:
        where = f"{plan.association}/{plan.year}"
        html = (output / where / "index.html").read_text("utf-8")
        items = re.findall(r'<p class="hero__lead">.*?</p>|<dl class="key-figures".*?</dl>', html, re.DOTALL)
        assert items, where
        words = without_names(unescape(re.sub(r"<[^>]+>", "", "\n".join(items))), plan)
        yield where, words, figures_of_years(plan, "")
        for chart in charts_of(plan, associations[plan.association], TEXTS).shown():
            if isinstance(chart, Unshown):
                words = without_names(chart.text, plan)
                yield f"{where}#{chart.id}", words, figures_of_years(plan, words)
            elif not chart.by_staff:
                for text in (chart.title, chart.subtitle, chart.table.caption, chart.summary, chart.help or ""):
                    words = without_names(text, plan)
                    yield f"{where}#{chart.id}", words, figures_of(chart.table, words, plan)


@pytest.mark.parametrize("name", SITES)
def test_every_number_follows_from_the_table_beside_it(name: str, request: pytest.FixtureRequest) -> None:
    told = told_of(SITES[name], request.getfixturevalue(name))
    assert [(where, words, found) for where, words, figures in told if (found := wrong(words, figures))] == []


def test_nine_wrong_numbers_of_ten_are_found(request: pytest.FixtureRequest) -> None:
    chance = random.Random(14)
    told = [one for name, content in SITES.items() for one in told_of(content, request.getfixturevalue(name))]
    tried = [(with_wrong_digit(words, number, chance), figures)
             for _, words, figures in told for number in NUMBER.finditer(words)]  # fmt: skip
    missed = [words for words, figures in tried if not wrong(words, figures)]
    assert len(tried) > 1000
    assert len(missed) < len(tried) / 10, missed


def with_wrong_digit(words: str, number: re.Match[str], chance: random.Random) -> str:
    place = chance.choice([number.start(2) + at for at, sign in enumerate(number[2]) if sign.isdecimal()])
    digit = chance.choice([digit for digit in "123456789" if digit != words[place]])
    return f"{words[:place]}{digit}{words[place + 1 :]}"
