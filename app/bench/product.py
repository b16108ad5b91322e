"""Ratschlag itself as it is measured: `ratschlag serve` with default settings, before a prepared workshop."""

import json
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.bench.crowd import Said, Speech
from app.bench.servers import REFERENCES, Target, build, cores, environment, free_port, running, serve
from app.bench.workshop import DIGEST, GROUPS, QUESTION, WALL, code, identities, prepared

WORKSHOP = 1


class Hall:
    """A workshop of so many people, prepared once; each server gets a copy of it.

    The last so many people have `said` something already: a vote, or a card.
    """

    def __init__(self, folder: Path, people: int, activity: str = QUESTION, said: int = 0) -> None:
        self.folder = folder / f"{activity}-{people}-{said}"
        self.folder.mkdir(exist_ok=True)
        self.activity, self.secret = activity, secrets.token_hex(32)
        self._database, self._identities = self.folder / "prepared.db", self.folder / "identities"
        refs = prepared(f"sqlite:///{self._database}", WORKSHOP, people, activity, said)
        desk = f"desk/{DIGEST}" if activity == DIGEST else "desk"
        identities(self._identities, self.secret, WORKSHOP, range(people), refs, desk)

    @contextmanager
    def served(self, by: str = "", *, joined: bool = True, page: bool = False) -> Iterator[Sequence[Target]]:
        """A fresh server, of its own code or of a reference that is made `by` changing it."""
        port = free_port()
        copy = self.folder / f"served-{port}.db"
        shutil.copyfile(self._database, copy)
        command = [sys.executable, str(REFERENCES / f"{by}.py"), str(port)] if by else serve(port)
        env = environment(f"sqlite:///{copy}", self.secret, port, self.folder)
        with running(command, port, self.folder / f"said-{port}", env=env, core=cores()[0]) as pid:
            spoken = speech(port, WORKSHOP, self.activity, self._identities, joined=joined, page=page)
            yield [Target(port, [pid], spoken)]


def speech(port: int, workshop: int, activity: str, who: Path, *, joined: bool, page: bool = False) -> Speech:
    """How our own server is spoken to: somebody votes, and everybody who has joined is told."""
    vote = _command(QUESTION if activity == GROUPS else activity, "vote", choice="$choice")
    edit = _command(WALL, "edit", card="$own", text="$choice $id")
    updates = {
        WALL: edit,
        DIGEST: edit,
        GROUPS: _command(GROUPS, "assign", groups="$groups"),
    }
    return Speech(
        watched="patch",
        counts=r'"since":(?:null|(?P<since>\d+)),"at":(?P<at>\d+)',
        update=updates.get(activity, vote),
        vote=vote,
        join=json.dumps({"page": "$page", "at": None, "build": build(port)}) if joined else "",
        page=f"/w/{code(workshop)}/now" if page else "",
        identities=str(who),
    )


def _command(activity: str, name: str, **data: str) -> Said:
    return "command", json.dumps({"id": "$id", "activity": activity, "command": name, "data": data})
