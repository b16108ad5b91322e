// The desk (Regie): the page, with keys, and one item of the inbox that they mean.

import "./page.js";
import "kinds/desk";
import { startKeys } from "./keys.js";

let current = null;
let position = 0;
let running = null;

const seen = (item) => item.getClientRects().length; // no filter hides it
const items = () => [...document.querySelectorAll(".inbox__item")].filter(seen);

// A patch may have rebuilt the inbox: the same item again, or the one that took its place.
function mark() {
  const all = items();
  if (!all.includes(current)) current = all[Math.min(position, all.length - 1)];
  position = Math.max(0, all.indexOf(current));
  for (const item of all) {
    item.classList.toggle("inbox__item--focus", item === current);
    item.setAttribute("aria-current", item === current);
    item.tabIndex = -1;
  }
}

function browse(step) {
  const next = items()[position + step];
  if (!next) return;
  current = next;
  mark();
  current.focus();
}

// Where somebody clicks or goes by Tab, there the keys mean what they say.
function choose({ target }) {
  const item = target.closest?.(".inbox__item");
  if (!item || item === current) return;
  current = item;
  mark();
}

// The step that runs comes into view at first and when the day goes on; in between the list stays where somebody left it.
function follow() {
  const step = document.querySelector(".sheetrun__step--now");
  const begins = step?.querySelector(".sheetrun__time").textContent;
  if (!step || begins === running) return;
  running = begins;
  const column = step.closest(".desk__col");
  column.scrollTop += step.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 3;
}

document.addEventListener("click", choose);
document.addEventListener("focusin", choose);
document.addEventListener("patched", mark);
document.addEventListener("patched", follow);
mark();
follow();
startKeys(() => current, { J: () => browse(1), K: () => browse(-1) });
