from datetime import timedelta
from typing import Any

from facilitation import pictures
from facilitation.agenda import Step
from facilitation.kinds import poll, questions, wall
from facilitation.pictures import Lobby, Picture, Piece
from facilitation.plenum import PAGES, DayStep, Now, Upcoming, invited
from facilitation.record import Person, Role
from facilitation.screen import Marks, Slot
from facilitation.trail import Trail
from tests.rooms import NINE, PEOPLE, Kept, activity, room, submit

QUESTION = {"form": "scale", "settings": {"min": 1, "max": 5}, "names": "named"}


def step(id: str, minutes: int, *activities: str, lead: str = "") -> Step:
    """A step of half an hour that begins so many minutes after nine."""
    starts = NINE + timedelta(minutes=minutes)
    ends = starts + timedelta(minutes=30)
    return Step(id=id, title=id.title(), starts=starts, ends=ends, activities=activities, lead=lead)


def hall(*, steps: tuple[Step, ...] = (), people: tuple[Person, ...] = PEOPLE) -> Kept:
    """A poll, a wall and questions, nothing open."""
    return room(
        activity(poll, "abfrage", **QUESTION),
        activity(wall, "wand", names="named"),
        activity(questions, "fragen", names="named"),
        steps=steps,
        people=people,
    )


def content(picture: Picture, name: str) -> Any:
    """What a part has to say."""
    piece = picture[name]
    assert isinstance(piece, Piece)
    return piece.content


def tops(picture: Picture, slot: str = "page.main") -> list[str]:
    """What stands in a slot, without the parts of one activity after its first."""
    names = picture[slot]
    assert isinstance(names, Slot)
    return list(dict.fromkeys(name.rpartition(".")[0] if name.count(".") > 1 else name for name in names))


def test_where_nothing_is_open_the_page_says_what_is_on_and_who_is_here() -> None:
    made = hall(steps=(step("ankommen", 0, lead="Kaffee"), step("ideen", 30), step("pause", 60)))
    submit(made, "mo", "agenda", "advance")
    submit(made, "mo", "fragen", "open")

    picture = pictures.plenary(made, "now")
    assert picture["page.main"] == Slot(("page.plenary",))
    assert content(picture, "page.plenary") == Now(
        title="Ankommen",
        lead="Kaffee",
        since=made.agenda.begun["ankommen"],
        pages=("questions",),
        upcoming=(
            Upcoming(made.agenda.begun["ankommen"] + timedelta(minutes=30), "Ideen"),
            Upcoming(made.agenda.begun["ankommen"] + timedelta(minutes=60), "Pause"),
        ),
        here=3,
        invited=4,
        ended=False,
    )


def test_before_the_day_begins_the_page_has_the_title_of_the_workshop() -> None:
    made = hall(steps=tuple(step(f"schritt-{n}", 30 * n) for n in range(5)))
    now = content(pictures.plenary(made, "now"), "page.plenary")
    assert (now.title, now.since, [later.title for later in now.upcoming]) == (
        "Amtsleitungstag",
        None,
        ["Schritt-0", "Schritt-1", "Schritt-2"],
    )


def test_after_the_end_the_page_says_so() -> None:
    made = hall()
    submit(made, "mo", "agenda", "end", confirmed=True)
    assert content(pictures.plenary(made, "now"), "page.plenary").ended


def test_times_are_those_of_the_clock_on_the_wall() -> None:
    made = hall(steps=(step("ankommen", 0),))
    (later,) = content(pictures.plenary(made, "now"), "page.plenary").upcoming
    begins = content(pictures.lobby(made), "page.lobby").begins
    assert (f"{later.starts:%H:%M}", f"{begins:%H:%M}") == ("11:00", "11:00")


def test_what_is_open_stands_on_the_page_the_latest_first() -> None:
    made = hall()
    submit(made, "mo", "wand", "open")
    submit(made, "mo", "abfrage", "open")
    assert tops(pictures.plenary(made, "now")) == ["page.abfrage", "page.wand"]


def test_what_is_closed_stays_on_the_page_while_the_day_or_the_stage_is_at_it() -> None:
    made = hall(steps=(step("ideen", 0, "wand"), step("pause", 30)))
    submit(made, "mo", "agenda", "advance")
    for slug in ("abfrage", "wand"):
        submit(made, "mo", slug, "open")
        submit(made, "mo", slug, "close")
    assert tops(pictures.plenary(made, "now")) == ["page.wand", "page.plenary"]

    submit(made, "mo", "abfrage", "show", view="result")
    assert tops(pictures.plenary(made, "now")) == ["page.abfrage", "page.wand", "page.plenary"]

    submit(made, "mo", "agenda", "advance")
    assert tops(pictures.plenary(made, "now")) == ["page.plenary"]


def answered(made: Kept) -> Kept:
    """Ada's answer to a poll that is closed by now, and never was on the stage."""
    submit(made, "mo", "abfrage", "open")
    submit(made, "ada", "abfrage", "vote", value=4)
    submit(made, "mo", "abfrage", "close")
    return made


def test_what_somebody_answered_stays_after_the_closing_above_that_there_is_nothing_to_do() -> None:
    made = answered(hall(steps=(step("pause", 0), step("ideen", 30, "wand"))))
    assert tops(pictures.plenary(made, "now")) == ["page.abfrage", "page.plenary"]
    receipt = content(pictures.personal(made, made.person("ada"), "now"), "page.abfrage.mine-ballot")
    assert (receipt.made is not None, receipt.open) == (True, False)

    submit(made, "mo", "fragen", "open")  # stands on another page
    assert tops(pictures.plenary(made, "now")) == ["page.abfrage", "page.plenary"]


def test_when_the_next_step_is_reached_what_was_answered_before_goes() -> None:
    made = hall(steps=(step("pause", 0), step("ideen", 30, "wand"), step("ende", 60)))
    submit(made, "mo", "agenda", "advance")
    answered(made)
    assert tops(pictures.plenary(made, "now")) == ["page.abfrage", "page.plenary"]

    submit(made, "mo", "agenda", "advance")
    assert tops(pictures.plenary(made, "now")) == ["page.plenary"]
    submit(made, "mo", "wand", "open")
    submit(made, "mo", "agenda", "advance")  # closes the wall and reaches the step in one moment
    assert tops(pictures.plenary(made, "now")) == ["page.plenary"]


def test_when_another_activity_is_opened_what_was_answered_before_goes_for_good() -> None:
    made = answered(hall())
    submit(made, "mo", "wand", "open")
    assert tops(pictures.plenary(made, "now")) == ["page.wand"]

    submit(made, "mo", "wand", "close")
    assert tops(pictures.plenary(made, "now")) == ["page.wand", "page.plenary"]


def test_what_was_open_beside_it_does_not_take_an_answer_away() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    submit(made, "mo", "wand", "open")
    submit(made, "mo", "abfrage", "close")
    assert tops(pictures.plenary(made, "now")) == ["page.wand", "page.abfrage"]


def test_a_page_of_its_own_shows_what_is_or_was_open_there() -> None:
    made = room(activity(questions, "alt"), activity(questions, "neu"))
    assert pictures.plenary(made, "questions")["page.main"] == Slot(("page.nothing",))
    assert content(pictures.plenary(made, "questions"), "page.nothing") == "questions"

    for slug in ("alt", "neu"):
        submit(made, "mo", slug, "open")
    submit(made, "mo", "alt", "close")
    assert tops(pictures.plenary(made, "questions")) == ["page.neu", "page.alt"]


def test_every_page_carries_the_name_of_the_workshop_and_the_day() -> None:
    made = hall(steps=(step("eins", 0), step("zwei", 30), step("drei", 60)))
    submit(made, "mo", "agenda", "advance", step="zwei")
    line = (DayStep(30, "past"), DayStep(30, "now"), DayStep(30, "next"))
    for picture in (*(pictures.plenary(made, page) for page in PAGES), pictures.lobby(made)):
        assert content(picture, "page.name") == "Amtsleitungstag"
        assert content(picture, "page.dayline") == line


def test_whoever_waits_sees_when_it_begins_and_nothing_else() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    picture = pictures.lobby(made)
    assert set(picture) == {"page.name", "page.dayline", "page.lobby", "page.main"}
    assert content(picture, "page.lobby") == Lobby("Amtsleitungstag", NINE)


def test_who_is_expected_is_no_staff_and_guests_are_once_they_came() -> None:
    guest = Person("gast", Role.PARTICIPANT, "Gast", guest=True)
    assert invited(hall(people=(*PEOPLE, guest))) == 5


def test_people_behind_a_room_device_are_expected_one_by_one() -> None:
    made = hall(people=(*PEOPLE, Person("saal", Role.ROOM, "Saal", headcount=12)))
    assert invited(made) == hall_invited(made) + 12


def hall_invited(made: Kept) -> int:
    return sum(not person.role.is_staff and person.role is not Role.ROOM for person in made.roster.people.values())


# ── one's own ──


def test_the_own_parts_stand_in_the_frame_of_the_page_and_marks_lie_over_shared_ones() -> None:
    made = hall()
    submit(made, "mo", "wand", "open")
    submit(made, "ada", "wand", "write", column="cards", text="Mut")

    picture = pictures.personal(made, made.person("ada"), "now")
    assert set(picture) == {"page.wand.mine-write", "page.wand.mine-cards", "marks"}
    assert picture["marks"] == Marks((("page.wand.card-AT2-0001", "own"),))
    assert pictures.personal(made, made.person("ben"), "now")["marks"] == Marks()
    assert set(pictures.personal(made, made.person("ada"), "questions")) == {"marks"}


def test_own_contributions_of_all_activities_stand_together_the_latest_first() -> None:
    made = hall()
    submit(made, "mo", "wand", "open")
    submit(made, "mo", "fragen", "open")
    first = submit(made, "ada", "wand", "write", column="cards", text="Mut")[-1]
    submit(made, "ben", "wand", "write", column="cards", text="Zeit")
    second = submit(made, "ada", "fragen", "ask", text="Wozu?", anonymous=True)[-1]

    assert pictures.plenary(made, "mine")["page.main"] == Slot(
        ("page.mine-trail", "page.mine-followed", "page.mine-leave")
    )
    assert content(pictures.personal(made, made.person("ada"), "mine"), "page.mine-trail") == (
        Trail(second.made, "fragen", "AT2-0003", "Wozu?", ""),
        Trail(first.made, "wand", "AT2-0001", "Mut", ""),
    )


def test_an_edited_card_stands_there_as_it_reads_now() -> None:
    made = hall()
    submit(made, "mo", "wand", "open")
    ref = submit(made, "ada", "wand", "write", column="cards", text="Mut")[-1].data["ref"]
    submit(made, "ada", "wand", "edit", card=ref, text="Mehr Mut")
    submit(made, "mo", "wand", "move", card=ref, column="cards")

    (trail,) = content(pictures.personal(made, made.person("ada"), "mine"), "page.mine-trail")
    assert trail.text == "Mehr Mut"
