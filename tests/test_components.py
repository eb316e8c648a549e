"""Does every component have a template, a style and documentation of its own, and keep its promises to readers?"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.component_checks import BROKEN, CHECKS
from tests.components import ARGUMENTS, PROJECT, Component, Criterion, page, read_components, rendered

TEMPLATES, STYLES = PROJECT / "templates", PROJECT / "assets" / "css" / "40-components"
COMPONENTS = read_components()
CLASS = re.compile(r"\.([a-z][\w-]*)")
CRITERIA = [(component, criterion) for component in COMPONENTS for criterion in component.criteria]


def read(html: str) -> Element:
    root: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return root


def macros(template: Path) -> set[str]:
    return set(re.findall(r"{% macro (\w+)\(", template.read_text("utf-8")))


def test_every_template_and_every_style_belongs_to_a_component_that_is_documented() -> None:
    documented = {component.name for component in COMPONENTS}
    templates = {file.stem for file in (TEMPLATES / "components").glob("*.html")}
    assert templates | set(styled()) == documented


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_the_examples_show_all_that_pages_use_of_a_component(component: Component) -> None:
    template = TEMPLATES / "components" / f"{component.name}.html"
    shown = {example.macro for example in component.examples if example.macro}
    others = "".join(file.read_text("utf-8") for file in TEMPLATES.rglob("*.html") if file != template)
    used = {name for name in ARGUMENTS if re.search(rf"(?<![\w.])(import [^%]*)?\b{name}\(", others)}
    has = macros(template) if template.exists() else set()
    assert shown <= has
    assert has & used <= shown
    assert len({example.name for example in component.examples}) == len(component.examples) > 0


def test_every_class_that_a_style_speaks_of_is_in_an_example() -> None:
    shown = {name for component in COMPONENTS for name in classes(component)}
    spoken_of = {name: classes_spoken_of(STYLES / f"{name}.css") for name in styled()}
    assert {name: sorted(spoken - shown) for name, spoken in spoken_of.items() if spoken - shown} == {}


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_a_style_file_is_about_its_own_component(component: Component) -> None:
    styles = STYLES / f"{component.name}.css"
    assert not styles.exists() or classes_spoken_of(styles) & classes(component)


def styled() -> list[str]:
    return sorted(file.stem for file in STYLES.glob("*.css"))


def classes_spoken_of(styles: Path) -> set[str]:
    written = re.sub(r"/\*.*?\*/", "", styles.read_text("utf-8"), flags=re.S)
    return {name for selector in re.findall(r"([^{}@;]+){", written) for name in CLASS.findall(selector)}


def classes(component: Component) -> set[str]:
    parts = (one for example in component.examples for one in read(rendered(component, example)).iter())
    return {name for one in parts for name in one.get("class", "").split()}


@pytest.mark.parametrize(
    ("component", "criterion"),
    CRITERIA,
    ids=[f"{component.name}-{criterion.check}" for component, criterion in CRITERIA],
)
def test_a_component_keeps_what_it_promises(component: Component, criterion: Criterion) -> None:
    found = [
        fault for example in component.examples for fault in CHECKS[criterion.check](read(rendered(component, example)))
    ]
    assert found, "there is nothing to look at in the examples"
    assert [fault for fault in found if fault] == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_fault_with_what_is_broken(check: str) -> None:
    assert any(CHECKS[check](read(BROKEN[check])))
    assert check in {criterion.check for _, criterion in CRITERIA}


def test_ids_are_unique_and_links_within_the_page_lead_somewhere() -> None:
    root = read(page())
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    targets = {one.get("href", "")[1:] for one in root.iter("a") if one.get("href", "").startswith("#")}
    assert targets - {""} <= set(ids)
    named = {one.get("aria-labelledby") for one in root.iter() if one.get("aria-labelledby")}
    assert named <= set(ids)
