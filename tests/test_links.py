"""Links within the site: to a plan's own files, and the problems of broken ones."""

import re
from pathlib import Path
from posixpath import join, normpath

import pytest

from insyn.site.facts import PlanWork
from insyn.texts import Texts
from tests.site import LAWFUL_PLAN, LAWFUL_PROPOSAL, PLAN, PROPOSAL_FILE, TestSite
from tests.versions import publish as publish_versions

TEXT = "Förbundet stödjer samverkan."
PAGE_WITH_LINKS = "---\ntitel: Om\n---\n{text}\n"


def written(site: TestSite, link: str) -> None:
    site.write_plan(PLAN, (TEXT, f"{TEXT} Se [mer]({link})."))


def hrefs(html: str) -> list[str]:
    return re.findall(r'href="([^"#]*)', html)


# --- A plan's own files ---------------------------------------------------------------------------------------------

OWN = ("budget.csv", "./budget.xlsx", "budget-excel.csv", "plan.json", "vem-betalar.csv", "vem-betalar.svg")


@pytest.mark.parametrize("name", OWN)
def test_a_text_may_link_to_what_its_plan_publishes(site: TestSite, name: str) -> None:
    written(site, name)
    assert site.found() == ()
    assert site.build() == 0, site.printed
    assert name in hrefs(site.page("norr/2025/"))
    assert (site.output / "norr/2025" / name).is_file()


def test_the_files_that_may_be_linked_to_are_those_that_are_published(project: Path, tmp_path: Path) -> None:
    """Of the five plans, and of versions."""
    site = TestSite(tmp_path, content=project / "content")
    assert site.build() == 0, site.printed
    for folder, work in works_of(site):
        beside = {file.name for file in (site.output / folder).iterdir() if file.is_file()}
        assert work.files == beside - {"index.html", "plan.pdf"}


def works_of(site: TestSite) -> list[tuple[str, PlanWork]]:
    from insyn.build.examine import examine_plan
    from insyn.disk.content import read_texts
    from insyn.disk.materials import read_catalogue
    from insyn.texts import read_texts as read_sentences
    from tests.site import list_content, read_content

    associations, _ = read_content(site.content)
    plans, sentences = list_content(site.content).plans, read_sentences(read_catalogue())
    texts, _ = read_texts(site.content, "content", plans)
    works = ((file, examine_plan(file, texts[file.path], associations[file.name], sentences).work) for file in plans)
    return [(f"{file.name}/{file.year}/", work) for file, work in works if work]


def test_a_link_to_the_pdf_leads_there_and_a_build_without_says_so(site: TestSite) -> None:
    written(site, "plan.pdf")
    assert site.run("kontrollera") == 0
    assert "länk" not in site.printed
    assert site.build() == 0
    assert "VARNING  länk-till-pdf" in site.printed
    assert site.build(pdfs=True) == 0
    assert "länk" not in site.printed
    assert (site.output / "norr/2025/plan.pdf").is_file()


def test_text_pages_link_to_the_files_of_plans(site: TestSite) -> None:
    site.write_plan()
    links = ("../norr/2025/budget.csv", "../norr/2025/plan.json", "../norr/2025/vem-betalar.svg")
    site.write("sidor/om.md", PAGE_WITH_LINKS.format(text=" ".join(f"[a]({link})" for link in links)))
    assert site.build() == 0, site.printed
    for link in links:
        assert link in hrefs(site.page("om/"))
        assert (site.output / "om" / link).resolve().is_file()


def test_a_kept_version_links_to_its_own_file_and_to_other_pages_as_before(site: TestSite) -> None:
    change = ("Förbundet följer lagen (2003:1210).", "Se [budgeten](budget.csv) och [förbundet](../).")
    site.write(PROPOSAL_FILE, LAWFUL_PROPOSAL.replace(*change))
    site.write_plan(LAWFUL_PLAN, change)
    assert site.build() == 0, site.printed
    for page, up in (("norr/2025/", "../"), ("norr/2025/forslag/", "../../")):
        links = hrefs(site.page(page))
        assert "budget.csv" in links
        assert normpath(join(page, up)) == "norr"
        assert f'<a href="{up}">förbundet</a>' in site.page(page)


def test_a_kept_version_links_to_no_file_that_only_a_later_one_has(site: TestSite) -> None:
    """The link in it would lead beside its own page."""
    without = re.sub(r" +eget_kapital:\n.*\n.*\n", "", LAWFUL_PROPOSAL)
    link = ("(2003:1210).", "(2003:1210) och [eget kapital](eget-kapital.csv).")
    site.write(PROPOSAL_FILE, without.replace(*link))
    site.write_plan(LAWFUL_PLAN, link)
    assert [(one.code, one.place.file) for one in site.found()] == [("link-broken", f"content/{PROPOSAL_FILE}")]


def test_every_link_of_the_versions_site_leads_somewhere(tmp_path: Path) -> None:
    publish_versions(tmp_path)
    site = TestSite(tmp_path)
    for file in site.output.rglob("*.html"):
        for link in hrefs(file.read_text("utf-8")):
            if link.startswith((".", "budget")):
                assert (file.parent / link).exists(), (file, link)


# --- What leads nowhere ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "hint", "suggestion"),
    [
        ("info@norr.se", "link-mail", "mailto:info@norr.se"),
        ("anna.ek@norr.se?subject=Planen", "link-mail", "mailto:anna.ek@norr.se?subject=Planen"),
        ("mailto.info@norr.se", "link-mail", "mailto:info@norr.se"),
        ("0380-12345", "link-phone", "tel:038012345"),
        ("<+46 (0)380-123 45>", "link-phone", "tel:+4638012345"),
        ("www.norr.se", "link-host", "https://www.norr.se"),
        ("norr.se/planer", "link-host", "https://norr.se/planer"),
        ("https//norr.se", "link-host", "https://norr.se"),
        (r"\\\\server\\planer\\plan.pdf", "link-disk", ""),
        ("~/planer/plan.pdf", "link-disk", ""),
        ("/Users/anna/plan.pdf", "link-disk", ""),
        ("plan.md", "link-source", "./"),
        ("plan.md#1-uppdrag", "link-source", "#1-uppdrag"),
        ("../forbund.md", "link-source", "../"),
        ("../../sidor/om.md", "link-source", "../../om/"),
        ("../../om.md", "link-source", "../../om/"),
        ("../../om/index.html", "link-source", "../../om/"),
        ("../2024/plan.md", "link-source", "../2024/"),
        ("../2024", "link-near", "../2024/"),
        ("../../omm/", "link-near", "../../om/"),
        ("budget.xls", "link-near", "budget.xlsx"),
        ("../2023/", "link-page", ""),
        ("../2023/plan.md", "link-file", ""),
        ("bilaga.docx", "link-file", ""),
        ("#Uppdrag", "link-anchor", "#1-uppdrag"),
        ("#1.-uppdrag", "link-anchor", "#1-uppdrag"),
        ("#helabudgeten", "link-anchor", "#hela-budgeten"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_how_to_be_written(
    site: TestSite, link: str, hint: str, suggestion: str
) -> None:
    site.write("sidor/om.md", PAGE_WITH_LINKS.format(text="Text."))
    site.write("norr/2024/plan.md", re.sub("202[456]", lambda year: str(int(year[0]) - 1), PLAN))
    written(site, link)
    told = [(one.code, one.hint, dict(one.values).get("suggestion", "")) for one in site.found()]
    assert told == [("link-broken", hint, suggestion)]


@pytest.mark.parametrize("link", ["info@norr.se", "plan.md", "../2025", "budget.xls", "#Uppdrag", "norr.se"])
def test_who_does_as_the_advice_says_has_no_fault_left(site: TestSite, link: str) -> None:
    written(site, link)
    (found,) = site.found()
    written(site, dict(found.values)["suggestion"])
    assert site.found() == ()


@pytest.mark.parametrize("link", [r"C:\Planer\plan.docx", "C:/Planer/plan.docx", "smb://server/plan", "ftp://norr.se"])
def test_what_no_reader_can_open_is_not_published(site: TestSite, texts: Texts, link: str) -> None:
    written(site, link)
    (found,) = site.found()
    assert found.code == "link-unsafe"
    assert ("dator" in texts.advice(found)) == link.startswith("C:")


def test_a_link_keeps_its_question_and_a_files_page(site: TestSite) -> None:
    site.write_plan(PLAN, (TEXT, "Sök [kurs](../../sok/?q=kurs), läs [sidan 3](plan.pdf#page=3)."))
    assert site.found() == ()
