// The editing desk says how long each original has been waiting; the picture only knows since when.

import { now } from "../clock.js";

const MINUTE = 60_000;
const OLD = 10; // minutes

function drawAges() {
  for (const node of document.querySelectorAll("[data-since]")) {
    const minutes = Math.floor((now() - Number(node.dataset.since)) / MINUTE);
    const words = minutes < 1 ? "" : minutes === 1 ? "wartet seit 1 Minute" : `wartet seit ${minutes} Minuten`;
    if (node.textContent !== words) node.textContent = words;
    node.dataset.age = minutes < OLD ? "new" : "old";
  }
}

document.addEventListener("patched", drawAges);
setInterval(drawAges, 10_000);
drawAges();
