"""The words of the charts: on the five plans, sentence by sentence, and for plans unlike most others."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from insyn.charts import payers, purposes
from insyn.charts.catalogue import charts_of
from insyn.charts.chart import Chart, ChartTable, Hundred, TableRow, Unshown, Words
from insyn.charts.figures import (
    PAYERS,
    PURPOSES,
    Bar,
    Bars,
    Columns,
    Figure,
    LevelLine,
    Series,
    ShareBar,
    Step,
    Waterfall,
)
from insyn.charts.plan_charts import CHART_IDS, Shown
from insyn.disk.materials import read_catalogue
from insyn.model import Funder, Member, Unit
from insyn.texts import Texts, read_texts
from tests.site import TestSite, read_content
from tests.test_budget import budget_of

pytestmark = pytest.mark.usefixtures("unlikely_sums")

FIVE_PLANS = """
hoglandet vem-betalar
Staten betalar hälften av medlemmarnas bidrag: 4,02 av 8,04 miljoner kronor 2024
Försäkringskassan och Arbetsförmedlingen bidrar med 4 018 000 kronor, Region Jönköpings län med 2 009 000 kronor
och de sex kommunerna tillsammans med 2 009 000 kronor. Utöver det räknar förbundet med 50 000 kronor i ränta.

hoglandet vad-kommunerna-betalar
Nässjö bidrar mest av kommunerna: 557 750 kronor 2024
Kommunerna bidrar tillsammans med 2 009 000 kronor. Nässjö står för 27,8 procent och Aneby för 5,9 procent.

hoglandet vad-pengarna-gar-till
Mer än hälften av pengarna går till stöd till enskilda personer 2024
Av 8 236 000 kronor går 4 542 500 kronor (55,2 procent) till stöd till enskilda personer, 1 971 000 kronor (23,9
procent) till samarbete mellan myndigheter och 1 525 500 kronor (18,5 procent) till administration. Dessutom går
197 000 kronor (2,4 procent) till ny verksamhet.

hoglandet en-hundralapp
Så används en hundralapp 2024
Av varje hundralapp som förbundet använder går 55 kronor till stöd till enskilda personer.

hoglandet vilka-insatser-kostar-mest
Mest pengar går till ”SE-Höglandet”: 3,98 miljoner kronor 2024
Därefter kommer ”Uppdrag samverkan” med 1 800 000 kronor och ”IT-spåret” med 562 500 kronor. ”Räkna med oss!”
och ”Ny verksamhet” räknas som ny verksamhet. En insats har inga pengar 2024: ”Psykiatriveckan”.

hoglandet hur-kostnaderna-andras
Kostnaderna beräknas öka till 8,24 miljoner kronor 2024
Prognosen för 2023 är 7 839 000 kronor. Budgeten för 2024 är 8 236 000 kronor, alltså 397 000 kronor (5,1
procent) högre. Kostnaderna planeras till 8 086 000 kronor per år 2025 och 2026.

hoglandet vad-okar-och-minskar
”SE-Höglandet” ökar mest: 155 000 kronor mer än i prognosen för 2023
Sju rader ökar med sammanlagt 419 000 kronor och två minskar med sammanlagt 22 000 kronor. Fem är oförändrade.

hoglandet racker-pengarna
Kostnaderna är 150 000 kronor högre än intäkterna 2024
För 2024 räknar förbundet med intäkter på 8 086 000 kronor och kostnader på 8 236 000 kronor. De beräknas bli
lika stora 2025 och 2026.

hoglandet plus-eller-minus
Förbundet räknar med ett underskott på 150 000 kronor 2024
Prognosen för 2023 visar ett överskott på 297 068 kronor. Budgeten för 2024 visar ett underskott på 150 000
kronor. Intäkter och kostnader beräknas bli lika stora 2025 och 2026. Underskottet 2024 betalas med sparade
pengar.

hoglandet sparade-pengar
De sparade pengarna beräknas vara 1,36 miljoner kronor i slutet av 2024
I början av 2024 beräknas 1 512 650 kronor finnas sparade. Under året används 150 000 kronor, så att 1 362 650
kronor beräknas finnas kvar i slutet av året. I slutet av 2026 beräknas 1 362 650 kronor finnas kvar.

hoglandet hur-mycket-administration
18,5 procent går till administration 2024, förbundets gräns är 20 procent
Administration kostar 1 525 500 av 8 236 000 kronor. Hit räknas ”Tjänsteperson”, ”Styrelse”,
”Kompetensutveckling styrelse/beredningsgrupp”, ”Ekonomihantering”, ”Revision” och ”Övrig administration”.

sodra-vatterbygden vem-betalar
Staten betalar hälften av medlemmarnas bidrag: 4,04 av 8,08 miljoner kronor 2022
Försäkringskassan bidrar med 4 041 000 kronor, Region Jönköpings län med 2 020 500 kronor och de fyra kommunerna
tillsammans med 2 021 000 kronor.

sodra-vatterbygden vad-kommunerna-betalar
Jönköping bidrar mest av kommunerna: 1,63 miljoner kronor 2022
Kommunerna bidrar tillsammans med 2 021 000 kronor. Jönköping står för 80,6 procent och Mullsjö för 4,3 procent.

sodra-vatterbygden vad-pengarna-gar-till
83,6 procent av pengarna går till insatser 2022
Av 9 142 240 kronor går 7 639 240 kronor (83,6 procent) till insatser, 903 000 kronor (9,9 procent) till
administration och 600 000 kronor (6,6 procent) till ny verksamhet. Procenttalen är avrundade och blir därför
inte exakt 100 tillsammans.

sodra-vatterbygden en-hundralapp
Så används en hundralapp 2022
Av varje hundralapp som förbundet använder går 84 kronor till insatser.

sodra-vatterbygden vilka-insatser-kostar-mest
Mest pengar går till ”Enter”: 2,92 miljoner kronor 2022
Därefter kommer ”Nya basverksamheten” med 1 863 000 kronor och ”Verksamhetsutvecklare” med 780 400 kronor.
”Tillgängligt nya insatser/projekt” räknas som ny verksamhet. Två insatser har inga pengar 2022: ”Projekt SE-N”
och ”Förstudie samsjuklighet”.

sodra-vatterbygden hur-kostnaderna-andras
Kostnaderna beräknas öka till 9,14 miljoner kronor 2022
Prognosen för 2021 är 7 084 300 kronor. Budgeten för 2022 är 9 142 240 kronor, alltså 2 057 940 kronor (29,0
procent) högre. Kostnaderna planeras till 9 541 800 kronor 2023 och 10 087 400 kronor 2024.

sodra-vatterbygden vad-okar-och-minskar
”Nya basverksamheten” ökar mest: 1,71 miljoner kronor mer än i prognosen för 2021
Nio rader ökar med sammanlagt 2 248 040 kronor och fem minskar med sammanlagt 790 100 kronor. En är oförändrad.
”Tillgängligt nya insatser/projekt” är en ny rad: 600 000 kronor.

sodra-vatterbygden blev-det-som-planerat
Kostnaderna väntas bli 1,66 miljoner kronor lägre än i budgeten för 2021
Budgeten var 8 742 900 kronor och prognosen är 7 084 300 kronor. ”Tillgängligt nya insatser/projekt” (1 500 000
kronor i budgeten) har inget belopp i prognosen. ”Förstudie samsjuklighet” (196 600 kronor i prognosen) och ”Nya
basverksamheten” (150 000 kronor i prognosen) har inget belopp i budgeten. Störst är skillnaden annars för
”Projekt SE-N”: 185 900 kronor lägre.

sodra-vatterbygden hur-det-gar-ihop
Av 10,18 miljoner kronor beräknas 1,04 miljoner kronor finnas kvar i slutet av 2022
Förbundet räknar med att börja året med 2 100 167 kronor, få 8 082 500 kronor och ha kostnader på 9 142 240
kronor. Då återstår 1 040 427 kronor.

sodra-vatterbygden plus-eller-minus
Förbundet räknar med ett underskott på 1,06 miljoner kronor 2022
Prognosen för 2021 visar ett överskott på 263 700 kronor. Budgeten för 2022 visar ett underskott på 1 059 740
kronor. Planen för 2023 visar ett underskott på 650 800 kronor. Planen för 2024 visar ett underskott på 307 400
kronor. Underskottet 2022 betalas med sparade pengar.

sodra-vatterbygden sparade-pengar
De sparade pengarna beräknas vara 1,04 miljoner kronor i slutet av 2022
I början av 2022 beräknas 2 100 167 kronor finnas sparade. Under året används 1 059 740 kronor, så att 1 040 427
kronor beräknas finnas kvar i slutet av året. I slutet av 2024 beräknas 82 227 kronor finnas kvar.

sodra-vatterbygden hur-mycket-administration
9,9 procent av kostnaderna går till administration 2022
Administration kostar 903 000 av 9 142 240 kronor. Hit räknas ”Kansli”, ”Information”, ”Styrelse” och
”Ekonomihantering”.

finnveden vem-betalar
Staten betalar hälften av medlemmarnas bidrag: 1 496 000 av 2 992 000 kronor 2014
Försäkringskassan bidrar med 1 496 000 kronor, Landstinget i Jönköpings län med 748 000 kronor och de tre
kommunerna tillsammans med 748 000 kronor.

finnveden vad-kommunerna-betalar
Värnamo bidrar mest av kommunerna: 346 600 kronor 2014
Kommunerna bidrar tillsammans med 748 000 kronor. Värnamo står för 46,3 procent och Gnosjö för 13,2 procent.

finnveden vad-pengarna-gar-till
Mer än hälften av pengarna går till insatser 2014
Av 4 412 000 kronor går 2 253 000 kronor (51,1 procent) till insatser, 1 605 000 kronor (36,4 procent) till ny
verksamhet och 554 000 kronor (12,6 procent) till administration. Procenttalen är avrundade och blir därför inte
exakt 100 tillsammans.

finnveden en-hundralapp
Så används en hundralapp 2014
Av varje hundralapp som förbundet använder går 51 kronor till insatser.

finnveden vilka-insatser-kostar-mest
Mest pengar går till ”Nya projekt”: 1,61 miljoner kronor 2014
Därefter kommer ”Stöd till arbete – Supp Empl” med 763 000 kronor och ”Navigatorcentrum” med 596 000 kronor.
”Nya projekt” räknas som ny verksamhet. En insats har inga pengar 2014: ”Processtöd till huvudmännen”.

finnveden hur-kostnaderna-andras
Kostnaderna beräknas minska från 4,41 miljoner kronor 2014 till 3,69 miljoner kronor 2015
Budgeten för 2014 är 4 412 000 kronor. Budgeten för 2015 är 3 692 000 kronor, alltså 720 000 kronor (16,3
procent) lägre.

finnveden hur-det-gar-ihop
Av 4 712 000 kronor beräknas 300 000 kronor finnas kvar i slutet av 2014
Förbundet räknar med att börja året med 1 720 000 kronor, få 2 992 000 kronor och ha kostnader på 4 412 000
kronor. Då återstår 300 000 kronor.

finnveden plus-eller-minus
Förbundet räknar med ett underskott på 1,42 miljoner kronor 2014
Budgeten för 2014 visar ett underskott på 1 420 000 kronor. Budgeten för 2015 visar ett underskott på 300 000
kronor. Underskottet 2014 betalas med sparade pengar.

finnveden sparade-pengar
De sparade pengarna beräknas vara 300 000 kronor i slutet av 2014
I början av 2014 beräknas 1 720 000 kronor finnas sparade. Under året används 1 420 000 kronor, så att 300 000
kronor beräknas finnas kvar i slutet av året. I slutet av 2015 beräknas inget finnas kvar.

finnveden hur-mycket-administration
12,6 procent av kostnaderna går till administration 2014
Administration kostar 554 000 av 4 412 000 kronor. Hit räknas ”Kansli”, ”Styrelse”, ”Information”,
”Ekonomiadministration” och ”Revision”.

sodra-lappland vem-betalar
Staten betalar hälften av medlemmarnas bidrag: 1 876 000 av 3 752 000 kronor 2024
Försäkringskassan bidrar med 1 876 000 kronor, Region Västerbotten med 938 000 kronor och de sju kommunerna
tillsammans med 938 000 kronor. Utöver det räknar förbundet med 300 000 kronor i andra intäkter (”ESF medel”).

sodra-lappland vad-kommunerna-betalar
Lycksele bidrar mest av kommunerna: 326 000 kronor 2024
Kommunerna bidrar tillsammans med 938 000 kronor. Lycksele står för 34,8 procent och Dorotea för 6,7 procent.

sodra-lappland vad-pengarna-gar-till
Mer än hälften av pengarna går till ”Projektkostnader” 2024
Av 4 483 000 kronor går 2 473 000 kronor (55,2 procent) till ”Projektkostnader”, 1 400 000 kronor (31,2 procent)
till ”Kansli och administration -personal” och 310 000 kronor (6,9 procent) till ”Övriga administrativa
kostnader”. Dessutom går 265 000 kronor (5,9 procent) till ”Styrelsen” och 35 000 kronor (0,8 procent) till
”Lokalkostnader”.

sodra-lappland en-hundralapp
Så används en hundralapp 2024
Av varje hundralapp som förbundet använder går 55 kronor till ”Projektkostnader”.

sodra-lappland vilka-insatser-kostar-mest
Mest pengar går till ”Verksamhetsutvecklare/Processtöd”: 956 000 kronor 2024
Därefter kommer ”Övriga” med 800 000 kronor och ”En väg vidare” med 717 000 kronor. Två insatser har inga pengar
2024: ”Flerpartssamverkan” och ”SIKT 2.0”.

sodra-lappland hur-kostnaderna-andras
Kostnaderna beräknas öka till 4,48 miljoner kronor 2024
Budgeten för 2023 är 4 326 000 kronor. Budgeten för 2024 är 4 483 000 kronor, alltså 157 000 kronor (3,6
procent) högre. Kostnaderna planeras till 4 371 000 kronor 2025 och 4 071 000 kronor 2026.

sodra-lappland vad-okar-och-minskar
”Verksamhetsutvecklare/Processtöd” ökar mest: 956 000 kronor mer än i budgeten för 2023
Tre rader ökar med sammanlagt 1 786 000 kronor och fyra minskar med sammanlagt 1 629 000 kronor. Elva är
oförändrade.

sodra-lappland hur-det-gar-ihop
Av 6,15 miljoner kronor beräknas 1,67 miljoner kronor finnas kvar i slutet av 2024
Förbundet räknar med att börja året med 2 096 000 kronor, få 4 052 000 kronor och ha kostnader på 4 483 000
kronor. Då återstår 1 665 000 kronor.

sodra-lappland plus-eller-minus
Förbundet räknar med ett underskott på 431 000 kronor 2024
Budgeten för 2023 visar ett underskott på 574 000 kronor. Budgeten för 2024 visar ett underskott på 431 000
kronor. Planen för 2025 visar ett underskott på 319 000 kronor. Planen för 2026 visar ett underskott på 319 000
kronor. Underskottet 2024 betalas med sparade pengar.

sodra-lappland sparade-pengar
De sparade pengarna beräknas vara 1,67 miljoner kronor i slutet av 2024
I början av 2024 beräknas 2 096 000 kronor finnas sparade. Under året används 431 000 kronor, så att 1 665 000
kronor beräknas finnas kvar i slutet av året. I slutet av 2026 beräknas 1 027 000 kronor finnas kvar.

sunnerbo vem-betalar
Staten betalar hälften av medlemmarnas bidrag: 2,09 av 4,18 miljoner kronor 2021
Arbetsförmedlingen och Försäkringskassan bidrar med 2 092 000 kronor, Region Kronoberg med 1 046 000 kronor och
de tre kommunerna tillsammans med 1 045 998 kronor. Delarna blir tillsammans 4 183 998 kronor. I planen står 4
184 000 kronor. Skillnaden förklaras under Siffror som avviker.

sunnerbo vad-kommunerna-betalar
De tre kommunerna bidrar lika mycket: 348 666 kronor vardera 2021
Kommunerna bidrar tillsammans med 1 045 998 kronor. Var och en står för 33,3 procent.

sunnerbo vad-pengarna-gar-till
74,6 procent av pengarna går till insatser 2021
Av 7 490 000 kronor går 5 584 000 kronor (74,6 procent) till insatser, 1 176 000 kronor (15,7 procent) till
administration och 350 000 kronor (4,7 procent) till övriga kostnader. Dessutom går 130 000 kronor (1,7 procent)
till samarbete mellan myndigheter, 125 000 kronor (1,7 procent) till styrelsen och 125 000 kronor (1,7 procent)
till revision. Procenttalen är avrundade och blir därför inte exakt 100 tillsammans. Raderna blir tillsammans 7
490 000 kronor. I planen står summan 7 489 000 kronor. Skillnaden förklaras under Siffror som avviker.

sunnerbo en-hundralapp
Så används en hundralapp 2021
Av varje hundralapp som förbundet använder går 75 kronor till insatser.

sunnerbo vilka-insatser-kostar-mest
Mest pengar går till ”Finansierade insatser”: 5,58 miljoner kronor 2021
Därefter kommer ”Digitalisering” med 130 000 kronor.

sunnerbo hur-kostnaderna-andras
Kostnaderna beräknas minska från 7,49 miljoner kronor 2021 till 4,18 miljoner kronor 2022
Budgeten för 2021 är 7 489 000 kronor. Kostnaderna planeras till 4 184 000 kronor per år 2022 och 2023.

sunnerbo hur-det-gar-ihop
Av 8,61 miljoner kronor beräknas 1,12 miljoner kronor finnas kvar i slutet av 2021
Förbundet räknar med att börja året med 4 423 000 kronor, få 4 184 000 kronor och ha kostnader på 7 489 000
kronor. Då återstår 1 118 000 kronor.

sunnerbo plus-eller-minus
Förbundet räknar med ett underskott på 3,31 miljoner kronor 2021
Budgeten för 2021 visar ett underskott på 3 305 000 kronor. Intäkter och kostnader beräknas bli lika stora 2022
och 2023. Underskottet 2021 betalas med sparade pengar.

sunnerbo sparade-pengar
De sparade pengarna beräknas vara 1,12 miljoner kronor i slutet av 2021
I början av 2021 beräknas 4 423 000 kronor finnas sparade. Under året används 3 305 000 kronor, så att 1 118 000
kronor beräknas finnas kvar i slutet av året. I slutet av 2023 beräknas 1 118 000 kronor finnas kvar.
"""
"""Plan and chart, title, and the words beneath it. Checked against the source plans; wrapped at 112 characters."""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def quiet(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


# --- The five plans -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def five(project: Path) -> dict[str, tuple[Shown, ...]]:
    """Every chart of the five plans, by förbund."""
    texts = read_texts(read_catalogue())
    associations, plans = read_content(project / "content")
    found = {}
    for plan in plans:
        found[plan.association] = charts_of(plan, associations[plan.association], texts).shown()
    return found


def written_out() -> dict[tuple[str, str], tuple[str, str]]:
    """Read the sentences above: title and summary by plan and chart."""
    blocks = (block.splitlines() for block in FIVE_PLANS.strip().split("\n\n"))
    return {(name.split()[0], name.split()[1]): (title, " ".join(words)) for name, title, *words in blocks}


@pytest.mark.parametrize(("plan", "chart"), written_out())
def test_the_charts_of_the_five_plans_say_what_their_figures_say(
    plan: str, chart: str, five: dict[str, tuple[Shown, ...]]
) -> None:
    (said,) = (shown for shown in five[plan] if shown.id == chart)
    assert isinstance(said, Chart | Hundred)
    assert (plain(said.title), plain(said.summary)) == written_out()[plan, chart]


def test_the_five_plans_have_these_charts_and_no_others(five: dict[str, tuple[Shown, ...]]) -> None:
    assert [(plan, shown.id) for plan, charts in five.items() for shown in charts] == sorted(
        written_out(), key=lambda pair: (list(five).index(pair[0]), CHART_IDS.index(pair[1]))
    )


def every_chart(five: dict[str, tuple[Shown, ...]]) -> list[Chart]:
    return [shown for charts in five.values() for shown in charts if isinstance(shown, Chart)]


def test_a_title_has_at_most_fifteen_words_and_no_full_stop(five: dict[str, tuple[Shown, ...]]) -> None:
    for chart in every_chart(five):
        assert len(plain(chart.title).split()) <= 15, chart.title
        assert chart.title[0] == chart.title[0].upper()
        assert not chart.title.endswith(".")


def test_the_words_beneath_a_title_do_not_repeat_it_and_say_the_year(five: dict[str, tuple[Shown, ...]]) -> None:
    for chart in every_chart(five):
        assert chart.title not in chart.summary
        assert chart.summary.endswith(".")
        assert re.search(r"\b20\d\d\b", chart.title)
        assert re.search(r"\b20\d\d\b.*\.$", chart.description)


COLOURS = {
    "vem-betalar": PAYERS,
    "vad-kommunerna-betalar": {Series.MUNICIPALITY},
    "vad-pengarna-gar-till": PURPOSES | {Series.COSTS},
    "en-hundralapp": PURPOSES | {Series.COSTS},
    "vilka-insatser-kostar-mest": PURPOSES,
    "hur-kostnaderna-andras": {Series.COSTS},
    "vad-okar-och-minskar": PURPOSES | {Series.COSTS},
    "blev-det-som-planerat": {Series.COSTS},
    "hur-det-gar-ihop": {Series.SAVED, Series.INCOME, Series.COSTS},
    "racker-pengarna": {Series.INCOME, Series.COSTS},
    "plus-eller-minus": {Series.RESULT},
    "hur-mycket-administration": {Series.ADMINISTRATION},
}
"""The coloured series of each chart. A line always shows saved money."""


def test_a_colour_means_the_same_in_every_chart(five: dict[str, tuple[Shown, ...]]) -> None:
    for charts in five.values():
        for shown in charts:
            assert colours(shown) <= COLOURS.get(shown.id, set()), shown.id


def colours(shown: Shown) -> set[Series]:
    """Return the meanings of the colours in a chart's marks and key."""
    if isinstance(shown, Hundred):
        return {part.series for part in shown.shares}
    if not isinstance(shown, Chart):
        return set()
    return {key.series for key in shown.keys if key.series} | _drawn_colours(shown.figure)


def _drawn_colours(figure: Figure) -> set[Series]:
    return set() if isinstance(figure, LevelLine) else {mark.series for mark in drawn_in(figure)}


def values(figure: Figure) -> list[str]:
    """Return the texts at a figure's marks."""
    return [mark.value for mark in (figure.points if isinstance(figure, LevelLine) else drawn_in(figure))]


def drawn_in(figure: Bars | ShareBar | Columns | Waterfall) -> Sequence[Bar | Step]:
    match figure:
        case Bars(bars=marks) | ShareBar(parts=marks):
            return marks
        case Waterfall(steps=steps):
            return steps
        case Columns(groups=groups):
            return [bar for group in groups for bar in group.bars]


def number(cell: str) -> Fraction:
    """Read an amount in a chart's table."""
    return Fraction(cell.replace("\u00a0", "").replace("\u2212", "-").replace(",", "."))


SUMMED = ("vem-betalar", "vad-kommunerna-betalar", "vad-pengarna-gar-till", "vilka-insatser-kostar-mest")


def assert_sums_to_its_total(chart: Chart) -> None:
    """Assert that the rows of a chart add up to its row for all, if any, and a waterfall's steps to its last."""
    amounts = [number(row.cells[chart.table.text_columns]) for row in chart.table.rows]
    *parts, total = amounts
    assert chart.table.rows[-1].is_total
    assert sum(parts) == total


def test_the_rows_of_every_table_come_to_its_total(five: dict[str, tuple[Shown, ...]]) -> None:
    summed = [chart for chart in every_chart(five) if chart.id in (*SUMMED, "hur-det-gar-ihop")]
    assert len(summed) == 4 * 5 + 4
    for chart in summed:
        assert_sums_to_its_total(chart)


def marks_of(chart: Chart) -> list[int]:
    """Return the amounts that a chart draws."""
    match chart.figure:
        case Bars(bars):
            return [bar.amount for bar in bars]
        case ShareBar(parts):
            return [part.amount for part in parts]
        case Columns(groups=groups):
            return [bar.amount for group in groups for bar in group.bars]
        case Waterfall(steps):
            return [step.amount for step in steps]
        case LevelLine(points):
            return [point.amount for point in points]


def listed_in(chart: Chart) -> set[Fraction]:
    """Return the amounts in a chart's table, in kronor and without sign."""
    unit = 1_000 if "tkr" in chart.table.caption else 1
    cells = (cell for row in chart.table.rows for cell in row.cells[chart.table.text_columns :])
    return {abs(number(cell)) * unit for cell in cells if not cell.endswith("%") and cell != "uppgift saknas"}


def crossings_of(chart: Chart) -> list[int]:
    """Return the amounts that bars are compared with, and those that they are parts of."""
    bars = chart.figure.bars if isinstance(chart.figure, Bars) else ()
    return [amount for bar in bars for amount in (bar.mark, bar.whole) if amount is not None]


def test_what_is_drawn_stands_in_the_table(five: dict[str, tuple[Shown, ...]]) -> None:
    """But for what several rows of 001 come to that are drawn as one bar: its two smallest activities, the seven
    smallest changes, and the nine rows that differ least from their budgets."""
    unlisted = {
        amount
        for chart in every_chart(five)
        for amount in map(abs, (*marks_of(chart), *crossings_of(chart)))
        if amount and amount not in listed_in(chart)
    }
    assert unlisted == {235_000, 54_600, 5_111_500, 5_060_600}


UNITS = {
    Unit.KR: (", kronor", ", kr"),
    Unit.TKR: (", tusental kronor (tkr)", ", tkr"),
    Unit.MKR: (", miljoner kronor (mnkr)", ", mnkr"),
}


@pytest.mark.parametrize("unit", [Unit.TKR, Unit.MKR])
def test_every_chart_tells_its_amounts_in_the_unit_of_its_plan(unit: Unit, project: Path, texts: Texts) -> None:
    """In its table's caption, headings and cells. The same amounts, told in kronor, are what it is held against.

    Sunnerbo's breakdown of who pays has a unit of its own.
    """
    associations, plans = read_content(project / "content")
    for plan in plans:
        breaks_down = plan.association == "sunnerbo"
        in_kronor, in_unit = (
            charts_of(replace(plan, budget=replace(plan.budget, unit=one)), associations[plan.association], texts)
            for one in (Unit.KR, unit)
        )
        for kronor, told in zip(in_kronor.charts(), in_unit.charts(), strict=True):
            if breaks_down and told in in_unit.who_pays:
                assert told.table == kronor.table
                continue
            assert without_unit(told.table, unit) == without_unit(kronor.table, Unit.KR)
            for row, exact in zip(told.table.rows, kronor.table.rows, strict=True):
                assert amounts_in(row, unit) == amounts_in(exact, Unit.KR), (told.id, row.name)


def without_unit(table: ChartTable, unit: Unit) -> tuple[str, tuple[str, ...]]:
    name, word = UNITS[unit]
    assert table.caption.endswith(name)
    return table.caption.removesuffix(name), tuple(heading.removesuffix(word) for heading in table.headings)


def amounts_in(row: TableRow, unit: Unit) -> list[Fraction | str]:
    """Return a row's amounts in kronor, and its other cells as they are."""
    is_amount = re.compile(r"[+\u2212]?\d[\d\u00a0]*(,\d+)?")
    return [number(cell) * unit.value if is_amount.fullmatch(cell) else cell for cell in row.cells]


# --- Plans unlike most ----------------------------------------------------------------------------------------------

HEAD = """\
---
schema: finsam-plan/1
förbund: norr
titel: Verksamhetsplan 2025
år: 2025
status: förslag
budget:
"""


def charts(site: TestSite, budget: str, *, more: str = "") -> dict[str, Shown]:
    """Return the charts of a plan with this budget, by id. The plan must be without faults."""
    site.write_plan(f"{HEAD}{budget.strip(chr(10))}\n{more.lstrip(chr(10))}---\n")
    outcome = site.check()
    assert not outcome.has_errors, outcome.problems
    associations, plans = read_content(site.content)
    found = charts_of(plans[0], associations[plans[0].association], outcome.texts)
    return {shown.id: shown for shown in found.shown()}


def chart(site: TestSite, budget: str, wanted: str, *, more: str = "") -> Chart:
    found = charts(site, budget, more=more)[wanted]
    assert isinstance(found, Chart)
    return found


ONE_YEAR = """
  enhet: kr
  kapitalmodell: separat
  kolumner: [{id: b2025, år: 2025, typ: budget}]
"""


def total(*rows: str, name: str = "Summa") -> str:
    """The printed sum of rows of cells, each "500, 400"; a column with a non-numeric cell prints none."""
    columns = zip(*(row.split(", ") for row in rows), strict=True)
    return f"    summa: {{namn: {name}, belopp: [{', '.join(_sum(column) for column in columns)}]}}\n"


def _sum(cells: tuple[str, ...]) -> str:
    written = [cell.strip('" ').replace(" ", "").replace(",", ".") for cell in cells]
    if not all(re.fullmatch(r"-?[0-9.]+", cell) for cell in written):
        return "~"
    return f'"{sum(map(Decimal, written))}"'.replace(".", ",")


def paid(*rows: tuple[str, str, str], costs: str = "- {namn: Insats, belopp: [0]}") -> str:
    """A budget of one year with this income: name, part, amount."""
    lines = "\n".join(f"      - {{namn: {name}, part: {part}, belopp: [{amount}]}}" for name, part, amount in rows)
    printed = total(*(amount for _, _, amount in rows))
    return f"{ONE_YEAR}  intäkter:\n    rader:\n{lines}\n{printed}  kostnader:\n    rader:\n      {costs}\n"


def spent(*rows: tuple[str, str, str]) -> str:
    """A budget of one year with these costs: name, purpose, amount."""
    lines = "\n".join(
        f"      - {{namn: {name}, ändamål: {purpose}, belopp: [{amount}]}}" for name, purpose, amount in rows
    )
    incomes = "  intäkter: {rader: [{namn: Staten, part: staten, belopp: [0]}]}\n"
    return f"{ONE_YEAR}{incomes}  kostnader:\n    rader:\n{lines}\n{total(*(amount for _, _, amount in rows))}"


# D1, D2: who pays


def test_a_landsting_is_called_what_its_forbund_calls_it(site: TestSite) -> None:
    called = "{namn: Norrbygdens läns landsting, kort: landstinget"
    site.edit("norr/forbund.md", "{namn: Region Norr, kort: regionen", called)
    budget = paid(("Norrbygdens läns landsting", "region", "510 000"), ("Åby kommun", "kommun", "490 000"))
    said = plain(chart(site, budget, "vem-betalar").title)
    assert said == "Landstinget betalar mer än hälften av medlemmarnas bidrag: 0,51 av 1 miljon kronor 2025"


def test_several_regions_are_the_regions(site: TestSite) -> None:
    more = "\n  - {namn: B, typ: region}"
    site.edit("norr/forbund.md", "{namn: Region Norr, kort: regionen, typ: region}", f"{{namn: A, typ: region}}{more}")
    said = chart(site, paid(("A", "region", "60"), ("B", "region", "40"), ("C", "staten", "50")), "vem-betalar")
    assert plain(said.title) == "Regionerna betalar 66,7 procent av medlemmarnas bidrag: 100 av 150 kronor 2025"
    assert plain(said.summary) == "C bidrar med 50 kronor och A och B med 100 kronor."


def test_one_kommun_is_named_and_gets_no_chart_of_its_own(site: TestSite) -> None:
    budget = paid(("Åby kommun", "kommun", "500 000"), ("Försäkringskassan", "staten", "500 000"))
    found = charts(site, budget)
    assert "vad-kommunerna-betalar" not in found
    said = found["vem-betalar"]
    assert isinstance(said, Chart)
    assert [row.name for row in said.table.rows] == ["Staten", "Åby kommun", "Medlemsbidrag totalt"]
    assert plain(said.summary) == "Försäkringskassan bidrar med 500 000 kronor och Åby kommun med 500 000 kronor."


def test_two_kommuner_are_counted_in_words(site: TestSite) -> None:
    budget = paid(("Åby kommun", "kommun", "300"), ("Östby kommun", "kommun", "200"), ("Kassan", "staten", "500"))
    said = chart(site, budget, "vem-betalar")
    assert [row.name for row in said.table.rows] == ["Staten", "Två kommuner", "Medlemsbidrag totalt"]
    assert plain(said.summary).endswith("och de två kommunerna tillsammans med 500 kronor.")


THREE = "\n  ".join(f"- {{namn: {name}, typ: kommun}}" for name in ("Markaryd", "Älmhult", "Ljungby"))


def test_kommuner_that_give_the_same_are_not_ranked(site: TestSite) -> None:
    site.edit("norr/forbund.md", "- {namn: Åby kommun, kort: Åby, typ: kommun}", THREE)
    budget = paid(*((name, "kommun", "348 666") for name in ("Markaryd", "Älmhult", "Ljungby")))
    said = chart(site, budget, "vad-kommunerna-betalar")
    assert plain(said.title) == "De tre kommunerna bidrar lika mycket: 348 666 kronor vardera 2025"
    assert (
        plain(said.summary) == "Kommunerna bidrar tillsammans med 1 045 998 kronor. Var och en står för 33,3 procent."
    )


def test_kommuner_that_share_the_first_place_are_both_named(site: TestSite) -> None:
    site.edit("norr/forbund.md", "medlemmar:", "medlemmar:\n  - {namn: Tredje, typ: kommun}")
    rows = (("Åby kommun", "kommun", "400"), ("Östby kommun", "kommun", "400"), ("Tredje", "kommun", "200"))
    said = chart(site, paid(*rows), "vad-kommunerna-betalar")
    assert plain(said.title) == "Åby och Östby bidrar mest av kommunerna: 400 kronor vardera 2025"


def test_a_kommun_has_the_short_name_of_its_forbund_and_never_one_made_by_rule(site: TestSite) -> None:
    """Gislaveds kommun is Gislaved, but Vaggeryds kommun must not become Vaggeryds."""
    site.edit("norr/forbund.md", "{namn: Åby kommun, kort: Åby", "{namn: Gislaveds kommun, kort: Gislaved")
    site.edit("norr/forbund.md", "{namn: Östby kommun, kort: Östby", "{namn: Vaggeryds kommun, kort: Vaggeryd")
    rows = (("Gislaveds kommun", "kommun", "300"), ("Vaggeryds kommun", "kommun", "200"))
    said = chart(site, paid(*rows), "vad-kommunerna-betalar")
    assert isinstance(said.figure, Bars)
    assert [bar.label for bar in said.figure.bars] == ["Gislaved", "Vaggeryd"]
    assert [row.name for row in said.table.rows][:2] == ["Gislaveds kommun", "Vaggeryds kommun"]


BROKEN_DOWN = """
  enhet: tkr
  kapitalmodell: ingår
  kolumner: [{id: b2025, år: 2025, typ: budget}]
  intäkter:
    rader:
      - {namn: Sparat, part: ingående-kapital, belopp: [500]}
      - namn: Anslag
        part: parterna
        belopp: [1 000]
        nedbrytning:
          rubrik: Anslag
          enhet: kr
          kolumn: b2025
          rader:
            - {namn: Försäkringskassan, part: staten, belopp: 500 000}
            - {namn: Region Norr, part: region, belopp: 250 000}
            - {namn: Åby kommun, part: kommun, belopp: 83 333}
            - {namn: Östby kommun, part: kommun, belopp: 83 333}
            - {namn: Tredje kommun, part: kommun, belopp: 83 333}
          summa: {namn: Totalt, belopp: 1 000 000}
  kostnader:
    rader:
      - {namn: Insats, ändamål: insatser, belopp: [1 200]}
      - {namn: Kansli, ändamål: administration, belopp: [100]}
  resultat: {namn: Kvar, belopp: [200]}
  avvikelser:
    - {kontroll: nedbrytning-summa, kolumn: b2025, differens: 1, enhet: kr, orsak: avrundning, text: Tredjedelar.}
"""


def test_who_pays_is_told_in_the_unit_of_the_parts(site: TestSite) -> None:
    said = chart(site, BROKEN_DOWN, "vem-betalar")
    assert said.table.caption.endswith("kronor")
    assert plain(said.table.rows[2].cells[1]) == "249 999"


def test_thirds_that_were_rounded_are_no_other_income(site: TestSite, five: dict[str, tuple[Shown, ...]]) -> None:
    """The plan has one row of contributions, 1 000 tkr; the krona that its parts lack comes from nowhere else."""
    said = chart(site, BROKEN_DOWN, "hur-det-gar-ihop")
    assert [(row.name, plain(row.cells[0])) for row in said.table.rows] == [
        ("Sparat från tidigare år", "500"),
        ("Medlemsbidrag", "+1 000"),
        ("Kostnader", "−1 300"),
        ("Kvar i slutet av 2025", "200"),
    ]
    (sunnerbo,) = (shown for shown in five["sunnerbo"] if shown.id == "hur-det-gar-ihop")
    assert isinstance(sunnerbo, Chart)
    assert [row.name for row in sunnerbo.table.rows] == [row.name.replace("2025", "2021") for row in said.table.rows]


def test_money_from_others_than_the_members_is_a_step_of_its_own(five: dict[str, tuple[Shown, ...]]) -> None:
    (said,) = (shown for shown in five["sodra-lappland"] if shown.id == "hur-det-gar-ihop")
    assert isinstance(said, Chart)
    assert [(row.name, plain(row.cells[0])) for row in said.table.rows][1:3] == [
        ("Medlemsbidrag", "+3 752"),
        ("Andra intäkter", "+300"),
    ]


def test_a_plan_that_does_not_say_who_pays_gets_a_sentence(site: TestSite) -> None:
    said = charts(site, paid(("Anslag", "parterna", "1 000")))["vem-betalar"]
    assert said == Unshown("vem-betalar", "Hur mycket var och en av parterna betalar är inte ifyllt här.")


# D3, D5: what for

UNSORTED = """
  enhet: kr
  kapitalmodell: separat
  kolumner: [{id: b2025, år: 2025, typ: budget}]
  intäkter: {rader: [{namn: Staten, part: staten, belopp: [1 000]}]}
  kostnader:
    rader:
      - {grupp: Verksamhet, rader: [{namn: Coachning, belopp: [700]}, {namn: Kurs, belopp: [100]}]}
      - {grupp: Kansli, rader: [{namn: Chef, belopp: [200]}]}
"""


def test_costs_without_purposes_are_shown_in_the_plans_own_groups_and_said_to_be(site: TestSite) -> None:
    said = chart(site, UNSORTED, "vad-pengarna-gar-till")
    assert plain(said.title) == "80 procent av pengarna går till ”Verksamhet” 2025"
    assert said.subtitle == "Kostnader efter planens egen indelning, budget 2025"
    assert said.help == "Alla kostnader är inte indelade efter ändamål här. I stället visas planens egna grupper."
    assert [(row.name, row.cells[0]) for row in said.table.rows][:2] == [
        ("Verksamhet", "Coachning och Kurs"),
        ("Kansli", "Chef"),
    ]


def test_the_plans_own_groups_are_not_called_purposes(site: TestSite) -> None:
    said = chart(site, UNSORTED, "vad-pengarna-gar-till")
    assert "ändamål" not in f"{said.table.caption} {' '.join(said.table.headings)} {said.description}".lower()


def sentence(site: TestSite, budget: str, wanted: str) -> str:
    """Return the sentence that replaces a chart."""
    found = charts(site, budget)[wanted]
    assert isinstance(found, Unshown)
    return plain(found.text)


def test_costs_without_purposes_or_groups_are_said_not_to_be_divided(site: TestSite) -> None:
    budget = UNSORTED.replace("{grupp: Kansli, rader: [{namn: Chef, belopp: [200]}]}", "{namn: Chef, belopp: [200]}")
    assert sentence(site, budget, "vad-pengarna-gar-till") == (
        "Kostnaderna 2025 är inte indelade här, varken efter ändamål eller i grupper. "
        "Alla rader står under Hela budgeten."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Kurs", "individ", "50")], "Alla kostnader 2025 går till stöd till enskilda personer."),
        ([("Kurs", "individ", "0"), ("Chef", "administration", "0")], "Kostnaderna är noll 2025."),
        (
            [("Kurs", "individ", "50"), ("Chef", "administration", "-20")],
            "En del av kostnaderna är mindre än noll 2025. Därför visas inget diagram över vad pengarna går till.",
        ),
    ],
)
def test_costs_that_would_make_no_chart_are_told_in_a_sentence(
    site: TestSite, rows: list[tuple[str, str, str]], said: str
) -> None:
    assert sentence(site, spent(*rows), "vad-pengarna-gar-till") == said


def test_a_group_that_takes_all_is_named_as_the_plan_does(site: TestSite) -> None:
    budget = UNSORTED.replace("belopp: [200]", "belopp: [0]")
    assert sentence(site, budget, "vad-pengarna-gar-till") == "Alla kostnader 2025 går till ”Verksamhet”."


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("50", "0"), "”Kurs” är den enda insatsen med pengar 2025: 50 kronor."),
        (("0", "0"), "Ingen insats har pengar 2025, enligt planen."),
    ],
)
def test_one_activity_or_none_is_told_in_a_sentence(site: TestSite, amounts: tuple[str, str], said: str) -> None:
    budget = spent(("Kurs", "individ", amounts[0]), ("Träff", "struktur", amounts[1]))
    assert sentence(site, budget, "vilka-insatser-kostar-mest") == said


def test_kommuner_that_pay_nothing_are_told_in_a_sentence(site: TestSite) -> None:
    budget = paid(("Åby", "kommun", "0"), ("Östby", "kommun", "0"), ("Kassan", "staten", "500"))
    assert sentence(site, budget, "vad-kommunerna-betalar") == "Kommunerna betalar ingenting 2025, enligt planen."


@pytest.mark.parametrize(
    ("amount", "share"),
    [
        ("244", "24,4 procent"),
        ("249", "24,9 procent"),
        ("250", "en fjärdedel"),
        ("251", "25,1 procent"),
        ("449", "44,9 procent"),
        ("450", "ungefär hälften"),
        ("499", "ungefär hälften"),
        ("500", "hälften"),
        ("501", "mer än hälften"),
        ("600", "mer än hälften"),
        ("601", "60,1 procent"),
        ("750", "75 procent"),
        ("4", "0,4 procent"),
    ],
)
def test_a_share_is_put_into_words_at_these_limits(amount: str, share: str, texts: Texts) -> None:
    assert plain(Words(texts, Unit.KR).share(Fraction(int(amount), 1000))) == share


def test_almost_all_is_not_all(site: TestSite) -> None:
    said = chart(site, spent(("Insats", "individ", "2 999 500"), ("Ny", "ny", "500")), "vad-pengarna-gar-till")
    assert not plain(said.title).startswith("100 procent")


@given(st.fractions(0, 1))
@settings(deadline=None)
def test_a_share_that_is_something_is_never_said_to_be_nothing(texts: Texts, share: Fraction) -> None:
    words = Words(texts, Unit.KR)
    if share:
        assert words.percent(share) not in {"0", "0,0"}


def test_a_tiny_share_is_less_than_a_tenth_of_a_percent(site: TestSite) -> None:
    said = chart(site, spent(("Insats", "individ", "9 999"), ("Ny", "ny", "1")), "vad-pengarna-gar-till")
    assert "1 krona (mindre än 0,1 procent) till ny verksamhet" in plain(said.summary)
    assert plain(said.table.rows[1].cells[2]) == "mindre än 0,1 %"


def test_percentages_that_do_not_make_a_hundred_are_said_to_be_rounded(site: TestSite) -> None:
    even = spent(("A", "individ", "50"), ("B", "struktur", "50"))
    thirds = spent(("A", "individ", "1"), ("B", "struktur", "1"), ("C", "ny", "1"))
    rounded = "Procenttalen är avrundade och blir därför inte exakt 100 tillsammans."
    assert rounded not in chart(site, even, "vad-pengarna-gar-till").summary
    assert rounded in chart(site, thirds, "vad-pengarna-gar-till").summary


def test_costs_that_are_paid_back_are_no_share_of_the_money(site: TestSite) -> None:
    """A bar cannot be shorter than nothing, and no part is larger than the whole."""
    shown = charts(site, spent(("Insats", "individ", "1 200"), ("Ny", "ny", "5"), ("Åter", "övrigt", "-200")))
    said = shown.get("vad-pengarna-gar-till")
    if isinstance(said, Chart):
        assert min(marks_of(said)) >= 0
        assert "119 procent" not in plain(said.title)


def test_an_activity_without_money_is_counted_and_named(site: TestSite) -> None:
    rows = [("A", "individ", "300"), ("B", "struktur", "200"), ("C", "insatser", "0")]
    said = plain(chart(site, spent(*rows), "vilka-insatser-kostar-mest").summary)
    assert said == "Därefter kommer ”B” med 200 kronor. En insats har inga pengar 2025: ”C”."
    said = plain(chart(site, spent(*rows, ("D", "ny", "0")), "vilka-insatser-kostar-mest").summary)
    assert said.endswith("Två insatser har inga pengar 2025: ”C” och ”D”.")


def test_a_blank_is_not_an_activity_without_money(site: TestSite) -> None:
    """The plan says nothing there."""
    rows = (("A", "individ", "300"), ("B", "struktur", "200"), ("C", "insatser", "~"))
    assert sentence(site, spent(*rows), "vilka-insatser-kostar-mest") == (
        "Vilka insatser som kostar mest 2025 går inte att säga: beloppet saknas för ”C”."
    )


def test_money_not_yet_given_to_an_activity_is_drawn_and_said_so(site: TestSite) -> None:
    said = chart(site, spent(("A", "individ", "300"), ("Nya projekt", "ny", "200")), "vilka-insatser-kostar-mest")
    assert isinstance(said.figure, Bars)
    assert [bar.tentative for bar in said.figure.bars] == [False, True]
    assert "”Nya projekt” räknas som ny verksamhet." in said.summary


def test_more_activities_than_can_be_read_are_gathered_in_a_rest(site: TestSite) -> None:
    rows = [(f"Insats {number}", "individ", str(100 - number)) for number in range(12)]
    said = chart(site, spent(*rows), "vilka-insatser-kostar-mest")
    assert isinstance(said.figure, Bars)
    assert len(said.figure.bars) == 9
    assert said.figure.bars[-1].label == "Övriga fyra"
    assert sum(marks_of(said)) == sum(int(amount) for *_, amount in rows)
    assert len(said.table.rows) == 13


def test_nine_activities_are_all_shown(site: TestSite) -> None:
    rows = [(f"Insats {number}", "individ", str(100 - number)) for number in range(9)]
    said = chart(site, spent(*rows), "vilka-insatser-kostar-mest")
    assert len(marks_of(said)) == 9
    assert "Övriga" not in str(said.figure)


def test_administration_is_no_activity(site: TestSite) -> None:
    rows = (("A", "individ", "300"), ("B", "ny", "200"), ("Chef", "administration", "500"), ("Råd", "styrelse", "90"))
    said = chart(site, spent(*rows), "vilka-insatser-kostar-mest")
    assert [row.name for row in said.table.rows] == ["A", "B", "Raderna tillsammans"]


# D7, D8, D9, D12: does it add up


OWN_AND_NEXT = (("budget", 2025), ("plan", 2026))


def years(
    model: str,
    saved: str,
    incomes: str,
    costs: str,
    *,
    columns: tuple[tuple[str, int], ...] = OWN_AND_NEXT,
    main: str = "budget-2025",
    unit: str = "kr",
) -> str:
    """A budget of several years. `saved` is the first opening, or that of each year if it is in the table."""
    listed = "\n".join(f"    - {{id: {kind}-{year}, år: {year}, typ: {kind}}}" for kind, year in columns)
    inside = f"      - {{namn: Sparat, part: ingående-kapital, belopp: [{saved}]}}\n"
    outside = f"  eget_kapital: {{ingående: {{namn: Eget kapital, år: {columns[0][1] - 1}, belopp: {saved}}}}}\n"
    return (
        f"  enhet: {unit}\n  kapitalmodell: {model}\n  huvudkolumn: {main}\n  kolumner:\n{listed}\n"
        f"  intäkter:\n    rader:\n{inside if model == 'ingår' else ''}"
        f"      - {{namn: Staten, part: staten, belopp: [{incomes}]}}\n"
        f"{total(*([saved] if model == 'ingår' else []), incomes)}"
        f"  kostnader:\n    rader:\n      - {{namn: Insats, ändamål: individ, belopp: [{costs}]}}\n{total(costs)}"
        f"{outside if model == 'separat' else ''}"
    )


def test_a_surplus_and_an_even_year_are_said_so(site: TestSite) -> None:
    found = charts(site, years("separat", "100", "500, 400", "400, 400"))
    balance, result, savings = found["racker-pengarna"], found["plus-eller-minus"], found["sparade-pengar"]
    assert isinstance(balance, Chart)
    assert isinstance(result, Chart)
    assert isinstance(savings, Chart)
    assert plain(balance.title) == "Intäkterna är 100 kronor högre än kostnaderna 2025"
    assert plain(result.title) == "Förbundet räknar med ett överskott på 100 kronor 2025"
    assert plain(savings.summary) == (
        "I början av 2025 beräknas 100 kronor finnas sparade. Under året läggs 100 kronor till, "
        "så att 200 kronor beräknas finnas kvar i slutet av året. I slutet av 2026 beräknas 200 kronor finnas kvar."
    )


def test_a_year_that_goes_even_is_said_to(site: TestSite) -> None:
    found = charts(site, years("separat", "100", "400, 500", "400, 400"))
    balance, result = found["racker-pengarna"], found["plus-eller-minus"]
    assert isinstance(balance, Chart)
    assert isinstance(result, Chart)
    assert plain(balance.title) == "Intäkter och kostnader är lika stora 2025"
    assert plain(result.title) == "Förbundet räknar med att gå jämnt upp 2025"


def test_years_that_all_go_even_make_a_sentence(site: TestSite) -> None:
    said = charts(site, years("separat", "100", "400, 500", "400, 500"))["plus-eller-minus"]
    assert said == Unshown("plus-eller-minus", "Intäkter och kostnader är lika stora alla år i planen.")


def test_nothing_at_all_is_not_drawn(site: TestSite) -> None:
    found = charts(site, years("separat", "0", "0, 0", "0, 0"))
    assert [shown.id for shown in found.values() if isinstance(shown, Chart)] == []


def test_saved_money_that_is_used_up_is_said_to_be(site: TestSite) -> None:
    found = charts(site, years("ingår", "200, 0", "400, 400", "600, 400"))
    savings, waterfall = found["sparade-pengar"], found["hur-det-gar-ihop"]
    assert isinstance(savings, Chart)
    assert isinstance(waterfall, Chart)
    assert savings.title == "Alla sparade pengar beräknas vara använda i slutet av 2025"
    assert plain(waterfall.title) == "Av 600 kronor beräknas inget finnas kvar i slutet av 2025"


def test_one_year_alone_has_its_result_and_its_savings_told_in_sentences(site: TestSite) -> None:
    budget = paid(("Kassan", "staten", "500"), costs="- {namn: Insats, belopp: [600]}")
    result = "  resultat: {namn: Resultat, belopp: [-100]}\n"
    told = sentence(site, budget + result, "plus-eller-minus")
    assert told == "Förbundet räknar med ett underskott på 100 kronor 2025."
    equity = "  eget_kapital: {utgående: {namn: Kvar, belopp: [700]}}\n"
    found = charts(site, budget + equity)["sparade-pengar"]
    assert isinstance(found, Unshown)
    assert plain(found.text) == "De sparade pengarna beräknas vara 700 kronor i slutet av 2025."


CEILING = """
  kapitaltak:
    källa: Nationella rådet
    bas: medlemsbidrag
    steg: [{upp_till: 1 000, procent: 20}, {procent: 10}]
    tolkning: stegvis
    bekräftad: ja
"""


def test_the_ceiling_is_shown_where_the_forbund_has_confirmed_how_it_is_read(site: TestSite) -> None:
    budget = years("separat", "300", "1 000, 3 000", "1 050, 2 900") + CEILING.lstrip("\n")
    said = chart(site, budget, "sparade-pengar")
    assert isinstance(said.figure, LevelLine)
    assert [point.limit for point in said.figure.points] == [None, 200, 400]
    assert [key.label for key in said.keys] == ["Rekommenderat tak"]
    assert plain(said.summary).endswith(
        "Det rekommenderade taket är 200 kronor för 2025. Hur det räknas ut står under Så stämmer planen."
    )
    assert [(row.name, row.cells[-1]) for row in said.table.rows] == [("Budget 2025", "200"), ("Plan 2026", "400")]


def test_a_ceiling_that_no_one_has_confirmed_is_not_shown(site: TestSite) -> None:
    budget = years("separat", "300", "1 000, 3 000", "1 050, 2 900") + CEILING.lstrip("\n")
    said = chart(site, budget.replace("bekräftad: ja", "bekräftad: nej"), "sparade-pengar")
    assert isinstance(said.figure, LevelLine)
    assert {point.limit for point in said.figure.points} == {None}
    assert said.keys == ()


SHORT = years("ingår", "100, -100", "1 000, 1 000", "1 200, 1 000")
"""A plan that uses more than it has."""


def test_a_lack_of_money_is_never_said_to_be_paid_from_savings(site: TestSite) -> None:
    found = charts(site, SHORT)
    result = found["plus-eller-minus"]
    assert isinstance(result, Chart)
    assert plain(result.title) == "Förbundet räknar med ett underskott på 200 kronor 2025"
    assert "betalas med sparade pengar" not in result.summary


def test_a_waterfall_that_would_end_below_nothing_gives_way_to_incomes_beside_costs(site: TestSite) -> None:
    found = charts(site, SHORT)
    assert "hur-det-gar-ihop" not in found
    balance = found["racker-pengarna"]
    assert isinstance(balance, Chart)
    assert plain(balance.title) == "Kostnaderna är 200 kronor högre än intäkterna 2025"


def test_money_that_is_lacking_is_not_said_to_be_left(site: TestSite) -> None:
    savings = charts(site, SHORT)["sparade-pengar"]
    assert isinstance(savings, Chart)
    assert marks_of(savings) == [100, -100, -100]
    assert not re.search("−100 kronor finn", plain(savings.summary))
    assert "Sparade pengar beräknas vara −100 kronor" not in plain(savings.title)


def test_a_year_that_is_over_is_not_expected(site: TestSite) -> None:
    """Outcomes are told in the past tense."""
    budget = years("separat", "100", "400, 400", "400, 500", columns=(("utfall", 2024), ("budget", 2025)))
    result = charts(site, budget)["plus-eller-minus"]
    assert isinstance(result, Chart)
    assert "2024 beräknas" not in result.summary


def test_the_outcome_of_the_plans_own_year_is_not_expected(site: TestSite) -> None:
    """A later follow-up of the same plan speaks of what came of it."""
    after = (("utfall", 2025), ("plan", 2026))
    found = charts(site, years("separat", "100", "400, 400", "500, 400", columns=after, main="utfall-2025"))
    said = [plain(f"{shown.title} {shown.summary}") for shown in found.values() if isinstance(shown, Chart)]
    assert said
    for words in said:
        assert not re.search("räknar med|beräknas vara .* i slutet av 2025", words)


def test_planned_years_are_drawn_as_tentative_and_kinds_are_named(five: dict[str, tuple[Shown, ...]]) -> None:
    (said,) = (shown for shown in five["hoglandet"] if shown.id == "plus-eller-minus")
    assert isinstance(said, Chart)
    assert isinstance(said.figure, Columns)
    drawn = [(group.label, bar.tentative) for group in said.figure.groups for bar in group.bars]
    assert drawn == [("Prognos 2023", False), ("Budget 2024", False), ("Plan 2025", True), ("Plan 2026", True)]


def test_of_two_columns_of_one_year_the_most_certain_is_drawn_and_both_stand_in_the_table(
    five: dict[str, tuple[Shown, ...]],
) -> None:
    """001 has both budget and forecast for 2021."""
    (said,) = (shown for shown in five["sodra-vatterbygden"] if shown.id == "plus-eller-minus")
    assert isinstance(said, Chart)
    assert isinstance(said.figure, Columns)
    assert [group.label for group in said.figure.groups][:2] == ["Prognos 2021", "Budget 2022"]
    assert [row.name for row in said.table.rows][:3] == ["Budget 2021", "Prognos 2021", "Budget 2022"]


# --- Amounts in words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kronor", "title", "mark"),
    [
        (68, "68 kronor", "68 kr"),
        (999, "999 kronor", "999 kr"),
        (562_500, "562 500 kronor", "563 tkr"),
        (999_499, "999 499 kronor", "999 tkr"),
        (999_500, "999 500 kronor", "1,00 mnkr"),
        (999_999, "999 999 kronor", "1,00 mnkr"),
        (1_000_000, "1 miljon kronor", "1,00 mnkr"),
        (1_000_001, "1,00 miljoner kronor", "1,00 mnkr"),
        (1_500_000, "1,5 miljoner kronor", "1,50 mnkr"),
        (1_444_999, "1,44 miljoner kronor", "1,44 mnkr"),
        (1_445_000, "1,45 miljoner kronor", "1,45 mnkr"),
        (10_000_000, "10 miljoner kronor", "10,00 mnkr"),
        (-150_000, "−150 000 kronor", "−150 tkr"),
        (-1_059_740, "−1,06 miljoner kronor", "−1,06 mnkr"),
    ],
)
def test_amounts_are_rounded_to_what_can_be_taken_in(kronor: int, title: str, mark: str, texts: Texts) -> None:
    assert plain(Words(texts, Unit.KR).rounded(kronor)) == title
    assert plain(Words(texts, Unit.KR).mark(kronor)) == mark


def test_a_chart_has_one_unit(five: dict[str, tuple[Shown, ...]]) -> None:
    for chart in every_chart(five):
        units = {unit for value in values(chart.figure) for unit in re.findall(r"\b(kr|tkr|mnkr)\b", value)}
        assert len(units) <= 1, chart.id


def test_a_plan_in_millions_is_told_in_millions(site: TestSite) -> None:
    budget = years("separat", '"2,5"', '"3,25", 4', '"4,75", 4', unit="mkr")
    savings = charts(site, budget)["sparade-pengar"]
    assert isinstance(savings, Chart)
    assert plain(savings.title) == "De sparade pengarna beräknas vara 1 miljon kronor i slutet av 2025"
    assert savings.table.caption == "Sparade pengar (eget kapital), miljoner kronor (mnkr)"
    assert [row.cells for row in savings.table.rows] == [("2,5", "1"), ("1", "1")]


# --- Staff's own words ----------------------------------------------------------------------------------------------

DIVIDED = spent(("Insats", "individ", "600"), ("Kansli", "administration", "400"))


def test_staff_may_write_the_words_of_a_chart_and_the_page_says_so(site: TestSite) -> None:
    own = (
        "diagram:\n  vad-pengarna-gar-till:\n    rubrik: Mest till människor\n    sammanfattning: Så vill vi ha det.\n"
    )
    said = chart(site, DIVIDED, "vad-pengarna-gar-till", more=own)
    assert (said.title, said.summary) == ("Mest till människor", "Så vill vi ha det.")
    assert said.by_staff
    assert site.build() == 0, site.printed
    assert (
        "Rubriken eller texten är skriven av förbundet. Diagrammet är webbplatsens och framtaget ur budgeten."
        in site.text_of("norr/2025/")
    )


def test_staff_may_change_only_the_title(site: TestSite) -> None:
    generated = chart(site, DIVIDED, "vad-pengarna-gar-till")
    said = chart(
        site, DIVIDED, "vad-pengarna-gar-till", more="diagram: {vad-pengarna-gar-till: {rubrik: Mest till människor}}\n"
    )
    assert (said.title, said.summary, said.table) == ("Mest till människor", generated.summary, generated.table)


def test_staff_may_leave_a_chart_out(site: TestSite) -> None:
    shown = charts(site, DIVIDED)
    left = charts(site, DIVIDED, more="diagram: {vad-pengarna-gar-till: {visa: nej}}\n")
    assert list(left) == [id for id in shown if id != "vad-pengarna-gar-till"]


# --- Whatever a plan holds ------------------------------------------------------------------------------------------

AMOUNTS = st.integers(0, 20_000_000)


@given(st.lists(AMOUNTS, min_size=1, max_size=12), st.lists(AMOUNTS, min_size=1, max_size=12), st.sampled_from(Unit))
@settings(deadline=None, max_examples=40)
def test_the_rows_of_any_table_come_to_its_total(
    texts: Texts, paying: list[int], spending: list[int], unit: Unit
) -> None:
    parts, kinds = cycle(("staten", "region", "kommun")), cycle(("individ", "struktur", "administration", "ny"))
    incomes = paid(*((f"Part {number}", next(parts), str(amount)) for number, amount in enumerate(paying)))
    costs = spent(*((f"Rad {number}", next(kinds), str(amount)) for number, amount in enumerate(spending)))
    payers_of, spenders_of = budget_of(incomes), budget_of(costs)
    words = Words(texts, unit)
    members = tuple(Member(f"Part {number}", f"Part {number}", Funder.MUNICIPALITY, ()) for number in (2, 5, 8))
    for made in (
        payers.who_pays(payers_of, members, words),
        payers.municipalities(payers_of, members, words),
        purposes.purposes(spenders_of, (), words),
        purposes.activities(spenders_of, words),
    ):
        if isinstance(made, Chart):
            assert_sums_to_its_total(made)


def test_bars_stand_from_the_longest_to_the_shortest(five: dict[str, tuple[Shown, ...]]) -> None:
    """But for those beside their budgets: they stand by how much they differ from it."""
    for chart in every_chart(five):
        if isinstance(chart.figure, Bars) and chart.id != "blev-det-som-planerat":
            drawn: list[Bar] = [bar for bar in chart.figure.bars if not bar.label.startswith("Övriga ")]
            amounts = [bar.amount for bar in drawn]
            assert amounts == sorted(amounts, reverse=True)
