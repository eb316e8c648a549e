"""Reuse of the data: every figure is the page's, every file matches its description, and all can be found."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import frictionless
import jsonschema
import pyshacl
import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from insyn.downloads.fields import BUDGET, COLLECTED, EQUITY, PARTS
from insyn.downloads.numbers import number_in
from insyn.swedish import file_size
from insyn.vocabulary import UNIT_NAMES
from tests.conftest import Once
from tests.published import page, said
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite
from tests.test_downloads import FORMULAS, starts_formula
from tests.test_fidelity import SOURCES, by_id, in_class, page_of, table_of

ADDRESS = "https://planer.example/finsam/"
NUMBER = re.compile(r"([\u2212-]?)(\d[\d\u00a0]*)")
UNITS = {"kr": 1, "tkr": 1_000, "mnkr": 1_000_000}
every_plan = pytest.mark.parametrize("plan", SOURCES)

Json = dict[str, Any]


@pytest.fixture(scope="session")
def addressed(once: Once, project: Path) -> TestSite:
    """The real content on a site that knows its address, with invented contacts."""
    folder = once("addressed", lambda folder: publish_addressed(folder, project))
    return TestSite(folder, content=folder / "content")


def publish_addressed(folder: Path, project: Path) -> None:
    shutil.copytree(project / "content", folder / "content")
    site = TestSite(folder, content=folder / "content")
    contact = 'kontakt: {namn: Provförbunden, e-post: info@prov.example, telefon: "0123-456 78"}\n'
    settings = (site.content / "webbplats.yaml").read_text("utf-8")
    (site.content / "webbplats.yaml").write_text(f"{settings}adress: {ADDRESS}\nlicens: cc0\n{contact}", "utf-8")
    for name, extra in (
        ("finnveden", 'organisationsnummer: "222000-2873"\n'),
        ("hoglandet", "kontakt: {namn: Höglandet, e-post: hoglandet@prov.example}\n"),
    ):
        file = site.content / name / "forbund.md"
        text = re.sub(r"^organisationsnummer:.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(text.replace("kortnamn:", f"{extra}kortnamn:", 1), "utf-8")
    assert site.build() == 0, site.printed


def rows_in(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def json_in(file: Path) -> Json:
    found: Json = json.loads(file.read_text("utf-8"))
    return found


# --- The same figures -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of a budget table on the page. A cell is an amount, a sign printed in its place, or None."""

    kind: str
    name: str
    cells: tuple[int | str | None, ...]


def shown_cell(cell: Element) -> int | str | None:
    """Read a cell without its note marks and without text that is only read aloud."""
    text = "".join(_printed(cell)).strip()
    found = NUMBER.fullmatch(text)
    if found is None:
        return text or None
    amount = int(found[2].replace("\u00a0", ""))
    return -amount if found[1] else amount


def _printed(element: Element) -> Iterator[str]:
    if element.tag != "sup" and element.get("class") != "visually-hidden":
        yield element.text or ""
        for child in element:
            yield from _printed(child)
            yield child.tail or ""


def lines_on_page(built: Path, plan: str, block: str) -> list[Line]:
    table = table_of(page_of(built, plan), f"tabell-{block}")
    noted = len(table.findall("./thead/tr/th")) > 1 + len(table.findall("./thead/tr/th[@class]"))
    lines = []
    for row in table.findall("./tbody/tr"):
        (head,) = row.findall("th")
        cells = row.findall("td")[: -1 if noted else None]
        kind = (row.get("class") or "").split()[0].removeprefix("table__")
        lines.append(Line(kind, "".join(_printed(head)), tuple(shown_cell(cell) for cell in cells)))
    return lines


def lines_in_json(block: Json, unit: int, *, negated: bool) -> Iterator[tuple[str, tuple[int | str | None, ...]]]:
    """Yield the lines of a block in printed order, in the plan's unit and with its signs."""
    for part in block["rader"]:
        yield from _part(part, unit, negated)
    if block["summa"]:
        yield block["summa"]["namn"], _cells(block["summa"], unit, negated)


def _part(part: Json, unit: int, negated: bool) -> Iterator[tuple[str, tuple[int | str | None, ...]]]:
    if "rad_id" in part:
        yield part["namn"], _cells(part, unit, negated)
        return
    total = part["summa"]
    before = total is not None and total["placering"] == "före"
    if part["tryckt"] or before:
        yield part["grupp"], _cells(total, unit, negated) if before else ()
    for inner in part["rader"]:
        yield from _part(inner, unit, negated)
    if total and not before:
        yield total["namn"] or f"Summa {part['grupp']}", _cells(total, unit, negated)


def _cells(line: Json, unit: int, negated: bool) -> tuple[int | str | None, ...]:
    return tuple(_cell(cell, unit, negated) for cell in line["celler"])


def _cell(cell: Json, unit: int, negated: bool) -> int | str | None:
    if cell["belopp"] is None or cell["tryckt"]:
        printed = NUMBER.fullmatch((cell["tryckt"] or "").replace(" ", "\u00a0"))
        return int(printed[2].replace("\u00a0", "")) if printed else cell["tryckt"]
    amount, rest = divmod(cell["belopp"], unit)
    assert rest == 0
    return -amount if negated else amount


@every_plan
def test_every_cell_of_the_page_is_in_the_json_and_no_other(plan: str, built: Path) -> None:
    budget = json_in(built / plan / "plan.json")["budget"]
    unit = UNITS[budget["tryckt_i"]]
    negated = budget["tecken"] == "kostnader-negativa"
    for block, name in (("intakter", "intakter"), ("kostnader", "kostnader")):
        found = list(lines_in_json(budget[block], unit, negated=negated and block == "kostnader"))
        if block == "kostnader" and budget["resultat"]:
            found.append((budget["resultat"]["namn"], _cells(budget["resultat"], unit, False)))
        assert found == [(line.name, line.cells) for line in lines_on_page(built, plan, name)]


@every_plan
def test_every_cell_of_the_page_is_in_the_workbook_and_no_other(plan: str, built: Path) -> None:
    book = load_workbook(built / plan / "budget.xlsx", data_only=True)
    for name, sheet in (("intakter", "Intäkter"), ("kostnader", "Kostnader")):
        lines = lines_on_page(built, plan, name)
        columns = max(len(line.cells) for line in lines)
        rows = [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=2)]
        found = [(row[0], tuple(row[1 : 1 + columns])) for row in rows]
        blank = (None,) * columns
        assert found == [(line.name, line.cells or blank) for line in lines]


@every_plan
def test_every_amount_of_a_row_on_the_page_is_in_the_csv_once_in_kronor_and_positive(plan: str, built: Path) -> None:
    whole = json_in(built / plan / "plan.json")["budget"]
    unit, columns = UNITS[whole["tryckt_i"]], [column["id"] for column in whole["kolumner"]]
    expected = []
    for direction, block in (("intäkt", "intakter"), ("kostnad", "kostnader")):
        for line in lines_on_page(built, plan, block):
            amounts = zip(columns, line.cells, strict=True) if line.kind == "row" else ()
            expected += [
                (direction, line.name, column, abs(amount) * unit)
                for column, amount in amounts
                if isinstance(amount, int)
            ]
    equity = [row for row in rows_in(built / plan / "eget-kapital.csv") if row["matt"] == "ingående"]
    saved = {(row["kolumn"], int(row["belopp"])) for row in equity} if whole["kapitalmodell"] == "ingår" else set()
    rows = rows_in(built / plan / "budget.csv")
    found = [(row["riktning"], row["rad"], row["kolumn"], int(row["belopp"])) for row in rows]
    left = [one for one in expected if one not in found]
    assert [one for one in expected if one not in left] == found
    assert {(column, amount) for _, _, column, amount in left} == saved


@every_plan
def test_blanks_and_dashes_are_left_out_of_the_csv_and_zeros_are_kept(plan: str, built: Path) -> None:
    lines = [line for block in ("intakter", "kostnader") for line in lines_on_page(built, plan, block)]
    zeros = sum(cell == 0 for line in lines if line.kind == "row" for cell in line.cells)
    rows = rows_in(built / plan / "budget.csv")
    assert sum(row["belopp"] == "0" for row in rows) == zeros
    assert all(re.fullmatch(r"-?\d+", row["belopp"]) for row in rows)


CONTROLS = {"intäkt": "summa-intäkter", "kostnad": "summa-kostnader"}


@every_plan
def test_sums_of_the_csv_are_the_printed_ones_or_a_known_deviation(plan: str, built: Path) -> None:
    budget = json_in(built / plan / "plan.json")["budget"]
    rows, saved = rows_in(built / plan / "budget.csv"), rows_in(built / plan / "eget-kapital.csv")
    for direction, block in (("intäkt", "intakter"), ("kostnad", "kostnader")):
        for cell in budget[block]["summa"]["celler"]:
            total = sum(
                int(row["belopp"]) for row in rows if row["riktning"] == direction and row["kolumn"] == cell["kolumn"]
            )
            if direction == "intäkt" and budget["kapitalmodell"] == "ingår":
                total += sum(
                    int(row["belopp"]) for row in saved if row["matt"] == "ingående" and row["kolumn"] == cell["kolumn"]
                )
            known = [
                deviation["differens"]
                for deviation in budget["avvikelser"]
                if deviation["kontroll"] == CONTROLS[direction] and cell["kolumn"] in deviation["kolumner"]
            ]
            if cell["belopp"] is not None:
                assert abs(total - cell["belopp"]) == sum(known)


def test_saved_money_stands_apart_from_the_income(built: Path) -> None:
    rows = rows_in(built / "hoglandet/2024/eget-kapital.csv")
    assert [(row["ar"], row["kolumntyp"], row["matt"], row["belopp"]) for row in rows] == [
        ("2023", "", "ingående", "1215582"),
        ("2023", "prognos", "utgående", "1512650"),
        ("2024", "budget", "utgående", "1362650"),
        ("2025", "plan", "utgående", "1362650"),
        ("2026", "plan", "utgående", "1362650"),
    ]
    assert not [row for row in rows_in(built / "data/budget.csv") if row["part"] == "ingående-kapital"]


def test_saved_money_outside_the_columns_is_told_once_and_belongs_to_none(site: TestSite) -> None:
    """Two columns of the year it opens: what is printed once is one row, and isn't made a forecast or a budget."""
    twice = PLAN.replace(
        "        - {id: b2025, år: 2025, typ: budget}\n",
        "        - {id: b2025, år: 2025, typ: budget}\n        - {id: u2025, år: 2025, typ: prognos}\n",
    )
    assert twice != PLAN
    three = re.sub(r"belopp: \[([\d ]+), ([\d ]+)\]", r"belopp: [\1, \1, \2]", twice)
    before, after = three.rsplit("    ---\n", 1)
    equity = "      eget_kapital: {ingående: {namn: Eget kapital, år: 2024, belopp: 700 000}}\n"
    site.write_plan(f"{before}{equity}    ---\n{after}")
    assert site.build() == 0, site.printed
    rows = [row for row in rows_in(site.output / "norr/data/eget-kapital.csv") if row["matt"] == "ingående"]
    assert [(row["ar"], row["kolumntyp"], row["kolumn"], row["belopp"]) for row in rows] == [("2025", "", "", "700000")]


def test_known_deviations_are_a_table(built: Path) -> None:
    rows = rows_in(built / "sunnerbo/data/avvikelser.csv")
    assert [(row["kolumn"], row["kontroll"], row["avvikande_rad"], row["differens"]) for row in rows] == [
        ("b2021", "summa-kostnader", "", "1000"),
        ("b2021", "nedbrytning-summa", "", "2"),
        ("p2022", "tecken", "Kostnader", ""),
        ("p2023", "tecken", "Kostnader", ""),
    ]
    assert rows[0]["forklaring"].startswith("Raderna är avrundade var för sig.")
    assert rows_in(built / "data/avvikelser.csv") == rows
    assert rows_in(built / "hoglandet/data/avvikelser.csv") == []


def test_the_parts_of_a_row_have_a_file_of_their_own(built: Path) -> None:
    rows = rows_in(built / "sunnerbo/2021/uppdelning.csv")
    assert [(row["del"], row["part"], row["belopp"]) for row in rows][2:] == [
        ("Markaryd", "kommun", "348666"),
        ("Älmhult", "kommun", "348666"),
        ("Ljungby", "kommun", "348666"),
    ]
    assert not (built / "hoglandet/2024/uppdelning.csv").exists()


def test_equity_and_parts_are_in_the_workbook(built: Path) -> None:
    book = load_workbook(built / "hoglandet/2024/budget.xlsx", data_only=True)
    table = table_of(page_of(built, "hoglandet/2024"), "eget-kapital")
    shown = [(said(row.findall("th")[0]), shown_cell(row.findall("td")[0])) for row in table.findall("./tbody/tr")]
    assert [(row[0].value, row[1].value) for row in book["Eget kapital"].iter_rows(min_row=2)] == shown
    parts = load_workbook(built / "sunnerbo/2021/budget.xlsx", data_only=True)["Uppdelning"]
    assert [row[1].value for row in parts.iter_rows(min_row=2)] == [2092000, 1046000, 348666, 348666, 348666, 4184000]


# --- Workbooks ------------------------------------------------------------------------------------------------------

CLOSING = re.compile(r"(B\d+)\+Kostnader!([A-Z]+\d+)")
SUM = re.compile(r"SUM\((.*)\)")
DIFFERENCE = re.compile(r"'?Intäkter'?!([A-Z]+\d+)([+-])([A-Z]+\d+)")


def calculated(formula: str, book: Workbook, sheet: str) -> int:
    """Evaluate a formula like a spreadsheet program, from the displayed cells."""
    if found := DIFFERENCE.fullmatch(formula):
        first, second = int(book["Intäkter"][found[1]].value), int(book[sheet][found[3]].value)
        return first - second if found[2] == "-" else first + second
    if found := CLOSING.fullmatch(formula):
        return int(book[sheet][found[1]].value) + int(book["Kostnader"][found[2]].value)
    if formula.startswith("-"):
        return -calculated(formula.removeprefix("-"), book, sheet)
    found = SUM.fullmatch(formula)
    assert found, formula
    total = 0
    for span in found[1].split(","):
        cells = book[sheet][span]
        for row in cells if isinstance(cells, tuple) else ((cells,),):
            total += sum(cell.value for cell in row if isinstance(cell.value, int))
    return total


@every_plan
def test_every_formula_comes_to_what_the_plan_prints(plan: str, built: Path) -> None:
    file = built / plan / "budget.xlsx"
    formulas, values = load_workbook(file), load_workbook(file, data_only=True)
    count = 0
    for sheet in formulas.sheetnames:
        for row in formulas[sheet].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    value = values[sheet][cell.coordinate].value
                    assert calculated(str(cell.value).removeprefix("="), values, sheet) == value, cell.coordinate
    assert count >= 4


def test_a_sum_that_the_plan_is_known_to_get_wrong_is_the_plans_own_number(built: Path) -> None:
    sheet = load_workbook(built / "sunnerbo/2021/budget.xlsx")["Kostnader"]
    (total,) = (row for row in sheet.iter_rows() if row[0].value == "Kostnader")
    assert [cell.value for cell in total[1:4]] == [-7489, "=-SUM(C2:C9)", "=-SUM(D2:D9)"]


def test_equity_at_the_end_of_a_year_is_a_formula(built: Path) -> None:
    sheet = load_workbook(built / "hoglandet/2024/budget.xlsx")["Eget kapital"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [
        1215582, "=B2+Kostnader!B17", "=B3+Kostnader!C17", "=B4+Kostnader!D17", "=B5+Kostnader!E17",
    ]  # fmt: skip


def test_every_column_of_the_files_stands_in_a_table_of_fields(built: Path) -> None:
    page = (built / "data/index.html").read_text("utf-8")
    for file in (*(built / "data").glob("*.csv"), *(built / "hoglandet/data").glob("*.csv")):
        heading = file.read_text("utf-8-sig").partition("\n")[0].strip()
        told = page.partition(f'id="falt-{file.stem}"')[2].partition("</table>")[0]
        if file.stem == "budget-excel":
            told += page.partition('id="falt-budget"')[2].partition("</table>")[0]
        missing = [name for name in re.split("[,;]", heading) if f"<code>{name}</code>" not in told]
        assert missing == [], file.name


@every_plan
def test_a_workbook_has_frozen_headings_formats_and_explanations(plan: str, built: Path) -> None:
    book = load_workbook(built / plan / "budget.xlsx")
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert not sheet.merged_cells.ranges
        assert all(cell.value for cell in sheet[1])
    numbers = [cell for row in book["Kostnader"].iter_rows(min_row=2) for cell in row if cell.data_type in {"n", "f"}]
    assert {cell.number_format for cell in numbers if cell.value is not None} == {"#,##0"}
    told = {row[0].value: row[1].value for row in book["Om filen"].iter_rows(min_row=2)}
    assert {"Förbund", "Plan", "Status", "Enhet", "Summor", "Tomma rutor", "Licens"} <= set(told)


def test_libreoffice_comes_to_the_same_sums(built: Path, tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice isn't installed here. On Debian: sudo apt-get install libreoffice-calc")
    files = {plan: tmp_path / f"{plan.replace('/', '-')}.xlsx" for plan in SOURCES}
    for plan, file in files.items():
        shutil.copy(built / plan / "budget.xlsx", file)
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"  # else it waits for another LibreOffice
    words = [program, own, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "theirs", *files.values()]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    for file in files.values():
        ours, theirs = (
            load_workbook(file, data_only=True),
            load_workbook(tmp_path / "theirs" / file.name, data_only=True),
        )
        for sheet in ours.sheetnames:
            for row in ours[sheet].iter_rows():
                for cell in row:
                    assert theirs[sheet][cell.coordinate].value == cell.value


# --- Formulas -------------------------------------------------------------------------------------------------------


def test_no_cell_of_any_file_can_be_calculated_whatever_rows_are_called(site: TestSite) -> None:
    names = [*(text.strip() for text in FORMULAS), "Namn;=1+1", 'a,"=1+1', "Hyra, -10 %"]
    rows = "".join(f"          - {{namn: {json.dumps(name)}, ändamål: individ, belopp: [0, 0]}}\n" for name in names)
    site.write_plan(PLAN.replace("          - {namn: Kansli", f"{rows}          - {{namn: Kansli"))
    assert site.build() == 0, site.printed
    for file in site.output.rglob("*.csv"):
        text = file.read_text("utf-8-sig")
        for separator in ",;":
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                assert [cell for cell in row if starts_formula(cell)] == [], file
    sheet = load_workbook(site.output / "norr/2025/budget.xlsx")["Kostnader"]
    kinds = {str(row[0].value): row[0].data_type for row in sheet.iter_rows()}
    assert {kinds[name] for name in names} == {"s"}
    told = {row["namn"] for row in json_in(site.output / "norr/2025/plan.json")["budget"]["kostnader"]["rader"]}
    assert told >= set(names)


# --- Form -----------------------------------------------------------------------------------------------------------


def test_a_table_has_the_fields_that_are_promised_in_their_order(built: Path) -> None:
    header = (built / "data/budget.csv").read_bytes().split(b"\r\n")[0].decode()
    assert header == (
        "forbund,plan_ar,version,ar,kolumntyp,fas,riktning,rad_id,rad,part,andamal,belopp,valuta,kolumn,grupp,per"
    )
    for kind in (*COLLECTED, PARTS):
        for file in built.rglob(kind.file):
            body = file.read_bytes()
            assert body.split(b"\r\n")[0].decode().split(",") == list(kind.names)
            assert body.endswith(b"\r\n")
            assert body.count(b"\n") == body.count(b"\r\n")
            assert not body.startswith(b"\xef\xbb\xbf")


def test_the_file_for_swedish_excel_holds_the_same_rows(built: Path) -> None:
    for file in built.rglob("budget-excel.csv"):
        body = file.read_bytes()
        assert body.startswith(b"\xef\xbb\xbf")
        same = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
        with (file.parent / "budget.csv").open(encoding="utf-8", newline="") as text:
            rows = list(csv.reader(text))
        if file.parent.name == "data":  # which of many versions applies is said on each row
            assert {row.pop() for row in same} == {"aktuell", "ja"}
        assert same == rows


@pytest.mark.parametrize("kind", COLLECTED, ids=lambda kind: kind.name)
def test_the_sites_table_is_the_forbunds_tables_and_theirs_the_plans(kind: Any, built: Path) -> None:
    order = ["hoglandet", "sodra-vatterbygden", "finnveden", "sodra-lappland", "sunnerbo"]
    own = [row for name in order for row in rows_in(built / name / "data" / kind.file)]
    assert rows_in(built / "data" / kind.file) == own
    for name in order:
        if kind in {BUDGET, EQUITY}:
            plans = [row for file in sorted(built.glob(f"{name}/*/{kind.file}"))[:1] for row in rows_in(file)]
            assert rows_in(built / name / "data" / kind.file) == plans


@pytest.mark.parametrize("folder", ["content", "tests/sites/stress"])
def test_every_plan_as_json_follows_its_published_schema(folder: str, project: Path, tmp_path: Path) -> None:
    site = TestSite(tmp_path, content=project / folder)
    assert site.build() == 0, site.printed
    schema = json_in(site.output / "data/schema/plan-1.json")
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    plans = list(site.output.glob("*/*/plan.json"))
    assert len(plans) >= 5
    for plan in plans:
        whole = json_in(plan)
        assert list(validator.iter_errors(whole)) == []
        assert (plan.parent / whole["$schema"]).resolve() == (site.output / "data/schema/plan-1.json").resolve()


def test_the_schema_turns_down_what_the_format_does_not_have(built: Path) -> None:
    validator = jsonschema.Draft202012Validator(json_in(built / "data/schema/plan-1.json"))
    whole = json_in(built / "hoglandet/2024/plan.json")
    assert list(validator.iter_errors(whole | {"ny": 1}))
    assert list(validator.iter_errors({key: value for key, value in whole.items() if key != "status"}))
    whole["budget"]["intakter"]["rader"][0]["celler"][0]["belopp"] = 1.5
    assert list(validator.iter_errors(whole))


def test_a_plan_as_json_has_its_text_and_says_which_version_it_is(built: Path) -> None:
    whole = json_in(built / "sunnerbo/2021/plan.json")
    assert (whole["version"], whole["status"], whole["plan_ar"]) == ("2021-05-07", "beslutad", 2021)
    assert whole["text"].startswith("# Förteckning över förkortningar")
    assert whole["sida"] is None


def test_a_column_of_numbers_in_a_charts_file_has_numbers_or_blanks_and_nothing_else(built: Path) -> None:
    charts = [file for file in built.glob("*/20*/*.csv") if (file.parent / "index.html").exists()]
    found = 0
    for file in charts:
        if file.name not in {"budget.csv", "budget-excel.csv", "eget-kapital.csv", "uppdelning.csv"}:
            with file.open(encoding="utf-8", newline="") as text:
                _, *rows = csv.reader(text)
            for column in list(zip(*rows, strict=True))[1:]:
                numbers = [bool(re.fullmatch(r"-?\d+(?:\.\d+)?", cell)) for cell in column if cell]
                assert all(numbers) or not any(numbers), (file, column)
                found += all(numbers)
    assert found > 50
    hundred = (built / "sodra-vatterbygden/2022/en-hundralapp.csv").read_text("utf-8")
    assert [row.split(",")[-1] for row in hundred.splitlines()[1:]] == ["84", "10", "7", "101"]


# --- Versions -------------------------------------------------------------------------------------------------------

PROPOSAL = PLAN.replace("status: beslutad\n    beslut: {organ: styrelsen, datum: 2024-11-20}", "status: förslag")


def test_each_version_has_files_beside_its_own_page_and_is_told_apart_in_the_tables(site: TestSite) -> None:
    site.write(
        "norr/2025/versioner/forslag.md",
        PROPOSAL.replace("1 500 000", "1 400 000").replace("500 000, 600", "600 000, 600"),
    )
    site.write_plan()
    assert site.build() == 0, site.printed
    assert rows_in(site.output / "norr/2025/forslag/budget.csv") != rows_in(site.output / "norr/2025/budget.csv")
    plans = rows_in(site.output / "data/planer.csv")
    assert [(row["version"], row["aktuell"], row["status"], row["datum"], row["sida"]) for row in plans] == [
        ("forslag", "nej", "förslag", "", "norr/2025/forslag/"),
        ("2024-11-20", "ja", "beslutad", "2024-11-20", "norr/2025/"),
    ]
    rows = rows_in(site.output / "data/budget.csv")
    keys = [tuple(row[field] for field in BUDGET.identified_by) for row in rows]
    assert len(keys) == len(set(keys))
    coaching = {row["version"]: row["belopp"] for row in rows if row["rad"] == "Coachning" and row["ar"] == "2025"}
    assert coaching == {"forslag": "1400000", "2024-11-20": "1500000"}
    phases = {row["version"]: row["fas"] for row in rows if row["kolumntyp"] == "budget"}
    assert phases == {"forslag": "proposed", "2024-11-20": "approved"}
    excel = (site.output / "data/budget-excel.csv").read_text("utf-8-sig")
    current = {(row.split(";")[2], row.split(";")[-1]) for row in excel.splitlines()[1:]}
    assert current == {("forslag", "nej"), ("2024-11-20", "ja")}


def test_what_a_revoked_plan_meant_to_do_is_neither_approved_nor_proposed(site: TestSite) -> None:
    site.write_plan(PLAN, ("status: beslutad", "status: upphävd"))
    assert site.build() == 0, site.printed
    phases = {(row["kolumntyp"], row["fas"]) for row in rows_in(site.output / "data/budget.csv")}
    assert phases == {("budget", ""), ("plan", "")}


def test_a_new_proposal_beside_a_frozen_one_has_a_name_of_its_own(site: TestSite) -> None:
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    site.write_plan(PROPOSAL)
    assert site.build() == 0, site.printed
    versions = [row["version"] for row in rows_in(site.output / "data/planer.csv")]
    assert sorted(versions) == ["forslag", "forslag-2"]


def test_a_draft_is_in_no_file(site: TestSite) -> None:
    site.write_plan()
    site.write(
        "norr/2026/plan.md", PROPOSAL.replace("förslag", "utkast").replace("2026", "2027").replace("2025", "2026")
    )
    assert site.build() == 0, site.printed
    assert {row["plan_ar"] for row in rows_in(site.output / "data/budget.csv")} == {"2025"}


# --- Descriptions ---------------------------------------------------------------------------------------------------


def packages(site: TestSite) -> list[Path]:
    return sorted(site.output.rglob("datapackage.json"))


def test_frictionless_finds_no_fault_in_any_data_package(addressed: TestSite) -> None:
    assert len(packages(addressed)) == 6
    for file in packages(addressed):
        report = frictionless.validate(str(file))
        assert report.valid, (file, report.flatten(["type", "message"]))
        is_whole = file.parent.parent == addressed.output
        assert report.stats["tasks"] == (7 if is_whole else 6)


def test_a_data_package_has_every_table_that_lies_beside_it(addressed: TestSite) -> None:
    for file in packages(addressed):
        told = {resource["path"] for resource in json_in(file)["resources"]}
        assert told == {one.name for one in file.parent.glob("*.csv")} - {"budget-excel.csv"}
    own = {file.parent.name: file.read_text("utf-8") for file in addressed.output.glob("jamfor/*/forbunden.csv")}
    whole = (addressed.output / "data/forbunden.csv").read_text("utf-8")
    assert own
    assert sum(text.count("\n") - 1 for text in own.values()) == whole.count("\n") - 1


def test_a_data_package_that_differs_from_its_files_is_found_out(addressed: TestSite, tmp_path: Path) -> None:
    shutil.copytree(addressed.output / "data", tmp_path / "data")
    budget = tmp_path / "data/budget.csv"
    budget.write_text(budget.read_text("utf-8").replace("119465", "119466"), "utf-8", newline="")
    found = frictionless.validate(str(tmp_path / "data/datapackage.json")).flatten(["type"])
    assert ["hash-count"] in found


def test_a_data_package_tells_the_size_and_checksum_of_each_file(addressed: TestSite) -> None:
    for file in packages(addressed):
        for resource in json_in(file)["resources"]:
            body = (file.parent / resource["path"]).read_bytes()
            assert resource["bytes"] == len(body)
            assert resource["hash"] == f"sha256:{sha256(body).hexdigest()}"


def test_a_data_package_is_fiscal(addressed: TestSite) -> None:
    whole = json_in(addressed.output / "hoglandet/data/datapackage.json")
    assert (whole["profile"], whole["name"]) == ("tabular-data-package", "finsam-hoglandet-budget")
    assert whole["fiscalPeriod"] == {"start": "2023-01-01", "end": "2026-12-31"}
    assert whole["homepage"] == f"{ADDRESS}hoglandet/"
    types = {field["name"]: field.get("columnType") for field in whole["resources"][0]["schema"]["fields"]}
    assert types["belopp"] == "value"
    assert types["rad_id"] == "budget-line-id"
    named = {name for dimension in whole["model"]["dimensions"].values() for name in dimension["attributes"]}
    assert named <= set(types)
    assert set(whole["resources"][0]["schema"]["primaryKey"]) <= named
    listed = {field["name"]: field["constraints"].get("enum") for field in whole["resources"][0]["schema"]["fields"]}
    assert listed["part"] == ["staten", "region", "kommun", "eu", "ränta", "övrigt", "parterna"]
    assert "individ" in listed["andamal"]


def test_csvw_lists_every_column_of_every_table_in_order(addressed: TestSite) -> None:
    for file in addressed.output.rglob("csv-metadata.json"):
        whole = json_in(file)
        assert whole["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "sv"}]
        assert len(whole["tables"]) == (7 if file.parent.parent == addressed.output else 6)
        for table in whole["tables"]:
            with (file.parent / table["url"]).open(encoding="utf-8", newline="") as text:
                header, *rows = csv.reader(text)
            columns = table["tableSchema"]["columns"]
            assert [column["titles"] for column in columns] == header
            for place, column in enumerate(columns):
                _check_column(column, [row[place] for row in rows])
            known = [column["name"] for column in columns]
            assert set(table["tableSchema"]["primaryKey"]) <= set(known)


def _check_column(column: Json, cells: list[str]) -> None:
    kind = column["datatype"]
    patterns = {"string": r"[^\r\n]*", "decimal": r"-?\d+", "gYear": r"\d{4}", "date": r"\d{4}-\d\d-\d\d"}
    pattern = f"(?:{kind['format']})" if isinstance(kind, dict) else patterns[kind]
    for cell in cells:
        assert cell or not column.get("required"), column["name"]
        assert not cell or re.fullmatch(pattern, cell), (column["name"], cell)


# --- DCAT-AP-SE -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def catalogue(addressed: TestSite) -> Graph:
    return Graph().parse(addressed.output / "data/katalog.rdf", format="xml")


def test_the_catalogue_has_what_the_profile_asks_for(catalogue: Graph, project: Path) -> None:
    shapes = Graph().parse(project / "tests/shapes/dcat-ap-se.ttl", format="turtle")
    conforms, _, text = pyshacl.validate(catalogue, shacl_graph=shapes, inference="none")
    assert conforms, text


def test_the_shapes_turn_down_a_catalogue_without_what_they_ask_for(catalogue: Graph, project: Path) -> None:
    shapes = Graph().parse(project / "tests/shapes/dcat-ap-se.ttl", format="turtle")
    asked = [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCTERMS.license,
        DCAT.accessURL,
        FOAF.name,
        DCTERMS.type,
    ]
    for lost in asked:
        poorer = Graph()
        for triple in catalogue:
            if triple[1] != lost:
                poorer.add(triple)
        assert not pyshacl.validate(poorer, shacl_graph=shapes, inference="none")[0], lost


def test_everything_in_the_catalogue_has_an_absolute_address(catalogue: Graph) -> None:
    assert not [node for triple in catalogue for node in triple if isinstance(node, BNode)]
    for node in {node for triple in catalogue for node in triple if isinstance(node, URIRef)}:
        assert urlsplit(str(node)).scheme in {"https", "http", "mailto"}, node


def test_the_catalogue_leads_to_files_that_are_there(catalogue: Graph, addressed: TestSite) -> None:
    urls = [str(url) for url in catalogue.objects(None, DCAT.downloadURL)]
    tables = addressed.output.glob("**/data/*.csv")
    assert sorted(urls) == sorted(f"{ADDRESS}{table.relative_to(addressed.output).as_posix()}" for table in tables)
    for url in urls:
        file = addressed.output / url.removeprefix(ADDRESS)
        (distribution,) = catalogue.subjects(DCAT.downloadURL, URIRef(url))
        size = catalogue.value(distribution, DCAT.byteSize)
        assert size is not None
        assert int(size) == file.stat().st_size


def test_a_forbund_with_a_number_is_named_as_the_national_portal_does(catalogue: Graph) -> None:
    agents = {str(agent) for agent in catalogue.subjects(RDF.type, FOAF.Agent)}
    assert "http://dataportal.se/organisation/SE2220002873" in agents
    publishers = {str(one) for one in catalogue.objects(None, DCTERMS.publisher)}
    contacts = {str(one) for one in catalogue.objects(None, DCAT.contactPoint)}
    about = {str(one) for one in catalogue.objects(None, DCTERMS.subject)}
    assert "http://dataportal.se/organisation/SE2220002873" in about
    assert publishers | about == agents
    assert (publishers | about) & contacts == set()


def test_a_retelling_is_published_by_who_retold_and_is_about_the_forbund(catalogue: Graph) -> None:
    (publisher,) = set(catalogue.objects(None, DCTERMS.publisher))
    assert str(catalogue.value(publisher, FOAF.name)) == "Utgivarna av exempelwebbplatsen Samordningsförbundens planer"
    assert str(catalogue.value(publisher, DCTERMS.type)).endswith("/NonGovernmentalOrganisation")


def test_a_site_that_does_not_know_its_address_has_no_catalogue(built: Path) -> None:
    assert not (built / "data/katalog.rdf").exists()
    assert not (built / "sitemap.xml").exists()
    assert (built / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow:\n"


# --- Search engines -------------------------------------------------------------------------------------------------

SITE_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def html_pages(site: TestSite) -> list[str]:
    found = (file.relative_to(site.output).as_posix() for file in site.output.rglob("*.html"))
    return sorted(path.removesuffix("index.html") for path in found)


def meta(root: Element, name: str) -> str | None:
    found = (one.get("content") for one in root.iter("meta") if name in {one.get("name"), one.get("property")})
    return next(found, None)


def test_the_map_of_the_site_lists_every_page_that_may_be_listed_and_no_other(addressed: TestSite) -> None:
    body = (addressed.output / "sitemap.xml").read_bytes()
    root = ElementTree.fromstring(body)
    assert root.tag == f"{SITE_MAP}urlset"
    assert {element.tag for element in root.iter()} == {f"{SITE_MAP}urlset", f"{SITE_MAP}url", f"{SITE_MAP}loc"}
    assert len(body) < 50_000_000
    listed = [url.text or "" for url in root.iter(f"{SITE_MAP}loc")]
    assert len(listed) == len(set(listed)) < 50_000
    assert all(url.startswith(ADDRESS) and len(url) < 2048 for url in listed)
    indexed = {path for path in html_pages(addressed) if meta(page(addressed, path), "robots") is None}
    assert {url.removeprefix(ADDRESS) for url in listed} == indexed
    assert "hoglandet/2024/" in indexed, "a proposal that awaits a decision"
    assert "hoglandet/2024/forslag/" not in indexed


def test_the_map_of_the_site_and_every_feed_follow_their_schemas(addressed: TestSite, project: Path) -> None:
    shapes = project / "tests" / "shapes"
    site_maps = etree.XMLSchema(etree.parse(shapes / "sitemap.xsd"))
    feeds = etree.RelaxNG(etree.parse(shapes / "atom.rng"))
    site_map = etree.parse(addressed.output / "sitemap.xml")
    assert site_maps.validate(site_map), site_maps.error_log
    files = sorted(addressed.output.rglob("atom.xml"))
    assert len(files) == 6  # one for the site and one for each förbund
    for file in files:
        assert feeds.validate(etree.parse(file)), (file, feeds.error_log)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<author><name>", "<author><namn>x</namn><name>"),
        ("<updated>20", "<updated>den 20"),
        ("<entry>\n<id>", "<entry>\n<id></id><id>"),
        ("<summary>", "<summary type='pdf'>"),
        ('rel="self" type="application/atom+xml" href="', 'rel="self" type="atom" href="'),
    ],
)
def test_the_schema_for_feeds_turns_down_what_is_wrong(
    right: str, wrong: str, addressed: TestSite, project: Path
) -> None:
    feeds = etree.RelaxNG(etree.parse(project / "tests" / "shapes" / "atom.rng"))
    text = (addressed.output / "atom.xml").read_text("utf-8")
    assert right in text
    assert not feeds.validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


@pytest.mark.parametrize(
    "wrong", ["<lok>https://x.example/</lok>", "<loc>x</loc>", "<loc>https://x.example/</loc>" * 2]
)
def test_the_schema_for_maps_turns_down_what_is_wrong(wrong: str, addressed: TestSite, project: Path) -> None:
    site_maps = etree.XMLSchema(etree.parse(project / "tests" / "shapes" / "sitemap.xsd"))
    text = (addressed.output / "sitemap.xml").read_text("utf-8")
    assert not site_maps.validate(etree.fromstring(re.sub("<loc>.*</loc>", wrong, text, count=1).encode()))


def test_robots_are_let_in_and_shown_the_map(addressed: TestSite) -> None:
    text = (addressed.output / "robots.txt").read_text("utf-8")
    assert text == f"User-agent: *\nDisallow:\n\nSitemap: {ADDRESS}sitemap.xml\n"


def linked_data(root: Element) -> list[Json]:
    found = [script for script in root.iter("script") if script.get("type") == "application/ld+json"]
    if not found:
        return []
    document = json.loads(found[0].text or "")
    assert document["@context"] == "https://schema.org"
    things: list[Json] = document["@graph"]
    return things


def expanded(things: list[Json], base: str) -> Graph:
    """Expand linked data like a program that knows the vocabulary of schema.org, which can't be fetched here."""
    whole = {"@context": {"@vocab": "https://schema.org/"}, "@graph": things}
    return Graph().parse(data=json.dumps(whole), format="json-ld", base=base)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib uses in its own parser what it advises against
def test_linked_data_expands_and_says_what_each_page_is(addressed: TestSite) -> None:
    kinds = {}
    for path in html_pages(addressed):
        root = page(addressed, path)
        things = linked_data(root)
        graph = expanded(things, f"{ADDRESS}{path}")
        kinds[path] = {str(kind).rpartition("/")[2] for kind in graph.objects(None, RDF.type)}
        assert bool(things) == (meta(root, "robots") is None or path == "hoglandet/2024/"), path
    plan = {"GovernmentOrganization", "Organization", "Report", "Dataset", "DataDownload", "BreadcrumbList", "ListItem"}
    assert kinds["sunnerbo/2021/"] == plan
    assert kinds["hoglandet/2024/"] == plan
    assert kinds["finnveden/"] == plan - {"Report"}
    assert kinds["data/"] == plan - {"Report", "GovernmentOrganization", "Organization"}
    assert kinds["insyn/"] == {"BreadcrumbList", "ListItem"}
    assert kinds[""] == {"WebSite"}
    assert kinds["404.html"] == kinds["hoglandet/2024/forslag/"] == set()


def test_linked_data_of_a_plan_leads_to_its_files_and_its_forbund(addressed: TestSite) -> None:
    things = {thing["@type"]: thing for thing in linked_data(page(addressed, "finnveden/2014/"))}
    here, home = f"{ADDRESS}finnveden/2014/", f"{ADDRESS}finnveden/"
    assert things["Report"]["@id"] == here
    assert things["Report"]["creativeWorkStatus"] == "beslutad"
    assert things["Report"]["temporalCoverage"] == "2014-01-01/2015-12-31"
    assert things["Report"]["about"]["@id"] == things["GovernmentOrganization"]["@id"] == f"{home}#forbund"
    reteller = {"@type": "Organization", "name": "Utgivarna av exempelwebbplatsen Samordningsförbundens planer"}
    assert things["Report"]["publisher"] == things["Report"]["creator"] == reteller
    assert things["Report"]["isBasedOn"]["creator"]["@id"] == f"{home}#forbund"
    assert things["Dataset"]["publisher"] == reteller
    assert things["Dataset"]["about"]["@id"] == f"{home}#forbund"
    assert things["GovernmentOrganization"]["identifier"] == "222000-2873"
    data = things["Dataset"]
    assert 50 <= len(data["description"]) <= 5000
    assert data["license"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    for file in data["distribution"]:
        path = addressed.output / file["contentUrl"].removeprefix(ADDRESS)
        assert file["contentSize"] == f"{path.stat().st_size} B"


def test_linked_breadcrumbs_are_those_that_are_shown(addressed: TestSite) -> None:
    for path in html_pages(addressed):
        root = page(addressed, path)
        found = [thing for thing in linked_data(root) if thing["@type"] == "BreadcrumbList"]
        shown = [
            said(item) for nav in root.iter("nav") if nav.get("aria-label") == "Du är här" for item in nav.iter("li")
        ]
        if found:
            (trail,) = found
            assert [item["name"] for item in trail["itemListElement"]] == shown
            assert trail["itemListElement"][-1]["item"] == f"{ADDRESS}{path}"


def test_only_a_plan_in_its_own_words_has_the_forbund_as_its_author(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0, site.printed
    own = {thing["@type"]: thing for thing in linked_data(page(site, "norr/2025/"))}["Report"]
    assert own["creator"] == own["publisher"]
    assert "isBasedOn" not in own


def test_no_workbook_says_that_the_forbund_wrote_it(built: Path) -> None:
    """A program made it, of the förbund's figures."""
    properties = load_workbook(built / "sunnerbo/2021/budget.xlsx").properties
    assert not properties.creator
    assert properties.description.startswith("Källa: Sunnerbo Samordningsförbund, Verksamhetsplan och budget")


def test_no_text_ends_the_element_that_linked_data_stands_in(site: TestSite) -> None:
    site.write_plan(PLAN.replace("titel: Verksamhetsplan 2025", 'titel: "Plan </script><b>&"'))
    assert site.build() == 0, site.printed
    things = {thing["@type"]: thing for thing in linked_data(page(site, "norr/2025/"))}
    assert things["Report"]["name"] == "Plan </script><b>&"
    assert things["Report"]["@id"] == "../../norr/2025/"


# --- Over years and side by side ------------------------------------------------------------------------------------


def in_kronor(cell: Element, unit: int) -> str:
    """Read a cell as the files have it: in kronor, and empty where the page states that the figure is missing."""
    number = number_in(said(cell))
    return "" if number is None else str(int(Decimal(number) * unit))


def unit_of(caption: Element) -> int:
    return next(unit.value for unit, name in UNIT_NAMES.items() if said(caption).endswith(f", {name}"))


@pytest.mark.parametrize("association", sorted({plan.split("/", maxsplit=1)[0] for plan in SOURCES}))
def test_a_forbunds_money_year_by_year_is_the_pages(association: str, built: Path) -> None:
    table = table_of(page_of(built, association), "tabell-ar-for-ar")
    unit = unit_of(table.findall("caption")[0])
    rows = rows_in(built / association / "data" / "ar-for-ar.csv")
    assert len(rows) >= 1
    shown = [[in_kronor(cell, unit) for cell in row.findall("td")[:4]] for row in table.findall("./tbody/tr")]
    assert [[row[name] for name in ("kostnader", "intakter", "resultat", "utgaende")] for row in rows] == shown
    heads = [said(row.findall("th")[0]).lower() for row in table.findall("./tbody/tr")]
    assert all(head.startswith(f"{row['kolumntyp']} {row['ar']}") for head, row in zip(heads, rows, strict=True))
    assert {row["forbund"] for row in rows} == {association}


def test_the_forbund_side_by_side_are_the_pages(built: Path) -> None:
    table = table_of(page_of(built, "jamfor/2024"), "tabell-jamfor")
    unit = unit_of(table.findall("caption")[0])
    rows = rows_in(built / "jamfor" / "2024" / "forbunden.csv")
    assert len(rows) == 2
    shown = [[in_kronor(cell, unit) for cell in row.findall("td")[:5]] for row in table.findall("./tbody/tr")]
    names = ("intakter", "kostnader", "resultat", "utgaende", "medlemsbidrag")
    assert [[row[name] for name in names] for row in rows] == shown
    assert [row["forslag"] for row in rows] == ["ja", "nej"]
    for folder, way in (("jamfor", "../jamfor/2024/"), ("jamfor/2024", "../../jamfor/2024/")):
        assert by_id(page_of(built, folder), "tabell-jamfor") is not None
        assert f'href="{way}forbunden.csv"' in (built / folder / "index.html").read_text("utf-8")


# --- Links to files -------------------------------------------------------------------------------------------------


def test_every_file_that_a_page_links_to_has_the_size_and_checksum_that_it_says(addressed: TestSite) -> None:
    told = 0
    for path in html_pages(addressed):
        root = page(addressed, path)
        checksums = {said(one) for one in in_class(root, "checksum")}
        for parent in root.iter():
            for link, size in zip(parent, list(parent)[1:], strict=False):
                if link.tag == "a" and "download" in link.attrib:
                    file = addressed.output / urljoin(f"/{path}", link.get("href", "")).lstrip("/")
                    body = file.read_bytes()
                    shown = file_size(len(body)).replace("\u00a0", " ")
                    assert said(size) == f"({file.suffix[1:]}, {shown})", file
                    told += sha256(body).hexdigest() in checksums
    assert told > 40


def test_every_chart_offers_its_figures_and_its_drawing(built: Path) -> None:
    for plan in SOURCES:
        root = page_of(built, plan)
        for chart in in_class(root, "chart"):
            name = next(chart.iter("h3")).get("id", "")
            links = [link.get("href") for link in chart.iter("a") if "download" in link.attrib]
            image = [f"./{name}.svg"] if list(in_class(chart, "chart__drawing")) else []
            assert links == [f"./{name}.csv", *image]
            assert by_id(root, name) is not None
            rows = chart.findall(".//tbody/tr")
            with (built / plan / f"{name}.csv").open(encoding="utf-8", newline="") as text:
                assert len(list(csv.reader(text))) == len(rows) + 1


def test_a_page_of_a_forbund_without_plans_offers_no_files(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, soder]"))
    site.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder"))
    site.write_plan()
    assert site.build() == 0, site.printed
    assert not (site.output / "soder/data").exists()
    assert "Alla siffror som filer" not in site.text_of("soder/")
    assert "Söder" not in said(by_id(page(site, "data/"), "forbunden"))


# --- The page about open data ---------------------------------------------------------------------------------------


def code_on(site: TestSite, label: str) -> str:
    """Return code as printed on the page."""
    (box,) = (one for one in page(site, "data/").iter("div") if one.get("aria-label") == label)
    return "".join(box.itertext()).strip("\n") + "\n"


def test_the_python_on_the_page_runs_as_it_is_printed(addressed: TestSite, tmp_path: Path) -> None:
    for name in ("budget.csv", "planer.csv"):
        shutil.copy(addressed.output / "data" / name, tmp_path)
    (tmp_path / "las.py").write_text(code_on(addressed, "Exempel i Python"), "utf-8")
    words = [sys.executable, "-X", "utf8", "las.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == [
        "finnveden 2014 intäkt 2992000",
        "finnveden 2014 kostnad 4412000",
        "hoglandet 2024 intäkt 8086000",
        "hoglandet 2024 kostnad 8236000",
        "sodra-lappland 2024 intäkt 4052000",
        "sodra-lappland 2024 kostnad 4483000",
        "sodra-vatterbygden 2022 intäkt 8082500",
        "sodra-vatterbygden 2022 kostnad 9142240",
        "sunnerbo 2021 intäkt 4184000",
        "sunnerbo 2021 kostnad 7490000",
    ]


def test_the_r_on_the_page_runs_as_it_is_printed(addressed: TestSite, tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R isn't installed here. On Debian: sudo apt-get install r-base-core")
    for name in ("budget.csv", "planer.csv"):
        shutil.copy(addressed.output / "data" / name, tmp_path)
    (tmp_path / "las.R").write_text(code_on(addressed, "Exempel i R"), "utf-8")
    done = subprocess.run([program, "las.R"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert re.search(r"hoglandet +2024 +kostnad +8236000", done.stdout)


def test_every_field_is_explained_on_the_page(built: Path) -> None:
    root = page_of(built, "data")
    for kind in (*COLLECTED, PARTS):
        table = table_of(root, f"falt-{kind.name}")
        assert [said(row.findall("th")[0]) for row in table.findall("./tbody/tr")] == list(kind.names)
        assert all(said(row.findall("td")[0]) for row in table.findall("./tbody/tr"))


def test_no_licence_is_promised_that_nobody_has_decided(site: TestSite) -> None:
    site.write("webbplats.yaml", f"{SETTINGS}    adress: {ADDRESS}\n")
    site.write_plan()
    assert site.build() == 0, site.printed
    assert "licenses" not in json_in(site.output / "data/datapackage.json")
    assert "dc:license" not in json_in(site.output / "data/csv-metadata.json")
    assert not (site.output / "data/katalog.rdf").exists()
    page = (site.output / "data/index.html").read_text("utf-8")
    assert "Ingen har ännu bestämt någon licens" in page
    assert '"license"' not in page + (site.output / "norr/2025/index.html").read_text("utf-8")
    told = load_workbook(site.output / "norr/2025/budget.xlsx")["Om filen"]
    assert {row[0].value: row[1].value for row in told.iter_rows()}["Licens"] == "Ingen licens är bestämd."


def test_the_licence_is_what_the_settings_say(site: TestSite) -> None:
    site.write("webbplats.yaml", f"{SETTINGS}    licens: cc-by\n    adress: {ADDRESS}\n")
    site.write_plan()
    assert site.build() == 0, site.printed
    assert "CC BY 4.0" in site.text_of("data/")
    assert json_in(site.output / "data/datapackage.json")["licenses"][0]["path"] == (
        "http://creativecommons.org/licenses/by/4.0/"
    )
    book = load_workbook(site.output / "norr/2025/budget.xlsx")
    assert "CC BY 4.0" in str([row[1].value for row in book["Om filen"].iter_rows()][-1])
    graph = Graph().parse(site.output / "data/katalog.rdf", format="xml")
    assert {str(one) for one in graph.objects(None, DCTERMS.license)} == {"http://creativecommons.org/licenses/by/4.0/"}
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1  # the site's only förbund: its own, and nothing twice
