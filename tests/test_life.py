"""A plan's life, edited step by step like its förbund would: the site after each step, and the addresses that work."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.published import page, said
from tests.site import PLAN, SETTINGS, TestSite
from tests.test_comparison import table

SENAST = "förslaget ska finnas här senast när mötet tillkännages."
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://planer.example/"
DECISION = "    beslut: {organ: styrelsen, datum: 2024-11-20}\n"
MEETING = """\
    förslag_publicerat: 2024-10-28
    sammanträde: {datum: 2024-11-20, tid: "13.00", plats: Åby, tillkännagivet: 2024-11-01, offentligt: ja}
"""
DRAFT = PLAN.replace("status: beslutad", "status: utkast").replace(DECISION, "")
PROPOSAL = DRAFT.replace("status: utkast\n", "status: förslag\n" + MEETING)
ADOPTED = PROPOSAL.replace("status: förslag\n", "status: beslutad\n" + DECISION + "    samråd: 2024-09-20\n").replace(
    "Förbundet stödjer samverkan.", "Förbundet stödjer samverkan mellan myndigheter."
)
REVISED = (
    ADOPTED.replace("status: beslutad", "status: reviderad")
    .replace(DECISION, DECISION + "    revideringar: [{datum: 2025-03-14, sammanfattning: Mer till coachning.}]\n")
    .replace("[1 500 000, 1 400 000]", "[1 600 000, 1 400 000]")
    .replace("[2 000 000, 2 000 000]}\n      resultat", "[2 100 000, 2 000 000]}\n      resultat")
    .replace("belopp: [0, 0]", "belopp: [-100 000, 0]")
)


@pytest.fixture
def living(site: TestSite) -> TestSite:
    """A site with an address, so that it has feeds."""
    site.write("webbplats.yaml", SETTINGS + f"    adress: {ADDRESS}\n")
    site.write("norr/2024/plan.md", _last_year())
    return site


def _last_year() -> str:
    return (
        PLAN.replace("2024-11-20", "2023-11-20")
        .replace("2025", "2024")
        .replace("2026", "2025")
        .replace("p2024", "p2025x")
    )


def publish(site: TestSite) -> None:
    assert site.build() == 0, site.printed


def pages(site: TestSite) -> set[str]:
    return {file.parent.relative_to(site.output).as_posix() for file in site.output.rglob("index.html")}


def banner(site: TestSite, path: str) -> str:
    found = [one for one in page(site, path).iter() if "banner" in (one.get("class") or "").split()]
    return said(found[0]) if found else ""


def robots(site: TestSite, path: str) -> str | None:
    return next((one.get("content") for one in page(site, path).iter("meta") if one.get("name") == "robots"), None)


def history(site: TestSite, path: str) -> list[tuple[str, str]]:
    (section,) = (one for one in page(site, path).iter("section") if one.get("aria-labelledby") == "andringar")
    return days_and_texts(section)


def days_and_texts(element: Element) -> list[tuple[str, str]]:
    listed = [one for one in element.iter("li") if one.find("time") is not None]
    days = [said(one.find("time")) for one in listed]
    return [(day, said(one).removeprefix(day).strip()) for day, one in zip(days, listed, strict=True)]


def leads_to(site: TestSite, path: str) -> str:
    """Follow a pointer like a browser without JavaScript."""
    (found,) = (one for one in page(site, path).iter("meta") if one.get("http-equiv") == "refresh")
    relative = (found.get("content") or "").partition("url=")[2]
    return (site.output / path / relative).resolve().relative_to(site.output.resolve()).as_posix()


def feed(site: TestSite, path: str = "atom.xml") -> list[str]:
    root = ElementTree.fromstring((site.output / path).read_bytes())
    return [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]


# --- From draft to outcome ------------------------------------------------------------------------------------------


def test_a_draft_is_nowhere(living: TestSite) -> None:
    living.write_plan(DRAFT)
    publish(living)
    assert not any(path.startswith("norr/2025") for path in pages(living))
    assert not any("2025" in entry for entry in feed(living))


def test_a_proposal_is_shown_as_one_and_has_an_address_of_its_own(living: TestSite) -> None:
    living.write_plan(PROPOSAL)
    publish(living)
    assert banner(living, "norr/2025/").startswith("Förslag. Planen är inte beslutad.")
    assert "den 20 november 2024 klockan 13.00 i Åby" in banner(living, "norr/2025/")
    assert robots(living, "norr/2025/") is None
    assert leads_to(living, "norr/2025/forslag/") == "norr/2025"
    assert history(living, "norr/2025/") == [
        ("20 november 2024", "Förslaget ska tas upp på ett möte, öppet för alla."),
        ("1 november 2024", "Mötet om planen tillkännagavs."),
        ("28 oktober 2024", f"Förslaget lades ut på webbplatsen. Det var i tid: {SENAST}"),
    ]
    assert feed(living)[:2] == [
        "Norr, Verksamhetsplan 2025: Mötet om planen tillkännagavs.",
        "Norr, Verksamhetsplan 2025: Förslaget lades ut på webbplatsen.",
    ]


def test_a_proposal_that_came_after_the_announcement_was_late(living: TestSite) -> None:
    living.write_plan(PROPOSAL.replace("förslag_publicerat: 2024-10-28", "förslag_publicerat: 2024-11-05"))
    publish(living)
    late = [told for day, told in history(living, "norr/2025/") if day == "5 november 2024"]
    assert late == [f"Förslaget lades ut på webbplatsen. Det var för sent: {SENAST}"]


def test_the_decision_takes_the_address_and_the_frozen_proposal_keeps_its_own(living: TestSite) -> None:
    living.write_plan(PROPOSAL)
    publish(living)
    living.write("norr/2025/versioner/forslag.md", PROPOSAL)
    living.write_plan(ADOPTED)
    publish(living)
    assert banner(living, "norr/2025/") == ""
    assert robots(living, "norr/2025/") is None
    assert banner(living, "norr/2025/forslag/").startswith(
        "Tidigare förslag. Det hör till planen för 2025. Nästa version kom den 20 november 2024."
    )
    assert robots(living, "norr/2025/forslag/") == "noindex"
    assert "samverkan mellan myndigheter" in said(page(living, "norr/2025/"))
    assert "samverkan mellan myndigheter" not in said(page(living, "norr/2025/forslag/"))
    assert leads_to(living, "norr/2025/2024-11-20/") == "norr/2025"
    assert history(living, "norr/2025/")[0] == (
        "20 november 2024",
        "Styrelsen beslutade om planen. Det var i tid: enligt lagen är sista dagen den 30 november 2024.",
    )
    assert feed(living)[0] == "Norr, Verksamhetsplan 2025: Styrelsen beslutade om planen."


def test_a_proposal_that_was_not_frozen_is_said_not_to_be_kept(living: TestSite) -> None:
    living.write_plan(ADOPTED)
    publish(living)
    assert "Förslaget till planen finns inte sparat här." in said(page(living, "norr/2025/forslag/"))


def test_a_plan_that_is_only_known_to_be_signed_is_not_said_to_be_late(site: TestSite) -> None:
    people = "[{namn: Anna Ek, roll: Ordförande}]"
    signed = f'    underskrifter: {{datum: 2025-05-07, tryckt: "Åby 070525", personer: {people}}}\n'
    site.write_plan(PLAN, (DECISION, "    beslut: {organ: styrelsen, ordval: godkänner}\n" + signed))
    assert site.build() == 0, site.printed
    assert "VARNING  beslut-bara-undertecknat" in site.printed
    page = site.text_of("norr/2025/")
    assert "Planen undertecknades den 7 maj 2025. Vilken dag den beslutades är inte ifyllt här." in page
    assert "Planens eget ord för beslutet är ”godkänner”. Så står det i planen: ”Åby 070525”." in page
    assert "7 maj 2025 Planen undertecknades." in page
    assert "för sent" not in page
    assert "Beslutad 7 maj" not in page
    files = site.files()
    assert b"norr,2025,2025-05-07," in files["norr/data/budget.csv"]
    assert "ja,beslutad,,kr," in files["norr/data/planer.csv"].decode()


def test_a_revision_keeps_the_decided_version_at_the_day_it_was_decided(living: TestSite) -> None:
    living.write("norr/2025/versioner/forslag.md", PROPOSAL)
    living.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    living.write_plan(REVISED)
    publish(living)
    assert {path for path in pages(living) if path.startswith("norr/2025")} >= {
        "norr/2025", "norr/2025/forslag", "norr/2025/2024-11-20", "norr/2025/2025-03-14",
    }  # fmt: skip
    assert leads_to(living, "norr/2025/2025-03-14/") == "norr/2025"
    assert banner(living, "norr/2025/") == (
        "Reviderad. Planen beslutades den 20 november 2024 och ändrades den 14 mars 2025."
    )
    assert banner(living, "norr/2025/2024-11-20/").startswith("Tidigare version.")
    assert "1 600 000" in said(page(living, "norr/2025/"))
    assert "1 600 000" not in said(page(living, "norr/2025/2024-11-20/"))
    (section,) = (
        one for one in page(living, "norr/2025/").iter("section") if one.get("aria-labelledby") == "andringar"
    )
    versions = [said(item).partition(" Vad som")[0] for item in section.iter("li") if item.find("time") is None]
    assert versions == [
        "Reviderad 14 mars 2025 (den här sidan), gäller.",
        "Beslutad 20 november 2024.",
        "Förslag 28 oktober 2024",
    ]


def test_a_revision_whose_former_version_was_not_kept_says_so(living: TestSite) -> None:
    living.write_plan(REVISED)
    publish(living)
    assert "Versionen från den 20 november 2024 finns inte sparad här." in said(page(living, "norr/2025/2024-11-20/"))


def test_a_proposed_change_does_not_take_the_place_of_what_is_decided(living: TestSite) -> None:
    living.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    living.write_plan(PROPOSAL.replace("förslag_publicerat: 2024-10-28", "förslag_publicerat: 2025-02-01"))
    publish(living)
    assert banner(living, "norr/2025/") == ""
    assert "Beslutad 20 november 2024" in said(page(living, "norr/2025/"))
    assert banner(living, "norr/2025/forslag/").startswith("Förslag. Det gäller en ändring av planen för 2025.")
    assert leads_to(living, "norr/2025/2024-11-20/") == "norr/2025"
    assert "Förslag för 2025" in said(page(living, "norr/"))


def test_a_proposed_change_is_the_latest_also_when_it_keeps_the_days_of_the_plan_it_changes(living: TestSite) -> None:
    living.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    living.write_plan(PROPOSAL)
    publish(living)
    assert banner(living, "norr/2025/forslag/").startswith("Förslag. Det gäller en ändring av planen")
    assert "norr/2025/andringar/2024-11-20" in pages(living)


def test_a_draft_of_a_change_leaves_the_decided_version_in_place(living: TestSite) -> None:
    living.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    living.write_plan(DRAFT)
    publish(living)
    assert "Beslutad 20 november 2024" in said(page(living, "norr/2025/"))


def test_an_outcome_is_added_to_the_same_plan(living: TestSite) -> None:
    with_outcome = re.sub(r"belopp: \[([\d ]+), ", r"belopp: [\1, \1, ", ADOPTED)
    column = "        - {id: u2025, år: 2025, typ: utfall}\n"
    living.write_plan(with_outcome.replace("        - {id: p2026", f"{column}        - {{id: p2026"))
    publish(living)
    assert "Utfall 2025" in said(page(living, "norr/2025/"))


# --- Addresses ------------------------------------------------------------------------------------------------------


def test_every_address_that_was_ever_published_still_answers(living: TestSite) -> None:
    seen: set[str] = set()
    for step in _steps(living):
        publish(living)
        gone = seen - pages(living)
        assert gone == set(), step
        seen |= {path for path in pages(living) if path.startswith("norr/2025")}
    assert seen >= {"norr/2025", "norr/2025/forslag", "norr/2025/2024-11-20", "norr/2025/2025-03-14"}


def _steps(site: TestSite) -> Iterator[str]:
    site.write_plan(DRAFT)
    yield "draft"
    site.write_plan(PROPOSAL)
    yield "proposal"
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    site.write_plan(ADOPTED)
    yield "adopted"
    site.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    site.write_plan(REVISED)
    yield "revised"


def test_a_version_may_have_any_name_and_its_day_leads_to_it(living: TestSite) -> None:
    living.write("norr/2025/versioner/2024-10-28-forslag.md", PROPOSAL)
    living.write("norr/2025/versioner/forsta-beslutet.md", ADOPTED)
    living.write_plan(REVISED)
    publish(living)
    assert leads_to(living, "norr/2025/forslag/") == "norr/2025/2024-10-28-forslag"
    assert leads_to(living, "norr/2025/2024-11-20/") == "norr/2025/forsta-beslutet"


def test_former_addresses_lead_to_the_plan(living: TestSite) -> None:
    living.write_plan(ADOPTED.replace("    budget:\n", "    alias: [norr/gammal-plan, /plan-2025/]\n    budget:\n"))
    publish(living)
    assert leads_to(living, "norr/gammal-plan/") == "norr/2025"
    assert leads_to(living, "plan-2025/") == "norr/2025"


def test_links_in_an_earlier_version_lead_where_they_led(living: TestSite) -> None:
    linked = PROPOSAL.replace(
        "Förbundet stödjer samverkan.", "Läs [förra planen](../2024/) och [uppdraget](#1-uppdrag)."
    )
    living.write("norr/2025/versioner/forslag.md", linked)
    living.write_plan(ADOPTED)
    publish(living)
    hrefs = {said(one): one.get("href") for one in page(living, "norr/2025/forslag/").iter("a")}
    assert (hrefs["förra planen"], hrefs["uppdraget"]) == ("../../2024/", "#1-uppdrag")


def test_a_year_with_only_frozen_versions_is_told(site: TestSite) -> None:
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    assert "plan-saknas" in (site.build(), site.printed)[1]


def test_a_version_with_a_name_that_cannot_be_an_address_is_told(site: TestSite) -> None:
    site.write_plan(ADOPTED)
    site.write("norr/2025/versioner/Förslag 1.md", PROPOSAL)
    assert site.build() == 1
    assert "mappnamn-olämpligt" in site.printed
    assert "forslag-1" in site.printed


def test_warnings_are_not_told_of_what_is_frozen(site: TestSite) -> None:
    site.write_plan(ADOPTED)
    site.write(
        "norr/2025/versioner/forslag.md", PROPOSAL.replace("  enhet: kr", "  rubrik: Budget 2019\n      enhet: kr")
    )
    assert site.build() == 0
    assert "rubrik-år" not in site.printed
    assert "versioner/forslag.md" not in site.printed


def test_notes_are_not_told_of_what_is_frozen(site: TestSite) -> None:
    site.write_plan(ADOPTED)
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    assert site.run("kontrollera", "--allt") == 0
    assert "norr/2025/plan.md:2:1  NOTIS  diarienummer-saknas" in site.printed
    assert "versioner/forslag.md" not in site.printed


# --- Log and feeds --------------------------------------------------------------------------------------------------


def test_the_log_lists_everything_newest_first(living: TestSite) -> None:
    living.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    living.write_plan(REVISED)
    publish(living)
    told = days_and_texts(page(living, "insyn/"))
    assert [day for day, _ in told] == [
        "14 mars 2025", "20 november 2024", "20 november 2024", "1 november 2024", "28 oktober 2024",
        "20 september 2024", "20 november 2023",
    ]  # fmt: skip
    assert told[0][1] == "Norr, Verksamhetsplan 2025. Planen reviderades. Mer till coachning."


def test_a_proposal_without_days_is_in_the_log_until_a_later_plan_is_decided(site: TestSite) -> None:
    site.write_plan(DRAFT.replace("status: utkast", "status: förslag"))
    publish(site)
    assert "Aktuella förslag utan ifylld dag Verksamhetsplan 2025, Norr" in said(page(site, "insyn/"))
    site.write("norr/2026/plan.md", ADOPTED.replace("2026", "2027").replace("2025", "2026"))
    publish(site)
    assert "utan ifylld dag" not in said(page(site, "insyn/"))


def test_feeds_are_valid_and_name_the_site(living: TestSite) -> None:
    living.write_plan(ADOPTED)
    publish(living)
    for path, home in (("atom.xml", ""), ("norr/atom.xml", "norr/")):
        root = ElementTree.fromstring((living.output / path).read_bytes())
        assert root.tag == f"{ATOM}feed"
        assert root.findtext(f"{ATOM}id") == f"{ADDRESS}{path}"
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        assert links == {"self": f"{ADDRESS}{path}", "alternate": f"{ADDRESS}{home}"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", root.findtext(f"{ATOM}updated") or "")
        ids = [one.findtext(f"{ATOM}id") for one in root.iter(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) > 3
        for one in root.iter(f"{ATOM}entry"):
            assert one.findtext(f"{ATOM}title")
            assert one.findtext(f"{ATOM}updated")
            assert one.find(f"{ATOM}link") is not None


def test_a_site_without_an_address_has_no_feed(site: TestSite) -> None:
    site.write_plan()
    publish(site)
    assert not list(Path(site.output).rglob("atom.xml"))
    assert "atom" not in (site.output / "index.html").read_text("utf-8")


# --- A whole life ---------------------------------------------------------------------------------------------------

FOLLOWED_UP = (
    re.sub(r"belopp: \[([-\d ]+), ", r"belopp: [\1, \1, ", REVISED)
    .replace("        - {id: p2026", "        - {id: u2025, år: 2025, typ: utfall}\n        - {id: p2026")
    .replace("[1 600 000, 1 600 000, ", "[1 600 000, 1 450 000, ")
    .replace("[2 100 000, 2 100 000, ", "[2 100 000, 1 950 000, ")
    .replace("[-100 000, -100 000, ", "[-100 000, 50 000, ")
    .replace("    revideringar:", "    uppföljd: 2026-02-20\n    revideringar:")
)


def _of_next_year(plan: str) -> str:
    """Return a plan as written a year later."""
    later = re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + 1), plan)
    return later.replace("b2025", "b2026").replace("p2026", "p2027")


def _life(site: TestSite) -> Iterator[tuple[str, str]]:
    """Take a plan from proposal to follow-up, and the next one to its decision; yield each step and its day."""
    site.write_plan(PROPOSAL)
    yield "proposed", "2024-10-28"
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    site.write_plan(ADOPTED)
    yield "decided", "2024-11-21"
    site.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    site.write_plan(REVISED)
    yield "revised", "2025-03-15"
    site.write("norr/2026/plan.md", _of_next_year(PROPOSAL))
    yield "next proposed", "2025-10-28"
    site.write("norr/2026/versioner/forslag.md", _of_next_year(PROPOSAL))
    site.write("norr/2026/plan.md", _of_next_year(ADOPTED))
    yield "next decided", "2025-11-21"
    site.write("norr/2025/versioner/2025-03-14.md", REVISED)
    site.write_plan(FOLLOWED_UP)
    yield "followed up", "2026-02-21"


SHOWN = {
    "proposed": (
        "Förslag för 2025. Planen är inte beslutad.",
        "28 oktober 2024 Norr, Verksamhetsplan 2025. Förslaget lades ut på webbplatsen.",
        "Norr, Verksamhetsplan 2025: Mötet om planen tillkännagavs.",
        ["Budget 2024", "Plan 2025"],
    ),
    "decided": (
        "Verksamhetsplan 2025 Beslutad 20 november 2024 Gäller 2025, med plan för 2026",
        "20 november 2024 Norr, Verksamhetsplan 2025. Styrelsen beslutade om planen.",
        "Norr, Verksamhetsplan 2025: Styrelsen beslutade om planen.",
        ["Budget 2024", "Budget 2025", "Plan 2026"],
    ),
    "revised": (
        "Verksamhetsplan 2025 Reviderad 14 mars 2025 Gäller 2025, med plan för 2026",
        "14 mars 2025 Norr, Verksamhetsplan 2025. Planen reviderades. Mer till coachning.",
        "Norr, Verksamhetsplan 2025: Planen reviderades. Mer till coachning.",
        ["Budget 2024", "Budget 2025", "Plan 2026"],
    ),
    "next proposed": (
        "Förslag för 2026. Planen är inte beslutad.",
        "28 oktober 2025 Norr, Verksamhetsplan 2026. Förslaget lades ut på webbplatsen.",
        "Norr, Verksamhetsplan 2026: Mötet om planen tillkännagavs.",
        ["Budget 2024", "Budget 2025", "Plan 2026"],
    ),
    "next decided": (
        "Verksamhetsplan 2026 Beslutad 20 november 2025 Gäller 2026, med plan för 2027",
        "20 november 2025 Norr, Verksamhetsplan 2026. Styrelsen beslutade om planen.",
        "Norr, Verksamhetsplan 2026: Styrelsen beslutade om planen.",
        ["Budget 2024", "Budget 2025", "Budget 2026", "Plan 2027"],
    ),
    "followed up": (
        "Verksamhetsplan 2026 Beslutad 20 november 2025 Gäller 2026, med plan för 2027",
        "20 februari 2026 Norr, Verksamhetsplan 2025. Året följdes upp: här står hur det gick.",
        "Norr, Verksamhetsplan 2025: Året följdes upp: här står hur det gick.",
        ["Budget 2024", "Utfall 2025", "Budget 2026", "Plan 2027"],
    ),
}
"""Expected contents of the förbund's page (the start page too), the log, the feeds and the series after each step."""


def test_a_whole_life(living: TestSite) -> None:
    """After each step the site tells it, every address that was answers, and no PDF that was is another or gone."""
    addresses: set[str] = set()
    papers: set[bytes] = set()
    for step, day in _life(living):
        assert living.run("bokför", day) == 0, living.printed
        assert living.build(pdfs=True) == 0, living.printed
        assert _shown(living, *SHOWN[step][:2]) == SHOWN[step], step
        assert addresses <= pages(living), step
        addresses |= {path for path in pages(living) if re.match(r"norr/\d", path)}
        listed = set(re.findall(r"norr/\d{4}/[^<]*", (living.output / "sitemap.xml").read_text("utf-8")))
        assert listed == {f"{path}/" for path in addresses if re.fullmatch(r"norr/\d{4}", path)}, step
        made = {paper.read_bytes() for paper in living.output.rglob("plan.pdf")}
        assert papers <= made, step
        papers |= made
    assert {*("forslag", "2024-11-20", "2025-03-14", "2026-02-20")} <= {
        path.removeprefix("norr/2025/") for path in addresses
    }
    assert len(papers) == 7, "the plan for 2024, four versions of the next and two of the last"


def _shown(site: TestSite, home: str, log: str) -> tuple[str, str, str, list[str]]:
    """Return what the pages show: of each text that is looked for, the text itself where it is there."""
    found = (
        told if told in said(page(site, path)) else f"not on {path}"
        for path, told in (("norr/", home), ("insyn/", log))
    )
    assert (home in said(page(site, ""))) is (home in said(page(site, "norr/")))
    (entry,) = {feed(site)[0], feed(site, "norr/atom.xml")[0]}
    rows = table(page(site, "norr/"), "kostnader-ar-for-ar-tabell")[1:]
    return (*found, entry, [row[0] for row in rows])
