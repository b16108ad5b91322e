// The picture on this page: parts by name, slots that hold them in order, and marks laid over them.
//
// A part keeps its nodes as long as it has a name, also while no slot shows it. What its HTML does not know, the
// parts inside it and what the browser has put there itself (data-local), stays.

import { Idiomorph } from "idiomorph";
import { keeping, sacred } from "./touched.js";

const personal = (name) => /(^|\.)mine-/.test(name);
const shared = (name) => !personal(name);

export class Picture {
  #root;
  #nodes = new Map(); // name -> element
  #lists = new Map(); // slot -> names
  #marks = new Map(); // part -> words
  #drawn = new Map(); // part -> the HTML it was last drawn from

  constructor(root) {
    this.#root = root;
    for (const node of root.querySelectorAll("[data-part]")) this.#nodes.set(node.dataset.part, node);
    for (const slot of slotsIn(root)) this.#lists.set(slot.dataset.slot, partsIn(slot).map(nameOf));
    for (const node of root.querySelectorAll("[data-mark]")) this.#marks.set(node.dataset.part, node.dataset.mark);
  }

  /** Take parts in: HTML, a list of names for a slot, null for what is gone. `whole`: what is not listed is gone. */
  apply(parts, whole = false) {
    this.#take(parts, whole ? shared : () => false);
  }

  /** Take in what of this page is one person's: all of it, and the marks. */
  applyMine({ marks = [], ...parts }) {
    this.#marks = collected(marks);
    this.#take(parts, personal);
  }

  // `whole(name)`: whether a part of this name is gone where it is not listed.
  #take(parts, whole) {
    const focused = document.activeElement;
    const around = focused?.closest("[data-part]")?.dataset.part;
    keeping(() => {
      const known = new Set([...this.#nodes.keys(), ...this.#lists.keys()]);
      for (const name of known) if (whole(name) && !(name in parts)) this.#drop(name);
      for (const [name, part] of Object.entries(parts)) {
        if (part === null) this.#drop(name);
        else if (Array.isArray(part)) this.#lists.set(name, part);
        else this.#draw(name, part);
      }
      this.#arrange();
    });
    this.#mark();
    if (focused === document.activeElement) return;
    const heir = focused.isConnected ? focused : pressable(this.#nodes.get(around)) ?? document.querySelector("#main");
    heir?.focus({ preventScroll: true });
  }

  #drop(name) {
    const node = this.#nodes.get(name);
    this.#lists.delete(name);
    this.#nodes.delete(name);
    this.#drawn.delete(name);
    if (!node?.isConnected) return;
    if (node.parentElement.dataset.slot !== undefined) node.remove();
    else node.replaceWith(this.#placeholder(name)); // its place is written into the page
  }

  #placeholder(name) {
    const node = document.createElement("div");
    node.dataset.part = name;
    this.#nodes.set(name, node);
    return node;
  }

  #draw(name, html) {
    if (this.#drawn.get(name) === html) return;
    this.#drawn.set(name, html);
    const old = this.#nodes.get(name);
    const made = parsed(name, html, old);
    if (old?.localName === made.localName) {
      this.#standIn(old, made);
      Idiomorph.morph(old, made, {
        callbacks: {
          beforeNodeMorphed: (node) => node === old || node.dataset?.part === undefined,
          beforeNodeRemoved: (node) => node.dataset?.local === undefined,
          beforeAttributeUpdated: (attribute, node) => !sacred(attribute, node),
        },
      });
    } else {
      old?.replaceWith(made);
      this.#nodes.set(name, made);
    }
    for (const place of this.#nodes.get(name).querySelectorAll("[data-part]")) {
      const known = this.#nodes.get(nameOf(place));
      if (!known) this.#nodes.set(nameOf(place), place);
      else if (known !== place) place.replaceWith(known);
    }
  }

  // New HTML leaves the places of other parts empty. So that the morph finds and keeps what stands there, each gets a
  // stand-in of the same tag and id.
  #standIn(old, made) {
    if (made.id) old.id = made.id;
    else if (old.id) made.id = old.id;
    const standIn = (node) => {
      node.id ||= `part:${nameOf(node)}`;
      return node.cloneNode(false);
    };
    for (const place of made.querySelectorAll("[data-part]")) {
      const known = this.#nodes.get(nameOf(place));
      if (known) place.replaceWith(standIn(known));
    }
    const standing = new Map(slotsIn(old).map((slot) => [slot.dataset.slot, slot]));
    for (const slot of slotsIn(made)) {
      const now = standing.get(slot.dataset.slot);
      if (!now) continue;
      if (now !== old) slot.id = (now.id ||= `slot:${now.dataset.slot}`);
      slot.append(...partsIn(now).map(standIn));
    }
  }

  #arrange() {
    const slots = slotsIn(this.#root);
    for (const slot of slots) {
      const names = this.#lists.get(slot.dataset.slot) ?? [];
      const nodes = names.map((name) => this.#nodes.get(name) ?? this.#placeholder(name));
      for (const node of partsIn(slot)) if (!nodes.includes(node)) node.remove();
      for (const node of nodes) if (!node.isConnected) slots.push(...slotsIn(node));
      // Whoever holds the focus stays; the others move around it.
      const pinned = nodes.findIndex((node) => node.parentElement === slot && node.contains(document.activeElement));
      line(slot, nodes.slice(pinned + 1), null);
      if (pinned >= 0) line(slot, nodes.slice(0, pinned), nodes[pinned]);
    }
  }

  #mark() {
    for (const node of this.#root.querySelectorAll("[data-mark]")) {
      if (!this.#marks.has(node.dataset.part)) delete node.dataset.mark;
    }
    for (const [name, words] of this.#marks) {
      const node = this.#nodes.get(name);
      if (node && node.dataset.mark !== words) node.dataset.mark = words;
    }
  }
}

// Where whoever stood on something that is gone goes on: never in a field, which would call a keyboard on the screen.
const pressable = (node) =>
  [...(node?.querySelectorAll("summary, button, a[href]") ?? [])].find((each) => each.getClientRects().length);
const nameOf = (node) => node.dataset.part;
const partsIn = (slot) => [...slot.children].filter((child) => child.dataset.part !== undefined);
const slotsIn = (node) => [...(node.matches("[data-slot]") ? [node] : []), ...node.querySelectorAll("[data-slot]")];

// The element of a part: the root of its HTML where that says so, else a box around it.
function parsed(name, html, old) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const root = template.content.firstElementChild;
  if (root?.dataset.part === name) return document.adoptNode(root); // a later morph may come before it has a place
  const box = old?.cloneNode(false) ?? document.createElement("div");
  box.dataset.part = name;
  box.replaceChildren(template.content);
  return box;
}

function line(slot, nodes, next) {
  for (const node of nodes.reverse()) {
    if (node.parentElement !== slot || node.nextElementSibling !== next) slot.insertBefore(node, next);
    next = node;
  }
}

function collected(marks) {
  const words = new Map();
  for (const [name, word] of marks) words.set(name, words.has(name) ? `${words.get(name)} ${word}` : word);
  return words;
}
