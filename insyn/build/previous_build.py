"""The previous build: which of its outputs are intact, and which förbund's outputs can be reused.

A förbund's own pages and tables depend on its plans and on the surroundings of all plans. If only existing plans have
been edited, the other förbund's outputs can't have changed, and none of them is composed.
"""

from collections.abc import Mapping, Set

from msgspec import Struct

from insyn.disk.build_record import BuildInputs, BuildRecord, Output, Published, is_output_intact
from insyn.disk.output import file_of, manifest_line
from insyn.disk.real_folders import linked
from insyn.disk.side_files import SideFiles
from insyn.disk.snapshot import published_signature_of

Addresses = tuple[str, ...]


class PreviousBuild(Struct, frozen=True):
    """The published site, before a build."""

    outputs: Mapping[str, Output] = {}
    side_files: Mapping[str, SideFiles] = {}
    """By page folder: the files beside the page."""
    is_intact: bool = False
    """Whether no published file has been altered."""
    sums: Mapping[str, str] = {}
    """As in `Published`."""
    reused: Mapping[str, Addresses] = {}
    """By reusable förbund: the addresses of pages and files that depend on it alone."""

    @property
    def lines(self) -> set[str]:
        """The lines of its manifest."""
        return {*self.outputs, *(manifest_line(folder, one.names) for folder, one in self.side_files.items())}

    def is_published(self, folder: str, path: str, key: str) -> bool:
        """Whether a published file has this key and is intact."""
        made_by, signature = self.outputs.get(path, ("", None))
        if made_by != key or signature is None:
            return False
        return self.is_intact or published_signature_of(f"{folder}/{path}") == signature

    def has_side_files(self, output: str, folder: str, key: str) -> bool:
        """Whether the files beside a page have this key and are intact."""
        files = self.side_files.get(folder)
        if files is None or files.key != key:
            return False
        return self.is_intact or files.is_intact(f"{output}/{folder}", published_signature_of)


def find_previous_build(
    record: BuildRecord | None, inputs: BuildInputs, plans: frozenset[str], output: str | None, missing: Set[str]
) -> PreviousBuild:
    """Compare the record with current inputs. `plans` are the plan files, `missing` the parts that this build omits.

    `output` is the folder that was published to; None when nobody can have altered anything there.
    """
    if record is None:
        return PreviousBuild()
    published, is_intact = record.published, output is None
    if output is not None:
        published = published.doubting(linked(output, (*published.outputs, *published.side_files)))
        is_intact = is_output_intact(published, output)
    reused: Mapping[str, Addresses] = {}
    if is_intact and record.missing == missing and inputs.tools.has_same(record.inputs.tools):
        edited = _edited_plans(record.inputs, inputs, plans)
        reused = {} if edited is None else _unedited(published, edited)
    return PreviousBuild(published.outputs, published.side_files, is_intact, published.sums, reused)


def _edited_plans(before: BuildInputs, now: BuildInputs, plans: frozenset[str]) -> list[str] | None:
    """Return the edited plan files; None if any other file has changed, or any is new or gone."""
    if now.content.files.keys() != before.content.files.keys():
        return None
    edited = now.content.changed_since(before.content)
    return edited if plans.issuperset(edited) else None


def _unedited(published: Published, edited: list[str]) -> Mapping[str, Addresses]:
    touched = {path.partition("/")[0] for path in edited}
    return {
        association: addresses
        for association, addresses in published.owned.items()
        if association not in touched and all(file_of(address) in published.outputs for address in addresses)
    }
