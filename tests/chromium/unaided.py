"""Somebody without a mouse: where Tab leads, and a form filled in and sent by keys alone, with scripts or without."""

from playwright.sync_api import Page

from tests.chromium.test_keyboard import SEEN

MOST = 300  # stops on a page
STOP = (
    """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const alike = (node) => all.find((it) => it.type === "radio" && it.name === node.name && it.form === node.form);
  const place = (node) => all.indexOf(node.type === "radio" ? alike(node) : node);
  const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled && node.tabIndex >= 0;
  const held = document.activeElement;
  return { body: held === document.body, at: place(held), words: held.outerHTML.slice(0, 120),
    order: [...new Set(all.filter(seen).map(place))], seen: ("""
    + SEEN
    + """)() };
}"""
)
FORM = """(activity) => {
  const form = document.querySelector(`main form[data-activity="${activity}"]`);
  const held = document.activeElement;
  if (held.tagName === "SUMMARY") {
    return !held.parentElement.open && held.parentElement.contains(form) ? "folded" : "";
  }
  if (!form?.contains(held)) return "";
  if (held.type === "radio" || held.type === "checkbox") {
    return [...form.elements].some((it) => it.name === held.name && it.checked) ? "" : "choice";
  }
  if (held.tagName === "BUTTON") return held.type === "submit" ? "send" : held.dataset.move === "in" ? "press" : "";
  if (held.type === "file" || held.type === "date" || held.value) return "";
  if (held.tagName === "SELECT") return "select";
  return held.inputMode === "numeric" || held.inputMode === "decimal" ? "number" : "text";
}"""


def walked(page: Page) -> list[str]:
    """What is wrong with the way of Tab over a page just opened: all there is, in its order, each stop in sight."""
    wrong, went = [], []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["body"]:
            break
        went.append(stop["at"])
        wrong += [] if stop["seen"] else [f"nobody sees the focus: {stop['words']}"]
    order = page.evaluate(STOP)["order"]
    return wrong + ([] if went == order else [f"Tab goes {went}, not {order}"])


def takes(page: Page, activity: str) -> bool:
    """Whether there is something to send for the activity."""
    return page.locator(f'main form[data-activity="{activity}"]').count() > 0


def sent(page: Page, activity: str) -> None:
    """Fill in the first form of the activity on a page just opened, and send it."""
    fields = 0
    for _ in range(MOST):
        page.keyboard.press("Tab")
        match page.evaluate(FORM, activity):
            case "folded" | "press":
                page.keyboard.press("Enter")
            case "choice":
                page.keyboard.press("Space")
            case "select":
                fields += 1
                for _ in range(fields):
                    page.keyboard.press("ArrowDown")
            case "number":
                page.keyboard.type("1")
            case "text":
                fields += 1
                page.keyboard.type(f"Ohne Maus {fields}")
            case "send":
                page.keyboard.press("Enter")
                return
    raise AssertionError("nothing to send is reached")
