// The way to the server: the socket, and plain requests while there is none.
//
// Not joined four seconds after the start or a loss, the page asks for its picture every two seconds and goes on
// trying the socket. `person` goes along, so that the server can refuse a page of somebody who was here before.

import { io } from "socket.io-client";
import { backoff } from "./outbox.js";

const PATIENCE = 4000;
const ANSWER = 5000;
const EVERY = 2000;

/**
 * `page`: { workshop, place, person, name, build, picture }. `live`: see live.js. `heard` takes mine, presence, reload,
 * answer (to a join or a plain request, with the ms it took) and stranger. `moved(state)`: ok, limited or off.
 */
export function wire(page, { live, heard, moved }) {
  const { workshop, place, person } = page;
  const auth = { workshop, place, person };
  const socket = io({ transports: ["websocket"], reconnection: false, timeout: PATIENCE, autoConnect: false, auth });
  let state = "";
  let joined = false;
  let plain = false;
  let connecting = false;
  let losses = 0;
  let timer, patience, checking;
  let nextRequest = () => {};
  let mine = ""; // a hash of the personal parts that came last

  function become(reached) {
    if (state !== reached) moved((state = reached));
  }

  async function ask(message, more) {
    const asked = performance.now();
    const answer = await live.catchUp(async (at) => {
      const said = await socket.timeout(PATIENCE).emitWithAck(message, { at, ...more });
      if (!said?.ok) throw new Error(said?.code);
      return said;
    });
    heard.answer(answer, performance.now() - asked);
  }

  function connect() {
    if (connecting || joined) return; // saying hello twice would be one connection too many
    connecting = true;
    clearTimeout(timer);
    timer = setTimeout(drop, 2 * PATIENCE); // accepted and never heard of again, behind some proxies
    socket.connect();
  }

  async function join() {
    try {
      await ask("join", { page: page.name, build: page.build });
      connecting = false;
      joined = true;
      losses = 0;
      clearTimeout(timer);
      clearTimeout(patience);
      become("ok");
    } catch {
      drop();
    }
  }

  function drop() {
    const heardOf = socket.connected; // else its end is no event
    socket.disconnect();
    if (!heardOf) lost();
  }

  function lost() {
    if (joined) {
      joined = false;
      become("off");
      patience = setTimeout(askPlainly, PATIENCE);
    }
    connecting = false;
    clearTimeout(timer);
    timer = setTimeout(connect, backoff(2 + losses++)); // within two seconds: a whole hall comes back at once
  }

  async function askPlainly() {
    if (plain) return;
    plain = true;
    for (let failures = 0; !joined; ) {
      try {
        const asked = performance.now();
        const answer = await request(`${page.picture}&at=${live.at}&mine=${mine}&person=${person}`);
        if (joined) break;
        if (answer) {
          if (typeof answer.at !== "number") throw new Error("not an answer of ours");
          mine = answer.hash;
          live.answered(answer);
          heard.answer(answer, performance.now() - asked);
        }
        failures = 0;
        become("limited");
      } catch {
        failures += 1;
        if (!joined) become("off");
      }
      const pause = failures ? backoff(failures + 1) : EVERY;
      await new Promise((resolve) => setTimeout((nextRequest = resolve), pause));
    }
    plain = false;
  }

  async function request(address, options) {
    const response = await fetch(address, {
      ...options,
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      cache: "no-store",
      redirect: "error", // a hotel's login page is no answer
      signal: AbortSignal.timeout(2 * PATIENCE),
    });
    if (response.status === 204) return null;
    const said = await response.json();
    if (said.ok === false && [403, 409].includes(response.status)) {
      heard.stranger(); // the seat is another's by now
      throw new Error(said.code);
    }
    return said;
  }

  /** Is there still, or again, a connection? */
  function check() {
    if (joined) {
      checking ??= ask("resync").catch(drop).finally(() => (checking = undefined));
      return;
    }
    nextRequest();
    connect();
  }

  async function send({ id, action, activity, command, data }) {
    if (joined) {
      return socket.timeout(ANSWER).emitWithAck("command", { id, activity, command, data }).catch((error) => {
        check();
        throw error;
      });
    }
    if (state !== "limited") throw new Error("no connection");
    const query = new URLSearchParams({ page: page.name, place, person });
    return request(`${action}?${query}`, { method: "POST", body: JSON.stringify({ id, data }) });
  }

  socket.on("connect", join).on("disconnect", lost).on("connect_error", lost);
  socket.on("patch", (patch) => live.step(patch)).on("mine", heard.mine);
  socket.on("presence", heard.presence).on("reload", heard.reload);
  for (const event of ["online", "offline"]) addEventListener(event, check);
  addEventListener("pageshow", ({ persisted }) => persisted && check());
  document.addEventListener("visibilitychange", () => document.hidden || check());
  patience = setTimeout(askPlainly, PATIENCE);
  connect();

  // A lost patch is often lost for many at once.
  return { send, resync: () => setTimeout(() => joined && check(), 50 + 150 * Math.random()) };
}
