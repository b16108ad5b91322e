"""Adding prepared activities and steps to a workshop that may be running: rows, and one entry that says so.

What is added was thought out for a room.  If another process changed the same rows meanwhile nothing is written, and it
is thought out anew.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from app.clerk import Clerk
from app.methods.adopting import Addition
from app.store import ACTIVITY, WORKSHOP
from facilitation.agenda import Step
from facilitation.record import Refused
from facilitation.room import Room

ATTEMPTS = 3


class Outdated(Exception):
    """The rows are no longer those that it was thought out for."""


async def add(clerk: Clerk, workshop: int, thought: Callable[[Room], Addition], *, by: str, id: str) -> Addition | None:
    """Add what is `thought` out for the room as it is; None if `id` was added before.

    Refused if the database does not take it.
    """
    for _ in range(ATTEMPTS):
        room = await clerk.room(workshop)
        if id in room.heard:
            return None
        wanted = thought(room)
        try:
            await clerk.changed(workshop, "activity.prepared", wanted.ids, _writing(workshop, wanted), by=by, id=id)
        except Outdated:
            await clerk.catch_up(workshop)
        else:
            return wanted
    raise Refused("clerk.busy")


def _writing(workshop: int, wanted: Addition) -> Callable[[Connection], None]:
    def write(on: Connection) -> None:
        here = ACTIVITY.c.workshop_id == workshop
        settings: dict[str, Any] = on.execute(select(WORKSHOP.c.settings).where(WORKSHOP.c.id == workshop)).scalar_one()
        steps = tuple(Step.model_validate(step) for step in settings.get("steps", ()))
        ids = set(on.scalars(select(ACTIVITY.c.id).where(here)))
        if steps != wanted.before or ids & set(wanted.ids):
            raise Outdated
        last = on.scalar(select(func.max(ACTIVITY.c.position)).where(here))
        rows = [
            {"workshop_id": workshop, "position": position} | planned._asdict()
            for position, planned in enumerate(wanted.activities, 0 if last is None else last + 1)
        ]
        on.execute(insert(ACTIVITY), rows)
        told = {"steps": [step.model_dump(mode="json") for step in wanted.after]}
        on.execute(update(WORKSHOP).where(WORKSHOP.c.id == workshop).values(settings=settings | told))

    return write
