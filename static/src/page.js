// The page of a participant and the stage: everything the browser adds to what the server has drawn.

import "kinds";
import { setClock, startClock } from "./clock.js";
import { Connection } from "./connection.js";
import { startCounters } from "./counter.js";
import { startDrafts } from "./draft.js";
import { commandOf, said } from "./forms.js";
import { Live } from "./live.js";
import { Outbox } from "./outbox.js";
import { Picture } from "./parts.js";
import { pressedAlready } from "./press.js";
import { Receipts } from "./receipts.js";
import { reloadFor } from "./reload.js";
import "./similar.js";
import { storedList } from "./store.js";
import { copy, notices } from "./templates.js";
import { wire } from "./wire.js";

const { workshop, place, person, page: name, build, picture, at } = document.body.dataset;
const own = `${workshop}:${person}`; // what waits for somebody else on this device is not ours to send

const connection = new Connection();
const receipts = new Receipts(`late:${own}`);
const parts = new Picture(document.body);
const otherPages = new BroadcastChannel(`outbox:${own}`);
let idle = true;

const live = new Live({
  at: Number(at),
  apply(changed, whole) {
    parts.apply(changed, whole);
    document.dispatchEvent(new Event("patched"));
  },
  mine(own) {
    parts.applyMine(own);
    document.dispatchEvent(new Event("patched"));
  },
  gap: () => server.resync(),
});

const outbox = new Outbox({
  store: storedList(`outbox:${own}`, () => notices()?.append(copy("notice", "memory") ?? "")),
  send: (item) => server.send(item),
  settled(item, receipt) {
    receipts.settled(item, receipt);
    if (!receipt.ok) connection.refused();
    if (receipt.mine) live.mine(receipt.mine);
    otherPages.postMessage({ item, receipt });
  },
  changed(waiting) {
    idle = !waiting;
    connection.waiting(waiting);
  },
  // Without locks (plain http) two pages may send the same thing; the server records it once.
  alone: (work) => navigator.locks?.request(`outbox:${own}`, work) ?? work(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

otherPages.onmessage = ({ data: { item, receipt } }) => {
  if (receipts.knows(item)) receipts.settled(item, receipt);
  outbox.count();
};

document.addEventListener("patched", () => receipts.place());
document.addEventListener("submit", (event) => {
  if (!event.target.dataset.command) return;
  event.preventDefault();
  const item = commandOf(event.target, event.submitter);
  if (pressedAlready(said(item)) || receipts.repeats(item, event.target)) return;
  connection.goOn();
  receipts.sending(item);
  outbox.put(item).then(() => receipts.kept(item));
});

startClock();
startCounters();
startDrafts(`drafts:${own}`);

const outdated = (current) => current !== build && reloadFor(current, () => idle);

function presence({ here }) {
  for (const each of document.querySelectorAll("[data-here]")) each.textContent = here.toLocaleString("de-DE");
}

const server = wire({ workshop, place, person, name, build, picture }, {
  live,
  heard: {
    mine: ({ parts: mine }) => live.mine(mine),
    presence,
    reload: ({ build: current }) => outdated(current),
    answer(answer, took) {
      setClock(answer.now, took);
      outdated(answer.build);
      if (answer.here !== undefined) presence(answer);
    },
    stranger() {
      connection.waiting(0); // what waits is somebody else's, and safe
      location.reload();
    },
  },
  moved(state) {
    connection.moved(state);
    receipts.moved(state);
    if (state !== "off") outbox.hurry();
  },
});
outbox.store.items().then((left) => {
  connection.left(left.length);
  for (const item of left) receipts.sending(item, true);
  outbox.flush();
});
