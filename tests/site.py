"""A site for a test: written like staff write it, built by the real command, read like its readers read it."""

import io
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

from insyn.build import pipeline
from insyn.build.seams import SEAM
from insyn.command import main
from insyn.disk.build_record import TOOLS, is_content
from insyn.disk.content import read_lines, read_texts
from insyn.disk.output import MANIFEST
from insyn.disk.snapshot import take_snapshot
from insyn.model import Association, Plan
from insyn.problems import Problem
from insyn.reading.plan_file import read_plan_text
from insyn.reading.site_files import read_surround
from insyn.reading.sources import Listing, listing_of

SETTINGS = """
    schema: finsam-webbplats/1
    namn: Provplatsen
    beskrivning: En plats för prov.
    förbund: [norr]
    återberättat_av: provplatsens utgivare
    tillgänglighet:
      aktör: Samordningsförbundet Norr
      förenlighet: delvis förenlig
      brister:
        - {text: Kartan kan inte läsas av en skärmläsare., skäl: brist}
      bedömd: 2039-10-01
      uppdaterad: 2039-10-02
      metod: Vi har gått igenom webbplatsen själva.
      rapportera: {e-post: info@norr.se}
"""
"""With an accessibility statement dated so late that no plan of a test makes it old."""
ASSOCIATION = """
    ---
    schema: finsam-förbund/1
    namn: Samordningsförbundet Norr
    kortnamn: Norr
    medlemmar:
      - {namn: Åby kommun, kort: Åby, typ: kommun}
      - {namn: Östby kommun, kort: Östby, typ: kommun}
      - {namn: Region Norr, kort: regionen, typ: region}
      - {namn: Försäkringskassan, typ: staten}
      - {namn: Arbetsförmedlingen, typ: staten}
    ---
    Förbundet finns i norr.
"""
PLAN = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    år: 2025
    status: beslutad
    beslut: {organ: styrelsen, datum: 2024-11-20}
    budget:
      enhet: kr
      kapitalmodell: separat
      kolumner:
        - {id: b2025, år: 2025, typ: budget}
        - {id: p2026, år: 2026, typ: plan}
      intäkter:
        rader:
          - {namn: Åby kommun, part: kommun, belopp: [300 000, 300 000]}
          - {namn: Östby kommun, part: kommun, belopp: [200 000, 200 000]}
          - {namn: Region Norr, part: region, belopp: [500 000, 500 000]}
          - {namn: Försäkringskassan, part: staten, belopp: [1 000 000, 1 000 000]}
        summa: {namn: Summa intäkter, belopp: [2 000 000, 2 000 000]}
      kostnader:
        rader:
          - {namn: Coachning, ändamål: individ, belopp: [1 500 000, 1 400 000]}
          - {namn: Kansli, ändamål: administration, belopp: [500 000, 600 000]}
        summa: {namn: Summa kostnader, belopp: [2 000 000, 2 000 000]}
      resultat: {namn: Resultat, belopp: [0, 0]}
    ---
    # 1. Uppdrag

    Förbundet stödjer samverkan.
"""
LAWFUL_PLAN = """
    ---
    schema: finsam-plan/1
    förbund: norr
    titel: Verksamhetsplan 2025
    undertitel: Med plan för 2026 och 2027
    år: 2025
    status: beslutad
    dnr: "2024:17"
    samråd: 2024-09-10
    förslag_publicerat: 2024-11-06
    sammanträde: {datum: 2024-11-20, plats: Åby, tillkännagivet: 2024-11-06, offentligt: ja}
    beslut: {organ: styrelsen, datum: 2024-11-20}
    budget:
      enhet: kr
      kapitalmodell: separat
      kolumner:
        - {id: b2025, år: 2025, typ: budget}
        - {id: p2026, år: 2026, typ: plan}
        - {id: p2027, år: 2027, typ: plan}
      intäkter:
        rader:
          - {namn: Åby kommun, part: kommun, belopp: [300 000, 300 000, 300 000]}
          - {namn: Östby kommun, part: kommun, belopp: [200 000, 200 000, 200 000]}
          - {namn: Region Norr, part: region, belopp: [500 000, 500 000, 500 000]}
          - {namn: Försäkringskassan, part: staten, belopp: [1 000 000, 1 000 000, 1 000 000]}
        summa: {namn: Summa intäkter, belopp: [2 000 000, 2 000 000, 2 000 000]}
      kostnader:
        rader:
          - {namn: Coachning, ändamål: individ, belopp: [1 540 000, 1 590 000, 1 590 000]}
          - {namn: Kansli, ändamål: administration, belopp: [400 000, 400 000, 400 000]}
        summa: {namn: Summa kostnader, belopp: [1 940 000, 1 990 000, 1 990 000]}
      resultat: {namn: Resultat, belopp: [60 000, 10 000, 10 000]}
      eget_kapital:
        ingående: {namn: Eget kapital 2024, år: 2024, belopp: 250 000}
        utgående: {namn: Eget kapital, belopp: [310 000, 320 000, 330 000]}
      finansiella_mål:
        punkter:
          - {text: Högst 25 procent till administration., mått: andel-administration, riktning: högst, gräns: 25}
    mål:
      - {text: Fler ska komma i arbete.}
    ---
    # 1. Uppdrag

    Förbundet följer lagen (2003:1210).
"""
"""A plan that follows every rule that can be checked in it."""
LAWFUL_PROPOSAL = LAWFUL_PLAN.replace("status: beslutad", "status: förslag").replace(
    "    beslut: {organ: styrelsen, datum: 2024-11-20}\n", ""
)
"""The proposal that it was decided from."""
PROPOSAL_FILE = "norr/2025/versioner/forslag.md"
PLAN_FILE = "norr/2025/plan.md"
ASKED_BY_LAW = frozenset({"horizon-short", "contents-missing"})
"""Warnings for the plan above: it is short enough to read in a test, and so has two years and no goals."""


def list_content(content: Path) -> Listing:
    """Sort the files of a content folder by kind."""
    return listing_of({path: found for path, (_, found) in take_snapshot(str(content), is_content, None).files.items()})


def read_content(content: Path) -> tuple[dict[str, Association], list[Plan]]:
    """Read the förbund, by id, and the plans of a content folder."""
    listing = list_content(content)
    files = [file for file in [listing.settings, *listing.associations, *listing.pages, *listing.plans] if file]
    texts, _ = read_texts(content, content.name, files)
    surround = read_surround(listing, texts, content.name)
    plans = (read_plan_text(file, texts[file.path])[0] for file in listing.plans)
    return {association.id: association for association in surround.associations}, [plan for plan in plans if plan]


COMPILED = shutil.ignore_patterns("*.pyc*", "*.tmp")
"""Not copied from the project. Compiled templates are, or each build would compile them."""


def copy_of(project: Path, folder: Path) -> Path:
    """Copy the materials of pages, so that a test may edit templates, styles and the catalogue."""
    for part in TOOLS:
        shutil.copytree(project / part, folder / part, ignore=COMPILED)
    return folder


def read_page(file: Path) -> str:
    """Return the HTML of a published page with its words whole, as they are read."""
    return file.read_text("utf-8").replace(SEAM, "")


class TestSite:
    """A project folder with `content/` and `output/`, and the output of the last command."""

    __test__ = False

    def __init__(self, folder: Path, *, content: Path | None = None) -> None:
        self.content = content or folder / "content"
        self.output = folder / "output"
        self.printed = ""
        if content is None:
            self.write("webbplats.yaml", SETTINGS)
            self.write("norr/forbund.md", ASSOCIATION)

    def write(self, path: str, text: str) -> Path:
        """Write a file under `content/`, without the margin that comes from the test's own indentation."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip("\n"), "utf-8")
        return file

    def write_plan(self, text: str = PLAN, *changes: tuple[str, str]) -> Path:
        """Write the plan of 2025, with each change replacing a text that must be in it."""
        for before, after in changes:
            assert before in text, f"{before!r} isn't in the plan"
            text = text.replace(before, after)
        return self.write(PLAN_FILE, text)

    def edit(self, path: str, before: str, after: str) -> None:
        """Replace a text that must be in a file, as an editor would."""
        file = self.content / path
        text = file.read_text("utf-8")
        assert before in text, f"{before!r} isn't in {path}"
        file.write_text(text.replace(before, after), "utf-8")

    def run(self, *words: str) -> int:
        """Run the command like staff do; keep its output."""
        out, errors = io.StringIO(), io.StringIO()
        folders = ["--innehåll", str(self.content), "--till", str(self.output)]
        code = main([*words, *folders], out, errors)
        self.printed = errors.getvalue() + out.getvalue()
        return code

    def build(self, *, pdfs: bool = False, search: bool = False) -> int:
        """Build the site; by default without PDFs and the search index, which are slow."""
        return self.run("bygg", *([] if pdfs else ["--utan-pdf"]), *([] if search else ["--utan-sök"]))

    def found(self) -> tuple[Problem, ...]:
        """Return the problems found by a check, except those that a test's small plan has with the law."""
        return tuple(one for one in self.check().problems if one.code not in ASKED_BY_LAW)

    def check(self) -> pipeline.BuildResult:
        """Check the site as `kontrollera` does."""
        return pipeline.check(self.content, self.output, lambda _step, _done, _total: None)

    def check_all(self) -> pipeline.BuildResult:
        """Check the site as `kontrollera --allt` does."""
        return pipeline.check_all(self.content, self.output, lambda _step, _done, _total: None)

    def lines(self) -> dict[str, list[str]]:
        """Return the lines of every file, by its path for people."""
        files = (file for file in self.content.rglob("*") if file.is_file())
        names = (f"content/{file.relative_to(self.content).as_posix()}" for file in files)
        return {name: read_lines(self.content, name) for name in names}

    def problems(self) -> list[tuple[str, int, int]]:
        """Return code, line and column of each problem, in order."""
        ordered = sorted(self.found(), key=lambda problem: problem.place)
        return [(problem.code, problem.place.line, problem.place.column) for problem in ordered]

    def page(self, path: str) -> str:
        """Return the HTML of a page: "norr/2025/"."""
        return read_page(self.output / path / "index.html")

    def text_of(self, path: str) -> str:
        """Return the text of a page, without its markup and drawings."""
        html = re.sub(r"<svg.*?</svg>|<head>.*?</head>", " ", self.page(path), flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    def files(self) -> dict[str, bytes]:
        """Return everything published, by path."""
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in self._published()}

    def _published(self) -> Iterator[Path]:
        return (file for file in sorted(self.output.rglob("*")) if file.is_file() and file.name != MANIFEST)
