"""Shared by browser tests: programs, the site on a server of its own, and observations of a page."""

import gzip
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Response

TOP = "/prov/plats/"
"""In these tests the site is never at the root of the server, which proves that its links are relative."""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LAYOUT_RULES = ["target-size", "scrollable-region-focusable"]
"""The rules that depend on the position and width of elements, not only on their presence."""
PHONE, DESKTOP = 320, 1280


def program(*names: str, package: str) -> str:
    """Return the path of a program. Without it the test is skipped; on the CI machine, which has it, the test fails."""
    for name in names:
        if found := shutil.which(name):
            return found
    sentence = f"Neither of {', '.join(names)} is installed here. On Debian: sudo apt-get install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


# --- The site on a server -------------------------------------------------------------------------------------------

MOVES_ON = 'http-equiv="refresh"'


@dataclass(frozen=True)
class ServedSite:
    folder: Path
    address: str
    """Ends with a slash."""

    @property
    def paths(self) -> list[str]:
        """Every permanent page, as in links to it: "hoglandet/2024/", "404.html"."""
        stays = (file for file in self.folder.rglob("*.html") if MOVES_ON not in file.read_text("utf-8"))
        return sorted(file.relative_to(self.folder).as_posix().removesuffix("index.html") for file in stays)

    @property
    def charted(self) -> list[str]:
        """Every page with a chart."""
        return [path for path in self.paths if 'class="chart__drawing' in self._file(path).read_text("utf-8")]

    def _file(self, path: str) -> Path:
        return self.folder / f"{path}index.html" if path.endswith("/") or not path else self.folder / path

    @property
    def pointers(self) -> list[str]:
        """Every address that only leads to another page."""
        moves = (file for file in self.folder.rglob("index.html") if MOVES_ON in file.read_text("utf-8"))
        return sorted(f"{file.parent.relative_to(self.folder).as_posix()}/" for file in moves)

    @property
    def plans(self) -> list[str]:
        return [path for path in self.paths if re.search(r"/\d{4}/$", path) and not path.startswith("jamfor/")]


@contextmanager
def served(
    folder: Path, *, compressed: bool = False, headers: Callable[[str], dict[str, str]] = lambda _path: {}
) -> Iterator[ServedSite]:
    """Serve a built site like a web host, with the site's own page for addresses that don't exist.

    `headers` returns extra response headers for a path from the root of the site.
    """
    host = partial(_Host, directory=str(folder), compressed=compressed, headers_for=headers)
    server = ThreadingHTTPServer(("127.0.0.1", 0), host)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield ServedSite(folder, f"http://127.0.0.1:{server.server_port}{TOP}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".xml")
"""Types that web hosts compress. Fonts and the search index are compressed already."""


def told_by_headers(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, name and value of the headers in a site's `_headers`, as Netlify and Cloudflare Pages read it."""
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            yield path, name, value
        else:
            assert line.startswith("#"), line


def headers_of(folder: Path) -> Callable[[str], dict[str, str]]:
    """Return a function from a path to the headers that a host sends after reading a built site's `_headers`."""
    told = list(told_by_headers((folder / "_headers").read_text("utf-8")))

    def headers(path: str) -> dict[str, str]:
        return {name: value for rule, name, value in told if f"/{path}".startswith(rule.removesuffix("*"))}

    return headers


class _Host(SimpleHTTPRequestHandler):
    def __init__(
        self, *given: Any, compressed: bool, headers_for: Callable[[str], dict[str, str]], **named: Any
    ) -> None:
        self.compressed, self.headers_for = compressed, headers_for
        super().__init__(*given, **named)

    def translate_path(self, path: str) -> str:
        """Find a file of the site. The page for missing addresses requests its files at the root of the server."""
        if path.startswith((TOP, "/assets/")):
            return super().translate_path(path.removeprefix(TOP.rstrip("/")))
        return str(Path(self.directory) / "there-is-nothing-here")

    def send_head(self) -> Any:
        """Send every file in full, even if the browser has cached it, so that each response can be examined."""
        del self.headers["If-Modified-Since"]
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not self.compressed or file.suffix not in COMPRESSED or not file.is_file():
            return super().send_head()
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def end_headers(self) -> None:
        for name, value in self.headers_for(self.path.partition("?")[0].removeprefix(TOP)).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            return super().send_error(code, message, explain)
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the tests report the requests."""


# --- Observations of a page -----------------------------------------------------------------------------------------


def complaints(page: Page, site: ServedSite) -> list[str]:
    """Return a list that fills with faults as the page is used: from its console, its policy and its requests."""
    noted: list[str] = []

    def request(asked: Request) -> None:
        # Only the page for missing addresses requests its files at the root of the server.
        is_missing = asked.frame.url.endswith("404.html") and asked.url.startswith(f"{site.address.removesuffix(TOP)}/")
        if not asked.url.startswith(site.address) and not is_missing:
            noted.append(f"asks for {asked.url}")

    def response(answer: Response) -> None:
        if answer.status != 200:
            noted.append(f"{answer.url} answers {answer.status}")

    page.on("console", lambda said: noted.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: noted.append(str(fault)))
    page.on("request", request)
    page.on("response", response)
    return noted


def axe() -> str:
    """Return axe-core, for use as an init script of a context: those aren't subject to the page's policy."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def accessibility_faults(page: Page, *, colours: bool = True, rules: Sequence[str] = AXE_RULES) -> list[str]:
    """Run axe on the page with everything unfolded: all rules of A and AA, axe's own, and the contrast of AAA.

    Colours take most of the time. `colours=False` leaves them out, for a page that `faint_texts` looks at.
    """
    unfold(page)
    wear(page, NO_SHADE)
    found = page.evaluate(
        LOOK, [rules, {PALE: {"enabled": False}, **{rule: {"enabled": colours} for rule in OF_COLOURS}}]
    )
    assert colours is any(rule["id"] == PALER for rule in found["passes"])
    return [
        f"{fault['id']}: {fault['help']}: {', '.join(str(node['target']) for node in fault['nodes'])}"
        for fault in found["violations"]
    ]


def has_new_parts(page: Page, seen: set[int]) -> bool:
    """Add the parts of a page, elements with their classes and ancestors, to `seen`. Return whether any is new."""
    unfold(page)
    parts = set(page.evaluate(NOTE_PARTS))
    is_new = not parts <= seen
    seen |= parts
    return is_new


def faint_texts(page: Page, seen: set[str]) -> list[str]:
    """Run axe's rules of colours (AAA) on a text of each look that isn't in `seen`, and add those looks.

    Contrast follows from a text's colour and size, and from what is painted behind it: its ancestors, and where
    something is positioned.
    """
    unfold(page)
    wear(page, NO_SHADE)
    looks, faint = page.evaluate(LOOK_AT_CONTRAST, [OF_COLOURS, list(seen)])
    seen.update(looks)
    return faint


PALE, PALER = "color-contrast", "color-contrast-enhanced"
"""Anything with the contrast of AAA has that of AA."""
OF_COLOURS = [PALER, "link-in-text-block"]
NOTE_PARTS = """() => {
    const mixed = (hash, text) => {
        for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 0x1fffffffffff;
        return hash;
    };
    const parts = new Map();
    const part = one => {
        if (one && !parts.has(one)) {
            const own = ` ${one.localName}.${one.getAttribute("class")}[${one.getAttributeNames().sort()}]`;
            parts.set(one, mixed(part(one.parentElement), own));
        }
        return parts.get(one) ?? 0;
    };
    return [...new Set([...document.body.querySelectorAll("*")].map(part))];
}"""
LOOK_AT_CONTRAST = """async ([runOnly, seen]) => {
    const known = new Set(seen), grounds = new Map(), fresh = new Map();
    const groundOf = part => {
        if (!part) return "";
        if (!grounds.has(part)) {
            const style = getComputedStyle(part), {backgroundColor, backgroundImage, opacity, position} = style;
            const painted = backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none" || opacity !== "1";
            const own = painted ? ` ${backgroundColor} ${backgroundImage} ${opacity}` : "";
            const placed = position !== "static" ? ` ${part.localName}.${part.getAttribute("class")}` : "";
            grounds.set(part, groundOf(part.parentElement) + own + placed);
        }
        return grounds.get(part);
    };
    for (const part of document.body.querySelectorAll("*")) {
        const says = [...part.childNodes].some(({nodeType, data}) => nodeType === Node.TEXT_NODE && data.trim());
        if (!says || part.closest(".visually-hidden")) continue;
        const {color, fontSize, fontWeight} = getComputedStyle(part);
        const look = `${color} ${parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24)}${groundOf(part)}`;
        if (!known.has(look) && !fresh.has(look) && part.checkVisibility()) fresh.set(look, part);
    }
    if (!fresh.size) return [[], []];
    const include = [...fresh.values()];
    const found = await axe.run({include}, {runOnly, resultTypes: ["violations"]});
    const faint = found.violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`));
    return [[...fresh.keys()], faint];
}"""
LOOK = "([runOnly, rules]) => axe.run(document, {runOnly, rules, resultTypes: ['violations']})"
NO_SHADE = ".table-scroll { background: none !important }"
"""Removes the shade at the edges of scrolling tables: axe can't measure contrast on an uneven background."""


def wear(page: Page, styles: str) -> None:
    """Apply a stylesheet of the reader's own to the page, besides the site's."""
    page.evaluate(
        "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets.push(own); }",
        styles,
    )


def set_text_size(page: Page, times: float) -> None:
    """Set the text size in the browser's own settings, as a multiple of the default."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": round(16 * times), "fixed": round(13 * times)}})


def unfold(page: Page) -> None:
    """Open everything that is folded, wait for the fonts, and let the page settle."""
    page.evaluate(UNFOLD)


UNFOLD = """async () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    await document.fonts.ready;
    await new Promise(settled => requestAnimationFrame(() => requestAnimationFrame(settled)));
}"""


@dataclass(frozen=True)
class Drawn:
    """A chart as shown: its visible drawings, and their words as rendered, in CSS pixels."""

    name: str
    seen: int
    smallest: float
    cut_off: list[str]
    overlapping: list[str]


def drawn(page: Page) -> list[Drawn]:
    """Measure every chart of the page."""
    unfold(page)
    return [Drawn(**values) for values in page.evaluate(MEASURE_CHARTS)]


MEASURE_CHARTS = """room => [...document.querySelectorAll(".chart__drawing")].map(chart => {
    const seen = [...chart.querySelectorAll("svg")].filter(drawing => drawing.getBoundingClientRect().width > 0);
    const words = seen.flatMap(drawing => {
        const box = drawing.getBoundingClientRect(), scale = box.width / drawing.viewBox.baseVal.width;
        return [...drawing.querySelectorAll("text")].map(text => {
            const size = parseFloat(getComputedStyle(text).fontSize) * scale, place = text.getBoundingClientRect();
            return {text: text.textContent, size, box, place, scale};
        });
    });
    const outside = ({box, place, scale}) =>
        place.left < box.left - scale - (room ?? 0) || place.right > box.right + scale + (room ?? 0)
        || place.top < box.top - 4 * scale || place.bottom > box.bottom + 4 * scale;
    const collide = (one, other) =>
        Math.min(one.place.right, other.place.right) - Math.max(one.place.left, other.place.left) > 1
        && Math.min(one.place.bottom, other.place.bottom) - Math.max(one.place.top, other.place.top) > one.size / 2;
    return {
        name: chart.closest("section").querySelector("h3").textContent,
        seen: seen.length,
        smallest: Math.min(...words.map(word => word.size)),
        cut_off: words.filter(outside).map(word => word.text),
        overlapping: words.flatMap((one, n) =>
            words.slice(n + 1).filter(other => collide(one, other)).map(other => `${one.text} | ${other.text}`)),
    };
})"""


@dataclass(frozen=True)
class Mark:
    """A part of a drawing as painted: its class, whether it is a word, and its contrast with the page."""

    chart: str
    look: str
    is_word: bool
    contrast: float
    """The higher of fill and outline; 0 if neither is opaque."""
    paint: tuple[str, ...]


def marks(page: Page) -> list[Mark]:
    """Return the colours of every part of every visible drawing."""
    unfold(page)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = []
    for chart, look, is_word, colours, paint in page.evaluate(LOOK_AT_COLOURS):
        best = max((contrast(colour, ground) for colour in colours), default=0)
        found.append(Mark(chart, look, is_word, best, tuple(paint)))
    return found


LOOK_AT_COLOURS = """() => [...document.querySelectorAll(".chart__drawing path, .chart__drawing text")]
    .filter(part => part.ownerSVGElement.getBoundingClientRect().width > 0)
    .map(part => {
        const style = getComputedStyle(part), clear = colour => /^none|^rgba/.test(colour);
        const fill = style.fillOpacity === "1" && !clear(style.fill) ? [style.fill] : [];
        const line = style.strokeOpacity === "1" && !clear(style.stroke) ? [style.stroke] : [];
        return [
            part.closest("section").id || part.closest("section").querySelector("h3").textContent,
            part.className.baseVal,
            part.localName === "text",
            part.localName === "text" ? fill : [...fill, ...line],
            [style.fill, style.fillOpacity, style.stroke, style.strokeDasharray],
        ];
    })"""


@dataclass(frozen=True)
class Stop:
    """A stop of the keyboard focus: the part of the page, its words, and how focus is shown."""

    part: str
    text: str
    outline: str
    outline_width: float
    contrast: float
    in_view: bool


def tab_stops(page: Page, most: int = 1000) -> Iterator[Stop]:
    """Press Tab from the top of the page to its end."""
    for pressed in count(1):
        assert pressed < most, "the keyboard never comes to the end of the page"
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK_AT_FOCUS)
        if stop is None:
            return
        outline, ground = stop.pop("colour"), stop.pop("ground")
        yield Stop(**stop, contrast=contrast(outline, ground))


LOOK_AT_FOCUS = """() => {
    const focused = document.activeElement;
    if (focused === document.body || focused === document.documentElement || focused.dataset.visited) return null;
    focused.dataset.visited = "yes";
    const style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    let behind = focused.parentElement;
    while (behind.parentElement && getComputedStyle(behind).backgroundColor.startsWith("rgba("))
        behind = behind.parentElement;
    const named = focused.closest("nav, main, header, footer");
    return {
        part: named ? named.getAttribute("aria-label") || named.localName : "top",
        text: focused.innerText.trim() || focused.getAttribute("aria-label") || focused.localName,
        outline: style.outlineStyle,
        outline_width: parseFloat(style.outlineWidth),
        colour: style.outlineColor,
        ground: getComputedStyle(behind).backgroundColor,
        in_view: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as defined by WCAG, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the luminance of "rgb(1, 2, 3)" or "color(srgb 0.1 0.2 0.3)", the two notations that a browser reports."""
    scale = 1 if colour.startswith("color(srgb ") else 255
    parts = [float(part) / scale for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def foreign_fonts(page: Page) -> dict[str, str]:
    """Return every font not the site's own that any text is rendered with, and such a text.

    Code and checksums are exempt: they are set in the reader's own monospaced font.
    """
    page.evaluate("for (const code of document.querySelectorAll('code, pre, .checksum')) code.remove()")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})["nodeIds"]
    foreign: dict[str, str] = {}
    for node in nodes:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            if not font["isCustomFont"] and font["familyName"] not in foreign:
                foreign[font["familyName"]] = session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
    session.detach()
    return foreign
