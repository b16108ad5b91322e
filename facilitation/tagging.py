"""What a card says of its author beside their name: group, division or unit (Kennzeichen), where that hides them.

Cards with a tag are of at least k people who are here, and so are those without, or there are none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import PrivateAttr

from facilitation.activity import Activity
from facilitation.belonging import Belonging
from facilitation.record import Command, Person

By = Literal["no", "group", "division", "unit"]


class Tagged(Command):
    """A wish whose contribution says where its author belongs; the room finds out before the kind decides."""

    _tag: str = PrivateAttr("")

    @property
    def tag(self) -> str:
        return self._tag

    def wear(self, tag: str) -> None:
        self._tag = tag


def tag_of(person: Person, activity: Activity, here: Sequence[Person], belonging: Belonging, k: int) -> str:
    """What may stand on what `person` writes there, "" for nothing."""
    by: By = getattr(activity.config, "tagged_by", "no")
    if by == "no" or person.role.is_staff:
        return ""
    people = [person, *(it for it in here if it.id != person.id)]
    values = belonging.seated(it.id for it in people) if by == "group" else [getattr(it, by) for it in people]
    return hiding(values, 1 if activity.names == "named" else k)


def hiding(values: Iterable[str], k: int) -> str:
    """The first of these values if it hides whose it is; where few have none, the rarest others go without too."""
    own, *others = values
    counts = Counter([own, *others])
    bare = counts.pop("", 0)
    shown = sorted(counts, key=lambda value: (counts[value], value))
    while shown and (counts[shown[0]] < k or 0 < bare < k):
        bare += counts[shown.pop(0)]
    return own if own in shown else ""
