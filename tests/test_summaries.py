"""Texts beside a plan: lättläst and in other languages, each a page in its own language, linked both ways."""

import pytest

from tests.site import LAWFUL_PLAN, TestSite

EASY, ENGLISH, ARABIC = (f"norr/2025/{name}.md" for name in ("lattlast", "sammanfattning.en", "sammanfattning.ar"))
TEXT = "---\ntitel: {title}\nskriven_av: Kim Ek\n---\n\n{body}\n"


def lay(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN)
    site.write(EASY, TEXT.format(title="Planen, lättläst", body="Vi hjälper människor till arbete."))
    site.write(ENGLISH, TEXT.format(title="Our plan", body="We help people find work."))
    site.write(ARABIC, TEXT.format(title="خطتنا", body="نساعد الناس."))


def test_the_plan_leads_to_each_text_in_its_own_language_and_back(site: TestSite) -> None:
    lay(site)
    assert site.build() == 0, site.printed
    plan = site.page("norr/2025/")
    for address, lang, name in (("lattlast", "sv", "Lättläst"), ("en", "en", "In English"), ("ar", "ar", "العربية")):
        assert f'{address}/" lang="{lang}" hreflang="{lang}">{name}</a>' in plan
        assert 'href="../../../norr/2025/"' in site.page(f"norr/2025/{address}/")
    assert plan.index(">Lättläst<") < plan.index(">العربية<")


def test_each_page_says_which_language_its_parts_are_in(site: TestSite) -> None:
    lay(site)
    assert site.build() == 0, site.printed
    easy, english, arabic = (site.page(f"norr/2025/{one}/") for one in ("lattlast", "en", "ar"))
    assert '<html lang="sv">' in easy
    assert "Det här är en lättläst version." in easy
    assert "Texten är skriven av Kim Ek." in easy
    assert '<html lang="en">' in english
    assert all(words in english for words in ("Skip to the content", "You are here", "Main menu", "(adopted)"))
    assert '<ul class="menu" lang="sv">' in english
    assert '<html lang="sv">' in arabic
    assert ' lang="ar" dir="rtl">' in arabic


def test_swedish_is_checked_and_other_languages_are_not(site: TestSite) -> None:
    lay(site)
    for file in (EASY, ENGLISH):
        site.write(file, TEXT.format(title="Text", body="• ett\n• två"))
    site.build()
    assert EASY in site.printed
    assert ENGLISH not in site.printed


def test_no_text_may_hold_a_personnummer(site: TestSite) -> None:
    lay(site)
    site.edit(ARABIC, "نساعد", "19811218-9876 نساعد")
    assert site.build() != 0
    assert "personnummer" in site.printed


def test_an_edited_added_or_removed_text_is_noticed_by_the_next_build(site: TestSite) -> None:
    lay(site)
    site.build()
    site.edit(ENGLISH, "find work", "find a job")
    assert site.build() == 0, site.printed
    assert "find a job" in site.page("norr/2025/en/")
    (site.content / ENGLISH).unlink()
    assert site.build() == 0, site.printed
    assert "norr/2025/en/index.html" not in site.files()
    assert "In English" not in site.page("norr/2025/")


@pytest.mark.parametrize(
    ("name", "told"),
    [("sammanfattning.xx", "språk-okänt"), ("sammanfattning", "heter lattlast.md"), ("lättläst", "heter lattlast.md")],
)
def test_a_text_that_is_called_something_else_is_told_of(site: TestSite, name: str, told: str) -> None:
    lay(site)
    site.write(f"norr/2025/{name}.md", TEXT.format(title="Our plan", body="Text."))
    site.build()
    assert told in site.printed


def test_a_link_to_no_page_is_told_of(site: TestSite) -> None:
    lay(site)
    site.edit(ENGLISH, "We help", "[We](/norr/1999/) help")
    assert site.build() != 0
