// Ranking (Rangfolge): a list in place of the fields, which it fills: with buttons, and by dragging.
//
// The fields are the truth: they are sent, and a patch leaves alone what a person has written into them.

const rankings = () => document.querySelectorAll("[data-ranking]");

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-ranking] [data-move]");
  if (button) move(button);
});
document.addEventListener("patched", () => rankings().forEach(arrange));

const fieldsOf = (ranking) => [...ranking.querySelectorAll("[data-places] select")];
const itemsOf = (ranking) => [...ranking.querySelectorAll("[data-option]")];
const orderIn = (ranking) => fieldsOf(ranking).map(({ value }) => value).filter(Boolean);

// The list as the fields say it; where all are ordered, the list as it stands is the order from the beginning.
function arrange(ranking) {
  ranking.querySelector("[data-places]").hidden = true;
  ranking.querySelector("[data-moves]").hidden = false;
  const items = itemsOf(ranking);
  const order = orderIn(ranking).filter((id) => items.some((item) => item.dataset.option === id));
  const placeOf = ({ dataset }) => (order.includes(dataset.option) ? order.indexOf(dataset.option) : order.length);
  const sorted = [...items].sort((one, other) => placeOf(one) - placeOf(other));
  if (sorted.some((item, place) => item !== items[place])) items[0].parentElement.append(...sorted);
  if (ranking.dataset.ranking === "all" && order.length < items.length) fill(ranking, sorted.map(idOf));
  draw(ranking);
  letDrag(ranking);
}

// What is taken up can be dragged.  Each place that it passes is written at once, so a patch leaves it where it is.
async function letDrag(ranking) {
  const { startDragging } = await import(ranking.dataset.drag).catch(() => ({}));
  if (!startDragging) return; // the buttons are there
  const list = ranking.querySelector(".rank");
  list.classList.add("rank--drag");
  startDragging(list, ".rank__item:not(.rank__item--free)", {
    moved: () => write(ranking, itemsOf(ranking).filter(isPlaced).map(idOf)),
    dropped: (item) => moved(ranking, item, orderIn(ranking).indexOf(idOf(item))),
  });
}

const isPlaced = ({ classList }) => !classList.contains("rank__item--free");
const idOf = ({ dataset }) => dataset.option;

function fill(ranking, order) {
  for (const [place, field] of fieldsOf(ranking).entries()) field.value = order[place] ?? "";
}

function draw(ranking) {
  const order = orderIn(ranking);
  const places = fieldsOf(ranking).length;
  for (const item of itemsOf(ranking)) {
    const place = order.indexOf(idOf(item));
    item.classList.toggle("rank__item--free", place < 0);
    for (const button of item.querySelectorAll("[data-move]")) {
      const { move } = button.dataset;
      button.hidden = (move === "in") !== place < 0;
      button.disabled = { up: place <= 0, down: place === order.length - 1, in: order.length === places }[move] ?? false;
    }
  }
}

function move(button) {
  const ranking = button.closest("[data-ranking]");
  const item = button.closest("[data-option]");
  const id = idOf(item);
  const order = orderIn(ranking);
  const from = order.indexOf(id);
  const rest = order.filter((other) => other !== id);
  const to = { up: from - 1, down: from + 1, in: order.length, out: -1 }[button.dataset.move];
  if (to >= 0) rest.splice(to, 0, id);
  write(ranking, rest);
  stand(ranking, item, rest, to);
  moved(ranking, item, to);
  if (button.disabled || button.hidden) pressable(item)?.focus();
}

function write(ranking, order) {
  fill(ranking, order);
  fieldsOf(ranking).forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
}

// An item has come to its place, -1: out of the order.
function moved(ranking, item, to) {
  for (const other of itemsOf(ranking)) other.classList.toggle("rank__item--moved", other === item && to >= 0);
  draw(ranking);
  say(ranking, item, to);
}

// The item keeps its place in the page, and with it the focus; the others move around it.
function stand(ranking, item, order, to) {
  const others = itemsOf(ranking).filter((other) => other !== item);
  const list = item.parentElement;
  const placed = order.filter((id) => id !== idOf(item)).map((id) => others.find((other) => idOf(other) === id));
  const free = others.filter((other) => !placed.includes(other));
  const before = to < 0 ? placed : placed.slice(0, to);
  for (const other of before) list.insertBefore(other, item);
  list.append(...placed.slice(before.length), ...free);
}

function say(ranking, item, to) {
  const label = item.querySelector("bdi").textContent;
  const words = to < 0 ? `Herausgenommen: „${label}“.` : `Verschoben: „${label}“ steht jetzt auf Platz ${to + 1}.`;
  ranking.querySelector("[data-moved]").textContent = words;
}

const pressable = (item) => [...item.querySelectorAll("[data-move]")].find(({ hidden, disabled }) => !hidden && !disabled);

rankings().forEach(arrange);
