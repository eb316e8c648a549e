"""A build that does only the new work gives the same bytes as one from scratch, whatever was edited."""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from insyn.build import pipeline
from insyn.disk import build_record, materials, output, snapshot
from insyn.disk.build_record import snapshot_inputs
from insyn.disk.hashing import hash_of_body
from insyn.disk.output import MANIFEST, Staging
from insyn.disk.snapshot import signature_of, take_snapshot
from insyn.disk.store import FILE, MAX_AGE, TOUCH_INTERVAL, Store
from insyn.model import Status
from insyn.parallel import workers
from tests.site import ASSOCIATION, PLAN, SETTINGS, TestSite, copy_of
from tests.test_memory import pass_builds

EDITS_EACH = 50
LEAST_DONE = 40
"""Of the edits of a walk. The others give an error, and are undone."""
SEEDS = range(6)
"""Six walks of fifty edits. A missed update persists, and is found the next time a walk is compared."""
WITH_PDFS = 4
"""The one of them with PDFs, which takes three times as long."""
EVERY = 5
"""Number of edits between comparisons with a clean build; with `--each-step`, one."""
ON_DISK = (0, 1)
"""The walks on the project's own disk, with its times and with those of finer disks."""


def quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Walk:
    """A site under random edits, with its own copy of templates and assets to edit as well."""

    def __init__(self, folder: Path, project: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.project = copy_of(project, folder / "project")
        self.site = TestSite(folder)
        self.clean = folder / "clean"
        self.pdfs = False
        self.older: dict[Path, tuple[bytes, int]] = {}
        self.done: list[str] = []
        for year in (2023, 2024, 2025):
            self.write_plan(year)
        if seed % 3:  # else one comes later, perhaps
            self.another_association()

    def write_plan(self, year: int) -> None:
        text = PLAN.replace("2026", str(year + 1)).replace("2025", str(year)).replace("2024-", f"{year - 1}-")
        self.site.write(f"norr/{year}/plan.md", text)

    def plans(self, association: str = "*") -> list[Path]:
        return sorted(self.site.content.glob(f"{association}/*/plan.md"))

    def build(self) -> pipeline.BuildResult:
        """Build like the command does."""
        before = build_record.read(self.site.content, self.site.output)
        inputs = snapshot_inputs(self.site.content, before, self.project)
        preflight = pipeline.Preflight(before, inputs)
        result = pipeline.build(
            self.site.content, self.site.output, quiet, self.project, preflight, pdfs=self.pdfs, search=True
        )
        pipeline.write_record(result, self.site.content, self.site.output, "", "")
        return result

    def build_clean(self) -> dict[str, bytes]:
        """Build the same content without any caches."""
        shutil.rmtree(self.clean, ignore_errors=True)
        target = self.clean / "output"
        target.parent.mkdir()
        result = pipeline.build(self.site.content, target, quiet, self.project, pdfs=self.pdfs, search=True)
        assert not result.has_errors
        former, self.site.output = self.site.output, target
        files = self.site.files()
        self.site.output = former
        return files

    def edit(self, kinds: Sequence[str]) -> None:
        """Make one edit of a random kind, and remember the file's former content."""
        name = self.dice.choice(kinds)
        self.done.append(name)
        getattr(self, name)()

    def saved(self) -> dict[Path, tuple[bytes, int]]:
        """Return everything that staff have written, with the time of each file."""
        files = (file for file in self.site.content.rglob("*") if file.is_file())
        return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files}

    def undo(self, before: dict[Path, tuple[bytes, int]]) -> None:
        """Restore staff's former files, as after an edit that turns out to be wrong."""
        for file in self.saved().keys() - before.keys():
            file.unlink()
        for file, (body, moment) in before.items():
            if not file.exists() or file.read_bytes() != body:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(body)
                os.utime(file, ns=(moment, moment))

    def change(self, file: Path, change: Callable[[str], str]) -> None:
        body = file.read_bytes()
        self.older[file] = (body, file.stat().st_mtime_ns)
        file.write_text(change(body.decode()), "utf-8")

    # --- the edits ---

    def sentence(self) -> None:
        words = f"Förbundet stödjer samverkan {self.dice.random()}."
        self.change(self.dice.choice(self.plans()), lambda text: text.rsplit("\n", 2)[0] + f"\n{words}\n")

    def amount(self) -> None:
        """Move money between two rows, so that the sums still hold."""
        self.write_plan(2024)
        moved = self.dice.randrange(1, 900) * 1000
        more, less = (f"{amount:,}".replace(",", " ") for amount in (500_000 + moved, 1_500_000 - moved))
        file = self.site.content / "norr/2024/plan.md"
        self.change(
            file, lambda text: text.replace("[1 500 000,", f"[{less},").replace("[500 000, 600", f"[{more}, 600")
        )

    def same_size(self) -> None:
        """Write another text of the same length, with the file's time set back."""
        file = self.dice.choice(self.plans())
        before = file.stat().st_mtime_ns
        self.change(
            file,
            lambda text: (
                text.replace("samverkan", "samarbete")
                if "samverkan" in text
                else text.replace("samarbete", "samverkan")
            ),
        )
        os.utime(file, ns=(before, before))

    def touched(self) -> None:
        file = self.dice.choice(self.plans())
        moment = self.dice.randrange(10**18)
        os.utime(file, ns=(moment, moment))

    def restored(self) -> None:
        if self.older:
            file = self.dice.choice(sorted(self.older))
            body, moment = self.older[file]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
            os.utime(file, ns=(moment, moment))

    def added(self) -> None:
        self.write_plan(self.dice.randrange(2015, 2035))

    def withdrawn(self) -> None:
        if len(self.plans("norr")) > 1:
            shutil.rmtree(self.dice.choice(self.plans("norr")).parent)

    def renamed(self) -> None:
        file = self.dice.choice(self.plans("norr"))
        year, new = int(file.parent.name), self.dice.randrange(2040, 2060)
        if not (file.parent.parent / str(new)).exists():
            shutil.rmtree(file.parent)
            self.write_plan(new)
            self.done[-1] += f" {year} → {new}"

    def drafted(self) -> None:
        if len(self.plans()) > 1:
            self.change(self.dice.choice(self.plans()), lambda text: text.replace("status: beslutad", "status: utkast"))

    def moved(self) -> None:
        """Let another address lead to a plan, perhaps one where another förbund has its pages."""
        alias = self.dice.choice(["gammal/plan", "norr/1999", "soder/1999", "soder/2024/forr"])

        def addressed(text: str) -> str:
            lines = [line for line in text.split("\n") if not line.startswith("alias:")]
            lines.insert(lines.index("budget:"), f"alias: [{alias}]")
            return "\n".join(lines)

        self.change(self.dice.choice(self.plans()), addressed)

    def proposed(self) -> None:
        """Take back a decision; forgetting to remove its day is an error."""
        undecided = self.dice.choice([DECISION, re.compile("$^")])
        self.change(
            self.dice.choice(self.plans()),
            lambda text: undecided.sub("", text.replace("status: beslutad", "status: förslag")),
        )

    def frozen(self) -> None:
        """Keep the present plan as an earlier version."""
        file = self.dice.choice(self.plans())
        name = self.dice.choice(["forslag", "2024-11-20", "tidigare"])
        version = file.parent / "versioner" / f"{name}.md"
        version.parent.mkdir(exist_ok=True)
        status = self.dice.choice(["beslutad", "förslag"])
        text = file.read_text("utf-8").replace("status: beslutad", f"status: {status}")
        version.write_text(text if status == "beslutad" else DECISION.sub("", text), "utf-8")

    def thawed(self) -> None:
        versions = sorted(self.site.content.glob("*/*/versioner/*.md"))
        if versions:
            self.dice.choice(versions).unlink()

    def settings(self) -> None:
        named = "[norr, soder]" if (self.site.content / "soder").exists() else "[norr]"
        text = SETTINGS.replace("Provplatsen", f"Prov {self.dice.randrange(9)}")
        address = self.dice.choice(["", "    adress: https://prov.example/\n"])
        self.site.write("webbplats.yaml", text.replace("[norr]", named) + address)

    def another_association(self) -> None:
        """Add or remove a second förbund, which brings or removes the pages that compare."""
        folder = self.site.content / "soder"
        if folder.exists() and self.dice.random() < 0.3:
            shutil.rmtree(folder)
        else:
            self.site.write("soder/forbund.md", ASSOCIATION.replace("Norr", "Söder"))
            year = self.dice.choice([2023, 2024, 2025])
            text = (
                PLAN.replace("2026", str(year + 1))
                .replace("2025", str(year))
                .replace("förbund: norr", "förbund: soder")
            )
            self.site.write(f"soder/{year}/plan.md", text.replace("2024-", f"{year - 1}-"))
        self.settings()

    def goals(self) -> None:
        """Add goals that were followed up, which get a page of their own."""
        status = self.dice.choice(["uppnått", "delvis", "inte-mätt"])
        goal = f"mål: [{{text: Fler i arbete, delmål: [{{text: Kurser, status: {status}}}]}}]"

        def followed_up(text: str) -> str:
            lines = [line for line in text.split("\n") if not line.startswith("mål:")]
            lines.insert(lines.index("budget:"), goal)
            return "\n".join(lines)

        self.change(self.dice.choice(self.plans()), followed_up)

    def association(self) -> None:
        name = self.dice.choice(["Norr", "Norden", "Nord"])
        file = self.site.content / "norr/forbund.md"
        self.change(
            file,
            lambda text: "\n".join(
                f"kortnamn: {name}" if line.startswith("kortnamn") else line for line in text.split("\n")
            ),
        )

    def text_page(self) -> None:
        self.site.write("sidor/om.md", f"---\ntitel: Om\n---\n# Rubrik\n\nText {self.dice.randrange(9)}\n")

    def no_text_page(self) -> None:
        shutil.rmtree(self.site.content / "sidor", ignore_errors=True)

    def template(self) -> None:
        name = self.dice.choice(["base.html", "pages/plan.html", "components/status.html", "pages/start.html"])
        self.change(self.project / "templates" / name, lambda text: text + f"<!-- {self.dice.randrange(9)} -->\n")

    def style(self) -> None:
        self.change(
            self.project / "assets/css/50-utilities.css", lambda text: text + f"/* {self.dice.randrange(9)} */\n"
        )

    def sentence_of_ours(self) -> None:
        words = self.dice.choice(["Fördelat", "Uppdelat", "Delat"])
        self.change(self.project / "insyn/texts.yaml", lambda text: text.replace("Alla rader", words))

    def forgotten(self) -> None:
        shutil.rmtree(self.site.output.parent / ".insyn-cache", ignore_errors=True)

    def aged(self) -> None:
        """Build another site with the same store until it has evicted most of this one."""
        pass_builds(self.site.output.parent / ".insyn-cache", MAX_AGE + TOUCH_INTERVAL)

    def broken_store(self) -> None:
        (self.site.output.parent / ".insyn-cache" / FILE).write_bytes(b"not a database")

    def lost_page(self) -> None:
        pages = sorted(self.site.output.rglob("*.html"))
        if pages:
            self.dice.choice(pages).unlink()

    def spoilt_page(self) -> None:
        pages = sorted(self.site.output.rglob("*.html"))
        if pages:
            self.dice.choice(pages).write_text("förstörd", "utf-8")

    def files(self) -> list[Path]:
        """Return the published files that aren't pages."""
        kinds = {".csv", ".json", ".svg", ".xlsx"}
        return sorted(file for file in self.site.output.rglob("*.*") if file.suffix in kinds)

    def lost_file(self) -> None:
        if self.files():
            self.dice.choice(self.files()).unlink()

    def replaced_file(self) -> None:
        """Replace a file like an editor: another file takes its name."""
        if self.files():
            file = self.dice.choice(self.files())
            aside = file.with_name("ny")
            aside.write_text("förstörd", "utf-8")
            aside.replace(file)

    def licence(self) -> None:
        words = self.dice.choice(["", "    licens: cc-by\n"])
        self.site.write("webbplats.yaml", f"{SETTINGS}{words}    adress: https://prov.example/\n")

    def colour(self) -> None:
        digits = self.dice.choice(["0a4562", "0a4563"])
        file = self.project / "assets/css/10-settings.css"
        self.change(file, lambda text: re.sub("--serie-individual: #0a456[23]", f"--serie-individual: #{digits}", text))


DECISION = re.compile("^beslut:.*$", re.MULTILINE)
EDITS = tuple(name for name, value in vars(Walk).items() if callable(value) and name not in {
    "__init__", "write_plan", "plans", "files", "build", "build_clean", "edit", "saved", "undo", "change"})  # fmt: skip

EDITS_OF_PLANS = ("sentence", "same_size", "moved", "proposed", "drafted", "goals", "restored", "spoilt_page", "frozen")

FINE = 20_000_000
"""Nanoseconds. A clock as fine as that of most disks: then nearly all files get a usable signature."""


@pytest.fixture
def every(pytestconfig: pytest.Config) -> int:
    return 1 if pytestconfig.getoption("--each-step") else EVERY


@pytest.mark.parametrize("seed", SEEDS)
def test_incremental_equals_clean_after_any_edits(
    tmp_path: Path, disk_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, seed: int, every: int
) -> None:
    """Slow, since it is three hundred builds, and a fifth as many that begin with nothing."""
    if seed % 2:
        monkeypatch.setattr(snapshot, "GRAIN", FINE)
    walk = Walk(disk_path if seed in ON_DISK else tmp_path, project, seed)
    walk.pdfs = seed == WITH_PDFS
    walk.build()
    compare_with_clean(walk, EDITS, every)


@pytest.mark.parametrize("seed", [1, 2])
def test_incremental_equals_clean_when_other_associations_are_kept(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, seed: int, every: int
) -> None:
    """On a site that knows its address and its licence, so that it has everything that a site can have."""
    monkeypatch.setattr(snapshot, "GRAIN", FINE)
    walk = Walk(tmp_path, project, seed)
    walk.site.write("vaster/forbund.md", ASSOCIATION.replace("Norr", "Väster"))
    for year in (2024, 2025):
        walk.site.write(f"vaster/{year}/plan.md", PLAN.replace("norr", "vaster").replace("år: 2025", f"år: {year}"))
    named = SETTINGS.replace("[norr]", "[norr, soder, vaster]")
    walk.site.write("webbplats.yaml", f"{named}    licens: cc-by\n    adress: https://prov.example/\n")
    walk.build()
    compare_with_clean(walk, EDITS_OF_PLANS, every)


def compare_with_clean(walk: Walk, kinds: Sequence[str], every: int) -> None:
    done = 0
    for _ in range(EDITS_EACH):
        before = walk.saved()
        walk.edit(kinds)
        if walk.build().has_errors:
            walk.undo(before)
            continue
        done += 1
        if done % every == 0:
            assert walk.site.files() == walk.build_clean(), walk.done
    assert done >= LEAST_DONE, walk.done


# --- How much is done -----------------------------------------------------------------------------------------------


@pytest.fixture
def walk(tmp_path: Path, project: Path) -> Walk:
    made = Walk(tmp_path, project, 0)
    made.build()
    return made


def test_after_one_changed_sentence_only_what_holds_it_is_made_and_no_chart_is_drawn(walk: Walk) -> None:
    walk.site.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    work = walk.build().work
    assert (work.plans, work.drawings, work.files) == (1, 0, ("norr/2024/index.html", "norr/2024/plan.json"))


def test_after_one_changed_amount_only_the_charts_that_show_it_are_drawn(walk: Walk) -> None:
    walk.site.edit("norr/2024/plan.md", "[1 500 000, 1 400 000]", "[1 500 000, 1 300 000]")
    walk.site.edit("norr/2024/plan.md", "[500 000, 600 000]", "[500 000, 700 000]")
    work = walk.build().work
    assert (work.plans, work.drawings) == (1, 0)
    assert set(work.files) == {*AMOUNT_FILES, *(f"norr/2024/{name}" for name in OWN_AMOUNT_FILES)}
    walk.site.edit("norr/2024/plan.md", "[1 500 000, 1 300 000]", "[1 400 000, 1 300 000]")
    walk.site.edit("norr/2024/plan.md", "[500 000, 700 000]", "[600 000, 700 000]")
    work = walk.build().work
    assert (work.plans, work.drawings) == (1, 1)
    charts = {"vad-pengarna-gar-till.csv", "vad-pengarna-gar-till.svg", "en-hundralapp.csv"}
    own = (f"norr/2024/{name}" for name in {*OWN_AMOUNT_FILES, *charts})
    assert set(work.files) == {*AMOUNT_FILES, *own}


AMOUNT_FILES = {
    *(f"{folder}{name}" for folder in ("data/", "norr/data/") for name in ("budget.csv", "budget-excel.csv")),
    *("data/datapackage.json", "norr/data/datapackage.json", "data/index.html", "norr/index.html", "index.html"),
}
"""Files that contain an amount, or the size and checksum of a file that does, besides the plan's own.

With one association its page is the start page as well."""
OWN_AMOUNT_FILES = {"index.html", "budget.csv", "budget-excel.csv", "budget.xlsx", "plan.json"}


def test_a_changed_title_reaches_the_files_that_show_it_and_no_other(walk: Walk) -> None:
    walk.site.edit("norr/2025/plan.md", "titel: Verksamhetsplan 2025", "titel: Plan för 2025")
    charts = {path for path in walk.files() if path.suffix == ".svg" and "2025" in path.parts}
    made = walk.build().work.files
    assert {path for path in made if not path.endswith(".svg")} == {
        "index.html", "insyn/index.html", "norr/2025/index.html", "norr/index.html", "norr/2025/plan.json",
        "norr/2025/budget.xlsx", "norr/data/planer.csv", "data/planer.csv", "norr/data/datapackage.json",
        "data/datapackage.json", "data/index.html",
    }  # fmt: skip
    assert {path for path in made if path.endswith(".svg")} == {
        path.relative_to(walk.site.output).as_posix() for path in charts
    }


def test_a_changed_template_leaves_the_files_beside_plans_alone(walk: Walk) -> None:
    walk.change(walk.project / "templates/pages/plan.html", lambda text: text + "\n")
    assert walk.build().work.files == tuple(f"norr/{year}/index.html" for year in (2023, 2024, 2025))


def test_a_file_beside_a_plan_that_is_lost_or_replaced_is_made_again_and_nothing_else(walk: Walk) -> None:
    before = walk.site.files()
    file = walk.site.output / "norr/2024/budget.csv"
    file.unlink()
    assert walk.build().work.files == ("norr/2024/budget.csv",)
    (file.parent / "ny").write_text("förstörd", "utf-8")
    (file.parent / "ny").replace(file)
    assert walk.build().work.files == ("norr/2024/budget.csv",)
    assert walk.site.files() == before


def test_a_file_that_someone_wrote_over_is_made_again_with_its_plan(walk: Walk) -> None:
    """It is its folder that is looked at, until something of the plan is changed."""
    file = walk.site.output / "norr/2024/budget.csv"
    before = file.read_bytes()
    file.write_text("förstörd", "utf-8")
    walk.site.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    walk.build()
    assert file.read_bytes() == before


def test_a_chart_that_is_no_longer_drawn_takes_its_files_with_it(walk: Walk) -> None:
    assert (walk.site.output / "norr/2024/vem-betalar.svg").exists()
    walk.site.edit("norr/2024/plan.md", "\nbudget:", "\ndiagram: {vem-betalar: {visa: nej}}\nbudget:")
    assert not walk.build().has_errors
    assert not list(walk.site.output.glob("norr/2024/vem-betalar.*"))


def test_a_new_decided_plan_makes_the_older_ones_say_so(walk: Walk) -> None:
    walk.write_plan(2026)
    work = walk.build().work
    assert work.plans == 1
    assert {path for path in work.pages if "/20" in path} == {f"norr/{year}/index.html" for year in range(2023, 2027)}
    assert "Gå till planen för 2026" in walk.site.page("norr/2025/")


def test_a_changed_template_is_rendered_anew_without_reading_or_drawing(walk: Walk) -> None:
    walk.change(walk.project / "templates/components/goals.html", lambda text: text + "\n")
    work = walk.build().work
    assert (work.plans, work.drawings) == (0, 0)
    assert work.pages == tuple(f"norr/{year}/index.html" for year in (2023, 2024, 2025))


def test_nothing_changed_is_nothing_done(walk: Walk) -> None:
    work = walk.build().work
    assert (work.plans, work.drawings, work.files) == (0, 0, ())


def test_a_check_and_a_build_share_what_they_have_read(walk: Walk) -> None:
    walk.site.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert pipeline.check(walk.site.content, walk.site.output, quiet, walk.project).work.plans == 1
    assert walk.build().work.plans == 0


def test_an_error_leaves_the_former_site_and_its_mending_is_found(walk: Walk) -> None:
    before = walk.site.files()
    walk.site.edit("norr/2024/plan.md", "[1 500 000, 1 400 000]", "[1 600 000, 1 400 000]")
    assert walk.build().has_errors
    assert walk.site.files() == before
    walk.site.edit("norr/2024/plan.md", "[1 600 000, 1 400 000]", "[1 500 000, 1 400 000]")
    assert not walk.build().has_errors
    assert walk.site.files() == before


def test_files_of_someone_elses_in_the_output_folder_are_left_alone(walk: Walk) -> None:
    (walk.site.output / "CNAME").write_text("planer.example", "utf-8")
    walk.withdrawn()
    walk.build()
    assert (walk.site.output / "CNAME").read_text("utf-8") == "planer.example"


def test_a_plan_comes_back_when_its_forbund_can_be_read_again(walk: Walk) -> None:
    walk.site.edit("webbplats.yaml", "förbund: [norr]", "förbund: [")
    walk.site.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer all samverkan")
    assert walk.build().has_errors
    walk.site.write("webbplats.yaml", SETTINGS)
    assert not walk.build().has_errors
    assert "stödjer all samverkan" in walk.site.page("norr/2025/")


def test_a_link_to_a_part_of_another_page_is_looked_up_though_the_store_has_forgotten(walk: Walk) -> None:
    walk.site.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer [samverkan](../2025/#1-uppdrag)")
    assert not walk.build().has_errors
    with sqlite3.connect(walk.site.output.parent / build_record.CACHE / FILE) as store:
        store.execute("DELETE FROM results WHERE key LIKE 'work:%'")
    walk.site.edit("norr/2025/plan.md", "# 1. Uppdrag", "# 1. Ändamål")
    assert errors_of(walk.build()) == ["link-broken"]
    with sqlite3.connect(walk.site.output.parent / build_record.CACHE / FILE) as store:
        store.execute("DELETE FROM results WHERE key LIKE 'work:%'")
    assert errors_of(walk.build()) == ["link-broken"]


def errors_of(result: pipeline.BuildResult) -> list[str]:
    return [problem.code for problem in result.problems if result.texts.is_error(problem)]


def test_a_file_saved_while_the_site_is_built_stops_the_build(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write_plan()

    def take_and_edit(*given: Any) -> build_record.BuildInputs:
        taken = snapshot_inputs(*given)
        site.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer all samverkan")
        return taken

    monkeypatch.setattr(build_record, "snapshot_inputs", take_and_edit)
    assert site.build() == 1
    assert "Filen content/norr/2025/plan.md sparades medan Insyn läste planerna." in site.printed
    monkeypatch.undo()
    assert site.build() == 0
    assert "stödjer all samverkan" in site.page("norr/2025/")


def test_what_a_link_leads_to_is_read_when_it_changes(
    site: TestSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link and the folder that it lies in are as they were."""
    monkeypatch.setattr(snapshot, "GRAIN", FINE)
    site.write_plan()
    linked, kept, folder = site.content / "norr/2025/plan.md", tmp_path / "plan.md", tmp_path / "mapp"
    linked.rename(kept)
    linked.symlink_to(kept)
    time.sleep(0.1)
    assert site.build() == 0, site.printed
    kept.write_text(kept.read_text("utf-8").replace("stödjer samverkan", "stödjer all samverkan"), "utf-8")
    assert site.build() == 0, site.printed
    assert "stödjer all samverkan" in site.page("norr/2025/")
    kept.unlink()
    kept.symlink_to(folder)
    folder.mkdir()
    assert site.build() == 1
    assert "Traceback" not in site.printed


def test_years_are_four_plain_digits(site: TestSite) -> None:
    site.write_plan()
    site.write("norr/２０２５/plan.md", PLAN)
    assert [found.code for found in site.found()] == ["stray-file"]


class Asked:
    """An attribute that is fetched from a class by name on reading back."""

    def __init__(self, kind: type, name: str) -> None:
        self.kind, self.name = kind, name

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[type, str]]:
        return getattr, (self.kind, self.name)


def test_a_member_is_remembered_as_python_before_3_11_4_writes_it_and_nothing_else_is_fetched_so(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path)
    for name in ("PROPOSAL", "__members__", "__init__"):
        store.put(name, Asked(Status, name))
    store.commit()
    assert [store.get(name) for name in ("PROPOSAL", "__members__", "__init__")] == [Status.PROPOSAL, None, None]
    store.close()


# --- Publishing -----------------------------------------------------------------------------------------------------


def test_what_a_killed_build_left_aside_is_never_published(site: TestSite) -> None:
    site.write_plan()
    left = [site.output / f"{output.STAGING_PREFIX}{os.getpid()}-x", site.output.parent / f".output-{os.getpid()}-ny"]
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "gammalt.html").write_text("gammalt", "utf-8")
    assert site.build() == 0, site.printed
    assert not list(site.output.rglob("gammalt.html"))


def test_two_builds_in_one_process_leave_each_others_files_alone(tmp_path: Path) -> None:
    one, other = Staging(tmp_path), Staging(tmp_path)
    one.write("sida.html", b"den ena")
    other.write("sida.html", b"den andra")
    one.remove()
    assert not one.folder.exists()
    output.publish(other, {"sida.html"}, (), set(), {"sida.html"})
    other.remove()
    assert (tmp_path / "sida.html").read_bytes() == b"den andra"
    assert not list(tmp_path.glob(f"{output.STAGING_PREFIX}*"))


FULL = r"""
import resource, signal, sys
from pathlib import Path
from insyn.disk.output import Staging, Unwritable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
staging = Staging(Path(sys.argv[1]))
staging.write("norr.csv", b"rubrik\r\n" + b"x" * 30_000)
for write in (
    lambda: staging.write("sida.html", b"x" * 40_001),
    lambda: staging.join("alla.csv", ("norr.csv", "norr.csv")),
):
    try:
        write()
    except Unwritable:
        print("sade till")
"""
"""Write more to a file than there is room for, as on a full disk."""


def test_a_file_that_a_full_disk_has_room_for_half_of_is_never_published(tmp_path: Path, project: Path) -> None:
    words = [sys.executable, "-c", FULL, str(tmp_path)]
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout == "sade till\n" * 2, done.stdout


def test_signatures_are_of_the_files_that_were_put_there(tmp_path: Path) -> None:
    one, other = Staging(tmp_path), Staging(tmp_path)
    one.write("sida.html", b"den ena")
    other.write("sida.html", b"den andra")
    first, _ = output.publish(one, {"sida.html"}, (), set(), {"sida.html"})
    assert first == {"sida.html": signature_of(str(tmp_path / "sida.html"))}
    assert output.publish(other, {"sida.html"}, (), {"sida.html"}, {"sida.html"})[0] != first


def test_a_file_beside_a_page_replaced_by_another_build_is_looked_at_again(tmp_path: Path) -> None:
    one, other = Staging(tmp_path), Staging(tmp_path)
    for staging in (one, other):
        staging.write("norr/budget.csv", b"rader")
    line = output.manifest_line("norr/", ("budget.csv",))
    _, inodes = output.publish(one, (), ["norr/budget.csv"], set(), {line})
    ours = output.record_side_files(tmp_path, "norr/", "key", ("budget.csv",), inodes)
    assert ours.is_intact(f"{tmp_path}/norr/", signature_of)
    output.publish(other, (), ["norr/budget.csv"], {line}, {line})
    assert not ours.is_intact(f"{tmp_path}/norr/", signature_of)
    assert output.record_side_files(tmp_path, "norr/", "key", ("budget.csv",), inodes).files_signature is None


def test_a_folder_is_looked_at_alike_where_the_system_cannot_look_from_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "norr").mkdir()
    (tmp_path / "norr" / "plan.md").write_text("text", "utf-8")
    paths = ("", "norr", "norr/", "norr/plan.md", "borta")
    with snapshot.FolderStats(str(tmp_path)) as looking:
        found = [looking.signature(path) for path in paths]
    monkeypatch.setattr(os, "supports_dir_fd", set())
    with snapshot.FolderStats(str(tmp_path)) as looking:
        assert [looking.signature(path) for path in paths] == found
    assert [one is None for one in found] == [False, False, False, False, True]


def test_a_page_replaced_at_once_by_another_build_gets_no_signature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, plain = Staging(tmp_path), os.replace
    one.write("sida.html", b"den ena")

    def replace_twice(source: str, target: str) -> None:
        plain(source, target)
        if target.endswith("sida.html"):
            (tmp_path / "annan").write_bytes(b"den andra")
            plain(tmp_path / "annan", target)

    monkeypatch.setattr(os, "replace", replace_twice)
    assert output.publish(one, {"sida.html"}, (), set(), {"sida.html"})[0] == {"sida.html": None}


def test_a_file_replaced_while_another_plan_is_built_is_mended_by_the_next_build(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replaced after the build has looked at it, and before it notes how everything lies."""
    published, publish = walk.site.files(), output.publish

    def meddled(*given: Any) -> Any:
        aside = walk.site.output / "norr/2025/ny"
        aside.write_text("förstörd", "utf-8")
        aside.replace(walk.site.output / "norr/2025/budget.csv")
        return publish(*given)

    walk.site.edit("norr/2024/plan.md", "stödjer samverkan", "stödjer all samverkan")
    with monkeypatch.context() as patched:
        patched.setattr(output, "publish", meddled)
        walk.build()
    found = build_record.read(walk.site.content, walk.site.output)
    assert found
    assert not build_record.is_current(found, snapshot_inputs(walk.site.content, found, walk.project), walk.site.output)
    walk.site.edit("norr/2024/plan.md", "stödjer all samverkan", "stödjer samverkan")
    walk.build()
    assert walk.site.files() == published


def test_pages_that_a_stopped_build_should_have_removed_are_removed_by_the_next(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(walk.site.content / "norr/2023")

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(output, "_remove", killed)
    with pytest.raises(KeyboardInterrupt):
        walk.build()
    monkeypatch.undo()
    shutil.rmtree(walk.site.output.parent / build_record.CACHE)
    walk.build()
    assert not (walk.site.output / "norr/2023").exists()


def test_a_list_of_files_that_someone_has_spoilt_does_no_harm(walk: Walk) -> None:
    before = walk.site.files()
    (walk.site.output / MANIFEST).write_bytes(b"\n  \nnorr\n.\n\xff\n\0\n../content/webbplats.yaml\n")
    assert not walk.build().has_errors
    assert walk.site.files() == before
    assert (walk.site.content / "webbplats.yaml").is_file()
    _, *lines = (walk.site.output / MANIFEST).read_text("utf-8").splitlines()
    listed = [line.split("\t") for line in lines]
    assert sorted(f"{first}{name}" for first, *names in listed for name in names or [""]) == sorted(before)


# --- What is remembered ---------------------------------------------------------------------------------------------


def test_a_build_by_another_copy_of_the_program_is_not_ours(walk: Walk) -> None:
    found = build_record.read(walk.site.content, walk.site.output)
    assert found
    same, another = (
        build_record.snapshot_inputs(walk.site.content, found, folder) for folder in (walk.project, materials.PROJECT)
    )
    assert build_record.is_current(found, same, walk.site.output)
    assert not build_record.is_current(found, another, walk.site.output)


def test_the_store_makes_values_and_runs_nothing(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "kört"),)

    store = Store(tmp_path)
    store.put("a", Trap())
    store.put("b", ("text", 1))
    store.commit()
    assert store.get_many("ab") == {"b": ("text", 1)}
    assert not (tmp_path / "kört").exists()


def test_a_broken_store_goes_with_its_companions(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"{FILE}{ending}").write_bytes(b"not a database" * 99)
    store = Store(tmp_path)
    store.put("a", 1)
    store.close()
    assert Store(tmp_path).get("a") == 1


def test_a_large_file_has_the_hash_of_its_bytes(tmp_path: Path) -> None:
    body = b"stor" * 1_000_000
    (tmp_path / "stor").write_bytes(body)
    assert take_snapshot(str(tmp_path), lambda _path: True, None).files["stor"][1] == hash_of_body(body)


# --- As processes ---------------------------------------------------------------------------------------------------


def _words(site: TestSite) -> list[str]:
    return [sys.executable, "build.py", "--utan-pdf", "--innehåll", str(site.content), "--till", str(site.output)]


def test_an_unchanged_build_imports_nothing_heavy(site: TestSite, project: Path) -> None:
    site.write_plan()
    site.build(search=True)
    imported = _imported(project, *_words(site)[1:]) - _imported(project, "-c", "pass")
    assert "insyn.command" in imported
    assert not imported & {"matplotlib", "markdown_it", "jinja2", "yaml", "numpy", "insyn.build.pipeline", "sqlite3"}
    assert not imported & {"pathlib", "json", "re", "typing"}


def _imported(project: Path, *words: str) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-X", "importtime", *words], cwd=project, capture_output=True, text=True, check=True
    )
    return {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}


def test_a_file_once_too_fresh_to_be_trusted_is_read_no_more(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def trusted() -> list[bool]:
        found = build_record.read(site.content, site.output)
        assert found
        return [signature is not None for signature, _ in found.inputs.content.files.values()]

    site.write_plan()
    site.build()
    assert not any(trusted())
    monkeypatch.setattr(snapshot, "GRAIN", 0)
    site.build()
    assert all(trusted())


def test_what_cant_be_remembered_leaves_nothing_behind(site: TestSite) -> None:
    site.write_plan()
    site.build()
    cache = site.output.parent / build_record.CACHE
    (record,) = cache.glob("senast-*")
    record.unlink()
    record.mkdir()
    assert site.build() == 0
    assert list(cache.glob("senast-*")) == [record]


def test_an_unchanged_build_says_the_same_warnings_again(site: TestSite) -> None:
    site.write_plan(PLAN, ("  enhet: kr", "  rubrik: Budget 2019\n      enhet: kr"))
    site.build(search=True)
    first = site.printed
    assert "rubrik-år" in first
    site.build(search=True)
    assert site.printed == first


def test_two_builds_at_once_come_to_the_same_site(site: TestSite, project: Path) -> None:
    site.write_plan()
    for _ in range(3):
        both = [subprocess.Popen(_words(site), cwd=project, stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [one.wait() for one in both] == [0, 0]
    expected = site.files()
    shutil.rmtree(site.output.parent / ".insyn-cache")
    shutil.rmtree(site.output)
    site.build(search=True)
    assert site.files() == expected


def test_a_killed_build_leaves_a_whole_site_and_the_next_one_ends_it(site: TestSite, project: Path) -> None:
    site.write_plan()
    site.build(search=True)
    before = site.files()
    site.edit("norr/2025/plan.md", "stödjer samverkan", "stödjer all samverkan")
    for delay in (0.05, 0.2, 0.35, 0.5):
        one = subprocess.Popen(_words(site), cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        one.send_signal(signal.SIGKILL)
        one.wait()
        now = {path: body for path, body in site.files().items() if not path.startswith(output.STAGING_PREFIX)}
        pages = {path for path in now if not path.startswith("sok/nu/")}
        assert pages == {path for path in before if not path.startswith("sok/nu/")}
        edited = {"norr/2025/index.html", "norr/2025/plan.json"}
        assert all(now[path] == before[path] for path in pages if path not in edited)
        assert now["norr/2025/plan.json"].endswith(b"\n}\n")
        assert now["norr/2025/index.html"].endswith(b"</html>\n")
        assert all(f"sok/nu/{page['text']}" in now for page in json.loads(now["sok/nu/sok.json"])["pages"])
    site.build(search=True)
    assert "stödjer all samverkan" in site.page("norr/2025/")
    assert not list(site.output.glob(f"{output.STAGING_PREFIX}*"))


def test_two_cores_give_the_same_bytes_as_one(
    over_years: Path, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "available_cores", lambda: 2)
    monkeypatch.setattr(workers, "WORTH_FORKING", 2)
    site = TestSite(tmp_path, content=project / "tests" / "sites" / "years")
    assert site.build(search=True) == 0, site.printed
    assert site.files() == TestSite(over_years.parent).files()


def _end(_piece: Sequence[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_a_killed_worker_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "available_cores", lambda: 2)
    with pytest.raises(workers.Lost):
        list(workers.spread(_end, range(50)))


def test_workers_end_with_the_build_that_started_them(project: Path) -> None:
    program = r"""
import os, time
from insyn.parallel import workers
def wait(piece):
    os.write(1, b"%d\n" % os.getpid())
    time.sleep(1)
    return []
workers.available_cores = lambda: 2
list(workers.spread(wait, range(800)))
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=project, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        ours = [int(build.stdout.readline()) for _ in range(2)]
        build.kill()
    for _ in range(50):
        if not any(Path(f"/proc/{one}/cmdline").exists() and Path(f"/proc/{one}/cmdline").read_bytes() for one in ours):
            return
        time.sleep(0.1)
    pytest.fail("A worker is left.")
