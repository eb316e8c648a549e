"""From `webbplats.yaml`, `forbund.md` and the text pages to the values they hold."""

import re
from urllib.parse import urlsplit

from insyn.model import (
    Association,
    Conformance,
    Contact,
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
from insyn.vocabulary import CONFORMANCES, GAP_REASONS, LICENCES, MEMBER_KINDS, PURPOSES

ASSOCIATION_SCHEMA = "finsam-förbund/1"
SITE_SCHEMA = "finsam-webbplats/1"
EMAIL = re.compile(r"[^\s?&@<>\"]+@[^\s?&@<>\"]+\Z")


def read_settings(text: str, file: str, found: Found) -> Settings | None:
    """Read the site's settings; None when the file can't be read at all."""
    node = read_yaml(text, file, found)
    if node is None:
        return None
    fields = Fields(node, found)
    _check_schema(fields, SITE_SCHEMA)
    fields.require("förbund")
    settings = Settings(
        name=fields.required_text("namn"),
        description=fields.required_text("beskrivning"),
        address=_read_address(fields),
        associations=fields.texts("förbund"),
        association_places=tuple(scalar.place for scalar in fields.scalars("förbund")),
        list_place=fields.place_of("förbund"),
        contact=_read_contact(fields),
        licence=fields.choice("licens", LICENCES),
        statement=_read_statement(fields),
        place=fields.place,
    )
    fields.close()
    return settings


def _check_schema(fields: Fields, schema: str) -> None:
    if fields.require("schema") and fields.text("schema") != schema:
        fields.found.add("schema-unknown", fields.place_of("schema"), written=fields.text("schema"), schema=schema)


def _read_address(fields: Fields) -> str | None:
    """Read where the site is. Its pages' links are made from it, so it may hold nothing but a host and a path."""
    address = _read_web_address(fields, "adress")
    if address and (re.search(r"[?#]", address) or "//" in urlsplit(address).path):
        fields.found.add("address-unreadable", fields.place_of("adress"), written=address)
        return None
    return f"{address.rstrip('/')}/" if address else None


def _read_web_address(fields: Fields, key: str) -> str | None:
    address = fields.text(key)
    if address and not _is_web_address(address):
        fields.found.add("address-unreadable", fields.place_of(key), written=address)
        return None
    return address


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port or True)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(has_host) and not re.search(r"[\s\\<>\"]", text)


def _read_email(fields: Fields) -> str | None:
    email = fields.text("e-post")
    if email and not EMAIL.match(email):
        fields.found.add("email-unreadable", fields.place_of("e-post"), written=email)
        return None
    return email


def _read_contact(fields: Fields) -> Contact | None:
    inner = fields.mapping("kontakt")
    if inner is None:
        return None
    contact = Contact(
        inner.text("namn"),
        _read_email(inner),
        inner.text("telefon"),
        inner.text("adress"),
        _read_web_address(inner, "webb"),
    )
    inner.close()
    return contact


# --- Accessibility --------------------------------------------------------------------------------------------------


def _read_statement(fields: Fields) -> Statement | None:
    """Read the accessibility statement. Nobody but its actor knows what it says: nothing missing is ever filled in."""
    inner = fields.mapping("tillgänglighet")
    if inner is None:
        return None
    report, supervision = inner.mapping("rapportera"), inner.mapping("tillsyn")
    statement = Statement(
        actor=inner.text("aktör"),
        service=inner.text("tjänst"),
        conformance=inner.choice("förenlighet", CONFORMANCES),
        conformance_place=inner.place_of("förenlighet"),
        gaps=tuple(_read_gap(item) for item in inner.mappings("brister")),
        assessed=inner.day("bedömd"),
        assessed_place=inner.place_of("bedömd"),
        updated=inner.day("uppdaterad"),
        updated_place=inner.place_of("uppdaterad"),
        method=inner.text("metod"),
        email=_read_email(report) if report else None,
        phone=report.text("telefon") if report else None,
        answer=report.text("svarstid") if report else None,
        supervisor=supervision.text("namn") if supervision else None,
        complaint_address=_read_web_address(supervision, "länk") if supervision else None,
        standard=inner.text("standard"),
        place=inner.place,
    )
    _check_complete(inner, report, statement)
    for read in (inner, report, supervision):
        if read:
            read.close()
    return statement


def _check_complete(fields: Fields, report: Fields | None, statement: Statement) -> None:
    """Note what the regulations on 13 § lag (2018:1937) ask for and isn't there. Some of it has defaults."""
    for key in ("aktör", "förenlighet", "bedömd", "uppdaterad", "metod"):
        _check_there(fields, key)
    if statement.conformance in {Conformance.PARTIAL, Conformance.NONE}:
        _check_there(fields, "brister")
    if not report or not (report.items("e-post") or report.items("telefon")):
        fields.found.add("statement-incomplete", fields.place, key="rapportera")


def _check_there(fields: Fields, key: str) -> None:
    if not fields.items(key):
        fields.found.add("statement-incomplete", fields.place, key=key)


def _read_gap(fields: Fields) -> Gap:
    gap = Gap(
        text=fields.required_text("text"),
        reason=fields.required_choice("skäl", GAP_REASONS) or GapReason.FAULT,
        motive=fields.text("motivering"),
        mended_by=fields.day("åtgärdas"),
        place=fields.place,
    )
    if gap.reason is GapReason.BURDEN:
        _check_there(fields, "motivering")
    fields.close()
    return gap


# --- Förbund and pages ----------------------------------------------------------------------------------------------


def read_association(text: str, file: str, *, id: str, found: Found) -> Association | None:
    """Read a förbund's file, which stands in the folder that is its id."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found)
    _check_schema(fields, ASSOCIATION_SCHEMA)
    fields.require_items("medlemmar")
    association = Association(
        id=id,
        name=fields.required_text("namn"),
        short_name=fields.required_text("kortnamn"),
        organisation_number=_read_organisation_number(fields),
        founded=fields.text("bildat"),
        members=tuple(_read_member(item) for item in fields.mappings("medlemmar")),
        administration=fields.choices("administration", PURPOSES),
        ceiling=read_ceiling(fields),
        appeal=fields.text("laglighetsprövning"),
        contact=_read_contact(fields),
        body=source.body,
        body_line=source.body_line,
        place=fields.place,
        aliases=tuple(read_aliases(fields)),
    )
    fields.close()
    return association


def _read_organisation_number(fields: Fields) -> str | None:
    """Read the förbund's number. A wrong one would lead to another organisation, or to none."""
    number = fields.text("organisationsnummer")
    if number and not is_organisation_number(number):
        fields.found.add("organisation-number-wrong", fields.place_of("organisationsnummer"), written=number)
        return None
    return number


def _read_member(fields: Fields) -> Member:
    name = fields.required_text("namn")
    member = Member(
        name=name,
        short_name=fields.text("kort") or name,
        kind=fields.required_choice("typ", MEMBER_KINDS) or Funder.MUNICIPALITY,
        also=fields.texts("även"),
    )
    fields.close()
    return member


def read_text_page(text: str, file: str, *, id: str, found: Found) -> TextPage | None:
    """Read a page of running text."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found)
    page = TextPage(
        id=id,
        title=fields.required_text("titel"),
        menu=fields.yes("meny") or False,
        body=source.body,
        body_line=source.body_line,
        place=fields.place,
    )
    fields.close()
    return page
