from itertools import pairwise

import pytest

from realtime.presence import Presence, pause
from tests.realtime.hall import Hall, served, token, until
from tests.realtime.screens import Screen


def test_a_new_number_is_told_once() -> None:
    presence = Presence()

    assert [presence.due({1: 3, 2: 7}, now=float(now)) for now in (0, 1, 2)] == [{1: 3, 2: 7}, {}, {}]


def test_a_number_that_changes_all_the_time_is_told_at_most_once_a_second() -> None:
    presence = Presence()

    told = [now for now in range(50) if presence.due({1: now}, now / 10)]

    assert told == [0, 10, 20, 30, 40]


def test_telling_is_thinned_as_the_crowd_grows() -> None:
    assert [pause(here) for here in (0, 100, 101, 500, 501, 2000)] == [1, 1, 2, 2, 5, 5]


def test_a_workshop_that_was_empty_starts_afresh() -> None:
    presence = Presence()
    presence.due({1: 3}, now=0)
    presence.due({}, now=0.1)

    assert presence.due({1: 3}, now=0.2) == {1: 3}


async def test_what_breaks_in_presence_breaks_it_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.live.LOOK_SECONDS", 0.02)
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        with monkeypatch.context() as broken:
            broken.setattr("realtime.live.Frame", lambda *_: 1 / 0)
            await until(lambda: caplog.records)
        async with Screen(url, token("p2")):
            await until(lambda: screen.here and screen.here[-1][0] == 2)

        assert [record.getMessage() for record in caplog.records] == ["presence is broken"]


async def test_people_are_counted_once_however_many_devices_they_have_and_desks_are_not() -> None:
    hall = Hall()
    async with (
        served(hall) as url,
        Screen(url, token("p1")),
        Screen(url, token("p1", device="laptop")),
        Screen(url, token("mo", "desk"), "desk"),
        Screen(url, token("", "stage"), "stage"),
        Screen(url, token("p2")) as last,
    ):
        assert last.answer["here"] == 2
        async with Screen(url, token("p3")) as third:
            assert third.answer["here"] == 3
            await until(lambda: last.here and last.here[-1][0] == 3)
        await until(lambda: last.here[-1][0] == 2)
        times = [when for _, when in last.here]
        assert min(later - earlier for earlier, later in pairwise(times)) > 0.5  # a second, as told; later as heard
