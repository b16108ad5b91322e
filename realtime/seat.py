"""Who sits at a socket, what they watch, and the house that stands behind: all that realtime knows of the world above.

Watching is a permission: `admit` alone says which channel a seat watches, and no message names a channel.
"""

from typing import Any, NamedTuple, Protocol

from facilitation.screen import Audience

Picture = dict[str, str | list[str]]  # name of a part -> its HTML, or the names of the parts in a slot
Parts = dict[str, str | list[str] | None]  # the same as a change: None = gone
Message = dict[str, Any]  # what JSON can carry


class Seat(NamedTuple):
    """Who sits at a socket or behind a request, as verified by a signed token."""

    workshop: int
    person: str  # "" for a stage screen
    place: str  # person, desk or stage
    device: str
    version: int

    @property
    def owner(self) -> str:
        """Whose sockets are counted together: a person's, or those of one screen."""
        return self.person or f"screen {self.device}"


class Watch(NamedTuple):
    """What a channel is: everybody who watches the same sees the same."""

    workshop: int
    audience: Audience
    page: str  # now, questions, stream, mine, stage, desk …


class House(Protocol):
    """What is handed in from above. What raises is answered as broken, and noted."""

    @property
    def build(self) -> str: ...

    def who(self, environ: Message, auth: Message | None) -> Seat | None:
        """Who opens this socket; None is refused. Verifies a signature and asks no database."""

    def sentence(self, code: str) -> str:
        """What the screen says to a refusal: allowance, broken, busy, forbidden, invalid, not_joined."""

    async def admit(self, seat: Seat, page: str) -> Watch | None:
        """What this seat watches on this page; None is refused. Asked on joining and after what touches the person."""

    async def submit(self, seat: Seat, message: Message) -> Message:
        """The receipt: {"ok": True, "made": iso, "ref"?: …} or {"ok": False, "code", "sentence", "retry_after_ms"?}."""

    async def paint(self, watch: Watch) -> tuple[int, Picture]:
        """The whole picture, and the number of the last entry in it."""

    async def mine(self, seat: Seat, page: str) -> Picture:
        """What only this person sees on this page."""
