"""Note marks and footnotes that link to each other, within one table or list."""

from markupsafe import Markup
from msgspec import Struct

from insyn.checks.notes import bare, marks_in
from insyn.markdown.inline import render_inline
from insyn.model import Note


class MarkView(Struct, frozen=True):
    """A note mark, linked to its note; `note_id` is None if the note is missing."""

    text: str
    id: str
    note_id: str | None


class NoteView(Struct, frozen=True):
    id: str
    mark: str
    html: Markup
    back_ids: tuple[str, ...]


class Notes:
    """Assigns ids to marks in order of occurrence, so that each footnote can link back to all its marks."""

    def __init__(self, scope: str, notes: tuple[Note, ...]) -> None:
        self.scope = scope
        self.notes = notes
        self._back: dict[str, list[str]] = {bare(note.mark): [] for note in notes}
        self._ids = {bare(note.mark): f"{scope}-not-{number}" for number, note in enumerate(notes, 1)}

    def marks(self, written: str | None) -> tuple[MarkView, ...]:
        """Split a written mark into marks, each with an id of its own."""
        return tuple(self._mark(mark) for mark in marks_in(written))

    def _mark(self, mark: str) -> MarkView:
        note_id = self._ids.get(bare(mark))
        back = self._back.setdefault(bare(mark), [])
        own = f"{note_id or self.scope}-marke-{len(back) + 1}"
        back.append(own)
        return MarkView(mark, own, note_id)

    def views(self) -> tuple[NoteView, ...]:
        """Return the footnotes. Call it after every mark has got its id."""
        return tuple(
            NoteView(
                self._ids[bare(note.mark)],
                note.mark,
                Markup(render_inline(note.text)),
                tuple(self._back[bare(note.mark)]),
            )
            for note in self.notes
        )
