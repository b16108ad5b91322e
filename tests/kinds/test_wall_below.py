import pytest

from facilitation import pictures
from facilitation.comments import MOST
from facilitation.kinds import wall
from facilitation.reactions import Reaction
from facilitation.record import Refused
from facilitation.screen import Audience, Marks, Slot
from facilitation.walls.desk import Counts
from tests.kinds.walls import changed, comment, figures, html, mine, opened, react, state, view, write
from tests.rooms import submit


def test_below_a_card_stand_its_comments_oldest_first_and_the_form_for_one_more() -> None:
    table = opened()
    ref = write(table, "ada")
    before = view(table)
    first, second = comment(table, "ben", ref, "eins"), comment(table, "cem", ref, "zwei")
    after = view(table)
    assert changed(before, after) == {f"comment-{first}", f"comment-{second}", f"below-{ref}"}
    assert after[f"below-{ref}"] == Slot((f"comment-{first}", f"comment-{second}", f"reply-{ref}"))
    assert (after[f"comment-{first}"].text, after[f"comment-{first}"].author) == ("eins", "Leitung Amt 20")


def test_a_reaction_changes_the_word_of_its_card_alone() -> None:
    table = opened()
    ref, _ = write(table, "ada"), write(table, "ada")
    before = view(table)
    react(table, "ben", ref, "Das greifen wir auf")
    assert changed(before, view(table)) == {f"word-1-{ref}"}
    assert view(table)[f"word-1-{ref}"] == Reaction(ref, "Das greifen wir auf", 1, open=True)


def test_a_wall_has_the_words_of_its_settings() -> None:
    table = opened(reactions=["👍"])
    ref = write(table, "ada")
    react(table, "ben", ref, "Unfug")
    assert view(table)[f"words-{ref}"] == Slot((f"word-0-{ref}",))
    assert "Unfug" not in html(table)


def test_the_same_word_again_is_refused_and_another_one_is_not() -> None:
    table = opened()
    ref = write(table, "ada")
    react(table, "ben", ref)
    react(table, "ben", ref, "Das sehe ich anders")
    with pytest.raises(Refused, match=r"^reaction.already_voted$"):
        react(table, "ben", ref)
    assert figures(table)["reactions_by_idea"] == {ref: {"Danke": 1, "Das sehe ich anders": 1}}


@pytest.mark.parametrize("command,words", [("comment", {"text": "Wozu?"}), ("react", {"word": "Danke"})])
def test_there_is_no_comment_and_no_reaction_without_a_card(command: str, words: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"^wall.invalid$") as refused:
        submit(opened(), "ada", "wand", command, on="AT2-0009", **words)
    assert refused.value.values == {"why": "unknown_card"}


@pytest.mark.parametrize("command,words", [("comment", {"text": ""}), ("react", {"word": "x" * 33})])
def test_nobody_comments_or_reacts_on_a_closed_wall(command: str, words: dict[str, str]) -> None:
    table = opened()
    ref = write(table, "ada")
    submit(table, "mo", "wand", "close")
    with pytest.raises(Refused, match=r"^wall.not_open$"):
        submit(table, "ben", "wand", command, on=ref, **words)
    assert view(table)[f"below-{ref}"] == view(table)[f"words-{ref}"] == Slot()


def test_a_comment_and_a_word_have_an_end() -> None:
    table = opened(max_length=3)
    ref = write(table, "ada", "Mut")
    comment(table, "ben", ref, "x" * MOST)
    with pytest.raises(Refused, match=r"^comment.too_long$"):
        comment(table, "ben", ref, "x" * (MOST + 1))
    with pytest.raises(Refused, match=r"^reaction.too_long$"):
        react(table, "ben", ref, "x" * 33)


def test_comments_and_reactions_are_counted_by_card() -> None:
    table = opened()
    first, second, _ = write(table, "ada"), write(table, "ada"), write(table, "ada")
    for by in ("ada", "ben"):
        comment(table, by, first)
        react(table, by, second)
    hidden = comment(table, "cem", second)
    submit(table, "mo", "wand", "hide", ref=hidden, reason="kein Beitrag")
    found = figures(table)
    assert (found["comments"], found["comments_by_idea"]) == (3, {first: 2, second: 1})
    assert (found["reactions"], found["reactions_by_idea"]) == (2, {second: {"Danke": 2}})


def test_ones_own_comments_and_words_are_marked() -> None:
    table = opened()
    ref = write(table, "ada")
    said = comment(table, "ben", ref)
    react(table, "ben", ref, "Das sehe ich anders")
    react(table, "ben", ref, "Unfug")
    assert mine(table, "ben")["marks"] == Marks(((f"comment-{said}", "own"), (f"word-2-{ref}", "own")))
    assert mine(table, "cem")["marks"] == Marks()


def test_a_hidden_comment_leaves_its_card_where_it_is_and_stays_on_the_desk() -> None:
    table = opened()
    ref = write(table, "ada")
    said = comment(table, "ben", ref, "Ein Angriff")
    assert view(table, Audience.DESK)["items"] == Slot((f"item-{said}", f"item-{ref}"))
    submit(table, "mo", "wand", "hide", ref=said, reason="persönlicher Angriff")
    assert "Ein Angriff" not in str([view(table), view(table, Audience.STAGE), mine(table, "ben")])
    assert view(table)[f"below-{ref}"] == Slot((f"reply-{ref}",))
    assert (view(table, Audience.DESK)[f"item-{said}"].hidden, mine(table, "ben")["marks"]) == (
        "persönlicher Angriff",
        Marks(),
    )
    assert view(table, Audience.DESK)["inbox"] == Counts(cards=1, comments=1, hidden=1)
    submit(table, "mo", "wand", "restore", ref=said)
    assert f"comment-{said}" in view(table)[f"below-{ref}"]


@pytest.mark.parametrize("command", [("mo", "hide", {"reason": "kein Beitrag"}), ("ada", "withdraw", {})])
def test_what_stands_below_a_card_goes_with_it(command: tuple[str, str, dict[str, str]]) -> None:
    table = opened()
    by, gone, words = command
    ref = write(table, "ada")
    comment(table, "ben", ref, "Genau das")
    submit(table, by, "wand", gone, **{"ref" if by == "mo" else "card": ref}, **words)
    looks = [pictures.look(table, table.activities["wand"], audience) for audience in (Audience.PLENARY, Audience.DESK)]
    assert "Genau das" not in str([view(table), mine(table, "ben"), *wall.rows(state(table), looks[0])])
    assert ("Genau das" in str([view(table, Audience.DESK), *wall.rows(state(table), looks[1])])) == (by == "mo")


def test_a_table_has_the_comments_too_and_says_what_they_are_on() -> None:
    table = opened()
    ref = write(table, "ada", "Mut", "besser")
    other = write(table, "ben", "Zeit")
    said = comment(table, "ben", ref, "Wirklich?")
    react(table, "cem", ref)
    rows = list(wall.rows(state(table), pictures.look(table, table.activities["wand"], Audience.PLENARY)))
    assert [(row["ref"], row["on"], row["column"], row["text"], row["reactions"]) for row in rows] == [
        (ref, "", "Besser machen", "Mut", {"Danke": 1}),
        (other, "", "Mitnehmen", "Zeit", {}),
        (said, ref, "Besser machen", "Wirklich?", {}),
    ]


def test_on_an_anonymous_wall_nothing_says_who_commented_or_reacted() -> None:
    table = opened(names="anonymous")
    ref = write(table, "ada")
    comment(table, "ben", ref)
    react(table, "ben", ref)
    said, given = table.record[-2:]
    assert (said.type, said.data.keys(), said.veil) == ("wall.commented", {"ref", "on", "text"}, {})
    assert (given.type, given.data, given.veil) == ("wall.reacted", {}, {"on": ref, "word": "Danke"})
    assert said.by == given.by != "ben"
    assert "Leitung" not in str([view(table, audience) for audience in Audience])


# ── what is drawn ──


def test_a_word_is_a_button_while_the_wall_is_open_with_its_number_once_it_is_given() -> None:
    table = opened()
    ref = write(table, "ada")
    react(table, "ben", ref, "Danke")
    page = html(table)
    assert page.count('data-command="react"') == 3
    assert page.count('<bdi dir="auto">Danke</bdi> <b>1</b></button>') == 1
    assert page.count('<bdi dir="auto">Das sehe ich anders</bdi></button>') == 1
    submit(table, "mo", "wand", "close")
    page = html(table)
    assert (page.count('data-command="react"'), page.count("Das sehe ich anders")) == (0, 0)
    assert page.count('<bdi dir="auto">Danke</bdi> <b>1</b></p>') == 1


@pytest.mark.parametrize(
    "names,sentence",
    [
        ("named", "Unter dem Kommentar steht Ihr Name."),
        ("moderators", "Alle anderen lesen den Kommentar ohne Ihren Namen."),
        ("anonymous", "Kein anderer Bildschirm zeigt, wer kommentiert hat"),
    ],
)
def test_who_will_know_is_said_before_a_comment_is_sent(names: str, sentence: str) -> None:
    table = opened(names=names)
    write(table, "ada")
    page = html(table)
    assert 0 < page.index("Ihr Kommentar zu AT2-0001") < page.index(sentence) < page.index("Kommentar <span")


def test_the_words_of_a_comment_are_isolated_wherever_they_stand() -> None:
    table = opened()
    comment(table, "ben", write(table, "ada"), "<script>alert(1)</script>")
    page = html(table)
    assert "<script>" not in page
    assert (
        page.count('<bdi dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</bdi>') == 2
    )  # on the phone and at the desk


def test_the_desk_says_what_a_comment_is_on_and_hides_it_by_its_own_number() -> None:
    table = opened()
    said = comment(table, "ben", write(table, "ada"))
    page = html(table)
    assert page.count("Kommentar zu AT2-0001 ·") == 1
    assert page.count("1 Karte, 1 Kommentar<") == 1
    assert page.count(f"{said} ausblenden") == 1
    submit(table, "mo", "wand", "hide", ref=said, reason="kein Beitrag")
    assert (html(table).count(f"{said} ausblenden"), html(table).count("Einblenden")) == (0, 1)
    assert html(table).count("1 Karte, 1 Kommentar, 1 ausgeblendet<") == 1
