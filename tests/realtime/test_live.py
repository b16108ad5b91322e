import ast
import asyncio
import json
import secrets
from pathlib import Path

import pytest

from realtime import live
from realtime.allowance import Allowance
from realtime.crowd import SOCKETS_PER_PERSON
from realtime.seat import Message, Picture, Seat, Watch
from tests.realtime.hall import DESK, NOW, Hall, command, seat, served, token, until
from tests.realtime.screens import Screen, wire


async def test_join_answers_with_the_whole_picture_and_what_is_mine() -> None:
    hall = Hall()
    hall.vote("p1")
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        answer = screen.answer | {"now": 0}

        assert screen.answer["now"] > 1_700_000_000_000
        assert answer == {
            "ok": True,
            "since": None,
            "at": hall.room.at,
            "parts": hall.picture(NOW),
            "mine": await hall.mine(seat("p1"), "now"),
            "here": 1,
            "now": 0,
            "build": "b1",
        }


async def test_the_page_and_the_join_after_it_cost_one_painting() -> None:
    hall = Hall()
    async with served(hall) as url:
        page = await hall.live.channel(NOW)
        screen = Screen(url, token("p1"))
        screen.at, screen.parts = page.at, dict(page.seen)
        async with screen:
            assert (screen.answer["since"], screen.answer["at"], screen.answer["parts"]) == (page.at, page.at, {})
            assert (screen.parts, hall.paintings) == (hall.picture(NOW), 1)


async def test_a_change_reaches_a_screen_as_a_patch() -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        hall.vote("p2")
        await until(lambda: screen.at == hall.room.at)

        assert screen.parts == hall.picture(NOW)
        assert (screen.wholes, screen.patches, screen.gaps) == (1, 1, 0)


async def test_many_changes_within_a_beat_are_one_patch() -> None:
    hall = Hall()
    async with served(hall, seconds=0.2) as url, Screen(url, token("p1")) as screen:
        hall.vote("p1")
        await until(lambda: screen.patches == 1)
        for person in ("p2", "p3", "p4"):
            hall.vote(person)
            await asyncio.sleep(0)
        await until(lambda: screen.at == hall.room.at)

        assert screen.patches == 2


async def test_a_gap_is_filled_with_the_whole_picture() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        screen.loss = 1
        hall.vote("p2")
        await until(lambda: screen.lost == 1)
        screen.loss = 0
        hall.vote("p3")
        await until(lambda: screen.at == hall.room.at)

        assert screen.parts == hall.picture(NOW)
        assert (screen.gaps, screen.wholes) == (1, 2)


async def test_whoever_comes_back_with_the_latest_picture_is_sent_nothing() -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        assert (await screen.resync())["parts"] == {}
        await screen.join()

        assert (screen.wholes, screen.parts) == (1, hall.picture(NOW))


async def test_somebody_let_in_while_away_does_not_keep_the_picture_of_the_lobby() -> None:
    hall = Hall()
    hall.act("mo", command("door", "roster", door="lobby"))
    hall.room.roster.joined.clear()
    hall.act("p1", command("join", "roster", client="phone", via="code"), device="phone")
    async with served(hall) as url:
        screen = Screen(url, token("p1"), "stream")
        async with Screen(url, token("mo"), "stream") as inside, screen:
            assert screen.parts["wait"] == "<p>Bitte warten</p>"
            await screen.sio.disconnect()

            hall.act("mo", command("admit", "roster"))
            assert inside.at == screen.at
            async with screen:
                assert screen.parts == inside.parts == {"": ["quiet"], "quiet": "<p>Hier ist noch nichts</p>"}


async def test_a_page_of_an_older_build_is_told_and_gets_the_whole_picture() -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        hall.build = "b2"

        answer = await screen.join(build="b1")

        assert (answer["since"], answer["build"], screen.reloads) == (None, "b2", ["b2"])


async def test_the_desk_is_refused_to_a_participant_although_there_is_something_to_see() -> None:
    hall = Hall()
    for person in ("p1", "p2", "p3"):
        hall.vote(person)
    async with served(hall) as url, Screen(url, token("mo", "desk"), "desk") as desk:
        assert "cast=3" in str(desk.parts["desk-turnout"])

        async with Screen(url, token("p1", "desk"), "desk") as curious:
            hall.vote("p4")
            await until(lambda: desk.at == hall.room.at)

            refusal = {"ok": False, "code": "forbidden", "sentence": "Das ging nicht: forbidden."}
            assert (curious.answer, curious.parts, curious.patches) == (refusal, {}, 0)
            assert [client.seat.person for client in hall.live.crowd.lane(DESK)] == ["mo"]


@pytest.mark.parametrize("said", ["", "{}", json.dumps(token("nobody"))])
async def test_somebody_unknown_cannot_connect(said: str) -> None:
    hall = Hall()
    async with served(hall) as url, wire(url) as stranger:
        await stranger.say("40" + said)

        assert await stranger.heard("44") == '44{"message":"unknown_actor"}'
        assert len(hall.live.crowd) == 0


async def test_a_broken_check_of_identity_lets_nobody_in() -> None:
    hall = Hall()
    hall.broken = {"who"}
    async with served(hall) as url, wire(url) as screen:
        await screen.say("40" + json.dumps(token("p1")))

        assert await screen.heard("44") == '44{"message":"broken"}'
        assert len(hall.live.crowd) == 0


async def test_a_command_is_answered_with_receipt_and_what_is_mine() -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        receipt = await screen.command(command("vote", choice="nein"))

        assert receipt == {
            "ok": True,
            "made": "2026-05-04T09:00:00+00:00",
            "mine": await hall.mine(seat("p1"), "now"),
        }
        assert "chosen='nein'" in receipt["mine"]["mine-ballot"]


async def test_a_refusal_says_why() -> None:
    async with served(Hall()) as url, Screen(url, token("p1")) as screen:
        receipt = await screen.command(command("vote", choice="vielleicht"))

        assert (receipt["code"], receipt["sentence"]) == ("poll.invalid", "Das ging nicht: poll.invalid.")


async def test_a_command_before_join_has_a_receipt_and_nothing_else() -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as early:
        await early.say(f'427["command",{json.dumps(command("vote", choice="ja"))}]')

        assert await early.heard("437") == '437[{"ok":true,"made":"2026-05-04T09:00:00+00:00"}]'


async def test_the_commands_of_one_client_keep_their_order() -> None:
    hall = Hall()
    async with served(hall, each=Allowance(1000, 1000)) as url, wire(url, token("p1")) as fast:
        heard: list[str] = []

        async def submit(_seat: object, message: Message) -> Message:
            await asyncio.sleep(0.004 if len(heard) % 2 else 0)  # each second one takes longer
            heard.append(message["id"])
            return {"ok": True}

        hall.submit = submit  # type: ignore[method-assign, assignment]
        sent = [secrets.token_hex(16) for _ in range(100)]
        for number, id_ in enumerate(sent):
            await fast.say(f'42{number}["command",{{"id":"{id_}"}}]')
        answers = [await fast.heard("43") for _ in sent]

        assert heard == sent
        assert answers == [f'43{number}[{{"ok":true}}]' for number in range(100)]


async def test_what_is_broken_is_answered_and_noted_once(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        hall.broken = {"submit"}
        answers = [await screen.command(command("vote", choice="ja")) for _ in range(5)]

        assert answers == [{"ok": False, "code": "broken", "sentence": "Das ging nicht: broken."}] * 5
        assert [record.getMessage() for record in caplog.records] == ["command is broken"]


async def test_a_receipt_goes_out_though_what_is_mine_cannot_be_drawn(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        hall.broken = {"mine"}
        receipt = await screen.command(command("vote", choice="ja"))

        assert receipt == {"ok": True, "made": "2026-05-04T09:00:00+00:00"}
        assert "the personal picture of a receipt is broken" in [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("message", [{}, {"page": "now"}, {"page": 1, "at": None, "build": "b1"}])
async def test_a_join_that_makes_no_sense_is_answered(message: Message) -> None:
    async with served(Hall()) as url, Screen(url, token("p1")) as screen:
        assert (await screen.sio.call("join", message))["code"] == "invalid"


async def test_a_resync_needs_a_join_before_it_and_a_number() -> None:
    async with served(Hall()) as url, wire(url, token("p1")) as early:
        await early.say('427["resync",{"at":1}]')
        assert '"code":"not_joined"' in await early.heard("437")
        await early.say('428["resync",{"at":"1"}]')
        assert '"code":"invalid"' in await early.heard("438")


async def test_the_ninth_socket_of_a_person_closes_the_first() -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as first, Screen(url, token("p2")):
        await first.join()
        others = [Screen(url, token("p1", device=f"d{number}")) for number in range(SOCKETS_PER_PERSON)]
        for other in others:
            await other.__aenter__()

        assert await first.closed() == (1008, "too many sockets")
        await until(lambda: len(hall.live.crowd) == SOCKETS_PER_PERSON + 1)
        for other in others:
            await other.__aexit__()


async def test_leaving_the_namespace_ends_the_connection() -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as screen:
        await screen.join()
        await screen.say("41")

        assert await screen.closed() == (1008, "disconnected")
        assert (len(hall.live.crowd), hall.live.crowd.here, list(hall.live.crowd.watched)) == (0, {}, [])


async def test_whoever_leaves_while_their_picture_is_painted_is_not_let_in() -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as screen:
        started, go_on = asyncio.Event(), asyncio.Event()

        async def painting(_watch: Watch) -> None:
            started.set()
            await go_on.wait()

        hall.painting = painting
        await screen.say('421["join",{"page":"now","at":null,"build":"b1"}]')
        await started.wait()
        (sid,) = hall.live.crowd._clients
        await hall.live._sio.disconnect(sid)
        go_on.set()
        await screen.closed()

        assert (len(hall.live.crowd), list(hall.live.crowd.lane(NOW))) == (0, [])


async def test_a_person_who_goes_too_fast_is_told_when_to_come_back() -> None:
    hall = Hall()
    async with served(hall, each=Allowance(burst=2, rate=1)) as url, Screen(url, token("p1")) as screen:
        codes = [(await screen.command(command("vote", choice="ja"))).get("code") for _ in range(3)]
        assert codes == [None, None, "allowance"]
        refusal = await screen.command(command("vote", choice="ja"))
        assert 0 < refusal["retry_after_ms"] <= 1000
        assert refusal["sentence"] == "Das ging nicht: allowance."

        async with Screen(url, token("p2")) as other:
            assert (await other.command(command("vote", choice="ja")))["ok"]


async def test_all_together_are_bounded_too() -> None:
    hall = Hall()
    async with served(hall, together=Allowance(burst=1, rate=1)) as url, Screen(url, token("p1")) as screen:
        assert (await screen.command(command("vote", choice="ja")))["ok"]
        async with Screen(url, token("p2")) as other:
            refusal = await other.command(command("vote", choice="ja"))
            assert (refusal["code"], refusal["retry_after_ms"] <= 1000) == ("busy", True)


async def test_plain_requests_to_the_socket_are_refused() -> None:
    async with served(Hall()) as url:
        host = url.rpartition("/")[2]
        reader, writer = await asyncio.open_connection(*host.split(":"))
        writer.write(b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
        writer.close()


async def test_a_touch_during_a_join_is_seen_by_it() -> None:
    """A seat that loses its permission while its picture is painted must not get the picture."""
    hall = Hall()
    async with served(hall) as url, wire(url, token("mo", "desk")) as desk:
        demoted = False

        async def painting(_watch: Watch) -> None:
            nonlocal demoted
            if not demoted:
                demoted = True
                hall.room.roster.people["mo"] = hall.room.roster.people["p1"]
                hall.live.stir(1, {"mo"})

        hall.painting = painting
        answer = await desk.join("desk")

        assert answer == {"ok": False, "code": "forbidden", "sentence": "Das ging nicht: forbidden."}


async def test_what_is_mine_is_never_overtaken_by_what_is_newer() -> None:
    """The personal parts of a receipt are drawn, then the person votes on another device: the last word is the last."""
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        drawn, go_on = asyncio.Event(), asyncio.Event()
        draw = hall.mine

        async def slow(seat: Seat, page: str) -> Picture:
            hall.mine = draw  # type: ignore[method-assign]
            parts = await draw(seat, page)
            drawn.set()
            await go_on.wait()
            return parts

        hall.mine = slow  # type: ignore[method-assign]
        asking = asyncio.create_task(screen.command(command("vote", choice="ja")))
        await drawn.wait()
        hall.vote("p1", "nein")
        await asyncio.sleep(0.05)
        go_on.set()

        assert "chosen='ja'" in str((await asking)["mine"])
        await until(lambda: "chosen='nein'" in str(screen.mine))


def test_nothing_is_sent_to_a_whole_namespace() -> None:
    """Somebody whose identity is still being checked would hear it too."""
    calls = [
        {keyword.arg for keyword in call.keywords}
        for path in Path(live.__file__).parent.glob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "emit"
    ]

    assert calls == [{"to"}]
