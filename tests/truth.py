"""What a day must come to: the block `expected` of §5 of the format, told from the ledgers of a second judge."""

import re
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.ledger import INVISIBLE, Data, Ledger

BLOCKS = {"poll": "polls", "wall": "walls", "qa": "qa", "blog": "blogs", "breakout": "breakouts", "text": "texts"} | {
    "measures": "measures",
    "speak": "speak",
}


class Truth(Ledger):
    def expected(self) -> Data:
        """The block of the format."""
        blocks: Data = {}
        for id, activity in self.activities.items():
            blocks.setdefault(BLOCKS[activity["type"]], {})[id] = getattr(self, f"_of_{activity['type']}")(id, activity)
        beside = [id for id, it in self.things.items() if it["what"] in ("comment", "note") and id in self.hidden]
        refused = {id: word for id, word in self.outcomes.items() if word != "accepted"}
        heads = {"totals": self._totals(), "participation": self._participation(), "not_accepted": refused}
        return heads | blocks | {"hidden_other": beside}

    def _totals(self) -> Data:
        stream = self.day["stream"]
        return {
            "actions": len(stream),
            "by_outcome": dict(Counter(self.outcomes.values())),
            "submitted_by_kind": dict(Counter(it["kind"] for it in stream)),
            "accepted_by_kind": dict(Counter(it["kind"] for it in stream if self.outcomes[it["id"]] == "accepted")),
        }

    def _participation(self) -> Data:
        here = [self.people[id] for id in self.first if id in self.people]
        start = datetime.fromisoformat(self.day["start"])
        came = [self.first[it["id"]] - start for it in here]
        return {
            "invited": len(self.people),
            "persons_joined": len(here),
            "persons_not_joined": [id for id in self.people if id not in self.first],
            "devices_joined": len(self.devices),
            "deputies_joined": sum(it["deputy"] for it in here),
            "heads_represented_by_deputy": len(self.represented),
            "units_represented": len({it["unit"] for it in here}),
            "joined_after_start": sum(it > timedelta(0) for it in came),
            "joined_within_2_min_of_start": sum(abs(it) <= timedelta(minutes=2) for it in came),
            "rooms_joined": len(self.heads),
            "room_headcount": sum(self.heads.values()),
            "people_reached": len(here) + sum(self.heads.values()),
            "by_dezernat": dict(Counter(it["dezernat"] for it in here)),
            "by_role": dict(Counter(it["role"] for it in here)),
        }

    def _all(self, what: str, place: str) -> dict[str, Data]:
        return {id: it for id, it in self.things.items() if (it["what"], it["home"]) == (what, place)}

    def _seen(self, things: dict[str, Data]) -> dict[str, Data]:
        return {id: it for id, it in things.items() if id not in self.hidden and not it["gone"]}

    def _remarks(self, place: str) -> dict[str, int]:
        return dict(Counter(it["on"] for it in self._all("comment", place).values()))

    def _of_poll(self, id: str, poll: Data) -> Data:
        ballots, counts = list(self.ballots[id].values()), self.counts[id]
        told = {"kind": poll["kind"], "ballots": len(ballots)}
        told |= {name: counts[name] for name in ("replaced", "discarded")}
        if poll["kind"] == "scale":
            values = [it["value"] for it in ballots]
            by_value = {str(n): values.count(n) for n in range(poll["min"], poll["max"] + 1)}
            return told | {"by_value": by_value, "mean": _half_up(sum(values), len(values))}
        if poll["kind"] == "single":
            return told | {
                "by_option": {it["id"]: sum(b["choice"] == it["id"] for b in ballots) for it in poll["options"]}
            }
        if poll["kind"] == "wordcloud":
            words = Counter(_word_key(word) for it in ballots for word in it["words"])
            return told | {"words_total": words.total(), "by_word": dict(words)}
        return told | {"answers": len(ballots)}

    def _of_wall(self, id: str, wall: Data) -> Data:
        ideas = self._all("idea", id)
        seen, remarks, columns = self._seen(ideas), self._remarks(id), [it["id"] for it in wall["columns"]]
        dots = Counter[str]()
        for (place, _), mine in self.given.items():
            dots.update(mine if place == id else {})
        lying = Counter(it["cluster"] for it in ideas.values())
        return {
            "ideas": len(ideas),
            "visible": len(seen),
            "withdrawn": sum(it["gone"] for it in ideas.values()),
            "by_column": {c: sum(it["column"] == c for it in ideas.values()) for c in columns},
            "visible_by_column": {c: sum(it["column"] == c for it in seen.values()) for c in columns},
            "authors": len({it["by"] for it in ideas.values()}),
            "edited": self.counts[id]["edited"],
            "moved": self.counts[id]["moved"],
            "clusters": {c: {"title": it["title"], "ideas": lying[c]} for c, it in self._all("cluster", id).items()},
            "unclustered": lying[""],
            "dots": dict(+dots),
            "dots_total": dots.total(),
            "dot_voters": sum(place == id and mine.total() > 0 for (place, _), mine in self.given.items()),
            "links": len(self.links[id]),
            "comments": sum(remarks.values()),
            "comments_by_idea": remarks,
            "reactions": sum(len(self.said_once[it]) for it in ideas),
        }

    def _of_qa(self, id: str, qa: Data) -> Data:
        asked = self._all("question", id)
        seen = [it for it in self._seen(asked).values() if it["approved"] or not qa["premoderated"]]
        upvotes = {q: len(self.said_once[q]) for q in asked}
        return {
            "questions": len(asked),
            "visible": len(seen),
            "answered": sum(it["answered"] for it in asked.values()),
            "upvotes": upvotes,
            "upvotes_total": sum(upvotes.values()),
            "comments": sum(self._remarks(id).values()),
        }

    def _of_blog(self, id: str, _blog: Data) -> Data:
        posts, remarks = self._all("post", id), self._remarks(id)
        words = {post: dict(Counter(word for _, word in self.said_once[post])) for post in posts}
        return {
            "posts": len(posts),
            "visible": len(self._seen(posts)),
            "posts_by_prompt": dict(Counter(it["prompt"] for it in posts.values())),
            "comments": sum(remarks.values()),
            "comments_by_post": remarks,
            "reactions": {post: counts for post, counts in words.items() if counts},
        }

    def _of_breakout(self, id: str, _breakout: Data) -> Data:
        tables, final = self._tables(id), Counter(self.seats[id].values())
        notes = Counter(it["room"] for it in self._all("note", id).values())
        return {
            "assigned": self.assigned[id],
            "final": {room: final[room] for room in tables},
            "notes": {room: notes[room] for room in tables},
            "notes_total": notes.total(),
            "results": len(self.results[id]),
            "rooms_without_result": [room for room in tables if room not in self.results[id]],
            "extended_seconds": self.counts[id]["extended"],
            "help_calls": self.counts[id]["help"],
        }

    def _of_text(self, id: str, text: Data) -> Data:
        suggestions, remarks = self._all("suggestion", id), self._remarks(id)
        votes = {
            p: {
                value: sum(of == p and v == value for (of, _), v in self.votes.items()) for value in text["vote_values"]
            }
            for p in self.texts
        }
        return {
            "paragraphs": {
                p: {
                    "revision": len(revisions),
                    "votes": votes[p],
                    "comments": remarks.get(p, 0),
                    "suggestions": sum(it["paragraph"] == p for it in suggestions.values()),
                    "final_text": revisions[-1],
                }
                for p, revisions in self.texts.items()
            },
            "suggestions_by_state": dict(Counter(it["state"] for it in suggestions.values())),
            "support": {s: len(self.said_once[s]) for s in suggestions},
        }

    def _of_measures(self, id: str, _measures: Data) -> Data:
        agreed = self._all("measure", id)
        told = ("owner_unit", "status", "progress", "due", "origin", "updates")
        return {
            "count": len(agreed),
            "by_status": dict(Counter(it["status"] for it in agreed.values())),
            "items": {m: {name: it[name] for name in told} for m, it in agreed.items()},
        }

    def _of_speak(self, id: str, _speak: Data) -> Data:
        turns = self.speakers[id]
        return {"requests": self.counts[id]["requests"], "turns": len(turns), "speakers": len(set(turns))}


def _half_up(total: int, of: int) -> float:
    return float((Decimal(total) / of).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _word_key(word: str) -> str:
    """§4.12."""
    bare = re.sub(INVISIBLE, "", unicodedata.normalize("NFC", word))
    return " ".join(bare.split()).casefold()
