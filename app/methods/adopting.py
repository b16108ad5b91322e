"""A method becomes activities and steps: sample texts or one's own, ids that are free, times one after the other.

Nothing is written here.  `planned` raises pydantic's ValidationError where settings do not hold.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from app.methods.format import FOLLOWS, Method
from app.methods.format import Step as Draft
from app.preparing import Planned
from app.scripts.format import RESERVED
from facilitation.agenda import Step
from facilitation.kinds import KINDS
from facilitation.record import Data
from facilitation.room import Room

Place = Literal["next", "end", "beside"]  # after the current step, at the end, in no step
FREE_WORDS = {"end", "desk"}  # what the stage may show, and a page, besides addresses that are no activity

_WORD = re.compile(r"\{(title|question|option|number|slug)\}")


class Wish(NamedTuple):
    """What somebody writes in place of a sample; "" and nothing: the sample stays."""

    title: str = ""
    question: str = ""
    options: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    names: str = ""  # how answers are given, where that is not as the kind has it


class Plan(NamedTuple):
    activities: tuple[Planned, ...]
    steps: tuple[Step, ...]


class Addition(NamedTuple):
    """What is to be added to a workshop whose agenda was `before`, and will be `after`."""

    activities: tuple[Planned, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]

    @property
    def ids(self) -> list[str]:
        """Those of the activities, then those of the steps that are new."""
        known = {step.id for step in self.before}
        return [it.id for it in self.activities] + [step.id for step in self.after if step.id not in known]


def addition(room: Room, method: Method, wish: Wish, place: Place) -> Addition:
    """A method for this room."""
    lasting = timedelta(minutes=method.minutes)
    return placed(room, place, lasting, lambda taken, starts: planned(method, wish, taken, starts))


def placed(room: Room, place: Place, lasting: timedelta, plan: Callable[[set[str], datetime], Plan]) -> Addition:
    """What is planned under ids that are not taken, from a time on.  Steps that come after are as much later."""
    steps = room.agenda.steps
    taken = {*room.activities, *(step.id for step in steps), *RESERVED, *FREE_WORDS}
    current = steps.index(room.agenda.current) + 1 if room.agenda.current else 0
    cut = current if place == "next" else len(steps)
    planned_start = steps[0].starts if steps else room.workshop.starts
    made = plan(taken, steps[cut - 1].ends if cut else planned_start)
    if place == "beside":
        return Addition(made.activities, steps, steps)
    later = [it.model_copy(update={"starts": it.starts + lasting, "ends": it.ends + lasting}) for it in steps[cut:]]
    return Addition(made.activities, steps, (*steps[:cut], *made.steps, *later))


def planned(method: Method, wish: Wish, taken: Collection[str], starts: datetime) -> Plan:
    """Its activities and steps from `starts` on, under ids that are not taken."""
    wish = Wish(
        wish.title or method.title,
        wish.question or method.question,
        wish.options or method.options,
        wish.paragraphs or method.paragraphs,
        wish.names,
    )
    used = {*taken, *RESERVED, *FREE_WORDS}
    ids: dict[str, tuple[str, ...]] = {}
    made: list[Planned] = []
    for name, activity in method.activities.items():  # in the order of the file: a round follows an earlier one
        wishes = [wish._replace(options=(option,)) for option in wish.options] if activity.each else [wish]
        several = [_made(method, name, one, ids, used) for one in wishes]
        ids[name] = tuple(it.id for it in several)
        made += several
    return Plan(tuple(made), tuple(_steps(method, wish, ids, used, starts)))


def _made(method: Method, name: str, wish: Wish, ids: Mapping[str, tuple[str, ...]], used: set[str]) -> Planned:
    activity = method.activities[name]
    id = free(name if name == method.name else f"{method.name}-{name}", used)
    words = {"title": wish.title, "question": wish.question, "slug": id, "option": "".join(wish.options[:1])}
    config: Data = _filled(activity.settings, words, wish)
    if FOLLOWS in config:
        config[FOLLOWS] = ids[config[FOLLOWS]][0]
    config |= {"names": wish.names} if wish.names else {}
    try:
        KINDS[activity.kind].Config.model_validate(config)
    except ValidationError as errors:
        errors.add_note(f"activity {name}")
        raise
    return Planned(id, activity.kind, _said(activity.title, words), config)


def _steps(
    method: Method, wish: Wish, ids: Mapping[str, tuple[str, ...]], used: set[str], starts: datetime
) -> Iterator[Step]:
    words = {"title": wish.title, "question": wish.question}
    for number, draft in enumerate(method.steps, 1):
        ends = starts + timedelta(minutes=draft.minutes)
        yield Step(
            id=free(f"{method.name}-{number}", used),
            title=_said(draft.title, words),
            type=draft.type,
            starts=starts,
            ends=ends,
            activities=tuple(id for name in draft.activities for id in ids[name]),
            instruction=_said(_guide(draft), words),
            opens=draft.opens,
            phase=draft.phase,
        )
        starts = ends


def _guide(draft: Draft) -> str:
    """What to do, and below it what to say."""
    return "\n".join([draft.instruction, *(f"„{sentence}“" for sentence in draft.say)])


def free(base: str, used: set[str]) -> str:
    """`base`, or with a number behind it if that is taken; taken from now on."""
    numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
    id = next(name for name in numbered if name not in used)
    used.add(id)
    return id


def _filled(value: Any, words: Mapping[str, str], wish: Wish) -> Any:
    """Settings with everything in braces filled in."""
    match value:
        case str():
            return _said(value, words)
        case list():
            return [it for item in value for it in _spliced(item, words, wish)]
        case dict():
            return {key: _filled(item, words, wish) for key, item in value.items()}
    return value


def _spliced(item: Any, words: Mapping[str, str], wish: Wish) -> list[Any]:
    """What stands in a list for one of its items; all options, or all paragraphs, for one word or one pattern."""
    match item:
        case "{options}":
            return [[f"o{number}", label] for number, label in enumerate(wish.options, 1)]
        case "{paragraphs}":
            numbered = enumerate(wish.paragraphs, 1)
            return [[f"{words['slug']}-{number}", f"Absatz {number}", text] for number, text in numbered]
        case dict() if any("{option}" in text for text in item.values() if isinstance(text, str)):
            each = enumerate(wish.options, 1)
            return [_filled(item, {**words, "option": option, "number": str(number)}, wish) for number, option in each]
    return [_filled(item, words, wish)]


def _said(text: str, words: Mapping[str, str]) -> str:
    """A text with its words filled in, once: what somebody wrote is not read again."""
    return _WORD.sub(lambda word: words[word[1]], text)
