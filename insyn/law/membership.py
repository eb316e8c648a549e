"""Does the förbund have the members that it must have? Gotland has no region."""

import re
from collections.abc import Iterator

from insyn.law.judgement import Case, Judgement, Verdict
from insyn.model import (
    Association,
    Funder,
    Member,
)
from insyn.problems import problem
from insyn.swedish import capitalised, listed

AGENCIES = ("Försäkringskassan", "Arbetsförmedlingen")
GOTLAND = re.compile(r"\bgotlands?\b", re.IGNORECASE)


def parties(case: Case) -> Judgement:
    """Judge whether Försäkringskassan, Arbetsförmedlingen, a region and a kommun are members."""
    missing = tuple(_missing_parties(case))
    rule, source = case.say("law.parties.rule"), case.source("parties") or ""
    if not missing:
        return Judgement("parties", Verdict.OK, rule, (case.say("law.parties.all"),), source=source)
    found = case.say("law.parties.missing", missing=capitalised(listed(missing)))
    warning = problem("parties-missing", case.association.place, missing=listed(missing))
    return Judgement("parties", Verdict.WARNING, rule, (found,), source=source, problems=(warning,))


def _missing_parties(case: Case) -> Iterator[str]:
    members = case.association.members
    state = [member.name.lower() for member in members if member.kind is Funder.STATE]
    for agency in AGENCIES:
        if not any(agency.lower() in name for name in state):
            yield agency
    kinds = {member.kind for member in members}
    if outside_regions(case.association):
        return
    if Funder.REGION not in kinds:
        yield case.say("law.parties.region")
    if Funder.MUNICIPALITY not in kinds:
        yield case.say("law.parties.municipality")


def outside_regions(association: Association) -> Member | None:
    """Return the kommun that belongs to no region and so has a region's tasks too, if no region is a member.

    The only one is Gotland. It calls itself a region, so staff may have given it either kind.
    """
    payers = [member for member in association.members if member.kind in {Funder.MUNICIPALITY, Funder.REGION}]
    gotland = [member for member in payers if GOTLAND.search(member.name)]
    others = [member for member in payers if member.kind is Funder.REGION and member not in gotland]
    return gotland[0] if gotland and not others else None
