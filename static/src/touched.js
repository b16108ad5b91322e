// Input is sacred: the controls that a person has touched since their form was last accepted.
//
// Patches may rebuild everything around such a control; what it holds comes out as it went in. Choices are kept by
// what they stand for, not by where they stood: an option may have moved in between.

import { formOf, identity } from "./forms.js";

const touches = new Map(); // control -> the number of the touch
const sent = new WeakMap(); // control -> the touch up to which its content lies in the outbox
let count = 0;

document.addEventListener("input", ({ target }) => target.form && touches.set(target, ++count), true);

export const touchCount = () => count;
export const anyTouched = () => [...touches.keys()].some((control) => control.isConnected);
export const unsent = (control) => touches.has(control) && touches.get(control) > (sent.get(control) ?? 0);

export const touchedSince = (form, touch) => [...form.elements].some((control) => touches.get(control) > touch);

/** Whether a patch must leave this property of this node alone. */
export function sacred(property, node) {
  if (property === "value") return touches.has(node) && !checkable(node);
  return property === "open" && node.matches("details, dialog"); // opened by the person, too
}

/** What `form` held up to this touch lies in the outbox; 0: nothing of it does. */
export function markSent(form, touch) {
  for (const control of form.elements) sent.set(control, touch);
}

/** Give the controls of `form` back to the server, but for those touched after `until`. */
export function freshen(form, until, controls = form.elements) {
  for (const control of controls) {
    if (!touches.has(control) || touches.get(control) > until) continue;
    for (const peer of peers(control)) {
      touches.delete(peer);
      reset(peer);
    }
  }
}

/** Write a person's words back into a field. */
export function fill(control, text) {
  control.value = text;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Run `work`, which changes the page, and put what was touched back to where it belongs. */
export function keeping(work) {
  const own = ([control]) => control.isConnected && control.form && writable(control);
  const held = [...touches].filter(own).map(remembered);
  work();
  held.forEach(putBack);
  for (const control of touches.keys()) if (!control.isConnected) touches.delete(control);
}

const writable = (control) => control.type !== "file"; // what was chosen there nobody can put back
const checkable = (control) => control.matches("input[type=radio], input[type=checkbox]");

function peers(control, form = control.form, { name, type } = control) {
  if (!checkable(control)) return [control];
  return [...(form?.elements ?? [])].filter((peer) => peer.name === name && peer.type === type);
}

function remembered([control, touch]) {
  const { name, type, value, form } = control;
  const chosen = checkable(control)
    ? peers(control).filter((peer) => peer.checked).map((peer) => peer.value)
    : control.localName === "select" && [...control.selectedOptions].map((option) => option.value);
  return { control, touch, name, type, value, chosen, form: identity(form) };
}

function putBack(held) {
  const { control, touch, name, type, value, chosen } = held;
  const form = control.isConnected ? control.form : formOf(held.form);
  const same = control.isConnected && control.name === name;
  if (checkable(control)) {
    for (const peer of peers(control, form, held)) {
      if (peer.checked !== chosen.includes(peer.value)) peer.checked = chosen.includes(peer.value);
      if (peer.value === value) touches.set(peer, touch);
    }
    return;
  }
  const heir = same ? control : [...(form?.elements ?? [])].find((each) => each.name === name && each.type === type);
  if (!same) {
    touches.delete(control);
    reset(control);
  }
  if (!heir) return;
  touches.set(heir, touch);
  if (chosen) for (const option of heir.options) option.selected = chosen.includes(option.value);
  else if (heir.value !== value) heir.value = value;
}

function reset(control) {
  if (checkable(control)) control.checked = control.defaultChecked;
  else if (control.localName !== "select") control.value = control.defaultValue;
  else for (const option of control.options) option.selected = option.defaultSelected;
}
