from dataclasses import replace

import pytest

from facilitation.kinds import questions, wall
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience
from tests.halls import card, hall
from tests.rooms import AWAY, PEOPLE, Kept, activity, afresh, envelope, room, send, stored, submit

# ── numbers ──


def test_entries_are_numbered_without_gaps_and_folded_in_order() -> None:
    made = hall("anonymous")
    submit(made, "ada", "abfrage", "vote", choice="rot")
    assert [entry.at for entry in made.record] == list(range(1, made.at + 1))

    with pytest.raises(AssertionError, match=f"entry {made.at} after {made.at}"):
        made.fold(made.record[-1])


def test_references_have_no_gaps_and_only_contributions_have_one() -> None:
    made = hall()
    first = card(made, "ada")
    submit(made, "ada", "abfrage", "vote", choice="rot")
    submit(made, "mo", "wand", "hide", ref=first, reason="Ein Name")
    submit(made, "mo", "wand", "redact", ref=first, reason="Ein Name")
    with pytest.raises(Refused):
        submit(made, "ben", "wand", "write", column="keine", text="Mut")

    assert (first, card(made, "ben")) == ("AT2-0001", "AT2-0002")
    assert card(afresh(made), "cem") == "AT2-0003"


def test_the_receipt_of_a_contribution_carries_its_number_and_that_of_a_ballot_none() -> None:
    made = hall("anonymous")
    written = envelope(made, "ada", "wand", "write", column="cards", text="Mut")
    vote = envelope(made, "ada", "abfrage", "vote", choice="rot")
    send(made, written)
    send(made, vote)

    assert [made.heard[sent.id].ref for sent in (written, vote)] == ["AT2-0001", ""]


# ── the veil ──


def test_in_an_anonymous_activity_no_entry_names_anybody_and_the_ballot_is_veiled() -> None:
    made = hall("anonymous")
    key, vote = submit(made, "ada", "abfrage", "vote", choice="rot")

    assert (key.data, vote.data, vote.veil) == ({}, {}, {"choice": "rot"})
    assert key.by == vote.by != "ada"


def test_one_question_asked_anonymously_among_named_ones_has_no_author() -> None:
    made = room(activity(questions, "fragen", anonymous_allowed=True))
    submit(made, "mo", "fragen", "open")
    named = submit(made, "ada", "fragen", "ask", text="Wann?")[-1]
    veiled = submit(made, "ada", "fragen", "ask", text="Wozu?", anonymous=True)[-1]

    assert (named.by, named.veil) == ("ada", None)
    assert veiled.veil == {}
    assert veiled.by not in made.roster.people


def test_the_digest_of_a_veiled_command_cannot_be_made_without_the_key() -> None:
    made = hall("anonymous")
    vote = envelope(made, "ada", "abfrage", "vote", choice="rot")
    first = send(made, vote)[0]

    assert first.digest == vote.digest(vote.salt) != vote.digest()


def test_sealing_leaves_nothing_in_memory_that_is_not_on_record() -> None:
    made = hall("anonymous")
    for by in ("ada", "ben"):
        submit(made, by, "abfrage", "vote", choice="rot")
        card(made, by)
    submit(made, "mo", "agenda", "end", confirmed=True)

    fresh = afresh(made)
    assert made == replace(fresh, record=made.record)


# ── moments ──


def test_inside_a_room_the_clock_is_that_of_the_workshop() -> None:
    made = hall()
    began = made.activities["wand"].began
    assert began
    assert began.isoformat().startswith("2020-06-04T11:00:0")
    assert began.isoformat().endswith("+02:00")


# ── who sees, and whose own parts may change ──


def test_people_who_wait_at_the_door_watch_nothing_but_the_door() -> None:
    made = hall()
    submit(made, "mo", "roster", "door", door="lobby")
    submit(made, AWAY.id, "roster", "join")

    audiences = [made.audience(made.person(id)) for id in ("ada", AWAY.id)]
    assert audiences == [Audience.PLENARY, Audience.LOBBY]


def last(made: Kept) -> set[str] | None:
    return made.touched(made.record[-1])


def test_what_somebody_says_touches_them_and_their_unit() -> None:
    deputy = Person("amy", Role.PARTICIPANT, "Stellvertretung Amt 10", unit="amt-10")
    made = room(activity(wall, "wand", names="named"), people=(*PEOPLE, deputy))
    submit(made, "mo", "wand", "open")
    card(made, "ada")

    assert last(made) == {"ada", "amy"}


def test_what_somebody_says_behind_a_veil_touches_them_too() -> None:
    made = hall("anonymous")
    card(made, "ada")
    assert last(made) == {"ada"}


def test_behind_a_veil_it_is_known_who_belongs_together_until_it_is_lifted() -> None:
    made = hall("anonymous")
    submit(made, "ada", "abfrage", "vote", choice="rot")
    vote = made.record[-1]
    assert made.touched(vote) == {"ada"}
    submit(made, "ben", "abfrage", "vote", choice="rot")  # the first vote came before there was a key
    assert made.activities["abfrage"].masks != {}

    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    assert made.activities["abfrage"].sealed
    assert (made.companions.aliases, made.activities["abfrage"].masks) == ({}, {})
    assert made.touched(vote) is None


def test_what_is_said_of_a_contribution_touches_its_author_too() -> None:
    made = room(activity(questions, "fragen", names="anonymous"))
    submit(made, "mo", "fragen", "open")
    ref = submit(made, "ada", "fragen", "ask", text="Wann?")[-1].data["ref"]
    submit(made, "ben", "fragen", "support", question=ref)
    assert last(made) == {"ada", "ben"}

    submit(made, "mo", "fragen", "close")
    submit(made, "mo", "fragen", "show", view="result")
    submit(made, "mo", "fragen", "approve", question=ref)
    assert last(made) is None


def test_what_somebody_without_a_unit_says_touches_only_them() -> None:
    made = room(activity(wall, "wand"), people=(*PEOPLE, Person("gast", Role.PARTICIPANT, "Gast")))
    submit(made, "mo", "wand", "open")
    card(made, "gast")

    assert last(made) == {"gast"}


def test_whoever_is_let_in_is_touched() -> None:
    made = hall()
    submit(made, "mo", "roster", "door", door="lobby")
    submit(made, AWAY.id, "roster", "join")
    assert last(made) == {AWAY.id}
    submit(made, "mo", "roster", "admit")
    assert last(made) == {"mo", AWAY.id}


def test_what_staff_does_and_what_nobody_is_known_to_have_done_touches_everybody() -> None:
    made = hall("anonymous")
    assert last(made) is None  # opened
    ref = card(made, "ada")
    submit(made, "mo", "wand", "move", card=ref, column="cards")
    assert last(made) is None
    submit(made, "mo", "agenda", "end", confirmed=True)
    assert [made.touched(entry) for entry in stored(made.record) if entry.type == "wall.written"] == [None]


def test_an_entry_of_something_that_is_not_there_any_more_touches_everybody() -> None:
    made = hall()
    assert made.touched(made.record[-1]._replace(activity="gelöscht")) is None


def test_entries_of_what_is_not_there_any_more_are_passed_over() -> None:
    made = hall()
    vote = submit(made, "ada", "abfrage", "vote", choice="rot")[0]
    made.fold(vote._replace(at=made.at + 1, activity="gelöscht", command="x"))

    assert made.activities["abfrage"].figures()["ballots"] == 1


def test_the_entries_of_one_command_say_whose_it_was_and_which_part_they_are() -> None:
    made = hall()
    sent = envelope(made, "mo", "agenda", "end", confirmed=True)
    entries = send(made, sent)

    assert {(entry.command, entry.by, entry.made) for entry in entries} == {(sent.id, "mo", sent.when)}
    assert [entry.part for entry in entries] == list(range(len(entries)))
    assert [bool(entry.digest) for entry in entries] == [True] + [False] * (len(entries) - 1)


def test_what_only_the_record_needs_touches_nobody() -> None:
    made = hall("anonymous")
    submit(made, "ada", "abfrage", "vote", choice="rot")
    veiled = next(entry for entry in made.record if entry.type == "activity.veiled")
    assert made.touched(veiled) == set()
