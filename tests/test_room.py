from dataclasses import replace
from typing import Any

import pytest

from facilitation.kinds import poll, questions, wall
from facilitation.record import CLOCK, Person, Refused, Role
from facilitation.screen import Audience
from tests.rooms import AWAY, PEOPLE, Kept, activity, afresh, envelope, room, send, stored, submit

COLOURS = {"form": "single", "settings": {"options": [("rot", "Rot"), ("blau", "Blau")]}}


def hall(names: str = "named") -> Kept:
    """A poll and a wall, both open."""
    made = room(activity(poll, "abfrage", names=names, **COLOURS), activity(wall, "wand", names=names, max_length=9))
    submit(made, "mo", "abfrage", "open")
    submit(made, "mo", "wand", "open")
    return made


def refusal(made: Kept, by: str, activity: str, command: str, **data: Any) -> tuple[str, str]:
    """Why not: code and reason."""
    with pytest.raises(Refused) as refused:
        submit(made, by, activity, command, **data)
    return refused.value.code, refused.value.values.get("why", "")


def card(made: Kept, by: str) -> str:
    ref: str = submit(made, by, "wand", "write", column="cards", text="Mut")[-1].data["ref"]
    return ref


# ── the order of the checks: each neighbour before the next ──


def test_a_repeat_is_answered_before_anybody_asks_who_it_is() -> None:
    made = hall()
    vote = envelope(made, "ada", "abfrage", "vote", choice="rot")
    send(made, vote)
    del made.roster.people["ada"]

    assert made.repeat(vote) == made.heard[vote.id]


def test_somebody_unknown_is_told_so_before_it_is_forbidden() -> None:
    assert refusal(hall(), "nobody", "abfrage", "close") == ("roster.unknown_actor", "")


def test_a_forbidden_command_is_forbidden_before_one_has_joined() -> None:
    assert refusal(hall(), AWAY.id, "abfrage", "close") == ("command.forbidden", "")


def test_the_card_of_somebody_else_is_forbidden_before_one_has_joined() -> None:
    made = hall()
    assert refusal(made, AWAY.id, "wand", "withdraw", card=card(made, "ada")) == ("wall.forbidden", "")


def test_whoever_has_not_joined_is_told_so_before_it_is_closed() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "close")

    assert refusal(made, AWAY.id, "abfrage", "vote", choice="rot") == ("roster.not_joined", "")


def test_what_is_closed_is_closed_before_a_ballot_is_read() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "close")

    assert refusal(made, "ada", "abfrage", "vote", choice="grün") == ("poll.not_open", "")
    assert refusal(made, "ada", "wand", "write", column=7) == ("command.invalid", "malformed")
    submit(made, "mo", "wand", "close")
    assert refusal(made, "ada", "wand", "write", column=7) == ("wall.not_open", "")


def test_what_is_wrong_is_wrong_before_it_is_too_long() -> None:
    made = hall()

    assert refusal(made, "ada", "wand", "write", column="keine", text="viel zu lang") == (
        "wall.invalid",
        "unknown_column",
    )
    assert refusal(made, "ada", "wand", "write", column="cards", text="viel zu lang") == ("wall.too_long", "")


def test_a_ballot_is_read_before_an_earlier_one_is_looked_for() -> None:
    made = room(activity(poll, "abfrage", revote=False, **COLOURS))
    submit(made, "mo", "abfrage", "open")
    submit(made, "ada", "abfrage", "vote", choice="rot")

    assert refusal(made, "ada", "abfrage", "vote", choice="grün") == ("poll.invalid", "unknown_option")
    assert refusal(made, "ada", "abfrage", "vote", choice="rot") == ("poll.already_voted", "")


def test_editing_the_card_of_somebody_else_is_forbidden_even_with_a_text_that_nobody_can_see() -> None:
    made = hall()
    ref = card(made, "ada")

    assert refusal(made, "ben", "wand", "edit", card=ref, text="\u200b") == ("wall.forbidden", "")
    assert refusal(made, "ada", "wand", "edit", card=ref, text="\u200b") == ("command.invalid", "malformed")


# ── what there is ──


def test_a_command_that_nobody_knows_is_invalid() -> None:
    made = hall()
    assert refusal(made, "ada", "abfrage", "dance") == ("command.invalid", "unknown")
    assert refusal(made, "ada", "roster", "vote") == ("command.invalid", "unknown")


@pytest.mark.parametrize("command", ["open", "close", "extend", "hide", "reset"])
def test_an_activity_that_nobody_knows_is_invalid(command: str) -> None:
    data = {"hide": {"ref": "AT2-0001", "reason": "Name"}}.get(command, {})
    assert refusal(hall(), "mo", "nirgends", command, **data) == ("activity.invalid", "unknown")


def test_an_activity_that_nobody_knows_is_forbidden_and_not_joined_first() -> None:
    made = hall()
    assert refusal(made, "ada", "nirgends", "reset") == ("command.forbidden", "")
    assert refusal(made, AWAY.id, "nirgends", "vote", choice="rot") == ("roster.not_joined", "")
    assert refusal(made, "ada", "nirgends", "vote", choice="rot") == ("activity.invalid", "unknown")


@pytest.mark.parametrize("data", [{"choice": "\ud800"}, {"choice": None}, {"choice": ["rot"]}, {}])
def test_what_is_no_ballot_is_refused(data: dict[str, Any]) -> None:
    code, why = refusal(hall(), "ada", "abfrage", "vote", **data)
    assert (code.rpartition(".")[2], why) == ("invalid", "malformed")


def test_the_outcome_of_a_refusal_stands_behind_the_dot() -> None:
    assert (Refused("poll.not_open").outcome, Refused("command.reused").outcome) == ("not_open", "reused")


# ── who may ──


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER, Role.TECHNICIAN])
def test_staff_need_not_join(role: Role) -> None:
    made = room(activity(poll, "abfrage", **COLOURS))
    made.roster.people["sam"] = Person("sam", role, "Regie")

    submit(made, "sam", "abfrage", "open")
    assert made.activities["abfrage"].is_open


def test_the_clock_is_known_everywhere_and_on_no_roster() -> None:
    made = hall()
    assert (made.person("clock"), "clock" in made.roster.people) == (CLOCK, False)


# ── sent twice ──


def test_what_is_sent_twice_is_recorded_once_though_the_mind_changed_in_between() -> None:
    made = hall()
    first = envelope(made, "ada", "abfrage", "vote", choice="rot")
    send(made, first)
    submit(made, "ada", "abfrage", "vote", choice="blau")

    assert send(made, first) == []
    assert made.activities["abfrage"].figures()["by_option"] == {"rot": 0, "blau": 1}


@pytest.mark.parametrize("names", ["named", "anonymous"])
def test_a_repeat_gets_its_first_answer_also_after_closing(names: str) -> None:
    made = hall(names)
    written = envelope(made, "ada", "wand", "write", column="cards", text="Mut")
    send(made, written)
    submit(made, "mo", "wand", "close")

    heard = made.repeat(written)
    assert heard
    assert (heard.ref, heard.made) == ("AT2-0001", written.when)


def test_a_repeat_gets_its_first_answer_also_after_sealing_though_not_its_moment() -> None:
    made = hall("anonymous")
    written = envelope(made, "ada", "wand", "write", column="cards", text="Mut")
    send(made, written)
    submit(made, "ben", "wand", "write", column="cards", text="Zeit")
    (closed,) = submit(made, "mo", "wand", "close")
    submit(made, "mo", "wand", "show", view="result")

    heard = made.repeat(written)
    assert heard
    assert (heard.ref, heard.made) == ("AT2-0001", closed.made)
    assert heard == afresh(made).repeat(written)


@pytest.mark.parametrize("names", ["named", "anonymous"])
@pytest.mark.parametrize("other", [{"by": "ben"}, {"data": {"choice": "blau"}}, {"activity": "wand"}])
def test_an_id_used_for_something_else_is_refused(names: str, other: dict[str, Any]) -> None:
    made = hall(names)
    vote = envelope(made, "ada", "abfrage", "vote", choice="rot")
    send(made, vote)

    with pytest.raises(Refused, match=r"^command.reused$"):
        send(made, vote._replace(**other))


def test_a_command_that_became_several_entries_is_heard_once() -> None:
    made = hall("anonymous")
    vote = envelope(made, "ada", "abfrage", "vote", choice="rot")
    assert [entry.type for entry in send(made, vote)] == ["activity.veiled", "poll.voted"]
    assert send(made, vote) == []


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
    assert made.touched(replace(made.record[-1], activity="gelöscht")) is None


def test_entries_of_what_is_not_there_any_more_are_passed_over() -> None:
    made = hall()
    vote = submit(made, "ada", "abfrage", "vote", choice="rot")[0]
    made.fold(replace(vote, at=made.at + 1, activity="gelöscht", command="x"))

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
