"""Groups that come to be on the day: from the desk, from what was said, by people themselves."""

from typing import Any

import pytest

from facilitation.kinds import groups, wall
from facilitation.pictures import plenary
from facilitation.screen import Audience
from tests.kinds.tables import GROUPS, HERE, begun, did, figures, html, mine, planned, refusal, rows, state, view, wrote
from tests.rooms import Kept, activity, afresh, room, submit

LONG = "Lang " + 300 * "x"


def beside_a_wall(names: str = "named", **config: Any) -> Kept:
    """A round of groups and a wall on which ada wrote two cards."""
    cards = activity(wall, "wand", names=names, columns=[["neu", "Neu"]], max_length=900)
    table = room(activity(groups, "kg", **{"groups": GROUPS} | config), cards, people=HERE)
    submit(table, "mo", "wand", "open")
    for text in ("Mehr Mut", LONG):
        submit(table, "ada", "wand", "write", column="neu", text=text)
    return table


def cards(table: Kept) -> list[str]:
    return list(table.activities["wand"].contributions)


def titles(table: Kept, audience: Audience) -> list[str]:
    seen = view(table, audience)
    return [seen[name].table.group.title for name in seen["rows" if audience is Audience.DESK else "entries"]]


@pytest.mark.parametrize("table", [planned(), begun()])
def test_a_group_is_added_before_and_while_groups_work(table: Kept) -> None:
    ref = did(table, "mo", "add", title="Radwege", topic="Wo fehlt einer?", task="Karte", place="Hof", capacity=7)
    group = state(table).groups["g4"]
    assert (group.title, group.topic, group.task, group.place, group.capacity) == (
        "Radwege",
        "Wo fehlt einer?",
        "Karte",
        "Hof",
        7,
    )
    assert (state(table).refs, figures(table)["notes"]["g4"]) == ({"g4": ref}, 0)
    did(table, "mo", "move", person="ada", group="g4")
    assert figures(table)["final"]["g4"] == 1


def test_what_is_written_in_an_added_group_stands_in_the_table_under_it() -> None:
    table = begun()
    did(table, "mo", "add", title="Radwege")
    did(table, "mo", "move", person="ada", group="g4")
    ref = wrote(table, "ada", "Am Ring", group="g4")
    assert [(row["ref"], row["group"]) for row in rows(table)] == [(ref, "Radwege")]


def test_the_id_of_a_new_group_is_free() -> None:
    table = planned(groups=[{"id": "g2", "title": "A"}])
    did(table, "mo", "add", title="B")
    assert list(state(table).groups) == ["g2", "g3"]


def test_there_are_as_many_groups_as_may_be() -> None:
    table = planned(groups=[{"id": f"n{number}", "title": "A"} for number in range(200)])
    assert refusal(table, "mo", "add", title="B") == ("groups.invalid", {"why": "many", "most": 200})


def test_a_group_has_a_name() -> None:
    assert refusal(planned(), "mo", "add", topic="Frage") == ("groups.invalid", {"why": "untitled"})
    assert refusal(planned(), "mo", "add", title=" ")[0] == "command.invalid"


@pytest.mark.parametrize("field,most", [("title", 300), ("topic", 300), ("place", 300), ("task", 10_000)])
def test_a_text_of_a_group_is_as_long_as_it_may_be(field: str, most: int) -> None:
    table = planned()
    did(table, "mo", "add", **{"title": "Neu", field: "ü" * most})
    assert refusal(table, "mo", "add", **{"title": "Neu", field: "ü" * (most + 1)}) == (
        "groups.too_long",
        {"most": most},
    )


# ── from what was said ──


def test_a_card_becomes_a_group_whose_host_is_its_author() -> None:
    table = beside_a_wall()
    did(table, "mo", "add", sources=cards(table)[:1])
    group = state(table).groups["g4"]
    assert (group.title, group.host) == ("Mehr Mut", "ada")
    assert table.sources[cards(table)[0]].became == (state(table).refs["g4"],)


def test_a_long_card_stands_in_the_task_as_a_whole() -> None:
    table = beside_a_wall()
    did(table, "mo", "add", sources=cards(table)[1:], task="Drei Sätze")
    group = state(table).groups["g4"]
    assert (len(group.title), group.title[-1], group.task) == (300, "…", f"{LONG}\n\nDrei Sätze")


def test_who_stays_unknown_hosts_no_group() -> None:
    table = beside_a_wall(names="anonymous")
    did(table, "mo", "add", title="Neu", sources=cards(table)[:1])
    assert (state(table).groups["g4"].title, state(table).groups["g4"].host) == ("Neu", "")


def test_what_is_hidden_becomes_no_group() -> None:
    table = beside_a_wall()
    submit(table, "mo", "wand", "hide", ref=cards(table)[0], reason="ein Name")
    assert refusal(table, "mo", "add", sources=cards(table)[:1]) == ("groups.invalid", {"why": "gone"})


def test_what_a_group_was_made_of_is_redacted_in_both_places() -> None:
    table = beside_a_wall()
    did(table, "mo", "add", sources=cards(table)[:1])
    submit(table, "mo", "wand", "redact", ref=cards(table)[0], reason="ein Name")
    assert state(afresh(table)).groups["g4"].title == "Gruppe 4"


# ── Open Space ──


def test_people_convene_sessions_only_where_that_is_planned() -> None:
    assert refusal(begun(), "ada", "add", title="Radwege") == ("groups.forbidden", {})
    table = begun(convened=True)
    did(table, "ada", "add", title="Radwege")
    assert (state(table).groups["g4"].host, state(table).home("ada")) == ("ada", "g4")


def test_who_convenes_a_session_before_people_come_and_go_is_its_host_and_sits_nowhere() -> None:
    table = planned(convened=True, mode="self_select")
    did(table, "ada", "add", title="Radwege")
    assert (state(table).home("ada"), state(table).seats) == ("g4", {})
    submit(table, "mo", "kg", "show", view="question")
    assert "Eigenes Thema anbieten" in html(table, view(table))


def test_after_the_end_only_the_desk_adds_groups() -> None:
    table = begun(convened=True)
    did(table, "mo", "finish")
    assert refusal(table, "ada", "add", title="Radwege")[0] == "groups.not_open"
    did(table, "mo", "add", title="Radwege")
    assert "convening" not in view(table)


def test_a_session_that_is_hidden_goes_by_its_number_for_everybody_but_the_desk() -> None:
    table = begun(convened=True, mode="self_select")
    ref = did(table, "ada", "add", title="Ein Name", task="noch ein Name")
    did(table, "mo", "hide", ref=ref, reason="ein Name")
    assert titles(table, Audience.PLENARY)[-1] == "Gruppe 4"
    assert titles(table, Audience.DESK)[-1] == "Ein Name"
    assert "Ein Name" not in html(table, view(table, Audience.STAGE)) + html(table, mine(table, "ada"))


def test_before_a_round_people_see_on_their_phones_what_the_stage_shows_of_it() -> None:
    def on_page(table: Kept) -> bool:
        return "page.kg.ask" in plenary(table, "now")

    asked = planned(convened=True), planned(mode="self_select"), planned()
    assert [on_page(table) for table in asked] == [False, False, False]
    for table in asked:
        submit(table, "mo", "kg", "show", view="question")
    assert [on_page(table) for table in asked] == [True, True, False]
    did(asked[2], "mo", "assign", groups={})
    assert on_page(asked[2])


def test_everybody_may_wish_for_a_session_that_somebody_convenes() -> None:
    table = planned(convened=True, mode="self_select")
    (entry,) = submit(table, "ada", "kg", "add", title="Radwege")
    assert table.touched(entry) is None
    assert "4 Radwege" in html(table, mine(table, "ben"))
