"""The text of a file chapter by chapter: each from its heading to the next of the same or a higher level."""

from msgspec import Struct

from insyn.editing.edits import Edit
from insyn.editing.operations import SetChapter
from insyn.editing.refusals import Refused
from insyn.markdown.render import parse
from insyn.reading.characters import normalised, plain_markdown
from insyn.reading.spans import LINE, WrittenFile


class TextChapter(Struct, frozen=True):
    """A chapter and its Markdown, from its heading on. What is before the first heading has level 0 and no title."""

    level: int
    title: str
    begin: int
    end: int
    text: str
    """With line feeds, and without the empty lines at its end."""


def chapters(file: WrittenFile) -> tuple[TextChapter, ...]:
    """Return the chapters of a file, the inner ones too, in the order of their headings; first what is before them."""
    body = file.text[file.body :]
    starts = [file.body + line.start() for line in LINE.finditer(body)]
    headings = [(level, title, starts[line]) for level, title, line in _headings(body)]
    first = headings[0][2] if headings else len(file.text)
    found = [_chapter(file, 0, "", file.body, first)]
    for number, (level, title, begin) in enumerate(headings):
        later = (start for other, _, start in headings[number + 1 :] if other <= level)
        found.append(_chapter(file, level, title, begin, next(later, len(file.text))))
    return tuple(found)


def _headings(body: str) -> list[tuple[int, str, int]]:
    """Return level, words and line of each heading that isn't within a list or a quotation."""
    tokens = parse(plain_markdown(normalised(body))).tokens
    return [
        (int(token.tag[1:]), tokens[place + 1].content, token.map[0])
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _chapter(file: WrittenFile, level: int, title: str, begin: int, end: int) -> TextChapter:
    return TextChapter(level, title, begin, end, normalised(file.text[begin:end]).rstrip())


def chapter_edit(file: WrittenFile, operation: SetChapter) -> Edit:
    """Return the edit that gives a chapter another text. Raises Refused when other chapters would change with it."""
    there = chapters(file)
    if not 0 <= operation.chapter < len(there):
        raise Refused("edit-chapter-missing", file.body)
    chapter = there[operation.chapter]
    raw = file.text[chapter.begin : chapter.end]
    blank = raw[len(raw.rstrip()) :]
    text = normalised(operation.text).rstrip().replace("\n", file.newline)
    is_last = chapter.end == len(file.text)
    edit = Edit(chapter.begin, chapter.end, text + (blank or ("" if is_last and raw else file.newline * 2)))
    _check_others(file, there, chapter, edit)
    return edit


def _check_others(file: WrittenFile, before: tuple[TextChapter, ...], chapter: TextChapter, edit: Edit) -> None:
    """Raises Refused when what follows isn't read as it was, as after an unclosed block of code."""
    made = file.text[: edit.begin] + edit.text + file.text[edit.end :]
    moved = len(made) - len(file.text)
    after = {(one.level, one.title, one.begin) for one in chapters(_with_text(file, made))}
    outside = [one for one in before if not chapter.begin <= one.begin < chapter.end and one.level]
    for one in outside:
        begin = one.begin if one.begin < chapter.begin else one.begin + moved
        if (one.level, one.title, begin) not in after:
            raise Refused("edit-chapter-open", one.begin, heading=one.title)


def _with_text(file: WrittenFile, text: str) -> WrittenFile:
    return WrittenFile(text, file.header, file.begin, file.end, file.body, file.newline)
