"""The table of keys: the readers, the published schema and the guide's tables agree on every key.

`--update-golden` rewrites the guide's tables, each under a line `<!-- nycklar: … -->`, and the descriptions, in the
schema of `plan.json`, of the fields that keys are written into.
"""

import json
import re
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent
from types import NoneType
from typing import Any

import jsonschema
import pytest
import yaml

from insyn import model
from insyn.dates import PartialDate
from insyn.downloads.collected import FRONT_MATTER
from insyn.downloads.front_matter_schema import front_matter_schema
from insyn.problems import Found
from insyn.reading import key_kinds, keys
from insyn.reading.fields import READ_AS
from insyn.reading.key_kinds import FrontMatterKey, Keys
from insyn.reading.plan import read_plan
from tests.plan_schema import described, meaning
from tests.site import ASSOCIATION, LAWFUL_PLAN, PLAN, PLAN_FILE, SETTINGS

TABLE = re.compile(r"(<!-- nycklar: (\S+) -->\n)((?:\|.*\n)*)")
HEADINGS = "| Nyckel | Betyder | Exempel |\n| --- | --- | --- |\n"
TOLD_IN_A_LINE = {
    *("summa", "ingående", "nedbrytning-rad", "nedbrytning-summa", "kolumnrubriker", "borttagen", "tillsyn"),
    *("text-med-punkter", "finansiella-mål", "uppföljning"),
}
"""Mappings of two or three keys, which the help of the key above them lists, or a sentence of the guide."""
SAME_AS_ITS_GROUP = {"inre-grupp"}
BLOCKS = {
    one.block: one for one in vars(keys).values() if isinstance(one, type) and issubclass(one, Keys) and one is not Keys
}


def validator(root: type[Keys]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(front_matter_schema(root, "", "")))


def read_as_others_do(text: str) -> Any:
    """Return front matter as read by a program that leaves all guesses to YAML."""
    return json.loads(json.dumps(yaml.safe_load(text.strip().removeprefix("---").split("\n---")[0]), default=str))


def faults(root: type[Keys], text: str) -> list[str]:
    return [one.message for one in validator(root).iter_errors(read_as_others_do(text))]


def changed(written: str, instead: str) -> str:
    """Return the lawful plan with the first occurrence of a text replaced."""
    assert written in LAWFUL_PLAN
    return dedent(LAWFUL_PLAN).strip().replace(written, instead, 1)


def problems(plan: str) -> list[str]:
    found = Found()
    read_plan(plan, PLAN_FILE, association="norr", year=2025, found=found)
    return [one.code for one in found.problems]


# --- The schema -----------------------------------------------------------------------------------------------------


def test_the_published_schema_is_one(built: Path) -> None:
    published = json.loads((built / "data/schema" / FRONT_MATTER).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    assert published["$defs"]["planen"]["properties"]["schema"]["const"] == "finsam-plan/1"
    assert FRONT_MATTER == "finsam-plan-1.json"
    assert f'href="./schema/{FRONT_MATTER}"' in (built / "data/index.html").read_text("utf-8")


def test_every_plan_follows_the_published_schema(built: Path, project: Path) -> None:
    published = jsonschema.Draft202012Validator(json.loads((built / "data/schema" / FRONT_MATTER).read_text("utf-8")))
    plans = [*project.glob("content/*/*/plan.md"), *project.glob("tests/sites/**/plan.md")]
    plans += [*project.glob("tests/sites/**/forslag.md")]
    assert len(plans) >= 20
    for plan in plans:
        found = published.iter_errors(read_as_others_do(plan.read_text("utf-8")))
        assert [(plan, one.json_path, one.message) for one in found] == []


def test_every_other_file_follows_the_table(project: Path) -> None:
    for pattern, root in (
        ("**/forbund.md", keys.AssociationKeys),
        ("**/webbplats.yaml", keys.SettingsKeys),
        ("**/sidor/*.md", keys.TextPageKeys),
    ):
        files = [*project.glob(f"content/{pattern}"), *project.glob(f"tests/sites/{pattern}")]
        assert files
        for file in files:
            assert (file, faults(root, file.read_text("utf-8"))) == (file, [])


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("titel: Verksamhetsplan 2025", "titel: 2025"),
        ("dnr: \"2024:17\"", "dnr: 2024:17"),
        ("år: 2025\n", "år: \"2025\"\n"),
        ("undertitel: Med plan för 2026 och 2027", "undertitel: ~"),
        ("belopp: [60 000, 10 000, 10 000]", "belopp: [60000, ~, \"–\"]"),
        ("belopp: 250 000", "belopp: {värde: 250 000, tryckt: \"250\"}"),
        ("belopp: 250 000", "belopp: ~"),
        ("  - {text: Fler ska komma i arbete.}", "  text: Fler ska komma i arbete."),
    ],
)  # fmt: skip
def test_what_can_be_read_follows_the_schema(written: str, instead: str) -> None:
    plan = changed(written, instead)
    assert problems(plan) == []
    assert faults(keys.PlanKeys, plan) == []


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("titel: Verksamhetsplan 2025", "tittel: Verksamhetsplan 2025"),
        ("titel: Verksamhetsplan 2025", "titel: ~"),
        ("titel: Verksamhetsplan 2025", "titel: [Verksamhetsplan 2025]"),
        ("status: beslutad", "status: klar"),
        ("år: 2025\n", "år: 25\n"),
        ("samråd: 2024-09-10", "samråd: 10 september"),
        ("typ: budget", "typ: utgift"),
        ("enhet: kr", "enhet: euro"),
        ("part: kommun", "parti: kommun"),
        ("offentligt: ja", "offentligt: kanske"),
        ("schema: finsam-plan/1", "schema: finsam-plan/9"),
        ("  - {text: Fler ska komma i arbete.}", "  - Fler ska komma i arbete."),
    ],
)
def test_what_cannot_be_read_breaks_the_schema(written: str, instead: str) -> None:
    plan = changed(written, instead)
    assert problems(plan)
    assert faults(keys.PlanKeys, plan)


def test_the_files_that_tests_are_written_from_follow_the_table() -> None:
    for text, root in ((PLAN, keys.PlanKeys), (ASSOCIATION, keys.AssociationKeys), (SETTINGS, keys.SettingsKeys)):
        assert faults(root, dedent(text)) == []


def test_a_key_of_a_later_version_is_not_in_the_schema() -> None:
    class LaterKeys(Keys):
        block = "senare"
        now = key_kinds.TextKey("nu", "finns nu")
        later = key_kinds.TextKey("sedan", "kommer sedan", since=2)

    assert faults(LaterKeys, "nu: x") == []
    assert faults(LaterKeys, "sedan: x") != []


# --- The guide ------------------------------------------------------------------------------------------------------


def row(key: FrontMatterKey) -> str:
    example = f"`{key.example}`" if key.example else ""
    return f"| `{key.name}` | {'**måste** – ' if key.required else ''}{key.help} | {example} |\n".replace("|  |", "| |")


def table(block: type[Keys]) -> str:
    return HEADINGS + "".join(row(key) for key in block.fields.values())


def test_the_guides_tables_of_keys_are_those_of_the_table(project: Path, pytestconfig: pytest.Config) -> None:
    guide = project / "docs" / "uppslag.md"
    text = guide.read_text("utf-8")
    made = TABLE.sub(lambda found: f"{found[1]}{table(BLOCKS[found[2]])}", text)
    if pytestconfig.getoption("--update-golden"):
        guide.write_text(made, "utf-8")
    else:
        assert text == made


def test_the_guide_has_a_table_of_every_mapping_once(project: Path) -> None:
    shown = [found[2] for found in TABLE.finditer((project / "docs" / "uppslag.md").read_text("utf-8"))]
    assert sorted(shown) == sorted(set(BLOCKS) - TOLD_IN_A_LINE - SAME_AS_ITS_GROUP)


# --- The model ------------------------------------------------------------------------------------------------------

FITS: dict[type[FrontMatterKey], tuple[object, ...]] = {
    key_kinds.TextKey: (str,),
    key_kinds.WebAddressKey: (str,),
    key_kinds.EmailKey: (str,),
    key_kinds.MonthKey: (str,),
    key_kinds.PercentageKey: (model.Percentage,),
    key_kinds.DayKey: (date,),
    key_kinds.PartialDateKey: (PartialDate,),
    key_kinds.YearKey: (int,),
    key_kinds.YesNoKey: (bool,),
}


def read_fields() -> Iterator[tuple[str, FrontMatterKey, object]]:
    """Yield every key that is read into a field by its name alone, and the contents of the field."""
    for block in BLOCKS.values():
        hints = typing.get_type_hints(block.makes) if block.read else {}
        for name, key in block.read.items():
            if type(key) in READ_AS:
                yield f"{block.block}: {key.name}", key, hints[name]


def test_every_key_is_of_the_kind_that_its_field_in_the_model_holds() -> None:
    pairs = list(read_fields())
    assert len(pairs) > 90
    for where, key, hint in pairs:
        held = [one for one in typing.get_args(hint) or (hint,) if one not in {NoneType, Ellipsis}]
        if isinstance(key, key_kinds.ChoiceKey):
            assert {type(word) for word in key.words.values()} == set(held), where
        elif type(key) in FITS:
            assert tuple(held) == FITS[type(key)], where


def test_every_key_is_read() -> None:
    """By the name of its field, or by a reader that asks for it."""
    readers = "".join(file.read_text("utf-8") for file in Path(keys.__file__).parent.glob("*.py"))
    asked = set(re.findall(r"\b(\w+Keys)\.(\w+)", readers))
    for block in BLOCKS.values():
        parts = {one.__name__ for one in block.__mro__}
        for name, key in block.fields.items():
            is_read = name in block.read and type(key) in READ_AS
            assert is_read or any((part, name) in asked for part in parts), f"{block.block}: {key.name}"


# --- plan.json ------------------------------------------------------------------------------------------------------

OWN_WORDS = {
    *("planen/forbund", "planen/aterberattad", "planen/sammantrade", "planen/kalla", "underskrifter/datum"),
    *("budget/tecken", "budget/kapitalmodell", "budget/eget_kapital", "budget/avvikelser", "kolumn/tryckt"),
    *("rad/part", "rad/andamal", "grupp/tryckt", "inre-grupp/tryckt", "ingående/ar", "ingående/belopp"),
}
"""Fields whose description in the schema is longer than, or differs from, the table's for staff."""


def test_the_schema_of_plan_json_says_of_fields_what_the_table_says_of_their_keys(
    project: Path, pytestconfig: pytest.Config
) -> None:
    file = project / "assets/schema/plan-1.json"
    schema = json.loads(file.read_text("utf-8"))
    fields = [one for one in described(schema) if one[0] not in OWN_WORDS]
    assert len(fields) > 90
    if pytestconfig.getoption("--update-golden"):
        for _, key, field in fields:
            field["description"] = meaning(key)
        file.write_text(f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n", "utf-8")
    assert {where: field.get("description") for where, _, field in fields} == {
        where: meaning(key) for where, key, _ in fields
    }
