"""Topics of cards: one column, any number of topics, chosen in writing and put in order by staff."""

import pytest

from facilitation import pictures
from facilitation.kinds import wall
from facilitation.screen import Audience
from tests.halls import refusal
from tests.kinds.walls import comment, html, mine, opened, state, view, write
from tests.rooms import Kept, afresh, submit

TOPICS = [{"id": "personal", "title": "Personal"}, {"id": "it", "title": "IT & <mehr>"}]


def about(table: Kept, *topics: str) -> str:
    """The reference of a new card of these topics."""
    said = submit(table, "ada", "wand", "write", column="besser", text="Weniger Papier", topics=list(topics))
    ref: str = said[-1].data["ref"]
    return ref


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_a_card_stands_in_one_column_and_belongs_to_any_number_of_topics(names: str) -> None:
    table = opened(topics=TOPICS, names=names)
    card, other = about(table, "it", "personal"), write(table, "ben")

    assert view(table)[f"card-{card}"].topics == ("Personal", "IT & <mehr>")
    assert view(table)[f"card-{other}"].topics == ()
    assert state(afresh(table)) == state(table)


def test_staff_puts_a_card_under_other_topics_at_any_time() -> None:
    table = opened(topics=TOPICS)
    card = about(table, "it")
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "tag", ref=card, labels=["personal"])
    assert view(table)[f"card-{card}"].topics == ("Personal",)
    submit(table, "mo", "wand", "tag", ref=card)
    assert view(table)[f"card-{card}"].topics == ()


def test_a_card_keeps_its_topics_when_it_is_edited_and_sorted() -> None:
    table = opened(topics=TOPICS)
    card = about(table, "it")
    submit(table, "ada", "wand", "edit", card=card, text="Gar kein Papier")
    submit(table, "mo", "wand", "move", card=card, column="mitnehmen")
    submit(table, "mo", "wand", "island", title="Papier", cards=[card])
    assert view(table)[f"card-{card}"].topics == ("IT & <mehr>",)


def test_no_card_belongs_to_a_topic_that_nobody_set() -> None:
    table = opened(topics=TOPICS)
    card = about(table)
    unknown = ("label.invalid", "unknown")
    said = {"column": "besser", "text": "Hitzefrei", "topics": ["wetter"]}
    assert refusal(table, "ada", "wand", "write", **said) == unknown
    assert refusal(table, "mo", "wand", "tag", ref=card, labels=["wetter"]) == unknown
    assert refusal(opened(), "ada", "wand", "write", **(said | {"topics": ["it"]})) == unknown


def test_only_cards_have_topics() -> None:
    table = opened(topics=TOPICS)
    said = comment(table, "ben", about(table))
    assert refusal(table, "mo", "wand", "tag", ref=said, labels=["it"]) == ("wall.invalid", "unknown_card")


def test_whoever_writes_may_choose_topics_where_there_are_some() -> None:
    table = opened(topics=TOPICS)
    about(table, "it")
    page = html(table)
    assert page.count('name="topics[]"') == len(TOPICS)
    assert '<bdi dir="auto">IT &amp; &lt;mehr&gt;</bdi>' in page
    assert mine(table, "ada")["mine-cards"][1][0].note.topics == ("IT & <mehr>",)
    assert 'name="topics[]"' not in html(opened())


def test_the_desk_puts_each_card_under_topics_and_no_comment() -> None:
    table = opened(topics=TOPICS)
    card = about(table, "it")
    said = comment(table, "ben", card)
    items = view(table, Audience.DESK)
    assert (items[f"item-{card}"].chosen, items[f"item-{said}"].topics) == (("it",), ())
    page = html(table)
    assert page.count('name="labels[]"') == len(TOPICS)
    assert page.count('name="labels[]" value="it" id="page.wand.t-' + card + '-it" checked') == 1


def test_a_table_names_the_topics_of_each_card() -> None:
    table = opened(topics=TOPICS)
    about(table, "personal", "it")
    wand = table.activities["wand"]
    assert [row["labels"] for row in wall.rows(wand.state, pictures.look(table, wand, Audience.PLENARY))] == [
        "Personal, IT & <mehr>"
    ]
