"""Apache and nginx accept the files made for them and send those headers. A server that isn't installed is skipped."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from insyn.pages import policies
from tests.site import TestSite

MODULES = ("mpm_event", "headers", "dir", "mime", "authz_core", "filter", "deflate")
NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors; events {{}}
http {{
  types {{
    text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; font/woff2 woff2;
  }}
  access_log off; client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  {around}
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html; {within} }}
}}
"""
APACHE = """
ServerRoot {folder}
{modules}
Listen 127.0.0.1:{port}
ServerName localhost
PidFile {folder}/pid
ErrorLog {folder}/errors
TypesConfig /dev/null
AddType text/css .css
AddType text/html .html
AddType text/javascript .js
AddType application/json .json
DocumentRoot {root}
DirectoryIndex index.html
<Directory {root}>
  Require all granted
  AllowOverride {override}
</Directory>
{within}
"""


@pytest.fixture
def published(site: TestSite) -> TestSite:
    site.write_plan()
    assert site.build(search=True) == 0, site.printed
    return site


@pytest.fixture
def nginx(published: TestSite, tmp_path: Path) -> Iterator[int]:
    program = shutil.which("nginx") or pytest.skip("nginx isn't installed here. On Debian: apt-get install nginx-light")
    around, within = (published.output / "_server" / "nginx.conf").read_text("utf-8").split("\n\n", 1)
    with _started(tmp_path / "nginx") as (folder, port):
        values = {"folder": folder, "port": port, "root": published.output, "around": around, "within": within}
        (folder / "nginx.conf").write_text(NGINX.format(**values), "utf-8")
        with _running([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port):
            yield port


@pytest.fixture(params=["in the settings", "in .htaccess"])
def apache(published: TestSite, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    program = shutil.which("apache2") or pytest.skip("Apache isn't here. On Debian: apt-get install apache2-bin")
    lines = (published.output / "_server" / "apache.conf").read_text("utf-8")
    by_htaccess = request.param == "in .htaccess"
    if by_htaccess:
        (published.output / ".htaccess").write_text(lines, "utf-8")
    modules = Path(program).parent.parent / "lib" / "apache2" / "modules"
    with _started(tmp_path / "apache") as (folder, port):
        values = {
            "folder": folder,
            "port": port,
            "root": published.output,
            "modules": "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in MODULES),
            "override": "FileInfo" if by_htaccess else "None",
            "within": "" if by_htaccess else lines,
        }
        (folder / "apache.conf").write_text(APACHE.format(**values), "utf-8")
        with _running([program, "-X", "-f", str(folder / "apache.conf")], port):
            yield port


@contextmanager
def _started(folder: Path) -> Iterator[tuple[Path, int]]:
    """Start a server with a folder of its own and an unused port."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    yield folder, port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    """Run a server in one process, which keeps the user that started it and so can read a test's files."""
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if server.poll() is not None:
                pytest.fail(f"{command[0]} ended with {server.returncode}")
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


def ask(port: int, path: str) -> tuple[int, dict[str, str]]:
    """Return the server's response: the status, and the headers by lower-case name."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def assert_says_what_it_should(port: int, site: TestSite) -> None:
    page = str(policies.in_header(policies.PAGE))
    (font, *_) = sorted((site.output / "assets" / "fonts").glob("*.woff2"))
    (part, *_) = sorted((site.output / "sok" / "nu" / "sida").glob("*"))
    expected = {
        "/": (200, page, None, "gzip"),
        "/norr/2025/": (200, page, None, "gzip"),
        "/sok/": (200, page, None, "gzip"),
        "/assets/insyn.css": (200, page, None, "gzip"),
        "/finns-inte/": (404, page, None, None),
        f"/assets/fonts/{font.name}": (200, page, "public, max-age=31536000", None),
        f"/sok/nu/sida/{part.name}": (200, page, "public, max-age=31536000", "gzip"),
    }
    for path, (status, policy, kept, packed) in expected.items():
        answered, headers = ask(port, path)
        assert answered == status, path
        assert headers["content-security-policy"] == policy, path
        assert headers["referrer-policy"] == policies.REFERRER
        assert headers["permissions-policy"] == str(policies.PERMISSIONS)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers.get("cache-control") == kept, path
        assert status == 404 or headers.get("content-encoding") == packed, path


def test_nginx_says_it(nginx: int, published: TestSite) -> None:
    assert_says_what_it_should(nginx, published)


def test_apache_says_it(apache: int, published: TestSite) -> None:
    assert_says_what_it_should(apache, published)


def test_apache_without_the_modules_still_shows_the_site(published: TestSite) -> None:
    lines = (published.output / "_server" / "apache.conf").read_text("utf-8").splitlines()
    outside = [line for line in lines if line[:1] not in {"#", " ", "<", ""}]
    assert [line.split()[0] for line in outside] == ["ErrorDocument"]
    assert os.linesep not in "".join(outside)
