"""Applying the stream of a script at its own times.

It goes the way of every command, through the clerk.  Only what an export has already judged is written as it was
recorded: a poll that is sealed has no ballots left, and a refused action has lost its content.
"""

import asyncio
from collections.abc import Callable

from sqlalchemy import Connection

from app.batch import Batch, record
from app.clerk import Clerk
from app.scripts.format import Action, Script
from app.scripts.mapping import Interpreter, renamed
from app.scripts.ways import ACCEPTED, DUPLICATE, SAID, SEALED, UNSUPPORTED, outcome
from app.store import Refusal, Store
from facilitation.record import CLOCK, Entry, Envelope, Refused

WINDOW = 200  # actions on their way at once

Progress = Callable[[], None]  # called after each action


async def apply(clerk: Clerk, workshop: int, script: Script, progress: Progress = lambda: None) -> dict[str, str]:
    """Apply the stream of a script in its order; the outcome of each action by its id."""
    applying = Applying(clerk, workshop, Interpreter(script), progress)
    await clerk.room(workshop)
    for action in script.stream:
        await applying.take(action)
    await applying.settle()
    await applying.keep_refusals()
    return applying.outcomes


class Applying:
    """A stream being applied.  Actions wait for each other only where one needs the reference of another's outcome."""

    def __init__(self, clerk: Clerk, workshop: int, interpreter: Interpreter, progress: Progress) -> None:
        self.clerk, self.workshop, self.interpreter, self.progress = clerk, workshop, interpreter, progress
        self.outcomes: dict[str, str] = {}
        self._seen: set[str] = set()  # ids of commands
        self._refused: list[Refusal] = []
        self._waiting: list[tuple[Action, asyncio.Task[str]]] = []
        self._creating: set[str] = set()  # entities whose reference is not known yet

    async def take(self, action: Action) -> None:
        interpreter = self.interpreter
        if not interpreter.supports(action):
            self._done(action, UNSUPPORTED)
        elif action.outcome and action.outcome != ACCEPTED:
            self._refused.append(self._as_recorded(action))
            self._done(action, action.outcome)
        elif action.kind in (SEALED, SAID):
            await self.settle()
            self._done(action, await (self._adopt(action) if action.kind == SEALED else self._hear(action)))
        else:
            if len(self._waiting) >= WINDOW or interpreter.named(action) & self._creating:
                await self.settle()
            self._send(action)

    def _send(self, action: Action) -> None:
        sending = self.interpreter.sending(action)
        id = self.interpreter.command_id(action)
        envelope = Envelope(id, self.workshop, action.actor, *sending, device=action.device)
        self._waiting.append((action, asyncio.create_task(self._answered(envelope, action))))
        if action.entity:
            self._creating.add(action.entity)

    async def _answered(self, envelope: Envelope, action: Action) -> str:
        again = envelope.id in self._seen
        self._seen.add(envelope.id)
        try:
            receipt = await self.clerk.submit(envelope, when=action.ts)
        except Refused as refused:
            return DUPLICATE if again else outcome(refused.code)
        self.interpreter.learn(action, receipt.ref)
        return DUPLICATE if receipt.again else ACCEPTED

    async def settle(self) -> None:
        """Wait for the answers to everything that is on its way."""
        for action, task in self._waiting:
            self._done(action, await task)
        self._waiting.clear()
        self._creating.clear()

    def _done(self, action: Action, outcome: str) -> None:
        self.outcomes[action.id] = outcome
        self.progress()

    async def _adopt(self, action: Action) -> str:
        """Take a sealed result over as it is recorded.  No command can do this, so nobody can send one."""
        id, target = self.interpreter.command_id(action), action.target or ""
        data = {"figures": renamed(action.data["tally"], self.interpreter.references), "unveils": True} | {
            key: action.data[key] for key in ("outcomes", "kinds") if key in action.data
        }

        def work(_store: Store, _on: Connection, batch: Batch) -> None:
            entry = Entry(batch.draft.at + 1, target, "activity.sealed", CLOCK.id, data, action.ts, id)
            batch.write(entry)

        try:
            await self.clerk.store.run(record, self.clerk.store, self.workshop, None, work)
        except (LookupError, TypeError, ValueError):  # figures of other things than there are; nothing was written
            return "invalid"
        await self.clerk.catch_up(self.workshop)
        return ACCEPTED

    async def _hear(self, action: Action) -> str:
        """Take over words that nobody is the author of any more."""
        id, target, said = self.interpreter.command_id(action), action.target or "", action.data

        def work(_store: Store, _on: Connection, batch: Batch) -> None:
            data = {"ref": batch.draft.next_reference, "field": said["field"], "on": said["on"], "text": said["text"]}
            data |= {"question": said["question"]} if "question" in said else {}
            kind = f"{batch.draft.activities[target].kind.name}.said"
            batch.write(Entry(batch.draft.at + 1, target, kind, None, data, action.ts, id))

        try:
            batch = await self.clerk.store.run(record, self.clerk.store, self.workshop, None, work)
        except (LookupError, TypeError, ValueError):  # words that do not fit; nothing was written
            return "invalid"
        await self.clerk.catch_up(self.workshop)
        self.interpreter.learn(action, batch.written[-1].entry.data["ref"])
        return ACCEPTED

    def _as_recorded(self, action: Action) -> Refusal:
        address, name = self.interpreter.addressed(action)
        id, code = self.interpreter.command_id(action), f"command.{action.outcome}"
        return Refusal(action.actor or None, id, address, name, code, {}, "", action.ts)

    async def keep_refusals(self) -> None:
        """Put on record what an export says was refused; submitted to nobody, for its content is gone."""

        def work(_store: Store, _on: Connection, batch: Batch) -> None:
            batch.refusals.extend(self._refused)

        if self._refused:
            await self.clerk.store.run(record, self.clerk.store, self.workshop, None, work)
