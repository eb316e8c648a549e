"""Possible contents of a budget cell, and their meaning. A gap is never zero, and nothing is rounded."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from insyn.model import Amount, Blank, Cell, Column, ColumnKind, Dash, Kronor, Unit, kronor_in
from insyn.problems import Found, Place, Problem
from insyn.reading.cells import read_cell
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_yaml
from insyn.reading.keys import TotalKeys
from insyn.reading.misread_amounts import advice_for
from insyn.reading.nodes import Sequence
from insyn.reading.rows import RowLengths, read_cells
from insyn.swedish import integer
from tests.site import PLAN, TestSite

FILE = "content/norr/2025/plan.md"
YEARS = (2024, 2025, 2026)


def read(written: str, unit: Unit = Unit.KR) -> tuple[Cell, list[Problem]]:
    """Read the only cell of `belopp: [written]`, ignoring its place."""
    found = Found()
    header = read_yaml(f"belopp: [{written}]", FILE, found)
    assert header is not None, found.problems
    node = header.entries[0].value
    assert isinstance(node, Sequence)
    (item,) = node.items
    return replace(read_cell(item, unit, found), place=Place("")), found.problems


def cell(written: str, unit: Unit = Unit.KR) -> Cell:
    """Return a cell that must be readable."""
    made, problems = read(written, unit)
    assert not problems
    return made


def hints(written: str) -> list[tuple[str, str]]:
    return [(one.code, one.hint) for one in read(written)[1]]


# --- Amounts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["119 465", "119465", '"119 465"', "'119 465'", "119  465"])
def test_an_amount_is_a_number_with_or_without_spaces(written: str) -> None:
    assert cell(written) == Amount(Kronor(119_465))


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u2009", "\u202f"], ids=["hard", "figure", "thin", "narrow"])
def test_any_kind_of_space_may_part_thousands(space: str) -> None:
    assert cell(f"1{space}250{space}000") == Amount(Kronor(1_250_000))


def test_an_amount_may_be_grouped_as_the_source_types_it() -> None:
    assert cell("1496 000") == Amount(Kronor(1_496_000))


@pytest.mark.parametrize("written", ["-150 000", "−150 000", "–150 000", '"- 150 000"', '"− 150 000"', "-150000"])
def test_any_kind_of_minus_makes_an_amount_negative(written: str) -> None:
    assert cell(written) == Amount(Kronor(-150_000))


@pytest.mark.parametrize(
    ("written", "kronor", "mark"),
    [
        ("-150 000***", -150_000, "***"),
        ("150 000 *", 150_000, "*"),
        ("563 500 1)", 563_500, "1)"),
        ("563 500 12)", 563_500, "12)"),
        ("302 600¹", 302_600, "¹"),
        ("302 600 ²", 302_600, "²"),
    ],
)
def test_a_mark_after_an_amount_leads_to_a_footnote(written: str, kronor: int, mark: str) -> None:
    assert cell(written) == Amount(Kronor(kronor), mark=mark)


def test_the_amount_before_a_numbered_mark_is_whole() -> None:
    """The bracket tells them apart: 563 500 1) is not 5 635 001."""
    assert kronor_in(cell("563 500 1)")) == 563_500


@pytest.mark.parametrize(
    ("written", "unit", "kronor"),
    [
        ("1 300", Unit.KR, 1_300),
        ("1 300", Unit.TKR, 1_300_000),
        ("2", Unit.MKR, 2_000_000),
        ('"3,5"', Unit.TKR, 3_500),
        ('"-3,5"', Unit.TKR, -3_500),
        ('"8,2"', Unit.MKR, 8_200_000),
        ('"0,000001"', Unit.MKR, 1),
        ('"1 234,567"', Unit.TKR, 1_234_567),
        ('"125,00"', Unit.KR, 125),
    ],
)
def test_an_amount_is_whole_kronor_in_every_unit(written: str, unit: Unit, kronor: int) -> None:
    assert cell(written, unit) == Amount(Kronor(kronor))


@pytest.mark.parametrize(
    ("written", "unit"), [('"3,5"', Unit.KR), ('"0,0005"', Unit.TKR), ('"8,1234567"', Unit.MKR), ('"125,01"', Unit.KR)]
)
def test_an_amount_with_ore_is_refused_in_every_unit(written: str, unit: Unit) -> None:
    made, problems = read(written, unit)
    assert made == Blank()
    assert [one.code for one in problems] == ["amount-has-ore"]


def test_nought_is_an_amount() -> None:
    assert cell("0") == Amount(Kronor(0))
    assert cell("0") != Blank()


def test_an_amount_may_be_printed_in_another_way_than_its_value() -> None:
    made = cell('{värde: 4 184, tryckt: "4 184", not: "1"}', Unit.TKR)
    assert made == Amount(Kronor(4_184_000), mark="1", printed="4 184")


def test_the_mark_of_a_value_may_stand_by_the_number() -> None:
    assert cell("{värde: 4 184*}") == Amount(Kronor(4_184), mark="*")


# --- Gaps and signs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["~", '""', '" "', '"\u00a0"'])
def test_an_empty_cell_is_blank_and_not_nought(written: str) -> None:
    assert cell(written) == Blank()
    assert kronor_in(cell(written)) is None


@pytest.mark.parametrize("sign", ["---", "–", "—", "-", ".", "..", "−"])
def test_a_printed_sign_is_kept_and_has_no_value(sign: str) -> None:
    assert cell(f'"{sign}"') == Dash(sign)
    assert kronor_in(cell(f'"{sign}"')) is None


def test_gaps_and_signs_count_as_nothing_in_a_sum(site: TestSite) -> None:
    site.write_plan(PLAN, ("[1 500 000, 1 400 000]", '[2 000 000, "---"]'), ("[500 000, 600 000]", "[~, 2 000 000]"))
    assert site.problems() == []


def test_a_gap_is_shown_as_a_gap_and_nought_as_nought(site: TestSite) -> None:
    site.write_plan(PLAN, ("[1 500 000, 1 400 000]", "[2 000 000, 2 000 000]"), ("[500 000, 600 000]", "[~, 0]"))
    assert site.build() == 0, site.printed
    assert "Kansli uppgift saknas 0 " in site.text_of("norr/2025/")


# --- What can't be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("1e6", "amount-example"),
        ("femhundra tusen", "amount-example"),
        ("1 250 00", "amount-groups"),
        ("12 3456", "amount-groups"),
        ("1250 0000", "amount-groups"),
        ("--5", "amount-example"),
        ('"- -"', "amount-example"),
        ("0x1F", "amount-example"),
        ("½", "amount-example"),
        ("²", "amount-example"),
        ('",5"', "amount-example"),
        ("1 000 ***x", "amount-example"),
        ("[5]", "amount-list"),
        ("[]", "amount-list"),
        ("1 115; 1 150", "amount-list"),
        ("ingen uppgift", "amount-nothing"),
        ("saknas", "amount-nothing"),
        ("=SUM(B2:B9)", "amount-formula"),
        ("100 000–200 000", "amount-range"),
        ("100 000 - 200 000", "amount-range"),
        ("45 %", "amount-share"),
        ("3 procent", "amount-share"),
        ("12 personer", "amount-count"),
        ('"0,5 tjänst"', "amount-count"),
        ("14 st", "amount-count"),
    ],
)
def test_anything_else_is_refused_with_advice_that_fits(written: str, hint: str) -> None:
    assert hints(written) == [("amount-unreadable", hint)]
    assert read(written)[0] == Blank()


@pytest.mark.parametrize(
    ("written", "unit", "hint", "right"),
    [
        ("35 tkr", Unit.KR, "amount-unit", "35 000"),
        ("35 tkr", Unit.TKR, "amount-unit", "35"),
        ("500 kr", Unit.KR, "amount-unit", "500"),
        ("500kr.", Unit.KR, "amount-unit", "500"),
        ("300 000 kr", Unit.TKR, "amount-unit", "300"),
        ("250 500 kr", Unit.TKR, "amount-unit", '"250,5"'),
        ('"8,2 mnkr"', Unit.KR, "amount-unit", "8 200 000"),
        ('"8,2 miljoner kronor"', Unit.TKR, "amount-unit", "8 200"),
        ("1 000 SEK", Unit.KR, "amount-unit", "1 000"),
        ("SEK 1 000", Unit.KR, "amount-unit", "1 000"),
        ('"500:-"', Unit.KR, "amount-unit", "500"),
        ('"500,-"', Unit.KR, "amount-unit", "500"),
        ("500 000 kr/år", Unit.KR, "amount-unit", "500 000"),
        ("12.500", Unit.KR, "amount-point", "12 500"),
        ("1.496.000", Unit.KR, "amount-point", "1 496 000"),
        ("1'496'000", Unit.KR, "amount-point", "1 496 000"),
        ("1_000", Unit.KR, "amount-point", "1 000"),
        ('"1,250,000"', Unit.KR, "amount-point", "1 250 000"),
        ("12.500", Unit.TKR, "amount-point-either", "12 500"),
        ("3.5", Unit.TKR, "amount-decimal", '"3,5"'),
        ('"1.250,5"', Unit.TKR, "amount-decimal", '"1 250,5"'),
        ("3.5", Unit.KR, "amount-whole", "4"),
        ("(150 000)", Unit.KR, "amount-negative", "-150 000"),
        ('"(3,5)"', Unit.TKR, "amount-negative", '"-3,5"'),
        ("(150 000 kr)", Unit.KR, "amount-negative", "-150 000"),
        ("(-150 000)", Unit.KR, "amount-negative", "-150 000"),
        ("150 000-", Unit.KR, "amount-negative", "-150 000"),
        ("150 000 –", Unit.KR, "amount-negative", "-150 000"),
        ("minus 150 000", Unit.KR, "amount-negative", "-150 000"),
        ("+250", Unit.KR, "amount-plus", "250"),
        ("+250 tkr", Unit.KR, "amount-plus", "250 000"),
        ("ca 300 000", Unit.KR, "amount-about", "300 000"),
        ("c:a 300 tkr", Unit.KR, "amount-about", "300 000"),
        ("~300 000", Unit.KR, "amount-about", "300 000"),
        ("högst 300 000", Unit.KR, "amount-about", "300 000"),
        ("3OO OOO", Unit.KR, "amount-letter", "300 000"),
        ("l 250 000", Unit.KR, "amount-letter", "1 250 000"),
        ('500 000"', Unit.KR, "amount-quote", "500 000"),
        ("500 000 (450 000)", Unit.KR, "amount-words", "500 000"),
        ("500 000 inkl. moms", Unit.KR, "amount-words", "500 000"),
        ('"3,"', Unit.KR, "amount-words", "3"),
        ("noll", Unit.KR, "amount-words", "0"),
        ('"300,000"', Unit.KR, "amount-thousands", "300 000"),
    ],
)
def test_an_amount_written_in_another_way_is_told_how_it_is_written_here(
    written: str, unit: Unit, hint: str, right: str
) -> None:
    """And what is told can be written: it is read as an amount."""
    made, (problem,) = read(written, unit)
    assert (made, problem.code, problem.hint) == (Blank(), "amount-unreadable", hint)
    assert dict(problem.values)["right"] == right
    assert isinstance(cell(right, unit), Amount)


def test_ore_are_rounded_in_the_advice() -> None:
    (problem,) = read('"12 500,50"')[1]
    assert (problem.code, dict(problem.values)["right"]) == ("amount-has-ore", "12 501")


def test_a_problem_repeats_what_was_written_and_where() -> None:
    (one,) = read("1 250 00")[1]
    assert one.place == Place(FILE, 1, 10, 18)
    assert dict(one.values)["written"] == "1 250 00"


def test_nothing_of_a_long_amount_is_rounded_away() -> None:
    made, problems = read(f'"999 999 999 999,{"0" * 14}1"')
    assert (made, [one.code for one in problems]) == (Blank(), ["amount-has-ore"])


@pytest.mark.parametrize("digits", [16, 29, 4000])
def test_an_amount_with_more_decimals_than_any_budget_is_refused(digits: int) -> None:
    made, problems = read(f'"1,{"0" * digits}"')
    assert (made, [one.code for one in problems]) == (Blank(), ["amount-unreadable"])


@pytest.mark.parametrize("digits", [19, 29, 40, 5000])
def test_an_amount_longer_than_any_budget_is_refused(digits: int) -> None:
    """It is a slip of the keyboard. Beyond 28 digits it was rounded, beyond 4 300 it could not be printed."""
    made, problems = read("9" * digits)
    assert made == Blank()
    assert [one.code for one in problems] == ["amount-unreadable"]


def test_a_group_in_a_cell_must_have_a_value() -> None:
    assert [one.code for one in read('{tryckt: "4 184"}')[1]] == ["key-missing"]


def test_a_group_in_a_cell_has_three_keys_and_no_others() -> None:
    assert [one.code for one in read("{värde: 5, trykt: fem}")[1]] == ["key-unknown"]


# --- A row of cells -------------------------------------------------------------------------------------------------


def row(written: str, columns: int) -> tuple[list[int | None], list[tuple[str, str]]]:
    """Read `belopp` of a row in a table with `columns` columns: the amounts in kronor, and the problems."""
    found = Found()
    node = read_yaml(f"{{belopp: {written}}}", FILE, found)
    assert node is not None
    fields, lengths = Fields(node, found, TotalKeys), RowLengths()
    cells = read_cells(fields, TotalKeys.cells, table(columns), Unit.KR, row="Kansli", lengths=lengths)
    lengths.tell(table(columns), found)
    return [kronor_in(one) for one in cells], [(one.code, one.hint) for one in found.problems]


def table(columns: int) -> tuple[Column, ...]:
    return tuple(
        Column(f"b{year}", year, ColumnKind.BUDGET, None, None, (), None, Place(FILE)) for year in YEARS[:columns]
    )


def test_a_row_has_a_cell_for_each_column() -> None:
    assert row("[1 000, ~, -5]", 3) == ([1_000, None, -5], [])


def test_a_single_amount_needs_no_brackets() -> None:
    assert row("1 000", 1) == ([1_000], [])


@pytest.mark.parametrize(
    ("written", "columns", "hint"),
    [
        ("[1 000]", 2, "cell-count-too-few"),
        ("1 000", 2, "cell-count-too-few"),
        ("[]", 1, "cell-count-too-few"),
        ("~", 2, "cell-count-too-few"),
        ("[3,5, 4]", 2, "cell-count-too-many"),
        ("[3,5, 400]", 2, "cell-count-too-many"),
        ("[1, 2, 3, 4, 5]", 2, "cell-count-too-many"),
    ],
)
def test_a_row_with_another_number_of_cells_is_refused(written: str, columns: int, hint: str) -> None:
    """That catches the decimal comma and the forgotten cell. The row still gets a cell for each column."""
    kronor, problems = row(written, columns)
    assert problems == [("cell-count", hint)]
    assert len(kronor) == columns


@pytest.mark.parametrize(
    ("written", "columns", "hint", "right"),
    [
        ("[1 115 1 150, 1 170]", 3, "amount-comma", "[1 115, 1 150, 1 170]"),
        ("[500 000 500 000]", 2, "amount-comma", "[500 000, 500 000]"),
        ("[500 000 500 000, 500 000]", 3, "amount-comma", "[500 000, 500 000, 500 000]"),
        ("[1 115 1 150 1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("[1 115; 1 150; 1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("[1 115. 1 150. 1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("[1 115 | 1 150 | 1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("[1 115/1 150/1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("[1 115; 1 150, 1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("1 115; 1 150; 1 170", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ("[1 115\t1 150\t1 170]", 3, "amount-commas", "[1 115, 1 150, 1 170]"),
        ('"1 115, 1 150, 1 170"', 3, "amount-brackets", "[1 115, 1 150, 1 170]"),
        ("1 115, 1 150, 1 170", 3, "amounts-brackets", "belopp: [1 115, 1 150, 1 170]"),
        ("500, 500, 500", 3, "amounts-thousands", "belopp: [500, 500, 500]"),
        ("3,5", 1, "amounts-decimal", "belopp: [3, 5]"),
        ("[3,5, 4,0]", 2, "cell-count-decimals", '["3,5", "4,0"]'),
        ("[500 000,0, 600 000]", 2, "cell-count-decimals", '["500 000,0", 600 000]'),
        ("[500,000, 600,000]", 2, "cell-count-thousands", "[500 000, 600 000]"),
        ("[748 000, 848,000]", 2, "cell-count-thousands", "[748 000, 848 000]"),
        ("[748 000, 1,848,000]", 2, "cell-count-thousands", "[748 000, 1 848 000]"),
        ("[1 500 000, ~, 600,000]", 3, "cell-count-thousands", "[1 500 000, ~, 600 000]"),
        ("[0 210 000]", 2, "amount-comma", "[0, 210 000]"),
        ("[1605 000 2011 000]", 2, "amount-comma", "[1605 000, 2011 000]"),
        ('[189, 231 "---"]', 3, "amount-comma", '[189, 231, "---"]'),
        ("[189, ~ 231]", 3, "amount-comma", "[189, ~, 231]"),
        ("[2,5 mnkr, 600 000]", 2, "amount-unit", "2 500 000"),
        ("[(1,5 tkr), 600 000]", 2, "amount-negative", "-1 500"),
    ],
)
def test_amounts_with_other_signs_between_them_are_told_once_with_what_to_write(
    written: str, columns: int, hint: str, right: str
) -> None:
    found = Found()
    node = read_yaml(f"{{belopp: {written}}}", FILE, found)
    assert node is not None
    lengths = RowLengths()
    read_cells(Fields(node, found, TotalKeys), TotalKeys.cells, table(columns), Unit.KR, row="x", lengths=lengths)
    lengths.tell(table(columns), found)
    assert [(one.hint, dict(one.values)["right"]) for one in found.problems] == [(hint, right)]


def test_every_cell_of_a_row_that_cannot_be_read_is_told() -> None:
    assert row("[fem, 12.500, 35 tkr]", 3)[1] == [
        ("amount-unreadable", "amount-example"),
        ("amount-unreadable", "amount-point"),
        ("amount-unreadable", "amount-unit"),
    ]


# --- There and back -------------------------------------------------------------------------------------------------


@given(st.integers(-(10**10), 10**10), st.sampled_from(list(Unit)))
@example(-1, Unit.KR)
@example(999, Unit.TKR)
@example(1_000, Unit.MKR)
def test_an_amount_that_we_write_is_read_as_the_same(amount: int, unit: Unit) -> None:
    assert cell(integer(amount), unit) == Amount(Kronor(amount * unit.value))


@given(st.integers(-(10**8), 10**8), st.integers(0, 10**6 - 1))
def test_decimals_are_exact(whole: int, millionths: int) -> None:
    kronor = abs(whole) * 10**6 + millionths
    minus = "-" if whole < 0 else ""
    assert cell(f'"{minus}{abs(whole)},{millionths:06}"', Unit.MKR) == Amount(Kronor(-kronor if minus else kronor))


@pytest.mark.parametrize(
    ("written", "unit", "right"),
    [
        ("300 tkr (uppskattat)", Unit.KR, "300 000"),
        ("0,3 mnkr enligt beslut", Unit.KR, "300 000"),
        ("300 000 kr (prel)", Unit.TKR, "300"),
        ("(150 tkr)", Unit.KR, "-150 000"),
        ("1 200.000", Unit.KR, "1 200 000"),
        *(
            (text, Unit.KR, None)
            for text in ("3 miljarder", "50 öre", "300 EUR", "12 x 300", "300 kr/mån", "1.250 mkr")
        ),
        *((text, Unit.KR, None) for text in ("0.500", "300|", "(500 000, 600 000)")),
    ],
)
def test_no_amount_is_written_out_that_may_be_another(written: str, unit: Unit, right: str | None) -> None:
    assert dict(advice_for(written, unit).values).get("right") == right
