"""What groups hand in and people answer goes on in one step: as cards, as options of a poll, as agreements.

Each is sent as the command that the other activity has for it, so both ends know of one another.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.beside import Here, Wish, here, page, sent
from app.house import House
from facilitation import pictures, tallying
from facilitation.activity import Phase
from facilitation.kinds import groups, measures, poll, wall
from facilitation.lineage import heirs
from facilitation.room import Room
from facilitation.screen import Audience

SENTENCE = "Als Antwort wird der Satz eines Ergebnisses übernommen, nicht ein einzelner Stichpunkt."


class Target(NamedTuple):
    """Where something can go: an activity, and of a wall the column."""

    activity: str
    column: str
    kind: str
    title: str

    @property
    def address(self) -> str:
        return f"{self.activity}/{self.column}"


class Pick(NamedTuple):
    """A result, or a point of it, counted from 1; or an answer."""

    ref: str
    point: int
    text: str

    @property
    def address(self) -> str:
        return f"{self.ref}/{self.point}"


class Offer(NamedTuple):
    """A result, or answers, as they can be chosen; `became` is what was made of them before."""

    title: str
    picks: tuple[Pick, ...]
    became: tuple[str, ...]


class Carrying:
    """The route under /w/CODE/ACTIVITY."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        return [Route("/w/{code}/{activity}.carry", self.carry, methods=["GET", "POST"])]

    async def carry(self, request: Request) -> Response:
        there = await here(self.house, request, groups, poll, staff=True)
        if request.method != "POST":
            return _page(there)
        form = await request.form(max_files=0)
        target = {it.address: it for it in targets(there.room)}.get(str(form.get("to", "")))
        chosen = [str(it) for it in form.getlist("what")]
        picks = [pick for offer in offers(there) for pick in offer.picks if pick.address in chosen]
        if target is None or not picks:
            return _page(there, [("", "Bitte wählen Sie, was wohin soll.")])
        refused = [(pick.text, SENTENCE) for pick in picks if target.kind == poll.name and pick.point]
        wishes = _wishes(target, picks, str(form.get("owner", "")))
        refused += await sent(self.house, there.seat, str(form.get("once", "")), wishes)
        if refused:
            return _page(there, refused)
        return RedirectResponse(f"/w/{request.path_params['code']}/desk?activity={target.activity}", 303)


def _page(there: Here, refused: Sequence[tuple[str, str]] = ()) -> Response:
    units = sorted({person.unit for person in there.room.roster.people.values() if person.unit})
    shown = {"offers": list(offers(there)), "targets": list(targets(there.room)), "units": units, "refused": refused}
    return page("pages/carry.html", there, 422 if refused else 200, **shown)


def targets(room: Room) -> Iterator[Target]:
    """Columns of walls, polls that are not over and take further options, and lists of agreements."""
    there = room.activities.values()
    for activity in (it for it in there if it.kind is wall):
        several = len(activity.config.columns) > 1
        for column in activity.config.columns:
            title = f"{activity.title}: {column.title}" if several else activity.title
            yield Target(activity.id, column.id, wall.name, title)
    for activity in (it for it in there if it.kind is poll):
        if activity.state.box.form.grows and activity.phase is not Phase.CLOSED:
            yield Target(activity.id, "", poll.name, activity.title)
    for activity in (it for it in there if it.kind is measures):
        yield Target(activity.id, "", measures.name, activity.title)


def offers(there: Here) -> Iterator[Offer]:
    """What everybody may read: results, each with its points, or answers."""
    return _answers(there) if there.activity.kind is poll else _results(there)


def _results(there: Here) -> Iterator[Offer]:
    state = there.activity.state
    for group, result in state.results.items():
        if result.text and there.activity.is_public(result.ref):
            lines = enumerate((result.text, *result.points))
            picks = tuple(Pick(result.ref, point, text) for point, text in lines)
            of = state.groups[group]
            yield Offer(" · ".join(filter(None, (of.title, of.topic))), picks, heirs(there.room.activities, result.ref))


def _answers(there: Here) -> Iterator[Offer]:
    """First those that went nowhere yet, then the others, each under what they speak of."""
    look = pictures.look(there.room, there.activity, Audience.DESK)
    labels = {option.id: option.label for option in there.activity.state.box.options}
    found: dict[tuple[bool, str], list[Pick]] = {}
    became: dict[tuple[bool, str], list[str]] = {}
    for answer in tallying.told(there.activity.state, look):
        those = heirs(there.room.activities, answer.ref)
        place = bool(those), labels.get(answer.on, "Antworten")
        found.setdefault(place, []).append(Pick(answer.ref, 0, answer.text))
        became.setdefault(place, []).extend(those)
    for place, picks in sorted(found.items(), key=lambda it: it[0][0]):
        yield Offer(place[1], tuple(picks), tuple(dict.fromkeys(became[place])))


def _wishes(target: Target, picks: list[Pick], owner: str) -> Iterator[Wish]:
    if target.kind == poll.name:
        refs = [pick.ref for pick in picks if not pick.point]
        if refs:
            yield Wish(target.activity, "adopt", {"sources": refs}, ", ".join(refs))
        return
    for pick in picks:
        sources = {"sources": [pick.ref]}
        if target.kind == wall.name:
            point = {"point": pick.point} if pick.point else {}
            yield Wish(target.activity, "adopt", sources | {"column": target.column} | point, pick.text)
        else:
            yield Wish(target.activity, "agree", sources | {"title": pick.text, "owner_unit": owner}, pick.text)
