"""From a page's HTML to the typeset document: what is kept and dropped, how tables share the width, which colours."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from insyn.charts.css import read_stylesheet
from insyn.pdf import tree
from insyn.pdf.characters import EMPTY_BOX, breakable, shown
from insyn.pdf.columns import PrintColumn, share
from insyn.pdf.document import BLOCKS, Label, read_document
from insyn.pdf.markup import read_main
from insyn.pdf.stylesheet import dress
from insyn.pdf.tree import (
    Anchor,
    Block,
    Emphasis,
    Inline,
    Items,
    Jump,
    NoteAgain,
    Paragraph,
    PdfBar,
    PdfBox,
    PdfDocument,
    PdfHeading,
    PdfLink,
    PdfNote,
    PdfSpan,
    PdfTable,
    PdfTerm,
    PdfTerms,
    Picture,
    Plain,
    Raised,
    Strong,
    Swatch,
    tables_in,
)
from tests.papers import printing_of
from tests.site import TestSite

LATIN = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2030), (0x2190, 0x2193), (0x25A1, 0x25A1))
SHEET = """
    @layer settings {
      :root { --ink: #111; --serie-costs: #0a4562; --line: var(--serie-costs); --width: 44rem; }
      @media (prefers-color-scheme: dark) { :root { --ink: #eee; } }
    }
    @layer components { /* drawings */
      .diagram { color: var(--ink); font-family: serif; }
      :is(.diagram, .hundred) .serie-costs { fill: var(--serie-costs); stroke: var(--line); }
      .diagram .text, .diagram .halo { fill: currentColor; }
      .diagram path { stroke-width: 0; }
      .other .serie-costs { fill: red; }
      .diagram .serie-costs:hover { fill: blue; }
      @media (forced-colors: active) { .diagram .serie-costs { stroke: CanvasText; } }
    }
"""


def document(main: str, *, address: str | None = None) -> PdfDocument:
    label = Label("Titel", "Förbundet", "Förbundet", "", ("Foten",), "Platsen", address)
    return read_document(f"<main>{main}</main>", label, LATIN, read_stylesheet(SHEET))


def blocks(main: str, *, address: str | None = None) -> tuple[Block, ...]:
    return document(main, address=address).blocks


def inlines(html: str, *, address: str | None = None) -> tuple[Inline, ...]:
    (paragraph,) = blocks(f"<p>{html}</p>", address=address)
    assert isinstance(paragraph, Paragraph)
    return paragraph.inlines


# --- Words ----------------------------------------------------------------------------------------------------------


def test_white_space_is_one_space_and_none_at_the_ends() -> None:
    assert inlines(" en\n  rad, <em>och</em> en\u00a0till ") == ("en rad, ", Emphasis(("och",)), " en\u00a0till")


def test_what_stands_within_words_is_kept() -> None:
    assert inlines("<strong>a <em>b</em></strong><br>\nc") == (Strong(("a ", Emphasis(("b",)))), tree.Break(), "c")
    assert inlines('<code>#let x</code> <span class="muted">y</span>') == (
        tree.Code("#let x"), " ", PdfSpan(("muted",), ("y",)),
    )  # fmt: skip


def test_a_link_to_another_place_has_its_whole_address() -> None:
    html = '<a href="https://a.se/b?c=1&amp;d">x</a> <a href="../2024/">y</a> <a href="mailto:a@b.se">z</a>'
    assert inlines(html, address="https://exempel.se/norr/2025/") == (
        PdfLink("https://a.se/b?c=1&d", ("x",)), " ", PdfLink("https://exempel.se/norr/2024/", ("y",)), " ",
        PdfLink("mailto:a@b.se", ("z",)),
    )  # fmt: skip


def test_a_link_within_a_site_without_an_address_is_only_its_words() -> None:
    assert inlines('<a href="../2024/">y</a>') == ("y",)
    assert inlines('x <a class="way" href="../2024/">Gå till planen för 2024</a>') == ("x",)
    assert inlines('x <a class="way" href="../2024/">y</a>', address="https://exempel.se/norr/2025/") == (
        "x ",
        PdfLink("https://exempel.se/norr/2024/", ("y",)),
    )


def test_a_link_within_the_page_leads_to_what_it_leads_to() -> None:
    found = blocks(
        '<h2 id="a">A</h2><ul><li id="b">B</li></ul><p><a href="#a">a</a><a href="#b">b</a><a href="#c">c</a></p>'
    )
    assert found[1] == Items((), None, ((Plain((Anchor("b"),)), Plain(("B",))),))
    assert found[2] == Paragraph((), (Jump("a", ("a",)), Jump("b", ("b",)), "c"))


@pytest.mark.parametrize(
    "id_on", ["p", "section", "ul", "li", "dl", "dt", "dd", "table", "caption", "th", "td", "div", "strong"]
)
def test_wherever_an_id_stands_a_link_finds_it(id_on: str) -> None:
    html = (
        "<section><p>a <strong>b</strong></p><div><p>c</p></div><ul><li>d</li></ul><dl><dt>e</dt><dd>f</dd></dl>"
        "<table><caption>g</caption><thead><tr><th>h</th></tr></thead><tbody><tr><td>i</td></tr></tbody></table></section>"
    )
    found = document(html.replace(f"<{id_on}>", f'<{id_on} id="x">', 1) + '<p><a href="#x">y</a></p>')
    assert repr(found).count("Anchor(id='x')") == 1
    assert repr(found).count("Jump(id='x'") == 1


# --- What paper doesn't need ----------------------------------------------------------------------------------------


def test_what_only_a_screen_needs_is_left_out() -> None:
    html = (
        '<nav class="breadcrumbs"><a href="../">Start</a></nav><p>a<span class="visually-hidden">b</span></p>'
        '<p class="screen-only">c</p><details><summary>d</summary><p>e</p></details><form><p>f</p></form>'
    )
    assert blocks(html) == (Paragraph((), ("a",)), Paragraph((), ("e",)))


def test_the_contents_list_what_they_list_on_the_page() -> None:
    html = '<nav class="contents"><ol><li><a href="#a">A</a></li></ol></nav><h2 id="a">A</h2><h3 id="b">B</h3>'
    contents, first, second = blocks(html)
    assert contents == tree.Contents()
    assert isinstance(first, PdfHeading)
    assert isinstance(second, PdfHeading)
    assert (first.listed, second.listed) == (True, False)


def test_no_level_of_headings_is_skipped() -> None:
    found = blocks("<h1>0</h1><h3>1</h3><h6>2</h6><h4>3</h4><h2>4</h2><h4>5</h4>")
    assert [block.level for block in found if isinstance(block, PdfHeading)] == [1, 2, 3, 1, 2]


# --- Footnotes ------------------------------------------------------------------------------------------------------

NOTES = (
    '<section class="notes" aria-label="Fotnoter"><ol>'
    '<li id="fotnot-1"><p>Ett <a class="note-back" href="#fotnotsmarke-1">↑</a></p></li>'
    '<li id="fotnot-2"><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table></li>'
    '<li id="fotnot-3"><p>Tre</p></li></ol></section>'
)


def mark(number: int) -> str:
    return f'<sup class="note-mark"><a href="#fotnot-{number}">{number}</a></sup>'


def test_a_footnote_stands_where_its_mark_is_first_met() -> None:
    paragraph, *_ = blocks(f"<p>a{mark(1)} b{mark(1)}</p>{NOTES}")
    note = PdfNote("fotnot-1", (Plain(("Ett",)),))
    assert paragraph == Paragraph((), ("a", note, " b", NoteAgain("fotnot-1")))


def test_a_footnote_in_a_heading_stands_apart_from_its_words() -> None:
    heading, *_ = blocks(f'<h2 id="a">A{mark(1)}</h2>{NOTES}')
    assert isinstance(heading, PdfHeading)
    assert heading.inlines == ("A",)
    assert [note.id for note in heading.notes] == ["fotnot-1"]


def test_a_table_in_a_footnote_is_told_as_a_list() -> None:
    found = document(f"<p>a{mark(2)}</p>{NOTES}")
    assert list(tables_in(found)) == []
    assert "Plain(inlines=('a, b',))" in repr(found)


def test_a_footnote_that_no_mark_leads_to_is_not_lost() -> None:
    *_, left = blocks(f"<p>a{mark(1)}{mark(2)}</p>{NOTES}")
    assert left == Items(("notes",), None, ((Paragraph((), ("Tre",)),),))


# --- Lists, charts, tables ------------------------------------------------------------------------------------------


def test_lists_deeper_than_paper_has_room_for_stay_at_that_depth() -> None:
    deep = "<ul><li>x" * 30 + "</li></ul>" * 30
    (found,) = blocks(deep)
    assert repr(found).count("Items(") == 6
    assert repr(found).count("'x'") == 30


def test_terms_keep_their_order_and_their_looks() -> None:
    html = "<dl><div id='d'><dt>A</dt><dt>B</dt><dd class='v'>1</dd><dd><p>2</p></dd></div><dt>C</dt><dd>3</dd></dl>"
    assert blocks(html) == (
        PdfTerms(
            (),
            (
                PdfTerm(("A", tree.Break(), "B"), (Paragraph(("v",), ("1",)), Paragraph((), ("2",)))),
                PdfTerm(("C",), (Plain(("3",)),)),
            ),
        ),
    )


CHART = """
    <section class="chart"><h3 id="c">Rubrik</h3>
    <p class="chart__subtitle">Vad
    <span class="key"><span class="key__colour key__colour--serie-costs"></span>Ett</span></p>
    <div class="chart__drawing" role="img" aria-label="Stapel.">
    <svg class="diagram diagram--narrow" viewBox="0 0 10 20"><path d="M0"/></svg>
    <svg class="diagram diagram--wide" viewBox="0 0 40 10"><path class="serie-costs" d="M0 0H40"/></svg></div>
    <p class="chart__summary">I ord.</p></section>
"""


def test_a_chart_is_its_wide_drawing_described_in_words() -> None:
    (box,) = blocks(CHART)
    assert isinstance(box, PdfBox)
    _, subtitle, picture, summary = box.blocks
    assert subtitle == Paragraph(("chart__subtitle",), ("Vad ", PdfSpan(("key",), (Swatch("serie-costs"), "Ett"))))
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.height) == ("Stapel. I ord.", 0.25)
    assert "diagram--wide" in picture.svg
    assert summary == Paragraph(("chart__summary",), ("I ord.",))


def test_a_sign_beside_words_is_kept_and_other_decorations_are_not() -> None:
    html = '<svg viewBox="0 0 16 16"><path d="M0"/></svg> ja <svg viewBox="0 0 100 1"><path d="M0"/></svg>'
    sign, words = inlines(html)
    assert isinstance(sign, tree.Sign)
    assert words == " ja"


def table(html: str) -> PdfTable:
    (found,) = blocks(f"<table>{html}</table>")
    assert isinstance(found, PdfTable)
    return found


def test_a_table_keeps_its_parts_its_headers_and_its_looks() -> None:
    found = table(
        '<caption>Namn</caption><thead><tr><th>A</th><th class="number">B</th></tr></thead>'
        '<tbody><tr class="table__group"><th colspan="2">G</th></tr>'
        '<tr><th>r</th><td class="number">1</td></tr></tbody>'
        '<tbody><tr class="table__total"><th>S</th><td class="number">1</td></tr></tbody>'
    )
    assert found.caption == ("Namn",)
    assert [[[cell.header for cell in row.cells] for row in body] for body in found.bodies] == [
        [[True], [True, False]], [[True, False]],
    ]  # fmt: skip
    assert found.bodies[0][0].cells[0].span == 2
    assert found.bodies[1][0].look == ("table__total",)


def test_a_row_that_lacks_cells_gets_empty_ones() -> None:
    found = table("<thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th>r</th></tr></tbody>")
    assert [len(row.cells) for row in found.bodies[0]] == [2]


def test_a_table_without_rows_is_only_named() -> None:
    html = "<table><caption>Namn</caption><thead><tr><th>A</th></tr></thead><tbody></tbody></table>"
    assert blocks(html) == (Paragraph((), ("Namn",)),)


def test_a_page_that_is_not_well_formed_is_our_own_fault() -> None:
    for html in ("<p>no main</p>", "<main><p>a</div></main>"):
        with pytest.raises(ValueError, match=r"main|ends"):
            read_main(html)


# --- How tables share the width -------------------------------------------------------------------------------------


def words(*texts: str) -> PrintColumn:
    return PrintColumn("Rubrik", texts, numeric=False)


def numbers(heading: str, *texts: str) -> PrintColumn:
    return PrintColumn(heading, texts, numeric=True)


def test_a_small_table_takes_what_it_needs() -> None:
    found = share([words("Åby kommun"), numbers("2025", "300 000")], full=False)
    assert (found.size, found.sideways) == (9.5, False)
    assert [width.share for width in found.widths] == [0, 0]


def test_tables_below_each_other_agree_since_the_first_column_takes_the_rest() -> None:
    found = share([words("Åby kommun"), numbers("2025", "300 000")], full=True)
    assert found.widths[0].share > 0
    assert found.widths[1].points > 0


def test_a_long_text_gets_more_than_a_short_one_but_leaves_room_for_its_words() -> None:
    found = share([words("a" * 12 + " b"), words("text " * 100), words("text " * 25)], full=False)
    assert found.letters[0] >= 12
    assert found.letters[1] > found.letters[2] > 14


def test_a_table_of_many_columns_has_smaller_letters_and_at_last_lies_down() -> None:
    name = words("Försäkringskassan och Arbetsförmedlingen")
    sizes = [share([name, *[numbers("Budget 2025", "12 345 678")] * count], full=True) for count in range(1, 12)]
    assert [one.size for one in sizes[:3]] == [9.5, 9.5, 9.5]
    assert not sizes[4].sideways
    assert sizes[7].sideways
    assert all(before.size >= after.size or after.sideways for before, after in pairwise(sizes))


def test_it_is_known_about_how_many_lines_a_row_takes() -> None:
    found = share([words("a"), words("text " * 40)], full=False)
    assert found.lines([("a", 1), ("text " * 40, 1)]) in {2, 3, 4}
    assert found.lines([("a\nb\nc\nd\ne\nf", 1), ("x", 1)]) == 6


# --- Characters -----------------------------------------------------------------------------------------------------


def test_what_the_faces_lack_is_an_empty_box_and_what_is_not_seen_is_left_out() -> None:
    assert shown("å \u2003→\t😀 中\u200d\ufe0fb\ue000\n", LATIN) == f"å  → {EMPTY_BOX} {EMPTY_BOX}b{EMPTY_BOX}\n"
    assert document("<p>a</p>").boxes is False
    assert document("<p>中</p>").boxes is True
    assert document(f"<p>{EMPTY_BOX}</p>").boxes is False


def test_an_address_can_be_broken_and_a_word_is_hyphenated_instead() -> None:
    address = "https://exempel.se/" + "a1" * 40
    assert "\u200b" in breakable(address)
    assert breakable(address).replace("\u200b", "") == address
    assert (
        breakable("arbetsmarknadsförvaltningsövergripandekompetens")
        == "arbetsmarknadsförvaltningsövergripandekompetens"
    )


# --- Colours --------------------------------------------------------------------------------------------------------


def test_the_light_colours_are_read_without_variables() -> None:
    sheet = read_stylesheet(SHEET)
    assert sheet.palette == {"ink": "#111", "serie-costs": "#0a4562", "line": "#0a4562"}


def test_a_drawing_gets_the_rules_of_its_own_classes() -> None:
    dressed = dress('<svg class="diagram" viewBox="0 0 1 1"><path class="serie-costs"/></svg>', read_stylesheet(SHEET))
    style = re.search("<style>(.*)</style>", dressed)
    assert style
    assert style[1] == (
        'svg{font-family:"Insyn Sans"}.diagram .serie-costs{fill:#0a4562;stroke:#0a4562}.diagram path{stroke-width:0}'
    )
    assert dressed.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="diagram"')


def test_every_mark_of_every_drawing_has_a_colour(built: Path) -> None:
    """A class that the stylesheet colours in some new way would be black on paper."""
    sheet = printing_of().sheet
    for file in built.rglob("index.html"):
        for svg in re.findall(r'<svg [^>]*class="diagram .*?</svg>', file.read_text("utf-8"), re.DOTALL):
            style = dress(svg, sheet).split("</style>")[0]
            assert "var(" not in style
            assert "currentColor" not in style
            for look in set(re.findall(r'<path class="([^"]+)"', svg)):
                assert any(f".{name}{{" in style and "stroke:#" in style for name in look.split()), look


# --- Conventions ----------------------------------------------------------------------------------------------------


def test_the_template_sets_every_kind_of_block_and_inline(project: Path) -> None:
    template = (project / "templates" / "print" / "plan.typ").read_text("utf-8")
    kinds = {one.__struct_config__.tag for one in vars(tree).values() if hasattr(one, "__struct_config__")} - {None}
    assert len(kinds) > 20
    assert kinds == set(re.findall(r'kind == "([a-z-]+)"', template))


def test_the_template_asks_only_for_colours_that_the_site_has(project: Path) -> None:
    template = (project / "templates" / "print" / "plan.typ").read_text("utf-8")
    palette = printing_of(project).sheet.palette
    asked = set(re.findall(r'colour\("([a-z-]+)"\)', template)) | set(
        re.findall(r'"([a-z]+-(?:ground|ink|strong))"', template)
    )
    assert asked <= palette.keys()


KNOWN_INLINE = {
    *("a", "abbr", "b", "br", "code", "dfn", "em", "i", "span", "strong", "sub", "sup", "svg", "time"),
    *("caption", "dd", "dt", "li", "summary", "tbody", "td", "th", "thead", "tr"),
}


def test_plans_pages_hold_no_element_that_paper_has_not_thought_of(built: Path, site: TestSite) -> None:
    site.write_plan()
    site.build()
    pages = [*built.glob("*/20??/index.html"), site.output / "norr/2025/index.html"]
    assert len(pages) == 7
    for file in pages:
        html = re.sub("<svg.*?</svg>", "<svg></svg>", file.read_text("utf-8"), flags=re.DOTALL)
        tags = {element.tag for element in read_main(html).elements()}
        assert tags <= BLOCKS | KNOWN_INLINE, file


# --- Figures beside words, and what is told to those who listen ------------------------------------------------------


def figures(*rows: str) -> PdfTable:
    body = "".join(f"<tr><th>{name}</th><td class='number'>1 000</td></tr>" for name in rows)
    head = "<thead><tr><th>År</th><th>Belopp, kr</th></tr></thead>"
    (table,) = blocks(f"<table><caption>Summa kostnader</caption>{head}<tbody>{body}</tbody></table>")
    assert isinstance(table, PdfTable)
    return table


def test_a_small_table_may_stand_beside_words_and_a_large_one_may_not() -> None:
    assert 60 < figures("Budget 2025", "Plan 2026").beside < 255
    assert figures(*[f"Plan {year}" for year in range(2000, 2020)]).beside == 0
    assert figures("Ett namn som är så långt att det inte får plats bredvid någonting").beside == 0


def test_a_word_that_has_room_in_its_column_is_never_divided() -> None:
    (row, *_) = figures("Kompetensutveckling").bodies[0]
    assert all(cell.whole for cell in row.cells)
    long = "Arbetsmarknadsförvaltningsövergripandekompetensutveckling" * 3
    assert not figures(long).bodies[0][0].cells[0].whole


def test_an_empty_cell_keeps_what_listeners_are_told() -> None:
    (table,) = blocks(
        '<table><caption>T</caption><tbody><tr><th>Å</th><td><span class="visually-hidden">Inget belopp</span></td>'
        '<td>0<span class="visually-hidden"> kronor</span></td></tr></tbody></table>'
    )
    assert isinstance(table, PdfTable)
    assert [cell.said for cell in table.bodies[0][0].cells] == ["", "Inget belopp", ""]


def test_a_part_of_a_hundred_kronor_is_a_bar() -> None:
    svg = (
        '<svg class="hundred__bar" viewBox="0 0 100 1"><rect class="rest" width="100" height="1"/>'
        '<rect class="serie-new tentative" width="2" height="1"/></svg>'
    )
    assert inlines(f"<strong>2 kronor</strong> till ny verksamhet {svg}")[-1] == PdfBar("serie-new", 2, tentative=True)


def test_a_mark_that_has_its_cell_to_itself_is_not_raised() -> None:
    (table,) = blocks(
        "<table><caption>T</caption><tbody><tr><th>Å<sup>1)</sup></th><td><sup>1)</sup></td></tr></tbody></table>"
    )
    assert isinstance(table, PdfTable)
    name, mark = table.bodies[0][0].cells
    assert name.blocks == (Plain(("Å", Raised(("1)",)))),)
    assert mark.blocks == (Plain(("1)",)),)


def test_columns_of_long_texts_share_the_width_so_that_the_table_is_low() -> None:
    columns = [words(*["text " * 30] * 6), words(*["ord"] * 6), words(*["text " * 30] * 5, "Samordningsförbund")]
    found = share(columns, full=False)
    assert found.letters[1] < 12
    assert found.lines([("text " * 30, 1), ("ord", 1), ("text " * 30, 1)]) <= 5
