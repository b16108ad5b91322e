"""A compact day of an invented city: 24 people, a room device, three polls, a wall, questions and a blog.

What it must come to is counted by hand beside it, action by action.
"""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime.fromisoformat("2025-03-11T09:00:00.000+01:00")
HOSTILE = (
    "=1+1",
    ' =HYPERLINK("x";"y")',
    "＝cmd|' /C calc'!A0",
    "+49 221",
    "-2",
    "@SUM(A1)",
    "\tTabulator",
    "\u200b=2+2",
    "<script>alert(1)</script>",
    "{{ 7*7 }} ${7*7}",
    "'; DROP TABLE person;--",
    "%s%n",
    "\u202everkehrt",
    'a;b,c|d\t"e"',
    "erste\r\nzweite",
    " Rand ",
    "null",
    "שלום",
    "👩‍👩‍👧 e\u0301",
)


class Stream:
    """Actions in the order of their arrival, ten seconds apart unless a time is given, by the clock of `start`."""

    def __init__(self, start: datetime = START) -> None:
        self.start = start
        self.actions: list[dict[str, Any]] = []
        self.refused: dict[str, str] = {}
        self.now = start.astimezone(UTC) - timedelta(minutes=10)  # clocks may be changed meanwhile, this one is not

    def add(self, actor: str, kind: str, target: str | None = None, **data: Any) -> str:
        """Add an action; its key is its own unless `key` repeats an earlier one.  Returns the key."""
        seq = len(self.actions) + 1
        key, device = data.pop("key", f"k{seq:04d}"), data.pop("device", "d1")
        minute = data.pop("minute", None)
        begun = self.start.astimezone(UTC)
        self.now = begun + timedelta(minutes=minute) if minute is not None else self.now + timedelta(seconds=10)
        ts = self.now.astimezone(self.start.tzinfo).isoformat(timespec="milliseconds")
        action = {"seq": seq, "id": f"a{seq:04d}", "ts": ts, "actor": actor}
        action |= {"kind": kind, "key": key, "data": data} | ({"target": target} if target else {})
        self.actions.append(action | ({"device": device} if actor[0] in "pr" else {}))
        return key

    def no(self, outcome: str, actor: str, kind: str, target: str | None = None, **data: Any) -> str:
        """Add an action that is not accepted."""
        key = self.add(actor, kind, target, **data)
        self.refused[self.actions[-1]["id"]] = outcome
        return key


def day() -> dict[str, Any]:
    """The script, as it would stand in a file."""
    stream = Stream()
    for part in (_arrive, _mood, _topic, _way, _wall, _questions, _blog, _unheard_of):
        part(stream)
    whole = _head() | {"stream": stream.actions, "expected": EXPECTED | {"not_accepted": stream.refused}}
    return deepcopy(whole)  # tests may spoil it


def _head() -> dict[str, Any]:
    heads = [_person(n, n, "amtsleitung") for n in range(1, 13)]
    deputies = [_person(n, n - 12, "stellvertretung") | {"deputy_for": f"p{n - 12:02d}"} for n in range(13, 25)]
    units = [{"id": f"Amt {n:02d}", "title": f"Amt {n:02d}", "dezernat": _division(n)} for n in range(1, 13)]
    steps = [("top-1", "Ankommen", "lobby", []), ("top-2", "Abfragen", "abfrage", ["stimmung", "thema", "orakel"])]
    return {
        "format": "workshop-event-script",
        "format_version": 1,
        "id": "gruenfelde-2025",
        "title": "Klausur: Gemeinsam anpacken",
        "language": "de",
        "date": "2025-03-11",
        "start": START.isoformat(timespec="milliseconds"),
        "end": (START + timedelta(hours=3)).isoformat(timespec="milliseconds"),
        "timezone": "Europe/Berlin",
        "place": "Rathaus Grünfelde",
        "method": ["Abfrage"],
        "organisation": {
            "name": "Stadt Grünfelde",
            "dezernate": [{"id": "I", "title": "Dezernat I"}, {"id": "II", "title": "Dezernat II"}],
            "units": units,
        },
        "staff": [
            {"id": "s01", "label": "Moderation", "role": "moderation"},
            {"id": "s02", "label": "Reformbüro", "role": "organisation"},
            {"id": "s03", "label": "Technik", "role": "technik"},
        ],
        "participants": heads + deputies,
        "shared_rooms": [{"id": "r01", "label": "Besprechungsraum", "headcount": 6, "dezernat": "II"}],
        "agenda": [
            {
                "id": id,
                "start": (START + timedelta(minutes=30 * n)).isoformat(),
                "end": (START + timedelta(minutes=30 * n + 30)).isoformat(),
                "title": title,
                "type": kind,
                "activities": activities,
            }
            for n, (id, title, kind, activities) in enumerate(steps)
        ],
        "activities": ACTIVITIES,
        "incidents": [],
    }


def _person(n: int, unit: int, function: str) -> dict[str, Any]:
    label = HOSTILE[0] if n == 24 else f"{'Leitung' if n == unit else 'Stv. Leitung'} Amt {unit:02d}"
    deputy = function == "stellvertretung"
    head = {"id": f"p{n:02d}", "label": label, "role": function, "deputy": deputy}
    return head | {"unit": f"Amt {unit:02d}", "dezernat": _division(unit)}


def _division(unit: int) -> str:
    return "I" if unit <= 6 else "II"


ACTIVITIES = [
    {
        "id": "stimmung",
        "type": "poll",
        "kind": "scale",
        "title": "Wie geht es Ihnen?",
        "anonymous": True,
        "revote": True,
    }
    | {"ballot_unit": "person", "min": 1, "max": 5, "hint": "wird nicht gelesen"},
    {"id": "thema", "type": "poll", "kind": "multiple", "title": "Was zuerst?", "anonymous": False, "revote": False}
    | {"ballot_unit": "person", "max_choices": 2, "options": [{"id": id, "label": id.upper()} for id in "abc"]},
    {"id": "weg", "type": "poll", "kind": "single", "title": "Eine Stimme je Amt", "anonymous": False, "revote": True}
    | {"ballot_unit": "unit", "options": [{"id": id, "label": id} for id in ("ja", "nein", "offen")]},
    {"id": "wand", "type": "wall", "title": "Ideen", "anonymous": False, "max_length": 40}
    | {"columns": [{"id": "neu", "title": "Neu", "hint": 1}, {"id": "alt", "title": "Alt", "text": "Was bleibt"}]},
    {"id": "fragen", "type": "qa", "title": "Fragen", "premoderated": True, "anonymous_allowed": True},
    {"id": "blog", "type": "blog", "title": "Blog", "prompts": [{"id": "mit", "title": "Was nehmen Sie mit?"}]},
    {"id": "orakel", "type": "orakel", "title": "Das gibt es nirgends"},
    {"id": "knobeln", "type": "poll", "kind": "knobeln", "title": "Und diese Form auch nicht", "anonymous": True},
]


def _arrive(s: Stream) -> None:
    s.add("s03", "show", "lobby", view="join_qr")
    there = [f"p{n:02d}" for n in (*range(1, 12), *range(13, 17))]
    keys = [s.add(who, "join", client="laptop", via="link", minute=n - 9) for n, who in enumerate(there)]  # from 8:51
    s.add("p24", "join", client="phone", via="qr", represents="p12", minute=6)
    s.no("duplicate", "p03", "join", client="laptop", via="link", key=keys[2])
    s.no("forbidden", "p20", "join", client="phone", via="link", represents="p12")
    s.no("unknown_actor", "x-fremd", "join", client="phone", via="link")
    s.add("r01", "join", client="room", via="link", headcount=5)
    s.add("p01", "join", client="phone", via="link", device="d2")
    s.add("p02", "leave", reason="dropped")
    s.add("p02", "join", client="laptop", via="resume")


def _mood(s: Stream) -> None:
    s.no("not_open", "p01", "vote", "stimmung", value=3)
    s.no("forbidden", "p05", "open", "stimmung")
    s.add("s01", "open", "stimmung")
    s.add("s03", "show", "stimmung", view="question")
    keys = [s.add(f"p{n:02d}", "vote", "stimmung", value=n % 5 + 1) for n in range(1, 11)]  # 2 3 4 5 1, twice
    s.no("duplicate", "p02", "vote", "stimmung", value=3, key=keys[1])
    s.add("r01", "vote", "stimmung", counts={"3": 2, "4": 3})
    s.add("p01", "vote", "stimmung", value=5)
    s.no("invalid", "p11", "vote", "stimmung", value=9)
    s.no("invalid", "p11", "vote", "stimmung", value="3")
    s.no("invalid", "p11", "vote", "stimmung", counts={"1": 1})
    again = s.no("invalid", "r01", "vote", "stimmung", counts={"1": 6})
    s.no("duplicate", "r01", "vote", "stimmung", counts={"1": 6}, key=again)
    s.no("not_joined", "p12", "vote", "stimmung", value=1)
    s.no("unknown_actor", "x-fremd", "vote", "stimmung", value=1)
    s.no("invalid", "p11", "vote", "gibtsnicht", value=1)
    s.add("s01", "close", "stimmung")
    s.no("not_open", "p11", "vote", "stimmung", value="auch nicht gültig")
    s.add("s03", "show", "stimmung", view="result")
    s.no("not_open", "p11", "vote", "stimmung", value=2)


def _topic(s: Stream) -> None:
    s.add("s01", "open", "thema")
    first = s.add("p01", "vote", "thema", choices=["a"])
    s.add("p02", "vote", "thema", choices=["a", "b"])
    s.add("p03", "vote", "thema", choices=["b", "c"])
    s.no("already_voted", "p03", "vote", "thema", choices=["c"])
    for wrong in (["a", "b", "c"], ["x"], ["a", "a"], []):
        s.no("invalid", "p04", "vote", "thema", choices=wrong)
    s.add("s01", "amend", "thema", option="c", label="Der dritte Weg")
    s.no("invalid", "s01", "amend", "thema", option="z", label="Gibt es nicht")
    s.add("s01", "reset", "thema")
    s.add("s01", "open", "thema")
    s.no("duplicate", "p01", "vote", "thema", choices=["a"], key=first)  # held back by the network until now
    s.add("p01", "vote", "thema", choices=["c"])
    s.add("p02", "vote", "thema", choices=["c", "a"])
    s.no("duplicate", "p02", "vote", "thema", choices=["b"], key=first)  # a key of somebody else
    s.add("s01", "close", "thema")
    s.add("s03", "show", "thema", view="result")


def _way(s: Stream) -> None:
    s.add("s01", "open", "weg")
    s.add("p01", "vote", "weg", choice="ja")
    s.add("p13", "vote", "weg", choice="nein")  # the same office
    s.add("p02", "vote", "weg", choice="offen")
    s.add("p07", "vote", "weg", choice="ja")
    s.add("s01", "close", "weg")
    s.add("s03", "show", "weg", view="blank")


def _wall(s: Stream) -> None:
    s.add("s01", "open", "wand")
    first = s.add("p01", "idea", "wand", entity="i-01", column="neu", text="Mehr Licht")
    s.add("p02", "idea", "wand", entity="i-02", column="neu", text="Wird zurückgezogen")
    s.add("p03", "idea", "wand", entity="i-03", column="alt", text="Zieht um")
    s.add("p04", "idea", "wand", entity="i-04", column="alt", text="War kurz weg")
    s.add("p05", "idea", "wand", entity="i-05", column="alt", text="🍕" * 40)  # ausgeblendet
    for n, text in enumerate(HOSTILE, 6):
        s.add("p06", "idea", "wand", entity=f"i-{n:02d}", column="alt", text=text)
    s.no("duplicate", "p01", "idea", "wand", entity="i-01", column="neu", text="Mehr Licht", key=first)
    s.no("too_long", "p07", "idea", "wand", entity="i-90", column="neu", text="🍕" * 41)
    s.no("invalid", "p07", "idea", "wand", entity="i-91", column="sonst", text="Keine Spalte")
    s.no("invalid", "p07", "idea", "wand", entity="i-92", column="neu", text="\u200b \u2060\ufeff")
    s.no("invalid", "p07", "idea", "wand", entity="i-93", column="neu", text="Null\u0000zeichen")
    s.no("invalid", "p07", "idea_edit", "wand", entity="i-93", text="Die gab es nie")
    s.add("p01", "idea_edit", "wand", entity="i-01", text="Mehr Licht und Luft")
    s.no("forbidden", "p02", "idea_edit", "wand", entity="i-01", text="Nicht meine")
    s.add("p02", "idea_withdraw", "wand", entity="i-02")
    s.add("s01", "move", "wand", entity="i-03", column="neu")
    s.no("forbidden", "p03", "move", "wand", entity="i-03", column="alt")
    s.add("s02", "hide", entity="i-04", reason="versehentlich")
    s.add("s02", "restore", entity="i-04")
    s.add("s02", "hide", entity="i-05", reason="kein Beitrag")
    s.no("invalid", "s02", "hide", entity="i-93", reason="gibt es nicht")
    s.add("s01", "close", "wand")
    s.no("not_open", "p01", "idea", "wand", entity="i-94", column="neu", text="Zu spät")


def _questions(s: Stream) -> None:
    s.add("s01", "open", "fragen")
    s.add("p01", "question", "fragen", entity="q-1", text="Wann?", anonymous=False)
    s.add("p02", "question", "fragen", entity="q-2", text="@Wer?", anonymous=True)
    s.add("p03", "question", "fragen", entity="q-3", text="Unpassend", anonymous=False)
    s.add("s01", "approve", "fragen", entity="q-1")
    s.add("s01", "approve", "fragen", entity="q-2")
    s.add("p04", "upvote", "fragen", entity="q-1")
    s.add("p05", "upvote", "fragen", entity="q-1")
    s.no("already_voted", "p04", "upvote", "fragen", entity="q-1")
    s.add("p05", "unvote", "fragen", entity="q-1")
    s.no("invalid", "p05", "upvote", "fragen", entity="q-9")
    s.add("s01", "answer", "fragen", entity="q-1", text="Im Herbst.")
    s.add("s02", "hide", entity="q-3", reason="kein Beitrag")
    s.add("s01", "close", "fragen")
    s.no("not_open", "p04", "question", "fragen", entity="q-4", text="Noch eine", anonymous=False)


def _blog(s: Stream) -> None:
    s.add("s01", "open", "blog")
    s.add("p01", "blog", "blog", entity="b-1", prompt="mit", title="Mut", body="Zwei Tage statt zwei Jahre.")
    s.add("p02", "blog", "blog", entity="b-2", prompt="mit", title=HOSTILE[1], body=HOSTILE[8])
    s.no("invalid", "p03", "blog", "blog", entity="b-3", prompt="mit", title=" ", body="Ohne Titel")
    s.add("p03", "comment", entity="c-1", on="b-1", text="Danke")
    s.add("p04", "comment", entity="c-2", on="b-1", text="Unpassend")
    s.add("s02", "hide", entity="c-2", reason="kein Beitrag")
    s.no("invalid", "p06", "comment", entity="c-3", on="b-9", text="Worauf?")
    for who, word in (("p05", "👍"), ("p06", "👍"), ("p05", "❤️")):
        s.add(who, "reaction", on="b-1", emoji=word)
    s.no("already_voted", "p05", "reaction", on="b-1", emoji="👍")
    s.add("s01", "close", "blog")
    s.add("s03", "show", "ende", view="thanks")


def _unheard_of(s: Stream) -> None:
    """What no build has: an activity, a form of poll and a kind of action."""
    s.add("s01", "open", "orakel")
    s.add("p01", "befragen", "orakel", entity="o-1")
    s.no("duplicate", "p01", "befragen", "orakel", entity="o-1", key=s.actions[-1]["key"])
    s.add("s02", "hide", entity="o-1", reason="verrät zu viel")
    s.no("not_open", "p01", "vote", "knobeln", finger=3)
    s.add("s03", "show", "knobeln", view="question")


EXPECTED: dict[str, Any] = {
    "rules_version": 1,
    "totals": {
        "actions": 156,
        "by_outcome": {
            "accepted": 114,
            "already_voted": 3,
            "duplicate": 7,
            "forbidden": 4,
            "invalid": 18,
            "not_joined": 1,
            "not_open": 6,
            "too_long": 1,
            "unknown_actor": 2,
        },
        "submitted_by_kind": {"join": 22, "leave": 1, "show": 7, "open": 9, "close": 6, "vote": 41, "amend": 2}
        | {"reset": 1, "idea": 30, "idea_edit": 3, "idea_withdraw": 1, "move": 2, "hide": 6, "restore": 1}
        | {"question": 4, "approve": 2, "upvote": 4, "unvote": 1, "answer": 1, "blog": 3, "comment": 3}
        | {"reaction": 4, "befragen": 2},
        "accepted_by_kind": {"join": 19, "leave": 1, "show": 7, "open": 8, "close": 6, "vote": 21, "amend": 1}
        | {"reset": 1, "idea": 24, "idea_edit": 1, "idea_withdraw": 1, "move": 1, "hide": 5, "restore": 1}
        | {"question": 3, "approve": 2, "upvote": 2, "unvote": 1, "answer": 1, "blog": 2, "comment": 2}
        | {"reaction": 3, "befragen": 1},
    },
    "participation": {
        "invited": 24,
        "persons_joined": 16,
        "persons_not_joined": ["p12", "p17", "p18", "p19", "p20", "p21", "p22", "p23"],
        "devices_joined": 17,
        "deputies_joined": 5,
        "heads_represented_by_deputy": 1,
        "units_represented": 12,
        "joined_after_start": 6,
        "joined_within_2_min_of_start": 5,
        "rooms_joined": 1,
        "room_headcount": 5,
        "people_reached": 21,
        "by_dezernat": {"I": 10, "II": 6},
        "by_role": {"amtsleitung": 11, "stellvertretung": 5},
    },
    "polls": {
        "stimmung": {"kind": "scale", "ballots": 10, "replaced": 1, "discarded": 0, "collective_ballots": 1}
        | {"collective_votes": 5, "by_value": {"1": 2, "2": 1, "3": 4, "4": 5, "5": 3}, "mean": 3.4},
        "thema": {
            "kind": "multiple",
            "ballots": 2,
            "replaced": 0,
            "discarded": 3,
            "by_option": {"a": 1, "b": 0, "c": 2},
        },
        "weg": {"kind": "single", "ballots": 3, "replaced": 1, "discarded": 0}
        | {"by_option": {"ja": 1, "nein": 1, "offen": 1}},
        "knobeln": {"kind": "knobeln", "ballots": 0},
    },
    "walls": {
        "wand": {"ideas": 24, "visible": 22, "withdrawn": 1, "by_column": {"neu": 3, "alt": 21}}
        | {"visible_by_column": {"neu": 2, "alt": 20}, "authors": 6, "edited": 1, "moved": 1, "clusters": {}}
        | {"unclustered": 24, "dots": {}, "dots_total": 0, "dot_voters": 0, "links": 0, "comments": 0}
        | {"comments_by_idea": {}, "reactions": 0, "near_duplicates": [["i-01", "i-02"]]}
    },
    "qa": {
        "fragen": {"questions": 3, "visible": 2, "answered": 1, "upvotes": {"q-1": 1, "q-2": 0, "q-3": 0}}
        | {"upvotes_total": 1, "comments": 0}
    },
    "blogs": {
        "blog": {"posts": 2, "visible": 2, "posts_by_prompt": {"mit": 2}, "comments": 2}
        | {"comments_by_post": {"b-1": 2}, "reactions": {"b-1": {"👍": 2, "❤️": 1}}}
    },
    "hidden_other": ["c-2"],
}
