import re

import pytest
from markupsafe import escape

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import digest
from facilitation.record import Person
from facilitation.screen import Audience, Slot
from tests.kinds.digests import card, did, html, opened, shown, view
from tests.kinds.walls import HOSTILE, changed
from tests.rooms import Kept, afresh, submit


def test_nothing_of_a_digest_is_anybody_s_alone() -> None:
    table = opened()
    redaktion, ada = table.activities["redaktion"], table.roster.people["ada"]
    look = pictures.look(table, redaktion, Audience.PLENARY)
    assert digest.mine(redaktion.state, redaktion.actor(ada), look) == {}


def told(table: Kept, person: Person) -> list[tuple[str, tuple[str, ...], str]]:
    """What somebody reads among their own contributions: reference, what became of it, why it is not pursued."""
    picture = pictures.personal(table, person, "mine")
    trail = picture["page.mine-trail"]
    assert isinstance(trail, pictures.Piece)
    return [(it.ref, tuple(made.ref for made in it.became), it.declined) for it in trail.content]


def trail(table: Kept, person: Person) -> str:
    return str(drawn(pictures.personal(table, person, "mine"))["page.mine-trail"])


# ── whom a sentence reaches ──


def test_a_sentence_is_for_editors_until_the_stage_shows_it() -> None:
    table = opened()
    kept, sent = did(table, "mo", "condense", text="Noch nicht."), did(table, "mo", "condense", text="Mehr Mut.")
    assert (view(table, Audience.PLENARY)["sentences"], view(table, Audience.STAGE, sent)[""]) == (
        Slot(),
        Slot(("stage-list",)),
    )
    shown(table, sent)
    assert view(table, Audience.PLENARY)["sentences"] == Slot((f"sentence-{sent}",))
    assert [it.ref for it in view(table, Audience.STAGE, sent)["stage-one"].sentences] == [sent]
    assert "Noch nicht." not in html(table, Audience.STAGE, kept) + html(table, Audience.PLENARY)


def test_to_show_the_digest_shows_all_of_it_and_the_stage_the_topmost_five() -> None:
    table = opened()
    refs = [did(table, "mo", "condense", text=f"Satz {n}") for n in range(7)]
    submit(table, "mo", "redaktion", "show", view="result")
    assert len(view(table, Audience.PLENARY)["sentences"]) == 7
    assert [it.ref for it in view(table, Audience.STAGE)["stage-list"].sentences] == refs[:1:-1]


def test_a_digest_that_was_never_opened_is_on_the_phone_while_the_stage_shows_of_it() -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="Mehr Mut.")
    assert "page.redaktion.head" not in pictures.plenary(table, "now")
    shown(table, ref)
    assert f"page.redaktion.sentence-{ref}" in pictures.plenary(table, "now")
    submit(table, "mo", "wand", "show", view="question")
    assert "page.redaktion.head" not in pictures.plenary(table, "now")


def test_of_a_source_everybody_reads_only_what_everybody_may_read() -> None:
    table = opened()
    hidden, waiting = card(table, text="Ein Name"), submit(table, "ben", "fragen", "ask", text="Wer?")[-1].data["ref"]
    remark = submit(table, "cem", "wand", "comment", on=hidden, text="Genau der")[-1].data["ref"]
    ref = did(table, "mo", "condense", hidden, waiting, remark, text="Mehr Mut.")
    submit(table, "mo", "wand", "hide", ref=hidden, reason="ein Name")
    shown(table, ref)
    for audience in (Audience.PLENARY, Audience.STAGE):
        page = html(table, audience, ref)
        assert [words in page for words in ("Ein Name", "Wer?", "Genau der")] == [False, False, False]
    assert html(table, Audience.PLENARY).count("nicht öffentlich") == 3
    submit(table, "mo", "fragen", "approve", question=waiting)
    assert "Wer?" in html(table, Audience.PLENARY)


def test_no_name_stands_at_a_source() -> None:
    table = opened()
    ref = did(table, "mo", "condense", card(table), text="Mut.")
    shown(table, ref)
    pages = [html(table, audience, ref) for audience in (Audience.PLENARY, Audience.STAGE, Audience.DESK)]
    assert ["Leitung Amt 10" in page for page in pages] == [False, False, False]


# ── the desk ──


def test_the_tablet_holds_five_sentences_and_the_others_stand_below() -> None:
    table = opened()
    refs = [did(table, "mo", "condense", text=f"Satz {n}") for n in range(6)][::-1]
    seen = view(table)
    assert (seen["tablet"], seen["others"]) == (
        Slot(f"brief-{ref}" for ref in refs[:5]),
        Slot((f"brief-{refs[5]}",)),
    )
    assert [(seen[f"brief-{ref}"].above, seen[f"brief-{ref}"].below) for ref in refs] == [
        (None, refs[2]),
        (refs[0], refs[3]),
        (refs[1], refs[4]),
        (refs[2], refs[5]),
        (refs[3], ""),
        (refs[4], None),
    ]


def test_one_tap_sends_a_sentence_to_the_stage() -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="Mehr Mut.")
    assert "noch nicht gezeigt" in html(table)
    assert re.search(rf'data-command="show">.{{0,120}}value="{ref}">', html(table))
    shown(table, ref)
    assert "noch nicht gezeigt" not in html(table)


@pytest.mark.parametrize(
    "names,editors", [("moderators", ["Moderation", "Redaktion"]), ("anonymous", ["Redaktion 1", "Redaktion 2"])]
)
def test_each_editor_has_what_they_took_up_before_them(names: str, editors: list[str]) -> None:
    table = opened(names)
    refs = {editor: card(table) for editor in ("mo", "eda")}
    for editor, ref in refs.items():
        did(table, editor, "claim", ref)
    seen = view(table)
    desks = [seen[name] for name in seen["editors"]]
    assert sorted(it.editor or f"Redaktion {it.number}" for it in desks) == editors
    assert sorted(origin.ref for it in desks for origin in it.origins) == sorted(refs.values())


def test_to_take_an_original_up_changes_it_and_what_the_editor_works_on() -> None:
    table = opened()
    ref = card(table)
    before = view(table)
    did(table, "mo", "claim", ref)
    assert changed(before, view(table)) == {"editors", "editor-mo", "desk-editing", f"original-{ref}"}


def test_the_age_of_what_waits_is_left_to_the_clock_of_the_browser() -> None:
    table = opened()
    ref = card(table)
    assert len(re.findall(r'data-since="\d+"', html(table))) == 1
    did(table, "mo", "decline", ref, reason="steht fest")
    assert "data-since" not in html(table)


def test_originals_can_be_filtered_by_activity_topic_and_state() -> None:
    table = opened()
    asked = submit(table, "ben", "fragen", "ask", text="Wann?")[-1].data["ref"]
    ref = card(table)
    did(table, "mo", "tag", ref, topic="zeit")
    page = html(table)
    lanes, _ = view(table)["desk-filter"]
    assert [title for _, title in lanes] == ["wand", "fragen"]
    assert re.search(rf'original-{ref}" data-lane="0" data-status="waiting" data-topic="1"', page)
    assert re.search(rf'original-{asked}" data-lane="1" data-status="waiting">', page)


def test_a_hidden_sentence_reads_as_such_at_the_desk_alone() -> None:
    table = opened()
    ref = did(table, "mo", "condense", text="Ein Name.")
    shown(table, ref)
    submit(table, "mo", "redaktion", "hide", ref=ref, reason="kein Satz")
    assert 'ausgeblendet: <bdi dir="auto">kein Satz</bdi>.' in html(table)
    assert view(table, Audience.PLENARY)["sentences"] == Slot()


# ── what authors read ──


def test_authors_read_the_sentence_made_of_theirs_once_the_stage_has_shown_it() -> None:
    table = opened()
    ada = table.roster.people["ada"]
    ref = did(table, "mo", "condense", card(table), text="Mehr <Mut>.")
    pages = [trail(table, ada)]
    shown(table, ref)
    pages.append(trail(table, ada))
    submit(table, "mo", "redaktion", "hide", ref=ref, reason="Name")
    pages.append(trail(table, ada))
    assert ["Mehr &lt;Mut&gt;." in page for page in pages] == [False, True, False]
    assert [f'Satz der Redaktion <b class="num">{ref}' in page for page in pages] == [True, False, True]


def test_authors_read_what_became_of_what_they_said() -> None:
    table = opened()
    ada = table.roster.people["ada"]
    used, declined, left = card(table), card(table), card(table)
    ref = did(table, "mo", "condense", used, text="Mehr Mut.")
    did(table, "mo", "decline", declined, reason="steht schon fest")
    assert told(table, ada) == [(left, (), ""), (declined, (), "steht schon fest"), (used, (ref,), "")]
    did(table, "mo", "recall", sentence=ref)
    assert told(table, ada)[2] == (used, (), "")


# ── what is drawn ──


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup_and_each_is_isolated(words: str) -> None:
    table = opened()
    ref = did(table, "mo", "condense", card(table, text=words), text=words)
    shown(table, ref)
    pages = [html(table, audience, ref) for audience in (Audience.PLENARY, Audience.STAGE, Audience.DESK)]
    assert [page.count(f'<bdi dir="auto">{escape(words)}</bdi>') for page in pages] == [2, 2, 3]
    assert [page.count("<script>") for page in pages] == [0, 0, 0]


def test_a_redacted_source_says_so_and_takes_a_sentence_of_its_very_words_along() -> None:
    table = opened()
    original = card(table, text="Ein Name")
    ref = did(table, "mo", "condense", original, text="Ein Name tut not.")
    shown(table, ref)
    submit(table, "mo", "wand", "redact", ref=original, reason="Name")
    loaded = afresh(table)
    assert [html(loaded, audience, ref).count("geschwärzt") for audience in (Audience.PLENARY, Audience.STAGE)] == [
        2,
        2,
    ]
