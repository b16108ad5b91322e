"""What holds for every kind and every form of a poll, read as a browser without scripts has its pages.

Whatever somebody may do has a form on their page; every control has a name; and whatever a picture tells, words tell.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import chain

import pytest

from app.composition import laid_over
from app.projection import drawn
from facilitation import pictures
from facilitation.forms import FORMS
from facilitation.kinds import KINDS
from facilitation.record import Data, Envelope, Refused, Role
from facilitation.room import Room
from tests.examples import COMMANDS, EXAMPLES, SLUG, begun, day
from tests.forms.examples import PAPERS, Paper
from tests.play import Play
from tests.reading import drawing, read, tree, untold
from tests.rooms import submit
from tests.watching import WATCHED, own, page, seen, spaces

MOST = 60  # plays, until everything that is done was offered
EVERY = 5  # of that many moments one is looked at
VOTERS = ("ada", "ben", "cem", "amy", "mo")  # as many as must answer before a result is shown
GUESTS = (Role.PARTICIPANT, Role.ROOM)
CASES = [
    *(pytest.param(kind, EXAMPLES[kind].configs, id=kind) for kind in KINDS if kind != "poll"),
    *(pytest.param("poll", [it for it in EXAMPLES["poll"].configs if it["form"] == form], id=form) for form in FORMS),
]
every_kind = pytest.mark.parametrize("kind, configs", CASES)


def played(kind: str, configs: list[Data], seed: int) -> Iterator[tuple[Room, Envelope, bool]]:
    """A play: each moment at which a command is there, and whether it is accepted."""
    play, table = begun(kind, configs[seed % len(configs)], seed)
    for sent in day(play):
        try:
            entries = table.decide(sent)
        except Refused:
            entries = []
        yield table, sent, bool(entries)
        for entry in entries:
            table.fold(entry)
            table.record.append(entry)


def pages(table: Room) -> set[str]:
    """What stands on the pages of those who take part: that of the kind, that of their own, the space of each group."""
    shown = table.activities[SLUG]
    found = {page(drawn(space), "plenary") for space in spaces(table)}
    for name in (shown.kind.page, "mine"):
        everybody = page(drawn(pictures.plenary(table, name)), "plenary")
        guests = (person for person in table.roster.people.values() if person.role in GUESTS)
        found |= {laid_over(everybody, drawn(pictures.personal(table, person, name))) for person in guests}
    return found


judged = cache(read)  # most pages are the same for several people


@cache
def both(part: str) -> tuple[str, tuple[str, ...]]:
    """What is read of a part, and what is drawn in it."""
    root = tree(part)
    return root.words, drawing(root)


def drawings(table: Room) -> Iterator[tuple[str, str]]:
    """Every part with a picture in it, on whatever screen."""
    for picture in chain((seen(table, watched) for watched in WATCHED), spaces(table), own(table).values()):
        yield from ((name, part) for name, part in drawn(picture).items() if isinstance(part, str) and "<svg" in part)


def spoken(table: Room, sent: Envelope) -> bool:
    """Whether a participant does something to the activity, and is there."""
    person = table.roster.people.get(sent.by)
    return sent.activity == SLUG and person is not None and person.role in GUESTS


@every_kind
def test_whatever_a_participant_may_do_has_a_form_that_needs_no_script(kind: str, configs: list[Data]) -> None:
    taken, offered, wrong = set[str](), set[str](), set[str]()
    for seed in range(MOST):
        if seed >= len(configs) and taken <= offered:
            break
        for number, (table, sent, accepted) in enumerate(played(kind, configs, seed)):
            taken |= {f"{SLUG}.{sent.command}"} if accepted and spoken(table, sent) else set()
            for html in () if number % EVERY else pages(table):
                found = judged(html)
                offered |= found.actions
                wrong |= found.wrong
    assert wrong == set()
    assert taken - offered == set()


@every_kind
def test_what_is_drawn_differs_only_where_what_is_read_differs(kind: str, configs: list[Data]) -> None:
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    for seed in range(len(configs)):
        for number, (table, _, _) in enumerate(played(kind, configs, seed)):
            for name, part in () if number % EVERY and number < COMMANDS else drawings(table):
                words, drawn_there = both(part)
                assert told.setdefault((name, words), drawn_there) == drawn_there, words
    assert told


@pytest.mark.parametrize("form", FORMS)
def test_every_chart_of_a_result_has_its_figures_beside_it(form: str) -> None:
    paper = PAPERS[form]
    play, table = begun("poll", {"form": form, "settings": paper.settings, "names": "named"})
    for person in VOTERS:
        voted(play, person, paper)
    submit(table, "mo", SLUG, "close")
    submit(table, "mo", SLUG, "show", view="result")
    part = tree(drawn(seen(table, "plenary"))[f"page.{SLUG}.result"])
    assert part.words
    assert untold(part) == []


def voted(play: Play, person: str, paper: Paper) -> None:
    """One ballot that holds; by chance, so that the result has more than one figure."""
    for _ in range(MOST):
        with suppress(Refused):
            submit(play.table, person, SLUG, "vote", **paper.ballot(play))
            return
    raise AssertionError("no ballot of this example holds")
