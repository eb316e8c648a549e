"""Examines plans, in a process that was begun ahead if there is one."""

import contextlib
from importlib import import_module

from msgspec import Struct

from insyn.ahead import Ahead
from insyn.knowledge import Examination
from insyn.model import Association
from insyn.reading.sources import SourceFile, SourceText
from insyn.texts import Texts


class Reader(Struct, frozen=True):
    """What examines plans. All that reads YAML and Markdown is imported only where plans are examined."""

    ahead: Ahead | None = None
    """A process that may have imported what it takes while this one did other things."""

    def prepare(self) -> None:
        """Import what it takes before workers are forked, so that each needn't."""
        import_module("insyn.examination")

    def examine(
        self, file: SourceFile, source: SourceText, association: Association | None, texts: Texts
    ) -> Examination:
        asked = file, source, association, texts
        if self.ahead is not None:
            with contextlib.suppress(OSError, EOFError):
                answer: Examination = self.ahead.ask(asked)
                return answer
        from insyn.examination import examine_plan

        return examine_plan(*asked)
