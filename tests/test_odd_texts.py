"""Texts and addresses that only resemble ours, or are longer than anyone writes."""

import re
import subprocess
from pathlib import Path
from shutil import which
from textwrap import dedent

import pytest

from insyn.build.searched_page import searched_page
from insyn.pages.server_files import ApacheFile, NginxFile, server_file
from tests.published import page, said
from tests.site import ASSOCIATION, PLAN, PLAN_FILE, SETTINGS, TestSite
from tests.test_servers import APACHE, MODULES, NGINX

ODD_ADDRESSES = (
    "https://norr.se/[planer]/", "https://[norr.se/", "https://[x]/", "https://[::1]/", 'https://norr.se/a"b/',
    "https://norr.se/a'b/", "https://norr.se/$uri/", "https://norr.se/a{b}/", "https://norr.se/a;b/", "https://norr.se/a(b/",
    "https://norr.se/a#b/", "https://norr.se/a?b/", "https://norr.se/a%b/", "https://norr.se/%{HTTP_HOST}/",
    "https://norr.se/a|b/", "https://norr.se/a*b/", "https://norr.se/a+b/", "https://norr.se/å/", "https://norr.se/../",
    "https://norr.se/a/./", "https://norr.se//a/", "https://a@norr.se/", "https://norr.se:x/", "https://norr.se/a\\b/",
    "https://norr.se/a b/",
)  # fmt: skip
USUAL_ADDRESSES = (
    "https://norr.se", "https://norr.se/", "https://norr.se/planer/", "http://localhost:8000/a.b/c_d/", "https://åby.se/~x/",
    "https://www.exempel.se/Planer-2025/v1.0",
)  # fmt: skip


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_an_address_that_a_server_would_read_otherwise_is_refused(site: TestSite, address: str) -> None:
    site.write_plan()
    site.edit(
        "webbplats.yaml", "förbund: [norr]", f"förbund: [norr]\nadress: '{address.replace(chr(39), chr(39) * 2)}'"
    )
    assert [one.code for one in site.found()] == ["address-unreadable"]


@pytest.mark.parametrize("address", USUAL_ADDRESSES)
def test_a_usual_address_is_read(site: TestSite, address: str) -> None:
    site.write_plan()
    site.edit("webbplats.yaml", "förbund: [norr]", f"förbund: [norr]\nadress: {address}")
    assert site.found() == ()


def test_a_dot_in_the_address_is_a_dot_to_the_server() -> None:
    for kind in (ApacheFile, NginxFile):
        assert re.fullmatch(str(server_file(kind, "https://norr.se/v1.0/", ()).root_pattern), "/v1.0/")
        assert not re.fullmatch(str(server_file(kind, "https://norr.se/v1.0/", ()).root_pattern), "/v1x0/")


@pytest.mark.parametrize("server", ["nginx", "apache2"])
def test_the_servers_can_read_their_files(site: TestSite, tmp_path: Path, server: str) -> None:
    program = which(server) or pytest.skip(f"{server} isn't installed here")
    site.write_plan()
    site.edit("webbplats.yaml", "förbund: [norr]", "förbund: [norr]\nadress: https://norr.se/v1.0/~a_b/")
    assert site.build() == 0, site.printed
    values: dict[str, object] = {"folder": tmp_path, "port": 8099, "root": site.output}
    if server == "nginx":
        around, within = (site.output / "_server" / "nginx.conf").read_text("utf-8").split("\n\n", 1)
        (tmp_path / "conf").write_text(NGINX.format(**values, around=around, within=within), "utf-8")
        command = [program, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "conf")]
    else:
        modules = Path(program).parent.parent / "lib" / "apache2" / "modules"
        loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in MODULES)
        within = (site.output / "_server" / "apache.conf").read_text("utf-8")
        (tmp_path / "conf").write_text(APACHE.format(**values, modules=loaded, override="None", within=within), "utf-8")
        command = [program, "-t", "-f", str(tmp_path / "conf")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


# --- What search leaves out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<p>a data-unsearched b</p>", "<p>a b data-unsearched b</p>", "<p><a title=\"x data-unsearched y\">a b</a></p>",
        "<p>a data-unsearched&gt; b</p>", "<li>data-unsearched data-unsearched b</li>",
    ],
)  # fmt: skip
def test_words_that_look_like_a_sign_of_ours_are_searched(text: str) -> None:
    page = searched_page(f'<main data-x="y"><h1 id="a">Rubrik</h1>{text}</main>'.encode())
    assert "b" in page.words


def test_what_isnt_searched_is_left_out_also_after_such_words() -> None:
    page = b'<p>a data-unsearched b</p><p class="x" data-unsearched id="y">hemligt</p><p>c</p>'
    words = searched_page(b'<main data-x="y"><h1 id="a">Rubrik</h1>' + page + b"</main>").words
    assert "hemligt" not in words
    assert "c" in words


def test_a_site_with_such_words_is_built_with_search(site: TestSite) -> None:
    site.write_plan(PLAN, ("samverkan.", 'samverkan data-unsearched och [a](https://x.se "x data-unsearched y").'))
    site.edit("norr/forbund.md", "Förbundet finns", "Förbundet data-unsearched finns")
    assert site.build(search=True) == 0, site.printed


# --- Control signs ----------------------------------------------------------------------------------------------------

FIELDS = {
    "webbplats.yaml": (SETTINGS, r"(?<=: )[^\[{\n|]+$"),
    "norr/forbund.md": (ASSOCIATION, r"(?<=namn: )[^,}\n]+|Förbundet finns"),
    PLAN_FILE: (PLAN, r"(?<=namn: )[^,}\n]+|(?<=titel: ).+|Förbundet|Uppdrag"),
}


@pytest.mark.parametrize("path", FIELDS)
def test_a_control_sign_is_refused_in_every_field(site: TestSite, path: str) -> None:
    written, pattern = FIELDS[path]
    text = dedent(written).lstrip("\n")
    places = list(re.finditer(pattern, text, re.MULTILINE))
    assert len(places) > 2
    site.write_plan()
    for place in places:
        (site.content / path).write_text(f"{text[: place.end()]}\x01{text[place.end() :]}", "utf-8")
        assert any(one.code == "yaml-character" for one in site.found()), place[0]


# --- A word processor's quotation marks -----------------------------------------------------------------------------


def test_curly_quotes_round_a_whole_value_are_no_part_of_it(site: TestSite) -> None:
    site.write_plan(
        PLAN, ("titel: Verksamhetsplan 2025", "titel: ”Verksamhetsplan 2025”"), ("namn: Kansli", "namn: “Kansli”")
    )
    assert site.build() == 0, site.printed
    shown = said(page(site, "norr/2025/"))
    assert "”Verksamhetsplan" not in shown
    assert "“Kansli" not in shown


def test_curly_quotes_within_a_value_or_quoted_themselves_are_shown(site: TestSite) -> None:
    site.write_plan(
        PLAN,
        ("titel: Verksamhetsplan 2025", "titel: ”Nu” och ”sedan” 2025"),
        ("namn: Kansli", "namn: '”Kansliet”'"),
    )
    assert site.build() == 0, site.printed
    shown = said(page(site, "norr/2025/"))
    assert "”Nu” och ”sedan” 2025" in shown
    assert "”Kansliet”" in shown
