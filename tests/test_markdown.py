"""The rendering of a plan's text: headings, tables, footnotes, links, and refused markup."""

import random
import re
from collections import Counter
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.markdown.article import Article, Heading, Setting
from insyn.markdown.inline import render_inline
from insyn.markdown.render import parse, render_article, render_marked
from insyn.problems import Found

FILE = "content/norr/2025/plan.md"
FIRST_LINE = 40


def rendered(text: str, *, level: int = 3, taken: frozenset[str] = frozenset()) -> Article:
    """Render a text without faults."""
    article, faults = judged(text, level=level, taken=taken)
    assert faults == []
    return article


def judged(
    text: str, *, level: int = 3, taken: frozenset[str] = frozenset()
) -> tuple[Article, list[tuple[str, int, dict[str, str]]]]:
    """Render a text and return its faults: code, line counted from the first, and values."""
    found = Found()
    article = render_article(parse(text), Setting(FILE, FIRST_LINE, level, taken), found)
    assert {problem.place.file for problem in found.problems} <= {FILE}
    return article, [
        (problem.code, problem.place.line - FIRST_LINE + 1, dict(problem.values)) for problem in found.problems
    ]


def ids_in(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]*)"', html)


def anchors_in(html: str) -> list[str]:
    return re.findall(r'href="#([^"]*)"', html)


# --- Headings -------------------------------------------------------------------------------------------------------


def test_headings_move_down_to_where_the_text_stands_on_its_page() -> None:
    article = rendered("# 1. Uppdrag\n\nText.\n\n## 1.1 Lagen\n\n# 2. Mål\n")
    assert article.headings == (
        Heading(3, "1-uppdrag", "1. Uppdrag"),
        Heading(4, "1-1-lagen", "1.1 Lagen"),
        Heading(3, "2-mal", "2. Mål"),
    )
    assert '<h3 id="1-uppdrag">1. Uppdrag</h3>' in article.html
    assert '<h4 id="1-1-lagen">1.1 Lagen</h4>' in article.html


def test_no_heading_lies_deeper_than_html_has_levels() -> None:
    article = rendered("".join(f"{'#' * depth} Nivå {depth}\n\n" for depth in range(1, 7)))
    assert [heading.level for heading in article.headings] == [3, 4, 5, 6, 6, 6]
    assert article.html.count("</h6>") == 3


def test_headings_of_the_same_name_have_ids_of_their_own() -> None:
    article = rendered("# Mål\n\n# Mål\n\n# Mål 2\n\n# Mål\n")
    assert [heading.id for heading in article.headings] == ["mal", "mal-2", "mal-2-2", "mal-3"]


def test_a_heading_never_takes_an_id_that_its_page_uses() -> None:
    article = rendered("# Mål\n\n# Innehåll\n", taken=frozenset({"mal", "mal-2", "innehall"}))
    assert [heading.id for heading in article.headings] == ["mal-3", "innehall-2"]


def test_a_heading_may_have_emphasis_and_code() -> None:
    article = rendered("# **Fet** `kod` och *kursiv*\n")
    assert article.headings == (Heading(3, "fet-kod-och-kursiv", "Fet kod och kursiv"),)


def test_a_skipped_level_is_found_at_its_heading() -> None:
    _, faults = judged("# Ett\n\nText.\n\n### Tre\n")
    assert faults == [("heading-skipped", 5, {"heading": "Tre"})]


def test_a_text_that_begins_below_the_top_skips_a_level() -> None:
    _, faults = judged("## Två\n")
    assert faults == [("heading-skipped", 1, {"heading": "Två"})]


def test_a_heading_without_words_is_found() -> None:
    _, faults = judged("Text.\n\n#\n")
    assert faults == [("heading-empty", 3, {})]


def test_a_heading_called_as_a_footnote_does_not_take_its_id() -> None:
    article = rendered("# Fotnot 1\n\n# Fotnotsmärke 1\n\nText[^a].\n\n[^a]: Not.\n")
    assert [name for name, times in Counter(ids_in(article.html)).items() if times > 1] == []


PIECES = (
    *(
        "# Mål\n\n",
        "## Mål\n\n",
        "# Mål 2\n",
        "Mål\n: Ord\n\n",
        "Tabell: Mål\n\n",
        "| Mål | 2 |\n|---|--:|\n| a | 1 |\n\n",
    ),
    *("Ord", " ", "\n", "\n\n", "- ", "> ", "1. ", "    ", "*", "`", "[^a]", "[^b]", "[^a]: Not.\n\n", "[^b]: Not.\n"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(deadline=None)
@given(TEXTS, st.sampled_from([2, 3]))
def test_whatever_is_written_every_heading_can_be_linked_to_and_no_id_stands_twice(text: str, level: int) -> None:
    article, _ = judged(text, level=level)
    ids = ids_in(article.html)
    assert len(ids) == len(set(ids))
    assert {heading.id for heading in article.headings} <= set(ids)


# --- Tables ---------------------------------------------------------------------------------------------------------

TABLE = "| Insats | Antal |\n|---|---:|\n| Coachning | 30 |\n| Kurs | 12 |\n"


def test_a_table_has_row_and_column_headers_and_numbers_by_class() -> None:
    html = rendered(f"# Insatser\n\n{TABLE}").html
    assert '<th scope="col">Insats</th>\n<th scope="col" class="number">Antal</th>' in html
    assert '<th scope="row">Coachning</th>\n<td class="number">30</td>' in html
    assert "style=" not in html


def test_a_table_is_named_by_the_paragraph_before_it() -> None:
    html = rendered(f"# Insatser\n\nTabell: Deltagare 2025\n\n{TABLE}").html
    assert ">Deltagare 2025</caption>" in html
    assert "Tabell:" not in html
    assert "<p>" not in html


def test_a_table_without_a_name_of_its_own_is_named_by_its_heading() -> None:
    html = rendered(f"# Ett\n\n## Insatser & kurser\n\nText.\n\n{TABLE}").html
    assert ">Insatser &amp; kurser</caption>" in html


def test_a_table_beneath_no_heading_is_still_named() -> None:
    assert ">Tabell</caption>" in rendered(TABLE).html


def test_emphasis_in_the_name_of_a_table_shows_no_asterisks() -> None:
    html = rendered(f"Tabell: Deltagare *2025*\n\n{TABLE}").html
    (caption,) = re.findall(r"<caption[^>]*>(.*)</caption>", html)
    assert "*" not in caption


def test_a_table_that_scrolls_can_be_reached_and_has_a_name() -> None:
    html = rendered(f"{TABLE}\n\nText.\n\n{TABLE}").html
    assert html.count('role="group" aria-label="Rulla i sidled" tabindex="0"') == 2
    assert len(set(re.findall(r'<caption id="([^"]+)">', html))) == 2


TEXTS = "| Insats | För *vem* | När |\n|---|---|---|\n| Coachning | Unga | Våren |\n| Kurs | Alla | |\n"


def test_each_cell_of_a_table_of_text_says_what_its_column_is() -> None:
    html = rendered(TEXTS).html
    assert '<table class="table table--stacks" aria-labelledby="tabell-tabell-0">' in html
    assert '<th scope="row">Coachning</th>\n<td data-label="För vem">Unga</td>\n<td data-label="När">Våren</td>' in html
    assert '<th scope="row">Kurs</th>\n<td data-label="För vem">Alla</td>\n<td data-label="När"></td>' in html


@pytest.mark.parametrize("table", [TABLE, TEXTS.replace("| När |", "| |")])
def test_a_table_with_numbers_or_a_column_without_a_name_stays_a_table(table: str) -> None:
    html = rendered(table).html
    assert "table--stacks" not in html
    assert "data-label" not in html


# --- Footnotes and definitions --------------------------------------------------------------------------------------

TWO_MARKS = "Ett[^a] och två[^a], tre[^b].\n\n[^a]: Första noten.\n[^b]: Andra noten.\n"


def test_a_footnote_is_reached_from_its_mark_and_leads_back() -> None:
    html = rendered(TWO_MARKS).html
    assert '<a href="#fotnot-2" id="fotnotsmarke-2" aria-label="Fotnot 2">2</a>' in html
    assert re.search(r'<li id="fotnot-2"><p>Andra noten\. <a class="note-back" href="#fotnotsmarke-2"', html)
    assert set(anchors_in(html)) <= set(ids_in(html))


def test_a_footnote_with_two_marks_leads_back_to_both_by_names_of_their_own() -> None:
    html = rendered(TWO_MARKS).html
    (first, *_) = re.findall(r'<li id="fotnot-1">.*', html)
    assert anchors_in(first) == ["fotnotsmarke-1", "fotnotsmarke-1-2"]
    names = re.findall(r'aria-label="([^"]+)"', first)
    assert len(set(names)) == 2


def test_footnotes_are_in_swedish_and_last() -> None:
    html = rendered(f"{TWO_MARKS}\nSista stycket.\n").html
    assert re.findall(r'aria-label="(\w+)', html) == [*["Fotnot"] * 3, "Fotnoter", *["Tillbaka"] * 3]
    assert html.index("Sista stycket.") < html.index('<section class="notes"')


def test_a_mark_without_a_footnote_is_found_but_not_in_code() -> None:
    _, faults = judged("Text.\n\nOrd[^x] och `[^y]`.\n")
    assert faults == [("footnote-undefined", 3, {"written": "x"})]


def test_a_footnote_without_a_mark_is_found_where_it_stands() -> None:
    _, faults = judged("Ord[^a].\n\n[^a]: Not.\n\n[^glomd]: Ingen pekar hit.\n")
    assert faults == [("footnote-unused", 5, {"written": "glomd"})]


def test_a_footnote_that_only_an_unused_footnote_points_to_is_unused_too() -> None:
    """Else it leads back to a mark that isn't on the page."""
    article, faults = judged("Text.\n\n[^a]: Se även[^b].\n\n[^b]: Not.\n")
    assert {values["written"] for code, _, values in faults if code == "footnote-unused"} == {"a", "b"}
    assert set(anchors_in(article.html)) <= set(ids_in(article.html))


@pytest.mark.parametrize(
    "text",
    [
        "Så skrivs en fotnot:\n\n```\nText[^a].\n\n[^a]: Not.\n[^a]: Not.\n```\n",
        "~~~ markdown\n[^a]: Not.\n~~~\n",
        "Så:\n\n    [^a]: Not.\n\n- punkt\n\n  ```\n  [^a]: Not.\n  ```\n",
        "Så: `[^a]: Not` och ``[^a]``.\n",
        "Ingen fotnot: \\[^a] eller [\\^a] eller [^a b].\n",
        '[Bidrag](https://norr.se/ "Se [^a]") och [bidrag](https://norr.se/?[^a])\n',
        "Ord[^1].\n\n[^1]: Se `[^2]`.\n\n    ```\n    [^3]: Not.\n    ```\n",
    ],
)
def test_what_only_looks_like_a_footnote_is_shown_as_it_is_written(text: str) -> None:
    article, faults = judged(text)
    assert faults == []
    assert set(anchors_in(article.html)) <= set(ids_in(article.html))


@pytest.mark.parametrize("text", ["Se `[^a]`.\n\n[^a]: Not.\n", "Se \\[^a].\n\n[^a]: Not.\n"])
def test_code_leads_to_no_footnote(text: str) -> None:
    assert judged(text)[1] == [("footnote-unused", 3, {"written": "a"})]


@pytest.mark.parametrize("text", ["> Ord[^a].\n>\n> [^a]: Not.\n", "- Ord[^a].\n\n  [^a]: Not.\n"])
def test_a_footnote_may_stand_in_a_list_or_a_quotation(text: str) -> None:
    assert judged(text)[1] == []


def test_a_footnote_that_is_written_thrice_is_told_once() -> None:
    _, faults = judged("Ord[^a].\n\n[^a]: Not.\n\n[^A]: Not.\n\n[^a]: Not.\n")
    assert faults == [("footnote-repeated", 3, {"written": "a"})]


def test_a_word_can_be_explained() -> None:
    html = rendered("KAA\n: Kommunens aktivitetsansvar\n\nSE\n: Supported Employment\n").html
    assert re.sub(r"\n", "", html) == (
        "<dl><dt>KAA</dt><dd>Kommunens aktivitetsansvar</dd><dt>SE</dt><dd>Supported Employment</dd></dl>"
    )


# --- Links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["https://www.finsam.se/", "http://finsam.se", "mailto:norr@exempel.se", "tel:+46123456"]
)
def test_a_link_out_of_the_site_stays_as_written(target: str) -> None:
    article = rendered(f"[Läs mer]({target})\n")
    assert f'<a href="{target}">Läs mer</a>' in article.html
    assert article.links == ()


@pytest.mark.parametrize("target", ["#mal", "../2024/", "../../om-webbplatsen/#data", "../", "plan.pdf"])
def test_a_link_inside_the_site_is_kept_with_its_line_to_be_looked_up(target: str) -> None:
    article = rendered(f"Text.\n\n[Läs mer]({target})\n")
    assert [(link.target, link.place.line) for link in article.links] == [(target, FIRST_LINE + 2)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ett stycke\nmed [en länk](../2024/) och\n[en](#mal) till.", [(2, 15, 23), (3, 6, 10)]),
        ("[A](#mal) och [B](#mal).", [(1, 5, 9), (1, 19, 23)]),
        ("- ett\n- [två](#tva)\n", [(2, 9, 13)]),
        ("| A | B |\n| --- | --- |\n| x | [y](#mål) |\n", [(3, 11, 15)]),
        ("En [länk][a] till.\n\n[a]: ../2024/\n", [(1, 1, 0)]),
    ],
)
def test_a_link_is_marked_where_it_is_written(text: str, places: list[tuple[int, int, int]]) -> None:
    """Not where its paragraph begins, which may be many lines away."""
    found = [link.place for link in rendered(text).links]
    assert [(place.line - FIRST_LINE + 1, place.column, place.end_column) for place in found] == places


@pytest.mark.parametrize(
    "target", ["ftp://norr.se/plan", "FTP://norr.se/plan", "//norr.se", "skype:norr", "Skype:norr"]
)
def test_other_kinds_of_links_are_refused(target: str) -> None:
    _, faults = judged(f"Text.\n\n[Läs mer]({target})\n")
    assert faults == [("link-unsafe", 3, {"target": target})]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JavaScript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc"]
)
def test_a_link_that_could_run_something_is_never_a_link(target: str) -> None:
    article, _ = judged(f"[Läs mer]({target})\n\n[Läs mer][a]\n\n[a]: {target}\n\n<{target}>\n")
    assert "href" not in article.html


# --- What is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("html", ["<b>", "</b>", "<br/>", "<div class='x'>", "<!--", "<script>", "<y och z>"])
def test_html_is_shown_as_it_is_written_and_never_passed_on(html: str) -> None:
    """A check of the text stops it (`checks/text/tags.py`)."""
    assert escape(html, quote=False) in rendered(f"Text.\n\nEtt {html} två.\n").html


def test_html_that_stands_as_a_block_is_not_passed_on_either() -> None:
    assert "<iframe" not in rendered('<iframe src="https://x.se">\n\n</iframe>\n').html


@pytest.mark.parametrize("image", ["![Karta](karta.png)", "![](karta.png)", "![Karta][k]\n\n[k]: karta.png"])
def test_an_image_is_refused(image: str) -> None:
    _, faults = judged(f"Text.\n\n{image}\n")
    assert faults == [("image-in-text", 3, {})]


# --- A sentence from the front matter -------------------------------------------------------------------------------


def test_a_sentence_may_have_emphasis_and_links_but_no_blocks() -> None:
    assert render_inline("Förbundet får **8,1** miljoner. [Läs mer](#pengarna)") == (
        'Förbundet får <strong>8,1</strong> miljoner. <a href="#pengarna">Läs mer</a>'
    )
    assert render_inline("# Inte en rubrik") == "# Inte en rubrik"


def test_a_sentence_is_escaped() -> None:
    assert render_inline("A & B <b>") == "A &amp; B &lt;b&gt;"


def test_a_short_text_comes_to_the_same_whether_or_not_the_parser_is_asked() -> None:
    dice = random.Random(5)
    others = "https://exempel.se", "www.", "(c)", "...", " -- "
    letters = [*map(chr, range(128)), *"åäö\xa0\x85\u2028\u2029−–’”", *others]
    for _ in range(3000):
        text = "".join(dice.choices(letters, k=dice.randint(0, 9)))
        assert render_inline(text) == render_marked(text), repr(text)
