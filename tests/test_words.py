"""Are the differences between two texts marked as a reader would mark them? By examples, and by invariants."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.differences.alignment import Move, Node, Run, alike, common_runs, gaps, in_order, moves, woven
from insyn.differences.words import Change, setting_apart, tidy, word_difference, words_of

untimed = settings(deadline=None, max_examples=200)
fewer = settings(deadline=None, max_examples=50)
WORDS = [
    "stöd",
    "till",
    "unga",
    "vuxna",
    "och",
    "i",
    "Granby",
    "kommun",
    "2025",
    "150 000",
    "kr",
    ".",
    ",",
    "–",
    "samverkan",
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def marked(older: str, newer: str) -> str:
    """Format a difference on one line: [removed] and {added}."""
    pens = {Change.SAME: "{}", Change.REMOVED: "[{}]", Change.ADDED: "{{{}}}"}
    return "".join(pens[span.change].format(span.text) for span in word_difference(older, newer))


# --- As a reader would mark it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (
            "Styrelsen sammanträder fem gånger under året.",
            "Styrelsen sammanträder sex gånger under året.",
            "Styrelsen sammanträder [fem ]{sex }gånger under året.",
        ),
        (
            "Målet är att 75 % av deltagarna ska nå arbete.",
            "Målet är att minst 80 % av deltagarna ska nå arbete eller studier.",
            "Målet är att [75 ]{minst 80 }% av deltagarna ska nå arbete {eller studier}.",
        ),
        (
            "Förbundet bildades 2009. Det har tre medlemmar.",
            "Förbundet bildades 2009. Styrelsen har sex ledamöter. Det har tre medlemmar.",
            "Förbundet bildades 2009. {Styrelsen har sex ledamöter. }Det har tre medlemmar.",
        ),
        (
            "Kostnaderna blir 5 450 000 kronor.",
            "Kostnaderna blir 5 600 000 kronor. Mellanskillnaden tas från eget kapital.",
            "Kostnaderna blir [5 450 000 ]{5 600 000 }kronor. {Mellanskillnaden tas från eget kapital.}",
        ),
        (
            "Insatsen finns i Granby och Sjövalla.",
            "Insatsen finns i alla tre kommunerna.",
            "Insatsen finns i [Granby och Sjövalla]{alla tre kommunerna}.",
        ),
    ],
)
def test_words_and_sentences_are_marked_whole(older: str, newer: str, expected: str) -> None:
    assert marked(older, newer) == expected


def test_a_phrase_that_is_exchanged_is_marked_as_one_also_when_a_small_word_in_it_stands() -> None:
    older = "Arbetet planeras med kommunen och regionen under våren."
    newer = "Arbetet planeras med skolan och vårdcentralen under våren."
    assert marked(older, newer) == (
        "Arbetet planeras med [kommunen och regionen ]{skolan och vårdcentralen }under våren."
    )


def test_a_text_in_which_little_stands_is_told_as_two_texts() -> None:
    older = "Under 2025 prioriterar förbundet unga vuxna som varken arbetar eller studerar."
    newer = "Framför allt vänder sig insatserna i år till den som varit sjukskriven länge."
    assert [span.change for span in word_difference(older, newer)] == [Change.REMOVED, Change.ADDED]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Budget  2025\nför förbundet", "Budget 2025 för förbundet"),
        ("150 000 kr", "150\u00a0000\u202fkr"),
        ('Det kallas "Vägen vidare".', "Det kallas ”Vägen vidare”."),
        ("åren 2024-2026", "åren 2024–2026"),
        ("samordnings\u00adförbundet", "samordningsförbundet"),
        ("och så vidare...", "och så vidare…"),
    ],
)
def test_how_a_text_is_set_is_no_difference(older: str, newer: str) -> None:
    assert [span.change for span in word_difference(older, newer)] == [Change.SAME]
    assert setting_apart(older) == setting_apart(newer)


# --- What must always hold ------------------------------------------------------------------------------------------


@untimed
@given(SENTENCES | st.text(max_size=60), SENTENCES | st.text(max_size=60))
def test_both_texts_can_be_put_together_again(older: str, newer: str) -> None:
    spans = word_difference(older, newer)
    assert "".join(span.older for span in spans) == tidy(older)
    assert "".join(span.newer for span in spans) == tidy(newer)


@untimed
@given(SENTENCES, SENTENCES)
def test_what_is_told_as_the_same_is_the_same_and_what_isn_t_stands_on_one_side_only(older: str, newer: str) -> None:
    for span in word_difference(older, newer):
        if span.change is Change.SAME:
            assert setting_apart(span.older) == setting_apart(span.newer) != ""
        else:
            assert bool(span.older) == (span.change is Change.REMOVED)
            assert bool(span.newer) == (span.change is Change.ADDED)


@untimed
@given(SENTENCES, SENTENCES)
def test_a_difference_is_found_exactly_when_there_is_one(older: str, newer: str) -> None:
    changed = any(span.change is not Change.SAME for span in word_difference(older, newer))
    assert changed == (setting_apart(older) != setting_apart(newer))


@untimed
@given(SENTENCES)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {span.change for span in word_difference(text, text)} <= {Change.SAME}


# --- Sequences ------------------------------------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Draw a sequence and an edited version of it; the longest are divided before they are compared."""
    size = draw(st.sampled_from([5, 40, 700]))
    chance = draw(st.randoms(use_true_random=False))
    older = [chance.randrange(size * draw(st.sampled_from([1, 3]))) for _ in range(size)]
    newer = [item for item in older if chance.random() > 0.2]
    for _ in range(size // 5):
        newer.insert(chance.randrange(len(newer) + 1), chance.randrange(size))
    return older, newer


@fewer
@given(edited())
def test_what_two_sequences_have_in_common_is_in_both_and_in_order(sequences: tuple[list[int], list[int]]) -> None:
    older, newer = sequences
    at = new_at = 0
    for run in common_runs(older, newer):
        assert older[run.older : run.older + run.size] == newer[run.newer : run.newer + run.size]
        assert run.older >= at
        assert run.newer >= new_at
        at, new_at = run.older + run.size, run.newer + run.size


@fewer
@given(edited())
def test_the_gaps_make_the_one_sequence_into_the_other(sequences: tuple[list[int], list[int]]) -> None:
    older, newer = sequences
    made = list(older)
    for gap in reversed(list(gaps(older, newer))):
        made[gap.start : gap.end] = newer[gap.new_start : gap.new_end]
    assert made == newer


def test_most_of_a_long_sequence_is_found_again() -> None:
    """Too long to compare item by item, with many that are alike: what stands once in each shows the way."""
    chance = random.Random(1)
    older = [chance.choice(["och", "i", str(number)]) for number in range(5000)]
    newer = [item for number, item in enumerate(older) if number % 50]
    assert sum(run.size for run in common_runs(older, newer)) > 0.99 * len(newer)


@untimed
@given(st.permutations(range(8)))
def test_as_few_as_possible_have_been_moved(places: list[int]) -> None:
    kept = in_order(places)
    staying = [place for number, place in enumerate(places) if number in kept]
    assert staying == sorted(staying)
    longest = max(
        (bits for bits in range(1 << len(places)) if _rises([p for n, p in enumerate(places) if bits >> n & 1])),
        key=int.bit_count,
    )
    assert len(kept) == longest.bit_count()


def _rises(places: list[int]) -> bool:
    return places == sorted(places)


def test_a_part_of_something_moved_has_not_moved_itself() -> None:
    older = [Node("A", None), Node("B", None), Node("B1", 1), Node("C", None)]
    newer = [Node("B", None), Node("B1", 0), Node("A", None), Node("C", None)]
    assert moves(older, newer, {0: 2, 1: 0, 2: 1, 3: 3}) in ({2: Move(None, "B")}, {0: Move(None, None)})


def test_what_is_now_in_another_group_has_been_moved_into_it() -> None:
    older = [Node("A", None), Node("A1", 0), Node("B", None)]
    newer = [Node("A", None), Node("B", None), Node("A1", 1)]
    assert moves(older, newer, {0: 0, 1: 2, 2: 1}) == {2: Move("B", None)}


def test_what_is_gone_is_told_where_it_stood() -> None:
    assert woven(3, 3, {0: 0, 2: 1}) == [(0, 0), (1, None), (2, 1), (None, 2)]


def test_texts_are_paired_so_that_they_have_the_most_in_common() -> None:
    older = [words_of("stöd till unga vuxna"), words_of("stöd till den som är sjuk")]
    newer = [words_of("ett råd"), words_of("stöd till unga"), words_of("stöd till den som varit sjuk länge")]
    assert alike(older, newer) == {0: 1, 1: 2}


# --- Long texts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["one word in twenty", "every word", "two words only"])
def test_a_text_of_200_kb_takes_seconds_at_most(kind: str) -> None:
    """A bound for a slow machine; without one, each of these would take minutes. It takes half a second here."""
    chance = random.Random(1)
    words = ["a", "b"] if kind == "two words only" else [f"ord{number}" for number in range(3000)]
    older = [chance.choice(words) for _ in range(30_000)]
    share = 0.05 if kind == "one word in twenty" else 1
    newer = [chance.choice(words) if chance.random() < share else word for word in older]
    begun = time.process_time()
    spans = word_difference(" ".join(older), " ".join(newer))
    assert time.process_time() - begun < 20
    assert "".join(span.newer for span in spans) == " ".join(newer)


def test_runs_are_told_by_place_and_size() -> None:
    assert common_runs("abcdef", "abXdef") == [Run(0, 0, 2), Run(3, 3, 3)]
