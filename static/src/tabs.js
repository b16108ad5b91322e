// Columns of a wall, prompts of a stream: with a script one is shown at a time.
//
// The server draws links to sections that all stand below, and radios for where something new goes. Here the links
// become tabs (arrows move, Tab leaves), the sections their panels, and the radios follow the tab unseen. A patch may
// bring the server's drawing back: what is chosen is laid over it again.

const chosen = new Map(); // part of the tabs -> value

/** Make tabs of every `nav[data-tabs=FIELD]`, now and after each patch; `field` is the name of the radios. */
export function startTabs(field) {
  const lists = () => document.querySelectorAll(`nav[data-tabs="${field}"]`);
  const tabOf = (target) => target.closest?.(`nav[data-tabs="${field}"] a`);
  const arrangeAll = () => lists().forEach(arrange);

  document.addEventListener("click", (event) => {
    const tab = tabOf(event.target);
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(tab);
  });
  document.addEventListener("keydown", (event) => {
    const tab = tabOf(event.target);
    const next = tab && !event.altKey && reached(tab, event.key);
    if (!next) return;
    event.preventDefault();
    choose(next);
    next.focus();
  });
  document.addEventListener("patched", arrangeAll);
  arrangeAll();
}

const partOf = (node) => node.closest("[data-part]");
const tabsOf = (list) => [...list.querySelectorAll("a")];

function choose(tab) {
  const list = tab.closest("nav");
  chosen.set(partOf(list).dataset.part, tab.dataset.value);
  arrange(list);
}

// The tab that a key leads to.
function reached(tab, key) {
  const tabs = tabsOf(tab.closest("nav"));
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) return tabs.at((tabs.indexOf(tab) + step) % tabs.length);
  return { Home: tabs[0], End: tabs.at(-1), " ": tab }[key];
}

function arrange(list) {
  const tabs = tabsOf(list);
  const radios = radiosOf(list);
  const value = chosen.get(partOf(list).dataset.part) ?? radios.find((radio) => radio.checked)?.value;
  const current =
    tabs.find((tab) => tab.dataset.value === value) ?? tabs.find((tab) => tab.hash === location.hash) ?? tabs[0];
  list.setAttribute("role", "tablist");
  for (const tab of tabs) {
    const panel = document.getElementById(decodeURIComponent(tab.hash.slice(1)))?.closest("section");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", tab === current);
    tab.tabIndex = tab === current ? 0 : -1;
    if (!panel) continue;
    panel.setAttribute("role", "tabpanel");
    partOf(panel).hidden = tab !== current;
  }
  for (const radio of radios) {
    radio.checked = radio.value === current.dataset.value;
    radio.closest("fieldset").hidden = true;
    const place = radio.form.querySelector("[data-tab]");
    if (!place) continue;
    place.hidden = false;
    place.querySelector("bdi").textContent = current.querySelector("bdi").textContent;
  }
}

// Those that say where something new goes in the same activity.
function radiosOf(list) {
  const [, activity] = partOf(list).dataset.part.split(".");
  const form = `form[data-activity="${CSS.escape(activity)}"]`;
  return [...document.querySelectorAll(`${form} input[type=radio][name="${list.dataset.tabs}"]`)];
}
