"""Scenarios, and how they are measured: prepare, edit, time the build, check the result."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from bench.edits import Expected, add_plan, change_amount, change_sentence, change_template, withdraw_plan
from bench.measuring import Failed, Spread, Taken, snapshot, written
from bench.others import Tool
from bench.project import Project, wait_for_clock

Edit = Callable[[Project, int], Expected]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A scenario's limits: wall time relative to Hugo's, seconds, megabytes; None for no limit."""

    ratio: float | None = None
    wall: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """An edit between two builds. `bar` is for 1,500 plans on a quiet machine."""

    name: str
    edit: Edit | None = None
    cold: bool = False
    """Whether output and cache are removed before."""
    prior_edit: Edit | None = None
    """An edit that is built, untimed, right before."""
    search: bool = False
    """Whether the timed build indexes the site."""
    has_search: bool = False
    """Whether the build before did."""
    turn: int = 0
    """Number among scenarios with the same edit, so that none repeats another's edit."""
    bar: Bar = Bar()


NOTHING_CACHED = Scenario("nothing cached", cold=True, bar=Bar(ratio=10, memory=400))
PLAN_ADDED = Scenario("one plan added", add_plan)
NOTHING_CHANGED = Scenario("nothing changed", bar=Bar(ratio=0.02, memory=40))
SENTENCE_CHANGED = Scenario("one sentence changed", change_sentence, bar=Bar(ratio=0.15, memory=80))
AMOUNT_CHANGED = Scenario("one amount changed", change_amount, bar=Bar(ratio=0.3, memory=150))
SCENARIOS = (
    NOTHING_CACHED,
    NOTHING_CHANGED,
    Scenario("nothing changed, the first build after another", prior_edit=change_sentence),
    SENTENCE_CHANGED,
    AMOUNT_CHANGED,
    Scenario("one template changed", change_template),
    PLAN_ADDED,
    Scenario("one plan withdrawn", withdraw_plan),
    Scenario("nothing changed but the search index", prior_edit=change_sentence, search=True, turn=1, bar=Bar(wall=3)),
    Scenario(
        "one sentence changed, with search",
        change_sentence,
        prior_edit=change_sentence,
        search=True,
        has_search=True,
        turn=2,
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """The runs of one scenario. `pairs` are Hugo's builds, each measured right after a run."""

    name: str
    taken: tuple[Taken, ...]
    pairs: tuple[Taken, ...] = ()
    written: tuple[int, ...] = ()
    bar: Bar = Bar()

    @property
    def wall(self) -> Spread:
        return Spread(tuple(one.wall for one in self.taken))

    @property
    def cpu(self) -> Spread:
        return Spread(tuple(one.cpu for one in self.taken))

    @property
    def memory(self) -> Spread:
        return Spread(tuple(one.memory for one in self.taken))

    @property
    def ratio(self) -> Spread | None:
        """Wall time relative to Hugo's, pair by pair; None when Hugo isn't installed."""
        ratios = tuple(own.wall / other.wall for own, other in zip(self.taken, self.pairs, strict=False))
        return Spread(ratios) if ratios else None


@dataclass(frozen=True, slots=True)
class Bench:
    """Runs scenarios on a project."""

    project: Project
    hugo: Tool | None
    runs: int
    tell: Tell

    def play(self, scenario: Scenario) -> Row:
        """Run a scenario several times, each followed by Hugo's full build of the same plans."""
        taken, pairs, files = [], [], []
        for number in range(self.runs):
            self.tell(f"{scenario.name}, {number + 1} of {self.runs}")
            own, count = self._play_once(scenario, 2 * self.runs * scenario.turn + number)
            taken.append(own)
            files.append(count)
            if self.hugo:
                pairs.append(self.hugo.build())
            self.project.build()
        return Row(scenario.name, tuple(taken), tuple(pairs), tuple(files), scenario.bar)

    def _play_once(self, scenario: Scenario, number: int) -> tuple[Taken, int]:
        """Prepare, edit and time one build; return also the number of written files."""
        if scenario.cold:
            self.project.forget()
        if scenario.prior_edit:
            wait_for_clock()
            scenario.prior_edit(self.project, self.runs + number)
            self.project.build(search=scenario.has_search)
        before = snapshot(self.project.output)
        os.sync()
        expected = scenario.edit(self.project, number) if scenario.edit else None
        taken = self.project.build(search=scenario.search)
        files = written(before, snapshot(self.project.output))
        if expected:
            expected.check()
        elif (files > 0) != (scenario.cold or scenario.search):
            raise Failed(f"{scenario.name}: {files} files were written")
        return taken, files

    def compare(self, tool: Tool) -> Row:
        """Time another generator's full builds, each followed by Hugo's."""
        taken, pairs = [], []
        for number in range(self.runs):
            self.tell(f"{tool.kind.name}, {number + 1} of {self.runs}")
            taken.append(tool.build())
            if self.hugo:
                pairs.append(self.hugo.build())
        return Row(f"{tool.kind.name}, full build", tuple(taken), tuple(pairs))
