"""What must hold for every kind of activity, whatever it is about.

Each kind is played with random commands by random people, random beats and lost patches.
"""

import copy
import inspect
import re
from contextlib import closing, suppress
from itertools import chain
from random import Random

import pytest
from sqlalchemy import insert

from app import database
from app.batch import folded
from app.clerk import Clerk
from app.composition import laid_over
from app.projection import Parts, drawn, environment, macro_of, macros
from app.store import ACTIVITY, PERSON, WORKSHOP, Store
from app.texts import sentence
from facilitation.forms import FORMS
from facilitation.kinds import KINDS
from facilitation.pictures import Picture, Piece
from facilitation.plenum import PAGES
from facilitation.record import WORDS, Data, Entry, Envelope, Refused
from facilitation.room import Room
from tests.examples import EXAMPLES, HERE, MODES, SLUG, Play, begun, config, day, enveloped
from tests.forms.examples import PAPERS
from tests.rooms import NINE, Kept, afresh, room, submit
from tests.test_architecture import ROOT
from tests.watching import WATCHED, Screens, own, page, seen, spaces, told


def seeds(name: str) -> range:
    """One play for each setting of a kind, and at least twenty."""
    return range(max(20, len(EXAMPLES[name].configs)))


# ── what must hold after each command ──


def decided(table: Room, sent: Envelope) -> list[Entry] | None:
    """What becomes of a command; None where it is refused, which takes a sentence."""
    try:
        return table.decide(sent)
    except Refused as refused:
        sentence(refused)
        return None


def check_pure(play: Play, sent: Envelope, entries: list[Entry] | None) -> None:
    """Whoever decides or looks changes nothing."""
    shown = play.table.activities[SLUG]
    before = copy.deepcopy(shown.state, {id(form): form for form in FORMS.values()})
    assert decided(play.table, sent) == entries
    told(play.table)
    assert shown.state == before


def check_touched(play: Play, before: dict[tuple[str, str], Picture], entries: list[Entry]) -> None:
    """Nobody's own parts change but those of the people whom the entries touch."""
    touched: set[str] = set()
    for entry in entries:
        people = play.table.touched(entry)
        touched |= play.table.roster.people.keys() if people is None else people
    changed = {person for (person, page), picture in own(play.table).items() if picture != before[person, page]}
    assert changed <= touched, entries


def check_secrets(table: Kept, html: dict[str, str]) -> None:
    """Nothing hidden is seen by everybody, nor a name where none is given."""
    shown = table.activities[SLUG]
    hidden = {at for ref in shown.hidden for at in shown.contributions[ref].entries}
    words = [str(entry.full[key]) for entry in table.record if entry.at in hidden for key in WORDS & entry.full.keys()]
    markers = {marker for text in words for marker in re.findall(r"Wort\d+", text)}
    names = {person.label for person in HERE}
    for watched in ("plenary", "stage"):
        assert [marker for marker in markers if marker in html[watched]] == []
        assert shown.names == "named" or [name for name in names if name in html[watched]] == []
    assert shown.names != "anonymous" or [name for name in names if name in html["desk"]] == []


def check_drawn(parts: Parts, html: str) -> None:
    """Every part is one element of its own name, and no id stands twice."""
    for name, part in parts.items():
        if isinstance(part, str):
            assert re.match(rf'<\w+[^>]*\sdata-part="{re.escape(name)}"', part), part
    for attribute in ("id", "data-part", "data-slot"):
        values = re.findall(rf'\s{attribute}="([^"]*)"', html)
        assert [value for value in set(values) if values.count(value) > 1] == [], attribute


# ── the play ──


@pytest.mark.parametrize("name, seed", [(name, seed) for name in EXAMPLES for seed in seeds(name)])
def test_every_screen_ends_with_the_true_picture(name: str, seed: int) -> None:
    play, table = begun(name, config(name, seed), seed)
    screens = Screens(table)
    for sent in day(play):
        before, figures = own(table), table.activities[SLUG].figures()
        entries = decided(table, sent)
        check_pure(play, sent, entries)
        assert entries != [], "what is accepted leaves something on record"
        for entry in entries or []:
            table.fold(entry)
            table.record.append(entry)
        check_touched(play, before, entries or [])
        if any(entry.type == "activity.sealed" for entry in entries or []):
            assert table.activities[SLUG].figures() == figures
        if any(entry.blank for entry in entries or []):
            play.table = table = afresh(table)  # as the clerk does where words are gone
        if play.rng.random() < 0.1:
            assert told(table) == told(afresh(table))
        if play.rng.random() < 0.5:
            screens.beat(table, arriving=lambda: play.rng.random() < 0.6)
            check_secrets(table, {watched: page(drawn(seen(table, watched)), watched) for watched in WATCHED})

    screens.beat(table, arriving=lambda: False)
    screens.come_back()
    truth = {watched: drawn(seen(table, watched)) for watched in WATCHED}
    assert {watched: screen.parts for watched, screen in screens.steady.items()} == truth
    assert {watched: screen.parts for watched, screen in screens.flaky.items()} == truth
    for watched, parts in truth.items():
        check_drawn(parts, page(parts, watched))
    for (_, where), picture in own(table).items():
        if where != "mine":
            check_drawn(drawn(picture), laid_over(page(truth["plenary"], "plenary"), drawn(picture)))
    assert told(table) == told(afresh(table))


@pytest.mark.parametrize("name", KINDS)
async def test_a_room_loaded_from_the_database_is_the_room_that_was_written(name: str, database_url: str) -> None:
    settings = max(EXAMPLES[name].configs, key=lambda it: it["names"] == "anonymous")
    prepare(database_url, name, settings)
    clerk = Clerk(Store(database_url))
    play = Play(name, Random(7), await clerk.room(1))  # noqa: S311  # repeatable, not secret

    joining = [enveloped(10**6 + n, person.id, ("roster", "join", {})) for n, person in enumerate(HERE)]
    opening = [enveloped(10**6 - 1 - n, "mo", (address, "open", {})) for n, address in enumerate(play.table.activities)]
    for sent in chain(joining, opening, day(play)):
        with suppress(Refused):
            await clerk.submit(sent, when=sent.when)
        play.table = await clerk.room(1)
    await clerk.close()
    clerk.store.close()

    with closing(Store(database_url)) as second, second.reading() as on:
        loaded, entries = folded(second, 1, on)
    sealed = {"activity.sealed"} if settings["names"] == "anonymous" else set()
    redacted = {"record.redacted"} if EXAMPLES[name].said else set()
    assert sealed | redacted <= {entry.type for entry in entries}
    assert [entry.at for entry in entries] == list(range(1, play.table.at + 1))
    assert told(loaded) == told(play.table)
    assert loaded == play.table


def prepare(url: str, kind: str, settings: Data) -> None:
    """One workshop with one activity and those beside it, as it is before anything happened."""
    database.upgrade(url)
    blank = room(people=HERE)
    workshop = {name: getattr(blank.workshop, name) for name in blank.workshop.__slots__}
    people = [{name: getattr(person, name) for name in person.__slots__} for person in blank.roster.people.values()]
    planned = [
        {"id": id, "title": id, "position": n, "kind": name, "config": config, "workshop_id": 1}
        for n, (id, name, config) in enumerate([(SLUG, kind, settings), *EXAMPLES[kind].beside, *EXAMPLES[kind].later])
    ]
    with closing(Store(url)) as store, store.writing(1) as on:
        on.execute(insert(WORKSHOP).values(workshop | {"settings": {}, "imported_from": "", "created": NINE}))
        on.execute(insert(PERSON), [person | {"workshop_id": 1} for person in people])
        on.execute(insert(ACTIVITY), planned)


# ── completeness ──


def test_every_kind_has_an_example() -> None:
    assert EXAMPLES.keys() == KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_complete(name: str) -> None:
    files = [f"facilitation/kinds/{name}.py", f"templates/kinds/{name}.html", f"tests/kinds/test_{name}.py"]
    assert [path for path in files if not (ROOT / path).is_file()] == []
    assert inspect.getmodule(KINDS[name].begin) is KINDS[name]
    assert KINDS[name].page in PAGES


@pytest.mark.parametrize("seed", seeds("groups"))
def test_the_space_of_a_group_is_well_formed_after_a_day(seed: int) -> None:
    play, table = begun("groups", config("groups", seed), seed)
    for sent in day(play):
        for entry in decided(table, sent) or []:
            table.fold(entry)
    for space in map(drawn, spaces(table)):
        check_drawn(space, page(space, "plenary"))


def test_every_form_has_an_example() -> None:
    assert PAPERS.keys() == FORMS.keys()


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_complete(form: str) -> None:
    files = [f"facilitation/forms/{form}.py", f"templates/forms/{form}.html", f"tests/forms/test_{form}.py"]
    assert [path for path in files if not (ROOT / path).is_file()] == []
    offered = vars(environment.get_template(f"forms/{form}.html").module).keys()
    assert {"paper", "answer", "result", "stage", "stage_class"} - offered == set()


@pytest.mark.parametrize("name", KINDS)
def test_every_part_has_a_macro_and_every_macro_draws_a_part(name: str) -> None:
    needed = set()
    for seed in seeds(name):
        play, table = begun(name, config(name, seed), seed)
        for sent in day(play):
            for entry in decided(table, sent) or []:
                table.fold(entry)
            shown = [*(seen(table, watched) for watched in WATCHED), *spaces(table), *own(table).values()]
            needed |= {
                part.name
                for picture in shown
                for part in picture.values()
                if isinstance(part, Piece) and part.source == name
            }
    macros_needed = {macro_of(name, part) for part in needed}
    offered = {
        macro for macro, it in macros(name).items() if not macro.startswith("_") and getattr(it, "arguments", ())
    }
    assert macros_needed == offered


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_an_example_of_each_command(name: str) -> None:
    play, _ = begun(name, config(name, 0))
    wished = {which()[0] for _, which in EXAMPLES[name].wishes(play)}
    assert {command for command in wished if " " not in command} == KINDS[name].commands.keys()


@pytest.mark.parametrize("name", KINDS)
def test_a_closed_activity_of_each_kind_says_so_in_its_own_sentence(name: str) -> None:
    assert sentence(Refused(f"{name}.not_open")) != sentence(Refused("anything.not_open"))


# ── secrets, shown one by one so that each check could fail ──


@pytest.mark.parametrize(
    "name, names",
    [
        (name, names)
        for name, example in EXAMPLES.items()
        if example.said
        for names in MODES
        if names in {it["names"] for it in example.configs}
    ],
)
def test_what_is_hidden_leaves_the_screens_of_everybody_and_stays_on_the_desk(name: str, names: str) -> None:
    _, table = begun(name, EXAMPLES[name].configs[0] | {"names": names})
    said = EXAMPLES[name].said
    assert said
    ref = submit(table, EXAMPLES[name].author or "ada", SLUG, said[0], **said[1])[-1].data["ref"]
    submit(table, "mo", SLUG, "show", view="result")

    def screens() -> list[bool]:
        return ["Geheimnis" in page(drawn(seen(table, watched)), watched) for watched in WATCHED]

    assert screens() == [True, True, True]
    submit(table, "mo", SLUG, "hide", ref=ref, reason="Ein Name")
    assert screens() == [False, False, True]
    submit(table, "mo", SLUG, "restore", ref=ref)
    assert screens() == [True, True, True]


@pytest.mark.parametrize("taken_back", [False, True])
@pytest.mark.parametrize("names", MODES)
@pytest.mark.parametrize("form", [form for form, paper in PAPERS.items() if paper.one])
def test_no_tendency_of_an_open_poll_reaches_any_screen(form: str, names: str, taken_back: bool) -> None:  # noqa: FBT001
    def voted(values: dict[str, Data]) -> Kept:
        _, table = begun("poll", {"form": form, "settings": PAPERS[form].settings, "names": names})
        for by, data in values.items():
            submit(table, by, SLUG, "vote", **data)
        submit(table, "mo", SLUG, "show", view="result")
        if taken_back:
            submit(table, "mo", "stage", "darken")
            submit(table, "mo", "stage", "darken", blank=False)
        return table

    voters = ("ada", "ben", "cem", "amy", "mo")
    paper = PAPERS[form]
    one, other = voted(dict.fromkeys(voters, paper.one or {})), voted(dict.fromkeys(voters, paper.other or {}))

    assert one.activities[SLUG].figures() != other.activities[SLUG].figures()  # there is something that could leak
    told_apart = [watched for watched in WATCHED if seen(one, watched) != seen(other, watched)]
    assert told_apart == ([] if taken_back else ["plenary", "stage", "desk"])
