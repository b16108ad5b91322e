"""Wishes that name somebody, or everybody here: the room finds out who is meant before the kind decides."""

from collections.abc import Collection, Iterable

from pydantic import PrivateAttr

from facilitation.record import Actor, Command


class Naming(Command):
    """A wish about `person`: an id, or the pseudonym by which the activity knows them."""

    person: str

    _named: Actor | None = PrivateAttr(None)

    @property
    def named(self) -> Actor:
        """Who is meant, as the activity may know them."""
        if self._named is None:
            raise AssertionError("the room names whom it has met")
        return self._named

    def meet(self, actor: Actor) -> None:
        self._named = actor


class Gathering(Command):
    """A wish about everybody who is here."""

    _here: tuple[Actor, ...] = PrivateAttr(())

    @property
    def here(self) -> tuple[Actor, ...]:
        """They, as the activity may know them."""
        return self._here

    def gather(self, here: Iterable[Actor]) -> None:
        self._here = tuple(here)


class Listing(Command):
    """A wish about many people by their ids; the room refuses it where one of them is not on the roster."""

    def listed(self) -> Collection[str]:
        """Everybody whom it names."""
        raise AssertionError("whoever lists people says whom")
