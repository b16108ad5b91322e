"""Every page and state by the rules of WCAG 2.2 AA, as far as a program can judge."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import CARRIED, CROWD, FIRST, MOOD, QUESTIONS, STREAM, WALL, Day
from tests.chromium.hands import choose, press, vote, write
from tests.conftest import PageErrors

AXE = (Path(__file__).parents[2] / "static/node_modules/axe-core/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
RUN = """only => axe.run(document, { runOnly: only, resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`)))"""
ZOOMED = ((640, 400), (320, 256))  # 1280 px wide at 200 % and at 400 %
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
CUT = """() => [...document.querySelectorAll("body *")].flatMap((node) => {
  const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  if (!words || node.closest(".kern-sr-only, dialog, svg, select") || !node.checkVisibility()) return [];
  for (let each = node; each; each = each.parentElement) {
    const { overflowX, textOverflow } = getComputedStyle(each);
    if (/auto|scroll/.test(overflowX) || textOverflow === "ellipsis") return [];  // a shortened line says so
  }
  const { left, right } = node.getBoundingClientRect();
  return left < -1 || right > innerWidth + 1 ? [`cut off: ${node.textContent.trim().slice(0, 60)}`] : [];
})"""
COVERED = """() => {
  const held = document.activeElement;
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const wrong = all.filter((node) => node.checkVisibility() && !node.disabled).filter((node) => {
    node.focus();
    if (document.activeElement !== node) return false;
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const points = [[x, top + 3], [x, y], [x, bottom - 3], [left + 3, y]];
    return !points.some(([px, py]) => {
      const hit = document.elementFromPoint(px, py);
      return [node, ...(node.labels ?? [])].some((it) => it.contains(hit)) || hit?.contains(node);
    });
  });
  held?.focus?.();
  return wrong.map((node) => `covered: ${node.outerHTML.slice(0, 100)}`);
}"""
TALL = 3000  # whether sticky bars cover something is judged at full height


def found(page: Page, only: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations: list[str] = page.evaluate(RUN, only)
    return violations


class Checked:
    """What is wrong with a page in each of its states, at 320 and 1280 px, zoomed, light and dark."""

    def __init__(self, page: Page, *, dark: bool = True, tall: int = TALL) -> None:
        self.page, self.dark, self.tall, self.wrong = page, dark, tall, list[str]()
        page.emulate_media(reduced_motion="reduce")  # a colour on its way to another is neither

    def state(self, name: str) -> None:
        for width in (320, 1280):
            self.page.set_viewport_size({"width": width, "height": self.tall})
            self._note(f"{name} {width}", found(self.page, ALL))
        self.page.set_viewport_size({"width": 320, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self._note(name, [f"scrolls sideways: {wide} px"] if wide > 320 else [])
        for width, height in ZOOMED:
            self.page.set_viewport_size({"width": width, "height": height})
            over = self.page.evaluate(SIDEWAYS)
            hidden = [*self.page.evaluate(CUT), *self.page.evaluate(COVERED)]
            self._note(
                f"{name} zoomed to {width}", [*([f"scrolls sideways by {over} px"] if over > 0 else []), *hidden]
            )
        if self.dark:
            self.page.emulate_media(color_scheme="dark")
            self._note(f"{name} dark", found(self.page, COLOURS))
            self.page.emulate_media(color_scheme="light")

    def _note(self, where: str, violations: list[str]) -> None:
        self.wrong += [f"{where}: {violation}" for violation in violations]


def test_pages_before_the_door(day: Day, browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("422|404")
    page = browser.new_page()
    checked = Checked(page)
    addresses = {
        "code": "/",
        "guest": f"/j/{day.code}",
        "link": day.link("ada").removeprefix(day.rathaus.url),
        "link of a room": day.link("saal").removeprefix(day.rathaus.url),
        "link of the desk": day.link("mo", "desk").removeprefix(day.rathaus.url),
        "link that is none": "/p/x",
        "page that is none": "/nirgends",
        **{name: f"/{name}" for name in ("datenschutz", "barrierefreiheit", "leichte-sprache", "hilfe")},
    }
    for name, address in addresses.items():
        page.goto(day.rathaus.url + address)
        checked.state(name)
    page.goto(day.rathaus.url)
    page.get_by_label("Zugangscode").fill("48273")
    press(page, "Weiter")
    checked.state("wrong code")
    assert checked.wrong == []


def test_the_phone_while_a_poll_goes_its_way(day: Day, browser: Browser) -> None:
    day.joined(*CROWD)
    page = day.phone(browser)
    checked = Checked(page)
    checked.state("before")
    day.did("mo", "agenda", "advance", step="impuls")
    expect(page.get_by_text("Impuls")).to_be_visible()
    checked.state("plenary")
    day.did("mo", "agenda", "advance")
    day.did("mo", MOOD, "open", seconds=600)
    expect(page.locator(".scale")).to_be_visible()
    checked.state("scale")
    day.did("mo", "agenda", "advance")
    day.did("mo", CARRIED, "open", seconds=600)
    choose(page, "Humor")
    checked.state("poll")
    for person in CROWD:
        day.did(person, CARRIED, "vote", choice="team")
    vote(page)
    checked.state("saved")
    page.locator("summary").click()
    checked.state("thinking it over")
    day.did("mo", CARRIED, "close")
    expect(page.get_by_text("Diese Antwort gilt.")).to_be_visible()
    checked.state("closed")
    day.did("mo", CARRIED, "show", view="result")
    expect(page.locator(".chart")).to_be_visible()
    checked.state("result")
    assert checked.wrong == []


def filled(day: Day) -> None:
    """Cards, questions and posts of others and of one's own."""
    day.joined("ada", "ben")
    day.opens(FIRST, WALL, QUESTIONS, STREAM)
    for person in ("ada", "ben"):
        day.did(person, WALL, "write", column="mit", text="Amtsleitungstagsgroßgruppenveranstaltung " + 150 * "x")
        asked = day.did(person, QUESTIONS, "ask", text="Wann gibt es eine dauerhafte Dienstvereinbarung?")
        day.did("mo", QUESTIONS, "approve", question=asked)
        posted = day.did(person, STREAM, "post", prompt="mit", title="Zwei Tage", body="Am 16. März.\n\nAm 18. März.")
        day.did("ada", STREAM, "comment", on=posted, text="Genau so war es bei uns auch.")
    day.did("ada", QUESTIONS, "support", question=asked)
    day.did("mo", QUESTIONS, "answer", question=asked, text="Der Entwurf liegt beim Personalrat.")


def test_the_phone_full_of_what_people_said(day: Day, browser: Browser) -> None:
    filled(day)
    page = day.phone(browser)
    checked = Checked(page)
    for name in ("now", "questions", "stream", f"{STREAM}.feed", "mine"):
        page.goto(day.address(name))
        checked.state(name)
    for summary in page.locator("summary").all():
        summary.click()
    checked.state("mine unfolded")
    assert checked.wrong == []


def test_the_phone_where_nothing_is_yet_and_in_the_lobby(day: Day, browser: Browser) -> None:
    day.joined("ben")
    checked = Checked(day.phone(browser, "ben", "questions"))
    checked.state("nothing")
    day.opens(QUESTIONS)
    expect(checked.page.get_by_label("Ihre Frage")).to_be_visible()
    checked.state("empty")
    day.did("mo", "roster", "door", door="lobby")
    waiting = Checked(day.phone(browser, "ada"))
    waiting.state("lobby")
    assert checked.wrong + waiting.wrong == []


def test_the_phone_without_a_connection(day: Day, browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("WebSocket|Failed to load")
    day.opens(CARRIED, WALL)
    page = day.phone(browser)
    page.context.set_offline(True)
    choose(page, "Humor")
    write(page, "Kurze Drähte")
    expect(page.locator(".notice--off")).to_be_visible()
    checked = Checked(page)
    checked.state("offline")
    assert checked.wrong == []


def test_the_desk(day: Day, browser: Browser) -> None:
    filled(day)
    day.did("mo", "agenda", "advance", step="abfragen")
    day.did("mo", CARRIED, "open", seconds=600)
    desk = day.desk(browser, CARRIED)
    checked = Checked(desk)
    checked.state("open poll and inbox")
    for summary in desk.locator("summary:visible").all():
        summary.click()
    checked.state("unfolded")
    papers = Checked(day.desk(browser, person="org"))
    for name in ("people", "sheet"):
        papers.page.goto(day.address(name))
        papers.state(name)
    assert papers.wrong == []
    assert checked.wrong == []


def test_the_columns_of_the_desk_scroll_and_the_page_does_not(day: Day, browser: Browser) -> None:
    filled(day)
    for number in range(12):
        day.did("ada", QUESTIONS, "ask", text=f"Noch eine Frage, die {number}.")
    desk = day.desk(browser, QUESTIONS)
    expect(desk.locator(".inbox__item")).not_to_have_count(0)
    height, inner = desk.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert height == inner
    assert desk.evaluate("[...document.querySelectorAll('.desk__col')].some((it) => it.scrollHeight > it.clientHeight)")


def pictures(day: Day) -> Iterator[tuple[str, str]]:
    """The stage from the beginning to the end: what is done, and what is then seen in its headline."""
    day.joined("ada", *CROWD)
    day.opens(QUESTIONS)
    asked = day.did("ada", QUESTIONS, "ask", text="Wann gibt es eine dauerhafte Dienstvereinbarung?")
    day.did("mo", QUESTIONS, "approve", question=asked)
    yield "join", "Guten Tag"
    day.did("mo", "agenda", "advance", step="impuls")
    yield "step", "Impuls"
    for poll, title, data in ((MOOD, "Wie gehen", {"value": 7}), (CARRIED, "Was hat", {"choice": "team"})):
        day.did("mo", "agenda", "advance")
        day.did("mo", poll, "open", seconds=600)
        yield f"{poll} open", title
        for person in CROWD:
            day.did(person, poll, "vote", **data)
        day.did("mo", poll, "close")
        day.did("mo", poll, "show", view="result")
        yield f"{poll} result", title
    day.opens(WALL, STREAM)
    day.did("ada", WALL, "write", column="mit", text="Personal hat ämterübergreifend ausgeholfen.")
    day.did("ada", STREAM, "post", prompt="mit", title="Zwei Tage", body="Am 16. März.")
    for activity, title in ((WALL, "Die drei Fragen"), (QUESTIONS, "Fragen an"), (STREAM, "Blog")):
        day.did("mo", activity, "show", view="result")
        yield activity, title
    day.did("mo", QUESTIONS, "show", view="question", item=asked)
    yield "one question", "Wann gibt es"
    day.did("mo", "stage", "darken", blank=True)
    yield "dark", "Gleich geht es weiter."
    day.did("mo", "agenda", "end", confirmed=True)
    yield "thanks", "Vielen Dank."


SMALL = """() => [...document.querySelectorAll(".stage *")].flatMap((node) => {
  if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) return [];
  const drawn = node instanceof SVGTextElement ? node.getScreenCTM().a : 1;
  const size = parseFloat(getComputedStyle(node).fontSize) * drawn;
  return size < 28 ? [`${size.toFixed(1)} px: ${node.textContent.trim()}`] : [];
})"""
OUTSIDE = """() => [...document.querySelectorAll(".stage__body *")].filter((node) => {
  const { right, bottom } = node.getBoundingClientRect();
  return right > innerWidth + 1 || bottom > innerHeight + 1;
}).map((node) => node.outerHTML.slice(0, 80))"""


def test_the_stage_is_readable_from_the_last_row_and_on_a_phone(day: Day, browser: Browser) -> None:
    stage = day.stage(browser)
    checked = Checked(stage, dark=False)
    wrong: list[str] = []
    for name, title in pictures(day):
        expect(stage.locator(".stage h1")).to_contain_text(title)
        stage.set_viewport_size({"width": 1920, "height": 1080})
        wrong += [f"{name}: {each}" for each in stage.evaluate(SMALL) + stage.evaluate(OUTSIDE)]
        checked.state(name)
    assert wrong + checked.wrong == []
