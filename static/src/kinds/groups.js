// What the server's clock says of groups: how long ago something was, which group has been still for minutes, by how much
// the time is over; for whoever leads one which section of the guide it is now; and in the last moments of a round that
// somebody still writes.

import { now } from "../clock.js";
import { unsent } from "../touched.js";

const STILL = 5 * 60_000; // ms without anything from a group
const LAST = 10_000; // ms before the end in which writing holds it: half a minute is granted, so every 20 s at most
const RETRY = 4_000; // ms after which it is said again where the end has not moved
const TYPING = 5_000; // ms in which somebody who typed still types

let typed = { at: -Infinity };
let held = { end: "", at: -Infinity };

const words = (ms) => (ms < 60_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : `${Math.floor(ms / 60_000)} min`);
const minutes = (ms) => `${Math.floor(ms / 60_000)} ${ms < 120_000 ? "Minute" : "Minuten"}`;

function count() {
  for (const time of document.querySelectorAll("[data-ago]")) {
    write(time, `vor ${words(now() - Number(time.dataset.ago))}`);
  }
  for (const row of document.querySelectorAll("[data-quiet]")) {
    const ms = now() - Number(row.dataset.quiet);
    const [busy, still] = ["[data-busy]", "[data-still]"].map((each) => row.querySelector(each));
    row.classList.toggle("is-quiet", Boolean(still) && ms >= STILL);
    if (!still) continue;
    busy.hidden = ms >= STILL;
    still.hidden = ms < STILL;
    write(still.querySelector("b"), words(ms));
  }
  for (const over of document.querySelectorAll("[data-over]")) {
    const ms = now() - Number(over.dataset.over);
    over.hidden = ms < 60_000;
    write(over.querySelector("b"), minutes(ms));
  }
  for (const hint of document.querySelectorAll("[data-after]")) {
    hint.hidden = now() - Number(hint.dataset.after) < 60_000;
  }
  for (const soon of document.querySelectorAll("[data-soon]")) {
    const left = Math.ceil((Number(soon.dataset.soon) - now()) / 60_000);
    const [next = 0] = [1].filter((less) => less < Number(soon.dataset.minutes));
    soon.hidden = left > Number(soon.dataset.minutes) || left <= next;
  }
  guide();
}

function guide() {
  const at = now();
  for (const leg of document.querySelectorAll("[data-from]")) {
    const current = at >= Number(leg.dataset.from) && at < Number(leg.dataset.to);
    if (current) leg.setAttribute("aria-current", "step");
    else leg.removeAttribute("aria-current");
    leg.querySelector(".marker").hidden = !current;
  }
}

// Whoever has words in a field of the group that are not sent, and types, holds the end.
function hold() {
  const form = document.querySelector("[data-hold]");
  const left = form ? Number(form.dataset.hold) - now() : 0;
  if (left <= 0 || left > LAST || Date.now() - typed.at > TYPING) return;
  if (!typed.field.isConnected || !unsent(typed.field) || !typed.field.value.trim()) return;
  if (held.end === form.dataset.hold && Date.now() - held.at < RETRY) return;
  held = { end: form.dataset.hold, at: Date.now() };
  form.requestSubmit();
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function tick() {
  count();
  hold();
  setTimeout(tick, 1000 - (now() % 1000));
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.elements.namedItem("group")) typed = { field: target, at: Date.now() };
});
document.addEventListener("patched", count);
tick();
