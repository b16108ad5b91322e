"""An open poll, its ballots and its screens, for the tests of polls."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import poll
from facilitation.poll_parts import MyBallot, Result
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience
from tests.rooms import PEOPLE, Kept, activity, afresh, room, submit

OPTIONS = [("rot", "Rot"), ("blau", "Blau"), ("grün", "Grün")]
SINGLE = {"form": "single", "settings": {"options": OPTIONS}}
MULTIPLE = {"form": "multiple", "settings": {"options": OPTIONS, "max_choices": 2}}
SCALE = {"form": "scale", "settings": {"min": 1, "max": 5, "ends": ("gar nicht", "sehr")}}
AMY = Person("amy", Role.PARTICIPANT, "Stellvertretung Amt 10", unit="amt-10", deputy=True)
DEVICE = Person("saal", Role.ROOM, "Saal 2", headcount=12)
CROWD = tuple(
    Person(f"p{n:02d}", Role.PARTICIPANT, f"Person {n}", unit=f"amt-{n}", division="I" if n < 14 else "II")
    for n in range(28)
)
MODES = ["named", "moderators", "anonymous"]


def opened(config: dict[str, Any] = SINGLE, people: tuple[Person, ...] = (), **more: Any) -> Kept:
    """An open poll, with names unless `more` says otherwise."""
    made = room(activity(poll, "abfrage", **{"names": "named"} | config | more), people=(*PEOPLE, *people))
    submit(made, "mo", "abfrage", "open")
    return made


def vote(made: Kept, by: str, **ballot: Any) -> None:
    submit(made, by, "abfrage", "vote", **ballot)


def refusal(made: Kept, by: str, **ballot: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        vote(made, by, **ballot)
    return refused.value.code, refused.value.values


def figures(made: Kept) -> dict[str, Any]:
    block = made.activities["abfrage"].figures()
    assert afresh(made).activities["abfrage"].figures() == block
    return block


def view(made: Kept, audience: Audience, picture: str = "") -> dict[str, Any]:
    abfrage = made.activities["abfrage"]
    return poll.view(abfrage.state, pictures.look(made, abfrage, audience, picture))


def views(made: Kept) -> list[str]:
    """The further pictures of a result that the desk can show."""
    return [name for name, _ in view(made, Audience.DESK)["desk-turnout"].views]


def html(made: Kept, audience: Audience, picture: str = "") -> str:
    """What is drawn for an audience."""
    framed = pictures.framed(made.activities["abfrage"], "", view(made, audience, picture))[0]
    return " ".join(str(part) for part in drawn(framed).values())


def ballot(made: Kept, by: str) -> MyBallot:
    abfrage = made.activities["abfrage"]
    seen = pictures.look(made, abfrage, Audience.PLENARY)
    mine: MyBallot = poll.mine(abfrage.state, abfrage.actor(made.person(by)), seen)["mine-ballot"]
    return mine


def close_and_show(made: Kept) -> None:
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")


def result(made: Kept) -> Result:
    shown: Result = view(made, Audience.PLENARY)["result"]
    return shown


def content(made: Kept) -> Any:
    """What the form draws of the result that everybody sees."""
    return result(made).content


def paper(made: Kept, by: str) -> Any:
    """The form's ballot paper."""
    return ballot(made, by).paper


def chosen(made: Kept, by: str) -> str:
    """What somebody chose of a poll with one answer."""
    found: str = paper(made, by).chosen
    return found


def bars(drawn: Any) -> tuple[tuple[str, int], ...]:
    """Labels and votes of what is drawn as bars."""
    return tuple((bar.label, bar.votes) for bar in drawn.rows)
