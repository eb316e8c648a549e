"""What is told of a new plan before it is written: where each of its amounts is from, and what is left to do."""

import re
from collections import Counter
from collections.abc import Iterator

from insyn.build.new_plan import NewPlan
from insyn.editing.next_columns import ColumnMove
from insyn.editing.next_plan import NextPlan
from insyn.model import Column, ColumnKind
from insyn.swedish import listed
from insyn.texts import Texts
from insyn.vocabulary import kind_word

NUMBER = re.compile(r" › \d+\Z")
"""Of an item that has no name."""


def report_of(new: NewPlan, texts: Texts) -> str:
    """Return what was made, line by line."""
    if new.made is None:
        return f"{texts.tell('new-plan-template', file=new.file)}\n\n{new.text}"
    parts = [
        "\n".join([texts.tell("new-plan-from", file=new.file, source=new.source), *_skipped(new, texts)]),
        _block(texts.tell("new-plan-columns"), [*_columns(new.made, texts), *_left(new.made, texts)]),
        "\n".join(_sentences(new.made, texts)),
        _block(texts.tell("new-plan-texts"), list(_texts(new.made, texts))),
        texts.tell("new-plan-confirm", count=sum(len(one.columns) or 1 for one in new.made.to_confirm)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _skipped(new: NewPlan, texts: Texts) -> Iterator[str]:
    """Yield which years are passed over, and where to begin if that isn't meant."""
    if new.skipped:
        key = "new-plan-skipped-year" if len(new.skipped) == 1 else "new-plan-skipped-years"
        yield texts.tell(key, years=listed([str(year) for year in new.skipped]), first=new.skipped[0])


def _block(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *(f"  {line}" for line in lines)]) if lines else ""


def _columns(made: NextPlan, texts: Texts) -> Iterator[str]:
    for move in made.columns:
        if move.source is None:
            last = made.repeated
            key = "new-plan-column-repeated" if last else "new-plan-column-empty"
            yield texts.tell(key, id=move.id, heading=_of(move), year=move.year, old=last.id if last else "")
        else:
            key = "new-plan-column" if _is_usual(move, move.source) else "new-plan-column-other"
            yield texts.tell(key, id=move.id, heading=_of(move), source=_of(move.source), old=move.source.id)


def _is_usual(move: ColumnMove, source: Column) -> bool:
    """Whether amounts come from where they always do: what was budgeted from what was planned, and the like."""
    usual = {ColumnKind.BUDGET: {ColumnKind.PLAN, ColumnKind.BUDGET}}
    return source.kind in usual.get(move.kind, {move.kind})


def _of(column: ColumnMove | Column) -> str:
    return f"{kind_word(column.kind)} {column.year}"


def _left(made: NextPlan, texts: Texts) -> Iterator[str]:
    for column, count in made.left:
        yield texts.tell("new-plan-column-left", heading=_of(column).capitalize(), old=column.id, count=count)


def _sentences(made: NextPlan, texts: Texts) -> Iterator[str]:
    yield texts.tell("new-plan-counts", all=made.carried + made.asked, carried=made.carried, asked=made.asked)
    if made.opening:
        amount, source = made.opening
        year = min(one.year for one in made.columns) - 1
        if amount is None:
            yield texts.tell("new-plan-opening-unknown", year=year)
        elif source is None:
            yield texts.tell("new-plan-opening-same", year=year, amount=amount)
        else:
            yield texts.tell("new-plan-opening", year=year, amount=amount, source=f"{_of(source)} ({source.id})")
    if not made.opens_as_planned:
        yield texts.tell("new-plan-closing")
    if made.emptied:
        yield texts.tell("new-plan-emptied", names=listed(list(made.emptied)))
    if made.lost:
        counts = Counter(NUMBER.sub("", name) for name in made.lost)
        yield texts.tell("new-plan-lost", names=listed([f"{name} ({count})" for name, count in counts.items()]))


def _texts(made: NextPlan, texts: Texts) -> Iterator[str]:
    for one in made.to_confirm:
        if one.years:
            yield texts.tell("new-plan-text", what=one.what, years=listed([str(year) for year in one.years]))
