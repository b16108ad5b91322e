"""The pages around a wall: all its cards, and cards that staff brings many at a time."""

from collections.abc import Iterator, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app import seeds
from app.beside import Here, Wish, here, page
from app.beside import sent as sent_all
from app.house import House
from app.texts import sentence
from app.uploads import sent
from facilitation import pictures
from facilitation.activity import Activity
from facilitation.kinds import wall
from facilitation.record import Data, Refused
from facilitation.screen import Audience
from facilitation.walls import phone
from facilitation.walls.notes import Note, note, scene
from facilitation.walls.settings import Column

MOST = 500  # cards that are brought at once


class Walls:
    """The routes under /w/CODE/ACTIVITY."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        return [
            Route("/w/{code}/{activity}.cards", self.cards),
            Route("/w/{code}/{activity}.bring", self.bring, methods=["GET", "POST"]),
        ]

    async def cards(self, request: Request) -> Response:
        """All cards that everybody may see."""
        there = await here(self.house, request, wall)
        state, look = there.activity.state, pictures.look(there.room, there.activity, Audience.PLENARY)
        found = phone.visible_by_place(state, look)
        places: dict[Column, list[Note]] = {
            column: [note(state, card, look)._replace(giving=scene(state, look).giving) for card in cards]
            for column, cards in found.items()
        }
        return page("pages/cards.html", there, wall=there.activity, places=places)

    async def bring(self, request: Request) -> Response:
        """Seeds from a list, and the cards of another wall."""
        there = await here(self.house, request, wall, staff=True)
        if request.method != "POST":
            return _bringing(there)
        fields, file = await sent(request)
        form = dict(fields)
        try:
            wishes = list(_adoptions(there, form) if "from" in form else _seeds(there, form, file))[:MOST]
        except Refused as flaw:
            return _bringing(there, flaw=sentence(flaw))
        if refused := await sent_all(self.house, there.seat, form.get("once", ""), wishes):
            return _bringing(there, refused)
        return RedirectResponse(f"/w/{request.path_params['code']}/desk?activity={there.activity.id}", 303)


def _bringing(there: Here, refused: Sequence[tuple[str, str]] = (), flaw: str = "") -> Response:
    shown = {"wall": there.activity, "others": list(_others(there)), "refused": refused, "flaw": flaw}
    return page("pages/bring.html", there, 422 if refused or flaw else 200, **shown)


def _others(there: Here) -> Iterator[tuple[Activity, int]]:
    """The other walls, rounds with the walls of their groups, and how many cards could be carried over from each."""
    for activity in there.room.activities.values():
        if cards := sum(len(_free(there, source)) for source in _walls(there, activity)):
            yield activity, cards


def _walls(there: Here, origin: Activity) -> list[Activity]:
    """A wall by itself, or those of the groups of a round."""
    others = [it for it in there.room.activities.values() if it.kind is wall and it is not there.activity]
    return [it for it in others if it is origin or origin in (at.round for at in there.room.belonging.places(it))]


def _free(there: Here, source: Activity) -> list[str]:
    """The cards of another wall that may be read by everybody and were not carried over to this one yet."""
    taken = set(there.activity.contributions)
    return [
        card.ref
        for card in source.state.cards.values()
        if card.stands
        and card.text
        and source.is_public(card.ref)
        and taken.isdisjoint(source.became.get(card.ref, ()))
    ]


def _adoptions(there: Here, form: Data) -> Iterator[Wish]:
    origin = there.room.activities.get(form.get("from", ""))
    for source in _walls(there, origin) if origin else ():
        for ref in _free(there, source):
            yield Wish(there.activity.id, "adopt", {"column": form.get("column", ""), "sources": [ref]}, ref)


def _seeds(there: Here, form: Data, file: bytes) -> Iterator[Wish]:
    columns = {name: column.id for column in there.activity.state.config.columns for name in (column.id, column.title)}
    column, text = form.get("column", ""), form.get("text", "")
    found = seeds.filed(file, columns, column) if file else seeds.pasted(text, columns, column)
    return (Wish(there.activity.id, "seed", seed, seed["text"]) for seed in found)
