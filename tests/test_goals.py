"""Were the goals reached? The message above the table of goals, and the table."""

from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.site import PLAN, TestSite

TARGET = 'målvärde: {riktning: minst, värde: 75, enhet: "%"}'


def goals(*subs: str, goals: int = 1) -> str:
    """A plan's goals: the first has these sub-goals, others none."""
    lines = "".join(f"        - {{text: Delmål {n}{', ' if sub else ''}{sub}}}\n" for n, sub in enumerate(subs, 1))
    first = f"    - text: Mål 1\n      delmål:\n{lines}" if subs else "    - {text: Mål 1}\n"
    return f"    mål:\n{first}" + "".join(f"    - {{text: Mål {n}}}\n" for n in range(2, goals + 1))


def built(site: TestSite, written: str, *, more: str = "") -> Element:
    """Build a plan with these goals and return its section about them."""
    head = "    status: beslutad\n"
    site.write_plan(PLAN, (head, f"{head}{written}{more}"))
    assert site.build() == 0, site.printed
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(site.page("norr/2025/"))
    return next(one for one in root.iter("section") if one.get("aria-labelledby") == "mal")


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split()).replace("\u00a0", " ")


def message(section: Element) -> tuple[str, str]:
    """Title and text above the table."""
    title, text, *_ = section[1:]
    assert title.get("id") == "nades-malen"
    return said(title), said(text)


# --- Notes ----------------------------------------------------------------------------------------------------------


def test_marks_at_goals_and_sub_goals_lead_to_their_footnote_and_back(site: TestSite) -> None:
    written = goals('not: "*"', 'not: "2"').replace("- text: Mål 1\n", '- text: Mål 1\n      not: "*"\n')
    notes = '    mål_fotnoter: [{not: "*", text: Räknat på helår.}, {not: "2", text: Nytt i år.}]\n'
    section = built(site, written, more=notes)
    links = {one.get("id"): one.get("href") for one in section.iter("a")}
    ids = {one.get("id") for one in section.iter() if one.get("id")}
    assert said(next(one for one in section.iter("div") if one.get("aria-label") == "Noter till målen")) == (
        "* Räknat på helår. ↑ ↑ 2 Nytt i år. ↑"
    )
    assert {links[f"mal-not-1-marke-{number}"] for number in (1, 2)} == {"#mal-not-1"}
    assert {(link or "").removeprefix("#") for link in links.values()} <= ids


def test_a_mark_in_the_goals_isnt_answered_by_a_footnote_of_the_budget(site: TestSite) -> None:
    written = goals('not: "*"')
    site.write_plan(PLAN, ("    status: beslutad\n", f"    status: beslutad\n{written}"))
    assert "note-undefined" in {one.code for one in site.found()}


# --- Before follow-up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subs", "many", "title"),
    [
        (("mått: [A]", "mått: []", TARGET), 3, "Planen har tre mål, och två av tre delmål har ett sätt att mäta"),
        (("mått: [A]", TARGET), 1, "Planen har ett mål, och alla delmål har ett sätt att mäta"),
        (("mått: []", ""), 2, "Planen har två mål. Hur delmålen mäts är inte ifyllt"),
        (("mått: [A]",), 1, "Planen har ett mål, och delmålet har ett sätt att mäta"),
        (("",), 1, "Planen har ett mål. Hur delmålet mäts är inte ifyllt"),
        ((), 2, "Planen har två mål"),
        (("mått: [A], status: inte-mätt",), 1, "Planen har ett mål, och delmålet har ett sätt att mäta"),
    ],
)
def test_before_follow_up_goals_are_counted_and_so_are_those_that_can_be_measured(
    site: TestSite, subs: tuple[str, ...], many: int, title: str
) -> None:
    section = built(site, goals(*subs, goals=many))
    assert message(section)[0] == title
    assert message(section)[1].endswith("Hur det gick är inte ifyllt än.")


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        (0, "Inget målvärde är ifyllt."),
        (1, "Ett delmål har ett målvärde."),
        (2, "Två delmål har ett målvärde."),
        (3, "Alla delmål har ett målvärde."),
    ],
)
def test_targets_are_counted_in_words(site: TestSite, targets: int, told: str) -> None:
    subs = [TARGET] * targets + ["mått: [A]"] * (3 - targets)
    assert told in message(built(site, goals(*subs)))[1]


# --- After ----------------------------------------------------------------------------------------------------------


def test_goals_are_counted_when_they_are_measured_with_a_target_or_without(site: TestSite) -> None:
    """One that isn't measured has neither been reached nor missed."""
    section = built(
        site,
        goals(
            f"{TARGET}, status: uppnått",
            f"{TARGET}, status: delvis",
            f"{TARGET}, status: inte-uppnått",
            f"{TARGET}, status: inte-mätt",
            TARGET,
            "status: uppnått",
            "",
        ),
    )
    assert message(section) == (
        "Två av fyra uppföljda delmål nåddes 2025",
        "Av sju delmål är två uppnådda, ett delvis uppnått, ett inte uppnått, ett inte mätt än och två utan uppgift.",
    )


def test_goals_without_targets_are_counted_too(site: TestSite) -> None:
    section = built(site, goals("status: uppnått", "status: delvis", TARGET))
    assert message(section) == (
        "Ett av två uppföljda delmål nåddes 2025",
        "Av tre delmål är ett uppnått, ett delvis uppnått och ett utan uppgift.",
    )


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        (["delvis"], "Det enda uppföljda delmålet nåddes delvis 2025"),
        (["delvis", "inte-uppnått"], "Inget av två uppföljda delmål nåddes helt 2025"),
        (["inte-uppnått", "inte-uppnått"], "Inget av två uppföljda delmål nåddes 2025"),
    ],
)
def test_a_goal_that_was_partly_reached_is_not_said_to_be_missed(
    site: TestSite, statuses: list[str], title: str
) -> None:
    assert message(built(site, goals(*(f"status: {status}" for status in statuses))))[0] == title


def test_an_only_goal_is_not_counted(site: TestSite) -> None:
    assert message(built(site, goals(f"{TARGET}, status: inte-uppnått"))) == (
        "Det enda uppföljda delmålet nåddes inte 2025",
        "Planens enda delmål är inte uppnått.",
    )


def test_the_words_above_the_table_are_said_not_to_be_the_plans(site: TestSite) -> None:
    assert "Rubriken och texten ovanför tabellen är webbplatsens, inte planens." in said(built(site, goals("")))


def test_staff_may_write_or_leave_out_the_words_but_the_table_stays(site: TestSite) -> None:
    own = "    diagram: {nades-malen: {rubrik: Vi nådde våra mål}}\n"
    section = built(site, goals("mått: [A]"), more=own)
    assert message(section)[0] == "Vi nådde våra mål"
    assert "Rubriken eller texten ovanför tabellen är skriven av förbundet." in said(section)
    section = built(site, goals("mått: [A]"), more="    diagram: {nades-malen: {visa: nej}}\n")
    assert [one.get("id") for one in section.iter("h3")] == []
    assert said(next(section.iter("caption"))) == "Mål i planen"


# --- The table ------------------------------------------------------------------------------------------------------


def rows(section: Element) -> list[list[str]]:
    (table,) = section.iter("table")
    return [[said(cell) for cell in row] for row in table.iter("tr")]


def test_the_table_tells_how_it_went_in_a_word_an_outcome_and_a_comment(site: TestSite) -> None:
    section = built(
        site,
        goals(
            "status: uppnått, utfall: 80 procent",
            "status: delvis, kommentar: Få svarade.",
            'status: inte-uppnått, utfall: "12", kommentar: Ny mätning görs.',
            "status: inte-mätt",
            "utfall: 4 möten",
            "",
        ),
    )
    assert rows(section) == [
        ["Delmål", "Nåddes målet?", "Så gick det"],
        ["Mål 1"],
        ["Delmål 1", "Uppnått", "80 procent"],
        ["Delmål 2", "Delvis", "Få svarade."],
        ["Delmål 3", "Inte uppnått", "12Ny mätning görs."],
        ["Delmål 4", "Inte mätt än", "Inte ifyllt"],
        ["Delmål 5", "Inte bedömt", "4 möten"],
        ["Delmål 6", "Inte ifyllt", "Inte ifyllt"],
    ]


def test_each_status_has_a_shape_of_its_own(site: TestSite) -> None:
    section = built(site, goals("status: uppnått", "status: delvis", "status: inte-uppnått", "status: inte-mätt"))
    shapes = [
        [(part.tag, part.get("d") or part.get("r")) for part in shape if part.tag.endswith(("path", "circle"))]
        for shape in section.iter("{http://www.w3.org/2000/svg}svg")
    ]
    assert len(shapes) == 4
    assert all(shapes)
    assert len({tuple(shape) for shape in shapes}) == 4


def test_before_follow_up_the_table_has_no_columns_for_it(site: TestSite) -> None:
    assert rows(built(site, goals("mått: [A]")))[0] == ["Delmål", "Mått"]
