from facilitation.kinds import stream
from facilitation.screen import Audience, Marks, Slot
from tests.kinds.streams import comment, figures, html, mine, opened, own, post, react, rows, state, view
from tests.rooms import afresh, submit

# ── hidden and redacted ──


def test_a_hidden_post_is_gone_for_all_but_the_desk_and_its_author_learns_why() -> None:
    hall = opened()
    ref = post(hall, "ada", "Unfug")
    comment(hall, "ben", ref, "Ebenfalls Unfug")
    react(hall, "ben", ref)
    assert "Unfug" in str(view(hall))

    submit(hall, "mo", "blog", "hide", ref=ref, reason="kein Beitrag")

    assert "Unfug" not in str([view(hall), view(hall, Audience.STAGE, ref), rows(hall, Audience.PLENARY)])
    assert mine(hall, "ada")["marks"] == mine(hall, "ben")["marks"] == Marks()
    assert own(hall, "ada") == [("Es lief.", "kein Beitrag")]
    sentence = 'ausgeblendet: <bdi dir="auto">kein Beitrag</bdi>. Bleibt im Protokoll vermerkt.'
    assert sentence in html(hall, Audience.DESK)[f"item-{ref}"]
    assert [row["hidden"] for row in rows(hall, Audience.DESK)] == ["kein Beitrag", ""]
    assert (figures(hall)["posts"], figures(hall)["visible"]) == (1, 0)

    submit(hall, "mo", "blog", "restore", ref=ref)
    assert figures(hall)["visible"] == 1


def test_a_hidden_comment_leaves_its_post_where_it_is() -> None:
    hall = opened()
    ref = post(hall, "ada")
    said = comment(hall, "ben", ref, "Unfug")

    submit(hall, "mo", "blog", "hide", ref=said, reason="kein Beitrag")

    assert view(hall)[f"below-{ref}"] == Slot((f"reply-{ref}",))
    assert own(hall, "ben") == [("Unfug", "kein Beitrag")]
    assert [row["ref"] for row in rows(hall, Audience.PLENARY)] == [ref]
    assert (figures(hall)["visible"], figures(hall)["comments"]) == (1, 1)


def test_a_redacted_post_keeps_its_place_and_loses_its_words() -> None:
    hall = opened()
    ref = post(hall, "ada", "Ein Name", body="Derselbe Name")

    submit(hall, "mo", "blog", "redact", ref=ref, reason="Name einer Person")

    loaded = state(afresh(hall)).posts[ref]
    assert (loaded.title, loaded.body, loaded.prompt) == ("", "", "behalten")
    assert html(afresh(hall))[f"post-{ref}"].count("geschwärzt") == 2


# ── the stage and the desk ──


def test_the_stage_quotes_exactly_one_post() -> None:
    hall = opened()
    ref = post(hall, "ada", "Zwei Tage")
    post(hall, "ben", "Etwas anderes")

    parts = view(hall, Audience.STAGE, ref)

    assert parts[""] == Slot(("stage-quote",))
    assert [shown.title for shown in parts["stage-quote"].posts] == ["Zwei Tage"]


def test_the_stage_shows_the_six_newest_posts_where_none_is_asked_for() -> None:
    hall = opened()
    refs = [post(hall, "ada", f"Beitrag {n}") for n in range(7)]

    newest = view(hall, Audience.STAGE)["stage-newest"]

    assert [shown.said.ref for shown in newest.posts] == refs[:0:-1]


def test_the_desk_has_posts_and_comments_the_latest_first() -> None:
    hall = opened()
    ref = post(hall, "ada")
    said = comment(hall, "ben", ref)
    submit(hall, "mo", "blog", "hide", ref=said, reason="kein Beitrag")

    parts = view(hall, Audience.DESK)

    assert parts["items"] == Slot((f"item-{said}", f"item-{ref}"))
    assert parts["inbox"] == stream.Counts("blog", posts=1, comments=1, waiting=0, hidden=1, reported=0, ticking=False)
