"""Long words break at their seams with a hyphen, which nobody copies, searches or hears."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from insyn.build.seams import SEAM, parts, seamed, with_seams
from tests.browser import DESKTOP, PHONE, ServedSite, served, unfold
from tests.conftest import NewPage


@pytest.mark.parametrize(
    "parted",
    [
        "Försäkrings|kassan",
        "Arbets|förmedlingen",
        "arbets|marknads|insatser",
        "kommun|styrelserna",
        "kommunal|förbund",
        "Samordnings|förbundet",
        "verksamhets|utvecklare",
        "individ|inriktade",
        "struktur|övergripande",
        "laglighets|prövning",
        "års|redovisning",
        "avvikelse|ärenden",
        "erfarenhets|utbyte",
        "mål|uppfyllelse",
    ],
)
def test_a_compound_breaks_between_its_words(parted: str) -> None:
    assert "|".join(parts(parted.replace("|", ""))) == parted


@pytest.mark.parametrize("parted", ["rehabili|teringen", "organisa|tionerna", "kommuni|kationen", "İİİİİİİİİİİİİ"])
def test_another_long_word_breaks_between_syllables_or_not_at_all(parted: str) -> None:
    assert "|".join(parts(parted.replace("|", ""))) == parted


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<td>Försäkringskassan</td>", "<td>Försäkrings|kassan</td>"),
        ("<p>Försäkringskassan</p>", "<p>Försäkringskassan</p>"),
        ("<p>arbetsmarknadsinsatser</p>", "<p>arbets|marknads|insatser</p>"),
        ('<th id="forsakringskassans-andel"><b title="Försäkringskassan">A</b></th>', None),
        ("<td><svg><text>Försäkringskassan</text></svg></td>", None),
        ("<script>arbetsmarknadsinsatser</script>", None),
        ("<td>Stöd/process 1/2</td>", "<td>Stöd/<wbr>process 1/2</td>"),
    ],
)
def test_seams_are_set_in_columns_and_in_the_longest_words_of_other_text(html: str, made: str | None) -> None:
    page = '<html lang="sv"><body>{}</body>'
    assert seamed(page.format(html), with_seams) == page.format((made or html).replace("|", SEAM))


def test_words_of_another_language_are_left_whole() -> None:
    page = '<html lang="en"><body><td>Responsibilities</td></body>'
    assert seamed(page, with_seams) == page


@pytest.fixture(scope="module")
def real(built: Path) -> Iterator[ServedSite]:
    with served(built) as site:
        yield site


@pytest.mark.browser
def test_a_broken_word_is_copied_found_and_heard_whole(real: ServedSite, new_page: NewPage) -> None:
    page = new_page(width=PHONE, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{real.address}hoglandet/2024/#rad.intakter.forsakringskassan-och-arbetsformedlingen")
    name = page.locator("tr:target th")
    words = "Försäkringskassan och Arbetsförmedlingen"
    assert name.evaluate("name => new Set([...name.querySelectorAll('.seam')].map(at => at.offsetTop)).size") == 2
    assert name.aria_snapshot() == f'- rowheader "{words}"'
    name.evaluate("name => getSelection().selectAllChildren(name)")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == words
    page.evaluate("getSelection().removeAllRanges()")
    assert page.evaluate("words => find(words)", words)


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_word_longer_than_its_line_breaks_where_the_hyphen_shows(
    stressed: Path, new_page: NewPage, width: int
) -> None:
    with served(stressed) as site:
        page = new_page(width=width)
        page.goto(f"{site.address}langa-namn/2025/")
        assert page.locator("h1 .seam").evaluate_all(ENDS_LINE)
        assert page.locator("h1, p").evaluate_all(CUT) == []


ENDS_LINE = """seams => seams.some(seam => seam.getBoundingClientRect().width > 0)"""
CUT = """parts => {
    const range = document.createRange(), cut = [];
    for (const part of parts.filter(part => part.querySelector(".seam")))
        for (const text of [...part.childNodes].filter(node => node.nodeType == Node.TEXT_NODE))
            for (let at = 1, before; at < text.length; at++) {
                range.setStart(text, at), range.setEnd(text, at + 1);
                const top = range.getBoundingClientRect().top;
                const inWord = /[^\\s-]{2}/.test(text.data[at - 1] + text.data[at]);
                if (before < top - 5 && inWord) cut.push(text.data.slice(0, at));
                before = top;
            }
    return cut;
}"""
"""The beginnings of words that end a line inside a part that no seam divides."""


def test_no_file_holds_a_soft_hyphen(built: Path) -> None:
    texts = (file for file in built.rglob("*") if file.suffix in {".html", ".json", ".csv", ".xml", ".svg", ".txt"})
    assert [file for file in texts if "\u00ad" in file.read_text("utf-8")] == []


@pytest.mark.browser
def test_no_seam_parts_a_word_where_each_part_would_stand_by_itself(real: ServedSite, new_page: NewPage) -> None:
    """In a flexible box each part of a text with elements in it is a box of its own."""
    page = new_page(width=PHONE)
    for path in ("", "jamfor/", "data/", "om-uppgifterna/", *real.plans):
        page.goto(real.address + path)
        unfold(page)
        assert page.locator(".seam").evaluate_all(BOXES) == [], path


BOXES = """seams => seams.map(seam => seam.parentElement)
    .filter(part => /flex|grid/.test(getComputedStyle(part).display)).map(part => part.outerHTML)"""
