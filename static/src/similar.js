// What is there already that says much the same, cards or answers: asked for in a pause of typing; no answer is no hint.

const PAUSE = 700; // ms
const LEAST = { textarea: 12, input: 4 }; // characters: a card is a sentence, an answer perhaps a word
let waiting = 0;

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.similar) return;
  clearTimeout(waiting);
  const sorted = target.matches("[name='cards[]']") && target.checked && { card: target.value, place: "desk" };
  const written = target.matches("textarea, [name=text]") && { text: target.value.trim(), place: "person" };
  const wish = sorted || written;
  const beside = sorted ? target.closest("li") : target.closest(".kern-form-input");
  if (!wish || (written && written.text.length < LEAST[target.localName])) return;
  const stands = () => sorted || target.value.trim() === written.text; // what was sent meanwhile is like itself
  waiting = setTimeout(() => ask(form.dataset.similar, wish).then((found) => stands() && show(beside, found)), PAUSE);
});

document.addEventListener("submit", ({ target }) => {
  if (!target.dataset.similar) return;
  clearTimeout(waiting);
  show();
});

async function ask(address, wish) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(wish)}`, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).similar : [];
  } catch {
    return [];
  }
}

function show(beside, found = []) {
  for (const old of document.querySelectorAll(".similar")) old.remove();
  if (!found.length || !beside?.isConnected) return;
  const hint = element("div", { className: "similar notice small" });
  hint.dataset.local = "";
  hint.setAttribute("role", "status");
  const list = element("ul");
  for (const { ref, text, island } of found) {
    const item = element("li", {}, element("bdi", { dir: "auto", textContent: text }));
    if (ref) item.append(element("span", { className: "ref", textContent: ` ${ref}${island ? `, auf ${island}` : ""}` }));
    list.append(item);
  }
  hint.append(element("div", {}, element("p", { textContent: "Ähnliches steht schon da:" }), list));
  beside.append(hint);
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
