"""What each screen shows of a round of groups."""

import re
from itertools import pairwise

import pytest
from markupsafe import escape

from app.house import allowed, picture
from app.seating import places
from facilitation import pictures
from facilitation.groups.phone import MyPlace
from facilitation.groups.plates import Seat
from facilitation.screen import Audience, Marks, Slot
from realtime.seat import Seat as Place
from realtime.seat import Watch
from tests.kinds.tables import begun, did, handed_in, html, mine, planned, space, state, view, wrote
from tests.kinds.walls import HOSTILE, changed
from tests.rooms import Kept, afresh, submit


def text(page: str) -> str:
    """What is read of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def watched(table: Kept, person: str, page: str = "now") -> tuple[str, str] | None:
    """The audience and the page that somebody gets to see."""
    watch = allowed(table, Place(1, person, "person", "d", 1), page)
    return (watch.audience.value, watch.page) if watch else None


# ── who watches which group ──


def test_from_the_assignment_on_everybody_watches_their_own_group() -> None:
    table = planned()
    assert watched(table, "ada") == ("plenary", "now")
    did(table, "mo", "assign", groups={"eins": ["ada"]})
    assert [watched(table, person) for person in ("ada", "ben", "cem")] == [
        ("group", "now/kg/eins"),
        ("plenary", "now"),
        ("group", "now/kg/drei"),
    ]
    did(table, "mo", "start")
    did(table, "mo", "move", person="ada", group="zwei")
    assert (watched(table, "ada"), watched(table, "ada", "questions")) == (
        ("group", "now/kg/zwei"),
        ("plenary", "questions"),
    )
    did(table, "mo", "finish")
    assert watched(table, "ada") == ("plenary", "now")


def test_nobody_asks_for_a_group_by_its_name() -> None:
    table = begun()
    assert [watched(table, person, "now/kg/zwei") for person in ("ada", "mo", "dan")] == [None, None, None]


def test_a_group_sees_its_space_before_everything_else_on_the_page() -> None:
    table = planned()
    did(table, "mo", "assign", groups={"eins": ["ada"]})
    seen = picture(table, Watch(1, Audience.GROUP, "now/kg/eins"))
    main = seen["page.main"]
    assert isinstance(main, Slot)
    assert main[0] == "page.kg.task"
    assert "page.kg.mine-place" in pictures.personal(table, table.person("ada"), "now")


def test_only_its_members_see_the_link_and_the_notes_of_a_group() -> None:
    table = begun()
    wrote(table, "ada", "Unter uns")
    link = "https://gespraech.example/1"
    pages = [space(table), space(table, "zwei"), view(table), view(table, Audience.STAGE)]
    assert [(link in html(table, seen), "Unter uns" in html(table, seen)) for seen in pages] == [
        (True, True),
        *[(False, False)] * 3,
    ]
    assert f'href="{link}" target="_blank" rel="noopener noreferrer"' in html(table, space(table))


# ── what changes on a screen ──


def test_a_note_is_one_part_one_place_and_one_count_of_its_own_group() -> None:
    table = begun()
    before, other = space(table), space(table, "zwei")
    ref = wrote(table, "ada")
    assert changed(before, space(table)) == {"notes", "lines", f"note-{ref}"}
    assert changed(other, space(table, "zwei")) == set()


def test_a_seat_is_marked_for_whoever_sits_there_whoever_else_comes_and_goes() -> None:
    table = begun()
    own = mine(table, "ben")["marks"]
    did(table, "ada", "leave")
    assert mine(table, "ben")["marks"] == own == Marks([(space(table)["seats"][0], "own")])
    assert mine(table, "ada")["marks"] == Marks()


# ── the plenary ──


@pytest.mark.parametrize("mode,forms", [("assigned", 0), ("self_select", 2)])
def test_people_choose_among_groups_with_places_left_where_they_choose(mode: str, forms: int) -> None:
    page = html(begun(mode=mode), view(begun(mode=mode)))
    assert page.count("In Gruppe") == forms


@pytest.mark.parametrize("capacity,words", [(1, "voll"), (2, "1 Platz frei"), (3, "2 Plätze frei")])
def test_how_many_places_are_left_is_said_in_words(capacity: int, words: str) -> None:
    table = begun(groups=[{"id": "eins", "title": "A"}, {"id": "zwei", "title": "B", "capacity": capacity}])
    assert f"1 Person, {words}" in text(html(table, view(table)))


def test_everybody_is_told_where_their_place_is() -> None:
    table = planned(mode="self_select")
    assert "beginnen gleich" in html(table, mine(table, "ada"))
    did(table, "mo", "assign", groups={"eins": ["ada"]})
    assert mine(table, "ada")["mine-place"] == MyPlace(1, "Gruppe 1", published=True, free=True, ended=False)
    assert "andere Gruppe wählen" in html(table, mine(table, "ada"))
    assert "Wählen Sie eine Gruppe" in html(table, mine(table, "ben"))
    did(table, "mo", "start")
    did(table, "mo", "finish")
    assert "Sie waren in Gruppe 1" in text(html(table, mine(table, "ada")))
    assert text(html(table, mine(table, "ben"))).strip() == ""


def test_results_come_to_the_plenary_when_they_are_shown() -> None:
    table = begun()
    handed_in(table, "ada", "Mehr Mut")
    assert "Mehr Mut" not in html(table, view(table))
    submit(table, "mo", "kg", "show", view="result")
    assert "Mehr Mut" in html(table, view(table))


# ── the space of a group ──


def test_a_table_shows_who_is_there_and_who_takes_the_minutes() -> None:
    table = begun(scribe=True)
    did(table, "ben", "scribe", group="eins")
    submit(table, "ada", "roster", "leave")
    seen = space(table)
    assert [seen[name] for name in seen["seats"]] == [
        Seat("Leitung Amt 10", "amtsleitung", here=False),
        Seat("Leitung Amt 20", "amtsleitung", here=True),
    ]
    assert "Am Tisch, 1 von 2" in html(table, seen)
    assert "Protokollführung: Leitung Amt 20" in text(html(table, seen))


def test_where_names_are_for_the_desk_a_table_shows_functions() -> None:
    table = begun(names="moderators")
    assert "Leitung Amt" not in html(table, space(table))
    assert text(html(table, space(table))).count("Amtsleitung") == 2


def test_whoever_left_the_roster_keeps_a_seat_without_a_name() -> None:
    table = begun()
    did(table, "mo", "assign", groups={"eins": ["dan"]})
    del table.roster.people["dan"], table.roster.joined["dan"]
    assert "Eine Person, nicht da" in text(html(table, space(table))).replace(" ,", ",")


def test_a_group_hears_what_is_told_to_all_and_to_itself_the_newest_first() -> None:
    table = begun()
    for words, group in (("Eins", {}), ("Zwei", {"group": "zwei"}), ("Drei", {"group": "eins"})):
        did(table, "mo", "tell", text=words, **group)
    assert [told.text for told in space(table)["told"]] == ["Drei", "Eins"]


def test_more_time_is_said_with_the_new_end() -> None:
    table = begun()
    did(table, "mo", "prolong", seconds=240)
    assert "4 Minuten mehr. Neues Ende: 11:34 Uhr." in text(html(table, space(table)))


def test_a_call_for_help_is_answered_on_the_screen_of_the_group() -> None:
    table = begun()
    call = did(table, "ada", "help", group="eins", text="Wir hören niemanden.")
    assert "Ihr Ruf ist angekommen." in html(table, space(table))
    did(table, "mo", "take", call=call)
    assert "Die Moderation kommt." in html(table, space(table))


def test_a_result_is_receipted_replaced_and_gone_where_it_is_hidden() -> None:
    table = begun()
    ref = handed_in(table, "ada", "Mehr Mut", points="a\nb")
    assert html(table, space(table)).count("Mehr Mut") == 2
    did(table, "mo", "hide", ref=ref, reason="ein Name")
    page = html(table, space(table))
    assert ("Mehr Mut" in page, "ausgeblendet" in page) == (False, True)


def test_a_group_that_is_done_is_told_what_is_left() -> None:
    table = begun()
    did(table, "ada", "ready", group="eins")
    assert "Es fehlt nur noch das Ergebnis" in html(table, space(table))
    handed_in(table, "ada")
    assert "Ihr Ergebnis ist dort schon da" in html(table, space(table))


def test_a_group_that_hands_in_late_finds_nothing_but_the_form_for_it() -> None:
    table = begun()
    did(table, "mo", "finish")
    did(table, "mo", "late", group="eins")
    page = html(table, space(table))
    assert re.findall(r'data-command="(\w+)"', page) == ["result"]
    assert "noch abgeben" in page


# ── the stage ──


def test_the_stage_shows_every_table_with_who_is_there_and_the_clock() -> None:
    table = begun()
    did(table, "mo", "prolong", seconds=60)
    rooms = view(table, Audience.STAGE)["stage-rooms"]
    assert [(it.number, it.here, it.group.link) for it in rooms.tables] == [(1, 2, ""), (2, 1, ""), (3, 0, "")]
    assert "um 1 Minute verlängert" in html(table, view(table, Audience.STAGE))


def test_the_results_stand_together_or_one_by_one() -> None:
    table = begun()
    assert list(view(table, Audience.STAGE, "result"))[1] == "stage-rooms"
    first, second = handed_in(table, "ada", "Erstes"), handed_in(table, "dan", "Zweites", "zwei")
    gallery = view(table, Audience.STAGE, "result")["stage-gallery"]
    assert [(one.number, one.result.text) for one in gallery.outcomes] == [(1, "Erstes"), (2, "Zweites")]
    assert view(table, Audience.STAGE, "result", item=second)["stage-one"].result.text == "Zweites"
    did(table, "mo", "hide", ref=first, reason="ein Name")
    assert [one.result.ref for one in view(table, Audience.STAGE, "gallery")["stage-gallery"].outcomes] == [second]


@pytest.mark.parametrize("seats", [0, 1, 2, 14, 60])
def test_seats_stand_around_a_table_and_never_on_each_other(seats: int) -> None:
    around = places(seats)
    assert len({(place.x, place.y) for place in around}) == seats
    for one, next_one in pairwise(around):
        assert ((one.x - next_one.x) ** 2 + (one.y - next_one.y) ** 2) ** 0.5 > 2 * one.radius


# ── the desk ──


def test_the_desk_tells_how_a_group_stands_from_its_activity() -> None:
    table = begun(groups=[{"id": id, "title": id} for id in ("eins", "zwei", "drei", "vier")])
    did(table, "mo", "move", person="cem", group="vier")
    did(table, "ada", "help", group="eins", text="Bitte")
    handed_in(table, "dan", group="zwei")
    seen = view(table, Audience.DESK)
    states = [text(html(table, {"row": seen[name]})) for name in seen["rows"]]
    words = ("braucht Hilfe", "hat abgegeben", "leer", "arbeitet")
    assert [word in page for word, page in zip(words, states, strict=True)] == [True] * 4


def test_a_call_waits_at_the_desk_until_it_is_done() -> None:
    table = begun()
    call = did(table, "ada", "help", group="eins", text="Wir hören niemanden.")
    assert view(table, Audience.DESK)["inbox"][:2] == (1, 1)
    did(table, "mo", "take", call=call)
    assert view(table, Audience.DESK)["inbox"][:2] == (1, 0)
    assert "Moderation kommt." in text(html(table, view(table, Audience.DESK)))
    did(table, "mo", "helped", call=call)
    assert view(table, Audience.DESK)["items"] == Slot()


def test_everybody_who_is_here_is_dealt_out_in_turn() -> None:
    table = planned()
    submit(table, "ben", "roster", "leave")
    assert view(table, Audience.DESK)["desk-people"].dealt == (
        ("eins", ("ada",)),
        ("zwei", ("cem",)),
        ("drei", ("dan",)),
    )


def test_nobody_deals_out_again_while_groups_work() -> None:
    offered = ["Alle zuteilen" in html(table, view(table, Audience.DESK)) for table in (planned(), begun())]
    assert offered == [True, False]


def test_every_group_may_get_more_time_and_may_hand_in_later() -> None:
    table = begun()
    did(table, "mo", "prolong", seconds=120, group="eins")
    assert "+ 2 Minuten, bisher 2" in text(html(table, view(table, Audience.DESK)))
    handed_in(table, "ada")
    did(table, "mo", "finish")
    assert html(table, view(table, Audience.DESK)).count("Abgabe nachträglich öffnen") == 3
    did(table, "mo", "late", group="zwei")
    assert "Abgabe noch offen" in html(table, view(table, Audience.DESK))


def test_a_hidden_result_has_no_words_in_the_table_of_groups() -> None:
    table = begun()
    did(table, "mo", "hide", ref=handed_in(table, "ada", "Mehr Mut"), reason="ein Name")
    seen = view(table, Audience.DESK)
    assert "Mehr Mut" not in html(table, {"row-eins": seen["row-eins"]})
    assert html(table, seen).count("Mehr Mut") == 1


# ── words of people ──


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup_and_each_is_isolated(words: str) -> None:
    table = begun()
    wrote(table, "ada", words)
    handed_in(table, "ada", words)
    did(table, "ada", "help", group="eins", text=words)
    did(table, "mo", "tell", text=words)
    submit(table, "mo", "kg", "show", view="result")
    pages = [
        html(table, seen)
        for seen in (space(table), view(table), view(table, Audience.STAGE, "result"), view(table, Audience.DESK))
    ]
    assert [page.count(f'<bdi dir="auto">{escape(words)}</bdi>') for page in pages] == [5, 1, 1, 5]
    assert [page.count("<script>") for page in pages] == [0] * 4


def test_what_is_redacted_says_so_on_every_screen() -> None:
    table = begun()
    for ref in (wrote(table, "ada", "Ein Name"), handed_in(table, "ada", "Ein Name")):
        did(table, "mo", "redact", ref=ref, reason="Name")
    submit(table, "mo", "kg", "show", view="result")
    table = afresh(table)
    pages = [space(table), view(table), view(table, Audience.STAGE, "result"), view(table, Audience.DESK)]
    assert ["Ein Name" in html(table, seen) for seen in pages] == [False] * 4
    assert [html(table, seen).count("geschwärzt") for seen in pages] == [3, 1, 1, 3]
    assert state(table).notes
