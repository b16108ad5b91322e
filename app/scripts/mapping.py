"""From the actions of one script to our commands.

What this build cannot do follows from its own kinds, forms and commands, so the list of the unsupported shrinks with
every kind that is added.  Whatever it can do is sent, wrong or not: the room decides, in the order of its rules.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from app.scripts.format import Action, Activity, Script
from app.scripts.ways import SAID, SEALED, TYPES, WAYS, Way, refers, same
from facilitation.forms import FORMS
from facilitation.kind import Kind
from facilitation.kinds import KINDS
from facilitation.record import Data
from facilitation.wishes import COMMON

OURS = re.compile(r"[0-9a-f]{32}")


class Sending(NamedTuple):
    """A command on its way: where to, which, and what it says."""

    activity: str
    command: str
    data: Data


def kind_of(activity: Activity) -> Kind | None:
    """The kind an activity of a script has here; None where this build has none."""
    if activity.type == "poll" and activity.fields.get("kind") not in FORMS:
        return None
    return KINDS.get(TYPES.get(activity.type, ""))


def command_id(script: str, key: str) -> str:
    """The id of the command that the key of an action stands for; in our own exports the key is the id."""
    if OURS.fullmatch(key):
        return key
    return hashlib.blake2b(f"{script}\0{key}".encode(), digest_size=16).hexdigest()


class Interpreter:
    """Reads the actions of one script.  It learns what the actions create, and where, as they are answered."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.kinds = {activity.id: kind_of(activity) for activity in script.activities}
        self.meant = _meant(script)  # entity -> the activity in which it is to stand
        self.homes = _prepared(script)  # … and in which it stands by now
        self.references = {id: id for id in self.homes}  # entity -> our reference
        self._options = _options(script)

    def command_id(self, action: Action) -> str:
        return command_id(self.script.id, action.key)

    def supports(self, action: Action) -> bool:
        """Whether this build has what the action asks for."""
        if action.kind in (SEALED, SAID):
            return self.kinds.get(action.target or "") is not None
        way = WAYS.get(action.kind)
        if way is None:
            return False
        if not way.to.startswith("{"):
            return True
        return self.offers(_address(way, action, self.meant), action.kind)

    def offers(self, address: str, kind_of_action: str) -> bool:
        """Whether an activity of the script takes actions of a kind; whether any would, where there is no such one."""
        way = WAYS.get(kind_of_action)
        if way is None:
            return False
        if way.command == "show" and address not in self.kinds:
            return True  # a free word
        kinds = [self.kinds[address]] if address in self.kinds else KINDS.values()
        fitting = [kind for kind in kinds if kind is not None and way.kind in ("", kind.name)]
        return any(way.command in kind.commands or way.command in COMMON for kind in fitting)

    def addressed(self, action: Action) -> tuple[str, str]:
        """The address and the name of the command of a supported action."""
        way = WAYS[action.kind]
        return _address(way, action, self.homes), way.command

    def sending(self, action: Action) -> Sending:
        """The command of a supported action, with the references that are known by now."""
        way = WAYS[action.kind]
        fields = way.fields if way.fields is not None else same(*action.data)
        data = {
            ours: self._value(action.data[theirs]) if refers(way, ours) else action.data[theirs]
            for theirs, ours in fields.items()
            if theirs in action.data
        }
        if way.fields is None or way.kind == "poll":
            data = renamed(data, {option: self.references.get(option, option) for option in self._options})
        return Sending(_address(way, action, self.homes), way.command, data)

    def learn(self, action: Action, ref: str) -> None:
        """Take in that an action was accepted and what it created is known by `ref`, "" for nothing."""
        if action.entity and ref:
            self.references.setdefault(action.entity, ref)
            self.homes.setdefault(action.entity, action.target or self.homes.get(str(action.data.get("on")), ""))

    def named(self, action: Action) -> set[str]:
        """The entities that an action speaks of."""
        way = WAYS[action.kind]
        values = [action.data.get(theirs) for theirs, ours in (way.fields or {}).items() if refers(way, ours)]
        listed = chain.from_iterable(value if isinstance(value, list) else [value] for value in values)
        chosen = self._options & set(_words(action.data)) if way.fields is None or way.kind == "poll" else set()
        return {value for value in listed if isinstance(value, str)} | chosen

    def _value(self, value: Any) -> Any:
        """What stands in the command.  An entity that never came to be has no reference, and `?` begins none."""
        if isinstance(value, list):
            return [self._value(it) for it in value]
        if isinstance(value, str):
            return self.references.get(value, f"?{value}")
        return value


def _address(way: Way, action: Action, homes: Mapping[str, str]) -> str:
    match way.to:
        case "{target}":
            return action.target or ""
        case "{on}" | "{entity}" as field:
            entity = action.data.get(field.strip("{}"))
            return homes.get(str(entity), action.target or "")
    return way.to


def _meant(script: Script) -> dict[str, str]:
    """The activity in which each entity of a script is meant to stand, whether it comes to be or not."""
    found = _prepared(script)
    for action in script.stream:
        home = action.target or found.get(str(action.data.get("on")))
        if action.entity and home:
            found.setdefault(action.entity, home)
    return found


def _prepared(script: Script) -> dict[str, str]:
    """What actions may speak of though none creates it, questions, paragraphs and measures, and where it stands."""
    paragraphs = {
        paragraph.id: activity.id
        for activity in script.activities
        for document in activity.documents
        for paragraph in document.paragraphs
    }
    questions = {id: activity.id for activity in script.activities for id in _questions(activity)}
    measures = {measure: activity.id for activity in script.activities for measure in activity.preload}
    return questions | paragraphs | measures


def _questions(activity: Activity) -> list[str]:
    """The questions of a survey that is well-formed."""
    asked = activity.fields.get("questions") if activity.type == "survey" else None
    return [one["id"] for one in asked if isinstance(one, dict) and "id" in one] if isinstance(asked, list) else []


def _options(script: Script) -> set[str]:
    """The entities that ballots may choose: options that somebody proposed, or that were said elsewhere before."""
    options = {action.entity for action in script.stream if action.kind == "propose" and action.entity}
    for action in script.stream:
        sources = action.data.get("sources") if action.kind == "option_adopt" else None
        options |= {it for it in sources if isinstance(it, str)} if isinstance(sources, list) else set()
    return options


def _words(value: Any) -> Iterator[str]:
    """Every string in some data, keys too."""
    match value:
        case dict():
            yield from value
            yield from chain.from_iterable(map(_words, value.values()))
        case list():
            yield from chain.from_iterable(map(_words, value))
        case str():
            yield value


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Figures with other names for the things that are counted in them."""
    match value:
        case dict():
            return {names.get(key, key): renamed(it, names) for key, it in value.items()}
        case list():
            return [renamed(it, names) for it in value]
        case str():
            return names.get(value, value)
    return value
