"""What a card says of where its author belongs, and that it leads back to nobody."""

from typing import Any

import pytest

from facilitation import pictures
from facilitation.kinds import groups, wall
from facilitation.record import Person, Role
from facilitation.screen import Audience
from facilitation.tagging import hiding
from facilitation.walls import table as rows_of
from tests.kinds.walls import COLUMNS, html, mine, state, view, write
from tests.rooms import Kept, activity, afresh, room, submit

K = 5
MO = Person("mo", Role.FACILITATOR, "Moderation")


def people(**divisions: int) -> list[Person]:
    """So many people of each division; of division `none` they have none."""
    return [
        Person(f"{name}{n}", Role.PARTICIPANT, f"Leitung {name}{n}", unit=f"amt-{name}-{n}", division=value)
        for name, number in divisions.items()
        for n in range(number)
        for value in ("" if name == "none" else name.upper(),)
    ]


def opened(*here: Person, **config: Any) -> Kept:
    wand = activity(wall, "wand", **{"columns": COLUMNS, "tagged_by": "division"} | config)
    made = room(wand, people=[MO, *here])
    submit(made, "mo", "wand", "open")
    return made


def tags(hall: Kept, *authors: str) -> list[str]:
    """What the cards say that these people write now."""
    return [state(hall).cards[write(hall, author)].tag for author in authors]


# ── who is hidden ──


@pytest.mark.parametrize(
    "values, tag",
    [
        (5 * ["I"], "I"),
        (4 * ["I"], ""),
        (5 * ["I"] + 5 * ["II"], "I"),
        (5 * ["I"] + 5 * [""], "I"),
        (5 * ["I"] + [""], ""),  # the one without would be known by the card that says nothing
        (5 * ["I"] + 4 * ["II"], ""),
        (6 * ["I"] + 5 * ["II"] + [""], "I"),  # the second goes with the one who has none
        (5 * ["II"] + 6 * ["I"] + [""], ""),
        (5 * ["I"] + 5 * ["II"] + 3 * ["III"] + 2 * ["IV"], "I"),
        (3 * ["III"] + 5 * ["I"] + 5 * ["II"] + 2 * ["IV"], ""),
        ([""] + 5 * ["I"], ""),
    ],
)
def test_a_tag_stands_only_where_it_and_its_absence_hide_at_least_k(values: list[str], tag: str) -> None:
    assert hiding(values, K) == tag


def test_an_anonymous_card_says_its_division_where_enough_are_here() -> None:
    hall = opened(*people(i=5, ii=5, iii=4, none=1), names="anonymous")
    assert tags(hall, "i0", "ii4", "iii0", "none0") == ["I", "II", "", ""]

    submit(hall, "i4", "roster", "leave")

    assert tags(hall, "i0", "ii0") == ["", "II"]
    assert state(afresh(hall)).cards == state(hall).cards


def test_the_tag_is_on_every_screen_and_stays_when_it_is_forgotten_who_wrote() -> None:
    hall = opened(*people(i=5), names="anonymous")
    ref = write(hall, "i0")
    assert view(hall)[f"card-{ref}"].tag == ("division", "I")
    assert mine(hall, "i0")["mine-cards"][1][0].note.tag == ("division", "I")
    look = pictures.look(hall, hall.activities["wand"], Audience.DESK)
    assert [row["tag"] for row in rows_of.rows(state(hall), look)] == ["I"]
    for shown in (view(hall, Audience.STAGE, "wall"), view(hall, Audience.DESK)):
        assert "'division', 'I'" in str(shown)

    submit(hall, "mo", "wand", "close")
    submit(hall, "mo", "wand", "show", view="result")

    assert state(hall).sealed
    assert view(hall)[f"card-{ref}"].tag == ("division", "I")


def test_with_names_it_always_stands_there_and_never_on_what_staff_brings() -> None:
    hall = opened(*people(ada=1), names="named", tagged_by="unit")
    assert tags(hall, "ada0") == ["amt-ada-0"]
    assert tags(hall, "mo") == [""]
    (seed,) = submit(hall, "mo", "wand", "seed", column="mitnehmen", text="Vorlage")
    assert state(hall).cards[seed.data["ref"]].tag == ""


def test_only_the_moderation_knows_a_name_and_all_others_a_tag_that_hides_it() -> None:
    hall = opened(*people(i=5, ii=2), names="moderators")
    assert tags(hall, "i0", "ii0") == ["", ""]
    assert tags(opened(*people(i=5, ii=5), names="moderators"), "i0") == ["I"]


def test_a_group_is_told_by_its_number_also_after_it_is_over_and_of_two_rounds_the_later() -> None:
    here = people(i=10)
    tables = [{"id": "a", "title": "Geheim"}, {"id": "b", "title": "Anders"}]
    kinds = [activity(groups, name, groups=tables) for name in ("erste", "zweite")]
    wand = activity(wall, "wand", columns=COLUMNS, tagged_by="group", names="anonymous")
    hall = room(*kinds, wand, people=[MO, *here])
    submit(hall, "mo", "wand", "open")
    assert tags(hall, "i0") == [""]

    first, second = [it.id for it in here[:5]], [it.id for it in here[5:]]
    for name, seats in (("erste", {"a": first, "b": second}), ("zweite", {"a": second, "b": first})):
        submit(hall, "mo", name, "assign", groups=seats)
        submit(hall, "mo", name, "start")
        assert tags(hall, "i0", "i9") == (["Gruppe 1", "Gruppe 2"] if name == "erste" else ["Gruppe 2", "Gruppe 1"])
        submit(hall, "mo", name, "close")
        while hall.activities[name].is_open:
            submit(hall, "mo", name, "close")

    assert tags(hall, "i0", "i9") == ["Gruppe 2", "Gruppe 1"]


@pytest.mark.parametrize(
    "by, names, words",
    [
        ("division", "named", "Auf der Karte steht Ihr Dezernat."),
        (
            "unit",
            "moderators",
            "steht Ihr Amt, solange Sie damit eine von mindestens 5 Personen hier bleiben.",
        ),
        (
            "group",
            "anonymous",
            "steht Ihre Kleingruppe, solange Sie damit eine von mindestens 5 Personen",
        ),
    ],
)
def test_whoever_writes_is_told_before_what_will_stand_there(by: str, names: str, words: str) -> None:
    for tagged_by, there in ((by, True), ("no", False)):
        hall = opened(*people(ada=1), names=names, tagged_by=tagged_by)
        hall.roster.people["ada"] = hall.roster.people["ada0"]
        assert (words in html(hall)) == there


def test_a_division_that_is_only_a_number_is_called_one() -> None:
    hall = opened(*people(ada=1), names="named")
    hall.roster.people["ada"] = hall.roster.people["ada0"]
    write(hall, "ada0")
    assert 'Dezernat <bdi dir="auto">ADA</bdi>' in html(hall, "wall")
