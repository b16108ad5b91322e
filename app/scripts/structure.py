"""What of a script exists before the room: people, activities with their settings, the steps of the day."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container
from itertools import count
from types import NoneType
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from app.scripts.format import Activity, Script
from app.scripts.mapping import kind_of
from app.scripts.reading import ScriptError
from app.scripts.ways import SEALED
from facilitation.activity import WORDED
from facilitation.agenda import Step
from facilitation.forms import FORMS
from facilitation.groups.settings import Group
from facilitation.kind import Kind
from facilitation.kinds import KINDS
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
            barrier_free=one.barrier_free,
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
            instruction=one.instruction,
            opens=one.opens,
            phase=one.phase,
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
            kept = {key: value for key, value in pattern.items() if key not in WORDED}
            alike = isinstance(found, dict) and found.get("kind") == kept.get("kind")
            return alike and all(_fits(found.get(key), value) for key, value in kept.items())
        case str():
            return isinstance(found, str)
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
    ours = _ours(activity, "seen", "desk", "eligible", "quorum", "follows", "segments", "proposals", "sure")
    return {"form": form.name, "settings": settings} | _given(activity, "revote", "ballot_unit") | ours


def _ours(activity: Activity, *names: str) -> Data:
    """Settings of a poll that the format does not name: as our own exports have them, else they are hints."""
    return {name: value for name, value in _given(activity, *names).items() if _holds(name, value)}


def _holds(name: str, value: Any) -> bool:
    field = KINDS["poll"].Config.model_fields[name]
    setting: Any = Annotated[field.annotation, field]
    try:
        TypeAdapter(setting).validate_python(value)
    except ValidationError:
        return False
    return True


def _wall(script: Script, activity: Activity) -> Data:
    columns = {"columns": _labelled(activity.fields.get("columns", []), "id", "title", "text")}
    dots = {"dots": _dots(activity.fields.get("dots"))}
    own = _given(activity, "max_length", "fields", "criteria", "fades", "topics", "tagged_by") | dots
    return {"max_length": ENDLESS} | _reactions(script, activity) | own | columns


def _dots(given: Any) -> Any:
    """Where a script sets no limit to dots there is none; what its screens offer is what it says, or everything."""
    if given is not None and not isinstance(given, dict):
        return given
    said = {name: given[name] for name in ("budget", "max_per_target", "on") if given and given.get(name) is not None}
    both = {} if said.get("on") in ("idea", "cluster") else {"on": "both"}
    return {"budget": ENDLESS, "max_per_target": said.get("budget", ENDLESS)} | said | both


def _questions(_script: Script, activity: Activity) -> Data:
    """In a script everybody may support their own question, unless it says otherwise."""
    own = ("most_open", "own_support", "opposable", "order", "addressees", "labels", "rules")
    unlimited = {"max_length": ENDLESS, "own_support": True}
    return unlimited | _given(activity, "max_length", "premoderated", "anonymous_allowed", *own)


def _stream(script: Script, activity: Activity) -> Data:
    prompts = {"prompts": _labelled(activity.fields.get("prompts", []), "id", "title")}
    own = ("open_until", "premoderated", "pictures", "topics")
    return _reactions(script, activity) | _given(activity, *own) | prompts


def _reactions(script: Script, activity: Activity) -> Data:
    """The words that people used here, the frequent ones first, unless the script names some."""
    here = {action.entity for action in script.stream if action.target == activity.id}
    said = (action.data for action in script.stream if action.kind == "reaction")
    used = Counter(data["emoji"] for data in said if data.get("on") in here and isinstance(data.get("emoji"), str))
    words = {"reactions": [word for word, _ in used.most_common(MOST_REACTIONS)]} if used else {}
    return words | _given(activity, "reactions")


def _text(_script: Script, activity: Activity) -> Data:
    documents = [
        {
            "id": document.id or f"d{number}",
            "title": document.title,
            "paragraphs": [paragraph.model_dump() for paragraph in document.paragraphs],
        }
        for number, document in enumerate(activity.documents, 1)
    ]
    return _given(activity, "vote_values") | {"documents": documents}


def _measures(script: Script, activity: Activity) -> Data:
    earlier = {measure.id: measure for measure in script.carried_over.measures}
    preload = [
        measure.model_dump(mode="json", exclude_none=True)
        | {"origin": measure.origin if isinstance(measure.origin, int) else len(measure.origin)}
        for measure in map(earlier.__getitem__, activity.preload)
    ]
    return _given(activity, "statuses") | ({"preload": preload} if preload else {})


def _speaking(script: Script, activity: Activity) -> Data:
    lists = activity.fields.get("lists")
    given = _given(activity, "seats", "free_seats", "turn_seconds")
    return _reactions(script, activity) | given | ({"lists": _labelled(lists, "id", "title")} if lists else {})


def _pulse(_script: Script, activity: Activity) -> Data:
    signals = _labelled(activity.fields.get("signals", []), "id", "label", "shape", "tone")
    return _given(activity, "preset") | {"signals": signals}


def _digest(_script: Script, activity: Activity) -> Data:
    return {"topics": _labelled(activity.fields.get("topics", []), "id", "title")}


def _survey(_script: Script, activity: Activity) -> Data:
    return _given(activity, "questions", "revote", "eligible")


def _groups(_script: Script, activity: Activity) -> Data:
    """A round with a new mix is one that is assigned: who sits where, its actions say."""
    modes = {"assigned_new_mix": "assigned"}
    taken = ("minutes", "mode", "scribe", "follows", "points", "settles", "convened", "guide")
    given = _given(activity, *taken)
    given |= {"mode": modes.get(given["mode"], given["mode"])} if isinstance(given.get("mode"), str) else {}
    return given | {"groups": _labelled(activity.fields.get("rooms"), *Group._fields)}


FIELDS = {
    "poll": _poll,
    "wall": _wall,
    "questions": _questions,
    "stream": _stream,
    "text": _text,
    "measures": _measures,
    "speaking": _speaking,
    "pulse": _pulse,
    "digest": _digest,
    "survey": _survey,
    "groups": _groups,
}


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
