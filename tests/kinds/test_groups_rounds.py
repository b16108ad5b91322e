"""From one round to the next: who goes where, and what was written at the same table before."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import groups, poll
from facilitation.screen import Audience
from tests.kinds.tables import GROUPS, HERE
from tests.kinds.test_groups_screens import text
from tests.rooms import Kept, activity, afresh, room, submit
from tests.steered import COLOURS

FIRST = {"eins": ["ada", "ben"], "zwei": ["dan"]}


def rounds(number: int, **config: Any) -> Kept:
    """Rounds that follow each other; in the first one ada and dan wrote, and it is over."""
    follows = ["", *(f"r{before}" for before in range(number))]
    settings = {"groups": GROUPS, "mode": "world_cafe"} | config
    table = room(*(activity(groups, f"r{n}", **settings, follows=follows[n]) for n in range(number)), people=HERE)
    did(table, "mo", "r0", "assign", groups=FIRST)
    did(table, "mo", "r0", "start")
    did(table, "ada", "r0", "note", group="eins", text="Aus der ersten Runde")
    did(table, "dan", "r0", "note", group="zwei", text="An einem anderen Tisch")
    did(table, "mo", "r0", "finish")
    return table


def did(table: Kept, by: str, id: str, command: str, **data: Any) -> None:
    submit(table, by, id, command, **data)


def space(table: Kept, id: str, group: str) -> dict[str, Any]:
    it = table.activities[id]
    return groups.view(it.state, pictures.look(table, it, Audience.GROUP)._replace(group=group))


def before(table: Kept, id: str, group: str = "eins") -> list[tuple[str, tuple[str, ...], str]]:
    """What a table sees of earlier rounds."""
    seen = space(table, id, group).get("before", ())
    return [(it.round, it.lines, it.result.text if it.result else "") for it in seen]


def way(table: Kept, person: str, id: str = "r1") -> str:
    """What somebody reads of where to go."""
    it = table.activities[id]
    mine = groups.mine(it.state, it.actor(table.person(person)), pictures.look(table, it, Audience.PLENARY))
    return text(str(drawn(pictures.framed(it, "page.", {"mine-way": mine["mine-way"]})[0])[f"page.{id}.mine-way"]))


# ── what was written before ──


def test_a_table_sees_what_earlier_rounds_wrote_there_the_first_round_first() -> None:
    table = rounds(3)
    did(table, "mo", "r1", "assign", groups={"eins": ["dan"]})
    did(table, "mo", "r1", "start")
    did(table, "dan", "r1", "note", group="eins", text="Aus der zweiten")
    did(table, "dan", "r1", "result", group="eins", text="Ein Satz")
    did(table, "mo", "r1", "finish")
    assert [before(table, "r0"), before(table, "r2", "drei")] == [[], []]
    assert before(table, "r2") == [("r0", ("Aus der ersten Runde",), ""), ("r1", ("Aus der zweiten",), "Ein Satz")]


def test_what_is_hidden_or_redacted_is_not_handed_on() -> None:
    table = rounds(2)
    said = next(iter(table.activities["r0"].state.notes))
    did(table, "mo", "r0", "hide", ref=said, reason="ein Name")
    assert before(table, "r1") == []
    did(table, "mo", "r0", "restore", ref=said)
    assert before(table, "r1") == [("r0", ("Aus der ersten Runde",), "")]
    did(table, "mo", "r0", "redact", ref=said, reason="ein Name")
    assert before(afresh(table), "r1") == []


def test_earlier_notes_stand_above_the_own_ones() -> None:
    tops = space(rounds(2), "r1", "eins")[""]
    assert tops.index("before") + 1 == tops.index("lines")


def test_rounds_in_a_circle_come_to_an_end() -> None:
    those = (activity(groups, id, groups=GROUPS, follows=after) for id, after in (("r0", "r1"), ("r1", "r0")))
    table = room(*those, people=HERE)
    look = pictures.look(table, table.activities["r0"], Audience.DESK)
    assert [it.title for it in look.earlier] == ["r1", "r0"]


def test_groups_that_follow_something_else_see_nothing_of_it() -> None:
    table = room(activity(poll, "p", **COLOURS), activity(groups, "r0", groups=GROUPS, follows="p"), people=HERE)
    did(table, "mo", "r0", "assign", groups=FIRST)
    assert before(table, "r0") == []
    assert way(table, "ada", "r0").strip() == ""


def test_a_poll_knows_its_earlier_round_only_where_that_result_was_shown() -> None:
    table = room(activity(poll, "p", **COLOURS), activity(poll, "q", **COLOURS, follows="p"), people=HERE)
    q = table.activities["q"]
    seen = [pictures.look(table, q, Audience.DESK).before]
    for command, data in (("open", {}), ("show", {"view": "result"}), ("close", {})):
        submit(table, "mo", "p", command, **data)
        seen.append(pictures.look(table, q, Audience.DESK).before)
    assert [it and it.title for it in seen] == [None, None, None, "p"]


# ── who goes where ──


@pytest.mark.parametrize(
    "person,words",
    [
        ("cem", "Sie bleiben an Tisch 3 und fassen zwei Minuten zusammen."),
        ("ada", "Sie wechseln an Tisch 2."),
        ("ben", "Sie bleiben an Tisch 1."),
        ("dan", ""),
    ],
)
def test_everybody_is_told_where_to_go_when_the_next_round_is_published(person: str, words: str) -> None:
    table = rounds(2)
    did(table, "mo", "r1", "assign", groups={"zwei": ["ada"], "eins": ["ben"]})
    assert way(table, person).strip() == words


def test_once_the_round_has_begun_nobody_is_sent_anywhere() -> None:
    table = rounds(2, mode="assigned")
    did(table, "mo", "r1", "assign", groups={"zwei": ["ada"]})
    assert way(table, "ada").strip() == "Sie wechseln in Gruppe 2."
    did(table, "mo", "r1", "start")
    assert way(table, "ada").strip() == ""


def test_who_is_moved_is_told_where_and_since_when_until_they_go_by_themselves() -> None:
    table = rounds(1, mode="self_select")
    did(table, "mo", "r0", "start")
    did(table, "mo", "r0", "move", person="ada", group="drei")
    moved = table.record[-1].made.astimezone(table.workshop.zone)
    assert f"Sie sitzen jetzt in Gruppe 3 , seit {moved:%H:%M} Uhr." in way(table, "ada", "r0")
    did(table, "ada", "r0", "enter", group="eins")
    assert way(table, "ada", "r0").strip() == ""
    did(table, "mo", "r0", "merge", group="eins", into="drei")
    assert "Sie sitzen jetzt in Gruppe 3" in way(table, "ada", "r0")
    did(table, "mo", "r0", "finish")
    assert way(table, "ada", "r0").strip() == ""
