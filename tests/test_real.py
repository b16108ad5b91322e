import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import psycopg
import pytest
import sqlalchemy
from playwright.sync_api import Browser, Error, Page
from redis.asyncio import Redis

from app.faults import Faults
from tests import real
from tests.conftest import PageErrors


def test_both_kinds_of_database_are_real_and_empty(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            assert connection.scalar(sqlalchemy.text("SELECT version()")).startswith("PostgreSQL ")
            assert connection.scalar(sqlalchemy.text("SHOW fsync")) == "on"
        assert sqlalchemy.inspect(connection).get_table_names() == []
    engine.dispose()


def test_what_one_database_holds_is_not_in_the_next(postgres: real.Postgres) -> None:
    first, second = (postgres.database().rpartition("/")[2] for _ in range(2))
    with postgres.connected(first) as connection:
        connection.execute("CREATE TABLE card (id int)")
    with postgres.connected(second) as connection:
        assert connection.execute("SELECT to_regclass('card')").fetchall() == [(None,)]


def test_a_killed_postgresql_comes_back_with_what_was_committed_and_nothing_else() -> None:
    with real.postgres() as postgres:
        before = postgres.pid
        with postgres.connected() as connection:
            connection.execute("CREATE TABLE card (id int)")
            connection.execute("INSERT INTO card VALUES (1)")
        with closing(postgres.connected()) as connection:
            connection.execute("BEGIN")
            connection.execute("INSERT INTO card VALUES (2)")
            postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            postgres.connected()
        postgres.start()
        assert postgres.pid != before
        with postgres.connected() as connection:
            assert connection.execute("SELECT id FROM card").fetchall() == [(1,)]


async def test_redis_answers_and_publishes(redis: real.Redis) -> None:
    async with Redis.from_url(redis.url) as client, client.pubsub(ignore_subscribe_messages=True) as bell:
        assert await client.ping()
        await bell.subscribe("workshop")
        assert await bell.get_message(timeout=1) is None
        assert await client.publish("workshop", "17") == 1
        ring = await bell.get_message(timeout=5)
        assert ring is not None
        assert ring["data"] == b"17"


async def test_a_killed_redis_comes_back_at_the_same_address_and_remembers_nothing() -> None:
    with real.redis() as redis:
        url = redis.url
        async with Redis.from_url(url) as client:
            await client.set("key", "value")
        redis.kill()
        redis.start()
        async with Redis.from_url(url) as client:
            assert await client.get("key") is None


def test_a_server_that_does_not_start_says_why() -> None:
    with real.redis() as redis:
        redis.port = 70_000
        with pytest.raises(RuntimeError, match="argument must be between 0 and 65535"):
            redis.restart()


@contextmanager
def pages(contents: Mapping[str, str], policy: str = "default-src 'self' 'unsafe-inline'") -> Iterator[str]:
    """The address of a web server with these pages, and the empty icon that every browser asks for."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = contents.get(self.path, "").encode()
            self.send_response(200 if self.path in {*contents, "/favicon.ico"} else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[Page]:
    with browser.new_page() as page:
        page.goto(url)
        yield page


def test_chromium_renders_a_page_in_which_nothing_is_wrong(browser: Browser, page_errors: PageErrors) -> None:
    html = "<!doctype html><title>Amtsleitungstag</title><h1 style='width: 321px'>Guten Tag</h1>"
    with pages({"/": html}) as url, opened(browser, url) as page:
        box = page.get_by_role("heading", name="Guten Tag").bounding_box()
        assert box is not None
        assert box["width"] == 321
    assert page_errors.seen == []


async def test_a_coroutine_can_be_tested_while_chromium_is_open(chromium: Browser) -> None:
    assert chromium.is_connected()


def test_an_error_on_the_console_fails_the_test(browser: Browser, page_errors: PageErrors) -> None:
    html = "<script>console.error('no answer'); console.log('answer')</script>"
    with pages({"/": html}) as url, opened(browser, url):
        pass
    assert page_errors.seen == [f"console: no answer ({url}/)"]
    with pytest.raises(AssertionError, match="console: no answer"):
        page_errors.check()
    page_errors.seen.clear()


def test_an_error_that_a_test_permits_does_not_fail_it(browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("^console: no answer")
    with pages({"/": "<script>console.error('no answer')</script>"}) as url, opened(browser, url):
        pass
    assert page_errors.seen == []


def test_an_uncaught_exception_fails_the_test(browser: Browser, page_errors: PageErrors) -> None:
    html = "<script>Promise.reject(new Error('late')); throw new Error('early')</script>"
    with pages({"/": html}) as url, opened(browser, url):
        pass
    assert page_errors.seen == ["exception: early", "exception: late"]
    page_errors.seen.clear()


def test_what_the_csp_refuses_fails_the_test(browser: Browser, page_errors: PageErrors) -> None:
    html = "<p style='color: red'>red</p>"
    with pages({"/": html}, policy="default-src 'self'") as url, opened(browser, url):
        pass
    (refusal,) = page_errors.seen
    assert "Content Security Policy" in refusal
    page_errors.seen.clear()


def test_a_request_to_another_origin_fails_the_test(browser: Browser, page_errors: PageErrors) -> None:
    with pages({"/picture": ""}) as foreign:
        html = f"<img src='data:,'><img src='{foreign}/picture'>"
        with pages({"/": html}, policy="img-src * data:") as url, opened(browser, url):
            pass
    assert page_errors.seen == [f"request to a foreign origin: {foreign}/picture"]
    page_errors.seen.clear()


def test_a_page_that_is_not_on_this_machine_fails_the_test(browser: Browser, page_errors: PageErrors) -> None:
    with browser.new_page() as page, pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://elsewhere.invalid/")
    assert page_errors.seen == ["request to a foreign origin: http://elsewhere.invalid/"]
    page_errors.seen.clear()


FAILED_WEBSOCKET = "url => new Promise(resolve => { new WebSocket(url).onerror = () => resolve() })"


def test_a_websocket_to_another_origin_fails_the_test(browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("^console: WebSocket connection to .* failed")
    with pages({}) as foreign, pages({"/": ""}, policy="default-src *") as url, opened(browser, url) as page:
        address = foreign.replace("http", "ws") + "/"
        page.evaluate(FAILED_WEBSOCKET, address)
    assert page_errors.seen == [f"websocket to a foreign origin: {address}"]
    page_errors.seen.clear()


def test_a_page_meets_the_faults_of_a_proxy(browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("^console: WebSocket connection to .* failed: .* 403")
    with pages({"/": ""}) as url, real.proxied(urlsplit(url).port or 0, Faults(upgrade="refused")) as proxied:
        with opened(browser, proxied.url) as page:
            page.evaluate(FAILED_WEBSOCKET, proxied.url.replace("http", "ws"))
        assert proxied.proxy.counts["refused"] == 1


def test_a_proxy_cuts_the_connections_of_others(redis: real.Redis) -> None:
    with real.proxied(redis.port) as proxied, socket.create_connection(("127.0.0.1", proxied.proxy.port)) as client:
        client.sendall(b"PING\r\n")
        assert client.recv(100) == b"+PONG\r\n"
        proxied.cut()
        with pytest.raises(ConnectionResetError):
            client.recv(100)
    assert proxied.proxy.counts == {"connection": 1, "cut": 1}
