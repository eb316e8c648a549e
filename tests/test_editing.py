"""Changes in the content folder by the program: what was asked for, and nothing else in the file."""

import difflib
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insyn.editing.chapters import chapters
from insyn.editing.drafting import Draft, draft
from insyn.editing.finding import cell_paths, find_there
from insyn.editing.operations import (
    AddColumn,
    AddItem,
    AnyOperation,
    MoveColumn,
    MoveItem,
    PasteCells,
    Remove,
    RemoveColumn,
    SetCell,
    SetChapter,
    SetText,
)
from insyn.editing.refusals import Refusal
from insyn.editing.saving import Conflict, Saved, append, create, read, save, undo
from insyn.model import Amount, Budget, Cell, Plan
from insyn.problems import Found
from insyn.reading.plan import read_plan
from insyn.reading.spans import (
    WrittenFile,
    WrittenList,
    WrittenMapping,
    WrittenNode,
    WrittenText,
    comments,
    read_written,
)
from insyn.texts import Texts
from tests.conftest import PROJECT

PLANS = sorted((PROJECT / "content").glob("*/*/plan.md"))
INCOME = ("budget", "intäkter", "rader")
COSTS = ("budget", "kostnader", "rader")
GOAL = ("mål", 0, "delmål", 0)
TEXT = """\
---
schema: finsam-plan/1
förbund: norr
titel: Verksamhetsplan 2025   # så heter den
år: 2025
status: förslag
beslut: ~
sammanfattning: >-
  Fler ska komma i arbete.
  Det tar tid.
budget:
  enhet: kr
  kapitalmodell: separat
  huvudkolumn: b2025
  kolumner:
    - {id: b2025, år: 2025, typ: budget}
    - {id: p2026, år: 2026, typ: plan}
  intäkter:
    rader:
      - {namn: Åby kommun,  part: kommun, belopp: [300 000, 300 000]}   # Åby
      # regionen betalar mest
      - {namn: Region Norr, part: region, belopp: [  5 000, 500 000]}
    summa: {namn: Summa intäkter, belopp: [305 000, 800 000]}
  kostnader:
    rader:
      - namn: Coachning
        ändamål: individ
        belopp: [305 000, 800 000]
    summa: räkna
mål:
  - text: Arbete
    delmål:
      - text: Fler kurser
        aktiviteter:
          - Starta två kurser
---

# Uppdrag

Vi stödjer.

## Mer

Text.

# Slut

Klart.
"""


def written(text: str) -> WrittenFile:
    file = read_written(text)
    assert file
    return file


def edited(*operations: AnyOperation, text: str = TEXT) -> str:
    made = draft(text, "content/norr/2025/plan.md", operations)
    assert isinstance(made, Draft), made
    return made.text


def difference(*operations: AnyOperation, text: str = TEXT) -> list[str]:
    """Return the lines that operations take away and put there, as in a review."""
    lines = difflib.unified_diff(text.splitlines(), edited(*operations, text=text).splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def refused(*operations: AnyOperation, text: str = TEXT) -> tuple[str, int]:
    made = draft(text, "content/norr/2025/plan.md", operations)
    assert isinstance(made, Refusal), made
    return made.key, made.place.line


def plan_of(text: str, association: str = "norr", year: int = 2025) -> Plan:
    plan = read_plan(text, "plan.md", association=association, year=year, found=Found())
    assert plan
    return plan


# --- The five plans ---------------------------------------------------------------------------------------------------


def test_every_amount_of_the_five_plans_is_edited_alone() -> None:
    """479 amounts, each a difference of one line that reads back as that amount; 20 comments. Takes some seconds: each
    is read again."""
    done = kept = 0
    for file in PLANS:
        text, place = file.read_bytes().decode(), (file.parts[-3], int(file.parts[-2]))
        notes, budget = comment_texts(text), plan_of(text, *place).budget
        kept += len(notes)
        for number, row in enumerate(cell_paths(written(text))):
            for column in range(len(budget.columns)):
                made = edited(SetCell(row, column, "7 654 321"), text=text)
                assert changed_lines(text, made) == 1, (file, row, column)
                assert all(made.count(note) == text.count(note) for note in notes)
                if column == number % len(budget.columns):
                    new = 7_654_321 * budget.unit.value
                    assert changed_cells(budget, plan_of(made, *place).budget) == [new]
                done += 1
    assert (done, kept) == (479, 20)


def test_another_editor_gives_the_same_bytes() -> None:
    """An amount of each row of the five plans, as wide as the old one, by yaml-edit. It quotes what looks like a number
    to other programs: with its quotes taken off, the files are the same."""
    yaml_edit = pytest.importorskip("yaml_edit", reason="yaml-edit has no wheel for this machine")
    judged = 0
    for file in PLANS:
        text = file.read_bytes().decode()
        parts = written(text)
        for path in cell_paths(parts):
            cells = find_there(parts, (*path, "belopp"))
            assert isinstance(cells.node, WrittenList)
            at = next((at for at, cell in enumerate(cells.node.items) if has_digits(cell)), None)
            if at is None:
                continue
            new = re.sub(r"\d", "7", cells.node.items[at].text)
            document = yaml_edit.Document.parse(text[parts.begin : parts.end])
            set_in(document, parts.header, cells.steps, at, new)
            theirs = f"{text[: parts.begin]}{document}{text[parts.end :]}"
            assert edited(SetCell(path, at, new), text=text) == re.sub(rf"(['\"]){re.escape(new)}\1", new, theirs)
            judged += 1
    assert judged == 126


def has_digits(cell: WrittenNode) -> bool:
    return isinstance(cell, WrittenText) and bool(re.search(r"\d", cell.text))


def set_in(node: Any, here: WrittenNode, steps: tuple[int | str, ...], at: int, new: str) -> None:
    """Write an item of a list that is reached by the compared keys and numbers of a path, in yaml-edit's document."""
    for step in steps:
        if isinstance(here, WrittenMapping):
            entry = here.entry(str(step))
            assert entry
            node, here = node[entry.key.text], entry.value
        elif isinstance(here, WrittenList):
            node, here = node[step], here.items[int(step)]
        node = node.as_mapping() if isinstance(here, WrittenMapping) else node.as_sequence()
    node[at] = new


def comment_texts(text: str) -> list[str]:
    return [text[one.begin : one.end] for one in comments(written(text))]


def changed_lines(before: str, after: str) -> int:
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return sum(one != other for one, other in pairs)


def changed_cells(before: Budget, after: Budget) -> list[int]:
    """Return the amounts that are others, and hold that nothing else is but where it stands and what is worked out."""
    encoded = [msgspec.to_builtins(msgspec.structs.replace(one, prose_figures=())) for one in (before, after)]
    found: list[int] = []
    _compare(*encoded, found)
    return found


def _compare(one: object, other: object, found: list[int]) -> None:
    if isinstance(one, dict) and isinstance(other, dict):
        if "kronor" in other and one.get("kronor") != other["kronor"]:
            found.append(other["kronor"])
            return
        for key in (one.keys() | other.keys()) - {"place", "column", "end_column"}:
            _compare(one.get(key), other.get(key), found)
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        assert len(one) == len(other)
        for first, second in zip(one, other, strict=True):
            _compare(first, second, found)
    else:
        assert one == other


# --- Texts ------------------------------------------------------------------------------------------------------------


def test_a_text_is_changed_and_the_comment_keeps_its_column() -> None:
    assert difference(SetText(("titel",), "Plan 2025")) == [
        "-titel: Verksamhetsplan 2025   # så heter den",
        "+titel: Plan 2025              # så heter den",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Åby: en plan", '"Åby: en plan"'),
        ("nr #4", '"nr #4"'),
        ('Han sa "nej"', 'Han sa "nej"'),
        ("2024:17", '"2024:17"'),
        ("~", '"~"'),
        ("två\nrader", '"två\\nrader"'),
        ("- punkt", '"- punkt"'),
        ("*", '"*"'),
        ("tal: [1, 2]", '"tal: [1, 2]"'),
        ("a\\b", "a\\b"),
        ("😀 hårt\u00a0mellanrum", "😀 hårt\u00a0mellanrum"),
        (None, "~"),
    ],
)
def test_a_text_is_quoted_when_it_would_be_read_otherwise(text: str | None, shown: str) -> None:
    assert difference(SetText(("förbund",), text))[1] == f"+förbund: {shown}"
    assert f"namn: {shown}," in edited(SetText((*INCOME, 0, "namn"), text)) or text == 'Han sa "nej"'


def test_columns_of_a_table_stay_where_they_are() -> None:
    assert difference(SetText((*INCOME, "region-norr", "namn"), "Region"))[1] == (
        "+      - {namn: Region,      part: region, belopp: [  5 000, 500 000]}"
    )


def test_only_the_words_that_differ_are_changed_in_a_text_of_several_lines() -> None:
    assert difference(SetText(("sammanfattning",), "Fler ska komma i arbete. Det tar lång tid.")) == [
        "-  Det tar tid.",
        "+  Det tar lång tid.",
    ]


def test_a_key_that_is_missing_is_added_in_the_order_of_the_table() -> None:
    assert difference(SetText(("undertitel",), "Med budget")) == ["+undertitel: Med budget"]
    assert difference(SetText(("beslut", "datum"), "2024-11-20")) == [
        "-beslut: ~",
        "+beslut: {datum: 2024-11-20}",
    ]
    lines = edited(SetText((*GOAL, "status"), "uppnått"), SetText((*GOAL, "utfall"), "80 %")).splitlines()
    added = lines[lines.index("          - Starta två kurser") + 1 :][:2]
    assert added == ["        status: uppnått", "        utfall: 80 %"]


def test_a_key_is_removed() -> None:
    assert difference(Remove(("budget", "huvudkolumn"))) == ["-  huvudkolumn: b2025"]
    assert difference(Remove((*INCOME, 0, "part")))[1] == (
        "+      - {namn: Åby kommun,  belopp: [300 000, 300 000]}   # Åby"
    )


# --- Amounts ----------------------------------------------------------------------------------------------------------


def test_an_amount_keeps_its_width_while_it_fits() -> None:
    row = (*INCOME, 1)
    assert difference(SetCell(row, 0, "12 500"))[1].endswith("[ 12 500, 500 000]}")
    assert difference(SetCell(row, 1, "-"))[1].endswith("[  5 000,       -]}")
    assert difference(SetCell(row, 1, None))[1].endswith("[  5 000,       ~]}")
    assert difference(SetCell((*INCOME, 0), 0, "1 300 000"))[1].endswith("[1 300 000, 300 000]} # Åby")


def test_a_block_from_a_sheet_is_pasted_over_rows_and_their_sum() -> None:
    block = (("1\u00a0000", "2 000"), ("", "−3"), ("4", "5"))
    made = plan_of(edited(PasteCells((*INCOME, 0), 0, block))).budget.income
    assert made.total
    assert [amounts(row.cells) for row in made.rows] == [[1000, 2000], [None, -3]]  # type: ignore[union-attr]
    assert amounts(made.total.cells) == [4, 5]


def amounts(cells: tuple[Cell, ...]) -> list[int | None]:
    return [cell.kronor if isinstance(cell, Amount) else None for cell in cells]


def test_a_block_that_is_too_large_is_not_pasted() -> None:
    assert refused(PasteCells((*INCOME, 1), 1, (("1", "2"),))) == ("edit-cell-missing", 22)
    assert refused(PasteCells((*COSTS, 0), 0, (("1",), ("2",)))) == ("edit-cell-computed", 29)
    assert refused(PasteCells((*COSTS, 0), 0, (("1",),) * 9)) == ("edit-paste-rows", 26)


# --- Rows, goals and columns ------------------------------------------------------------------------------------------


def test_a_row_is_added_as_its_neighbour_is_written() -> None:
    row = {"namn": "Ö", "part": "kommun", "belopp": ("1", None)}
    assert difference(AddItem(INCOME, 1, row)) == [
        "+      - {namn: Ö,           part: kommun, belopp: [      1,       ~]}"
    ]
    assert difference(AddItem(COSTS, 1, {"namn": "Kansli", "belopp": ("1", "2")})) == [
        "+      - namn: Kansli",
        "+        belopp: [1, 2]",
    ]


def test_a_row_is_moved_and_removed_with_its_comment() -> None:
    moved = edited(MoveItem(INCOME, 0, 1)).splitlines()
    assert moved.index(next(line for line in moved if "Åby kommun" in line)) == 21
    assert len(comment_texts("\n".join(moved))) == 3
    assert difference(Remove((*INCOME, "aby-kommun"))) == [
        "-      - {namn: Åby kommun,  part: kommun, belopp: [300 000, 300 000]}   # Åby"
    ]


def test_goals_are_added_moved_and_removed() -> None:
    goal = {"text": "Studier: fler #1"}
    two = edited(AddItem(("mål",), 1, goal))
    assert [one.text for one in plan_of(two).goals] == ["Arbete", "Studier: fler #1"]
    assert [one.text for one in plan_of(edited(MoveItem(("mål",), 1, 0), text=two)).goals][1] == "Arbete"
    assert edited(Remove(("mål", 1)), text=two) == TEXT
    assert difference(Remove((*GOAL, "aktiviteter", 0))) == [
        "-        aktiviteter:",
        "-          - Starta två kurser",
        "+        aktiviteter: []",
    ]
    assert difference(AddItem(("budget", "fotnoter"), 0, {"not": "*", "text": "Ny"})) == [
        "+  fotnoter:",
        '+    - {not: "*", text: Ny}',
    ]


def test_a_column_is_added_moved_and_removed_in_every_row() -> None:
    added = edited(AddColumn(2, {"id": "p2027", "år": "2027", "typ": "plan"}, "0"))
    budget = plan_of(added).budget
    assert [column.year for column in budget.columns] == [2025, 2026, 2027]
    assert amounts(budget.costs.rows[0].cells) == [305_000, 800_000, 0]  # type: ignore[union-attr]
    assert edited(RemoveColumn(2), text=added) == TEXT
    moved = plan_of(edited(MoveColumn(2, 0), text=added)).budget
    assert amounts(moved.income.rows[0].cells) == [0, 300_000, 300_000]  # type: ignore[union-attr]
    assert refused(RemoveColumn(0)) == ("edit-column-used", 14)


# --- The text ---------------------------------------------------------------------------------------------------------


def test_a_chapter_is_from_its_heading_to_the_next_as_high() -> None:
    titles = [(one.level, one.title, one.text.split("\n")[0]) for one in chapters(written(TEXT))]
    assert titles == [(0, "", ""), (1, "Uppdrag", "# Uppdrag"), (2, "Mer", "## Mer"), (1, "Slut", "# Slut")]
    assert chapters(written(TEXT))[1].text.endswith("## Mer\n\nText.")


def test_a_chapter_is_replaced_and_the_others_stay() -> None:
    made = edited(SetChapter(2, "## Mera\n\n---\n\nNy text."))
    assert made == TEXT.replace("## Mer\n\nText.\n", "## Mera\n\n---\n\nNy text.\n")
    assert refused(SetChapter(2, "## Mer\n\n```\nöppet")) == ("edit-chapter-open", 46)


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "text", "expected"),
    [
        (SetText(("titel",), "a\u202eb"), TEXT, ("edit-unwritable", 4)),
        (SetText(("titel",), "x" * 6000), TEXT, ("edit-too-long", 4)),
        (SetText(("titel",), "Ny"), TEXT.replace("beslut: ~", "beslut: &a x"), ("edit-unreadable", 7)),
        (SetText(("titel",), "Ny"), TEXT.replace("beslut: ~", "beslut: {"), ("edit-unreadable", 7)),
        (SetText(("titel",), "Ny"), "Bara text.\n", ("edit-unreadable", 1)),
        (SetText(("budget",), "Ny"), TEXT, ("edit-not-a-text", 12)),
        (SetText(("år", "dag"), "Ny"), TEXT, ("edit-step", 5)),
        (SetText((*INCOME, 7, "namn"), "Ny"), TEXT, ("edit-item-missing", 20)),
        (SetText((*INCOME, "habo", "namn"), "Ny"), TEXT, ("edit-item-missing", 20)),
        (Remove((*INCOME, 0)), TEXT.replace("[300 000, 300", "[300 000, # tal\n 300"), None),
        (AddItem(("mål", 0, "text"), 0, "x"), TEXT, ("edit-not-a-list", 31)),
        (
            RemoveColumn(1),
            TEXT.replace("[305 000, 800 000]\n", "[305 000,  # i år\n          800 000]\n"),
            ("edit-divided", 28),
        ),
        (Remove(("beslut", "datum")), TEXT.replace("beslut: ~", "beslut: {datum: 2024-11-20}"), ("edit-last-key", 7)),
        (SetChapter(9, "x"), TEXT, ("edit-chapter-missing", 37)),
    ],
)
def test_what_cannot_be_done_without_a_guess_is_refused(
    operation: AnyOperation, text: str, expected: tuple[str, int] | None, texts: Texts
) -> None:
    made = draft(text, "content/norr/2025/plan.md", [operation])
    if expected is None:
        assert isinstance(made, Draft)
        return
    assert isinstance(made, Refusal)
    assert (made.key, made.place.line) == expected
    assert made.sentence(texts).endswith(".")


# --- Line ends, marks and random texts --------------------------------------------------------------------------------

SHAPES = {
    "as it is": lambda text: text,
    "Windows": lambda text: text.replace("\n", "\r\n"),
    "old Mac": lambda text: text.replace("\n", "\r"),
    "with a mark": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "without a last line end": lambda text: text.rstrip("\n"),
    "decomposed": lambda text: text.replace("å", "a\u030a").replace("ö", "o\u0308"),
    "hard spaces": lambda text: text.replace("300 000", "300\u00a0000"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_keeps_its_line_ends_its_mark_and_its_characters(shape: str) -> None:
    text = SHAPES[shape](TEXT)
    operations = (
        SetText(("titel",), "Ny titel"),
        SetText(("beslut", "datum"), "2024-11-20"),
        SetCell((*INCOME, 1), 1, "1"),
        AddItem(INCOME, 2, {"namn": "Ö", "part": "kommun", "belopp": ("1", "2")}),
        SetChapter(3, "# Slut\n\nNy\ntext."),
    )
    assert edited(*operations, text=text) == SHAPES[shape](edited(*operations))


SIGNS = (*"aåÖ09 :#\"'-@&*!%|>{}[],?~`\\\n\t=", "\u00a0", "😀", "---", ": ", " #", "e\u0301", "\u2028")
HOSTILE = st.text(st.sampled_from([sign for sign in SIGNS if len(sign) == 1]), max_size=12) | st.lists(
    st.sampled_from(SIGNS), max_size=8
).map("".join)
WHOLE = st.integers(-(10**9), 10**9).map(lambda one: f"{one:,}".replace(",", " "))
AMOUNTS = st.one_of(WHOLE, HOSTILE, st.none())
TEXTS = st.one_of(HOSTILE, st.none())
AT = st.integers(0, 3)
ROWS = ((*INCOME, 0), (*INCOME, 1), (*COSTS, 0), ("budget", "intäkter", "summa"))
PLACES = (
    *(("titel",), ("dnr",), ("sammanfattning",), ("beslut", "organ"), ("sammanträde", "plats")),
    *((*INCOME, 0, "namn"), (*COSTS, 0, "namn"), (*GOAL, "text"), (*GOAL, "utfall"), (*GOAL, "aktiviteter", 0)),
)
GONE = ((*INCOME, 0), (*COSTS, 0), ("dnr",), ("mål", 0), (*GOAL, "aktiviteter"), (*GOAL, "aktiviteter", 0))
ROW = st.fixed_dictionaries({"namn": HOSTILE, "belopp": st.tuples(AMOUNTS, AMOUNTS)})
OPERATIONS = st.one_of(
    st.builds(SetCell, st.sampled_from(ROWS), AT, AMOUNTS),
    st.builds(SetText, st.sampled_from(PLACES), TEXTS),
    st.builds(AddItem, st.just(INCOME), AT, ROW),
    st.builds(AddItem, st.just(COSTS), AT, st.fixed_dictionaries({"namn": HOSTILE, "not": TEXTS})),
    st.builds(AddItem, st.sampled_from([("mål",), GOAL[:-1]]), AT, st.fixed_dictionaries({"text": HOSTILE})),
    st.builds(AddItem, st.just((*GOAL, "aktiviteter")), AT, HOSTILE),
    st.builds(MoveItem, st.sampled_from([INCOME, COSTS, ("mål",)]), AT, AT),
    st.builds(Remove, st.sampled_from(GONE)),
    st.builds(AddColumn, AT, st.just({"id": "p2027", "år": "2027", "typ": "plan"}), AMOUNTS),
    st.builds(MoveColumn, AT, AT),
    st.builds(RemoveColumn, AT),
    st.builds(PasteCells, st.just((*INCOME, 0)), st.integers(0, 1), st.tuples(st.tuples(HOSTILE), st.tuples(HOSTILE))),
    st.builds(SetChapter, AT, HOSTILE),
)


MANY = 10_000


def test_whatever_is_asked_for_is_done_alone_or_not_at_all(request: pytest.FixtureRequest) -> None:
    """Some hundred files of any shape with random edits; ten thousand with --each-step."""
    examples = MANY if request.config.getoption("--each-step") else 150
    settings(max_examples=examples)(check_edits)()


@given(shape=st.sampled_from(sorted(SHAPES)), operations=st.lists(OPERATIONS, min_size=1, max_size=4))
def check_edits(shape: str, operations: list[AnyOperation]) -> None:
    """Hold that each edit is done and can be taken back, and that what isn't touched keeps every character."""
    text = SHAPES[shape](TEXT)
    for operation in operations:
        made = draft(text, "content/norr/2025/plan.md", [operation])
        if isinstance(made, Refusal):
            continue
        undone = made.text[: made.undo.begin] + made.undo.text + made.text[made.undo.end :]
        assert undone == text
        check_unchanged(text, made.text, operation)
        text = made.text


def check_unchanged(before: str, after: str, operation: AnyOperation) -> None:
    """Hold that the parts of a file that an operation isn't about are the same, character by character."""
    old, new = written(before), written(after)
    if isinstance(operation, SetChapter):
        assert before[: old.body] == after[: new.body]
        return
    assert before[old.body :] == after[new.body :]
    if isinstance(operation, SetCell | SetText | PasteCells | AddItem | MoveItem):
        assert sorted(comment_texts(before)) == sorted(comment_texts(after))
    if isinstance(operation, SetCell):
        assert before.count("\n") == after.count("\n")


# --- On the disk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "norr" / "2025").mkdir(parents=True)
    (folder / "norr" / "2025" / "plan.md").write_bytes(TEXT.encode())
    return folder


FILE = "norr/2025/plan.md"


def seen(content: Path) -> str:
    there = read(content, FILE)
    assert there
    return there[1]


def test_a_save_is_undone(content: Path) -> None:
    saved = save(content, FILE, seen(content), [SetText(("titel",), "Ny")])
    assert isinstance(saved, Saved)
    assert "titel: Ny " in (content / FILE).read_text()
    assert saved.hash == seen(content)
    again = undo(content, saved)
    assert isinstance(again, Saved)
    assert (content / FILE).read_bytes() == TEXT.encode()
    assert isinstance(undo(content, again), Saved), "what was undone can be done again"
    assert [file.name for file in (content / FILE).parent.iterdir()] == ["plan.md"]


def test_a_file_that_somebody_else_has_changed_is_never_overwritten(content: Path) -> None:
    before = seen(content)
    saved = save(content, FILE, before, [SetText(("titel",), "Ny")])
    (content / FILE).write_bytes(TEXT.replace("Vi stödjer.", "Vi hjälper.").encode())
    conflict = save(content, FILE, before, [SetText(("titel",), "Vår")])
    assert isinstance(conflict, Conflict)
    assert conflict.theirs
    assert "Vi hjälper." in conflict.theirs
    assert "titel: Verksamhetsplan 2025" in conflict.theirs
    assert isinstance(conflict.ours, str)
    assert "Vi hjälper." in conflict.ours
    assert "titel: Vår" in conflict.ours
    assert isinstance(saved, Saved)
    assert isinstance(undo(content, saved), Conflict)
    assert "titel: Verksamhetsplan 2025" in (content / FILE).read_text()


def test_a_file_that_is_gone_is_a_conflict(content: Path) -> None:
    before = seen(content)
    (content / FILE).unlink()
    assert save(content, FILE, before, [SetText(("titel",), "Ny")]) == Conflict(FILE, None, "", None)


def test_what_is_refused_is_not_written(content: Path) -> None:
    assert isinstance(save(content, FILE, seen(content), [SetText(("titel",), "Ny"), Remove(("x",))]), Refusal)
    assert (content / FILE).read_bytes() == TEXT.encode()


def test_a_new_file_is_written_beside_none_and_taken_away_again(content: Path) -> None:
    made = create(content, "norr/2026/plan.md", TEXT)
    assert isinstance(made, Saved)
    assert isinstance(create(content, "norr/2026/plan.md", "annat"), Conflict)
    undo(content, made)
    assert not (content / "norr" / "2026").exists()


def test_lines_are_put_last_as_the_file_ends_its_lines(content: Path) -> None:
    (content / "lista.txt").write_bytes(b"\xef\xbb\xbfett\r\n\r\n")
    there = read(content, "lista.txt")
    assert there
    append(content, "lista.txt", there[1], ["två"])
    assert (content / "lista.txt").read_bytes() == "\ufeffett\r\ntvå\r\n".encode()


def test_operations_come_as_json() -> None:
    sent = json.dumps({"op": "set-cell", "row": ["budget", "intäkter", "rader", 0], "column": 1, "text": None})
    assert msgspec.json.decode(sent, type=AnyOperation) == SetCell((*INCOME, 0), 1, None)
