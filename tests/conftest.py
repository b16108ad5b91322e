"""Fixtures for all tests. Every server starts with the first test that asks for it, so tests of rules start none."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)

from tests import real

expect.set_options(timeout=20_000)  # what comes is not waited for longer; on a busy machine it comes late


@pytest.fixture(scope="session")
def postgres() -> Iterator[real.Postgres]:
    with real.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis() -> Iterator[real.Redis]:
    with real.redis() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ratschlag.db'}"
    postgres: real.Postgres = request.getfixturevalue("postgres")
    return postgres.database()


@dataclass
class PageErrors:
    """What no page of ours may do: console errors (a refusal by the CSP is one), exceptions, foreign requests."""

    seen: list[str] = field(default_factory=list)
    permitted: list[str] = field(default_factory=list)

    def permit(self, pattern: str) -> None:
        """Let pass, from now on, what contains this regular expression: for tests that break something."""
        self.permitted.append(pattern)

    def check(self) -> None:
        assert self.seen == []

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"exception: {error.error}"))
        context.on("request", self._request)
        context.on("page", self._page)

    def _note(self, sentence: str) -> None:
        if not any(re.search(pattern, sentence) for pattern in self.permitted):
            self.seen.append(sentence)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        # A page may be opened anywhere on our machine; whatever it asks for itself comes from where it came from.
        if request.is_navigation_request():
            own = urlsplit(request.url).hostname in {"127.0.0.1", "localhost", None}
        else:
            own = _origin(request.url) in {_origin(request.frame.url), None}
        if not own:
            self._note(f"request to a foreign origin: {request.url}")

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda websocket: self._websocket(page, websocket))

    def _websocket(self, page: Page, websocket: WebSocket) -> None:
        if urlsplit(websocket.url).netloc != urlsplit(page.url).netloc:
            self._note(f"websocket to a foreign origin: {websocket.url}")


def _origin(url: str) -> tuple[str, str] | None:
    """Scheme and host of a URL that leads out of the page; None of `data:`, `blob:` and `about:`."""
    parts = urlsplit(url)
    return (parts.scheme, parts.netloc) if parts.netloc else None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session. Tests ask for `browser`, which is the same one, watched."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=real.chromium(),
            args=[
                "--no-sandbox",  # tests may run as root
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        )
        # Between the tests that use it, Playwright's loop does not count as running in this thread:
        # else no other test could run a coroutine.
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield browser
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def page_errors(chromium: Browser) -> Iterator[PageErrors]:
    """Watches every browser context of the test, closes them after it and fails it for what should not have been."""
    errors = PageErrors()
    asyncio._set_running_loop(chromium._loop)
    chromium.on("context", errors.watch)
    yield errors
    for context in chromium.contexts:
        context.close()
    chromium.remove_listener("context", errors.watch)
    asyncio._set_running_loop(None)
    errors.check()


@pytest.fixture
def browser(chromium: Browser, page_errors: PageErrors) -> Browser:
    return chromium
