"""What editors write and what moderation does in a stream: drafts, corrections, approval, reports, topics, pictures."""

import re

import pytest

from app.projection import drawn
from facilitation import pictures, staging
from facilitation.images import Image
from facilitation.kinds import stream
from facilitation.screen import Audience, Slot
from tests.kinds.streams import (
    comment,
    desk_item,
    draft,
    figures,
    html,
    mine,
    opened,
    own,
    post,
    refusal,
    rows,
    state,
    view,
)
from tests.rooms import afresh, submit

PICTURE = "0123456789abcdef" * 2
TOPICS = [{"id": "personal", "title": "Personal"}, {"id": "it", "title": "IT & <mehr>"}]


def posts(hall: object) -> list[str]:
    listed: Slot = view(hall)["posts-0"]  # type: ignore[arg-type]
    return [part.removeprefix("post-") for part in listed]


# ── editorial posts ──


def test_a_draft_is_seen_by_staff_alone_until_it_is_published() -> None:
    hall = opened()
    ref = draft(hall, "Geheimnis")
    assert "Geheimnis" not in str([html(hall), html(hall, Audience.STAGE, ref), rows(hall, Audience.PLENARY)])
    assert (desk_item(hall, ref).status, figures(hall)["posts"]) == ("draft", 0)
    assert stream.withheld(state(hall), ref)

    made = submit(hall, "mo", "blog", "publish", post=ref)[0].made

    shown = view(hall)[f"post-{ref}"]
    assert (shown.title, shown.editorial, shown.said.made) == ("Geheimnis", True, made)
    assert "Redaktion" in html(hall)[f"post-{ref}"]
    assert (figures(hall)["posts"], figures(hall)["visible"]) == (1, 1)
    assert not stream.withheld(state(hall), ref)


def test_what_is_corrected_before_it_is_published_needs_no_note() -> None:
    hall = opened()
    ref = draft(hall)

    submit(hall, "mo", "blog", "correct", post=ref, title="Neu", body="Anders.")
    submit(hall, "mo", "blog", "publish", post=ref)

    shown = view(hall)[f"post-{ref}"]
    assert (shown.title, shown.said.text, shown.corrections) == ("Neu", "Anders.", ())


def test_a_correction_is_seen_and_says_what_was_wrong() -> None:
    hall = opened()
    ref = draft(hall)
    submit(hall, "mo", "blog", "publish", post=ref)
    unsaid = {"post": ref, "title": "Neu", "body": "Anders."}
    assert refusal(hall, "mo", "correct", **unsaid) == ("stream.invalid", {"why": "correction"})

    submit(hall, "mo", "blog", "correct", **unsaid, reason="Die Zahl war falsch.")

    assert [note.reason for note in view(hall)[f"post-{ref}"].corrections] == ["Die Zahl war falsch."]
    assert (
        'Berichtigt um <time>11:00</time> Uhr: <bdi dir="auto">Die Zahl war falsch.</bdi>' in html(hall)[f"post-{ref}"]
    )


def test_redacting_a_corrected_post_takes_all_its_words_and_those_of_the_note() -> None:
    hall = opened()
    ref = draft(hall, "Ein Name")
    submit(hall, "mo", "blog", "publish", post=ref)
    submit(hall, "mo", "blog", "correct", post=ref, title="Der Name", body="x", reason="Name statt Name")

    submit(hall, "mo", "blog", "redact", ref=ref, reason="Person")

    assert "Name" not in str([view(afresh(hall)), view(afresh(hall), Audience.DESK)])


@pytest.mark.parametrize("command", ["publish", "correct"])
def test_nobody_publishes_or_corrects_what_a_participant_wrote(command: str) -> None:
    hall = opened()
    ref = post(hall, "ada")
    more = {"title": "x", "body": "y", "reason": "z"} if command == "correct" else {}

    assert refusal(hall, "mo", command, post=ref, **more) == ("stream.invalid", {"why": "not_editorial"})
    assert refusal(hall, "ada", command, post=ref, **more)[0] == "command.forbidden"


def test_an_editorial_post_in_an_anonymous_stream_keeps_its_time_when_all_others_lose_theirs() -> None:
    hall = opened(names="anonymous")
    post(hall, "ada")
    ref = draft(hall)
    submit(hall, "mo", "blog", "publish", post=ref)

    submit(hall, "mo", "blog", "close")
    submit(hall, "mo", "blog", "show", view="result")

    assert state(hall) == state(afresh(hall))
    assert [bool(it.made) for it in state(hall).posts.values()] == [False, True]


# ── comments are closed ──


def test_comments_on_one_post_are_closed_and_opened_again() -> None:
    hall = opened()
    ref = post(hall, "ada")
    said = comment(hall, "ben", ref)

    submit(hall, "mo", "blog", "lock", post=ref)

    assert refusal(hall, "cem", "comment", on=ref, text="Noch etwas") == ("stream.locked", {})
    assert view(hall)[f"below-{ref}"] == Slot((f"comment-{said}",))
    assert "keine Kommentare mehr" in html(hall)[f"post-{ref}"]
    submit(hall, "mo", "blog", "unlock", post=ref)
    assert view(hall)[f"below-{ref}"] == Slot((f"comment-{said}", f"reply-{ref}"))


# ── approval ──


def test_where_everything_needs_approval_posts_and_comments_wait_for_it() -> None:
    hall = opened(premoderated=True)
    ref = post(hall, "ada", "Geheimnis")
    assert (posts(hall), own(hall, "ada"), desk_item(hall, ref).status) == (["empty-0"], [("Es lief.", "")], "waiting")
    submit(hall, "mo", "blog", "approve", ref=ref)

    said = comment(hall, "ben", ref, "Auch geheim")
    assert (posts(hall), view(hall)[f"below-{ref}"]) == ([ref], Slot((f"reply-{ref}",)))
    assert "geheim" not in str(html(hall))
    submit(hall, "mo", "blog", "approve", ref=said)
    assert view(hall)[f"below-{ref}"] == Slot((f"comment-{said}", f"reply-{ref}"))
    assert state(hall) == state(afresh(hall))


def test_what_is_rejected_is_read_by_its_author_and_the_desk_with_the_reason() -> None:
    hall = opened(premoderated=True)
    ref = post(hall, "ada", "Geheimnis")

    submit(hall, "mo", "blog", "reject", ref=ref, reason="Werbung")

    assert own(hall, "ada") == [("Es lief.", "Werbung")]
    assert (desk_item(hall, ref).status, desk_item(hall, ref).reason) == ("rejected", "Werbung")
    assert [row["status"] for row in rows(hall, Audience.DESK)] == ["rejected"]
    assert rows(hall, Audience.PLENARY) == []
    assert stream.withheld(state(hall), ref)


def test_editors_need_no_approval() -> None:
    hall = opened(premoderated=True)
    ref = draft(hall)

    submit(hall, "mo", "blog", "publish", post=ref)

    assert posts(hall) == [ref]


# ── reports ──


def test_a_reader_reports_once_and_only_the_desk_sees_it() -> None:
    hall = opened()
    ref = post(hall, "ada")
    said = comment(hall, "ada", ref)
    before = view(hall)

    submit(hall, "ben", "blog", "report", on=ref, reason="Da steht ein Name.")
    submit(hall, "ben", "blog", "report", on=said)

    assert view(hall) == before
    assert (desk_item(hall, ref).reports, desk_item(hall, said).reports) == (("Da steht ein Name.",), ("",))
    assert view(hall, Audience.DESK)["inbox"].reported == 2
    assert mine(hall, "ben")["marks"] == ((f"post-{ref}", "reported"), (f"comment-{said}", "reported"))
    assert "Da steht ein Name." not in str([mine(hall, who) for who in ("ada", "ben")])
    assert refusal(hall, "ben", "report", on=ref) == ("report.already_voted", {})
    assert refusal(hall, "cem", "report", on=ref, reason="x" * 501) == ("report.too_long", {"most": 500})
    assert refusal(hall, "cem", "report", on="AT2-0009") == ("stream.invalid", {"why": "unknown"})


def test_what_was_reported_stands_first_until_staff_decides() -> None:
    hall = opened()
    ref, newer = post(hall, "ada"), post(hall, "ben")
    submit(hall, "cem", "blog", "report", on=ref)
    assert view(hall, Audience.DESK)["items"] == Slot((f"item-{ref}", f"item-{newer}"))

    submit(hall, "mo", "blog", "dismiss", on=ref)

    assert view(hall, Audience.DESK)["items"] == Slot((f"item-{newer}", f"item-{ref}"))


def test_readers_report_as_long_as_they_read() -> None:
    hall = opened()
    ref = post(hall, "ada")
    submit(hall, "mo", "blog", "close")

    submit(hall, "ben", "blog", "report", on=ref)

    assert desk_item(hall, ref).reports == ("",)


def test_who_reported_in_an_anonymous_stream_is_forgotten_with_all_others() -> None:
    hall = opened(names="anonymous")
    ref = post(hall, "ada")
    (reported,) = submit(hall, "ben", "blog", "report", on=ref, reason="Ein Name")
    assert (reported.by == "ben", reported.veil) == (False, {})

    submit(hall, "mo", "blog", "close")
    submit(hall, "mo", "blog", "show", view="result")

    assert state(hall) == state(afresh(hall))
    assert [it.by for it in state(hall).reports[ref]] == [None]


# ── topics ──


def test_posts_and_comments_belong_to_topics_by_their_author_or_by_staff() -> None:
    hall = opened(topics=TOPICS)
    ref = submit(hall, "ada", "blog", "post", prompt="besser", title="T", body="B", topics=["it"])[-1].data["ref"]
    said = comment(hall, "ben", ref)
    assert view(hall)[f"post-{ref}"].topics == ("IT & <mehr>",)

    submit(hall, "mo", "blog", "tag", ref=ref, labels=["personal", "it"])
    submit(hall, "mo", "blog", "tag", ref=said, labels=["personal"])

    assert view(hall)[f"post-{ref}"].topics == ("Personal", "IT & <mehr>")
    assert [row["labels"] for row in rows(hall, Audience.DESK)] == ["Personal, IT & <mehr>", "Personal"]
    wrong = refusal(hall, "ada", "post", prompt="besser", title="T", body="B", topics=["luft"])
    assert wrong == ("label.invalid", {"why": "unknown"})


# ── pictures ──


def test_a_post_shows_its_picture_with_the_words_for_it() -> None:
    hall = opened()
    said = {"prompt": "behalten", "title": "T", "body": "B", "image": PICTURE, "alt": 'Ein "Saal"', "consent": True}

    ref = submit(hall, "ada", "blog", "post", **said)[-1].data["ref"]

    assert view(hall)[f"post-{ref}"].image == Image(PICTURE, 'Ein "Saal"')
    image = f'<img class="picture" src="bild/{PICTURE}" alt="Ein &#34;Saal&#34;" decoding="async">'
    places = [html(hall), html(hall, Audience.DESK), html(hall, Audience.STAGE, ref)]
    assert [str(parts).count(image) for parts in places] == [1, 1, 1]
    assert [(row["image"], row["alt"]) for row in rows(hall, Audience.DESK)] == [(PICTURE, 'Ein "Saal"')]


@pytest.mark.parametrize(
    "said, why",
    [
        ({"image": PICTURE, "alt": "Ein Saal"}, "consent"),
        ({"image": PICTURE, "consent": True}, "alt"),
        ({"image": PICTURE, "alt": " ", "consent": True}, "alt"),
        ({"image": "../x", "alt": "Ein Saal", "consent": True}, "malformed"),
        ({"image": PICTURE, "alt": "x" * 501, "consent": True}, None),
    ],
)
def test_a_picture_comes_with_a_few_words_and_with_consent(said: dict[str, object], why: str | None) -> None:
    assert refusal(opened(), "ada", "post", prompt="behalten", title="T", body="B", **said)[1].get("why") == why


def test_where_there_are_no_pictures_only_editors_have_some() -> None:
    hall = opened(pictures=False)
    said = {"prompt": "behalten", "title": "T", "body": "B", "image": PICTURE, "alt": "Ein Saal", "consent": True}

    assert refusal(hall, "ada", "post", **said) == ("stream.invalid", {"why": "no_pictures"})
    form = {"mine-post": mine(hall, "ada")["mine-post"]}
    assert 'type="file"' not in str(drawn(pictures.framed(hall.activities["blog"], "", form)[0]))
    assert desk_item(hall, draft(hall, **said)).image == Image(PICTURE, "Ein Saal")


# ── headlines below the stage, and what is read afterwards ──


def test_the_newest_headlines_run_below_whatever_the_stage_shows_until_the_desk_stops_them() -> None:
    hall = opened()
    titles = [f"Überschrift {n}" for n in range(4)]
    for title in titles:
        post(hall, "ada", title)

    def below() -> list[str]:
        picture = drawn(staging.stage(hall))
        text = "".join(str(picture[name]) for name in picture.get("stage.ticker", []))
        return [title for title in titles if title in text]

    assert below() == []
    submit(hall, "mo", "blog", "ticker")
    assert below() == titles[1:]
    assert view(hall, Audience.DESK)["desk-stream"].ticking
    submit(hall, "mo", "blog", "show", view="result")
    assert below() == titles[1:]
    submit(hall, "mo", "stage", "darken")
    assert below() == []
    submit(hall, "mo", "stage", "darken", blank=False)
    submit(hall, "mo", "blog", "ticker", on=False)
    assert below() == []
    assert hall.stage == afresh(hall).stage


def test_headlines_of_what_is_no_stream_are_none_and_of_nothing_are_refused() -> None:
    hall = opened()
    assert refusal(hall, "ada", "ticker") == ("command.forbidden", {})
    submit(hall, "mo", "blog", "ticker")

    assert "noch kein Beitrag" in str(drawn(staging.stage(hall)))


def test_a_closed_stream_is_there_to_be_read() -> None:
    hall = opened()
    post(hall, "ada")
    submit(hall, "mo", "blog", "close")

    drawn_parts = html(hall)
    assert "geschlossen, nur noch zum Lesen" in drawn_parts["head"]
    assert set(re.findall(r'data-command="(\w+)"', str(drawn_parts))) == {"report"}
    assert not mine(hall, "ben")["mine-post"].open
