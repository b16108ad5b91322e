from typing import Any

import pytest

from facilitation.kinds import poll
from facilitation.record import Entry, Person, Refused, Role
from facilitation.roster import Door
from tests.rooms import AWAY, PEOPLE, Kept, activity, afresh, envelope, room, send, submit

HEAD = Person("eva", Role.PARTICIPANT, "Leitung Amt 40", unit="amt-40")
DEPUTY = Person("dan", Role.PARTICIPANT, "Stellvertretung Amt 40", unit="amt-40", deputy=True, deputy_for="eva")
DEVICE = Person("saal", Role.ROOM, "Saal 2", headcount=12)
QUESTION = {"form": "scale", "settings": {"min": 1, "max": 5}}


def hall(*people: Person) -> Kept:
    """Everybody of PEOPLE is here; `people` are invited and not yet here."""
    made = room(activity(poll, "abfrage", names="named", **QUESTION))
    made.roster.people |= {person.id: person for person in people}
    return made


def refusal(made: Kept, by: str, command: str, **data: Any) -> str:
    with pytest.raises(Refused) as refused:
        submit(made, by, "roster", command, **data)
    return refused.value.code


def here(made: Kept) -> list[str]:
    return [person.id for person in made.roster.here]


def set_door(made: Kept, door: str) -> None:
    submit(made, "mo", "roster", "door", door=door)


# ── joining ──


def test_whoever_joins_is_here_and_may_take_part() -> None:
    made = hall()
    (joined,) = submit(made, AWAY.id, "roster", "join", client="laptop", via="link")

    assert (joined.type, joined.data) == ("roster.joined", {"client": "laptop", "via": "link", "device": "eva"})
    assert here(made) == ["ada", "ben", "cem", "eva"]


def test_what_was_read_about_privacy_is_on_record() -> None:
    (joined,) = submit(hall(), AWAY.id, "roster", "join", notice="2020-05")
    assert joined.data["notice"] == "2020-05"


def test_staff_is_here_without_being_counted() -> None:
    made = hall()
    assert (made.roster.has_joined("mo"), made.roster.heads) == (True, 3)


def test_nobody_joins_who_is_not_invited() -> None:
    assert refusal(hall(), "nobody", "join") == "roster.unknown_actor"


@pytest.mark.parametrize("data", [{"client": "watch"}, {"via": "window"}, {"headcount": 0}, {"headcount": 1001}])
def test_what_is_no_way_to_join_is_refused(data: dict[str, Any]) -> None:
    assert refusal(hall(), AWAY.id, "join", **data) == "command.invalid"


def test_one_person_with_two_devices_is_one_person() -> None:
    made = hall()
    send(made, envelope(made, "ada", "roster", "join")._replace(device="phone"))

    assert (made.roster.joined["ada"].devices, made.roster.heads) == ({"ada", "phone"}, 3)


def test_coming_back_on_the_same_device_adds_none() -> None:
    made = hall()
    submit(made, "ada", "roster", "join", via="resume")
    assert made.roster.joined["ada"].devices == {"ada"}


def test_the_first_time_counts() -> None:
    made = hall()
    first = made.roster.joined["ada"].first
    submit(made, "ada", "roster", "join", via="resume")
    assert made.roster.joined["ada"].first == first


# ── deputies ──


def test_a_deputy_joins_in_place_of_the_head() -> None:
    made = hall(HEAD, DEPUTY)
    submit(made, "dan", "roster", "join", represents="eva")
    submit(made, "dan", "roster", "join", via="resume")

    assert (made.roster.joined["dan"].represents, made.roster.has_joined("eva")) == ("eva", False)


@pytest.mark.parametrize("by", ["dan", "ada"])
def test_nobody_joins_in_place_of_a_head_whose_deputy_they_are_not(by: str) -> None:
    assert refusal(hall(HEAD, DEPUTY), by, "join", represents="ben") == "roster.forbidden"


# ── room devices ──


def test_a_room_device_counts_for_the_people_in_front_of_it() -> None:
    made = hall(DEVICE)
    submit(made, "saal", "roster", "join", client="room", headcount=7)
    assert (made.roster.heads, made.person("saal").headcount) == (3 + 7, 7)


def test_a_room_device_that_does_not_say_how_many_counts_as_on_the_roster_or_as_it_said_before() -> None:
    made = hall(DEVICE)
    assert made.person("saal").headcount == 12
    submit(made, "saal", "roster", "join", client="room")
    assert made.roster.heads == 3 + 12
    submit(made, "saal", "roster", "join", client="room", headcount=7)
    submit(made, "saal", "roster", "join", client="room")
    assert made.roster.heads == 3 + 7


def test_nobody_else_speaks_for_others() -> None:
    made = hall()
    submit(made, "eva", "roster", "join", headcount=30)
    assert (made.roster.heads, made.person("eva").headcount) == (4, 0)


# ── leaving ──


def test_whoever_leaves_is_not_here_and_may_come_back() -> None:
    made = hall()
    submit(made, "ada", "roster", "leave")
    assert (here(made), made.roster.has_joined("ada")) == (["ben", "cem"], True)

    submit(made, "ada", "roster", "join", via="resume")
    assert here(made) == ["ada", "ben", "cem"]


def test_a_lost_connection_takes_nobody_away() -> None:
    made = hall()
    submit(made, "ada", "roster", "leave", reason="dropped")
    assert here(made) == ["ada", "ben", "cem"]


def test_whoever_never_came_cannot_leave() -> None:
    assert refusal(hall(), AWAY.id, "leave") == "roster.not_joined"


def test_staff_that_never_joined_may_leave() -> None:
    made = hall(Person("sam", Role.ORGANISER, "Organisation"))
    submit(made, "sam", "roster", "leave")
    assert "sam" not in made.roster.joined


# ── the door ──


def test_in_the_lobby_people_wait_until_they_are_let_in() -> None:
    made = hall()
    set_door(made, "lobby")
    submit(made, AWAY.id, "roster", "join")
    assert (made.roster.waits(AWAY.id), made.roster.has_joined(AWAY.id), made.roster.heads) == (True, False, 3)
    assert refusal(made, AWAY.id, "leave") == "roster.not_joined"

    (admitted,) = submit(made, "mo", "roster", "admit")
    assert (admitted.data, made.roster.has_joined(AWAY.id), made.roster.heads) == ({"people": ["eva"]}, True, 4)


def test_opening_the_door_lets_in_who_waits() -> None:
    made = hall()
    set_door(made, "lobby")
    submit(made, AWAY.id, "roster", "join")
    set_door(made, "open")
    assert (made.roster.has_joined(AWAY.id), made.roster.door) == (True, Door.OPEN)


def test_closing_the_door_lets_in_nobody_who_waits() -> None:
    made = hall()
    set_door(made, "lobby")
    submit(made, AWAY.id, "roster", "join")
    set_door(made, "closed")
    assert made.roster.waits(AWAY.id)


@pytest.mark.parametrize("door", ["lobby", "closed"])
def test_whoever_has_been_here_comes_back_through_any_door(door: str) -> None:
    made = hall()
    set_door(made, door)
    submit(made, "ada", "roster", "join", via="resume")
    assert made.roster.has_joined("ada")


def test_nobody_else_comes_through_a_closed_door_but_staff() -> None:
    made = hall(Person("sam", Role.ORGANISER, "Organisation"))
    set_door(made, "closed")
    assert refusal(made, AWAY.id, "join") == "roster.door_closed"
    submit(made, "sam", "roster", "join")
    assert made.roster.has_joined("sam")


@pytest.mark.parametrize("command, data", [("door", {"door": "open"}), ("admit", {})])
def test_nobody_keeps_the_door_but_staff(command: str, data: dict[str, str]) -> None:
    assert refusal(hall(), "ada", command, **data) == "command.forbidden"


def test_people_who_wait_may_not_take_part() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    set_door(made, "lobby")
    submit(made, AWAY.id, "roster", "join")
    with pytest.raises(Refused, match=r"^roster.not_joined$"):
        submit(made, AWAY.id, "abfrage", "vote", value=3)


# ── from the record ──


def test_a_person_whose_row_is_gone_is_not_here_and_breaks_nothing() -> None:
    made = hall(DEVICE)
    submit(made, "saal", "roster", "join", client="room")
    del made.roster.people["ada"], made.roster.people["saal"]

    loaded = afresh(made)
    assert (here(made), here(loaded), loaded.roster.heads) == (["ben", "cem"], ["ben", "cem"], 2)


def test_an_entry_that_names_nobody_any_more_is_passed_over() -> None:
    made = room()
    joined: Entry = made.record[0]
    nameless = Entry(made.at + 1, joined.activity, joined.type, None, joined.data, joined.made, "x")
    made.fold(nameless)
    assert list(made.roster.joined) == [person.id for person in PEOPLE]
