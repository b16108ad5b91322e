// What a wall (Ideenwand) adds in the browser: columns and islands as tabs, keys that sort the top card, and hints
// about cards that say much the same. Without any of it the same forms work.

import { startTabs } from "../tabs.js";

startTabs("column");
startTabs("island");

// ── sorting: a key lays what is ticked on an island; where nothing is, the card one is at, or the top one ──

document.addEventListener(
  "click",
  ({ target }) => {
    const form = target.closest?.("button[name=island]")?.form;
    if (!form?.matches("[data-sorting]") || form.querySelector(":checked")) return;
    const first = form.querySelector(".pick__card:focus-within input") ?? form.querySelector(".pick__card input");
    if (!first) return;
    first.checked = true;
    first.dispatchEvent(new Event("input", { bubbles: true }));
  },
  true,
);

// ── similar cards: asked for in a pause of typing; no answer is no hint ──

const PAUSE = 700; // ms
const LEAST = 12; // characters
let waiting = 0;

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.similar) return;
  clearTimeout(waiting);
  const ticked = form.matches("[data-sorting]") && target.matches("[type=checkbox]") && target.checked;
  const sorted = ticked && { card: target.value, place: "desk" };
  const written = target.matches("textarea") && { text: target.value.trim(), place: "person" };
  const wish = sorted || written;
  const beside = sorted ? target.closest("li") : target.closest(".kern-form-input");
  if (!wish || (written && written.text.length < LEAST)) return;
  waiting = setTimeout(() => ask(form.dataset.similar, wish).then((found) => show(beside, found)), PAUSE);
});

async function ask(address, wish) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(wish)}`, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).similar : [];
  } catch {
    return [];
  }
}

function show(beside, found) {
  for (const old of document.querySelectorAll(".similar")) old.remove();
  if (!found.length || !beside?.isConnected) return;
  const hint = element("div", { className: "similar notice small" });
  hint.dataset.local = "";
  hint.setAttribute("role", "status");
  const list = element("ul");
  for (const { ref, text, island } of found) {
    const words = element("bdi", { dir: "auto", textContent: text });
    const number = element("span", { className: "ref", textContent: ` ${ref}${island ? `, auf ${island}` : ""}` });
    list.append(element("li", {}, words, number));
  }
  hint.append(element("div", {}, element("p", { textContent: "Ähnliches steht schon da:" }), list));
  beside.append(hint);
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
