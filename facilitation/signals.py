"""Signals (Ampel, Tempo, Blitzlicht): what each person has tapped last, and how that went from minute to minute."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.record import Data, Entry

Shape = Literal["circle", "ring", "triangle", "square", "diamond", "up", "down"]
Tone = Literal["", "go", "slow", "halt"]  # said by shape and word too


class Signal(NamedTuple):
    """What can be tapped, told apart by shape and word."""

    id: str
    label: str
    shape: Shape = "circle"
    tone: Tone = ""


PRESETS: dict[str, tuple[Signal, ...]] = {
    "ampel": (
        Signal("gruen", "Grün: so weiter", "circle", "go"),
        Signal("gelb", "Gelb: es hakt", "triangle", "slow"),
        Signal("rot", "Rot: bitte anhalten", "square", "halt"),
    ),
    "tempo": (
        Signal("schnell", "zu schnell", "up"),
        Signal("gut", "gut so", "circle"),
        Signal("langsam", "zu langsam", "down"),
    ),
    "blitzlicht": (
        Signal("dabei", "gut dabei", "circle"),
        Signal("nachdenklich", "nachdenklich", "ring"),
        Signal("skeptisch", "skeptisch", "diamond"),
        Signal("muede", "müde", "down"),
    ),
}


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    preset: Literal["ampel", "tempo", "blitzlicht"] = "ampel"
    signals: Annotated[tuple[Signal, ...], Field(max_length=8)] = ()  # in place of the preset's
    names: Literal["named", "moderators", "anonymous"] = "anonymous"

    @property
    def offered(self) -> tuple[Signal, ...]:
        return self.signals or PRESETS[self.preset]

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        if len({signal.id for signal in self.offered}) < len(self.offered) or len(self.offered) < 2:
            raise ValueError("there are at least two signals, each with an id of its own")
        return self


class Given(NamedTuple):
    signal: str
    made: datetime


@dataclass(slots=True)
class State:
    config: Settings
    given: dict[str, Given] = field(default_factory=dict)  # by person, or pseudonym: the last tap counts
    counts: Counter[str] = field(default_factory=Counter)  # signal -> people
    changed: int = 0
    discarded: int = 0
    minutes: dict[datetime, dict[str, int]] = field(default_factory=dict)  # minute -> how it stood at its last tap
    sealed: Data | None = None  # the figures, once the taps are gone

    @property
    def total(self) -> int:
        """How many people have given a signal."""
        return int(self.sealed["given"]) if self.sealed else len(self.given)

    @property
    def tally(self) -> dict[str, int]:
        """Signal -> people, in the order of the settings."""
        counts = self.sealed["by_signal"] if self.sealed else self.counts
        return {signal.id: counts.get(signal.id, 0) for signal in self.config.offered}

    def take(self, entry: Entry) -> None:
        """Take an entry in.  A tap whose veil is gone counts no more: the figures stand in another entry."""
        data = entry.full
        match entry.type:
            case "pulse.signalled" if entry.by and "signal" in data:
                self._count(entry.by, Given(data["signal"], entry.made))
                self.minutes[entry.made.replace(second=0, microsecond=0)] = self.tally
            case "pulse.reset":
                self.sealed, self.changed = None, data["changed"]
                self.discarded += data["given"]
                self._forget()
            case "activity.sealed":
                self.sealed = data["figures"]
                self.changed, self.discarded = self.sealed["changed"], self.sealed["discarded"]
                self._forget()

    def _count(self, by: str, given: Given) -> None:
        if earlier := self.given.get(by):
            self.changed += 1
            self.counts[earlier.signal] -= 1
        self.given[by] = given
        self.counts[given.signal] += 1

    def _forget(self) -> None:
        """When somebody tapped would lead back to them: the minutes go too."""
        self.given.clear()
        self.counts.clear()
        self.minutes.clear()

    def figures(self) -> Data:
        if self.sealed:
            return self.sealed
        counts = {"given": self.total, "changed": self.changed, "discarded": self.discarded}
        return counts | {"by_signal": self.tally}
