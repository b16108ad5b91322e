"""Small days as people live them: real sockets and real forms against a server of its own, on both databases."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from typing import Any, NamedTuple

import httpx2
import pytest
from websockets.asyncio.client import connect

from app import database
from app.assets import build
from app.preparing import prepare
from app.store import Store
from app.tokens import sign
from realtime.seat import Message, Seat
from tests import real
from tests.controls import form
from tests.realtime.screens import Screen
from tests.town import ACTIVITIES, MANY, PEOPLE, POLL, QUESTIONS, SECRET, STEPS, WALL, until, workshop

SOON = 15  # seconds in which everything that is promised at once has happened, also on a busy machine


class Seen(Screen):
    """A screen of this build."""

    async def join(self, build: str = build()) -> Message:
        return await super().join(build)

    def shows(self, words: str) -> bool:
        return words in json.dumps([self.parts, self.mine], ensure_ascii=False)

    async def says(self, activity: str, command: str, id: str = "", **data: Any) -> Message:
        """Send a command, again where it is asked for; its receipt."""
        message = {"id": id or secrets.token_hex(16), "activity": activity, "command": command, "data": data}
        while (receipt := await self.command(message)).get("retry_after_ms"):  # noqa: ASYNC110  # as a page does
            await asyncio.sleep(receipt["retry_after_ms"] / 1000)
        return receipt


class Day(NamedTuple):
    """A workshop of its own on one or more servers; nobody is there yet."""

    urls: tuple[str, ...]
    id: int
    code: str
    origin: str

    def token(self, person: str, place: str = "person", device: str = "phone") -> str:
        return sign(SECRET, Seat(self.id, person, place, device, 1))

    def screen(
        self, person: str, page: str = "now", *, at: int = 0, place: str = "person", device: str = "phone"
    ) -> Seen:
        """A screen of this person on server number `at`."""
        return Seen(self.urls[at], {"token": self.token(person, place, device)}, page)

    def desk(self, *, at: int = 0) -> Seen:
        return self.screen("mo", "desk", at=at, place="desk")

    def stage(self, *, at: int = 0) -> Seen:
        return self.screen("", "stage", at=at, place="stage")

    @asynccontextmanager
    async def phone(self, person: str, page: str = "now", *, at: int = 0, device: str = "phone") -> AsyncIterator[Seen]:
        """A person who joins: the command first, then the page."""
        seen = self.screen(person, page, at=at, device=device)
        await seen.sio.connect(seen.url, transports=["websocket"], auth=seen.auth)
        assert (await seen.says("roster", "join", client="phone", via="link"))["ok"]
        assert (await seen.join())["ok"]
        try:
            yield seen
        finally:
            await seen.sio.disconnect()

    def browser(self, *, at: int = 0) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.urls[at], headers={"Origin": self.origin})


def begun(database_url: str, urls: tuple[str, ...], origin: str) -> Day:
    """A new workshop beside those that the server knows."""
    store = Store(database_url)
    with closing(store):
        code = str(secrets.randbelow(900_000) + 100_000)
        id = prepare(store, workshop(code, f"T{code}", "Tag", steps=STEPS), PEOPLE, ACTIVITIES)
    return Day(urls, id, code, origin)


async def shown(*screens: Seen, words: str) -> None:
    """Wait until all these screens show something."""
    await until(lambda: all(screen.shows(words) for screen in screens), SOON)


async def gone(*screens: Seen, words: str) -> None:
    await until(lambda: not any(screen.shows(words) for screen in screens), SOON)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """One server for the days of this module: its database, its address."""
    url = f"sqlite:///{tmp_path_factory.mktemp('day') / 'day.db'}"
    database.upgrade(url)
    with real.served({"RATSCHLAG_DATABASE_URL": url, "RATSCHLAG_SECRET": SECRET}) as served:
        yield url, served.url


@pytest.fixture
def day(server: tuple[str, str]) -> Day:
    url, address = server
    return begun(url, (address,), address)


# ── one server ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_people_vote_by_socket_and_by_form_and_all_screens_follow(day: Day) -> None:
    async with day.desk() as desk, day.stage() as stage, day.phone("ben") as ben, day.browser() as ada:
        await ada.post(f"/p/{day.token('ada')}", data={"answer": "yes"})
        await desk.says(POLL, "open")
        await desk.says(POLL, "show", view="question")
        await shown(desk, stage, ben, words="Wie ist die Stimmung?")

        ballot = form((await ada.get(f"/w/{day.code}/now")).text, f"{POLL}.vote")
        answer = await ada.post(f"/w/{day.code}/{ballot.action}", data=ballot.filled(choice="rot"))
        receipt = await ben.says(POLL, "vote", choice="blau")

        assert (answer.status_code, receipt["ok"]) == (303, True)
        await shown(ben, desk, words="2 von 2 haben abgestimmt")
        await shown(stage, words='s-240 s-figure\\">2<')
        assert "2 von 2 haben abgestimmt" in (await ada.get(f"/w/{day.code}/now")).text
        assert '"ok": true' in json.dumps(ben.answer)


async def test_a_command_after_a_lost_answer_gets_the_first_answer(day: Day) -> None:
    """The mind changes in between, so that a second recording would show."""
    first, second = secrets.token_hex(16), secrets.token_hex(16)
    async with day.desk() as desk, day.phone("ben") as ben:
        await desk.says(POLL, "open")
        await shown(ben, words='data-command=\\"vote\\"')
        lost = {"id": first, "activity": POLL, "command": "vote", "data": {"choice": "rot"}}
        await ben.sio.emit("command", lost, callback=lambda _: None)  # nobody hears the answer
        await shown(desk, words="1 von 1 hat abgestimmt")
    async with day.phone("ben") as ben:
        assert (await ben.says(POLL, "vote", id=second, choice="blau"))["ok"]
        again = await ben.says(POLL, "vote", id=first, choice="rot")
        other = await ben.says(POLL, "vote", id=first, choice="blau")

        assert (again["ok"], again["again"]) == (True, True)
        assert (other["ok"], other["code"]) == (False, "command.reused")
        assert 'value=\\"blau\\" checked' in json.dumps(ben.mine)


async def test_the_desk_steers_and_phone_and_stage_follow(day: Day) -> None:
    async with day.desk() as desk, day.stage() as stage, day.phone("ben") as ben:
        await shown(stage, words="Nehmen Sie teil.")
        for command, data in (("open", {}), ("show", {"view": "question"})):
            assert (await desk.says(POLL, command, **data))["ok"]
        await shown(stage, ben, words="Wie ist die Stimmung?")
        await ben.says(POLL, "vote", choice="rot")
        await desk.says(POLL, "close")
        await shown(ben, words=", geschlossen")
        assert not stage.shows("stage-result")
        await desk.says(POLL, "show", view="result")
        await shown(stage, words="stage-result")
        await shown(ben, words=f"page.{POLL}.result")
        await desk.says("stage", "darken", blank=True)
        await shown(stage, words="Gleich geht es weiter.")
        assert not stage.shows("stage-result")
        await desk.says("stage", "darken", blank=False)
        await shown(stage, words="stage-result")


async def test_what_is_hidden_leaves_every_screen_and_comes_back(day: Day) -> None:
    async with day.desk() as desk, day.stage() as stage, day.phone("ada") as ada, day.phone("ben") as ben:
        await desk.says(WALL, "open")
        await desk.says(WALL, "show", view="wall")
        ref = (await ben.says(WALL, "write", column="neu", text="Sitzungen kürzen"))["ref"]
        await shown(ada, stage, words="Sitzungen kürzen")
        await desk.says(WALL, "hide", ref=ref, reason="Probe")
        await gone(ada, stage, words="Sitzungen kürzen")
        await shown(ben, words="ausgeblendet: <bdi")  # the author is told why
        await desk.says(WALL, "restore", ref=ref)
        await shown(ada, stage, words="Sitzungen kürzen")


async def test_a_timer_closes_and_is_not_stingy(day: Day) -> None:
    async with day.desk() as desk, day.phone("ben") as ben:
        await desk.says("agenda", "advance", step="vormittag")
        await desk.says(POLL, "open", seconds=5)
        await shown(ben, words="data-ends")
        assert (await desk.says(POLL, "extend", seconds=-3600))["ok"]  # the time is over now
        assert (await ben.says(POLL, "vote", choice="rot"))["ok"]  # two seconds of grace
        await shown(ben, words=", geschlossen")  # nobody did it
        late = await ben.says(POLL, "vote", choice="blau")

        assert (late["ok"], late["code"]) == (False, "poll.not_open")
        await shown(desk, words="1 von 1 hat abgestimmt")


async def test_two_devices_of_one_person_show_the_same_and_count_once(day: Day) -> None:
    async with day.desk() as desk, day.phone("ben") as phone, day.phone("ben", device="laptop") as laptop:
        await desk.says(POLL, "open")
        await shown(phone, laptop, words='data-command=\\"vote\\"')
        await phone.says(POLL, "vote", choice="rot")
        await shown(laptop, words="gespeichert")
        await laptop.says(POLL, "vote", choice="blau")
        await until(lambda: 'value=\\"blau\\" checked' in json.dumps(phone.mine), SOON)

        await shown(desk, words="1 von 1 hat abgestimmt, 1 geändert")
        assert phone.mine == laptop.mine


async def test_coming_back_costs_nothing_or_one_whole_picture(day: Day) -> None:
    async with day.desk() as desk, day.phone("ben") as ben:
        await desk.says(WALL, "open")
        await shown(ben, words="Ein Gedanke je Karte")
        await ben.sio.disconnect()
        async with day.screen("ben") as back:
            back.at, back.parts = ben.at, dict(ben.parts)
            answer = await back.join()
            assert (answer["since"], answer["at"], answer["parts"]) == (ben.at, ben.at, {})

        await desk.says(WALL, "write", column="neu", text="Während der Funkstille")
        async with day.screen("ben") as late:
            late.at, late.parts = ben.at, dict(ben.parts)
            answer = await late.join()
            assert answer["since"] is None
            await shown(late, words="Während der Funkstille")


async def test_a_phone_in_a_tunnel_shares_the_day_by_plain_requests(day: Day) -> None:
    async with day.desk() as desk, day.browser() as ada:
        await ada.post(f"/p/{day.token('ada')}", data={"answer": "yes"})
        address = f"/w/{day.code}/picture?page=questions&place=person&person=ada"
        at = (await ada.get(address)).json()["at"]
        await desk.says(QUESTIONS, "open")
        patch = (await ada.get(f"{address}&at={at}")).json()
        sent = {"id": secrets.token_hex(16), "data": {"text": "Und die Schulen?"}}
        receipts = [
            (await ada.post(f"/w/{day.code}/{QUESTIONS}.ask?page=questions", json=sent)).json() for _ in range(2)
        ]

        assert patch["at"] > at
        assert [receipt["ok"] for receipt in receipts] == [True, True]
        assert receipts[0]["ref"] == receipts[1]["ref"]
        assert "Und die Schulen?" in json.dumps(receipts[0]["mine"])
        await shown(desk, words="Und die Schulen?")
        await desk.says(QUESTIONS, "close")
        assert (await ada.post(f"/w/{day.code}/{QUESTIONS}.ask", json=sent)).json()["again"]


async def test_a_socket_that_says_nothing_of_ours_disturbs_nobody(day: Day) -> None:
    address = day.urls[0].replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with day.phone("ben") as ben, connect(address) as rude:
        await rude.send("x" * 1000)
        await rude.wait_closed()
        assert (await ben.resync())["ok"]


async def test_presence_tells_how_many_people_are_connected(day: Day) -> None:
    async with day.desk() as desk, day.phone("ben") as ben, day.phone("ben", device="laptop"):
        await until(lambda: ben.here and ben.here[-1][0] == 1, SOON)
        async with day.phone("ada"):
            await until(lambda: desk.here and desk.here[-1][0] == 2, SOON)
        await until(lambda: desk.here[-1][0] == 1, SOON)


# ── two servers ─────────────────────────────────────────────────────────────────────────────────────────────────────

VOTERS = ("ada", "ben", "dep", "g-1", "eva", "wal")


async def test_on_two_servers_all_pictures_are_equal_also_without_redis(postgres: real.Postgres) -> None:
    url = postgres.database()
    database.upgrade(url)
    with real.redis() as redis:
        env = {"RATSCHLAG_DATABASE_URL": url, "RATSCHLAG_SECRET": SECRET, "RATSCHLAG_REDIS_URL": redis.url}
        env |= {"RATSCHLAG_URL": "http://rathaus.test"}
        with real.served(env) as one, real.served(env) as two:
            await _on_two_servers(begun(url, (one.url, two.url), env["RATSCHLAG_URL"]), redis)


async def _on_two_servers(day: Day, redis: real.Redis) -> None:
    async with (
        day.desk() as desk,
        day.desk(at=1) as other_desk,
        day.stage(at=1) as stage,
        day.stage() as other_stage,
        _everybody(day) as phones,
    ):
        screens = (desk, other_desk, stage, other_stage, *phones)

        async def vote(choice: str, words: str) -> None:
            receipts = await asyncio.gather(*(phone.says(POLL, "vote", choice=choice) for phone in phones))
            assert {receipt["ok"] for receipt in receipts} == {True}
            await shown(desk, other_desk, words=words)
            await until(lambda: all(equal(screens)), SOON)

        await desk.says(POLL, "open")
        await other_desk.says(POLL, "show", view="question")
        await shown(*phones, stage, other_stage, words="Wie ist die Stimmung?")
        await vote("rot", "6 von 6 haben abgestimmt")

        redis.kill()
        await vote("blau", "6 von 6 haben abgestimmt, 6 geändert")
        assert [await doorbell(url) for url in day.urls] == ["slow", "slow"]

        redis.start()
        await vote("rot", "6 von 6 haben abgestimmt, 12 geändert")
        await until_async(lambda: _rings(day))
        await desk.says(MANY, "open")
        await shown(*phones, words="Was zuerst?")
        await until(lambda: all(equal(screens)), SOON)


@asynccontextmanager
async def _everybody(day: Day) -> AsyncIterator[list[Seen]]:
    """Everybody with a phone, half of them on each server."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(day.phone(person, at=n % 2)) for n, person in enumerate(VOTERS)]


def equal(screens: tuple[Seen, ...]) -> Iterator[bool]:
    """Whether those who watch the same see the same."""
    for page in {screen.page for screen in screens}:
        first, *others = (screen.parts for screen in screens if screen.page == page)
        yield all(other == first for other in others)


async def doorbell(url: str) -> str:
    async with httpx2.AsyncClient() as browser:
        return str((await browser.get(f"{url}/healthz")).json().get("doorbell", "fast"))


async def _rings(day: Day) -> bool:
    return {await doorbell(url) for url in day.urls} == {"fast"}


async def until_async(happened: Callable[[], Any]) -> None:
    async with asyncio.timeout(SOON):
        while not await happened():  # noqa: ASYNC110  # it happens in other processes
            await asyncio.sleep(0.1)
