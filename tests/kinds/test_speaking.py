import pytest

from facilitation.floor import Share
from facilitation.kinds import speaking
from tests.kinds.floors import did, figures, opened, queue, refusal, seats, state
from tests.rooms import Kept, activity, afresh, room, submit


def turns(table: Kept) -> list[tuple[str, int | None]]:
    return [(turn.person, turn.seconds) for turn in state(table).turns]


def passed(table: Kept, seconds: int) -> None:
    """Time goes by: one second with every entry."""
    for _ in range(seconds):
        submit(table, "mo", "stage", "theme", dark=False)


# ── asking ──


def test_people_wait_in_the_order_of_asking() -> None:
    table = opened()
    for person in ("ben", "ada"):
        did(table, person, "request")
    assert queue(table) == ["ben", "ada"]


def test_the_floor_can_be_asked_for_though_nothing_was_ever_opened() -> None:
    table = room(activity(speaking, "rede"))
    submit(table, "ada", "rede", "request")
    assert figures(table) == {"requests": 1, "turns": 0, "speakers": 0}


def test_who_asks_again_keeps_the_place_and_is_counted() -> None:
    table = opened()
    for person in ("ada", "ben", "ada"):
        did(table, person, "request")
    assert (queue(table), figures(table)["requests"]) == (["ada", "ben"], 3)


def test_who_takes_a_request_back_waits_no_more() -> None:
    table = opened()
    did(table, "ada", "request")
    did(table, "ada", "retract")
    did(table, "ben", "retract")  # never asked: nothing changes
    assert (queue(table), figures(table)["requests"]) == ([], 1)


# ── who is next ──


def test_whoever_spoke_least_is_next_where_that_is_wished_for() -> None:
    table = opened()
    did(table, "mo", "turn", person="ada")
    for person in ("ada", "ben"):
        did(table, person, "request")
    assert queue(table) == ["ada", "ben"]
    did(table, "mo", "order", rule="fewest")
    assert queue(table) == ["ben", "ada"]


def test_whose_role_spoke_least_is_next_where_that_is_wished_for() -> None:
    table = opened()
    did(table, "mo", "turn", person="ada")
    for person in ("cem", "dan"):
        did(table, person, "request")
    did(table, "mo", "order", rule="fewest")
    assert queue(table) == ["cem", "dan"]
    did(table, "mo", "order", rule="roles")
    assert queue(table) == ["dan", "cem"]


def test_who_is_preferred_comes_first_the_latest_before_the_others() -> None:
    table = opened()
    for person in ("ada", "ben", "cem"):
        did(table, person, "request")
    did(table, "mo", "prefer", person="cem")
    did(table, "mo", "prefer", person="ben")
    assert queue(table) == ["ben", "cem", "ada"]
    did(table, "ben", "retract")
    did(table, "ben", "request")
    assert queue(table) == ["cem", "ada", "ben"]


def test_to_prefer_who_waits_no_more_changes_nothing() -> None:
    table = opened()
    did(table, "mo", "prefer", person="ben")
    for person in ("ada", "ben"):
        did(table, person, "request")
    assert queue(table) == ["ada", "ben"]


@pytest.mark.parametrize("command", ["turn", "seat", "vacate", "prefer"])
@pytest.mark.parametrize("person", ["nobody", ""])
def test_nobody_can_be_named_who_is_not_on_the_roster(command: str, person: str) -> None:
    assert refusal(opened(), "mo", command, person=person) == ("roster.invalid", {"why": "unknown_person"})


# ── seats ──


def test_who_is_invited_takes_the_first_empty_seat_and_waits_no_more() -> None:
    table = opened()
    did(table, "ada", "request")
    did(table, "mo", "seat", person="ada")
    assert (seats(table), queue(table)) == (["ada", "", ""], [])


def test_nobody_sits_on_two_seats() -> None:
    table = opened(seats=1)
    did(table, "mo", "seat", person="ada")
    did(table, "mo", "seat", person="ada")
    assert seats(table) == ["ada"]


def test_nobody_is_invited_where_all_seats_are_taken() -> None:
    table = opened(seats=1)
    did(table, "mo", "seat", person="ada")
    assert refusal(table, "mo", "seat", person="ben") == ("speaking.invalid", {"why": "no_seat"})


def test_people_leave_their_seat_and_are_asked_to() -> None:
    table = opened()
    for person in ("ada", "ben", "cem"):
        did(table, "mo", "seat", person=person)
    did(table, "ada", "rise")
    did(table, "mo", "vacate", person="cem")
    assert seats(table) == ["", "ben", ""]


def test_who_speaks_from_outside_takes_the_free_seat_though_another_is_empty() -> None:
    table = opened()
    did(table, "mo", "turn", person="ada")
    assert seats(table) == ["", "", "ada"]


def test_who_comes_to_a_taken_free_seat_is_given_an_empty_one_of_the_others() -> None:
    table = opened()
    for person in ("ada", "ben"):
        did(table, "mo", "turn", person=person)
    assert seats(table) == ["ben", "", "ada"]


def test_where_all_seats_are_taken_who_sat_longest_on_a_free_one_makes_room() -> None:
    table = opened(seats=3, free_seats=2)
    for person in ("ada", "ben", "cem", "dan"):
        did(table, "mo", "turn", person=person)
    assert seats(table) == ["cem", "dan", "ben"]


def test_without_a_free_seat_nobody_makes_room() -> None:
    table = opened(seats=1, free_seats=0)
    for person in ("ada", "ben"):
        did(table, "mo", "turn", person=person)
    assert (seats(table), turns(table)[-1][0]) == (["ada"], "ben")


def test_more_free_seats_than_seats_are_all_there_is() -> None:
    assert seats(opened(seats=1, free_seats=2)) == ["", ""]


# ── turns ──


def test_a_turn_lasts_until_the_next_one_or_until_it_is_ended() -> None:
    table = opened(turn_seconds=60)
    did(table, "mo", "turn", person="ada")
    passed(table, 89)
    did(table, "mo", "turn", person="ben")
    assert turns(table) == [("ada", 90), ("ben", None)]
    submit(table, "mo", "rede", "finish")
    assert turns(table) == [("ada", 90), ("ben", 1)]


def test_a_turn_whose_length_is_said_lasts_that_long() -> None:
    table = opened()
    did(table, "mo", "turn", person="ada", seconds=117)
    passed(table, 10)
    did(table, "mo", "turn", person="ben")
    assert turns(table) == [("ada", 117), ("ben", None)]


def test_ending_what_nobody_began_changes_nothing() -> None:
    table = opened()
    did(table, "mo", "finish")
    assert turns(table) == []


def test_a_turn_is_counted_when_it_begins_and_a_speaker_once() -> None:
    table = opened()
    for person in ("ada", "ben", "ada"):
        did(table, "mo", "turn", person=person)
    assert figures(table) == {"requests": 0, "turns": 3, "speakers": 2}


def test_roles_have_shares_in_the_order_of_the_alphabet() -> None:
    table = opened()
    for person, seconds in (("ben", 30), ("ada", 60)):
        did(table, "mo", "turn", person=person, seconds=seconds)
    did(table, "mo", "turn", person="cem")
    offices = {person.id: person.function for person in table.roster.people.values()}
    assert list(state(table).shares(lambda id: offices[id])) == [
        Share("amtsleitung", 2, 60),  # cem still speaks
        Share("buergerschaft", 1, 30),
    ]


# ── arguments ──


def test_an_argument_gets_a_number_and_can_be_put_into_better_words_and_another_list() -> None:
    table = opened()
    ref = did(table, "mo", "argue", list="heraus", text="Zu viele Mitzeichnungen")
    did(table, "mo", "revise", argument=ref, list="bedenken", text="Zwölf Mitzeichnungen")
    (argument,) = state(table).arguments
    assert (argument.ref, argument.list, argument.text, argument.edited) == (
        ref,
        "bedenken",
        "Zwölf Mitzeichnungen",
        True,
    )


def test_an_argument_stands_in_a_list_that_is_there_and_is_short_enough() -> None:
    table = opened()
    ref = did(table, "mo", "argue", list="heraus", text="Mut")
    unknown = {"list": "keine", "text": "Mut"}
    assert refusal(table, "mo", "argue", **unknown) == ("speaking.invalid", {"why": "unknown_list"})
    assert refusal(table, "mo", "revise", argument=ref, **unknown) == ("speaking.invalid", {"why": "unknown_list"})
    assert refusal(table, "mo", "argue", list="heraus", text="x" * 2001) == ("speaking.too_long", {"most": 2000})
    gone = refusal(table, "mo", "revise", argument="AT2-9999", list="heraus", text="Mut")
    assert gone == ("speaking.invalid", {"why": "unknown_argument"})


def test_a_redacted_argument_has_no_words_left() -> None:
    table = opened()
    ref = did(table, "mo", "argue", list="heraus", text="Ein Name")
    did(table, "mo", "redact", ref=ref, reason="Name")
    assert [argument.text for argument in state(afresh(table)).arguments] == [""]


# ── without names ──


def test_in_an_anonymous_list_people_are_called_by_pseudonym_and_only_figures_remain() -> None:
    table = opened(names="anonymous")
    for person in ("ada", "ben"):
        did(table, person, "request")
    first, second = queue_of_pseudonyms(table)
    did(table, "mo", "turn", person=second)
    did(table, "mo", "turn", person="ada")  # whoever knows the id may use it
    assert turns(table)[1][0] == first
    did(table, "ada", "rise")
    counted = figures(table)
    did(table, "mo", "close")
    did(table, "mo", "show", view="result")

    assert state(table) == state(afresh(table))
    assert (state(table).turns, seats(table), figures(table)) == ([], ["", "", ""], counted)
    assert counted == {"requests": 2, "turns": 2, "speakers": 2}
    for command in ("request", "retract", "rise"):
        assert refusal(table, "ada", command) == ("speaking.sealed", {})


def queue_of_pseudonyms(table: Kept) -> list[str]:
    return [request.by for request in state(table).queue(lambda _: "")]
