"""Published versions are permanent: the ledger that staff write with a command, and the checks against it."""

from datetime import date
from pathlib import Path

import pytest

from tests.published import page, said
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite
from tests.test_life import ADOPTED, PROPOSAL, REVISED, feed, leads_to, pages, robots

LEDGER = "publicerat.txt"
REMOVED = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    år: 2025
    borttagen: {datum: 2025-05-04, skäl: Planen lades ut av misstag.}
    ---
"""


@pytest.fixture
def kept(site: TestSite) -> TestSite:
    """A site whose decided plan, with its proposal, is in the ledger, beside a plan of the year before."""
    site.write("norr/2024/plan.md", PLAN.replace("2025", "2024").replace("2026", "2025").replace("2024-11", "2023-11"))
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    site.write_plan(ADOPTED)
    assert site.run("bokför", "2025-01-07") == 0, site.printed
    return site


def lines(site: TestSite) -> list[list[str]]:
    """Return the ledger's lines, each as its words."""
    text = (site.content / LEDGER).read_text("utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]


def told(site: TestSite, *words: str) -> str:
    """Run a command, and return its output."""
    site.run(*words)
    return site.printed


# --- Written --------------------------------------------------------------------------------------------------------


def test_a_person_can_read_which_versions_stood_where_and_since_when(kept: TestSite) -> None:
    assert [line[:3] for line in lines(kept)] == [
        ["2025-01-07", "norr/2024/", "norr/2024/plan.md"],
        ["2025-01-07", "norr/2025/forslag/", "norr/2025/versioner/forslag.md"],
        ["2025-01-07", "norr/2025/2024-11-20/", "norr/2025/plan.md"],
    ]
    assert (kept.content / LEDGER).read_text("utf-8").startswith("# Det här har publicerats på webbplatsen.")


def test_a_sum_in_the_ledger_is_the_beginning_of_what_any_program_counts(kept: TestSite) -> None:
    from hashlib import sha256

    whole = sha256((kept.content / "norr/2025/plan.md").read_bytes()).hexdigest()
    assert lines(kept)[2][3] == f"källa:{whole[:32]}"


def test_only_what_is_new_is_written_after_what_stands_there(kept: TestSite) -> None:
    before = (kept.content / LEDGER).read_text("utf-8")
    assert "Inget nytt att bokföra." in told(kept, "bokför", "2025-02-01")
    assert (kept.content / LEDGER).read_text("utf-8") == before
    kept.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    kept.write_plan(REVISED)
    assert "Bokfört 2025-03-15: 2 nya rader i content/publicerat.txt." in told(kept, "bokför", "2025-03-15")
    assert (kept.content / LEDGER).read_text("utf-8").startswith(before)
    assert [line[:3] for line in lines(kept)[3:]] == [
        ["2025-03-15", "norr/2025/2024-11-20/", "norr/2025/versioner/2024-11-20.md"],
        ["2025-03-15", "norr/2025/2025-03-14/", "norr/2025/plan.md"],
    ]


def test_the_day_is_today_unless_another_is_asked_for(site: TestSite) -> None:
    site.write_plan()
    assert site.run("bokför") == 0
    assert date.fromisoformat(lines(site)[0][0]) == date.today()


@pytest.mark.parametrize(
    ("day", "why"),
    [("2025-13-01", "är ingen dag"), ("2999-01-01", "har inte varit än"), ("20 mars", "är ingen dag")],
)
def test_a_day_that_cant_be_is_turned_down(day: str, why: str, site: TestSite) -> None:
    site.write_plan()
    assert site.run("bokför", day) == 2
    assert why in site.printed
    assert not (site.content / LEDGER).exists()


def test_nothing_is_written_while_anything_is_wrong(site: TestSite) -> None:
    site.write_plan(PLAN, ("[2 000 000, 2 000 000]}\n      kostnader", "[2 000 001, 2 000 000]}\n      kostnader"))
    assert site.run("bokför") == 1
    assert "1 fel. Inget har bokförts." in site.printed
    assert not (site.content / LEDGER).exists()


def test_a_ledger_that_cant_be_written_is_left_as_it_was(kept: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (kept.content / LEDGER).read_bytes()
    kept.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    kept.write_plan(REVISED)

    def full(_self: Path, _target: Path) -> None:
        raise OSError("disken är full")

    monkeypatch.setattr(Path, "replace", full)
    assert kept.run("bokför", "2025-03-15") == 2
    assert "disken är full" in kept.printed
    assert (kept.content / LEDGER).read_bytes() == before
    assert [file.name for file in kept.content.iterdir() if file.name.startswith(".")] == []


# --- Checked --------------------------------------------------------------------------------------------------------


def test_a_frozen_version_that_changed_is_a_fault_and_publishes_nothing(kept: TestSite) -> None:
    assert kept.build() == 0
    before = kept.files()
    kept.edit("norr/2025/versioner/forslag.md", "Förbundet stödjer", "Förbundet stöder")
    assert kept.build() == 1
    assert "content/norr/2025/versioner/forslag.md:1:1  FEL  sparad-version-ändrad" in kept.printed
    assert "sedan den bokfördes 7\u00a0januari 2025" in kept.printed
    assert "Beloppen är desamma, men något annat är ändrat." in kept.printed
    assert kept.files() == before


def test_it_is_said_when_it_is_the_figures_that_changed(kept: TestSite) -> None:
    for before, after in (("[300 000, 300 000]", "[310 000, 300 000]"), ("[200 000, 200 000]", "[190 000, 200 000]")):
        kept.edit("norr/2025/versioner/forslag.md", before, after)
    assert "Beloppen är andra." in told(kept, "kontrollera")


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_and_byte_order_marks_are_no_change(ends: str, kept: TestSite) -> None:
    for name in (LEDGER, "norr/2025/versioner/forslag.md"):
        text = (kept.content / name).read_text("utf-8")
        (kept.content / name).write_bytes(("\ufeff" + text).replace("\n", ends).encode())
    assert kept.run("kontrollera") == 0, kept.printed
    assert "Inget nytt att bokföra." in told(kept, "bokför", "2025-02-01")


def test_what_was_worked_on_and_is_frozen_otherwise_must_be_acknowledged(site: TestSite) -> None:
    """The proposal was edited and published after it was written into the ledger, and then kept as it was at last."""
    site.write_plan(PROPOSAL)
    assert site.run("bokför", "2024-10-28") == 0
    site.write("norr/2025/versioner/forslag.md", PROPOSAL.replace("stödjer", "stöder"))
    site.write_plan(ADOPTED)
    assert site.run("kontrollera") == 1
    assert "FEL  sparad-version-annorlunda" in site.printed
    assert site.run("bokför", "2024-11-21") == 0, site.printed
    assert site.run("kontrollera") == 0
    assert len([line for line in lines(site) if line[1] == "norr/2025/forslag/"]) == 2


def test_a_decided_plan_with_other_figures_and_the_same_day_is_told(kept: TestSite) -> None:
    for before, after in (("[300 000, 300 000]", "[310 000, 300 000]"), ("[200 000, 200 000]", "[190 000, 200 000]")):
        kept.edit("norr/2025/plan.md", before, after)
    assert "VARNING  beslutad-plan-ändrad" in told(kept, "kontrollera")
    assert "beslutad-plan-ändrad" not in told(kept, "bokför", "2025-02-01")
    assert "beslutad-plan-ändrad" not in told(kept, "kontrollera")


def test_a_misprint_in_a_decided_plan_may_be_mended(kept: TestSite) -> None:
    kept.edit("norr/2025/plan.md", "Förbundet stödjer", "Förbundet stöder")
    assert kept.run("kontrollera") == 0
    assert "beslutad-plan-ändrad" not in kept.printed


# --- Addresses that would vanish ------------------------------------------------------------------------------------


def move(site: TestSite, before: str, after: str) -> None:
    (site.content / before).rename(site.content / after)


def test_a_removed_plan_is_a_fault_for_each_address_that_it_had(kept: TestSite) -> None:
    move(kept, "norr/2025/plan.md", "plan-2025.md")
    move(kept, "norr/2025/versioner", "norr-versioner")
    assert kept.run("kontrollera") == 1
    assert kept.printed.count("FEL  adress-försvinner") == 2
    assert "content/publicerat.txt:5:1  FEL  adress-försvinner" in kept.printed
    assert "Adressen norr/2025/forslag/ har varit publicerad och skulle försvinna." in kept.printed


def test_a_renamed_folder_of_a_year_answers_by_an_alias_for_each_address(kept: TestSite) -> None:
    move(kept, "norr/2024", "norr/2023")
    kept.edit("norr/2023/plan.md", "år: 2024\n", "år: 2023\n")
    kept.edit("norr/2023/plan.md", "år: 2024, typ: budget", "år: 2023, typ: budget")
    assert "FEL  adress-försvinner" in told(kept, "kontrollera")
    kept.edit("norr/2023/plan.md", "\nstatus:", "\nalias: norr/2024\nstatus:")
    assert kept.build() == 0, kept.printed
    assert leads_to(kept, "norr/2024/") == "norr/2023"


def test_a_plan_may_be_taken_away_with_a_reason_that_stands_at_its_addresses(kept: TestSite) -> None:
    kept.write_plan(REMOVED)
    assert kept.build() == 0, kept.printed
    for path in ("norr/2025/", "norr/2025/forslag/", "norr/2025/2024-11-20/"):
        assert "Planen togs bort härifrån den 4 maj 2025. Skälet: Planen lades ut av misstag." in kept.text_of(path)
        assert robots(kept, path) == "noindex"
    assert not (kept.output / "norr/2025/plan.json").exists()
    assert "Verksamhetsplan 2025" not in kept.text_of("norr/")


def test_a_plan_that_is_taken_away_may_keep_the_rest_of_its_file(kept: TestSite) -> None:
    kept.edit("norr/2025/plan.md", "\nstatus:", "\nborttagen: {datum: 2025-05-04, skäl: Den gällde fel år.}\nstatus:")
    assert kept.build() == 0, kept.printed
    assert "Den gällde fel år." in kept.text_of("norr/2025/")
    assert "Coachning" not in kept.text_of("norr/2025/")


def test_one_version_may_be_taken_away_alone(kept: TestSite) -> None:
    kept.write("norr/2025/versioner/forslag.md", REMOVED)
    assert kept.build() == 0, kept.printed
    assert "Planen togs bort" in kept.text_of("norr/2025/forslag/")
    assert "Coachning" in kept.text_of("norr/2025/")


@pytest.mark.parametrize("written", ["{datum: 2025-05-04}", "{skäl: Fel.}", "ja", "~"])
def test_a_plan_isnt_taken_away_without_a_day_and_a_reason(written: str, kept: TestSite) -> None:
    kept.write_plan(REMOVED, ("{datum: 2025-05-04, skäl: Planen lades ut av misstag.}", written))
    assert kept.build() == 1


def test_a_draft_of_what_was_published_is_a_fault(kept: TestSite) -> None:
    kept.edit("norr/2024/plan.md", "status: beslutad", "status: utkast")
    assert "FEL  adress-försvinner" in told(kept, "kontrollera")


def test_other_faults_are_told_before_those_that_they_lead_to(kept: TestSite) -> None:
    kept.edit("norr/2024/plan.md", "typ: budget", "typ: bugdet")
    assert "FEL  ord-okänt" in told(kept, "kontrollera")
    assert "adress-försvinner" not in kept.printed


def test_a_removed_forbund_is_one_fault_until_another_takes_its_addresses(kept: TestSite) -> None:
    kept.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder"))
    kept.write("soder/2025/plan.md", PLAN.replace("förbund: norr", "förbund: soder"))
    kept.write("webbplats.yaml", SETTINGS.replace("[norr]", "[soder]"))
    move(kept, "norr", "../norr")
    assert kept.run("kontrollera") == 1
    assert kept.printed.count("FEL  förbund-försvinner") == 1
    assert "så 3 adresser som har varit publicerade skulle försvinna" in kept.printed
    kept.edit("soder/forbund.md", "kortnamn: Söder", "kortnamn: Söder\nalias: [norr]")
    assert kept.build() == 0, kept.printed
    assert leads_to(kept, "norr/") == "soder"
    assert leads_to(kept, "norr/2025/") == "soder/2025"
    assert leads_to(kept, "norr/2024/") == "soder"
    assert leads_to(kept, "norr/2025/forslag/") == "soder"


def test_a_forbunds_alias_mustnt_be_anothers_address(kept: TestSite) -> None:
    kept.edit("norr/forbund.md", "kortnamn: Norr", "kortnamn: Norr\nalias: [norr, data]")
    assert kept.run("kontrollera") == 1
    assert kept.printed.count("FEL  adress-upptagen") == 2


# --- Hands in the ledger --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2025-01-07  norr/2024/", "7 januari 2025  norr/2024/"),
        ("2025-01-07  norr/2024/", "2025-02-30  norr/2024/"),
        ("2025-01-07  norr/2024/", "2025-01-07  Norr 2024"),
        ("  källa:", "  källan:"),
        ("  siffror:", "  siffror:0"),
    ],
)
def test_a_line_that_someone_has_spoilt_is_told_with_its_place(before: str, after: str, kept: TestSite) -> None:
    text = (kept.content / LEDGER).read_text("utf-8")
    (kept.content / LEDGER).write_text(text.replace(before, after, 1), "utf-8")
    assert kept.run("kontrollera") == 1
    assert "content/publicerat.txt:4:1  FEL  bokföring-oläslig" in kept.printed
    assert "Återställ raden ur git." in kept.printed


def test_an_altered_sum_is_told_where_the_version_is(kept: TestSite) -> None:
    text = (kept.content / LEDGER).read_text("utf-8")
    wrong = text.replace(lines(kept)[1][3], f"källa:{'0' * 32}")
    (kept.content / LEDGER).write_text(wrong, "utf-8")
    assert "Är det raden i publicerat.txt som är ändrad återställer du den." in told(kept, "kontrollera")


def test_an_address_that_never_was_is_told_with_its_place(kept: TestSite) -> None:
    text = (kept.content / LEDGER).read_text("utf-8")
    (kept.content / LEDGER).write_text(text.replace("  norr/2024/  ", "  norr/2034/  "), "utf-8")
    assert "content/publicerat.txt:4:1  FEL  adress-försvinner" in told(kept, "kontrollera")


def test_a_merge_that_was_left_half_done_is_told_once(kept: TestSite) -> None:
    text = (kept.content / LEDGER).read_text("utf-8")
    first, *rest = text.splitlines()[3:]
    conflict = ["<<<<<<< HEAD", first, "=======", *rest, ">>>>>>> gren"]
    (kept.content / LEDGER).write_text("\n".join(conflict) + "\n", "utf-8")
    assert kept.run("kontrollera") == 1
    assert kept.printed.count("FEL  bokföring-krock") == 1
    assert "content/publicerat.txt:1:1" in kept.printed
    (kept.content / LEDGER).write_text("\n".join(reversed([first, *rest])), "utf-8")
    assert kept.run("kontrollera") == 0, "both sides' lines are kept, in any order"


def test_notes_and_blank_lines_in_the_ledger_are_let_alone(kept: TestSite) -> None:
    text = (kept.content / LEDGER).read_text("utf-8")
    (kept.content / LEDGER).write_text(f"{text}\n# Efter flytten till nya servern\n\n", "utf-8")
    kept.write("norr/2025/versioner/2024-11-20.md", ADOPTED)
    kept.write_plan(REVISED)
    assert kept.run("bokför", "2025-03-15") == 0
    assert "# Efter flytten till nya servern\n2025-03-15" in (kept.content / LEDGER).read_text("utf-8")


def test_a_sum_that_looks_like_a_personnummer_is_none(kept: TestSite) -> None:
    text = (kept.content / LEDGER).read_text("utf-8")
    line = f"2024-12-01  norr/2024/  norr/2024/plan.md  källa:{'8112289874' * 3}00  siffror:{'0' * 32}\n"
    (kept.content / LEDGER).write_text(text.replace("2025-01-07  norr/2024/", f"{line}2025-01-07  norr/2024/"), "utf-8")
    assert kept.run("kontrollera") == 0, kept.printed


def test_without_a_ledger_nothing_is_checked_and_a_note_says_so(site: TestSite) -> None:
    site.write_plan()
    assert site.run("kontrollera") == 0
    assert "bokföring" not in site.printed
    assert "content/publicerat.txt:1:1  NOTIS  bokföring-saknas" in told(site, "kontrollera", "--allt")


# --- Told -----------------------------------------------------------------------------------------------------------


def test_the_history_says_since_when_a_version_has_been_here(site: TestSite) -> None:
    site.write_plan(PROPOSAL)
    assert site.run("bokför", "2024-10-28") == 0
    site.write("norr/2025/versioner/forslag.md", PROPOSAL)
    site.write_plan(ADOPTED)
    assert site.run("bokför", "2024-11-21") == 0
    assert site.build() == 0
    since = "Den här versionen lades ut här den {}, enligt webbplatsens egen bokföring."
    assert since.format("28 oktober 2024") in site.text_of("norr/2025/forslag/")
    assert since.format("21 november 2024") in site.text_of("norr/2025/")


def test_the_ids_of_a_feed_dont_change_with_https(site: TestSite) -> None:
    found = []
    for scheme in ("http", "https"):
        site.write("webbplats.yaml", SETTINGS + f"    adress: {scheme}://planer.example/\n")
        site.write_plan(ADOPTED)
        assert site.build() == 0
        text = (site.output / "atom.xml").read_text("utf-8")
        found.append([part.partition("</id>")[0] for part in text.split("<id>")[1:]])
        assert f'href="{scheme}://planer.example/norr/2025/"' in text
    assert found[0] == found[1]
    assert len(found[0]) > 3


def test_two_revisions_of_one_day_are_both_told(site: TestSite) -> None:
    site.write("webbplats.yaml", SETTINGS + "    adress: https://planer.example/\n")
    site.write_plan(
        REVISED, ("Mer till coachning.}]", "Mer till coachning.}, {datum: 2025-03-14, sammanfattning: Nytt mål.}]")
    )
    assert site.build() == 0
    assert [one.rpartition(": ")[2] for one in feed(site)[:2]] == [
        "Planen reviderades. Nytt mål.", "Planen reviderades. Mer till coachning.",
    ]  # fmt: skip
    ids = (site.output / "norr/atom.xml").read_text("utf-8").count("#revised-2025-03-14")
    assert ids == 2
    assert "Nytt mål." in said(page(site, "insyn/"))


def test_versions_of_one_day_have_an_address_each(site: TestSite) -> None:
    second = "Mer till coachning.}, {datum: 2025-03-14, sammanfattning: Nytt mål.}]"
    site.write("norr/2025/versioner/2025-03-14.md", REVISED)
    site.write_plan(REVISED, ("Mer till coachning.}]", second))
    assert site.build() == 0, site.printed
    assert {"norr/2025/2025-03-14", "norr/2025/2025-03-14-2"} <= pages(site)
    assert leads_to(site, "norr/2025/2025-03-14-2/") == "norr/2025"
