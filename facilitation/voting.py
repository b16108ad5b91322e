"""What becomes of a wish to vote or to have another option: facts, or a reason why not."""

from collections.abc import Iterator
from itertools import zip_longest

from pydantic import ValidationError

from facilitation.activity import REVISES
from facilitation.ballots import Box
from facilitation.form import spoken, wordless
from facilitation.lineage import SOURCES
from facilitation.polling import Adopt, Config, Propose, Vote
from facilitation.record import Actor, Data, Fact, Refused, Role

SURE = range(1, 6)
LONGEST = 200  # code points of an option that somebody proposes


def holder(config: Config, actor: Actor) -> str:
    """Whose ballot it is: the person's, or the unit's where a unit has one."""
    return actor.unit if config.ballot_unit == "unit" and actor.unit else actor.id


def voting(config: Config, box: Box, vote: Vote, actor: Actor) -> list[Fact]:
    """The ballot without its words, and its words."""
    data = dict(vote.model_extra or {})
    if not actor.eligible:
        raise Refused("poll.not_eligible")
    sure = _sure(config, data)
    if "counts" in data:
        _check_counts(box, data, actor)
    else:
        check(box, data)
    whose = actor.id if "counts" in data else holder(config, actor)
    if not config.revote and (whose in box.ballots or actor.id in box.collective):
        raise Refused("poll.already_voted")
    veiled, unit = config.names == "anonymous", {"unit": whose} if whose != actor.id else {}
    bare = wordless(box.form, data) | unit | sure
    cast = Fact("poll.voted", veil=bare) if veiled else Fact("poll.voted", bare)
    return [cast, *said(box, spoken(box.form, data), whose, unit, veiled=veiled)]


def check(box: Box, data: Data) -> None:
    """Refuse what does not hold as a ballot."""
    try:
        ballot = box.form.Ballot.model_validate(data)
    except ValidationError:
        raise Refused("poll.invalid", why="malformed") from None
    box.form.check(box.settings, box.options, ballot)


def _sure(config: Config, data: Data) -> Data:
    """How sure somebody is, taken off the ballot."""
    if not config.sure or "sure" not in data:
        return {}
    sure = data.pop("sure")
    if type(sure) is not int or sure not in SURE:
        raise Refused("poll.invalid", why="out_of_range", least=SURE[0], most=SURE[-1])
    return {"sure": sure}


def said(box: Box, words: list[tuple[str, str, str]], whose: str, unit: Data, *, veiled: bool) -> Iterator[Fact]:
    """The words on a ballot are contributions; those of a later ballot revise those of the earlier one."""
    earlier = [answer.ref for answer in box.said_by(whose)]
    for (field, on, text), ref in zip_longest(words, earlier[: len(words)]):
        data, veil = {"field": field, "on": on, "text": text}, unit if veiled else None
        data |= {REVISES: ref} if ref else {}
        yield Fact("poll.said", data if veiled else data | unit, veil=veil, contribution=not ref)
    for ref in earlier[len(words) :]:
        yield Fact("poll.unsaid", {REVISES: ref}, veil={} if veiled else None)


def _check_counts(box: Box, data: Data, actor: Actor) -> None:
    counts = data["counts"]
    if actor.role is not Role.ROOM or not box.form.counts:
        raise Refused("poll.invalid", why="counts")
    if set(data) != {"counts"} or not isinstance(counts, dict):
        raise Refused("poll.invalid", why="malformed")
    if not set(counts) <= {option.id for option in box.options}:
        raise Refused("poll.invalid", why="unknown_option")
    if any(type(count) is not int or count < 0 for count in counts.values()):
        raise Refused("poll.invalid", why="malformed")
    if not 1 <= sum(counts.values()) <= actor.headcount:
        raise Refused("poll.invalid", why="headcount", most=actor.headcount)


def proposing(config: Config, box: Box, propose: Propose, actor: Actor) -> Fact:
    """An option by somebody who may answer; Refused where there is the same already."""
    if config.proposals == "no":
        raise Refused("poll.invalid", why="no_options")
    if not actor.eligible:
        raise Refused("poll.not_eligible")
    if len(propose.text) > LONGEST:
        raise Refused("poll.too_long", most=LONGEST)
    same = propose.text.strip().casefold()
    if any(option.label.strip().casefold() == same for option in (*box.options, *box.proposed.values())):
        raise Refused("poll.invalid", why="same_option")
    veil: Data | None = {} if config.names == "anonymous" else None
    waits = {"waits": True} if config.proposals == "moderated" else {}
    return Fact("poll.proposed", {"text": propose.text} | waits, veil=veil, contribution=True)


def adopting(box: Box, adopt: Adopt) -> list[Fact]:
    """Options with the words and under the numbers of earlier contributions."""
    if not box.form.grows or not adopt.sources:
        raise Refused("poll.invalid", why="no_options")
    if any(source.hidden or not source.text for source in adopt.carried):
        raise Refused("poll.invalid", why="hidden")
    if any(source.ref in box.added for source in adopt.carried):
        raise Refused("poll.invalid", why="same_option")
    return [Fact("poll.grown", {"text": it.text, SOURCES: [it.ref]}) for it in adopt.carried]
