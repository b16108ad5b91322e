"""The files of methods: what is shipped holds, and what does not hold is said in one line."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from app.methods.adopting import Wish, addition, planned
from app.methods.format import MOMENTS, Method
from app.methods.library import SHIPPED, MethodError, library, read
from app.methods.single import OFFERS
from facilitation import pictures
from facilitation.activity import Phase
from facilitation.agenda import Step
from facilitation.forms import FORMS
from facilitation.kinds import KINDS, poll
from facilitation.screen import Audience
from facilitation.stage import RESULT
from tests.rooms import NINE, Kept, activity, afresh, room, submit
from tests.steered import COLOURS, step

ROOT = Path(__file__).resolve().parent.parent
METHODS = library()
GENDERED = re.compile(r"\w[*:_·/]-?(?:in|innen|n|r)\b|!|\b\w+Innen\b")


def sentences(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from sentences(item)
        case dict():
            for item in value.values():
                yield from sentences(item)


def made(method: Method, wish: Wish = Wish(), *steps: Step) -> Kept:  # noqa: B008  # a tuple
    """A room in which a method was taken over at the end."""
    before = room(steps=steps)
    plan = addition(before, method, wish, "end")
    activities = [activity(KINDS[it.kind], it.id, **it.config) for it in plan.activities]
    return room(*activities, steps=plan.after)


# ── what is shipped ──


def test_the_methods_are_there_by_the_moment_they_are_for() -> None:
    assert list(METHODS) == [
        *("blitzlicht", "impromptu", "ein-punkt-frage", "aufstellung", "interviews", "wortwolke"),
        *("impuls-mit-fragen", "praemissen-gruppen", "praemissencheck", "rtsc-tische"),
        *("eins-zwei-vier-alle", "behalten-lassen", "blog", "kartenabfrage", "retrospektive", "zurufliste"),
        *("dynamische-moderation", "fishbowl", "fishbowl-gruppen", "kopfstand", "galerierundgang", "open-space"),
        *("textwerkstatt", "textwerkstatt-gruppen", "troika", "was-nun", "world-cafe", "zukunftskonferenz"),
        *("dotmocracy", "leitprojekte", "mehrpunktabfrage", "konsent"),
        *("widerstandsabfrage", "fuenfzehn-prozent", "vereinbarungen"),
    ]
    assert [it.moment for it in METHODS.values()] == sorted((it.moment for it in METHODS.values()), key=MOMENTS.index)


@pytest.mark.parametrize("name", METHODS)
def test_a_day_made_of_a_method_goes_with_one_key_from_beginning_to_end(name: str) -> None:
    day = made(METHODS[name])
    opened = set()
    while day.agenda.next:
        submit(day, "mo", "agenda", "advance")
        opened |= {id for id, it in day.activities.items() if it.is_open}
    assert opened == set(day.activities)
    assert day.agenda.current == day.agenda.steps[-1]

    for id, it in day.activities.items():
        while it.is_open:  # groups write to the end first
            submit(day, "mo", id, "close")
        submit(day, "mo", id, "show", view=RESULT)
        for audience in (Audience.PLENARY, Audience.STAGE, Audience.DESK):
            assert it.kind.view(it.state, pictures.look(day, it, audience, RESULT))
        assert it.phase is Phase.CLOSED
    assert afresh(day).activities == day.activities


@pytest.mark.parametrize("name", METHODS)
def test_a_method_speaks_as_everybody_is_spoken_to(name: str) -> None:
    texts = list(sentences(tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))))
    assert [text for text in texts if GENDERED.search(text)] == []
    assert [step.title for step in METHODS[name].steps if not step.say and step.minutes < 15] == []


def test_the_methods_are_in_the_package() -> None:
    shipped = {file.path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {str(file) for file in SHIPPED.glob("*.toml")} <= shipped


# ── a method becomes rows ──


def test_what_one_writes_stands_in_place_of_the_samples() -> None:
    wish = Wish("Umzug", "Wohin?", ("Rathaus {title}", "Bahnhof"))
    plan = planned(METHODS["widerstandsabfrage"], wish, (), NINE)

    assert [it.title for it in plan.activities] == ["Wohin?", "Was bräuchte der Vorschlag?", "Wohin? (zweite Runde)"]
    options = [["o1", "Rathaus {title}"], ["o2", "Bahnhof"], ["bleibt", "Es bleibt, wie es ist (Passivlösung)"]]
    assert plan.activities[0].config["settings"]["options"] == options
    assert plan.activities[2].config["follows"] == plan.activities[0].id
    assert [it.title for it in plan.steps] == [
        "Umzug: bewerten",
        "Umzug: Widerstand hören",
        "Umzug: noch einmal bewerten",
    ]
    assert plan.steps[2].instruction.splitlines()[1] == "„Die Lösungen sind jetzt andere. Bitte bewerten Sie neu.“"


def test_a_question_for_each_line_and_a_paragraph_for_each_piece_of_a_text() -> None:
    plan = planned(METHODS["aufstellung"], Wish(options=("Eins", "Zwei")), (), NINE)
    assert [(it.id, it.title) for it in plan.activities] == [
        ("aufstellung-aussage", "Eins"),
        ("aufstellung-aussage-2", "Zwei"),
    ]
    assert plan.steps[0].activities == ("aufstellung-aussage", "aufstellung-aussage-2")

    text = planned(METHODS["textwerkstatt"], Wish("Leitbild", paragraphs=("Für alle.",)), (), NINE).activities[0]
    (document,) = text.config["documents"]
    assert document == {
        "id": "textwerkstatt-text",
        "title": "Leitbild",
        "paragraphs": [["textwerkstatt-text-1", "Absatz 1", "Für alle."]],
    }


def test_the_same_method_twice_has_ids_of_its_own() -> None:
    first = made(METHODS["blitzlicht"])
    plan = addition(first, METHODS["blitzlicht"], Wish(), "end")
    assert plan.ids == ["blitzlicht-puls-2", "blitzlicht-1-2"]
    assert plan.after[1].activities == ("blitzlicht-puls-2",)


def test_an_id_is_no_address_of_something_else() -> None:
    method = METHODS["blitzlicht"].model_copy(update={"name": "agenda"})
    activities = {"agenda": method.activities["puls"]}
    steps = (method.steps[0].model_copy(update={"activities": ("agenda",)}),)
    plan = planned(method.model_copy(update={"activities": activities, "steps": steps}), Wish(), (), NINE)
    assert [it.id for it in plan.activities] == ["agenda-2"]


def times(steps: tuple[Step, ...]) -> list[tuple[str, int, int]]:
    """Each step, and when it begins and ends in minutes after nine."""

    def minute(when: datetime) -> int:
        return (when - NINE) // timedelta(minutes=1)

    return [(step.id, minute(step.starts), minute(step.ends)) for step in steps]


def planned_day() -> Kept:
    later = {"starts": NINE + timedelta(hours=1), "ends": NINE + timedelta(hours=2)}
    second = step("zwei", "abfrage").model_copy(update=later)
    return room(activity(poll, "abfrage", names="named", **COLOURS), steps=(step("eins"), second))


def test_after_the_current_step_it_begins_when_that_ends_and_later_ones_wait() -> None:
    day = planned_day()
    submit(day, "mo", "agenda", "advance")
    plan = addition(day, METHODS["ein-punkt-frage"], Wish(), "next")
    assert times(plan.after) == [
        ("eins", 0, 60),
        ("ein-punkt-frage-1", 60, 63),
        ("ein-punkt-frage-2", 63, 66),
        ("zwei", 66, 126),
    ]


def test_before_the_day_begins_the_next_is_the_first() -> None:
    plan = addition(planned_day(), METHODS["blitzlicht"], Wish(), "next")
    assert times(plan.after) == [("blitzlicht-1", 0, 3), ("eins", 3, 63), ("zwei", 63, 123)]


def test_at_the_end_it_begins_when_the_last_step_ends() -> None:
    plan = addition(planned_day(), METHODS["blitzlicht"], Wish(), "end")
    assert times(plan.after)[-1] == ("blitzlicht-1", 120, 123)


def test_a_day_without_an_agenda_gets_one_from_its_beginning_on() -> None:
    assert times(addition(room(), METHODS["blitzlicht"], Wish(), "next").after) == [("blitzlicht-1", 0, 3)]


def test_beside_the_agenda_nothing_moves() -> None:
    day = planned_day()
    plan = addition(day, METHODS["blitzlicht"], Wish(), "beside")
    assert (plan.after, plan.ids) == (day.agenda.steps, ["blitzlicht-puls"])


# ── one activity alone ──


def test_every_form_and_kind_can_be_asked_for_that_needs_nothing_but_lines() -> None:
    plans = [
        planned(it.method(["Eins", "Zwei"], 5), Wish("Titel", "", ("Eins", "Zwei"), ("Eins",)), (), NINE)
        for it in OFFERS.values()
    ]
    offered = [one for plan in plans for one in plan.activities]
    assert FORMS.keys() - {it.config.get("form") for it in offered} == {"pin"}  # which needs a picture
    assert KINDS.keys() - {it.kind for it in offered} <= {"groups"}  # which need people to be put together
    assert {it.title for it in offered} == {"Titel"}


def test_lines_that_may_be_missing_leave_the_kind_as_it_is() -> None:
    (wall,) = planned(OFFERS["wand"].method((), 5), Wish("Titel"), (), NINE).activities
    assert wall.config == {}


def test_the_lines_of_a_survey_are_its_questions() -> None:
    (survey,) = planned(OFFERS["fragebogen"].method(["Was?", "Wer?"], 5), Wish("Titel"), (), NINE).activities
    assert [(it["id"], it["title"]) for it in survey.config["questions"]] == [
        ("fragebogen-1", "Was?"),
        ("fragebogen-2", "Wer?"),
    ]


# ── a file that does not hold ──

WHOLE = """
title = "Eigene"
moment = "Gewichten"
purpose = "Wozu."
size = "alle"
[activities.frage]
kind = "poll"
title = "Wie?"
settings = { form = "scale", settings = { min = 1, max = 5 } }
[[steps]]
title = "{title}"
minutes = 5
instruction = "Fragen."
activities = ["frage"]
"""


def file(folder: Path, text: str) -> Path:
    path = folder / "eigene.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_of_the_document_holds(tmp_path: Path) -> None:
    document = (ROOT / "deploy" / "docs" / "methods.md").read_text(encoding="utf-8")
    method = read(file(tmp_path, document.partition("```toml\n")[2].partition("```")[0]))
    plan = planned(method, Wish(), (), NINE)
    assert [it.id for it in plan.activities] == ["eigene-wand", "eigene-urteil"]
    assert all(f"`{kind}`" in document for kind in KINDS)
    assert all(f"`{moment}`" in document for moment in MOMENTS)


def test_a_house_has_methods_of_its_own_and_may_replace_ours(tmp_path: Path) -> None:
    (tmp_path / "blitzlicht.toml").write_text(WHOLE, encoding="utf-8")
    file(tmp_path, WHOLE)
    methods = library(tmp_path)
    assert (methods["eigene"].minutes, methods["blitzlicht"].title) == (5, "Eigene")


@pytest.mark.parametrize(
    "old, new, complaint",
    [
        ("[activities", "[activities", ""),
        ('title = "Eigene"', "", "title: Field required"),
        ("max = 5", "max = 0", "activity frage: a scale rises, by at most twenty steps"),
        ('"poll"', '"pool"', "activity frage: there is no kind pool"),
        ('"Gewichten"', '"Immer"', f"moment is one of: {', '.join(MOMENTS)}"),
        ("minutes = 5", "minutes = 0", "steps.0.minutes: Input should be greater than or equal to 1"),
        ('["frage"]', "[]", "activity frage is in no step"),
        ('["frage"]', '["frage", "fehlt"]', "step 1: there is no activity fehlt"),
        ('["frage"]', '["frage"]\nphase = "draft"', "step 1: nothing in it has phases"),
        ("settings = { form", 'settings = { follows = "fehlt", form', "activity frage follows none of this file"),
        ('size = "alle"', 'size = "alle"\noptions = ["a"]', "options need words that ask for them, and the other way"),
        ('"{title}"', '"{option}"', "'option' is not known where it stands"),
        ("settings = { form", 'settings = { follows = "frage", form', "'frage' is not known where it stands"),
        ('title = "Wie?"', "title = Wie?", "cannot be read: Invalid value (at line 8, column 9)"),
        ('size = "alle"', 'size = "alle"\nfarbe = "rot"', "farbe: Extra inputs are not permitted"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = file(tmp_path, WHOLE.replace(old, new))
    if not complaint:
        assert read(path).title == "Eigene"
        return
    with pytest.raises(MethodError) as error:
        read(path)
    assert str(error.value).startswith("method eigene.toml")
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_a_server_does_not_start_with_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    file(tmp_path / "methods", WHOLE.replace("max = 5", "max = 0"))
    env = {"RATSCHLAG_DATA_DIR": str(tmp_path), "RATSCHLAG_SECRET": "c0ffee" * 8}
    serve = [str(Path(sys.executable).with_name("ratschlag")), "serve", "--port", "0"]
    ran = subprocess.run(serve, env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    sentence = "ratschlag: method eigene.toml: activity frage: a scale rises, by at most twenty steps\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", sentence)
