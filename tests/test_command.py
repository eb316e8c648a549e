"""What a förbundschef sees when she runs the command."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from unicodedata import normalize

import pytest

from insyn.build import pipeline
from insyn.command import main
from insyn.disk import build_record
from insyn.disk.snapshot import FolderSnapshot, Unreadable
from insyn.parallel.workers import Lost
from tests.site import LAWFUL_PLAN, LAWFUL_PROPOSAL, PLAN, PROPOSAL_FILE, TestSite


def test_a_right_plan_is_published_with_one_quiet_line(site: TestSite) -> None:
    site.write(PROPOSAL_FILE, LAWFUL_PROPOSAL)
    site.write_plan(LAWFUL_PLAN)
    assert site.build(search=True) == 0
    assert site.printed == f"12 sidor om 1 plan från 1 förbund ligger i {site.output}. Inga varningar.\n"
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


def test_notes_are_told_only_to_those_who_ask_and_are_never_counted_as_warnings(site: TestSite) -> None:
    site.write(PROPOSAL_FILE, LAWFUL_PROPOSAL)
    site.write_plan(LAWFUL_PLAN, ('    dnr: "2024:17"\n', ""))
    assert site.run("kontrollera") == 0
    assert site.printed == "1 plan från 1 förbund kontrollerade. Inga varningar.\n"
    assert site.run("kontrollera", "--allt") == 0
    assert "content/norr/2025/plan.md:2:1  NOTIS  diarienummer-saknas" in site.printed
    assert site.printed.endswith("1 plan från 1 förbund kontrollerade. Inga varningar. 5 notiser, se ovan.\n")
    assert site.build(search=True) == 0
    assert site.printed.endswith("Inga varningar.\n")


def test_notes_are_told_again_where_nothing_can_be_remembered(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, ('    dnr: "2024:17"\n', ""))
    site.run("kontrollera", "--allt")
    first = site.printed
    site.run("kontrollera", "--allt")
    assert site.printed == first
    (site.output.parent / ".insyn-cache").rename(site.output.parent / "annan")
    site.run("kontrollera", "--allt")
    assert site.printed == first


def test_notes_of_a_draft_are_told_too(site: TestSite) -> None:
    site.write_plan(LAWFUL_PLAN, ("status: beslutad", "status: utkast"), ('    dnr: "2024:17"\n', ""))
    site.run("kontrollera", "--allt")
    assert "NOTIS  diarienummer-saknas" in site.printed


def test_a_check_says_that_a_draft_was_checked_too(site: TestSite) -> None:
    site.write(PROPOSAL_FILE, LAWFUL_PROPOSAL)
    site.write_plan(LAWFUL_PLAN)
    draft = LAWFUL_PLAN.replace("status: beslutad", "status: utkast").replace("år: 2025", "år: 2026", 1)
    site.write("norr/2026/plan.md", draft)
    site.run("kontrollera")
    assert "1 plan och 1 utkast från 1 förbund kontrollerade." in site.printed


def test_a_build_tells_of_the_plans_just_read_and_counts_the_rest(site: TestSite) -> None:
    for year in range(2019, 2044):  # before 2018 the law isn't known, and gives no warnings
        site.write(f"norr/{year}/plan.md", _plan_of(year))
    site.build()
    assert site.printed.count("VARNING") == 40
    assert "51 varningar, varav 40 visas ovan. Skriv python build.py kontrollera för att se alla." in site.printed
    site.edit("norr/2024/plan.md", "Coachning", "Lotsning")
    site.build()
    assert site.printed.count("VARNING") == 40
    assert site.printed.count("norr/2024/plan.md") == 2
    site.run("kontrollera")
    assert site.printed.count("VARNING") == 51
    assert site.printed.endswith("51 varningar, se ovan.\n")


def _plan_of(year: int) -> str:
    return re.sub("202[456]", lambda written: str(int(written[0]) - 2025 + year), PLAN)


def test_to_build_and_to_ask_for_everything_are_two_things(site: TestSite) -> None:
    site.write_plan()
    assert site.run("--allt") == 2
    assert "--allt hör till kontrollera" in site.printed


def test_without_a_command_the_site_is_built(site: TestSite) -> None:
    site.write_plan()
    assert site.run() == 0
    assert site.page("norr/2025/")


def test_a_misspelt_command_gets_a_suggestion(site: TestSite) -> None:
    assert site.run("byg") == 2
    assert "”byg” är inget kommando. Menade du bygg?" in site.printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--till", "--utan-pdf"], "Efter --till ska det stå en mapp."),
        (["--innehåll", "-x"], "Efter --innehåll ska det stå en mapp."),
        (["kontrollera", "--till"], "Efter --till ska det stå en mapp."),
        (["--till", ""], "Efter --till ska det stå en mapp."),
        (["--till", "a", "--till", "b"], "--till står två gånger."),
        (["bygg", "kontrollera"], "Skriv ett kommando i taget: bygg eller kontrollera."),
        (["kontrollera", "--allt", "bygg"], "Skriv ett kommando i taget: kontrollera eller bygg."),
        (["kontrollera", "--utan-pdf"], "--utan-pdf hör till bygg"),
        (["--innehal", "mapp"], "”--innehal” är inget kommando. Menade du --innehåll?"),
        (["--innehåll", "mapp\udce5"], "Mappen mapp\\udce5 finns inte."),
    ],
)
def test_words_that_cant_be_understood_do_nothing_but_say_so(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert capsys.readouterr().err.startswith(said)
    assert [file.name for file in tmp_path.iterdir()] == ["content"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_word_is_understood_however_its_letters_are_composed(
    site: TestSite, form: Literal["NFC", "NFD"], capsys: pytest.CaptureFixture[str]
) -> None:
    """As macOS and some editors give them; the folder's name is left as it is."""
    site.write_plan()
    folder = site.content.with_name(normalize("NFD", "årsplaner"))
    site.content.rename(folder)
    words = [normalize(form, word) for word in ("--innehåll", "--utan-sök", "--utan-pdf")]
    assert main([*words[1:], words[0], str(folder), "--till", str(site.output)]) == 0
    assert main([normalize(form, "--hjälp")]) == 0
    assert "bygger webbplatsen i output/" in capsys.readouterr().out


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
    """Under another hash seed, time zone and language, in a process of its own; the PDF too."""
    site.write_plan()
    site.build(pdfs=True, search=True)
    other = tmp_path / "other"
    words = [sys.executable, "build.py", "--innehåll", str(site.content), "--till", str(other)]
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    subprocess.run(words, cwd=project, env=environment, check=True, capture_output=True)
    former, site.output = site.files(), other
    assert site.files() == former


def _stop_with(fault: BaseException, monkeypatch: pytest.MonkeyPatch, holder: object, name: str) -> None:
    def stop(*_given: object, **_named: object) -> None:
        raise fault

    monkeypatch.setattr(holder, name, stop)


# --- Folders --------------------------------------------------------------------------------------------------------


def test_a_site_is_never_put_among_the_plans(site: TestSite) -> None:
    site.write_plan()
    for inside in (site.content, site.content / "norr" / "webb"):
        site.output = inside
        assert site.build() == 2
        assert "ligger i mappen med planerna" in site.printed


def test_the_folder_that_one_stands_in_can_be_named_with_a_dot(
    site: TestSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write_plan(PLAN, ("[1 500 000, 1 400 000]", "[1 600 000, 1 400 000]"))
    monkeypatch.chdir(site.content)
    assert main(["--innehåll", ".", "--till", "../output"]) == 1
    assert "content/norr/2025/plan.md:25:45  FEL  summa" in capsys.readouterr().err
    site.write_plan()
    site.output.mkdir()
    monkeypatch.chdir(site.output)
    assert main(["--innehåll", "../content", "--till", "."]) == 0
    assert capsys.readouterr().out.startswith("9 sidor och 1 PDF om 1 plan från 1 förbund ligger i .. ")


def test_a_site_can_be_put_on_another_disk_by_a_link(site: TestSite, disk_path: Path) -> None:
    other = Path("/dev/shm") if disk_path.stat().st_dev == site.content.stat().st_dev else disk_path
    assert other.stat().st_dev != site.content.stat().st_dev
    with TemporaryDirectory(dir=other) as folder:
        site.output.symlink_to(folder)
        site.write_plan()
        assert site.build() == 0, site.printed
        assert site.page("norr/2025/")


def test_a_folder_that_cant_be_written_to_is_told_in_a_sentence(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write_plan()
    _stop_with(PermissionError(13, "Permission denied"), monkeypatch, Path, "mkdir")
    assert site.build() == 2, site.printed
    assert f"Det går inte att skriva i mappen {site.output}." in site.printed
    assert "Traceback" not in site.printed


def test_a_folder_that_cant_be_read_is_told_in_a_sentence(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write_plan()
    site.build()
    plain, closed = os.listdir, str(site.content / "norr")

    def names(path: str) -> list[str]:
        if path == closed:
            raise PermissionError(13, "Permission denied", path)
        return plain(path)

    monkeypatch.setattr(os, "listdir", names)
    (site.content / "norr/nytt.md").touch()
    assert site.build() == 2
    assert f"Mappen {closed} går inte att läsa." in site.printed


def test_what_is_no_file_is_passed_by(site: TestSite) -> None:
    site.write_plan()
    os.mkfifo(site.content / "norr/pipa")
    (site.content / "norr/tillbaka").symlink_to(site.content)
    assert site.build() == 0, site.printed
    assert site.run("kontrollera") == 0


def test_a_link_to_itself_is_a_file_that_cant_be_read(site: TestSite) -> None:
    site.write_plan()
    (site.content / "norr/2024").mkdir()
    (site.content / "norr/2024/plan.md").symlink_to("plan.md")
    assert site.build() == 1
    assert "content/norr/2024/plan.md" in site.printed


def test_a_file_whose_name_isnt_text_is_told_of(site: TestSite) -> None:
    site.write_plan()
    Path(os.fsdecode(os.fsencode(site.content) + b"/norr/\xe5rsplan.docx")).write_text("x", "utf-8")
    site.build()
    assert "content/norr/\\udce5rsplan.docx" in site.printed
    assert "Traceback" not in site.printed
    first = site.printed
    site.build()
    assert site.printed == first


# --- Stopped --------------------------------------------------------------------------------------------------------


def test_a_request_to_stop_is_answered_in_one_line(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write_plan()
    _stop_with(KeyboardInterrupt(), monkeypatch, pipeline, "_examine")
    assert site.build() == 130
    assert site.printed == "Avbrutet. Webbplatsen är hel. Kör kommandot igen när du vill.\n"


def test_a_request_to_stop_is_answered_also_while_libraries_are_imported(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One whose import was interrupted can't be imported again."""
    site.write_plan()
    _stop_with(KeyboardInterrupt(), monkeypatch, build_record, "snapshot_inputs")
    monkeypatch.setitem(sys.modules, "yaml", None)
    assert site.build() == 130
    assert site.printed == "Avbrutet. Webbplatsen är hel. Kör kommandot igen när du vill.\n"


def test_work_that_the_machine_stopped_is_told_in_a_sentence(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write_plan()
    _stop_with(Lost(), monkeypatch, pipeline, "_examine")
    assert site.build() == 3
    assert site.printed.startswith("Datorn stoppade en del av arbetet")


def test_a_fault_of_our_own_is_told_also_when_nothing_has_changed(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write_plan()
    site.build()
    _stop_with(RuntimeError("prov"), monkeypatch, FolderSnapshot, "has_same")
    assert site.build() == 3
    assert site.printed.startswith("Något gick fel i Insyn självt.")
    assert "RuntimeError: prov" in site.printed


def test_without_its_libraries_it_says_so_in_swedish(site: TestSite, project: Path) -> None:
    site.write_plan()
    words = [sys.executable, "-S", "build.py", "--innehåll", str(site.content), "--till", str(site.output)]
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("Insyn hittar inte msgspec, som behövs. Inget har publicerats.\n")
    assert "Traceback" not in done.stderr


def test_what_stopped_it_before_a_missing_library_was_missed_is_told_as_that(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write_plan()
    monkeypatch.setitem(sys.modules, "insyn.texts", None)
    _stop_with(Unreadable("mappen"), monkeypatch, build_record, "snapshot_inputs")
    assert site.build() == 3
    assert site.printed.startswith("Insyn hittar inte insyn.texts, som behövs.")


# --- Where it prints ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>&1 | true"])
def test_a_site_is_built_also_when_nobody_reads_what_is_printed(site: TestSite, project: Path, closed: str) -> None:
    site.write_plan()
    words = [sys.executable, "build.py", "--utan-pdf", "--utan-sök"]
    words += ["--innehåll", str(site.content), "--till", str(site.output)]
    run = ["bash", "-c", f'set -o pipefail; "$@" {closed}', "bash", *words]
    for _ in range(2):  # and when there is nothing to do
        done = subprocess.run(run, cwd=project, capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert "samverkan" in site.page("norr/2025/")
    assert list((site.output.parent / build_record.CACHE).glob("senast-*"))


@pytest.mark.parametrize("words", [["--hjälp"], ["fel"], ["kontrollera"]])
@pytest.mark.parametrize("closed", ["2>&1 | true", ">&- 2>&-", ">/dev/full 2>&1"])
def test_what_nobody_can_read_is_no_fault(site: TestSite, project: Path, words: list[str], closed: str) -> None:
    """Also where each line is written at once, as in a log."""
    site.write_plan()
    run = ["bash", "-c", f'"$@" {closed}; exit ${{PIPESTATUS[0]}}', "bash", sys.executable, "-u", "build.py", *words]
    run += ["--innehåll", str(site.content), "--till", str(site.output)]
    done = subprocess.run(run, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2 if words == ["fel"] else 0, "")


def test_folders_named_in_full_are_built_where_the_folder_that_one_stands_in_is_gone(
    site: TestSite, project: Path, tmp_path: Path
) -> None:
    site.write_plan()
    words = [sys.executable, str(project / "build.py"), "--utan-pdf", "--utan-sök"]
    words += ["--innehåll", str(site.content), "--till", str(site.output)]
    run = ["bash", "-c", 'cd "$0" && rmdir "$0" && exec "$@"', str(tmp_path / "borta"), *words]
    (tmp_path / "borta").mkdir()
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- For editors and programs ---------------------------------------------------------------------------------------

WRONG_SUM = ("[1 500 000, 1 400 000]", "[1 600 000, 1 400 000]")


def told(words: list[str]) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    code = main(words, out, errors)
    return code, out.getvalue(), errors.getvalue()


@pytest.mark.parametrize("command", ["bygg", "kontrollera"])
def test_each_problem_is_told_in_a_line_with_the_path_as_it_was_given(
    site: TestSite, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write_plan(PLAN, WRONG_SUM)
    monkeypatch.chdir(site.output.parent)
    code, out, errors = told([command, "--kort", "--innehåll", "./content/"])
    assert code == 1
    assert [line.split(": ")[:2] for line in out.splitlines()] == [["./content/norr/2025/plan.md:25:45", "FEL summa"]]
    assert errors.startswith("1 fel.")


@pytest.mark.parametrize("command", ["bygg", "kontrollera"])
def test_each_problem_is_told_as_data_and_nothing_else_is_said(site: TestSite, command: str) -> None:
    folders = ["--innehåll", str(site.content), "--till", str(site.output)]
    site.write_plan(PLAN, WRONG_SUM)
    code, out, errors = told([command, "--json", *folders])
    assert (code, json.loads(out)["antal"]["fel"], errors) == (1, 1, "")
    site.write_plan(PLAN)
    for _ in range(2):  # and when there is nothing to do
        code, out, errors = told(
            [command, "--json", "--utan-pdf", *folders] if command == "bygg" else [command, "--json", *folders]
        )
        assert (code, json.loads(out)["publicerat"], errors) == (0, command == "bygg", "")
        assert {one["namn"] for one in json.loads(out)["problem"]} == {"planperiod-kort", "innehåll-saknas"}


def test_programs_are_told_of_every_warning(site: TestSite) -> None:
    for year in range(2019, 2044):
        site.write(f"norr/{year}/plan.md", _plan_of(year))
    site.run("bygg", "--kort", "--utan-pdf", "--utan-sök")
    assert site.printed.count("VARNING") == 51
    assert "51 varningar, se ovan." in site.printed
    site.build()
    assert site.printed.count("VARNING") == 40


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kontrollera", "--kort", "--json"], "Skriv --kort eller --json, inte båda."),
        (["bokför", "--json"], "--json hör till bygg och kontrollera"),
        (["kontrollera", "--jsn"], "”--jsn” är inget kommando. Menade du --json?"),
    ],
)
def test_forms_that_cant_be_had_are_told(words: list[str], said: str, site: TestSite) -> None:
    assert site.run(*words) == 2
    assert site.printed.startswith(said)


# --- Terminals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "latin-1", "utf-8"])
@pytest.mark.parametrize("form", [[], ["--kort"], ["--json"]])
def test_a_terminal_that_lacks_letters_gets_the_nearest_and_the_code_of_the_build(
    site: TestSite, encoding: str, form: list[str]
) -> None:
    """In cp437 there is no ”, in cp1252 no │, in ascii no å."""
    site.write_plan(PLAN, ("Förbundet stödjer samverkan.", "Förbundet [länk](ingenstans/) – ‑ 😀"))
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    code = main(["kontrollera", *form, "--innehåll", str(site.content), "--till", str(site.output)], *streams)
    printed = "".join(stream.buffer.getvalue().decode(encoding) for stream in streams)
    assert code == 1
    assert "Traceback" not in printed
    assert "ingenstans" in printed
    if not form:
        assert ("länk-bruten" if encoding != "ascii" else "lank-bruten") in printed


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}]
)
def test_a_process_with_a_bare_terminal_ends_as_any(site: TestSite, project: Path, environment: dict[str, str]) -> None:
    site.write_plan(PLAN, WRONG_SUM)
    words = [sys.executable, "build.py", "kontrollera", "--innehåll", str(site.content), "--till", str(site.output)]
    done = subprocess.run(
        words, cwd=project, env=environment | {"PATH": "/usr/bin:/bin"}, capture_output=True, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert b"1 fel." in done.stderr


def test_what_a_text_holds_never_reaches_the_terminal_as_it_is(site: TestSite) -> None:
    site.write_plan(PLAN, ("titel: Verksamhetsplan 2025", "titel: Plan \x1b[31m röd \u202e bak"))
    assert site.run("kontrollera") == 1
    assert not {"\x1b", "\u202e"} & set(site.printed)


@pytest.mark.parametrize("unit", ["kr", "tkr", "mnkr"])
@pytest.mark.parametrize(
    "amount", ["99 999 999 999 999", "100 000 000 000 000", "9 999 999 999 999 999 999", "-99 999 999 999 999"]
)
def test_amounts_that_no_budget_has_give_no_traceback(site: TestSite, unit: str, amount: str) -> None:
    site.write_plan(PLAN, ("enhet: kr", f"enhet: {unit}"), ("[1 500 000, 1 400 000]", f"[{amount}, 1 400 000]"))
    assert site.run("kontrollera") == 1
    assert "Traceback" not in site.printed
