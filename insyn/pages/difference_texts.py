"""Differences in words between two versions: passages with removed and added text, chapters, goals."""

import re
from collections.abc import Iterator, Sequence

from insyn.differences.alignment import Fate
from insyn.differences.chapters import ChapterChange
from insyn.differences.facts import IntroductionChange
from insyn.differences.goals import GoalChange, TargetChange
from insyn.differences.passages import Passage
from insyn.differences.words import Change, TextSpan
from insyn.pages.difference_views import (
    AimView,
    ChapterView,
    PassagePart,
    PassageView,
)
from insyn.pages.goals import status_word, target_text
from insyn.swedish import HARD_SPACE, integer
from insyn.texts import Texts

CONTEXT = 160
"""Number of letters of unchanged text shown on each side of a change; sentences are kept whole."""
PUNCTUATION = ".,:;!?"
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=\S)")
IN_A_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
RECOGNISABLE = 60
"""Number of letters of a moved passage shown, so that a reader recognises it."""
LONG = 150
"""Number of words from which the text of a new or removed chapter is folded."""
KINDS = {Fate.KEPT: "changed", Fate.ADDED: "added", Fate.REMOVED: "removed"}


# --- Passages -------------------------------------------------------------------------------------------------------


def passage_view(passage: Passage, texts: Texts, about: str | None = None, chapter: str | None = None) -> PassageView:
    """Lay out a passage. `about` says what it is, unless it is a piece of running text."""
    what = about or passage.kind.value
    if passage.moved_from is not None:
        part = PassagePart("same", _beginning(passage.words))
        origin = _origin(passage.moved_from, chapter, texts)
        return PassageView(texts.say(f"difference-label.moved-{what}"), "moved", (part,), origin)
    spans = passage.spans
    label = texts.say(f"difference-label.{passage.fate.value}-{what}")
    if [span.change for span in spans] == [Change.REMOVED, Change.ADDED]:
        return PassageView(label, "rewritten", tuple(PassagePart(span.change.value, span.text) for span in spans))
    return PassageView(label, KINDS[passage.fate], tuple(_parts(spans, texts)))


def _origin(origin: str, chapter: str | None, texts: Texts) -> str:
    if origin == chapter:
        return texts.say("difference-moved-within")
    return (
        texts.say("difference-moved-from", heading=origin) if origin else texts.say("difference-moved-from-beginning")
    )


def _beginning(text: str) -> str:
    """Return enough of the beginning of a text to recognise it by."""
    if len(text) <= RECOGNISABLE:
        return text
    return f"{text[:RECOGNISABLE].rpartition(' ')[0]} …"


def _parts(spans: Sequence[TextSpan], texts: Texts) -> Iterator[PassagePart]:
    """Yield the visible parts with their spoken prefixes: a listener must hear where a change begins and ends."""
    before = ""
    changed = False
    for kind, text in _stretches(spans):
        resumes = kind == "same" and changed and any(sign.isalnum() for sign in text)
        said = texts.say(f"difference-said-{kind}") if kind != "same" or resumes else ""
        pause = ", " if before and before[-1] not in PUNCTUATION else " "
        yield PassagePart(kind, IN_A_NUMBER.sub(HARD_SPACE, text), f"{pause if before else ''}{said} " if said else "")
        before = text.rstrip() or before
        changed = kind in ("removed", "added") or (changed and not resumes)


def _stretches(spans: Sequence[TextSpan]) -> Iterator[tuple[str, str]]:
    """Yield kind and text. The space after a change is left out of it, so that it isn't underlined."""
    space = ""
    for number, span in enumerate(spans):
        if span.change is Change.SAME:
            text = space + span.newer + (" " if _lacks_space(span, spans[number + 1 :]) else "")
            start = _first_word(text) if number else 0
            if start:
                yield "same", text[:start]
            yield from _shortened(text[start:], is_first=number == 0, is_last=number == len(spans) - 1)
            space = ""
        else:
            if space:
                yield "same", space
            yield span.change.value, span.text.strip()
            exchanged = number + 1 < len(spans) and spans[number + 1].change is Change.ADDED
            space = " " if exchanged or span.text.endswith(" ") else ""


def _first_word(text: str) -> int:
    """Return where the first word begins: a full stop or space before it still belongs to the change."""
    return next((place for place, sign in enumerate(text) if sign.isalnum()), 0)


def _lacks_space(span: TextSpan, following: Sequence[TextSpan]) -> bool:
    """Whether a space was removed together with the word after it; it is shown nevertheless."""
    parted = span.older.endswith(" ") and not span.newer.endswith(" ")
    return parted and bool(following) and following[0].change is Change.REMOVED


def _shortened(text: str, *, is_first: bool, is_last: bool) -> Iterator[tuple[str, str]]:
    """Yield unchanged text: all of it, or the sentences nearest to the surrounding changes."""
    sentences = [*SENTENCE_END.split(text.rstrip())]
    before = [] if is_first else _nearest(sentences)
    after = [] if is_last else _nearest(sentences[::-1])[::-1]
    if len(text) <= 2 * CONTEXT or len(before) + len(after) >= len(sentences):
        yield "same", text
        return
    if before:
        yield "same", f"{' '.join(before)} "
    yield "left-out", "[…]"
    if after:
        yield "same", f" {' '.join(after)}{' ' if text.endswith(' ') else ''}"


def _nearest(sentences: Sequence[str]) -> list[str]:
    """Return the first sentences, enough for context."""
    found: list[str] = []
    for sentence in sentences:
        found.append(sentence)
        if sum(map(len, found)) >= CONTEXT:
            break
    return found


# --- Chapters -------------------------------------------------------------------------------------------------------


def chapter_views(chapters: Sequence[ChapterChange], texts: Texts) -> Iterator[ChapterView]:
    """Lay out the chapters that differ."""
    for number, chapter in enumerate(chapters, 1):
        passages = tuple(passage_view(passage, texts, chapter=chapter.heading) for passage in chapter.passages)
        words = sum(len(passage.words.split()) for passage in chapter.passages)
        is_long = chapter.fate is not Fate.KEPT and words > LONG
        yield ChapterView(
            id=f"kapitel-{number}",
            heading=_chapter_heading(chapter, texts),
            above=texts.say("difference-above", heading=chapter.above[-1]) if chapter.above else None,
            sentences=tuple(_chapter_sentences(chapter, texts)),
            passages=passages,
            folded=texts.say("difference-folded", count=integer(words)) if is_long else None,
        )


def _chapter_heading(chapter: ChapterChange, texts: Texts) -> str:
    heading = chapter.heading or texts.say("difference-beginning")
    return texts.say(f"difference-chapter-{chapter.fate.value}", heading=heading)


def _chapter_sentences(chapter: ChapterChange, texts: Texts) -> Iterator[str]:
    move = chapter.move
    if chapter.former_heading == "":
        yield texts.say("difference-chapter-headed")
    elif chapter.former_heading:
        yield texts.say("difference-chapter-renamed", heading=chapter.former_heading)
    if move and move.into is not None:
        key = "difference-chapter-moved-into" if move.into else "difference-chapter-moved-out"
        yield texts.say(key, heading=move.into)
    if move:
        key = "difference-chapter-moved-after" if move.after else "difference-chapter-moved-first"
        yield texts.say(key, heading=move.after)


# --- Goals ----------------------------------------------------------------------------------------------------------


def aim_view(change: GoalChange, what: str, texts: Texts) -> AimView:
    """Lay out a changed goal, sub-goal or point; `what` is "goal", "sub-goal" or "point"."""
    passages = [passage_view(change.passage, texts, what)] if change.passage and change.fate is Fate.KEPT else []
    for aspect in change.aspects:
        passages += [passage_view(passage, texts, aspect.aspect.value) for passage in aspect.passages]
    return AimView(
        heading=texts.say(f"difference-aim.{what}-{change.fate.value}", text=change.text),
        sentences=tuple(_aim_sentences(change, what, texts)),
        passages=tuple(passages),
        parts=tuple(aim_view(part, "sub-goal", texts) for part in change.parts),
    )


def _aim_sentences(change: GoalChange, what: str, texts: Texts) -> Iterator[str]:
    if change.is_moved:
        yield texts.say(f"difference-aim-moved.{what}")
    for target in change.targets:
        yield _target_sentence(target, texts)
    if change.statuses:
        before, after = (
            status_word(status, texts) if status else texts.say("difference-untold") for status in change.statuses
        )
        yield texts.say("difference-status", before=before, after=after)


def _target_sentence(change: TargetChange, texts: Texts) -> str:
    before = target_text(change.older, texts) if change.older else None
    after = target_text(change.newer, texts) if change.newer else None
    if before and after:
        return texts.say("difference-target-kept", before=before, after=after)
    return texts.say("difference-target-added" if after else "difference-target-removed", target=after or before)


def introduction_view(change: IntroductionChange, texts: Texts) -> AimView:
    """Lay out a changed text of the front matter."""
    heading = texts.say(f"difference-heading-{change.introduction.value}")
    return AimView(heading, (), (passage_view(change.passage, texts),))
