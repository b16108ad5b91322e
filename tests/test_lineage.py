"""What is made of a contribution knows where it comes from, and the contribution knows what became of it."""

import pytest

from facilitation import pictures
from facilitation.form import Option
from facilitation.kinds import poll, wall
from facilitation.lineage import Source
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.kinds.polls import SINGLE
from tests.kinds.walls import COLUMNS
from tests.rooms import Kept, activity, afresh, room, submit


def hall() -> Kept:
    """An open wall and a poll that is not open yet."""
    made = room(
        activity(wall, "wand", columns=COLUMNS, names="anonymous"),
        activity(poll, "abfrage", names="named", **SINGLE),
    )
    submit(made, "mo", "wand", "open")
    return made


def written(made: Kept, text: str) -> str:
    ref: str = submit(made, "ada", "wand", "write", column="besser", text=text)[-1].data["ref"]
    return ref


def options(made: Kept) -> list[Option]:
    return list(made.activities["abfrage"].state.box.options)[3:]


def test_cards_become_options_of_a_poll_and_both_ends_know() -> None:
    made = hall()
    cards = [written(made, "Mehr Mut"), written(made, "Weniger Papier")]
    grown = [entry.data["ref"] for entry in submit(made, "mo", "abfrage", "adopt", sources=cards)]

    for state in (made, afresh(made)):
        assert options(state) == [Option(grown[0], "Mehr Mut"), Option(grown[1], "Weniger Papier")]
        look = pictures.look(state, state.activities["wand"], Audience.DESK)
        assert look.became == {cards[0]: (grown[0],), cards[1]: (grown[1],)}
    submit(made, "mo", "abfrage", "open")
    submit(made, "ben", "abfrage", "vote", choice=grown[1])
    assert made.activities["abfrage"].figures()["by_option"][grown[1]] == 1


def test_a_source_says_what_was_said_where_and_whether_it_is_hidden() -> None:
    made = hall()
    ref = written(made, "Mehr Mut")
    submit(made, "mo", "wand", "hide", ref=ref, reason="Ein Name")
    said = made.activities["wand"].contributions[ref]
    assert made.sources[ref] == Source(ref, "Mehr Mut", "wand", "wand", "wall", said.by, said.made, "Ein Name")
    assert (list(made.sources), len(made.sources), "AT2-9999" in made.sources) == ([ref], 1, False)


@pytest.mark.parametrize(
    "sources, values",
    [
        (["AT2-0001", "AT2-0001"], {"why": "repeated"}),
        (["AT2-0001", "AT2-0099"], {"why": "unknown", "ref": "AT2-0099"}),
    ],
)
def test_what_was_never_said_or_is_named_twice_becomes_nothing(sources: list[str], values: dict[str, str]) -> None:
    made = hall()
    written(made, "Mehr Mut")
    with pytest.raises(Refused, match=r"^lineage.invalid$") as refused:
        submit(made, "mo", "abfrage", "adopt", sources=sources)
    assert (refused.value.values, options(made)) == (values, [])


def test_hidden_words_become_no_option() -> None:
    made = hall()
    ref = written(made, "Mehr Mut")
    submit(made, "mo", "wand", "hide", ref=ref, reason="Ein Name")
    with pytest.raises(Refused, match=r"^poll.invalid$"):
        submit(made, "mo", "abfrage", "adopt", sources=[ref])


def test_whoever_redacts_a_card_redacts_its_copies_wherever_they_stand() -> None:
    made = hall()
    ref, other = written(made, "Mehr Mut"), written(made, "Weniger Papier")
    submit(made, "mo", "abfrage", "adopt", sources=[ref, other])
    redacted = submit(made, "mo", "wand", "redact", ref=ref, reason="Ein Name")

    assert [(entry.activity, entry.type) for entry in redacted] == [
        ("wand", "record.redacted"),
        ("abfrage", "record.redacted"),
    ]
    assert [option.label for option in options(afresh(made))] == ["", "Weniger Papier"]
    assert all("Mehr Mut" not in str(entry.data) for entry in afresh(made).record)


def test_what_was_put_in_other_words_stays_when_its_source_is_redacted() -> None:
    made = hall()
    ref = written(made, "Mehr Mut")
    (grown,) = submit(made, "mo", "abfrage", "adopt", sources=[ref])
    submit(made, "mo", "abfrage", "amend", option=grown.data["ref"], label="Mut")
    submit(made, "mo", "wand", "redact", ref=ref, reason="Ein Name")
    assert [option.label for option in options(afresh(made))] == ["Mut"]
