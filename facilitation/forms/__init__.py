"""The forms of a poll (Abfrageformen): what a ballot is, whether it holds, and how ballots are counted."""

from facilitation.form import Form
from facilitation.forms import multiple, scale, single

_forms: tuple[Form, ...] = (single, multiple, scale)

FORMS: dict[str, Form] = {form.name: form for form in _forms}
