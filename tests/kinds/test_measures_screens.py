from facilitation.following import ON_STAGE
from facilitation.screen import Audience
from tests.kinds.agreed import agree, card, comment, html, mine, opened, update, view
from tests.rooms import submit

# ── the phone ──


def test_the_phone_shows_who_does_what_until_when_and_where_it_comes_from() -> None:
    hall = opened()
    ref = agree(hall, due="2020-11-30", first_step="Umfrage", helper_unit="amt-20", sources=[card(hall)])

    shown = html(hall)[f"measure-{ref}"]

    said = ("Umfrage", "amt-10", "Tandem-Amt", "30. November 2020", "Woher kommt das?", "Aushilfe hat geklappt")
    assert [word for word in said if word not in shown] == []
    assert "Noch keine Vereinbarung." in html(opened())["list"]


def test_the_own_unit_comes_first_with_a_form_to_say_how_far_it_is() -> None:
    hall = opened()
    ref = agree(hall)
    agree(hall, "Was anderes", owner_unit="amt-20")

    assert [own.measure.ref for own in mine(hall, "ada")["mine-own"]] == [ref]
    assert mine(hall, "cem")["mine-own"] == mine(hall, "mo")["mine-own"] == ()
    assert view(hall)[""][:2] == ("head", "mine-own")


def test_the_owning_unit_is_not_asked_to_volunteer() -> None:
    hall = opened()
    ref = agree(hall)

    assert [mine(hall, by)[f"mine-offer-{ref}"].owns for by in ("ada", "ben")] == [True, False]
    assert f"mine-offer-{ref}" not in mine(hall, "saal")


def test_the_way_of_a_measure_is_told_the_latest_first() -> None:
    hall = opened()
    ref = agree(hall)
    one, two = update(hall, "ada", ref), update(hall, "mo", ref, "erledigt", progress=100, due="2021-01-31")

    shown = html(hall)

    assert view(hall)[f"course-{ref}"] == (f"report-{two}", f"report-{one}")
    assert "Moderation" in shown[f"report-{two}"]
    assert "31. Januar 2021" in shown[f"report-{two}"]
    assert "amt-10" in shown[f"report-{one}"]
    assert "erledigt</bdi>, 100&nbsp;%" in shown[f"measure-{ref}"]


def test_what_could_stop_it_is_asked_only_while_it_is_open() -> None:
    hall = opened()
    ref = agree(hall)
    assert "Was könnte es aufhalten?" in html(hall)[f"reply-{ref}"]

    submit(hall, "mo", "zusagen", "close")

    assert f"reply-{ref}" not in view(hall)


# ── the stage ──


def test_agreements_are_read_aloud_a_few_at_a_time() -> None:
    hall = opened()
    refs = [agree(hall, f"Nummer {n}", first_step="Anfangen", due="2020-11-30") for n in range(ON_STAGE + 2)]

    first, rest = (
        view(hall, Audience.STAGE)["stage-list"],
        view(hall, Audience.STAGE, "list", refs[ON_STAGE])["stage-list"],
    )

    assert ([it.ref for it in first.measures], first.first, first.of) == (refs[:ON_STAGE], 1, ON_STAGE + 2)
    assert ([it.ref for it in rest.measures], rest.first) == (refs[ON_STAGE:], ON_STAGE + 1)
    drawn = html(hall, Audience.STAGE)["stage-list"]
    assert [word for word in ("Nummer 0", "Anfangen", "amt-10", "30. November 2020") if word not in drawn] == []
    assert "Noch keine Vereinbarung." in html(opened(), Audience.STAGE)["stage-list"]


def test_one_agreement_is_shown_large_where_everybody_may_see_it() -> None:
    hall = opened()
    agree(hall, "Die erste")
    ref = agree(hall, "Die zweite")

    assert view(hall, Audience.STAGE, "question", ref)["stage-one"].first == 2
    submit(hall, "mo", "zusagen", "hide", ref=ref, reason="kein Beitrag")
    assert [it.title for it in view(hall, Audience.STAGE, "question", ref)["stage-list"].measures] == ["Die erste"]


# ── the desk ──


def test_the_desk_offers_units_and_what_stands_on_walls_the_latest_first() -> None:
    hall = opened()
    one, two = card(hall), card(hall, "Noch eine")
    submit(hall, "ben", "wand", "comment", on=two, text="Ein Kommentar")
    hidden = card(hall, "Ausgeblendet")
    submit(hall, "mo", "wand", "hide", ref=hidden, reason="kein Beitrag")

    desk = view(hall, Audience.DESK)

    assert desk["picks"] == (f"pick-{two}", f"pick-{one}")
    assert desk["agreeing"].units == ("amt-10", "amt-20", "amt-30", "amt-40")
    assert '<option value="amt-20">amt-20</option>' in html(hall, Audience.DESK)["agreeing"]


def test_the_desk_takes_offers_up_with_one_press() -> None:
    hall = opened()
    ref = agree(hall)
    submit(hall, "ben", "zusagen", "volunteer", measure=ref, part="owner")
    submit(hall, "cem", "zusagen", "volunteer", measure=ref, part="helper")

    row = html(hall, Audience.DESK)[f"row-{ref}"]

    assert "amt-20 als federführend eintragen" in row
    assert "amt-30 als Tandem-Amt eintragen" in row
    submit(hall, "mo", "zusagen", "amend", measure=ref, owner_unit="amt-20")
    assert "amt-20 als federführend eintragen" not in html(hall, Audience.DESK)[f"row-{ref}"]


def test_the_desk_has_everything_that_was_said_the_latest_first() -> None:
    hall = opened()
    ref = agree(hall)
    remark, said = comment(hall, "ben", ref), update(hall, "ada", ref)

    assert view(hall, Audience.DESK)["items"] == (f"item-{said}", f"item-{remark}")
    assert "amt-10" in html(hall, Audience.DESK)[f"item-{said}"]
    assert "1 Meldung · 1 Hinweis" in html(hall, Audience.DESK)["inbox"]


def test_more_agreements_than_one_picture_holds_are_shown_from_any_of_its_pages() -> None:
    hall = opened()
    refs = [agree(hall, f"Nummer {n}") for n in range(ON_STAGE + 1)]

    assert view(hall, Audience.DESK)["overview"].firsts == (refs[0], refs[ON_STAGE])
    assert f"Ab {ON_STAGE + 1} zeigen" in html(hall, Audience.DESK)["overview"]
