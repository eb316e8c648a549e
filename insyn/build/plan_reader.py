"""Examines plans, in a process that was begun ahead if there is one."""

from importlib import import_module

from msgspec import Struct

from insyn.model import Association
from insyn.parallel.helper_process import READING, HelperProcess, answer, submit
from insyn.reading.sources import SourceFile, SourceText
from insyn.site.facts import Examination
from insyn.texts import Texts


class PlanReader(Struct, frozen=True):
    """What examines plans. All that reads YAML and Markdown is imported only where plans are examined."""

    ahead: HelperProcess | None = None
    """A process that may have imported what it takes while this one did other things."""

    def prepare(self) -> None:
        """Import what it takes before workers are forked, so that each needn't."""
        import_module(READING[0])

    def submit(self, file: SourceFile, source: SourceText, association: Association | None, texts: Texts) -> None:
        """Have a plan examined that will be asked for, while this process does other things."""
        submit(self.ahead, READING, (file, source, association, texts))

    def examine(
        self, file: SourceFile, source: SourceText, association: Association | None, texts: Texts
    ) -> Examination:
        examined: Examination = answer(self.ahead, READING, (file, source, association, texts))
        return examined
