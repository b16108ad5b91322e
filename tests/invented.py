"""Two invented days in the script format: one on which everything happens, and a night in which the clocks change.

People and offices are those of days.py; nothing that is expected stands here.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.days import HOSTILE, Stream, day
from tests.truth import Truth

Day = dict[str, Any]
BERLIN = ZoneInfo("Europe/Berlin")
PEOPLE = [f"p{n:02d}" for n in (*range(1, 12), *range(13, 17))]  # those who come
ONE, TWO = PEOPLE[:6], PEOPLE[6:12]

POLL = {"type": "poll", "anonymous": False, "revote": True, "ballot_unit": "person"}
YES_NO = {"options": [{"id": "ja", "label": HOSTILE[8]}, {"id": "nein", "label": "Nein"}]}
SCALE = POLL | {"id": "stimmung", "kind": "scale", "title": "Wie geht es?", "min": 1, "max": 5}
UNITS = POLL | {"id": "weg", "kind": "single", "title": "Je Amt eine Stimme", "ballot_unit": "unit"} | YES_NO
ONCE = POLL | {"id": "einmal", "kind": "single", "title": "Nur einmal", "revote": False} | YES_NO
CLOUD = POLL | {"id": "wolke", "kind": "wordcloud", "title": "Ein Wort", "max_words": 3, "max_length": 40}
SECRET = SCALE | {"id": "geheim", "title": "Unter uns", "anonymous": True}
WALL = {"id": "wand", "type": "wall", "title": HOSTILE[9], "anonymous": False, "max_length": 40} | {
    "columns": [{"id": "neu", "title": "Neu"}, {"id": "alt", "title": "Bewährt"}],
    "dots": {"budget": 5, "max_per_target": 3, "on": "both"},
}
GROUPS = {"id": "gruppen", "type": "breakout", "title": "Kleingruppen", "minutes": 30, "mode": "assigned"} | {
    "rooms": [{"id": f"g{n}", "title": f"Gruppe {n}"} for n in (1, 2, 3)]
}
ASKED = {"id": "fragen", "type": "qa", "title": "Fragen", "premoderated": True, "anonymous_allowed": True}
BLOG = {"id": "blog", "type": "blog", "title": "Blog", "prompts": [{"id": "mit", "title": "Was nehmen Sie mit?"}]}
PARAGRAPHS = [{"id": f"ab-{n}", "title": f"Absatz {n}", "text": f"Text {n}."} for n in (1, 2)]
TEXT = {"id": "texte", "type": "text", "title": "Leitbild", "vote_values": ["traegt", "traegt_nicht"]} | {
    "documents": [{"id": "bild", "title": "Leitbild", "paragraphs": PARAGRAPHS}]
}
STATUSES = ["offen", "in_arbeit", "erledigt", "gestoppt"]
MEASURES = {"id": "zusagen", "type": "measures", "title": "Zusagen", "statuses": STATUSES}
FLOOR = {"id": "rede", "type": "speak", "title": "Redeliste", "seats": 5, "free_seats": 1}


def everything() -> Day:
    """Every kind of action of the format, and every outcome."""
    start = datetime(2026, 9, 17, 9, tzinfo=BERLIN)
    activities = [SCALE, UNITS, ONCE, CLOUD, SECRET, WALL, GROUPS, ASKED, BLOG, TEXT, MEASURES, FLOOR]
    parts = (_arrive, _polls, _wall, _sorted, _dots, _groups, _asked, _written, _texts, _agreed, _spoken)
    return _made("alles-2026", "Alles an einem Tag", start, activities, parts)


def clocks() -> Day:
    """A night with the hour between two and three twice: a poll is open in both, a group works across them."""
    start = datetime(2026, 10, 24, 22, tzinfo=BERLIN)
    parts = (_arrive, _night)
    return _made("nacht-2026", "Nacht der Verwaltung", start, [SCALE, GROUPS, ONCE, WALL], parts, minutes=120)


def _made(
    id: str,
    title: str,
    start: datetime,
    activities: list[Day],
    parts: tuple[Callable[[Stream], None], ...],
    *,
    minutes: int = 30,
) -> Day:
    """A script whose steps take so many `minutes`, with what it must come to."""
    stream = Stream(start)
    for part in parts:
        part(stream)
    steps = [
        {"id": f"top-{n}", "title": f"Punkt {n}", "type": "plenum", "activities": [it["id"]]}
        | {"start": _after(start, minutes * n), "end": _after(start, minutes * (n + 1))}
        for n, it in enumerate(activities)
    ]
    head = {"id": id, "title": title, "date": f"{start:%Y-%m-%d}", "start": _after(start, 0), "end": _after(start, 480)}
    made = day() | head | {"agenda": steps, "activities": activities, "stream": stream.actions}
    truth = Truth(made)
    refused = {action: word for action, word in truth.outcomes.items() if word != "accepted"}
    assert refused == stream.refused  # what was meant when it was written down
    return made | {"expected": truth.expected()}


def _after(start: datetime, minutes: int) -> str:
    return (start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(BERLIN).isoformat()


def _arrive(s: Stream) -> None:
    s.add("s03", "show", "lobby", view="join_qr")
    for n, who in enumerate(PEOPLE):
        s.add(who, "join", client="laptop", via="link", minute=n - 9)
    s.add("p24", "join", client="phone", via="qr", represents="p12")
    s.no("forbidden", "p20", "join", client="phone", via="link", represents="p12")
    s.no("unknown_actor", "x-fremd", "join", client="phone", via="link")
    s.add("r01", "join", client="room", via="link", headcount=5)
    s.add("p01", "join", client="phone", via="qr", device="d2")
    s.add("p02", "leave", reason="dropped")


def _polls(s: Stream) -> None:
    s.no("not_open", "p01", "vote", "stimmung", value=1)
    s.add("s01", "open", "stimmung")
    key = s.add("p01", "vote", "stimmung", value=2)
    s.no("duplicate", "p01", "vote", "stimmung", value=3, key=key)
    for n, who in enumerate(PEOPLE):
        s.add(who, "vote", "stimmung", value=n % 5 + 1)
    s.no("invalid", "p03", "vote", "stimmung", value=6)
    s.no("not_joined", "p12", "vote", "stimmung", value=1)
    s.no("forbidden", "p03", "close", "stimmung")
    s.add("s01", "close", "stimmung")
    s.add("s01", "open", "weg")
    s.add("p01", "vote", "weg", choice="ja")
    s.add("p13", "vote", "weg", choice="nein")  # the same office
    s.add("s01", "amend", "weg", option="nein", label=HOSTILE[0])
    s.no("invalid", "s01", "amend", "weg", option="vielleicht", label="Vielleicht")
    s.add("s01", "reset", "weg")
    s.add("s01", "open", "weg")
    s.add("p02", "vote", "weg", choice="nein")
    s.add("s01", "open", "einmal")
    s.add("p01", "vote", "einmal", choice="ja")
    s.no("already_voted", "p01", "vote", "einmal", choice="nein")
    s.add("s01", "open", "wolke")
    for who, word in zip(PEOPLE, HOSTILE, strict=False):
        s.add(who, "vote", "wolke", words=[word, "Mut"])
    s.add("p24", "vote", "wolke", words=["m\u200but ", "Weiter so!", "weiter  so"])
    s.no("too_long", "p24", "vote", "wolke", words=["x" * 41])
    s.add("s01", "open", "geheim")
    for n, who in enumerate(PEOPLE):
        s.add(who, "vote", "geheim", value=n % 3 + 1)
    for poll in ("weg", "einmal", "wolke", "geheim"):
        s.add("s01", "close", poll)
    for poll in ("stimmung", "geheim"):
        s.add("s03", "show", poll, view="result")


def _wall(s: Stream) -> None:
    s.add("s01", "open", "wand")
    for n, text in enumerate(HOSTILE):
        s.add(PEOPLE[n % 15], "idea", "wand", entity=f"i-{n:02d}", column="alt", text=text)
    s.no("too_long", "p01", "idea", "wand", entity="i-90", column="neu", text="🍕" * 41)
    s.no("invalid", "p01", "idea", "wand", entity="i-91", column="neu", text="\u200b \u2060")
    s.no("invalid", "p01", "idea", "wand", entity="i-92", column="neu", text="Null\0zeichen")
    s.add("p01", "idea_edit", "wand", entity="i-00", text=HOSTILE[1])
    s.no("forbidden", "p02", "idea_edit", "wand", entity="i-00", text="Fremd")
    s.add("p02", "idea_withdraw", "wand", entity="i-01")
    s.add("s01", "move", "wand", entity="i-02", column="neu")
    s.add("p03", "comment", entity="c-1", on="i-03", text=HOSTILE[8])
    s.add("p04", "comment", entity="c-2", on="i-03", text="Unpassend")
    s.add("p04", "reaction", on="i-03", emoji="👍")
    s.add("s02", "hide", entity="i-04", reason=HOSTILE[2])
    s.add("s02", "hide", entity="i-05", reason="versehentlich")
    s.add("s02", "restore", entity="i-05")
    s.add("s02", "hide", entity="c-2", reason="kein Beitrag")


def _sorted(s: Stream) -> None:
    s.add("s01", "cluster", "wand", entity="cl-1", title=HOSTILE[9], ideas=["i-06", "i-07"])
    s.add("s01", "cluster", "wand", entity="cl-2", title="Zeit", ideas=["i-08"])
    s.add("s01", "cluster_rename", "wand", entity="cl-2", title=HOSTILE[10])
    s.add("s01", "cluster_assign", "wand", cluster="cl-2", ideas=["i-07", "i-09"])
    s.add("s01", "link", "wand", **{"from": "i-06", "to": "i-08", "reason": HOSTILE[11]})
    s.no("invalid", "s01", "link", "wand", **{"from": "i-06", "to": "i-06", "reason": "mit sich"})


def _dots(s: Stream) -> None:
    s.no("not_open", "p01", "dot", "wand", entity="i-06", dots=1)
    s.add("s01", "dots_open", "wand")
    s.add("p01", "dot", "wand", entity="i-06", dots=3)
    s.no("over_limit", "p01", "dot", "wand", entity="i-06", dots=1)
    s.add("p01", "dot", "wand", entity="cl-1", dots=2)
    s.no("over_budget", "p01", "dot", "wand", entity="i-07", dots=1)
    s.add("p01", "dot", "wand", entity="i-06", dots=-1)
    s.no("invalid", "p02", "dot", "wand", entity="i-06", dots=-1)
    s.add("s01", "dots_close", "wand")
    s.add("s01", "close", "wand")
    s.no("not_open", "p01", "comment", entity="c-9", on="i-03", text="Zu spät")


def _groups(s: Stream) -> None:
    s.no("invalid", "s01", "breakout_assign", "gruppen", rooms={"g1": ["p01"], "g2": ["p01"]})
    s.add("s01", "breakout_assign", "gruppen", rooms={"g1": ONE, "g2": TWO, "g3": []})
    s.no("not_open", "p01", "note", "gruppen", entity="n-0", room="g1", text="Noch nicht")
    s.add("s01", "breakout_start", "gruppen", minutes=30)
    s.add("p01", "note", "gruppen", entity="n-1", room="g1", text=HOSTILE[13])
    s.add("p07", "note", "gruppen", entity="n-2", room="g2", text=HOSTILE[14])
    s.no("not_member", "p01", "note", "gruppen", entity="n-3", room="g2", text="Nebenan")
    s.add("p15", "breakout_enter", "gruppen", room="g3")
    s.add("p06", "breakout_leave", "gruppen", room="g1")
    s.add("s01", "breakout_move", "gruppen", person="p07", room="g1")
    s.add("s01", "breakout_extend", "gruppen", seconds=120)
    s.add("p01", "help", "gruppen", room="g1", text=HOSTILE[3])
    for text in ("Erst so", HOSTILE[12]):
        s.add("p01", "result", "gruppen", room="g1", text=text)
    s.add("s02", "hide", entity="n-2", reason="kein Beitrag")
    s.add("s01", "breakout_end", "gruppen")
    s.no("not_open", "p01", "result", "gruppen", room="g1", text="Zu spät")


def _asked(s: Stream) -> None:
    s.add("s01", "open", "fragen")
    for n, text in enumerate(HOSTILE[:4]):
        s.add(PEOPLE[n], "question", "fragen", entity=f"q-{n}", text=text, anonymous=n == 1)
    for n in range(3):
        s.add("s01", "approve", "fragen", entity=f"q-{n}")
    for who in ("p05", "p06"):
        s.add(who, "upvote", "fragen", entity="q-0")
    s.no("already_voted", "p05", "upvote", "fragen", entity="q-0")
    s.add("p05", "unvote", "fragen", entity="q-0")
    s.add("s01", "answer", "fragen", entity="q-0", text=HOSTILE[4])
    s.add("s02", "hide", entity="q-2", reason="kein Beitrag")
    s.add("s01", "close", "fragen")


def _written(s: Stream) -> None:
    s.add("s01", "open", "blog")
    for n, (title, body) in enumerate(zip(HOSTILE[:5], HOSTILE[5:], strict=False)):
        s.add(PEOPLE[n], "blog", "blog", entity=f"b-{n}", prompt="mit", title=title, body=body)
    s.add("p05", "comment", entity="c-3", on="b-0", text=HOSTILE[17])
    s.add("p05", "reaction", on="b-0", emoji="👍")
    s.no("already_voted", "p05", "reaction", on="b-0", emoji="👍")
    s.add("p06", "reaction", on="b-0", emoji="👍")
    s.add("s02", "hide", entity="b-1", reason="kein Beitrag")
    s.add("s01", "close", "blog")


def _texts(s: Stream) -> None:
    s.add("s01", "open", "texte")
    s.add("p01", "paragraph_vote", "texte", paragraph="ab-1", value="traegt_nicht")
    s.add("p02", "paragraph_vote", "texte", paragraph="ab-1", value="traegt")
    s.no("invalid", "p02", "paragraph_vote", "texte", paragraph="ab-9", value="traegt")
    s.add("p01", "suggest", "texte", entity="v-1", paragraph="ab-1", text=HOSTILE[18], reason="R", base_revision=1)
    s.add("p02", "suggest", "texte", entity="v-2", paragraph="ab-2", text="Anders.", reason="R", base_revision=1)
    s.add("p03", "suggest", "texte", entity="v-3", paragraph="ab-2", text="Später.", reason="R", base_revision=1)
    s.add("p04", "support", "texte", entity="v-1")
    s.no("already_voted", "p04", "support", "texte", entity="v-1")
    for suggestion, decision in (("v-1", "accepted"), ("v-2", "rejected"), ("v-3", "deferred")):
        s.add("s01", "decide", "texte", entity=suggestion, decision=decision)
    s.add("p01", "paragraph_vote", "texte", paragraph="ab-1", value="traegt")
    s.add("p05", "comment", "texte", entity="c-4", on="ab-2", text=HOSTILE[6])
    s.add("s01", "close", "texte")


def _agreed(s: Stream) -> None:
    s.add("s01", "open", "zusagen")
    told = {"description": HOSTILE[1], "owner_unit": "Amt 01", "due": "2026-12-31"}
    s.add("s01", "measure", "zusagen", entity="m-1", title=HOSTILE[0], origin=["i-06", "cl-2"], **told)
    s.add("s01", "measure", "zusagen", entity="m-2", title="Probelauf", origin=[], **told)
    s.add("p01", "measure_update", "zusagen", entity="m-1", status="in_arbeit", progress=30, text=HOSTILE[5])
    s.no("forbidden", "p02", "measure_update", "zusagen", entity="m-1", status="erledigt", progress=100, text="Fremd")
    s.add(
        "s01", "measure_update", "zusagen", entity="m-2", status="gestoppt", progress=0, text="Nein", due="2027-01-31"
    )


def _spoken(s: Stream) -> None:
    s.add("s01", "open", "rede")
    for who in ("p01", "p02"):
        s.add(who, "speak_request", "rede")
        s.add("s01", "speak_turn", "rede", person=who, seconds=60)
    s.add("s01", "close", "rede")
    s.add("s03", "show", "ende", view="thanks")


def _night(s: Stream) -> None:
    s.add("s01", "open", "stimmung", minute=150)  # half past midnight
    s.add("s01", "breakout_assign", "gruppen", rooms={"g1": ONE, "g2": TWO, "g3": []})
    s.add("s01", "breakout_start", "gruppen", minutes=120)
    for hour, minute in enumerate((270, 330)):  # half past two, and again
        s.add("p01", "note", "gruppen", entity=f"n-{hour}", room="g1", text=f"Stunde {hour}", minute=minute)
        for n, who in enumerate(PEOPLE):
            s.add(who, "vote", "stimmung", value=(n + hour) % 5 + 1)
    s.add("s01", "close", "stimmung")
    s.no("not_open", "p01", "vote", "stimmung", value=1)
    s.add("s01", "breakout_end", "gruppen", minute=361)  # a minute past three
    s.add("s01", "open", "einmal")
    s.add("p01", "vote", "einmal", choice="ja")
    s.add("s01", "open", "wand", minute=370)
    s.add("p01", "idea", "wand", entity="i-1", column="neu", text=HOSTILE[8])
    s.add("s01", "close", "wand")
