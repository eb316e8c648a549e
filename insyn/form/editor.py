"""What the form asks for: edits of a plan's file, each of which can be taken back."""

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from msgspec import Struct

from insyn.disk.served import read_inside
from insyn.editing.operations import AnyOperation
from insyn.editing.refusals import Refusal, place_of
from insyn.editing.saving import Conflict, Saved, read, save, undo
from insyn.texts import Texts

EDITABLE = re.compile(r"[^/]+/(?P<file>[\w-]+/(?:\d{4}/plan|forbund)\.md)")
"""What may be edited: a plan or a förbund, never a frozen version."""
MOST_UNDONE = 200
"""Saves of a file that can be taken back."""


class EditRequest(Struct, frozen=True):
    """What the browser sends for each change."""

    file: str
    """From the project: "content/hoglandet/2024/plan.md"."""
    seen: str
    """The hash of the text that the change is made for."""
    operations: tuple[AnyOperation, ...] = ()


class EditReply(Struct, frozen=True):
    """What came of it."""

    said: str
    """A sentence for the author."""
    hash: str = ""
    """Of the text that was saved; empty when nothing was."""
    difference: str = ""
    """In a conflict: the lines that the change would alter in the file as it is now."""
    saves: bool = False
    """Whether the file now is as it was asked to be."""


class Editor:
    """Saves and undoes, for one author. The history lives as long as the process."""

    def __init__(self, content: Path, texts: Texts) -> None:
        self.content, self.texts = content, texts
        self._done: defaultdict[str, list[Saved]] = defaultdict(list)

    def edit(self, request: EditRequest) -> EditReply:
        """Do the operations of a request. Raises Unwritable."""
        file = self.inner(request.file)
        if file is None:
            return EditReply(self.texts.tell("form-gone"))
        made = save(self.content, file, request.seen, request.operations)
        match made:
            case Saved(hash=request.seen):
                return EditReply(self.texts.tell("form-unchanged"), made.hash, saves=True)
            case Saved():
                self._done[file] = [*self._done[file][-MOST_UNDONE + 1 :], made]
                return EditReply(self._saved("form-saved", made), made.hash, saves=True)
            case Refusal():
                return EditReply(self.texts.tell("form-refused", why=made.sentence(self.texts), line=made.place.line))
        return self._conflict(made)

    def undo(self, request: EditRequest) -> EditReply:
        """Take back the latest save of a file. Raises Unwritable."""
        history = self._done[self.inner(request.file) or ""]
        if not history:
            return EditReply(self.texts.tell("form-nothing-to-undo"))
        made = undo(self.content, history[-1])
        if isinstance(made, Conflict):
            history.clear()
            return EditReply(self.texts.tell("form-undo-conflict"))
        history.pop()
        return EditReply(self._saved("form-undone", made), made.hash, saves=True)

    def read(self, file: str) -> tuple[str, str] | None:
        """Return a file's text and its hash; None when it is gone or isn't text."""
        inner = self.inner(file)
        return read(self.content, inner) if inner else None

    def inner(self, file: str) -> str | None:
        """Return a file's path within the content folder; None when it is nothing that may be edited there."""
        found = EDITABLE.fullmatch(file)
        return found["file"] if found and read_inside(self.content, found["file"]) is not None else None

    def _saved(self, key: str, made: Saved) -> str:
        there = read(self.content, made.file)
        line = place_of(made.file, there[0], made.undo.begin).line if there and made.undo else 1
        return self.texts.tell(key, line=line)

    def _conflict(self, conflict: Conflict) -> EditReply:
        if conflict.theirs is None:
            return EditReply(self.texts.tell("form-gone"))
        if isinstance(conflict.ours, str):
            return EditReply(self.texts.tell("form-conflict"), difference=_difference(conflict.theirs, conflict.ours))
        return EditReply(self.texts.tell("form-conflict-lost"))


def _difference(before: str, after: str) -> str:
    lines: Sequence[str] = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return "\n".join(line for line in lines[2:] if not line.startswith("@@"))
