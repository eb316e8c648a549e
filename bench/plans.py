"""Generates a content folder with any number of plans, deterministically: `python -m bench.plans 150 /some/folder`.

Each plan has four columns, some twenty rows, goals and about 2 000 words with lists, tables and footnotes:
the size of the real plans in `content/`. The sums hold, so that the site publishes. Nothing here is about real people.
"""

import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

YEARS_EACH = 20
FIRST_YEAR = 2005
SAVED = 400_000
"""Kronor: opening equity of the budget's first year."""
VOCABULARY = """
    förbundet stöd samverkan insats deltagare kommun region arbete studier rehabilitering målgrupp styrelse uppföljning
    behov metod resurs ansvar möte personal kunskap utveckling hälsa försörjning planering myndighet enkät resultat
    unga vuxna coach handledning praktik utbildning dialog struktur process information plan budget år tidigt
    gemensam lokal långsiktig tydlig öppen stark bättre och eller för att med av i på till från som ska kan vill
"""
WORDS = VOCABULARY.split()
MUNICIPALITIES = ("Norrby", "Söderby", "Österby", "Västerby", "Mellanby", "Åby")
ACTIVITIES = (
    "Coachning",
    "Vägen in",
    "Unga framåt",
    "Samtalsrum",
    "Ny start",
    "Arbetsspåret",
    "Hälsolots",
    "Nya insatser",
)


def make_plans(count: int, folder: Path) -> None:
    """Write `count` plans for as many förbund as it takes, twenty years each."""
    associations = range((count + YEARS_EACH - 1) // YEARS_EACH)
    names = [f"forbund-{number:03}" for number in associations]
    _write(folder / "webbplats.yaml", _settings(names))
    _write(
        folder / "sidor" / "om.md", "---\ntitel: Om\nmeny: nej\n---\n# Om platsen\n\nPåhittade planer för mätning.\n"
    )
    for number, name in enumerate(names):
        _write(folder / name / "forbund.md", _association(number))
        for year in range(FIRST_YEAR, FIRST_YEAR + min(YEARS_EACH, count - number * YEARS_EACH)):
            _write(folder / name / str(year) / "plan.md", plan_text(name, number, year))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _settings(names: list[str]) -> str:
    return (
        "schema: finsam-webbplats/1\nnamn: Mätplatsen\nbeskrivning: Påhittade planer för mätning.\n"
        f"förbund: [{', '.join(names)}]\n"
    )


def _association(number: int) -> str:
    members = "".join(
        f"  - {{namn: {name} kommun {number}, kort: {name} {number}, typ: kommun}}\n" for name in MUNICIPALITIES
    )
    return (
        f"---\nschema: finsam-förbund/1\nnamn: Samordningsförbundet {number}\nkortnamn: Förbund {number}\nmedlemmar:\n"
        f"{members}  - {{namn: Region {number}, kort: regionen, typ: region}}\n"
        "  - {namn: Försäkringskassan, typ: staten}\n  - {namn: Arbetsförmedlingen, typ: staten}\n---\n"
        "Förbundet är påhittat.\n"
    )


def plan_text(name: str, number: int, year: int) -> str:
    """Return the text of one plan."""
    dice = random.Random(f"{name}-{year}")
    return f"---\n{_metadata(name, year)}{_budget(dice, number, year)}{_goals(dice)}---\n{_body(dice)}"


def _metadata(name: str, year: int) -> str:
    return (
        f"schema: finsam-plan/1\nförbund: {name}\ntitel: Verksamhetsplan {year}\når: {year}\nstatus: beslutad\n"
        f'beslut: {{organ: styrelsen, datum: "{year - 1}-11-20"}}\nsammanfattning: Förbundet vill ge fler stöd.\n'
    )


def _budget(dice: random.Random, number: int, year: int) -> str:
    kommuner = [[dice.randrange(100, 600) * 1000 for _ in MUNICIPALITIES] for _ in range(4)]
    quarter = [sum(column) for column in kommuner]
    by_municipality = zip(MUNICIPALITIES, zip(*kommuner, strict=True), strict=True)
    incomes = [(f"{name} kommun {number}", "kommun", list(row)) for name, row in by_municipality]
    incomes += [
        (f"Region {number}", "region", quarter),
        ("Försäkringskassan", "staten", [2 * part for part in quarter]),
    ]
    totals = [4 * part for part in quarter]
    results = [dice.randrange(10, 30) * 1000 for _ in totals]
    saved = list(accumulate(results, initial=SAVED))[1:]
    costs = list(_costs(dice, totals, results))
    columns = "".join(
        f"    - {{id: k{step}, år: {year - 1 + step}, typ: {kind}}}\n"
        for step, kind in enumerate(("prognos", "budget", "plan", "plan"))
    )
    return (
        f"budget:\n  enhet: kr\n  kapitalmodell: separat\n  kolumner:\n{columns}"
        f"  intäkter:\n    rader:\n{_rows(incomes, 'part')}"
        f"    summa: {{namn: Summa intäkter, belopp: {_cells(totals)}}}\n"
        f"  kostnader:\n    rader:\n{_rows(costs, 'ändamål')}"
        f"    summa: {{namn: Summa kostnader, belopp: {_cells(_sums(costs))}}}\n"
        f"  resultat: {{namn: Resultat, roll: årets-resultat, belopp: {_cells(results)}}}\n"
        f"  eget_kapital:\n    ingående: {{namn: Sparat, år: {year - 2}, belopp: {_cells([SAVED])[1:-1]}}}\n"
        f"    utgående: {{namn: Sparat vid årets slut, belopp: {_cells(saved)}}}\n"
        "  finansiella_mål:\n    punkter:\n      - {text: Förbundet ska ha pengar kvar.}\n"
    )


def _costs(dice: random.Random, totals: list[int], results: list[int]) -> Iterator[tuple[str, str, list[int]]]:
    """Yield the cost rows; the last activity takes what remains to reach the results."""
    rows = []
    purposes = ("individ", "individ", "individ", "struktur", "struktur", "individ", "struktur", "ny")
    for name, purpose in zip(ACTIVITIES, purposes, strict=True):
        rows.append((name, purpose, [total * dice.randrange(4, 11) // 100_000 * 1000 for total in totals]))
    for name in ("Kansli", "Styrelse", "Revision", "Ekonomihantering", "Information", "Lokaler"):
        rows.append((name, "administration", [dice.randrange(20, 140) * 1000 for _ in totals]))
    left = [total - result - spent for total, result, spent in zip(totals, results, _sums(rows), strict=True)]
    rows[len(ACTIVITIES) - 1][2][:] = [new + more for new, more in zip(rows[len(ACTIVITIES) - 1][2], left, strict=True)]
    yield from rows


def _sums(rows: list[tuple[str, str, list[int]]]) -> list[int]:
    return [sum(row[2][column] for row in rows) for column in range(4)]


def _rows(rows: list[tuple[str, str, list[int]]], key: str) -> str:
    return "".join(
        f"      - {{namn: {name}, {key}: {word}, belopp: {_cells(amounts)}}}\n" for name, word, amounts in rows
    )


def _cells(amounts: list[int]) -> str:
    return f"[{', '.join(f'{amount:,}'.replace(',', ' ') for amount in amounts)}]"


def _goals(dice: random.Random) -> str:
    lines = ["mål:"]
    for _ in range(3):
        lines += [f"  - text: {_sentence(dice, 8)}", "    delmål:"]
        for _ in range(3):
            lines += [f"      - text: {_sentence(dice, 7)}", f"        aktiviteter:\n          - {_sentence(dice, 6)}"]
            lines += [f"        mått:\n          - {_sentence(dice, 5)}"]
    return "\n".join(lines) + "\n"


def _sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize()


def _body(dice: random.Random) -> str:
    return "\n".join(part for number in range(1, 11) for part in _chapter(dice, number)) + "\n[^1]: En not.\n"


def _chapter(dice: random.Random, number: int) -> Iterator[str]:
    yield f"# {number}. {_sentence(dice, 2)}\n"
    for _ in range(3):
        yield " ".join(f"{_sentence(dice, 11)}." for _ in range(4)) + ("[^1]\n" if number == 1 else "\n")
    yield "\n".join(f"- {_sentence(dice, 6)}" for _ in range(4)) + "\n"
    if number % 5 == 0:
        rows = "\n".join(f"| {_sentence(dice, 2)} | {dice.randrange(100)} | {dice.randrange(100)} |" for _ in range(6))
        yield f"Tabell: {_sentence(dice, 3)}\n\n| Vad | Antal | Andel |\n| --- | ---: | ---: |\n{rows}\n"
    yield f"## {number}.1 {_sentence(dice, 2)}\n\n" + " ".join(f"{_sentence(dice, 10)}." for _ in range(4)) + "\n"


if __name__ == "__main__":
    make_plans(int(sys.argv[1]), Path(sys.argv[2]))
