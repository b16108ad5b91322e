"""Signed seats: a personal link, a link to desk or stage, and a program's socket carry the same claims.

A signature says that we wrote them; whether the person still exists, and whether the link was revoked since
(`version`), is asked of the roster.
"""

import hashlib
from functools import cache

from itsdangerous import BadSignature, URLSafeSerializer

from realtime.seat import Seat

PLACES = ("person", "desk", "stage")
SEAT, FEED = "ratschlag.seat", "ratschlag.feed"  # what is signed


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


def feed_key(secret: str, seat: Seat, activity: str) -> str:
    """What opens the feed of one blog to this person, and nothing else."""
    key: str = _serializer(secret, FEED).dumps([seat.workshop, seat.person, seat.version, activity])
    return key


def feed_reader(secret: str, key: str, activity: str) -> Seat | None:
    """Whose key it is; None if we did not make it for the feed of this activity."""
    try:
        claims = _serializer(secret, FEED).loads(key)
    except BadSignature:
        return None
    workshop, person, version, opened = claims
    return Seat(workshop, person, "person", "", version) if opened == activity else None


@cache  # of the one secret of an installation
def _serializer(secret: str, salt: str = SEAT) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=salt, signer_kwargs={"digest_method": hashlib.sha256})
