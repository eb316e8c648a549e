"""A second check of figures that don't add up, now with last year's plan.

It is made in every build, outside the cached examination, which knows only the plan and its förbund.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from insyn.disk.content import read_texts
from insyn.problems import Problem
from insyn.reading.sources import SourceFile, SourceText
from insyn.site.facts import PlanFacts

Examined = tuple[SourceFile, str, PlanFacts]
"""A plan's file, cache key and facts."""


def with_last_year(content: Path, plans: Iterable[Examined]) -> Iterator[Examined]:
    """Yield the plans, with problems of their sums explained by last year's plan where possible. Raises Changed."""
    plans = tuple(plans)
    current = {(file.name, file.year): file for file, _, _ in plans if not file.version}
    for file, key, facts in plans:
        former = current.get((file.name, file.year - 1))
        yield file, key, _looked_up(content, file, former, facts) if former and facts.problems else facts


def _looked_up(content: Path, file: SourceFile, former: SourceFile, facts: PlanFacts) -> PlanFacts:
    from insyn.checks.arithmetic import TOLD  # deferred: needed only for a fault, which few plans have

    if not any(one.code in TOLD for one in facts.problems):
        return facts
    texts, _ = read_texts(content, content.name, [file, former])
    if len(texts) < 2:
        return facts
    told = _told(file, texts[file.path], former, texts[former.path], facts.problems)
    return replace(facts, problems=tuple(told))


def _told(
    file: SourceFile, source: SourceText, former: SourceFile, former_source: SourceText, problems: tuple[Problem, ...]
) -> Iterator[Problem]:
    from insyn.checks import arithmetic  # deferred: needed only for a fault, like the YAML parser
    from insyn.checks.arithmetic import TOLD
    from insyn.checks.repairs import Former
    from insyn.reading.plan_file import as_draft, read_plan_text

    plan, before = read_plan_text(file, source)[0], read_plan_text(former, former_source)[0]
    if plan is None or before is None:
        yield from problems
        return
    again = [one for one in arithmetic.check(plan.budget, Former(before.year, before.budget)) if one.code in TOLD]
    is_draft = any(one.in_draft for one in problems)
    yield from (one for one in problems if one.code not in TOLD)
    yield from as_draft(again) if is_draft else again
