"""Words explained where a page first uses them: only in generated text, once, and never where a link isn't allowed."""

import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from insyn.pages.terms import Terms
from insyn.swedish import HARD_SPACE
from insyn.texts import Texts
from tests.site import PLAN, TestSite

LINK = re.compile(r'<a class="term" id="ordet-([a-z-]+)-i-texten" href="#ordet-\1">([^<]*)</a>')


def explained(texts: Texts, *given: str) -> list[tuple[str, str]]:
    """Return the words that are explained in the texts of one page, with the form linked for each."""
    terms = Terms(texts.terms)
    return [found for text in given for found in LINK.findall(terms.explain(text))]


# --- Which words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("17 % av årets medlemsbidrag", [("medlemsbidrag", "medlemsbidrag")]),
        ("Medlemsbidrag per part", [("medlemsbidrag", "Medlemsbidrag"), ("part", "part")]),
        ("det egna kapitalet", [("eget-kapital", "egna kapitalet")]),
        (f"eget{HARD_SPACE}kapital", [("eget-kapital", f"eget{HARD_SPACE}kapital")]),
        (f"8,1{HARD_SPACE}mnkr", [("mnkr", "mnkr")]),
        ("prognosen för 2023", [("prognos", "prognosen")]),
        ("Planen för 2025 visar", [("plan", "Planen")]),
        (f"planen{HARD_SPACE}för 2025", [("plan", "planen")]),
        ("individinriktade insatser", [("individinriktad", "individinriktade insatser")]),
    ],
)
def test_a_word_is_known_in_every_form_that_the_list_gives(
    texts: Texts, text: str, found: list[tuple[str, str]]
) -> None:
    assert explained(texts, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "medlemsbidragens storlek",
        "ESF-insatser och insats-katalogen",
        "Källa är budgeten i planen.",
        "Planen förklarar",
        "partiet och departementet",
        "Sparade pengar",
    ],
)
def test_a_part_of_another_word_or_another_meaning_is_left_alone(texts: Texts, text: str) -> None:
    assert explained(texts, text) == []


def test_a_word_is_explained_only_where_a_page_first_uses_it(texts: Texts) -> None:
    found = explained(texts, "Prognosen är en prognos.", "En prognos till, och ett utfall.")
    assert found == [("prognos", "Prognosen"), ("utfall", "utfall")]


def test_a_text_is_shown_as_text_round_its_words(texts: Texts) -> None:
    terms = Terms(texts.terms)
    link = '<a class="term" id="ordet-insats-i-texten" href="#ordet-insats">Insats</a>'
    assert terms.explain("<b>Insats & co</b> 'x'") == f"&lt;b&gt;{link} &amp; co&lt;/b&gt; &#39;x&#39;"
    assert terms.explain("insats <i>") == "insats &lt;i&gt;"
    assert terms.explain("") == ""


# --- The list -------------------------------------------------------------------------------------------------------


def test_no_form_belongs_to_two_words_and_none_is_written_with_capitals(texts: Texts) -> None:
    forms = [re.sub(r" \[.*\]", "", form) for term in texts.terms for form in term.forms]
    assert [form for form, times in Counter(forms).items() if times > 1] == []
    assert [form for form in forms if form != form.lower()] == []
    assert len({term.id for term in texts.terms}) == len(texts.terms)


def test_every_word_has_one_whole_sentence_and_an_address_in_plain_letters(texts: Texts) -> None:
    for term in texts.terms:
        assert re.fullmatch(r"[A-ZÅÄÖ][^.?!]+\.", term.text), term.id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", term.id), term.id
        assert explained(texts, *term.forms) == [] or {id for id, _ in explained(texts, *term.forms)} == {term.id}


@pytest.mark.parametrize(
    "word", ["eget kapital", "prognos", "medlemsbidrag", "insats", "part", "utfall", "delmål", "mnkr", "tkr"]
)
def test_the_words_that_readers_stumble_on_are_explained(texts: Texts, word: str) -> None:
    assert len(explained(texts, word)) == 1


def test_what_is_said_of_a_plan_on_other_pages_needs_no_explanation(texts: Texts) -> None:
    """Start and förbund pages show these, and have no list of words."""
    shown = {
        key: text
        for key, text in texts.sentences.items()
        if key.startswith(("lead.", "banner-proposal", "applies", "concerns"))
    }
    assert len(shown) > 15
    assert {key: found for key, text in shown.items() if (found := explained(texts, text))} == {}


# --- On the pages ---------------------------------------------------------------------------------------------------


def page(site: TestSite, path: str = "norr/2025/") -> Element:
    parsed: Element = html5lib.parse(site.page(path), namespaceHTMLElements=False)
    return parsed


def links(root: Element) -> list[Element]:
    return [one for one in root.iter("a") if one.get("class") == "term"]


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_word_leads_to_its_explanation_at_the_end_of_the_page_and_back(site: TestSite, texts: Texts) -> None:
    site.write_plan()
    assert site.build() == 0, site.printed
    root = page(site)
    by_id = {one.get("id"): one for one in root.iter() if one.get("id")}
    meanings = {f"ordet-{term.id}": term for term in texts.terms}
    assert len(links(root)) >= 4
    for link in links(root):
        id = link.get("href", "").removeprefix("#")
        entry = by_id[id]
        assert said(entry).startswith(f"{meanings[id].term} {meanings[id].text}")
        assert [one.get("href") for one in entry.iter("a")] == [f"#{link.get('id')}"]


def test_the_list_leads_on_to_all_words(site: TestSite) -> None:
    site.write_plan()
    site.build()
    (section,) = (one for one in page(site).iter("section") if one.get("aria-labelledby") == "ord-pa-sidan")
    assert "../../om-uppgifterna/" in [one.get("href") for one in section.iter("a")]
    assert (site.output / "om-uppgifterna/index.html").is_file()


def test_nothing_that_the_board_or_staff_have_written_is_touched(site: TestSite) -> None:
    words = "Medlemsbidrag, prognos, insats, utfall, underskott och eget kapital."
    site.write_plan(
        PLAN,
        ("Förbundet stödjer samverkan.", words),
        (
            "status: beslutad",
            f'status: beslutad\n    sammanfattning: "{words}"\n    målgrupp: "{words}"\n'
            f'    diagram: {{vem-betalar: {{sammanfattning: "{words}"}}}}',
        ),
    )
    assert site.build() == 0, site.printed
    assert site.page("norr/2025/").count(words) == 4
    for id in ("planen", "i-korthet"):
        (section,) = (one for one in page(site).iter("section") if one.get("aria-labelledby") == id)
        assert links(section) == []


def plans(built: Path) -> list[Element]:
    files = sorted(file for file in built.glob("*/[0-9]*/index.html") if "jamfor" not in file.parts)
    return [html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False) for file in files]


def test_no_word_is_a_link_in_a_heading_a_link_a_table_or_a_folded_table(built: Path) -> None:
    found = 0
    for root in plans(built):
        parents = {child: parent for parent in root.iter() for child in parent}
        for link in links(root):
            found += 1
            above, inner = set(), link
            while inner in parents:
                inner = parents[inner]
                above.add("fold" if "fold" in inner.get("class", "").split() else inner.tag)
            assert not above & {
                "h1",
                "h2",
                "h3",
                "h4",
                "a",
                "table",
                "caption",
                "th",
                "summary",
                "details",
                "dt",
                "nav",
            }
    assert found > 30


def test_a_word_is_explained_at_its_first_use_among_the_generated_sentences(built: Path, texts: Texts) -> None:
    """Read from the top: a paragraph with a generated sentence never uses a word whose link comes later."""
    generated = {"hero__lead", "key-figures__note", "chart__subtitle", "chart__summary"}
    for root in plans(built):
        met: set[str] = set()
        for part in root.iter():
            if part.get("class") in generated:
                here = [one.get("href", "").removeprefix("#ordet-") for one in links(part)]
                legend = {text for one in part if one.get("class") == "keys" for text in one.itertext()}
                used = [
                    id for id, _ in explained(texts, "".join(text for text in part.itertext() if text not in legend))
                ]
                assert set(used) <= met | set(here), (used, here)
                met |= set(here)
        assert len(met) > 5
