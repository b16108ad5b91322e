"""From the record back to the actions of a script.

Whoever must stay unknown is one actor for all of them, or none.  Ballots that lead back to somebody are left out: the
sealed result of their activity stands where it was sealed, at the latest at the end.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.scripts.results import Done, done, refused_kind
from app.scripts.ways import ACCEPTED, REFERENCES, SAID, SEALED, WAYS, outcome
from app.store import Refusal
from facilitation import agenda
from facilitation.activity import REVISES
from facilitation.agenda import Agenda
from facilitation.form import Answer
from facilitation.lineage import SOURCES
from facilitation.record import CLOCK, WORDS, Data, Entry
from facilitation.room import Room

SOMEBODY = "anonym"  # the actor of what was given anonymously
ITSELF = "uhr"  # the actor of what happened by itself
GONE = "[geschwärzt]"  # in place of words that nobody may read any more

BALLOTS = {  # commands that say nothing but what counts
    *("vote", "support", "unsupport", "oppose", "unoppose", "react"),
    *("dot", "rate", "flag", "report", "signal", "submit"),
}
ELSEWHERE = {"show": "target", "ticker": "ticker"}  # where facts of the stage name the activity
ABOUT = {"hide", "restore", "redact"}  # these name a contribution and make none
STORED = {  # where a fact has another word than the command
    ("answer", "text"): "answer",
    ("redact", "reason"): "why",
    ("word_ban", "word"): "text",
    ("word_permit", "word"): "text",
    ("idea", "fields"): "answer",
    ("idea_edit", "fields"): "answer",
    ("reject", "ref"): "on",
    ("idea_tag", "ref"): "on",
    ("question_tag", "ref"): "on",
    ("post_tag", "ref"): "on",
    ("post_approve", "ref"): "on",
    ("post_reject", "ref"): "on",
    ("original_claim", "sources"): "originals",
    ("original_release", "sources"): "originals",
    ("original_tag", "sources"): "originals",
    ("original_decline", "sources"): "declined",
    ("original_resume", "sources"): "resumed",
    ("result", "points"): "answer",
    ("group_add", "topic"): "label",
    ("group_add", "task"): "text",
    ("group_equip", "topic"): "label",
    ("group_equip", "task"): "text",
    ("group_equip", "material"): "description",
}


class Recorder:
    """Writes down the actions of a record, whose end is `room`."""

    def __init__(self, room: Room, refusals: Iterable[Refusal]) -> None:
        self.room = room
        self.clock = room.workshop.starts  # the last time that may be told
        self._refusals = sorted(refusals, key=lambda refusal: refusal.made)
        self._counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._seals = 0
        self._agenda = Agenda(room.agenda.steps)
        self._ends: dict[str, datetime] = {}
        self._redacted: set[str] = set()

    def actions(self, entries: list[Entry]) -> Iterator[Data]:
        """Every action in order, without `seq` and `id`."""
        self._redacted = {entry.data["ref"] for entry in entries if entry.type == "record.redacted"}
        self.clock = min([self.clock, *(entry.made for entry in entries[:1])])
        for command in done(entries):
            now = self.clock if _is_veiled(command.fact) else max(self.clock, command.fact.made)
            yield from self._refused(now)
            self.clock = now
            yield from self._sealed(command)
            if self._is_anonymous(command.fact.activity) and _is_veiled(command.fact):
                self._counts[command.fact.activity]  # it needs a seal, if only for the number of its authors
            if _is_veiled(command.fact) and _is_ballot(command.fact):
                self._counts[command.fact.activity][command.kind][ACCEPTED] += 1
                yield from self._words(command)
            elif command.kind == SAID:
                yield from self._words(command)
            elif command.kind != SEALED:
                yield self._done(command)
            for entry in command.entries:
                self._follow(entry)
        yield from self._refused(None)
        for id in list(self._counts):
            yield self._seal(id, self.room.activities[id].figures())

    def _is_anonymous(self, activity: str) -> bool:
        return activity in self.room.activities and self.room.activities[activity].names == "anonymous"

    def _action(self, kind: str, actor: str, key: str, data: Data, **more: str | None) -> Data:
        given = {name: value for name, value in more.items() if value}
        return {"ts": self.told(self.clock), "actor": actor, "kind": kind, "key": key} | given | {"data": data}

    def told(self, moment: datetime) -> str:
        """A time as scripts write it, in the zone of the workshop."""
        fine = "microseconds" if moment.microsecond % 1000 else "milliseconds"
        return moment.astimezone(self.room.workshop.zone).isoformat(timespec=fine)

    def _done(self, command: Done) -> Data:
        """The action of an accepted command."""
        fact, way = command.fact, WAYS[command.kind]
        target = fact.data[ELSEWHERE[command.kind]] if command.kind in ELSEWHERE else fact.activity
        return self._action(
            command.kind,
            self._actor(fact),
            fact.command,
            self._data(command.kind, fact) | _written(command) | _adopted(command),
            device=fact.data.get("device"),
            target=target if way.to == "{target}" else None,
        )

    def _words(self, command: Done) -> Iterator[Data]:
        """The words of a ballot that is left out, as they read at last: they are contributions of nobody."""
        for entry in command.entries:
            ref, activity = entry.data.get("ref"), self.room.activities.get(entry.activity)
            if ref and activity and ref in _answers(activity.state):
                text = activity.contributions[ref].text or GONE
                place = ("question", "field", "on")
                data = {"entity": ref} | {name: entry.data[name] for name in place if name in entry.data}
                key = hashlib.blake2b(f"{SAID} {ref}".encode(), digest_size=16).hexdigest()
                yield self._action(SAID, SOMEBODY, key, data | {"text": text}, target=activity.id)

    def _actor(self, fact: Entry) -> str:
        if fact.by == CLOCK.id:
            return ITSELF
        return fact.by if fact.by in self.room.roster.people else SOMEBODY

    def _data(self, kind: str, fact: Entry) -> Data:
        """What the action said, from what is on record of it."""
        match kind:
            case "open":
                ends = fact.data.get("ends")
                return {"seconds": _seconds(fact.made, ends)} if ends else {}
            case "extend":
                before = max(self._ends.get(fact.activity, fact.made), fact.made)
                return {"seconds": _seconds(before, fact.data["ends"])}
            case "advance":
                step = fact.data["step"]
                return {} if self._agenda.next == (step, fact.data["activity"]) else {"step": step}
            case "end":
                return {"confirmed": True}
            case "ticker":
                return {"on": bool(fact.data["ticker"])}
        return self._said(kind, fact)

    def _said(self, kind: str, fact: Entry) -> Data:
        said, fields = self._legible(fact), WAYS[kind].fields
        if fields is None:
            return {name: value for name, value in said.items() if name not in ("unit", "unveils")}
        data = {} if kind in ABOUT or "ref" not in said else {"entity": said["ref"]}
        for theirs, ours in fields.items():
            stored = STORED.get((kind, ours), ours)
            if stored not in said and ours in REFERENCES - {SOURCES}:
                stored = REVISES
            if said.get(stored) not in (None, ""):
                data[theirs] = said[stored]
        return data

    def _legible(self, fact: Entry) -> Data:
        said = fact.full
        if {said.get("ref"), said.get(REVISES)} & self._redacted:
            lost = WORDS - {"image", "link"}
            return {name: GONE if name in lost and value == "" else value for name, value in said.items()}
        return said

    def _follow(self, entry: Entry) -> None:
        """Keep up with what later actions are told from."""
        agenda.fold(self._agenda, entry)
        if ends := entry.data.get("ends"):
            self._ends[entry.activity] = datetime.fromisoformat(ends)
        elif entry.type in ("activity.opened", "activity.closed"):
            self._ends.pop(entry.activity, None)

    def _refused(self, until: datetime | None) -> Iterator[Data]:
        """What was refused up to a time; None: all that is left."""
        while self._refusals and (until is None or self._refusals[0].made <= until):
            refusal = self._refusals.pop(0)
            anonymous, known = self._is_anonymous(refusal.activity), refusal.activity in self.room.activities
            kind, word = refused_kind(refusal, self.room), outcome(refusal.code)
            if anonymous and refusal.name in BALLOTS:
                self._counts[refusal.activity][kind][word] += 1
                continue
            self.clock = max(self.clock, refusal.made)
            by = "" if anonymous or refusal.by is None else refusal.by
            action = self._action(kind, by, refusal.command, {}, target=refusal.activity if known else None)
            yield {name: value for name, value in action.items() if name != "data"} | {"outcome": word}

    def _sealed(self, command: Done) -> Iterator[Data]:
        """The results that a command sealed, each with the counts of what is left out of it."""
        for entry in command.entries:
            if entry.type == "activity.sealed":
                for kind, took in _kinds(entry.data).items():
                    self._counts[entry.activity][kind].update(took)
                yield self._seal(entry.activity, entry.data["figures"])

    def _seal(self, activity: str, figures: Data) -> Data:
        kinds = {kind: dict(counts) for kind, counts in self._counts.pop(activity, {}).items()}
        self._seals += 1
        key = hashlib.blake2b(f"sealed {activity} {self._seals}".encode(), digest_size=16).hexdigest()
        outcomes = sum((Counter(counts) for counts in kinds.values()), Counter[str]())
        data = {"tally": figures, "outcomes": dict(outcomes)} | ({"kinds": kinds} if kinds.keys() - {"vote"} else {})
        return self._action(SEALED, ITSELF, key, data, target=activity)


def _answers(state: Any) -> Mapping[str, Answer]:
    """The words on the ballots of an activity that count, by reference."""
    boxes = [state.box] if hasattr(state, "box") else getattr(state, "boxes", {}).values()
    return {ref: answer for box in boxes for ref, answer in box.answers.items()}


def _written(command: Done) -> Data:
    """The words of a ballot, put back where they stood on it; of a survey, with the ballots."""
    data: Data = {}
    for entry in command.entries:
        if entry.type == "poll.said":
            _write(data, entry.data)
        elif entry.type == "survey.submitted":
            data["answers"] = {question: dict(ballot) for question, ballot in entry.full["answers"].items()}
        elif entry.type == "survey.said" and "answers" in data:
            _write(data["answers"][entry.data["question"]], entry.data)
    return data


def _write(ballot: Data, said: Data) -> None:
    """Put words where their field says: into a list, a map or by themselves."""
    name, _, rest = said["field"].partition("[")
    if rest == "]":
        ballot.setdefault(name, []).append(said["text"])
    elif rest:
        ballot.setdefault(name, {})[rest.removesuffix("]")] = said["text"]
    else:
        ballot[name] = said["text"]


def _adopted(command: Done) -> Data:
    """All that became options at once."""
    if command.kind != "option_adopt":
        return {}
    return {"sources": [ref for entry in command.entries for ref in entry.data[SOURCES]]}


def _is_veiled(fact: Entry) -> bool:
    return fact.veil is not None or fact.by is None


def _is_ballot(fact: Entry) -> bool:
    """Whether nobody would miss the words of a veiled fact: it has none."""
    return "ref" not in fact.data and REVISES not in fact.data


def _kinds(data: Data) -> dict[str, dict[str, int]]:
    """What a sealed result says of the actions it stands for."""
    return data.get("kinds") or ({"vote": data["outcomes"]} if "outcomes" in data else {})


def _seconds(begin: datetime, end: str) -> int:
    return round((datetime.fromisoformat(end) - begin).total_seconds())
