"""Which of the allowed words does another word mean? By lists, by negation, and last by similarity.

A suggestion never reverses the meaning: "ej uppnått" resembles "uppnått" in letters, and is its opposite.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from insyn.reading.characters import fold
from insyn.reading.key_kinds import FrontMatterKey
from insyn.reading.keys import (
    AssociationKeys,
    BlockKeys,
    BudgetKeys,
    BudgetRowKeys,
    ColumnKeys,
    ContactKeys,
    DecisionKeys,
    DeviationKeys,
    EquityKeys,
    GoalKeys,
    MeetingKeys,
    MemberKeys,
    PlanKeys,
    RemovalKeys,
)

MEANINGS: Mapping[str, str] = {
    # the result of a goal
    "uppnått": "uppfyllt, uppfylld, uppnådd, uppnåtts, uppnåddes, nått, nåtts, nådd, nåddes, klart, klar, genomfört, "
    "genomförd, avklarat, färdigt, slutfört, helt uppnått, helt uppfyllt, ja, grön, grönt, lyckades, "
    "måluppfyllt, 100 %",
    "delvis": "delvis uppnått, delvis uppfyllt, delvis nått, till viss del, till del, gul, gult, nästan, i stort sett, "
    "pågår, pågående, påbörjat, påbörjad, på väg, inte helt uppnått, inte helt uppfyllt, ej helt uppfyllt, ej "
    "helt uppnått",
    "inte-uppnått": "nej, röd, rött, misslyckades, missat, missades, ouppnått, ouppfyllt, noll",
    "inte-mätt": "ingen uppgift, uppgift saknas, okänt, okänd, vet ej, saknas, ej följt upp, "
    "inte följt upp, ej uppföljt, "
    "inte uppföljt, ej mätbart, inte mätbart, går inte att mäta, går ej att mäta, ej aktuellt, mäts senare, "
    "omätt, pågår, pågående, ej påbörjat, inte påbörjat, ej utvärderat, inte utvärderat",
    # the status of a plan
    "utkast": "arbetsmaterial, koncept, draft, arbetsutkast, preliminär, preliminärt, ej beslutad, inte beslutad, "
    "obeslutad, ej klar, inte klar, pågår, pågående",
    "förslag": "föreslagen, föreslagit, remiss, på remiss, förslag till beslut, preliminär, preliminärt, ej beslutad, "
    "inte beslutad, obeslutad, ej antagen, inte antagen, ej fastställd, inte fastställd",
    "beslutad": "fastställd, fastställt, antagen, antaget, godkänd, godkänt, beslutat, beslut, beslutats, definitiv, "
    "slutlig, gällande",
    "reviderad": "ändrad, ändrat, uppdaterad, justerad, revidering, reviderat, ny version, ändrad efter beslut",
    "ersatt": "utgången, inaktuell, ersatts",
    "upphävd": "upphört, återkallad, tillbakadragen, indragen, ogiltig, ogiltigförklarad",
    # the kind of a document
    "verksamhetsplan": "plan, budget, verksamhetsplan och budget, vp, verksamhetsplan med budget",
    "årsredovisning": "årsbokslut, bokslut, verksamhetsberättelse, årsrapport, årsredovisningen",
    "delårsrapport": "delår, delårsbokslut, tertialrapport, halvårsrapport, kvartalsrapport, delårsredovisning",
    # the kind of a column
    "utfall": "bokslut, resultat, faktiskt, verkligt, redovisat, facit, faktiskt utfall",
    "prognos": "helårsprognos, beräknat utfall, estimat, uppskattning",
    "budget": "årsbudget, reviderad budget, budgeterat, rambudget, ram",
    "plan": "flerårsplan, planår, efp, ekonomisk flerårsplan, planerat, planeringsår, verksamhetsplan",
    # who pays
    "staten": "stat, statlig, statligt, statsbidrag, fk, af, försäkringskassan, försäkringskassa, arbetsförmedlingen, "
    "arbetsförmedling, fk och af, fk/af, fk + af, fk af, försäkringskassan och arbetsförmedlingen",
    "region": "landsting, landstinget, regionen, regioner, regionerna",
    "kommun": "kommunen, kommuner, kommunerna, kommunal, stad, staden",
    "eu": "esf, esf+, europeiska unionen, eu-medel, eu-bidrag, eu-kommissionen",
    "ränta": "räntor, ränteintäkt, ränteintäkter, finansiella intäkter, bankränta",
    "övrigt": "övriga, övrig, annat, annan, diverse, övriga intäkter, övriga kostnader, oförutsett",
    "ingående-kapital": "ingående eget kapital, eget kapital, sparade medel, sparat, sparade pengar, överskott, "
    "balanserat, "
    "fonderade medel, ackumulerat kapital, ib, ingående balans",
    "parterna": "alla, parter, alla parter, medlemmarna, medlemmar, gemensamt, samtliga, samtliga parter, huvudmännen",
    # what money is spent on
    "individ": "individer, individinriktat, individinriktade insatser, individinsatser, individnivå, enskilda",
    "struktur": "strukturövergripande, strukturövergripande insatser, strukturinsatser, strukturellt, "
    "system, systemnivå, "
    "samverkan",
    "insatser": "insats, aktiviteter, aktivitet, verksamhet",
    "ny": "ny verksamhet, nytt, nya insatser, ny insats",
    "administration": "admin, adm, kansli, kansliet, administrativt, förvaltning, kansli och administration",
    "styrelse": "styrelsen, styrelsearvoden, arvoden, arvode",
    "revision": "revisor, revisorer, revisorerna, revisionen",
    # how money is counted and printed
    "kr": "sek, kronor, krona, skr",
    "tkr": "kkr, ksek, tsek, tusen, tusental, tusen kronor, tusental kronor, 1000 kr, tusen kr, t kr",
    "mnkr": "msek, milj, miljon, miljoner, miljoner kronor, mn, mnk, milj kr",
    "separat": "utanför, separata, separerat, skilt",
    "ingår": "inkluderat, inkluderad, inkluderas, bland intäkterna",
    "naturligt": "naturlig, plus, positiva, positivt, utan minus",
    "kostnader-negativa": "negativa, negativt, negativ, minus, med minus, negativa kostnader",
    "årets-resultat": "resultat, resultatet, årets resultat",
    "utgående-kapital": "utgående eget kapital, ub, utgående balans, kvarvarande, kapital vid årets slut",
    "före": "innan, ovanför, över, överst, först",
    "efter": "under, nedanför, underst, sist, nederst",
    # how a value is compared
    "minst": "lägst, minimum, min, inte under, ej under, större än eller lika med, >=, ≥",
    "högst": "max, maximalt, maximum, inte över, ej över, inte mer än, upp till, mindre än eller lika med, <=, ≤",
    "över": "mer än, fler än, högre än, större än, >",
    "under": "mindre än, färre än, lägre än, <",
    # the rest
    "ja": "yes, true, sant, j, 1, x",
    "nej": "no, false, falskt, n, 0",
    "helt förenlig": "helt, fullt förenlig, helt förenligt, uppfyller kraven",
    "delvis förenlig": "delvis, delvis förenligt, inte helt förenlig, ej helt förenlig",
    "inte förenlig": "nej, oförenlig, oförenligt",
    "brist": "fel, brister, åtgärdas",
    "oskäligt-betungande": "betungande, oskälig börda, oskäligt, undantag",
    "utanför-lagen": "omfattas inte, omfattas ej, undantag",
    "data-först": "data, siffror, siffror först, tabeller först",
    "text-först": "text, texten, texten först",
    "stegvis": "steg, trappa, i steg, stegen",
    "nivå": "nivåer, en nivå",
    "cc0": "cc 0, cc-0, cc0 1.0, cc0-1.0, fritt",
    "cc-by": "cc by, cc-by-4.0, cc by 4.0, cc-by 4.0",
}
"""Synonyms of each choice, from all the lists that have it."""
KEYS: tuple[tuple[FrontMatterKey, str], ...] = (
    (BudgetKeys.income, "inkomster, inkomst, finansiering"),
    (BudgetKeys.costs, "utgifter, utgift"),
    (BlockKeys.total, "totalt, total, summan, delsumma"),
    (BudgetRowKeys.cells, "kronor, värden, summa"),
    (BudgetRowKeys.name, "rubrik, titel, benämning, post"),
    (PlanKeys.title, "namn, rubrik"),
    (GoalKeys.text, "namn, beskrivning"),
    (PlanKeys.registration, "diarienummer, diarienr, ärendenummer"),
    (BudgetRowKeys.funder, "finansiär, betalare, betalas_av"),
    (BudgetRowKeys.purpose, "syfte, kategori"),
    (ContactKeys.email, "mejl, mail, email, e-mail, epostadress, e-postadress"),
    (ContactKeys.phone, "tel, tfn, telefonnummer, mobil"),
    (ContactKeys.web, "hemsida, webbplats, url, webbadress"),
    (DecisionKeys.day, "dag, den"),
    (BudgetRowKeys.mark, "fotnot, märke"),
    (ColumnKeys.kind, "sort, slag"),
    (ColumnKeys.label, "kolumnrubrik"),
    (MeetingKeys.venue, "lokal, ort"),
    (DecisionKeys.town, "plats för beslutet, beslutsort"),
    (RemovalKeys.reason, "anledning, orsak, motivering"),
    (DeviationKeys.cause, "skäl, anledning"),
    (BudgetRowKeys.explanation, "beskrivning"),
    (AssociationKeys.short_name, "kort, kort_namn"),
    (MemberKeys.short_name, "kort_namn, kortnamnet"),
    (BudgetKeys.equity, "sparat, sparade_pengar"),
    (EquityKeys.opening, "ib, ingående_balans, ingående_kapital"),
    (EquityKeys.closing, "ub, utgående_balans, utgående_kapital"),
)
"""Synonyms of keys."""
NO_SUGGESTION = re.compile(r"cc.by.(?:sa|nc|nd).*|public domain|oklart?|okan[dt]|oka|minska")
"""Words with a meaning of their own, outside the choices."""
NOT = re.compile(r"(?:^|(?<=[\s_-]))(?:ej|inte|icke|ingen|inget|inga|aldrig|knappast)(?=[\s_-]|\Z)")
WHOLLY = re.compile(r"\b(?:helt|fullt|alla|allt|riktigt)\b")
SURELY = 0.9
"""Similarity, from 0 to 1, from which one word is surely a slip for another."""
TURNING = re.compile(
    r"\d|nastan|knappt|upphav|avskaffa|ersatt|foregaende|forra|tidigare|negativ|minus|sist|forst|tal\Z|milj|mrd|mdkr|md\Z"
)
"""Folded words and word parts that change the meaning of the word beside them."""
OPPOSITES = (
    ("ingående", "utgående"), ("intäkt", "kostnad"), ("intäkt", "utgift"),
    ("inkomst", "kostnad"), ("före", "efter"), ("minst", "högst"), ("över", "under"),
    ("uppnå", "missa"), ("ja", "nej"), ("separat", "ingår"), ("individ", "struktur"), ("först", "sist"),
)  # fmt: skip
"""Beginnings of words with opposite meanings."""


def meant(written: str, choices: Iterable[str]) -> tuple[str, ...] | None:
    """Return the folded choices that a word may mean; () if none may be suggested, None if similarity may decide.

    >>> meant("ej uppnatt", ["uppnatt", "delvis", "inte-uppnatt"])
    ('inte-uppnatt',)
    """
    choices = tuple(choices)
    if NO_SUGGESTION.fullmatch(written):
        return ()
    hyphened = re.sub(r"[\s_]+", "-", written)
    if hyphened in choices:
        return (hyphened,)
    if told := _of(written, choices):
        return told
    if NOT.search(written) or _without_o(written, choices):
        return _negated(written, choices) or _near_negation(written, choices)
    words = [
        *re.split(r"[\s,./()-]+", written),
        *(phrase for phrase in _words() if " " in phrase and phrase in written),
    ]
    parts = {meaning for word in words for meaning in _of(word, choices) or (word,)}
    there = tuple(word for word in choices if word in parts)
    if not there:
        return None
    beside = [word for word in re.split(r"[\s,./()-]+", written) if not _of(word, choices) and word not in there]
    is_other = any(map(TURNING.match, beside)) or turns_round(written, there[0])
    return there if len(there) == 1 and not is_other else ()


def turns_round(written: str, suggestion: str) -> bool:
    """Whether a suggestion is the opposite of the written word."""
    if bool(NOT.search(written)) != bool(NOT.search(suggestion)):
        return True
    if {f"o{written}", f"o{written}".replace(" ", "-")} & {suggestion} or written == f"o{suggestion}":
        return True
    pairs = [pair for one, other in OPPOSITES for pair in ((fold(one), fold(other)), (fold(other), fold(one)))]
    return any(one in written and other in suggestion and one not in suggestion for one, other in pairs)


def keys_meant(folded: str, keys: Iterable[str]) -> str | None:
    """Return the folded key that another word means."""
    return next((key for key in keys if key in _key_words().get(folded, ())), None)


def _of(word: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    meanings = _words().get(word, ())
    return tuple(choice for choice in choices if choice in meanings)


def _negated(written: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the meaning of a negated word: the choice that is the negation of the rest."""
    if WHOLLY.search(written):
        partly = tuple(choice for choice in choices if choice.startswith("delvis"))
        if partly:
            return partly
    rest = " ".join(NOT.sub(" ", written).replace("-", " ").split()) or written
    rest = rest if NOT.search(written) else rest[1:]
    if NOT.search(written) and (rest == "nej" or _without_o(rest, choices)):
        return ()
    for plain in (rest, *_of(rest, choices)):
        negated = tuple(word for word in choices if NOT.search(word) and NOT.sub("", word).strip(" -") == plain)
        if negated:
            return negated
    if {rest} & {"ja"} or set(choices) == {"ja", "nej"}:
        return tuple(choice for choice in choices if choice == "nej")
    both = {fold("separat"), fold("ingår")}
    return tuple(both - {rest}) if set(choices) == both and rest in both else ()


def _near_negation(written: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the negated choice that a negated word is a slip for."""
    from difflib import SequenceMatcher

    hyphened = re.sub(r"[\s_]+", "-", written)
    rest = NOT.sub(" ", written).strip(" -_")
    if not NOT.search(written) or _without_o(rest, choices):
        return ()
    near = [word for word in choices if NOT.search(word) and SequenceMatcher(None, hyphened, word).ratio() > SURELY]
    return tuple(near) if len(near) == 1 else ()


def _without_o(written: str, choices: tuple[str, ...]) -> bool:
    """Whether a word is "o-" before one of ours or a synonym of one: "ouppnått"."""
    return written[:1] == "o" and (written[1:] in choices or bool(_of(written[1:], choices)))


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    return _inverted(MEANINGS)


@cache
def _key_words() -> Mapping[str, tuple[str, ...]]:
    return _inverted({key.name: words for key, words in KEYS})


def _inverted(table: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    inverted: dict[str, tuple[str, ...]] = {}
    for word, others in table.items():
        for other in others.split(", "):
            inverted[fold(other)] = (*inverted.get(fold(other), ()), fold(word))
    return inverted
