"""The reader's experience of the page "Vad som ändrades": visual, spoken, and in the markup."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from insyn.differences import compare
from insyn.model import Plan
from tests.site import read_content
from tests.test_differences import GROUPED, ROWS, plan, twins
from tests.versions import decided, page_of, proposal


def read(older: Plan, newer: Plan) -> Element:
    """Return the page as parsed by a strict parser."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page_of(compare(older, newer)))
    return root


@pytest.fixture(scope="module")
def page() -> Element:
    return read(proposal(), decided())


def heard(element: Element) -> str:
    """Return the text that a screen reader speaks, without what is hidden from it."""
    return " ".join("".join(_heard(element)).split())


def _heard(element: Element) -> Iterator[str]:
    if element.get("aria-hidden") != "true":
        yield element.text or ""
        for child in element:
            yield from _heard(child)
            yield child.tail or ""


def seen(element: Element) -> str:
    """Return the visible text, without what is only spoken."""
    return " ".join("".join(_seen(element)).split())


def _seen(element: Element) -> Iterator[str]:
    if "visually-hidden" not in element.get("class", ""):
        yield element.text or ""
        for child in element:
            yield from _seen(child)
            yield child.tail or ""


def all_of(root: Element, *tags: str) -> list[Element]:
    return [element for element in root.iter() if element.tag in tags]


def with_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def table(root: Element, caption: str) -> list[list[str]]:
    """Return the rows of a table as spoken."""
    (found,) = (one for one in all_of(root, "table") if heard(all_of(one, "caption")[0]) == caption)
    return [[heard(cell) for cell in row if cell.tag in ("th", "td")] for row in all_of(found, "tr")]


def passages(root: Element, heading: str) -> list[str]:
    """Return the passages under a heading as shown, [removed] and {added}."""
    (chapter,) = (
        one
        for one in root.iter()
        if "difference__chapter" in one.get("class", "") and heard(all_of(one, "h3")[0]) == heading
    )
    for words, pen in (("removed", "[]"), ("added", "{}")):
        for mark in with_class(chapter, words):
            mark.text, mark.tail = pen[0] + (mark.text or ""), mark.tail
            last = list(mark)[-1] if list(mark) else None
            if last is not None:
                last.tail = f"{last.tail or ''}{pen[1]}"
            else:
                mark.text += pen[1]
    return [seen(one) for one in with_class(chapter, "passage")]


def soft(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- The head -------------------------------------------------------------------------------------------------------


def test_the_page_says_which_versions_it_compares_and_leads_to_both(page: Element) -> None:
    assert heard(all_of(page, "h1")[0]) == "Vad som ändrades"
    assert heard(with_class(page, "hero__subtitle")[0]).replace("\u00ad", "") == (
        "Verksamhetsplan med budget 2025, Samordningsförbundet Granbygden"
    )
    (versions,) = with_class(page, "versions")
    assert [soft(heard(one)) for one in all_of(versions, "div")] == [
        "Före Förslag 14 oktober 2024",
        "Efter Beslutad 21 november 2024",
    ]
    assert [link.get("href") for link in all_of(versions, "a")] == [
        "../../../../granbygden/2025/forslag/",
        "../../../../granbygden/2025/",
    ]


def test_the_page_says_that_it_is_made_by_us_and_keeps_out_of_search_engines(page: Element) -> None:
    assert "Styrelsen har inte beslutat om den här sammanställningen." in heard(page)
    assert [one.get("content") for one in all_of(page, "meta") if one.get("name") == "robots"] == ["noindex"]


def test_two_pages_of_the_same_plan_have_titles_of_their_own() -> None:
    found = compare(proposal(), decided())
    titles = {
        re.findall("<title>(.+)</title>", page_of(found, *names))[0]
        for names in (("Förslag", "Beslutad"), ("Beslutad", "Reviderad"))
    }
    assert len(titles) == 2


# --- Money ----------------------------------------------------------------------------------------------------------


def test_the_year_is_summed_up_before_and_after(page: Element) -> None:
    rows = table(page, "Intäkter, kostnader och resultat 2025, kronor")
    assert [soft(" | ".join(row)) for row in rows] == [
        "Uppgift | Före | Efter | Skillnad",
        "Intäkter 2025, sparade pengar inte inräknade | 5 200 000 | 5 240 000 | +40 000",
        "Kostnader 2025 | 5 450 000 | 5 600 000 | +150 000",
        "Resultat 2025 | −250 000 | −360 000 | −110 000",
        "Sparade pengar i slutet av 2025 | 1 012 000 | 956 000 | −56 000",
    ]


def test_each_column_has_a_table_of_what_differs_in_it_the_main_column_first(page: Element) -> None:
    captions = [heard(one) for one in all_of(page, "caption")]
    assert captions[1:6] == [
        "Budget 2025, kronor",
        "Prognos 2024, kronor",
        "Plan 2026, kronor",
        "Plan 2027, kronor",
        "Eget kapital, kronor",
    ]
    rows = [soft(" | ".join(row)) for row in table(page, "Budget 2025, kronor")]
    assert "Ränta | tomt | 40 000 | går inte att räkna ut" in rows
    assert "Brukarråd | fanns inte | 80 000 | ny rad" in rows
    assert "Lokaler och kontor | 50 000 | finns inte | borttagen rad" in rows
    assert "Ung framtid | uppgift saknas | 0 | går inte att räkna ut" in [
        " | ".join(row) for row in table(page, "Prognos 2024, kronor")
    ]


def test_what_happened_to_rows_is_told_in_sentences(page: Element) -> None:
    said = [heard(item) for item in all_of(page, "li")]
    for sentence in (
        "Raden ”Ung framtid” hette förut ”Ny insats för unga vuxna”. Den räknas nu till ändamålet "
        "”Individinriktade insatser”. Förut räknades den till ”Ny verksamhet”.",
        "Raden ”Utbildning och lärande i samverkan” hette förut troligen ”Utbildning i samverkan”. "
        "De två står på samma plats och har samma belopp eller nästan samma namn.",
        "Raden ”Samverkansledare” har flyttats till gruppen ”Förbundet”.",
        "Raden ”Styrelse” står nu först i sin grupp.",
        "Raden ”Brukarråd” är ny i gruppen ”Insatser för samverkan”.",
        "Kolumnen ”Prognos 2024, augusti 2024” är nu ”Prognos 2024, oktober 2024”.",
    ):
        assert sentence in said


def items(older: Plan, newer: Plan) -> list[str]:
    return [heard(item) for item in all_of(read(older, newer), "li")]


def test_rows_that_cannot_be_told_apart_are_said_to_be_so() -> None:
    older, newer = twins("100 000", "200 000"), twins("150 000", "250 000")
    unclear = "Flera rader där heter så. Det går inte att säga vilken av dem som har ändrats."
    assert items(older, newer).count(f"Raden ”Övrigt” är ny bland kostnaderna. {unclear}") == 2
    rows = [soft(" | ".join(row)) for row in table(read(older, newer), "Budget 2025, kronor")]
    assert "Övrigt | 200 000 | finns inte | borttagen rad" in rows


def test_a_row_that_shares_its_name_is_told_with_its_group() -> None:
    shared = GROUPED.replace("Utbildning", "Övrigt").replace("Kansli,", "Övrigt,")
    changed = shared.replace("administration, belopp: [200 000, 0]", "individ, belopp: [210 000, 0]")
    older, newer = plan((ROWS, shared)), plan((ROWS, changed))
    rows = [soft(" | ".join(row)) for row in table(read(older, newer), "Budget 2025, kronor")]
    assert "Övrigt (i gruppen Förbundet) | 200 000 | 210 000 | +10 000" in rows
    assert any(said.startswith("Raden ”Övrigt” i gruppen ”Förbundet” räknas nu") for said in items(older, newer))


def test_what_is_only_probable_is_told_so_where_the_amounts_stand_too() -> None:
    row = "{namn: Utbildning, ändamål: struktur, belopp: [100 000"
    root = read(plan(), plan((row, "{namn: Utbildningar, ändamål: struktur, belopp: [120 000")))
    rows = [soft(" | ".join(row)) for row in table(root, "Budget 2025, kronor")]
    assert "Utbildningar (förut troligen Utbildning) | 100 000 | 120 000 | +20 000" in rows


def test_a_row_that_is_gone_and_a_new_one_are_told_with_what_that_may_mean() -> None:
    may_be = "En rad som har fått både nytt namn och nya belopp kan stå här som en borttagen rad och en ny."
    row = "{namn: Utbildning, ändamål: struktur, belopp: [100 000"
    assert may_be in items(plan(), plan((row, "{namn: Hyra, ändamål: struktur, belopp: [120 000")))
    new = (
        "      - {namn: Kansli,",
        "      - {namn: Hyra, ändamål: struktur, belopp: [120 000, 0]}\n      - {namn: Kansli,",
    )
    assert may_be not in items(plan(), plan(new))


def test_sums_and_groups_are_told_by_what_they_are() -> None:
    older, kept = plan((ROWS, GROUPED)), "        summa: {namn: Summa förbundet, belopp: [200 000, 0]}\n"
    newer = plan((ROWS, GROUPED.replace(kept, "").replace("Summa insatser", "Insatser totalt")))
    assert "Delsumman ”Insatser totalt” hette förut ”Summa insatser”." in items(older, newer)
    rows = [soft(" | ".join(row)) for row in table(read(older, newer), "Budget 2025, kronor")]
    assert "Summa förbundet | 200 000 | finns inte | borttagen summa" in rows
    some = GROUPED.replace("grupp: Insatser", "grupp: Stöd").replace("Utbildning", "Hyra").replace("100 000", "90 000")
    more = GROUPED.replace(
        "          - {namn: Utb", "          - {namn: Arbete, ändamål: individ, belopp: [1, 1]}\n          - {namn: Utb"
    )
    guessed = items(
        plan((ROWS, more)),
        plan(
            (
                ROWS,
                some.replace(
                    "          - {namn: Hyra",
                    "          - {namn: Arbete, ändamål: individ, belopp: [1, 1]}\n          - {namn: Hyra",
                ),
            )
        ),
    )
    assert "Gruppen ”Stöd” hette förut troligen ”Insatser”. De två har till största delen samma rader." in guessed


def test_a_column_is_told_by_what_has_changed_in_it() -> None:
    column = "{id: p2026, år: 2026, typ: plan}"
    older, newer = (
        plan((column, f"{{id: p2026, år: 2026, typ: {kind}, etikett: År 2026}}")) for kind in ("plan", "budget")
    )
    assert "Kolumnen ”År 2026 (plan 2026)” är nu ”År 2026 (budget 2026)”." in items(older, newer)
    assert "Kolumnen ”Plan 2026” är nu ”År 2026”." in items(plan(), older)


def test_tables_have_headers_with_scope_and_can_be_scrolled_by_keyboard(page: Element) -> None:
    assert all(header.get("scope") for header in all_of(page, "th"))
    boxes = with_class(page, "table-scroll")
    assert len(boxes) == len(all_of(page, "table")) == 7
    assert all(box.get("tabindex") == "0" and box.get("role") == "group" for box in boxes)


# --- Text -----------------------------------------------------------------------------------------------------------


def test_a_changed_sentence_shows_what_was_removed_and_added() -> None:
    assert passages(read(proposal(), decided()), "2. Organisation") == [
        "Ändrat stycke: Förbundet leds av en styrelse med sex ledamöter och sex ersättare. Styrelsen sammanträder "
        "[fem] {sex} gånger under året{, varav en gång tillsammans med medlemmarnas chefer}."
    ]


def test_a_listener_hears_where_each_stretch_begins(page: Element) -> None:
    said = [heard(one) for one in with_class(page, "passage")]
    assert "Ändrad punkt: unga vuxna mellan , borttaget: 18 , tillagt: 16 , oförändrat: och 29 år" in said
    assert "Ny punkt: föräldrar som står långt från arbetsmarknaden" in said


def test_removed_and_added_have_no_role_of_their_own_so_that_nothing_is_said_twice(page: Element) -> None:
    marks = all_of(page, "del", "ins")
    assert len(marks) > 10
    assert {mark.get("role") for mark in marks} == {"presentation"}


def test_chapters_that_are_new_or_moved_are_told_so(page: Element) -> None:
    headings = [heard(one) for one in all_of(page, "h3")]
    assert {"Nytt kapitel: 4.4 Ung framtid", "Nytt kapitel: 7. Barnets bästa", "3. Samverkan med andra"} <= set(
        headings
    )
    assert "Kapitlet har flyttats och står nu efter ”2. Organisation”." in heard(page)
    assert "4.1 Vägen vidare" not in heard(page)


def test_marks_for_emphasis_and_markup_are_shown_as_words() -> None:
    after = "Förbundet leds av **en _vald_ styrelse** & ett [råd](https://a.se/) <b>som</b>"
    root = read(proposal(), proposal(("Förbundet leds av en styrelse", after)))
    (said,) = (seen(one) for one in with_class(root, "passage"))
    assert said.startswith(
        "Ändrat stycke: Förbundet leds av en vald styrelse & ett råd (https://a.se/) <b>som</b> med sex"
    )
    assert all_of(root, "b") == []


def test_long_unchanged_text_between_changes_is_left_out() -> None:
    long = " ".join(f"Mening nummer {number} säger något som inte ändras." for number in range(30))
    written = "Styrelsen får en rapport"
    one = proposal((written, f"Vid mötena gäller detta. {long} Styrelsen får en rapport"))
    other = proposal((written, f"Vid mötena gäller följande. {long} Styrelsen får alltid en rapport"))
    (found,) = with_class(read(one, other), "passage")
    assert "[…]" in seen(found)
    assert "oförändrad text är utelämnad." in heard(found)
    assert seen(found).count("Mening nummer") < 12
    assert "Mening nummer 0 " in seen(found)
    assert "Mening nummer 29 " in seen(found)


def test_the_text_of_a_long_new_chapter_is_folded() -> None:
    long = "\n\n".join(
        f"Stycke {number} handlar om något som är nytt i planen och som är viktigt." for number in range(20)
    )
    root = read(proposal(), proposal(("# 6. Uppföljning", f"# 6. Barn\n\n{long}\n\n# 7. Uppföljning")))
    (folded,) = all_of(root, "details")
    assert heard(all_of(folded, "summary")[0]) == "Läs texten (280 ord): Nytt kapitel: 6. Barn"
    assert len(with_class(folded, "passage")) == 20


# --- When little or nothing differs ---------------------------------------------------------------------------------


def test_when_nothing_differs_a_sentence_says_so() -> None:
    root = read(proposal(), proposal())
    (lead,) = with_class(root, "hero__lead")
    assert heard(lead) == "Inget skiljer de två versionerna åt."
    assert all_of(root, "h2", "table", "del", "ins") == []


def test_spaces_alone_are_not_told() -> None:
    root = read(proposal(), proposal(("sex ledamöter och sex ersättare", "sex  ledamöter och\nsex ersättare")))
    assert "Inget skiljer de två versionerna åt." in heard(root)


def test_a_decision_without_changes_shows_only_what_it_says_of_itself() -> None:
    adopted = proposal(
        ("status: förslag", "status: beslutad\nbeslut: {organ: styrelsen, datum: 2024-11-21}"),
        ('sammanträde: {datum: 2024-11-21, tid: "13.00", plats: Granby stadshus}\n', ""),
    )
    root = read(proposal(), adopted)
    assert [heard(one) for one in all_of(root, "h2")] == ["Ändrade uppgifter om planen"]
    assert [soft(" | ".join(row)) for row in table(root, "Uppgifter som har ändrats")][1:] == [
        "Status | Förslag | Beslutad 21 november 2024",
        "Beslutat av | inte ifyllt | styrelsen",
        "Beslutsdatum | inte ifyllt | 21 november 2024",
    ]
    assert with_class(root, "difference__legend") == []


def test_the_words_of_the_association_come_first() -> None:
    revised = decided(
        ("status: beslutad", "status: reviderad"),
        (
            "sammanfattning: >-",
            "revideringar:\n  - {datum: 2025-03-20, sammanfattning: Brukarrådet får mer pengar.}\nsammanfattning: >-",
        ),
        ("{namn: Brukarråd, belopp: [~, 80 000,", "{namn: Brukarråd, belopp: [~, 90 000,"),
        ("samverkan, belopp: [180 000, 270 000,", "samverkan, belopp: [180 000, 280 000,"),
        ("Summa kostnader, belopp: [5 040 000, 5 600 000,", "Summa kostnader, belopp: [5 040 000, 5 610 000,"),
    )
    root = read(decided(), revised)
    assert [heard(one) for one in all_of(root, "h2")][:2] == [
        "Så beskriver förbundet ändringen",
        "Ändringar i budgeten",
    ]
    assert "20 mars 2025 Brukarrådet får mer pengar." in soft(heard(root))


def test_any_two_plans_make_a_page_without_faults(project: Path) -> None:
    """Plans of other förbund and years have nothing in common, and the stress plans hold what nobody would write."""
    plans = [plan for folder in ("content", "tests/sites/stress") for plan in read_content(project / folder)[1]]
    assert len(plans) > 10
    for older, newer in zip(plans, plans[1:] + plans[:1], strict=True):
        root = read(older, newer)
        assert with_class(root, "hero__lead")
        ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert sorted(ids) == sorted(set(ids)), (older.association, newer.association)


# --- Markup ---------------------------------------------------------------------------------------------------------


def test_headings_never_skip_a_level_and_ids_are_unique(page: Element) -> None:
    levels = [int(one.tag[1]) for one in all_of(page, "h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [one.attrib["id"] for one in page.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_leads_somewhere(page: Element) -> None:
    ids = {one.attrib["id"] for one in page.iter() if "id" in one.attrib}
    inner = [link.attrib["href"][1:] for link in all_of(page, "a") if link.attrib["href"].startswith("#")]
    assert len(inner) > 5
    assert set(inner) <= ids


def test_nothing_has_a_style_of_its_own(page: Element) -> None:
    assert [one.tag for one in page.iter() if "style" in one.attrib] == []
