"""Links, pipes, devices, folders named like files, invalid names: reported at once, never published silently."""

import os
from pathlib import Path
from threading import Thread

import pytest

from insyn.disk import build_record
from tests.site import PLAN, PLAN_FILE, TestSite

WAITED = 20.0
"""Seconds: a build that waits for a pipe never ends."""


def built(site: TestSite, *words: str) -> int:
    """Build; a build that hangs fails the test."""
    codes: list[int] = []
    thread = Thread(target=lambda: codes.append(site.run("bygg", "--utan-pdf", "--utan-sök", *words)), daemon=True)
    thread.start()
    thread.join(WAITED)
    assert codes, "the build hangs"
    return codes[0]


def told(site: TestSite) -> set[tuple[str, str, str]]:
    return {(one.place.file, one.code, one.hint) for one in site.found()}


@pytest.mark.parametrize("inner", ["norr/2025/plan.md", "norr/2025", "norr"])
def test_a_link_out_of_the_content_is_told_with_where_it_leads(site: TestSite, inner: str) -> None:
    site.write_plan()
    inside, outside = site.content / inner, site.content.parent / "annan"
    inside.rename(outside)
    inside.symlink_to(outside)
    assert built(site) == 0, site.printed
    assert f"content/{inner}:1:1  VARNING  fil-länkad" in site.printed
    assert "länk till annan" in site.printed
    assert site.page("norr/2025/")
    assert built(site) == 0
    assert "länk till annan" in site.printed


@pytest.mark.parametrize("inner", ["norr/2025/plan.md", "norr/2025", "sidor/om.md", "norr/forbund.md"])
def test_a_link_out_of_the_project_stops_everything(
    site: TestSite, tmp_path_factory: pytest.TempPathFactory, inner: str
) -> None:
    site.write_plan()
    site.write("sidor/om.md", "---\ntitel: Om\n---\nText.\n")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "annan"
    (site.content / inner).rename(elsewhere)
    (site.content / inner).symlink_to(elsewhere)
    assert built(site) == 1
    assert f"content/{inner}:1:1  FEL  fil-utanför-projektet" in site.printed
    assert not (site.output / "index.html").exists()


def test_a_link_within_the_content_is_as_good_as_a_file(site: TestSite) -> None:
    plan = site.write_plan()
    (site.content / "norr" / "2025" / "versioner").mkdir()
    (site.content / "norr" / "2025" / "versioner" / "forslag.md").symlink_to(plan)
    assert not [one for one in told(site) if one[1].startswith("file-")]


def test_a_file_that_became_a_link_is_told_though_it_says_the_same(site: TestSite) -> None:
    plan = site.write_plan()
    assert built(site) == 0
    plan.rename(site.content.parent / "plan.md")
    plan.symlink_to(site.content.parent / "plan.md")
    assert built(site) == 0
    assert "fil-länkad" in site.printed


def test_links_in_a_loop_end(site: TestSite) -> None:
    site.write_plan()
    for name in ("a", "b", "c"):
        (site.content / name).mkdir()
        for other in ("a", "b", "c"):
            (site.content / name / other).symlink_to(site.content / other)
    assert built(site) == 0, site.printed


@pytest.mark.parametrize("path", ["webbplats.yaml", "norr/forbund.md", PLAN_FILE, "publicerat.txt", "sidor/om.md"])
def test_a_pipe_is_an_error_at_once(site: TestSite, path: str) -> None:
    site.write_plan()
    file = site.content / path
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    assert built(site) == 1
    assert f"content/{path}:1:1  FEL  fil-går-inte-att-öppna" in site.printed
    assert "ingen vanlig fil" in site.printed


def test_a_device_is_an_error_at_once(site: TestSite) -> None:
    site.write_plan().unlink()
    (site.content / PLAN_FILE).symlink_to("/dev/zero")
    assert built(site) == 1
    assert "ingen vanlig fil" in site.printed


def test_a_pipe_where_nothing_is_read_is_told(site: TestSite) -> None:
    site.write_plan()
    os.mkfifo(site.content / "norr" / "bild")
    assert ("content/norr/bild", "stray-file", "stray-other") in told(site)


def test_a_pipe_for_a_record_is_no_record(site: TestSite) -> None:
    site.write_plan()
    assert built(site) == 0
    record = Path(build_record._record_file(site.content, site.output))
    record.unlink()
    os.mkfifo(record)
    assert built(site) == 0
    assert record.is_file()


@pytest.mark.parametrize("path", ["webbplats.yaml", "norr/forbund.md", PLAN_FILE, "publicerat.txt", "sidor/om.md"])
def test_a_folder_named_like_a_file_is_told(site: TestSite, path: str) -> None:
    site.write_plan()
    (site.content / path).unlink(missing_ok=True)
    (site.content / path).mkdir(parents=True)
    assert (f"content/{path}", "file-closed", "file-folder") in told(site)
    assert built(site) == 1


def test_an_empty_folder_of_a_year_is_nothing(site: TestSite) -> None:
    """It is what is left when a plan has been withdrawn; git keeps no such folders."""
    site.write_plan()
    (site.content / "norr" / "2026").mkdir()
    assert [one for one in told(site) if one[1] == "plan-missing"] == []


def test_a_very_deep_folder_is_told_and_not_entered(site: TestSite) -> None:
    site.write_plan()
    here = os.open(site.content, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("d" * 5, dir_fd=here)
        inner = os.open("d" * 5, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    assert built(site) == 0, site.printed
    assert "fil-utanför" in site.printed


@pytest.mark.parametrize("name", [b"plan\xff.md", b"\x1b[31m.md", b"\xe5r.md", b"a\nb.md", b"\xed\xa0\x80.md"])
@pytest.mark.parametrize("folder", ["sidor", "norr/2025", "norr/2025/versioner", ""])
def test_a_name_that_is_no_text_is_told(site: TestSite, name: bytes, folder: str) -> None:
    site.write_plan()
    (site.content / folder).mkdir(parents=True, exist_ok=True)
    (Path(os.fsdecode(os.fsencode(site.content / folder) + b"/" + name))).write_text(PLAN, "utf-8")
    for form in ([], ["--kort"], ["--json"]):
        assert built(site, *form) in {0, 1}, site.printed
        assert "\x1b" not in site.printed
        assert "Traceback" not in site.printed
        site.printed.encode("utf-8")


@pytest.mark.parametrize("name", [b"\xff", b"\x1b[31m", "é\udcff".encode("utf-8", "surrogateescape")])
def test_a_folder_whose_name_is_no_text_is_told(site: TestSite, name: bytes) -> None:
    site.write_plan()
    folder = os.fsencode(site.content) + b"/" + name
    Path(os.fsdecode(folder + b"/2025")).mkdir(parents=True)
    for inner in (b"/forbund.md", b"/2025/plan.md"):
        Path(os.fsdecode(folder + inner)).write_text(PLAN, "utf-8")
    assert built(site) == 1
    assert built(site, "--json") == 1
    assert site.run("bokför") == 1
    assert "\x1b" not in site.printed
    assert "Traceback" not in site.printed
