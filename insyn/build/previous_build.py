"""What the latest build left: whether it still lies there, and which förbund's files would be made the same again.

A förbund's own pages and tables are decided by its own plans and by what surrounds all plans. Where nothing but plans
that were there has been edited, the other förbund's files are what they were, so that nothing of them is composed.
"""

from collections.abc import Mapping, Set

from msgspec import Struct

from insyn.disk.build_record import BuildInputs, BuildRecord, Output, is_output_intact
from insyn.disk.side_files import SideFiles
from insyn.disk.snapshot import signature_of

Addresses = tuple[str, ...]


class PreviousBuild(Struct, frozen=True):
    """The published site as it is before a build."""

    outputs: Mapping[str, Output] = {}
    side_files: Mapping[str, SideFiles] = {}
    """The files beside plans' pages, by the page's folder."""
    is_intact: bool = False
    """Whether every file lies as it was left."""
    kept: Mapping[str, Addresses] = {}
    """The addresses of what is decided by a förbund alone, by the förbund whose files would be made the same again."""

    def is_published(self, folder: str, path: str, key: str) -> bool:
        """Whether a file made by this key lies in the output folder, as it was when it was put there."""
        made_by, signature = self.outputs.get(path, ("", None))
        if made_by != key or signature is None:
            return False
        return self.is_intact or signature_of(f"{folder}/{path}") == signature

    def has_beside(self, output: str, folder: str, key: str) -> bool:
        """Whether the files beside a page were made by this key, and lie in its folder as they did."""
        files = self.side_files.get(folder)
        if files is None or files.key != key:
            return False
        return self.is_intact or files.is_intact(f"{output}/{folder}", signature_of)


def former_of(
    record: BuildRecord | None, inputs: BuildInputs, plans: frozenset[str], output: str, missing: Set[str]
) -> PreviousBuild:
    """Find out what the latest build left. `plans` are the files with plans, `owed` what this build is to leave out."""
    if record is None:
        return PreviousBuild()
    is_intact = is_output_intact(record, output)
    kept: Mapping[str, Addresses] = {}
    if is_intact and record.missing == missing and inputs.tools.has_same(record.inputs.tools):
        edited = _edited_plans(record.inputs, inputs, plans)
        kept = {} if edited is None else _untouched(record.owned, edited)
    return PreviousBuild(record.outputs, record.side_files, is_intact, kept)


def _edited_plans(before: BuildInputs, now: BuildInputs, plans: frozenset[str]) -> list[str] | None:
    """Return the plans that were edited; None where anything else was, or has come or gone."""
    if now.content.files.keys() != before.content.files.keys():
        return None
    edited = now.content.changed_since(before.content)
    return edited if plans.issuperset(edited) else None


def _untouched(owned: Mapping[str, Addresses], edited: list[str]) -> Mapping[str, Addresses]:
    touched = {path.partition("/")[0] for path in edited}
    return {association: addresses for association, addresses in owned.items() if association not in touched}
