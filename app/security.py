"""What stands between a stranger and the routes: headers, origin of unsafe requests, size of bodies."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.imaging import LARGEST_FILE

LARGEST_BODY = 64 * 1024
LARGEST_FORM = LARGEST_BODY + LARGEST_FILE  # one with a picture in it
TOO_LARGE = "Diese Sendung ist zu groß."
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def policy(frame_ancestors: str) -> str:
    """The content security policy: our own origin and nothing else; `data:` is for KERN's icons."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Guarded:
    """Every answer with its headers; unsafe requests only from our own pages; bodies only up to a size."""

    def __init__(self, app: ASGIApp, url: str, frame_ancestors: str) -> None:
        self.app, self.origin = app, url
        self.host = urlsplit(url).netloc.encode()
        headers = {
            "content-security-policy": policy(frame_ancestors),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",  # with no-referrer a plain-http form sends Origin: null
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=()",
            "cache-control": "no-store",  # unless the answer says otherwise
        }
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(own for own in self.headers if own[0] not in said)]
            await send(message)

        headers = Headers(scope=scope)
        safe = scope["method"] in SAFE
        most = LARGEST_BODY if safe else _most(scope["path"], headers)
        if not safe and not self._ours(headers):
            refusal = PlainTextResponse("Diese Anfrage kommt nicht von unseren eigenen Seiten.", 403)
            await refusal(scope, receive, headed)
        elif not (length := headers.get("content-length", "0")).isdecimal() or int(length) > most:
            await PlainTextResponse(TOO_LARGE, 413)(scope, receive, headed)
        else:
            await self.app(self._at_home(scope), _bounded(receive, most), headed)

    def _at_home(self, scope: Scope) -> Scope:
        """The same request at our own address: nothing below believes what a stranger calls us."""
        headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        return {**scope, "headers": [*headers, (b"host", self.host)]}

    def _ours(self, headers: Headers) -> bool:
        """An unsafe request says where it comes from; programs without a browser send neither header and no cookie."""
        if (site := headers.get("sec-fetch-site")) is not None:
            return site == "same-origin"
        if (origin := headers.get("origin")) is not None:
            return origin == self.origin
        return "cookie" not in headers


def _most(path: str, headers: Headers) -> int:
    """How much may come.  Forms with files belong into workshops, where only those who are in it are listened to."""
    filed = headers.get("content-type", "").startswith("multipart/form-data") and path.startswith("/w/")
    return LARGEST_FORM if filed else LARGEST_BODY


def _bounded(receive: Receive, most: int) -> Receive:
    """Counts what really comes: a chunked body has no length to believe.  HTTPException when it is too much."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise HTTPException(413, TOO_LARGE)
        return message

    return counted
