"""How each kind of activity is played: settings, and random commands by random people."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from facilitation.kinds import KINDS
from facilitation.record import Data, Envelope
from tests.forms.examples import PAPERS
from tests.play import HERE, SLUG, Example, Play, Wishes
from tests.rooms import NINE, Kept, activity, room, submit

COMMANDS = 60  # in one play

Wish = tuple[str, str, Data]  # address, command, data

# ── the kinds ──


def ballot(play: Play) -> Data:
    """A ballot, seldom one that holds not; by whomever, so counts of rooms are among them."""
    poll, rng = play.table.activities[SLUG].state, play.rng
    if poll.box.form.counts and rng.random() < 0.2:
        return {"counts": {option.id: rng.randint(0, 5) for option in poll.box.options[:2]}}
    return PAPERS[poll.config.form].ballot(play)


def of_poll(play: Play) -> Wishes:
    rng = play.rng
    return [
        (20, lambda: ("vote", ballot(play))),
        (1, lambda: ("adopt", {"sources": [play.ref()]})),
        (1, lambda: ("amend", {"option": rng.choice(["rot", "blau", "1", "7"]), "label": play.words()})),
        (1, lambda: ("reset", {})),
    ]


def of_wall(play: Play) -> Wishes:
    column = lambda: play.rng.choice(["mitnehmen", "besser", "keine"])  # noqa: E731  # one word less
    return [
        (8, lambda: ("write", {"column": column(), "text": play.words()})),
        (3, lambda: ("edit", {"card": play.ref(), "text": play.words()})),
        (2, lambda: ("withdraw", {"card": play.ref()})),
        (2, lambda: ("move", {"card": play.ref(), "column": column()})),
        (3, lambda: ("comment", {"on": play.ref(), "text": play.words()})),
        (3, lambda: ("react", {"on": play.ref(), "word": play.rng.choice(["Danke", "Unfug", "x" * 33])})),
    ]


def of_questions(play: Play) -> Wishes:
    return [
        (6, lambda: ("ask", {"text": play.words(), "anonymous": play.rng.random() < 0.3})),
        (6, lambda: ("support", {"question": play.ref()})),
        (2, lambda: ("unsupport", {"question": play.ref()})),
        (4, lambda: ("comment", {"on": play.ref(), "text": play.words()})),
        (4, lambda: ("approve", {"question": play.ref()})),
        (2, lambda: ("answer", {"question": play.ref(), "text": play.words()})),
    ]


def of_stream(play: Play) -> Wishes:
    prompt = lambda: play.rng.choice(["mut", "zeit", "keiner"])  # noqa: E731  # one word less
    return [
        (6, lambda: ("post", {"prompt": prompt(), "title": play.words(), "body": play.words()})),
        (4, lambda: ("comment", {"on": play.ref(), "text": play.words()})),
        (4, lambda: ("react", {"on": play.ref(), "word": play.rng.choice(["Danke", "Na ja"])})),
    ]


MODES = ("named", "moderators", "anonymous")
COLUMNS = [{"id": "mitnehmen", "title": "Mitnehmen"}, {"id": "besser", "title": "Besser machen"}]
PROMPTS = [{"id": "mut", "title": "Was macht Mut?"}, {"id": "zeit", "title": "Was kostet Zeit?"}]
EXAMPLES = {
    "poll": Example(
        [
            {"form": form, "settings": it.settings, "names": names, "ballot_unit": unit, "revote": unit == "person"}
            for form, it in PAPERS.items()
            for names in MODES
            for unit in ("person", "unit")
        ],
        of_poll,
    ),
    "wall": Example(
        [{"columns": COLUMNS, "names": names} for names in MODES],
        of_wall,
        ("write", {"column": "besser", "text": "Geheimnis"}),
    ),
    "questions": Example(
        [{"names": names, "premoderated": premoderated} for names in MODES for premoderated in (False, True)],
        of_questions,
        ("ask", {"text": "Geheimnis"}),
    ),
    "stream": Example(
        [{"prompts": PROMPTS, "names": names} for names in MODES],
        of_stream,
        ("post", {"prompt": "mut", "title": "Geheimnis", "body": "Text"}),
    ),
}


def of_every_kind(play: Play) -> Wishes:
    """What staff does to any activity."""
    rng = play.rng
    return [
        (6, lambda: ("open", rng.choice([{}, {}, {"seconds": 20}]))),
        (2, lambda: ("close", {})),
        (1, lambda: ("extend", {"seconds": 20})),
        (3, lambda: ("show", {"view": rng.choice(["result", "question"]), "item": rng.choice(["", play.ref()])})),
        (3, lambda: ("hide", {"ref": play.ref(), "reason": play.words()})),
        (1, lambda: ("restore", {"ref": play.ref()})),
        (1, lambda: ("redact", {"ref": play.ref(), "reason": play.words()})),
    ]


def around(play: Play) -> Wishes:
    """What happens beside it."""
    return [
        (2, lambda: ("stage darken", {"blank": play.rng.random() < 0.5})),
        (1, lambda: ("stage theme", {"dark": play.rng.random() < 0.5})),
        (1, lambda: ("roster leave", {})),
        (1, lambda: ("roster join", {})),
        (1, lambda: ("agenda advance", {})),
    ]


def drawn_from(play: Play, wishes: Wishes) -> tuple[str, Data]:
    often, which = zip(*wishes, strict=True)
    command, data = play.rng.choices(which, often)[0]()
    return command, data


def wish(play: Play) -> tuple[str, Wish]:
    """Who wants what."""
    chance = play.rng.random()
    if chance < 0.7:
        command, data = drawn_from(play, EXAMPLES[play.kind].wishes(play))
        return play.rng.choice([*(person.id for person in HERE), "eva", "nobody"]), (SLUG, command, data)
    if chance < 0.93:
        command, data = drawn_from(play, of_every_kind(play))
        return play.rng.choice(["mo"] * 9 + ["ada"]), (SLUG, command, data)
    address, data = drawn_from(play, around(play))
    activity, _, command = address.partition(" ")
    return play.rng.choice(["mo", "ada", "ben"]), (activity, command, data)


def config(kind: str, seed: int) -> Data:
    configs = EXAMPLES[kind].configs
    return configs[seed % len(configs)]


def begun(kind: str, settings: Data, seed: int = 0) -> tuple[Play, Kept]:
    table = room(activity(KINDS[kind], SLUG, **settings), people=HERE)
    submit(table, "mo", SLUG, "open")
    submit(table, "mo", SLUG, "show", view="question")
    return Play(kind, Random(seed), table), table  # noqa: S311  # repeatable, not secret


def day(play: Play) -> Iterator[Envelope]:
    """Random commands, two seconds from one to the next; at last the result is shown."""
    for number in range(COMMANDS):
        yield enveloped(number, *wish(play))
    yield enveloped(COMMANDS, "mo", (SLUG, "close", {}))
    yield enveloped(COMMANDS + 1, "mo", (SLUG, "show", {"view": "result"}))


def enveloped(number: int, by: str, wished: Wish) -> Envelope:
    address, command, data = wished
    when = NINE + timedelta(seconds=60 + 2 * number)
    return Envelope(f"{number:032x}", 1, by, address, command, data, device=by, when=when, salt="5a17")
