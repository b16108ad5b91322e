import pytest

from facilitation.screen import Audience
from tests.kinds.digests import card, did, opened, refusal, rows, shown, standing, state, view
from tests.rooms import afresh, submit

# ── what comes in ──


def test_everything_that_people_say_comes_in_the_newest_first() -> None:
    table = opened()
    first = card(table)
    asked = submit(table, "ben", "fragen", "ask", text="Wann?")[-1].data["ref"]
    remark = submit(table, "cem", "wand", "comment", on=first, text="Bei uns auch.")[-1].data["ref"]
    assert standing(table) == {remark: "waiting", asked: "waiting", first: "waiting"}


def test_what_is_hidden_or_withdrawn_comes_in_no_more() -> None:
    table = opened()
    hidden, withdrawn, kept = card(table), card(table), card(table)
    submit(table, "mo", "wand", "hide", ref=hidden, reason="kein Beitrag")
    submit(table, "ada", "wand", "withdraw", card=withdrawn)
    assert standing(table) == {kept: "waiting"}


def test_of_very_many_originals_the_newest_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitation.originals.MOST", 2)
    table = opened()
    refs = [card(table) for _ in range(4)]
    did(table, "mo", "decline", refs[0], reason="steht fest")
    assert list(standing(table)) == [refs[3], refs[2], refs[0]]
    assert view(table)["desk-incoming"] == (3, 4, 1)


# ── nobody works twice ──


def test_who_takes_an_original_up_has_it_alone_until_it_is_given_back() -> None:
    table = opened()
    ref = card(table)
    did(table, "mo", "claim", ref)
    did(table, "mo", "claim", ref)
    taken = ("digest.invalid", {"why": "claimed", "ref": ref})
    assert refusal(table, "eda", "claim", ref) == taken
    assert refusal(table, "eda", "decline", ref, reason="nein") == taken
    assert refusal(table, "eda", "condense", ref, text="Mut.") == taken
    did(table, "eda", "release", ref)
    did(table, "eda", "claim", ref)
    assert state(table).claims == {ref: "eda"}


def test_what_is_done_with_is_taken_up_by_nobody() -> None:
    table = opened()
    refs = [card(table) for _ in range(3)]
    did(table, "mo", "claim", *refs)
    did(table, "mo", "decline", refs[0], reason="steht fest")
    sentence = did(table, "mo", "condense", refs[1], text="Mut.")
    did(table, "mo", "link", refs[2], sentence=sentence)
    assert (state(table).claims, standing(table)) == (
        {},
        {refs[2]: "condensed", refs[1]: "condensed", refs[0]: "declined"},
    )


def test_editors_without_names_keep_what_is_theirs_until_the_seal() -> None:
    table = opened(names="anonymous")
    mine, other = card(table), card(table)
    did(table, "mo", "claim", mine)
    did(table, "eda", "claim", other)
    assert refusal(table, "eda", "claim", mine)[1]["why"] == "claimed"
    did(table, "mo", "condense", mine, text="Mut.")
    submit(table, "mo", "agenda", "end", confirmed=True)
    assert state(table) == state(afresh(table))
    assert state(table).claims == {}


# ── sentences ──


def test_a_sentence_keeps_its_sources_and_each_of_them_knows_of_it() -> None:
    table = opened()
    first, second, third = card(table), card(table, "ben"), card(table, "cem")
    ref = did(table, "mo", "condense", first, second, text="Mehr Mut.", topic="personal")
    did(table, "eda", "link", second, third, sentence=ref)
    assert state(table).sentences[ref].sources == (first, second, third)
    assert [table.sources[it].became for it in (first, second, third)] == [(ref,), (ref,), (ref,)]
    assert table.activities["redaktion"].figures() == {"sentences": 1, "withdrawn": 0, "visible": 1, "originals": 3}


def test_what_is_said_aloud_is_a_sentence_without_sources() -> None:
    table = opened()
    assert state(table).sentences[did(table, "mo", "condense", text="Mut.")].sources == ()


def test_a_sentence_can_be_put_into_better_words_and_under_another_topic() -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="Mut", topic="zeit")
    did(table, "eda", "rewrite", sentence=ref, text="Mehr Mut.", topic="personal")
    sentence = state(table).sentences[ref]
    assert (sentence.text, sentence.topic, sentence.edited) == ("Mehr Mut.", "personal", True)


def test_the_newest_sentence_is_on_top_unless_editors_order_them_otherwise() -> None:
    table = opened()
    refs = [did(table, "mo", "condense", text=f"Satz {n}") for n in range(3)]
    assert state(table).order == refs[::-1]
    did(table, "mo", "place", sentence=refs[0], before=refs[2])
    assert state(table).order == [refs[0], refs[2], refs[1]]
    did(table, "mo", "place", sentence=refs[2])
    assert state(table).order == [refs[0], refs[1], refs[2]]
    did(table, "mo", "place", sentence=refs[1], before=refs[1])
    assert state(table).order == [refs[0], refs[2], refs[1]]


def test_what_a_withdrawn_sentence_was_made_of_waits_again() -> None:
    table = opened()
    original = card(table)
    ref = did(table, "mo", "condense", original, text="Mut.")
    did(table, "mo", "recall", sentence=ref)
    did(table, "eda", "recall", sentence=ref)  # two editors at once: nothing changes
    assert (standing(table), table.sources[original].became) == ({original: "waiting"}, ())
    for command, data in (("rewrite", {"text": "Mut"}), ("place", {})):
        assert refusal(table, "mo", command, sentence=ref, **data) == ("digest.invalid", {"why": "unknown_sentence"})
    assert refusal(table, "mo", "link", original, sentence=ref) == ("digest.invalid", {"why": "unknown_sentence"})


def test_nothing_can_be_done_with_what_is_no_sentence() -> None:
    table = opened()
    original = card(table)
    for command in ("recall", "place"):
        assert refusal(table, "mo", command, sentence=original) == ("digest.invalid", {"why": "unknown_sentence"})


@pytest.mark.parametrize("command", ["hide", "withdraw"])
def test_what_nobody_may_read_becomes_no_source(command: str) -> None:
    table = opened()
    ref = card(table)
    if command == "hide":
        submit(table, "mo", "wand", "hide", ref=ref, reason="kein Beitrag")
    else:
        submit(table, "ada", "wand", "withdraw", card=ref)
    assert refusal(table, "mo", "condense", ref, text="Mut.") == ("digest.invalid", {"why": "hidden", "ref": ref})


def test_a_sentence_is_short_and_its_topic_is_one_of_those_that_are_there() -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="x" * 300)
    assert refusal(table, "mo", "condense", text="x" * 301) == ("digest.too_long", {"most": 300})
    assert refusal(table, "mo", "rewrite", sentence=ref, text="x" * 301) == ("digest.too_long", {"most": 300})
    assert refusal(table, "mo", "condense", text="x", topic="geld") == ("digest.invalid", {"why": "unknown_topic"})
    assert refusal(table, "mo", "tag", card(table), topic="geld") == ("digest.invalid", {"why": "unknown_topic"})


# ── what is not pursued ──


def test_what_is_knowingly_not_pursued_keeps_the_reason_until_it_is_pursued_after_all() -> None:
    table = opened()
    ref = card(table)
    did(table, "mo", "decline", ref, reason="steht schon fest")
    assert (standing(table), table.sources[ref].declined) == ({ref: "declined"}, "steht schon fest")
    assert table == afresh(table)
    did(table, "eda", "resume", ref)
    assert (standing(table), table.sources[ref].declined) == ({ref: "waiting"}, "")


# ── tables ──


def test_a_table_has_the_sentences_with_their_sources_and_for_staff_what_is_not_pursued() -> None:
    table = opened()
    first, second = card(table), card(table, text="Weniger Papier")
    did(table, "mo", "tag", second, topic="zeit")
    did(table, "mo", "decline", second, reason="steht schon fest")
    ref = did(table, "mo", "condense", first, text="Mehr Mut.", topic="personal")
    done = {"ref": ref, "text": "Mehr Mut.", "topic": "Personal", "sources": first, "declined": "", "hidden": ""}
    left = {"ref": second, "text": "Weniger Papier", "topic": "Zeit", "sources": "", "hidden": ""}
    assert rows(table, Audience.PLENARY) == []
    shown(table, ref)
    assert rows(table, Audience.PLENARY) == [done]
    assert rows(table, Audience.DESK) == [done, left | {"declined": "steht schon fest"}]
