"""All that a build publishes comes in one step: whatever ends it, a reader finds the old site or the new one, whole."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from insyn.disk import build_record, exchange, output
from insyn.disk.build_record import CACHE
from tests.kills import DONE, FAULTS, KILLED, Ending, Trial, endings
from tests.site import PLAN_FILE, TestSite

EACH = 149
"""Every so manyth call of a publication is tried; `python -m tests.kills` tries all."""
BUILT = 3
"""Calls at which whole builds are ended: some of each half."""
BEFORE, AFTER = "stödjer samverkan", "stödjer all samverkan"
AT_ONCE = pytest.mark.skipif(exchange.CALL is None, reason="This system can't exchange folders")


@pytest.fixture(scope="module")
def trial() -> Iterator[Trial]:
    with TemporaryDirectory() as folder:
        yield Trial(Path(folder), 5)


@pytest.fixture
def published(site: TestSite) -> TestSite:
    site.write_plan()
    assert site.build() == 0, site.printed
    return site


def edit(site: TestSite) -> None:
    site.edit(PLAN_FILE, BEFORE, AFTER)


def tree_of(site: TestSite) -> Path:
    (found,) = (one for one in (site.output.parent / CACHE).glob("andra-*") if one.is_dir())
    return found


def inodes(folder: Path) -> dict[str, int]:
    """Return the inode of every file, which two hard links share."""
    files = (file for file in folder.rglob("*") if not file.is_dir() or file.is_symlink())
    return {file.relative_to(folder).as_posix(): file.lstat().st_ino for file in files}


# --- However a build ends -------------------------------------------------------------------------------------------


@AT_ONCE
@pytest.mark.parametrize("before", ["a whole build", "a killed one"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_publication_that_ends_at_a_call_leaves_one_site_whole(trial: Trial, before: str, fault: str) -> None:
    """A sample of the calls: some seconds for all faults together."""
    trial.is_lost = before == "a killed one"
    trial.settle()
    row = endings(trial.publish_ending_at, fault, 1 + len(fault), EACH)
    assert row.shown["old"], "no call was before the exchange"
    assert not row.wrong


def changes_of(trial: Trial, work: Callable[..., int]) -> list[str]:
    """Return the calls by which another state is made, of those that change something."""
    _, names = trial.run(work, -1)
    return names


@AT_ONCE
@pytest.mark.parametrize("fault", ["killed", "ENOSPC"])
def test_a_build_that_ends_at_a_call_leaves_one_site_whole(trial: Trial, fault: str) -> None:
    """A few calls only: each takes two builds."""
    trial.write(is_edited=not trial.is_edited)
    names = changes_of(trial, trial.build)
    for at in range(1, len(names), len(names) // BUILT):
        ending = trial.build_ending_at(at, FAULTS[fault])
        assert ending is None or ending.is_right, f"{fault} at {at}, {names[at - 1]}: {ending}"


def killed_between(trial: Trial) -> None:
    """Kill a build when the new site is shown by the second tree."""
    trial.write(is_edited=not trial.is_edited)
    at = changes_of(trial, trial.build).index("exchange") + 3
    trial.write(is_edited=not trial.is_edited)
    new = trial.states[trial.is_edited]
    assert trial.run(trial.build, at, KILLED)[0] < 0
    assert trial.tree() == new


@AT_ONCE
@pytest.mark.parametrize("lost", ["the cache", "the second tree"])
def test_a_build_killed_between_the_exchanges_is_mended_whatever_is_lost_then(trial: Trial, lost: str) -> None:
    killed_between(trial)
    cache = trial.output.parent / CACHE
    if lost == "the cache":
        shutil.rmtree(cache)
    else:
        shutil.rmtree(next(one for one in cache.glob("andra-*") if one.is_dir()))
    assert trial.run(trial.build)[0] == DONE
    assert trial.tree() == trial.states[trial.is_edited]
    assert not trial.left()


@AT_ONCE
def test_a_folder_that_cant_be_removed_just_then_is_not_left_empty(trial: Trial) -> None:
    """Left in the real folder, it would come back with it, and no later build would remove it."""
    trial.is_lost = False
    trial.settle()
    trial.is_edited = not trial.is_edited
    new = trial.states[trial.is_edited]
    _, names = trial.run(lambda counter: trial.publish(counter, new), -1, errno.ENOSPC)
    last = len(names) - names[::-1].index("exchange")
    assert names[last - 3 : last] == ["rmdir", "rmdir", "exchange"]
    ending = trial.publish_ending_at(last - 2, errno.ENOSPC)
    assert ending
    assert ending.is_right
    assert ending.shown == "new"


# --- Others' files and readers --------------------------------------------------------------------------------------


@AT_ONCE
def test_the_folder_is_the_same_one_for_whoever_has_it_open(published: TestSite) -> None:
    opened = os.open(published.output, os.O_RDONLY)
    try:
        edit(published)
        assert published.build() == 0, published.printed
        assert os.fstat(opened).st_ino == published.output.stat().st_ino
        page = os.open("norr/2025/index.html", os.O_RDONLY, dir_fd=opened)
        with os.fdopen(page, encoding="utf-8") as file:
            assert "all samverkan" in file.read().replace("­", "")
    finally:
        os.close(opened)


@AT_ONCE
def test_the_second_tree_follows_what_others_do_in_the_output_folder(published: TestSite) -> None:
    """Between builds they add, replace and remove, files of ours too."""
    (published.output / ".well-known").mkdir()
    (published.output / ".well-known/bevis").write_text("ett", "utf-8")
    (published.output / "länk").symlink_to("index.html")
    (published.output / "norr/2025/bilaga.pdf").write_bytes(b"bilaga")
    (published.output / "norr").chmod(0o750)
    for text in (AFTER, BEFORE, AFTER):
        former = BEFORE if text == AFTER else AFTER
        published.edit(PLAN_FILE, former, text)
        (published.output / "norr/2025/budget.csv").unlink(missing_ok=True)
        (published.output / "ny").write_text(text, "utf-8")
        (published.output / "ny").replace(published.output / ".well-known/bevis")
        assert published.build() == 0, published.printed
        assert inodes(tree_of(published)) == inodes(published.output)
        assert (tree_of(published) / "norr").stat().st_mode == (published.output / "norr").stat().st_mode
        assert (published.output / ".well-known/bevis").read_text("utf-8") == text
    (published.output / "norr/2025/bilaga.pdf").unlink()
    published.edit(PLAN_FILE, AFTER, BEFORE)
    assert published.build() == 0, published.printed
    assert inodes(tree_of(published)) == inodes(published.output)


@AT_ONCE
def test_an_output_folder_that_was_removed_is_made_anew(published: TestSite) -> None:
    files = published.files()
    shutil.rmtree(published.output)
    assert published.build() == 0, published.printed
    assert published.files() == files
    assert inodes(tree_of(published)) == inodes(published.output)


@AT_ONCE
def test_a_second_tree_made_of_a_published_site_gives_the_next_builds_nothing_to_do(published: TestSite) -> None:
    """Each file that is linked has another time of change."""
    shutil.rmtree(tree_of(published))
    edit(published)
    assert published.build() == 0, published.printed
    found = build_record.read(published.content, published.output)
    assert found
    assert build_record.is_output_intact(found.published, published.output)


@pytest.mark.parametrize("path", ["norr/2025/index.html", "norr/2025/budget.csv"])
def test_a_folder_where_a_page_should_be_leaves_the_old_site(published: TestSite, path: str) -> None:
    (published.output / path).unlink()
    (published.output / path).mkdir()
    (published.output / path / "hemligt.txt").write_text("någon annans", "utf-8")
    before = published.files()
    edit(published)
    assert published.build() == 2
    assert f"finns redan {path}" in published.printed
    assert published.files() == before
    (published.output / path).rename(published.output / "undan")
    assert published.build() == 0, published.printed
    assert (published.output / "undan/hemligt.txt").is_file()


def test_a_file_where_a_folder_should_be_leaves_the_old_site(published: TestSite) -> None:
    text = (published.content / PLAN_FILE).read_text("utf-8").replace("2025", "2030").replace("2026", "2031")
    published.write("norr/2030/plan.md", text.replace("2024-", "2029-"))
    (published.output / "norr/2030").write_text("någon annans", "utf-8")
    before = published.files()
    assert published.build() == 2, published.printed
    assert "finns redan norr/2030" in published.printed
    assert published.files() == before


def held(path: Path, sign: str) -> bool:
    """Let nobody, or anybody again, change a file; return whether that could be done."""
    program = shutil.which("chattr")
    return (
        bool(program) and subprocess.run([program or "", sign, path], capture_output=True, check=False).returncode == 0
    )


@AT_ONCE
@pytest.mark.parametrize("is_new", [False, True])
def test_a_page_that_cant_be_replaced_leaves_the_old_site(disk_path: Path, *, is_new: bool) -> None:
    """`is_new`: the second tree isn't made when the page can no longer be linked either."""
    site = TestSite(disk_path)
    site.write_plan()
    assert site.build() == 0, site.printed
    if is_new:
        shutil.rmtree(tree_of(site))
    page = site.output / "norr/2025/index.html"
    if not held(page, "+i"):
        pytest.skip("Only root can keep a file from being changed, and not on every file system")
    try:
        before = site.files()
        edit(site)
        assert site.build() == 2
        assert str(page) in site.printed
        assert site.files() == before
    finally:
        held(page, "-i")
    assert site.build() == 0, site.printed
    assert inodes(tree_of(site)) == inodes(site.output)


# --- Nothing outside is reached -------------------------------------------------------------------------------------


@AT_ONCE
@pytest.mark.parametrize("linked", ["", "norr", "norr/2025", "assets"])
@pytest.mark.parametrize("has_list", [True, False])
def test_nothing_outside_is_changed_through_a_link_in_the_second_tree(
    published: TestSite, tmp_path: Path, linked: str, *, has_list: bool
) -> None:
    outside, tree = tmp_path / "utanför", tree_of(published)
    (outside / "2025").mkdir(parents=True)
    for path in ("kvar.txt", "index.html", "2025/kvar.txt"):
        (outside / path).write_text("kvar", "utf-8")
    shutil.rmtree(tree / linked)
    (tree / linked).symlink_to(outside)
    if not has_list:
        tree.with_name(f"{tree.name}.lista").unlink()
    edit(published)
    assert published.build() == 0, published.printed
    assert {path: (outside / path).read_text("utf-8") for path in inodes(outside)} == dict.fromkeys(
        ("kvar.txt", "index.html", "2025/kvar.txt"), "kvar"
    )
    assert inodes(tree_of(published)) == inodes(published.output)
    assert not tree_of(published).is_symlink()


# --- Where it can't be done -----------------------------------------------------------------------------------------


def cached(site: TestSite) -> list[Path]:
    return list((site.output.parent / CACHE).glob("andra-*"))


@pytest.mark.parametrize("lacks", ["the call", "the call on this disk"])
def test_where_folders_cant_be_exchanged_files_are_moved(
    site: TestSite, monkeypatch: pytest.MonkeyPatch, lacks: str
) -> None:
    if lacks == "the call":
        monkeypatch.setattr(exchange, "CALL", None)
    else:
        monkeypatch.setattr(exchange, "SWAP", 1 << 20)
    site.write_plan()
    assert site.build() == 0, site.printed
    edit(site)
    assert site.build() == 0, site.printed
    assert "all samverkan" in site.page("norr/2025/")
    assert not cached(site)


@AT_ONCE
def test_where_a_file_of_anothers_cant_be_linked_files_are_moved(
    published: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a file that another user owns, on most systems."""
    (published.output / "bevis.txt").write_text("någon annans", "utf-8")
    link = os.link

    def refused(source: str, *rest: str, **named: bool) -> None:
        if str(source).endswith("bevis.txt"):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), source)
        link(source, *rest, **named)

    monkeypatch.setattr(os, "link", refused)
    edit(published)
    assert published.build() == 0, published.printed
    assert "all samverkan" in published.page("norr/2025/")
    found = build_record.read(published.content, published.output)
    assert found
    assert build_record.is_output_intact(found.published, published.output)


def test_a_linked_output_folder_stays_a_link(site: TestSite, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    site.output.symlink_to(tmp_path / "disk")
    site.write_plan()
    assert site.build() == 0, site.printed
    edit(site)
    assert site.build() == 0, site.printed
    assert site.output.is_symlink()
    assert "all samverkan" in site.page("norr/2025/")
    assert not list(site.output.glob(f"{output.STAGING_PREFIX}*"))


def test_an_output_folder_on_another_disk_is_published_by_moves(site: TestSite, disk_path: Path) -> None:
    if disk_path.stat().st_dev == site.content.stat().st_dev:
        pytest.skip("There is only one disk")
    site.output.symlink_to(disk_path)
    site.write_plan()
    assert site.build() == 0, site.printed
    edit(site)
    assert site.build() == 0, site.printed
    assert "all samverkan" in site.page("norr/2025/")


def test_an_ending_is_right_only_when_one_site_stood_whole() -> None:
    assert Ending("old", 2, is_mended=True, latest=[]).is_right
    assert Ending("new", DONE, is_mended=True, latest=[]).is_right
    for shown, code, is_mended in (("mixed", -9, True), ("new", 2, True), ("old", -9, False), ("old", 3, True)):
        assert not Ending(shown, code, is_mended, latest=[]).is_right
