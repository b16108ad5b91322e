"""Pictures (Bilder) in contributions and settings: named by the id of an upload, never without words for them.

Whoever has a picture has the two fields `image` and `alt` side by side, in a command, in settings and in a fact; a
part carries an `Image`, and `draw.image` draws it.  Both go with the words when a contribution is redacted.
"""

from typing import Annotated, NamedTuple

from pydantic import Field

from facilitation.record import Command, Data, Refused

LONGEST_ALT = 500  # code points

ImageId = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{32})?$")]  # "": none


class Image(NamedTuple):
    """A picture as it is shown; `id` is "" where there is none."""

    id: str = ""
    alt: str = ""


class Illustrated(Command):
    """A wish that may bring a picture.  `consent`: whoever can be recognised on it agrees."""

    image: ImageId = ""
    alt: str = ""
    consent: bool = False


def check(command: Illustrated) -> None:
    """Refused if a picture comes without words, or without the consent of the people on it."""
    if command.image and not command.alt.strip():
        raise Refused("upload.invalid", why="alt")
    if len(command.alt) > LONGEST_ALT:
        raise Refused("upload.too_long", most=LONGEST_ALT)
    if command.image and not command.consent:
        raise Refused("upload.invalid", why="consent")


def kept(command: Illustrated) -> Data:
    """What a fact says of the picture, the consent too; nothing where there is none."""
    return {"image": command.image, "alt": command.alt, "consent": True} if command.image else {}
