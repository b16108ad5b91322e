"""Two processes on one PostgreSQL, measured by two generators: what a second process is worth."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from app.bench.postgres import postgres
from app.bench.product import speech
from app.bench.servers import Target, environment, free_port, running, serve
from app.bench.workshop import QUESTION, identities, prepared


@contextmanager
def pair(people: int, *, processes: int, workshops: int) -> Iterator[Sequence[Target]]:
    """Two targets of half the people each, in so many workshops and served by so many processes.

    Nothing is pinned: servers, database and generators share what cores there are.
    """
    secret, half = token_hex(32), people // 2
    with TemporaryDirectory() as name, postgres() as url, ExitStack() as servers:
        folder = Path(name)
        for workshop in range(1, workshops + 1):
            prepared(url, workshop, people)
        listening = []
        for number in range(processes):
            port = free_port()
            env = environment(url, secret, port, folder)
            pid = servers.enter_context(running(serve(port), port, folder / f"said-{number}", env=env))
            listening.append((port, pid))
        targets = []
        for number, voters in enumerate((range(half), range(half, people))):
            (port, pid), workshop = listening[number % processes], 1 + number % workshops
            who = folder / f"identities-{number}"
            identities(who, secret, workshop, voters, {})
            targets.append(Target(port, [pid], speech(port, workshop, QUESTION, who, joined=False)))
        yield targets
