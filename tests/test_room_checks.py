from typing import Any

import pytest

from facilitation.kinds import poll
from facilitation.record import CLOCK, Person, Refused, Role
from tests.halls import COLOURS, card, hall, refusal
from tests.rooms import AWAY, activity, afresh, envelope, room, send, submit

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
