"""Signed seats: a personal link, a link to desk or stage, and a program's socket carry the same claims.

A signature says that we wrote them; whether the person still exists, and whether the link was revoked since
(`version`), is asked of the roster.
"""

import hashlib
from functools import cache

from itsdangerous import BadSignature, URLSafeSerializer

from realtime.seat import Seat

PLACES = ("person", "desk", "stage")


def sign(secret: str, seat: Seat) -> str:
    """A token that fits into a URL."""
    token: str = _serializer(secret).dumps(list(seat))
    return token


def link(url: str, secret: str, seat: Seat) -> str:
    """The address that gives somebody this seat; `url` is the public one of the installation."""
    return f"{url}/p/{sign(secret, seat)}"


def read(secret: str, token: str) -> Seat | None:
    """The seat that was signed; None if we did not sign this."""
    try:
        claims = _serializer(secret).loads(token)
    except BadSignature:
        return None
    match claims:
        case [int(workshop), str(person), str(place), str(device), int(version)] if place in PLACES:
            return Seat(workshop, person, place, device, version)
    return None


@cache  # of the one secret of an installation
def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="ratschlag.seat", signer_kwargs={"digest_method": hashlib.sha256})
