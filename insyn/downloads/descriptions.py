"""Metadata of a folder of tables: a Frictionless fiscal data package, and CSVW."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from insyn.downloads.fields import PLANS, VERSION_FIELDS, Field, Kind, TableKind
from insyn.downloads.files import FileFacts
from insyn.model import Licence
from insyn.vocabulary import LICENCE_ADDRESSES, LICENCE_IDS, LICENCE_NAMES

FISCAL = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
CSVW = "http://www.w3.org/ns/csvw"
CSVW_TYPES = {Kind.TEXT: "string", Kind.NUMBER: "decimal", Kind.YEAR: "gYear", Kind.DAY: "date"}
KEY = [field.name for field in VERSION_FIELDS]

Json = dict[str, Any]
Explain = Callable[[str], str]
"""Returns a field's description, by key in texts.yaml."""


class Tables(Struct, frozen=True):
    """A folder of tables and its metadata."""

    name: str
    """The package name: "finsam-hoglandet-budget"."""
    title: str
    description: str
    home: str | None
    """The URL of the page about them."""
    first_year: int
    last_year: int
    licence: Licence | None
    kinds: tuple[TableKind, ...]


def data_package(tables: Tables, facts: Mapping[str, FileFacts], explain: Explain) -> bytes:
    """Return a tabular data package as JSON. `facts` are size and hash of the files, by name."""
    whole = {
        "profile": "tabular-data-package",
        "name": tables.name,
        "title": tables.title,
        "description": tables.description,
        **({"homepage": tables.home} if tables.home else {}),
        "countryCode": "SE",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{tables.first_year}-01-01", "end": f"{tables.last_year}-12-31"},
        **_licences(tables.licence),
        "columnTypes": [FISCAL],
        "resources": [_resource(kind, facts[kind.file], explain) for kind in tables.kinds],
        "model": MODEL,
    }
    return _written(whole)


def _licences(licence: Licence | None) -> Json:
    if licence is None:
        return {}
    told = {"name": LICENCE_IDS[licence], "title": LICENCE_NAMES[licence], "path": LICENCE_ADDRESSES[licence]}
    return {"licenses": [told]}


def _resource(kind: TableKind, facts: FileFacts, explain: Explain) -> Json:
    return {
        "name": kind.name,
        "path": kind.file,
        "profile": "tabular-data-resource",
        "title": explain(f"table-{kind.name}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": facts.size,
        "hash": f"sha256:{facts.sha256}",
        "schema": {
            "fields": [_field(field, explain) for field in kind.fields],
            "missingValues": [""],
            "primaryKey": kind.identified_by,
            **({"foreignKeys": [FOREIGN_KEY]} if _is_of_versions(kind) else {}),
        },
    }


FOREIGN_KEY = {"fields": KEY, "reference": {"resource": PLANS.name, "fields": KEY}}


def _is_of_versions(kind: TableKind) -> bool:
    """Whether each row belongs to one version, and therefore to a row of the table of plans."""
    return kind is not PLANS and kind.fields[: len(VERSION_FIELDS)] == VERSION_FIELDS


def _field(field: Field, explain: Explain) -> Json:
    constraints = {"required": True} if field.required else {}
    return {
        "name": field.name,
        "type": field.kind.value,
        "description": explain(f"field-{field.key}"),
        **({"columnType": field.fiscal} if field.fiscal else {}),
        "constraints": {**constraints, **({"enum": field.values} if field.values else {})},
    }


def _dimension(kind: str, key: str, *labels: str, classification: str | None = None) -> Json:
    first = {key: {"source": key}}
    others = {label: {"source": label, "labelfor": key} for label in labels}
    kinds = {"classificationType": classification} if classification else {}
    return {"dimensionType": kind, **kinds, "primaryKey": key, "attributes": first | others}


MODEL = {
    "measures": {"belopp": {"source": "belopp", "currency": "SEK"}},
    "dimensions": {
        "forbund": _dimension("entity", "forbund"),
        "plan_ar": _dimension("datetime", "plan_ar"),
        "version": _dimension("other", "version"),
        "kolumn": _dimension("other", "kolumn"),
        "ar": _dimension("datetime", "ar"),
        "fas": _dimension("other", "fas", "kolumntyp"),
        "riktning": _dimension("other", "riktning"),
        "grupp": _dimension("other", "grupp"),
        "rad": _dimension("classification", "rad_id", "rad", classification="economic"),
        "part": _dimension("other", "part"),
        "andamal": _dimension("classification", "andamal", classification="functional"),
    },
}
"""The budget's measures and dimensions, by the Fiscal Data Package."""


def csv_metadata(tables: Tables, explain: Explain) -> bytes:
    """Return CSVW metadata (W3C, Tabular Data on the Web) as JSON."""
    whole = {
        "@context": [CSVW, {"@language": "sv"}],
        "dc:title": tables.title,
        "dc:description": tables.description,
        **({"dc:license": {"@id": LICENCE_ADDRESSES[tables.licence]}} if tables.licence else {}),
        "tables": [_table(kind, explain) for kind in tables.kinds],
    }
    return _written(whole)


def _table(kind: TableKind, explain: Explain) -> Json:
    reference = {"columnReference": KEY, "reference": {"resource": PLANS.file, "columnReference": KEY}}
    return {
        "url": kind.file,
        "dc:title": explain(f"table-{kind.name}"),
        "tableSchema": {
            "columns": [_column(field, explain) for field in kind.fields],
            "primaryKey": kind.identified_by,
            **({"foreignKeys": [reference]} if _is_of_versions(kind) else {}),
        },
    }


def _column(field: Field, explain: Explain) -> Json:
    base = CSVW_TYPES[field.kind]
    return {
        "name": field.name,
        "titles": field.name,
        "dc:description": explain(f"field-{field.key}"),
        "datatype": {"base": base, "format": "|".join(field.values)} if field.values else base,
        **({"required": True} if field.required else {}),
    }


def _written(whole: Json) -> bytes:
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
