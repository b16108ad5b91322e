"""The stage (Leinwand) as a picture: what the big screen shows, and what it would show next.

Both are drawn by the same code.
"""

from datetime import datetime
from typing import NamedTuple

from facilitation.activity import Activity
from facilitation.belonging import Owner
from facilitation.kind import Look
from facilitation.pictures import Picture, Piece, framed, look
from facilitation.plenum import DayStep, day, invited
from facilitation.room import Room
from facilitation.screen import Audience, Slot
from facilitation.stage import RESULT, TICKER


class Frame(NamedTuple):
    """What every picture of the stage has around it."""

    title: str
    over: str  # top right: kind and anonymity
    code: str  # "" where the picture itself says the way in and who is here
    here: int
    day: tuple[DayStep, ...]
    theme: str  # light, dark or dim
    since: datetime | None
    owners: tuple[Owner, ...] = ()


class Joining(NamedTuple):
    title: str
    code: str
    here: int
    invited: int


class Words(NamedTuple):
    """A stage picture of words alone: a title of the agenda with whoever leads it."""

    title: str
    note: str = ""


def stage(room: Room, at: str = "stage.") -> Picture:
    """What the big screen shows now."""
    if room.stage.blank:
        return _staged(room, at, Piece("screen", at, "stage-dim", None), "dim")
    shown, ticker = room.stage, _ticker(room, at)
    activity = room.activities.get(shown.target)
    if activity and shown.view != "join_qr":
        return _activity(room, at, activity, look(room, activity, Audience.STAGE, shown.view, shown.item)) | ticker
    return _staged(room, at, _words(room, at, shown.target, shown.view)) | ticker


def _ticker(room: Room, at: str) -> Picture:
    """The newest headlines of an activity, below whatever else is shown."""
    activity = room.activities.get(room.stage.ticker)
    if activity is None:
        return {}
    parts, tops = framed(activity, at, activity.kind.view(activity.state, look(room, activity, Audience.STAGE, TICKER)))
    headlines = [top for top in tops if top.endswith(f".stage-{TICKER}")]  # a kind without headlines shows none
    return {top: parts[top] for top in headlines} | {f"{at}ticker": Slot(headlines)}


def preview(room: Room, activity: Activity | None, at: str = "next.") -> Picture:
    """What *Zeigen* would show of `activity`, by the same code as the stage.

    Of a running poll not even the desk sees a tendency.
    """
    if activity is None:
        return _staged(room, at, _words(room, at, "", "step"))
    there = look(room, activity, Audience.STAGE, RESULT)
    return _activity(room, at, activity, there._replace(shown=activity.shown or not activity.is_open))


def _activity(room: Room, at: str, activity: Activity, there: Look) -> Picture:
    parts, tops = framed(activity, at, activity.kind.view(activity.state, there))
    over = f"{activity.kind.name}.{activity.names}"
    return parts | _frame(room, at, tops, over=over, owners=room.belonging.owners(activity))


def _words(room: Room, at: str, target: str, view: str) -> Piece:
    match view:
        case "join_qr":
            content = Joining(room.workshop.title, room.workshop.code, room.roster.heads, invited(room))
            return Piece("screen", at, "stage-join", content)
        case "thanks":
            return Piece(
                "screen", at, "stage-words", Words("Vielen Dank.", "Ihre Beiträge gehen in das Protokoll ein.")
            )
    step = room.agenda.step(target) or room.agenda.current
    return Piece("screen", at, "stage-words", Words(step.title, step.lead) if step else Words(room.workshop.title))


def _staged(room: Room, at: str, body: Piece, theme: str = "") -> Picture:
    name = f"{at}{body.name}"
    return {name: body} | _frame(room, at, [name], theme)


def _frame(
    room: Room, at: str, tops: list[str], theme: str = "", over: str = "", owners: tuple[Owner, ...] = ()
) -> Picture:
    frame = Frame(
        title=room.workshop.title,
        over=over,
        code="" if f"{at}stage-join" in tops else room.workshop.code,
        here=room.roster.heads,
        day=day(room),
        theme=theme or ("dark" if room.stage.dark else "light"),
        since=room.stage.since,
        owners=owners,
    )
    return {f"{at}stage": Piece("screen", at, "stage", frame), f"{at}body": Slot(tops)}
