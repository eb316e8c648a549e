"""What a förbundschef sees when she runs the command."""

import subprocess
import sys
from pathlib import Path

from tests.site import TestSite


def test_a_right_plan_is_published_with_one_quiet_line(site: TestSite) -> None:
    site.write_plan()
    assert site.build() == 0
    assert site.printed == f"4 sidor om 1 plan från 1 förbund ligger i {site.output}. Inga varningar.\n"
    assert "Verksamhetsplan 2025" in site.page("norr/2025/")


def test_one_changed_digit_stops_publication_and_names_both_sums(site: TestSite) -> None:
    site.write_plan()
    site.build()
    before = site.files()
    site.edit("norr/2025/plan.md", "[1 500 000, 1 400 000]", "[1 600 000, 1 400 000]")
    assert site.build() == 1
    assert "content/norr/2025/plan.md:25:45  FEL  summa" in site.printed
    assert "Raderna blir 2 100 000 kr. I planen står 2 000 000 kr. Skillnaden är 100 000 kr." in _plain(site.printed)
    assert site.files() == before


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_line_is_shown_with_a_mark_beneath_it(site: TestSite) -> None:
    site.write_plan()
    site.edit("norr/2025/plan.md", "[1 500 000, 1 400 000]", "[15 tkr, 1 400 000]")
    site.build()
    line, mark = site.printed.splitlines()[1:3]
    assert line.endswith("belopp: [15 tkr, 1 400 000]}")
    assert line[mark.index("^") : mark.rindex("^") + 1] == "15 tkr"


def test_kontrollera_publishes_nothing(site: TestSite) -> None:
    site.write_plan()
    assert site.run("kontrollera") == 0
    assert not site.output.exists()


def test_without_a_command_the_site_is_built(site: TestSite) -> None:
    site.write_plan()
    assert site.run() == 0
    assert site.page("norr/2025/")


def test_a_misspelt_command_gets_a_suggestion(site: TestSite) -> None:
    assert site.run("byg") == 2
    assert "”byg” är inget kommando. Menade du bygg?" in site.printed


def test_help_is_in_swedish(site: TestSite) -> None:
    assert site.run("--hjälp") == 0
    assert "bygger webbplatsen i output/" in site.printed


def test_a_folder_of_someone_elses_is_never_replaced(site: TestSite) -> None:
    site.write_plan()
    site.output.mkdir()
    (site.output / "viktigt.txt").write_text("behåll", "utf-8")
    assert site.build() == 2
    assert (site.output / "viktigt.txt").read_text("utf-8") == "behåll"


def test_a_withdrawn_plan_is_gone_from_the_next_build(site: TestSite) -> None:
    site.write_plan()
    site.write("norr/2024/plan.md", (site.content / "norr/2025/plan.md").read_text("utf-8").replace("2025", "2024"))
    site.edit("norr/2024/plan.md", "2026", "2025")
    assert site.build() == 0, site.printed
    assert (site.output / "norr/2024").is_dir()
    (site.content / "norr/2024/plan.md").unlink()
    site.build()
    assert not (site.output / "norr/2024").exists()


def test_a_draft_is_never_published_and_its_faults_stop_nothing(site: TestSite) -> None:
    site.write_plan()
    draft = (site.content / "norr/2025/plan.md").read_text("utf-8").replace("2026", "2027").replace("2025", "2026")
    draft = draft.replace("status: beslutad", "status: utkast").replace("1 500 000", "1 600 000")
    site.write("norr/2026/plan.md", draft)
    assert site.build() == 0, site.printed
    assert "content/norr/2026/plan.md:25:45  VARNING  summa" in site.printed
    assert not (site.output / "norr/2026").exists()


def test_the_same_content_gives_the_same_bytes(site: TestSite, project: Path, tmp_path: Path) -> None:
    """Under another hash seed, time zone and language, in a process of its own."""
    site.write_plan()
    site.build()
    other = tmp_path / "other"
    words = [sys.executable, "build.py", "--innehåll", str(site.content), "--till", str(other)]
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    subprocess.run(words, cwd=project, env=environment, check=True, capture_output=True)
    former, site.output = site.files(), other
    assert site.files() == former
