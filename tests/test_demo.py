import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from app.demo import decided, seeding, town, words
from app.demo.ballots import ballot
from app.demo.cast import AT_THE_DOOR
from app.store import Store
from facilitation.activity import Phase
from facilitation.ballots import Box
from facilitation.forms import FORMS
from facilitation.polling import Config
from facilitation.record import Data, Role
from facilitation.room import Room
from facilitation.voting import check
from tests import real
from tests.forms.examples import PAPERS

START_SECONDS = 60
SOME = [{"id": id, "label": id} for id in "abc"]
LINK = re.compile(r"http://127\.0\.0\.1:\d+/[jp]/\S+")


class Demo:
    """A demo as somebody starts it, with what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", out: Path) -> None:
        self.process, self._out = process, out

    @property
    def said(self) -> str:
        return self._out.read_text()

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.said)

    def end(self) -> int:
        """Ctrl-C, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(START_SECONDS)


@contextmanager
def demo(folder: Path, *args: str) -> Iterator[Demo]:
    """A running demo on a free port; temporary data lie in `folder`."""
    program, out = Path(sys.executable).with_name("ratschlag"), folder / "said.txt"
    command = [program, "demo", "--port", str(real.free_port()), *args]
    env = os.environ | {"TMPDIR": str(folder), "RATSCHLAG_DATABASE_URL": "sqlite:////nowhere", "RATSCHLAG_SECRET": "x"}
    with out.open("wb") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=said, start_new_session=True)
    try:
        running = Demo(process, out)
        until(lambda: "Strg+C" in running.said or process.poll() is not None)
        assert process.poll() is None, running.said
        yield running
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Room]]:
    """The seeded day, folded from its record."""
    from app.batch import folded

    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    seeding.seed(url)
    with closing(Store(url)) as store, store.reading() as on:
        yield store, folded(store, 1, on)[0]


def test_ninety_seven_people_lead_forty_five_units_in_seven_divisions() -> None:
    people = town.people()

    assert (len(people), len(town.units()), len(town.divisions())) == (97, 45, 7)
    assert len({person.label for person in people}) == 97
    assert Counter(person.function for person in people) == {
        "amtsleitung": 45,
        "stellvertretung": 45,
        "dezernatsleitung": 6,
        "stadtspitze": 1,
    }


def test_polls_are_there_in_every_state(day: tuple[Store, Room]) -> None:
    polls = {id: it for id, it in day[1].activities.items() if it.kind.name == "poll"}

    assert {id: (it.config.form, it.names, it.phase, it.shown, it.sealed) for id, it in polls.items()} == {
        "poll-technik": ("single", "anonymous", Phase.CLOSED, False, False),
        "poll-stimmung": ("scale", "anonymous", Phase.CLOSED, True, True),
        "poll-wort": ("wordcloud", "anonymous", Phase.CLOSED, True, True),
        "poll-anfang": ("single", "named", Phase.CLOSED, False, False),
        "poll-konsent": ("consent", "moderators", Phase.CLOSED, True, False),
        "poll-schwerpunkt": ("single", "anonymous", Phase.OPEN, False, False),
        "poll-reihenfolge": ("ranking", "anonymous", Phase.PLANNED, False, False),
        "poll-tandem": ("multiple", "named", Phase.PLANNED, False, False),
        "poll-ausblick": ("scale", "anonymous", Phase.PLANNED, False, False),
    }
    assert polls["poll-anfang"].config.ballot_unit == "unit"
    assert {id for id, it in polls.items() if it.figures()["ballots"] > 30} == {
        "poll-technik",
        "poll-stimmung",
        "poll-wort",
        "poll-anfang",
        "poll-konsent",
        "poll-schwerpunkt",
    }


def test_the_wall_has_cards_of_every_fate(day: tuple[Store, Room]) -> None:
    wall = day[1].activities["wand"]
    figures = wall.figures()

    assert wall.is_open
    assert all(count > 10 for count in figures["visible_by_column"].values())
    assert len(figures["visible_by_column"]) == 3
    assert (figures["visible"], figures["withdrawn"], len(wall.hidden)) == (44, 1, 1)
    assert (figures["edited"], figures["moved"]) == (3, 1)
    assert sum(bool(card.under) for card in wall.state.cards.values()) == 2


def test_cards_lie_on_islands_and_everybody_has_laid_dots(day: tuple[Store, Room]) -> None:
    wall = day[1].activities["wand"]
    islands = wall.figures()["clusters"]

    assert [island["title"] for island in islands.values()] == list(words.ISLANDS)
    assert [island["ideas"] for island in islands.values()] == [len(those) for those in words.ISLANDS.values()]
    assert (wall.figures()["dot_voters"], wall.state.dots.open) == (61, False)


def test_one_arrives_with_a_tap_and_a_word_is_kept_off_the_stage(day: tuple[Store, Room]) -> None:
    arrival, word = (day[1].activities[id] for id in ("blitzlicht", "poll-wort"))

    assert (arrival.figures()["given"], arrival.figures()["changed"], arrival.sealed) == (66, 5, True)
    assert len(word.state.box.banned) == 1


def test_the_inner_circle_spoke_and_what_was_argued_is_listed(day: tuple[Store, Room]) -> None:
    circle = day[1].activities["fishbowl"]

    assert circle.figures() == {"requests": 4, "turns": 5, "speakers": 5}
    assert len(circle.state.requests) == 1
    assert len(circle.contributions) == len(decided.ARGUMENTS)


def test_a_principle_was_reworded_and_is_carried_without_objection(day: tuple[Store, Room]) -> None:
    text, consent = (day[1].activities[id] for id in ("grundsaetze", "poll-konsent"))

    assert text.figures()["suggestions_by_state"] == {"accepted": 1, "open": 1, "rejected": 1}
    assert [len(revisions) for revisions in text.state.revisions.values()] == [2, 1]
    assert consent.figures()["by_option"] == decided.CONSENT
    assert consent.figures()["reasons"] == len(decided.CONCERNS)


def test_agreements_come_from_islands_and_units_take_them_on(day: tuple[Store, Room]) -> None:
    room = day[1]
    agreed = room.activities["vereinbarungen"]
    carried_over, *today = agreed.state.measures.values()

    assert (carried_over.status, carried_over.progress) == ("in_arbeit", 40)
    assert [measure.title for measure in today] == [it.title for it in decided.AGREED]
    assert all(measure.sources[0] in room.activities["wand"].state.islands for measure in today)
    assert sum(len(units) for units in agreed.state.volunteers.values()) == 4


def test_two_sentences_with_their_sources_were_on_the_stage(day: tuple[Store, Room]) -> None:
    digest = day[1].activities["verdichtung"]
    sentences = digest.state.sentences

    assert [(it.text, len(it.sources)) for it in sentences.values()] == [
        (it.text, len(it.cards) + len(it.questions)) for it in decided.SENTENCES
    ]
    assert digest.presented == set(sentences)
    assert len(digest.state.claims) == len(decided.CLAIMED)


def test_questions_are_there_in_every_state(day: tuple[Store, Room]) -> None:
    questions = day[1].activities["fragen"]
    asked = questions.state.questions.values()

    assert Counter(questions.state.status(it, questions.hidden) for it in asked) == {
        "approved": 5,
        "answered": 2,
        "waiting": 2,
        "hidden": 1,
    }
    assert {it.anonymous for it in asked} == {True, False}
    assert max(questions.state.support(it) for it in asked) == 34


def test_the_stream_has_posts_comments_and_reactions(day: tuple[Store, Room]) -> None:
    stream = day[1].activities["blog"]
    figures = stream.figures()

    assert stream.is_open
    assert set(figures["posts_by_prompt"].values()) == {2}
    assert (figures["comments"], len(stream.hidden)) == (6, 1)
    assert {word for given in figures["reactions"].values() for word in given} == set(stream.config.reactions)


def test_people_are_here_at_the_door_away_and_in_front_of_room_devices(day: tuple[Store, Room]) -> None:
    roster = day[1].roster
    rooms = [person for person in roster.here if person.role is Role.ROOM]

    assert sum(presence.waiting for presence in roster.joined.values()) == AT_THE_DOOR
    assert sorted(roster.joined[room.id].headcount for room in rooms) == [4, 9]
    assert (len(roster.here) - len(rooms), len(roster.people) - len(town.STAFF) - len(roster.joined)) == (80, 12)
    assert any(presence.represents for presence in roster.joined.values())


def test_the_day_is_more_than_two_hours_old_and_in_its_thirteenth_step(day: tuple[Store, Room]) -> None:
    store, room = day
    entries = [entry for entry in store.entries(1) if entry.type != "activity.cleaned"]

    assert room.agenda.current
    assert (room.agenda.current.id, len(room.agenda.steps)) == ("schwerpunkt", 17)
    assert 140 <= (entries[-1].made - entries[0].made).total_seconds() / 60 <= 142
    assert sorted(entry.made for entry in entries if entry.by) == [entry.made for entry in entries if entry.by]
    assert store.refusals(1) == []


def test_the_demo_starts_within_seconds_every_link_answers_and_it_ends_without_a_trace(tmp_path: Path) -> None:
    with demo(tmp_path) as running:
        assert "Demo – Daten werden gelöscht" in running.said.splitlines()
        assert len(running.links) == 7
        pages = [_entered(link) for link in running.links]
        assert running.end() == 0

    assert pages == ["/w/204713/stage", "/w/204713/desk", "/w/204713/desk", *["/w/204713/now"] * 4]
    assert running.said.splitlines()[-1] == "Die Demo ist beendet."
    assert [path.name for path in tmp_path.iterdir()] == ["said.txt"]


def _entered(link: str) -> str:
    """The page that somebody comes to who opens a link and presses its button."""
    with httpx2.Client(follow_redirects=True, trust_env=False) as browser:
        assert browser.get(link).status_code == 200
        page = browser.post(link, data={"headcount": "9"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 200
    return page.url.path


def test_kept_data_and_links_are_there_the_next_time(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with demo(tmp_path, "--keep", str(kept)) as first:
        assert f"Demo – Daten bleiben in {kept}" in first.said.splitlines()
        _entered(first.links[-1])
        assert first.end() == 0
    before = _head(kept)

    with demo(tmp_path, "--keep", str(kept)) as second:
        assert [link.partition("/p/")[2] for link in second.links] == [link.partition("/p/")[2] for link in first.links]
        assert second.end() == 0

    assert _head(kept) == before


@pytest.mark.parametrize("form", FORMS)
def test_simulated_people_vote_in_every_form(form: str) -> None:
    box = Box(FORMS[form], FORMS[form].Settings.model_validate(PAPERS[form].settings))

    for seed in range(20):
        check(box, ballot(box, random.Random(seed)))  # noqa: S311  # no secret


@pytest.mark.parametrize(
    "settings",
    [
        {"form": "single", "settings": {"options": SOME, "other": "b"}},
        {"form": "multiple", "settings": {"options": SOME, "min_choices": 2}},
        {"form": "points", "settings": {"options": SOME, "budget": 2, "exactly": True}},
        {"form": "resistance", "settings": {"options": SOME, "reasons": True}},
        {"form": "position", "settings": {"line": True}},
        {"form": "premises", "settings": {"items": SOME, "resistance": True}},
        {"form": "number", "settings": {"min": 1, "max": 9, "whole": True}},
        {"form": "wordcloud", "settings": {"max_length": 2}},
        {"form": "open", "settings": {"max_length": 2}},
    ],
    ids=lambda settings: settings["form"],
)
def test_they_heed_what_a_question_asks_for(settings: Data) -> None:
    config = Config.model_validate(settings)
    box = Box(FORMS[config.form], config.settings)

    for seed in range(20):
        check(box, ballot(box, random.Random(seed)))  # noqa: S311  # no secret


def test_simulated_people_add_to_the_record_while_one_watches_and_end_with_the_demo(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with demo(tmp_path, "--keep", str(kept), "--simulate", "25") as running:
        assert "25 simulierte Teilnehmende machen mit." in running.said.splitlines()
        before = _head(kept)
        until(lambda: _head(kept) >= before + 15)
        assert running.end() == 0

    with closing(Store(f"sqlite:///{kept / 'demo.db'}")) as store:
        new = {entry.type for entry in store.entries(1, before) if entry.by != "clock"}
    assert new & {"poll.voted", "wall.written", "questions.supported", "stream.reacted"}
    with closing(Store(f"sqlite:///{kept / 'demo.db'}")) as store:
        assert store.refusals(1) == []
    assert "Traceback" not in running.said


def _head(folder: Path) -> int:
    """How many entries there are."""
    with closing(Store(f"sqlite:///{folder / 'demo.db'}")) as store:
        return store.head([1])[1]
