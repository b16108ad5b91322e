"""Parts, slots and marks: what a patch does to the page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hall import Hall
from tests.browser.page import remember, same_nodes, texts, times_left

WALL = '<ul data-slot="left">{left}</ul><ul data-slot="right"></ul>'


def card(name: str, text: str = "") -> str:
    return f'<li data-part="{name}"><input aria-label="{name}" id="{name}-note">{text or name}</li>'


def test_a_slot_is_put_in_order_with_the_nodes_it_has(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(WALL.format(left=card("a") + card("b") + card("c")))
    page.get_by_label("b").fill("halb getippt")
    remember(page)

    hall.patch(left=["c", "b", "d", "a"], d=card("d"))
    expect(page.locator("[data-slot=left] > *")).to_have_text(["c", "b", "d", "a"])

    assert same_nodes(page, "a", "b", "c")
    assert times_left(page) == 0
    expect(page.get_by_label("b")).to_have_value("halb getippt")


def test_a_card_that_changes_before_it_has_a_place_is_put_there_as_it_is_then(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    page = entered(WALL.format(left=card("a")))

    hall.patch(b=card("b"))
    hall.patch(b=card("b", "anders"))
    hall.patch(left=["a", "b"])

    expect(page.locator("[data-slot=left] > *")).to_have_text(["a", "anders"])


def test_a_card_moves_to_another_slot_as_it_is_and_one_that_is_gone_is_gone(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    page = entered(WALL.format(left=card("a") + card("b")))
    remember(page)
    page.get_by_label("b").fill("halb getippt")

    hall.patch(left=[], right=["b"], a=None)
    expect(page.locator("[data-slot=right] > *")).to_have_text(["b"])

    assert same_nodes(page, "b")
    assert texts(page, "[data-part]") == ["b"]
    expect(page.get_by_label("b")).to_be_focused()


def test_a_part_drawn_anew_keeps_the_parts_inside_it(hall: Hall, entered: Callable[[str], Page]) -> None:
    places = '<ul data-slot="cards"></ul><div data-part="mine-form"></div>'
    column = f'<section data-part="column"><h2>{{}}</h2>{{}}{places}</section>'
    mine = '<form data-part="mine-form"><input id="w"></form>'
    inside = f'<ul data-slot="cards">{card("a")}{card("b")}</ul>{mine}'
    hall.answer = {"mine": {"mine-form": mine}}
    page = entered(f'<section data-part="column"><h2>Eins</h2>{inside}</section>')
    page.locator("#w").focus()
    remember(page)

    hall.patch(column=column.format("Zwei", "<ul><li>Ein Hinweis</li></ul>"))
    expect(page.locator("h2")).to_have_text("Zwei")

    assert same_nodes(page, "column", "a", "b", "mine-form")
    assert texts(page, "[data-slot=cards] > *") == ["a", "b"]
    assert times_left(page) == 0


def test_a_part_without_html_is_a_place_to_fill_later(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered('<div data-part="frame"></div>' + WALL.format(left=card("a")))

    hall.patch(left=["a", "late"])
    hall.patch(late=card("late"), frame="<p>ohne eigenen Namen</p>")
    expect(page.locator("[data-slot=left] > *")).to_have_text(["a", "late"])
    expect(page.locator("[data-part=frame] > p")).to_have_text("ohne eigenen Namen")
    hall.patch(frame=None)
    expect(page.locator("[data-part=frame]")).to_be_empty()


def test_a_whole_picture_leaves_nothing_of_the_last_one_but_what_is_personal(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.answer = {"mine": {"x.mine-c": card("x.mine-c")}}
    page = entered(WALL.format(left=card("a") + card("b") + card("x.mine-c")))

    hall.emit("patch", {"since": None, "at": 30, "parts": {"left": ["b", "x.mine-c"], "b": card("b", "B")}})

    expect(page.locator("[data-part]")).to_have_text(["B", "x.mine-c"])


def test_marks_lie_over_shared_parts_and_are_taken_away(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(WALL.format(left=card("a") + card("b")))
    hall.emit("mine", {"parts": {"marks": [["a", "own"], ["b", "supported"], ["a", "new"]]}})
    expect(page.locator("[data-part=a]")).to_have_attribute("data-mark", "own new")

    hall.patch(a=card("a", "A"))
    expect(page.locator("[data-part=a]")).to_have_text("A")
    expect(page.locator("[data-part=a]")).to_have_attribute("data-mark", "own new")
    hall.emit("mine", {"parts": {"marks": [["b", "supported"]]}})
    expect(page.locator("[data-mark]")).to_have_text(["b"])


def test_what_is_mine_comes_as_a_whole(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered('<p data-part="shared">alle</p><div data-part="x.mine-a"></div><div data-part="x.mine-b"></div>')
    hall.emit(
        "mine", {"parts": {"x.mine-a": '<p data-part="x.mine-a">A</p>', "x.mine-b": '<p data-part="x.mine-b">B</p>'}}
    )
    expect(page.locator("[data-part]")).to_have_text(["alle", "A", "B"])

    hall.emit("mine", {"parts": {"x.mine-b": '<p data-part="x.mine-b">B</p>'}})

    expect(page.locator("[data-part]")).to_have_text(["alle", "", "B"])


def test_no_id_stands_twice_whatever_was_drawn(hall: Hall, entered: Callable[[str], Page]) -> None:
    frame = '<div data-part="frame">{}<ul data-slot="left"></ul><ul data-slot="right"></ul></div>'
    page = entered('<div data-part="frame">' + WALL.format(left=card("a") + card("b") + card("c")) + "</div>")
    for order in (["b", "a"], ["c"], ["a", "c", "b"]):
        rest = [name for name in "abc" if name not in order]
        hall.patch(frame=frame.format(order), left=order, right=rest, a=card("a", str(order)))
    expect(page.locator("[data-slot=left] > *")).to_have_count(3)

    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert sorted(ids) == sorted(set(ids))


def test_a_missing_step_is_asked_for(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(WALL.format(left=card("a")))
    hall.answer = {"since": None, "at": 20, "parts": {"left": ["a"], "a": card("a", "alles")}}

    hall.emit("patch", {"since": 19, "at": 20, "parts": {"a": card("a", "Lücke")}})

    expect(page.locator("[data-part=a]")).to_have_text("alles")
    assert [said["at"] for said in hall.resyncs] == [17]
