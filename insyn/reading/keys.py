"""The table of keys: everything that the front matter of plans, förbund, settings and text pages may contain.

The readers, the published schema and the guide's tables are derived from it. A key that is named as a field of the type
that its mapping is read into needs no other code to be read.
"""

from insyn import model, vocabulary
from insyn.model import Unit
from insyn.reading.key_kinds import (
    AmountKey,
    CellKey,
    CellsKey,
    ChoiceKey,
    ChoicesKey,
    ColumnsKey,
    ConstantKey,
    DayKey,
    EmailKey,
    ExpressionKey,
    Keys,
    MappingKey,
    MappingsKey,
    MonthKey,
    NamedMappingsKey,
    PartialDateKey,
    PercentageKey,
    TextKey,
    TextsKey,
    WebAddressKey,
    YearKey,
    YesNoKey,
)

# --- Shared ---------------------------------------------------------------------------------------------------------


class NoteKeys(Keys):
    block, makes = "fotnot", model.Note
    mark = TextKey("not", "märket", '"*"', required=True)
    text = TextKey("text", "förklaringen", "Beslutas i mars.", required=True, is_markdown=True)


class CeilingStepKeys(Keys):
    block, makes = "steg", model.CeilingStep
    up_to = AmountKey("upp_till", "stegets övre gräns i kronor; utelämnas i det sista", "7 000 000", unit=Unit.KR)
    percent = PercentageKey("procent", "stegets procent", "20", required=True)


class EquityCeilingKeys(Keys):
    block, makes = "kapitaltak", model.EquityCeiling
    source = TextKey("källa", "vem som rekommenderar taket", "Nationella rådet", required=True)
    base = TextKey(
        "bas", "vad procenten räknas på; bara medlemsbidrag går att kontrollera", "medlemsbidrag", required=True
    )
    reading = ChoiceKey(
        "tolkning",
        "`stegvis` (varje procent gäller sitt steg) eller `nivå` (en procent på allt)",
        "stegvis",
        required=True,
        words=vocabulary.CEILING_READINGS,
    )
    confirmed = YesNoKey("bekräftad", "`ja` när förbundet har godkänt tolkningen, annars `nej`", "ja", default=False)
    steps = MappingsKey("steg", "stegen, om de är andra än ovan, se nedan", of=(CeilingStepKeys,))


class ContactKeys(Keys):
    block, makes = "kontakt", model.Contact
    name = TextKey("namn", "vem man når", "Förbundschefen")
    email = EmailKey("e-post", "e-postadress", "info@norr.se")
    phone = TextKey("telefon", "telefonnummer, inom citattecken", '"0123-456 78"')
    address = TextKey("adress", "postadress", "Storgatan 1, Åby")
    web = WebAddressKey("webb", "webbadress", "https://www.norr.se/")


# --- The budget -----------------------------------------------------------------------------------------------------


class CellKeys(Keys):
    block = "cell"
    value = AmountKey("värde", "beloppet så som det räknas", "4 184", required=True)
    printed = TextKey("tryckt", "beloppet som det är tryckt; visas i stället för värdet", '"4 184"')
    mark = TextKey("not", "märke som leder till en fotnot", '"*"')


class ColumnHeadingKeys(Keys):
    block = "kolumnrubriker"
    income = TextKey("intäkter", "rubriken i intäkterna", '"2026"')
    costs = TextKey("kostnader", "rubriken i kostnaderna", "Prognos 2026")
    equity = TextKey("eget_kapital", "rubriken i det egna kapitalet", '"2026"')


class ColumnKeys(Keys):
    block, makes = "kolumn", model.Column
    id = TextKey("id", "ett kort namn som du hittar på, olika för varje kolumn", "b2026", required=True)
    year = YearKey("år", "året som kolumnen gäller", "2026", required=True)
    kind = ChoiceKey(
        "typ",
        "`utfall`, `prognos`, `budget` eller `plan`",
        "budget",
        required=True,
        words=vocabulary.COLUMN_KINDS,
    )
    label = TextKey("etikett", "rubriken som den är tryckt; annars skrivs typ och år", "EFP 2027")
    block_labels = MappingKey(
        "tryckt",
        "rubriken per del, när de är olika: `{intäkter: …, kostnader: …, eget_kapital: …}`",
        '{intäkter: "2026", kostnader: Prognos 2026}',
        of=ColumnHeadingKeys,
    )
    explanation = TextKey(
        "förklaring",
        "vad rubriken betyder; visas under tabellen, med punkt efter",
        "EFP = ekonomisk flerårsplan",
        is_markdown=True,
    )
    as_of = MonthKey(
        "per",
        "månaden då en prognos gjordes. På ett utfall: den sista månaden som är med, om utfallet gäller en del av "
        "året. Visas under kolumnens rubrik",
        "2025-09",
    )


class BreakdownRowKeys(Keys):
    block, makes = "nedbrytning-rad", model.BreakdownRow
    name = TextKey("namn", "delens namn", "Åby", required=True)
    cell = CellKey("belopp", "delens belopp, i delarnas egen enhet", "348 666", required=True)
    funder = ChoiceKey("part", "vem som betalar, som på en rad", "kommun", words=vocabulary.FUNDERS)
    member = TextKey("medlem", "vilken medlem som betalar, när delens namn inte säger det", "Åby")


class BreakdownTotalKeys(Keys):
    block = "nedbrytning-summa"
    name = TextKey("namn", "summans namn", "Totalt", required=True)
    cell = CellKey("belopp", "summan, i delarnas egen enhet", "4 184 000", required=True)


class BreakdownKeys(Keys):
    block, makes = "nedbrytning", model.Breakdown
    heading = TextKey("rubrik", "rubriken över delarna", "Anslag från huvudmännen", required=True)
    unit = ChoiceKey(
        "enhet",
        "delarnas egen enhet; får vara en annan än tabellens",
        "kr",
        required=True,
        words=vocabulary.UNITS,
    )
    column = ColumnsKey("kolumn", "kolumnen som delas upp", "b2026", required=True)
    rows = MappingsKey(
        "rader",
        "delarna: `{namn, part, belopp}`, ett belopp på varje",
        "{namn: Åby, part: kommun, belopp: 348 666}",
        required=True,
        of=(BreakdownRowKeys,),
    )
    total = MappingKey(
        "summa",
        "delarnas tryckta summa: `{namn, belopp}`",
        "{namn: Totalt, belopp: 4 184 000}",
        of=BreakdownTotalKeys,
    )


class BudgetRowKeys(Keys):
    block, makes = "rad", model.BudgetRow
    name = TextKey("namn", "det som står till vänster", "Coachning", required=True)
    cells = CellsKey("belopp", "ett belopp för varje kolumn, se [Celler](#celler)", "[500 000, 600 000]", required=True)
    funder = ChoiceKey(
        "part",
        "på intäkter: **måste** – vem som betalar; på en medlems rad samma som medlemmens `typ`",
        "kommun",
        words=vocabulary.FUNDERS,
    )
    member = TextKey("medlem", "på intäkter: vilken medlem som betalar, när radens namn inte säger det", "Åby")
    purpose = ChoiceKey("ändamål", "på kostnader: vad pengarna går till", "individ", words=vocabulary.PURPOSES)
    mark = TextKey("not", 'märke som leder till en fotnot; flera skrivs `"1, 2"`', '"*"')
    explanation = TextKey(
        "förklaring",
        "vad posten är; visas för kostnader under ”Vad posterna är”",
        "Stöd till unga.",
        is_markdown=True,
    )
    comment = TextKey(
        "kommentar",
        "varför beloppet ändras; visas för kostnader under ”Vad som ändras”",
        "Utökas i år.",
        is_markdown=True,
    )
    emphasised = ColumnsKey("betona", "kolumner där beloppet är tryckt i fet stil", "[b2026]")
    breakdown = MappingKey(
        "nedbrytning", "hur radens belopp delas upp, se [Nedbrytning](#nedbrytning)", of=BreakdownKeys
    )
    id = TextKey(
        "id",
        "ett namn som följer raden år efter år; görs annars av `namn`, se [Vad som ändrades](#vad-som-ändrades)",
        "coachning",
    )
    link = TextKey("länk", "adress; sparas, visas inte ännu", "https://www.norr.se/coachning")
    account = TextKey("konto", "kontonummer; sparas, visas inte ännu", "4010")
    cofog = TextKey("cofog", "kod för ändamålet i COFOG; sparas, visas inte ännu", '"10.1"')


class TotalKeys(Keys):
    block, makes = "summa", model.Total
    name = TextKey("namn", "summans namn", "Summa intäkter", required=True)
    cells = CellsKey("belopp", "ett belopp för varje kolumn, eller `räkna`", "[2 000 000]", required=True)


class SubtotalKeys(Keys):
    block, makes = "delsumma", model.Subtotal
    name = TextKey("namn", "delsummans namn", "Delsumma")
    position = ChoiceKey(
        "placering",
        "var delsumman är tryckt: `före` eller `efter` raderna",
        "före",
        words=vocabulary.POSITIONS,
        default="efter",
    )
    cells = CellsKey("belopp", "ett belopp för varje kolumn, eller `räkna`", "[500 000, 600 000]", required=True)


class InnerGroupKeys(Keys):
    """A group within another group."""

    block, makes = "inre-grupp", model.BudgetGroup
    name = TextKey("grupp", "gruppens rubrik", "Administration", required=True)
    rows = MappingsKey("rader", "gruppens rader", required=True, of=(BudgetRowKeys,))
    printed = YesNoKey(
        "tryckt",
        "`nej` när planen inte har någon rubrik för gruppen, bara en delsumma; då visas ingen rubrik",
        "nej",
        default=True,
    )
    purpose = ChoiceKey(
        "ändamål",
        "gäller alla rader i gruppen som inte har ett eget",
        "administration",
        words=vocabulary.PURPOSES,
    )
    subtotal = MappingKey("summa", "delsumman, se nedan, eller `räkna`", of=SubtotalKeys, or_computed=True)


class BudgetGroupKeys(InnerGroupKeys):
    block = "grupp"
    rows = MappingsKey("rader", "gruppens rader", required=True, of=(BudgetRowKeys, InnerGroupKeys))


class BlockKeys(Keys):
    block, makes = "del", model.Block
    rows = MappingsKey("rader", "raderna, uppifrån och ner", required=True, of=(BudgetRowKeys, BudgetGroupKeys))
    total = MappingKey(
        "summa",
        "den tryckta summan: `{namn, belopp}`, eller `räkna`",
        "{namn: Summa intäkter, belopp: [2 000 000]}",
        of=TotalKeys,
        or_computed=True,
    )
    heading = TextKey("rubrik", "delens rubrik, om den heter något annat än Intäkter eller Kostnader", "Finansiering")


class ResultKeys(Keys):
    block, makes = "resultat", model.Result
    name = TextKey("namn", "radens namn", "Resultat", required=True)
    cells = CellsKey("belopp", "ett belopp för varje kolumn, eller `räkna`", "[0, -150 000]", required=True)
    role = ChoiceKey(
        "roll",
        "vad raden säger: `årets-resultat` eller `utgående-kapital`",
        "årets-resultat",
        words=vocabulary.RESULT_ROLES,
    )


class OpeningEquityKeys(Keys):
    block, makes = "ingående", model.OpeningEquity
    name = TextKey("namn", "radens namn", "Eget kapital 2025", required=True)
    year = YearKey("år", "året då pengarna räknades", "2025", required=True)
    cell = CellKey("belopp", "det som fanns sparat", "1 215 582", required=True)


class EquityKeys(Keys):
    block, makes = "eget-kapital", model.Equity
    opening = MappingKey(
        "ingående",
        "sparat före första kolumnen: `{namn, år, belopp}`, där `år` är året då pengarna räknades",
        "{namn: Eget kapital 2025, år: 2025, belopp: 1 215 582}",
        of=OpeningEquityKeys,
    )
    closing = MappingKey(
        "utgående",
        "sparat i slutet av varje kolumn: `{namn, belopp}`, eller `räkna`",
        "{namn: Eget kapital, belopp: [1 512 650, 1 362 650]}",
        of=TotalKeys,
        or_computed=True,
    )


class DeviationKeys(Keys):
    block, makes = "avvikelse", model.Deviation
    control = ChoiceKey(
        "kontroll",
        "vad det är som inte stämmer, se nedan",
        "summa-kostnader",
        required=True,
        words=vocabulary.CONTROLS,
    )
    columns = ColumnsKey("kolumn", "kolumnen det gäller, eller flera: `[p2027, p2028]`", "b2026", required=True)
    cause = TextKey("orsak", "orsaken med ett ord; sparas, visas inte ännu", "avrundning", required=True)
    text = TextKey("text", "förklaringen för den som läser", "Raderna är avrundade var för sig.", required=True)
    difference = AmountKey("differens", "**måste** för allt utom `tecken` – den exakta skillnaden, utan minus", "1")
    unit = ChoiceKey("enhet", "skillnadens enhet, om den är en annan än tabellens", "kr", words=vocabulary.UNITS)
    row = TextKey("rad", "radens eller gruppens namn, när det finns flera att välja på", "Kostnader")


class FinancialGoalKeys(Keys):
    block, makes = "finansiellt-mål", model.FinancialGoal
    text = TextKey("text", "målet", "Budgeten ska vara i balans.", required=True)
    mark = TextKey("not", "märke som leder till en fotnot i samma lista", '"*"')
    measure = TextKey("mått", "vad som mäts, se nedan", "andel-administration")
    direction = ChoiceKey(
        "riktning",
        "åt vilket håll: `minst`, `högst`, `över` eller `under`",
        "högst",
        words=vocabulary.DIRECTIONS,
    )
    limit = TextKey("gräns", "var gränsen går", "20")
    unit = TextKey("enhet", "gränsens enhet", '"%"')


class FinancialGoalsKeys(Keys):
    block, makes = "finansiella-mål", model.FinancialGoals
    points = MappingsKey("punkter", "målen, en punkt för varje", of=(FinancialGoalKeys,))
    notes = MappingsKey("fotnoter", "förklaringar till märkena i listan", of=(NoteKeys,))


class ProseFigureKeys(Keys):
    block, makes = "kontrolltal", model.ProseFigure
    text = TextKey("text", "talet som det står i texten, med enhet", '"55,2 %"', required=True)
    expression = ExpressionKey(
        "uttryck",
        "vad i budgeten det ska vara lika med",
        '"andel(kostnader, ändamål=individ, b2026)"',
        required=True,
    )


class BudgetKeys(Keys):
    block, makes = "budget", model.Budget
    unit = ChoiceKey(
        "enhet",
        "`kr`, `tkr` (tusental) eller `mnkr` (miljoner); `mkr` går också bra, men sidan skriver mnkr, "
        "som inte kan läsas som miljarder",
        "kr",
        required=True,
        words=vocabulary.UNITS,
    )
    equity_model = ChoiceKey(
        "kapitalmodell",
        "var sparade pengar står: `separat` utanför intäkterna, `ingår` som en rad bland dem",
        "separat",
        required=True,
        words=vocabulary.EQUITY_MODELS,
    )
    columns = MappingsKey(
        "kolumner",
        "tabellens kolumner, se [Kolumner](#kolumner)",
        required=True,
        of=(ColumnKeys,),
        has_items=True,
    )
    income = MappingKey("intäkter", "raderna i intäkterna, med summa", required=True, of=BlockKeys)
    costs = MappingKey("kostnader", "raderna i kostnaderna, med summa", required=True, of=BlockKeys)
    main_column = TextKey("huvudkolumn", "kolumnen som planen handlar om; annars tas budgeten för planens år", "b2026")
    heading = TextKey("rubrik", "rubriken över tabellen, som den är tryckt", "Budget 2026")
    sign_style = ChoiceKey(
        "tecken",
        "hur kostnader är tryckta: `naturligt` (utan minus) eller `kostnader-negativa`",
        "naturligt",
        words=vocabulary.SIGN_STYLES,
        default="naturligt",
    )
    note_column = TextKey("notkolumn", "rubriken på en egen kolumn för märken, om planen har en sådan", "Fotnot")
    result = MappingKey("resultat", "raden med resultatet, eller `räkna`", of=ResultKeys, or_computed=True)
    equity = MappingKey("eget_kapital", "sparade pengar som står utanför tabellen", of=EquityKeys)
    notes = MappingsKey("fotnoter", "förklaringar till märkena i tabellen", of=(NoteKeys,))
    deviations = MappingsKey("avvikelser", "skillnader som finns i den beslutade planen", of=(DeviationKeys,))
    financial_goals = MappingKey("finansiella_mål", "mål för ekonomin", of=FinancialGoalsKeys)
    ceiling = MappingKey("kapitaltak", "hur mycket som får sparas", of=EquityCeilingKeys)
    prose_figures = MappingsKey(
        "kontrolltal_i_text", "siffror i texten som ska stämma med tabellen", of=(ProseFigureKeys,)
    )


# --- The plan -------------------------------------------------------------------------------------------------------


class DecisionKeys(Keys):
    block, makes = "beslut", model.Decision
    body = TextKey("organ", "vem som beslutade", "styrelsen")
    day = DayKey("datum", "dagen då styrelsen beslutade, inte dagen då planen skrevs under", "2025-11-28")
    paragraph = TextKey("paragraf", "paragraf i protokollet", '"§ 14"')
    wording = TextKey("ordval", "planens eget ord för beslutet", "fastställdes")
    town = TextKey("ort", "var beslutet togs; visas när `datum` finns", "Åby")
    printed = TextKey(
        "tryckt", "så som det står tryckt i planen; visas när `datum` finns", '"Åby den 28 november 2025"'
    )
    minutes = TextKey(
        "protokoll", "protokollets namn eller nummer; visas i planens historia som länk", '"Protokoll 5/2025"'
    )
    minutes_link = WebAddressKey(
        "protokoll_länk", "adressen till protokollet; visas i planens historia", "https://www.norr.se/protokoll-5.pdf"
    )
    posted = DayKey(
        "anslaget",
        "dagen då det tillkännagavs på anslagstavlan att protokollet var justerat; då visas sista dagen att överklaga",
        "2025-12-05",
    )
    posted_link = WebAddressKey(
        "anslag_länk", "adressen till anslaget; visas i planens historia", "https://www.norr.se/anslagstavla/"
    )


class MeetingKeys(Keys):
    block, makes = "sammanträde", model.Meeting
    day = PartialDateKey("datum", "dagen för mötet; visas i rutan om att planen är ett förslag", "2025-11-28")
    venue = TextKey("plats", "orten eller lokalen, så att det går att skriva ”i” framför", "Åby")
    time = TextKey("tid", "klockslag; visas i rutan om att planen är ett förslag", '"13.00"')
    announced = PartialDateKey(
        "tillkännagivet",
        "dagen då mötet tillkännagavs; visas i planens historia och under ”Så stämmer planen”",
        "2025-11-14",
    )
    public = YesNoKey("offentligt", "`ja` om mötet är öppet för alla", "ja")
    notice_link = WebAddressKey(
        "kallelse", "adressen till kallelsen; visas i planens historia", "https://www.norr.se/kallelse.pdf"
    )


class RevisionKeys(Keys):
    block, makes = "revidering", model.Revision
    day = DayKey("datum", "dagen då planen ändrades", "2026-03-21", required=True)
    summary = TextKey("sammanfattning", "vad som ändrades", "Nya belopp för coachning.", is_markdown=True)
    financing = TextKey("finansiering", "hur en ny kostnad betalas", "Sparade pengar används.")
    body = TextKey("organ", "vem som beslutade ändringen; sparas, visas inte ännu", "styrelsen")
    paragraph = TextKey("paragraf", "paragraf i protokollet; sparas, visas inte ännu", '"§ 4"')
    printed = TextKey(
        "tryckt", "så som det står tryckt i planen; sparas, visas inte ännu", '"Reviderad den 21 mars 2026"'
    )
    minutes_link = WebAddressKey(
        "protokoll_länk", "adressen till protokollet; visas i planens historia", "https://www.norr.se/protokoll-2.pdf"
    )
    posted = DayKey(
        "anslaget",
        "dagen då det tillkännagavs på anslagstavlan att protokollet var justerat; då visas sista dagen att överklaga",
        "2026-03-27",
    )
    posted_link = WebAddressKey(
        "anslag_länk", "adressen till anslaget; visas i planens historia", "https://www.norr.se/anslagstavla/"
    )


class RemovalKeys(Keys):
    block, makes = "borttagen", model.Removal
    day = DayKey("datum", "dagen då planen togs bort", "2026-05-04", required=True)
    reason = TextKey("skäl", "varför; visas på sidan", "Planen lades ut av misstag.", required=True)


class CorrectionKeys(Keys):
    block, makes = "rättelse", model.Correction
    printed = TextKey("tryckt", "det som står i källan", "Valfärdsguiden", required=True)
    corrected = TextKey("rättat", "det som står här i stället; `~` om det fick stå kvar", "Välfärdsguiden")
    text = TextKey("text", "en förklaring", "Står så på två ställen.")


class AcknowledgementKeys(Keys):
    block, makes = "sett", model.Acknowledgement
    code = TextKey("kod", "varningens namn", "kapital-över-taket", required=True)
    figure = TextKey("siffra", "siffran som varningen nämner; när den ändras kommer varningen tillbaka", "1 665 tkr")
    day = DayKey("datum", "dagen då ni såg den", "2026-02-10", required=True)
    reason = TextKey(
        "skäl", "varför den ska stå kvar; visas inte på sidan", "Styrelsen har beslutat så.", required=True
    )


class UnconfirmedKeys(Keys):
    block, makes = "att-bekräfta", model.Unconfirmed
    what = TextKey("vad", "raden i budgeten, eller stället i texten", "Coachning", required=True)
    columns = ColumnsKey("kolumner", "på en rad: kolumnerna vars belopp är kvar att bekräfta", "[b2026, p2027]")
    reason = TextKey("orsak", "varför det ska ses över", "Kapitlet nämner 2025.")


class SourceKeys(Keys):
    block, makes = "källa", model.Source
    corrections = MappingsKey(
        "rättelser",
        "skrivfel i källan, en punkt för varje; visas sist på sidan och under Om uppgifterna",
        of=(CorrectionKeys,),
    )
    kind = TextKey("typ", "vad källan är; visas på sidan", "text ur pdf")
    file = TextKey("fil", "vad filen heter; visas på sidan", "verksamhetsplan-2026.pdf")
    link = WebAddressKey("länk", "var filen finns; visas på sidan", "https://www.norr.se/plan.pdf")
    sha256 = TextKey("sha256", "filens kontrollsumma; visas på sidan")
    ask = TextKey("fråga", "var originalet går att fråga efter; visas på sidan", "kansliet i Åby")


class TargetKeys(Keys):
    block, makes = "målvärde", model.Target
    value = TextKey("värde", "talet", "75", required=True)
    direction = ChoiceKey("riktning", "`minst`, `högst`, `över` eller `under`", "minst", words=vocabulary.DIRECTIONS)
    unit = TextKey("enhet", "enheten efter talet", '"%"')
    subject = TextKey("avser", "vad talet gäller", "närvaro på helår")


class ListedTextKeys(Keys):
    block, makes = "text-med-punkter", model.ListedText
    text = TextKey("text", "texten", "Arrangera", required=True)
    points = TextsKey("punkter", "en lista med texter under den", "[inspirationsdag, konferens]")


class SubGoalKeys(Keys):
    block, makes = "delmål", model.SubGoal
    text = TextKey("text", "delmålet", "Fler kurser", required=True)
    mark = TextKey("not", "märke som leder till en fotnot i `mål_fotnoter`", '"*"')
    responsible = TextKey("ansvarig", "vem som ansvarar", "Förbundschefen")
    activities = MappingsKey(
        "aktiviteter", "en lista med texter", "[Starta två kurser]", of=(ListedTextKeys,), or_texts=True
    )
    measures = MappingsKey("mått", "en lista med texter", "[Antal deltagare]", of=(ListedTextKeys,), or_texts=True)
    targets = MappingsKey(
        "målvärde", "vad som ska nås, se nedan", '{riktning: minst, värde: 75, enhet: "%"}', of=(TargetKeys,)
    )
    status = ChoiceKey(
        "status",
        "om målet nåddes: `uppnått`, `delvis`, `inte-uppnått` eller `inte-mätt`",
        "delvis",
        words=vocabulary.GOAL_STATUSES,
    )
    outcome = TextKey(
        "utfall",
        "hur det gick; visas i planen och på sidan [Målen år för år](#målen-år-för-år)",
        "4 ärenden",
    )
    comment = TextKey("kommentar", "mer om hur det gick", "Fler svarade i år.", is_markdown=True)


class GoalKeys(Keys):
    block, makes = "mål", model.Goal
    text = TextKey("text", "målet", "Fler ska komma i arbete.", required=True)
    mark = TextKey("not", "märke som leder till en fotnot i `mål_fotnoter`", '"*"')
    law_reference = TextKey("laghänvisning", "paragrafen som målet bygger på", '"2 § lagen (2003:1210)"')
    responsible = TextKey("ansvarig", "vem som ansvarar för målet", "Styrelsen")
    sub_goals = MappingsKey("delmål", "delmålen, en punkt för varje", of=(SubGoalKeys,))
    id = TextKey(
        "id",
        "ett namn som följer målet år efter år, också när orden ändras; görs annars av `text`",
        "arbete",
    )


class GoalHeadingKeys(Keys):
    block, makes = "målrubriker", model.GoalHeadings
    goal = TextKey("mål", "rubriken för målen; står framför varje huvudmål", "Huvudmål")
    sub_goal = TextKey("delmål", "rubriken för delmålen", "Delmål")
    activities = TextKey("aktiviteter", "rubriken för aktiviteterna", "Aktivitet")
    measures = TextKey("mått", "rubriken för måtten", "Mätning")
    responsible = TextKey("ansvarig", "rubriken för dem som ansvarar", "Ansvarig")


class FollowUpPointKeys(Keys):
    block, makes = "uppföljning-punkt", model.FollowUpPoint
    text = TextKey("text", "det som följs upp", "Närvaro på mötena", required=True)
    mark = TextKey("not", "märke som leder till en fotnot i samma lista", '"*"')
    targets = MappingsKey(
        "målvärde",
        "vad som ska nås, som i ett delmål",
        '{riktning: minst, värde: 75, enhet: "%"}',
        of=(TargetKeys,),
    )


class FollowUpKeys(Keys):
    block, makes = "uppföljning", model.FollowUp
    points = MappingsKey("punkter", "det som följs upp, en punkt för varje", of=(FollowUpPointKeys,))
    notes = MappingsKey("fotnoter", "förklaringar till märkena i listan", of=(NoteKeys,))


class SignatoryKeys(Keys):
    block, makes = "person", model.Signatory
    name = TextKey("namn", "personens namn", "Anna Ek", required=True)
    role = TextKey("roll", "personens roll", "Ordförande", required=True)
    organisation = TextKey("organisation", "vem personen företräder", "Åby kommun")


class SignaturesKeys(Keys):
    block, makes = "underskrifter", model.Signatures
    day = DayKey(
        "datum",
        "dagen då planen undertecknades. Säger planen ingen annan dag låter du `datum` under `beslut` vara tomt. "
        "Då står det på sidan att planen inte säger när styrelsen beslutade",
        "2025-12-03",
    )
    printed = TextKey("tryckt", "så som det står tryckt i planen; visas när `datum` finns", '"Åby den 3 december 2025"')
    people = MappingsKey(
        "personer",
        "de som har skrivit under, en punkt för varje, se nedan",
        "[{namn: Anna Ek, roll: Ordförande}]",
        of=(SignatoryKeys,),
    )


class ChartWordsKeys(Keys):
    block, makes = "diagram", model.ChartWords
    title = TextKey("rubrik", "din egen rubrik", "Staten betalar hälften")
    summary = TextKey("sammanfattning", "din egen text", "Så delas kostnaden.", is_markdown=True)
    shown = YesNoKey("visa", "`nej` om diagrammet inte ska vara med", "nej", default=True)


class PlanKeys(Keys):
    block, makes = "planen", model.Plan
    schema = ConstantKey(
        "schema",
        "vilken handbok filen följer, alltid detsamma",
        "finsam-plan/1",
        required=True,
        value="finsam-plan/1",
    )
    association = TextKey("förbund", "mappen som förbundet ligger i", "norr", required=True)
    title = TextKey("titel", "planens namn", "Verksamhetsplan 2026", required=True)
    year = YearKey("år", "samma år som mappen", "2026", required=True)
    status = ChoiceKey(
        "status",
        "hur långt planen har kommit, se [Planens status](#planens-status-och-versioner)",
        "förslag",
        required=True,
        words=vocabulary.STATUSES,
    )
    budget = MappingKey("budget", "hela budgeten, se [Budget](#budget)", required=True, of=BudgetKeys)
    subtitle = TextKey("undertitel", "en rad under titeln", "Med budget 2026–2028")
    document = ChoiceKey(
        "dokument",
        "`verksamhetsplan` (det vanliga), `delårsrapport` eller `årsredovisning`; sidan kallar det så. I en "
        "delårsrapport är prognosen för hela året huvudkolumn, i en årsredovisning budgeten eller utfallet",
        "årsredovisning",
        words=vocabulary.DOCUMENT_KINDS,
        default="verksamhetsplan",
    )
    retold = YesNoKey(
        "återberättad",
        "`ja` om texten är omskriven med andra ord än planens, annars `nej`; då står det på sidan, "
        "med vem som har återberättat den, se `återberättat_av` i webbplats.yaml",
        "ja",
        default=False,
    )
    registration = TextKey("dnr", "diarienummer, gärna inom citattecken", '"2025:06"')
    summary = TextKey(
        "sammanfattning",
        "planen i några meningar; visas först på sidan",
        "Fler ska komma i arbete.",
        is_markdown=True,
    )
    deficit_reason = TextKey(
        "motivering_underskott",
        "varför kostnaderna är högre än intäkterna under planens år; visas på sidan under ”Så stämmer planen”",
        "Sparade pengar används till en ny insats.",
        is_markdown=True,
    )
    horizon_reason = TextKey(
        "motivering_planperiod",
        "varför planen gäller färre än tre år; visas på sidan under ”Så stämmer planen”",
        "Bidragen är osäkra.",
        is_markdown=True,
    )
    audience = TextKey("målgrupp", "vem planen är till för", "Personer mellan 18 och 65 år.", is_markdown=True)
    decision = MappingKey(
        "beslut", "vem som har beslutat och när, se [Beslut och möten](#beslut-och-möten)", of=DecisionKeys
    )
    consulted = PartialDateKey(
        "samråd",
        "dagen för samråd med medlemmarna; visas i planens historia och under ”Så stämmer planen”",
        "2025-09-15",
    )
    published = PartialDateKey("förslag_publicerat", "dagen då förslaget lades ut på webbplatsen", "2025-10-20")
    meeting = MappingKey("sammanträde", "mötet där förslaget tas upp", of=MeetingKeys)
    revisions = MappingsKey("revideringar", "ändringar efter beslutet", of=(RevisionKeys,))
    followed_up = DayKey(
        "uppföljd",
        "dagen då det skrevs in hur året gick eller går, se [Uppföljningen](aret.md#12-uppföljningen)",
        "2027-02-20",
    )
    removed = MappingKey(
        "borttagen",
        "att planen är borttagen, med `datum` och `skäl`, se [Det som har publicerats](#det-som-har-publicerats)",
        "{datum: 2026-05-04, skäl: Planen lades ut av misstag.}",
        of=RemovalKeys,
    )
    original = TextKey(
        "original",
        "styrelsens eget dokument: en fil bredvid plan.md eller en adress, se [Originalet](#originalet)",
        "verksamhetsplan-2026.pdf",
    )
    source = MappingKey("källa", "varifrån planen är hämtad och vad som är rättat", of=SourceKeys)
    seen = MappingsKey(
        "sett",
        "varningar som ni har sett och som ska stå kvar, se [Varningar som ska stå kvar](#varningar-som-ska-stå-kvar)",
        of=(AcknowledgementKeys,),
    )
    unconfirmed = MappingsKey(
        "att_bekräfta",
        "det som är hämtat från förra årets plan och inte är genomgånget, se [Att bekräfta](#att-bekräfta)",
        of=(UnconfirmedKeys,),
    )
    goals = MappingsKey("mål", "planens mål, se [Mål](#mål)", of=(GoalKeys,))
    goal_headings = MappingKey("mål_rubriker", "rubrikerna över målen, se [Mål](#mål)", of=GoalHeadingKeys)
    goal_notes = MappingsKey("mål_fotnoter", "förklaringar till märkena vid mål och delmål", of=(NoteKeys,))
    follow_up = MappingKey("uppföljning", "hur arbetet följs upp", of=FollowUpKeys)
    signatures = MappingKey("underskrifter", "vilka som har skrivit under", of=SignaturesKeys)
    chart_words = NamedMappingsKey("diagram", "egna ord till diagrammen, se [Diagram](#diagram)", of=ChartWordsKeys)
    text_order = ChoiceKey(
        "ordning",
        "vad som kommer först på sidan: `data-först` (det vanliga) eller `text-först`",
        "text-först",
        words=vocabulary.TEXT_ORDERS,
        default="data-först",
    )
    aliases = TextsKey(
        "alias",
        "gamla adresser som ska leda till planen, från webbplatsens första sida",
        "[verksamhetsplan-2026]",
    )


# --- Förbund, settings and pages of text ----------------------------------------------------------------------------


class MemberKeys(Keys):
    block, makes = "medlem", model.Member
    name = TextKey("namn", "hela namnet, helst som i budgeten", "Åby kommun", required=True)
    kind = ChoiceKey(
        "typ",
        "`kommun`, `region` eller `staten`",
        "kommun",
        required=True,
        words=vocabulary.MEMBER_KINDS,
    )
    short_name = TextKey("kort", "kort namn, för listor och diagram", "Åby")
    also = TextsKey("även", "andra namn på samma medlem i era budgetar", "[Åby]")


class AssociationKeys(Keys):
    block, makes = "förbund", model.Association
    schema = ConstantKey("schema", "alltid detsamma", "finsam-förbund/1", required=True, value="finsam-förbund/1")
    name = TextKey("namn", "förbundets hela namn", "Samordningsförbundet Norr", required=True)
    short_name = TextKey("kortnamn", "namnet i menyn", "Norr", required=True)
    members = MappingsKey("medlemmar", "medlemmarna, se nedan", required=True, of=(MemberKeys,), has_items=True)
    organisation_number = TextKey(
        "organisationsnummer",
        "inom citattecken; ett nummer som inte kan vara rätt är ett fel",
        '"222000-0000"',
    )
    founded = TextKey("bildat", "när förbundet bildades", '"2011"')
    contact = MappingKey("kontakt", "hur man når er, se nedan", of=ContactKeys)
    administration = ChoicesKey(
        "administration",
        "vilka ändamål ni räknar som administration; behövs för diagrammet om administration, ”Så stämmer planen” "
        "och sidan [Jämför förbunden](#jämför-förbunden)",
        "[administration, styrelse]",
        words=vocabulary.PURPOSES,
    )
    ceiling = MappingKey(
        "kapitaltak",
        "hur ni läser rekommendationen om sparade pengar, se [Kapitaltak](#kapitaltak); en plan kan ha ett eget",
        of=EquityCeilingKeys,
    )
    aliases = TextsKey(
        "alias",
        "gamla mappnamn på förbundet, eller på förbund som har gått upp i det; adresserna där leder hit",
        "[gamla-norr]",
    )
    appeal = TextKey(
        "laglighetsprövning",
        "hur ett beslut kan prövas i domstol, med ord som ni har godkänt; visas vid beslutet",
    )


class GapKeys(Keys):
    block, makes = "brist", model.Gap
    text = TextKey("text", "vad som inte är tillgängligt", "Kartan kan bara användas med mus.", required=True)
    reason = ChoiceKey("skäl", "varför, se nedan", "brist", required=True, words=vocabulary.GAP_REASONS)
    motive = TextKey(
        "motivering",
        "varför det vore oskäligt betungande; måste finnas för det skälet",
        "Det är 4 000 sidor.",
    )
    mended_by = DayKey("åtgärdas", "dagen då det ska vara åtgärdat", "2026-06-30")


class StatementContactKeys(Keys):
    block = "rapportera"
    email = EmailKey("e-post", "e-postadress", "info@norr.se")
    phone = TextKey("telefon", "telefonnummer, inom citattecken", '"0123-456 78"')
    answer = TextKey(
        "svarstid",
        "hur snart ni svarar, så att det går att läsa efter ”Vi svarar normalt”",
        "inom två arbetsdagar",
    )


class SupervisorKeys(Keys):
    block = "tillsyn"
    supervisor = TextKey("namn", "vem som har tillsyn", "Digg")
    complaint_address = WebAddressKey("länk", "adressen där man anmäler", "https://www.digg.se/tdosanmalan")


class StatementKeys(Keys):
    block, makes = "tillgänglighet", model.Statement
    actor = TextKey("aktör", "vem som står bakom webbplatsen; måste finnas i redogörelsen", "Samordningsförbundet Norr")
    service = TextKey("tjänst", "vad webbplatsen heter; annars tas `namn`", "Planer i norr")
    conformance = ChoiceKey(
        "förenlighet",
        "precis ett av orden nedan; måste finnas",
        "delvis förenlig",
        words=vocabulary.CONFORMANCES,
    )
    gaps = MappingsKey(
        "brister",
        "det som inte är tillgängligt, en punkt för varje; måste finnas om webbplatsen inte är helt förenlig",
        of=(GapKeys,),
    )
    assessed = DayKey("bedömd", "dagen då webbplatsen senast bedömdes; måste finnas", "2025-11-03")
    updated = DayKey("uppdaterad", "dagen då redogörelsen senast ändrades; måste finnas", "2025-11-20")
    method = TextKey("metod", "hur ni har testat; måste finnas", "Vi har testat själva.")
    report = MappingKey(
        "rapportera",
        "hur man når er, se nedan; e-post eller telefon måste finnas",
        "{e-post: info@norr.se}",
        of=StatementContactKeys,
    )
    supervision = MappingKey(
        "tillsyn",
        "vem som har tillsyn: `namn` och `länk` till anmälan; annars Digg och `https://www.digg.se/tdosanmalan`",
        of=SupervisorKeys,
    )
    standard = TextKey(
        "standard",
        "det som webbplatsen bedöms efter; annars `EN 301 549 V3.2.1 (WCAG 2.1)`",
        "EN 301 549 V3.2.1 (WCAG 2.1)",
    )


class SettingsKeys(Keys):
    block, makes = "webbplats", model.Settings
    schema = ConstantKey("schema", "alltid detsamma", "finsam-webbplats/1", required=True, value="finsam-webbplats/1")
    name = TextKey("namn", "webbplatsens namn", "Våra planer", required=True)
    description = TextKey("beskrivning", "en eller två meningar på startsidan", "Här finns planerna.", required=True)
    associations = TextsKey("förbund", "förbundens mappar, i den ordning de ska visas", "[norr, soder]", required=True)
    address = WebAddressKey(
        "adress",
        "adressen där webbplatsen ska ligga; utan den finns inga nyhetsflöden, ingen webbplatskarta och ingen katalog "
        "för dataportaler",
        "https://planer.norr.se/",
    )
    contact = MappingKey("kontakt", "samma nycklar som i forbund.md; visas på sidan Öppna data", of=ContactKeys)
    licence = ChoiceKey(
        "licens",
        "hur uppgifterna får användas: `cc0` (fritt, det vanliga), `cc-by` (fritt om källan anges) eller `pdm` "
        "(uppgifter utan upphovsrätt); utan licens säger sidan att det inte är bestämt, och ingen katalog för "
        "dataportaler görs",
        "cc0",
        words=vocabulary.LICENCES,
    )
    reteller = TextKey(
        "återberättat_av",
        "**måste** finnas när någon plan är återberättad – vem som har återberättat, så som det ska stå efter "
        "”Planen är återberättad av”; visas på sidan, i PDF:en och i data, där förbundet är den som planen handlar om",
        "kansliet på Länsbyrån",
    )
    statement = MappingKey(
        "tillgänglighet",
        "webbplatsens tillgänglighetsredogörelse, se nedan; saknas den får du en varning",
        of=StatementKeys,
    )


class TextPageKeys(Keys):
    block, makes = "textsida", model.TextPage
    title = TextKey("titel", "sidans rubrik", "Om webbplatsen", required=True)
    menu = YesNoKey("meny", "`ja` om sidan också ska stå i menyn högst upp", "nej", default=False)


class SummaryKeys(Keys):
    block, makes = "sammanfattning", model.Summary
    title = TextKey("titel", "sidans rubrik, på textens språk", "Our plan for 2026", required=True)
    written_by = TextKey("skriven_av", "vem som har skrivit eller översatt texten", "kansliet")


# --- Keys that sums depend on --------------------------------------------------------------------------------------

COUNTED_BY = frozenset(
    key.name
    for key in (
        *(BudgetKeys.unit, BudgetKeys.equity_model, BudgetKeys.sign_style, BudgetKeys.income, BudgetKeys.costs),
        *(BudgetKeys.result, BudgetKeys.equity, BudgetKeys.deviations, ResultKeys.role, BlockKeys.rows),
        *(BlockKeys.total, BudgetRowKeys.cells, EquityKeys.opening, EquityKeys.closing),
        *(DeviationKeys.control, DeviationKeys.columns, DeviationKeys.difference),
    )
)
"""Keys that decide how sums are computed: misspelling one, or giving it a wrong word, makes sums differ."""
