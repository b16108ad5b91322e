"""What a poll comes to (Auszählung), for whoever may see it: turnout, result, two rounds, parts of the people.

Of fewer ballots than k nothing is shown unless they were given by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from facilitation.ballots import Box
from facilitation.breakdown import Breakdown, breakdown
from facilitation.electorate import electorate
from facilitation.form import Answer, Option, Paged, Pages
from facilitation.kind import Look
from facilitation.poll_parts import Result, Turnout
from facilitation.polling import Config
from facilitation.rounds import Comparison, Side, comparison, picks
from facilitation.voting import SURE

GONE = "ausgeblendete Antwort"


@dataclass(slots=True)
class State:
    config: Config
    box: Box


def turnout(state: State, look: Look) -> Turnout:
    config = state.config
    of = look.voters or electorate(look.roster, config.eligible)
    by_unit = config.ballot_unit == "unit"
    all_of_them = of.units if by_unit else of.heads
    return Turnout(state.box.total, all_of_them, by_unit, -(-all_of_them * (config.quorum or 0) // 100))


def result(state: State, look: Look) -> Result:
    box, known = state.box, options(state.box, look, look.hidden)
    countable = enough(box, look)
    seen = box.visible(look.hidden)
    sure = box.figures.get("sure", {}) if countable else {}
    labels = {option.id: option.label for option in known}
    return Result(
        title=look.title,
        form=box.form.name,
        content=box.form.result(box.settings, known, box.drawable(), seen) if countable else None,
        turnout=turnout(state, look),
        replaced=box.replaced,
        sure=tuple((labels.get(id, ""), tuple(counts.get(str(n), 0) for n in SURE)) for id, counts in sure.items()),
        open=look.open,
    )


def enough(box: Box, look: Look) -> bool:
    """Whether so many answered that the tally leads back to nobody."""
    return look.names == "named" or box.total >= look.k


def told(state: State, look: Look) -> tuple[Answer, ...]:
    """The words that everybody may read: none before the result is shown, none of too few."""
    known = look.shown and not look.open and enough(state.box, look)
    return tuple(it for it in state.box.visible(look.hidden) if it.text) if known else ()


def ways(state: State) -> tuple[str, ...]:
    """In which other ways the stage can show the result."""
    return getattr(state.box.form, "ways", ())


def pages(state: State, look: Look) -> Pages | None:
    """Where the stage stands in a result that one picture does not hold."""
    content = result(state, look).content
    place = content.beginning(look.on_stage, look.on_stage_as).pages if isinstance(content, Paged) else None
    return place if place and (place.before or place.after) else None


def views(state: State, look: Look) -> Iterator[tuple[str, str]]:
    """The further pictures of a result, each with the word that it is about."""
    if enough(state.box, look):
        yield from ((way, "") for way in ways(state))
    if result(state, look).sure:
        yield "sure", ""
    if both := compared(state, look):
        yield "comparison", both.title
        if both.flow and both.flow.tells:
            yield "flow", both.title
    for attribute in state.config.segments:
        if (parts := broken_down(state, look, attribute)) and parts.tells:
            yield attribute, attribute


def masked(state: State, look: Look) -> Iterator[str]:
    """The pictures that there would be if more people stood behind each of their cells."""
    if (both := compared(state, look)) and both.flow and not both.flow.tells:
        yield "flow"
    for attribute in state.config.segments:
        if (parts := broken_down(state, look, attribute)) and not parts.tells:
            yield attribute


def compared(state: State, look: Look) -> Comparison | None:
    """The two rounds side by side, once both results are known."""
    before = look.before
    if before is None or look.open or not isinstance(before.state, State):
        return None
    earlier = before.state
    if not (enough(state.box, look) and enough(earlier.box, look)):
        return None
    flowing = "anonymous" not in (state.config.names, earlier.config.names)
    first = Side(earlier.box, options(earlier.box, look, before.hidden))
    return comparison(
        before.title, first, Side(state.box, options(state.box, look, look.hidden)), look.k, flowing=flowing
    )


def broken_down(state: State, look: Look, attribute: str) -> Breakdown | None:
    """The tally by an attribute; None where nobody has it or the form chooses no options.

    Room devices and whoever is not on the roster any more are left out.
    """
    found = [
        (getattr(look.people[by], attribute), pick)
        for by, ballot in state.box.ballots.items()
        if by in look.people
        for pick in picks(ballot.data)
    ]
    columns = [(option.id, option.label) for option in options(state.box, look, look.hidden)]
    counted = breakdown(found, columns, look.k)
    return counted if counted.lines else None


def unrevealed(state: State) -> bool:
    """Whether it is still to be said which answers are right, or how it really is."""
    settings = state.box.settings
    is_quiz = bool(getattr(settings, "correct", ())) or getattr(settings, "truth", None) is not None
    return is_quiz and not state.box.revealed


def options(box: Box, look: Look, hidden: Mapping[str, str]) -> tuple[Option, ...]:
    """The options as everybody may see them: what was added by people can be hidden or redacted."""
    gone = _gone(box, look, hidden)
    return tuple(o if o.label and o.id not in gone else o._replace(label=GONE) for o in box.options)


def offered(state: State, look: Look) -> tuple[Option, ...]:
    """The options that can be chosen."""
    gone = _gone(state.box, look, look.hidden)
    return tuple(option for option in state.box.options if option.label and option.id not in gone)


def _gone(box: Box, look: Look, hidden: Mapping[str, str]) -> set[str]:
    """Options whose words nobody is to see, here or where they were taken from."""
    return {*hidden, *(id for id in box.adopted if id in look.sources and look.sources[id].hidden)}
