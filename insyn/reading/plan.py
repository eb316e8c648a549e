"""From the text of a `plan.md` to a `Plan`."""

from collections.abc import Iterator

from insyn.model import (
    ChartWords,
    Correction,
    Decision,
    DocumentKind,
    FollowUp,
    FollowUpPoint,
    Goal,
    GoalHeadings,
    ListedText,
    Meeting,
    Plan,
    Removal,
    Revision,
    ShortText,
    Signatory,
    Signatures,
    Source,
    Status,
    SubGoal,
    Target,
    TextOrder,
)
from insyn.problems import Found
from insyn.reading.aliases import read_aliases
from insyn.reading.budget import read_budget, read_notes
from insyn.reading.characters import fold
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import DividedText, read_markdown
from insyn.reading.nodes import Mapping, Node, Scalar, Sequence
from insyn.reading.sources import SourceFile
from insyn.swedish import slug
from insyn.vocabulary import DIRECTIONS, DOCUMENT_KINDS, GOAL_STATUSES, STATUSES, TEXT_ORDERS

SCHEMA = "finsam-plan/1"
SHORT_TEXTS = frozenset(
    {fold(key) for key in ("sammanfattning", "målgrupp", "förklaring", "kommentar", "motivering_underskott")}
)


def read_plan(text: str, file: str, *, association: str, year: int, found: Found) -> Plan | None:
    """Read a plan that stands in the folder of a förbund and a year; None when too little of it is readable."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found)
    if fields.require("schema") and fields.text("schema") != SCHEMA:
        found.add("schema-unknown", fields.place_of("schema"), written=fields.text("schema"), schema=SCHEMA)
        return None
    _check_folder(fields, association, year)
    budget = fields.mapping("budget") if fields.require("budget") else None
    plan = _read(fields, budget, source, association, year) if budget else None
    if plan:
        fields.close()
    else:
        fields.give_up()
    return plan


def read_removal(text: str, file: str, place: SourceFile, found: Found) -> Removal | None:
    """Read a plan that has been taken away. What else is left in its file says nothing any more."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found)
    _check_folder(fields, place.name, place.year)
    title, inner = fields.required_text("titel"), fields.mapping("borttagen")
    if inner is None:
        fields.require("borttagen")
        return None
    inner.require("datum")
    day, reason = inner.day("datum"), inner.required_text("skäl")
    inner.close()
    return Removal(place.name, place.year, place.version, title, day, reason, inner.place) if day and reason else None


def _check_folder(fields: Fields, association: str, year: int) -> None:
    """The folder decides; what is written must agree, so that a copied plan can't pass for another."""
    written = fields.required_text("förbund")
    if written and written != association:
        fields.found.add("association-disagrees", fields.place_of("förbund"), written=written, folder=association)
    fields.require("år")
    written_year = fields.year("år")
    if written_year and written_year != year:
        fields.found.add("year-disagrees", fields.place_of("år"), written=written_year, folder=year)


def _read(fields: Fields, budget: Fields, source: DividedText, association: str, year: int) -> Plan:
    document = fields.choice("dokument", DOCUMENT_KINDS) or DocumentKind.PLAN
    return Plan(
        association=association,
        year=year,
        document=document,
        title=fields.required_text("titel"),
        subtitle=fields.text("undertitel"),
        status=fields.required_choice("status", STATUSES) or Status.ADOPTED,
        retold=fields.yes("återberättad") or False,
        registration=fields.text("dnr"),
        decision=_read_decision(fields),
        consulted=fields.day("samråd"),
        published=fields.day("förslag_publicerat"),
        meeting=_read_meeting(fields),
        revisions=tuple(_read_revisions(fields)),
        followed_up=fields.day("uppföljd"),
        summary=fields.text("sammanfattning"),
        deficit_reason=fields.text("motivering_underskott"),
        audience=fields.text("målgrupp"),
        source=_read_source(fields),
        budget=read_budget(budget, year, document),
        goals=tuple(_read_goals(fields)),
        goal_headings=_read_goal_headings(fields),
        follow_up=_read_follow_up(fields),
        signatures=_read_signatures(fields),
        chart_words=tuple(_read_chart_words(fields)),
        short_texts=tuple(_short_texts(source.header)),
        aliases=tuple(read_aliases(fields)),
        text_order=fields.choice("ordning", TEXT_ORDERS) or TextOrder.FIGURES_FIRST,
        body=source.body,
        body_line=source.body_line,
        title_place=fields.place_of("titel"),
        status_place=fields.place_of("status"),
        consulted_place=fields.place_of("samråd"),
        published_place=fields.place_of("förslag_publicerat"),
        followed_up_place=fields.place_of("uppföljd"),
        place=fields.place,
    )


def _short_texts(node: Node) -> Iterator[ShortText]:
    """Yield the texts that the page renders as Markdown, wherever they stand."""
    match node:
        case Sequence():
            for item in node.items:
                yield from _short_texts(item)
        case Mapping():
            is_note = any(fold(entry.key) == "not" for entry in node.entries)
            for entry in node.entries:
                marked = fold(entry.key) in SHORT_TEXTS or (is_note and fold(entry.key) == "text")
                if isinstance(entry.value, Scalar) and marked:
                    yield ShortText(entry.value.text, entry.value.place)
                else:
                    yield from _short_texts(entry.value)


def _read_decision(fields: Fields) -> Decision | None:
    inner = fields.mapping("beslut")
    if inner is None:
        return None
    decision = Decision(
        body=inner.text("organ"),
        day=inner.day("datum"),
        paragraph=inner.text("paragraf"),
        wording=inner.text("ordval"),
        town=inner.text("ort"),
        minutes=inner.text("protokoll"),
        printed=inner.text("tryckt"),
        place=inner.place_of("datum"),
    )
    inner.close()
    return decision


def _read_meeting(fields: Fields) -> Meeting | None:
    inner = fields.mapping("sammanträde")
    if inner is None:
        return None
    meeting = Meeting(
        day=inner.day("datum"),
        time=inner.text("tid"),
        venue=inner.text("plats"),
        announced=inner.day("tillkännagivet"),
        public=inner.yes("offentligt"),
        place=inner.place,
    )
    inner.close()
    return meeting


def _read_revisions(fields: Fields) -> Iterator[Revision]:
    for inner in fields.mappings("revideringar"):
        inner.require("datum")
        day = inner.day("datum")
        body, paragraph = inner.text("organ"), inner.text("paragraf")
        printed, summary, financing = inner.text("tryckt"), inner.text("sammanfattning"), inner.text("finansiering")
        inner.close()
        if day:
            yield Revision(day, body, paragraph, printed, summary, financing, inner.place)


def _read_source(fields: Fields) -> Source | None:
    inner = fields.mapping("källa")
    if inner is None:
        return None
    source = Source(
        kind=inner.text("typ"),
        file=inner.text("fil"),
        link=inner.text("länk"),
        sha256=inner.text("sha256"),
        corrections=tuple(_read_correction(item) for item in inner.mappings("rättelser")),
    )
    inner.close()
    return source


def _read_correction(fields: Fields) -> Correction:
    correction = Correction(fields.required_text("tryckt"), fields.text("rättat"), fields.text("text"))
    fields.close()
    return correction


def _read_goals(fields: Fields) -> Iterator[Goal]:
    for inner in fields.mappings("mål"):
        text = inner.required_text("text")
        goal = Goal(
            id=inner.text("id") or slug(text),
            text=text,
            law_reference=inner.text("laghänvisning"),
            responsible=inner.text("ansvarig"),
            sub_goals=tuple(_read_sub_goal(item) for item in inner.mappings("delmål")),
        )
        inner.close()
        yield goal


def _read_sub_goal(fields: Fields) -> SubGoal:
    sub_goal = SubGoal(
        text=fields.required_text("text"),
        responsible=fields.text("ansvarig"),
        activities=tuple(_read_listed_texts(fields, "aktiviteter")),
        measures=tuple(_read_listed_texts(fields, "mått")),
        targets=_read_targets(fields),
        outcome=fields.text("utfall"),
        status=fields.choice("status", GOAL_STATUSES),
        comment=fields.text("kommentar"),
    )
    fields.close()
    return sub_goal


def _read_listed_texts(fields: Fields, key: str) -> Iterator[ListedText]:
    for item in fields.items(key):
        if isinstance(item, Scalar):
            yield ListedText(item.text.strip())
        elif isinstance(item, Mapping):
            inner = Fields(item, fields.found)
            yield ListedText(inner.required_text("text"), inner.texts("punkter"))
            inner.close()
        else:
            fields.found.add("expected-text-item", item.place, key=key)


def _read_targets(fields: Fields) -> tuple[Target, ...]:
    targets = []
    for inner in fields.mappings("målvärde"):
        direction = inner.choice("riktning", DIRECTIONS)
        value, unit, subject = inner.required_text("värde"), inner.text("enhet") or "", inner.text("avser")
        inner.close()
        targets.append(Target(direction, value, unit, subject))
    return tuple(targets)


def _read_goal_headings(fields: Fields) -> GoalHeadings:
    inner = fields.mapping("mål_rubriker")
    if inner is None:
        return GoalHeadings(None, None, None, None, None)
    headings = GoalHeadings(
        inner.text("mål"), inner.text("delmål"), inner.text("aktiviteter"), inner.text("mått"), inner.text("ansvarig")
    )
    inner.close()
    return headings


def _read_follow_up(fields: Fields) -> FollowUp | None:
    inner = fields.mapping("uppföljning")
    if inner is None:
        return None
    follow_up = FollowUp(tuple(_read_follow_up_point(item) for item in inner.mappings("punkter")), read_notes(inner))
    inner.close()
    return follow_up


def _read_follow_up_point(fields: Fields) -> FollowUpPoint:
    point = FollowUpPoint(fields.required_text("text"), fields.text("not"), _read_targets(fields), fields.place)
    fields.close()
    return point


def _read_signatures(fields: Fields) -> Signatures | None:
    inner = fields.mapping("underskrifter")
    if inner is None:
        return None
    people = tuple(_read_signatory(item) for item in inner.mappings("personer"))
    signatures = Signatures(inner.text("tryckt"), people, inner.day("datum"))
    inner.close()
    return signatures


def _read_signatory(fields: Fields) -> Signatory:
    person = Signatory(fields.required_text("namn"), fields.required_text("roll"), fields.text("organisation"))
    fields.close()
    return person


def _read_chart_words(fields: Fields) -> Iterator[ChartWords]:
    """Read `diagram`: for each chart's id, the words or the choice that staff put in place of the generated ones."""
    charts = fields.node_of("diagram")
    if charts is None:
        return
    if not isinstance(charts, Mapping):
        fields.found.add("expected-mapping", charts.place, key="diagram")
        return
    for entry in charts.entries:
        if not isinstance(entry.value, Mapping):
            fields.found.add("expected-mapping", entry.value.place, key=entry.key)
            continue
        inner = Fields(entry.value, fields.found)
        shown = inner.yes("visa")
        title, summary = inner.text("rubrik"), inner.text("sammanfattning")
        yield ChartWords(entry.key, title, summary, shown is not False, entry.key_place)
        inner.close()
