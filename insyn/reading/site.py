"""From `webbplats.yaml`, `forbund.md` and the text pages to the values they hold."""

import re
from urllib.parse import urlsplit

from insyn.model import (
    Association,
    Conformance,
    Funder,
    Gap,
    GapReason,
    Member,
    Settings,
    Statement,
    TextPage,
)
from insyn.problems import Found
from insyn.reading.aliases import read_aliases
from insyn.reading.ceilings import read_ceiling
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_markdown, read_yaml
from insyn.reading.identity_numbers import is_organisation_number
from insyn.reading.key_kinds import FrontMatterKey
from insyn.reading.keys import (
    AssociationKeys,
    GapKeys,
    MemberKeys,
    SettingsKeys,
    StatementContactKeys,
    StatementKeys,
    SupervisorKeys,
    TextPageKeys,
)

STATED = (
    StatementKeys.actor,
    StatementKeys.conformance,
    StatementKeys.assessed,
    StatementKeys.updated,
    StatementKeys.method,
)
"""What every accessibility statement says."""


def read_settings(text: str, file: str, found: Found) -> Settings | None:
    """Read the site's settings; None when the file can't be read at all."""
    node = read_yaml(text, file, found)
    if node is None:
        return None
    fields = Fields(node, found, SettingsKeys)
    fields.follows(SettingsKeys.schema)
    associations = tuple(fields.scalars(SettingsKeys.associations))
    return fields.make(
        Settings,
        address=_read_address(fields),
        associations=tuple(scalar.text.strip() for scalar in associations),
        association_places=tuple(scalar.place for scalar in associations),
        list_place=fields.place_of(SettingsKeys.associations),
        statement=_read_statement(fields),
    )


def _read_address(fields: Fields) -> str | None:
    """Read where the site is. Its pages' links are made from it, so it may hold nothing but a host and a path."""
    address = fields.web_address(SettingsKeys.address)
    if address and (re.search(r"[?#]", address) or "//" in urlsplit(address).path):
        fields.found.add("address-unreadable", fields.place_of(SettingsKeys.address), written=address)
        return None
    return f"{address.rstrip('/')}/" if address else None


# --- Accessibility --------------------------------------------------------------------------------------------------


def _read_statement(fields: Fields) -> Statement | None:
    """Read the accessibility statement. Nobody but its actor knows what it says: nothing missing is ever filled in."""
    inner = fields.mapping(SettingsKeys.statement)
    if inner is None:
        return None
    report, supervision = inner.mapping(StatementKeys.report), inner.mapping(StatementKeys.supervision)
    statement = inner.make(
        Statement,
        conformance_place=inner.place_of(StatementKeys.conformance),
        gaps=tuple(_read_gap(item) for item in inner.mappings(StatementKeys.gaps)),
        assessed_place=inner.place_of(StatementKeys.assessed),
        updated_place=inner.place_of(StatementKeys.updated),
        email=report.email(StatementContactKeys.email) if report else None,
        phone=report.text(StatementContactKeys.phone) if report else None,
        answer=report.text(StatementContactKeys.answer) if report else None,
        supervisor=supervision.text(SupervisorKeys.supervisor) if supervision else None,
        complaint_address=supervision.web_address(SupervisorKeys.complaint_address) if supervision else None,
    )
    _check_complete(inner, report, statement)
    for read in (report, supervision):
        if read:
            read.close()
    return statement


def _check_complete(fields: Fields, report: Fields | None, statement: Statement) -> None:
    """Note what the regulations on 13 § lag (2018:1937) ask for and isn't there. Some of it has defaults."""
    for key in STATED:
        _check_there(fields, key)
    if statement.conformance in {Conformance.PARTIAL, Conformance.NONE}:
        _check_there(fields, StatementKeys.gaps)
    ways = (StatementContactKeys.email, StatementContactKeys.phone)
    if not report or not any(report.items(way) for way in ways):
        fields.found.add("statement-incomplete", fields.place, key=StatementKeys.report.name)


def _check_there(fields: Fields, key: FrontMatterKey) -> None:
    if not fields.items(key):
        fields.found.add("statement-incomplete", fields.place, key=key.name)


def _read_gap(fields: Fields) -> Gap:
    gap = fields.make(Gap, reason=fields.choice(GapKeys.reason) or GapReason.FAULT)
    if gap.reason is GapReason.BURDEN:
        _check_there(fields, GapKeys.motive)
    return gap


# --- Förbund and pages ----------------------------------------------------------------------------------------------


def read_association(text: str, file: str, *, id: str, found: Found) -> Association | None:
    """Read a förbund's file, which stands in the folder that is its id."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found, AssociationKeys)
    fields.follows(AssociationKeys.schema)
    return fields.make(
        Association,
        id=id,
        organisation_number=_read_organisation_number(fields),
        members=tuple(_read_member(item) for item in fields.mappings(AssociationKeys.members)),
        ceiling=read_ceiling(fields, AssociationKeys.ceiling),
        body=source.body,
        body_line=source.body_line,
        aliases=tuple(read_aliases(fields, AssociationKeys.aliases)),
    )


def _read_organisation_number(fields: Fields) -> str | None:
    """Read the förbund's number. A wrong one would lead to another organisation, or to none."""
    key = AssociationKeys.organisation_number
    number = fields.text(key)
    if number and not is_organisation_number(number):
        fields.found.add("organisation-number-wrong", fields.place_of(key), written=number)
        return None
    return number


def _read_member(fields: Fields) -> Member:
    return fields.make(
        Member,
        short_name=fields.text(MemberKeys.short_name) or fields.required_text(MemberKeys.name),
        kind=fields.choice(MemberKeys.kind) or Funder.MUNICIPALITY,
    )


def read_text_page(text: str, file: str, *, id: str, found: Found) -> TextPage | None:
    """Read a page of running text."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found, TextPageKeys)
    return fields.make(TextPage, id=id, body=source.body, body_line=source.body_line)
