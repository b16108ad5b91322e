"""Pictures of a room: which parts of which activities stand where, for the plenary, a group and one person.

A picture is a function of the record: no clock, no randomness, no memory of a process.  Part names carry the
frame they stand in (`page.poll-1.ask`, `live.poll-1.stage-result`), so that no id stands twice on a page.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from facilitation.activity import Activity, Phase
from facilitation.belonging import Space
from facilitation.current import current, invites
from facilitation.kind import Earlier, Look, Outlet, Ranked
from facilitation.plenum import PAGES, day, pause
from facilitation.record import Person
from facilitation.room import Room
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.trail import followed, trail


class Piece(NamedTuple):
    """One part to draw: the macro of `name` in the template of `source`, standing in the frame `at`."""

    source: str
    at: str
    name: str
    content: Any


Picture = dict[str, Piece | Slot | Marks]


class Lobby(NamedTuple):
    title: str
    begins: datetime


class Led(NamedTuple):
    """What belongs to a group, as whoever leads it opens and closes it, and says what is right (`reveals`)."""

    title: str
    phase: str
    sealed: bool
    reveals: bool


class Leaving(NamedTuple):
    """How somebody goes, or comes back who has gone."""

    here: bool
    guest: bool


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


def group(room: Room, page: str, audience: Audience = Audience.GROUP) -> Picture:
    """What the members of a group see on the page *Jetzt*, named `now/ACTIVITY/GROUP`: their space, and the rest.

    Whoever leads it is an audience of their own.
    """
    name, activity, group = page.split("/", 2)
    return _phone(room, name, space=Space(room.activities[activity], group, audience is Audience.FACILITATOR))


def _phone(room: Room, page: str, choice: str = "", space: Space | None = None) -> Picture:
    picture: Picture = {
        "page.name": Piece("screen", "page.", "name", room.workshop.title),
        "page.dayline": Piece("screen", "page.", "dayline", day(room)),
    }
    if page == "mine":
        return picture | {"page.main": Slot(("page.mine-trail", "page.mine-followed", "page.mine-leave"))}
    activities = _on_page(room, page, space)
    tops: list[str] = []
    for activity in activities:
        there = look(room, activity, Audience.PLENARY, choice=choice)
        if space and activity is space.round:
            audience = Audience.FACILITATOR if space.led else Audience.GROUP
            there = there._replace(audience=audience, group=space.group)
        parts, top = framed(activity, "page.", activity.kind.view(activity.state, there))
        owned = _owned(room, activity)
        picture |= parts | owned
        tops += [*owned, *top]
    if space:
        picture |= _inside(room, space)
    if page == "now" and not any(activity.is_open or invites(activity) for activity in activities):
        picture["page.plenary"] = Piece("screen", "page.", "plenary", pause(room))
        tops.append("page.plenary")  # below what is closed: a result or a receipt is something to read
    if not tops:
        picture["page.nothing"] = Piece("screen", "page.", "nothing", page)
        tops.append("page.nothing")
    return picture | {"page.main": Slot(tops)}


def _owned(room: Room, activity: Activity) -> Picture:
    """Above what everybody may see of a group: whose it is."""
    at, owners = f"page.{activity.id}.", room.belonging.owners(activity)
    return {f"{at}owner": Piece("screen", at, "owner", owners)} if owners else {}


def _inside(room: Room, space: Space) -> Picture:
    """What belongs to a group, within its space.  Whoever leads the group can open and close it."""
    picture: Picture = {}
    inside: list[str] = []
    for activity in room.belonging.of(space):
        at = f"page.{activity.id}."
        if space.led:
            led = Led(activity.title, activity.phase.value, activity.sealed, _reveals(activity))
            picture[f"{at}led"] = Piece("screen", at, "led", led)
            inside.append(f"{at}led")
        if activity.phase is not Phase.PLANNED:
            audience = Audience.FACILITATOR if space.led else Audience.GROUP
            there = look(room, activity, audience)
            parts, top = framed(activity, "page.", activity.kind.view(activity.state, there))
            picture |= parts
            inside += top
    return picture | {f"page.{space.round.id}.belongings": Slot(inside)}


def _reveals(activity: Activity) -> bool:
    """Whether its result can be seen, and is to be followed by what is right."""
    unrevealed = getattr(activity.kind, "unrevealed", None)
    return activity.shown and not activity.is_open and bool(unrevealed and unrevealed(activity.state))


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
            "page.mine-trail": Piece("screen", "page.", "mine-trail", trail(room, person)),
            "page.mine-followed": Piece("screen", "page.", "mine-followed", followed(room, person)),
            "page.mine-leave": Piece("screen", "page.", "mine-leave", leaving),
        }
    picture: Picture = {}
    marks: list[tuple[str, str]] = []
    space = room.space(person) if page == "now" else None
    own = room.belonging.of(space) if space else ()
    for activity in (*_on_page(room, page, space), *own):
        view = activity.kind.mine(activity.state, activity.actor(person), look(room, activity, Audience.PLENARY))
        marks += [(f"page.{activity.id}.{part}", word) for part, word in view.pop("marks", Marks())]
        picture |= framed(activity, "page.", view)[0]
    return picture | {"marks": Marks(marks)}


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
    staged, at_desk = room.stage.target == activity.id, audience is Audience.DESK
    return Look(
        audience=audience,
        open=activity.is_open,
        shown=activity.shown,
        hidden=activity.hidden,
        roster=room.belonging.attending(room.roster, activity),
        names=activity.names,
        sources=room.sources,
        became=activity.became,
        title=activity.title,
        view=view,
        item=item,
        voters=activity.voters,
        earlier=tuple(_earlier(room, activity)),
        ends=activity.ends,
        began=activity.began,
        on_stage=room.stage.item if staged else "",
        on_stage_as=room.stage.view if staged else "",
        ticking=room.stage.ticker == activity.id,
        choice=choice if choice and choice in activity.choices else "",
        presented=activity.presented,
        outlets=tuple(_outlets(room)) if at_desk else (),
        ranked=partial(_ranked, room) if at_desk else tuple,
        k=room.workshop.k,
    )


def _earlier(room: Room, activity: Activity) -> Iterator[Earlier]:
    """The rounds before, the latest first, each once though settings may lead in a circle."""
    passed: set[str] = set()
    while (earlier := room.activities.get(activity.follows)) and earlier.id not in passed:
        passed.add(earlier.id)
        yield Earlier(earlier.title, earlier.state, earlier.hidden, earlier.shown and not earlier.is_open)
        activity = earlier


def _outlets(room: Room) -> Iterator[Outlet]:
    """Where a sentence of the editors can be sent now."""
    for activity in room.activities.values():
        prompts = getattr(activity.kind, "prompts", None)
        if prompts and activity.is_open:
            yield Outlet(activity.id, activity.title, prompts(activity.state))


def _ranked(room: Room) -> Iterator[Ranked]:
    """What people gave dots to, activity by activity, as far as everybody may know."""
    for activity in room.activities.values():
        ranked = getattr(activity.kind, "ranked", None)
        if ranked and (places := ranked(activity.state, look(room, activity, Audience.DESK))):
            yield Ranked(activity.title, places)


def _on_page(room: Room, page: str, space: Space | None) -> list[Activity]:
    """The activities of a page; on *Jetzt* what somebody works on in a group comes first, though it begins later."""
    if page != "now":
        return _of_page(room, page)
    first = [space.round] if space else []
    return first + [activity for activity in current(room) if activity not in first]


def _of_page(room: Room, page: str) -> list[Activity]:
    """The activities of a page of its own: those that are or were open, open ones first."""
    those = [a for a in room.activities.values() if a.kind.page == page and a.phase is not Phase.PLANNED]
    return sorted(those, key=lambda a: not a.is_open)
