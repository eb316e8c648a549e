"""The format of numbers, dates, lists and names, by CLDR `sv` and Myndigheternas skrivregler."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn import swedish

untimed = settings(deadline=None)


def spaced(text: str) -> str:
    """Replace non-breaking spaces with plain ones."""
    return text.replace("\u00a0", " ")


# --- Numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (68, "68"), (999, "999"), (1_000, "1 000"), (119_465, "119 465"), (8_136_068, "8 136 068")],
)
def test_a_number_is_grouped_by_threes(value: int, written: str) -> None:
    assert spaced(swedish.integer(value)) == written


def test_a_number_is_never_broken_over_two_lines() -> None:
    assert swedish.integer(1_234_567) == "1\u00a0234\u00a0567"


def test_minus_is_a_minus_and_not_a_hyphen() -> None:
    assert swedish.integer(-150_000) == "\u2212150\u00a0000"
    assert swedish.decimal(Decimal("-1.5"), 1) == "\u22121,5"


@untimed
@given(st.integers())
def test_what_is_written_can_be_read_back(value: int) -> None:
    assert int(swedish.integer(value).replace("\u00a0", "").replace("\u2212", "-")) == value


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("8.236", 1, "8,2"),
        ("8.0", 1, "8,0"),
        ("0.05", 1, "0,1"),
        ("0.25", 1, "0,3"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "−3"),
        ("-0.04", 1, "0,0"),
        ("1234.5", 1, "1 234,5"),
        ("999.95", 1, "1 000,0"),
    ],
)
def test_decimals_have_a_comma_and_halves_go_up(value: str, places: int, written: str) -> None:
    assert spaced(swedish.decimal(Decimal(value), places)) == written
    assert spaced(swedish.decimal(Fraction(value), places)) == written


@untimed
@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 4))
def test_a_fraction_and_a_decimal_round_alike(value: Decimal, places: int) -> None:
    rounded = swedish.round_half_up(value, places)
    assert swedish.round_half_up(Fraction(value), places) == rounded
    assert abs(rounded - value) <= Decimal(1).scaleb(-places) / 2


def test_a_third_is_rounded_from_what_it_is() -> None:
    """A decimal of it would have been cut first."""
    assert swedish.round_half_up(Fraction(2, 3), 1) == Decimal("0.7")


def test_small_numbers_are_words_and_large_are_digits() -> None:
    words = [swedish.number_word(number) for number in (0, 1, 2, 12, 13, 1_500)]
    assert [spaced(word) for word in words] == ["noll", "en", "två", "tolv", "13", "1 500"]
    assert swedish.number_word(-1) == "\u22121"


# --- Dates ----------------------------------------------------------------------------------------------------------


def test_a_date_is_in_words_with_the_day_held_to_its_month() -> None:
    assert swedish.day(date(2023, 11, 17)) == "17\u00a0november 2023"
    assert swedish.day(date(2021, 5, 7)) == "7\u00a0maj 2021"


@pytest.mark.parametrize(
    ("written", "shown"), [("2021-09", "september 2021"), ("2024-01", "januari 2024"), ("2024-12", "december 2024")]
)
def test_a_month_is_in_words(written: str, shown: str) -> None:
    assert swedish.month(written) == shown


def test_a_span_of_years_has_a_dash_and_one_year_has_none() -> None:
    assert swedish.years(2024, 2026) == "2024\u20132026"
    assert swedish.years(2024, 2024) == "2024"


# --- Words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["Aneby"], "Aneby"),
        (["Aneby", "Eksjö"], "Aneby och Eksjö"),
        (["Aneby", "Eksjö", "Nässjö"], "Aneby, Eksjö och Nässjö"),
    ],
)
def test_a_list_ends_with_och_and_has_no_comma_before_it(words: list[str], joined: str) -> None:
    assert swedish.listed(words) == joined


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert swedish.capitalised("återbetalning till ESF") == "Återbetalning till ESF"
    assert swedish.capitalised("") == ""


def test_names_stand_in_swedish_order() -> None:
    ordered = ["Alvesta", "Vilhelmina", "Värnamo", "Zinkgruvan", "Åby", "Åsele", "Älmhult", "Öland", "Östby"]
    shuffled = ["Östby", "Värnamo", "Åsele", "Alvesta", "Öland", "Zinkgruvan", "Älmhult", "Åby", "Vilhelmina"]
    assert sorted(shuffled, key=swedish.sort_key) == ordered


def test_capitals_and_accents_do_not_change_the_order() -> None:
    assert sorted(["linde", "Lindé kommun", "Lindö", "LINDA"], key=swedish.sort_key) == [
        "LINDA",
        "linde",
        "Lindé kommun",
        "Lindö",
    ]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Räkna med oss!", "rakna-med-oss"),
        ("1. Samordningsförbundets uppdrag", "1-samordningsforbundets-uppdrag"),
        ("7. Budget 2022 och plan 2023–2024", "7-budget-2022-och-plan-2023-2024"),
        ("Nya insatser/projekt", "nya-insatser-projekt"),
        ("  Åby – ÖSTBY  ", "aby-ostby"),
        ("Idé à la carte", "ide-a-la-carte"),
        ("!?", "avsnitt"),
    ],
)
def test_an_address_has_small_ascii_letters_digits_and_hyphens(text: str, made: str) -> None:
    assert swedish.slug(text) == made


@untimed
@given(st.text())
def test_an_address_never_needs_escaping(text: str) -> None:
    made = swedish.slug(text)
    assert made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert swedish.slug(made) == made
