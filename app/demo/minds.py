"""What a simulated person has done, and feels like doing next."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.demo.ballots import ballot
from app.demo.wishes import Mood, Wish, wishes
from facilitation.activity import Activity
from facilitation.record import Data
from facilitation.room import Room
from facilitation.voting import SURE, holder

MOST = {"write": 2, "ask": 1, "comment": 3, "react": 6, "suggest": 1, "request": 1, "volunteer": 1}  # of one person
ONCE = {"support", "react", "volunteer"}  # to the same thing


class Mind:
    def __init__(self, mood: Mood) -> None:
        self.mood, self.person = mood, mood.person
        self.done: Counter[str] = Counter()
        self.liked: set[str] = set()

    def wish(self, room: Room) -> tuple[str, str, Data] | None:
        """Activity, command and data: a vote first, then this and that, then other votes than before."""
        if not room.roster.has_joined(self.person.id):
            return None if room.roster.waits(self.person.id) else ("roster", "join", {"client": "phone", "via": "link"})
        running = [activity for activity in room.activities.values() if activity.is_open]
        votes = [(it, wish) for it in running for wish in self._votes(it)]
        first = [(it, wish) for it, wish in votes if not self._voted(it)]
        others = [(it, wish) for it in running for wish in wishes(it, self.mood) if self._may(*wish)]
        return self._chosen(first or others or [(it, wish) for it, wish in votes if it.config.revote])

    def _chosen(self, possible: Sequence[tuple[Activity, Wish]]) -> tuple[str, str, Data] | None:
        """One of these; what is said is not said by anybody else."""
        if not possible:
            return None
        activity, (command, data) = self.mood.draws.choice(possible)
        self.done[command] += 1
        if command == "write":
            self.mood.cards.remove((data["column"], data["text"]))
        elif command == "ask":
            self.mood.questions.remove(data["text"])
        if command in ONCE:
            self.liked.add(_target(data))
        return activity.id, command, data

    def _may(self, command: str, data: Data) -> bool:
        """Nothing too often, and nothing twice."""
        if command in ONCE and _target(data) in self.liked:
            return False
        return command not in MOST or self.done[command] < MOST[command]

    def _votes(self, activity: Activity) -> Iterator[Wish]:
        """A ballot of a poll, or a whole survey."""
        if activity.kind.name not in ("poll", "survey") or not activity.actor(self.person).eligible:
            return
        draws, state = self.mood.draws, activity.state
        if activity.kind.name == "survey":
            yield "submit", {"answers": {id: ballot(box, draws) for id, box in state.boxes.items()}}
            return
        sure = {"sure": draws.choice(SURE)} if activity.config.sure else {}
        yield "vote", ballot(state.box, draws) | sure

    def _voted(self, activity: Activity) -> bool:
        actor, state = activity.actor(self.person), activity.state
        if activity.kind.name == "survey":
            return actor.id in state.made
        return holder(activity.config, actor) in state.box.ballots


def _target(data: Data) -> str:
    """What something is done to."""
    return str(next(data[key] for key in ("question", "suggestion", "measure", "on") if key in data))
