// Time left, by the server's clock: needles, numbers, and a word at five minutes, one minute, ten seconds.

const SAID = [
  [300_000, "noch 5 Minuten"],
  [60_000, "noch 1 Minute"],
  [10_000, "noch 10 Sekunden"],
];
const END = 1000; // of a ruler, in its own units

let offset = 0;
let surest = Infinity;
let voice;
const left = new Map(); // end -> ms left when last looked

/** What the server's clock says, in ms. */
export const now = () => Date.now() + offset;

/** The server said `said` (ms) in an answer that took `took` ms; the quickest answer knows best. */
export function setClock(said, took) {
  if (!said || took > surest) return;
  surest = took;
  offset = said + took / 2 - Date.now();
  left.clear(); // putting the clock right passes no mark
}

export function startClock() {
  voice = document.createElement("p");
  voice.className = "kern-sr-only";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  document.addEventListener("patched", drawClocks);
  tick();
}

function tick() {
  drawClocks();
  setTimeout(tick, 1000 - (now() % 1000));
}

function drawClocks() {
  const at = now();
  for (const node of document.querySelectorAll("[data-begins][data-ends]")) {
    const begins = Number(node.dataset.begins);
    const ends = Number(node.dataset.ends);
    write(node, Math.max(0, Math.ceil(Math.min(ends - at, ends - begins) / 1000)));
    const line = node.querySelector(".ruler__line");
    if (line) draw(line, Math.round(END * Math.min(1, Math.max(0, (at - begins) / (ends - begins)))));
    say(ends, ends - at);
  }
}

function write(node, seconds) {
  const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  for (const each of node.querySelectorAll("[data-left]")) {
    each.hidden = false;
    const number = each.querySelector("b");
    if (number.textContent !== words) number.textContent = words;
  }
  for (const each of node.querySelectorAll("[data-until]")) each.hidden = true;
}

// The line as drawn by templates/draw.html: ticks, then what is over, what is left, the needle.
function draw(line, x) {
  const strokes = [...line.children];
  const [over, rest, needle] = strokes.splice(-3);
  over.setAttribute("d", `M0 25H${x}`);
  rest.setAttribute("d", `M${x} 25H${END}`);
  needle.setAttribute("d", `M${x} 2V28`);
  for (const stroke of strokes) stroke.classList.toggle("ln--hair", parseFloat(stroke.getAttribute("d").slice(1)) < x);
}

function say(ends, ms) {
  const before = left.get(ends) ?? ms;
  left.set(ends, ms);
  const [, words] = SAID.findLast(([mark]) => before > mark && ms <= mark) ?? [];
  if (words) voice.textContent = words;
}
