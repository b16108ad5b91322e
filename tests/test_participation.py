"""Who was invited, who came: the numbers of the script format."""

from datetime import timedelta

from facilitation.participation import participation
from facilitation.record import Person, Role
from facilitation.roster import Presence, Roster
from tests.rooms import NINE

HEAD = Person("head", Role.PARTICIPANT, "Leitung", unit="Amt 1", division="I", function="amtsleitung")
DEPUTY = Person("deputy", Role.PARTICIPANT, "Stv.", "Amt 1", "I", "stellvertretung", deputy=True, deputy_for="head")
OTHER = Person("other", Role.PARTICIPANT, "Leitung", unit="Amt 2", division="II", function="amtsleitung")
GUEST = Person("guest", Role.PARTICIPANT, "Gast", guest=True)
ROOM = Person("room", Role.ROOM, "Raum", headcount=12)
STAFF = Person("staff", Role.FACILITATOR, "Moderation")


def roster(*people: Person, **joined: Presence) -> Roster:
    return Roster({person.id: person for person in people}, joined)


def at(minutes: float, *devices: str, **more: object) -> Presence:
    return Presence(NINE + timedelta(minutes=minutes), set(devices or ("d1",)), **more)  # type: ignore[arg-type]


def test_before_anybody_comes_everybody_is_missing() -> None:
    assert participation(roster(HEAD, OTHER, STAFF, ROOM), NINE) == {
        "invited": 2,
        "persons_joined": 0,
        "persons_not_joined": ["head", "other"],
        "devices_joined": 0,
        "deputies_joined": 0,
        "heads_represented_by_deputy": 0,
        "units_represented": 0,
        "joined_after_start": 0,
        "joined_within_2_min_of_start": 0,
        "rooms_joined": 0,
        "room_headcount": 0,
        "people_reached": 0,
        "by_dezernat": {},
        "by_role": {},
    }


def test_people_devices_units_and_rooms_are_counted_once() -> None:
    came = roster(
        HEAD,
        DEPUTY,
        OTHER,
        ROOM,
        STAFF,
        head=at(-5, "laptop", "phone"),
        deputy=at(3, here=False),
        room=at(0, headcount=9),
        staff=at(0),
    )

    assert participation(came, NINE) == {
        "invited": 3,
        "persons_joined": 2,
        "persons_not_joined": ["other"],
        "devices_joined": 3,
        "deputies_joined": 1,
        "heads_represented_by_deputy": 0,
        "units_represented": 1,
        "joined_after_start": 1,
        "joined_within_2_min_of_start": 0,
        "rooms_joined": 1,
        "room_headcount": 9,
        "people_reached": 11,
        "by_dezernat": {"I": 2},
        "by_role": {"amtsleitung": 1, "stellvertretung": 1},
    }


def test_a_head_is_represented_once_however_many_say_so() -> None:
    twin = Person("twin", Role.PARTICIPANT, "Stv.", "Amt 1", "I", "stellvertretung", deputy=True, deputy_for="head")
    came = roster(HEAD, DEPUTY, twin, deputy=at(0, represents="head"), twin=at(1, represents="head"))

    assert participation(came, NINE)["heads_represented_by_deputy"] == 1


def test_two_minutes_count_on_both_sides_of_the_start_and_the_start_itself_is_not_late() -> None:
    minutes = {"a": -2.01, "b": -2, "c": 0, "d": 2, "e": 2.01}
    people = [Person(id, Role.PARTICIPANT, id) for id in minutes]
    found = participation(roster(*people, **{id: at(minute) for id, minute in minutes.items()}), NINE)

    assert (found["joined_within_2_min_of_start"], found["joined_after_start"]) == (3, 2)


def test_whoever_waits_at_the_door_has_not_come() -> None:
    assert participation(roster(HEAD, head=at(0, waiting=True)), NINE)["persons_not_joined"] == ["head"]


def test_a_guest_comes_without_having_been_invited() -> None:
    found = participation(roster(HEAD, GUEST, guest=at(0)), NINE)

    assert (found["invited"], found["persons_joined"], found["persons_not_joined"]) == (1, 1, ["head"])
    assert (found["units_represented"], found["by_dezernat"], found["by_role"]) == (0, {}, {})
