"""Reads a `forbund.md` into a förbund with its members."""

from collections.abc import Iterator

from insyn.model import Association, Funder, Member
from insyn.problems import Found
from insyn.reading.aliases import read_aliases
from insyn.reading.ceilings import read_ceiling
from insyn.reading.characters import fold
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_markdown
from insyn.reading.identity_numbers import is_organisation_number
from insyn.reading.keys import AssociationKeys, MemberKeys


def read_association(text: str, file: str, *, id: str, found: Found) -> Association | None:
    """Read the file of a förbund, whose id is its folder; None also if the kind of a member can't be read."""
    source = read_markdown(text, file, found)
    if source is None:
        return None
    fields = Fields(source.header, found, AssociationKeys)
    fields.follows(AssociationKeys.schema)
    members = tuple(_read_members(fields))
    association = fields.make(
        Association,
        id=id,
        organisation_number=_read_organisation_number(fields),
        members=members,
        ceiling=read_ceiling(fields, AssociationKeys.ceiling),
        body=source.body,
        body_line=source.body_line,
        aliases=tuple(read_aliases(fields, AssociationKeys.aliases)),
    )
    kinds = {one.place.file for one in found.problems if dict(one.values).get("key") == MemberKeys.kind.name}
    return None if file in kinds else association


def _read_organisation_number(fields: Fields) -> str | None:
    """Read the förbund's organisationsnummer. A wrong one would lead to another organisation, or to none."""
    key = AssociationKeys.organisation_number
    number = fields.text(key)
    if number and not is_organisation_number(number):
        fields.found.add("organisation-number-wrong", fields.place_of(key), written=number)
        return None
    return number


def _read_members(fields: Fields) -> Iterator[Member]:
    names: set[str] = set()
    for item in fields.mappings(AssociationKeys.members):
        member = _read_member(item)
        if member.name and fold(member.name) in names:
            fields.found.add("member-repeated", item.place, name=member.name)
        names.add(fold(member.name))
        yield member


def _read_member(fields: Fields) -> Member:
    return fields.make(
        Member,
        short_name=fields.text(MemberKeys.short_name) or fields.required_text(MemberKeys.name),
        kind=fields.choice(MemberKeys.kind) or Funder.MUNICIPALITY,
    )
