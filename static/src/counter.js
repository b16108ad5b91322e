// „noch 217 Zeichen“ in the .counter after a field with data-most or maxlength, counted as the server counts.

export function startCounters() {
  document.addEventListener("input", ({ target }) => count(target));
  document.addEventListener("patched", countAll);
  countAll();
}

function countAll() {
  document.querySelectorAll("textarea").forEach(count);
}

function count(control) {
  const most = Number(control.dataset.most ?? control.getAttribute("maxlength"));
  const place = most && [...(control.form?.querySelectorAll(".counter") ?? [])].find((each) => follows(each, control));
  if (!place) return;
  const left = most - [...control.value].length; // code points
  const number = Math.abs(left).toLocaleString("de-DE");
  const words = left < 0 ? `${number} Zeichen zu viel` : `noch ${number} Zeichen`;
  if (place.textContent !== words) place.textContent = words;
}

const follows = (node, other) => other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
