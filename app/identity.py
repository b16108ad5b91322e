"""Who sits at a browser: one strictly necessary cookie, signed, that remembers seats and the device.

Identity is the person, never the browser alone: a seat is asked again of the roster whenever it is used.
"""

import json
import secrets
from dataclasses import dataclass, field
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from realtime.seat import Seat

LONGEST = 30 * 24 * 3600  # seconds; the seats in it end with their workshops
MOST_SEATS = 12  # a cookie holds 4 KB
RECENT = 4096  # cookies that are not verified again: a page is followed by its socket


@dataclass(slots=True)
class Browser:
    """The content of the cookie: a device, and its seats by workshop and place."""

    device: str
    seats: dict[str, tuple[str, int]] = field(default_factory=dict)  # "7/desk" -> (person, version)

    def seat(self, workshop: int, place: str) -> Seat | None:
        """The seat this browser has taken in a workshop; None if it has none."""
        if (taken := self.seats.get(f"{workshop}/{place}")) is None:
            return None
        return Seat(workshop, taken[0], place, self.device, taken[1])

    def take(self, seat: Seat) -> None:
        """Sit down; whoever sat there in this browser gets up."""
        self.seats.pop(f"{seat.workshop}/{seat.place}", None)
        self.seats[f"{seat.workshop}/{seat.place}"] = (seat.person, seat.version)
        while len(self.seats) > MOST_SEATS:
            self.seats.pop(next(iter(self.seats)))

    def leave(self, seat: Seat) -> None:
        """Get up; whoever sits down here next is on a device that nobody has known."""
        self.seats.pop(f"{seat.workshop}/{seat.place}", None)
        self.device = _new_device()


def _new_device() -> str:
    return secrets.token_hex(8)


class Cookies:
    """Reads and writes the cookie of a browser."""

    def __init__(self, secret: str, *, https: bool) -> None:
        self.https = https
        self.name = "__Host-ratschlag" if https else "ratschlag"
        self._signer = URLSafeSerializer(secret, salt="ratschlag.browser")
        self._read = lru_cache(maxsize=RECENT)(self._verified)

    def browser(self, cookies: dict[str, str]) -> Browser:
        """The browser behind a request; one that nobody knows yet gets a new device."""
        try:
            device, seats = self._read(cookies.get(self.name, ""))
        except (BadSignature, ValueError):
            return Browser(_new_device())
        return Browser(device, dict(seats))

    def _verified(self, value: str) -> tuple[str, tuple[tuple[str, tuple[str, int]], ...]]:
        """Device and seats in a cookie that we wrote."""
        device, seats = json.loads(self._signer.loads(value))
        return device, tuple((key, (person, version)) for key, (person, version) in seats.items())

    def of(self, request: Request) -> Browser:
        return self.browser(dict(request.cookies))

    def remember(self, response: Response, browser: Browser) -> Response:
        value = self._signer.dumps(json.dumps([browser.device, browser.seats]))
        response.set_cookie(
            self.name, str(value), max_age=LONGEST, httponly=True, secure=self.https, samesite="lax", path="/"
        )
        return response
