// Keeps the picture at the server's: applies each step once and in order, and asks where one is missing.
//
// A patch is { since, at, parts }; since null is the whole picture. While an answer is awaited, what arrives is held:
// it may belong before or after that answer.

export class Live {
  #held = null;

  /**
   * `apply(parts, whole)` changes the picture, `mine(parts)` what of it is this person's, and that always as a whole.
   * `gap()` is called when a step is missing.
   */
  constructor({ at, apply, mine, gap }) {
    Object.assign(this, { at, apply, mine, gap });
  }

  /** A patch from the server. */
  step(patch) {
    if (this.#held) return this.#held.push(patch);
    const whole = patch.since === null;
    if (patch.at < this.at || (patch.at === this.at && !whole)) return;
    if (!whole && patch.since !== this.at) return this.gap();
    this.#take(patch);
  }

  /** The answer to a plain request; void while the socket is being asked the same. */
  answered(answer) {
    if (!this.#held) this.#take(answer);
  }

  /** Ask by `ask(at)`, take the answer { since, at, parts, mine } and then what has arrived in between. */
  async catchUp(ask) {
    this.#held ??= [];
    try {
      const answer = await ask(this.at);
      this.#take(answer);
      return answer;
    } finally {
      const held = this.#held ?? [];
      this.#held = null;
      for (const patch of held) this.step(patch);
    }
  }

  #take({ since, at, parts, mine }) {
    if (since !== null && since !== this.at) throw new Error("an answer to another question");
    this.apply(parts, since === null);
    this.at = at;
    if (mine) this.mine(mine);
  }
}
