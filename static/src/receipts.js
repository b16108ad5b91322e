// What became of what was sent, said where it was sent: on its way, refused, too late.
//
// "gespeichert" is not said here: that receipt comes with the picture of the server.

import { formOf, said, wordsOf } from "./forms.js";
import { local } from "./local.js";
import { clock, copy, notices } from "./templates.js";
import { fill, freshen, markSent, touchCount, touchedSince, unsent } from "./touched.js";

const PATIENCE = 500;

export class Receipts {
  #sent = new Map(); // id -> { item, touch, shown }
  #notes = new Map(); // id -> { form, node }
  #late; // [{ id, sentence, text }], until they are discarded
  #waits = false;

  constructor(late) {
    this.#late = local(late, []);
    for (const { id, ...values } of this.#late.value) this.#sayLate(id, values);
  }

  /**
   * Whether `item` is the very same that is still on its way, pressed again out of impatience.
   *
   * It is not where the form was touched since: the same words written twice are two contributions. Nor where pressing
   * again means something else, [data-again]: one step further, one minute more.
   */
  repeats(item, form) {
    if (form.dataset.again !== undefined) return false;
    const before = [...this.#sent.values()].findLast((each) => said(each.item) === said(item));
    return before !== undefined && !touchedSince(form, before.touch);
  }

  /** Whether this page, or an earlier one in its place, has sent `item`. */
  knows({ id }) {
    return this.#sent.has(id);
  }

  /** `item` goes out; `before`: it did so on an earlier page already. */
  sending(item, before = false) {
    const sending = { item, touch: before ? 0 : touchCount(), shown: false };
    this.#sent.set(item.id, sending);
    this.#forgetRefusals(item.form);
    setTimeout(() => this.#show(sending), before ? 0 : PATIENCE);
  }

  /** `item` lies in the outbox: what the form holds of it is no draft any more. */
  kept({ id, form: key }) {
    const form = formOf(key);
    if (form && this.#sent.has(id)) markSent(form, this.#sent.get(id).touch);
  }

  /** The server has answered. */
  settled(item, receipt) {
    const { touch = 0 } = this.#sent.get(item.id) ?? {};
    this.#sent.delete(item.id);
    this.#remove(item.id);
    const form = formOf(item.form);
    if (receipt.ok) form && accepted(form, touch);
    else this.#refused(item, form, receipt);
  }

  /** ok, limited or off: what waits says so. */
  moved(state) {
    this.#waits = state === "off";
    for (const sending of this.#sent.values()) if (sending.shown) this.#sayWaiting(sending.item);
  }

  /** A patch may have rebuilt the forms that notes stand at. Where the button is in a dock, they are in sight there. */
  place() {
    for (const { form, node } of this.#notes.values()) {
      const place = (form && formOf(form)) || notices();
      const dock = place?.querySelector(".dock");
      if (dock) dock.contains(node) || dock.lastElementChild.before(node);
      else if (place && node.parentElement !== place) place.append(node);
    }
  }

  // What was refused before at this form, or at one that is gone.
  #forgetRefusals(key) {
    for (const [id, { form }] of this.#notes) {
      if (form && !this.#sent.has(id) && (form === key || !formOf(form))) this.#remove(id);
    }
  }

  // It takes a while: the words lie here, and the field is free for the next ones.
  #show(sending) {
    const { item, touch } = sending;
    if (!this.#sent.has(item.id)) return;
    sending.shown = true;
    this.#sayWaiting(item);
    const form = formOf(item.form);
    if (form) freshen(form, touch, wordsOf(form).filter((control) => !control.defaultValue));
    document.dispatchEvent(new Event("patched"));
  }

  #refused(item, form, { code = "", sentence }) {
    const text = item.words.map(([, words]) => words).join("\n\n");
    const kept = form && !code.endsWith("not_open") && item.words.every(([name, words]) => returned(form, name, words));
    if (form) markSent(form, 0);
    if (kept || !text) return this.#note(item.id, copy("notice", "refused", { sentence }), item.form);
    this.#late.value = [...this.#late.value, { id: item.id, sentence, text }];
    this.#sayLate(item.id, { sentence, text });
  }

  #sayWaiting({ id, form, when, words }) {
    const node = copy("waiting", this.#waits ? "waits" : "sending", { when: clock(when) });
    if (!node) return;
    const box = document.createElement("div");
    box.className = "stack stack--tight";
    box.dataset.local = "";
    for (const [, textContent] of words) {
      box.append(Object.assign(document.createElement("p"), { className: "keep", textContent }));
    }
    box.append(node);
    this.#note(id, box, form);
  }

  #sayLate(id, values) {
    const node = copy("notice", "late", values);
    node?.querySelector("[data-copy]")?.addEventListener("click", () => copied(node.querySelector(".keep")));
    node?.querySelector("[data-discard]")?.addEventListener("click", () => {
      this.#late.value = this.#late.value.filter((late) => late.id !== id);
      this.#remove(id);
    });
    this.#note(id, node, null);
  }

  #note(id, node, form) {
    this.#remove(id);
    if (!node) return;
    node.id = `note:${id}`;
    this.#notes.set(id, { form, node });
    this.place();
  }

  #remove(id) {
    this.#notes.get(id)?.node.remove();
    this.#notes.delete(id);
  }
}

function accepted(form, touch) {
  freshen(form, touch);
  const details = form.closest("details:has(> form)"); // unfolded for this form, not for all that is in it
  if (!details) return;
  if (details.contains(document.activeElement)) details.querySelector("summary").focus();
  details.open = false;
}

// Whether the field holds these words, by leaving them or by putting them back where nothing else stands.
function returned(form, name, words) {
  const control = wordsOf(form).find((each) => each.name === name);
  if (control && !control.value && !unsent(control)) fill(control, words);
  return control?.value === words;
}

// The clipboard's own interface is missing on plain http.
function copied(node) {
  getSelection().selectAllChildren(node);
  document.execCommand("copy");
}
