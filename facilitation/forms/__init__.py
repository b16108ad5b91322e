"""The forms of a poll (Abfrageformen): what a ballot is, whether it holds, and how ballots are counted."""

from facilitation.form import Form
from facilitation.forms import (
    consent,
    matrix,
    multiple,
    number,
    open,  # noqa: A004  # it is called so in the script format
    pin,
    points,
    portfolio,
    position,
    premises,
    ranking,
    resistance,
    scale,
    single,
    wordcloud,
)

_forms: tuple[Form, ...] = (
    single,
    multiple,
    scale,
    matrix,
    ranking,
    points,
    resistance,
    position,
    portfolio,
    pin,
    wordcloud,
    open,
    consent,
    premises,
    number,
)

FORMS: dict[str, Form] = {form.name: form for form in _forms}
