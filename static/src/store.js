// A list that outlives the page, kept in IndexedDB; in memory where the browser refuses to store anything.

import { get, promisifyRequest, update } from "idb-keyval";

let opened;

function database() {
  const request = indexedDB.open("ratschlag");
  request.onupgradeneeded = () => request.result.createObjectStore("lists");
  const open = promisifyRequest(request);
  open.then((db) => (db.onclose = () => (opened = undefined)), () => (opened = undefined));
  return open;
}

// "strict": done means that it lies on the disk, not in a buffer.
const lists = async (mode, work) =>
  work((await (opened ??= database())).transaction("lists", mode, { durability: "strict" }).objectStore("lists"));

/** { items, change } of the list under `key`; `refused()` is called once when it cannot outlive the page. */
export function storedList(key, refused) {
  let copy = [];
  let lasting = true;
  const attempt = async (work) => {
    if (!lasting) return false;
    try {
      await work();
      return true;
    } catch {
      lasting = false;
      refused();
      return false;
    }
  };
  return {
    async items() {
      await attempt(async () => (copy = (await get(key, lists)) ?? []));
      return copy;
    },
    async change(step) {
      let changed;
      const kept = await attempt(() => update(key, (items = []) => (changed = step(items)), lists));
      copy = kept ? changed : step(copy);
    },
  };
}
