"""Caches and manifest, whatever has happened to them: data is read back as written, or made again."""

import itertools
import marshal
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from insyn.build.rendering import make_environment
from insyn.disk import build_record, store
from insyn.disk.build_record import CACHE
from insyn.disk.output import MANIFEST
from insyn.disk.store import FILE, Store
from tests.site import PLAN, SETTINGS, TestSite

FLIPS = 200
BUILDS = 20
YEARS = (2023, 2024, 2025)
WITHDRAWN = "norr/2023/index.html"
BESIDE = "norr/2024/budget.csv"


@pytest.fixture
def three(tmp_path: Path) -> TestSite:
    """A published site of three plans, in a folder with room for others beside it."""
    site = TestSite(tmp_path / "projekt")
    for year in YEARS:
        text = PLAN.replace("2026", str(year + 1)).replace("2025", str(year)).replace("2024-", f"{year - 1}-")
        site.write(f"norr/{year}/plan.md", text)
    assert site.build() == 0, site.printed
    return site


def cache_of(site: TestSite) -> Path:
    return site.output.parent / CACHE


def record_of(site: TestSite) -> Path:
    (file,) = cache_of(site).glob("senast-*")
    return file


def withdraw(site: TestSite) -> None:
    shutil.rmtree(site.content / "norr/2023")


def flipped(body: bytes, dice: random.Random) -> bytes:
    """Return the bytes with one bit of one of them flipped."""
    at = dice.randrange(len(body))
    return body[:at] + bytes([body[at] ^ 1 << dice.randrange(8)]) + body[at + 1 :]


# --- A bit that has turned ------------------------------------------------------------------------------------------


def keys_in(folder: Path) -> list[str]:
    with sqlite3.connect(folder / FILE) as opened:
        return [key for (key,) in opened.execute("SELECT key FROM results")]


def read_all(folder: Path, keys: list[str]) -> dict[str, Any]:
    one = Store(folder)
    found = one.get_many(keys)
    one.begin_build()
    one.close()
    return found


def put_database(folder: Path, body: bytes) -> None:
    for ending in ("-wal", "-shm"):
        (folder / f"{FILE}{ending}").unlink(missing_ok=True)
    (folder / FILE).write_bytes(body)


def test_a_result_is_what_was_put_or_none_whichever_bit_of_the_store_turns(three: TestSite) -> None:
    folder, dice = cache_of(three), random.Random(1)
    keys, database = keys_in(folder), (folder / FILE).read_bytes()
    right, lost = read_all(folder, keys), 0
    assert len(right) == len(keys)
    for _ in range(FLIPS):
        put_database(folder, flipped(database, dice))
        found = read_all(folder, keys)
        assert all(value == right[key] for key, value in found.items())
        lost += len(found) < len(keys)
    assert lost > FLIPS // 2


def test_the_same_site_is_published_whichever_bit_of_the_store_turns(three: TestSite) -> None:
    """Without the record everything is composed again, from what the store has."""
    published, dice, database = three.files(), random.Random(2), (cache_of(three) / FILE).read_bytes()
    for _ in range(BUILDS):
        put_database(cache_of(three), flipped(database, dice))
        record_of(three).unlink()
        assert three.build() == 0, three.printed
        assert three.files() == published


def test_no_record_is_read_in_which_a_bit_has_turned(three: TestSite) -> None:
    file, dice = record_of(three), random.Random(3)
    whole = file.read_bytes()
    for _ in range(FLIPS):
        file.write_bytes(flipped(whole, dice))
        assert build_record.read(three.content, three.output) is None
    file.write_bytes(whole)
    assert build_record.read(three.content, three.output)


@pytest.mark.parametrize("name", ["senast-*", FILE])
def test_a_cut_file_is_made_again(three: TestSite, name: str) -> None:
    published, words = three.files(), ("samverkan", "samarbete")
    for part in (0, 1, 100, 4096, 5000, -1):
        (file,) = cache_of(three).glob(name)
        file.write_bytes(file.read_bytes()[:part])
        three.edit("norr/2024/plan.md", *words)
        assert three.build() == 0, three.printed
        words = words[::-1]
        assert f"stödjer {words[0]}" in three.page("norr/2024/")
    assert three.files() == published


def test_two_results_that_have_changed_places_are_made_again(three: TestSite) -> None:
    published = three.files()
    with sqlite3.connect(cache_of(three) / FILE) as opened:
        rows = opened.execute("SELECT key, body FROM results WHERE key LIKE 'work:%' ORDER BY key").fetchall()
        opened.executemany("UPDATE results SET body = ? WHERE key = ?", [
            (body, key) for (key, _), (_, body) in zip(rows, rows[1:] + rows[:1], strict=True)])  # fmt: skip
    opened.close()
    record_of(three).unlink()
    assert three.build() == 0, three.printed
    assert three.files() == published


def test_a_store_of_other_columns_is_replaced(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as opened:
        opened.execute("CREATE TABLE results (kex TEXT, used INTEGER)")
    opened.close()
    one = Store(tmp_path)
    one.put("a", 1)
    one.close()
    assert Store(tmp_path).get("a") == 1


@pytest.mark.parametrize("number", ["'många'", "-1", str(2**63 - 1), "NULL", "x'00'", "1.5"])
def test_a_store_that_has_miscounted_its_builds_is_used_all_the_same(tmp_path: Path, number: str) -> None:
    one = Store(tmp_path)
    one.put("a", 1)
    one.close()
    with sqlite3.connect(tmp_path / FILE) as opened:
        opened.execute(f"INSERT INTO builds VALUES (coalesce({number}, 0))")
        opened.execute(f"UPDATE results SET used = coalesce({number}, 0)")
    opened.close()
    assert read_all(tmp_path, ["a"]) == {"a": 1}


def test_a_compiled_template_in_which_a_bit_has_turned_is_compiled_anew(tmp_path: Path) -> None:
    templates, dice = {"belopp.html": "1 761 000 {{ 'kr' }}"}, random.Random(4)
    make_environment(templates, tmp_path).get_template("belopp.html")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for _ in range(FLIPS):
        file.write_bytes(flipped(whole, dice))
        assert make_environment(templates, tmp_path).get_template("belopp.html").render() == "1 761 000 kr"
        assert file.read_bytes() == whole


# --- A record of other values ---------------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (
    None,
    [],
    {},
    "text",
    1,
    (),
    ("text",),
    {1: 2},
    {"text": None},
    {"text": (1, 2)},
    [("a", "b")],
)


def write_body(site: TestSite, body: object) -> None:
    """Write a record with a valid heading and checksum around an arbitrary body."""
    file = record_of(site)
    heading = file.read_bytes().split(b"\n", 1)[0]
    written = marshal.dumps(body)  # type: ignore[arg-type]
    file.write_bytes(b"%b\n%08x\n%b" % (heading, crc32(written), written))


def body_of(site: TestSite) -> list[Any]:
    return list(marshal.loads(record_of(site).read_bytes().split(b"\n", 2)[2]))


def variants(values: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield records in which one value, or one row of a table, is replaced."""
    for at, wrong in itertools.product(range(len(values)), WRONG):
        yield (*values[:at], wrong, *values[at + 1 :])
        if isinstance(values[at], dict):
            yield (*values[:at], {**values[at], next(iter(values[at]), ""): wrong}, *values[at + 1 :])
    yield from (tuple(values[:-1]), (*values, None))


def test_a_record_of_other_values_is_not_used(three: TestSite) -> None:
    values = body_of(three)
    for one in (*WRONG, *variants(values)):
        write_body(three, one)
        found = build_record.read(three.content, three.output)
        if found:  # an empty table is a table
            assert build_record.fits(one, build_record.SHAPE)
    write_body(three, tuple(values))
    assert build_record.read(three.content, three.output)


def test_whatever_a_record_says_the_same_site_is_published(three: TestSite) -> None:
    published, values, dice = three.files(), body_of(three), random.Random(5)
    for one in dice.sample(list(variants(values)), BUILDS):
        write_body(three, one)
        assert three.build() == 0, three.printed
        assert three.files() == published


@pytest.mark.parametrize("path", ["../content/webbplats.yaml", "/etc/passwd", "norr/../../a", "norr//a", "./a", "a\0b"])
def test_a_record_that_leads_out_of_its_folder_is_not_used(three: TestSite, path: str) -> None:
    values = body_of(three)
    values[2] = {**values[2], path: ("nyckel", 1)}
    write_body(three, tuple(values))
    assert build_record.read(three.content, three.output) is None


# --- The list of our files ------------------------------------------------------------------------------------------

SPOILT: dict[str, Callable[[bytes], bytes | None]] = {
    "lost": lambda _body: None,
    "emptied": lambda _body: b"",
    "cut": lambda body: body[: len(body) // 2],
    "its end is cut": lambda body: body[:-1],
    "without its first line": lambda body: body.partition(b"\n")[2].replace(WITHDRAWN.encode(), b""),
    "a bit has turned": lambda body: body.replace(b"norr/2023/index", b"norr/2022/index"),
    "not text": lambda _body: b"\xff\0\n" * 9,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_withdrawn_plan_is_removed_whatever_has_happened_to_the_list(
    three: TestSite, spoil: Callable[[bytes], bytes | None]
) -> None:
    file = three.output / MANIFEST
    body = spoil(file.read_bytes())
    if body is None:
        file.unlink()
    else:
        file.write_bytes(body)
    withdraw(three)
    assert three.build() == 0, three.printed
    assert not (three.output / "norr/2023").exists()
    assert WITHDRAWN not in file.read_text("utf-8")


@pytest.mark.parametrize("kind", ["emptied", "cut", "a bit has turned"])
def test_nothing_is_published_when_both_list_and_record_are_lost(three: TestSite, kind: str) -> None:
    """Nobody knows any more which pages are withdrawn."""
    file = three.output / MANIFEST
    file.write_bytes(SPOILT[kind](file.read_bytes()) or b"")
    shutil.rmtree(cache_of(three))
    withdraw(three)
    before = three.files()
    assert three.build() == 2
    assert "Töm mappen" in three.printed
    assert three.files() == before
    shutil.rmtree(three.output)
    assert three.build() == 0, three.printed


def test_the_list_is_mended_though_nothing_else_is_to_be_done(three: TestSite) -> None:
    file = three.output / MANIFEST
    whole = file.read_bytes()
    for spoil in SPOILT.values():
        file.write_bytes(spoil(whole) or b"")
        assert three.build() == 0, three.printed
        assert file.read_bytes() == whole


def test_another_folder_in_the_place_of_ours_is_left_alone(three: TestSite) -> None:
    """It has pages with the same names, and the record is there."""
    kept = three.output.rename(three.output.with_name("annan"))
    shutil.copytree(kept, three.output, ignore=shutil.ignore_patterns(MANIFEST))
    before = three.files()
    three.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert three.build() == 2
    assert three.files() == before


HOSTILE = (
    "../content/webbplats.yaml", "../utanför/kvar.txt", "länk/kvar.txt", "./länk/kvar.txt", "länk//kvar.txt",
    "länk/./kvar.txt", "norr/../länk/kvar.txt", "norr/länk/kvar.txt", "norr/länk/\tkvar.txt\t../länk/kvar.txt",
    "norr/\t../../utanför/kvar.txt", "länk", "norr/länk", "länk/mapp/kvar.txt", "norr//2024//index.html", "norr/2024/.",
    "index.html/", "\0", "..", ".", "/",
)  # fmt: skip


def outside(site: TestSite) -> Path:
    """Create a folder outside `output/`, and two links to it inside."""
    folder = site.output.parent.parent / "utanför"
    (folder / "mapp").mkdir(parents=True)
    for name in ("kvar.txt", "mapp/kvar.txt"):
        (folder / name).write_text("kvar", "utf-8")
    for link in ("länk", "norr/länk"):
        (site.output / link).symlink_to(folder)
    return folder


@pytest.mark.parametrize("has_record", [True, False])
def test_nothing_outside_is_removed_whatever_the_list_says(three: TestSite, *, has_record: bool) -> None:
    folder, published = outside(three), three.files()
    hostile = [*HOSTILE, f"{folder}/kvar.txt", f"{folder}/\tkvar.txt\tmapp/kvar.txt"]
    file = three.output / MANIFEST
    lines = file.read_text("utf-8").split("\n")[1:]
    file.write_text("\n".join([*hostile, *lines]), "utf-8")
    if not has_record:
        shutil.rmtree(cache_of(three))
    three.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert three.build() == 0, three.printed
    assert sorted(path.name for path in folder.rglob("*")) == ["kvar.txt", "kvar.txt", "mapp"]
    assert (three.content / "webbplats.yaml").is_file()
    assert three.files().keys() == published.keys()


@pytest.mark.parametrize("moved", ["norr", "norr/2024", "assets"])
@pytest.mark.parametrize("has_record", [True, False])
def test_nothing_is_written_through_a_link_that_leads_outside(three: TestSite, moved: str, *, has_record: bool) -> None:
    """Someone has moved a folder of ours to another disk, and linked to it."""
    target = three.output.parent.parent / "flyttad"
    (three.output / moved).rename(target)
    (three.output / moved).symlink_to(target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    if not has_record:
        shutil.rmtree(cache_of(three))
    withdraw(three)
    three.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert three.build() == 0, three.printed
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert not (three.output / moved).is_symlink()
    assert "all samverkan" in three.page("norr/2024/")
    published = three.files()
    shutil.rmtree(three.output)
    shutil.rmtree(cache_of(three))
    assert three.build() == 0, three.printed
    assert three.files() == published


@pytest.mark.parametrize("path", ["index.html", "norr/2024/index.html", BESIDE, MANIFEST])
def test_a_link_in_the_place_of_a_file_is_replaced_by_a_file(three: TestSite, path: str) -> None:
    published, target = three.files(), three.output.parent / "flyttad"
    (three.output / path).rename(target)
    (three.output / path).symlink_to(target)
    before = target.read_bytes()
    three.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert three.build() == 0, three.printed
    three.edit("norr/2024/plan.md", "stödjer all samverkan", "stödjer samverkan")
    assert three.build() == 0, three.printed
    assert not (three.output / path).is_symlink()
    assert target.read_bytes() == before
    assert three.files() == published


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_a_pipe_in_the_place_of_a_file_is_replaced_by_a_file(three: TestSite) -> None:
    published = three.files()
    for path in ("index.html", BESIDE, MANIFEST):
        (three.output / path).unlink()
        os.mkfifo(three.output / path)
    assert three.build() == 0, three.printed
    assert three.files() == published
    (three.output / "index.html").unlink()
    os.mkfifo(three.output / "index.html")
    assert check(three) == 0, three.printed
    assert three.files() == published


# --- A look at every byte -------------------------------------------------------------------------------------------


def overwrite(file: Path) -> None:
    """Flip a bit of a file in place, like a failing disk: its folder is unchanged."""
    before = file.stat()
    file.write_bytes(flipped(file.read_bytes(), random.Random(6)))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def check(site: TestSite, *words: str) -> int:
    return site.run("bygg", "--kontrollera-output", "--utan-pdf", "--utan-sök", *words)


def test_a_look_at_every_byte_mends_a_file_beside_a_plan_and_tells_which(three: TestSite) -> None:
    published = three.files()
    overwrite(three.output / BESIDE)
    assert three.build() == 0
    assert three.files() != published
    assert check(three) == 0
    assert three.files() == published
    assert "inte som det publicerades och är gjort på nytt:\n  norr/2024/budget.csv\n" in three.printed
    (three.output / "eget.txt").write_text("En egen fil.", "utf-8")
    assert check(three) == 0
    assert f"Alla filer som Insyn publicerat i {three.output} är som de publicerades." in three.printed


def test_a_look_at_every_byte_mends_each_kind_of_file(three: TestSite) -> None:
    published = three.files()
    for path in published:
        overwrite(three.output / path)
    assert check(three) == 0
    assert three.files() == published
    (three.output / "index.html").unlink()
    (three.output / "data/index.html").write_text("", "utf-8")
    assert check(three) == 0
    assert "  data/index.html\n  index.html\n" in three.printed
    assert three.files() == published


def test_a_look_at_every_byte_sees_though_all_signatures_are_as_they_were(
    three: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk itself has lost a bit: of a page, of a plan."""
    published = three.files()
    monkeypatch.setattr("insyn.disk.snapshot._signature", lambda found: found.st_size)
    record_of(three).unlink()
    assert three.build() == 0, three.printed
    time.sleep(0.01)
    overwrite(three.output / "norr/2024/index.html")
    three.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer samarbete")
    assert three.build() == 0
    assert check(three) == 0
    assert three.files()["norr/2024/index.html"] == published["norr/2024/index.html"]
    assert "stödjer samarbete" in three.page("norr/2025/")


def test_only_a_build_looks_at_every_byte(three: TestSite) -> None:
    assert three.run("kontrollera", "--kontrollera-output") == 2
    assert "--kontrollera-output hör till bygg" in three.printed


def test_nothing_is_mended_while_there_is_an_error(three: TestSite) -> None:
    overwrite(three.output / BESIDE)
    spoilt = three.files()
    three.edit("norr/2025/plan.md", "[1 500 000, 1 400 000]", "[1 600 000, 1 400 000]")
    assert check(three) == 1
    assert "Det görs på nytt när du har rättat felen" in three.printed
    assert three.files() == spoilt
    three.edit("norr/2025/plan.md", "[1 600 000, 1 400 000]", "[1 500 000, 1 400 000]")
    assert check(three) == 0
    assert "  norr/2024/budget.csv\n" in three.printed


def test_what_is_not_as_it_was_published_is_not_booked(three: TestSite) -> None:
    overwrite(three.output / BESIDE)
    assert three.run("bokför", "2026-01-02") == 1
    assert "inget har bokförts" in three.printed
    assert "norr/2024/" in three.printed
    assert not (three.content / "publicerat.txt").exists()
    assert check(three) == 0
    assert three.run("bokför", "2026-01-02") == 0


def test_what_lies_elsewhere_by_now_can_be_booked(three: TestSite) -> None:
    shutil.rmtree(three.output)
    assert three.run("bokför", "2026-01-02") == 0, three.printed


def test_a_look_at_every_byte_without_a_record_makes_all_files(three: TestSite) -> None:
    published = three.files()
    overwrite(three.output / BESIDE)
    shutil.rmtree(cache_of(three))
    assert check(three) == 0
    assert "alla filer som Insyn publicerar är gjorda på nytt" in three.printed
    assert three.files() == published


def test_the_search_index_and_pdfs_are_looked_at_too(site: TestSite) -> None:
    site.write_plan()
    assert site.build(pdfs=True, search=True) == 0, site.printed
    published = site.files()
    spoilt = [path for path in published if path.endswith(".pdf") or path.startswith("sok/nu/")]
    assert len(spoilt) >= 3
    for path in spoilt:
        overwrite(site.output / path)
    assert site.run("bygg", "--kontrollera-output") == 0, site.printed
    assert site.files() == published
    assert all(f"  {path}\n" in site.printed for path in spoilt)


# --- A locked store -------------------------------------------------------------------------------------------------

HOLD = """
import sqlite3, sys
opened = sqlite3.connect(sys.argv[1], isolation_level=None)
opened.execute(sys.argv[2])
opened.execute("BEGIN EXCLUSIVE")
opened.execute("DELETE FROM builds")
print("låst", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("way", ["PRAGMA locking_mode = NORMAL", "PRAGMA locking_mode = EXCLUSIVE"])
def test_a_build_goes_on_without_a_store_that_another_program_holds(
    three: TestSite, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_locked", set())
    words = [sys.executable, "-c", HOLD, str(cache_of(three) / FILE), way]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "låst\n"
        three.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
        began = time.monotonic()
        assert three.build() == 0, three.printed
        assert time.monotonic() - began < store.LOCK_TIMEOUT + 4  # a busy machine builds slowly
        assert holder.stdin
        holder.stdin.close()
    assert "all samverkan" in three.page("norr/2024/")
    three.write("webbplats.yaml", SETTINGS.replace("Provplatsen", "Platsen"))
    assert three.build() == 0, three.printed
