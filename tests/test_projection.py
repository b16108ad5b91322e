"""From a picture to HTML: what did not change is not drawn again."""

from collections.abc import Iterator
from typing import Any

import pytest

from app import projection
from facilitation.pictures import Piece
from facilitation.screen import Marks, Slot


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the pieces that are drawn meanwhile."""
    made: list[str] = []

    def draw(piece: Any) -> str:
        made.append(piece.name)
        return f"<p>{piece.content}</p>"

    monkeypatch.setattr(projection, "_drawn", draw)
    return made


def piece(name: str, content: str) -> Piece:
    return Piece("screen", "page.", name, content)


def test_of_a_picture_only_what_changed_is_drawn(drawings: list[str]) -> None:
    cards = {f"card-{number}": piece(f"card-{number}", "still") for number in range(1000)}
    before = projection.drawn({"cards": Slot(cards), "marks": Marks(), **cards})
    drawings.clear()

    after = projection.drawn({"cards": Slot(cards), **cards, "card-7": piece("card-7", "moved")}, before)

    assert drawings == ["card-7"]
    assert after == {name: part for name, part in before.items() if name != "marks"} | {"card-7": "<p>moved</p>"}


def test_without_an_earlier_picture_everything_is_drawn(drawings: list[str]) -> None:
    assert projection.drawn({"a": piece("a", "x"), "b": Slot(("a",))}) == {"a": "<p>x</p>", "b": ["a"]}
    assert drawings == ["a"]
