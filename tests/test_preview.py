"""The preview: the site as it would be published, drafts too, whatever is wrong in the files; and nobody else's."""

import os
import shutil
import socket
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from insyn.disk.watch import Watch
from insyn.markdown.render import parse
from insyn.preview.anchors import SourceAnchor, anchors_of, moved
from insyn.preview.panel import Panel
from insyn.preview.session import PreviewState, Reader, Session
from tests.browser import accessibility_faults, axe
from tests.conftest import STRESS, NewPage
from tests.preview import PROJECT, Running, begin, running, stop, take_all, until, wait_for
from tests.site import PLAN, PLAN_FILE, TestSite, read_content

DRAFT = PLAN.replace("status: beslutad", "status: utkast").replace(
    "    beslut: {organ: styrelsen, datum: 2024-11-20}\n", ""
)
OTHER_FILE = "norr/2026/plan.md"
OTHER = PLAN.replace("2026", "2027").replace("2025", "2026").replace("2024-11-20", "2025-11-20")


def previewed(session: Session, path: str) -> str:
    return (session.site_folder / path / "index.html").read_text("utf-8")


def has_page(session: Session, path: str) -> bool:
    return (session.site_folder / path / "index.html").exists()


# --- What is shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [PROJECT / "content", STRESS], ids=["the five plans", "odd plans"])
def test_the_main_part_of_a_page_is_the_published_one_byte_for_byte(tmp_path: Path, content: Path) -> None:
    site = TestSite(tmp_path, content=content)
    assert site.build() == 0
    session = begin(content, tmp_path / "visa")
    take_all(session)
    pages = [file for file in site.files() if file.endswith(".html")]
    assert len(pages) > 10
    for page in pages:
        shown = (session.site_folder / page).read_text("utf-8")
        assert shown == site.files()[page].decode()


def test_a_draft_is_shown_where_it_would_stand_and_published_nowhere(site: TestSite) -> None:
    site.write_plan()
    site.write(OTHER_FILE, DRAFT.replace("2026", "2027").replace("2025", "2026"))
    session = begin(site.content, site.output.parent / "visa")
    taken = take_all(session)
    assert "Utkast" in previewed(session, "norr/2026")
    assert site.build() == 0
    assert not (site.output / "norr/2026").exists()
    assert taken.problems == site.check().problems


def test_a_site_with_nothing_but_a_draft_is_shown(site: TestSite) -> None:
    site.write_plan(DRAFT)
    session = begin(site.content, site.output.parent / "visa")
    taken = take_all(session)
    assert has_page(session, "norr/2025")
    assert [one.code for one in taken.problems if one.code == "no-plans"] == ["no-plans"]


def test_a_plan_with_errors_stays_as_it_was_and_the_others_go_on(site: TestSite) -> None:
    site.write_plan()
    site.write(OTHER_FILE, OTHER)
    session = begin(site.content, site.output.parent / "visa")
    take_all(session)
    site.edit(PLAN_FILE, "Förbundet stödjer samverkan.", "Förbundet gör mer.")
    site.edit(PLAN_FILE, "[1 500 000, 1 400 000]", "[1 500 00o, 1 400 000]")
    site.edit(OTHER_FILE, "Förbundet stödjer samverkan.", "Något helt annat.")
    taken = session.take([PLAN_FILE, OTHER_FILE])
    assert taken
    assert "stödjer samverkan" in previewed(session, "norr/2025")
    assert "Något helt annat" in previewed(session, "norr/2026")
    assert list(taken.held) == [f"content/{PLAN_FILE}"]
    assert taken.problems == site.check().problems
    site.edit(PLAN_FILE, "00o", "000")
    taken = session.take([PLAN_FILE])
    assert taken
    assert not taken.held
    assert "gör mer" in previewed(session, "norr/2025")


def test_a_draft_with_errors_stays_as_it_was(site: TestSite) -> None:
    site.write_plan()
    site.write(OTHER_FILE, DRAFT.replace("2026", "2027").replace("2025", "2026"))
    session = begin(site.content, site.output.parent / "visa")
    take_all(session)
    site.edit(OTHER_FILE, "enhet: kr", "enhet: öre")
    taken = session.take([OTHER_FILE])
    assert taken
    assert list(taken.held) == [f"content/{OTHER_FILE}"]
    assert has_page(session, "norr/2026")


def test_a_plan_that_never_was_without_errors_is_left_out(site: TestSite) -> None:
    site.write_plan()
    site.write(OTHER_FILE, OTHER.replace("enhet: kr", "enhet: öre"))
    session = begin(site.content, site.output.parent / "visa")
    taken = take_all(session)
    assert taken.held == {f"content/{OTHER_FILE}": None}
    assert has_page(session, "norr/2025")
    assert not has_page(session, "norr/2026")
    site.edit(OTHER_FILE, "enhet: öre", "enhet: kr")
    session.take([OTHER_FILE])
    assert has_page(session, "norr/2026")


def test_a_file_that_all_need_stays_as_it_was(site: TestSite) -> None:
    site.write_plan()
    session = begin(site.content, site.output.parent / "visa")
    take_all(session)
    site.edit("webbplats.yaml", "namn: Provplatsen", "nam: Provplatsen")
    site.edit(PLAN_FILE, "Förbundet stödjer samverkan.", "Förbundet gör mer.")
    taken = session.take(["webbplats.yaml", PLAN_FILE])
    assert taken
    assert list(taken.held) == ["content/webbplats.yaml"]
    assert "gör mer" in previewed(session, "norr/2025")


def test_a_removed_plan_is_gone_and_comes_back(site: TestSite) -> None:
    site.write_plan()
    site.write(OTHER_FILE, OTHER)
    session = begin(site.content, site.output.parent / "visa")
    take_all(session)
    shutil.rmtree(site.content / "norr/2026")
    session.take(["norr/2026/", OTHER_FILE])
    assert not has_page(session, "norr/2026")
    site.write(OTHER_FILE, OTHER)
    session.take(["norr/2026/", OTHER_FILE])
    assert has_page(session, "norr/2026")


def test_the_next_session_begins_with_what_this_one_made(site: TestSite) -> None:
    site.write_plan()
    folder = site.output.parent / "visa"
    session = begin(site.content, folder)
    take_all(session)
    session.finish()
    page = session.site_folder / "norr/2025/index.html"
    before = page.stat().st_mtime_ns
    site.edit(PLAN_FILE, "enhet: kr", "enhet: öre")
    again = begin(site.content, folder)
    assert list(take_all(again).held) == [f"content/{PLAN_FILE}"]
    assert page.stat().st_mtime_ns == before


# --- What is shown first --------------------------------------------------------------------------------------------

PAGE, START = "norr/2025/index.html", "norr/index.html"


def written(amount: int, space: str = " ") -> str:
    return f"{amount:,}".replace(",", space)


class Onlooker:
    """Someone who looks at a plan's page, and notes what the förbund's page in the site's folder is by then."""

    def __init__(self, site: TestSite) -> None:
        site.write_plan()
        site.write(OTHER_FILE, OTHER)
        self.site, self.saves_again = site, False
        self.seen: list[tuple[PreviewState, bytes]] = []
        reader = Reader(lambda: {PAGE}, self.look, lambda: self.saves_again)
        self.session = begin(site.content, site.output.parent / "visa", reader)
        take_all(self.session)
        self.seen.clear()

    def look(self, state: PreviewState) -> None:
        self.seen.append((state, self.file(START)))

    def file(self, path: str) -> bytes:
        file = self.session.site_folder / path
        return file.read_bytes() if file.exists() else b""

    def save(self, amount: int) -> PreviewState | None:
        """Save another amount for coaching, and as much less for the office."""
        text = PLAN.replace("[1 500 000,", f"[{written(amount)},")
        text = text.replace("[500 000, 600", f"[{written(2_000_000 - amount)}, 600")
        self.site.write_plan(text)
        return self.session.take([PLAN_FILE])


def test_the_page_that_someone_looks_at_is_shown_before_the_rest_is_made(site: TestSite) -> None:
    """As it is published, with every problem."""
    onlooker = Onlooker(site)
    start = onlooker.file(START)
    state = onlooker.save(1_400_000)
    assert state
    [(first, start_by_then)] = onlooker.seen
    assert first.fresh[PAGE].body == onlooker.file(PAGE)
    assert first.fresh[PAGE].key == first.keys[PAGE] == state.keys[PAGE]
    assert first.problems == state.problems
    assert not state.fresh
    assert start_by_then == start != onlooker.file(START)


def test_the_next_save_is_shown_before_the_rest_is_made_of_the_one_before(site: TestSite) -> None:
    """When nobody saves any more the rest is made, as if there had been no hurry."""
    onlooker = Onlooker(site)
    page, onlooker.saves_again = onlooker.file(PAGE), True
    for amount in (1_400_000, 1_450_000, 1_300_000):
        assert onlooker.save(amount) is None
        assert written(amount, "\N{NO-BREAK SPACE}") in onlooker.seen[-1][0].fresh[PAGE].body.decode()
        assert onlooker.file(PAGE) == page
    onlooker.saves_again = False
    assert onlooker.session.take([])
    assert onlooker.session.take([]) is None
    assert site.build() == 0
    assert {path: onlooker.file(path) for path in site.files()} == site.files()


def test_a_save_with_errors_is_told_while_the_rest_of_the_one_before_waits(site: TestSite) -> None:
    onlooker = Onlooker(site)
    onlooker.saves_again = True
    assert onlooker.save(1_400_000) is None
    seen, onlooker.saves_again = onlooker.seen[-1][0].fresh[PAGE].body, False
    site.edit(PLAN_FILE, "enhet: kr", "enhet: öre")
    state = onlooker.session.take([PLAN_FILE])
    assert state
    assert list(state.held) == [f"content/{PLAN_FILE}"]
    assert onlooker.file(PAGE) == seen


# --- Noticing saves -------------------------------------------------------------------------------------------------

BODY = b"# Ett\n"


def watched(folder: Path) -> tuple[Watch, Path]:
    file = folder / "plan.md"
    file.write_bytes(BODY)
    watch = Watch(str(folder), lambda: ["plan.md"])
    watch.take_all()
    return watch, file


def test_every_way_to_save_is_noticed(tmp_path: Path) -> None:
    watch, file = watched(tmp_path)
    assert not watch.has_saved()
    file.write_bytes(b"# in place\n")
    assert watch.has_saved()
    assert watch.look() == {"plan.md"}
    aside = tmp_path / ".plan.md.swp"
    aside.write_bytes(b"# by renaming\n")
    aside.replace(file)
    assert watch.look() == {"plan.md"}
    file.rename(tmp_path / "plan.md~")
    file.write_bytes(b"# as Vim does\n")
    assert "plan.md" in watch.take_all()
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert watch.look() == {"plan.md"}


def test_two_saves_within_one_tick_of_the_clock_are_both_taken(site: TestSite) -> None:
    """The second has the first's size, and may have its times: it is read again for a while."""
    site.write_plan()
    session = begin(site.content, site.output.parent / "visa")
    watch = Watch(str(site.content), lambda: [])
    watch.take_all()
    take_all(session)
    file = site.content / PLAN_FILE
    status = file.stat()
    site.edit(PLAN_FILE, "stödjer samverkan", "stödjer mångfald.")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert PLAN_FILE in {*watch.look(), *watch.doubted()}
    assert session.take(watch.doubted())


def test_a_file_that_is_empty_for_a_moment_is_given_it(tmp_path: Path) -> None:
    watch, file = watched(tmp_path)
    file.write_bytes(b"")
    before = time.monotonic()
    assert watch.look() == {"plan.md"}
    assert time.monotonic() - before >= 0.05
    assert watch.found["plan.md"][2] == 0


# --- Where things stand ---------------------------------------------------------------------------------------------


def test_each_block_of_the_text_has_its_lines() -> None:
    _, plans = read_content(PROJECT / "content")
    plan = next(one for one in plans if one.association == "hoglandet")
    lines = (PROJECT / "content/hoglandet/2024/plan.md").read_text("utf-8").split("\n")
    anchors = [one for one in anchors_of(plan, parse(plan.body)) if one.selector.startswith("#planens_text")]
    assert [one.number for one in anchors] == list(range(len(anchors)))
    assert lines[anchors[0].line - 1].startswith("# 1. ")


def test_anchors_follow_lines_that_are_added_and_removed() -> None:
    before = ["a", "b", "c", "d"]
    anchors = [SourceAnchor(line, line + 1, 0, 0, name) for line, name in enumerate(before, 1)]
    later = moved(anchors, before, ["a", "ny", "b", "c", "d"])
    assert [(one.selector, one.line) for one in later] == [("a", 1), ("b", 3), ("c", 4), ("d", 5)]
    fewer = moved(anchors, before, ["a", "d"])
    assert (fewer[0].line, fewer[-1].line) == (1, 2)


def panel_of(session: Session, site: TestSite) -> Panel:
    cache = session.site_folder.parent / ".insyn-cache"
    return Panel(site.content, session.mirror.folder, cache, str, "vscode", lambda: date(2026, 11, 30))


def told(session: Session, site: TestSite, state: PreviewState | None, page: str = "norr/2025/") -> dict[str, object]:
    assert state
    return panel_of(session, site).told(state, page)


def test_a_problem_is_marked_at_its_cell_and_told_as_in_the_terminal(site: TestSite) -> None:
    site.write_plan()
    session = begin(site.content, site.output.parent / "visa")
    take_all(session)
    site.edit(PLAN_FILE, "år: 2025\n", "år: 2025\n\n\n")
    site.edit(PLAN_FILE, "[1 500 000, 1 400 000]", "[1 500 000, 1 400 00o]")
    found = told(session, site, session.take([PLAN_FILE]))
    own = found["own"]
    assert isinstance(own, list)
    fault = next(one for one in own if one["stops"])
    assert fault["mark"] == {"selector": '[id="rad.kostnader.coachning"] > td:nth-of-type(2)', "number": 0}
    site.run("kontrollera")
    assert f"{fault['where']}  FEL" in site.printed
    assert f"{fault['text']}\n   {fault['råd']}" in site.printed
    assert fault["address"].endswith(f"/content/{PLAN_FILE}:{fault['rad']}:{fault['kolumn']}")
    assert found["own_count"] == 1
    assert str(found["obstacle"]).startswith("Sidan visar hur det såg ut ")


def test_problems_of_other_plans_come_after_the_own(site: TestSite) -> None:
    site.write_plan()
    site.write(OTHER_FILE, OTHER)
    session = begin(site.content, site.output.parent / "visa")
    take_all(session)
    site.edit(OTHER_FILE, "enhet: kr", "enhet: öre")
    found = told(session, site, session.take([OTHER_FILE]))
    others = found["others"]
    assert isinstance(others, list)
    assert [one["leads"] for one in others if one["stops"]] == ["/norr/2026/"]
    assert found["own_count"] == 0
    assert found["obstacle"] == ""


# --- Only for whoever sits there ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("visa")
    TestSite(folder).write_plan()
    with running(folder) as preview:
        yield preview


def test_the_start_address_gives_a_cookie_that_no_other_site_gets(server: Running) -> None:
    status, headers, _ = server.ask(server.start.removeprefix(server.top[:-1]))
    assert (status, headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(headers["Set-Cookie"].split("; "))
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/", "GET", {}),
        ("/norr/2025/", "GET", {"Cookie": "insyn-visa-{port}=gissad"}),
        ("/?nyckel=gissad", "GET", {}),
        ("/_visa/handelser?sida=/", "GET", {}),
        ("/", "GET", {"Host": "elak.example:{port}", "Cookie": "{cookie}"}),
        ("/", "GET", {"Host": "localhost:{port}", "Cookie": "{cookie}"}),
        ("/?nyckel={token}", "GET", {"Host": "elak.example"}),
        ("/_visa/hela", "POST", {"Cookie": "{cookie}"}),
        ("/_visa/hela", "POST", {"Cookie": "{cookie}", "Origin": "https://elak.example"}),
        ("/_visa/hela", "POST", {"Cookie": "{cookie}", "Origin": "null"}),
        ("/", "GET", {"Cookie": "{cookie}", "Origin": "http://127.0.0.1:1"}),
    ],
)
def test_nobody_else_is_let_in(server: Running, path: str, method: str, headers: dict[str, str]) -> None:
    known = {"port": server.port, "cookie": server.cookie(), "token": server.start.rpartition("=")[2]}
    given = {name: value.format(**known) for name, value in headers.items()}
    status, answer, _ = server.ask(path.format(**known), method, given, b"" if method == "POST" else None)
    assert status == 403
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/../content/webbplats.yaml", "/%2e%2e/content/webbplats.yaml", "/..%2fcontent/webbplats.yaml", "//etc/passwd",
        "/.insyn", "/norr/../../content/webbplats.yaml", "/_visa/filer/../session.py", "/_visa/filer/%2e%2e/session.py",
        "/_visa/filer//etc/passwd", "/norr%00", "/norr\\..\\..", "/C:/Windows/win.ini", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_no_file_outside_the_site_is_sent(server: Running, path: str) -> None:
    status, _, body = server.ask(path, headers={"Cookie": server.cookie()})
    assert status in {400, 404}
    assert b"schema: finsam" not in body


def test_a_link_out_of_the_site_is_not_followed(server: Running) -> None:
    """No build makes any, but someone may have."""
    folder = next(Path(f"/proc/{server.process.pid}/cwd").resolve().glob(".insyn-cache/visa-*/webbplats"))
    (folder / "ut.txt").symlink_to(folder.parent / "content" / "webbplats.yaml")
    assert server.ask("/ut.txt", headers={"Cookie": server.cookie()})[0] == 404


def test_what_is_sent_is_as_guarded_as_the_published_site(server: Running) -> None:
    status, headers, body = server.ask("/norr/2025/", headers={"Cookie": server.cookie()})
    assert status == 200
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Förhandsvisning – inte publicerad" in body.decode().partition("<main")[0]


def test_bodies_are_bounded(server: Running) -> None:
    given = {"Cookie": server.cookie(), "Origin": server.top[:-1]}
    assert server.ask("/_visa/hela", "POST", {**given, "Content-Length": "9999999999"})[0] == 413
    assert server.ask("/_visa/hela", "POST", {**given, "Transfer-Encoding": "chunked"})[0] == 411
    assert server.ask("/_visa/annat", "POST", given, b"")[0] == 404


def test_clients_that_say_nothing_keep_nobody_waiting(server: Running) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    silent[0].sendall(b"GET / HTTP/1.1\r\nHost:")
    began = time.monotonic()
    assert server.ask("/norr/2025/", headers={"Cookie": server.cookie()})[0] == 200
    assert time.monotonic() - began < 5
    for one in silent:
        one.close()


def test_it_listens_on_this_machine_alone(server: Running) -> None:
    listening = Path("/proc/net/tcp").read_text().split("\n")
    port = f":{server.port:04X}"
    addresses = {line.split()[1] for line in listening if port in line and line.split()[3] == "0A"}
    assert addresses == {f"0100007F{port}"}


def test_a_busy_port_is_said_in_a_sentence(server: Running, site: TestSite) -> None:
    site.write_plan()
    assert site.run("visa", "--ingen-webbläsare", "--port", str(server.port)) == 2
    assert site.printed.startswith(f"Porten {server.port} är upptagen")


def test_plans_are_shown_by_one_preview_at_a_time(tmp_path: Path) -> None:
    site = TestSite(tmp_path)
    site.write_plan()
    with running(tmp_path):
        assert site.run("visa", "--ingen-webbläsare") == 2
        assert site.printed.startswith("Planerna visas redan av en annan förhandsvisning.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["visa", "--port", "hundra"], "”hundra” är ingen port."),
        (["visa", "--port"], "Efter --port ska det stå ett nummer."),
        (["visa", "--redigerare", "word"], "Insyn känner inte redigeraren ”word”."),
        (["bygg", "--ingen-webbläsare"], "--ingen-webbläsare hör till visa"),
    ],
)
def test_wrong_use_is_explained(site: TestSite, words: list[str], said: str) -> None:
    assert site.run(*words) == 2
    assert said in site.printed


def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    TestSite(tmp_path).write_plan()
    with running(tmp_path) as preview:
        assert stop(preview.process).strip().endswith("Förhandsvisningen är avslutad. Inget har publicerats.")
        assert preview.process.returncode == 0


def test_pdfs_and_search_are_made_when_asked_for(tmp_path: Path) -> None:
    """They take a while, and are typeset: the slowest of these tests."""
    TestSite(tmp_path).write_plan()
    with running(tmp_path) as preview:
        given = {"Cookie": preview.cookie()}
        assert preview.ask("/_visa/hela/norr/2025/plan.pdf", headers=given)[0] == 404
        assert preview.ask("/_visa/hela", "POST", {**given, "Origin": preview.top[:-1]}, b"")[0] == 202
        wait_for(lambda: preview.ask("/_visa/hela/norr/2025/plan.pdf", headers=given)[0] == 200)
        _, _, body = preview.ask("/_visa/hela/norr/2025/", headers=given)
        assert "inte publicerad" in body.decode()
        wait_for(lambda: "Till webbplatsen med PDF" in preview.ask("/_visa/", headers=given)[2].decode())


def test_its_own_page_tells_what_is_written_and_what_would_change(tmp_path: Path) -> None:
    site = TestSite(tmp_path)
    site.write_plan()
    assert site.build() == 0
    site.edit(PLAN_FILE, "[1 500 000, 1 400 000]", "[1 400 000, 1 400 000]")
    site.edit(PLAN_FILE, "[500 000, 600 000]", "[600 000, 600 000]")
    site.write(OTHER_FILE, DRAFT.replace("2026", "2027").replace("2025", "2026"))
    before = site.files()
    with running(tmp_path) as preview:
        given = {"Cookie": preview.cookie()}
        told = preview.ask("/_visa/", headers=given)[2].decode()
        assert "Två belopp ändrades." in told
        assert 'href="/norr/2026/">Verksamhetsplan 2026, Norr</a>' in told
        assert '#sammanträde.plats">Sammanträde: plats</a>' in told
        details = preview.ask("/_visa/andringar/norr/2025/", headers=given)[2].decode()
        assert "1&nbsp;400&nbsp;000" in details.replace("\N{NO-BREAK SPACE}", "&nbsp;")
    assert site.files() == before


# --- In a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_page_follows_the_file_and_keeps_the_readers_place(tmp_path: Path, new_page: NewPage) -> None:
    """Edited, broken, mended; then the server is stopped and started again. One page, never loaded again."""
    site = TestSite(tmp_path)
    site.write_plan()
    page = new_page(first=axe())
    with running(tmp_path) as preview:
        page.goto(preview.start)
        page.goto(f"{preview.top}norr/2025/")
        until(page, "document.documentElement.dataset.visa")
        page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
        page.evaluate("scrollTo(0, 700); document.querySelector('.fold summary').focus({preventScroll: true})")
        page.evaluate("window.same = document.activeElement")
        before = page.evaluate("scrollY")
        site.edit(PLAN_FILE, "Förbundet stödjer samverkan.", "Förbundet gör mer.")
        until(page, "document.querySelector('main').textContent.includes('Förbundet gör mer.')")
        assert page.evaluate("window.same === document.activeElement && document.activeElement.parentElement.open")
        assert page.evaluate("scrollY") == before

        site.edit(PLAN_FILE, "[1 500 000, 1 400 000]", "[1 500 00o, 1 400 000]")
        until(page, "document.querySelector('.visa-mark')")
        assert page.evaluate("document.querySelector('.visa-mark').closest('tr').id") == "rad.kostnader.coachning"
        assert page.title().startswith("(1) ")
        assert page.evaluate("document.documentElement.classList.contains('visa-stale')")
        assert "1 fel" in page.locator(".visa-panel [role=status]").inner_text()
        page.evaluate("document.querySelector('.visa-panel details').open = true")
        assert accessibility_faults(page) == []
        narrow = new_page(width=320, theme="dark", first=axe())
        narrow.goto(preview.start)
        for path in ("norr/2025/", "_visa/"):
            narrow.goto(f"{preview.top}{path}")
            until(narrow, "document.documentElement.dataset.visa")
            narrow.evaluate("document.querySelector('.visa-panel details').open = true")
            assert accessibility_faults(narrow) == []
            assert narrow.evaluate("document.documentElement.scrollWidth") == 320
        narrow.close()

        site.edit(PLAN_FILE, "1 500 00o", "1 500 000")
        until(page, "!document.querySelector('.visa-mark')")
        assert not page.title().startswith("(")
        assert page.evaluate("window.same === document.activeElement")
        port = preview.port
        stop(preview.process)
        until(page, "document.querySelector('.visa-panel__obstacle').textContent.includes('har stannat')")
    site.edit(PLAN_FILE, "Förbundet gör mer.", "Förbundet är tillbaka.")
    with running(tmp_path, "--port", str(port)) as preview:
        new = page.context.new_page()
        new.goto(preview.start)
        new.close()
        until(page, "document.querySelector('main').textContent.includes('Förbundet är tillbaka.')")
        assert page.evaluate("window.same === document.activeElement")
