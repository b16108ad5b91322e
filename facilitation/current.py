"""What belongs on the page *Jetzt*: what is open, then what is closed and still of interest.

What somebody answered there stays in sight, with its receipt, until the day moves on.
"""

from operator import attrgetter

from facilitation.activity import Activity, Phase
from facilitation.room import Room


def current(room: Room) -> list[Activity]:
    """The activities of the page: open ones first, the latest of them on top, then what is on the stage."""
    target = room.stage.target
    known = (a for a in room.activities.values() if a.phase is not Phase.PLANNED or a.id == target)
    here = [a for a in known if a.kind.page == "now" and not room.belonging.reserved(a)]
    opened = sorted((a for a in here if a.is_open), key=attrgetter("began", "id"), reverse=True)
    at = {room.agenda.cursor.activity if room.agenda.cursor else "", target}
    closed = [a for a in here if a.phase is Phase.CLOSED and (a.id in at or not _over(room, a, here))]
    closed.sort(key=lambda a: (a.id == target, a.closed, a.id), reverse=True)
    told = [a for a in here if a.phase is Phase.PLANNED and (_told(a) or invites(a))]
    return opened + told + closed


def _told(activity: Activity) -> bool:
    """Whether everybody is shown something that was said there, though it was never open to them."""
    return bool(activity.presented or (activity.shown and activity.contributions))


def invites(activity: Activity) -> bool:
    """Whether there is something to do in it before it is open."""
    offers = getattr(activity.kind, "invites", None)
    return activity.phase is Phase.PLANNED and bool(offers and offers(activity.state))


def _over(room: Room, activity: Activity, here: list[Activity]) -> bool:
    """Whether the day has moved on: since `activity` was closed the next step was reached, or another was opened.

    *Weiter* closes and reaches the next step in the same moment.
    """
    closed, step = activity.closed, room.agenda.current
    since = [room.agenda.begun[step.id]] if step else []
    since += [other.began for other in here if other is not activity and other.began]
    return closed is not None and any(moment >= closed for moment in since)
