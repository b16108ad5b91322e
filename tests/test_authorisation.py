"""Who may do what: every command and every route of this build against everybody who may knock.

What is expected stands in authorisation.csv, one line for each command or request, one column for each role, to be
read by people.  Commands and routes are found in the registries of the build, so none can be forgotten.
"""

import csv
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.routing import Match, Route

from app.tokens import feed_key, sign
from facilitation import moderation, roster, steering
from facilitation.kinds import KINDS
from realtime.seat import Seat
from tests.controls import form
from tests.saying import card_of, said
from tests.town import (
    CODE,
    PICTURE,
    POLL,
    SEATS,
    SECRET,
    STREAM,
    WALL,
    Town,
    copied,
    opened,
    seat,
)

TABLE = Path(__file__).with_name("authorisation.csv")
ROLES = tuple(SEATS)


def table() -> dict[str, dict[str, str]]:
    """Line -> role -> what is expected."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {line["what"]: {role: line[role] for role in ROLES} for line in csv.DictReader(lines)}


def commands() -> list[str]:
    """Every command of this build, by who defines it."""
    own = {kind.name: kind.commands for kind in KINDS.values()}
    common = {"activity": steering.COMMANDS | moderation.COMMANDS, "roster": roster.COMMANDS}
    return [f"{source}.{name}" for source, models in (own | common).items() for name in models]


EXPECTED = table()
COMMANDS = [what for what in EXPECTED if "/" not in what]
REQUESTS = [what for what in EXPECTED if "/" in what]


def test_every_command_has_its_line() -> None:
    lines, known = set(COMMANDS), set(commands())
    assert {"without a line": known - lines, "of no command": lines - known} == {
        "without a line": set(),
        "of no command": set(),
    }


# ── commands ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def outcome(town: Town, taken: Seat | None, what: str, number: int) -> str:
    """What becomes of a command that this seat sends."""
    room = await town.app.clerk.room(1)
    activity, name, data = said(what, room, taken.person if taken else "")
    async with town.browser(taken) as browser:
        answer = await browser.post(
            f"/w/{CODE}/{activity}.{name}",
            params={"place": taken.place if taken else "person"},
            json={"id": f"{number:032x}", "data": data},
            headers={"Accept": "application/json"},
        )
    return "allowed" if answer.json()["ok"] else str(answer.json()["code"].rpartition(".")[2])


@pytest.mark.parametrize("what", COMMANDS)
async def test_a_command_is_for_whom_it_is_meant(what: str, tmp_path: Path) -> None:
    found = {}
    async with opened(copied(tmp_path), allowance=100_000) as town:
        for number, (role, taken) in enumerate(SEATS.items()):
            before = town.rows()
            found[role] = await outcome(town, taken, what, number)
            assert (town.rows() == before) == (found[role] != "allowed"), f"{role}: {found[role]}"

    assert found == EXPECTED[what]


@pytest.mark.parametrize("name", ["edit", "withdraw"])
async def test_nobody_touches_the_card_of_somebody_else(name: str, tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        bens = card_of(await town.app.clerk.room(1), "ben")
        before = town.rows()
        for role in ("participant", "deputy", "guest", "room", "facilitator", "organiser"):
            data = {"card": bens} | ({"text": "gekapert"} if name == "edit" else {})
            message = {"id": f"{ord(role[0]):032x}", "activity": WALL, "command": name, "data": data}
            assert (await town.app.house.submit(seat(role), message))["code"] == "wall.forbidden"

        assert town.rows() == before


# ── requests ────────────────────────────────────────────────────────────────────────────────────────────────────────

TOKENS = {  # links that are tried by everybody
    "own-link": Seat(1, "eva", "person", "", 1),
    "revoked-link": Seat(1, "rev", "person", "", 1),
    "desk-link": Seat(1, "mo", "desk", "", 1),
    "desk-link-of-ada": Seat(1, "ada", "desk", "", 1),
    "stage-link": Seat(1, "", "stage", "", 1),
    "old-stage-link": Seat(1, "", "stage", "", 0),
    "gone-link": Seat(77, "eva", "person", "", 1),
}
SENT = {  # what a form says that is posted there
    "POST /": {"code": CODE},
    "POST /w/{code}/poll-stimmung.vote": {"choice": "rot"},
    "POST /w/{code}/poll-mehr.close?place=desk": {},
    "POST /w/{code}/people/revoke": {"person": "stage"},
    "POST /w/{code}/gruppen.poll": {"group": "t1", "title": "Machen wir weiter?"},
    "POST /w/{code}/activity": {"title": "Machen wir weiter?", "what": "ja-nein"},
    "POST /w/{code}/poll-stimmung.round": {"title": "Und jetzt?"},
    "POST /w/{code}/poll-spaeter.settings": {
        "title": "Und später?",
        "settings.options": "Eins\nZwei",
        "settings.abstain": "",
        "settings.other": "",
        "settings.base": "valid",
        "names": "anonymous",
        "ballot_unit": "unit",
        "seen": "shown",
        "proposals": "no",
    },
    "POST /w/{code}/groups/gruppen": {"do": "propose", "way": "random"},
}


def address(what: str) -> tuple[str, str]:
    """Method and address of a line; {code} and {picture} are the day's, TOKENS stand in braces too."""
    method, path = what.split(" ")
    links = {name.replace("-", "_"): sign(SECRET, s) for name, s in TOKENS.items()}
    links["feed"] = feed_key(SECRET, Seat(1, "ada", "person", "", 1), STREAM)
    return method, path.format(code=CODE, picture=PICTURE, **links)


def handling(town: Town, method: str, path: str) -> Route | None:
    """The route that answers a request, as the router would find it."""
    scope = {"type": "http", "method": method, "path": path.partition("?")[0], "path_params": {}, "root_path": ""}
    return next((route for route in town.routes if route.matches(scope)[0] is Match.FULL), None)


def short(answer: Response) -> str:
    """The status, and where it leads."""
    place = answer.headers.get("location", "").rpartition("/")
    where = f" {place[2]}" if place[0].startswith("/w/") else f" {place[0]}" if place[2] == CODE else place[1] and " /"
    return f"{answer.status_code}{where}"


async def test_every_route_has_its_lines(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        there = {
            (method, route.path_format) for route in town.routes for method in (route.methods or ()) if method != "HEAD"
        }
        found = [(what, handling(town, *address(what))) for what in REQUESTS]

    assert [what for what, route in found if route is None] == []
    assert {(what.split(" ")[0], route.path_format) for what, route in found if route} == there


@pytest.mark.parametrize("what", REQUESTS)
async def test_a_request_is_for_whom_it_is_meant(what: str, tmp_path: Path) -> None:
    method, path = address(what)
    found = {}
    async with opened(copied(tmp_path)) as town:
        for role, taken in SEATS.items():
            before = town.rows()
            async with town.browser(taken) as browser:
                answer = await browser.request(method, path, data=SENT.get(what))
            found[role] = short(answer)
            if method == "GET" or answer.status_code >= 400 or found[role] == "303 /j":
                assert town.rows() == before, f"{role}: {found[role]}"

    assert found == EXPECTED[what]


# ── at once ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_revoked_link_acts_and_watches_no_more_from_the_next_request_on(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser(SEATS["participant"]) as ada:
        assert short(await ada.get(f"/w/{CODE}/now")) == "200"
        assert await outcome(town, SEATS["participant"], "poll.vote", 1) == "allowed"

        await town.revoke("ada")

        assert short(await ada.get(f"/w/{CODE}/now")) == "303 /j"
        assert short(await ada.get(f"/j/{CODE}")) == "200"
        assert (await ada.get(f"/w/{CODE}/picture")).status_code == 403
        assert await outcome(town, SEATS["participant"], "poll.vote", 2) == "forbidden"


async def test_who_is_let_in_may_act_at_once(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        assert await outcome(town, SEATS["waiting"], "poll.vote", 1) == "not_joined"
        await town.did("mo", "roster", "admit")
        assert await outcome(town, SEATS["waiting"], "poll.vote", 2) == "allowed"


# ── watching, over real sockets ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_form_of_the_desk_in_the_hands_of_a_participant_does_nothing(tmp_path: Path) -> None:
    """The address of a desk's form says which seat it is for, and there is none in this browser."""
    async with opened(copied(tmp_path)) as town:
        async with town.browser(SEATS["facilitator"]) as mo:
            closing = form((await mo.get(f"/w/{CODE}/desk?activity={POLL}")).text, f"{POLL}.close")
        before = town.rows()
        async with town.browser(SEATS["participant"]) as ada:
            answer = await ada.post(f"/w/{CODE}/{closing.action}", data=closing.filled())

        assert short(answer) == "303 /j"
        assert town.rows() == before
