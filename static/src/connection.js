// Says how things stand: the word in the header, one notice on top, the question before leaving.

import { clock, copy, notices, refill } from "./templates.js";

const GRACE = 4000; // a lift, a tunnel: not worth a sentence

export class Connection {
  #state = "";
  #waiting = 0;
  #lost = Date.now(); // when it was lost, or the page began to look for one
  #owed = 0; // sent only after the loss, or by a later page
  #notice;
  #shown = "";

  constructor() {
    addEventListener("beforeunload", (event) => this.#waiting && event.preventDefault());
    setInterval(() => this.#draw(), 1000);
  }

  /** ok, limited or off. */
  moved(state) {
    document.body.dataset.connection = state;
    document.querySelector("[data-conn]:not(template)")?.replaceChildren(copy("conn", state) ?? "");
    if (state === "off") {
      if (this.#state) this.#lost = Date.now();
      this.#owed = this.#waiting;
    }
    this.#state = state;
    this.#draw();
  }

  /** So many wait in the outbox. */
  waiting(count) {
    this.#waiting = count;
    if (this.#state === "off") this.#owed = Math.max(this.#owed, count);
    this.#draw();
  }

  /** So many were left by an earlier page. */
  left(count) {
    this.#owed = count;
  }

  /** What was sent late was refused: it is said at its form, and counts as nothing. */
  refused() {
    this.#owed = Math.max(0, this.#owed - 1);
    this.#draw();
  }

  /** The person goes on: what was said about coming back is old. */
  goOn() {
    if (this.#name() !== "back") return;
    this.#owed = 0;
    this.#draw();
  }

  #draw() {
    const name = this.#name();
    const count = name === "back" ? this.#owed : this.#waiting;
    const values = { count, since: clock(this.#lost), elapsed: elapsed(Date.now() - this.#lost) };
    const shown = name && `${name} ${count}`;
    if (shown === this.#shown) {
      if (this.#notice) refill(this.#notice, values);
      return;
    }
    this.#notice?.remove();
    this.#notice = name ? copy("notice", name, values) : null;
    if (this.#notice) notices()?.prepend(this.#notice);
    this.#shown = shown;
  }

  #name() {
    if (this.#state === "off") return Date.now() - this.#lost < GRACE ? "" : "off";
    if (this.#owed && !this.#waiting) return "back";
    return this.#state === "limited" ? "limited" : "";
  }
}

function elapsed(ms) {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} Sekunden`;
  const minutes = Math.floor(seconds / 60);
  return minutes === 1 ? "1 Minute" : `${minutes} Minuten`;
}
