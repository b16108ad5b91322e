"""One rule for the reactions to cards and posts."""

from typing import Any

import pytest
from pydantic import ValidationError

from facilitation import pictures, reactions
from facilitation.kind import Kind
from facilitation.kinds import stream, wall
from facilitation.reactions import Reaction, Reactions
from facilitation.record import Refused
from facilitation.screen import Audience, Slot
from tests.rooms import Kept, activity, afresh, envelope, room, send, submit

SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "wall": ("write", {"column": "cards", "text": "Mut"}),
    "stream": ("post", {"title": "Mut", "body": "Zwei Tage."}),
}
both = pytest.mark.parametrize("kind", [wall, stream], ids=lambda kind: kind.name)


def opened(kind: Kind, **config: Any) -> tuple[Kept, str]:
    """A room with one open activity, and the reference of what ada said in it."""
    hall = room(activity(kind, "hier", **config))
    submit(hall, "mo", "hier", "open")
    command, data = SAID[kind.name]
    ref: str = submit(hall, "ada", "hier", command, **data)[-1].data["ref"]
    return hall, ref


def react(hall: Kept, by: str, on: str, word: str = "Danke") -> None:
    submit(hall, by, "hier", "react", on=on, word=word)


def kept(hall: Kept) -> Reactions:
    held: Reactions = hall.activities["hier"].state.reactions
    return held


def below(hall: Kept, on: str) -> dict[str, Any]:
    here = hall.activities["hier"]
    return reactions.below(on, kept(hall).counts, here.config.reactions, pictures.look(hall, here, Audience.PLENARY))


@both
def test_each_person_gives_a_word_once_and_may_give_several(kind: Kind) -> None:
    hall, ref = opened(kind)
    for by, word in (("ben", "Danke"), ("ben", "👍"), ("cem", "Danke")):
        react(hall, by, ref, word)
    with pytest.raises(Refused, match=r"^reaction.already_voted$"):
        react(hall, "ben", ref)
    assert (kept(hall).counts, kept(hall).total) == ({ref: {"Danke": 2, "👍": 1}}, 3)


@both
def test_words_that_differ_in_anything_are_different_words(kind: Kind) -> None:
    hall, ref = opened(kind)
    words = ["Danke", "danke", "Danke ", "Café", "Cafe\u0301"]
    for word in words:
        react(hall, "ben", ref, word)
    assert kept(hall).counts[ref] == dict.fromkeys(words, 1)


@both
def test_a_word_sent_twice_counts_once(kind: Kind) -> None:
    hall, ref = opened(kind)
    sent = envelope(hall, "ben", "hier", "react", on=ref, word="Danke")
    send(hall, sent)
    assert send(hall, sent) == []
    assert kept(hall).total == 1


@both
def test_a_word_has_at_most_32_code_points(kind: Kind) -> None:
    hall, ref = opened(kind)
    react(hall, "ben", ref, "👍" * 32)
    with pytest.raises(Refused, match=r"^reaction.too_long$") as refused:
        react(hall, "ben", ref, "👍" * 33)
    assert refused.value.values == {"most": 32}


@both
def test_while_it_is_open_every_word_of_the_settings_is_offered_afterwards_those_that_were_given(kind: Kind) -> None:
    hall, ref = opened(kind, reactions=["💡", "🙏"])
    react(hall, "ben", ref, "🙏")
    react(hall, "ben", ref, "Unfug")
    assert below(hall, ref) == {
        f"words-{ref}": Slot((f"word-0-{ref}", f"word-1-{ref}")),
        f"word-0-{ref}": Reaction(ref, "💡", 0, open=True),
        f"word-1-{ref}": Reaction(ref, "🙏", 1, open=True),
    }
    submit(hall, "mo", "hier", "close")
    assert below(hall, ref) == {
        f"words-{ref}": Slot((f"word-1-{ref}",)),
        f"word-1-{ref}": Reaction(ref, "🙏", 1, open=False),
    }


@both
def test_the_settings_hold_twelve_words_that_could_be_given(kind: Kind) -> None:
    assert kind.Config.model_validate({}).reactions == ("Danke", "Das greifen wir auf", "Das sehe ich anders")
    for wrong in (["x" * 33], [" \u200b"], [str(n) for n in range(13)]):
        with pytest.raises(ValidationError):
            kind.Config.model_validate({"reactions": wrong})


@both
def test_sealed_reactions_are_numbers_and_nobody_gave_them(kind: Kind) -> None:
    hall, ref = opened(kind, names="anonymous")
    for by in ("ada", "ben"):
        react(hall, by, ref)
    submit(hall, "mo", "hier", "close")
    submit(hall, "mo", "hier", "show", view="result")
    assert kept(hall) == kept(afresh(hall)) == Reactions(counted={ref: {"Danke": 2}})
    assert kept(hall).total == 2


def test_marks_stand_on_the_words_of_the_settings_below_what_is_shown() -> None:
    hall, ref = opened(wall, names="named")
    for word in ("Das sehe ich anders", "Unfug"):
        react(hall, "ben", ref, word)
    words = hall.activities["hier"].config.reactions
    assert list(reactions.marks("ben", kept(hall), words, {ref})) == [(f"word-2-{ref}", "own")]
    assert list(reactions.marks("ben", kept(hall), words, set())) == []
    assert list(reactions.marks("cem", kept(hall), words, {ref})) == []
