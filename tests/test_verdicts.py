"""The verdict of the law on a plan's page as a whole, from a content folder: one answer, and only what follows."""

import re

import pytest

from tests.site import ASSOCIATION, LAWFUL_PLAN, PLAN_FILE, SETTINGS, TestSite

DECISION = "beslut: {organ: styrelsen, datum: 2024-11-20}"
MEETING = "sammanträde: {datum: 2024-11-20,"


def told(site: TestSite, path: str = "norr/2025/") -> str:
    """Build the site and return the text of a page."""
    assert site.build() == 0, site.printed
    return site.text_of(path).replace("\u00a0", " ")


def codes(site: TestSite) -> list[str]:
    """Return the problems, except that the proposal isn't kept: these plans have one version."""
    return [one.code for one in site.found() if one.code != "proposal-not-kept"]


# --- Another meeting ------------------------------------------------------------------------------------------------


def test_a_meeting_that_did_not_decide_holds_for_nothing_on_the_page(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, (MEETING, "sammanträde: {datum: 2024-12-04,"))
    words = told(site)
    unmade = words.split("Så stämmer planen")[-1].partition("Hela budgeten")[0]
    why = "Det möte som är ifyllt här hölls den 4 december 2024. Planen beslutades den 20 november 2024"
    assert unmade.count(why) == 2
    assert "Förslaget på webbplatsen Går inte att kontrollera Lagen" in unmade
    assert "Ett öppet möte Går inte att kontrollera Lagen" in unmade
    assert "Det var i tid: förslaget ska finnas här" not in words
    assert "Ett annat möte än det där planen beslutades hölls, öppet för alla." in words
    assert "meeting-other" in codes(site)


# --- Out of time ----------------------------------------------------------------------------------------------------


def test_a_proposal_from_may_of_its_own_year_is_told_to_be_late(site: TestSite) -> None:
    meeting = re.search(r"    sammanträde:.*\n", LAWFUL_PLAN)
    assert meeting
    site.write_plan(
        LAWFUL_PLAN,
        ("status: beslutad", "status: förslag"),
        (f"    {DECISION}\n", ""),
        (meeting[0], ""),
        ("förslag_publicerat: 2024-11-06", "förslag_publicerat: 2025-05-25"),
    )
    words = told(site)
    late = "Förslaget lades ut den 25 maj 2025. Då hade sista dagen att besluta, den 30 november 2024, redan gått."
    assert late in words
    assert "decision-overdue" in codes(site)


def test_a_plan_from_before_law_and_forbund_is_judged_by_neither(site: TestSite) -> None:
    site.write("norr/forbund.md", ASSOCIATION.replace("kortnamn: Norr", 'kortnamn: Norr\n    bildat: "2011-04-12"'))
    days = ("2024-09-10", "2024-11-06", "2024-11-20")
    early = [(day, day.replace("2024", "2003")) for day in days]
    years = [("Verksamhetsplan 2025", "Verksamhetsplan 2004"), ("år: 2025\n", "år: 2004\n")]
    years += [(f"år: {2025 + more}, typ", f"år: {2004 + more}, typ") for more in range(3)]
    text = LAWFUL_PLAN
    for before, after in (*early, *years, ("år: 2024, belopp", "år: 2003, belopp")):
        text = text.replace(before, after)
    site.write("norr/2004/plan.md", text)
    words = told(site, "norr/2004/")
    panel = words.split("Så stämmer planen")[-1].partition("Hela budgeten")[0]
    assert "gällde inte när planen beslutades, så planen är inte jämförd med den." in panel
    assert "Lagen säger" not in panel
    assert "enligt lagen" not in words.lower().partition("så räknar")[0]
    notes = {one.code for one in site.check_all().notes}
    assert {"decided-before-founding", "law-not-in-force"} <= notes


# --- Who decided ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["styrelsen", "medlemssamrådet", None])
def test_who_decided_is_the_same_on_the_whole_page(site: TestSite, body: str | None) -> None:
    written = f"beslut: {{organ: {body}, datum: 2024-11-20}}" if body else "beslut: {datum: 2024-11-20}"
    site.write_plan(LAWFUL_PLAN, (DECISION, written))
    words = told(site)
    said = f"{body.capitalize()} beslutade" if body else "Planen beslutades"
    assert f"{said} den 20 november 2024. Enligt lagen är sista dagen" in words
    others = {"Styrelsen beslutade", "Medlemssamrådet beslutade", "Planen beslutades"} - {said}
    assert not [other for other in others if other in words]
    assert words.count(said) >= 3, "in the verdicts, the decision and the history"
    log = site.text_of("insyn/")
    assert (f"{said} om planen." if body else "Planen beslutades.") in log


def test_no_board_is_named_where_a_proposal_names_none(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, ("status: beslutad", "status: förslag"), (f"    {DECISION}\n", ""))
    words = told(site)
    assert "Planen är inte beslutad. Den tas upp på ett möte den 20 november 2024 i Åby." in words
    assert "Styrelsen har inte beslutat" not in words


# --- A revision, by the version before ------------------------------------------------------------------------------

REVISED = (
    ("status: beslutad", "status: reviderad"),
    (DECISION, f"{DECISION}\n    revideringar: [{{datum: 2025-03-21, sammanfattning: Ny enhet}}]"),
)


def raised(more: int) -> tuple[tuple[str, str], ...]:
    return (
        ("belopp: [1 540 000,", f"belopp: [{1_540_000 + more},"),
        ("belopp: [1 940 000,", f"belopp: [{1_940_000 + more},"),
        ("belopp: [60 000, 10 000, 10 000]", f"belopp: [{60_000 - more}, 10 000, 10 000]"),
        (
            "belopp: [310 000, 320 000, 330 000]",
            f"belopp: [{310_000 - more}, {320_000 - more}, {330_000 - more}]",
        ),
    )


@pytest.mark.parametrize(
    ("more", "sentence", "answer"),
    [
        (
            40_000,
            "Kostnaderna för 2025 blev 40 000 kronor högre än i versionen före.",
            "i så fall betalas är inte ifyllt",
        ),
        (-40_000, "Kostnaderna för 2025 blev 40 000 kronor lägre än i versionen före.", None),
        (0, "Kostnaderna för 2025 är lika stora som i versionen före.", None),
    ],
)
def test_a_revision_is_judged_by_what_the_version_before_tells(
    site: TestSite, more: int, sentence: str, answer: str | None
) -> None:
    site.write_plan(LAWFUL_PLAN, *REVISED, *raised(more))
    site.write("norr/2025/versioner/2024-11-20.md", LAWFUL_PLAN)
    words = told(site).partition("Ändringar under året")[2].partition("Källa")[0]
    assert f"Planen ändrades den 21 mars 2025. {sentence}" in words
    assert (answer is not None) == ("inte ifyllt" in words)
    assert ("revision-unpaid" in codes(site)) is (more > 0)


def test_a_revision_in_another_unit_is_compared_in_kronor(site: TestSite) -> None:
    text = LAWFUL_PLAN
    for before, after in (*REVISED, *raised(100_000)):
        text = text.replace(before, after)
    thousands = re.sub(r"\[([\d, -]+)\]", lambda found: f"[{_thousands(found[1])}]", text)
    thousands = thousands.replace("belopp: 250 000", "belopp: 250").replace("enhet: kr\n", "enhet: tkr\n")
    site.write(PLAN_FILE, thousands)
    site.write("norr/2025/versioner/2024-11-20.md", LAWFUL_PLAN)
    assert "Kostnaderna för 2025 blev 100 000 kronor högre än i versionen före." in told(site)
    (problem,) = (one for one in site.found() if one.code == "revision-unpaid")
    assert dict(problem.values)["amount"] == "100\u00a0000\u00a0kr"


def _thousands(amounts: str) -> str:
    return ", ".join(str(int(one.replace(" ", "")) // 1000) for one in amounts.split(","))


def test_how_a_revision_is_paid_settles_it(site: TestSite) -> None:
    site.write_plan(
        LAWFUL_PLAN, *REVISED, *raised(40_000), ("sammanfattning: Ny enhet", "finansiering: Sparade pengar.")
    )
    site.write("norr/2025/versioner/2024-11-20.md", LAWFUL_PLAN)
    words = told(site)
    assert "40 000 kronor högre än i versionen före. Så betalas ändringen: Sparade pengar." in words
    assert "revision-unpaid" not in codes(site)


def test_a_revision_is_not_compared_with_a_proposal(site: TestSite) -> None:
    proposal = LAWFUL_PLAN.replace("status: beslutad", "status: förslag").replace(f"    {DECISION}\n", "")
    site.write_plan(LAWFUL_PLAN, *REVISED, *raised(40_000))
    site.write("norr/2025/versioner/forslag.md", proposal)
    assert "än i versionen före" not in told(site)


# --- What staff have looked at --------------------------------------------------------------------------------------

ABOVE = (
    (
        "ingående: {namn: Eget kapital 2024, år: 2024, belopp: 250 000}",
        "ingående: {namn: EK, år: 2024, belopp: 350 000}",
    ),
    ("belopp: [310 000, 320 000, 330 000]", "belopp: [410 000, 420 000, 430 000]"),
)
SEEN = (
    'sett: [{kod: kapital-över-taket, siffra: "410 000 kr / 400 000 kr", datum: 2024-12-01, '
    "skäl: Vi sparar till 2026.}]"
)


def seen(site: TestSite, line: str, *changes: tuple[str, str]) -> list[str]:
    site.write_plan(LAWFUL_PLAN, *ABOVE, ("    år: 2025\n", f"    år: 2025\n    {line}\n"), *changes)
    return codes(site)


def test_what_is_printed_acknowledges_a_warning_when_it_is_pasted(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, *ABOVE)
    site.run("kontrollera")
    pasted = re.search(r"sett: \[\{kod: kapital-över-taket.*?\}\]", site.printed.replace("\u00a0", " "))
    assert pasted
    line = pasted[0].replace("ÅÅÅÅ-MM-DD", "2024-12-01").replace("skäl: …", "skäl: Vi sparar till 2026.")
    assert line == SEEN
    assert seen(site, line) == []


def test_what_is_acknowledged_still_stands_on_the_page(site: TestSite) -> None:
    seen(site, SEEN)
    words = told(site)
    assert "Tak för sparade pengar Avviker" in words
    assert "Vi sparar till 2026." not in words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("410 000 kr / 400 000 kr", "409 000 kr / 400 000 kr"),
        ("410 000 kr / 400 000 kr", "410 000 kr / 390 000 kr"),
        ("410 000 kr / 400 000 kr", "410 000 kr"),
        ("kapital-över-taket", "beslut-sent"),
    ],
)
def test_a_warning_comes_back_when_its_figure_is_another(site: TestSite, before: str, after: str) -> None:
    assert sorted(seen(site, SEEN.replace(before, after))) == ["acknowledgement-outdated", "equity-above-ceiling"]


def test_an_acknowledgement_of_what_is_mended_is_told(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, ("    år: 2025\n", f"    år: 2025\n    {SEEN}\n"))
    assert codes(site) == ["acknowledgement-outdated"]


def test_an_acknowledgement_takes_hard_spaces_and_capitals_as_they_come(site: TestSite) -> None:
    assert seen(site, SEEN.replace("410 000 kr", "410\u00a0000 kr").replace("kapital-", "Kapital-")) == []


def test_an_error_is_never_acknowledged(site: TestSite) -> None:
    wrong = ("summa: {namn: Summa kostnader, belopp: [1 940 000,", "summa: {namn: Summa kostnader, belopp: [1 940 001,")
    found = seen(site, 'sett: [{kod: summa, siffra: "1 kr", datum: 2024-12-01, skäl: Så är det.}]', wrong)
    assert "sum-differs" in found


def test_an_acknowledgement_needs_a_code_a_day_and_a_reason(site: TestSite) -> None:
    found = seen(site, "sett: [{kod: kapital-över-taket}]")
    assert found.count("key-missing") == 2


# --- Who speaks -----------------------------------------------------------------------------------------------------

RETOLD = ("status: beslutad", "status: beslutad\n    återberättad: ja")


def test_a_retelling_says_who_retold_it(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, RETOLD)
    words = told(site)
    assert "återberättad med egna ord av provplatsens utgivare, inte av förbundet." in words
    assert "Det beslutade dokumentet finns hos förbundet." in words
    data = site.page("norr/2025/").partition("application/ld+json")[2].partition("</script>")[0]
    assert '"publisher":{"@type":"Organization","name":"Provplatsens utgivare"}' in data
    assert '"about":{"@id":' in data


def test_a_plan_in_its_own_words_is_published_by_its_forbund(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    assert "provplatsens utgivare" not in told(site)
    data = site.page("norr/2025/").partition("application/ld+json")[2].partition("</script>")[0]
    assert "Provplatsens utgivare" not in data
    assert '"publisher":{"@id":' in data


def test_a_retelling_without_a_teller_is_not_published(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS.replace("    återberättat_av: provplatsens utgivare\n", ""))
    site.write_plan(LAWFUL_PLAN)
    assert "reteller-missing" not in codes(site)
    site.write_plan(LAWFUL_PLAN, RETOLD)
    assert "reteller-missing" in codes(site)
    assert site.build() == 1


def test_the_original_is_named_and_shown(site: TestSite) -> None:
    source = (
        "    källa: {typ: pdf, fil: plan-2025.pdf, länk: 'https://norr.se/plan-2025.pdf', sha256: abc123, "
        "fråga: kansliet i Åby}\n"
    )
    site.write_plan(LAWFUL_PLAN, RETOLD, ("    år: 2025\n", f"    år: 2025\n{source}"))
    words = told(site)
    assert "Det beslutade dokumentet finns hos kansliet i Åby." in words
    assert (
        "Vad planen är hämtad från Vad pdf Fil plan-2025.pdf Länk https://norr.se/plan-2025.pdf "
        "Kontrollsumma (SHA-256) abc123 Fråga efter originalet kansliet i Åby" in words
    )
    assert '<a href="https://norr.se/plan-2025.pdf">' in site.page("norr/2025/")


def test_the_original_is_at_no_address_that_runs_anything(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, ("    år: 2025\n", "    år: 2025\n    källa: {länk: 'javascript:alert(1)'}\n"))
    assert codes(site) == ["address-unreadable"]
