"""Hints while somebody types: which cards and answers say much the same, and who is told of them."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from app import similar
from app.store import ACTIVITY, Store
from tests.browsing import address, town
from tests.town import CODE, MANY, OPTIONS, POLL, SEATS, WALL, Town, copied, opened

__all__ = ["town"]

CARDS = [
    ("a", "Mitzeichnung parallel statt nacheinander"),
    ("b", "Homeoffice dauerhaft ermöglichen"),
    ("c", "Parallele Mitzeichnungen!"),
]


def test_cards_are_alike_by_the_stems_of_their_words_the_best_first() -> None:
    found = similar.similar("Mitzeichnungen bitte parallel", CARDS)
    assert [like.ref for like in found] == ["c", "a"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize("text", ["", "und wir", "Kantine", "?!"])
def test_words_that_say_nothing_or_something_else_are_like_no_card(text: str) -> None:
    assert similar.similar(text, CARDS) == []


def test_three_are_enough() -> None:
    assert len(similar.similar("Mehr Mut", [(str(n), "Mehr Mut") for n in range(9)])) == 3


def test_nothing_of_what_was_worked_out_is_kept_when_it_must_be_forgotten() -> None:
    similar.similar("Frau M. ist krank", CARDS)
    similar.forget()
    assert similar._stems.cache_info().currsize == 0


async def test_a_hint_names_cards_that_everybody_may_see_and_their_island(town: Town) -> None:
    first = await town.did("ben", WALL, "write", column="neu", text="Mitzeichnung parallel")
    hidden = await town.did("ben", WALL, "write", column="neu", text="Parallele Mitzeichnung")
    await town.did("mo", WALL, "hide", ref=hidden, reason="kein Beitrag")
    await town.did("mo", WALL, "island", title="Tempo", cards=[first])
    async with town.browser(SEATS["participant"]) as ada:
        answer = await ada.get(address("similar"), params={"text": "Mitzeichnungen parallel"})
    assert answer.json() == {"similar": [{"ref": first, "text": "Mitzeichnung parallel", "island": "Tempo"}]}


async def test_the_desk_asks_for_cards_like_one_that_it_sorts(town: Town) -> None:
    one, other = [await town.did("ben", WALL, "write", column="neu", text=f"Mehr Mut{end}") for end in ("", "!")]
    async with town.browser(SEATS["facilitator"]) as mo:
        answer = await mo.get(address("similar", "desk"), params={"card": one, "place": "desk"})
    assert [it["ref"] for it in answer.json()["similar"]] == [other]


async def test_who_asks_too_often_is_told_when_to_ask_again(town: Town) -> None:
    async with town.browser(SEATS["participant"]) as ada:
        answers = [await ada.get(address("similar"), params={"text": "Mut"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].json()["retry_after_ms"] > 0


# ── answers that people propose ──


async def like(town: Town, text: str, activity: str = POLL) -> list[dict[str, str]]:
    """What a participant is told who types this into the field for a further answer."""
    async with town.browser(SEATS["participant"]) as ada:
        answer = await ada.get(f"/w/{CODE}/{activity}.similar", params={"text": text})
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.json()["similar"]
    return found


async def test_a_hint_names_answers_that_can_be_chosen_and_none_that_waits_or_is_hidden(town: Town) -> None:
    refs = [await town.did("ben", POLL, "propose", text=text) for text in ("Mehr Zeit", "Mehr Zeit für alle")]
    assert await like(town, "mehr Zeiten") == []
    await town.did("mo", POLL, "accept", option=refs[1])
    assert await like(town, "mehr Zeiten") == [{"text": "Mehr Zeit für alle"}]
    await town.did("mo", POLL, "hide", ref=refs[1], reason="kein Beitrag")
    assert await like(town, "mehr Zeiten") == []


async def test_there_is_no_hint_for_whom_the_question_is_not(tmp_path: Path) -> None:
    config = {"form": "single", "settings": OPTIONS, "proposals": "free", "names": "named"}
    file = copied(tmp_path)
    with closing(Store(f"sqlite:///{file}")) as store, store.writing(1) as on:
        for nth, unit in enumerate(("amt-10", "amt-20")):
            row = {"workshop_id": 1, "id": unit, "title": "Was noch?", "position": 98 + nth, "kind": "poll"}
            on.execute(insert(ACTIVITY).values(row | {"config": config | {"eligible": {"units": [unit]}}}))
    async with opened(file) as town:
        for unit in ("amt-10", "amt-20"):
            await town.did("mo", unit, "open")
        assert await like(town, "Rot", "amt-10") == [{"text": "Rot"}]
        assert await like(town, "Rot", "amt-20") == []


async def test_there_is_no_hint_where_nothing_can_be_added(town: Town) -> None:
    assert await like(town, "Rot") == [{"text": "Rot"}]
    assert await like(town, "Rot", MANY) == []
    await town.did("mo", POLL, "close")
    assert await like(town, "Rot") == []
