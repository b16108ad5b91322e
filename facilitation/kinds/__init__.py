"""The kinds of activity (Bausteinarten) on offer.  A new kind is one module and one word here."""

from facilitation.kind import Kind
from facilitation.kinds import poll, questions, stream, wall

_kinds: tuple[Kind, ...] = (poll, wall, questions, stream)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _kinds}
