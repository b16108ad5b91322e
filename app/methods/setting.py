"""The desk's page on which an activity is set before anything happens in it: title, and what its kind can be set to.

Afterwards it stays as it is: what people were told when they answered holds.
"""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, select, update
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.beside import Here, here, page
from app.house import House, is_id
from app.methods.settable import LINE, Said, Settable, among, applied, settables
from app.store import ACTIVITY, ENTRY
from app.texts import flaw, sentence, words
from facilitation.activity import Activity
from facilitation.kinds import KINDS
from facilitation.record import Refused, Role
from facilitation.room import Room

ADDING = (Role.ORGANISER, Role.FACILITATOR)
ON_STAGE = ("activity.shown", "activity.covered")  # to show the question is no answer


class Form(NamedTuple):
    """What the page asks for.  `shared`: another round asks the same question, so its options stay."""

    settings: list[Settable]
    shared: bool


class Setting:
    """The page /w/CODE/ACTIVITY.settings."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def settings(self, request: Request) -> Response:
        there = await here(self.house, request, *KINDS.values(), staff=True)
        if there.room.roster.people[there.seat.person].role not in ADDING:
            raise HTTPException(403)
        form = _form(there.room, there.activity)
        if request.method != "POST":
            untouched = await asyncio.to_thread(self._is_untouched, there)
            return _page(there, form, {it.field: it.said for it in form.settings}, untouched=untouched)
        fields = await request.form(max_files=0)
        said = {name: [str(value).replace("\r\n", "\n") for value in fields.getlist(name)] for name in fields}
        try:
            await self._set(there, form, said)
        except Refused as refused:
            return _page(there, form, said, [sentence(refused)], untouched=refused.code != "method.touched")
        except ValidationError as errors:
            return _page(there, form, said, list(_flaws(errors, form)))
        return RedirectResponse(f"/w/{there.room.workshop.code}/desk?activity={there.activity.id}", 303)

    async def _set(self, there: Here, form: Form, said: Said) -> None:
        """Write it once for each page that was sent; Refused, or a ValidationError, where it does not hold."""
        activity, once = there.activity, "".join(said.get("once", ()))
        title = "".join(said.get("title", ())).strip()
        if not title:
            raise Refused("method.invalid", why="title")
        if len(title) > LINE:
            raise Refused("method.too_long", most=LINE)
        model = activity.kind.Config.model_validate(applied(activity.config, form.settings, said))
        row = ACTIVITY.c.workshop_id == there.room.workshop.id, ACTIVITY.c.id == activity.id
        values = {"title": title, "config": model.model_dump(mode="json", exclude_defaults=True)}

        def write(on: Connection) -> None:
            if not untouched(on, there):
                raise Refused("method.touched")
            on.execute(update(ACTIVITY).where(*row).values(values))

        id = once if is_id(once) else secrets.token_hex(16)
        ids, by = [activity.id], there.seat.person
        await self.house.clerk.changed(there.room.workshop.id, "activity.prepared", ids, write, by=by, id=id)

    def _is_untouched(self, there: Here) -> bool:
        with self.house.clerk.store.reading() as on:
            return untouched(on, there)


def untouched(on: Connection, there: Here) -> bool:
    """Whether nothing is on record of an activity but that the stage has shown what it will ask."""
    own = (ENTRY.c.workshop_id == there.room.workshop.id, ENTRY.c.activity == there.activity.id)
    return on.execute(select(ENTRY.c.at).where(*own, ENTRY.c.type.not_in(ON_STAGE)).limit(1)).first() is None


def _form(room: Room, activity: Activity) -> Form:
    shared = bool(activity.follows) or any(it.follows == activity.id for it in room.activities.values())
    settings = settables(activity.kind, activity.config, alone=not shared)
    asked = [person for person in room.roster.people.values() if not person.role.is_staff]
    return Form(list(among(settings, asked)), shared)


def _flaws(errors: ValidationError, form: Form) -> Iterator[str]:
    """What does not hold, each in a sentence.  The form of a poll names its settings without the way to them."""
    for error in errors.errors(include_url=False, include_input=False):
        where, values = tuple(map(str, error["loc"])), error.get("ctx", {})
        ways = [(it, it.path[it.path[0] == "settings" :]) for it in form.settings]
        named = [(len(way), words(it.key)) for it, way in ways if way == where[: len(way)]]
        _, one = max(named, default=(0, ""))
        yield flaw(str(values.get("error", error["type"])), values | {"setting": one})


def _page(there: Here, form: Form, said: Said, flaws: Sequence[str] = (), *, untouched: bool = True) -> Response:
    shown = {"form": form, "said": said, "flaws": flaws, "untouched": untouched, "words": words}
    return page("pages/settings.html", there, 422 if flaws else 200, **shown)
