import re

import pytest
from markupsafe import escape

from facilitation.circle import MyRequest, Plate
from facilitation.floor import Heading
from facilitation.screen import Audience, Marks, Slot
from tests.kinds.floors import LISTS, did, html, mine, opened, rows, view
from tests.kinds.walls import HOSTILE, changed
from tests.rooms import afresh


def text(page: str) -> str:
    """What is read of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# ── what changes on a screen ──


def test_a_request_is_one_part_one_place_and_one_count() -> None:
    table = opened()
    did(table, "ada", "request")
    before = view(table)
    did(table, "ben", "request")
    waiting = view(table)["waiting"]
    assert changed(before, view(table)) == {"waiting", "queue", waiting[1]}


def test_an_argument_is_one_part_one_place_and_one_count() -> None:
    table = opened()
    before = view(table)
    ref = did(table, "mo", "argue", list="heraus", text="Zu langsam")
    assert changed(before, view(table)) == {
        "list-heraus",
        "arguments-heraus",
        f"argument-{ref}",
        f"words-{ref}",
        f"word-0-{ref}",
    }


# ── whom a screen names ──


@pytest.mark.parametrize(
    "names,everybody,desk",
    [
        ("named", Plate("Leitung Amt 10", "amtsleitung"), Plate("Leitung Amt 10", "amtsleitung")),
        ("moderators", Plate("", "amtsleitung"), Plate("Leitung Amt 10", "amtsleitung")),
        ("anonymous", Plate("", ""), Plate("", "")),
    ],
)
def test_a_plate_says_what_its_screen_may_know(names: str, everybody: Plate, desk: Plate) -> None:
    table = opened(names=names)
    did(table, "ada", "request")
    did(table, "mo", "seat", person="ada")
    plates = [
        view(table, audience)[part]
        for audience, part in ((Audience.PLENARY, "circle"), (Audience.STAGE, "stage-circle"))
    ]
    assert [circle.places[0].plate for circle in plates] == [everybody, everybody]
    assert view(table, Audience.DESK)["desk-floor"].circle.places[0].plate == desk


def test_nobody_can_be_invited_by_name_where_there_are_none() -> None:
    named, anonymous = (view(opened(names=names), Audience.DESK)["desk-invite"] for names in ("named", "anonymous"))
    assert ([id for id, _ in named[1]], anonymous[1]) == (["dan", "ada", "ben", "cem"], ())


def test_the_ids_of_people_stand_at_the_desk_alone() -> None:
    table = opened()
    did(table, "mo", "seat", person="ada")
    did(table, "ben", "request")
    assert [('value="ada"' in page, 'value="ben"' in page) for page in (html(table), html(table, Audience.DESK))] == [
        (False, False),
        (True, True),
    ]


# ── the phone ──


@pytest.mark.parametrize(
    "seats,words", [({"seats": 3}, "Platz nehmen"), ({"seats": 0, "free_seats": 0}, "Wortmeldung")]
)
def test_one_button_asks_for_the_floor(seats: dict[str, int], words: str) -> None:
    page = html(opened(**seats))
    assert page.count("<button") == 1
    assert 0 < page.index("Mit Namen.") < page.index(words)


def test_who_waits_finds_their_own_place_marked_and_can_take_it_back() -> None:
    table = opened()
    for person in ("ben", "ada"):
        did(table, person, "request")
    place = view(table)["waiting"][1]
    assert (view(table)[place].place, mine(table, "ada")["marks"]) == (2, Marks([(place, "own")]))
    assert "Zurückziehen" in html(table)
    did(table, "ada", "retract")
    assert mine(table, "ada")["marks"] == Marks()


def test_who_sits_can_leave_and_who_speaks_is_told() -> None:
    table = opened()
    did(table, "mo", "turn", person="ada")
    assert mine(table, "ada")["mine-request"] == MyRequest(
        since=None, seated=True, speaking=True, circle=True, open=True, names="named"
    )
    assert ("Sie haben das Wort." in html(table), "Platz freigeben" in html(table)) == (True, True)


def test_a_closed_list_offers_nothing_and_lets_nobody_wait_for_ever() -> None:
    table = opened()
    did(table, "mo", "close")
    assert html(table).count("<form") == 0
    did(table, "ada", "request")
    assert "Zurückziehen" in html(table)


# ── the stage ──


def test_the_stage_shows_who_speaks_how_long_and_who_is_next() -> None:
    table = opened()
    did(table, "mo", "turn", person="ada")
    for person in ("ben", "cem"):
        did(table, person, "request")
    circle = view(table, Audience.STAGE)["stage-circle"]
    assert (circle.speaker.plate.label, (circle.speaker.ends - circle.speaker.began).seconds) == ("Leitung Amt 10", 180)
    assert [plate.label for plate in circle.next] == ["Leitung Amt 20"]
    page = text(html(table, Audience.STAGE))
    assert ("unbesetzt" in page, "hat das Wort" in page, "Danach: Leitung Amt 20" in page) == (True, True, True)


def test_a_free_seat_is_visibly_free() -> None:
    page = html(opened(), Audience.STAGE)
    assert [page.count(words) for words in ("unbesetzt", "freier Platz", "Gerade spricht niemand.")] == [2, 1, 1]


def test_the_result_is_what_was_said_the_newest_first() -> None:
    table = opened()
    first = did(table, "mo", "argue", list="heraus", text="Eins")
    second = did(table, "mo", "argue", list="heraus", text="Zwei")
    board = view(table, Audience.STAGE, "result")["stage-board"]
    assert [(listed.heading, [it.ref for it in listed.newest]) for listed in board.lists] == [
        (Heading(*LISTS[0]), [second, first]),
        (Heading(*LISTS[1]), []),
    ]


@pytest.mark.parametrize("lists,most", [(4, 12), (5, 5)])
def test_the_board_shows_as_many_as_fit(lists: int, most: int) -> None:
    table = opened(lists=[(f"l{n}", f"Liste {n}") for n in range(lists)])
    for n in range(13):
        did(table, "mo", "argue", list="l0", text=f"Argument {n}")
    listed = view(table, Audience.STAGE, "result")["stage-board"].lists[0]
    assert (listed.arguments, len(listed.newest)) == (13, most)


# ── the desk ──


def test_the_desk_sees_shares_of_roles_and_no_ranking_of_people() -> None:
    table = opened()
    for person, seconds in (("ben", 30), ("ada", 90)):
        did(table, "mo", "turn", person=person, seconds=seconds)
    page = text(html(table, Audience.DESK))
    assert page.index("Amtsleitung 1 von 2 75") < page.index("Bürgerschaft 1 von 2 25")


def test_a_hidden_argument_reads_as_such_at_the_desk_alone() -> None:
    table = opened()
    ref = did(table, "mo", "argue", list="heraus", text="Ein Name")
    did(table, "mo", "hide", ref=ref, reason="kein Argument")
    assert 'ausgeblendet: <bdi dir="auto">kein Argument</bdi>.' in html(table, Audience.DESK)
    assert view(table)["arguments-heraus"] == Slot()
    assert [row["hidden"] for row in rows(table, Audience.DESK)] == ["kein Argument"]
    assert rows(table, Audience.PLENARY) == []


def test_a_table_of_arguments_names_nobody() -> None:
    table = opened()
    ref = did(table, "mo", "argue", list="bedenken", text="Wer haftet?")
    assert rows(table, Audience.DESK) == [
        {"ref": ref, "list": "Bedenken", "text": "Wer haftet?", "reactions": {}, "hidden": ""}
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup_and_each_is_isolated(words: str) -> None:
    table = opened()
    did(table, "mo", "argue", list="heraus", text=words)
    pages = [html(table), html(table, Audience.STAGE, "result"), html(table, Audience.DESK)]
    assert [page.count(f'<bdi dir="auto">{escape(words)}</bdi>') for page in pages] == [1, 1, 1]
    assert [page.count("<script>") for page in pages] == [0, 0, 0]


def test_a_redacted_argument_says_so_on_every_screen() -> None:
    table = opened()
    did(table, "mo", "redact", ref=did(table, "mo", "argue", list="heraus", text="Ein Name"), reason="Name")
    loaded = afresh(table)
    pages = [html(loaded), html(loaded, Audience.STAGE, "result"), html(loaded, Audience.DESK)]
    assert [page.count("geschwärzt") for page in pages] == [1, 1, 1]
