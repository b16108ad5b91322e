"""The rules of the gallery in which the results of groups are commented on, supported and answered."""

import pytest

from facilitation.agenda import Step
from facilitation.groups.harvest import arranged
from facilitation.kinds import groups
from tests.kinds.tables import GROUPS, HERE, SEATED, begun, did, figures, handed_in, refusal, rows, state
from tests.rooms import Kept, activity, afresh, room, submit
from tests.steered import step


def shown(**config: object) -> tuple[Kept, str]:
    """A round that is over: group eins (ada, ben) has handed in and its result is shown; dan comes from group zwei."""
    table = begun(**config)
    ref = handed_in(table, "ada", "Mehr Mut", points="Im Kleinen\nUnd bald")
    did(table, "mo", "finish")
    submit(table, "mo", "kg", "show", view="result")
    return table, ref


def commented(table: Kept, on: str, by: str = "dan", aspect: str = "question", text: str = "Wer fängt an?") -> str:
    return did(table, by, "comment", on=on, text=text, aspect=aspect)


# ── when it is open ──


def test_the_gallery_opens_when_the_results_are_shown_and_closes_by_hand() -> None:
    table = begun()
    ref = handed_in(table, "ada")
    assert refusal(table, "dan", "support", result=ref)[0] == "groups.not_open"
    submit(table, "mo", "kg", "show", view="result")
    did(table, "dan", "support", result=ref)
    did(table, "mo", "exhibit", open=False)
    assert refusal(table, "dan", "unsupport", result=ref)[0] == "groups.not_open"


def test_what_the_desk_has_closed_stays_closed_whatever_the_stage_shows() -> None:
    table, ref = shown()
    did(table, "mo", "exhibit", open=False)
    submit(table, "mo", "kg", "show", view="result", item=ref)
    assert not state(table).harvest.open
    did(table, "mo", "exhibit", open=True)
    assert state(table).harvest.open


def test_a_running_result_that_was_shown_by_mistake_leaves_no_gallery_open() -> None:
    table = begun()
    handed_in(table, "ada")
    submit(table, "mo", "kg", "show", view="result")
    submit(table, "mo", "stage", "darken")
    assert not state(table).harvest.open


def test_the_desk_opens_it_on_the_phones_while_the_stage_shows_something_else() -> None:
    table = begun()
    ref = handed_in(table, "ada")
    did(table, "mo", "exhibit", open=True)
    did(table, "dan", "support", result=ref)
    assert state(table).harvest.supporters == {ref: {"dan"}}


def day() -> Kept:
    """Two steps, the groups in the first, with their results shown."""
    both = [activity(groups, id, groups=GROUPS) for id in ("kg", "weiter")]
    steps: tuple[Step, ...] = (step("gruppen", "kg"), step("galerie", "kg"), step("danach", "weiter"))
    table = room(*both, steps=steps, people=HERE)
    submit(table, "mo", "agenda", "advance")
    did(table, "mo", "assign", groups=SEATED)
    did(table, "mo", "start")
    handed_in(table, "ada")
    did(table, "mo", "finish")
    submit(table, "mo", "kg", "show", view="result")
    return table


def test_it_goes_on_in_the_next_step_of_the_same_groups_and_closes_when_the_day_moves_on() -> None:
    table = day()
    submit(table, "mo", "agenda", "advance")
    assert state(table).harvest.open
    entries = submit(table, "mo", "agenda", "advance")
    assert (entries[0].activity, entries[0].type) == ("kg", "groups.exhibited")
    assert not state(table).harvest.open
    assert afresh(table).activities == table.activities


def test_it_closes_with_the_day() -> None:
    table = day()
    submit(table, "mo", "agenda", "end", confirmed=True)
    assert not state(table).harvest.open


def test_another_start_closes_it() -> None:
    table, _ = shown()
    submit(table, "mo", "kg", "open")
    assert not state(table).harvest.open


# ── comments and support ──


def test_each_person_supports_a_result_once_and_may_take_that_back() -> None:
    table, ref = shown()
    did(table, "dan", "support", result=ref)
    assert refusal(table, "dan", "support", result=ref) == ("gallery.already_voted", {})
    did(table, "dan", "unsupport", result=ref)
    did(table, "cem", "unsupport", result=ref)
    assert state(table).harvest.supporters == {ref: set()}
    did(table, "dan", "support", result=ref)
    assert figures(table)["support"] == 1


@pytest.mark.parametrize(
    "command, data", [("support", {}), ("unsupport", {}), ("comment", {"text": "Gut", "aspect": "strength"})]
)
def test_nobody_speaks_for_their_own_group_nor_for_what_is_not_there(command: str, data: dict[str, str]) -> None:
    table, ref = shown()
    where = "on" if command == "comment" else "result"
    assert refusal(table, "ben", command, **{where: ref}, **data)[0] == "groups.own"
    assert refusal(table, "dan", command, **{where: "AT2-9999"}, **data) == (
        "groups.invalid",
        {"why": "unknown_result"},
    )


def test_a_comment_says_what_it_is() -> None:
    table, ref = shown()
    assert refusal(table, "dan", "comment", on=ref, text="Gut")[0] == "command.invalid"
    assert refusal(table, "dan", "comment", on=ref, text="Gut", aspect="lob")[0] == "command.invalid"
    assert refusal(table, "dan", "comment", on=ref, text="x" * 5_001, aspect="link")[0] == "comment.too_long"


def test_only_the_group_whose_result_it_is_answers_and_takes_up_and_staff_may_help() -> None:
    table, ref = shown()
    asked = commented(table, ref)
    for command, data in (("answer", {"text": "Wir"}), ("accept", {})):
        assert refusal(table, "cem", command, comment=asked, **data)[0] == "groups.not_member"
    assert state(table).harvest.waits(asked)
    first = did(table, "ben", "answer", comment=asked, text="Amt 10")
    did(table, "mo", "answer", comment=asked, text="Amt 10 und Amt 20")
    did(table, "ada", "accept", comment=asked)
    voice = state(table).harvest.voices[asked]
    assert voice.reply is not None
    assert (voice.reply.ref, voice.reply.text, voice.accepted) == (first, "Amt 10 und Amt 20", True)
    assert not state(table).harvest.waits(asked)
    assert afresh(table).activities == table.activities


def test_an_answer_is_short_and_on_something() -> None:
    table, ref = shown()
    asked = commented(table, ref)
    assert refusal(table, "ada", "answer", comment=asked, text="x" * 5_001) == ("comment.too_long", {"most": 5_000})
    assert refusal(table, "ada", "accept", comment="AT2-9999") == ("groups.invalid", {"why": "unknown_comment"})


def test_only_questions_wait() -> None:
    table, ref = shown()
    waits = [state(table).harvest.waits(commented(table, ref, aspect=it)) for it in ("strength", "question", "link")]
    assert waits == [False, True, False]


# ── order ──


def test_the_desk_puts_the_groups_in_an_order() -> None:
    table, _ = shown()

    def order() -> list[str]:
        return [group.id for group in arranged(state(table))]

    assert order() == ["eins", "zwei", "drei"]
    did(table, "mo", "arrange", group="drei", ahead_of="eins")
    did(table, "mo", "arrange", group="eins")
    assert order() == ["drei", "zwei", "eins"]
    did(table, "mo", "arrange", group="zwei", ahead_of="zwei")
    assert order() == ["drei", "eins", "zwei"]
    assert refusal(table, "mo", "arrange", group="eins", ahead_of="keine") == (
        "groups.invalid",
        {"why": "unknown_group"},
    )


# ── tables ──


def test_what_is_said_about_a_result_stands_in_the_tables_under_its_group() -> None:
    table, ref = shown()
    asked = commented(table, ref)
    praised = commented(table, ref, aspect="strength", text="Klar")
    answer = did(table, "ada", "answer", comment=asked, text="Amt 10")
    did(table, "ada", "accept", comment=asked)
    found = [(row["ref"], row["type"], row["group"], row["text"]) for row in rows(table)][1:]
    assert found == [
        (asked, "Frage, übernommen", "Gruppe 1", "Wer fängt an?"),
        (answer, "Antwort", "Gruppe 1", "Amt 10"),
        (praised, "Stärke", "Gruppe 1", "Klar"),
    ]
    assert (figures(table)["comments"], figures(table)["support"]) == (2, 0)
