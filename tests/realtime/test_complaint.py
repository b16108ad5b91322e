import logging

import pytest

from realtime.complaint import Complaints


def test_each_class_of_error_is_one_line_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    complaints = Complaints()

    def said() -> list[tuple[int, str]]:
        for _ in range(100):
            complaints.note("a beat", KeyError("x"))
            complaints.note("a beat", ValueError("x"))
            complaints.note("join", KeyError("y"))
        found = [(record.levelno, record.getMessage()) for record in caplog.records]
        caplog.clear()
        return found

    lines = [(logging.ERROR, "a beat is broken")] * 2 + [(logging.ERROR, "join is broken")]
    assert said() == lines
    assert said() == []
    now += 61
    assert said() == lines
