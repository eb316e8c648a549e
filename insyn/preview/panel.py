"""What an open page is told: every problem in the terminal's words, and which element of the page each concerns."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from insyn import reports
from insyn.build.plan_cache import PlanCache
from insyn.disk.content import read_lines
from insyn.disk.hashing import hash_of
from insyn.disk.output import file_of
from insyn.disk.store import Store
from insyn.markdown.render import parse
from insyn.pages.frame import NOT_FOUND
from insyn.preview.anchors import SourceAnchor, anchors_of, moved, nearest
from insyn.preview.editors import EDITORS
from insyn.preview.forms import FORM
from insyn.preview.frame import OWN
from insyn.preview.session import PreviewState
from insyn.problems import Problem
from insyn.reading.sources import SETTINGS, SourceFile
from insyn.reports import PathOf
from insyn.swedish import day
from insyn.texts import Texts

MOST_OF_OTHERS = 100
"""Problems of other files than the page's own that are listed on each page; the overview lists all."""
KEPT = 8
"""Plans whose anchors are kept."""
FORM_PAGES = f"{OWN}{FORM}"
"""What the path of a form's page has before that of its plan's page."""
STYLES = ("assets/insyn.css", "assets/insyn.js")
"""What a page must be loaded again for, when it has changed."""


class Panel:
    """Composes what pages are told. Used by one thread at a time."""

    def __init__(
        self, content: Path, copy: Path, cache: Path, path_of: PathOf, editor: str, today: Callable[[], date]
    ) -> None:
        """`copy` is the content as it is shown, `editor` one of `EDITORS`."""
        self._content, self._copy, self._cache, self._path_of = content, copy, cache, path_of
        self._editor, self._today = EDITORS[editor], today
        self._anchors: OrderedDict[str, tuple[SourceAnchor, ...]] = OrderedDict()

    def told(self, preview: PreviewState, page: str, fault: str = "") -> dict[str, Any]:
        """Return what the page at a path is told, ready for JSON."""
        is_form, page = page.startswith(FORM_PAGES), page.removeprefix(FORM_PAGES)
        own = files_of(preview, page, self._content.name)
        ordered = reports.gravest_last(preview.problems, preview.texts)[::-1]
        first = [one for one in ordered if one.place.file in own]
        others = [one for one in ordered if one.place.file not in own]
        anchors = self.anchors(preview, page) if first and not is_form else ()
        texts, more = preview.texts, max(0, len(others) - MOST_OF_OTHERS)
        return {
            "number": preview.number,
            "page": preview.keys.get(file_of(page), preview.keys.get(NOT_FOUND, "")),
            "frame": [preview.keys.get(name, "") for name in STYLES],
            "obstacle": fault or ("" if is_form else self._stale(preview, own)),
            "heading": self._heading(first, others, texts),
            "own": [self._problem(one, texts, anchors, own) for one in first],
            "own_count": sum(texts.would_stop(one) for one in first),
            "own_heading": texts.tell("preview-own"),
            "others": [self._problem(one, texts, (), own) for one in others[:MOST_OF_OTHERS]],
            "others_heading": texts.tell("preview-others"),
            "more": texts.tell("preview-more", count=more) if more else "",
            "words": {
                "open": texts.tell("preview-open-row", row="{row}"),
                "show": texts.tell("preview-show"),
                "page": texts.tell("preview-to-page"),
                "places": texts.tell("preview-places") if _plan_at(preview, page) and not is_form else "",
            },
        }

    def _heading(self, own: Sequence[Problem], others: Sequence[Problem], texts: Texts) -> str:
        """Count the problems in words: of the page's own files, then of the others."""
        if not others:
            return texts.tell("preview-counts-own", own=self._counted(own, texts))
        return texts.tell("preview-counts", own=self._counted(own, texts), others=self._counted(others, texts))

    def _counted(self, problems: Sequence[Problem], texts: Texts) -> str:
        """Count problems in words: "1 fel och 2 varningar"."""
        faults = sum(texts.would_stop(one) for one in problems)
        warnings = len(problems) - faults
        told = [_count(faults, "preview-error", texts)] if faults else []
        told += [_count(warnings, "preview-warning", texts)] if warnings else []
        return texts.tell("preview-and").join(told) or texts.tell("preview-no-problems")

    def _stale(self, preview: PreviewState, own: Sequence[str]) -> str:
        """Say that a page shows an earlier version; empty when it doesn't."""
        held = {file: preview.held[file] for file in own if file in preview.held}
        if not held:
            return ""
        file, saved = next(iter(held.items()))
        if saved is None:
            return preview.texts.tell("preview-not-shown", file=self._path_of(file))
        then = datetime.fromtimestamp(saved)
        before = "" if then.date() == self._today() else f"{day(then.date())} "
        return preview.texts.tell("preview-stale", when=f"{before}{then:%H:%M}")

    def _problem(
        self, one: Problem, texts: Texts, anchors: Sequence[SourceAnchor], own: Sequence[str]
    ) -> Mapping[str, Any]:
        found = reports.record(one, texts, self._path_of)
        anchor = nearest(anchors, one.place.line, one.place.column)
        lines = [reports.harmless(line) for line in reports.excerpt(one, read_lines(self._content, one.place.file))]
        return {
            **found,
            "id": f"visa-{hash_of(repr(one))[:12]}",
            "stops": texts.would_stop(one),
            "where": f"{found['fil']}:{found['rad']}:{found['kolumn']}",
            "excerpt": "\n".join(line.removeprefix("   ") for line in lines),
            "address": self.address(one.place.file, one.place.line, one.place.column),
            "leads": "" if one.place.file in own else _page_of(one.place.file),
            "mark": {"selector": anchor.selector, "number": anchor.number} if anchor else None,
        }

    def address(self, file: str, line: int, column: int) -> str:
        """Return the address that opens a row in the editor; empty without one."""
        path = (self._content.parent / file).as_posix().lstrip("/")
        return self._editor.format(fil=quote(path, safe="/:"), rad=line, kolumn=column) if self._editor else ""

    # --- Anchors ----------------------------------------------------------------------------------------------------

    def places(self, preview: PreviewState, page: str) -> list[Mapping[str, Any]]:
        """Return where in its file each element of a page stands, ready for JSON."""
        plan = _plan_at(preview, page)
        if plan is None:
            return []
        file = f"{self._content.name}/{plan[0].path}"
        return [
            {
                "selector": one.selector,
                "number": one.number,
                "row": one.line,
                "where": f"{self._path_of(file)}:{one.line}",
                "address": self.address(file, one.line, one.column or 1),
            }
            for one in self.anchors(preview, page)
        ]

    def anchors(self, preview: PreviewState, page: str) -> tuple[SourceAnchor, ...]:
        """Return the anchors of a plan's page, where they lie in its file now; none for other pages."""
        plan = _plan_at(preview, page)
        if plan is None or preview.site is None:
            return ()
        file, key = plan
        if key not in self._anchors:
            cache, store = PlanCache(self._copy, preview.site.site, preview.texts), Store(self._cache)
            work, _ = cache.work(file, key, store)
            store.close()
            self._anchors[key] = anchors_of(work.plan, parse(work.plan.body))
            while len(self._anchors) > KEPT:
                self._anchors.popitem(last=False)
        name = f"{self._content.name}/{file.path}"
        if name not in preview.held:
            return self._anchors[key]
        return moved(self._anchors[key], read_lines(self._copy, name), read_lines(self._content, name))


def _plan_at(preview: PreviewState, page: str) -> tuple[SourceFile, str] | None:
    """Return the file and cache key of the version that stands at a path."""
    if preview.site is None:
        return None
    association = page.partition("/")[0]
    for year in preview.site.layout.by_association.get(association, []):
        for version in year.versions:
            if version.path == page:
                return preview.site.sources.get(version.digest)
    return None


def _page_of(file: str) -> str:
    """Return the address of the page that mostly shows a file; empty when there is none."""
    match file.split("/")[1:]:
        case [association, year, "plan.md"]:
            return f"/{association}/{year}/"
        case [association, "forbund.md"]:
            return f"/{association}/"
        case ["sidor", name]:
            return f"/{name.removesuffix('.md')}/"
    return ""


def files_of(preview: PreviewState, page: str, content: str) -> list[str]:
    """Return the files that a page mostly shows, by path from the project, the first of them first."""
    plan = _plan_at(preview, page)
    parts = page.rstrip("/").split("/")
    found = [plan[0].path] if plan else []
    if not plan and len(parts) > 1:
        found.append(f"{parts[0]}/{parts[1]}/plan.md")
    if parts[0]:
        found += [f"{parts[0]}/forbund.md", f"sidor/{parts[0]}.md"]
    else:
        found.append(SETTINGS)
    return [f"{content}/{path}" for path in found]


def watched(preview: PreviewState | None, pages: Iterable[str], content: str) -> set[str]:
    """Return the files that open pages mostly show, by path from the content folder."""
    if preview is None:
        return set()
    return {
        file.partition("/")[2] for page in pages for file in files_of(preview, page.removeprefix(FORM_PAGES), content)
    }


def looked_at(pages: Iterable[str]) -> set[str]:
    """Return the files of the site that open pages show; a form's page shows its plan."""
    return {file_of(page.removeprefix(FORM_PAGES)) for page in pages}


def _count(number: int, key: str, texts: Texts) -> str:
    return texts.tell(f"{key}-one") if number == 1 else texts.tell(f"{key}-many", count=number)
