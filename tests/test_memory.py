"""The cache across builds: results in use stay, however old; the rest is evicted, and the size is bounded."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from insyn.build import chart_cache, pipeline
from insyn.build.plan_cache import PlanCache
from insyn.disk import store
from insyn.disk.build_record import CACHE
from insyn.disk.store import FILE, MAX_AGE, TOUCH_INTERVAL, Store
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite, copy_of

LONG = 3 * MAX_AGE
NAMES = ("norr", "soder", "vaster", "oster")
YEARS = range(2021, 2026)
EDITS, OTHERS = 70, 2
"""Edits of a site, each followed by builds of another that shares the store: together they age it three times over."""
A_BODY = 10_000
SMALL = 30 * A_BODY


def pass_builds(folder: Path, count: int, each: Callable[[Store], object] = lambda _store: None) -> None:
    """Let some builds pass. `each` is what every one of them does with the store."""
    for _ in range(count):
        one = Store(folder)
        one.begin_build()
        each(one)
        one.close()


def put(folder: Path, *keys: str, owner: str = "") -> None:
    one = Store(folder)
    with one.owned(owner, "sida") if owner else nullcontext():
        for key in keys:
            one.put(key, key[:1] * A_BODY)
    one.close()


def kept(folder: Path, *keys: str) -> list[str]:
    one = Store(folder)
    found = one.get_many(keys)
    one.close()
    return sorted(found)


def test_a_result_that_is_asked_for_stays_and_one_that_is_not_goes(tmp_path: Path) -> None:
    put(tmp_path, "a", "b")
    pass_builds(tmp_path, LONG, lambda one: one.get("a"))
    assert kept(tmp_path, "a", "b") == ["a"]


def test_what_belongs_to_an_owner_in_use_stays_though_nobody_asks_for_it(tmp_path: Path) -> None:
    put(tmp_path, "a", owner="i bruk")
    put(tmp_path, "b", owner="borta")
    pass_builds(tmp_path, LONG, lambda one: one.mark_in_use({"i bruk"}))
    assert kept(tmp_path, "a", "b") == ["a"]


def test_what_two_owners_share_stays_as_long_as_one_of_them_is_in_use(tmp_path: Path) -> None:
    put(tmp_path, "a", owner="i bruk")
    put(tmp_path, "a", owner="borta")
    pass_builds(tmp_path, LONG, lambda one: one.mark_in_use({"i bruk"}))
    assert kept(tmp_path, "a") == ["a"]


def test_what_a_part_of_an_owner_no_longer_needs_goes(tmp_path: Path) -> None:
    put(tmp_path, "a", "b", owner="i bruk")
    put(tmp_path, "b", "c", owner="i bruk")
    pass_builds(tmp_path, LONG, lambda one: one.mark_in_use({"i bruk"}))
    assert kept(tmp_path, "a", "b", "c") == ["b", "c"]


def test_two_sites_that_share_a_store_and_are_built_in_turn_both_keep_what_is_in_use(tmp_path: Path) -> None:
    for owner in ("en", "annan"):
        put(tmp_path, owner, owner=owner)
    for _ in range(LONG // 2):
        for owner in ("en", "annan"):
            pass_builds(tmp_path, 1, lambda one, owner=owner: one.mark_in_use({owner}))  # type: ignore[misc]
    assert kept(tmp_path, "en", "annan") == ["annan", "en"]


def test_a_result_is_there_before_it_is_written(tmp_path: Path) -> None:
    one = Store(tmp_path)
    one.put("a", 1)
    assert one.get("a") == 1
    one.close()


# --- The bound ------------------------------------------------------------------------------------------------------


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob(f"{FILE}*"))


def fill(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put more than the maximum, at once, so that all of it is equally old."""
    monkeypatch.setattr(store, "MAX_BYTES", SMALL)
    keys = [f"{number:03}" for number in range(2 * SMALL // A_BODY)]
    put(folder, *keys)
    return keys


def test_a_store_that_has_grown_too_large_loses_the_older_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = fill(tmp_path, monkeypatch)
    pass_builds(tmp_path, 1)
    assert kept(tmp_path, *keys) == keys[len(keys) // 2 :]
    assert size(tmp_path) < 1.2 * SMALL


def test_what_is_in_use_is_the_last_to_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "i bruk", owner="plan")
    pass_builds(tmp_path, TOUCH_INTERVAL)
    keys = fill(tmp_path, monkeypatch)
    pass_builds(tmp_path, 1)
    assert kept(tmp_path, "i bruk") == ["i bruk"]
    assert len(kept(tmp_path, *keys)) < len(keys)


def test_what_stands_in_the_write_ahead_log_alone_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build has the store open, so the log isn't put into the database."""
    other = Store(tmp_path)
    keys = fill(tmp_path, monkeypatch)
    assert (tmp_path / FILE).stat().st_size < SMALL
    pass_builds(tmp_path, 1)
    assert len(kept(tmp_path, *keys)) == len(keys) // 2
    other.close()


# --- A site that is edited for long ---------------------------------------------------------------------------------


class Counted:
    """Number of plans examined, and of charts drawn, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.examined = self.drawn = 0
        examine, draw = PlanCache.examine, chart_cache.ChartCache._draw

        def examine_counted(*given: object) -> object:
            self.examined += 1
            return examine(*given)  # type: ignore[arg-type]

        def draw_counted(*given: object) -> object:
            self.drawn += 1
            return draw(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(PlanCache, "examine", examine_counted)
        monkeypatch.setattr(chart_cache.ChartCache, "_draw", draw_counted)

    def since(self, work: Callable[[], pipeline.BuildResult]) -> tuple[int, int]:
        """Do some work; return the numbers examined and drawn for it, which the build must agree with."""
        before = self.examined, self.drawn
        told = work().work
        done = self.examined - before[0], self.drawn - before[1]
        assert (told.plans, told.drawings) == done
        return done


def build(site: TestSite, project: Path) -> pipeline.BuildResult:
    outcome = pipeline.build(site.content, site.output, lambda _step, _done, _total: None, project)
    assert not outcome.has_errors
    pipeline.write_record(outcome, site.content, site.output, "", "")
    return outcome


@pytest.fixture
def twenty_plans(tmp_path: Path) -> TestSite:
    """Four förbund with five plans each."""
    site = TestSite(tmp_path)
    site.write("webbplats.yaml", SETTINGS.replace("[norr]", f"[{', '.join(NAMES)}]"))
    for name in NAMES:
        site.write(f"{name}/forbund.md", ASSOCIATION.replace("Norr", name.capitalize()))
        for year in YEARS:
            text = PLAN.replace("2026", str(year + 1)).replace("2025", str(year)).replace("2024-", f"{year - 1}-")
            site.write(f"{name}/{year}/plan.md", text.replace("norr", name).replace("Norr", name.capitalize()))
    return site


def amounts(site: TestSite) -> Iterator[None]:
    """Move money between two rows of a plan, never the same amount twice."""
    path, row = "norr/2025/plan.md", "[{}, 1 400 000]}}\n      - {{namn: Kansli, ändamål: administration, belopp: [{},"
    before = row.format("1 500 000", "500 000")
    for number in range(1, EDITS + 1):
        after = row.format(f"1 {500 - number} 000", f"{500 + number} 000")
        site.edit(path, before, after)
        before = after
        yield


def test_after_two_hundred_builds_an_edit_takes_no_more_than_the_first(
    twenty_plans: TestSite, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)
    tools = copy_of(project, tmp_path / "project")

    def work() -> tuple[int, int]:
        pass_builds(tmp_path / CACHE, OTHERS)
        return counted.since(lambda: build(twenty_plans, tools))

    assert EDITS * (1 + OTHERS) >= LONG
    assert work()[0] == len(NAMES) * len(YEARS)
    each = [work() for _ in amounts(twenty_plans)]
    assert set(each[1:]) == {each[0]}
    assert each[0][0] == 1
    for name in ("pages/plan.html", "base.html"):
        file = tools / "templates" / name
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert work() == (0, 0)


def test_what_the_store_has_lost_is_made_again_counted_and_kept(
    twenty_plans: TestSite, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, tools = Counted(monkeypatch), copy_of(project, tmp_path / "project")
    template = tools / "templates" / "pages" / "plan.html"

    def work_after_change() -> tuple[int, int]:
        template.write_text(template.read_text("utf-8") + "\n", "utf-8")
        return counted.since(lambda: build(twenty_plans, tools))

    counted.since(lambda: build(twenty_plans, tools))
    with sqlite3.connect(tmp_path / CACHE / FILE) as kept_results:
        kept_results.execute("DELETE FROM results WHERE key NOT LIKE 'facts%'")
    examined, drawn = work_after_change()
    assert examined == len(NAMES) * len(YEARS)
    assert drawn > 0
    assert work_after_change() == (0, 0)
