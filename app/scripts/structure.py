"""What of a script exists before the room: people, activities with their settings, the steps of the day."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container
from itertools import count
from types import NoneType
from typing import Any

from pydantic import ValidationError

from app.scripts.format import Activity, Script
from app.scripts.mapping import kind_of
from app.scripts.reading import ScriptError
from app.scripts.ways import SEALED
from facilitation.agenda import Step
from facilitation.forms import FORMS
from facilitation.kind import Kind
from facilitation.record import Data, Person, Role

STAFF = {"moderation": Role.FACILITATOR, "organisation": Role.ORGANISER, "technik": Role.TECHNICIAN}
NAMES = ("named", "moderators", "anonymous")
ENDLESS = 10_000  # code points, where a script sets no limit
MOST_REACTIONS = 12


def people(script: Script) -> list[Person]:
    """Everybody on the roster, under the ids of the script."""
    staff = [Person(one.id, STAFF.get(one.role, Role.FACILITATOR), one.label) for one in script.staff]
    staff = staff or [Person("organisation", Role.ORGANISER, "Organisation")]  # somebody must be able to open things
    participants = [
        Person(
            one.id,
            Role.PARTICIPANT,
            one.label,
            unit=one.unit or "",
            division=one.dezernat or "",
            function=one.role,
            deputy=one.deputy,
            deputy_for=one.deputy_for,
            guest=one.guest,
        )
        for one in script.participants
    ]
    rooms = [
        Person(one.id, Role.ROOM, one.label, division=one.dezernat or "", headcount=one.headcount)
        for one in script.shared_rooms
    ]
    return [*staff, *participants, *rooms]


def steps(script: Script) -> list[Step]:
    """The agenda; of its activities those that this build has."""
    built = {activity.id for activity in script.activities if kind_of(activity)}
    return [
        Step(
            id=one.id,
            title=one.title,
            type=one.type,
            starts=one.start,
            ends=one.end,
            activities=tuple(id for id in one.activities if id in built),
            lead=one.lead,
        )
        for one in script.agenda
    ]


def activities(script: Script) -> list[tuple[Activity, Kind, Data]]:
    """Each activity that this build has, its kind and its settings as JSON; ScriptError if they are none."""
    return [(one, kind, _settings(script, one, kind)) for one in script.activities if (kind := kind_of(one))]


def check_sealed(script: Script) -> None:
    """ScriptError unless every sealed result has the shape of its activity's figures."""
    kinds = {activity.id: (kind, config) for activity, kind, config in activities(script)}
    for action in script.stream:
        if action.kind == SEALED and action.target in kinds:
            kind, config = kinds[action.target]
            blank = kind.figures(kind.begin(kind.Config.model_validate(config)), {})
            if not (_fits(action.data.get("tally"), blank) and _counted(action.data)):
                raise ScriptError(f"action {action.id}: the tally does not fit activity {action.target}")


def _counted(data: Data) -> bool:
    """Whether a sealed result says how many actions of each outcome there were, and perhaps of each kind."""
    kinds = data.get("kinds", {})
    counts = [data.get("outcomes", {}), *kinds.values()] if isinstance(kinds, dict) else [None]
    return all(isinstance(count, dict) and {type(number) for number in count.values()} <= {int} for count in counts)


def _fits(found: Any, pattern: Any) -> bool:
    """Whether some figures have the shape of others."""
    match pattern:
        case dict():
            return isinstance(found, dict) and all(_fits(found.get(key), value) for key, value in pattern.items())
        case str():
            return bool(found == pattern)
        case list():
            return isinstance(found, list)
    numbers = (int, float) if pattern is not None else (int, float, NoneType)
    return isinstance(found, numbers)


def _settings(script: Script, activity: Activity, kind: Kind) -> Data:
    names = activity.fields.get("names")
    if names not in NAMES:
        names = {True: "anonymous", False: "named", None: None}[activity.anonymous]
    settings = FIELDS[kind.name](script, activity) | ({"names": names} if names else {})
    try:
        checked = kind.Config.model_validate(settings)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        wrong = f"{where} is not valid" if where else "the settings contradict each other"
        raise ScriptError(f"activity {activity.id}: {wrong}") from error
    data: Data = checked.model_dump(mode="json", exclude_unset=True)
    return data


def _poll(_script: Script, activity: Activity) -> Data:
    form = FORMS[activity.fields["kind"]]
    settings = {name: activity.fields[name] for name in form.Settings.model_fields if name in activity.fields}
    for lists in ("options", "items"):
        if lists in settings:
            settings[lists] = _labelled(settings[lists], "id", "label")
    return {"form": form.name, "settings": settings} | _given(activity, "revote", "ballot_unit")


def _wall(script: Script, activity: Activity) -> Data:
    columns = {"columns": _labelled(activity.fields.get("columns", []), "id", "title", "text")}
    return {"max_length": ENDLESS} | _reactions(script, activity) | _given(activity, "max_length") | columns


def _questions(_script: Script, activity: Activity) -> Data:
    return {"max_length": ENDLESS} | _given(activity, "max_length", "premoderated", "anonymous_allowed")


def _stream(script: Script, activity: Activity) -> Data:
    prompts = {"prompts": _labelled(activity.fields.get("prompts", []), "id", "title")}
    return _reactions(script, activity) | _given(activity, "open_until") | prompts


def _reactions(script: Script, activity: Activity) -> Data:
    """The words that people used here, the frequent ones first, unless the script names some."""
    here = {action.entity for action in script.stream if action.target == activity.id}
    said = (action.data for action in script.stream if action.kind == "reaction")
    used = Counter(data["emoji"] for data in said if data.get("on") in here and isinstance(data.get("emoji"), str))
    words = {"reactions": [word for word, _ in used.most_common(MOST_REACTIONS)]} if used else {}
    return words | _given(activity, "reactions")


FIELDS = {"poll": _poll, "wall": _wall, "questions": _questions, "stream": _stream}


def _given(activity: Activity, *names: str) -> Data:
    return {name: activity.fields[name] for name in names if activity.fields.get(name) is not None}


def _labelled(things: Any, *fields: str) -> Any:
    """A list of options, columns or prompts without what the settings do not know; anything else as it is."""
    if not isinstance(things, list):
        return things
    return [{name: it[name] for name in fields if name in it} if isinstance(it, dict) else it for it in things]


def prefix(title: str, taken: Container[str]) -> str:
    """Letters of the title with the lowest number that is free, such as `AT2`: references begin with it."""
    letters = _letters(title)
    return next(free for number in count(1) if (free := f"{letters}{number}") not in taken)


def _letters(title: str) -> str:
    if "amtsleitungstag" in title.lower():
        return "AT"
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"\b[A-Z][A-Za-z]*", plain)
    initials = "".join(word[0] for word in words[:3])
    return initials if len(initials) > 1 else "".join(words)[:2].upper() or "V"
