"""What pages may do, as declared to browsers: pages and files for servers agree, and allow no more than is needed."""

import re
from collections.abc import Iterator

import pytest

from insyn.pages import policies
from tests.browser import ServedSite, complaints, headers_of, served, told_by_headers
from tests.conftest import NewPage
from tests.site import TestSite

BY_SERVER = "frame-ancestors 'none'"
HEADERS = ("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options")


@pytest.fixture
def published(site: TestSite) -> TestSite:
    site.write_plan()
    site.edit("webbplats.yaml", "namn: Provplatsen", "namn: Provplatsen\nadress: https://www.exempel.se/prov/plats/")
    assert site.build(search=True) == 0, site.printed
    return site


def rules(policy: str) -> dict[str, str]:
    return dict(rule.split(maxsplit=1) for rule in policy.split("; "))


def told_by_page(html: str) -> tuple[str, str]:
    """Return the policy and the referrer policy that a page declares itself."""
    policy = re.search('<meta http-equiv="Content-Security-Policy" content="([^"]+)">', html)
    referrer = re.search('<meta name="referrer" content="([^"]+)">', html)
    assert policy
    assert referrer
    return policy[1], referrer[1]


# --- The policies themselves ----------------------------------------------------------------------------------------


def test_no_policy_lets_in_what_stands_in_a_page_or_comes_from_another_host() -> None:
    assert policies.PAGE["default-src"] == "'none'"
    assert {word for value in policies.PAGE.values() for word in value.split()} == {"'none'", "'self'"}


# --- Pages and files for servers agree ------------------------------------------------------------------------------


def test_each_page_states_what_its_server_would_say_but_for_what_only_a_server_can(published: TestSite) -> None:
    policy, referrer = told_by_page(published.page("norr/2025"))
    assert told_by_page(published.page("sok"))[0] == policy
    for name in ("apache.conf", "nginx.conf"):
        text = (published.output / "_server" / name).read_text("utf-8")
        assert f'"{policy}; {BY_SERVER}"' in text
        assert f'Referrer-Policy "{referrer}"' in text
        assert "sok/" in text
        assert all(header in text for header in HEADERS)


def test_the_file_for_netlify_and_cloudflare_states_one_policy_that_no_page_needs_more_than(
    published: TestSite,
) -> None:
    """They join what all rules say that match an address, and a browser obeys each: two would stop the search."""
    told = list(told_by_headers((published.output / "_headers").read_text("utf-8")))
    (policy,) = (value for path, name, value in told if name == "Content-Security-Policy" and path == "/*")
    assert sum(name == "Content-Security-Policy" for _, name, _ in told) == 1
    assert {name for path, name, _ in told if path == "/*"} == set(HEADERS)
    allowed = rules(policy)
    for page in ("", "norr", "norr/2025", "sok"):
        for name, value in rules(told_by_page(published.page(page))[0]).items():
            assert value == "'none'" or set(value.split()) <= set(allowed[name].split()), (page, name)
    assert told_by_page(published.page(""))[1] in {value for _, name, value in told if name == "Referrer-Policy"}


def test_only_what_never_changes_under_its_name_is_kept_for_long(published: TestSite) -> None:
    told = list(told_by_headers((published.output / "_headers").read_text("utf-8")))
    kept = [path.removesuffix("*").removeprefix("/") for path, name, _ in told if name == "Cache-Control"]
    assert kept[0] == "assets/fonts/"
    assert all(re.fullmatch("sok/(nu|aldre/0|aldre/1)/(ord|sida)/", folder) for folder in kept[1:])
    for folder in kept[1:]:
        found = [file.name for file in (published.output / folder).glob("*")]
        assert all(re.fullmatch(r"[0-9a-f]{16}\.json", name) for name in found)


def test_the_files_do_nothing_by_being_copied(published: TestSite) -> None:
    assert not list(published.output.rglob(".ht*"))
    assert not list(published.output.rglob("web.config"))


def test_the_files_take_the_site_to_stand_at_its_address_or_at_the_top(published: TestSite) -> None:
    for name in ("apache.conf", "nginx.conf"):
        assert "/prov/plats/404.html" in (published.output / "_server" / name).read_text("utf-8")
    published.edit("webbplats.yaml", "adress: https://www.exempel.se/prov/plats/", "")
    assert published.build(search=True) == 0
    for name in ("apache.conf", "nginx.conf"):
        text = (published.output / "_server" / name).read_text("utf-8")
        assert " 404 /404.html" in text
        assert "^/(assets/fonts/|sok/" in text


def test_a_forbund_cant_have_the_address_of_the_search(site: TestSite) -> None:
    site.write("webbplats.yaml", "schema: finsam-webbplats/1\nnamn: P\nbeskrivning: P.\nförbund: [sok]\n")
    site.write("sok/forbund.md", "---\nschema: finsam-förbund/1\nnamn: Sök\nkortnamn: Sök\nmedlemmar: []\n---\nText.\n")
    assert "id-reserved" in {problem.code for problem in site.found()}


# --- In a browser ---------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded(published: TestSite) -> Iterator[ServedSite]:
    """The site on a server that sends all the headers in `_headers`."""
    with served(published.output, headers=headers_of(published.output)) as at:
        yield at


@pytest.mark.browser
def test_with_all_headers_every_page_works_and_so_does_the_search(guarded: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    noted = complaints(page, guarded)
    page.on("console", lambda said: noted.append(said.text) if said.type == "warning" else None)
    for path in guarded.paths:
        page.goto(guarded.address + path)
    page.goto(f"{guarded.address}sok/?q=samverkan")
    page.locator(".hits a").first.wait_for()
    assert noted == []


@pytest.mark.browser
def test_with_all_headers_no_other_page_can_show_ours_in_a_frame(guarded: ServedSite, new_page: NewPage) -> None:
    page = new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_content(f"<iframe src='{guarded.address}'></iframe>")
    page.wait_for_timeout(500)
    assert [text for text in said if "frame-ancestors" in text]
