"""An order of one's own: everybody begins with another option, so that none gains by standing first."""

from collections.abc import Iterable
from hashlib import blake2b

from facilitation.form import Option


def mixed(options: Iterable[Option], seed: str) -> tuple[Option, ...]:
    """The options in the order of this seed: no chance, so that a page loaded again shows the same."""
    return tuple(sorted(options, key=lambda option: blake2b(f"{seed}\0{option.id}".encode()).digest()))


def arranged(options: Iterable[Option], ids: Iterable[str]) -> tuple[Option, ...]:
    """First those named in `ids`, in that order, then the others as they come; what is not there is left out."""
    rest = {option.id: option for option in options}
    first = [rest.pop(id) for id in ids if id in rest]
    return (*first, *rest.values())
