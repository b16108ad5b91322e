"""How each kind of activity is played: settings, and random commands by random people."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from facilitation.kinds import KINDS
from facilitation.record import Data, Envelope
from tests.forms.examples import PAPERS
from tests.kinds import (
    digest_example,
    groups_example,
    measures_example,
    pulse_example,
    questions_example,
    speaking_example,
    stream_example,
    survey_example,
    text_example,
    wall_example,
)
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
    sure = {"sure": rng.randint(0, 5)} if poll.config.sure and rng.random() < 0.7 else {}
    return PAPERS[poll.config.form].ballot(play) | sure


COLOURS = {"form": "single", "settings": PAPERS["single"].settings}
MECHANICS: list[Data] = [
    {"names": "anonymous", "seen": "always", "sure": True, "proposals": "free"},
    {"names": "named", "seen": "voted", "sure": True, "proposals": "moderated", "quorum": 50},
    {"names": "moderators", "seen": "closed", "desk": True, "eligible": {"units": ["amt-10", "amt-20"]}},
    {"names": "named", "segments": ["division", "unit"], "follows": SLUG},  # with itself it can be compared always
]


def of_poll(play: Play) -> Wishes:
    rng = play.rng
    return [
        (2, lambda: ("propose", {"text": play.words()})),
        (2, lambda: ("accept", {"option": play.ref()})),
        (1, lambda: ("reveal", {})),
        (1, lambda: ("ban", {"word": play.words()})),
        (1, lambda: ("permit", {"word": play.words()})),
        (20, lambda: ("vote", ballot(play))),
        (1, lambda: ("wand write", {"column": "cards", "text": play.words()})),
        (1, lambda: ("adopt", {"sources": [rng.choice([*play.table.sources, "AT2-9999"])]})),
        (1, lambda: ("amend", {"option": rng.choice(["rot", "blau", "1", "7"]), "label": play.words()})),
        (1, lambda: ("reset", {})),
    ]


MODES = ("named", "moderators", "anonymous")
EXAMPLES = {
    "poll": Example(
        [
            *(
                {"form": form, "settings": it.settings, "names": names, "ballot_unit": unit, "revote": unit == "person"}
                for nth, (form, it) in enumerate(PAPERS.items())
                for names, unit in zip(("anonymous", MODES[nth % 2]), ("person", "unit"), strict=True)
            ),
            *(COLOURS | more for more in MECHANICS),
        ],
        of_poll,
        views=("comparison", "flow", "sure", "unit"),
        beside=[("wand", "wall", {"names": "anonymous"})],
    ),
    "wall": wall_example.EXAMPLE,
    "questions": questions_example.EXAMPLE,
    "text": text_example.EXAMPLE,
    "measures": measures_example.EXAMPLE,
    "speaking": speaking_example.EXAMPLE,
    "pulse": pulse_example.EXAMPLE,
    "digest": digest_example.EXAMPLE,
    "stream": stream_example.EXAMPLE,
    "survey": survey_example.EXAMPLE,
    "groups": groups_example.EXAMPLE,
}


def of_every_kind(play: Play) -> Wishes:
    """What staff does to any activity."""
    rng, views = play.rng, ["result", "question", *EXAMPLES[play.kind].views]
    return [
        (6, lambda: ("open", rng.choice([{}, {}, {"seconds": 20}]))),
        (2, lambda: ("close", {})),
        (1, lambda: ("extend", {"seconds": 20})),
        (3, lambda: ("show", {"view": rng.choice(views), "item": rng.choice(["", play.ref()])})),
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
        example = EXAMPLES[play.kind]
        command, data = drawn_from(play, example.wishes(play))
        people = [*(person.id for person in HERE), "eva", "nobody", *([example.author] * 12 if example.author else [])]
        address, _, name = command.rpartition(" ")
        return play.rng.choice(people), (address or SLUG, name, data)
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
    example = EXAMPLES[kind]
    others = [activity(KINDS[name], address, **config) for address, name, config in (*example.beside, *example.later)]
    table = room(activity(KINDS[kind], SLUG, **settings), *others, people=HERE)
    for address in (SLUG, *(address for address, *_ in example.beside)):
        submit(table, "mo", address, "open")
    submit(table, "mo", SLUG, "show", view="question")
    return Play(kind, Random(seed), table), table  # noqa: S311  # repeatable, not secret


def day(play: Play) -> Iterator[Envelope]:
    """Random commands, two seconds from one to the next; at last every picture is shown."""
    for number in range(COMMANDS):
        yield enveloped(number, *wish(play))
    yield enveloped(COMMANDS, "mo", (SLUG, "close", {}))
    for number, shown in enumerate(["result", *EXAMPLES[play.kind].views, "result"], COMMANDS + 1):
        yield enveloped(number, "mo", (SLUG, "show", {"view": shown}))


def enveloped(number: int, by: str, wished: Wish) -> Envelope:
    address, command, data = wished
    when = NINE + timedelta(seconds=60 + 2 * number)
    return Envelope(f"{number:032x}", 1, by, address, command, data, device=by, when=when, salt="5a17")
