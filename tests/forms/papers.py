"""What the tests of all forms need: to check, count and draw ballots of a form without a poll around it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest

from facilitation.form import Answer, Cast, Form, Given
from facilitation.record import Data, Refused

OPTIONS = [("rot", "Rot"), ("blau", "Blau"), ("grün", "Grün")]


def check(form: Form, settings: Any, ballot: Data) -> None:
    """Raises what is raised for it."""
    form.check(settings, form.options(settings), form.Ballot.model_validate(ballot))


def refusal(form: Form, settings: Any, ballot: Data) -> Data:
    """Why a ballot is refused."""
    with pytest.raises(Refused, match=r"^poll\.(invalid|too_long)$") as refused:
        check(form, settings, ballot)
    return refused.value.values


def figures(
    form: Form,
    settings: Any,
    ballots: Sequence[Data] = (),
    collective: Mapping[str, int] | None = None,
    said: Iterable[Answer] = (),
) -> Data:
    return form.figures(settings, form.options(settings), Cast(ballots, collective or {}, list(said)))


def result(form: Form, settings: Any, ballots: Sequence[Data] = (), said: Sequence[Answer] = ()) -> Any:
    """What is drawn of these ballots."""
    counted = figures(form, settings, ballots, said=said)
    return form.result(settings, form.options(settings), counted, tuple(said))


def paper(form: Form, settings: Any, given: Data | None = None, said: Sequence[Answer] = (), seed: str = "") -> Any:
    """The ballot paper of somebody who answered so before."""
    earlier = None if given is None else Given(given, tuple(said))
    return form.paper(settings, form.options(settings), earlier, seed)


def rows(form: Form, settings: Any, ballots: Sequence[Data] = ()) -> list[Data]:
    return list(form.rows(settings, form.options(settings), figures(form, settings, ballots)))
