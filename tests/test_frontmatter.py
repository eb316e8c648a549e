"""The text between the two --- is read as written: no guesses, nothing lost, every word with its place."""

import re
import unicodedata
from collections.abc import Mapping as Mapped
from pathlib import Path

import pytest

from insyn import vocabulary
from insyn.model import Funder
from insyn.problems import Found, Place
from insyn.reading.characters import fold
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_markdown, read_yaml
from insyn.reading.key_kinds import Keys
from insyn.reading.keys import BudgetRowKeys, ColumnKeys, DecisionKeys, FinancialGoalKeys
from insyn.reading.nodes import Mapping, Node, Scalar, Sequence, scalars
from insyn.reading.scalars import read_choice
from insyn.vocabulary import (
    COLUMN_KINDS,
    CONFORMANCES,
    DIRECTIONS,
    EQUITY_MODELS,
    FUNDERS,
    GOAL_STATUSES,
    LICENCES,
    PURPOSES,
    STATUSES,
    UNITS,
    YES_NO,
)
from tests.site import ASSOCIATION, PLAN, PLAN_FILE, TestSite
from tests.versions import TEXTS

FILE = "content/norr/2025/plan.md"
LAST_COLUMN = "        - {id: p2026, år: 2026, typ: plan}\n"


def read(text: str) -> tuple[Mapping | None, list[tuple[str, int, int]]]:
    """Read YAML and return it with the problems found: code, line and column."""
    found = Found()
    node = read_yaml(text, FILE, found)
    return node, [(one.code, one.place.line, one.place.column) for one in found.problems]


def fields(text: str, found: Found, keys: type[Keys]) -> Fields:
    node = read_yaml(text, FILE, found)
    assert node is not None
    return Fields(node, found, keys)


def value(written: str) -> Node:
    """Return the value of a key, which must be readable."""
    node, problems = read(f"nyckel: {written}")
    assert not problems
    assert node is not None
    return node.entries[0].value


def scalar(written: str) -> Scalar:
    node = value(written)
    assert isinstance(node, Scalar)
    return node


def places_in(node: Node | None) -> list[tuple[str, int, int]]:
    return [(one.text, one.place.line, one.place.column) for one in scalars(node)] if node else []


# --- Nothing is guessed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2024-11-28", "no", "yes", "on", "off", "ja", "nej", "true", "nULL", "012", "0x1F", "0o17", "1e6",
        "2021:06", "08:30", "08:30:15", "119 465", "1496 000", "3,5", "3.50", "-150 000", "−150 000", "+5", "1_000",
        ".5", ".inf", ".nan", "2024-11-28 08:30", "=", "<<", "0123456-7890", "222000-2873", "Verksamhetsplan", "20%",
    ],
)  # fmt: skip
def test_a_word_stays_what_was_written(written: str) -> None:
    assert scalar(written).text == written
    assert not scalar(written).is_blank


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", '""', "'  '"])
def test_nothing_a_tilde_and_what_programs_write_for_it_are_blank(written: str) -> None:
    assert scalar(written).is_blank


@pytest.mark.parametrize("written", ['"~"', "'~'", "'no'", '"012"', '"119 465"', '"null"'])
def test_what_stands_in_quotes_is_a_text(written: str) -> None:
    assert scalar(written).text == written[1:-1]
    assert not scalar(written).is_blank


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("En text\n  på två rader", "En text på två rader"),
        (">-\n  En text\n  på två rader", "En text på två rader"),
        ("|-\n  Rad ett\n  Rad två", "Rad ett\nRad två"),
        ("'Räkna med oss!'", "Räkna med oss!"),
        ("'Förbundets ''egna'' ord'", "Förbundets 'egna' ord"),
        ('"§ 14: budget"', "§ 14: budget"),
    ],
)
def test_a_long_or_quoted_text_is_read_as_one(written: str, text: str) -> None:
    assert scalar(written).text == text


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_only_yaml_knows_is_told_of_where_it_stands(sign: str) -> None:
    """The reader looked for a line that wasn't there."""
    assert read(f"---\ntitel: Plan\nsumma: {sign}a\n---\n")[1] == [("yaml-character", 3, 8)]


def test_a_list_of_amounts_keeps_its_spaces_and_gaps() -> None:
    node = value('[119 465, "3,5", ~, "---", -150 000***]')
    assert isinstance(node, Sequence)
    assert [one.text for one in scalars(node)] == ["119 465", "3,5", "~", "---", "-150 000***"]


def test_a_file_without_anything_has_no_keys() -> None:
    assert read("") == (Mapping((), Place(FILE)), [])


# --- Everything knows its place -------------------------------------------------------------------------------------


def test_every_word_knows_its_line_and_column() -> None:
    node, _ = read("titel: Plan\nbudget:\n  enhet: kr\n  rader:\n    - {namn: Åby, belopp: [1 000, ~]}\n    - Kansli\n")
    assert places_in(node) == [
        ("Plan", 1, 8), ("kr", 3, 10), ("Åby", 5, 14), ("1 000", 5, 28), ("~", 5, 35), ("Kansli", 6, 7),
    ]  # fmt: skip
    assert node is not None
    places = [(entry.key, entry.key_place.line, entry.key_place.column) for entry in node.entries]
    assert places == [("titel", 1, 1), ("budget", 2, 1)]


def test_a_place_ends_after_the_last_character() -> None:
    assert scalar("119 465").place == Place(FILE, 1, 9, 16)


def test_a_key_without_value_has_its_place_on_its_own_line() -> None:
    node, _ = read("titel:\nstatus: beslutad\n")
    assert places_in(node)[0] == ("", 1, 7)


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    found = Found()
    source = read_markdown("---\ntitel: Plan\når: 2025\n---\n# 1. Uppdrag\n", FILE, found)
    assert source is not None
    assert places_in(source.header) == [("Plan", 2, 8), ("2025", 3, 5)]
    assert (source.body, source.body_line) == ("# 1. Uppdrag\n", 5)


@pytest.mark.parametrize("sign", ["😀", "é", "e\u0301", "\u00a0", "—"])
def test_a_sign_counts_as_one_column(sign: str) -> None:
    node, _ = read(f"rad: {{namn: x{sign}, belopp: 5}}")
    assert places_in(node)[1] == ("5", 1, 25)


def test_every_word_of_a_real_plan_stands_where_it_says(project: Path) -> None:
    for file in sorted(project.glob("content/*/*/plan.md")):
        text = file.read_text("utf-8")
        source = read_markdown(text, FILE, Found())
        assert source is not None
        lines = text.split("\n")
        for one in scalars(source.header):
            here = lines[one.place.line - 1][one.place.column - 1 :]
            assert here.lstrip("\"'").startswith(one.text.split(" ")[0]) or here.startswith((">", "|"))


# --- Keys -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("förbund", "forbund"),
        ("förbund", "Förbund"),
        ("FÖRBUND", "förbund"),
        ("år", "ar"),
        ("förbund", "fo\u0308rbund"),
        ("eget_kapital", " Eget_Kapital "),
    ],
)
def test_spellings_that_mean_the_same_are_the_same_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_keys_that_mean_different_things_stay_different() -> None:
    assert len({fold(key) for key in ("mål", "mått", "målvärde", "målgrupp", "mål_rubriker", "år", "även", "ort")}) == 8


def test_keys_and_choices_may_be_written_without_dots_and_rings(site: TestSite) -> None:
    changes = (
        ("förbund: norr", "forbund: norr"),
        ("    år: 2025", "    Ar: 2025"),
        ("ändamål:", "andamal:"),
        ("status: beslutad", "status: Forslag"),
        ("datum: 2024-11-20", "ort: Norrby"),
    )
    site.write_plan(PLAN, *changes)
    assert site.problems() == []


def test_a_repeated_key_is_a_problem_at_its_second_place_and_names_the_first() -> None:
    found = Found()
    node = read_yaml("titel: Plan\når: 2025\nTitel: Plan igen\n", FILE, found)
    (one,) = found.problems
    assert (one.code, one.place.line, dict(one.values)["first"]) == ("key-repeated", 3, "1")
    assert places_in(node) == [("Plan", 1, 8), ("2025", 2, 5)]


@pytest.mark.parametrize("again", ["forbund", "Förbund", "fo\u0308rbund"])
def test_a_key_repeated_in_another_spelling_is_a_problem(again: str) -> None:
    assert read(f"förbund: norr\n{again}: soder\n")[1] == [("key-repeated", 2, 1)]


def test_a_key_repeated_on_one_line_is_a_problem() -> None:
    assert read("rad: {namn: Åby, part: kommun, namn: Östby}")[1] == [("key-repeated", 1, 32)]


def test_the_same_key_in_two_rows_is_no_problem() -> None:
    assert read("rader:\n  - {namn: Åby}\n  - {namn: Östby}\n")[1] == []


@pytest.mark.parametrize(
    ("written", "hint", "suggestion"),
    [
        ("undertitl: Med budget", "key-nearest", "undertitel"),
        ("Under-titel: Med budget", "key-nearest", "undertitel"),
        ("samanfattning: Kort", "key-nearest", "sammanfattning"),
        ("malgrup: Alla", "key-nearest", "målgrupp"),
        ("väder: soligt", "key-allowed", "schema"),
    ],
)
def test_an_unknown_key_gets_the_nearest_or_all_that_may_stand_there(
    site: TestSite, written: str, hint: str, suggestion: str
) -> None:
    site.write_plan(PLAN, ("    status: beslutad", f"    status: beslutad\n    {written}"))
    (one,) = site.found()
    assert (one.code, one.hint, one.place.line) == ("key-unknown", hint, 7)
    assert dict(one.values)["suggestion"].split(", ")[0] == suggestion


@pytest.mark.parametrize(
    ("right", "written", "suggestion"),
    [
        ("    budget:\n", "    bugdet:\n", "budget"),
        ("    förbund: norr\n", "    forbud: norr\n", "förbund"),
        ("    schema: finsam-plan/1\n", "    shema: finsam-plan/1\n", "schema"),
        ("kapitalmodell: separat", "kapital: separat", "kapitalmodell"),
        ("kapitalmodell: separat", "kapitalmodel: separat", "kapitalmodell"),
    ],
)
def test_a_misspelt_key_that_must_be_there_is_told_once_with_the_right_name(
    site: TestSite, right: str, written: str, suggestion: str
) -> None:
    site.write_plan(PLAN, (right, written))
    (one,) = site.found()
    assert (one.code, one.hint, dict(one.values)["suggestion"]) == ("key-unknown", "key-nearest", suggestion)


def test_a_key_is_not_meant_twice(site: TestSite) -> None:
    """Another that is there already isn't what was meant."""
    site.write_plan(PLAN, ("    status: beslutad", "    status: beslutad\n    titeln: Plan"))
    assert [one.hint for one in site.found()] == ["key-allowed"]


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("2025-11-31", "november 2025 har bara 30 dagar"),
        ("2025-02-29", "februari 2025 har bara 28 dagar"),
        ("2024-02-30", "februari 2024 har bara 29 dagar"),
        ("2025-13-01", "månaderna är 01 till 12"),
        ("2025-11-00", "den första dagen i en månad är 01"),
        ("28 november 2025", "Skriv 2025-11-28."),
        ("28/11 2025", "Skriv 2025-11-28."),
        ("i höstas", "Skriv år, månad och dag med siffror"),
    ],
)
def test_a_day_that_no_month_has_is_told_so(site: TestSite, written: str, advice: str) -> None:
    site.write_plan(PLAN, ("datum: 2024-11-20", f"datum: {written}"))
    (one,) = site.found()
    assert one.code == "date-unreadable"
    assert advice.lower() in TEXTS.advice(one).replace("\u00a0", " ").lower()


def test_a_key_is_not_known_everywhere(site: TestSite) -> None:
    site.write_plan(PLAN, ("  enhet: kr", "  enhet: kr\n      titel: Budget"))
    assert site.problems() == [("key-unknown", 10, 3)]


def test_a_comma_in_a_name_within_braces_is_told_for_what_it_is() -> None:
    found = Found()
    node = value("{namn: Hyra, el och städning, part: kommun, belopp: 5}")
    assert isinstance(node, Mapping)
    row = Fields(node, found, BudgetRowKeys)
    assert (row.text(BudgetRowKeys.name), row.choice(BudgetRowKeys.funder)) == ("Hyra", Funder.MUNICIPALITY)
    row.close()
    (one,) = found.problems
    assert (one.code, one.place.column, dict(one.values)["written"]) == ("comma-splits-text", 22, "el och städning")


@pytest.mark.parametrize("written", ["[titel]: Plan", "{titel}: Plan", "? [a, b]\n: Plan"])
def test_a_list_or_group_cannot_be_a_key(written: str) -> None:
    assert [code for code, _, _ in read(written)[1]] == ["key-not-text"]


@pytest.mark.parametrize("written", ["- titel\n- plan", "Verksamhetsplan 2025", "[a, b]"])
def test_a_header_without_keys_is_a_problem(written: str) -> None:
    assert read(written) == (None, [("front-matter-no-keys", 1, 1)])


# --- How a file may be saved ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_the_line_ends_of_another_system_change_nothing(site: TestSite, end: bytes) -> None:
    file = site.write_plan(PLAN, ("[500 000, 600 000]", "[500 tkr, 600 000]"))
    before = site.problems()
    file.write_bytes(file.read_bytes().replace(b"\n", end))
    assert site.problems() == before == [("amount-unreadable", 24, 58)]


@pytest.mark.parametrize("path", [PLAN_FILE, "norr/forbund.md", "webbplats.yaml"])
def test_a_byte_order_mark_changes_nothing(site: TestSite, path: str) -> None:
    site.write_plan()
    file = site.content / path
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert site.problems() == []


def test_letters_saved_in_two_parts_are_put_together(site: TestSite) -> None:
    """As text from a Mac may be: o, then two dots."""
    site.write(PLAN_FILE, unicodedata.normalize("NFD", PLAN))
    site.write("norr/forbund.md", unicodedata.normalize("NFD", ASSOCIATION))
    assert site.build() == 0, site.printed
    page = site.page("norr/2025/")
    assert "Förbundet stödjer samverkan." in page
    assert page == unicodedata.normalize("NFC", page)


def test_spaces_after_the_fences_are_forgiven() -> None:
    found = Found()
    source = read_markdown("---  \ntitel: Plan\n--- \nText.\n", FILE, found)
    assert source is not None
    assert (source.body, found.problems) == ("Text.\n", [])


def test_a_line_in_the_text_is_not_the_end_of_the_header() -> None:
    source = read_markdown("---\ntitel: Plan\n---\nEtt\n\n---\n\nTvå\n", FILE, Found())
    assert source is not None
    assert source.body == "Ett\n\n---\n\nTvå\n"


@pytest.mark.parametrize("text", ["", "\n---\ntitel: Plan\n---\n", "# Plan\n", "titel: Plan\n---\n"])
def test_a_file_that_does_not_begin_with_three_dashes_has_no_header(text: str) -> None:
    found = Found()
    assert read_markdown(text, FILE, found) is None
    assert [(one.code, one.place.line) for one in found.problems] == [("front-matter-missing", 1)]


# --- What YAML would have lost --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("titel: *plan", 8), ("rad: {not: *a}", 12), ("lista: [a, *b]", 12), ("*titel : Plan", 1),
        ('rad: {"not":&a b}', 13),
    ],
)  # fmt: skip
def test_a_reference_is_refused(written: str, column: int) -> None:
    assert read(written) == (None, [("yaml-alias", 1, column)])


@pytest.mark.parametrize("written", ["&mer Plan", "&A-kassan betalar", "[&a 1, 2]"])
def test_a_name_to_refer_to_is_refused(written: str) -> None:
    """The word after & would be lost."""
    assert read(f"titel: {written}")[1], "the anchor is lost without a word"


@pytest.mark.parametrize(
    "written", ["!Viktigt möte", "!viktigt [1, 2]", "! Viktigt möte", "!!Viktigt möte", "!!str Plan"]
)
def test_a_label_is_refused(written: str) -> None:
    """The exclamation mark, and the word after it, would be lost."""
    assert read(f"titel: {written}")[1] == [("yaml-tag", 1, 8)]


@pytest.mark.parametrize("written", ['"*"', "'**'", '"!Viktigt"', '"&"', "Räkna med oss!", "5*", "a & b", "R&D"])
def test_signs_in_quotes_or_inside_a_text_are_only_signs(written: str) -> None:
    assert scalar(written).text == written.strip("\"'")


@pytest.mark.parametrize(
    ("written", "left", "lost"),
    [
        ("Beslut nr #4", "Beslut nr", "#4"),
        ("[Beslut #4\n  ]", "Beslut", "#4"),
        ("Plan #2 # ändrad", "Plan", "#2 # ändrad"),
    ],
)
def test_a_text_that_a_hash_cuts_is_warned_of(written: str, left: str, lost: str) -> None:
    found = Found()
    read_yaml(f"titel: {written}", FILE, found)
    (one,) = found.problems
    assert (one.code, one.place.line) == ("comment-cuts-text", 1)
    assert dict(one.values) == {"written": left, "lost": lost}


@pytest.mark.parametrize("written", ["Plan # ändrad", "Plan  ## x", "Plan #", "Plan#4", '"Plan #4"', "'#1'", "# ~"])
def test_a_note_to_oneself_is_not_warned_of(written: str) -> None:
    assert read(f"titel: {written}")[1] == []


# --- What a field makes of a word -----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["2024-11-28", '"2024-11-28"', "' 2024-11-28 '"])
def test_a_day_is_year_month_and_day(written: str) -> None:
    day = fields(f"datum: {written}", Found(), DecisionKeys).day(DecisionKeys.day)
    assert day is not None
    assert day.isoformat() == "2024-11-28"


@pytest.mark.parametrize("written", ["2024-11-31", "2023-02-29", "24-11-28", "2024-1-5", "28/11 2024", "2024.11.28"])
def test_another_day_is_a_problem(written: str) -> None:
    found = Found()
    assert fields(f"datum: {written}", found, DecisionKeys).day(DecisionKeys.day) is None
    assert [(one.code, one.place.column) for one in found.problems] == [("date-unreadable", 8)]


@pytest.mark.parametrize("written", ["25", "20 25", "1825", "2125", "2025-2026", "tjugofem"])
def test_a_year_is_four_digits_of_our_time(written: str) -> None:
    found = Found()
    assert fields(f"år: {written}", found, ColumnKeys).year(ColumnKeys.year) is None
    assert [(one.code, one.place.column) for one in found.problems] == [("year-unreadable", 5)]


def test_a_text_in_quotes_loses_only_the_quotes() -> None:
    found = Found()
    read_fields = fields('gräns: "2021:06 / 3"\nnot: "~"', found, FinancialGoalKeys)
    limit, mark = read_fields.text(FinancialGoalKeys.limit), read_fields.text(FinancialGoalKeys.mark)
    assert (limit, mark, found.problems) == ("2021:06 / 3", "~", [])


# --- What is meant by another word ----------------------------------------------------------------------------------


def suggested(words: Mapped[str, object], written: str) -> str:
    """Return the suggestion for a word of choice; "" if there is none."""
    found = Found()
    assert read_choice(Scalar(written, Place(FILE)), "nyckel", words, found) is None
    (one,) = found.problems
    return "" if one.hint == "choice-allowed" else dict(one.values)["suggestion"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ej uppnått", "inte-uppnått"),
        ("inte uppnått", "inte-uppnått"),
        ("icke uppnått", "inte-uppnått"),
        ("ouppnått", "inte-uppnått"),
        ("uppnåddes ej", "inte-uppnått"),
        ("ej uppfyllt", "inte-uppnått"),
        ("ej klart", "inte-uppnått"),
        ("nej", "inte-uppnått"),
        ("inte-uppnåt", "inte-uppnått"),
        ("uppnåt", "uppnått"),
        ("uppfyllt", "uppnått"),
        ("klart", "uppnått"),
        ("ja", "uppnått"),
        ("delvis uppfyllt", "delvis"),
        ("inte helt uppnått", "delvis"),
        ("pågår", "”delvis” eller ”inte-mätt”"),
        ("ej mätt", "inte-mätt"),
        ("uppgift saknas", "inte-mätt"),
        ("ej uppnåt", ""),
        ("i stort sett uppnått", ""),
        ("ej delvis", ""),
    ],
)
def test_how_a_goal_went_is_never_suggested_as_its_opposite(written: str, meant: str) -> None:
    assert suggested(GOAL_STATUSES, written) == meant


@pytest.mark.parametrize(
    ("words", "written", "meant"),
    [
        (STATUSES, "fastställd", "beslutad"),
        (STATUSES, "antagen", "beslutad"),
        (STATUSES, "ej beslutad", "”utkast” eller ”förslag”"),
        (STATUSES, "preliminär", "”utkast” eller ”förslag”"),
        (STATUSES, "ej reviderad", ""),
        (FUNDERS, "landsting", "region"),
        (FUNDERS, "FK", "staten"),
        (FUNDERS, "AF", "staten"),
        (FUNDERS, "Försäkringskassan", "staten"),
        (FUNDERS, "staten (FK och AF)", "staten"),
        (FUNDERS, "Åby kommun", "kommun"),
        (FUNDERS, "kommun och region", ""),
        (FUNDERS, "utgående-kapital", ""),
        (FUNDERS, "ej kommun", ""),
        (PURPOSES, "admin", "administration"),
        (PURPOSES, "kansli", "administration"),
        (UNITS, "kkr", "tkr"),
        (UNITS, "kronor", "kr"),
        (COLUMN_KINDS, "bokslut", "utfall"),
        (DIRECTIONS, "lägst", "minst"),
        (DIRECTIONS, "ej över", "högst"),
        (DIRECTIONS, "inte under", "minst"),
        (YES_NO, "yes", "ja"),
        (YES_NO, "inte ännu", "nej"),
        (CONFORMANCES, "ej förenlig", "inte förenlig"),
        (CONFORMANCES, "inte helt förenlig", "delvis förenlig"),
        (EQUITY_MODELS, "ingår inte", "separat"),
        (LICENCES, "cc-by-nc", ""),
    ],
)
def test_another_word_is_suggested_for_what_it_means(words: Mapped[str, object], written: str, meant: str) -> None:
    assert suggested(words, written) == meant


@pytest.mark.parametrize(
    ("written", "hint", "suggestion"),
    [
        ("utgåend", "key-allowed", "ingående, utgående"),
        ("ingånde", "key-nearest", "ingående"),
        ("utgående_kapital", "key-allowed", "ingående, utgående"),
        ("ib", "key-nearest", "ingående"),
    ],
)
def test_a_misspelt_key_is_not_taken_for_its_opposite(site: TestSite, written: str, hint: str, suggestion: str) -> None:
    equity = "eget_kapital:\n        utgående: {namn: Eget kapital, belopp: [0, 0]}\n"
    wrong = f"        {written}: {{namn: Sparat, år: 2024, belopp: 0}}\n      resultat:"
    site.write_plan(PLAN, ("resultat:", equity + wrong))
    (one,) = site.found()
    assert (one.code, one.hint, dict(one.values)["suggestion"]) == ("key-unknown", hint, suggestion)


# --- Columns whose years don't go together --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("{id: b2025, år: 2052, typ: budget}", ("b2025", "2025")),
        ("{id: b2025, år: 2026, typ: budget}", ("b2025", "2025")),
        ("{id: b25, år: 2024, typ: budget}", ("b25", "2025")),
        ("{id: nu, år: 2052, typ: budget}", ("nu", "2025")),
        ("{id: nu, år: 2052, typ: budget, etikett: Budget 2025}", ("nu", "2025")),
    ],
)
def test_a_wrong_year_is_told_at_its_column_with_the_right_one(
    site: TestSite, columns: str, told: tuple[str, str]
) -> None:
    site.write_plan(PLAN, ("{id: b2025, år: 2025, typ: budget}", columns))
    (one,) = site.found()
    values = dict(one.values)
    assert (one.code, one.place.line, (values["id"], values["year"])) == ("column-year", 12, told)


def test_a_budget_beside_a_forecast_of_its_year_is_no_fault(site: TestSite) -> None:
    forecast = "{id: pr2025, år: 2025, typ: prognos, per: 2025-09}\n        - {id: b2025, år: 2025, typ: budget}"
    row = re.compile(r"\[([^,\]]+), ([^,\]]+)\]")
    plan = row.sub(r"[\1, \1, \2]", PLAN).replace("{id: b2025, år: 2025, typ: budget}", forecast)
    site.write_plan(plan)
    assert site.problems() == []


@pytest.mark.parametrize("columns", ["", f"{LAST_COLUMN}        - {{id: p2027, år: 2027, typ: plan}}\n"])
def test_columns_that_disagree_with_every_row_are_told_once(site: TestSite, columns: str) -> None:
    site.write_plan(PLAN, (LAST_COLUMN, columns), ("[500 000, 600 000]", "[500 000]"))
    codes = [one.code for one in site.found()]
    assert codes[0] == "column-count"
    assert codes[1:] in ([], ["cell-count"]), "only the row that differs from the others is told beside"


def test_a_forgotten_column_that_is_named_elsewhere_is_told_once(site: TestSite) -> None:
    deviation = "{kontroll: resultat, kolumn: p2026, differens: 1, orsak: avrundning, text: Avrundat.}"
    result = "resultat: {namn: Resultat, belopp: [0, 0]}"
    site.write_plan(
        PLAN,
        ("        - {id: p2026, år: 2026, typ: plan}\n", ""),
        (result, f"{result}\n      avvikelser:\n        - {deviation}"),
    )
    (one,) = site.found()
    assert (one.code, one.hint, dict(one.values)["year"]) == ("column-count", "column-count-year", "2026")


@pytest.mark.parametrize(
    ("written", "choices", "meant"),
    [
        *(("upphävt beslut", vocabulary.STATUSES, ""), ("oreviderad", vocabulary.STATUSES, "")),
        *(("beslutad av styrelsen", vocabulary.STATUSES, "beslutad"), ("oklart", vocabulary.GOAL_STATUSES, "")),
        *(("inte ouppnått", vocabulary.GOAL_STATUSES, ""), ("inte missat", vocabulary.GOAL_STATUSES, "")),
        *(
            ("inte nej", vocabulary.YES_NO, ""),
            ("1000-tal kr", vocabulary.UNITS, ""),
            ("milj. kr", vocabulary.UNITS, ""),
        ),
        *(("onaturligt", vocabulary.SIGN_STYLES, ""), ("nästan helt förenlig", vocabulary.CONFORMANCES, "")),
        *(("skäligt betungande", vocabulary.GAP_REASONS, ""), ("summa-utgifter", vocabulary.CONTROLS, "")),
        *(("föregående års resultat", vocabulary.RESULT_ROLES, ""), ("minska", vocabulary.DIRECTIONS, "")),
    ],
)
def test_a_suggestion_never_turns_a_meaning_round(written: str, choices: Mapped[str, object], meant: str) -> None:
    found = Found()
    read_choice(Scalar(written, Place("plan.md")), "nyckel", choices, found)
    (one,) = found.problems
    told = dict(one.values)["suggestion"] if one.hint in {"choice-nearest", "choice-either"} else ""
    assert told == meant


@pytest.mark.parametrize(
    "text",
    [
        'titel: "En plan\n  Mål: fler i arbete"',
        "titel: En insats\n  – ofta under lång tid – för unga",
        'titel: Skärm 27"',
    ],
)
def test_a_text_over_two_lines_may_begin_the_second_like_something_else(text: str) -> None:
    found = Found()
    read_yaml(text, "webbplats.yaml", found)
    assert found.problems == []
