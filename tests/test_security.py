"""What stands between a stranger and the day: headers, origins, sizes, silent logs."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from pydantic import ValidationError
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.security import LARGEST_BODY, LARGEST_FORM, SAFE, TOO_LARGE
from app.settings import Settings
from app.tokens import sign
from realtime.seat import Seat
from tests import real
from tests.town import CODE, MEETING, PICTURE, POLL, SECRET, URL, WALL, Town, cookie, copied, listening, opened, seat

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


def requests(town: Town) -> Iterator[tuple[str, str]]:
    """One request to each method of each route: method and address."""
    named = {"code": CODE, "page": "now", "activity": POLL, "command": "vote", "name": "licenses.txt", "token": "x"}
    named |= {"id": PICTURE, "method": "blitzlicht"}
    for route in town.routes:
        for method in route.methods or ():
            yield method, route.path_format.format(**named)


async def asked(town: Town, method: str, address: str) -> httpx2.Response:
    """The answer to a participant, whatever others before it did to their seat."""
    async with town.browser(seat("participant")) as browser:
        return await browser.request(method, address)


# ── headers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_every_answer_carries_the_policy_and_nothing_in_it_is_unsafe(town: Town) -> None:
    wrong = [("GET", "/nirgends"), ("PUT", "/"), ("TRACE", f"/w/{CODE}/now"), ("OPTIONS", "/"), ("GET", "/socket.io/")]
    answers = [await asked(town, *request) for request in [*requests(town), *wrong]]
    async with town.browser(seat("participant")) as browser:
        answers += [await browser.post("/", content=bytes(LARGEST_BODY + 1))]
        answers += [await browser.post("/", headers={"Origin": "http://evil.test"})]

    assert {answer.headers["content-security-policy"] for answer in answers} == {POLICY, "default-src 'none'; sandbox"}
    assert {answer.headers["x-content-type-options"] for answer in answers} == {"nosniff"}
    assert {answer.headers["referrer-policy"] for answer in answers} == {"same-origin"}
    assert "unsafe" not in POLICY
    assert {403, 404, 405, 413, 200, 303} <= {answer.status_code for answer in answers}


async def test_a_fault_of_ours_carries_the_policy_too_and_tells_nothing(town: Town) -> None:
    transport = httpx2.ASGITransport(town.app, raise_app_exceptions=False)
    with closing(sqlite3.connect(town.file)) as on, on:
        on.execute("DROP TABLE workshop")
    async with httpx2.AsyncClient(transport=transport, base_url=URL) as browser:
        answer = await browser.get(f"/j/{CODE}")

    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "Das hat nicht geklappt" in answer.text
    assert "workshop" not in answer.text


async def test_nothing_but_static_files_and_pictures_is_kept_by_browsers(town: Town) -> None:
    kept = {}
    for method, address in requests(town):
        kept[address] = (await asked(town, method, address)).headers["cache-control"]

    lasting = {address for address, said in kept.items() if said != "no-store"}
    assert lasting == {"/static/licenses.txt", "/favicon.svg", f"/w/{CODE}/bild/{PICTURE}"}


async def test_who_may_embed_the_pages_is_a_setting(tmp_path: Path) -> None:
    async with opened(copied(tmp_path), frame_ancestors="https://intranet.test") as town, town.browser() as browser:
        answer = await browser.get("/")

    assert answer.headers["content-security-policy"].endswith("frame-ancestors https://intranet.test")


async def test_no_page_has_a_script_or_a_style_of_its_own_or_asks_anybody_else(town: Town) -> None:
    for role, names in (("participant", ("now", "questions", "stream", "mine")), ("facilitator", ("desk",))):
        async with town.browser(seat(role)) as browser:
            for name in names:
                html = (await browser.get(f"/w/{CODE}/{name}")).text
                assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", html) == []
                asked = [url for url in re.findall(r'(?:src|href|action)="([^"]*)"', html) if "//" in url]
                assert asked == [MEETING] * (role == "participant" and name == "now")  # a link, opened by hand only


# ── origins ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FOREIGN = {
    "null": {"Origin": "null"},
    "empty": {"Origin": ""},
    "other": {"Origin": "http://evil.test"},
    "below": {"Origin": "http://x.rathaus.test"},
    "suffix": {"Origin": "http://rathaus.test.evil.test"},
    "prefix": {"Origin": "http://evilrathaus.test"},
    "port": {"Origin": "http://rathaus.test:8080"},
    "scheme": {"Origin": "https://rathaus.test"},
    "path": {"Origin": "http://rathaus.test/"},
    "user": {"Origin": "http://rathaus.test@evil.test"},
    "dot": {"Origin": "http://rathaus.test."},
    "two": {"Origin": "http://rathaus.test http://evil.test"},
    "cross-site": {"Origin": URL, "Sec-Fetch-Site": "cross-site"},
    "same-site": {"Origin": URL, "Sec-Fetch-Site": "same-site"},
    "none": {"Origin": URL, "Sec-Fetch-Site": "none"},
    "missing": {},
}


@pytest.mark.parametrize("foreign", FOREIGN)
async def test_a_request_that_changes_something_comes_from_our_own_pages(town: Town, foreign: str) -> None:
    before = town.rows()
    (sits,) = (f"{name}={value}" for name, value in cookie(seat("participant")).items())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(town.app), base_url=URL) as browser:
        for _, address in requests(town):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                headers = FOREIGN[foreign] | {"Cookie": sits}
                answer = await browser.request(method, address, headers=headers, data={"choice": "rot", "code": CODE})
                assert answer.status_code == 403, (method, address)

    assert town.rows() == before


async def test_reading_is_free_from_everywhere(town: Town) -> None:
    async with town.browser(Origin="http://evil.test") as browser:
        assert {(await browser.request(method, "/")).status_code for method in SAFE - {"OPTIONS"}} == {200}


@pytest.mark.parametrize("ours", [{"Origin": URL}, {"Sec-Fetch-Site": "same-origin"}, {}])
async def test_our_own_pages_and_programs_without_a_cookie_are_heard(town: Town, ours: dict[str, str]) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(town.app), base_url=URL) as browser:
        answer = await browser.post("/", headers=ours, data={"code": CODE})

    assert answer.headers["location"] == f"/j/{CODE}"


@pytest.mark.parametrize(
    "written, compared",
    [
        ("HTTPS://Rathaus.Test/", "https://rathaus.test"),
        ("https://rathaus.test:443", "https://rathaus.test"),
        ("http://rathaus.test:80/", "http://rathaus.test"),
        ("http://192.168.0.7:8000", "http://192.168.0.7:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_our_address_is_compared_as_browsers_write_it(written: str, compared: str) -> None:
    assert Settings(url=written).url == compared


@pytest.mark.parametrize(
    "written", ["rathaus.test", "ftp://rathaus.test", "https://", "https://rathaus.test/weg", "https://rathaus.test/?x"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        Settings(url=written)


async def test_no_other_page_opens_a_socket(tmp_path: Path) -> None:
    (sits,) = (f"{name}={value}" for name, value in cookie(seat("participant")).items())
    async with listening(copied(tmp_path)) as (_, address):
        socket_address = address.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        for name, said in FOREIGN.items():
            if said.get("Origin", "") in ("", URL):
                continue  # without an origin it is a program, and no browser lets a page be silent about its own
            with pytest.raises(InvalidStatus) as refused:
                await connect(socket_address, additional_headers={"Cookie": sits} | said)
            assert refused.value.response.status_code in (400, 403), name
        async with connect(socket_address, origin=URL) as ours:  # type: ignore[arg-type]
            assert str(await ours.recv()).startswith("0")


async def test_a_socket_elsewhere_is_refused(tmp_path: Path) -> None:
    async with listening(copied(tmp_path)) as (_, address):
        with pytest.raises(InvalidStatus):
            await connect(address.replace("http", "ws") + f"/w/{CODE}/now")


# ── what we are called ──────────────────────────────────────────────────────────────────────────────────────────────

CALLED = [
    {"Host": "evil.test"},
    {"Host": "rathaus.test:evil.test"},
    {"Host": "evil.test:80"},
    {"Host": "rathaus.test@evil.test"},
    {"Host": "evil.test/rathaus.test"},
    {"Host": ""},
    {"X-Forwarded-Host": "evil.test"},
    {"Forwarded": "host=evil.test;proto=https"},
    {"X-Original-URL": "http://evil.test/", "X-Rewrite-URL": "//evil.test"},
]


@pytest.mark.parametrize("called", CALLED, ids=range(len(CALLED)))
async def test_no_link_of_ours_believes_what_a_stranger_calls_us(town: Town, called: dict[str, str]) -> None:
    addresses = ["/", f"/j/{CODE}", f"/j/{CODE}/", "/datenschutz/", f"/w/{CODE}", f"/w/{CODE}/now", f"/w/{CODE}/stage"]
    async with town.browser(seat("participant"), seat("stage")) as browser:
        for address in addresses:
            answer = await browser.get(address, headers=called)
            assert "evil.test" not in answer.text + answer.headers.get("location", "")


OUT = [
    "//evil.test",
    "http://evil.test",
    "\\\\evil.test",
    "/\\evil.test",
    "desk//evil.test",
    "now\r\nX: y",
    "%2f%2fevil.test",
]


@pytest.mark.parametrize("page", OUT)
async def test_no_answer_leads_out_of_the_house(town: Town, page: str) -> None:
    async with town.browser(seat("participant")) as browser:
        answer = await browser.post(f"/w/{CODE}/{POLL}.vote", params={"page": page}, data={"choice": "rot"})

    assert answer.status_code == 303
    assert re.fullmatch(rf"/w/{CODE}/(now|desk\?activity=[\w%.]*)", answer.headers["location"])
    assert "x" not in answer.headers


# ── sizes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
READ = [(address, kind) for address in ("/", f"/j/{CODE}", f"/w/{CODE}/{WALL}.write") for kind in (FORM, PARTS)]


async def _chunks(total: int) -> AsyncIterator[bytes]:
    for _ in range(total // 4096):
        yield b"a" * 4096


@pytest.mark.parametrize("address, kind", [*READ, (f"/w/{CODE}/{WALL}.write", "application/json")])
async def test_what_is_too_large_is_refused_whether_it_says_so_or_not(town: Town, address: str, kind: str) -> None:
    before = town.rows()
    async with town.browser(seat("participant"), seat("elsewhere")) as browser:
        headers = {"Content-Type": kind}
        if address == f"/j/{CODE}":
            browser.cookies.clear()
        most = LARGEST_FORM if kind == PARTS and address.startswith("/w/") else LARGEST_BODY
        whole = await browser.post(address, content=bytes(most + 1), headers=headers)
        chunked = await browser.post(address, content=_chunks(2 * most), headers=headers)

    assert (whole.status_code, whole.text) == (413, TOO_LARGE)
    assert chunked.status_code == 400 if kind == PARTS else 413  # nonsense is found out before it is too much
    assert town.rows() == before


async def test_a_chunked_flood_is_answered_or_cut_off(tmp_path: Path) -> None:
    """Over a real wire, without an end: whoever sends more than is read is not waited for."""
    async with listening(copied(tmp_path)) as (_, address):
        url = httpx2.URL(address)
        reader, writer = await asyncio.open_connection(url.host, url.port)
        head = f"POST / HTTP/1.1\r\nHost: x\r\nOrigin: {URL}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        writer.write((head + "Transfer-Encoding: chunked\r\n\r\n").encode())
        chunk = b"1000\r\n" + b"a" * 4096 + b"\r\n"
        async with asyncio.timeout(10):
            try:
                for _ in range(64):
                    writer.write(chunk)
                    await writer.drain()
                answer = await reader.readline()
            except ConnectionError:
                answer = b""
        writer.close()

    assert answer in (b"", b"HTTP/1.1 413 Content Too Large\r\n", b"HTTP/1.1 413 Request Entity Too Large\r\n")


@pytest.mark.parametrize("length", ["x", "-1", "1e9", "٣", ""])
async def test_a_length_that_is_none_is_refused(town: Town, length: str) -> None:
    async with town.browser() as browser:
        answer = await browser.post("/", content=b"", headers={"Content-Length": length.encode()})

    assert answer.status_code == 413


# ── silence ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _broken(file: Path, *, broken: bool) -> None:
    """Let the database refuse what people write, or take it again."""
    with closing(sqlite3.connect(file, timeout=10)) as on, on:
        for table in ("entry", "person"):
            on.execute(f"DROP TRIGGER IF EXISTS fault_{table}")
            if broken:
                on.execute(f"CREATE TRIGGER fault_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'x'); END")


def test_no_secret_no_name_and_no_word_stands_in_a_log(tmp_path: Path) -> None:
    file = copied(tmp_path)
    token = sign(SECRET, Seat(1, "eva", "person", "", 1))
    sits = cookie(seat("participant"))
    with real.served({"RATSCHLAG_DATABASE_URL": f"sqlite:///{file}", "RATSCHLAG_SECRET": SECRET}) as server:
        with httpx2.Client(base_url=server.url, headers={"Origin": server.url}) as browser:
            for broken in (False, True):
                _broken(file, broken=broken)
                browser.cookies.clear()
                browser.post(f"/j/{CODE}", data={"name": "Kanarienname"})
                browser.post("/", data={"code": "915777"})
                browser.post(f"/p/{token}", data={"answer": "yes"})
                browser.cookies.clear()
                browser.cookies.update(sits)
                answer = browser.post(f"/w/{CODE}/{WALL}.write", data={"column": "neu", "text": "Kanarienwort"})
                assert answer.status_code == (422 if broken else 303)
                browser.post(f"/w/{CODE}/{WALL}.write", json={"id": "Kanarienwort", "data": {"x": "Kanarienwort"}})
                browser.get("/nirgends?Kanarienwort")
        words = server.last_words()

    assert "a batch was not taken" in words  # there is a log, and it says what matters
    canaries = [SECRET, token, *sits.values(), "Kanarien", "Leitung Amt", "915777", CODE, "testclient", "python-httpx"]
    assert [canary for canary in canaries if canary in words] == []
