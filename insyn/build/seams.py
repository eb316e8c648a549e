"""Where a long word may break at the end of a line: between the words that it is made of, else between syllables.

A seam is an empty element, drawn as a hyphen by its style where the line ends there. So it is neither copied, searched
nor heard (docs/decisions/0067).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from insyn.disk.hashing import hash_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence, Set

    from pyphen import Pyphen

    from insyn.disk.store import Store

    Parted = Callable[[Set[str]], Mapping[str, str]]
    """Returns each word as it is to stand in HTML."""

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ž]{13,}")
"""A word that may be long. Ranges are found four times as fast as a class of all letters."""
SLASH = re.compile(r"/(?<=[a-zà-öø-ž]/)(?=[A-Za-zÀ-ÖØ-öø-ž])")
"""A slash between words. Apart from `WORD`, which is then found five times as fast."""
IN_TEXT = re.compile(r"[^<>]*<(?!/(?:title|text|tspan|option|script|desc|code)\b)")
"""What follows text that may hold elements: a tag, but not the end of one with text alone."""

IS_SWEDISH = '<html lang="sv">'
SEAM = '<span class="seam"></span>'
AFTER_SLASH = "/<wbr>"
NARROW = re.compile(r'<(t[hd]|dt|span class="glance__name")[ >]')
"""What may stand in a column: there a word is long sooner than in headings and running text."""
LONG = 20
"""Letters of a word that may need to break in running text; elsewhere as many as `WORD` has."""
LONGEST = 12
"""Letters that fit in the narrowest column, the first of a budget on a phone: a longer part breaks again."""
LEAST = 4
"""Letters on either side of a break between syllables."""
FIRST = re.compile(
    r"(?:[klrvnd]ings|hets|ions|skaps|tets|bunds|nads|nämnds|arbets|livs|lags|års|lems|verkans|insats|gångs|vals|fonds"
    r"|tings|kompetens|struktur|process|projekt|individ|behovs|välfärds|kontakt|kunskaps|avvikelse|levnads|deltagar"
    r"|ekonomi|medlems|yrkes|tjänste|utan|under|över|åter|intern|extern|diarie|rutin|person|enkät|social|kansli|ungdoms"
    r"|förtroende|kommun(?!al)|kommunal|befolknings|lång|givar|budget|sjuk)\Z"
)
"""How the first word of a compound often ends, where a syllable does."""
SECOND = re.compile(
    r"förbund|kassa|kostnad|bidrag|budget|avgift|(?<!sam)ordning|insats|verksam|utveckl|utbild|bildning|hanter|undersök"
    r"|analys|system|inrikt|(?<!sam)arbet|övergripande|översikt|styrelse|kommun(?!ik)|fullmäktig|personal|process"
    r"|program|projekt|plan|katalog|chef|dag(?:ar|en|arna)?\Z|träff|möte|samverkan|samråd|samhälls?|rapport|redovis"
    r"|ersätt|intäkt|enkät|ärende|bygden|botten|guide|portal|nummer|kedja|resultat|centr|(?<!för)tjänst|grupp|kapital"
    r"|områd|(?:upp)?fyll|uppfölj|marknad|konferens|strategi|försörj|försäkring|förmedl|administr|(?:pr)?övning|medlem|kompetens"
    r"|gemensam|behandling|berättelse|universitet|kommelse|lyftet|veckan|valda\Z|mål(?:et|en)?\Z"
)
"""How its second word often begins."""
LEAST_BEFORE = 3
"""Letters before the second word of a compound: "bas-verksamhet"."""


def seamed(html: str, parted: Parted) -> str:
    """Set seams in the long words of a page in Swedish, and breaks after slashes."""
    found = [*_long_words(html)] if IS_SWEDISH in html else []
    if not found:
        return html
    known = parted({html[start:end] for start, end in found})
    pieces, written = list[str](), 0
    for start, end in found:
        pieces += html[written:start], known[html[start:end]]
        written = end
    return "".join((*pieces, html[written:]))


def _long_words(html: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each long word in text, in order."""
    narrow = _narrow(html)
    inside = next(narrow, None)
    body = html.index("<body")
    words = (found.span() for pattern in (WORD, SLASH) for found in pattern.finditer(html, body))
    for start, end in sorted(words):
        while inside and inside[1] <= start:
            inside = next(narrow, None)
        is_long = end - start >= LONG or (inside is not None and inside[0] <= start)
        if is_long and IN_TEXT.match(html, end):
            yield start, end


def _narrow(html: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each element that may be narrow. None contains another."""
    for opening in NARROW.finditer(html):
        yield opening.end(), html.index(f"</{opening[1].partition(' ')[0]}>", opening.end())


def with_seams(words: Set[str]) -> dict[str, str]:
    """Return each word as it is to stand in HTML."""
    return {word: AFTER_SLASH if word == "/" else SEAM.join(parts(word)) for word in words}


def cached_seams(store: Store, code: str) -> Parted:
    """Return `with_seams` by way of the store, since the patterns take long to read. `code` is the program's hash."""

    def parted(words: Set[str]) -> Mapping[str, str]:
        key = hash_of("seams", code, *sorted(words))
        cached = store.get(key)
        if isinstance(cached, dict) and cached.keys() == words:
            return cached
        made = with_seams(words)
        store.put(key, made)
        return made

    return parted


@cache
def parts(word: str) -> tuple[str, ...]:
    """Return the parts that a long word breaks into, whole words before syllables.

    >>> parts("Försäkringskassan")
    ('Försäkrings', 'kassan')
    >>> parts("organisationsnummer")
    ('organi', 'sations', 'nummer')
    """
    letters = word.lower()
    if len(letters) != len(word):
        return (word,)
    syllables = _syllables(letters)
    seams = _seams(letters, syllables)
    within = [at for start, end in pairwise([0, *seams, len(word)]) for at in _breaks(start, end, syllables)]
    return tuple(word[start:end] for start, end in pairwise([0, *sorted((*seams, *within)), len(word)]))


def _syllables(letters: str) -> list[int]:
    """Return where syllables end. A letter by itself belongs to the one before: "individ-inriktad"."""
    points = _patterns().positions(letters)
    return [at for at, following in pairwise([*points, len(letters)]) if following - at > 1]


@cache
def _patterns() -> Pyphen:
    """Read the patterns, which takes as long as half an edit."""
    from pyphen import Pyphen

    return Pyphen(lang="sv")


def _seams(letters: str, syllables: Sequence[int]) -> list[int]:
    """Return where the words of a compound meet."""
    seconds = [found.span() for found in SECOND.finditer(letters, LEAST_BEFORE, len(letters))]
    seams = {start for start, _ in seconds}
    for at in syllables:
        is_apart = at >= LEAST and all(abs(at - other) >= LEAST for other in (*seams, len(letters)))
        if is_apart and FIRST.search(letters[:at]) and not any(start < at < end for start, end in seconds):
            seams.add(at)
    return sorted(seams)


def _breaks(start: int, end: int, syllables: Sequence[int]) -> Iterator[int]:
    """Yield where a part that is long breaks between syllables, as near its middle as they do."""
    possible = [at for at in syllables if start + LEAST <= at <= end - LEAST]
    if end - start > LONGEST and possible:
        middle = min(possible, key=lambda at: abs(2 * at - start - end))
        yield from _breaks(start, middle, syllables)
        yield middle
        yield from _breaks(middle, end, syllables)
