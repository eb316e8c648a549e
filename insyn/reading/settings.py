"""Reads `webbplats.yaml` into the site's settings and its accessibility statement."""

import re

from insyn.model import Conformance, Gap, GapReason, Settings, Statement
from insyn.problems import Found
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_yaml
from insyn.reading.key_kinds import FrontMatterKey
from insyn.reading.keys import GapKeys, SettingsKeys, StatementContactKeys, StatementKeys, SupervisorKeys

SITE_ADDRESS = re.compile(r"https?://[^\W_](?:[\w.-]*[^\W_])?(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")
"""An address whose path has the same meaning in a link, in a web server's settings and in its regular expressions."""
UPWARDS = re.compile(r"/\.{1,2}(?:/|\Z)")
STATED = (
    StatementKeys.actor,
    StatementKeys.conformance,
    StatementKeys.assessed,
    StatementKeys.updated,
    StatementKeys.method,
)
"""The required parts of an accessibility statement."""


def read_settings(text: str, file: str, found: Found) -> Settings | None:
    """Read the site's settings; None if the file can't be read at all."""
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
    """Read the site's address. Links are built from it, so it may contain only a host and a path."""
    address = fields.web_address(SettingsKeys.address)
    if address and not (SITE_ADDRESS.fullmatch(address) and not UPWARDS.search(address)):
        fields.found.add("address-unreadable", fields.place_of(SettingsKeys.address), written=address)
        return None
    return f"{address.rstrip('/')}/" if address else None


# --- Accessibility --------------------------------------------------------------------------------------------------


def _read_statement(fields: Fields) -> Statement | None:
    """Read the accessibility statement. Only its actor knows the facts, so missing ones are never filled in."""
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
    """Report missing parts that the regulations on 13 § lag (2018:1937) require, even those that have defaults."""
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
