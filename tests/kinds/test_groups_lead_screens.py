"""What whoever leads a group sees, and what a group sees that nobody leads."""

from datetime import timedelta
from typing import Any

import pytest

from app.projection import drawn
from facilitation import desk, pictures
from facilitation.desk import Belongs
from facilitation.groups.guide import Leg
from facilitation.groups.lead import Member
from facilitation.record import Person, Role
from facilitation.screen import Audience, Slot
from tests.kinds.led import GROUPS, prepared, working
from tests.kinds.tables import did, handed_in, html, space, state, view, wrote
from tests.kinds.test_groups_screens import text
from tests.kinds.walls import HOSTILE
from tests.rooms import Kept, submit


def lead(table: Kept, group: str = "eins") -> dict[str, Any]:
    return view(table, Audience.FACILITATOR, group=group)


# ── the page ──


def test_whoever_leads_sees_everything_that_members_see_and_more() -> None:
    table = working()
    wrote(table, "ada")
    handed_in(table, "ada")
    own, members = lead(table), space(table)
    assert own["handback"] == members["leader"]
    assert {name: part for name, part in own.items() if name in members and name} == {
        name: part for name, part in members.items() if name not in ("", "leader")
    }
    slots = ("lead-above", "lead-guide", "lead-work", "lead-team")
    assert {name for slot in slots for name in own[slot]} - set(members[""]) == {
        *("guide", "members", "channel", "asides", "asking", "handback")
    }
    assert set(members[""]) - {"leader"} <= {name for slot in slots for name in own[slot]}


def test_the_guide_has_its_planned_times_from_the_start_on() -> None:
    table = working()
    began = state(table).started
    assert began
    arriving, collecting = lead(table)["guide"].legs
    assert (arriving.section.title, arriving.begins, arriving.ends) == (
        "Ankommen",
        began,
        began + timedelta(minutes=5),
    )
    assert (collecting.begins, collecting.ends) == (began + timedelta(minutes=5), began + timedelta(minutes=25))
    shown = text(html(table, {"guide": lead(table)["guide"]}))
    assert "Ankommen 11:00 bis 11:05, 5 Minuten" in shown
    assert "„Wer sind wir?“" in shown
    assert "Wenn es stockt: Fragen Sie." in shown


def test_before_the_start_the_guide_says_how_long_each_section_takes() -> None:
    table = prepared()
    assert [leg[1:] for leg in lead(table)["guide"].legs] == [(None, None), (None, None)]
    assert "Ankommen 5 Minuten" in text(html(table, {"guide": lead(table)["guide"]}))


def test_without_a_guide_there_is_what_helps_every_group() -> None:
    table = working(guide=[])
    assert "Eine Person führt Protokoll" in html(table, {"guide": lead(table)["guide"]})


def test_the_list_says_who_is_here_on_the_way_and_away() -> None:
    late = Person("late", Role.PARTICIPANT, "Leitung Amt 70", unit="amt-70", function="amtsleitung")
    table = working()
    table.roster.people["late"] = late
    submit(table, "mo", "roster", "door", door="lobby")
    submit(table, "late", "roster", "join")
    did(table, "mo", "move", person="late", group="eins")
    submit(table, "ben", "roster", "leave")
    assert lead(table)["members"] == (
        (
            Member("Leitung Amt 10", "amtsleitung", "amt-10", "here"),
            Member("Leitung Amt 20", "amtsleitung", "amt-20", "away"),
            Member("Leitung Amt 70", "amtsleitung", "amt-70", "waiting"),
        ),
        1,
        1,
        1,
    )
    shown = text(html(table, {"members": lead(table)["members"]}))
    assert "1 da, 1 unterwegs, 1 abwesend" in shown
    assert "da Leitung Amt 10 Amtsleitung, amt-10" in shown


def test_where_names_are_for_the_desk_the_list_says_functions_alone() -> None:
    table = working(names="moderators")
    assert lead(table)["members"].members == (
        Member("", "amtsleitung", "", "here"),
        Member("", "amtsleitung", "", "here"),
    )


def test_somebody_whose_row_is_gone_is_still_counted() -> None:
    table = working()
    del table.roster.people["ben"]
    assert lead(table)["members"].members[1] == Member("", "", "", "here")


def test_an_empty_group_says_so() -> None:
    table = working()
    assert "Noch sitzt niemand hier." in html(table, {"members": lead(table, "drei")["members"]})


@pytest.mark.parametrize("words", [words for words in HOSTILE if "<" in words])
def test_hostile_words_stay_words(words: str) -> None:
    section = {"title": words, "minutes": 1, "do": words, "say": [words], "stuck": words}
    table = working(guide=[section])
    did(table, "eva-lin", "brief", text=words)
    did(table, "eva-lin", "aside", group="eins", text=words, released=True)
    for seen in (lead(table), space(table), space(table, "zwei"), view(table, Audience.DESK)):
        assert words not in html(table, seen)


# ── for members ──


def test_members_see_who_leads_and_can_take_over() -> None:
    table = working()
    shown = text(html(table, {"leader": space(table)["leader"]}))
    assert "Moderation: Leitung Amt 60" in shown
    assert "Moderation übernehmen" in shown
    submit(table, "eva-lin", "roster", "leave")
    assert "Leitung Amt 60 (nicht da)" in text(html(table, {"leader": space(table)["leader"]}))


def test_a_group_that_nobody_leads_gets_the_guide_to_lead_itself() -> None:
    table = working()
    shown = text(html(table, {"leader": space(table, "zwei")["leader"]}))
    assert ["Niemand moderiert Ihre Gruppe." in shown, "Ankommen" in shown, "übernehmen" in shown] == [True] * 3
    assert all(isinstance(leg, Leg) for leg in space(table, "zwei")["leader"].guide)
    did(table, "dan", "lead", group="zwei")
    assert space(table, "zwei")["leader"].guide == ()
    usual = working(guide=[])
    assert "Sprechen Sie der Reihe nach" in html(usual, {"leader": space(usual, "zwei")["leader"]})


def test_when_the_round_is_over_nobody_is_asked_to_take_over() -> None:
    table = working()
    did(table, "mo", "finish")
    for group in ("eins", "zwei"):
        assert "übernehmen" not in html(table, {"leader": space(table, group)["leader"]})


# ── what belongs to the group, on the page ──


@pytest.mark.parametrize("audience", [Audience.GROUP, Audience.FACILITATOR])
def test_what_belongs_to_a_group_stands_within_its_space_once_it_was_opened(audience: Audience) -> None:
    table = working()
    leads = audience is Audience.FACILITATOR

    def inside() -> Slot:
        found = pictures.group(table, "now/kg/eins", audience)["page.kg.belongings"]
        assert isinstance(found, Slot)
        return found

    assert inside() == (("page.wand.led",) if leads else ())
    submit(table, "eva-lin", "wand", "open")
    led = ("page.wand.led", "page.wand.led-phases") if leads else ()
    assert inside()[: len(led) + 1] == (*led, "page.wand.ask")


def test_whoever_leads_opens_closes_and_opens_again() -> None:
    table = working()

    def control() -> str:
        parts = drawn(pictures.group(table, "now/kg/eins", Audience.FACILITATOR))
        return text(parts["page.wand.led"])

    assert control() == " wand noch nicht offen Öffnen "
    submit(table, "eva-lin", "wand", "open")
    assert control() == " wand offen Schließen "
    submit(table, "eva-lin", "wand", "close")
    assert control() == " wand geschlossen Wieder öffnen "


def test_whoever_leads_says_what_is_right_once_the_result_is_seen() -> None:
    table = working()
    did(table, "mo", "furnish", group="eins", activity="quiz")

    def control() -> str:
        return text(drawn(pictures.group(table, "now/kg/eins", Audience.FACILITATOR))["page.quiz.led"])

    said = []
    for command in ("open", "close", "reveal"):
        said.append("Auflösung zeigen" in control())
        submit(table, "eva-lin", "quiz", command)
    assert said == [False, False, True]
    assert control() == " quiz geschlossen Wieder öffnen "


# ── the desk ──


def test_the_desk_says_to_which_group_something_belongs_and_gives_it_to_another() -> None:
    table = working()
    groups = tuple((it["id"], it["title"]) for it in GROUPS)
    told = desk.desk(table, "wand")["desk.belongs"]
    assert told.content == Belongs("wand", (("kg", "kg", groups, "eins"),))  # type: ignore[union-attr]
    parts = drawn(desk.desk(table, "wand"))
    assert "Gehört zu Gruppe 1" in text(parts["desk.belongs"])
    assert "Einer Gruppe geben" in text(drawn(desk.desk(table, "alle"))["desk.belongs"])
    assert "desk.belongs" not in desk.desk(table, "kg")


def test_what_a_group_opens_for_itself_takes_no_desk_away_from_the_day() -> None:
    table = working()
    did(table, "mo", "finish")
    submit(table, "mo", "wand", "open")
    assert desk.desk(table)["desk.head"].content.title == "Amtsleitungstag"  # type: ignore[union-attr]


def test_the_table_of_the_desk_names_who_leads() -> None:
    table = working()
    assert view(table, Audience.DESK)["row-eins"].leaders == ("Leitung Amt 60",)
    assert "mit Leitung Amt 60" in text(html(table, view(table, Audience.DESK)))
