"""The five plans in content/: complete, consistent, marked as retold, and with nothing invented."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from insyn.problems import Found
from insyn.reading.frontmatter import DividedText, read_markdown
from insyn.reading.nodes import Mapping, Scalar
from insyn.swedish import number_word
from tests.site import TestSite, list_content, read_content, read_page
from tests.test_fidelity import DATE, SOURCES, numbers_in

CONTENT = Path(__file__).parent.parent / "content"
PLANS = sorted(CONTENT.glob("*/*/plan.md"))
ASSOCIATIONS = sorted(CONTENT.glob("*/forbund.md"))
TEXTS = sorted(file for file in CONTENT.rglob("*") if file.suffix in {".md", ".yaml"})


def name_of(file: Path) -> str:
    return file.relative_to(CONTENT).as_posix()


every_plan = pytest.mark.parametrize("file", PLANS, ids=name_of)
every_association = pytest.mark.parametrize("file", ASSOCIATIONS, ids=name_of)
every_text = pytest.mark.parametrize("file", TEXTS, ids=name_of)


def read(file: Path) -> DividedText:
    source = read_markdown(file.read_text("utf-8"), name_of(file), Found())
    assert source
    return source


def value(mapping: Mapping, key: str) -> str | None:
    """Return the text of a key; "~" is None."""
    for entry in mapping.entries:
        if entry.key == key and isinstance(entry.value, Scalar):
            return None if entry.value.is_blank else entry.value.text
    return None


def keys(mapping: Mapping) -> list[str]:
    return [entry.key for entry in mapping.entries]


def inner(mapping: Mapping, key: str) -> Mapping:
    (found,) = (entry.value for entry in mapping.entries if entry.key == key)
    assert isinstance(found, Mapping)
    return found


# --- Complete -------------------------------------------------------------------------------------------------------


def test_the_site_is_built_of_five_plans_of_five_forbund(built: Path) -> None:
    pages = sorted(file.relative_to(built).as_posix() for file in built.rglob("*.html"))
    plans = [f"{plan}/index.html" for plan in SOURCES]
    associations = [f"{plan.split('/', maxsplit=1)[0]}/index.html" for plan in SOURCES]
    others = ["index.html", "404.html"]
    others += [f"{path}/index.html" for path in ("om-webbplatsen", "om-uppgifterna", "insyn", "data", "sok")]
    others += [f"{path}/index.html" for path in ("jamfor", "jamfor/2024")]
    others += [f"om-uppgifterna/{association}" for association in associations]
    pointers = ["hoglandet/2024/forslag", "sodra-lappland/2024/2023-11-30", "sodra-lappland/2024/2024-03-21"]
    assert pages == sorted([*others, *plans, *associations, *(f"{pointer}/index.html" for pointer in pointers)])


def test_nothing_lies_in_content_that_is_not_read(tmp_path: Path) -> None:
    site = TestSite(tmp_path, content=CONTENT)
    assert [fault.place.file for fault in site.found() if fault.code == "stray-file"] == []
    listing = list_content(CONTENT)
    files = [file for file in [listing.settings, *listing.associations, *listing.plans, *listing.pages] if file]
    assert sorted(f"content/{file.path}" for file in files) == [f"content/{name_of(file)}" for file in TEXTS]


PLAN_KEYS = ["schema", "förbund", "dokument", "titel", "undertitel", "år", "status", "återberättad", "dnr", "beslut"]
OTHER_PLAN_KEYS = {
    "källa", "sammanfattning", "målgrupp", "budget", "mål", "mål_rubriker", "uppföljning", "underskrifter",
    "revideringar", "motivering_underskott", "motivering_planperiod", "samråd",
}  # fmt: skip


@every_plan
def test_every_plan_says_the_same_things_in_the_same_order(file: Path) -> None:
    header = read(file).header
    assert keys(header)[: len(PLAN_KEYS)] == PLAN_KEYS
    assert set(keys(header)[len(PLAN_KEYS) :]) <= OTHER_PLAN_KEYS
    assert {"källa", "sammanfattning", "målgrupp", "budget", "mål"} <= set(keys(header))


@every_plan
def test_every_plan_says_where_it_is_taken_from_and_what_was_corrected(file: Path) -> None:
    source = inner(read(file).header, "källa")
    assert value(source, "typ") == "text ur pdf"
    assert "rättelser" in keys(source)


@every_plan
def test_every_budget_says_its_unit_its_model_and_its_own_column(file: Path) -> None:
    budget = inner(read(file).header, "budget")
    assert {"enhet", "kapitalmodell", "huvudkolumn", "kolumner", "intäkter", "kostnader"} <= set(keys(budget))


@every_plan
def test_a_summary_is_one_to_four_sentences_and_a_target_group_too(file: Path) -> None:
    for key in ("sammanfattning", "målgrupp"):
        text = value(read(file).header, key) or ""
        assert 1 <= len(re.findall(r"[.!?](?= [A-ZÅÄÖ]|$)", text.strip())) <= 4


@every_association
def test_every_forbund_has_a_presentation_a_short_name_and_all_its_members(file: Path) -> None:
    source = read(file)
    assert keys(source.header)[:3] == ["schema", "namn", "kortnamn"]
    assert "medlemmar" in keys(source.header)
    assert len(source.body.split()) >= 50
    assert "#" not in source.body


# --- Nothing invented -----------------------------------------------------------------------------------------------


@every_plan
def test_every_plan_is_retold_and_its_page_says_so(file: Path, built: Path) -> None:
    assert value(read(file).header, "återberättad") == "ja"
    html = read_page(built / file.parent.relative_to(CONTENT) / "index.html")
    assert "Texten är återberättad med egna ord av" in html
    assert "Återberättad kapitel för kapitel." in html


def test_the_page_about_the_site_says_that_all_plans_are_retold() -> None:
    about = (CONTENT / "sidor" / "om-webbplatsen.md").read_text("utf-8")
    assert f"De {number_word(len(PLANS))} planer som finns här är återberättade" in about
    assert "framtagna ur planens budget" in about


CONVERTED = {
    "hoglandet/2024": {"7000000", "15000000"},  # "7 och 15 miljoner kronor"
    "sunnerbo/2021": {"7490", "4183998", "2003:1210"},  # two sums of rows, for avvikelser; printed "2003: 1 210"
}
"""Numbers that follow from the source but don't occur in it."""


@pytest.mark.parametrize("plan", SOURCES)
def test_every_number_in_a_plan_and_its_forbund_is_the_sources_own(plan: str, source_plans: Path) -> None:
    source = (source_plans / SOURCES[plan]).read_text("utf-8")
    association = plan.split("/", maxsplit=1)[0]
    ours = (CONTENT / plan / "plan.md").read_text("utf-8") + (CONTENT / association / "forbund.md").read_text("utf-8")
    ours = re.sub(r"\{id: \w+,|huvudkolumn: \w+|\b[bplu]+20\d\d\b|^  (?:fil|sha256): .*$", "", ours, flags=re.MULTILINE)
    months = re.sub(r"\b(?:per|samråd): \"20\d\d-\d\d\"", "", DATE.sub("", ours))
    assert numbers_in(months) - numbers_in(source) == CONVERTED.get(plan, set())


@pytest.mark.parametrize("plan", SOURCES)
def test_the_source_is_named_by_its_file_and_its_sum(plan: str, source_plans: Path) -> None:
    source = inner(read(CONTENT / plan / "plan.md").header, "källa")
    assert value(source, "fil") == SOURCES[plan]
    assert value(source, "sha256") == sha256((source_plans / SOURCES[plan]).read_bytes()).hexdigest()


UNIT_AT_TABLE = re.compile(r"^Belopp i (?:kr|tkr|mnkr)\b", re.MULTILINE)


@pytest.mark.parametrize("plan", SOURCES)
def test_a_unit_that_the_source_does_not_print_at_its_table_is_said_to_be_inferred(
    plan: str, source_plans: Path, built: Path
) -> None:
    """Only Sunnerbo's table says what its amounts are in. Each of the others tells what the unit is read from."""
    source = (source_plans / SOURCES[plan]).read_text("utf-8")
    _, plans = read_content(CONTENT)
    (read_plan,) = (one for one in plans if f"{one.association}/{one.year}" == plan)
    assert read_plan.source
    said = [one.text for one in read_plan.source.corrections if one.text and "någon enhet" in one.text]
    assert len(said) == (0 if UNIT_AT_TABLE.search(source) else 1)
    for page in (plan, "om-uppgifterna"):
        html = read_page(built / page / "index.html")
        assert all(one in html for one in said)


WRITTEN_DAYS = {
    "sodra-vatterbygden/2022": {"2021-11-24": "2021-11-24"},
    "finnveden/2014": {"2013-11-29": "131129", "2011-04-12": "12 april 2011"},
    "sodra-lappland/2024": {"2023-11-30": "2023.11.30", "2024-03-21": "2024.03.21", "2005-06-09": "9 juni 2005"},
    "sunnerbo/2021": {"2021-05-07": "2021 0507", "2006-01-01": "1 januari 2006"},
}
"""Each day that the files have as a date, with its spelling in the source."""


@pytest.mark.parametrize("plan", SOURCES)
def test_every_date_in_a_plan_and_its_forbund_is_the_sources_own(plan: str, source_plans: Path) -> None:
    source = (source_plans / SOURCES[plan]).read_text("utf-8")
    association = plan.split("/", maxsplit=1)[0]
    ours = (CONTENT / plan / "plan.md").read_text("utf-8") + (CONTENT / association / "forbund.md").read_text("utf-8")
    days = {"-".join(date.groups()) for date in re.finditer(r"\b(20\d\d)-(\d\d)-(\d\d)\b", ours)}
    assert days == set(WRITTEN_DAYS.get(plan, {}))
    assert all(printed in source for printed in WRITTEN_DAYS.get(plan, {}).values())


EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|mailto:")
PHONE = re.compile(r"(?:\+46|\b0)[\d ]{1,4}[-/ ]? ?\d[\d ]{4,9}\d\b|\btel:")
PERSONAL_NUMBER = re.compile(r"\b(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}\b")
HOST = re.compile(r"(?:https?://|www\.)[\w./-]+")


@every_text
def test_no_one_is_given_an_address_a_number_or_a_contact_that_the_sources_do_not_have(file: Path) -> None:
    """None of the sources has an e-mail address or a telephone number."""
    text = DATE.sub("", file.read_text("utf-8"))
    assert EMAIL.findall(text) == []
    assert PHONE.findall(text) == []
    assert PERSONAL_NUMBER.findall(text) == []
    assert "kontakt:" not in text


def test_the_patterns_above_find_what_they_look_for() -> None:
    assert EMAIL.search("Skriv till info@norr.se.")
    assert all(PHONE.search(number) for number in ("036-10 50 00", "+46 36 10 50 00", "070-123 45 67", "0370 12345"))
    assert not PHONE.search("organisationsnummer 222000-2873, 131129, 8 086 000")
    assert PERSONAL_NUMBER.search("19121212-1212")
    assert not PERSONAL_NUMBER.search("222000-2873")


def test_every_web_address_in_content_is_a_sources_own(source_plans: Path) -> None:
    sources = " ".join((source_plans / name).read_text("utf-8") for name in SOURCES.values())
    for file in TEXTS:
        for address in HOST.findall(file.read_text("utf-8")):
            bare = address.removeprefix("https://").removeprefix("http://").rstrip("./")
            assert bare in sources, (name_of(file), address)


@every_text
def test_no_note_to_ourselves_is_left(file: Path) -> None:
    assert re.findall(r"(?i)\b(?:todo|fixme|xxx|lorem|gissat|påhitta\w*)\b", file.read_text("utf-8")) == []
