"""The board's own document: published unchanged beside the plan, at a permanent address, and linked from the page."""

import json
import re
from pathlib import Path

import jsonschema

from tests.site import LAWFUL_PLAN, LAWFUL_PROPOSAL, PLAN_FILE, PROPOSAL_FILE, TestSite

BYTES = b"%PDF-1.4\n% styrelsens dokument\n%%EOF\n"
TITLE = "titel: Verksamhetsplan 2025"
NAMED = (TITLE, f"{TITLE}\n    original: beslutad-plan.pdf")
LINK = re.compile(r'<a href="([^"]+)">Planen i original</a>(?: \(([^)]+)\))?')
SCHEMA = Path(__file__).parent.parent / "assets" / "schema" / "plan-1.json"


def lay(site: TestSite, body: bytes = BYTES, name: str = "beslutad-plan.pdf") -> None:
    file = site.content / "norr/2025" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def test_a_file_beside_the_plan_is_published_as_it_is_and_its_page_leads_to_it(site: TestSite) -> None:
    lay(site)
    site.write_plan(LAWFUL_PLAN, NAMED)
    assert site.build() == 0, site.printed
    assert "fil-utanför" not in site.printed
    assert site.files()["norr/2025/beslutad-plan.pdf"] == BYTES
    found = LINK.search(site.page("norr/2025/"))
    assert found
    assert (found[1], found[2].replace("\u00a0", " ")) == ("../../norr/2025/beslutad-plan.pdf", "pdf, 37 byte")


def test_its_address_is_the_same_for_every_version(site: TestSite) -> None:
    lay(site)
    lay(site, b"odt", "forslag.odt")
    site.write(PROPOSAL_FILE, LAWFUL_PROPOSAL.replace(TITLE, f"{TITLE}\n    original: forslag.odt"))
    site.write_plan(LAWFUL_PLAN, NAMED)
    assert site.build() == 0, site.printed
    assert {"norr/2025/beslutad-plan.pdf", "norr/2025/forslag.odt"} <= site.files().keys()
    assert LINK.search(site.page("norr/2025/forslag/"))[1] == "../../../norr/2025/forslag.odt"  # type: ignore[index]


def test_a_changed_or_removed_file_is_noticed_by_the_next_build(site: TestSite) -> None:
    lay(site)
    site.write_plan(LAWFUL_PLAN, NAMED)
    site.build()
    lay(site, BYTES * 100)
    assert site.build() == 0, site.printed
    assert site.files()["norr/2025/beslutad-plan.pdf"] == BYTES * 100
    assert "pdf, 4 kB" in site.page("norr/2025/").replace("\u00a0", " ")
    (site.content / "norr/2025/beslutad-plan.pdf").unlink()
    assert site.build() != 0
    assert "original-saknas" in site.printed
    site.edit(PLAN_FILE, "original: beslutad-plan.pdf\n", "")
    assert site.build() == 0, site.printed
    assert "norr/2025/beslutad-plan.pdf" not in site.files()


def test_it_stays_when_another_association_is_edited(site: TestSite) -> None:
    """Then nothing of the förbund is composed."""
    site.edit("webbplats.yaml", "[norr]", "[norr, soder]")
    site.write("soder/forbund.md", (site.content / "norr/forbund.md").read_text("utf-8").replace("Norr", "Söder"))
    site.write("soder/2025/plan.md", LAWFUL_PLAN.replace("förbund: norr", "förbund: soder"))
    lay(site)
    site.write_plan(LAWFUL_PLAN, NAMED)
    assert site.build() == 0, site.printed
    site.edit("soder/2025/plan.md", 'dnr: "2024:17"', 'dnr: "2024:18"')
    assert site.build() == 0, site.printed
    assert site.files()["norr/2025/beslutad-plan.pdf"] == BYTES
    assert LINK.search(site.page("norr/2025/"))


def test_a_draft_publishes_nothing(site: TestSite) -> None:
    lay(site)
    site.write_plan(LAWFUL_PLAN)
    draft = LAWFUL_PLAN.replace("år: 2025\n    status: beslutad", "år: 2026\n    status: utkast")
    site.write("norr/2026/plan.md", draft.replace(TITLE, f"{TITLE}\n    original: utkast.pdf"))
    (site.content / "norr/2026/utkast.pdf").write_bytes(BYTES)
    site.build()
    assert "norr/2026/utkast.pdf" not in site.files()


def test_an_address_is_led_to(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, (TITLE, f"{TITLE}\n    original: https://norr.se/plan.pdf"))
    assert site.build() == 0, site.printed
    assert LINK.search(site.page("norr/2025/")).groups() == ("https://norr.se/plan.pdf", None)  # type: ignore[union-attr]


def test_without_one_the_sources_address_is_the_nearest(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, (TITLE, f"{TITLE}\n    källa: {{länk: 'https://norr.se/kalla.pdf'}}"))
    assert site.build() == 0, site.printed
    assert LINK.search(site.page("norr/2025/"))[1] == "https://norr.se/kalla.pdf"  # type: ignore[index]


def test_a_retold_plan_calls_its_pdf_what_it_is(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    assert site.build(pdfs=True) == 0, site.printed
    assert ">Planen som PDF</a>" in site.page("norr/2025/")
    site.edit(PLAN_FILE, "status: beslutad", "status: beslutad\nåterberättad: ja")
    assert site.build(pdfs=True) == 0, site.printed
    page = site.page("norr/2025/")
    assert ">Den här sidan som PDF</a>" in page
    assert "Planen som PDF" not in page


def test_open_data_leads_to_it_and_tells_when_minutes_were_posted(site: TestSite) -> None:
    lay(site)
    decided = "beslut: {organ: styrelsen, datum: 2024-11-20"
    site.write_plan(LAWFUL_PLAN, NAMED, (decided, f"{decided}, anslaget: 2024-12-04"))
    assert site.build() == 0, site.printed
    plan = json.loads(site.files()["norr/2025/plan.json"])
    assert plan["original"] == "../../norr/2025/beslutad-plan.pdf"
    assert plan["beslut"]["anslaget"] == "2024-12-04"
    jsonschema.validate(plan, json.loads(SCHEMA.read_text("utf-8")))
    site.edit("webbplats.yaml", "namn: Provplatsen", "namn: Provplatsen\nadress: https://norr.se/planer/")
    assert site.build() == 0, site.printed
    told = json.loads(site.files()["norr/2025/plan.json"])["original"]
    assert told == "https://norr.se/planer/norr/2025/beslutad-plan.pdf"
