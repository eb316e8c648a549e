"""Writes a draft as a plan's file: aligned rows, a comment where something was guessed or couldn't be read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from insyn.importing.document import PDF
from insyn.importing.draft import (
    DraftBlock,
    DraftBreakdown,
    DraftBudget,
    DraftCell,
    DraftColumn,
    DraftEquity,
    DraftGroup,
    DraftRow,
    DraftSum,
)
from insyn.importing.facts import DraftPlan, FoundSignatures
from insyn.importing.goals import ACTIVITIES, GOAL, MEASURES, RESPONSIBLE, SUB_GOAL, FoundGoals, FoundText
from insyn.importing.sentences import Sentences
from insyn.model import EquityModel, Position, SignStyle, Status
from insyn.reading.key_kinds import FrontMatterKey
from insyn.reading.keys import (
    BlockKeys,
    BreakdownKeys,
    BreakdownRowKeys,
    BreakdownTotalKeys,
    BudgetGroupKeys,
    BudgetKeys,
    BudgetRowKeys,
    CellKeys,
    ColumnHeadingKeys,
    ColumnKeys,
    DecisionKeys,
    EquityKeys,
    GoalHeadingKeys,
    GoalKeys,
    ListedTextKeys,
    NoteKeys,
    OpeningEquityKeys,
    PlanKeys,
    ResultKeys,
    SignatoryKeys,
    SignaturesKeys,
    SourceKeys,
    SubGoalKeys,
    SubtotalKeys,
    TotalKeys,
)
from insyn.vocabulary import (
    COMPUTED,
    EQUITY_MODELS,
    POSITIONS,
    RESULT_ROLES,
    SIGN_STYLES,
    funder_word,
    kind_word,
    purpose_word,
    status_word,
    unit_word,
)

PLAIN = re.compile(r"[^\W\d_][\w åäö.()/%–&+-]*\Z")
"""A text that YAML reads as it stands, also within braces."""
WIDEST_NAME = 44
HEADINGS = {"income": ColumnHeadingKeys.income, "costs": ColumnHeadingKeys.costs, "equity": ColumnHeadingKeys.equity}

HEADING_KEYS = {
    GOAL: GoalHeadingKeys.goal,
    SUB_GOAL: GoalHeadingKeys.sub_goal,
    ACTIVITIES: GoalHeadingKeys.activities,
    MEASURES: GoalHeadingKeys.measures,
    RESPONSIBLE: GoalHeadingKeys.responsible,
}

Pair = tuple[FrontMatterKey, str]


def write_plan(plan: DraftPlan, sentences: Sentences) -> str:
    """Return the whole file."""
    hint = [f"# {line}" for line in sentences.plain("chapters")] if plan.has_only_budget else []
    lines = ["---", *_facts(plan, sentences), "", *_budget(plan.budget, sentences), *hint, "---", ""]
    return "\n".join(lines) + (plan.body.rstrip() + "\n" if plan.body.strip() else "")


def as_yaml(text: str) -> str:
    """Return a text as a scalar that is read back as itself.

    >>> as_yaml("Räkna med oss!"), as_yaml("Kansli"), as_yaml('säger "ja"')
    ('"Räkna med oss!"', 'Kansli', '"säger \\\\"ja\\\\""')
    """
    text = re.sub(r"\s+", " ", text).strip()
    if PLAIN.match(text) and text.lower() != "null":
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _flow(pairs: Iterable[Pair]) -> str:
    return "{" + ", ".join(f"{key.name}: {value}" for key, value in pairs if value) + "}"


def _commented(line: str, comments: Sequence[str]) -> str:
    return f"{line}   # {'; '.join(comments)}" if comments else line


# --- Facts ----------------------------------------------------------------------------------------------------------


def _facts(plan: DraftPlan, sentences: Sentences) -> Iterator[str]:
    yield f"{PlanKeys.schema.name}: {PlanKeys.schema.value}"
    yield f"{PlanKeys.association.name}: {plan.association}"
    yield _commented(f"{PlanKeys.title.name}: {as_yaml(plan.title)}", sentences.guess(plan.title_guess))
    yield f"{PlanKeys.year.name}: {plan.year}"
    yield _commented(f"{PlanKeys.status.name}: {status_word(Status.DRAFT)}", sentences.plain("draft-status"))
    if plan.registration:
        yield _commented(
            f"{PlanKeys.registration.name}: {_quoted(plan.registration)}", sentences.guess("registration-found")
        )
    if plan.decision:
        said = plan.decision
        pairs = (
            (DecisionKeys.body, as_yaml(said.body)),
            (DecisionKeys.day, _quoted(said.day)),
            (DecisionKeys.printed, _quoted(said.printed) if said.printed != said.day else ""),
            (DecisionKeys.wording, as_yaml(said.wording)),
        )
        yield _commented(f"{PlanKeys.decision.name}: {_flow(pairs)}", sentences.guess("decision-found", said.origin))
    if plan.goals:
        yield from _goals(plan.goals, sentences)
    if plan.signatures:
        yield from _signatures(plan.signatures, sentences)
    yield _commented(f"{PlanKeys.source.name}:", sentences.guess(PDF) if plan.is_pdf else [])
    yield f"  {SourceKeys.file.name}: {as_yaml(plan.file)}"
    yield f"  {SourceKeys.sha256.name}: {_quoted(plan.file_hash)}"


def _goals(found: FoundGoals, sentences: Sentences) -> Iterator[str]:
    yield _commented(f"{PlanKeys.goals.name}:", sentences.guess("goals-found", found.origin))
    for goal in found.goals:
        yield f"  - {GoalKeys.text.name}: {_quoted(goal.text)}"
        yield f"    {GoalKeys.sub_goals.name}:"
        for one in goal.sub_goals:
            yield f"      - {SubGoalKeys.text.name}: {_quoted(one.text)}"
            if one.responsible:
                yield f"        {SubGoalKeys.responsible.name}: {_quoted(one.responsible)}"
            for key, texts in ((SubGoalKeys.activities, one.activities), (SubGoalKeys.measures, one.measures)):
                yield f"        {key.name}:" + ("" if texts else " []")
                yield from (f"          - {_listed_text(text)}" for text in texts)
    headings = _flow((HEADING_KEYS[kind], _quoted(text)) for kind, text in found.headings)
    yield f"{PlanKeys.goal_headings.name}: {headings}"


def _listed_text(one: FoundText) -> str:
    if not one.points:
        return _quoted(one.text)
    points = f"[{', '.join(map(_quoted, one.points))}]"
    return _flow(((ListedTextKeys.text, _quoted(one.text)), (ListedTextKeys.points, points)))


def _signatures(found: FoundSignatures, sentences: Sentences) -> Iterator[str]:
    yield _commented(f"{PlanKeys.signatures.name}:", sentences.guess("signatures-found", found.origin))
    if found.day:
        yield f"  {SignaturesKeys.day.name}: {_quoted(found.day)}"
        yield f"  {SignaturesKeys.printed.name}: {_quoted(found.printed)}"
    yield f"  {SignaturesKeys.people.name}:"
    for name, role, represented in found.people:
        pairs = (
            (SignatoryKeys.name, _quoted(name)),
            (SignatoryKeys.role, _quoted(role)),
            (SignatoryKeys.organisation, _quoted(represented) if represented else ""),
        )
        yield f"    - {_flow(pairs)}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- The budget -----------------------------------------------------------------------------------------------------


def _budget(budget: DraftBudget, sentences: Sentences) -> Iterator[str]:
    yield f"{PlanKeys.budget.name}:"
    if budget.heading:
        yield f"  {BudgetKeys.heading.name}: {as_yaml(budget.heading)}"
    yield _commented(f"  {BudgetKeys.unit.name}: {unit_word(budget.unit)}", sentences.guess(budget.unit_guess))
    if budget.costs_negative:
        style = _word(SIGN_STYLES, SignStyle.COSTS_NEGATIVE)
        yield _commented(f"  {BudgetKeys.sign_style.name}: {style}", sentences.guess("costs-negative"))
    model = EquityModel.INCLUDED if budget.is_equity_included else EquityModel.SEPARATE
    yield f"  {BudgetKeys.equity_model.name}: {_word(EQUITY_MODELS, model)}"
    if budget.main_column:
        yield f"  {BudgetKeys.main_column.name}: {budget.main_column}"
    if budget.note_column:
        yield f"  {BudgetKeys.note_column.name}: {as_yaml(budget.note_column)}"
    yield f"  {BudgetKeys.columns.name}:"
    yield from (_column(one, sentences) for one in budget.columns)
    columns = tuple(one.label for one in budget.columns)
    yield ""
    yield from _block(BudgetKeys.income, budget.income, columns, sentences)
    yield ""
    yield from _block(BudgetKeys.costs, budget.costs, columns, sentences)
    yield ""
    if budget.result:
        role = _word(RESULT_ROLES, budget.result_role)
        pairs = ((ResultKeys.name, as_yaml(budget.result.name)), (ResultKeys.role, role))
        yield _sum_line(2, BudgetKeys.result, pairs, ResultKeys.cells, budget.result, columns, sentences)
    else:
        yield _commented(f"  {BudgetKeys.result.name}: ~", sentences.guess("no-result"))
    if budget.equity:
        yield from _equity(budget.equity, columns, sentences)
    if budget.notes:
        yield ""
        yield f"  {BudgetKeys.notes.name}:"
        yield from (
            f"    - {_flow(((NoteKeys.mark, _quoted(mark)), (NoteKeys.text, _quoted(_line(text)))))}"
            for mark, text in budget.notes
        )


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _word(words: Mapping[str, object], value: object) -> str:
    return next(word for word, one in words.items() if one is value)


def _column(column: DraftColumn, sentences: Sentences) -> str:
    pairs: list[Pair] = [
        (ColumnKeys.id, column.id),
        (ColumnKeys.year, str(column.year)),
        (ColumnKeys.kind, kind_word(column.kind)),
    ]
    if column.block_labels:
        labels = _flow((HEADINGS[block], _quoted(text)) for block, text in column.block_labels)
        pairs.append((ColumnKeys.block_labels, labels))
    else:
        pairs.append((ColumnKeys.label, as_yaml(column.label)))
    return _commented(f"    - {_flow(pairs)}", sentences.guess("kind-by-year") if column.is_guess else [])


def _block(key: FrontMatterKey, block: DraftBlock, columns: tuple[str, ...], sentences: Sentences) -> Iterator[str]:
    yield f"  {key.name}:"
    if block.heading:
        yield f"    {BlockKeys.heading.name}: {as_yaml(block.heading)}"
    yield f"    {BlockKeys.rows.name}:" + ("" if block.rows else " []")
    plain = [one for one in block.rows if isinstance(one, DraftRow)]
    for one in block.rows:
        if isinstance(one, DraftGroup):
            yield from _group(one, columns, sentences)
        else:
            yield from _row(6, one, plain, columns, sentences)
    if block.total:
        pairs = ((TotalKeys.name, as_yaml(block.total.name)),)
        yield _sum_line(4, BlockKeys.total, pairs, TotalKeys.cells, block.total, columns, sentences)
    else:
        yield _commented(f"    {BlockKeys.total.name}: {COMPUTED}", sentences.guess("no-total"))


def _group(group: DraftGroup, columns: tuple[str, ...], sentences: Sentences) -> Iterator[str]:
    comments = [one for key in group.guesses for one in sentences.guess(key, group.origin)]
    yield _commented(f"      - {BudgetGroupKeys.name.name}: {as_yaml(group.name)}", comments)
    if not group.is_printed:
        yield f"        {BudgetGroupKeys.printed.name}: nej"
    if group.purpose:
        yield f"        {BudgetGroupKeys.purpose.name}: {purpose_word(group.purpose)}"
    if group.subtotal:
        position = _word(POSITIONS, Position.BEFORE if group.subtotal.is_before else Position.AFTER)
        pairs = (
            (SubtotalKeys.name, as_yaml(group.subtotal.name) if group.subtotal.name else ""),
            (SubtotalKeys.position, position),
        )
        yield _sum_line(8, BudgetGroupKeys.subtotal, pairs, SubtotalKeys.cells, group.subtotal, columns, sentences)
    yield f"        {BudgetGroupKeys.rows.name}:" + ("" if group.rows else " []")
    for row in group.rows:
        yield from _row(10, row, group.rows, columns, sentences)


def _row(
    indent: int, row: DraftRow, beside: Sequence[DraftRow], columns: tuple[str, ...], sentences: Sentences
) -> Iterator[str]:
    """Yield a row's line, its amounts under those of the rows beside it; a row that is broken down takes several."""
    comments = [*(one for key in row.guesses for one in sentences.guess(key, row.origin))]
    comments += sentences.cells(row.cells, columns)
    pairs: list[Pair] = [
        (BudgetRowKeys.funder, funder_word(row.funder) if row.funder else ""),
        (BudgetRowKeys.purpose, purpose_word(row.purpose) if row.purpose else ""),
        (BudgetRowKeys.cells, _cells(row.cells, beside)),
        (BudgetRowKeys.mark, _quoted(row.mark) if row.mark else ""),
        (BudgetRowKeys.comment, _quoted(_line(row.comment)) if row.comment else ""),
    ]
    margin, name = " " * indent, as_yaml(row.name)
    if row.breakdown:
        yield _commented(f"{margin}- {BudgetRowKeys.name.name}: {name}", comments)
        yield from (f"{margin}  {key.name}: {value}" for key, value in pairs if value)
        yield from _breakdown(indent + 2, row.breakdown, sentences)
        return
    rest = _flow(pairs)[1:]
    width = min(max(len(as_yaml(one.name)) for one in beside), WIDEST_NAME)
    yield _commented(
        f"{margin}- {{{BudgetRowKeys.name.name}: {name},{' ' * max(0, width - len(name))} {rest}", comments
    )


def _cells(cells: Sequence[DraftCell], beside: Sequence[DraftRow] = ()) -> str:
    widths = [max((len(_cell(row.cells[at])) for row in beside), default=0) for at in range(len(cells))]
    return "[" + ", ".join(_cell(cell).rjust(width) for cell, width in zip(cells, widths, strict=True)) + "]"


def _cell(cell: DraftCell) -> str:
    if cell.printed:
        return _flow(((CellKeys.value, cell.written), (CellKeys.printed, _quoted(cell.printed))))
    return cell.written


def _sum_line(
    indent: int,
    key: FrontMatterKey,
    pairs: Iterable[Pair],
    cells_key: FrontMatterKey,
    total: DraftSum,
    columns: tuple[str, ...],
    sentences: Sentences,
) -> str:
    comments = [one for guess in total.guesses for one in sentences.guess(guess, total.origin)]
    comments += sentences.cells(total.cells, columns)
    flow = _flow((*pairs, (cells_key, _cells(total.cells))))
    return _commented(f"{' ' * indent}{key.name}: {flow}", comments)


def _equity(equity: DraftEquity, columns: tuple[str, ...], sentences: Sentences) -> Iterator[str]:
    yield f"  {BudgetKeys.equity.name}:"
    if equity.opening:
        pairs = (
            (OpeningEquityKeys.name, as_yaml(equity.opening.name)),
            (OpeningEquityKeys.year, str(equity.opening_year)),
            (OpeningEquityKeys.cell, _cell(equity.opening.cells[0])),
        )
        comments = sentences.cells(equity.opening.cells, ("",))
        yield _commented(f"    {EquityKeys.opening.name}: {_flow(pairs)}", comments)
    if equity.closing:
        pairs_ = ((TotalKeys.name, as_yaml(equity.closing.name)),)
        yield _sum_line(4, EquityKeys.closing, pairs_, TotalKeys.cells, equity.closing, columns, sentences)


def _breakdown(indent: int, one: DraftBreakdown, sentences: Sentences) -> Iterator[str]:
    margin = " " * indent
    yield f"{margin}{BudgetRowKeys.breakdown.name}:"
    yield f"{margin}  {BreakdownKeys.heading.name}: {_quoted(one.heading)}"
    yield f"{margin}  {BreakdownKeys.unit.name}: {unit_word(one.unit)}"
    yield f"{margin}  {BreakdownKeys.column.name}: {one.column}"
    yield f"{margin}  {BreakdownKeys.rows.name}:"
    for row in one.rows:
        pairs = (
            (BreakdownRowKeys.name, as_yaml(row.name)),
            (BreakdownRowKeys.funder, funder_word(row.funder) if row.funder else ""),
            (BreakdownRowKeys.cell, row.cells[0].written),
        )
        comments = [*(said for key in row.guesses for said in sentences.guess(key, row.origin))]
        yield _commented(f"{margin}    - {_flow(pairs)}", [*comments, *sentences.cells(row.cells, ("",))])
    if one.total:
        total = (
            (BreakdownTotalKeys.name, as_yaml(one.total.name)),
            (BreakdownTotalKeys.cell, one.total.cells[0].written),
        )
        yield f"{margin}  {BreakdownKeys.total.name}: {_flow(total)}"
