"""Is every page valid markup, before any browser has corrected it? Read by a parser that forgives nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.component_checks import stacks
from tests.site import TestSite

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ADDRESSES = ("href", "src", "srcset", "action", "formaction", "poster", "data", "cite", "background")
UNSEEN = ("script", "style", "template", "code")
"""Not read as words: code to copy has characters of its own."""
SEARCH = "sok/"
"""The page with the search form, the only one that sends a reader's words anywhere: to a script of the site's own."""
SPOKEN_NAMES, LANDMARKS = {"aria-label", "aria-labelledby"}, {"region", "search"}
SPOKEN = ("aria-label", "alt", "title", "content")


@dataclass(frozen=True)
class ReadPage:
    """A page as parsed by a strict parser. `path` is as in links to it: "hoglandet/2024/"."""

    path: str
    html: str

    @cached_property
    def root(self) -> Element:
        root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.html)
        return root

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def ids(self) -> list[str]:
        return [element.attrib["id"] for element in self.root.iter() if "id" in element.attrib]

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {element.attrib["id"]: element for element in self.root.iter() if "id" in element.attrib}

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.root.iter() if element.tag in tags]

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.root.iter() if name in classes(element)]

    def above(self, element: Element) -> Iterator[Element]:
        """Yield the ancestors of an element, innermost first."""
        while element in self.parents:
            element = self.parents[element]
            yield element

    def attributes(self) -> Iterator[tuple[Element, str, str]]:
        """Yield every attribute with its element; without the prefix for a name in a namespace, such as xlink:href."""
        for element in self.root.iter():
            for name, value in element.attrib.items():
                yield element, name.rpartition("}")[2], value


@dataclass(frozen=True)
class ReadSite:
    folder: Path
    pages: tuple[ReadPage, ...]

    def page_at(self, path: str) -> ReadPage | None:
        return next((page for page in self.pages if page.path == path), None)

    @property
    def plans(self) -> list[ReadPage]:
        return [page for page in self.pages if page.with_class("table--budget")]


def read_site(folder: Path) -> ReadSite:
    files = sorted(folder.rglob("*.html"))
    paths = (file.relative_to(folder).as_posix().removesuffix("index.html") for file in files)
    pages = (ReadPage(path, file.read_text("utf-8")) for path, file in zip(paths, files, strict=True))
    return ReadSite(folder, tuple(pages))


def text_of(element: Element) -> str:
    """Return the text of an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


@pytest.fixture(scope="session")
def real(built: Path) -> ReadSite:
    return read_site(built)


@pytest.fixture(scope="session")
def stress(stressed: Path) -> ReadSite:
    return read_site(stressed)


@pytest.fixture(scope="session")
def years(over_years: Path) -> ReadSite:
    return read_site(over_years)


@pytest.fixture(params=["real", "stress", "years"])
def read(request: pytest.FixtureRequest) -> ReadSite:
    site = request.getfixturevalue(request.param)
    assert isinstance(site, ReadSite)
    assert len(site.plans) >= 5
    return site


def page_of(site: TestSite, path: str) -> ReadPage:
    """Build a site and read one page of it."""
    assert site.build() == 0, site.printed
    return ReadPage(path, site.page(path))


def language_of(page: ReadPage) -> str:
    """Return the expected language of a page's frame."""
    return "en" if page.path.endswith("/en/") else "sv"


# --- The document ---------------------------------------------------------------------------------------------------


def test_every_page_parses_without_a_single_error(read: ReadSite) -> None:
    for page in read.pages:
        assert page.root.tag == "html", page.path


def test_every_page_but_the_english_is_in_swedish_with_a_title_of_its_own_and_a_description(read: ReadSite) -> None:
    titles = [text_of(title) for page in read.pages for title in page.all("title")]
    assert [page.path for page in read.pages if page.root.get("lang") != language_of(page)] == []
    assert all(titles)
    assert len(set(titles)) == len(titles) == len(read.pages)
    for page in read.pages:
        (description,) = (meta for meta in page.all("meta") if meta.get("name") == "description")
        assert len(description.attrib["content"]) > 10, page.path


def test_headings_begin_with_one_h1_and_never_skip_a_level(read: ReadSite) -> None:
    for page in read.pages:
        headings = page.all(*HEADINGS)
        levels = [HEADINGS.index(heading.tag) + 1 for heading in headings]
        assert levels[0] == 1, page.path
        assert levels.count(1) == 1, page.path
        assert [after for before, after in pairwise(levels) if after > before + 1] == [], page.path
        assert all(text_of(heading) for heading in headings), page.path


def test_every_page_has_its_landmarks_once_and_each_navigation_a_name(read: ReadSite) -> None:
    for page in read.pages:
        (body,) = page.all("body")
        assert [part.tag for part in body] == ["header", "main", "footer"], page.path
        names = [nav.get("aria-label") for nav in page.all("nav")]
        assert len(names) == len(set(names)), page.path
        assert names[0] == {"sv": "Huvudmeny", "en": "Main menu"}[language_of(page)], page.path
        assert all(names), page.path


def test_the_skip_link_is_first_and_leads_to_main(read: ReadSite) -> None:
    for page in read.pages:
        first = page.all("a")[0]
        assert text_of(first) == {"sv": "Hoppa till innehållet", "en": "Skip to the content"}[language_of(page)]
        target = page.by_id[first.attrib["href"].removeprefix("#")]
        assert (target.tag, target.get("tabindex")) == ("main", "-1")


def test_the_chapters_of_a_page_are_its_regions_and_nothing_smaller_is(read: ReadSite) -> None:
    for page in read.pages:
        sections = page.all("section")
        regions = [one for one in sections if one.get("role", "region") == "region" and SPOKEN_NAMES & set(one.attrib)]
        named = [page.by_id[section.attrib["aria-labelledby"]] for section in regions]
        assert {heading.tag for heading in named} <= {"h2"}, page.path
        assert all(text_of(heading) for heading in named), page.path
        assert len(named) == len(set(named)) <= 20, page.path
        for section in sections:
            assert section in regions or section.get("role") or {part.tag for part in section} & set(HEADINGS), (
                page.path
            )


def test_no_two_landmarks_of_a_page_have_the_same_name(read: ReadSite) -> None:
    for page in read.pages:
        landmarks = (one for one in page.root.iter() if one.tag in {"nav", "section"} or one.get("role") in LANDMARKS)
        names = [one.get("aria-label") or one.get("aria-labelledby") for one in landmarks]
        texts = [text_of(page.by_id[name]) if name in page.by_id else name for name in names if name]
        assert len(texts) == len(set(texts)), page.path


# --- Ids and links --------------------------------------------------------------------------------------------------


def test_every_id_stands_once_on_its_page(read: ReadSite) -> None:
    repeated = {(page.path, id) for page in read.pages for id in page.ids if page.ids.count(id) > 1}
    assert repeated == set()


def test_names_and_descriptions_point_at_what_exists(read: ReadSite) -> None:
    for page in read.pages:
        for element, name, value in page.attributes():
            if name in {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers"}:
                missing = [id for id in value.split() if id not in page.by_id]
                assert missing == [], (page.path, element.tag)


def test_every_address_inside_the_site_leads_to_a_file_and_a_part_that_exist(read: ReadSite) -> None:
    broken = [
        (page.path, value)
        for page in read.pages
        for _, name, value in page.attributes()
        if name in ADDRESSES and not is_outside(value) and not leads_somewhere(read, page, value)
    ]
    assert broken == []


def leads_somewhere(site: ReadSite, page: ReadPage, address: str) -> bool:
    path, _, part = address.partition("#")
    if page.path == "404.html":
        path = path.removeprefix("/") or "./"
    target = normpath(join(page.path if page.path.endswith("/") else "", path)) if path else page.path
    target = "" if target == "." else target
    if not (site.folder / target).exists():
        return False
    found = site.page_at(target) or site.page_at(f"{target}/".removeprefix("/"))
    if (site.folder / target).is_dir() and (found is None or (path and not path.endswith("/"))):
        return False
    return not part or (found is not None and part in found.by_id)


def is_outside(address: str) -> bool:
    return re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE) is not None


def test_only_plain_links_name_another_host(read: ReadSite) -> None:
    for page in read.pages:
        for element, name, value in page.attributes():
            if name in ADDRESSES and is_outside(value):
                assert (element.tag, name) == ("a", "href"), (page.path, value)
                assert value.startswith(("https://", "http://", "mailto:", "tel:")), (page.path, value)
            assert "url(" not in value, (page.path, name, value)


def test_styles_and_scripts_name_no_other_host(real: ReadSite) -> None:
    styles = (real.folder / "assets" / "insyn.css").read_text("utf-8")
    script = re.sub(r"//.*", "", (real.folder / "assets" / "insyn.js").read_text("utf-8"))
    fetched = re.findall(r"url\(\"?([^\")]+)", styles)
    assert len(fetched) >= 5
    assert [address for address in fetched if not (real.folder / "assets" / address).is_file()] == []
    assert "@import" not in styles
    assert re.findall(r"https?:|fetch|XMLHttp|import\b", script) == []


# --- Policy ---------------------------------------------------------------------------------------------------------


def test_the_policy_comes_before_all_that_it_rules_and_lets_in_only_our_own_files(read: ReadSite) -> None:
    for page in read.pages:
        head = list(page.all("head")[0])
        (policy,) = (meta for meta in head if meta.get("http-equiv") == "Content-Security-Policy")
        fetching = [element for element in head if element.tag in {"link", "script", "style", "base"}]
        assert head.index(policy) < min(head.index(element) for element in fetching)
        rules = dict(rule.split(maxsplit=1) for rule in policy.attrib["content"].split("; "))
        assert {"default-src", "base-uri", "form-action"} <= {
            name for name, value in rules.items() if value == "'none'"
        }
        assert set(rules.values()) == {"'none'", "'self'"}, page.path


def test_no_page_holds_a_style_or_a_script_of_its_own(read: ReadSite) -> None:
    for page in read.pages:
        assert page.all("style", f"{SVG}style", f"{SVG}script", "iframe", "object", "embed", "base") == []
        assert bool(page.all("form")) == (page.path == SEARCH)
        own = [script for script in page.all("script") if text_of(script) or "src" not in script.attrib]
        assert {script.get("type") for script in own} <= {"application/ld+json"}  # data, which nothing runs
        inline = [name for _, name, _ in page.attributes() if name == "style" or name.startswith("on")]
        assert inline == [], page.path


# --- Tables and drawings --------------------------------------------------------------------------------------------


def test_every_table_has_a_caption_and_headers_for_columns_and_rows(read: ReadSite) -> None:
    tables = 0
    for page in read.pages:
        for table in page.all("table"):
            tables += 1
            where = (page.path, text_of(table[0]))
            assert table[0].tag == "caption", where
            assert text_of(table[0]), where
            (head,) = table.findall("thead/tr")
            assert {(cell.tag, cell.get("scope")) for cell in head} == {("th", "col")}, where
            for row in table.findall("tbody/tr"):
                assert row[0].tag == "th", (*where, text_of(row))
                assert row[0].get("scope") in {"row", "rowgroup"}, (*where, text_of(row))
                assert {cell.tag for cell in row[1:]} <= {"td"}, (*where, text_of(row))
                assert sum(int(cell.get("colspan", 1)) for cell in row) == len(head), (*where, text_of(row))
    assert tables > 30


def test_no_cell_of_a_table_is_empty(read: ReadSite) -> None:
    empty = [
        (page.path, text_of(table[0]), text_of(row))
        for page in read.pages
        for table in page.all("table")
        for row in table.iter("tr")
        if not all(text_of(cell) for cell in row)
    ]
    assert empty == []


def test_a_table_has_its_name_from_its_caption_alone_in_a_box_that_the_keyboard_reaches(read: ReadSite) -> None:
    for page in read.pages:
        for table in page.all("table"):
            box = page.parents[table]
            assert (box.get("role"), box.get("tabindex")) == ("group", "0"), page.path
            assert box.get("aria-label") == "Rulla i sidled", page.path
            assert text_of(table[0]), page.path


def test_each_cell_that_may_stand_below_its_row_says_what_its_column_is(read: ReadSite) -> None:
    found = [(page.path, fault) for page in read.pages for fault in stacks(page.root)]
    assert len(found) > 20
    assert [(path, fault) for path, fault in found if fault] == []


def test_every_drawing_is_hidden_within_an_image_that_has_a_name(read: ReadSite) -> None:
    """But for bars in a list and shapes before a word, whose text says all that they show."""
    drawings = 0
    for page in read.pages:
        assert page.all("img") == []
        for drawing in page.all(f"{SVG}svg"):
            assert (drawing.get("aria-hidden"), drawing.get("focusable")) == ("true", "false")
            if drawing.get("class") == "verdict__sign":
                continue
            drawings += 1
            image = page.parents[drawing]
            if "diagram" not in classes(drawing):
                assert text_of(image)
                continue
            drawings += 1
            assert image.get("role") == "img"
            assert len(image.attrib["aria-label"]) > 20
            assert len(image) == 2
    assert drawings >= 2 * len(read.plans)


def test_the_bars_of_a_hundred_kronor_are_as_long_as_the_words_beside_them_say(read: ReadSite) -> None:
    lists = [(part, text_of(page.root)) for page in read.plans for part in page.with_class("hundred")]
    assert lists
    for part, said in lists:
        kronor = [int(re.sub(r"\D", "", text_of(item[0])) or 0) for item in part if "mindre" not in text_of(item[0])]
        widths = [int(item[-1][1].attrib["width"]) for item in part]
        assert [width for width in widths if width] == kronor
        assert sum(widths) == 100 or f"blir de tillsammans {sum(widths)} kronor" in said.replace("\u00a0", " ")


def test_every_chart_has_a_heading_a_summary_and_its_figures_on_a_page_that_says_their_origin(read: ReadSite) -> None:
    for page in read.plans:
        for chart in page.with_class("chart"):
            assert next(part.tag for part in chart.iter() if re.fullmatch("h[1-6]", str(part.tag))) == "h3", page.path
            parts = {name: text_of(part) for part in chart.iter() for name in classes(part)}
            assert parts["chart__summary"], page.path
            assert page.with_class("origin"), page.path
            assert len(list(chart.iter("table"))) == 1, page.path


# --- Notes ----------------------------------------------------------------------------------------------------------


def test_note_marks_and_notes_lead_to_each_other(read: ReadSite) -> None:
    marks = 0
    for page in read.pages:
        links = {link.attrib["id"]: link for sup in page.with_class("note-mark") for link in sup.iter("a")}
        backs = {link.attrib["href"]: link for link in page.with_class("note-back")}
        marks += len(links)
        for id, link in links.items():
            note = page.by_id[link.attrib["href"].removeprefix("#")]
            assert note.tag == "li", page.path
            assert note in page.above(backs[f"#{id}"]), (page.path, id)
        assert backs.keys() == {f"#{id}" for id in links}, page.path
    assert marks > 5


def test_links_back_from_a_note_to_several_places_have_names_of_their_own(read: ReadSite) -> None:
    for page in read.pages:
        for note in page.all("li"):
            names = [link.get("aria-label") for link in note.iter("a") if "note-back" in classes(link)]
            assert len(names) == len(set(names)), (page.path, names)


# --- Words ----------------------------------------------------------------------------------------------------------


def test_no_page_shows_what_a_template_or_a_program_left_behind(read: ReadSite) -> None:
    for page in read.pages:
        shown = [text for element in page.root.iter() if element.tag not in UNSEEN for text in texts_in(element)]
        shown += [value for _, name, value in page.attributes() if name in SPOKEN]
        left = [
            text for text in shown if re.search(r"[{}]|\b(None|Undefined|True|False|nan|inf)\b|<[a-z/]|&\w+;", text)
        ]
        assert left == [], page.path


def texts_in(element: Element) -> list[str]:
    """Return the texts directly within an element."""
    return [text for text in (element.text, *(child.tail for child in element)) if text]


def test_no_sentence_ends_with_nothing_before_its_full_stop(read: ReadSite) -> None:
    for page in read.pages:
        shown = [text_of(element) for element in page.all("p", "li", "dd", "td", "caption", *HEADINGS)]
        shown += [value for _, name, value in page.attributes() if name in SPOKEN]
        wrong = [text for text in shown if re.search(r"[:,;(] ?[.,)]| [.,:;](?: |$)|  ", text)]
        assert wrong == [], page.path


def test_no_paragraph_or_point_is_empty(read: ReadSite) -> None:
    for page in read.pages:
        parts = page.all("p", "li", "dd", "dt", "a", "summary", "ul", "ol", "dl")
        empty = [
            part for part in parts if not text_of(part) and not any(one.tag == "template" for one in page.above(part))
        ]
        assert [(part.tag, part.attrib) for part in empty] == [], page.path


# --- Budget tables --------------------------------------------------------------------------------------------------


def test_a_blank_is_said_aloud_and_a_dash_is_kept(site: TestSite) -> None:
    site.write_plan()
    site.edit("norr/2025/plan.md", "belopp: [1 500 000, 1 400 000]", 'belopp: [2 000 000, "---"]')
    site.edit("norr/2025/plan.md", "belopp: [500 000, 600 000]}\n    summa", "belopp: [~, 2 000 000]}\n    summa")
    page = page_of(site, "norr/2025/")
    table = page.parents[page.by_id["tabell-kostnader"]]
    rows = {text_of(row[0]): row for row in table.iter("tr")}
    dash, blank = rows["Coachning"][2], rows["Kansli"][1]
    assert [(part.tag, part.get("aria-hidden"), text_of(part)) for part in dash] == [
        ("span", "true", "---"),
        ("span", None, "uppgift saknas"),
    ]
    assert [(classes(part), text_of(part)) for part in blank] == [(["visually-hidden"], "uppgift saknas")]
    assert text_of(rows["Coachning"][1]) == "2 000 000"


def test_every_amount_that_is_missing_is_said_aloud(read: ReadSite) -> None:
    missing = 0
    for page in read.plans:
        for table in [*page.with_class("table--budget"), *page.with_class("table--narrow")]:
            for cell in table.iter("td"):
                if "number" in classes(cell) and not re.search(r"\d", text_of(cell)):
                    missing += 1
                    assert text_of(cell).endswith("uppgift saknas"), (page.path, text_of(table[0]))
    assert missing >= 4


def test_the_main_column_is_marked_from_its_heading_down(read: ReadSite) -> None:
    for page in read.plans:
        for table in page.with_class("table--budget"):
            (head,) = table.findall("thead/tr")
            (main,) = (place for place, cell in enumerate(head) if "table__main" in classes(cell))
            for row in table.findall("tbody/tr"):
                if len(row) == len(head):
                    marked = [place for place, cell in enumerate(row) if "table__main" in classes(cell)]
                    assert marked == [main], (page.path, text_of(row))


# --- The page for missing addresses ---------------------------------------------------------------------------------


def test_the_page_for_missing_addresses_leads_on_and_is_kept_out_of_search(read: ReadSite) -> None:
    page = read.page_at("404.html")
    assert page is not None
    assert "noindex" in [meta.get("content") for meta in page.all("meta") if meta.get("name") == "robots"]
    (main,) = page.all("main")
    links = {text_of(link): link.attrib["href"] for link in main.iter("a")}
    assert links["Startsidan"] == "/"
    assert len(links) > 5


def test_with_an_address_the_page_for_missing_addresses_leads_on_from_any_of_them(site: TestSite) -> None:
    site.write_plan()
    site.edit("webbplats.yaml", "namn: Provplatsen", "namn: Provplatsen\nadress: https://www.exempel.se/planer")
    assert site.build() == 0, site.printed
    page = ReadPage("404.html", (site.output / "404.html").read_text("utf-8"))
    inside = [value for _, name, value in page.attributes() if name in ADDRESSES and not value.startswith("#")]
    assert "/planer/norr/" in inside
    assert [address for address in inside if not address.startswith("/planer/")] == []


def test_with_an_address_every_other_page_says_where_it_stands(site: TestSite) -> None:
    site.write_plan()
    site.edit("webbplats.yaml", "namn: Provplatsen", "namn: Provplatsen\nadress: https://www.exempel.se/")
    page = page_of(site, "norr/2025/")
    named = [link.attrib["href"] for link in page.all("link") if link.get("rel") == "canonical"]
    assert named == ["https://www.exempel.se/norr/2025/"]
