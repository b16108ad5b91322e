"""What is seen of a room on each screen and by each person, and screens that keep up with it."""

from collections.abc import Callable
from typing import Any

from app.composition import composed
from app.pages import DESK_PARTS
from app.projection import Parts, drawn
from facilitation import desk, pictures, staging
from facilitation.pictures import Picture
from facilitation.record import Data
from facilitation.room import Room
from facilitation.screen import Audience
from realtime.channel import Channel, Patch
from tests.examples import SLUG

WATCHED = ("plenary", "stage", "desk")


def seen(table: Room, watched: str) -> Picture:
    match watched:
        case "stage":
            return staging.stage(table)
        case "desk":
            return desk.desk(table, SLUG)
    return pictures.plenary(table, table.activities[SLUG].kind.page)


def own(table: Room) -> dict[tuple[str, str], Picture]:
    """What each person alone sees."""
    pages = (table.activities[SLUG].kind.page, "mine")
    return {
        (id, page): pictures.personal(table, table.person(id), page) for id in table.roster.people for page in pages
    }


def spaces(table: Room) -> list[Picture]:
    """What the members of each group see, and whoever leads it; of what could belong to a group the latter's view."""
    shown = table.activities[SLUG]
    groups = getattr(shown.state, "groups", ()) if getattr(shown.kind, "home", None) else ()
    if not groups:
        look = pictures.look(table, shown, Audience.FACILITATOR)
        return [pictures.framed(shown, "page.", shown.kind.view(shown.state, look))[0]]
    audiences = (Audience.GROUP, Audience.FACILITATOR)
    return [
        pictures.group(table, f"{shown.kind.page}/{SLUG}/{group}", audience)
        for group in groups
        for audience in audiences
    ]


def page(parts: Parts, watched: str) -> str:
    """The HTML of everything on one screen."""
    tops = {"stage": ["stage.stage"], "desk": DESK_PARTS.values()}
    return "".join(composed(parts, top) for top in tops.get(watched, ["page.name", "page.dayline", "page.main"]))


def told(table: Room) -> Data:
    """Everything that can be seen of a room, and its figures."""
    shown = table.activities[SLUG]
    looks = {audience: pictures.look(table, shown, audience) for audience in (Audience.PLENARY, Audience.DESK)}
    return {
        "seen": {watched: seen(table, watched) for watched in WATCHED},
        "own": own(table),
        "spaces": spaces(table),
        "figures": shown.figures(),
        "rows": {audience: list(shown.kind.rows(shown.state, look)) for audience, look in looks.items()},
    }


class Screen:
    """A client, reduced to what it keeps: a number and a picture."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.at: int | None = None
        self.parts: dict[str, Any] = {}
        self.catch_up()

    def catch_up(self) -> None:
        if patch := self.channel.catch_up(self.at):
            self.receive(patch)

    def receive(self, patch: Patch) -> None:
        if patch["since"] is None:
            self.parts = {}
        elif patch["since"] != self.at:
            self.catch_up()
            return
        changed = self.parts | patch["parts"]
        self.parts, self.at = {name: part for name, part in changed.items() if part is not None}, patch["at"]


class Screens:
    """Of each audience a channel with a steady screen and one that loses patches."""

    def __init__(self, table: Room) -> None:
        self.channels = {watched: Channel(table.at, drawn(seen(table, watched))) for watched in WATCHED}
        self.steady = {watched: Screen(channel) for watched, channel in self.channels.items()}
        self.flaky = {watched: Screen(channel) for watched, channel in self.channels.items()}

    def beat(self, table: Room, arriving: Callable[[], bool]) -> None:
        for watched, channel in self.channels.items():
            if patch := channel.step(table.at, drawn(seen(table, watched))):
                self.steady[watched].receive(patch)
                if arriving():
                    self.flaky[watched].receive(patch)

    def come_back(self) -> None:
        for screen in self.flaky.values():
            screen.catch_up()
