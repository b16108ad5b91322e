"""Lists as spreadsheets give them out: one person to a line, and errors by their lines."""

import pytest

from app.forming.lists import Wrong, read
from facilitation.record import Person, Role
from tests.forming.town import city, groups

PEOPLE = {
    it.id: it
    for it in (
        *city(2),
        Person("x1", Role.PARTICIPANT, "Gast"),
        Person("x2", Role.PARTICIPANT, "Gast"),
        Person("mo", Role.FACILITATOR, "Moderation"),
    )
}


@pytest.mark.parametrize(
    "text",
    [
        "h1;g1\nd1;Gruppe 2",
        "h1,1\nd1,2",
        "h1\tg1\nd1\tg2",
        "\ufeffPerson;Gruppe\r\nh1;g1\r\n\r\nd1;g2\r\n",
        ' Leitung Amt 1 ; G1 ;\n"Vertretung Amt 1";"gruppe 2"',
    ],
)
def test_people_and_groups_are_known_by_id_name_or_number(text: str) -> None:
    assert read(text, PEOPLE, groups(2)) == ({"h1": ("g1",), "d1": ("g2",)}, [])


@pytest.mark.parametrize(
    "line, expected",
    [
        ("wer;g1", ("person", "wer")),
        ("mo;g1", ("person", "mo")),
        ("Gast;g1", ("several", "Gast")),
        ("h1;g9", ("group", "g9")),
        ("h1;", ("missing", "h1")),
        ("h1", ("missing", "h1")),
        ("h1;g1;g2", ("many", "h1")),
        ("d2;g2", ("twice", "d2")),
        (";g2", ("person", "")),
    ],
)
def test_what_cannot_be_followed_is_told_by_its_line(line: str, expected: tuple[str, str]) -> None:
    found = read(f"d2;g1\n\n{line}", PEOPLE, groups(2))
    assert found == ({"d2": ("g1",)}, [Wrong(3, *expected)])


def test_of_two_wishes_the_same_one_is_one() -> None:
    assert read("h1;g2;g2\nh2;g1;g2", PEOPLE, groups(2), most=2).groups == {"h1": ("g2",), "h2": ("g1", "g2")}
