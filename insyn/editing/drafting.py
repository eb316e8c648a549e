"""From a file's text and what is to be done to the new text, read again and the same but for that."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from insyn.editing.changes import change_for
from insyn.editing.edits import Edit, apply, difference, reverse
from insyn.editing.lines import Effect
from insyn.editing.operations import AnyOperation, SetChapter
from insyn.editing.refusals import Refusal, Refused
from insyn.problems import Place, Problem
from insyn.reading.characters import normalised, plain_markdown
from insyn.reading.key_kinds import Keys
from insyn.reading.keys import AssociationKeys, PlanKeys, SettingsKeys, TextPageKeys
from insyn.reading.spans import ReadFile, Written, WrittenFile, comments, read_outline, read_written

YAML = ".yaml"
OF_CONTENT = frozenset({"personal-number"})
"""What is told of a text rather than of how it is written: it may be saved, and is told where all problems are."""


class Draft(Struct, frozen=True):
    """A file's new text, and the edit that would make the old one of it."""

    text: str
    undo: Edit


def draft(text: str, file: str, operations: Sequence[AnyOperation]) -> Draft | Refusal:
    """Return a file's text with operations done, one after another; the refusal of the first that can't be.

    `file` is its path from the project. The text is as it lies on the disk: its line ends, byte order mark, comments
    and columns stay.

    >>> from insyn.editing.operations import SetText
    >>> made = draft("---\\ntitel: Plan   # så\\n---\\n", "plan.md", [SetText(("titel",), "Planen")])
    >>> made.text
    '---\\ntitel: Planen # så\\n---\\n'
    """
    made = text
    for operation in operations:
        try:
            made = _done(made, file, operation)
        except Refused as refused:
            return refused.at(file, made)
    return Draft(made, reverse(text, difference(text, made)))


def _done(text: str, file: str, operation: AnyOperation) -> str:
    before, written = _read(text, file), _written(text, only_yaml=file.endswith(YAML))
    if written is None or not isinstance(before, ReadFile):
        problems = before.problems if isinstance(before, ReadFile) else before
        raise Refused("edit-unreadable", problems[0].place if problems else Place(file))
    change = change_for(written, before.header, operation, keys_of(file))
    made = apply(text, change.edits)
    _check(written, before, change, made, file, is_body=isinstance(operation, SetChapter))
    return made


@lru_cache(maxsize=8)
def _read(text: str, file: str) -> ReadFile | tuple[Problem, ...]:
    """Read a file as every build reads it. What was read to be checked is what the next edit begins with."""
    return read_outline(text, file, only_yaml=file.endswith(YAML))


def keys_of(file: str) -> type[Keys]:
    """Return the keys that a file's front matter has, by its name."""
    name = file.rpartition("/")[2]
    if name.endswith(YAML):
        return SettingsKeys
    if name == "forbund.md":
        return AssociationKeys
    return TextPageKeys if "/sidor/" in file else PlanKeys


@lru_cache(maxsize=8)
def _written(text: str, *, only_yaml: bool) -> WrittenFile | None:
    return read_written(text, only_yaml=only_yaml)


def _check(written: WrittenFile, before: ReadFile, change: Effect, made: str, file: str, *, is_body: bool) -> None:
    """Raises Refused unless a new text reads as it should: as the old one but for the change."""
    begin = min((one.begin for one in change.edits), default=0)
    after = _read(made, file)
    if not isinstance(after, ReadFile):
        has_odd = any(one.code == "yaml-character" for one in after)
        raise Refused("edit-unwritable" if has_odd else "edit-reads-otherwise", begin)
    new = next(_new_problems(before.problems, after.problems), None)
    if new:
        raise Refused("edit-too-long" if new.code == "text-too-long" else "edit-unwritable", begin)
    body = plain_markdown(normalised(apply(written.text, change.edits)[written.body :])) if is_body else before.body
    if after.header != change.header or after.body != body:
        raise Refused("edit-reads-otherwise", begin)
    kept = [] if change.loses_comments else comments(written)
    touched = next((edit for edit in change.edits for one in kept if _overlaps(edit, one)), None)
    if touched:
        raise Refused("edit-comment", touched.begin)


def _overlaps(edit: Edit, comment: Written) -> bool:
    return max(edit.begin, comment.begin) < min(edit.end, comment.end) and edit.text.count("#") == 0


def _new_problems(before: Sequence[Problem], after: Sequence[Problem]) -> Iterator[Problem]:
    codes = [one.code for one in before]
    for one in after:
        if one.code in codes:
            codes.remove(one.code)
        elif one.code not in OF_CONTENT:
            yield one
