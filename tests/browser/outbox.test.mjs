import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox, backoff } from "../../static/src/outbox.js";

const OK = { ok: true };

/** A list that several outboxes share, as pages of one browser do. */
function shared() {
  let list = [];
  return { items: async () => list, change: async (step) => void (list = step(list)) };
}

/** An outbox whose server gives these answers in turn, null for none; after the last one it accepts everything. */
function outbox({ answers = [], store = shared(), alone = (work) => work() } = {}) {
  const log = { sent: [], settled: [], waiting: [], waits: [] };
  const box = new Outbox({
    store,
    alone,
    async send({ id }) {
      log.sent.push(id);
      const answer = answers.length ? answers.shift() : OK;
      if (answer === null) throw new Error("no answer");
      return answer;
    },
    settled: ({ id }, receipt) => log.settled.push([id, receipt]),
    changed: (waiting) => log.waiting.push(waiting),
    wait: async (ms) => void log.waits.push(ms),
  });
  return { box, log };
}

async function put(box, ...ids) {
  for (const id of ids) await box.store.change((items) => [...items, { id }]);
  await box.flush();
}

test("one at a time, in order, out once answered", async () => {
  const { box, log } = outbox();
  await put(box, "a", "b");
  assert.deepEqual(log.settled, [["a", OK], ["b", OK]]);
  assert.deepEqual(await box.store.items(), []);
});

test("without an answer the same one is sent again, and nothing overtakes it", async () => {
  const { box, log } = outbox({ answers: [null, null] });
  await put(box, "a", "b");
  assert.deepEqual(log.sent, ["a", "a", "a", "b"]);
});

test("what is not ours is no answer", async () => {
  const { box, log } = outbox({ answers: ["<html>", undefined, { ok: "yes" }, {}] });
  await put(box, "a");
  assert.deepEqual(log.sent, ["a", "a", "a", "a", "a"]);
});

test("busy stays, for as long as the server says", async () => {
  const { box, log } = outbox({ answers: [{ ok: false, code: "busy", retry_after_ms: 700 }] });
  await put(box, "a");
  assert.deepEqual(log.waits, [700]);
  assert.deepEqual(log.settled, [["a", OK]]);
});

test("a refusal is an answer", async () => {
  const refusal = { ok: false, code: "poll.not_open", sentence: "…" };
  const { box, log } = outbox({ answers: [refusal] });
  await put(box, "a", "b");
  assert.deepEqual(log.settled, [["a", refusal], ["b", OK]]);
});

test("the next page sends what the last one left", async () => {
  const store = shared();
  const first = new Outbox({ store, send: () => new Promise(() => {}), changed() {}, alone: (work) => work() });
  await first.put({ id: "a" });
  await first.put({ id: "b" });
  const { box, log } = outbox({ store });
  await box.flush();
  assert.deepEqual(log.sent, ["a", "b"]);
});

test("what is put while another is on its way is sent too", async () => {
  const { box, log } = outbox();
  const send = box.send;
  box.send = async (item) => {
    if (item.id === "a") await box.put({ id: "b" });
    return send(item);
  };
  await put(box, "a");
  assert.deepEqual(log.settled.map(([id]) => id), ["a", "b"]);
});

test("two pages of one person send each thing once", async () => {
  const store = shared();
  let last = Promise.resolve();
  const alone = (work) => (last = last.then(work)); // what navigator.locks does
  const one = outbox({ store, alone });
  const two = outbox({ store, alone });
  await store.change(() => [{ id: "a" }, { id: "b" }, { id: "c" }]);
  await Promise.all([one.box.flush(), two.box.flush()]);
  assert.deepEqual([...one.log.sent, ...two.log.sent].sort(), ["a", "b", "c"]);
});

test("with a connection nobody waits for the pause to end", async () => {
  const { box, log } = outbox({ answers: [null] });
  box.wait = () => {
    setTimeout(() => box.hurry());
    return new Promise(() => {});
  };
  await put(box, "a");
  assert.deepEqual(log.settled, [["a", OK]]);
});

test("how many wait is told whenever it changes", async () => {
  const { box, log } = outbox();
  await put(box, "a", "b");
  assert.deepEqual(log.waiting, [1, 0, 0]);
});

test("pauses grow from half a second to ten, and any part of one may be taken", (t) => {
  t.mock.method(Math, "random", () => 1);
  assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map(backoff), [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  t.mock.method(Math, "random", () => 0);
  assert.equal(backoff(3), 0);
});
