"""A year that is over: its outcome and its goals are added to its plan, and all texts are about the result."""

import json
import re

import pytest

from tests.published import page, said
from tests.site import LAWFUL_PLAN, PLAN, TestSite
from tests.test_comparison import table

OUTCOME = "        - {id: u2025, år: 2025, typ: utfall}\n"
DECIDED = LAWFUL_PLAN.replace("    förslag_publicerat: 2024-11-06\n", "")
"""A plan whose later years are chained to its budget: 310 000 kronor are saved at the end of 2025."""
FOLLOWED = (
    re.sub(r"belopp: \[([\d ]+), ([\d ]+), ([\d ]+)\]", r"belopp: [\1, \1, \2, \3]", DECIDED)
    .replace("        - {id: p2026", f"{OUTCOME}        - {{id: p2026")
    .replace("[1 540 000, 1 540 000,", "[1 540 000, 1 400 000,")
    .replace("[1 940 000, 1 940 000,", "[1 940 000, 1 800 000,")
    .replace("[60 000, 60 000,", "[60 000, 200 000,")
    .replace("[310 000, 310 000,", "[310 000, 450 000,")
    .replace("    beslut: {", "    uppföljd: 2026-02-20\n    beslut: {")
)
WORTH_SAYING = {"decided-not-kept"}


def publish(site: TestSite, plan: str, *changes: tuple[str, str]) -> str:
    """Publish a plan; return the text of its page."""
    site.write_plan(plan, *changes)
    assert site.build() == 0, site.printed
    return site.text_of("norr/2025/")


def key_figures(site: TestSite) -> list[str]:
    found = (one for one in page(site, "norr/2025/").iter("dl") if "key-figures" in (one.get("class") or ""))
    return [said(one) for figures in found for one in figures]


# --- The guide's own steps ------------------------------------------------------------------------------------------


def test_following_up_the_year_as_the_guide_says_gives_no_fault(site: TestSite) -> None:
    site.write("norr/2025/versioner/2024-11-20.md", DECIDED)
    site.write_plan(FOLLOWED)
    assert site.found() == ()


def test_later_years_are_counted_from_what_they_were_planned_from(site: TestSite) -> None:
    """2026 was planned from the 310 000 of the budget, and not from the 450 000 that there were in the end."""
    publish(site, FOLLOWED)
    assert table(page(site, "norr/2025/"), "sparade-pengar-tabell")[1:] == [
        ["Budget 2025", "250 000", "310 000"],
        ["Utfall 2025", "250 000", "450 000"],
        ["Plan 2026", "310 000", "320 000"],
        ["Plan 2027", "320 000", "330 000"],
    ]


def test_later_years_may_be_counted_from_the_outcome_when_the_plan_does_so(site: TestSite) -> None:
    site.write_plan(FOLLOWED, ("[310 000, 450 000, 320 000, 330 000]", "[310 000, 450 000, 460 000, 470 000]"))
    assert {one.code for one in site.found()} == WORTH_SAYING


def test_a_later_year_that_follows_from_neither_is_still_a_fault(site: TestSite) -> None:
    site.write_plan(FOLLOWED, ("[310 000, 450 000, 320 000, 330 000]", "[310 000, 450 000, 321 000, 331 000]"))
    assert "equity-differs" in {one.code for one in site.found()}


def test_a_deviation_that_was_written_only_for_the_outcome_is_needless_and_isnt_shown(site: TestSite) -> None:
    known = (
        "      avvikelser:\n        - {kontroll: eget-kapital, kolumn: p2026, differens: 140 000, orsak: utfall, "
        "text: Planen gjordes före utfallet.}\n      finansiella_mål:"
    )
    assert "Planen gjordes före utfallet" not in publish(site, FOLLOWED, ("      finansiella_mål:", known))
    assert "VARNING  avvikelse-onödig" in site.printed


def test_a_year_that_opens_with_a_forecast_stays_right_when_that_years_outcome_is_added(site: TestSite) -> None:
    """The plan for 2025 was made from a forecast for 2024; the outcome came afterwards, into the same table."""
    columns = (
        "        - {id: pr, år: 2024, typ: prognos}\n        - {id: u, år: 2024, typ: utfall}\n        - {id: b2025"
    )
    grown = re.sub(r"belopp: \[([\d ]+), ", r"belopp: [\1, \1, \1, ", DECIDED)
    grown = grown.replace("        - {id: b2025", columns).replace(
        "år: 2024, belopp: 250 000", "år: 2023, belopp: 190 000"
    )
    grown = grown.replace("[310 000, 310 000, 310 000, ", "[250 000, 251 000, 310 000, ")
    grown = grown.replace("[1 540 000, 1 540 000, 1 540", "[1 540 000, 1 539 000, 1 540")
    grown = grown.replace("[1 940 000, 1 940 000, 1 940", "[1 940 000, 1 939 000, 1 940")
    site.write_plan(grown.replace("[60 000, 60 000, 60 000, ", "[60 000, 61 000, 60 000, "))
    assert site.found() == ()


# --- One story ------------------------------------------------------------------------------------------------------


def test_with_the_outcome_known_everything_tells_how_it_went_and_what_was_planned(site: TestSite) -> None:
    told = publish(site, FOLLOWED)
    assert (
        "Samordningsförbundet Norr hade intäkter på 2 miljoner kronor under 2025 och använde 1,8 miljoner kronor. "
        "Resten, 200 000 kronor, sparades. Budgeten räknade med intäkter på 2 miljoner kronor och kostnader på "
        "1,94 miljoner kronor."
    ) in told
    assert "räknar med intäkter" not in told
    assert "De sparade pengarna var 450 000 kronor i slutet av 2025" in told
    assert "Förbundet fick ett överskott på 200 000 kronor 2025" in told
    assert "Intäkterna var 200 000 kronor högre än kostnaderna 2025" in told
    assert "I budgeten för 2025 var det ett överskott på 60 000 kronor." in told
    assert "Budgeten räknade med att 310 000 kronor skulle finnas kvar." in told
    assert "Innan utfallet var känt räknade planen med att 330 000 kronor skulle finnas kvar i slutet av 2027." in told


def test_the_key_figures_are_the_outcome_each_beside_its_budget(site: TestSite) -> None:
    publish(site, FOLLOWED)
    assert key_figures(site) == [
        "Intäkter 2025, utfall 2,00 mnkr budgeten var 2,00 mnkr",
        "Kostnader 2025, utfall 1,80 mnkr budgeten var 1,94 mnkr",
        "Resultat 2025, utfall +200 000 kr lades till de sparade pengarna; budgeten var +60 000 kr",
        "Sparade pengar i slutet av 2025, utfall 450 000 kr budgeten var 310 000 kr",
    ]


def test_the_line_of_saved_money_ends_with_what_was_counted(site: TestSite) -> None:
    """Else it would fall from what was counted to what had been planned before, though no money went."""
    publish(site, FOLLOWED)
    drawn = (site.output / "norr/2025/sparade-pengar.svg").read_text("utf-8")
    assert "2025" in drawn
    assert "2026" not in drawn


def test_rows_of_one_name_and_year_say_of_which_kind_they_are(site: TestSite) -> None:
    told = publish(site, FOLLOWED)
    assert "Eget kapital 2025 (budget) 310 000" in told
    assert "Eget kapital 2025 (utfall) 450 000" in told
    assert "Eget kapital 2026 320 000" in told


def test_an_outcome_that_doesnt_tell_both_sides_leaves_the_budget_to_tell_the_year(site: TestSite) -> None:
    blank = re.sub(r"belopp: \[([\d ]+), [\d ]+, ([\d ]+), ([\d ]+)\]", r"belopp: [\1, ~, \2, \3]", FOLLOWED)
    told = publish(site, blank)
    assert "Samordningsförbundet Norr räknar med intäkter på 2 miljoner kronor" in told
    assert "utfall" not in " ".join(key_figures(site))


# --- A part of a year -----------------------------------------------------------------------------------------------

PART = FOLLOWED.replace("typ: utfall}", 'typ: utfall, per: "2025-08"}').replace("    uppföljd: 2026-02-20\n", "")


def test_the_outcome_of_a_part_of_a_year_is_never_told_as_the_years(site: TestSite) -> None:
    told = publish(site, PART)
    assert "Utfall till och med augusti 2025" in told
    assert "räknar med intäkter på 2 miljoner kronor" in told
    assert "blev" not in told
    assert "Blev det som planerat?" not in told
    assert "Utfall 2025" not in told
    assert "utfall" not in " ".join(key_figures(site))


def test_the_outcome_of_a_part_of_a_year_isnt_in_series_over_years(site: TestSite) -> None:
    publish(site, PART)
    assert [row[0] for row in table(page(site, "norr/"), "tabell-ar-for-ar")] == [
        "År", "Budget 2025", "Plan 2026", "Plan 2027",
    ]  # fmt: skip
    assert "utfall" not in (site.output / "norr/data/ar-for-ar.csv").read_text("utf-8")


def test_the_open_data_say_which_month_a_part_of_a_year_ends_with(site: TestSite) -> None:
    publish(site, PART)
    rows = (site.output / "norr/2025/budget.csv").read_text("utf-8").splitlines()
    assert rows[0].endswith(",kolumn,grupp,per")
    assert all(row.endswith(",2025-08") == (",utfall," in row) for row in rows[1:])


def test_an_outcome_up_to_december_is_the_years(site: TestSite) -> None:
    assert "hade intäkter" in publish(site, FOLLOWED, ("typ: utfall}", 'typ: utfall, per: "2025-12"}'))


def test_a_part_of_a_year_cant_be_what_a_plan_is_about(site: TestSite) -> None:
    site.write_plan(
        PART, ("      kapitalmodell: separat\n", "      kapitalmodell: separat\n      huvudkolumn: u2025\n")
    )
    assert site.build() == 1
    assert "FEL  huvudkolumn-del" in site.printed


# --- Goals ----------------------------------------------------------------------------------------------------------

GOALS = """\
    mål:
      - text: Fler ska komma i arbete.
        delmål:
          - {text: Minst 45 procent, målvärde: {riktning: minst, värde: 45, enhet: "%"}, status: inte-uppnått}
          - {text: Nya deltagare, status: uppnått}
          - {text: Kort kö, status: uppnått}
          - {text: Nöjda, status: uppnått}
          - {text: Okänt}
"""


def test_goals_are_counted_alike_wherever_they_are_told(site: TestSite) -> None:
    told = publish(site, FOLLOWED, ("    mål:\n      - {text: Fler ska komma i arbete.}\n", GOALS))
    assert "Tre av fyra uppföljda delmål nåddes 2025" in told
    assert "Tre av fyra uppföljda delmål nåddes 2025" in site.text_of("norr/mal/")
    whole = json.loads((site.output / "norr/2025/plan.json").read_text("utf-8"))
    assert whole["mal_antal"] == {"delmal": 5, "uppfoljda": 4, "uppnadda": 3}


# --- As a step of a plan's life -------------------------------------------------------------------------------------


def test_the_day_of_a_follow_up_is_told_and_leaves_the_day_of_the_decision(site: TestSite) -> None:
    site.write("norr/2025/versioner/2024-11-20.md", DECIDED)
    told = publish(site, FOLLOWED)
    assert "Beslutad 20 november 2024" in told
    assert "Uppföljd: 20 februari 2026" in told
    assert "20 februari 2026 Året följdes upp: här står hur det gick." in told
    assert "Vad uppföljningen ändrade" in told
    difference = site.text_of("norr/2025/andringar/2024-11-20/")
    assert "Uppföljning av planen" in difference
    assert "Planen följdes upp den 20 februari 2026." in difference
    assert "Vad som ändrades" not in difference


def test_a_follow_up_within_the_year_says_that_the_year_isnt_over(site: TestSite) -> None:
    told = publish(site, PART, ("    beslut: {", "    uppföljd: 2025-09-17\n    beslut: {"))
    assert "17 september 2025 Året följdes upp innan det var slut: här står hur det går." in told
    assert "hur det gick" not in told


def test_an_outcome_without_a_day_of_its_own_is_told_to_staff(site: TestSite) -> None:
    publish(site, FOLLOWED, ("    uppföljd: 2026-02-20\n", ""))
    assert "VARNING  uppföljning-utan-dag" in site.printed


def test_a_follow_up_without_the_decided_version_is_told_to_staff(site: TestSite) -> None:
    publish(site, FOLLOWED)
    assert "VARNING  beslut-inte-sparat" in site.printed


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (("uppföljd: 2026-02-20", "uppföljd: 2024-11-19"), "uppföljning-för-tidig"),
        (("beslut: {organ: styrelsen, datum: 2024-11-20}\n    budget", "budget"), "uppföljning-av-förslag"),
    ],
)
def test_a_follow_up_that_cant_have_been_is_a_fault(change: tuple[str, str], name: str, site: TestSite) -> None:
    proposed = [("status: beslutad", "status: förslag")] if name.endswith("förslag") else []
    site.write_plan(FOLLOWED, change, *proposed)
    assert site.build() == 1
    assert f"FEL  {name}" in site.printed


# --- Reports --------------------------------------------------------------------------------------------------------


def test_an_annual_report_is_called_so(site: TestSite) -> None:
    told = publish(site, FOLLOWED, ("    status:", "    dokument: årsredovisning\n    status:"))
    assert "Årsredovisningens historia" in told
    assert "Styrelsen beslutade om årsredovisningen den 20 november 2024." in told
    assert "Så hänvisar du till årsredovisningen" in told
    assert "För 2025" in told
    assert "i tid" not in told, "the law sets a day for a budget alone"
    of_a_column = r"Planen är 1 990 000|Planen för 202\d visar|räknade planen med"
    assert not re.search(r"\b[Pp]lanens?\b", re.sub(of_a_column, "", told))
    assert "Årsredovisningen för 2025" in site.text_of("norr/")


def test_an_interim_report_is_about_the_forecast(site: TestSite) -> None:
    report = PART.replace("typ: budget}", "typ: prognos}").replace(
        "    status:", "    dokument: delårsrapport\n    status:"
    )
    told = publish(site, report)
    assert "Samordningsförbundet Norr väntas få intäkter på 2 miljoner kronor under 2025" in told
    assert "räknar med" not in told
    assert "Delårsrapporten i sin helhet" in told


def test_an_interim_report_with_only_a_budget_says_that_it_is_one(site: TestSite) -> None:
    told = publish(site, PART, ("    status:", "    dokument: delårsrapport\n    status:"))
    assert "I budgeten för 2025 hade Samordningsförbundet Norr intäkter på 2 miljoner kronor" in told


def test_an_annual_report_needs_no_budget(site: TestSite) -> None:
    report = PLAN.replace("    status:", "    dokument: årsredovisning\n    status:").replace(
        "typ: budget", "typ: utfall"
    )
    assert "hade intäkter på 2 miljoner kronor under 2025" in publish(site, report)
