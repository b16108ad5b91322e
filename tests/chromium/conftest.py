from collections.abc import Iterator

import pytest

from tests.chromium.day import Day, Rathaus, rathaus


@pytest.fixture(scope="session")
def house() -> Iterator[Rathaus]:
    with rathaus() as house:
        yield house


@pytest.fixture
def day(house: Rathaus) -> Iterator[Day]:
    """A workshop that nobody has entered yet."""
    yield house.prepared()
    house.back()
