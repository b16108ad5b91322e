// How long ago something was, „vor 20 s“, counted on by the server's clock; which group has been still for minutes; and
// for whoever leads one which section of the guide it is now, and that it ends soon.

import { now } from "../clock.js";

const STILL = 5 * 60_000; // ms without anything from a group
const SOON = 5 * 60_000; // ms before the end

const words = (ms) => (ms < 60_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : `${Math.floor(ms / 60_000)} min`);

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
  for (const notice of document.querySelectorAll("[data-soon]")) {
    const left = Number(notice.dataset.soon) - at;
    notice.hidden = left > SOON || left <= 0;
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function tick() {
  count();
  setTimeout(tick, 1000 - (now() % 1000));
}

document.addEventListener("patched", count);
tick();
