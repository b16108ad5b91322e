// Points (Punkte verteilen): what is left is said while one writes, and buttons give and take.

const budgets = () => document.querySelectorAll("[data-budget]");

document.addEventListener("input", ({ target }) => {
  const purse = target.closest?.("[data-budget]");
  if (purse) count(purse);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-budget] [data-step]");
  if (button) give(button);
});
document.addEventListener("patched", () => budgets().forEach(count));

function give(button) {
  const input = button.parentElement.querySelector("input");
  const purse = button.closest("[data-budget]");
  const step = Number(button.dataset.step);
  const most = Number(input.value) + Math.max(0, left(purse));
  input.value = Math.min(Math.max(0, Number(input.value) + step), step > 0 ? most : Infinity) || "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function left(purse) {
  const given = [...purse.querySelectorAll("input")].map(({ value }) => Number(value) || 0);
  return Number(purse.dataset.budget) - given.reduce((sum, points) => sum + points, 0);
}

function count(purse) {
  const rest = left(purse);
  const number = Math.abs(rest).toLocaleString("de-DE");
  const budget = Number(purse.dataset.budget).toLocaleString("de-DE");
  const place = purse.querySelector("[data-rest]");
  const words = rest < 0 ? `${number} Punkte zu viel` : `noch ${number} von ${budget} Punkten`;
  if (place.textContent !== words) place.textContent = words;
  place.toggleAttribute("data-excess", rest < 0);
  for (const button of purse.querySelectorAll("[data-step]")) button.hidden = false;
}

budgets().forEach(count);
