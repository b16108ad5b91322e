// Position (Aufstellung): a tap into the field writes its place into the numbers, and the numbers move the point.

const fields = () => document.querySelectorAll("[data-field]");
const [SIDE, SPOTS, STEP] = [1000, 21, 5]; // as the result is drawn: squares of five along an axis

document.addEventListener("click", (event) => {
  const plane = event.target.closest?.("[data-plane]");
  if (plane) tap(plane, event);
});
document.addEventListener("input", ({ target }) => {
  const field = target.closest?.("[data-field]");
  if (field) draw(field);
});
document.addEventListener("patched", () => fields().forEach(draw));

const numberOf = (field, axis) => field.querySelector(`input[name="${axis}:int"], input[name$="[${axis}]:int"]`);
const along = (value) => ((value / STEP + 0.5) * SIDE) / SPOTS;
const percent = (place) => Math.round(Math.min(100, Math.max(0, ((place * SPOTS) / SIDE - 0.5) * STEP)));

function tap(plane, { clientX, clientY }) {
  const field = plane.closest("[data-field]");
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(plane.getScreenCTM().inverse());
  write(numberOf(field, "x"), percent(x));
  write(numberOf(field, "y"), percent(SIDE - y));
}

function write(number, value) {
  if (!number) return;
  number.value = value;
  number.dispatchEvent(new Event("input", { bubbles: true }));
}

function draw(field) {
  const [x, y] = ["x", "y"].map((axis) => numberOf(field, axis));
  const me = field.querySelector(".field__me");
  const known = x.value !== "" && (!y || y.value !== "");
  me.setAttribute("cx", known ? along(Number(x.value)) : -99);
  me.setAttribute("cy", known ? (y ? SIDE - along(Number(y.value)) : 0) : -99);
  field.querySelector("[data-tap]").hidden = false;
}

fields().forEach(draw);
