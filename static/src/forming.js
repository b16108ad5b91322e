// Forming groups (Kleingruppen bilden): people are dragged from group to group.  A drop fills in the form that moves
// somebody, and sends it.  The page that comes back shows the groups where they were: what is told above them may differ.

import { startDragging } from "./drag.js";

const PLACE = "forming-place";
const top = () => document.querySelector(".formtables").getBoundingClientRect().top;

function send(person, group) {
  const form = document.getElementById("shift");
  form.elements.person.value = person;
  form.elements.group.value = group;
  form.elements.board.disabled = false;
  form.requestSubmit();
}

for (const list of document.querySelectorAll("[data-seats]")) {
  list.classList.add("formtable--drag");
  startDragging(list, "[data-person]", {
    between: "seats",
    dropped: (item, to) => send(item.dataset.person, to.dataset.seats),
  });
}
document.querySelector("[data-drags]").hidden = false;

document.addEventListener("submit", ({ target }) => {
  if (target.elements.board && !target.elements.board.disabled) sessionStorage.setItem(PLACE, top());
});
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place !== null) {
  const restore = () => scrollBy({ top: top() - place, behavior: "instant" });
  restore();
  addEventListener("load", () => document.fonts.ready.then(restore)); // until they have come, lines break elsewhere
}
