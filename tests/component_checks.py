"""The promises of a component to every reader, as checks of its HTML: `tests/components/*.yaml` refer to them by name.

Each check takes an example as parsed by a browser, and yields the result for each thing that it examines: None, or the
fault. A check that yields nothing had nothing to examine.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

Found = Iterator[str | None]
SVG = "{http://www.w3.org/2000/svg}svg"
SPELT = re.compile(r"\w")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def heard(element: Element) -> str:
    """Return the text of an element as a screen reader speaks it."""
    if element.get("aria-hidden") == "true":
        return element.tail or ""
    inner = element.get("aria-label") or (element.text or "") + "".join(heard(child) for child in element)
    return inner + (element.tail or "")


def words(element: Element) -> str:
    return " ".join(heard(element).removesuffix(element.tail or "").split())


def by_class(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if name in one.get("class", "").split())


def headings(root: Element) -> list[Element]:
    return [one for one in root.iter() if re.fullmatch("h[1-6]", str(one.tag))]


def name_of(root: Element, element: Element) -> str:
    """Return the accessible name of a landmark, a region or a drawing."""
    if label := element.get("aria-label"):
        return label
    named = element.get("aria-labelledby")
    return next((words(one) for one in root.iter() if named and one.get("id") == named), "")


# --- The checks -----------------------------------------------------------------------------------------------------


def regions(root: Element) -> Found:
    for box in (*by_class(root, "table-scroll"), *by_class(root, "code")):
        reached = box.get("role") in {"region", "group"} and box.get("tabindex") == "0"
        yield None if reached and name_of(root, box) else "what scrolls can't be reached, or has no name"


def tables(root: Element) -> Found:
    for table in root.iter("table"):
        yield None if words(table.find("caption")) else "a table has no caption"
        rows = list(table.iter("tr"))
        yield None if len({_width(row) for row in rows}) == 1 else "rows have different numbers of cells"
        for row in rows:
            first, *_ = row
            yield None if first.tag == "th" else f"a row begins without a heading: {words(row)}"
        for cell in (cell for row in rows for cell in row):
            yield None if words(cell) else "a cell is empty"
            if cell.tag == "th":
                yield None if cell.get("scope") else f"a heading doesn't say what it is for: {words(cell)}"


def stacks(root: Element) -> Found:
    for table in by_class(root, "table--stacks"):
        yield None if name_of(root, table) == words(table.find("caption")) else "a table isn't named by its caption"
        _, *columns = (words(heading) for heading in table.iter("th") if heading.get("scope") == "col")
        for row in table.iterfind("tbody/tr"):
            labels = [cell.get("data-label") for cell in row.iterfind("td")]
            yield None if labels in (columns, []) else f"a cell doesn't say what its column is: {labels}"


def _width(row: Element) -> int:
    return sum(int(cell.get("colspan", "1")) for cell in row)


def signs(root: Element) -> Found:
    for cell in root.iter("td"):
        yield None if SPELT.search(words(cell)) else f"a sign is told as it is: {words(cell)}"


def links(root: Element) -> Found:
    for link in root.iter("a"):
        yield None if SPELT.search(words(link)) else "a link doesn't say where it leads"


def named(root: Element) -> Found:
    for part in root.iter():
        if part.tag == "nav" or part.get("role") == "group":
            yield None if name_of(root, part) else f"a part of the page has no name: {part.tag}"


def current(root: Element) -> Found:
    for part in root.iter("nav"):
        here = [one for one in part.iter() if one.get("aria-current") == "page"]
        yield None if len(here) == 1 and here[0].tag != "a" else "the page itself isn't told, or is a link"


def headed(root: Element) -> Found:
    levels = [int(str(one.tag)[1]) for one in headings(root)]
    for section in root.iter("section"):
        yield None if headings(section) else "a section has no heading"
    for before, after in pairwise(levels):
        yield None if after <= before + 1 else "a level of headings is left out"
    for heading in headings(root):
        yield None if words(heading) else "a heading is empty"


def drawings(root: Element) -> Found:
    for drawing in by_class(root, "chart__drawing"):
        told = drawing.get("role") == "img" and SPELT.search(drawing.get("aria-label", ""))
        yield None if told else "a drawing has no name"
        yield from hidden_drawings(drawing)


def hidden_drawings(root: Element) -> Found:
    for drawing in root.iter(SVG):
        hidden = drawing.get("aria-hidden") == "true" and drawing.get("focusable") == "false"
        yield None if hidden else "a drawing is told mark by mark"


def unstyled(root: Element) -> Found:
    for drawing in root.iter(SVG):
        for mark in drawing.iter():
            own = {"style", "fill", "stroke", "font-family"} & set(mark.attrib)
            yield None if not own else f"a mark has a look of its own: {sorted(own)}"


def summaries(root: Element) -> Found:
    for chart in by_class(root, "chart"):
        body = chart if chart.tag == "section" else chart.find("div")
        told = [one for one in ([] if body is None else body.findall("p")) if "chart__summary" in one.get("class", "")]
        yield None if told and words(told[0]) else "a chart has no summary outside of what is folded"


def folds(root: Element) -> Found:
    for folded in root.iter("details"):
        opener = folded.find("summary")
        said = "" if opener is None else words(opener)
        yield None if len(said.split()) > 1 else f"what opens it doesn't say what there is: {said}"


def worded(root: Element) -> Found:
    """An element whose class names a kind states that kind in words too."""
    for one in root.iter():
        kinds = [name for name in one.get("class", "").split() if "--" in name]
        if kinds and one.tag != SVG and one.get("aria-hidden") != "true" and not list(one.iter("table")):
            yield None if SPELT.search(words(one)) else f"{kinds[0]} is told by its look alone"
    yield None if SPELT.search(words(root)) else "nothing is said"


def described(root: Element) -> Found:
    for listed in root.iter("dl"):
        for group in [listed] if listed.find("dt") is not None else listed:
            names, texts = group.findall("dt"), group.findall("dd")
            whole = names and texts and all(SPELT.search(words(one)) for one in (*names, *texts))
            yield None if whole and group[0].tag == "dt" else "a name stands without its explanation"


def days(root: Element) -> Found:
    for day in root.iter("time"):
        yield None if DAY.fullmatch(day.get("datetime", "")) and words(day) else "a day can't be read by programs"


def deletions(root: Element) -> Found:
    """Within running text a mark is preceded by a word for it: only some browsers announce its role."""
    for mark in root.iter():
        if mark.tag in {"del", "ins"}:
            yield None if mark.get("role") == "presentation" else "a mark is told by some browsers and not by others"
    for passage in by_class(root, "passage"):
        for mark in (*by_class(passage, "removed"), *by_class(passage, "added")):
            yield None if mark.find("span") is not None else "what was changed isn't told in words"


def labelled(root: Element) -> Found:
    labels = {one.get("for") for one in root.iter("label") if SPELT.search(words(one))}
    for field in root.iter():
        if field.tag in {"input", "select", "textarea"}:
            yield None if field.get("id") in labels else "a field has no name"


def announced(root: Element) -> Found:
    """The result of a form or a button appears in a live region that is on the page beforehand."""
    told = any(one.get("role") == "status" for one in root.iter())
    for part in (*root.iter("form"), *by_class(root, "copy")):
        yield None if told else f"what comes of it isn't told: {words(part)}"


CHECKS: dict[str, Callable[[Element], Found]] = {
    check.__name__: check
    for check in (
        announced,
        current,
        days,
        deletions,
        described,
        drawings,
        folds,
        headed,
        hidden_drawings,
        labelled,
        links,
        named,
        regions,
        signs,
        stacks,
        summaries,
        tables,
        unstyled,
        worded,
    )
}

BROKEN = {
    "announced": "<form><button>Sök</button></form>",
    "current": '<nav><a href="#" aria-current="page">Start</a></nav>',
    "days": "<time>i går</time>",
    "deletions": "<del>18</del>",
    "described": "<dl><dd>Utan ord</dd></dl>",
    "drawings": '<div class="chart__drawing"><svg aria-hidden="true" focusable="false"></svg></div>',
    "folds": "<details><summary>Visa</summary></details>",
    "headed": "<h2>Kostnader</h2><h4>Kansli</h4>",
    "hidden_drawings": "<svg><text>1,5</text></svg>",
    "labelled": '<label for="ar">År</label><input id="ord">',
    "links": '<a href="#">↑</a>',
    "named": "<nav></nav>",
    "regions": '<div class="table-scroll" tabindex="0"></div>',
    "signs": "<table><tr><td>–</td></tr></table>",
    "stacks": '<table class="table--stacks"><caption>A</caption><tr><td data-label="B">2</td></tr></table>',
    "summaries": '<section class="chart"><details><p class="chart__summary">Allt</p></details></section>',
    "tables": "<table><caption>Kostnader</caption><tr><th>Rad</th><td></td></tr></table>",
    "unstyled": '<svg><path style="fill: red"/></svg>',
    "worded": '<span class="status status--proposal"></span>',
}
"""For each check, HTML that it must find fault with."""
