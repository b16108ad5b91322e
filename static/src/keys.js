// A key presses the control that names it in aria-keyshortcuts: outside of fields only, and only if the person likes.

import { local } from "./local.js";

const FIELDS = "textarea, select, [contenteditable], dialog, input:not([type=radio], [type=checkbox])";
const TYPED = "textarea, input:not([type=hidden])";

/** `near()` is the element in which a key is looked for first; `more` are keys without a control, with what they do. */
export function startKeys(near, more) {
  const liked = local("keys", true);
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-keys]")) liked.value = target.checked;
  });
  document.addEventListener("patched", showLiked);
  showLiked();
  function showLiked() {
    for (const box of document.querySelectorAll("[data-keys]")) box.checked = liked.value;
  }
  document.addEventListener("keydown", (event) => {
    if (!liked.value || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(FIELDS)) return;
    const key = event.key.toUpperCase();
    if (key === "?") return showList();
    if (more[key]) return more[key]();
    const control = meant(key, near());
    if (!control) return;
    event.preventDefault();
    if (event.repeat) return;
    control.click();
    if (control.matches("details[open] > summary")) control.parentElement.querySelector(TYPED)?.focus();
  });
}

const keyOf = (control) => control.getAttribute("aria-keyshortcuts").toUpperCase();
const usable = (control) => control.getClientRects().length > 0 && !control.matches(":disabled, [aria-disabled=true]");

// Every item of the inbox has the same keys; they count where one is reading.
function meant(key, near) {
  const all = [...document.querySelectorAll("[aria-keyshortcuts]")];
  const controls = all.filter((each) => keyOf(each) === key && usable(each));
  return controls.find((each) => near?.contains(each)) ?? controls.find((each) => !each.closest(".inbox__item"));
}

function showList() {
  if (document.querySelector("dialog[data-local]")) return;
  const dialog = document.createElement("dialog");
  dialog.dataset.local = "";
  dialog.className = "stack";
  dialog.setAttribute("aria-label", "Tasten");
  for (const [key, words] of listed()) {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: key }), ` ${words}`);
    dialog.append(line);
  }
  const close = Object.assign(document.createElement("button"), { className: "smallbtn", textContent: "Schließen" });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(close);
  document.body.append(dialog);
  dialog.showModal();
}

function listed() {
  const words = new Map([["J", "im Eingang weiter"], ["K", "im Eingang zurück"]]);
  for (const control of document.querySelectorAll("[aria-keyshortcuts]")) {
    const label = control.cloneNode(true);
    for (const aside of label.querySelectorAll("kbd, small")) aside.remove();
    words.set(keyOf(control), control.getAttribute("aria-label") ?? label.textContent.trim());
  }
  return words.set("?", "alle Tasten");
}
