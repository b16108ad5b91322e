"""Another round of a poll (neue Runde): the same question with the same settings, compared with the round before."""

from datetime import datetime, timedelta
from typing import Any

from app.methods.adopting import Addition, Place, Plan, free, placed
from app.methods.format import FOLLOWS
from app.preparing import Planned
from facilitation import pictures, tallying
from facilitation.activity import Activity
from facilitation.agenda import Step
from facilitation.kinds import poll
from facilitation.record import Data
from facilitation.room import Room
from facilitation.screen import Audience


def repetition(room: Room, id: str, title: str, minutes: int, place: Place) -> Addition:
    """The next round of the poll `id` for this room."""
    before = room.activities[id]

    def plan(used: set[str], starts: datetime) -> Plan:
        slug = free(id, used)
        ends = starts + timedelta(minutes=minutes)
        step = Step(id=free(f"{slug}-1", used), title=title, starts=starts, ends=ends, activities=(slug,), opens=True)
        return Plan((Planned(slug, poll.name, title, _config(room, before)),), (step,))

    return placed(room, place, timedelta(minutes=minutes), plan)


def _config(room: Room, before: Activity) -> Data:
    """Its settings, with the options that can be chosen now, as they read now."""
    config: dict[str, Any] = before.state.config.model_dump(mode="json", exclude_unset=True)
    look = pictures.look(room, before, Audience.PLENARY)
    fields = type(before.state.config.settings).model_fields
    listed = next((name for name in ("options", "items") if name in fields), None)
    if listed:
        config["settings"] |= {listed: [list(option) for option in tallying.offered(before.state, look)]}
    return config | {"names": before.names, FOLLOWS: before.id}
