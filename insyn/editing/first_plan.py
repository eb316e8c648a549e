"""The first plan of a förbund: a template that says at each key what is to stand there."""

from collections.abc import Iterator, Sequence

from insyn.editing.operations import Value
from insyn.editing.writing import flow_mapping, written
from insyn.model import Association, ColumnKind, EquityModel, Member, Purpose, Status, Unit
from insyn.reading.key_kinds import FrontMatterKey
from insyn.reading.keys import (
    BlockKeys,
    BudgetKeys,
    BudgetRowKeys,
    ColumnKeys,
    EquityKeys,
    OpeningEquityKeys,
    PlanKeys,
    UnconfirmedKeys,
)
from insyn.texts import Texts
from insyn.vocabulary import COLUMN_KINDS, COMPUTED, EQUITY_MODELS, PURPOSES, UNITS, funder_word, status_word

YEARS = 3
"""The plan's year and two more, as 8 kap. 5 § kommunallagen asks for."""
REMARK = 24
"""Characters before a comment, where the line leaves room for it."""


def first_plan(association: Association, year: int, texts: Texts) -> str:
    """Return the text of a plan with a row for each member, without amounts, and a comment at what is to be chosen."""
    columns = [("b" if number == 0 else "p") + str(year + number) for number in range(YEARS)]
    separate = _word(EQUITY_MODELS, EquityModel.SEPARATE)
    lines = [
        "---",
        f"{PlanKeys.schema.name}: {PlanKeys.schema.value}",
        f"{PlanKeys.association.name}: {association.id}",
        _line("", PlanKeys.title, written(texts.tell("template-title", year=year), in_flow=False)),
        f"{PlanKeys.year.name}: {year}",
        _line("", PlanKeys.status, status_word(Status.DRAFT), texts.tell("template-status")),
        f"{PlanKeys.unconfirmed.name}:  # {texts.tell('template-confirm')}",
        *(f"  - {item}" for item in _to_confirm(association, columns, texts)),
        f"{PlanKeys.budget.name}:",
        _line("  ", BudgetKeys.unit, _word(UNITS, Unit.KR), texts.tell("template-unit")),
        _line("  ", BudgetKeys.equity_model, separate, texts.tell("template-equity-model")),
        f"  {BudgetKeys.columns.name}:",
        *(f"    - {_column(id, year + number, number)}" for number, id in enumerate(columns)),
        f"  {BudgetKeys.income.name}:",
        f"    {BlockKeys.rows.name}:  # {texts.tell('template-amounts')}",
        *(f"      - {_member_row(one)}" for one in association.members),
        f"    {BlockKeys.total.name}: {COMPUTED}  # {texts.tell('template-computed')}",
        f"  {BudgetKeys.costs.name}:",
        f"    {BlockKeys.rows.name}:  # {texts.tell('template-costs', purposes=', '.join(PURPOSES))}",
        *(f"      - {_cost_row(name, purpose)}" for name, purpose in _costs(texts)),
        f"    {BlockKeys.total.name}: {COMPUTED}",
        f"  {BudgetKeys.result.name}: {COMPUTED}",
        f"  {BudgetKeys.equity.name}:",
        f"    {EquityKeys.opening.name}: {_opening(year, texts)}  # {texts.tell('template-opening', year=year - 1)}",
        "---",
    ]
    return "\n".join(lines) + texts.tell("template-text")


def _line(margin: str, key: FrontMatterKey, value: str, remark: str = "") -> str:
    line = f"{margin}{key.name}: {value}"
    return f"{line.ljust(REMARK)}  # {remark}" if remark else line


def _word(words: "dict[str, Unit] | dict[str, EquityModel]", meant: Unit | EquityModel) -> str:
    return next(word for word, one in words.items() if one is meant)


def _column(id: str, year: int, number: int) -> str:
    kind = ColumnKind.PLAN if number else ColumnKind.BUDGET
    word = next(word for word, one in COLUMN_KINDS.items() if one is kind)
    return flow_mapping({ColumnKeys.id.name: id, ColumnKeys.year.name: str(year), ColumnKeys.kind.name: word})


def _member_row(member: Member) -> str:
    row: dict[str, Value] = {
        BudgetRowKeys.name.name: member.name,
        BudgetRowKeys.funder.name: funder_word(member.kind),
        BudgetRowKeys.cells.name: (None,) * YEARS,
    }
    return flow_mapping(row)


def _costs(texts: Texts) -> Iterator[tuple[str, Purpose]]:
    yield texts.tell("template-activity"), Purpose.INDIVIDUAL
    yield texts.tell("template-office"), Purpose.ADMINISTRATION


def _cost_row(name: str, purpose: Purpose) -> str:
    word = next(word for word, one in PURPOSES.items() if one is purpose)
    row: dict[str, Value] = {
        BudgetRowKeys.name.name: name,
        BudgetRowKeys.purpose.name: word,
        BudgetRowKeys.cells.name: (None,) * YEARS,
    }
    return flow_mapping(row)


def _opening(year: int, texts: Texts) -> str:
    name = texts.tell("template-opening-name", year=year - 1)
    opening: dict[str, Value] = {
        OpeningEquityKeys.name.name: name,
        OpeningEquityKeys.year.name: str(year - 1),
        OpeningEquityKeys.cell.name: None,
    }
    return flow_mapping(opening)


def _to_confirm(association: Association, columns: Sequence[str], texts: Texts) -> Iterator[str]:
    """Yield an entry for each row that waits for amounts, and for the saved money and the text."""
    names = [*(one.name for one in association.members), *(name for name, _ in _costs(texts))]
    for name in names:
        yield flow_mapping({UnconfirmedKeys.what.name: name, UnconfirmedKeys.columns.name: tuple(columns)})
    for key in ("template-saved", "template-chapters"):
        yield flow_mapping({UnconfirmedKeys.what.name: texts.tell(key)})
