"""What is measured: the figures of the design as ratios, each with its target.

Sizes are those of a large hall; `quick` is a fifth of it and shorter, a minute for a look between two changes.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from app.bench.crowd import Speech
from app.bench.figures import ratio
from app.bench.forming import VOTERS
from app.bench.measure import Contender, Round, Row, Scenario
from app.bench.pair import pair
from app.bench.product import Hall
from app.bench.servers import Target, reference
from app.bench.workshop import DIGEST, GROUPS, RESULT, WALL

EMIT = Speech(update=("update", '{"text":"$pad"}'))  # python-socketio
TOLD = Speech(join="{}")  # … where one asks to be told
PLAIN = Speech(socketio=False, update=("", '"$pad"'))  # a bare websocket
US = "ratschlag"


def bare(name: str, speech: Speech, folder: Path) -> Contender:
    """A bare reference as a contender."""

    @contextmanager
    def opened() -> Iterator[Sequence[Target]]:
        with reference(name, speech, folder) as target:
            yield [target]

    return Contender(name, opened)


def over(figure: str, other: str, ours: str = US) -> Callable[[Round], float]:
    """A figure of ours as a multiple of the same of somebody else, within a round."""
    return lambda figures: ratio(figures[ours][figure], figures[other][figure])


def fan_out(folder: Path, *, quick: bool) -> Scenario:
    """One update to everybody, again and again."""
    people = 500 if quick else 1000  # fewer would carry too much of what an update costs by itself
    hall = Hall(folder, people)
    cpu = ("cpu_us",)
    return Scenario(
        {"play": "fan_out", "clients": people, "updates": 10 if quick else 20, "gap": 0.15 if quick else 0.25},
        [
            Contender(US, hall.served),
            bare("bare_emit", EMIT, folder),
            bare("ws_broadcast", PLAIN, folder),
            bare("kernel_send", PLAIN, folder),
        ],
        [
            Row("CPU per message / bare emit", over("cpu_us", "bare_emit"), 0.40),
            Row("CPU per message / websockets broadcast", over("cpu_us", "ws_broadcast"), 1.6),
            Row("CPU per message / kernel send", over("cpu_us", "kernel_send"), 2.6, relaxed=4.5),
            Row("slowest client, p50 / bare emit", over("last_p50_ms", "bare_emit"), 0.6),
            Row("memory per connection / bare emit", over("join_memory_kib", "bare_emit"), 1.3),
        ],
        {"bare_emit": ("cpu_us", "last_p50_ms"), "ws_broadcast": cpu, "kernel_send": cpu},
    )


def growth(folder: Path, *, quick: bool) -> Scenario | None:
    """Whether a client costs more where there are many.

    An update has a price of its own (a vote, its commit, its picture), and for a hundred it is most of the whole: that
    ratio says little.  From a thousand to two thousand it is small, and the picture has the same size.
    """
    if quick:
        return None
    sizes = (2000, 1000, 100)
    return Scenario(
        {"play": "fan_out", "updates": 20, "gap": 0.3},
        [Contender(str(size), Hall(folder, size).served, {"clients": size}) for size in sizes],
        [
            Row("CPU per message, 2000 / 1000 clients", over("cpu_us", "1000", "2000"), 1.2),
            Row("CPU per message, 2000 / 100 clients", over("cpu_us", "100", "2000"), 1.2),
        ],
        {"1000": ("cpu_us",), "100": ("cpu_us",)},
    )


def wave(folder: Path, *, quick: bool) -> Scenario:
    """Everybody votes, and everybody sees how many have."""
    people = 200 if quick else 1000
    hall = Hall(folder, people)
    return Scenario(
        {"play": "wave", "clients": people, "seconds": 1.0 if quick else 3.0},
        [Contender(US, hall.served), bare("emit_per_vote", EMIT, folder), bare("emit_on_tick", TOLD, folder)],
        [
            # The reference grows with the square of the people: with a fifth of them five times as much is as good,
            # and half as much again.
            Row("CPU of the votes / emit per vote", over("cpu_s", "emit_per_vote"), 0.06, relaxed=0.45),
            # Nor is this one ever busy with a fifth: what is left of the ratio is our intake and our commit to disk.
            Row("acknowledgement, p99 / emit on the same tick", over("ack_p99_ms", "emit_on_tick"), 0.33, relaxed=2),
        ],
        {"emit_per_vote": ("cpu_s",), "emit_on_tick": ("cpu_s",)},
    )


def votes(folder: Path, *, quick: bool) -> Scenario:
    """Everybody votes as fast as votes are acknowledged, and nobody watches."""
    people = 200 if quick else 1000
    hall = Hall(folder, people)
    voting = partial(hall.served, joined=False)
    rate = ("per_s",)
    return Scenario(
        {"play": "closed_loop", "clients": people, "seconds": 1.0 if quick else 3.0},
        [
            Contender(US, voting),
            Contender("no_database", partial(voting, "no_database")),
            bare("commit_per_vote", EMIT, folder),
            bare("emit_on_tick", EMIT, folder),
        ],
        [
            Row("durable votes/s / itself without a database", over("per_s", "no_database"), 0.75, least=True),
            Row("durable votes/s / one commit per vote", over("per_s", "commit_per_vote"), 5, least=True),
            Row("durable votes/s / a counter without rules", over("per_s", "emit_on_tick")),
            Row("durable votes/s", lambda figures: figures[US]["per_s"], unit="/s"),
        ],
        {"no_database": rate, "commit_per_vote": rate, "emit_on_tick": rate},
    )


def join(folder: Path, *, quick: bool) -> Scenario:
    """Page, socket and whole picture, against a socket alone."""
    people = 200 if quick else 1000
    hall = Hall(folder, people)
    return Scenario(
        {"play": "join", "clients": people},
        [Contender(US, partial(hall.served, page=True)), bare("bare_emit", EMIT, folder)],
        [Row("CPU per client / bare connect", over("join_cpu_us", "bare_emit"), 1.6)],
        {"bare_emit": ("join_cpu_us",)},
    )


def pages(folder: Path, *, quick: bool) -> Scenario:
    """The page of a workshop, from what is kept and drawn anew."""
    hall = Hall(folder, 100)
    return Scenario(
        {"play": "pages", "clients": 100, "seconds": 1.0 if quick else 3.0},
        [
            Contender(US, partial(hall.served, page=True)),
            Contender("drawn_page", partial(hall.served, "drawn_page", page=True)),
        ],
        [
            Row("pages/s / drawn anew", over("per_s", "drawn_page"), 4, least=True),
            Row("pages/s", lambda figures: figures[US]["per_s"], unit="/s"),
        ],
        {"drawn_page": ("per_s",)},
    )


def reconnects(folder: Path, *, quick: bool) -> Scenario | None:
    """Ten times everybody goes and comes back."""
    if quick:
        return None
    hall = Hall(folder, 1000)
    return Scenario(
        {"play": "reconnects", "clients": 1000, "times": 10},
        [Contender(US, hall.served)],
        [Row("memory after 10 × 1000 reconnects / before", lambda figures: figures[US]["growth"], 2.0)],
        rounds=1,
    )


def _complete(name: str) -> Callable[[Round], float]:
    return lambda figures: ratio(figures[name]["complete"], figures[name]["updates"])


def stalled(folder: Path, *, quick: bool) -> Scenario:
    """Two of fifty phones sleep, while every vote redraws a very long result (240 KB).

    The kernel keeps some MB for a sleeper by itself, so a server that queues without limit may look innocent.  Bare
    emit is such a server: it is sent the same, and only where it grows has the load shown anything about ours.
    """
    hall = Hall(folder, 50, RESULT)
    control = bare("bare_emit", EMIT, folder)
    return Scenario(
        {"play": "fan_out", "clients": 50, "updates": 16 if quick else 150, "gap": 0.12},
        [
            Contender("awake", hall.served),
            Contender("asleep", hall.served, {"sleeping": 2}),
            Contender(control.name, control.opened, {"sleeping": 2}),
        ],
        [
            # Whoever votes at that moment may skip an update and be given the whole picture, sleepers or not.
            Row("others who end with the true picture", lambda f: f["asleep"]["true"], 1, least=True, relaxed=1),
            Row("updates that all others got", _complete("asleep")),
            Row("updates that all got, nobody asleep", _complete("awake")),
            Row("memory for two sleepers", _sleepers, 5, relaxed=5, unit=" MB"),
            Row(
                "control: bare emit grows by it",
                lambda f: f["bare_emit"]["memory_mb"],
                5,
                least=True,
                relaxed=5,
                unit=" MB",
            ),
        ],
        rounds=1,
    )


def _sleepers(figures: Round) -> float:
    return figures["asleep"]["memory_mb"] - figures["awake"]["memory_mb"]


def ballots(folder: Path, *, quick: bool) -> Scenario:
    """Whether a vote costs more where many have voted: sixty clients vote for the first time, each once."""
    clients = 60
    halls = {size: Hall(folder, clients + size, said=size) for size in (20, 2000)}
    return Scenario(
        {"play": "fan_out", "clients": clients, "updates": 20 if quick else clients - 1, "gap": 0.12},
        [Contender(str(size), hall.served) for size, hall in halls.items()],
        [Row("CPU of a vote, 2,000 ballots / 20", over("cpu_s", "20", "2000"), 2, relaxed=2)],
        {"20": ("cpu_s",)},
    )


def cards(folder: Path, *, quick: bool) -> Scenario:
    """Whether a changed card costs more on a wall of many: from the command to the patch at twenty phones."""
    halls = {size: Hall(folder, size, WALL, said=size) for size in (30, 1000)}
    return Scenario(
        {"play": "fan_out", "clients": 20, "updates": 20 if quick else 60, "gap": 0.12},
        [Contender(str(size), hall.served) for size, hall in halls.items()],
        [
            Row("CPU of a changed card, wall of 1,000 / 30", over("cpu_s", "30", "1000"), 2, relaxed=2),
            Row("its patch", lambda figures: figures["1000"]["bytes"] / 1024, 2, relaxed=2, unit=" KB"),
        ],
        {"30": ("cpu_s",)},
    )


def editing(folder: Path, *, quick: bool) -> Scenario:
    """Whether a changed card costs the editing desk more where many came in: from the command to its patch."""
    halls = {size: Hall(folder, 0, DIGEST, said=size) for size in (30, 1000)}
    return Scenario(
        {"play": "fan_out", "clients": 1, "updates": 20 if quick else 60, "gap": 0.12},
        [Contender(str(size), hall.served) for size, hall in halls.items()],
        [Row("CPU of a changed original, editing desk of 1,000 / 30", over("cpu_s", "30", "1000"), 3, relaxed=3)],
        {"30": ("cpu_s",)},
    )


def groups(folder: Path, *, quick: bool) -> Scenario:
    """Forming and publishing groups for 500 people is one action, while 40 others vote."""
    people = VOTERS + (200 if quick else 500)
    hall = Hall(folder, people, GROUPS)
    return Scenario(
        {"play": "forming", "clients": people + 1, "times": 2 if quick else 6},
        [Contender(US, hall.served)],
        [
            Row("my phone knows my group, p99", lambda figures: figures[US]["knows_p99_ms"], 1000, unit=" ms"),
            Row("receipts meanwhile, p99 / before and after", _meanwhile, 5),
            Row("receipts meanwhile, p99", lambda figures: figures[US]["busy_p99_ms"], unit=" ms"),
        ],
    )


def _meanwhile(figures: Round) -> float:
    return ratio(figures[US]["busy_p99_ms"], figures[US]["calm_p99_ms"])


def processes(_folder: Path, *, quick: bool) -> Scenario | None:
    """A second process on the same PostgreSQL.  It is worth something only where it has a core of its own."""
    if quick:
        return None
    room = (os.cpu_count() or 1) >= 4  # two servers, a database and a generator
    contenders: dict[str, Callable[[], AbstractContextManager[Sequence[Target]]]] = {
        "one": partial(pair, 400, processes=1, workshops=2),
        "two": partial(pair, 400, processes=2, workshops=2),
        "two, one workshop": partial(pair, 400, processes=2, workshops=1),
    }
    return Scenario(
        {"play": "closed_loop", "clients": 200, "seconds": 3.0},
        [Contender(name, opened) for name, opened in contenders.items()],
        [
            Row("votes/s, 2 processes / 1", over("per_s", "one", "two"), 1.6 if room else None, least=True),
            Row("votes/s, 2 processes / 1, same workshop", over("per_s", "one", "two, one workshop")),
            Row("p99, 2 processes", lambda f: f["two"]["ack_p99_ms"], unit=" ms"),
            Row("p99, 2 processes, same workshop", lambda f: f["two, one workshop"]["ack_p99_ms"], unit=" ms"),
        ],
        {"one": ("per_s",)},
    )


QUICK = ("fan-out", "wave", "votes", "join", "stalled")  # what a minute is enough for

SCENARIOS: dict[str, Callable[..., Scenario | None]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        fan_out,
        growth,
        wave,
        votes,
        join,
        pages,
        reconnects,
        ballots,
        cards,
        editing,
        groups,
        stalled,
        processes,
    )
}
