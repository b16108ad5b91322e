import assert from "node:assert/strict";
import { test } from "node:test";

import { Live } from "../../static/src/live.js";

function seen(at) {
  const log = [];
  const live = new Live({
    at,
    apply: (parts, whole) => log.push([whole ? "whole" : "parts", ...Object.values(parts)]),
    mine: (parts) => log.push(["mine", ...Object.values(parts)]),
    gap: () => log.push(["gap"]),
  });
  return { live, log };
}

test("steps are applied in order, once each", () => {
  const { live, log } = seen(4);
  live.step({ since: 4, at: 6, parts: { a: "1" } });
  live.step({ since: 4, at: 6, parts: { a: "again" } });
  live.step({ since: 6, at: 7, parts: { a: "2" } });
  assert.deepEqual(log, [["parts", "1"], ["parts", "2"]]);
  assert.equal(live.at, 7);
});

test("a missing step is asked for and nothing is applied over the gap", () => {
  const { live, log } = seen(4);
  live.step({ since: 5, at: 6, parts: { a: "1" } });
  assert.deepEqual(log, [["gap"]]);
  assert.equal(live.at, 4);
});

test("a whole picture comes at any time, an older one never", () => {
  const { live, log } = seen(4);
  live.step({ since: null, at: 9, parts: { a: "9" } });
  live.step({ since: null, at: 9, parts: { a: "9, of another channel" } });
  live.step({ since: null, at: 8, parts: { a: "8" } });
  assert.deepEqual(log, [["whole", "9"], ["whole", "9, of another channel"]]);
});

test("what arrives while an answer is awaited comes after it", async () => {
  const { live, log } = seen(4);
  await live.catchUp(async (at) => {
    live.step({ since: 6, at: 7, parts: { a: "later" } });
    live.step({ since: 5, at: 6, parts: { a: "in the answer" } });
    return { since: at, at: 6, parts: { a: "answer" }, mine: { b: "own" } };
  });
  assert.deepEqual(log, [["parts", "answer"], ["mine", "own"], ["parts", "later"]]);
  assert.equal(live.at, 7);
});

test("after an answer that never came the gap is still there to be seen", async () => {
  const { live, log } = seen(4);
  const failed = live.catchUp(async () => {
    live.step({ since: 6, at: 7, parts: {} });
    throw new Error("no answer");
  });
  await assert.rejects(failed, /no answer/);
  assert.deepEqual(log, [["gap"]]);
});

test("the server's picture wins even if it is older: it may come from a backup", async () => {
  const { live, log } = seen(40);
  await live.catchUp(async () => ({ since: null, at: 3, parts: { a: "3" } }));
  assert.deepEqual(log, [["whole", "3"]]);
  assert.equal(live.at, 3);
});

test("an answer to another question is refused", async () => {
  const { live, log } = seen(4);
  await assert.rejects(live.catchUp(async () => ({ since: 3, at: 9, parts: { a: "9" } })));
  assert.deepEqual(log, []);
  assert.equal(live.at, 4);
});

test("the answer to a plain request waits for nobody and yields to the socket", async () => {
  const { live, log } = seen(4);
  live.answered({ since: 4, at: 5, parts: { a: "plain" } });
  await live.catchUp(async (at) => {
    live.answered({ since: 5, at: 6, parts: { a: "late" } });
    return { since: at, at: 6, parts: { a: "socket" } };
  });
  assert.deepEqual(log, [["parts", "plain"], ["parts", "socket"]]);
});
