"""How a script is judged: a second reading of §4 of the format, written without a look at the product.

It goes action by action and keeps plain ledgers, from which truth.py tells what a day comes to.  It knows the kinds of
action of the format itself, none of our own, and of the forms of polls only those that the invented days use.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

Data = dict[str, Any]

STAFF = {
    *("open", "close", "dots_open", "dots_close", "show", "amend", "reset", "move", "cluster", "cluster_rename"),
    *("cluster_assign", "link", "approve", "answer", "hide", "restore", "breakout_assign", "breakout_start"),
    *("breakout_extend", "breakout_end", "breakout_move", "decide", "measure", "speak_turn"),
}
INPUT = {
    *("vote", "idea", "idea_edit", "idea_withdraw", "comment", "reaction", "question", "upvote", "unvote", "blog"),
    *("paragraph_vote", "suggest", "support"),
}
IN_ROOM = {"note", "result", "help"}
OTHERS = {"join", "leave", "dot", "breakout_enter", "breakout_leave", "measure_update", "speak_request"}
KINDS = STAFF | INPUT | IN_ROOM | OTHERS  # every kind of action of §3

INVISIBLE = "[\u200b\u200c\u200d\u2060\ufeff\u00ad]"


class No(Exception):
    """The first rule that objects."""


class Ledger:
    """The ledgers of a day; `outcomes` says of each action how it was judged."""

    def __init__(self, day: Data) -> None:
        self.day, self.outcomes = day, dict[str, str]()
        self.staff = {it["id"] for it in day["staff"]}
        self.people = {it["id"]: it for it in day["participants"]}
        self.rooms = {it["id"]: it for it in day["shared_rooms"]}
        self.activities: dict[str, Data] = {it["id"]: it for it in day["activities"]}
        self.keys, self.open, self.hidden = set[str](), set[str](), set[str]()
        self.first: dict[str, datetime] = {}
        self.devices, self.represented, self.heads = set[tuple[str, str]](), set[str](), dict[str, int]()
        self.things: dict[str, Data] = {}  # entity -> what it is, where it stands, who made it
        self.ballots: dict[str, dict[str, Data]] = defaultdict(dict)
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)  # activity -> what happened how often
        self.given: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)  # activity, person -> target -> dots
        self.said_once: dict[str, list[tuple[str, str]]] = defaultdict(
            list
        )  # upvotes, support and reactions on a thing
        self.votes: dict[tuple[str, str], str] = {}  # paragraph, person -> value
        self.seats: dict[str, dict[str, str]] = defaultdict(dict)
        self.assigned: dict[str, dict[str, int]] = {}
        self.running: set[str] = set()
        self.results: dict[str, set[str]] = defaultdict(set)
        self.links: dict[str, set[frozenset[str]]] = defaultdict(set)
        self.texts = {p["id"]: [p["text"]] for a in self._of("text") for d in a["documents"] for p in d["paragraphs"]}
        self.home = {p["id"]: a["id"] for a in self._of("text") for d in a["documents"] for p in d["paragraphs"]}
        self.speakers: dict[str, list[str]] = defaultdict(list)
        for action in sorted(day["stream"], key=lambda it: it["seq"]):
            self.outcomes[action["id"]] = self._judged(action)

    def _of(self, type: str) -> list[Data]:  # noqa: A002  # the format says type
        return [it for it in self.activities.values() if it["type"] == type]

    # ── §4, in its order ──

    def _judged(self, action: Data) -> str:
        try:
            self._judge(action)
        except No as no:
            return str(no)
        return "accepted"

    def _judge(self, action: Data) -> None:
        kind, actor, data = action["kind"], action["actor"], action["data"]
        if action["key"] in self.keys:
            raise No("duplicate")
        self.keys.add(action["key"])
        if actor not in self.staff | self.people.keys() | self.rooms.keys():
            raise No("unknown_actor")
        self._check_right(kind, actor, data)
        if actor not in self.staff and kind != "join" and actor not in self.first:
            raise No("not_joined")
        place = self._place(action)
        if kind in INPUT and place in self.activities and place not in self.open:
            raise No("not_open")
        if kind == "dot" and f"{place} dots" not in self.open:
            raise No("not_open")
        if kind in {"breakout_enter", "breakout_leave", *IN_ROOM} and place not in self.running:
            raise No("not_open")
        if kind in IN_ROOM and self.seats[place].get(actor) != data["room"]:
            raise No("not_member")
        _must(kind in {"join", "leave", "show"} or place in self.activities)
        for name in ("text", "title", "body", "label"):
            if name in data:
                self._check_words(data[name], self.activities.get(place, {}).get("max_length"))
        getattr(self, f"_{kind}")(place, actor, data, action)

    def _check_right(self, kind: str, actor: str, data: Data) -> None:
        if kind in STAFF and actor not in self.staff:
            raise No("forbidden")
        thing = self.things.get(data.get("entity", ""), {})
        if kind in ("idea_edit", "idea_withdraw") and thing and thing["by"] != actor:
            raise No("forbidden")
        outside = actor not in self.staff and thing and self.people[actor]["unit"] != thing.get("owner_unit")
        if kind == "measure_update" and outside:
            raise No("forbidden")
        if kind == "join" and "represents" in data and self.people[actor].get("deputy_for") != data["represents"]:
            raise No("forbidden")

    def _place(self, action: Data) -> str:
        """The activity that an action is about; that of the thing where it names one."""
        on = action["data"].get("on") or action["data"].get("entity", "")
        named: str = action.get("target") or self.home.get(on) or self.things.get(on, {}).get("home", "")
        return named

    def _check_words(self, text: str, most: int | None) -> None:
        _must(bool(re.sub(rf"\s|{INVISIBLE}", "", text)) and "\0" not in text)
        if most is not None and len(text) > most:
            raise No("too_long")

    # ── who is here, what is open ──

    def _join(self, _place: str, actor: str, data: Data, action: Data) -> None:
        self.first.setdefault(actor, datetime.fromisoformat(action["ts"]))
        if actor in self.rooms:
            self.heads[actor] = data.get("headcount", self.rooms[actor]["headcount"])
        elif actor in self.people:
            self.devices.add((actor, action.get("device", "")))
            self.represented |= {data["represents"]} if "represents" in data else set()

    def _leave(self, *_: Any) -> None:
        """Counts nothing."""

    _show = _leave

    def _open(self, place: str, *_: Any) -> None:
        self.open.add(place)

    def _close(self, place: str, *_: Any) -> None:
        self.open.discard(place)

    def _dots_open(self, place: str, *_: Any) -> None:
        self.open.add(f"{place} dots")

    def _dots_close(self, place: str, *_: Any) -> None:
        self.open.discard(f"{place} dots")

    # ── polls ──

    def _options(self, place: str) -> set[str]:
        return {option["id"] for option in self.activities[place].get("options", ())}

    def _amend(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        _must(data["option"] in self._options(place))

    def _reset(self, place: str, *_: Any) -> None:
        self.counts[place]["discarded"] += len(self.ballots[place])
        self.ballots[place].clear()
        self.open.discard(place)

    def _vote(self, place: str, actor: str, data: Data, _action: Data) -> None:
        poll = self.activities[place]
        if poll["kind"] == "scale":
            _must(type(data.get("value")) is int and poll["min"] <= data["value"] <= poll["max"])
        elif poll["kind"] == "single":
            _must(data.get("choice") in self._options(place))
        elif poll["kind"] == "wordcloud":
            _must(0 < len(data["words"]) <= poll["max_words"])
            for word in data["words"]:
                self._check_words(word, poll["max_length"])
        else:
            _must("text" in data)
        voter = self.people[actor]["unit"] if poll["ballot_unit"] == "unit" else actor
        if voter in self.ballots[place]:
            if not poll["revote"]:
                raise No("already_voted")
            self.counts[place]["replaced"] += 1
        self.ballots[place][voter] = data

    # ── walls ──

    def _new(self, what: str, place: str, actor: str, data: Data, **more: Any) -> None:
        self.things[data["entity"]] = {"what": what, "home": place, "by": actor, "gone": False} | more

    def _thing(self, id: str, *whats: str) -> Data:
        _must(self.things.get(id, {}).get("what") in whats)
        return self.things[id]

    def _column(self, place: str, column: str) -> str:
        _must(column in {it["id"] for it in self.activities[place]["columns"]})
        return column

    def _idea(self, place: str, actor: str, data: Data, _action: Data) -> None:
        self._new("idea", place, actor, data, column=self._column(place, data["column"]), cluster="")

    def _idea_edit(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "idea")
        self.counts[place]["edited"] += 1

    def _idea_withdraw(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "idea")["gone"] = True

    def _move(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "idea")["column"] = self._column(place, data["column"])
        self.counts[place]["moved"] += 1

    def _cluster(self, place: str, actor: str, data: Data, _action: Data) -> None:
        self._new("cluster", place, actor, data, title=data["title"])
        self._lay(data["ideas"], data["entity"])

    def _lay(self, ideas: Iterable[str], cluster: str) -> None:
        for idea in ideas:
            self._thing(idea, "idea")["cluster"] = cluster

    def _cluster_rename(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "cluster")["title"] = data["title"]

    def _cluster_assign(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["cluster"], "cluster")
        self._lay(data["ideas"], data["cluster"])

    def _dot(self, place: str, actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "idea", "cluster")
        mine, limits = self.given[place, actor], self.activities[place]["dots"]
        _must(mine[data["entity"]] + data["dots"] >= 0)
        if mine[data["entity"]] + data["dots"] > limits["max_per_target"]:
            raise No("over_limit")
        if mine.total() + data["dots"] > limits["budget"]:
            raise No("over_budget")
        mine[data["entity"]] += data["dots"]

    def _link(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        _must(data["from"] != data["to"])
        for end in (data["from"], data["to"]):
            self._thing(end, "idea", "cluster")
        self.links[place].add(frozenset((data["from"], data["to"])))

    # ── what is said, supported and hidden ──

    def _comment(self, place: str, actor: str, data: Data, _action: Data) -> None:
        if data["on"] not in self.home:
            self._thing(data["on"], "idea", "post", "question")
        self._new("comment", place, actor, data, on=data["on"])

    def _once(self, on: str, actor: str, word: str) -> None:
        if (actor, word) in self.said_once[on]:
            raise No("already_voted")
        self.said_once[on].append((actor, word))

    def _reaction(self, _place: str, actor: str, data: Data, _action: Data) -> None:
        self._thing(data["on"], "idea", "post")
        self._once(data["on"], actor, data["emoji"])

    def _question(self, place: str, actor: str, data: Data, _action: Data) -> None:
        self._new("question", place, actor, data, approved=False, answered=False)

    def _upvote(self, _place: str, actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "question")
        self._once(data["entity"], actor, "up")

    def _unvote(self, _place: str, actor: str, data: Data, _action: Data) -> None:
        _must((actor, "up") in self.said_once[data["entity"]])
        self.said_once[data["entity"]].remove((actor, "up"))

    def _approve(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "question")["approved"] = True

    def _answer(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "question")["answered"] = True

    def _hide(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        _must(data["entity"] in self.things)
        self.hidden.add(data["entity"])

    def _restore(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        self.hidden.discard(data["entity"])

    def _blog(self, place: str, actor: str, data: Data, _action: Data) -> None:
        self._new("post", place, actor, data, prompt=data["prompt"])

    # ── groups ──

    def _breakout_assign(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        seats = [(person, room) for room, people in data["rooms"].items() for person in people]
        _must(len(seats) == len(dict(seats)))
        self.seats[place] = dict(seats)
        self.assigned[place] = {room: len(data["rooms"].get(room, ())) for room in self._tables(place)}

    def _tables(self, place: str) -> list[str]:
        return [room["id"] for room in self.activities[place]["rooms"]]

    def _breakout_start(self, place: str, *_: Any) -> None:
        self.running.add(place)

    def _breakout_end(self, place: str, *_: Any) -> None:
        self.running.discard(place)

    def _breakout_extend(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        self.counts[place]["extended"] += data["seconds"]

    def _breakout_move(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        _must(data["room"] in self._tables(place))
        self.seats[place][data["person"]] = data["room"]

    def _breakout_enter(self, place: str, actor: str, data: Data, _action: Data) -> None:
        _must(data["room"] in self._tables(place))
        self.seats[place][actor] = data["room"]

    def _breakout_leave(self, place: str, actor: str, _data: Data, _action: Data) -> None:
        self.seats[place].pop(actor, None)

    def _note(self, place: str, actor: str, data: Data, _action: Data) -> None:
        self._new("note", place, actor, data, room=data["room"])

    def _result(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        self.results[place].add(data["room"])

    def _help(self, place: str, *_: Any) -> None:
        self.counts[place]["help"] += 1

    # ── texts, measures, the floor ──

    def _paragraph_vote(self, place: str, actor: str, data: Data, _action: Data) -> None:
        _must(data["paragraph"] in self.home and data["value"] in self.activities[place]["vote_values"])
        self.votes[data["paragraph"], actor] = data["value"]

    def _suggest(self, place: str, actor: str, data: Data, _action: Data) -> None:
        _must(data["paragraph"] in self.home)
        self._new("suggestion", place, actor, data, paragraph=data["paragraph"], text=data["text"], state="open")

    def _support(self, _place: str, actor: str, data: Data, _action: Data) -> None:
        self._thing(data["entity"], "suggestion")
        self._once(data["entity"], actor, "support")

    def _decide(self, _place: str, _actor: str, data: Data, _action: Data) -> None:
        suggestion = self._thing(data["entity"], "suggestion")
        suggestion["state"] = data["decision"]
        if data["decision"] == "accepted":
            self.texts[suggestion["paragraph"]].append(suggestion["text"])

    def _measure(self, place: str, actor: str, data: Data, _action: Data) -> None:
        for source in data["origin"]:
            self._thing(source, "idea", "cluster")
        told = {"owner_unit": data["owner_unit"], "due": data["due"], "origin": len(data["origin"])}
        self._new("measure", place, actor, data, status="offen", progress=0, updates=0, **told)

    def _measure_update(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        measure = self._thing(data["entity"], "measure")
        _must(data["status"] in self.activities[place]["statuses"] and 0 <= data["progress"] <= 100)
        changed = {name: data[name] for name in ("status", "progress", "due") if name in data}
        measure |= changed | {"updates": measure["updates"] + 1}

    def _speak_request(self, place: str, *_: Any) -> None:
        self.counts[place]["requests"] += 1

    def _speak_turn(self, place: str, _actor: str, data: Data, _action: Data) -> None:
        self.speakers[place].append(data["person"])


def _must(holds: bool) -> None:  # noqa: FBT001  # a rule
    if not holds:
        raise No("invalid")
