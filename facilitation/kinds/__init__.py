"""The kinds of activity (Bausteinarten) on offer.  A new kind is one module and one word here."""

from facilitation.kind import Kind
from facilitation.kinds import digest, groups, measures, poll, pulse, questions, speaking, stream, survey, text, wall

_kinds: tuple[Kind, ...] = (poll, wall, questions, stream, text, measures, speaking, pulse, digest, survey, groups)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _kinds}
