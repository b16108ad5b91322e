from dataclasses import replace

import pytest
from markupsafe import escape
from pydantic import ValidationError

from facilitation.comments import MOST
from facilitation.kinds import stream
from facilitation.record import Entry
from facilitation.screen import Audience, Marks, Slot
from tests.kinds.streams import comment, figures, html, mine, opened, own, post, react, refusal, state, view
from tests.rooms import afresh, envelope, send, submit

HOSTILE = [
    '=HYPERLINK("x";"y")',
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }} %s %n '; DROP TABLE entry; --",
    "  zwei Leerzeichen davor, Tab dahinter\t",
    "Zeile\r\n\r\nZeile\n",
    "Protokoll\u202efdp.exe",
    "Cafe\u0301",
    "ver\u00adsteckt\u200b",
    "👩🏽‍🚒",
    "null",
    "x" * 250,
]


# ── posts ──


def test_posts_stand_under_their_prompt_newest_first() -> None:
    hall = opened()
    first, second, other = post(hall, "ada"), post(hall, "ben"), post(hall, "cem", prompt="besser")

    parts = view(hall)

    assert parts["tabs"] == (
        stream.Tab("behalten", "Was behalten wir?", 2),
        stream.Tab("besser", "Was machen wir besser?", 1),
    )
    assert parts["posts-0"] == Slot((f"post-{second}", f"post-{first}"))
    assert parts["posts-1"] == Slot((f"post-{other}",))
    assert figures(hall)["posts_by_prompt"] == {"behalten": 2, "besser": 1}


def test_a_post_shows_title_body_author_and_prompt() -> None:
    hall = opened()

    ref = post(hall, "ada", "Zwei Tage", body="Es lief.")

    shown = view(hall)[f"post-{ref}"]
    assert (shown.title, shown.prompt) == ("Zwei Tage", "Was behalten wir?")
    assert (shown.said.ref, shown.said.text, shown.said.author) == ("AT2-0001", "Es lief.", "Leitung Amt 10")
    assert own(hall, "ada") == [("Es lief.", "")]
    assert own(hall, "ben") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_title_body_and_comment_are_kept_exactly_as_they_came_and_drawn_only_escaped(text: str) -> None:
    hall = opened()

    ref = post(hall, "ada", text, body=text)
    said = comment(hall, "ben", ref, text)

    kept = state(hall).posts[ref]
    assert [kept.title, kept.body, state(hall).remarks[ref][0].text] == [text] * 3
    isolated = f'<bdi dir="auto">{escape(text)}</bdi>'
    assert html(hall)[f"post-{ref}"].count(isolated) == 2
    assert isolated in html(hall)[f"comment-{said}"]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060\ufeff\u00ad", "Null\x00zeichen"])
def test_what_nobody_could_see_is_neither_title_nor_body_nor_comment_nor_reaction(text: str) -> None:
    hall = opened()
    ref = post(hall, "ada")

    refusals = [
        refusal(hall, "ada", "post", prompt="besser", title=text, body="Ohne Titel geht es nicht"),
        refusal(hall, "ada", "post", prompt="besser", title="Ohne Text auch nicht", body=text),
        refusal(hall, "ada", "comment", on=ref, text=text),
        refusal(hall, "ada", "react", on=ref, word=text),
    ]

    assert refusals == [("command.invalid", {"why": "malformed"})] * 4


def test_a_post_answers_one_of_the_prompts() -> None:
    refused = refusal(opened(), "ada", "post", prompt="fehlt", title="x" * 501, body="y")

    assert refused == ("stream.invalid", {"why": "unknown_prompt"})


def test_a_stream_without_prompts_has_one_place_to_write_to() -> None:
    hall = opened(prompts=[])

    ref = post(hall, "ada", prompt="")

    assert view(hall)["posts-0"] == Slot((f"post-{ref}",))
    assert figures(hall)["posts_by_prompt"] == {}


def test_title_body_comment_and_reaction_have_an_end() -> None:
    hall = opened()
    ref = post(hall, "ada")

    refusals = [
        refusal(hall, "ada", "post", prompt="besser", title="x" * 501, body="y"),
        refusal(hall, "ada", "post", prompt="besser", title="x" * 500, body="y" * 20_001),
        refusal(hall, "ada", "comment", on=ref, text="x" * (MOST + 1)),
        refusal(hall, "ada", "react", on=ref, word="x" * 33),
    ]

    assert refusals == [
        ("stream.too_long", {"most": 500}),
        ("stream.too_long", {"most": 20_000}),
        ("comment.too_long", {"most": MOST}),
        ("reaction.too_long", {"most": 32}),
    ]


def test_a_post_sent_twice_is_written_once_even_if_another_one_came_between() -> None:
    hall = opened()
    sent = envelope(hall, "ada", "blog", "post", prompt="besser", title="Einmal", body="Text")
    send(hall, sent)
    post(hall, "ada", "Dazwischen")

    assert send(hall, sent) == []
    assert [it.title for it in state(hall).posts.values()] == ["Einmal", "Dazwischen"]


def test_nothing_is_written_commented_or_reacted_to_while_it_is_not_open() -> None:
    hall = opened()
    ref = post(hall, "ada")
    submit(hall, "mo", "blog", "close")

    refusals = [
        refusal(hall, "ben", "post", prompt="besser", title="Zu spät", body="Text"),
        refusal(hall, "ben", "comment", on=ref, text=""),
        refusal(hall, "ben", "react", on=ref, word="Danke"),
    ]

    assert refusals == [("stream.not_open", {})] * 3
    assert view(hall)[f"below-{ref}"] == Slot()


def test_the_time_it_is_to_end_closes_nothing() -> None:
    hall = opened(open_until="2019-01-01T18:00:00+01:00")

    post(hall, "ada")

    assert figures(hall)["posts"] == 1


def test_a_time_to_end_has_a_zone() -> None:
    with pytest.raises(ValidationError):
        stream.Config.model_validate({"open_until": "2020-06-11T18:00:00"})


# ── comments and reactions ──


def test_comments_stand_below_their_post_oldest_first_each_with_its_own_number() -> None:
    hall = opened()
    ref = post(hall, "ada")
    first, second = comment(hall, "ben", ref, "eins"), comment(hall, "cem", ref, "zwei")

    assert (first, second) == ("AT2-0002", "AT2-0003")
    assert view(hall)[f"below-{ref}"] == Slot((f"comment-{first}", f"comment-{second}", f"reply-{ref}"))
    assert (figures(hall)["comments"], figures(hall)["comments_by_post"]) == (2, {ref: 2})


def test_a_person_gives_each_word_once_and_may_give_others() -> None:
    hall = opened()
    ref = post(hall, "ada")
    react(hall, "ben", ref)
    react(hall, "ben", ref, "👍")
    react(hall, "cem", ref)

    assert refusal(hall, "ben", "react", on=ref, word="Danke") == ("reaction.already_voted", {})
    assert figures(hall)["reactions"] == {ref: {"Danke": 2, "👍": 1}}


def test_a_reaction_sent_twice_counts_once() -> None:
    hall = opened()
    ref = post(hall, "ada")
    sent = envelope(hall, "ben", "blog", "react", on=ref, word="Danke")
    send(hall, sent)
    react(hall, "ben", ref, "Das sehe ich anders")

    assert send(hall, sent) == []
    assert figures(hall)["reactions"] == {ref: {"Danke": 1, "Das sehe ich anders": 1}}


def test_what_does_not_exist_is_neither_commented_nor_reacted_to() -> None:
    hall = opened()

    refusals = [
        refusal(hall, "ada", "comment", on="AT2-0009", text="Wozu?"),
        refusal(hall, "ada", "react", on="AT2-0009", word="Danke"),
    ]

    assert refusals == [("stream.invalid", {"why": "unknown"})] * 2


def test_screens_offer_the_words_of_the_settings_and_show_no_others() -> None:
    hall = opened(reactions=["💡", "🙏"])
    ref = post(hall, "ada")
    react(hall, "ben", ref, "🙏")
    react(hall, "ben", ref, "Unfug")

    parts = view(hall)
    assert parts[f"words-{ref}"] == Slot((f"word-0-{ref}", f"word-1-{ref}"))
    assert [(parts[f"word-{n}-{ref}"].word, parts[f"word-{n}-{ref}"].times) for n in (0, 1)] == [("💡", 0), ("🙏", 1)]
    assert figures(hall)["reactions"] == {ref: {"🙏": 1, "Unfug": 1}}

    submit(hall, "mo", "blog", "close")
    assert view(hall)[f"words-{ref}"] == Slot((f"word-1-{ref}",))


def test_marks_say_what_is_ones_own_and_which_words_one_gave() -> None:
    hall = opened()
    ref, other = post(hall, "ada"), post(hall, "ben")
    said = comment(hall, "ada", other)
    react(hall, "ada", other, "Das sehe ich anders")
    react(hall, "ada", other, "Unfug")

    assert mine(hall, "ada")["marks"] == Marks(
        ((f"post-{ref}", "own"), (f"comment-{said}", "own"), (f"word-2-{other}", "own"))
    )
    assert mine(hall, "cem")["marks"] == Marks()


# ── names and sealing ──


def test_where_it_is_anonymous_no_entry_and_no_screen_says_who_wrote() -> None:
    hall = opened(names="anonymous")
    ref = post(hall, "ada")
    comment(hall, "ada", ref)
    react(hall, "ada", ref)

    written = [entry for entry in hall.record if entry.type.startswith("stream.")]
    assert [(entry.by == "ada", entry.veil is not None) for entry in written] == [(False, True)] * 3
    assert "Leitung" not in str([view(hall, audience) for audience in Audience])
    assert len(own(hall, "ada")) == 2


def test_a_sealed_stream_keeps_words_and_numbers_loses_everybody_and_loads_as_it_was() -> None:
    hall = opened(names="anonymous")
    ref = post(hall, "ada")
    comment(hall, "ada", ref)
    for by in ("ada", "ben"):
        react(hall, by, ref)
    before = figures(hall)
    assert before["reactions"] == {ref: {"Danke": 2}}

    submit(hall, "mo", "blog", "close")
    submit(hall, "mo", "blog", "show", view="result")

    assert state(hall) == state(afresh(hall))
    assert figures(hall) == figures(afresh(hall)) == before
    assert own(hall, "ada") == []
    assert mine(hall, "ben")["marks"] == Marks()


def test_a_live_room_and_one_loaded_from_its_record_are_the_same() -> None:
    hall = opened()
    ref = post(hall, "ada")
    comment(hall, "ben", ref)
    react(hall, "cem", ref)

    assert state(hall) == state(afresh(hall))


def test_what_is_no_business_of_the_stream_leaves_it_alone() -> None:
    hall = opened()
    post(hall, "ada")
    before = replace(state(hall), posts=dict(state(hall).posts))

    stream.fold(state(hall), Entry(99, "blog", "activity.prepared", "mo", {}, hall.record[-1].made))

    assert state(hall) == before
