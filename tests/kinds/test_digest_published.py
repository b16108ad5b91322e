"""A sentence of the editors goes to the blog with one tap, and its sources with it."""

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import digest, stream, wall
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.kinds.digests import TOPICS, card, did
from tests.rooms import Kept, activity, afresh, room, submit

PROMPTS = [("mut", "Was macht Mut?"), ("zeit", "Was kostet <b>Zeit</b>?")]


def opened(prompts: list[tuple[str, str]] | None = None) -> Kept:
    """An editing desk beside a wall and a blog, both open."""
    table = room(
        activity(wall, "wand", names="named"),
        activity(stream, "blog", prompts=PROMPTS[:1] if prompts is None else prompts),
        activity(digest, "redaktion", topics=TOPICS),
    )
    submit(table, "mo", "wand", "open")
    submit(table, "mo", "blog", "open")
    return table


def sent(table: Kept, sentence: str, text: str = "Mehr Mut.", **more: object) -> str:
    """The reference of the post that the button makes of a sentence."""
    said = {"prompt": "mut", "title": text, "sources": [sentence], "published": True} | more
    ref: str = submit(table, "mo", "blog", "draft", **said)[-1].data["ref"]
    return ref


def parts(table: Kept, at: str, audience: Audience, item: str = "") -> dict[str, str]:
    there = table.activities[at]
    view = there.kind.view(there.state, pictures.look(table, there, audience, "question", item))
    return {name: str(part) for name, part in drawn(pictures.framed(there, "desk.", view)[0]).items()}


def test_one_tap_publishes_a_sentence_and_both_ends_know() -> None:
    table = opened()
    said = card(table, text="Fehler zugeben"), card(table, "ben", "Weniger Angst")
    ref = did(table, "mo", "condense", *said, text="Mehr Mut.")

    post = sent(table, ref)

    for state in (table, afresh(table)):
        phone = parts(state, "blog", Audience.PLENARY)[f"desk.blog.post-{post}"]
        assert ["Mehr Mut." in phone, "Redaktion" in phone, "post__body" in phone] == [True, True, False]
        assert [words in phone for words in ("Fehler zugeben", "Weniger Angst", "Zeig Quellen")] == [True, True, True]
        assert state.sources[ref].became == (post,)
        assert (state.sources[post].made_of, state.sources[ref].made_of) == ((ref,), said)
        assert (
            f'daraus wurde: <span class="ref">{post}'
            in parts(state, "redaktion", Audience.DESK)[f"desk.redaktion.brief-{ref}"]
        )
        assert "aus 2 Beiträgen" in parts(state, "blog", Audience.STAGE, post)["desk.blog.stage-quote"]
        assert table.activities["blog"].figures()["visible"] == 1


def test_what_was_said_aloud_goes_to_the_blog_without_sources() -> None:
    table = opened()
    post = sent(table, did(table, "mo", "condense", text="Mehr Mut."))
    assert "Im Saal gesagt" in parts(table, "blog", Audience.PLENARY)[f"desk.blog.post-{post}"]
    plain = sent_plainly(table)
    assert "Quelle" not in parts(table, "blog", Audience.PLENARY)[f"desk.blog.post-{plain}"]


def sent_plainly(table: Kept) -> str:
    """A post of the editors that was made of nothing."""
    ref: str = submit(table, "mo", "blog", "draft", prompt="mut", title="Pause", published=True)[-1].data["ref"]
    return ref


def test_a_draft_with_sources_waits_like_any_other() -> None:
    table = opened()
    post = sent(table, did(table, "mo", "condense", text="Mehr Mut."), published=False)
    assert f"desk.blog.post-{post}" not in parts(table, "blog", Audience.PLENARY)
    assert "Veröffentlichen" in parts(table, "blog", Audience.DESK)[f"desk.blog.item-{post}"]


def test_of_a_source_that_is_hidden_since_the_blog_shows_the_number_alone() -> None:
    table = opened()
    said = card(table, text="Ein Name")
    post = sent(table, did(table, "mo", "condense", said, text="Mehr Mut."))
    submit(table, "mo", "wand", "hide", ref=said, reason="ein Name")
    phone = parts(table, "blog", Audience.PLENARY)[f"desk.blog.post-{post}"]
    assert ["Ein Name" in phone, "nicht öffentlich" in phone] == [False, True]


@pytest.mark.parametrize("away", ["hide", "recall"])
def test_what_is_hidden_or_withdrawn_is_not_published(away: str) -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="Mehr Mut.")
    submit(table, "mo", "redaktion", away, **({"ref": ref, "reason": "x"} if away == "hide" else {"sentence": ref}))
    with pytest.raises(Refused) as refused:
        sent(table, ref)
    assert (refused.value.code, refused.value.values) == ("stream.invalid", {"why": "hidden", "ref": ref})


def test_redacting_a_sentence_takes_the_post_in_its_very_words_along() -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="Frau Muster zögert.")
    sent(table, ref, "Frau Muster zögert.")
    submit(table, "mo", "redaktion", "redact", ref=ref, reason="Person")
    there = afresh(table)
    assert "Muster" not in str([parts(there, at, it) for at in ("blog", "redaktion") for it in Audience])
    assert "geschwärzt" in str(parts(there, "blog", Audience.PLENARY))


def test_sources_that_name_each_other_end_somewhere() -> None:
    table = opened()
    ref = did(table, "mo", "condense", card(table, text="Anfang"), text="Mehr Mut.")
    post = sent(table, ref)
    did(table, "mo", "link", post, sentence=ref)
    phone = parts(table, "blog", Audience.PLENARY)[f"desk.blog.post-{post}"]
    assert ["Anfang" in phone, "(1)" in phone] == [True, True]


def test_the_button_offers_the_open_blogs_and_their_prompts() -> None:
    table = opened(PROMPTS)
    ref = did(table, "mo", "condense", text="Mehr „Mut“ & <b>")
    brief = parts(table, "redaktion", Audience.DESK)[f"desk.redaktion.brief-{ref}"]
    assert 'data-activity="blog" data-command="draft"' in brief
    assert "Was kostet &lt;b&gt;Zeit&lt;/b&gt;?" in brief
    submit(table, "mo", "blog", "close")
    assert "In den Blog" not in parts(table, "redaktion", Audience.DESK)[f"desk.redaktion.brief-{ref}"]


def test_of_several_blogs_the_button_names_which() -> None:
    table = room(activity(stream, "blog"), activity(stream, "innen"), activity(digest, "redaktion"))
    for at in ("blog", "innen"):
        submit(table, "mo", at, "open")
    ref = did(table, "mo", "condense", text="Mehr Mut.")
    brief = parts(table, "redaktion", Audience.DESK)[f"desk.redaktion.brief-{ref}"]
    assert [f'In den Blog „<bdi dir="auto">{name}</bdi>“' in brief for name in ("blog", "innen")] == [True, True]


def test_a_headline_alone_is_corrected_without_a_body() -> None:
    table = opened()
    post = sent_plainly(table)
    assert 'name="body:opt"' in parts(table, "blog", Audience.DESK)[f"desk.blog.item-{post}"]
    submit(table, "mo", "blog", "correct", post=post, title="Lange Pause", reason="Sie dauert länger.")
    assert "Lange Pause" in parts(table, "blog", Audience.PLENARY)[f"desk.blog.post-{post}"]
