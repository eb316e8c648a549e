"""Examination of plans, in the helper process if there is one."""

from importlib import import_module

from msgspec import Struct

from insyn.model import Association
from insyn.parallel.helper_process import READING, HelperProcess, answer, submit
from insyn.reading.sources import SourceFile, SourceText
from insyn.site.facts import Examination
from insyn.texts import Texts


class PlanReader(Struct, frozen=True):
    """Examines plans. Parsers of YAML and Markdown are imported only if plans are examined."""

    helper: HelperProcess | None = None
    drafts: bool = False
    """Whether drafts are composed too."""

    def prepare(self) -> None:
        """Import the modules for examining, once for all workers that are forked."""
        import_module(READING[0])

    def submit(self, file: SourceFile, source: SourceText, association: Association | None, texts: Texts) -> None:
        """Start examining a plan in the helper."""
        submit(self.helper, READING, (file, source, association, texts, self.drafts))

    def examine(
        self, file: SourceFile, source: SourceText, association: Association | None, texts: Texts
    ) -> Examination:
        examined: Examination = answer(self.helper, READING, (file, source, association, texts, self.drafts))
        return examined
