"""Reads the text of a `plan.md` into a `Plan`."""

from collections.abc import Iterator

from insyn.model import (
    ChartWords,
    Column,
    Decision,
    DocumentKind,
    FollowUp,
    FollowUpPoint,
    Goal,
    GoalHeadings,
    ListedText,
    Plan,
    Removal,
    Revision,
    ShortText,
    Status,
    SubGoal,
    Target,
    Unconfirmed,
)
from insyn.problems import Found
from insyn.reading.aliases import read_aliases
from insyn.reading.budget import read_budget, read_column_ids
from insyn.reading.characters import fold
from insyn.reading.fields import Fields, block_of
from insyn.reading.frontmatter import DividedText, read_markdown
from insyn.reading.key_kinds import Keys, MappingKey, MappingsKey, NamedMappingsKey, TextKey
from insyn.reading.keys import (
    DecisionKeys,
    FollowUpKeys,
    FollowUpPointKeys,
    GoalKeys,
    ListedTextKeys,
    PlanKeys,
    RemovalKeys,
    RevisionKeys,
    SubGoalKeys,
    TargetKeys,
    UnconfirmedKeys,
)
from insyn.reading.nodes import Mapping, Node, Scalar, Sequence
from insyn.reading.originals import read_original
from insyn.reading.sources import SourceFile
from insyn.swedish import slug


def read_plan(text: str, file: str, *, association: str, year: int, found: Found) -> Plan | None:
    """Read a plan in the folder of a förbund and a year; None if too little of it is readable."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found, PlanKeys)
    if not fields.follows(PlanKeys.schema):
        return None
    _check_folder(fields, association, year)
    budget = fields.mapping(PlanKeys.budget)
    if budget is None:
        fields.give_up()
        return None
    return _read(fields, budget, source, association, year)


def read_removal(text: str, file: str, place: SourceFile, found: Found) -> Removal | None:
    """Read a removed plan: only the removal, whatever else is left in the file."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found, PlanKeys)
    _check_folder(fields, place.name, place.year)
    title = fields.required_text(PlanKeys.title)
    fields.require(PlanKeys.removed)
    inner = fields.mapping(PlanKeys.removed)
    fields.give_up()
    if inner is None:
        return None
    day, reason = inner.day(RemovalKeys.day), inner.required_text(RemovalKeys.reason)
    inner.close()
    return Removal(place.name, place.year, place.version, title, day, reason, inner.place) if day and reason else None


def _check_folder(fields: Fields, association: str, year: int) -> None:
    """Report a förbund or a year that contradicts the folder, which decides: a copied plan mustn't pass for another."""
    written = fields.required_text(PlanKeys.association)
    if written and written not in (association, slug(association)):
        place = fields.place_of(PlanKeys.association)
        fields.found.add("association-disagrees", place, written=written, folder=association)
    written_year = fields.year(PlanKeys.year)
    if written_year and written_year != year:
        fields.found.add("year-disagrees", fields.place_of(PlanKeys.year), written=written_year, folder=year)


def _read(fields: Fields, budget: Fields, source: DividedText, association: str, year: int) -> Plan:
    document = fields.choice(PlanKeys.document) or DocumentKind.PLAN
    table = read_budget(budget, year, document)
    return fields.make(
        Plan,
        association=association,
        year=year,
        document=document,
        status=fields.choice(PlanKeys.status) or Status.ADOPTED,
        decision=_read_decision(fields),
        revisions=tuple(_read_revisions(fields)),
        original=read_original(fields),
        budget=table,
        unconfirmed=tuple(_read_unconfirmed(fields, table.columns)),
        goals=tuple(_read_goals(fields)),
        goal_headings=fields.value(PlanKeys.goal_headings) or GoalHeadings(None, None, None, None, None),
        follow_up=_read_follow_up(fields),
        chart_words=tuple(_read_chart_words(fields)),
        short_texts=tuple(_short_texts(source.header, PlanKeys)),
        aliases=tuple(read_aliases(fields, PlanKeys.aliases)),
        body=source.body,
        body_line=source.body_line,
        title_place=fields.place_of(PlanKeys.title),
        status_place=fields.place_of(PlanKeys.status),
        consulted_place=fields.place_of(PlanKeys.consulted),
        published_place=fields.place_of(PlanKeys.published),
        followed_up_place=fields.place_of(PlanKeys.followed_up),
        original_place=fields.place_of(PlanKeys.original),
    )


def _short_texts(node: Mapping, block: type[Keys]) -> Iterator[ShortText]:
    """Yield all texts that the page renders as Markdown, at any level."""
    for entry in node.entries:
        key, value = block.named.get(fold(entry.key)), entry.value
        if isinstance(key, TextKey):
            if key.is_markdown and isinstance(value, Scalar):
                yield ShortText(value.text, value.place)
        elif isinstance(key, MappingKey | MappingsKey | NamedMappingsKey):
            for inner, inner_block in _inner(value, key):
                yield from _short_texts(inner, inner_block)


def _inner(value: Node, key: MappingKey | MappingsKey | NamedMappingsKey) -> Iterator[tuple[Mapping, type[Keys]]]:
    """Yield the mappings in a key's value, each with its kind."""
    match value, key:
        case Mapping(), MappingKey():
            yield value, key.of
        case Mapping(), NamedMappingsKey():
            yield from ((entry.value, key.of) for entry in value.entries if isinstance(entry.value, Mapping))
        case Mapping(), MappingsKey():
            yield value, block_of(value, key)
        case Sequence(), MappingsKey():
            yield from ((item, block_of(item, key)) for item in value.items if isinstance(item, Mapping))


def _read_decision(fields: Fields) -> Decision | None:
    inner = fields.mapping(PlanKeys.decision)
    if inner is None:
        return None
    places = {"place": inner.place_of(DecisionKeys.day), "posted_place": inner.place_of(DecisionKeys.posted)}
    return inner.make(Decision, **places)


def _read_revisions(fields: Fields) -> Iterator[Revision]:
    for inner in fields.mappings(PlanKeys.revisions):
        revision = inner.make(Revision, posted_place=inner.place_of(RevisionKeys.posted))
        if inner.day(RevisionKeys.day):
            yield revision


def _read_goals(fields: Fields) -> Iterator[Goal]:
    for inner in fields.mappings(PlanKeys.goals):
        text = inner.required_text(GoalKeys.text)
        sub_goals = tuple(_read_sub_goal(item) for item in inner.mappings(GoalKeys.sub_goals))
        yield inner.make(Goal, id=inner.text(GoalKeys.id) or slug(text), text=text, sub_goals=sub_goals)


def _read_sub_goal(fields: Fields) -> SubGoal:
    return fields.make(
        SubGoal,
        activities=tuple(_read_listed_texts(fields, SubGoalKeys.activities)),
        measures=tuple(_read_listed_texts(fields, SubGoalKeys.measures)),
        targets=_read_targets(fields, SubGoalKeys.targets),
    )


def _read_listed_texts(fields: Fields, key: MappingsKey) -> Iterator[ListedText]:
    for item in fields.items(key):
        if isinstance(item, Scalar):
            yield ListedText(item.text.strip())
        elif isinstance(item, Mapping):
            yield Fields(item, fields.found, ListedTextKeys).make(ListedText)
        else:
            fields.found.add("expected-text-item", item.place, key=key.name)


def _read_targets(fields: Fields, key: MappingsKey) -> tuple[Target, ...]:
    return tuple(_read_target(inner) for inner in fields.mappings(key))


def _read_target(fields: Fields) -> Target:
    target = fields.make(Target, unit=fields.text(TargetKeys.unit) or "")
    if not target.value.replace(" ", "").isdecimal():
        from insyn.reading.misread_targets import value_meant  # deferred: needed only for a fault

        if right := value_meant(target.value, target.unit):
            fields.found.add("target-value", fields.place_of(TargetKeys.value), written=target.value, right=right)
    return target


def _read_unconfirmed(fields: Fields, columns: tuple[Column, ...]) -> Iterator[Unconfirmed]:
    for item in fields.mappings(PlanKeys.unconfirmed):
        yield item.make(Unconfirmed, columns=read_column_ids(item, UnconfirmedKeys.columns, columns))


def _read_follow_up(fields: Fields) -> FollowUp | None:
    inner = fields.mapping(PlanKeys.follow_up)
    if inner is None:
        return None
    points = tuple(_read_follow_up_point(item) for item in inner.mappings(FollowUpKeys.points))
    return inner.make(FollowUp, points=points)


def _read_follow_up_point(fields: Fields) -> FollowUpPoint:
    return fields.make(FollowUpPoint, targets=_read_targets(fields, FollowUpPointKeys.targets))


def _read_chart_words(fields: Fields) -> Iterator[ChartWords]:
    """Read, for each chart id, the words or the choice by which staff replace the generated ones."""
    for name, inner in fields.named_mappings(PlanKeys.chart_words):
        yield inner.make(ChartWords, chart=name.key, place=name.key_place)
