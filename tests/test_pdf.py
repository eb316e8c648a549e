"""Each version of a plan as a PDF: it conforms, agrees with the page, can be heard, and is typeset only when stale.

Most tests read the PDFs of the real plans and of the stress site, which are typeset once: it takes some seconds.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element

import pikepdf
import pytest
import yaml
from fontTools.ttLib import TTFont

from insyn.build import pipeline
from insyn.disk import build_record, materials
from insyn.disk.output import file_of
from insyn.pdf.attachments import Attachment
from insyn.pdf.characters import EMPTY_BOX
from insyn.pdf.document import Label, read_document
from insyn.pdf.tagging import Finished
from insyn.pdf.tree import PdfDocument
from tests.conftest import STRESS, Once, publish
from tests.papers import Paper, Tag, in_worker, papers_in, plain, printing_of
from tests.published import page, said
from tests.site import PLAN, SETTINGS, TestSite

PAGE_SIZE = 20_000
"""Maximum number of bytes per page of a PDF."""
SMALLEST = 9
"""Minimum font size in print, in points."""
FACES = {
    "InsynSans-Regular",
    "InsynSans-SemiBold",
    "InsynSans-Italic",
    "InsynSans-SemiBoldItalic",
    "InsynSerif-SemiBold",
}
FIVE_PLANS = ("hoglandet/2024", "sodra-vatterbygden/2022", "finnveden/2014", "sodra-lappland/2024", "sunnerbo/2021")
OWN_TEXT = "# 1. Uppdrag\n\n    Förbundet stödjer samverkan."


@pytest.fixture(scope="session")
def printed(once: Once, project: Path) -> list[TestSite]:
    """The real content and the stress site with PDFs."""

    def site_of(name: str, content: Path) -> TestSite:
        folder = once(name, lambda folder: publish(folder, content, pdfs=True, search=False))
        return TestSite(folder, content=content)

    return [site_of("built-printed", project / "content"), site_of("stress-printed", STRESS)]


@pytest.fixture(scope="session")
def papers(printed: list[TestSite]) -> list[Paper]:
    found = [paper for site in printed for paper in papers_in(site.output)]
    assert len(found) == 16
    return found


def paper_of(site: TestSite, path: str = "norr/2025/") -> Paper:
    return Paper(f"{path}plan.pdf", (site.output / path / "plan.pdf").read_bytes())


def web(site: TestSite, paper: Paper) -> Element:
    """Return the page that a PDF belongs to."""
    return page(site, f"{Path(paper.path).parent.as_posix()}/")


def printed_plan(site: TestSite, *changes: tuple[str, str]) -> Paper:
    """Build the smallest site and return its PDF."""
    site.write_plan(PLAN, *changes)
    assert site.build(pdfs=True) == 0, site.printed
    return paper_of(site)


def build(site: TestSite, project: Path = materials.PROJECT, *, pdfs: bool = True) -> pipeline.BuildResult:
    """Build like the command does, and return the result."""
    outcome = pipeline.build(site.content, site.output, lambda _step, _done, _total: None, project, pdfs=pdfs)
    assert not outcome.has_errors
    pipeline.write_record(outcome, site.content, site.output, "", "")
    return outcome


# --- Conformance ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_every_pdf_conforms_to_the_standards_for_access_and_for_archives(papers: list[Paper], profile: str) -> None:
    found = {paper.path: paper.findings(profile) for paper in papers}
    assert {path: findings for path, findings in found.items() if findings} == {}


@pytest.mark.parametrize(
    ("profile", "spoil"),
    [
        ("ua1", lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle")),
        ("ua1", lambda pdf: next(tag for tag in _tags(pdf) if tag.name == "Figure").element.__delitem__("/Alt")),
        ("3a", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
        ("3a", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    ],
)
def test_a_fault_would_be_found(papers: list[Paper], profile: str, spoil: object, tmp_path: Path) -> None:
    assert callable(spoil)
    with pikepdf.open(_file(papers[0], tmp_path)) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "spoilt.pdf")
    assert Paper("spoilt.pdf", (tmp_path / "spoilt.pdf").read_bytes()).findings(profile)


def _file(paper: Paper, folder: Path) -> Path:
    file = folder / "plan.pdf"
    file.write_bytes(paper.body)
    return file


def _tags(pdf: pikepdf.Pdf) -> Iterator[Tag]:
    return Tag(pdf.Root.StructTreeRoot).below()


def test_a_file_says_what_it_is(papers: list[Paper]) -> None:
    paper = next(paper for paper in papers if paper.path == "hoglandet/2024/plan.pdf")
    root = paper.pdf.Root
    assert str(root.Lang) == "sv-SE"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    assert str(paper.pdf.docinfo.Title) == "Verksamhetsplan 2024"
    assert str(paper.pdf.docinfo.Author) == "Utgivarna av exempelwebbplatsen Samordningsförbundens planer"
    assert "Planen är återberättad av utgivarna av exempelwebbplatsen" in paper.text(page=1)
    assert "inte skriven av förbundet" in paper.text(page=1)
    assert str(paper.pdf.docinfo.Subject).startswith("Enligt förslaget räknar Höglandets samordningsförbund")


def test_no_file_says_a_day_that_nobody_told(papers: list[Paper]) -> None:
    """When a PDF was made isn't known. What goes with it is of the version's day, where it has one."""
    for paper in papers:
        assert not {"/CreationDate", "/ModDate"} & set(paper.pdf.docinfo.keys()), paper.path
        metadata = paper.pdf.Root.Metadata.read_bytes().decode()
        assert not re.search("CreateDate|ModifyDate|stEvt:when", metadata), paper.path
        assert b"D:1970" not in paper.body
        assert b"D:2024-01-01" not in paper.body
    undated = next(paper for paper in papers if paper.path == "hoglandet/2024/plan.pdf")
    dated = next(paper for paper in papers if paper.path == "finnveden/2014/plan.pdf")
    assert days_of_attachments(undated) == set()
    assert days_of_attachments(dated) == {"D:20131129000000Z"}


def days_of_attachments(paper: Paper) -> set[str]:
    files = (
        one for one in paper.pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/EmbeddedFile"
    )
    return {str(one.Params["/ModDate"]) for one in files if "/ModDate" in one.Params}


def test_only_the_sites_own_faces_are_used(papers: list[Paper]) -> None:
    found = {paper.path: {font.removesuffix("-Identity-H") for font in paper.fonts()} - FACES for paper in papers}
    assert {path: fonts for path, fonts in found.items() if fonts} == {}


def test_no_words_are_smaller_than_nine_points(papers: list[Paper]) -> None:
    """Nor those in drawings; the marks of notes are, and so is a table that no page has room for otherwise."""
    five = [paper for paper in papers if paper.path.removesuffix("/plan.pdf") in FIVE_PLANS]
    assert len(five) == 5
    for paper in five:
        small = {
            words for size, words in paper.set_words() if size < SMALLEST and not re.fullmatch(r"[*\d)\s]+", words)
        }
        assert small == set(), paper.path


def test_pdfs_are_small(papers: list[Paper]) -> None:
    too_large = {paper.path: len(paper.body) / len(paper.pdf.pages) for paper in papers}
    assert {path: size for path, size in too_large.items() if size > PAGE_SIZE} == {}


# --- The same words as the page -------------------------------------------------------------------------------------


def test_every_amount_stands_in_the_text_with_its_label(printed: list[TestSite]) -> None:
    """Every row with a number, of every table on the page, is found in the PDF: its name and then its amounts."""
    missing, looked_for = [], 0
    for site in printed:
        for paper in papers_in(site.output):
            text = _comparable(paper.text(feet=False))
            for row in _rows(web(site, paper)):
                looked_for += 1
                if _comparable(row) not in text:
                    missing.append((paper.path, row))
    assert looked_for > 400
    assert missing == []


@pytest.mark.parametrize("path", FIVE_PLANS)
def test_every_amount_in_a_plans_front_matter_stands_in_its_pdf_after_its_label(
    path: str, printed: list[TestSite], project: Path
) -> None:
    """Read by other means than the program's own: the front matter as YAML has it, the PDF as pdftotext has it."""
    written = (project / "content" / path / "plan.md").read_text("utf-8").split("\n---", 1)[0]
    labelled = list(_labelled(yaml.load(written, yaml.BaseLoader)["budget"]))
    text = _digits_and_words(paper_of(printed[0], f"{path}/").text(feet=False))
    assert len(labelled) > 15
    missing = [(label, amounts) for label, *amounts in labelled if not _is_said(label, amounts, text)]
    assert missing == []


def _is_said(label: str, amounts: list[str], text: str) -> bool:
    """Whether the amounts follow their label and its mark, or each has a row of its own after label and year."""
    name = rf"{re.escape(_digits_and_words(label))}[*)\d]{{0,4}}"
    together, apart = [" ".join(amounts)], amounts
    return any(
        all(re.search(name + re.escape(_digits_and_words(words)), text) for words in ways) for ways in (together, apart)
    )


def _labelled(node: object) -> Iterator[list[str]]:
    """Yield the name of each row with its amounts, in the order of the columns."""
    if isinstance(node, dict):
        if "namn" in node and node.get("belopp"):
            amounts = node["belopp"]
            cells = amounts if isinstance(amounts, list) else [amounts]
            yield [node["namn"], *(one["tryckt"] if isinstance(one, dict) else one for one in cells)]
        for inner in node.values():
            yield from _labelled(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _labelled(inner)


def _digits_and_words(text: str) -> str:
    """Return digits and words. A dash may be a sign or nothing, and `~` is the front matter's blank."""
    return re.sub("[\u2212\u2014~]", "", _comparable(text))


def _rows(root: Element) -> Iterator[str]:
    for row in (row for body in root.iter("tbody") for row in body.iter("tr")):
        cells = [_seen(cell) for cell in row if cell.tag in {"th", "td"}]
        if any(re.search(r"\d", cell) for cell in cells[1:]):
            yield " ".join(cell for cell in cells if cell)


def _seen(cell: Element) -> str:
    """Return the visible text of a cell."""
    hidden = [
        one for one in cell.iter() if {"visually-hidden", "screen-only", "way"} & set(one.get("class", "").split())
    ]
    text = "".join(cell.itertext())
    for one in hidden:
        text = text.replace("".join(one.itertext()), "")
    return text


def _comparable(text: str) -> str:
    """Return text in a comparable form.

    Lines may end anywhere, even after a hyphen; raised or small text is a word of its own on paper.
    """
    return re.sub(r"[\s\u2060•–-]+", "", plain(text))


def test_all_words_of_the_page_are_in_the_pdf(printed: list[TestSite]) -> None:
    """Paragraphs, headings, items and captions in the main part, but for what paper doesn't need."""
    missing = []
    for site in printed:
        for paper in papers_in(site.output):
            text = _comparable(paper.text(feet=False))
            main = next(web(site, paper).iter("main"))
            for words in _paragraphs(main):
                if _comparable(words) not in text:
                    missing.append((paper.path, words))
    assert missing == []


def _paragraphs(element: Element) -> Iterator[str]:
    left_out = {"breadcrumbs", "contents", "screen-only", "diagram", "hero__meta", "banner--older", "banner--replaced"}
    if left_out.intersection(element.get("class", "").split()) or element.tag == "summary":
        return
    if element.tag in {"p", "caption", "dt", "dd", "h1", "h2", "h3", "h4"}:
        words = _seen(element)
        yield (
            words.replace("Om den här sidan", "Om det här dokumentet")
            .replace("Ord på sidan", "Ord i dokumentet")
            .replace("↑", "")
        )
        return
    for child in element:
        yield from _paragraphs(child)


def test_bookmarks_are_the_headings_and_lead_to_their_pages(printed: list[TestSite]) -> None:
    for site in printed:
        for paper in papers_in(site.output):
            main = next(web(site, paper).iter("main"))
            headings = [plain(said(one)) for one in _on_paper(main) if re.fullmatch(r"h[2-6]", str(one.tag))]
            bookmarks = [(words, number) for _, words, number in paper.bookmarks()]
            renamed = {"Ord på sidan": "Ord i dokumentet", "Om den här sidan": "Om det här dokumentet"}
            expected = [*(renamed.get(words, words) for words in headings), "Så läser du planen"]
            assert sorted(plain(words) for words, _ in bookmarks) == sorted(expected), paper.path
            assert not any(sign in words for sign in "\u00ad\u200b" for words, _ in bookmarks)
            for words, number in bookmarks:
                assert _comparable(words) in _comparable(paper.text(page=number)), (paper.path, words)


def _on_paper(element: Element) -> Iterator[Element]:
    """Yield an element and its descendants, except those not needed on paper."""
    if "screen-only" not in element.get("class", "").split():
        yield element
        for child in element:
            yield from _on_paper(child)


def test_the_contents_give_the_pages_of_chapters(papers: list[Paper]) -> None:
    paper = next(paper for paper in papers if paper.path == "hoglandet/2024/plan.pdf")
    contents = paper.text(page=1).replace("\u2060", "").split("Innehåll ")[1]
    told = dict(re.findall(r"((?:\d+\. )?[A-ZÅÄÖ][\w åäö]+?) [. ]{20,}(\d+)", contents))
    marks = {words: number for level, words, number in paper.bookmarks() if words in told}
    assert {"I korthet", "Hela budgeten", "7. Ny verksamhet", "Om det här dokumentet"} <= marks.keys()
    assert {words: int(number) for words, number in told.items()} == marks


def test_every_page_has_its_number_and_says_which_version_it_is(papers: list[Paper]) -> None:
    for paper in papers:
        count = len(paper.pdf.pages)
        for number in range(1, count + 1):
            assert f"Sida {number} av {count}" in paper.text(page=number)
    proposal = next(paper for paper in papers if paper.path == "hoglandet/2024/plan.pdf")
    assert "Höglandet · Verksamhetsplan 2024 · Förslag Sida 3 av" in proposal.text(page=3)
    decided = next(paper for paper in papers if paper.path == "sunnerbo/2021/plan.pdf")
    assert "· Beslutad Sida 3 av" in plain(decided.text(page=3))
    registered = next(paper for paper in papers if paper.path == "sodra-vatterbygden/2022/plan.pdf")
    assert "· Beslutad 24 november 2021 · diarienummer" in plain(registered.text(page=3))


def test_the_boards_own_document_comes_before_what_the_site_has_made_of_it(papers: list[Paper]) -> None:
    paper = next(paper for paper in papers if paper.path == "hoglandet/2024/plan.pdf")
    order = ["Planen i sin helhet", "Mål och uppföljning", "Hela budgeten", "Så läser du planen", "Vem betalar"]
    assert [words for _, words, _ in paper.bookmarks() if words in order] == order


def test_a_proposal_says_so_first_and_on_every_page(site: TestSite) -> None:
    paper = printed_plan(
        site, ("status: beslutad", "status: förslag"), ("    beslut: {organ: styrelsen, datum: 2024-11-20}\n", "")
    )
    assert "Förslag. Om eller när planen har beslutats är inte ifyllt här." in plain(paper.text(page=1))
    for number in range(1, len(paper.pdf.pages) + 1):
        assert "Norr · Verksamhetsplan 2025 · Förslag" in paper.text(page=number)


def test_a_later_plan_changes_no_byte_of_an_older_ones_pdf(site: TestSite) -> None:
    before = printed_plan(site).body
    site.write("norr/2026/plan.md", PLAN.replace("2026", "2027").replace("2025", "2026").replace("2024-", "2025-"))
    assert printed_plan(site).body == before


def test_the_page_is_the_first_reading(site: TestSite) -> None:
    assert "Sök efter planen på webbplatsen Provplatsen." in printed_plan(site).text(page=1)
    site.write("webbplats.yaml", SETTINGS + "    adress: https://exempel.se/planer/\n")
    site.build(pdfs=True)
    paper = paper_of(site)
    assert "Adressen är https://exempel.se/planer/norr/2025/." in paper.text(page=1)
    links = [str(one.A.URI) for one in paper.pdf.pages[0].Annots if "/A" in one]
    assert links == ["https://exempel.se/planer/norr/2025/"]


# --- Read by ear ----------------------------------------------------------------------------------------------------


def test_tables_have_the_pages_rows_and_their_headers_have_scope(printed: list[TestSite]) -> None:
    checked = 0
    for site in printed:
        for paper in papers_in(site.output):
            tables = [one for one in web(site, paper).iter("table") if _has_rows(one)]
            assert len(paper.tables()) == len(tables)
            assert sorted(map(_shape, tables)) == sorted(map(_tagged_shape, paper.tables())), paper.path
            checked += len(tables)
    assert checked > 100


def _has_rows(table: Element) -> bool:
    return any(list(body.iter("tr")) for body in table.iter("tbody"))


def _shape(table: Element) -> list[list[list[str]]]:
    """Return the kind of each cell, by part and row of a table: a header of columns or rows, or data."""
    parts = [part for part in table if part.tag in {"thead", "tbody"} and list(part.iter("tr"))]
    return [[[_kind(cell, part) for cell in row] for row in part.iter("tr")] for part in parts]


def _kind(cell: Element, part: Element) -> str:
    if cell.tag == "td":
        return "data"
    return "column" if part.tag == "thead" or cell.get("colspan") else "row"


def _tagged_shape(table: Tag) -> list[list[list[str]]]:
    parts = [part for part in table.children() if part.name in {"THead", "TBody"}]
    return [[[_tagged_kind(cell) for cell in row.children()] for row in part.children()] for part in parts]


def _tagged_kind(cell: Tag) -> str:
    return str(cell.attribute("Table", "Scope"))[1:].lower() if cell.name == "TH" else "data"


def test_every_cell_names_the_headers_of_its_column_its_row_and_its_group(papers: list[Paper]) -> None:
    paper = next(paper for paper in papers if paper.path == "langa-namn/2025/plan.pdf")
    table = max(paper.tables(), key=lambda table: len(list(table.below())))
    head, *bodies = [part for part in table.children() if part.name in {"THead", "TBody"}]
    columns = [cell.id for cell in head.children()[0].children()]
    named = {tag.id for tag in paper.elements if tag.id}
    within_groups = 0
    for body in bodies:
        for row in body.children():
            first, *cells = row.children()
            for column, cell in enumerate(cells, 1):
                headers = [str(name) for name in cell.attribute("Table", "Headers")]
                assert headers[0] == columns[column]
                assert headers[-1] == first.id
                assert set(headers) <= named
                within_groups += len(headers) > 2
    assert within_groups > 40


def test_an_empty_cell_says_to_listeners_that_nothing_is_stated(printed: list[TestSite]) -> None:
    paper = paper_of(printed[0], "sodra-vatterbygden/2022/")
    told = {str(tag.element.ActualText) for tag in paper.elements if tag.name == "TD" and "/ActualText" in tag.element}
    assert told == {"uppgift saknas"}


def test_what_is_named_can_be_looked_up(papers: list[Paper]) -> None:
    for paper in papers:
        names = [str(name) for name in list(paper.pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
        assert sorted(names) == sorted(tag.id for tag in paper.elements if tag.id)
        assert len(set(names)) == len(names)


def test_a_drawing_is_described_in_words(papers: list[Paper]) -> None:
    for paper in papers:
        told = [str(tag.element.Alt) for tag in paper.elements if tag.name == "Figure"]
        assert len(told) == len(set(told))
        assert all(re.search(r"\b20\d\d\b", words) and len(words) > 80 for words in told)
    finnveden = next(paper for paper in papers if paper.path == "finnveden/2014/plan.pdf")
    first = next(tag for tag in finnveden.elements if tag.name == "Figure")
    assert plain(str(first.element.Alt)) == (
        "Delad stapel över medlemsbidrag per part, 2014. "
        "Försäkringskassan bidrar med 1 496 000 kronor, Landstinget i Jönköpings län med 748 000 kronor "
        "och de tre kommunerna tillsammans med 748 000 kronor."
    )


def test_headings_skip_no_level_even_where_the_text_does(site: TestSite) -> None:
    paper = printed_plan(site, (OWN_TEXT, f"{OWN_TEXT}\n\n    ### Långt ner\n\n    Text.\n\n    ## Upp igen\n"))
    levels = [int(tag.name[1]) for tag in paper.elements if re.fullmatch(r"H[1-6]", tag.name)]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    assert [level for level, words, _ in paper.bookmarks() if words in {"Långt ner", "Upp igen"}] == [3, 3]


# --- Any text can be set --------------------------------------------------------------------------------------------

MARKUP = r"""Text: #let x = 1 $y$ @z <- \[a] = b // c /* d */ #panic("e") ~ -- `#set page()`"""
NASTY = f"""
# 1. Rubrik med fotnot[^1] och *kursiv*

{MARKUP}

Tecken: → ≤ ≥ ‰ ŧ đ ŋ é ½ x² ☐ men inte 😀 中文 العربية eller \u2060\u200d\ufe0f osynliga.
Radbrott\\
här. https://exempel.se/{"a" * 200} {"0" * 200} {"arbetsmarknadsförvaltning" * 3}

- a
  - b
    - c
      - d
        - e
          - f
            - g
              - h **fet**

                > citat
                >
                > ## Rubrik i citat

1. ett

   | A[^2] | B |
   | --- | --: |
   | i lista[^3] | 1 |

> ett
> > två
> > > tre
> > > > fyra
> > > > > fem
> > > > > > sex
> > > > > > > sju

```
#let kod = [1]
  indrag
```

***

Term
:   Förklaring ett

    två stycken

| | {" | ".join(f"K{number}" for number in range(16))} |
| --- | {" | ".join(["--:"] * 16)} |
| {"Långt namn " * 20} | {" | ".join(["1 234 567 890".replace(" ", chr(160))] * 16)} |

[^1]: Fotnot med fotnot[^3] och igen[^1].

    - punkt
[^2]: Not två.

    | I fotnot | B |
    | --- | --- |
    | c | d |
[^3]: Not tre.
"""


def test_any_text_can_be_set_and_none_of_it_is_markup(site: TestSite) -> None:
    site.write_plan()
    file = site.content / "norr/2025/plan.md"
    file.write_text(file.read_text("utf-8") + NASTY, "utf-8")
    assert site.build(pdfs=True) == 0, site.printed
    paper = paper_of(site)
    assert paper.findings("ua1") == paper.findings("3a") == []
    text = plain(paper.text())
    assert 'Text: #let x = 1 $y$ @z <- [a] = b // c /* d */ #panic("e") ~ -- #set page()' in text
    assert f"men inte {EMPTY_BOX} {EMPTY_BOX * 2} {EMPTY_BOX * 7} eller osynliga." in text
    assert f"Tecken som saknas i typsnittet här visas som {EMPTY_BOX}." in text
    assert "→ ≤ ≥ ‰ ŧ đ ŋ é ½ x² ☐" in text
    assert "Fotnot med fotnot" in text
    assert "Not två." in text
    assert "c, d" in text


def test_a_text_longer_than_a_page_is_never_cut(site: TestSite) -> None:
    """A cell, an item and a name that no page has room for go on to the next."""
    long = " ".join(f"ord{number}" for number in range(1200))
    body = f"\n| A | B |\n| --- | --- |\n| Rad | {long} |\n\nTerm\n:   {long}\n"
    site.write_plan()
    file = site.content / "norr/2025/plan.md"
    file.write_text(file.read_text("utf-8") + body, "utf-8")
    assert site.build(pdfs=True) == 0, site.printed
    text = paper_of(site).text()
    assert all(text.count(f"ord{number}") >= 2 for number in range(200, 1200))


def test_tables_of_any_shape_can_be_set() -> None:
    """Without headings, with sums alone, with groups that end a table, with rows that lack cells."""
    rows = [
        '<tr class="table__group"><th colspan="3">Grupp</th></tr>',
        '<tr class="table__group table__level-1"><th>Inre</th><td>1</td><td>2</td></tr>',
        '<tr class="table__row table__level-2"><th>Rad</th></tr>',
        '<tr class="table__subtotal table__level-1"><th>Delsumma</th><td>1</td><td>2</td></tr>',
        '<tr class="table__total"><th>Summa</th><td>1</td><td>2</td></tr>',
        '<tr class="table__result"><th>Resultat</th><td>1</td><td>2</td></tr>',
    ]
    heads = ["", "<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>"]
    orders = [rows, rows[::-1], rows[:1], rows[-1:], [rows[2]], rows[:3] + rows[:2]]
    tables = [
        f"<table><caption>T</caption>{head}<tbody>{''.join(own)}</tbody></table>" for head in heads for own in orders
    ]
    html = f"<main><h1>Titel</h1>{''.join(tables)}</main>"
    read = printing_of()
    label = Label("Titel", "Förbundet", "Förbundet", "", ("Foten",), "Platsen", None)
    document = read_document(html, label, read.characters, read.sheet)
    paper = Paper("plan.pdf", in_worker(lambda: set_document(document).body))
    assert len(paper.tables()) == len(tables)
    assert paper.findings("ua1") == paper.findings("3a") == []


@pytest.mark.parametrize("rows", range(38, 62, 2))
def test_a_sum_stands_on_the_same_page_as_the_rows_before_it(rows: int) -> None:
    body = "".join(f"<tr><th>Rad {number}</th><td class='number'>1</td></tr>" for number in range(rows))
    sums = "".join(
        f"<tr class='table__{look}'><th>{name}</th><td class='number'>9</td></tr>"
        for look, name in (("total", "Slutsumman"), ("result", "Resultatet"))
    )
    html = f"<main><h1>Titel</h1><table><caption>T</caption><tbody>{body}{sums}</tbody></table></main>"
    label = Label("Titel", "Förbundet", "Förbundet", "", ("Foten",), "Platsen", None)
    read = printing_of()
    document = read_document(html, label, read.characters, read.sheet)
    paper = Paper("plan.pdf", in_worker(lambda: set_document(document).body))
    pages = [paper.text(page=number + 1) for number in range(len(paper.pdf.pages))]
    last = next(page for page in pages if "Resultatet" in page)
    assert all(f"Rad {number} " in last for number in (rows - 2, rows - 1))
    assert "Slutsumman" in last


def test_what_stands_in_the_pdf_lies_within_its_pages(papers: list[Paper]) -> None:
    """No letter is set outside the margins that a printer needs."""
    outside = {}
    for paper in papers:
        for number, (width, height, boxes) in enumerate(_letter_boxes(paper), 1):
            found = [box for box in boxes if box[0] < 25 or box[2] > width - 25 or box[1] < 25 or box[3] > height - 20]
            if found:
                outside[paper.path, number] = found
    assert outside == {}


def _letter_boxes(paper: Paper) -> Iterator[tuple[float, float, list[tuple[float, ...]]]]:
    """Yield each page's size and the boxes of its words, in points from the upper left corner."""
    import subprocess

    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=paper.body, stdout=subprocess.PIPE, check=True)
    for found in re.finditer(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', done.stdout.decode(), re.DOTALL):
        places = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">', found[3])
        yield float(found[1]), float(found[2]), [tuple(map(float, place)) for place in places]


# --- Attachments ----------------------------------------------------------------------------------------------------


def document_of(site: TestSite, path: str) -> PdfDocument:
    """Return the document of a published page."""
    read = printing_of()
    html = (site.output / file_of(f"{Path(path).parent.as_posix()}/")).read_text("utf-8")
    label = Label("Verksamhetsplan", "Förbundet", "Förbundet", "", ("Förbundet",), "Platsen", None)
    return read_document(html, label, read.characters, read.sheet)


def set_document(document: PdfDocument, *attachments: Attachment) -> Finished:
    """Typeset a document; only in a worker."""
    from insyn.pdf.typesetting import make_pdf

    read = printing_of()
    return make_pdf(document, attachments, date(2024, 11, 20), read.template, read.faces)


def tidy_budget(site: TestSite) -> bytes:
    """A stand-in for the tidy table of a budget: like files for spreadsheets, with their mark and line ends."""
    rows = [[plain(_seen(cell)) for cell in row] for row in page(site, "norr/2025/").iter("tr")]
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("utf-8-sig")


def ends_with_checksum(byte: int) -> bytes:
    """Return bytes whose compressed form ends with a certain byte."""
    import zlib

    return next(body for number in range(10**6) if zlib.adler32(body := b"%d" % number) & 0xFF == byte)


def test_what_is_attached_comes_out_as_it_was(site: TestSite) -> None:
    site.write_plan()
    site.build()
    attached = (
        Attachment("budget.csv", tidy_budget(site), "text/csv", "Budgeten, en rad för varje belopp"),
        Attachment(
            "plan.json", json.dumps({"å": [1, None]}, ensure_ascii=False).encode(), "application/json", "Planen"
        ),
        Attachment("bild.bin", bytes(range(256)), "application/octet-stream", "Byte", "supplement"),
        Attachment("slut.txt", ends_with_checksum(0x0D), "text/plain", "Slutar illa", "supplement"),
    )
    document = document_of(site, "norr/2025/plan.pdf")
    paper = Paper("plan.pdf", in_worker(lambda: set_document(document, *attached).body))
    assert paper.findings("ua1") == paper.findings("3a") == []
    files = {name: paper.pdf.attachments[name] for name in paper.pdf.attachments}
    assert {name: file.get_file().read_bytes() for name, file in files.items()} == {
        one.name: one.content for one in attached
    }
    assert [(file.get_file().mime_type, file.description) for file in files.values()] == [
        (one.mime, one.description) for one in sorted(attached, key=lambda one: one.name)
    ]
    relations = {str(one.UF): str(one.AFRelationship) for one in paper.pdf.Root.AF}
    assert relations == {
        "budget.csv": "/Data", "plan.json": "/Data", "bild.bin": "/Supplement", "slut.txt": "/Supplement"
    }  # fmt: skip


# --- Remembered -----------------------------------------------------------------------------------------------------


def test_a_pdf_is_set_once(site: TestSite) -> None:
    site.write_plan()
    assert build(site).work.pdfs == ("norr/2025/plan.pdf",)
    assert build(site).work.pdfs == ()


def test_an_edit_sets_one_pdf_and_another_page_none(site: TestSite) -> None:
    site.write_plan()
    site.write("norr/2023/plan.md", PLAN.replace("2026", "2024").replace("2025", "2023").replace("2024-", "2022-"))
    assert len(build(site).work.pdfs) == 2
    site.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer mer samverkan")
    assert build(site).work.pdfs == ("norr/2025/plan.pdf",)
    site.write("sidor/om.md", "---\ntitel: Om\nmeny: ja\n---\nText.\n")
    done = build(site).work
    assert "norr/2025/index.html" in done.pages
    assert done.pdfs == ()


def test_a_change_that_paper_does_not_show_sets_nothing(site: TestSite) -> None:
    """A comment in the front matter is another plan to the program, and the same document."""
    site.write_plan()
    build(site)
    site.edit("norr/2025/plan.md", "år: 2025\n", "år: 2025 # budgetåret\n")
    assert build(site).work.pdfs == ()


def test_a_pdf_that_is_there_is_not_set_again_when_the_record_of_the_latest_build_is_lost(site: TestSite) -> None:
    site.write_plan()
    build(site)
    build_record.forget(site.content, site.output)
    done = build(site).work
    assert "norr/2025/plan.pdf" in done.files
    assert done.pdfs == ()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_bytes(b"%PDF-")])
def test_a_pdf_that_was_lost_or_altered_is_made_again(site: TestSite, spoil: object) -> None:
    assert callable(spoil)
    body = printed_plan(site).body
    spoil(site.output / "norr/2025/plan.pdf")
    assert site.build(pdfs=True) == 0
    assert paper_of(site).body == body


def test_pdfs_can_be_left_out_and_pages_lead_to_none(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0
    assert "norr/2025/plan.pdf" not in site.files()
    assert "plan.pdf" not in site.page("norr/2025/")
    assert site.build(pdfs=True) == 0
    assert "9 sidor och 1 PDF om 1 plan" in site.printed
    assert 'href="plan.pdf"' in site.page("norr/2025/")
    assert site.build() == 0
    assert "norr/2025/plan.pdf" not in site.files()
    assert "plan.pdf" not in site.page("norr/2025/")


def test_a_page_tells_how_long_and_how_large_its_pdf_is(site: TestSite) -> None:
    paper = printed_plan(site)
    size = round(len(paper.body) / 1000)
    text = plain(site.text_of("norr/2025/"))
    assert f"Planen som PDF ({len(paper.pdf.pages)} sidor, {size} kB)" in text
    assert f"Planen som PDF, {len(paper.pdf.pages)} sidor (pdf, {size} kB)" in text
    assert f"plan.pdf {sha256(paper.body).hexdigest()}" in text


def test_every_version_has_its_own_pdf(site: TestSite) -> None:
    proposal = PLAN.replace("status: beslutad", "status: förslag").replace(
        "    beslut: {organ: styrelsen, datum: 2024-11-20}\n", "    förslag_publicerat: 2024-10-01\n"
    )
    site.write("norr/2025/versioner/forslag.md", proposal)
    decided = printed_plan(site)
    frozen = paper_of(site, "norr/2025/forslag/")
    assert "Förslag" in frozen.text(page=2)
    assert "Beslutad 20 november 2024" in plain(decided.text(page=2))


def test_building_a_little_comes_to_the_same_pdfs_as_building_all(site: TestSite, tmp_path: Path) -> None:
    """Edits of several kinds, each compared byte by byte with a build that begins with nothing."""
    site.write_plan()
    build(site)
    edits = [
        ("norr/2025/plan.md", "stödjer samverkan", "stödjer mer samverkan"),
        ("norr/2025/plan.md", "namn: Kansli", "namn: Kansliet"),
        ("norr/forbund.md", "kortnamn: Norr", "kortnamn: Norra"),
        ("webbplats.yaml", "namn: Provplatsen", "namn: Prov"),
        ("norr/2025/plan.md", "status: beslutad", "status: upphävd"),
    ]
    for number, (file, before, after) in enumerate(edits):
        site.edit(file, before, after)
        build(site)
        clean = TestSite(tmp_path / f"clean{number}", content=site.content)
        build(clean)
        assert clean.files() == site.files(), (file, after)


def test_a_template_or_colour_for_paper_alone_sets_pdfs_and_renders_only_what_tells_of_them(
    site: TestSite, project: Path, tmp_path: Path
) -> None:
    import shutil

    own = tmp_path / "project"
    for part in ("insyn", "templates", "assets"):
        shutil.copytree(project / part, own / part, ignore=shutil.ignore_patterns("__pycache__"))
    site.write_plan()
    build(site, own)
    template = own / "templates" / "print" / "plan.typ"
    template.write_text(template.read_text("utf-8").replace("size: 27pt", "size: 21pt"), "utf-8")
    done = build(site, own).work
    assert done.pdfs == ("norr/2025/plan.pdf",)
    assert set(done.pages) <= {"norr/2025/index.html"}
    settings = own / "assets" / "css" / "10-settings.css"
    settings.write_text(
        settings.read_text("utf-8").replace("--serie-individual: #0a4562", "--serie-individual: #0a4563"), "utf-8"
    )
    assert build(site, own).work.pdfs == ("norr/2025/plan.pdf",)
    layout = own / "assets" / "css" / "30-layout.css"
    layout.write_text(layout.read_text("utf-8").replace("padding-block: .85rem", "padding-block: .8rem"), "utf-8")
    assert build(site, own).work.pdfs == ()


# --- The faces ------------------------------------------------------------------------------------------------------


def test_the_list_of_characters_is_what_the_faces_have(project: Path) -> None:
    folder = project / "assets" / "fonts" / "print"
    rows = json.loads((folder / "characters.json").read_text())
    listed = {code for first, last in rows for code in range(first, last + 1)}
    for face in folder.glob("sans-*.otf"):
        assert set(TTFont(face).getBestCmap()) == listed, face.name


def test_the_faces_do_not_use_a_reserved_name(project: Path) -> None:
    for face in (project / "assets" / "fonts" / "print").glob("*.otf"):
        font = TTFont(face)
        names = [font["name"].getDebugName(number) for number in (1, 3, 4, 6, 16)] + list(font["CFF "].cff.fontNames)
        assert not any("Source" in name for name in names if name), face.name


STANDING = {"version": None, "sida": None, "$schema": None}
"""The contents of a PDF about a version by itself: later versions change none of its bytes."""


def test_every_pdf_carries_the_budget_and_the_whole_plan_that_lie_beside_it(printed: list[TestSite]) -> None:
    for site in printed:
        for paper in papers_in(site.output):
            carried = {name: file.get_file().read_bytes() for name, file in paper.pdf.attachments.items()}
            beside = (site.output / paper.path).parent
            assert carried["budget.csv"] == (beside / "budget.csv").read_bytes(), paper.path
            plans = [json.loads(body) for body in (carried["plan.json"], (beside / "plan.json").read_bytes())]
            assert plans[0] | STANDING == plans[1] | STANDING, paper.path
            assert len(carried) == 2
