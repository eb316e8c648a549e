"""The shared cases of arithmetic as a whole: required and forbidden text on their pages. Skipped if missing."""

import re
from pathlib import Path

import pytest

from tests.site import TestSite

CASES = Path(__file__).parent.parent.parent / "shared" / "cases" / "arithmetic"
CLAIMS = {
    "fore-forbundet": (["gällde inte när planen beslutades"], ["senast den 30 november 2003"]),
    "hundralapp": (["Därför blir de tillsammans 101 kronor och inte 100.", "101 kronor"], []),
    "lag-annat-mote": (
        ["Ett annat möte än det där planen beslutades hölls, öppet för alla."],
        ["Det var i tid: förslaget ska finnas här"],
    ),
    "lag-forslag-efter-aret": (["hade sista dagen att besluta", "redan gått"], []),
    "liten-andring": (["mindre än 0,1 % högre än budgeten för 2025"], [" 0,0 % högre", " 0,0 % lägre", " 0,0 procent"]),
    "negativ-intakt": (["betala tillbaka"], []),
    "reviderad-ny-enhet": (["Kostnaderna för 2026 blev 100 000 kronor högre än i versionen före."], []),
    "utfall-klart": (["så att 450 000 kronor fanns kvar i slutet av året", "sparades"], ["beräknas 450 000 kronor"]),
    "utfall-okand-summa": (
        ["Kostnaderna i utfallet för 2026 går inte att räkna ut: beloppet saknas för ”Kansli”."],
        ["650 000 kronor lägre", "33 %", "Avviker 375 000"],
    ),
}
"""For each case, texts of which some page must have at least one, and texts that no page may have."""


def pages(site: TestSite) -> list[str]:
    files = site.output.glob("norr/20*/index.html")
    return [re.sub(r"\s+", " ", site.text_of(f"{file.parent.relative_to(site.output)}/")) for file in files]


@pytest.mark.parametrize("case", CLAIMS)
def test_a_case_of_arithmetic_is_told_as_it_is(case: str, tmp_path: Path) -> None:
    if not CASES.is_dir():
        pytest.skip("the shared cases aren't beside the project")
    site = TestSite(tmp_path, content=CASES / case / "content")
    assert site.build() == 0, site.printed
    said = " ".join(pages(site)).replace("\u00a0", " ")
    right, wrong = CLAIMS[case]
    assert any(words in said for words in right), said
    assert [words for words in wrong if words in said] == []


def test_every_shared_case_of_arithmetic_has_its_claims() -> None:
    if not CASES.is_dir():
        pytest.skip("the shared cases aren't beside the project")
    assert sorted(CLAIMS) == sorted(one.name for one in CASES.iterdir())
