// Commands wait here until the server has answered them.
//
// They are sent one at a time and in order; each keeps its id, so that the server records it once however often it
// arrives. Nothing but an answer of ours takes one out: not a reload, not a lost answer, not another page in between.

/** Milliseconds before the next attempt: half a second, doubling to ten, any part of that ("full jitter"). */
export const backoff = (failures) => Math.random() * Math.min(10_000, 500 * 2 ** failures);

export class Outbox {
  #running = false;
  #cut = null;

  /**
   * `store`: { items(), change(step) }. `send(item)` gives a receipt or throws. `settled(item, receipt)` is told the
   * answer, `changed(waiting)` how many wait. `alone(work)` runs work while no other page of this person sends.
   * `wait(ms)` is a promise.
   */
  constructor({ store, send, settled, changed, alone, wait }) {
    Object.assign(this, { store, send, settled, changed, alone, wait });
  }

  /** Done when the item is kept; it is sent after that. */
  async put(item) {
    await this.store.change((items) => [...items, item]);
    await this.count();
    this.flush();
  }

  /** Send what waits; ends when nothing does. */
  async flush() {
    if (this.#running) return;
    this.#running = true;
    try {
      let failures = 0;
      let outcome;
      while ((outcome = await this.alone(() => this.#sendFirst())) !== "empty") {
        if (outcome === "done") failures = 0;
        else if (outcome.after === undefined) await this.#pause(backoff(failures++));
        else await this.wait(outcome.after);
      }
    } finally {
      this.#running = false;
    }
    if (await this.count()) return this.flush(); // put while the last look found nothing
  }

  /** Do not wait any longer: there may be a connection again. */
  hurry() {
    this.#cut?.();
    return this.flush();
  }

  async count() {
    const { length } = await this.store.items();
    this.changed(length);
    return length;
  }

  async #sendFirst() {
    const [item] = await this.store.items();
    if (!item) return "empty";
    const receipt = await this.send(item).catch(() => null);
    if (typeof receipt?.ok !== "boolean") return {}; // no answer, or somebody else's
    if (!receipt.ok && receipt.retry_after_ms !== undefined) return { after: receipt.retry_after_ms };
    await this.store.change((items) => items.filter(({ id }) => id !== item.id));
    await this.count();
    this.settled(item, receipt);
    return "done";
  }

  #pause(ms) {
    return Promise.race([this.wait(ms), new Promise((resolve) => (this.#cut = resolve))]);
  }
}
