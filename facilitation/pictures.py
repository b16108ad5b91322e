"""Pictures of a room: which parts of which activities stand where, for the plenary, one person and the stage.

A picture is a function of the record: no clock, no randomness, no memory of a process.  Part names carry the
frame they stand in (`page.poll-1.ask`, `live.poll-1.stage-result`), so that no id stands twice on a page.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from facilitation.activity import Activity, Phase
from facilitation.agenda import Step
from facilitation.current import current
from facilitation.kind import Look, Outlet
from facilitation.lineage import heirs
from facilitation.record import Person, Role
from facilitation.room import Room
from facilitation.roster import headcount
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.stage import RESULT, TICKER

PAGES = {"now": "Jetzt", "questions": "Fragen", "stream": "Blog", "mine": "Von mir"}
UPCOMING = 3


class Piece(NamedTuple):
    """One part to draw: the macro of `name` in the template of `source`, standing in the frame `at`."""

    source: str
    at: str
    name: str
    content: Any


Picture = dict[str, Piece | Slot | Marks]


class DayStep(NamedTuple):
    minutes: float
    phase: str  # past, now or next


class Upcoming(NamedTuple):
    starts: datetime
    title: str


class Now(NamedTuple):
    """The plenary when there is nothing to do: what is on, what comes, who is here."""

    title: str
    lead: str
    since: datetime | None
    pages: tuple[str, ...]  # open pages beside this one
    upcoming: tuple[Upcoming, ...]
    here: int
    invited: int
    ended: bool


class Lobby(NamedTuple):
    title: str
    begins: datetime


class Frame(NamedTuple):
    """What every picture of the stage has around it."""

    title: str
    over: str  # top right: kind and anonymity
    code: str  # "" where the picture itself says the way in and who is here
    here: int
    day: tuple[DayStep, ...]
    theme: str  # light, dark or dim
    since: datetime | None


class Leaving(NamedTuple):
    """How somebody goes, or comes back who has gone."""

    here: bool
    guest: bool


class Joining(NamedTuple):
    title: str
    code: str
    here: int
    invited: int


class Words(NamedTuple):
    """A stage picture of words alone: a title of the agenda with whoever leads it."""

    title: str
    note: str = ""


class Trail(NamedTuple):
    """What somebody said here, and when."""

    when: datetime
    activity: str
    ref: str
    text: str
    hidden: str  # why it is hidden, or ""
    became: tuple[str, ...] = ()  # what was made of it
    declined: str = ""  # why it is knowingly not pursued


def day(room: Room) -> tuple[DayStep, ...]:
    """The day as segments; without an agenda there is no line to draw."""
    steps, current = room.agenda.steps, room.agenda.current
    position = steps.index(current) if current else -1
    return tuple(
        DayStep(
            (step.ends - step.starts).total_seconds() / 60,
            "past" if n < position else "now" if n == position else "next",
        )
        for n, step in enumerate(steps)
    )


def is_page(room: Room, page: str) -> bool:
    """Whether the phone has this page: one of `PAGES`, perhaps with a choice behind it that is offered there."""
    name, _, choice = page.partition("/")
    return name in PAGES and (
        not choice or any(choice in a.choices for a in room.activities.values() if a.kind.page == name)
    )


def plenary(room: Room, page: str) -> Picture:
    """What everybody sees on one page of the phone, as far as they did not choose how to look at it."""
    name, _, choice = page.partition("/")
    return _phone(room, name, choice)


def group(room: Room, page: str) -> Picture:
    """What the members of a group see on the page *Jetzt*, named `now/ACTIVITY/GROUP`: their space, and the rest."""
    name, activity, group = page.split("/", 2)
    return _phone(room, name, space=(room.activities[activity], group))


def _phone(room: Room, page: str, choice: str = "", space: tuple[Activity, str] | None = None) -> Picture:
    picture: Picture = {
        "page.name": Piece("screen", "page.", "name", room.workshop.title),
        "page.dayline": Piece("screen", "page.", "dayline", day(room)),
    }
    if page == "mine":
        return picture | {"page.main": Slot(("page.mine-trail", "page.mine-leave"))}
    activities = _on_page(room, page, space)
    tops: list[str] = []
    for activity in activities:
        there = look(room, activity, Audience.PLENARY, choice=choice)
        if space and activity is space[0]:
            there = there._replace(audience=Audience.GROUP, group=space[1])
        parts, top = framed(activity, "page.", activity.kind.view(activity.state, there))
        picture |= parts
        tops += top
    if page == "now" and not any(activity.is_open for activity in activities):
        picture["page.plenary"] = Piece("screen", "page.", "plenary", _now(room))
        tops.append("page.plenary")  # below what is closed: a result or a receipt is something to read
    if not tops:
        picture["page.nothing"] = Piece("screen", "page.", "nothing", page)
        tops.append("page.nothing")
    return picture | {"page.main": Slot(tops)}


def lobby(room: Room) -> Picture:
    """What people see who wait at the door."""
    return {
        "page.name": Piece("screen", "page.", "name", room.workshop.title),
        "page.dayline": Piece("screen", "page.", "dayline", day(room)),
        "page.lobby": Piece(
            "screen", "page.", "lobby", Lobby(room.workshop.title, room.workshop.starts.astimezone(room.workshop.zone))
        ),
        "page.main": Slot(("page.lobby",)),
    }


def personal(room: Room, person: Person, page: str) -> Picture:
    """What only `person` sees on a page, laid into and over what everybody sees."""
    page = page.partition("/")[0]
    if page == "mine":
        presence = room.roster.joined.get(person.id)
        leaving = Leaving(here=presence is None or presence.here, guest=person.guest)
        return {
            "page.mine-trail": Piece("screen", "page.", "mine-trail", _trail(room, person)),
            "page.mine-leave": Piece("screen", "page.", "mine-leave", leaving),
        }
    picture: Picture = {}
    marks: list[tuple[str, str]] = []
    for activity in _on_page(room, page, room.space(person)):
        view = activity.kind.mine(activity.state, activity.actor(person), look(room, activity, Audience.PLENARY))
        marks += [(f"page.{activity.id}.{part}", word) for part, word in view.pop("marks", Marks())]
        picture |= framed(activity, "page.", view)[0]
    return picture | {"marks": Marks(marks)}


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
    return parts | _frame(room, at, tops, over=f"{activity.kind.name}.{activity.names}")


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


def _frame(room: Room, at: str, tops: list[str], theme: str = "", over: str = "") -> Picture:
    frame = Frame(
        title=room.workshop.title,
        over=over,
        code="" if f"{at}stage-join" in tops else room.workshop.code,
        here=room.roster.heads,
        day=day(room),
        theme=theme or ("dark" if room.stage.dark else "light"),
        since=room.stage.since,
    )
    return {f"{at}stage": Piece("screen", at, "stage", frame), f"{at}body": Slot(tops)}


def framed(activity: Activity, frame: str, view: View) -> tuple[Picture, list[str]]:
    """The parts of an activity under their full names, and the names of those on top."""
    at = f"{frame}{activity.id}."
    picture: Picture = {}
    for name, content in view.items():
        if isinstance(content, Slot):
            picture[f"{at}{name}"] = Slot(f"{at}{part}" for part in content)
        else:
            picture[f"{at}{name}"] = Piece(activity.kind.name, at, name, content)
    top = picture.pop(at, Slot())
    return picture, list(top) if isinstance(top, Slot) else []


def look(room: Room, activity: Activity, audience: Audience, view: str = "", item: str = "", choice: str = "") -> Look:
    """How `audience` looks at an activity of this room."""
    earlier = room.activities.get(activity.follows)
    known = earlier and earlier.shown and not earlier.is_open
    return activity.look(audience, room.roster, room.sources, room.workshop.k)._replace(
        view=view,
        item=item,
        on_stage=room.stage.item if room.stage.target == activity.id else "",
        ticking=room.stage.ticker == activity.id,
        choice=choice if choice in activity.choices else "",
        earlier=(earlier.title, earlier.state) if earlier and known else None,
        outlets=tuple(_outlets(room)) if audience is Audience.DESK else (),
    )


def _outlets(room: Room) -> Iterator[Outlet]:
    """Where a sentence of the editors can be sent now."""
    for activity in room.activities.values():
        prompts = getattr(activity.kind, "prompts", None)
        if prompts and activity.is_open:
            yield Outlet(activity.id, activity.title, prompts(activity.state))


def _on_page(room: Room, page: str, space: tuple[Activity, str] | None) -> list[Activity]:
    """The activities of a page; on *Jetzt* what somebody works on in a group comes first, though it begins later."""
    if page != "now":
        return _of_page(room, page)
    first = [space[0]] if space else []
    return first + [activity for activity in current(room) if activity not in first]


def _of_page(room: Room, page: str) -> list[Activity]:
    """The activities of a page of its own: those that are or were open, open ones first."""
    those = [a for a in room.activities.values() if a.kind.page == page and a.phase is not Phase.PLANNED]
    return sorted(those, key=lambda a: not a.is_open)


def invited(room: Room) -> int:
    """How many people could be here: who is invited, those in front of room devices, and the guests who came."""
    roster = room.roster
    expected = [p for p in roster.people.values() if not p.role.is_staff and (not p.guest or p.id in roster.joined)]
    return sum(headcount(roster, person) if person.role is Role.ROOM else 1 for person in expected)


def _now(room: Room) -> Now:
    ended = room.ended is not None
    step = None if ended else room.agenda.current
    pages = {a.kind.page for a in room.activities.values() if a.is_open and a.kind.page != "now"}
    return Now(
        title=step.title if step else room.workshop.title,
        lead=step.lead if step else "",
        since=room.agenda.begun.get(step.id) if step else None,
        pages=tuple(page for page in PAGES if page in pages),
        upcoming=() if ended else tuple(Upcoming(expected(room, s.starts), s.title) for s in _upcoming(room, step)),
        here=room.roster.heads,
        invited=invited(room),
        ended=ended,
    )


def expected(room: Room, planned: datetime) -> datetime:
    """When something will be that was planned for then, as late as the day is now, on the clock of the workshop."""
    return (planned + room.agenda.offset + room.agenda.delay).astimezone(room.workshop.zone)


def _upcoming(room: Room, step: Step | None) -> Iterator[Step]:
    after = room.agenda.steps.index(step) + 1 if step else 0
    yield from room.agenda.steps[after : after + UPCOMING]


def _trail(room: Room, person: Person) -> tuple[Trail, ...]:
    """Everything `person` said here, the latest first."""
    said = []
    for activity in room.activities.values():
        actor = activity.actor(person)
        for ref, contribution in activity.contributions.items():
            if contribution.by and contribution.by in (actor.id, actor.alias):
                fate = activity.hidden.get(ref, ""), heirs(room.activities, ref), activity.declined.get(ref, "")
                said.append((contribution.at, Trail(contribution.made, activity.title, ref, contribution.text, *fate)))
    return tuple(trail for _, trail in sorted(said, reverse=True))
