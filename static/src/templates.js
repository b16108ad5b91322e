// The sentences of templates/frame/states.html, cloned and filled. A page without them, the stage, shows none.

/** A copy of `template[data-KIND=NAME]`, or null. `values` by data-fill; `count` also picks one of data-when. */
export function copy(kind, name, values = {}) {
  const template = document.querySelector(`template[data-${kind}="${name}"]`);
  if (!template) return null;
  const node = template.content.firstElementChild.cloneNode(true);
  refill(node, values);
  const when = { 0: "none", 1: "one" }[values.count] ?? "many";
  for (const each of node.querySelectorAll("[data-when]")) if (each.dataset.when !== when) each.remove();
  node.dataset.local = "";
  return node;
}

export function refill(node, values) {
  for (const each of node.querySelectorAll("[data-fill]")) {
    const value = String(values[each.dataset.fill] ?? "");
    if (each.textContent !== value) each.textContent = value;
  }
}

export const notices = () => document.querySelector("[data-notices]");

/** Hour and minute on the clock of the workshop, wherever this device believes to be. */
export function clock(moment) {
  const timeZone = document.body.dataset.zone;
  return new Date(moment).toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit", timeZone });
}
