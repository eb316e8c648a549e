"""The page about the figures: definitions, methods of counting, and the known deviations of all plans."""

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest

from insyn.build import pipeline
from insyn.texts import Texts
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite

DEVIATION = (
    ("[1 500 000, 1 400 000]", "[1 500 001, 1 400 000]"),
    (
        "resultat: {namn: Resultat, belopp: [0, 0]}",
        "resultat: {namn: Resultat, belopp: [0, 0]}\n"
        "      avvikelser:\n"
        "        - {kontroll: summa-kostnader, kolumn: b2025, differens: 1, orsak: avrundning,"
        " text: Raderna är avrundade.}",
    ),
)
CORRECTIONS = (
    "status: beslutad",
    "status: beslutad\n    källa: {rättelser: [{tryckt: Samvarkan, rättat: Samverkan},"
    " {tryckt: sex mål, rättat: ~, text: Målen är fem.}]}",
)
CEILING = (
    "enhet: kr",
    "enhet: kr\n      kapitaltak: {källa: Rådet, bas: medlemsbidrag, tolkning: stegvis, bekräftad: nej,"
    " steg: [{upp_till: 7 000 000, procent: 20}, {upp_till: 15 000 000, procent: 15}, {procent: 10}]}",
)
CONFIRMED = CEILING[1].replace("bekräftad: nej", "bekräftad: ja")


def said(element: Element) -> str:
    """Return the text of an element, with a space between its parts."""
    return " ".join(" ".join(element.itertext()).split()).replace(" .", ".").replace(" :", ":")


def about(site: TestSite, path: str = "om-uppgifterna/") -> Element:
    parsed: Element = html5lib.parse(site.page(path), namespaceHTMLElements=False)
    return parsed


def section(site: TestSite, id: str, path: str = "om-uppgifterna/") -> str:
    """Return the text of a section; "" if the page has none by that name."""
    found = [one for one in about(site, path).iter("section") if one.get("aria-labelledby") == id]
    return said(found[0]) if found else ""


def build(site: TestSite, *changes: tuple[str, str]) -> TestSite:
    site.write_plan(PLAN, *changes)
    assert site.build() == 0, site.printed
    return site


def add_plan(site: TestSite, year: int, *changes: tuple[str, str], association: str = "norr") -> None:
    """Write the plan of another year, or of another förbund."""
    text = re.sub("202[456]", lambda written: str(int(written[0]) - 2025 + year), PLAN)
    text = text.replace("förbund: norr", f"förbund: {association}").replace("b2025", f"b{year}")
    for before, after in changes:
        shifted = re.sub("b2025", f"b{year}", after)
        assert before in text, before
        text = text.replace(before, shifted)
    site.write(f"{association}/{year}/plan.md", text)


# --- Words ----------------------------------------------------------------------------------------------------------


def test_every_word_of_the_list_stands_there_once_with_an_address_of_its_own(site: TestSite, texts: Texts) -> None:
    build(site)
    page = about(site)
    for term in texts.terms:
        (entry,) = (one for one in page.iter() if one.get("id") == f"ordet-{term.id}")
        assert said(entry) == f"{term.term} {term.text}".replace("\u00a0", " ")


def test_the_words_stand_in_swedish_order(site: TestSite) -> None:
    build(site)
    (words,) = (one for one in about(site).iter("dl") if one.get("class") == "terms")
    terms = [said(one) for one in words.iter("dt")]
    assert terms[0] == "administration"
    assert terms[-2:] == ["ändamål", "överskott"]


# --- Ways of counting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "sentence"),
    [
        ("sa-raknar-vi", "Sparade pengar från tidigare år är ingen intäkt."),
        ("sa-raknar-vi", "Årets intäkter minus årets kostnader."),
        ("noll-tomt-streck", "Rutan blir aldrig noll"),
        ("noll-tomt-streck", "Tecknet står kvar"),
        ("kallor", "Alla belopp kommer ur planernas egna budgetar."),
    ],
)
def test_how_figures_are_made_is_told(site: TestSite, id: str, sentence: str) -> None:
    assert sentence in section(build(site), id)


def test_each_forbund_tells_what_it_counts_as_administration(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", "[norr, syd]"))
    site.write(
        "norr/forbund.md",
        ASSOCIATION.replace("medlemmar:", "administration: [administration, styrelse]\n    medlemmar:"),
    )
    site.write("syd/forbund.md", ASSOCIATION.replace("Norr", "Syd"))
    told = section(build(site), "administration")
    assert "Samordningsförbundet Norr Administration och styrelse" in told
    assert "Samordningsförbundet Syd Inte ifyllt" in told


def test_the_ceiling_is_explained_by_both_readings_without_a_verdict(site: TestSite) -> None:
    told = section(build(site, CEILING), "tak-for-eget-kapital")
    assert "20 procent upp till 7 miljoner kronor" in told
    assert "15 procent mellan 7 och 15 miljoner kronor" in told
    assert "10 procent över 15 miljoner kronor" in told
    assert "är beloppet 11 miljoner kronor blir taket 2 miljoner kronor om det räknas stegvis" in told
    assert "men 1,65 miljoner kronor om en enda procentsats gäller" in told
    assert "har inte bekräftat hur den ska läsas: Samordningsförbundet Norr." in told


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        ("stegvis", "Har bekräftat att taket räknas stegvis: Samordningsförbundet Norr."),
        ("nivå", "Har bekräftat att en enda procentsats gäller: Samordningsförbundet Norr."),
    ],
)
def test_a_forbund_that_has_confirmed_its_reading_is_named(site: TestSite, reading: str, says: str) -> None:
    confirmed = (
        CEILING[1].replace("bekräftad: nej", "bekräftad: ja").replace("tolkning: stegvis", f"tolkning: {reading}")
    )
    told = section(build(site, (CEILING[0], confirmed)), "tak-for-eget-kapital")
    assert says in told
    assert "har inte bekräftat" not in told


def test_of_two_plans_with_a_ceiling_the_later_speaks_for_its_forbund(site: TestSite) -> None:
    add_plan(site, 2024, CEILING)
    told = section(build(site, (CEILING[0], CONFIRMED)), "tak-for-eget-kapital")
    assert told.count("Samordningsförbundet Norr") == 1
    assert "Har bekräftat att taket räknas stegvis" in told


def test_without_a_plan_that_states_a_ceiling_nothing_is_said_of_one(site: TestSite) -> None:
    assert section(build(site), "tak-for-eget-kapital") == ""
    assert "#tak-for-eget-kapital" not in site.page("om-uppgifterna/")


# --- What differs ---------------------------------------------------------------------------------------------------


def test_deviations_and_corrections_of_all_plans_stand_under_their_forbund_newest_first(site: TestSite) -> None:
    add_plan(site, 2024, CORRECTIONS)
    told = section(build(site, *DEVIATION), "avvikelser")
    assert "Samordningsförbundet Norr: en avvikelse och två rättelser" in told
    assert "Summa kostnader, Budget 2025 Raderna är avrundade." in told
    assert "Samvarkan Samverkan Rättat här. sex mål Oförändrat Målen är fem." in told
    assert told.index("Verksamhetsplan 2025") < told.index("Verksamhetsplan 2024")


def test_each_plan_is_a_link_away(site: TestSite) -> None:
    build(site, *DEVIATION)
    folded = next(one for one in about(site).iter("details") if one.get("class") == "remarks")
    assert [(said(one), one.get("href")) for one in folded.iter("a")] == [("Verksamhetsplan 2025", "../norr/2025/")]


def test_plans_without_anything_to_tell_are_not_mentioned(site: TestSite) -> None:
    add_plan(site, 2024, CORRECTIONS)
    assert "Verksamhetsplan 2025" not in section(build(site), "avvikelser")
    (site.content / "norr/2024/plan.md").unlink()
    assert section(build(site), "avvikelser") == ""


def test_a_draft_tells_nothing(site: TestSite) -> None:
    add_plan(site, 2024, CORRECTIONS, ("status: beslutad", "status: utkast"))
    assert "Samvarkan" not in build(site).page("om-uppgifterna/")


def test_what_staff_have_written_is_text_and_never_markup(site: TestSite) -> None:
    build(site, (CORRECTIONS[0], CORRECTIONS[1].replace("Målen är fem.", "Målen <b>är</b> fem.")))
    assert "Målen &lt;b&gt;är&lt;/b&gt; fem." in site.page("om-uppgifterna/")


def test_a_change_in_a_plan_that_has_nothing_to_tell_leaves_the_page_as_it_is(site: TestSite) -> None:
    def rebuild() -> tuple[str, ...]:
        outcome = pipeline.build(site.content, site.output, lambda _step, _done, _total: None)
        pipeline.write_record(outcome, site.content, site.output, "", "")
        return outcome.work.pages

    add_plan(site, 2024, CORRECTIONS)
    site.write_plan()
    rebuild()
    site.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer arbete")
    assert rebuild() == ("norr/2025/index.html",)
    site.edit("norr/2024/plan.md", "Målen är fem.", "Målen är sex.")
    assert "om-uppgifterna/index.html" in rebuild()


# --- Many -----------------------------------------------------------------------------------------------------------


def many(count: int) -> tuple[str, str]:
    items = ", ".join(f"{{tryckt: fel{number}, rättat: rätt{number}}}" for number in range(count))
    return "status: beslutad", f"status: beslutad\n    källa: {{rättelser: [{items}]}}"


@pytest.mark.parametrize("count", [1, 101])
def test_staff_can_link_to_what_is_known_to_differ_in_their_plans(count: int, site: TestSite) -> None:
    """Whether it stands on a page of its own or not, which changes as the site grows."""
    link = "Se [rättelserna](../../om-uppgifterna/norr/)."
    site.write_plan(PLAN, many(count), ("Förbundet stödjer samverkan.", link))
    assert site.build() == 0, site.printed
    page = site.page("om-uppgifterna/norr/")
    assert ("fel1" in page) is (count > 100)
    assert ('href="../../om-uppgifterna/#om-norr"' in page) is (count == 1)


def test_a_hundred_remarks_have_room_on_the_page(site: TestSite) -> None:
    build(site, many(100))
    assert "fel99" in section(site, "avvikelser")
    assert "data-onward" in site.page("om-uppgifterna/norr/")  # no page of its own, but links to it hold


def test_with_more_each_forbund_has_a_page_of_its_own(site: TestSite) -> None:
    build(site, many(101))
    assert section(site, "avvikelser").endswith("Samordningsförbundet Norr: 101 rättelser")
    assert "fel1" not in site.page("om-uppgifterna/")
    (link,) = (one for one in about(site).iter("a") if one.get("href", "").endswith("om-uppgifterna/norr/"))
    assert link.get("href") == "../om-uppgifterna/norr/"
    told = site.text_of("om-uppgifterna/norr/").replace("\u00a0", " ")
    assert "101 rättelser." in told
    assert "fel100 rätt100" in told
    assert 'href="../../norr/2025/"' in site.page("om-uppgifterna/norr/")
    site.write_plan(PLAN, many(1))
    assert site.build() == 0
    assert "data-onward" in site.page("om-uppgifterna/norr/")  # no page of its own, but links to it hold


def test_with_more_than_twenty_forbund_the_page_is_a_list_that_leads_to_each(site: TestSite) -> None:
    names = ["norr", *(f"f{number:02}" for number in range(20))]
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", f"[{', '.join(names)}]"))
    for name in names[1:]:
        site.write(f"{name}/forbund.md", ASSOCIATION.replace("Norr", f"Förbund {name}"))
        add_plan(site, 2025, many(1), association=name)
    build(site, many(1))
    pages = sorted(file.parent.name for file in site.output.glob("om-uppgifterna/*/index.html"))
    assert pages == sorted(names)
    titles = [said(one) for path in pages for one in about(site, f"om-uppgifterna/{path}/").iter("title")]
    assert len(set(titles)) == 21
    assert len(site.page("om-uppgifterna/")) < 40_000
