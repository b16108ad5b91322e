from facilitation.paragraphs import Paragraph
from facilitation.screen import Audience
from tests.kinds.texts import GOAL, close_and_show, comment, decide, html, opened, rows, staged, suggest, view
from tests.rooms import submit

# ── the phone ──


def test_the_phone_lists_paragraphs_with_their_numbers_and_counts() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-2", value="traegt")
    comment(hall, "ada", "lb-2")
    decide(hall, suggest(hall, "ben", "Anders", paragraph="lb-2"))

    assert [view(hall)[f"paragraph-{id}"].number for id in ("lb-1", "lb-2")] == ["1.1", "1.2"]
    shown = html(hall)
    assert "1 Stimme · 1 Kommentar · 1 Vorschlag · <b>Fassung 2</b>" in shown["count-lb-2"]
    assert "0 Stimmen · 0 Kommentare · 0 Vorschläge" in shown["count-lb-1"]


def test_a_difference_is_said_in_words_and_in_shape() -> None:
    hall = opened()
    ref = suggest(hall, "ada", "Wir sind für Menschen da.")

    said = html(hall)[f"suggestion-{ref}"]

    assert ' <del><span class="kern-sr-only">gestrichen: </span>alle<span' in said
    assert ' <ins><span class="kern-sr-only">neu: </span>Menschen<span' in said


def test_a_new_wording_is_begun_with_the_present_one_and_its_revision() -> None:
    hall = opened()
    decide(hall, suggest(hall, "ada", "Neu gefasst."))

    form = html(hall)["suggest-lb-1"]

    assert "\nNeu gefasst.</textarea>" in form
    assert '<input type="number" name="base_revision:int" value="2" hidden>' in form


def test_everybody_sees_how_votes_fall_once_the_result_is_shown() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt_nicht")
    assert "tally-lb-1" not in view(hall)

    close_and_show(hall)

    assert view(hall)["tally-lb-1"] == (("traegt", 0), ("mit_aenderung", 0), ("traegt_nicht", 1))


def test_where_votes_are_given_without_a_name_too_few_show_nothing() -> None:
    hall = opened(names="anonymous")
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt_nicht")
    close_and_show(hall)

    assert "tally-lb-1" not in view(hall)
    assert staged(hall, "result")[1].rows[0].votes == ()
    assert view(hall, Audience.DESK)["heat"].rows[0].votes == ()
    assert "1 Stimme" in html(hall, Audience.STAGE, "result")["stage-result"]


def test_enough_votes_without_names_are_shown() -> None:
    hall = opened(names="moderators")
    hall.workshop = hall.workshop.__class__(
        **{n: getattr(hall.workshop, n) for n in hall.workshop.__slots__} | {"k": 2}
    )
    for by in ("ada", "ben"):
        submit(hall, by, "texte", "vote", paragraph="lb-1", value="traegt")
    assert view(hall, Audience.DESK)["heat"].rows[0].votes == ()  # not even the desk sees a tendency while it runs

    submit(hall, "mo", "texte", "close")

    assert view(hall, Audience.DESK)["heat"].rows[0].votes[0] == ("traegt", 2)


# ── the stage ──


def test_the_stage_shows_participation_first() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt")
    suggest(hall, "ben")

    assert staged(hall)[0] == "stage-question"
    said = html(hall, Audience.STAGE)["stage-question"]
    assert '<b class="s-figure">1</b> Person hat abgestimmt' in said
    assert "trägt nicht" not in said


def test_a_result_is_on_the_stage_only_once_it_is_shown_and_the_most_disputed_come_first() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-2", value="traegt_nicht")
    assert staged(hall, "result")[0] == "stage-question"

    close_and_show(hall)

    name, table = staged(hall, "result")
    assert (name, [row.number for row in table.rows]) == ("stage-result", ["1.2", "1.1"])
    assert "trägt nicht" in html(hall, Audience.STAGE, "result")[name]


def test_the_stage_shows_the_paragraph_that_changed_last_with_old_and_new() -> None:
    hall = opened()
    decide(hall, suggest(hall, "ada", "Ganz neu", paragraph="lb-2"))
    decide(hall, suggest(hall, "ada", "Für alle.", reason="Kürzer"))

    name, large = staged(hall, "paragraph")

    assert (name, large.number, large.revision) == ("stage-paragraph", "1.1", 2)
    assert (large.change.old, large.change.new, large.change.reason) == (GOAL, "Für alle.", "Kürzer")
    assert "<ins" in html(hall, Audience.STAGE, "paragraph")[name]


def test_the_stage_shows_the_paragraph_or_the_suggestion_that_is_asked_for() -> None:
    hall = opened()
    ref = suggest(hall, "ada", "Wir sind für Menschen da.")

    asked = {item: staged(hall, "paragraph", item)[1] for item in ("lb-2", ref, "")}

    assert (asked["lb-2"].number, asked["lb-2"].change) == ("1.2", None)
    assert asked[ref].change.said.text == "Wir sind für Menschen da."
    assert (asked[""].number, asked[""].change) == ("1.1", None)
    assert staged(hall, "question", ref) == ("stage-paragraph", asked[ref])
    submit(hall, "mo", "texte", "hide", ref=ref, reason="kein Beitrag")
    assert staged(hall, "paragraph", ref)[1].change is None


def test_a_text_without_paragraphs_has_no_paragraph_to_show() -> None:
    assert [staged(opened(documents=[]), shown)[0] for shown in ("paragraph", "gallery")] == [
        "stage-question",
        "stage-gallery",
    ]


def test_the_gallery_shows_what_is_undecided_the_most_supported_first() -> None:
    hall = opened()
    one, other, done = suggest(hall, "ada"), suggest(hall, "ben", "Zwei"), suggest(hall, "cem", "Drei")
    submit(hall, "cem", "texte", "support", suggestion=other)
    decide(hall, done, "rejected")

    assert [it.said.ref for it in staged(hall, "gallery")[1].suggestions] == [other, one]
    for ref in (one, other):
        decide(hall, ref, "rejected")
    assert [it.said.ref for it in staged(hall, "gallery")[1].suggestions] == [other, one, done]
    assert "Noch kein Vorschlag." in html(opened(), Audience.STAGE, "gallery")["stage-gallery"]


# ── the desk ──


def test_the_desk_sees_where_the_work_is_and_goes_to_the_most_disputed() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt")
    submit(hall, "ada", "texte", "vote", paragraph="lb-2", value="traegt_nicht")
    comment(hall, "ben", "lb-2")

    heat = view(hall, Audience.DESK)["heat"]

    assert [(row.number, row.disputed) for row in heat.rows] == [("1.1", 0), ("1.2", 2)]
    drawn = html(hall, Audience.DESK)["heat"]
    assert 'href="#texte.p-lb-2">Zum strittigsten Absatz 1.2</a>' in drawn
    assert '<tr id="texte.p-lb-2">' in drawn


def test_the_desk_decides_what_waits_and_knows_what_is_older() -> None:
    hall = opened()
    late = suggest(hall, "ada", "Spät.")
    done = suggest(hall, "ben")
    decide(hall, done)

    desk = html(hall, Audience.DESK)

    assert view(hall, Audience.DESK)["waiting"] == (f"pending-{late}",)
    assert "zu einer früheren Fassung geschrieben" in desk[f"pending-{late}"]
    assert "angenommen" in desk[f"item-{done}"]
    assert "<b>1</b> von 2 Vorschlägen" in desk["decisions"]


def test_tables_have_a_row_for_each_suggestion_and_comment() -> None:
    hall = opened()
    ref = suggest(hall, "ada")
    comment(hall, "ben", "lb-2")
    decide(hall, ref, reason="Gut so")

    assert [(row["paragraph"], row["type"], row["status"], row["answer"]) for row in rows(hall, Audience.PLENARY)] == [
        ("1.1", "suggestion", "accepted", "Gut so"),
        ("1.2", "comment", "", ""),
    ]


def test_a_paragraph_may_be_without_words() -> None:
    hall = opened(documents=[["d", "", [Paragraph("leer", "", "")]]])

    assert view(hall)["present-leer"].text == ""
    decide(hall, suggest(hall, "ada", "Nun mit.", paragraph="leer"))
    assert view(hall)["present-leer"].text == "Nun mit."
