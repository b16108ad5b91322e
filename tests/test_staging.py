from typing import Any

from facilitation import staging
from facilitation.screen import Slot
from facilitation.staging import Frame, Joining, Words
from tests.rooms import Kept, submit
from tests.test_pictures import content, hall, step

# ── the stage ──


def staged(made: Kept) -> Any:
    """The name of the one part in the middle of the stage, and what it says."""
    picture = staging.stage(made)
    (name,) = picture["stage.body"]
    return name, content(picture, str(name))


def test_the_stage_begins_with_the_way_in() -> None:
    made = hall()
    assert staged(made) == ("stage.stage-join", Joining("Amtsleitungstag", "482731", 3, 4))
    assert content(staging.stage(made), "stage.stage") == Frame(
        title="Amtsleitungstag",
        over="",
        code="",  # the picture says it itself, large
        here=3,
        day=(),
        theme="light",
        since=None,
    )


def test_the_stage_shows_an_activity_in_its_frame() -> None:
    made = hall()
    (shown,) = submit(made, "mo", "abfrage", "show", view="question")
    assert staged(made)[0] == "stage.abfrage.stage-question"
    frame = content(staging.stage(made), "stage.stage")
    assert (frame.over, frame.since) == ("poll.named", shown.made)


def test_the_way_in_can_be_shown_whatever_is_on() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "show", view="join_qr")
    assert staged(made)[0] == "stage.stage-join"


def test_the_stage_shows_a_step_by_its_words() -> None:
    made = hall(steps=(step("pause", 0, lead="Bis 11 Uhr"),))
    submit(made, "mo", "agenda", "advance")
    assert staged(made) == ("stage.stage-words", Words("Pause", "Bis 11 Uhr"))


def test_a_word_that_names_nothing_shows_where_the_day_is() -> None:
    made = hall(steps=(step("pause", 0, lead="Bis 11 Uhr"),))
    submit(made, "mo", "nirgends", "show", view="step")
    assert staged(made) == ("stage.stage-words", Words("Amtsleitungstag"))
    submit(made, "mo", "agenda", "advance")
    submit(made, "mo", "nirgends", "show", view="step")
    assert staged(made) == ("stage.stage-words", Words("Pause", "Bis 11 Uhr"))


def test_the_stage_says_thanks() -> None:
    made = hall()
    submit(made, "mo", "agenda", "end", confirmed=True)
    assert staged(made)[1].title == "Vielen Dank."


def test_a_blank_stage_shows_nothing_of_what_was_there() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "show", view="question")
    submit(made, "mo", "stage", "darken")
    picture = staging.stage(made)
    assert set(picture) == {"stage.stage", "stage.body", "stage.stage-dim"}
    assert content(picture, "stage.stage").theme == "dim"


def test_the_theme_is_that_of_the_desk() -> None:
    made = hall()
    submit(made, "mo", "stage", "theme", dark=True)
    assert content(staging.stage(made), "stage.stage").theme == "dark"


def test_one_contribution_stands_large_on_the_stage() -> None:
    made = hall()
    submit(made, "mo", "fragen", "open")
    for text in ("Wann?", "Wozu?"):
        submit(made, "ada", "fragen", "ask", text=text)
    submit(made, "mo", "fragen", "show", view="result", item="AT2-0002")
    name, shown = staged(made)
    assert (name, [asked.said.text for asked in shown.questions]) == ("stage.fragen.stage-one", ["Wozu?"])


# ── the preview ──


def test_the_preview_shows_the_result_before_it_is_shown_by_the_code_of_the_stage() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    submit(made, "ada", "abfrage", "vote", value=4)
    submit(made, "mo", "abfrage", "close")
    preview = staging.preview(made, made.activities["abfrage"], "stage.")
    submit(made, "mo", "abfrage", "show", view="result")
    shown = staging.stage(made)

    assert {name: part for name, part in preview.items() if name != "stage.stage"} == {
        name: part for name, part in shown.items() if name != "stage.stage"
    }


def test_the_preview_of_a_running_poll_is_no_tendency() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    assert staging.preview(made, made.activities["abfrage"])["next.body"] == Slot(("next.abfrage.stage-question",))


def test_without_an_activity_the_preview_shows_where_the_day_is() -> None:
    picture = staging.preview(hall(), None)
    assert content(picture, "next.stage-words") == Words("Amtsleitungstag")
