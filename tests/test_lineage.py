"""What is made of a contribution knows where it comes from, and the contribution knows what became of it."""

import pytest

from facilitation import pictures
from facilitation.form import Option
from facilitation.kinds import measures, poll, wall
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.kinds.polls import SINGLE, paper
from tests.kinds.walls import COLUMNS
from tests.rooms import Kept, activity, afresh, room, submit


def hall() -> Kept:
    """An open wall and a poll that is not open yet."""
    made = room(
        activity(wall, "wand", columns=COLUMNS, names="anonymous"),
        activity(poll, "abfrage", names="named", **SINGLE),
        activity(measures, "zusagen"),
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
    submit(made, "mo", "abfrage", "adopt", sources=cards)

    for state in (made, afresh(made)):
        assert options(state) == [Option(cards[0], "Mehr Mut"), Option(cards[1], "Weniger Papier")]
        look = pictures.look(state, state.activities["wand"], Audience.DESK)
        assert look.became == {cards[0]: ("abfrage",), cards[1]: ("abfrage",)}
    submit(made, "mo", "abfrage", "open")
    submit(made, "ben", "abfrage", "vote", choice=cards[1])
    assert made.activities["abfrage"].figures()["by_option"][cards[1]] == 1
    with pytest.raises(Refused, match=r"^poll.invalid$"):
        submit(made, "mo", "abfrage", "adopt", sources=cards[:1])


def test_an_option_is_hidden_with_the_card_that_it_was() -> None:
    made = hall()
    ref = written(made, "Mehr Mut")
    submit(made, "mo", "abfrage", "adopt", sources=[ref])
    submit(made, "mo", "abfrage", "open")
    submit(made, "mo", "wand", "hide", ref=ref, reason="Ein Name")
    assert [option.id for option in paper(made, "ada").options] == ["rot", "blau", "grün"]
    assert "Mehr Mut" not in str(pictures.plenary(made, "now"))


def test_a_source_says_what_was_said_where_and_whether_it_is_hidden() -> None:
    made = hall()
    ref = written(made, "Mehr Mut")
    submit(made, "mo", "wand", "hide", ref=ref, reason="Ein Name")
    source = made.sources[ref]
    assert (source.ref, source.text, source.activity, source.kind) == (ref, "Mehr Mut", "wand", "wall")
    assert (source.by, source.hidden) == (made.activities["wand"].contributions[ref].by, "Ein Name")
    assert (list(made.sources), len(made.sources), "AT2-9999" in made.sources) == ([ref], 1, False)


def test_all_sources_at_once_are_the_same_as_one_by_one() -> None:
    made = hall()
    refs = [written(made, text) for text in ("Mehr Mut", "Weniger Papier", "Ein Name")]
    submit(made, "mo", "zusagen", "agree", title="Probelauf", owner_unit="amt-10", due="2027-01-31", sources=refs[:1])
    submit(made, "mo", "wand", "hide", ref=refs[2], reason="Ein Name")

    said = list(made.sources.values())

    assert said == [made.sources[ref] for ref in made.sources]
    assert [(it.text, bool(it.became), it.public) for it in said] == [
        ("Mehr Mut", True, True),
        ("Weniger Papier", False, True),
        ("Ein Name", False, False),
        ("Probelauf", False, True),
    ]


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


def test_whoever_redacts_a_card_redacts_the_option_that_it_became() -> None:
    made = hall()
    ref, other = written(made, "Mehr Mut"), written(made, "Weniger Papier")
    submit(made, "mo", "abfrage", "adopt", sources=[ref, other])
    submit(made, "mo", "wand", "redact", ref=ref, reason="Ein Name")
    assert [option.label for option in options(afresh(made))] == ["", "Weniger Papier"]
    assert all("Mehr Mut" not in str(entry.data) for entry in afresh(made).record)


def test_copies_of_their_own_are_redacted_with_their_source_and_other_words_stay() -> None:
    made = hall()
    ref = written(made, "Mehr Mut")
    (copy,) = submit(
        made, "mo", "zusagen", "agree", title="Mehr Mut", owner_unit="amt-10", due="2020-10-01", sources=[ref]
    )
    (other,) = submit(
        made,
        "mo",
        "zusagen",
        "agree",
        title="Wir üben Entscheiden",
        owner_unit="amt-10",
        due="2020-10-01",
        sources=[ref],
    )
    submit(made, "mo", "wand", "redact", ref=ref, reason="Ein Name")
    said = afresh(made).activities["zusagen"].contributions
    assert [said[entry.data["ref"]].text for entry in (copy, other)] == ["", "Wir üben Entscheiden"]
