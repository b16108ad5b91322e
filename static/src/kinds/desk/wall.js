// Sorting a wall: with keys, and with the pointer.  A card is dragged onto an island, into the tray or off one; it stays
// where it is until the server has laid it elsewhere; what is dragged is sent by the same forms that keys and buttons send.

import Sortable from "sortablejs";

const LISTS = ".pick, .isle__cards, .isle__more ul";
const PLACES = ".isle, .pick";
let over = null;

function mark(place) {
  if (place === over) return;
  over?.classList.remove("is-over");
  over = place;
  over?.classList.add("is-over");
}

const point = ({ clientX, clientY }) => mark(document.elementFromPoint(clientX, clientY)?.closest(PLACES) ?? null);

function make(list) {
  Sortable.create(list, {
    draggable: "li",
    forceFallback: true, // one way for mouse, pen and finger, and none that shows a text instead of the card
    fallbackOnBody: true,
    fallbackTolerance: 5, // px: less is a click
    delay: 200,
    delayOnTouchOnly: true, // a finger may scroll
    sort: false,
    onStart: () => document.addEventListener("pointermove", point),
    onMove: () => false, // the picture is the server's
    onEnd({ item }) {
      document.removeEventListener("pointermove", point);
      const place = over;
      mark(null);
      if (place && !place.contains(item)) lay(refOf(item), place.dataset.island ?? "");
    },
  });
}

const refOf = (item) => item.dataset.card ?? item.querySelector("[name='cards[]']").value;

// What is ticked beside the card goes along if the card is ticked too.
function lay(ref, island) {
  const box = document.querySelector(`[name="cards[]"][value="${ref}"]`);
  const form = box?.form;
  if (!form) return;
  if (!box.checked) for (const other of form.querySelectorAll("[name='cards[]']:checked")) other.checked = false;
  box.checked = true;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const button = form.querySelector(`button[name=island][value="${island}"]`);
  if (button) return button.click();
  form.elements.island.value = island;
  form.requestSubmit();
}

function start() {
  for (const list of document.querySelectorAll(LISTS)) if (!Sortable.get(list)) make(list);
}

document.addEventListener("patched", start);
start();

// A key lays what is ticked on an island; where nothing is, the card one is at, or the top one.
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
